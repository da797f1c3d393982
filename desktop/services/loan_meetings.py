"""Repayments at a meeting: the events that belong to its vouchers, and their undoing when it is corrected."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import LoanId, MeetingId, VoucherId
from desktop.models.kinds import LoanEventKind
from desktop.models.records.every import LoanEvent
from desktop.models.rules.entries import VoucherDraft
from desktop.models.rules.sheet import Sheet, SheetFacts, row_payments
from desktop.services.ledger import PostedVoucher
from desktop.services.loan_ledger import add_events, settle
from desktop.services.loans import payment_events, undo_in


def note_repayments(
    session: Session,
    facts: SheetFacts,
    sheet: Sheet,
    meeting: MeetingId,
    drafts: Sequence[VoucherDraft],
    vouchers: Sequence[PostedVoucher],
    also: Collection[LoanId] = (),
) -> list[PostedVoucher]:
    """Write the loan events of a meeting's vouchers and settle each loan (and those of `also`) once.

    Returns the adjusting vouchers, if money that was paid later is split otherwise now.
    """
    if not facts.rules.lends and not also:
        return []
    rows = {row.member: row for row in sheet.rows}
    touched = dict.fromkeys(also)
    for draft, voucher in zip(drafts, vouchers, strict=True):
        if draft.member is None or all(line.loan is None for line in draft.lines):
            continue
        for payment in row_payments(facts, rows[draft.member]):
            add_events(session, payment.loan, payment_events(payment, sheet.day, voucher.id, meeting))
            touched[payment.loan] = None
    today = session.info["act"].today
    return [adjusted for loan in touched for adjusted in settle(session, loan, today)]


def undo_repayments(session: Session, vouchers: Sequence[VoucherId], reason: str) -> list[LoanId]:
    """Undo the repayments that vouchers about to be reversed have posted; return the loans concerned."""
    if not vouchers:
        return []
    rows = session.execute(
        select(LoanEvent.loan_id, LoanEvent.seq)
        .where(LoanEvent.voucher_id.in_(vouchers), LoanEvent.kind == LoanEventKind.REPAYMENT)
        .order_by(LoanEvent.loan_id, LoanEvent.seq)
    ).all()
    for loan, seq in rows:
        undo_in(session, LoanId(loan), seq, reason, with_voucher=False)
    return list(dict.fromkeys(LoanId(loan) for loan, _seq in rows))
