"""A whole share-out taken back in one piece, while nothing was posted or held after it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, LoanId, VoucherId, new_uid
from desktop.models.kinds import (
    CycleState,
    LoanEventKind,
    OpeningState,
)
from desktop.models.problems import Problem, refuse_if_stopped
from desktop.models.records.every import (
    Cycle,
    Meeting,
    Membership,
    PeriodClosing,
    ShareOut,
    Voucher,
)
from desktop.services.acts import Act, Changed, Outcome
from desktop.services.ledger import reverse
from desktop.services.loan_facts import rows_of
from desktop.services.loan_ledger import settle
from desktop.services.loans import undo_in
from desktop.services.share_out_facts import CHANGED
from desktop.store.book import Book
from reports.kit.report import PLAIN
from resources.lang.messages import _, speaking


def take_back(book: Book, share_out: int, reason: str, act: Act) -> Outcome[None]:
    """Take a whole share-out back with a reason, while nothing was posted or held after it. Raises Refusal."""
    with book.write(act) as session, speaking(PLAIN.language):
        record = session.get_one(ShareOut, share_out)
        group = GroupId(record.group_id)
        vouchers = [int(key) for key in json.loads(record.vouchers)]
        refuse_if_stopped(_check_taking_back(session, record, vouchers, reason))
        session.add(
            PeriodClosing(
                uid=new_uid(),
                group_id=group,
                through=record.closed_before,
                reason=reason.strip(),
                at=act.at,
                by=act.who,
            )
        )
        session.flush()
        rest = _undo_loans(session, record, vouchers, reason.strip())
        reverse(session, [VoucherId(key) for key in reversed(rest)], reason.strip())
        for loan in json.loads(record.plan)["netted"]:
            settle(session, LoanId(loan), act.today)
        _reopen(session, record)
        record.state, record.reason = OpeningState.REVERSED, reason.strip()
    return Outcome(None, Changed.of(*CHANGED, group=group))


def _check_taking_back(
    session: Session, record: ShareOut, vouchers: Sequence[int], reason: str
) -> list[Problem]:
    found = []
    if not reason.strip():
        found.append(Problem.stop("reason", "reason", _("Hãy ghi lý do.")))
    if record.state is OpeningState.REVERSED:
        found.append(Problem.stop("reversed", "", _("Lần chia này đã được hủy rồi.")))
    later = session.scalar(
        select(func.count())
        .select_from(Voucher)
        .where(Voucher.group_id == record.group_id, Voucher.id > max(vouchers, default=0))
    )
    met = session.scalar(
        select(func.count()).select_from(Meeting).where(Meeting.cycle_id == record.next_cycle_id)
    )
    if later or met:
        found.append(
            Problem.stop(
                "later", "", _("Đã có chứng từ hoặc buổi họp sau lần chia; hãy hủy những việc đó trước.")
            )
        )
    return found


def _undo_loans(session: Session, record: ShareOut, vouchers: Sequence[int], reason: str) -> list[int]:
    """Undo the repayments that were netted; return the vouchers that remain to be reversed."""
    rest = list(vouchers)
    for loan in json.loads(record.plan)["netted"]:
        for row in rows_of(session, [LoanId(loan)])[LoanId(loan)]:
            if row.kind is LoanEventKind.REPAYMENT and row.voucher_id in rest:
                rest.remove(row.voucher_id)
                undo_in(session, LoanId(loan), row.seq, reason)
    # What the replay adjusted was reversed with its repayment.
    reversed_already = set(session.scalars(select(Voucher.reverses_id).where(Voucher.reverses_id.in_(rest))))
    return [voucher for voucher in rest if voucher not in reversed_already]


def _reopen(session: Session, record: ShareOut) -> None:
    cycle = session.get_one(Cycle, record.cycle_id)
    coming = session.get_one(Cycle, record.next_cycle_id)
    record.next_cycle_id = None
    session.flush()
    session.delete(coming)
    cycle.ends, cycle.state = record.cycle_ended, CycleState.OPEN
    leaving = json.loads(record.plan)["leaving"]
    ended = session.scalars(
        select(Membership).where(
            Membership.group_id == record.group_id,
            Membership.member_id.in_(leaving),
            Membership.left == record.day,
        )
    )
    for membership in ended:
        membership.left, membership.reason = None, ""
    session.flush()
