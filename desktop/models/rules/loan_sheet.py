"""Repayments at a meeting: what is due, and how what a member brings is split over their loans.

The same functions fill the sheet, check it and post it; they ask the loan's own state, so the split on the sheet
is the split in the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from desktop.models.ids import LoanId, MemberId
from desktop.models.kinds import EntryKind
from desktop.models.rules.entries import Entry
from desktop.models.rules.loan_products import Product
from desktop.models.rules.loans.charges import Overdue, PenaltyRule, penalties_of
from desktop.models.rules.loans.events import Charge, ChargeKind, Event, Repayment, Undo, WriteOff
from desktop.models.rules.loans.payoff import payoff
from desktop.models.rules.loans.replay import valid_events
from desktop.models.rules.loans.state import LoanState, Parts, loan_state
from desktop.models.rules.loans.terms import Terms

NOTHING = Parts()


@dataclass(frozen=True, slots=True)
class OpenLoan:
    """A loan that is being repaid: its frozen terms and product, and its events without the sheet's own."""

    id: LoanId
    code: str
    terms: Terms
    product: Product
    events: tuple[Event, ...]

    def state(self, day: date, more: Iterable[Event] = ()) -> LoanState:
        """Return the loan's state on a day, from what happened by then and `more`.

        What was undone never happened, on whatever day it was undone.
        """
        known = [event for event in self.events if isinstance(event, Undo) or event.on <= day]
        return loan_state(self.terms, [*known, *more], self.product.rule, day)

    @property
    def next_seq(self) -> int:
        """Return the place of the next event in the order of recording."""
        return max((event.seq for event in self.events), default=0) + 1


@dataclass(frozen=True, slots=True)
class LoanPayment:
    """What one payment does to one loan: the penalty charged with it, and its parts in đồng."""

    loan: LoanId
    penalty_charged: int
    parts: Parts
    overpaid: int = 0
    joins: date | None = None
    """The due day of the instalment that the penalty belongs to; None: that of the day."""
    recovers: bool = False
    """The loan was written off before: its principal is money recovered, no longer a debt in the books."""

    @property
    def amount(self) -> int:
        """Return the money handed over."""
        return self.parts.total + self.overpaid


def penalty_due(loan: OpenLoan, day: date) -> int:
    """Return the late penalty that the product's rule asks for on a day, in đồng, beside what was charged before.

    Days are counted from the due day, or from the last payment since: what was late until then was charged, or let
    off, at that payment. So no day is ever counted twice, and the cap of an instalment holds over all its payments.
    """
    rule = loan.product.penalty
    if rule is None:
        return 0
    settled = _settled_days(loan, day)
    if rule.cap is None:
        return sum(_penalties(loan, rule, loan.state(day), day, max(settled, default=None)).values())
    return _capped(loan, replace(rule, cap=None), rule.cap, day, settled)


def _settled_days(loan: OpenLoan, day: date) -> list[date]:
    """Return the days, up to `day`, on which penalties were charged or let off, in order."""
    found = {
        event.on
        for event in valid_events(loan.events)
        if event.on <= day and (isinstance(event, Repayment) or _is_penalty(event))
    }
    return sorted(found)


def _penalties(
    loan: OpenLoan, rule: PenaltyRule, state: LoanState, day: date, since: date | None
) -> dict[int, int]:
    """Return what a rule asks for on a day, by instalment, for the days after `since`."""
    late = [
        Overdue(row.nr, row.due_on, row.left.principal, row.left.interest)
        for row in state.rows
        if row.due_on < day and row.left.principal + row.left.interest > 0
    ]
    return penalties_of([rule], late, day, loan.terms.principal, state.principal_outstanding, since=since)


def _capped(loan: OpenLoan, rule: PenaltyRule, cap: int, day: date, settled: Sequence[date]) -> int:
    """Return what is asked for on a day when an instalment costs at most `cap` over all its late time.

    So what was asked for at each payment before counts too; it was asked on what stood the evening before.
    """
    asked: dict[int, int] = {}
    since: date | None = None
    for on in settled:
        state = loan.state(on - timedelta(days=1))
        for nr, amount in _penalties(loan, rule, state, on, since).items():
            asked[nr] = min(asked.get(nr, 0) + amount, cap)
        since = on
    now = _penalties(loan, rule, loan.state(day), day, since)
    return sum(min(amount, cap - asked.get(nr, 0)) for nr, amount in now.items())


def _is_penalty(event: Event) -> bool:
    return isinstance(event, Charge) and event.kind is ChargeKind.PENALTY


def _charge(loan: OpenLoan, day: date, penalty: int) -> list[Charge]:
    """Return the charge of a penalty: with the oldest late instalment, so that it is paid with it.

    Where interest follows the real balance all charges stand before any payment: there it joins the day's instalment.
    """
    if not penalty:
        return []
    late = [row.due_on for row in loan.state(day).rows if row.due_on < day and row.outstanding > 0]
    joins = min(late, default=None) if loan.terms.recalculation is None else None
    return [Charge(loan.next_seq, day, ChargeKind.PENALTY, penalty, joins=joins)]


