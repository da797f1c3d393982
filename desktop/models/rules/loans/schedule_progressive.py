"""The progressive schedule: a factor per period, one instalment, corrected until the last row is close to it.

docs/loans.md, "Lũy tiến".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise

from desktop.models.rules.loans.annuity import equal_instalment
from desktop.models.rules.loans.calendar import due_dates
from desktop.models.rules.loans.daycount import (
    annual_rate,
    crosses_years,
    days_in_year_of,
    periods_between,
    real_factor,
)
from desktop.models.rules.loans.rounding import round_part
from desktop.models.rules.loans.rows import Row, make_rows, with_instalment_fees
from desktop.models.rules.loans.schedule_standard import money, rounded_instalment
from desktop.models.rules.loans.terms import (
    Amortization,
    Grace,
    InterestMethod,
    InterestPeriod,
    MonthBasis,
    PeriodUnit,
    Terms,
    UnsupportedTerms,
)

_CORRECTIONS = 3
_REGULAR_DAYS = {PeriodUnit.DAYS: 1, PeriodUnit.WEEKS: 7, PeriodUnit.MONTHS: 30}


def build(terms: Terms) -> list[Row]:
    """Return the rows of the schedule. Raises UnsupportedTerms for options that this way does not know."""
    _refuse_unknown(terms)
    dues = due_dates(terms.calendar, terms.disbursed_on, terms.number)
    days = [terms.disbursed_on, *dues]
    factors = period_factors(terms, days)
    if terms.method is InterestMethod.FLAT:
        parts = _flat(terms, factors)
    else:
        instalment = corrected_instalment(terms, terms.principal, days, factors)
        parts = _collected_later(terms, declining_parts(terms, terms.principal, factors, instalment))
    return with_instalment_fees(make_rows(terms.principal, terms.disbursed_on, dues, parts), terms)


def _refuse_unknown(terms: Terms) -> None:
    grace, flat = terms.grace, terms.method is InterestMethod.FLAT
    unknown = {
        "a share of principal a row": terms.principal_percent is not None,
        "flat with grace of interest": flat and replace(grace, principal=0) != Grace(),
        "flat with a given instalment": flat and terms.fixed_instalment is not None,
        "interest from another day": terms.interest_from is not None,
    }
    for option, wanted in unknown.items():
        if wanted:
            raise UnsupportedTerms(f"progressive: {option}")


def period_factors(terms: Terms, days: Sequence[date]) -> list[Fraction]:
    """Return the factor of interest of every period between the days."""
    return [period_factor(terms, start, end) for start, end in pairwise(days)]


def period_factor(terms: Terms, start: date, end: date) -> Fraction:
    """Return what the balance is multiplied by to give the interest of a repayment period."""
    return span_factor(terms, (start, end), start, end)


def span_factor(terms: Terms, period: tuple[date, date], start: date, end: date) -> Fraction:
    """Return the factor of interest of a part of a period: its days' share of what is left of the period."""
    days = (period[1] - start).days
    if days <= 0 or end <= start:
        return Fraction(0)
    rest = _factor_to_the_end(terms, period, start)
    return rest if end == period[1] else rest * (end - start).days / days


def _factor_to_the_end(terms: Terms, period: tuple[date, date], start: date) -> Fraction:
    """Return the factor from a day of a period to its end: nominal months of 30 days, or real days over real years."""
    basis, rate, end = terms.day_count, annual_rate(terms), period[1]
    nominal = _nominal(terms, rate)
    if nominal is not None:
        return nominal * Fraction((end - start).days, (end - period[0]).days)
    months = basis.month is MonthBasis.D30 and terms.calendar.unit is PeriodUnit.MONTHS
    if not months or crosses_years(basis, start, end, period):
        return real_factor(basis, rate, start, end, period)
    counted = 30 * _months(terms, *period) * Fraction((end - start).days, (end - period[0]).days)
    return rate * counted / days_in_year_of(basis, start, period)


def _nominal(terms: Terms, rate: Fraction) -> Fraction | None:
    """Return the rate of a period whose interest is that of a regular one: monthly or weekly, else none."""
    if terms.interest_period is not InterestPeriod.SAME_AS_REPAYMENT:
        return None
    a_year = {PeriodUnit.MONTHS: 12, PeriodUnit.WEEKS: 52}.get(terms.calendar.unit)
    return None if a_year is None else rate * terms.calendar.every / a_year


