"""The state of a loan: a pure function of terms, events and a day. A quote and a posting ask the same function."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from desktop.models.rules.loans.allocation import Allocation, Component, Line, Payment
from desktop.models.rules.loans.events import Disbursement, Event, Repayment, Undo, WriteOff
from desktop.models.rules.loans.recalculation import recalculated, recalculates
from desktop.models.rules.loans.replay import Ledger, replay, valid_events
from desktop.models.rules.loans.rescheduling import moved, reschedulings
from desktop.models.rules.loans.schedule import build_rows
from desktop.models.rules.loans.terms import Terms

PENALTY, FEE, INTEREST, PRINCIPAL = Component.PENALTY, Component.FEE, Component.INTEREST, Component.PRINCIPAL


class Status(StrEnum):
    """Where a loan stands."""

    WAITING = "submitted"
    ACTIVE = "active"
    CLOSED = "closed_obligations_met"
    OVERPAID = "overpaid"
    WRITTEN_OFF = "written_off"


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
    waived: Parts = Parts()

    @property
    def days(self) -> int:
        """Return the length of the period."""
        return (self.due_on - self.start_on).days

    @property
    def outstanding(self) -> int:
        """Return what is unpaid and not waived."""
        return self.due.total - self.paid.total - self.waived.total

    @property
    def left(self) -> Parts:
        """Return what is unpaid, by component."""
        return Parts(
            self.due.principal - self.paid.principal - self.waived.principal,
            self.due.interest - self.paid.interest - self.waived.interest,
            self.due.fees - self.paid.fees - self.waived.fees,
            self.due.penalties - self.paid.penalties - self.waived.penalties,
        )


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
    written_off: Parts | None = None  # what was given up, if the loan was written off: the memo balance
    recovered: int = 0  # paid since
    reschedulings: int = 0

    @property
    def outstanding(self) -> int:
        """Return all that is unpaid, due or not."""
        return sum(row.outstanding for row in self.rows)

    @property
    def principal_outstanding(self) -> int:
        """Return the principal still owed."""
        return sum(row.left.principal for row in self.rows)

    @property
    def status(self) -> Status:
        """Return where the loan stands."""
        if not self.disbursed:
            return Status.WAITING
        if self.outstanding > 0:
            return Status.ACTIVE if self.written_off is None else Status.WRITTEN_OFF
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
    lefts = [row.left for row in rows]
    return Parts(
        sum(left.principal for left in lefts),
        sum(left.interest for left in lefts),
        sum(left.fees for left in lefts),
        sum(left.penalties for left in lefts),
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
    state = LoanState(as_of, rows, ordered, ledger.overpaid, lent, reschedulings=reschedulings(everything))
    return _with_write_off(state, terms, everything, rule)


def _with_write_off(state: LoanState, terms: Terms, events: Sequence[Event], rule: Allocation) -> LoanState:
    """Return the state with its memo balance: what was owed on the day of the write-off, what came since.

    Money that comes later pays the rows as before, so that recovery can never pass what is owed.
    """
    off = next((event for event in valid_events(events) if isinstance(event, WriteOff)), None)
    if off is None:
        return state
    since = [e for e in valid_events(events) if isinstance(e, Repayment) and e.on > off.on]
    later = {event.seq for event in since}
    before = [event for event in events if event.seq not in later and event.seq != off.seq]
    given_up = loan_state(terms, before, rule, off.on).left
    recovered = sum(split.parts.total for split in state.splits if split.seq in later)
    return replace(state, written_off=given_up, recovered=recovered)


def _replayed(terms: Terms, events: Sequence[Event], rule: Allocation, as_of: date) -> tuple[Ledger, bool]:
    lent = [event for event in valid_events(events) if isinstance(event, Disbursement)]
    actual = issued(terms, lent)
    planned = build_rows(actual)
    if lent and recalculates(actual):
        return recalculated(actual, planned, events, rule, as_of), True
    rows = moved(planned, valid_events(events), actual)
    return replay(actual, rows, events, rule), bool(lent)


def issued(terms: Terms, lent: Sequence[Disbursement]) -> Terms:
    """Return the terms with the days and sums of the real disbursements, if there were any."""
    if not lent:
        return terms
    first = min(lent, key=lambda event: (event.on, event.seq))
    calendar = terms.calendar
    if calendar.counted_from == terms.disbursed_on:
        calendar = replace(calendar, counted_from=first.on)
    total = sum(event.amount for event in lent)
    later = tuple(sorted((event.on, event.amount) for event in lent if event.on > first.on))
    return replace(terms, principal=total, disbursed_on=first.on, calendar=calendar, tranches=later)


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
        Parts(line.waived[3], line.waived[2], line.waived[1], line.waived[0]),
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
