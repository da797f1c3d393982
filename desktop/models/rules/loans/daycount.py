"""How long a period is, as the part of a year its interest is charged for."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from desktop.models.rules.loans.calendar import add_months, is_leap, snap, whole_months
from desktop.models.rules.loans.terms import (
    Calendar,
    DayCount,
    InterestPeriod,
    MonthBasis,
    PeriodUnit,
    RateUnit,
    Terms,
    YearBasis,
    YearSplit,
)

_PERIODS_A_YEAR = {PeriodUnit.DAYS: 365, PeriodUnit.WEEKS: 52, PeriodUnit.MONTHS: 12, PeriodUnit.YEARS: 1}
_NOMINAL_DAYS = {PeriodUnit.DAYS: 1, PeriodUnit.WEEKS: 7, PeriodUnit.MONTHS: 30, PeriodUnit.YEARS: 365}


def days_in_year(basis: YearBasis) -> int:
    """Return the length of a year; "actual" is 365 where no date is at hand."""
    return 365 if basis is YearBasis.ACTUAL else int(basis.value)


def annual_rate(terms: Terms) -> Fraction:
    """Return the nominal rate per year as a part of one (12 % = 3/25)."""
    return (
        annual_percent(terms.rate_percent, terms.rate_unit, terms.calendar, terms.number, terms.day_count)
        / 100
    )


def annual_percent(
    percent: Fraction, unit: RateUnit, calendar: Calendar, number: int, day_count: DayCount
) -> Fraction:
    """Return the nominal percent per year of a rate quoted for another time. No compounding.

    A rate for the whole term is spread over the instalments, each as long as `calendar` says; a year of them has
    12 months, 52 weeks or 365 days.
    """
    year = days_in_year(day_count.year)
    a_year = Fraction(_PERIODS_A_YEAR[calendar.unit])
    if calendar.unit is PeriodUnit.DAYS:
        a_year = Fraction(year)
    match unit:
        case RateUnit.YEAR:
            return percent
        case RateUnit.MONTH:
            return percent * 12
        case RateUnit.WEEK:
            return percent * 52
        case RateUnit.DAY:
            return percent * year
        case RateUnit.PERIOD:
            return percent * a_year / calendar.every
        case RateUnit.WHOLE_TERM:
            return percent / number * _PERIODS_A_YEAR[calendar.unit] / calendar.every


def period_rate(terms: Terms) -> Fraction:
    """Return the rate of one regular repayment period: annual ÷ 12 × months, ÷ 52 × weeks, ÷ year × days."""
    calendar = terms.calendar
    if terms.rate_unit is RateUnit.PERIOD:
        return terms.rate_percent / 100
    if terms.rate_unit is RateUnit.WHOLE_TERM:
        return terms.rate_percent / terms.number / 100
    a_year = _PERIODS_A_YEAR[calendar.unit]
    if calendar.unit is PeriodUnit.DAYS:
        a_year = days_in_year(terms.day_count.year)
    return annual_rate(terms) * calendar.every / a_year


def nominal_rate(terms: Terms) -> Fraction:
    """Return the rate of a regular period counted in days: 30 a month, 7 a week, over the days of the year."""
    calendar = terms.calendar
    days = _NOMINAL_DAYS[calendar.unit] * calendar.every
    return annual_rate(terms) * days / days_in_year(terms.day_count.year)


def days_factor(terms: Terms, start: date, end: date) -> Fraction:
    """Return rate × days ÷ year for the real days of [start, end); month basis 30 counts whole months as 30."""
    basis = terms.day_count
    if basis.own_years and basis.year is YearBasis.ACTUAL and basis.month is MonthBasis.ACTUAL:
        return annual_rate(terms) * years_between(start, end, basis.split)
    year = days_in_year(terms.day_count.year)
    return annual_rate(terms) * _counted_days(terms, start, end) / year


def _counted_days(terms: Terms, start: date, end: date) -> Fraction:
    if terms.day_count.month is MonthBasis.D30 and terms.calendar.unit is PeriodUnit.MONTHS:
        return 30 * periods_between(start, end, PeriodUnit.MONTHS, terms.calendar.counted_from or start)
    return Fraction((end - start).days)


def periods_between(start: date, end: date, unit: PeriodUnit, seed: date) -> Fraction:
    """Return how many units lie between two days: whole ones, and the odd days as part of the next one.

    Months are counted on the day of `seed` (31/01 → 28/02 → 31/03) from a day that is one of them, else on their own.
    """
    days = (end - start).days
    if unit is PeriodUnit.DAYS:
        return Fraction(days)
    if unit is PeriodUnit.WEEKS:
        return Fraction(days, 7)
    step = 12 if unit is PeriodUnit.YEARS else 1
    on = seed.day if snap(start, seed) == start else start.day
    whole = whole_months(start, end, on) // step
    reached = add_months(start, whole * step, on) if whole else start
    length = (add_months(start, (whole + 1) * step, on) - reached).days
    return whole + Fraction((end - reached).days, length)


def counts_days(terms: Terms) -> bool:
    """Say whether interest is counted by days; a rate per meeting never is."""
    return terms.interest_period is InterestPeriod.DAILY and terms.rate_unit is not RateUnit.PERIOD


def period_factor(terms: Terms, start: date, end: date, regular: bool = True) -> Fraction:
    """Return what the balance is multiplied by to give the interest of one period.

    `regular` says that the period has the length the calendar gives; only an odd one may count as a fraction.
    """
    if counts_days(terms):
        return days_factor(terms, start, end)
    rate = period_rate(terms)
    if regular or not terms.partial_periods:
        return rate
    calendar = terms.calendar
    return rate * periods_between(start, end, calendar.unit, calendar.first_due or start) / calendar.every


def real_factor(
    day_count: DayCount, annual: Fraction, start: date, end: date, period: tuple[date, date]
) -> Fraction:
    """Return rate × time for [start, end) inside a repayment `period`, real days over real years.

    With 360, 364 or 365 the year is that long; as it is, each year's days count over its own length. `feb29_only`:
    a year is 366 days long only in a period that holds its 29 February.
    """
    if end <= start:
        return Fraction(0)
    if crosses_years(day_count, start, end, period):
        return annual * years_between(start, end, day_count.split)
    return annual * (end - start).days / days_in_year_of(day_count, start, period)


def crosses_years(day_count: DayCount, start: date, end: date, period: tuple[date, date]) -> bool:
    """Say whether each year's days must be counted over its own length."""
    if day_count.year is not YearBasis.ACTUAL or start.year == end.year:
        return False
    return not day_count.feb29_only or _holds_feb29(*period)


def days_in_year_of(day_count: DayCount, start: date, period: tuple[date, date]) -> int:
    """Return the length of the year in which a span of a repayment period starts."""
    if day_count.year is not YearBasis.ACTUAL:
        return int(day_count.year.value)
    if day_count.feb29_only and not _holds_feb29(*period):
        return 365
    return _length(start.year)


def years_between(start: date, end: date, split: YearSplit) -> Fraction:
    """Return the years between two days, each year's days over its own length, cut where `split` says."""
    total, at = Fraction(0), start
    for year in range(start.year, end.year):
        cut = date(year, 12, 31) if split is YearSplit.DEC31 else date(year + 1, 1, 1)
        total += Fraction((cut - at).days, _length(year))
        at = cut
    return total + Fraction((end - at).days, _length(end.year))


def _length(year: int) -> int:
    return 366 if is_leap(year) else 365


def _holds_feb29(start: date, end: date) -> bool:
    years = range(start.year, end.year + 1)
    return any(is_leap(year) and start < date(year, 2, 29) <= end for year in years)
