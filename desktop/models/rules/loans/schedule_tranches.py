"""A standard schedule of a loan paid out in parts: each part counts from its day, what is repaid is spread anew.

Interest of a period = balance × factor + every part that comes inside it × its share of the period. Flat: on all
that was lent so far. docs/loans.md, "Giải ngân nhiều lần".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from desktop.models.rules.loans.calendar import due_dates
from desktop.models.rules.loans.daycount import counts_days, days_factor
from desktop.models.rules.loans.rows import Row, with_instalment_fees
from desktop.models.rules.loans.schedule_standard import (
    interest_factors,
    level_for,
    money,
    planned_principal,
)
from desktop.models.rules.loans.terms import Amortization, InterestMethod, Terms


class LateTranche(ValueError):
    """A part of the loan is to be paid out when there is no instalment left to repay it."""


def build(terms: Terms) -> list[Row]:
    """Return the rows. Raises LateTranche."""
    dues = due_dates(terms.calendar, terms.disbursed_on, terms.number)
    if any(on >= dues[-1] for on, _ in terms.tranches):
        raise LateTranche("a part of the loan is paid out on or after the last due date")
    flat = terms.method is InterestMethod.FLAT
    spread = replace(terms, amortization=Amortization.EQUAL_PRINCIPAL) if flat else terms
    factors, last = interest_factors(terms, dues), len(dues) - 1
    lent = balance = terms.principal - sum(amount for _, amount in terms.tranches)
    start, owed, rows = terms.disbursed_on, 0, []
    level: int | None = None
    for i, due in enumerate(dues):
        at_start, inside = parts_of(terms.tranches, start, due)
        if at_start:
            lent, balance, level = lent + at_start, balance + at_start, None
        exact = (lent if flat else balance) * factors[i]
        exact += sum(
            (amount * share(terms, factors[i], start, due, on) for on, amount in inside), Fraction(0)
        )
        own = 0 if i < terms.grace.interest_free else money(terms, exact)
        if level is None and i >= terms.grace.principal:
            level = level_for(spread, balance, len(dues) - i)
        part = planned_principal(spread, i, last, balance, own, level)
        shown = 0 if i < terms.grace.interest_payment and i != last else own + owed
        owed += own - shown
        more = sum(amount for _, amount in inside)
        lent, balance = lent + more, balance - part + more
        level = None if more else level
        rows.append(Row(i + 1, start, due, part, shown, balance))
        start = due
    return with_instalment_fees(rows, terms)


def parts_of(
    tranches: Sequence[tuple[date, int]], start: date, due: date
) -> tuple[int, list[tuple[date, int]]]:
    """Return what is paid out on the first day of a period, and what comes inside it by day."""
    at_start = sum(amount for on, amount in tranches if on == start)
    return at_start, [(on, amount) for on, amount in tranches if start < on < due]


def share(terms: Terms, factor: Fraction, start: date, due: date, on: date) -> Fraction:
    """Return the factor of a part that is lent from a day inside the period."""
    if counts_days(terms):
        return days_factor(terms, on, due)
    return factor * (due - on).days / max((due - start).days, 1)