def _months(terms: Terms, start: date, end: date) -> Fraction:
    """Return the months of a period: the calendar's own number, unless someone's wish made its length."""
    calendar = terms.calendar
    seed = calendar.counted_from or terms.disbursed_on
    first = start == terms.disbursed_on
    if calendar.due_dates:
        return periods_between(start, end, PeriodUnit.MONTHS, seed)
    if first and calendar.first_due is not None:
        return periods_between(start, end, PeriodUnit.MONTHS, start)
    if first and seed != start:
        return periods_between(start, end, PeriodUnit.MONTHS, seed)
    return Fraction(calendar.every)


def instalment_factors(terms: Terms, days: Sequence[date]) -> list[Fraction]:
    """Return the factors the instalment is made from: with months of 30 days, an odd period counts as a regular one."""
    basis = terms.day_count
    regular = _REGULAR_DAYS.get(terms.calendar.unit, 0) * terms.calendar.every
    if basis.month is not MonthBasis.D30 or not regular or _nominal(terms, Fraction(1)) is not None:
        return period_factors(terms, days)
    rate = annual_rate(terms)
    return [
        period_factor(terms, start, end)
        if crosses_years(basis, start, end, (start, end))
        else rate * regular / days_in_year_of(basis, start, (start, end))
        for start, end in pairwise(days)
    ]


def corrected_instalment(
    terms: Terms, principal: int, days: Sequence[date], factors: Sequence[Fraction]
) -> int:
    """Return the instalment, corrected at most three times by what the last row is off, spread over all rows.

    A correction is kept only if it brings the last row closer.
    """
    if terms.fixed_instalment is not None:
        return terms.fixed_instalment
    if terms.amortization is Amortization.BULLET:
        return 0
    made_from = instalment_factors(terms, days)
    paying = made_from[terms.grace.principal :] or made_from[-1:]
    n = len(paying)
    best = _stored_instalment(terms, equal_instalment(principal, paying))
    gap = _last_gap(terms, principal, factors, best)
    for _ in range(_CORRECTIONS):
        if abs(gap) <= n // 2 or n < 2:
            break
        tried = _stored_instalment(terms, best + money(terms, Fraction(gap, n)))
        if tried == best:
            break
        new_gap = _last_gap(terms, principal, factors, tried)
        if abs(new_gap) >= abs(gap):
            break
        best, gap = tried, new_gap
    return best


def _stored_instalment(terms: Terms, exact: Fraction | int) -> int:
    """Return an instalment as money and then to its multiple; one that would vanish stays money."""
    amount = money(terms, exact)
    return rounded_instalment(terms, amount) or amount


def _last_gap(terms: Terms, principal: int, factors: Sequence[Fraction], instalment: int) -> int:
    parts = declining_parts(terms, principal, factors, instalment)
    if len(parts) < 2:
        return 0
    return sum(parts[-1]) - sum(parts[-2])


def declining_parts(
    terms: Terms, principal: int, factors: Sequence[Fraction], instalment: int
) -> list[tuple[int, int]]:
    """Return (principal, interest) of every row; the last takes the remaining principal."""
    balance, parts, last = principal, [], len(factors) - 1
    share, grace = 0, terms.grace
    if terms.amortization is Amortization.EQUAL_PRINCIPAL:
        share = money(terms, Fraction(principal, max(len(factors) - grace.principal, 1)))
    for i, factor in enumerate(factors):
        interest = (
            0
            if i < grace.interest_free
            else round_part(balance, factor, terms.rounding, terms.money_multiple)
        )
        part = 0 if i < grace.principal else share or max(0, instalment - interest)
        part = balance if i == last else min(part, balance)
        parts.append((part, interest))
        balance -= part
    return parts


def _collected_later(terms: Terms, parts: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the rows with the interest of a payment grace collected with the first row after it, or the last."""
    waiting = min(terms.grace.interest_payment, len(parts) - 1)
    carried = sum(interest for _, interest in parts[:waiting])
    rows = [(part, 0) for part, _ in parts[:waiting]] + list(parts[waiting:])
    rows[waiting] = (rows[waiting][0], rows[waiting][1] + carried)
    return rows


def _flat(terms: Terms, factors: Sequence[Fraction]) -> list[tuple[int, int]]:
    """Return rows with interest on the original sum: the instalment is (principal + all interest) ÷ n.

    Rows in grace of principal bear their interest only; the instalment is that of the rows behind them.
    """
    interests = [money(terms, terms.principal * factor) for factor in factors]
    first = min(terms.grace.principal, len(factors) - 1)
    paying = interests[first:]
    instalment = _stored_instalment(terms, Fraction(terms.principal + sum(paying), len(paying)))
    balance, parts = terms.principal, []
    for i, interest in enumerate(interests):
        part = 0 if i < first else max(0, min(instalment - interest, balance))
        part = balance if i == len(factors) - 1 else part
        parts.append((part, interest))
        balance -= part
    return parts
