"""The cash schedule: an exact schedule first, then payments rounded to coins and notes, the last one the rest.

docs/loans.md, "Tiền mặt". Rounding up hard may leave the last row negative; `plan` refuses such terms.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from desktop.models.rules.loans.annuity import level_instalment
from desktop.models.rules.loans.calendar import due_dates
from desktop.models.rules.loans.daycount import annual_rate, days_in_year
from desktop.models.rules.loans.rounding import RoundingMode, round_to
from desktop.models.rules.loans.rows import Row
from desktop.models.rules.loans.terms import Amortization, FeeBase, InterestMethod, PeriodUnit, Terms


@dataclass(frozen=True, slots=True)
class _Exact:
    """One instalment before any rounding."""

    principal: Fraction
    interest: Fraction


def build(terms: Terms) -> list[Row]:
    """Return the rows of the schedule."""
    exact = _exact_parts(terms)
    fee = _exact_fee(terms, sum((part.interest for part in exact), Fraction(0)))
    parts = _rounded(terms, exact, fee)
    rows, start, balance = [], terms.disbursed_on, terms.principal
    dues = due_dates(terms.calendar, terms.disbursed_on, terms.number)
    for nr, (due, (principal, interest, fees)) in enumerate(zip(dues, parts, strict=True), start=1):
        balance -= principal
        rows.append(Row(nr, start, due, principal, interest, balance, fees))
        start = due
    return rows


def _rate(terms: Terms) -> Fraction:
    every = terms.calendar.every
    if terms.calendar.unit is PeriodUnit.MONTHS:
        return annual_rate(terms) * every / 12
    days = every * (7 if terms.calendar.unit is PeriodUnit.WEEKS else 1)
    return annual_rate(terms) * days / days_in_year(terms.day_count.year)


def _exact_parts(terms: Terms) -> list[_Exact]:
    rate, n, grace = _rate(terms), terms.number, min(terms.grace.principal, terms.number - 1)
    balance = Fraction(terms.principal)
    equal = Fraction(terms.principal, n - grace)
    instalment = level_instalment(terms.principal, rate, n - grace)
    parts = []
    for i in range(n):
        flat = terms.method is InterestMethod.FLAT
        interest = (terms.principal if flat else balance) * rate
        if i < grace:
            principal = Fraction(0)
        elif flat or terms.amortization is Amortization.EQUAL_PRINCIPAL:
            principal = equal
        else:
            principal = instalment - interest
        parts.append(_Exact(principal, interest))
        balance -= principal
    return parts


def _exact_fee(terms: Terms, interest: Fraction) -> Fraction:
    """Return the fee of each instalment: a sum, or a percent of the loan's principal and interest."""
    fee = terms.fee
    if fee is None:
        return Fraction(0)
    match fee.base:
        case FeeBase.FLAT:
            return Fraction(fee.amount)
        case FeeBase.PRINCIPAL:
            base = Fraction(terms.principal)
        case FeeBase.INTEREST:
            base = interest
        case FeeBase.PRINCIPAL_AND_INTEREST:
            base = terms.principal + interest
    return base * fee.percent / 100


def _rounded(terms: Terms, exact: list[_Exact], fee: Fraction) -> list[tuple[int, int, int]]:
    """Return (principal, interest, fee) of every row; in a fixed share of principal the interest absorbs."""
    cash, n = terms.cash, len(exact)
    fixed = terms.amortization is Amortization.EQUAL_PRINCIPAL and terms.method is InterestMethod.DECLINING
    unit = terms.money_multiple
    row_fee = _multiple(fee, unit, cash.money)
    parts, paid = [], 0
    for i, part in enumerate(exact[:-1]):
        payment = _multiple(part.principal + part.interest + fee, cash.payment_multiple, cash.payment)
        if fixed or i < terms.grace.principal:
            principal = _multiple(part.principal, unit, cash.money)
            interest = payment - principal - row_fee
        else:
            interest = _multiple(part.interest, unit, cash.money)
            principal = payment - interest - row_fee
        parts.append((principal, interest, row_fee))
        paid += payment
    whole = terms.principal + sum(part.interest for part in exact) + fee * n
    last = _multiple(whole, cash.total_multiple, cash.total) - paid
    principal = terms.principal - sum(part[0] for part in parts)
    last_fee = _multiple(fee * n, unit, cash.money) - row_fee * (n - 1)
    parts.append((principal, last - principal - last_fee, last_fee))
    return parts


def _multiple(value: Fraction, unit: int, mode: RoundingMode) -> int:
    return int(round_to(value, unit, mode))
