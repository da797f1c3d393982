"""The state of a loan: a pure function of terms, events and a day. A quote and a posting ask the same function."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from desktop.models.rules.loans.allocation import Allocation, Component, Line, Payment
from desktop.models.rules.loans.events import Disbursement, Event, Repayment, Undo
from desktop.models.rules.loans.replay import Ledger, replay, valid_events
from desktop.models.rules.loans.schedule import build_rows
from desktop.models.rules.loans.terms import Terms

PENALTY, FEE, INTEREST, PRINCIPAL = Component.PENALTY, Component.FEE, Component.INTEREST, Component.PRINCIPAL


class Status(StrEnum):
    """Where a loan stands."""

    WAITING = "submitted"
    ACTIVE = "active"
    CLOSED = "closed_obligations_met"
    OVERPAID = "overpaid"


@dataclass(frozen=True, slots=True)
class Parts:
    """Money by component."""

    principal: int = 0
    interest: int = 0
    fees: int = 0
    penalties: int = 0

    @property
    def total(self) -> int:
        """Return the sum."""
        return self.principal + self.interest + self.fees + self.penalties


@dataclass(frozen=True, slots=True)
class StateRow:
    """An instalment: due, paid, left. `balance` is the principal left after it by plan."""

    nr: int
    start_on: date
    due_on: date
    balance: int
    due: Parts
    paid: Parts
    paid_in_advance: int
    paid_late: int
    paid_on: date | None

    @property
    def days(self) -> int:
        """Return the length of the period."""
        return (self.due_on - self.start_on).days

    @property
    def outstanding(self) -> int:
        """Return what is unpaid."""
        return self.due.total - self.paid.total


@dataclass(frozen=True, slots=True)
class Split:
    """A disbursement or repayment and what it paid. `balance_after` is the principal owed after it."""

    seq: int
    on: date
    amount: int
    parts: Parts
    overpaid: int
    balance_after: int
    is_disbursement: bool = False
    reverted: bool = False


@dataclass(frozen=True, slots=True)
class LoanState:
    """All that can be said of a loan on a day."""

    as_of: date
    rows: tuple[StateRow, ...]
    splits: tuple[Split, ...]
    overpaid: int
    disbursed: bool

    @property
    def outstanding(self) -> int:
        """Return all that is unpaid, due or not."""
        return sum(row.outstanding for row in self.rows)

    @property
    def principal_outstanding(self) -> int:
        """Return the principal still owed."""
        return sum(row.due.principal - row.paid.principal for row in self.rows)

    @property
    def status(self) -> Status:
        """Return where the loan stands."""
        if not self.disbursed:
            return Status.WAITING
        if self.outstanding > 0:
            return Status.ACTIVE
        return Status.OVERPAID if self.overpaid > 0 else Status.CLOSED

    def due_by(self, day: date) -> Parts:
        """Return what is unpaid of the rows due on or before a day."""
        return left_of(row for row in self.rows if row.due_on <= day)

    @property
    def left(self) -> Parts:
        """Return what is unpaid of all rows."""
        return left_of(self.rows)


def left_of(rows: Iterable[StateRow]) -> Parts:
    """Return what is unpaid of rows, by component."""
    rows = list(rows)
    return Parts(
        sum(row.due.principal - row.paid.principal for row in rows),
        sum(row.due.interest - row.paid.interest for row in rows),
        sum(row.due.fees - row.paid.fees for row in rows),
        sum(row.due.penalties - row.paid.penalties for row in rows),
    )


def loan_state(terms: Terms, events: Iterable[Event], rule: Allocation, as_of: date) -> LoanState:
    """Return the state after all events recorded so far, on a day.

    The order in which events stand in `events` does not matter; their days and `seq` do.
    """
    everything = sorted(events, key=lambda event: event.seq)
    ledger, lent = _replayed(terms, everything, rule, as_of)
    rows = tuple(_row(line) for line in ledger.lines)
    splits = _splits(everything, ledger)
    splits += _reverted(terms, everything, rule)
    ordered = tuple(sorted(splits, key=lambda split: (split.on, split.seq)))
    return LoanState(as_of, rows, ordered, ledger.overpaid, lent)


def _replayed(terms: Terms, events: Sequence[Event], rule: Allocation, as_of: date) -> tuple[Ledger, bool]:
    lent = [event for event in valid_events(events) if isinstance(event, Disbursement)]
    actual = issued(terms, lent)
    if actual.recalculation is not None and lent:
        from desktop.models.rules.loans.recalculation import recalculated

        return recalculated(actual, events, rule, as_of), True
    return replay(actual, build_rows(actual), events, rule), bool(lent)


def issued(terms: Terms, lent: Sequence[Disbursement]) -> Terms:
    """Return the terms with the sum and day of the real disbursement, if there was one."""
    if not lent:
        return terms
    first = min(lent, key=lambda event: (event.on, event.seq))
    calendar = terms.calendar
    if calendar.counted_from == terms.disbursed_on:
        calendar = replace(calendar, counted_from=first.on)
    total = sum(event.amount for event in lent)
    return replace(terms, principal=total, disbursed_on=first.on, calendar=calendar)


def _row(line: Line) -> StateRow:
    penalties, fees, interest, principal = line.owed
    paid = Parts(line.paid[3], line.paid[2], line.paid[1], line.paid[0])
    return StateRow(
        line.nr,
        line.start_on,
        line.due_on,
        line.balance,
        Parts(principal, interest, fees, penalties),
        paid,
        line.in_advance,
        line.late,
        line.paid_on,
    )


def _splits(events: Sequence[Event], ledger: Ledger) -> list[Split]:
    """Return disbursements and repayments with running principal, by date."""
    payments: dict[int, Payment] = {payment.key: payment for payment in ledger.payments}
    moves = [event for event in valid_events(events) if isinstance(event, Disbursement | Repayment)]
    balance, splits = 0, []
    for event in sorted(moves, key=lambda event: (event.on, isinstance(event, Repayment), event.seq)):
        if isinstance(event, Disbursement):
            balance += event.amount
            splits.append(Split(event.seq, event.on, event.amount, Parts(), 0, balance, is_disbursement=True))
            continue
        payment = payments.get(event.seq)
        if payment is None:
            continue
        parts = Parts(payment.of(PRINCIPAL), payment.of(INTEREST), payment.of(FEE), payment.of(PENALTY))
        balance -= parts.principal
        splits.append(Split(event.seq, event.on, event.amount, parts, payment.left, balance))
    return splits


def _reverted(terms: Terms, events: Sequence[Event], rule: Allocation) -> list[Split]:
    """Return the undone payments as they stood just before they were undone."""
    found = []
    for event in events:
        if isinstance(event, Undo):
            before = [other for other in events if other.seq < event.seq]
            ledger, _ = _replayed(terms, before, rule, event.on)
            found += [
                replace(split, reverted=True)
                for split in _splits(before, ledger)
                if split.seq == event.target
            ]
    return found
