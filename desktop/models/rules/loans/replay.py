"""Replaying events on a planned schedule: charges attach to instalments, payments are laid on them, by date.

The interest of the rows stands as planned; recalculation_*.py replays with interest on real balances.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.models.rules.loans.allocation import (
    Allocation,
    ChargesJoin,
    Component,
    Line,
    Payment,
    allocate,
)
from desktop.models.rules.loans.events import Charge, ChargeBase, ChargeKind, Event, Repayment, Undo, Waiver
from desktop.models.rules.loans.rounding import round_money
from desktop.models.rules.loans.rows import Row
from desktop.models.rules.loans.terms import Terms

Move = Charge | Repayment | Waiver
_KINDS = {ChargeKind.FEE: Component.FEE, ChargeKind.PENALTY: Component.PENALTY}


@dataclass(slots=True)
class Ledger:
    """Lines and payments after a replay."""

    lines: list[Line]
    payments: list[Payment]

    @property
    def overpaid(self) -> int:
        """Return the money that pays nothing."""
        return sum(payment.left for payment in self.payments)


def valid_events(events: Iterable[Event]) -> list[Event]:
    """Return the events that were not undone, in order of recording."""
    known = sorted(events, key=lambda event: event.seq)
    undone = {event.target for event in known if isinstance(event, Undo)}
    return [event for event in known if not isinstance(event, Undo) and event.seq not in undone]


def last_replay(events: Iterable[Event]) -> int:
    """Return when (by `seq`) the loan was last replayed: an undo, or a payment dated before an earlier one."""
    trigger, latest = -1, date.min
    for event in sorted(events, key=lambda event: event.seq):
        if isinstance(event, Undo) or (isinstance(event, Repayment) and event.on < latest):
            trigger = event.seq
        if isinstance(event, Repayment):
            latest = max(latest, event.on)
    return trigger


def in_order(events: Iterable[Event], rule: Allocation) -> list[Move]:
    """Return the valid charges and payments in the order in which they work.

    By date, and on one day as recorded; but once the loan was replayed, a day's charges come before its payments.
    """
    everything = list(events)
    moves = [event for event in valid_events(everything) if isinstance(event, Move)]
    if rule.charges_join is ChargesJoin.FIRST:
        return sorted(moves, key=_charges_first)
    replayed = last_replay(everything)
    return sorted(
        moves,
        key=lambda event: (event.on, not (isinstance(event, Charge) and event.seq < replayed), event.seq),
    )


def _charges_first(event: Move) -> tuple[bool, date, bool, int]:
    """All charges; then by day, what is waived before what is paid; then by number of the voucher."""
    return not isinstance(event, Charge), event.on, isinstance(event, Repayment), event.seq


def replay(terms: Terms, rows: Sequence[Row], events: Iterable[Event], rule: Allocation) -> Ledger:
    """Return the lines and payments after all valid events."""
    ledger = Ledger([Line.of(row) for row in rows], [])
    for event in in_order(events, rule):
        if isinstance(event, Charge):
            attach(ledger.lines, event, charge_amount(terms, rows, event))
            pay_from_leftovers(ledger, rule)
        elif isinstance(event, Waiver):
            waive(ledger.lines, event)
        else:
            payment = Payment(event.seq, event.on, event.amount, event.amount)
            ledger.payments.append(payment)
            allocate(ledger.lines, payment, rule)
    return ledger


def pay_from_leftovers(ledger: Ledger, rule: Allocation) -> None:
    """Let money left from earlier payments pay what has come since."""
    for payment in ledger.payments:
        if payment.left > 0:
            allocate(ledger.lines, payment, rule)


def waive(lines: Iterable[Line], waiver: Waiver) -> None:
    """Waive interest, fees and penalties, oldest instalment first; what was paid stays paid."""
    left = {
        Component.INTEREST: waiver.interest,
        Component.FEE: waiver.fees,
        Component.PENALTY: waiver.penalties,
    }
    for line in lines:
        for component, amount in left.items():
            left[component] -= line.waive(component, amount, waiver.on)


def attach(lines: list[Line], charge: Charge, amount: int) -> Line:
    """Add a charge to the instalment whose period holds its day, or to an extra one after maturity."""
    line = _line_for(lines, charge.joins or charge.on)
    line.add(_KINDS[charge.kind], amount)
    line.charged.append((_KINDS[charge.kind], charge.joins or charge.on, amount))
    if line.outstanding > 0:
        line.paid_on = None
    return line


def _line_for(lines: list[Line], day: date) -> Line:
    for line in lines:
        if not line.extra and day <= line.due_on:  # (start, due]; the first also holds its start
            return line
    last = lines[-1]
    if last.extra:
        last.due_on = max(last.due_on, day)
        return last
    lines.append(Line(last.nr + 1, last.due_on, day, 0, [0, 0, 0, 0], extra=True))
    return lines[-1]


def charge_amount(terms: Terms, rows: Sequence[Row], charge: Charge) -> int:
    """Return a charge in money; a percent is of the loan's principal and interest as planned."""
    principal, interest = sum(row.principal for row in rows), sum(row.interest for row in rows)
    match charge.base:
        case ChargeBase.FLAT:
            return charge.amount
        case ChargeBase.PRINCIPAL:
            base = principal
        case ChargeBase.INTEREST:
            base = interest
        case ChargeBase.PRINCIPAL_AND_INTEREST:
            base = principal + interest
    return round_money(base * charge.percent / 100, terms.rounding, terms.money_multiple)
