"""The schedule: rows, what must hold of them, and `plan`, the one door to every way of building them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.models.rules.loans import (
    schedule_cash,
    schedule_per_period,
    schedule_progressive,
    schedule_standard,
    schedule_tranches,
)
from desktop.models.rules.loans.rows import Row
from desktop.models.rules.loans.terms import Builder, Terms, UnsupportedTerms

_BUILDERS: dict[Builder, Callable[[Terms], list[Row]]] = {
    Builder.STANDARD: schedule_standard.build,
    Builder.PROGRESSIVE: schedule_progressive.build,
    Builder.CASH: schedule_cash.build,
    Builder.PER_PERIOD: schedule_per_period.build,
}


class BadSchedule(ValueError):
    """The terms give no sound schedule: a negative row, or principal that does not add up."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """The rows of a loan that was not yet touched, and their sums."""

    start: date
    rows: tuple[Row, ...]

    @property
    def principal(self) -> int:
        """Return the sum of all principal: the amount lent."""
        return sum(row.principal for row in self.rows)

    @property
    def interest(self) -> int:
        """Return the sum of all interest."""
        return sum(row.interest for row in self.rows)

    @property
    def fees(self) -> int:
        """Return the sum of the fees paid with the instalments."""
        return sum(row.fees for row in self.rows)

    @property
    def total(self) -> int:
        """Return all that will be paid."""
        return self.principal + self.interest + self.fees


def plan(terms: Terms) -> Schedule:
    """Return the schedule of a loan. Raises BadSchedule when the terms give a negative row."""
    schedule = Schedule(terms.disbursed_on, tuple(build_rows(terms)))
    faults = list(faults_of(schedule.rows, terms.principal, terms.disbursed_on))
    if faults:
        raise BadSchedule("; ".join(faults))
    return schedule


def build_rows(terms: Terms) -> list[Row]:
    """Return the rows as the builder makes them, unchecked (for comparison with other systems).

    Raises BadSchedule for terms that no builder understands, UnsupportedTerms for options one does not know.
    """
    if terms.number < 1 or terms.principal < 0 or terms.rate_percent < 0:
        raise BadSchedule("a loan needs an amount, an instalment and a rate that is not negative")
    if terms.tranches:
        if terms.builder is not Builder.STANDARD:
            raise UnsupportedTerms("only standard loans are paid out in parts")
        try:
            return schedule_tranches.build(terms)
        except schedule_tranches.LateTranche as reason:
            raise BadSchedule(str(reason)) from reason
    return _BUILDERS[terms.builder](terms)


def faults_of(rows: Sequence[Row], principal: int, start: date) -> Iterable[str]:
    """Yield what is wrong with rows: sums, days, order, signs. A sound schedule yields nothing."""
    if sum(row.principal for row in rows) != principal:
        yield "the principal of the rows is not the amount lent"
    if rows and sum(row.days for row in rows) != (rows[-1].due_on - start).days:
        yield "the days of the rows are not the days of the loan"
    for row in rows:
        if min(row.principal, row.interest, row.fees, row.balance) < 0:
            yield f"row {row.nr} is negative"
        if row.days < 0:
            yield f"row {row.nr} is due before the row above it"
        if row.due_on <= start:
            yield f"row {row.nr} is due before or on the day of the money"