def due_on(loan: OpenLoan, day: date) -> Parts:
    """Return what a member is asked for on a day: all unpaid dues up to it, and the penalty of the day.

    What was written off is asked for no more; what comes back all the same is typed, and is a recovery.
    """
    off = written_off_on(loan)
    if off is not None and off <= day:
        return NOTHING
    due = loan.state(day).due_by(day)
    return Parts(due.principal, due.interest, due.fees, due.penalties + penalty_due(loan, day))


def due_of(loans: Iterable[OpenLoan], day: date) -> Parts:
    """Return what is due of several loans."""
    return sum_parts(due_on(loan, day) for loan in loans)


def sum_parts(parts: Iterable[Parts]) -> Parts:
    """Return the sum of parts."""
    known = list(parts)
    return Parts(
        sum(part.principal for part in known),
        sum(part.interest for part in known),
        sum(part.fees for part in known),
        sum(part.penalties for part in known),
    )


def events_of_payment(loan: OpenLoan, day: date, amount: int, penalty: int) -> list[Event]:
    """Return what a payment adds to a loan's events: the penalty charged with it, and the repayment, the last."""
    charge = _charge(loan, day, penalty)
    return [*charge, Repayment(loan.next_seq + len(charge), day, amount)]


def pay(loan: OpenLoan, day: date, amount: int, penalty: int) -> LoanPayment:
    """Return how `amount` (đồng) is split when it is paid on a day with `penalty` charged first."""
    more = events_of_payment(loan, day, amount, penalty)
    *charge, payment = more
    state = loan.state(day, more)
    split = next(split for split in state.splits if split.seq == payment.seq)
    off = written_off_on(loan)
    return LoanPayment(
        loan.id,
        penalty,
        split.parts,
        split.overpaid,
        charge[0].joins if charge and isinstance(charge[0], Charge) else None,
        off is not None and day > off,
    )


def written_off_on(loan: OpenLoan) -> date | None:
    """Return the day on which a loan was written off, or None."""
    return next((event.on for event in valid_events(loan.events) if isinstance(event, WriteOff)), None)


def settle_amount(loan: OpenLoan, day: date) -> int:
    """Return what pays the loan off on a day, with the penalty of that day, in đồng."""
    penalty = penalty_due(loan, day)
    charge = _charge(loan, day, penalty)
    return payoff(loan.terms, [*loan.events, *charge], loan.product.rule, day).amount


def spread(loans: Sequence[OpenLoan], day: date, amount: int, penalty: int) -> list[LoanPayment]:
    """Return how a member's money is laid on their loans: what is due of each, oldest first, then ahead.

    `penalty` is how much penalty the clerk charges, at most what the rule asks; it goes to the oldest loans.
    """
    left, charged = amount, penalty
    penalties: list[int] = []
    shares: list[int] = []
    for loan in loans:
        take = min(charged, penalty_due(loan, day))
        part = min(left, loan.state(day).due_by(day).total + take)
        charged, left = charged - take, left - part
        penalties.append(take)
        shares.append(part)
    for place, loan in enumerate(loans):
        more = min(left, max(settle_amount(loan, day) - shares[place], 0)) if left else 0
        shares[place] += more
        left -= more
    if left and shares:
        shares[0] += left
    return [
        pay(loan, day, part, take)
        for loan, take, part in zip(loans, penalties, shares, strict=True)
        if part or take
    ]


ENTRY_KINDS = (
    ("principal", EntryKind.LOAN_PRINCIPAL),
    ("interest", EntryKind.LOAN_INTEREST),
    ("fees", EntryKind.LOAN_FEE),
    ("penalties", EntryKind.LOAN_PENALTY),
)


def entries_of(payment: LoanPayment, member: MemberId | None) -> list[Entry]:
    """Return what a payment posts, part by part."""
    found = [
        Entry(
            EntryKind.LOAN_RECOVERY if payment.recovers and part == "principal" else kind,
            getattr(payment.parts, part),
            member=member,
            loan=payment.loan,
        )
        for part, kind in ENTRY_KINDS
        if getattr(payment.parts, part)
    ]
    if payment.overpaid:
        found.append(Entry(EntryKind.LOAN_OVERPAID, payment.overpaid, member=member, loan=payment.loan))
    return found


__all__ = [
    "ENTRY_KINDS",
    "NOTHING",
    "LoanPayment",
    "OpenLoan",
    "due_of",
    "due_on",
    "entries_of",
    "events_of_payment",
    "pay",
    "penalty_due",
    "settle_amount",
    "spread",
    "sum_parts",
    "written_off_on",
]
