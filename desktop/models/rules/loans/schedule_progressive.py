"""The progressive schedule: a factor per period, one instalment, corrected until the last row is close to it.

docs/loans.md, "Lũy tiến".
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise

from desktop.models.rules.loans.annuity import equal_instalment
from desktop.models.rules.loans.calendar import due_dates, is_leap
from desktop.models.rules.loans.daycount import annual_rate, days_in_year, periods_between, span_factor
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
    YearBasis,
)

_CORRECTIONS = 3


def build(terms: Terms) -> list[Row]:
    """Return the rows of the schedule. Raises UnsupportedTerms for options that this way does not know."""
    _refuse_unknown(terms)
    dues = due_dates(terms.calendar, terms.disbursed_on, terms.number)
    factors = period_factors(terms, [terms.disbursed_on, *dues])
    if terms.method is InterestMethod.FLAT:
        parts = _flat(terms, factors)
    else:
        instalment = corrected_instalment(terms, terms.principal, factors)
        parts = _collected_later(terms, declining_parts(terms, terms.principal, factors, instalment))
    return with_instalment_fees(make_rows(terms.principal, terms.disbursed_on, dues, parts), terms)


def _refuse_unknown(terms: Terms) -> None:
    grace, flat = terms.grace, terms.method is InterestMethod.FLAT
    unknown = {
        "a share of principal a row": terms.principal_percent is not None,
        "flat with grace": flat and grace != Grace(),
        "flat with a given instalment": flat and terms.fixed_instalment is not None,
        "interest from another day": terms.interest_from is not None,
    }
    for option, wanted in unknown.items():
        if wanted:
            raise UnsupportedTerms(f"progressive: {option}")


def period_factors(terms: Terms, days: Sequence[date]) -> list[Fraction]:
    """Return the rate factor of every period between the days."""
    return [period_factor(terms, start, end) for start, end in pairwise(days)]


def period_factor(terms: Terms, start: date, end: date) -> Fraction:
    """Return the factor of a whole repayment period: nominal months of 30 days, or real days over real years."""
    calendar, basis, rate = terms.calendar, terms.day_count, annual_rate(terms)
    if terms.interest_period is InterestPeriod.SAME_AS_REPAYMENT:
        return _same_as_repayment(terms, rate)
    if basis.month is MonthBasis.D30 and calendar.unit is PeriodUnit.MONTHS:
        year = 366 if basis.year is YearBasis.ACTUAL and is_leap(start.year) else days_in_year(basis.year)
        return rate * 30 * _months(terms, start, end) / year
    return span_factor(basis, rate, start, end, (start, end))


def _months(terms: Terms, start: date, end: date) -> Fraction:
    """Return the months of a period: the calendar's own number, unless the first period is an odd one."""
    seed = terms.calendar.counted_from or terms.disbursed_on
    if start != terms.disbursed_on or seed == start or not terms.calendar.counted_from:
        return Fraction(terms.calendar.every)
    return periods_between(start, end, PeriodUnit.MONTHS, seed)


def _same_as_repayment(terms: Terms, rate: Fraction) -> Fraction:
    every = terms.calendar.every
    match terms.calendar.unit:
        case PeriodUnit.YEARS:
            return rate * every
        case PeriodUnit.MONTHS:
            return rate * every / 12
        case PeriodUnit.WEEKS:
            return rate * every / 52
        case PeriodUnit.DAYS:
            return rate * every / days_in_year(terms.day_count.year)


def corrected_instalment(terms: Terms, principal: int, factors: Sequence[Fraction]) -> int:
    """Return the instalment, corrected at most three times by what the last row is off, spread over all rows.

    A correction is kept only if it brings the last row closer.
    """
    if terms.fixed_instalment is not None:
        return terms.fixed_instalment
    if terms.amortization is Amortization.BULLET:
        return 0
    paying = factors[terms.grace.principal :] or factors[-1:]
    n = len(paying)
    best = rounded_instalment(terms, equal_instalment(principal, paying))
    gap = _last_gap(terms, principal, factors, best)
    for _ in range(_CORRECTIONS):
        if abs(gap) <= n // 2 or n < 2:
            break
        tried = best + rounded_instalment(terms, Fraction(gap, n))
        new_gap = _last_gap(terms, principal, factors, tried)
        if abs(new_gap) >= abs(gap):
            break
        best, gap = tried, new_gap
    return best


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
    """Return rows with interest on the original sum: the instalment is (principal + all interest) ÷ n."""
    interests = [money(terms, terms.principal * factor) for factor in factors]
    instalment = rounded_instalment(terms, Fraction(terms.principal + sum(interests), len(factors)))
    balance, parts = terms.principal, []
    for i, interest in enumerate(interests):
        part = balance if i == len(factors) - 1 else max(0, min(instalment - interest, balance))
        parts.append((part, interest))
        balance -= part
    return parts
