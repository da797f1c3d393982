"""The part of a person's copy of their data that other modules keep: learning, support, work, loans, audits."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.models.records.every import (
    AuditCheck,
    AuditVisit,
    Enrolment,
    Group,
    Job,
    JobSeeker,
    Livelihood,
    Loan,
    Member,
    Membership,
    Placement,
    SocialGrant,
    Support,
    SupportContribution,
    SupportDecision,
    SupportTransfer,
    Trainer,
    TrainingCertificate,
    TrainingFollowUp,
)
from resources.lang.dates import show_day
from resources.lang.messages import N_, _

_FIELDS = {
    "code": N_("Mã"),
    "name": N_("Tên"),
    "title": N_("Tên gọi"),
    "work": N_("Việc làm"),
    "kind": N_("Loại"),
    "stage": N_("Tình trạng"),
    "state": N_("Trạng thái"),
    "amount": N_("Số tiền (đồng)"),
    "value": N_("Giá trị (đồng)"),
    "purpose": N_("Mục đích"),
    "applied_on": N_("Ngày xin vay"),
    "disbursed_on": N_("Ngày giải ngân"),
    "closed_on": N_("Ngày tất toán"),
    "requested_on": N_("Ngày đề nghị"),
    "requested_by": N_("Người đề nghị"),
    "hardship": N_("Đối ứng mức thấp"),
    "hardship_basis": N_("Căn cứ"),
    "words": N_("Nội dung"),
    "reason": N_("Lý do"),
    "decision": N_("Quyết định"),
    "decided_on": N_("Ngày quyết định"),
    "paid_on": N_("Ngày chi"),
    "verdict": N_("Kết luận"),
    "day": N_("Ngày"),
    "description": N_("Mô tả"),
    "evidence": N_("Bằng chứng"),
    "what": N_("Nội dung"),
    "minutes": N_("Số biên bản"),
    "receiver": N_("Người nhận"),
    "number": N_("Số"),
    "issued": N_("Ngày cấp"),
    "visitor": N_("Người thăm"),
    "organisation": N_("Tổ chức"),
    "phone": N_("Điện thoại"),
    "tot": N_("Số chứng nhận giảng viên"),
    "place": N_("Nơi"),
    "started": N_("Bắt đầu"),
    "since": N_("Từ ngày"),
    "joined": N_("Ngày tham gia"),
    "left": N_("Ngày rời"),
    "employer": N_("Nơi làm"),
    "ended": N_("Kết thúc"),
    "wish": N_("Mong muốn"),
    "skills": N_("Kỹ năng"),
    "needs": N_("Nhu cầu hỗ trợ"),
    "income": N_("Thu nhập (đồng)"),
    "book_amount": N_("Số theo sổ (đồng)"),
    "found_amount": N_("Số tìm thấy (đồng)"),
    "note": N_("Ghi chú"),
}


Part = tuple[str, Any, tuple[str, ...]]
"""A part of the copy: its title, the query of its records, and the fields of them that are shown."""


def other_data(session: Session, member: Member) -> dict[str, Any]:
    """Return what the book keeps of a person in its other modules, by titled part; parts without anything left out."""
    mine = member.id
    found: dict[str, Any] = {_("Nhóm"): _groups(session, mine)}
    for title, query, fields in (*_learning(mine), *_money(mine), *_work(mine), *_support(mine)):
        found[title] = [_shown(row, fields) for row in session.scalars(query)]
    found[_("Sổ được đối chiếu khi kiểm tra")] = _audited(session, mine)
    return {title: rows for title, rows in found.items() if rows}


def _groups(session: Session, mine: int) -> list[dict[str, Any]]:
    query = (
        select(Membership, Group.name)
        .join(Group, Group.id == Membership.group_id)
        .where(Membership.member_id == mine)
        .order_by(Membership.id)
    )
    return [{_("Nhóm"): name, **_shown(row, ("joined", "left"))} for row, name in session.execute(query)]


def _audited(session: Session, mine: int) -> list[dict[str, Any]]:
    query = (
        select(AuditCheck, AuditVisit.code)
        .join(AuditVisit, AuditVisit.id == AuditCheck.visit_id)
        .where(AuditCheck.member_id == mine)
    )
    return [
        {_("Đợt kiểm tra"): code, **_shown(row, ("book_amount", "found_amount", "note"))}
        for row, code in session.execute(query)
    ]


def _learning(mine: int) -> list[Part]:
    """What a person learned, and teaches."""
    learned = select(Enrolment.id).where(Enrolment.member_id == mine)
    return [
        (
            _("Giấy chứng nhận tập huấn"),
            select(TrainingCertificate).where(TrainingCertificate.enrolment_id.in_(learned)),
            ("number", "issued", "reason"),
        ),
        (
            _("Thăm sau tập huấn"),
            select(TrainingFollowUp).where(TrainingFollowUp.enrolment_id.in_(learned)),
            ("day", "visitor", "note"),
        ),
        (
            _("Là giảng viên"),
            select(Trainer).where(Trainer.member_id == mine),
            ("code", "name", "organisation", "phone", "tot", "note"),
        ),
    ]


def _money(mine: int) -> list[Part]:
    """What a person borrowed from the group and was given by the social fund."""
    return [
        (
            _("Khoản vay"),
            select(Loan).where(Loan.member_id == mine),
            ("code", "stage", "amount", "purpose", "applied_on", "disbursed_on", "closed_on"),
        ),
        (
            _("Trợ cấp quỹ xã hội"),
            select(SocialGrant).where(SocialGrant.member_id == mine),
            ("reason", "words", "amount", "requested_on", "state", "decided_on", "decision", "paid_on"),
        ),
    ]


def _work(mine: int) -> list[Part]:
    """What a person lives from, and what work they seek."""
    return [
        (
            _("Sinh kế"),
            select(Livelihood).where(Livelihood.member_id == mine),
            ("code", "name", "place", "started", "state", "note"),
        ),
        (
            _("Việc làm"),
            select(Job).where(Job.member_id == mine),
            ("work", "kind", "employer", "ended", "note"),
        ),
        (
            _("Tìm việc"),
            select(JobSeeker).where(JobSeeker.member_id == mine),
            ("since", "state", "skills", "needs", "wish", "income", "note"),
        ),
        (
            _("Giới thiệu việc làm"),
            select(Placement).where(Placement.member_id == mine),
            ("day", "income", "note"),
        ),
    ]


def _support(mine: int) -> list[Part]:
    """The support that a person, or an activity of theirs, was given."""
    own = select(Support.id).where(
        or_(
            Support.member_id == mine,
            Support.livelihood_id.in_(select(Livelihood.id).where(Livelihood.member_id == mine)),
        )
    )
    return [
        (
            _("Đề nghị hỗ trợ"),
            select(Support).where(Support.id.in_(own)),
            (
                "code",
                "title",
                "kind",
                "amount",
                "requested_on",
                "requested_by",
                "purpose",
                "hardship",
                "hardship_basis",
            ),
        ),
        (
            _("Quyết định hỗ trợ"),
            select(SupportDecision).where(SupportDecision.support_id.in_(own)),
            ("day", "verdict", "amount", "reason"),
        ),
        (
            _("Đối ứng"),
            select(SupportContribution).where(
                or_(SupportContribution.giver_id == mine, SupportContribution.support_id.in_(own))
            ),
            ("day", "kind", "value", "description", "evidence"),
        ),
        (
            _("Bàn giao hỗ trợ"),
            select(SupportTransfer).where(SupportTransfer.support_id.in_(own)),
            ("day", "what", "value", "minutes", "receiver", "place"),
        ),
    ]


def _shown(row: Any, fields: tuple[str, ...]) -> dict[str, Any]:
    """Return fields of a record in words."""
    return {_(_FIELDS[field]): _word(getattr(row, field)) for field in fields}


def _word(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, date):
        return show_day(value)
    if isinstance(value, Enum):
        # Kinds carry their name to show as `title`; of a plain str enum that would be str's own method.
        title = getattr(value, "title", "")
        return title if isinstance(title, str) else str(value.value)
    return value
