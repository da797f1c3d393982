"""Vouchers that belong to something larger: they are taken back together with it, never alone."""

from __future__ import annotations

import json
from collections.abc import Callable

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.models.kinds import OpeningState
from desktop.models.problems import Problem, Refusal
from desktop.models.records.every import (
    CashCount,
    ExternalMove,
    LoanEvent,
    OpeningBalance,
    RoscaOpening,
    RoscaPayment,
    SavingsCredit,
    ShareOut,
    SocialGrant,
    SupportContribution,
    SupportTransfer,
    Voucher,
)
from desktop.models.rules.outside_money import Move, first_shortage
from desktop.services.external_funds import moves_in
from resources.lang.dates import show_day
from resources.lang.dong import show_dong
from resources.lang.messages import _


def _of_meeting(session: Session, voucher: int) -> Problem | None:
    if session.get_one(Voucher, voucher).meeting_id is None:
        return None
    return Problem.stop("of-meeting", "", _("Chứng từ này thuộc một buổi họp; hãy sửa buổi họp đó."))


def _of_loan(session: Session, voucher: int) -> Problem | None:
    if session.scalar(select(LoanEvent.id).where(LoanEvent.voucher_id == voucher).limit(1)) is None:
        return None
    return Problem.stop(
        "of-loan", "", _("Chứng từ này thuộc một khoản vay; hãy hủy ở trang khoản vay, phần Diễn biến.")
    )


def _of_rotation(session: Session, voucher: int) -> Problem | None:
    opening = select(RoscaOpening.id).where(
        or_(RoscaOpening.voucher_id == voucher, RoscaOpening.commission_voucher_id == voucher)
    )
    payment = select(RoscaPayment.id).where(
        or_(RoscaPayment.voucher_id == voucher, RoscaPayment.passed_voucher_id == voucher)
    )
    if session.scalar(opening.limit(1)) is None and session.scalar(payment.limit(1)) is None:
        return None
    return Problem.stop("of-rosca", "", _("Chứng từ này thuộc một kỳ mở họ; hãy hủy kỳ mở họ đó."))


def _of_share_out(session: Session, voucher: int) -> Problem | None:
    for text in session.scalars(select(ShareOut.vouchers).where(ShareOut.state == OpeningState.POSTED)):
        if voucher in json.loads(text):
            return Problem.stop(
                "of-share-out", "", _("Chứng từ này thuộc một lần chia cổ phần; hãy hủy cả lần chia đó.")
            )
    return None


def _of_grant(session: Session, voucher: int) -> Problem | None:
    if session.scalar(select(SocialGrant.id).where(SocialGrant.voucher_id == voucher).limit(1)) is None:
        return None
    return Problem.stop(
        "of-grant", "", _("Chứng từ này thuộc một khoản trợ cấp; hãy hủy chi ở thẻ Quỹ xã hội của nhóm.")
    )


def _of_count(session: Session, voucher: int) -> Problem | None:
    if session.scalar(select(CashCount.id).where(CashCount.voucher_id == voucher).limit(1)) is None:
        return None
    return Problem.stop(
        "of-count", "", _("Chứng từ này thuộc một lần kiểm kê quỹ; hãy hủy lần kiểm kê đó ở Sổ quỹ.")
    )


def _of_opening(session: Session, voucher: int) -> Problem | None:
    kept = select(OpeningBalance.vouchers).where(OpeningBalance.state == OpeningState.POSTED)
    if not any(voucher in json.loads(text) for text in session.scalars(kept)):
        return None
    return Problem.stop("of-opening", "", _("Chứng từ này thuộc số dư đầu của nhóm; hãy hủy cả số dư đầu."))


def _of_source(session: Session, voucher: int) -> Problem | None:
    """A receipt may not be reversed when what was given back since would no longer be covered."""
    move = session.scalars(select(ExternalMove).where(ExternalMove.voucher_id == voucher)).first()
    if move is None:
        return None
    rest = [Move(one.day, one.amount) for one in moves_in(session, move.source_id) if one.id != move.id]
    short = first_shortage(rest)
    if short is None:
        return None
    text = _(
        "Nguồn vốn này đã hoàn trả dựa vào khoản nhận đó (thiếu {short} ngày {day}); hãy hủy lần hoàn trước."
    )
    return Problem.stop("source-short", "", text.format(short=show_dong(short[1]), day=show_day(short[0])))


def _of_support(session: Session, voucher: int) -> Problem | None:
    for record in (SupportTransfer, SupportContribution):
        if session.scalar(select(record.id).where(record.voucher_id == voucher).limit(1)) is not None:
            text = _("Chứng từ này thuộc một hồ sơ hỗ trợ; hãy hủy ở trang hồ sơ đó.")
            return Problem.stop("of-support", "", text)
    return None


def _of_savings_run(session: Session, voucher: int) -> Problem | None:
    if session.scalar(select(SavingsCredit.id).where(SavingsCredit.voucher_id == voucher).limit(1)) is None:
        return None
    return Problem.stop(
        "of-savings-run",
        "",
        _("Chứng từ này thuộc một lần nhập lãi tiết kiệm; hãy hủy cả lần đó ở thẻ Tiết kiệm của nhóm."),
    )


OWNERS: list[Callable[[Session, int], Problem | None]] = [
    _of_meeting,
    _of_share_out,
    _of_count,
    _of_opening,
    _of_loan,
    _of_rotation,
    _of_grant,
    _of_source,
    _of_support,
    _of_savings_run,
]
"""Each says why a voucher may not be reversed alone. A module whose deeds make several vouchers adds its own."""


def refuse_owned(session: Session, voucher: int) -> None:
    """Raise Refusal when a voucher belongs to something that is taken back as a whole."""
    for owner in OWNERS:
        problem = owner(session, voucher)
        if problem is not None:
            raise Refusal([problem])
