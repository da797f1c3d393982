"""Loans from records to facts: the frozen terms, the product they came from, and the events in order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, LoanId, MeetingId, MemberId
from desktop.models.kinds import Account, GroupKind, LoanDirection, LoanEventKind, LoanStage
from desktop.models.records.every import AccountRow, Loan, LoanEvent
from desktop.models.rules.loan_products import Product
from desktop.models.rules.loan_sheet import OpenLoan
from desktop.models.rules.loans.events import (
    Charge,
    ChargeKind,
    Disbursement,
    Event,
    Repayment,
    Reschedule,
    Undo,
    Waiver,
    WriteOff,
)
from desktop.models.rules.loans.terms import Terms
from desktop.models.rules.plain import from_text

OPEN_STAGES = (LoanStage.ACTIVE, LoanStage.WRITTEN_OFF)


@dataclass(frozen=True, slots=True)
class LoanFacts:
    """A loan with all that its rules need."""

    id: LoanId
    code: str
    group: GroupId
    member: MemberId | None
    direction: LoanDirection
    stage: LoanStage
    loan: OpenLoan


def event_of(row: LoanEvent) -> Event | None:
    """Return a kept event as the engine knows it; None for what moves no schedule (refund, adjustment)."""
    detail: dict[str, Any] = json.loads(row.detail)
    match row.kind:
        case LoanEventKind.DISBURSEMENT:
            return Disbursement(row.seq, row.day, row.amount)
        case LoanEventKind.REPAYMENT:
            return Repayment(row.seq, row.day, row.amount)
        case LoanEventKind.FEE:
            return Charge(row.seq, row.day, ChargeKind.FEE, row.amount)
        case LoanEventKind.PENALTY:
            joins = date.fromisoformat(detail["joins"]) if "joins" in detail else None
            return Charge(row.seq, row.day, ChargeKind.PENALTY, row.amount, joins=joins)
        case LoanEventKind.WAIVER:
            return Waiver(row.seq, row.day, detail["interest"], detail["fees"], detail["penalties"])
        case LoanEventKind.RESCHEDULE:
            return Reschedule(
                row.seq,
                row.day,
                date.fromisoformat(detail["from_due"]),
                detail["days"],
                detail["months"],
                detail["with_interest"],
                detail["counts"],
            )
        case LoanEventKind.WRITE_OFF:
            return WriteOff(row.seq, row.day)
        case LoanEventKind.UNDO:
            return Undo(row.seq, row.day, detail["target"])
        case LoanEventKind.REFUND | LoanEventKind.ADJUSTMENT:
            return None


def events_of(rows: Iterable[LoanEvent], without_meeting: MeetingId | None = None) -> tuple[Event, ...]:
    """Return kept events in order; those recorded at one meeting may be left out (it is being judged anew)."""
    found = []
    for row in sorted(rows, key=lambda row: row.seq):
        if without_meeting is not None and row.meeting_id == without_meeting:
            continue
        event = event_of(row)
        if event is not None:
            found.append(event)
    return tuple(found)


def facts_of(loan: Loan, rows: Iterable[LoanEvent], without_meeting: MeetingId | None = None) -> LoanFacts:
    """Return a loan's facts from its row and its events."""
    return LoanFacts(
        LoanId(loan.id),
        loan.code,
        GroupId(loan.group_id),
        None if loan.member_id is None else MemberId(loan.member_id),
        loan.direction,
        loan.stage,
        OpenLoan(
            LoanId(loan.id),
            loan.code,
            from_text(Terms, loan.terms),
            from_text(Product, loan.rule),
            events_of(rows, without_meeting),
        ),
    )


def load(session: Session, loan_id: LoanId) -> LoanFacts:
    """Return the facts of one loan."""
    return facts_of(session.get_one(Loan, loan_id), rows_of(session, [loan_id])[loan_id])


def rows_of(session: Session, loans: Sequence[LoanId]) -> dict[LoanId, list[LoanEvent]]:
    """Return the kept events of loans, in order of recording."""
    found: dict[LoanId, list[LoanEvent]] = {loan: [] for loan in loans}
    for start in range(0, len(loans), 500):
        part = loans[start : start + 500]
        query = (
            select(LoanEvent).where(LoanEvent.loan_id.in_(part)).order_by(LoanEvent.loan_id, LoanEvent.seq)
        )
        for row in session.scalars(query):
            found[LoanId(row.loan_id)].append(row)
    return found


# Prepared once: it is asked for every meeting.
_OPEN = (
    select(Loan)
    .where(
        Loan.group_id == bindparam("group"),
        Loan.direction == LoanDirection.OUT,
        Loan.stage.in_(bindparam("stages", expanding=True)),
        Loan.disbursed_on <= bindparam("on"),
    )
    .order_by(Loan.disbursed_on, Loan.id)
)


def open_loans(
    session: Session, group: GroupId, day: date, without_meeting: MeetingId | None = None
) -> dict[MemberId, list[OpenLoan]]:
    """Return the loans of a group's members that were being repaid on a day, oldest first.

    With `without_meeting` a loan that this very meeting closed counts as open.
    """
    stages = [LoanStage.ACTIVE, LoanStage.WRITTEN_OFF]
    if without_meeting is not None:
        stages.append(LoanStage.CLOSED)
    loans = list(session.scalars(_OPEN, {"group": group, "stages": stages, "on": day}))
    events = rows_of(session, [LoanId(loan.id) for loan in loans])
    found: dict[MemberId, list[OpenLoan]] = {}
    for loan in loans:
        rows = events[LoanId(loan.id)]
        if loan.stage is LoanStage.CLOSED and all(row.meeting_id != without_meeting for row in rows):
            continue
        if loan.member_id is not None:
            found.setdefault(MemberId(loan.member_id), []).append(facts_of(loan, rows, without_meeting).loan)
    return found


def collects_in(session: Session, group: GroupId, kind: GroupKind, day: date) -> bool:
    """Tell whether a group's meeting on a day takes interest for a lender.

    So does a savings and loan group of the policy bank from its founding, a group while it owes a lender, and any
    that has collected before, whether or not it was handed on.
    """
    if kind is GroupKind.VBSP:
        return True
    owes = select(Loan.id).where(
        Loan.group_id == group,
        Loan.direction == LoanDirection.IN,
        Loan.disbursed_on <= day,
        or_(Loan.closed_on.is_(None), Loan.closed_on >= day),
    )
    collected = select(AccountRow.id).where(
        AccountRow.group_id == group, AccountRow.account == int(Account.COLLECTED)
    )
    return any(session.scalar(one.limit(1)) is not None for one in (owes, collected))
