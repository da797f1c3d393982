"""Writing what happened to a loan: its event, its voucher, and what the event changed about earlier ones.

A loan's parts follow from its state, a pure function of terms and events in date order. So an event entered late may
change how earlier money was split; the difference is posted as dated vouchers (`ADJUSTMENT` events), never edited.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, LoanId, MeetingId, VoucherId, new_uid
from desktop.models.kinds import (
    BY_LOAN,
    Account,
    EntryKind,
    LoanDirection,
    LoanEventKind,
    LoanStage,
    Paper,
    natural,
)
from desktop.models.records.base import table_of
from desktop.models.records.every import Loan, LoanDue, LoanEvent
from desktop.models.rules.entries import Line, VoucherDraft
from desktop.models.rules.loan_sheet import OpenLoan, written_off_on
from desktop.models.rules.loans.state import LoanState, Parts, Split, Status
from desktop.services.ledger import PostedVoucher, lines_of_voucher, post
from desktop.services.loan_facts import LoanFacts, facts_of, rows_of

_dues = table_of(LoanDue)
_PRINCIPAL = (Account.LOANS, EntryKind.LOAN_PRINCIPAL)
_RECOVERY = (Account.WRITE_OFFS, EntryKind.LOAN_RECOVERY)
_SIDES = (
    ("interest", Account.INTEREST, EntryKind.LOAN_INTEREST),
    ("fees", Account.FEES, EntryKind.LOAN_FEE),
    ("penalties", Account.PENALTIES, EntryKind.LOAN_PENALTY),
    ("overpaid", Account.LOAN_CREDITS, EntryKind.LOAN_OVERPAID),
)
"""The parts of a repayment beside principal, the account that each credits, and the kind of entry.

Principal credits the loan; once it was written off, what comes back lowers the loss."""


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event to be written; `voucher` is what posted it, where money moved."""

    kind: LoanEventKind
    day: date
    amount: int = 0
    detail: dict[str, Any] | None = None
    voucher: VoucherId | None = None
    meeting: MeetingId | None = None
    note: str = ""


def add_events(session: Session, loan: LoanId, events: Sequence[NewEvent]) -> list[int]:
    """Write events in order; return their places (`seq`) in the loan's order of recording."""
    act = session.info["act"]
    last = max((row.seq for row in rows_of(session, [loan])[loan]), default=0)
    rows = [
        LoanEvent(
            uid=new_uid(),
            loan_id=loan,
            seq=last + at,
            day=event.day,
            kind=event.kind,
            amount=event.amount,
            detail=json.dumps(event.detail or {}, sort_keys=True),
            voucher_id=event.voucher,
            meeting_id=event.meeting,
            note=event.note,
            at=act.at,
            by=act.who,
        )
        for at, event in enumerate(events, start=1)
    ]
    session.add_all(rows)
    session.flush()
    return [row.seq for row in rows]


def undone_by(rows: Sequence[LoanEvent]) -> set[int]:
    """Return the places (`seq`) of the events that were taken back."""
    return {json.loads(row.detail)["target"] for row in rows if row.kind is LoanEventKind.UNDO}


def settle(session: Session, loan_id: LoanId, today: date) -> list[PostedVoucher]:
    """Bring what follows from a loan's events up to date: adjustments of earlier splits, its dues, its stage.

    Returns the adjusting vouchers, each on the day of the repayment that it corrects.
    """
    loan = session.get_one(Loan, loan_id)
    rows = rows_of(session, [loan_id])[loan_id]
    facts = facts_of(loan, rows)
    state = facts.loan.state(max(today, max((row.day for row in rows), default=today)))
    # A lender is paid in order of days (lender_loans), so nothing paid earlier is ever split anew.
    adjusted = _adjust(session, facts, state, rows) if facts.direction is LoanDirection.OUT else []
    _write_dues(session, loan_id, state)
    _note_stage(loan, state)
    session.flush()
    return adjusted


def _note_stage(loan: Loan, state: LoanState) -> None:
    stages = {
        Status.WAITING: LoanStage.APPROVED,
        Status.ACTIVE: LoanStage.ACTIVE,
        Status.CLOSED: LoanStage.CLOSED,
        Status.OVERPAID: LoanStage.CLOSED,
        Status.WRITTEN_OFF: LoanStage.WRITTEN_OFF,
    }
    loan.stage = stages[state.status]
    paid = [split.on for split in state.splits if not split.reverted]
    loan.closed_on = max(paid, default=None) if loan.stage is LoanStage.CLOSED else None
    lent = [split.on for split in state.splits if split.is_disbursement and not split.reverted]
    loan.disbursed_on = min(lent, default=None)


def _write_dues(session: Session, loan: LoanId, state: LoanState) -> None:
    connection = session.connection()
    connection.execute(delete(_dues).where(_dues.c.loan_id == loan))
    rows = [
        {
            "loan_id": loan,
            "nr": row.nr,
            "due_on": row.due_on,
            "principal": row.due.principal - row.waived.principal,
            "interest": row.due.interest - row.waived.interest,
            "fees": row.due.fees - row.waived.fees,
            "penalties": row.due.penalties - row.waived.penalties,
        }
        for row in state.rows
    ]
    if rows and state.disbursed:
        connection.execute(insert(_dues), rows)


def _adjust(
    session: Session, facts: LoanFacts, state: LoanState, rows: Sequence[LoanEvent]
) -> list[PostedVoucher]:
    """Post the difference between how each repayment is split now and how it was posted."""
    wanted = {split.seq: split for split in state.splits if not split.is_disbursement and not split.reverted}
    drafts: list[VoucherDraft] = []
    targets: list[Split] = []
    for seq, split in sorted(wanted.items()):
        posted = _posted_parts(session, facts.id, seq, rows)
        if posted is None:
            continue
        lines = _difference(facts, split, posted)
        if lines:
            targets.append(split)
            drafts.append(
                VoucherDraft(
                    group=facts.group,
                    paper=Paper.JOURNAL,
                    day=split.on,
                    lines=lines,
                    member=facts.member,
                    text=facts.code,
                )
            )
    vouchers = post(session, drafts)
    events = [
        NewEvent(LoanEventKind.ADJUSTMENT, split.on, detail={"target": split.seq}, voucher=voucher.id)
        for split, voucher in zip(targets, vouchers, strict=True)
    ]
    if events:
        add_events(session, facts.id, events)
    return vouchers


def _posted_parts(
    session: Session, loan: LoanId, seq: int, rows: Sequence[LoanEvent]
) -> dict[Account, int] | None:
    """Return what was posted for a repayment so far, by account (natural), with its adjustments."""
    vouchers = [
        row.voucher_id
        for row in rows
        if row.voucher_id is not None
        and (
            row.seq == seq
            or (row.kind is LoanEventKind.ADJUSTMENT and json.loads(row.detail)["target"] == seq)
        )
    ]
    if not vouchers:
        return None
    found: dict[Account, int] = {}
    for voucher in vouchers:
        for line in lines_of_voucher(session, voucher):
            if line.account in BY_LOAN and line.loan == loan:
                # A repayment credits; an asset or a loss falls by what it is credited.
                moved = natural(line.account, line.amount)
                falls = line.account in (Account.LOANS, Account.WRITE_OFFS)
                found[line.account] = found.get(line.account, 0) + (-moved if falls else moved)
    return found


def _difference(facts: LoanFacts, split: Split, posted: dict[Account, int]) -> tuple[Line, ...]:
    wanted = parts_by_name(split.parts, split.overpaid)
    off = written_off_on(facts.loan)
    recovered = wanted["principal"] if off is not None and split.on > off else 0
    sides = [(recovered, *_RECOVERY), (wanted["principal"] - recovered, *_PRINCIPAL)]
    sides += [(wanted[name], account, kind) for name, account, kind in _SIDES]
    lines = []
    for amount, account, kind in sides:
        more = amount - posted.get(account, 0)
        if more:
            lines.append(Line(account, -more, kind, facts.member, facts.id))
    return tuple(lines)


def parts_by_name(parts: Parts, overpaid: int = 0) -> dict[str, int]:
    """Return the parts of a repayment by name, with what was paid too much."""
    return {
        "principal": parts.principal,
        "interest": parts.interest,
        "fees": parts.fees,
        "penalties": parts.penalties,
        "overpaid": overpaid,
    }


def open_loan(session: Session, loan_id: LoanId) -> OpenLoan:
    """Return a loan's facts for the rules."""
    return facts_of(session.get_one(Loan, loan_id), rows_of(session, [loan_id])[loan_id]).loan


def group_of(session: Session, loan_id: LoanId) -> GroupId:
    """Return the group of a loan."""
    return GroupId(session.scalars(select(Loan.group_id).where(Loan.id == loan_id)).one())
