"""What was changed, by whom and when: the log of a record, from the chain, in words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, HouseholdId, MemberId
from desktop.models.inclusion_kinds import Accommodate, RequestKind
from desktop.models.kinds import CycleState, Frequency, GroupKind, MemberStatus, Office, Poverty, Sex
from desktop.models.records.every import (
    Change,
    CharterRow,
    Constitution,
    Cycle,
    Group,
    Household,
    Member,
    Membership,
    OfficeTerm,
)
from desktop.models.rules.constitution import fines_from_text
from desktop.services.person_records import IN_CHUNK
from desktop.services.sight import SENSITIVE, SENSITIVE_FIELDS, sensitive_in
from desktop.store.book import Book
from desktop.store.trail import ERASED
from resources import places
from resources.lang.dates import show_day, weekday_names
from resources.lang.dong import show_dong
from resources.lang.messages import N_, _
from resources.lang.names import join_name
from resources.people import ethnic_name


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after, as people read it; `title` is its name on the form."""

    field: str
    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change: the moment (aware), who, what kind of record, and the fields that changed."""

    at: datetime
    by: str
    subject: str
    title: str
    fields: tuple[FieldChange, ...]


_SUBJECTS = {
    "book_restores": N_("Lần khôi phục sổ"),
    "members": N_("Thành viên"),
    "households": N_("Hộ gia đình"),
    "savings_groups": N_("Nhóm"),
    "constitutions": N_("Quy chế"),
    "charters": N_("Lời văn và biểu quyết quy chế"),
    "group_templates": N_("Mẫu nhóm"),
    "working_models": N_("Mô hình"),
    "model_adoptions": N_("Nơi áp dụng mô hình"),
    "adoption_steps": N_("Việc áp dụng mô hình"),
    "cycles": N_("Chu kỳ"),
    "memberships": N_("Tham gia nhóm"),
    "office_terms": N_("Chức vụ"),
    "meetings": N_("Buổi họp"),
    "period_closings": N_("Khóa sổ"),
    "attachments": N_("Tệp đính kèm"),
    "household_poverty": N_("Diện hộ nghèo, cận nghèo"),
    "population_counts": N_("Số dân của xã"),
    "published_tables": N_("Bảng đã gửi ra ngoài"),
    "assessments": N_("Phiếu đánh giá"),
    "form_files": N_("Biểu mẫu nạp từ tệp"),
    "disability_certificates": N_("Giấy xác nhận khuyết tật"),
    "vulnerabilities": N_("Hoàn cảnh đặc biệt"),
    "accommodations": N_("Điều chỉnh hợp lý"),
    "deprivations": N_("Thiếu hụt của hộ"),
    "consents": N_("Sự đồng ý"),
    "data_requests": N_("Yêu cầu về dữ liệu cá nhân"),
    "erasures": N_("Lần xóa dữ liệu cá nhân"),
    "erased_items": N_("Dòng đã xóa dữ liệu cá nhân"),
    "users": N_("Người dùng"),
    "share_outs": N_("Chia cổ phần"),
    "expenses": N_("Chi phí của nhóm"),
    "external_sources": N_("Nguồn vốn bên ngoài"),
    "external_moves": N_("Thu, hoàn vốn bên ngoài"),
    "bank_accounts": N_("Tài khoản ngân hàng của nhóm"),
    "cash_counts": N_("Kiểm kê quỹ"),
    "opening_balances": N_("Số dư đầu"),
    "savings_terms": N_("Quy định tiết kiệm"),
    "savings_rates": N_("Lãi suất tiết kiệm"),
    "savings_notices": N_("Báo rút tiết kiệm"),
    "savings_runs": N_("Lần nhập lãi tiết kiệm"),
    "savings_credits": N_("Lãi tiết kiệm của thành viên"),
    "social_grants": N_("Trợ cấp quỹ xã hội"),
    "roscas": N_("Dây họ"),
    "rosca_parts": N_("Phần họ"),
    "rosca_openings": N_("Kỳ mở họ"),
    "rosca_payments": N_("Lần góp họ"),
    "maturity_scores": N_("Phiếu chấm điểm trưởng thành"),
    "change_actions": N_("Việc trong kế hoạch thay đổi"),
    "coordination_meetings": N_("Cuộc họp phối hợp"),
    "coordination_guests": N_("Người dự họp phối hợp"),
    "commitments": N_("Cam kết"),
    "board_targets": N_("Mục tiêu của bảng dự án"),
    "book": N_("Sổ"),
    "loan_products": N_("Sản phẩm vay"),
    "loans": N_("Khoản vay"),
    "loan_guarantors": N_("Bảo lãnh"),
    "loan_events": N_("Diễn biến khoản vay"),
    "livelihoods": N_("Sinh kế"),
    "livelihood_steps": N_("Tình trạng sinh kế"),
    "livelihood_loans": N_("Vốn vay của sinh kế"),
    "business_plans": N_("Kế hoạch kinh doanh"),
    "livelihood_visits": N_("Lần thăm sinh kế"),
    "price_indexes": N_("Chỉ số giá tiêu dùng"),
    "wage_floors": N_("Lương tối thiểu"),
    "livelihood_standards": N_("Mức quy định sinh kế, nợ quá hạn"),
    "jobs": N_("Việc làm"),
    "job_terms": N_("Ngày công của việc làm"),
    "job_openings": N_("Chỗ làm đang tuyển"),
    "job_seekers": N_("Người tìm việc"),
    "placements": N_("Giới thiệu việc làm"),
    "placement_checks": N_("Hỏi lại sau giới thiệu"),
    "loss_events": N_("Thiên tai, dịch bệnh"),
    "losses": N_("Thiệt hại"),
    "reliefs": N_("Hỗ trợ sau thiên tai"),
    "preparedness_plans": N_("Kế hoạch ứng phó"),
    "supports": N_("Đề nghị hỗ trợ"),
    "support_assessments": N_("Đánh giá bền vững"),
    "support_decisions": N_("Quyết định hỗ trợ"),
    "support_contributions": N_("Đối ứng"),
    "support_transfers": N_("Bàn giao hỗ trợ"),
    "support_assets": N_("Tài sản nhận hỗ trợ"),
    "asset_checks": N_("Lần kiểm tra tài sản"),
    "support_standards": N_("Mức quy định hỗ trợ"),
    "training_courses": N_("Khóa học"),
    "trainers": N_("Giảng viên"),
    "training_classes": N_("Lớp tập huấn"),
    "class_trainers": N_("Giảng viên của lớp"),
    "class_enrolments": N_("Ghi danh học"),
    "training_sessions": N_("Buổi học"),
    "training_attendances": N_("Điểm danh buổi học"),
    "training_certificates": N_("Giấy chứng nhận"),
    "training_follow_ups": N_("Thăm sau tập huấn"),
    "audit_visits": N_("Đợt kiểm tra"),
    "audit_checks": N_("Sổ, khoản vay được đối chiếu"),
    "audit_findings": N_("Kiến nghị kiểm tra"),
}


def subject_title(table: str) -> str:
    """Return what a record of a logged table is called, in the language in use."""
    return _(_SUBJECTS[table]) if table in _SUBJECTS else table


_FIELDS = {
    "code": N_("Mã"),
    "name": N_("Tên"),
    "family": N_("Họ"),
    "middle": N_("Tên đệm"),
    "given": N_("Tên"),
    "sort_name": N_("Xếp theo tên"),
    "sex": N_("Giới tính"),
    "birth_date": N_("Ngày sinh"),
    "birth_year": N_("Năm sinh"),
    "citizen_number": N_("Số định danh"),
    "old_paper": N_("Giấy tờ cũ"),
    "phone": N_("Điện thoại"),
    "ethnic_code": N_("Dân tộc"),
    "household_id": N_("Hộ"),
    "is_head": N_("Chủ hộ"),
    "joined": N_("Ngày tham gia"),
    "left": N_("Ngày rời"),
    "status": N_("Tình trạng"),
    "large_print": N_("Chữ lớn"),
    "note": N_("Ghi chú"),
    "commune_code": N_("Xã, phường"),
    "hamlet": N_("Thôn, ấp"),
    "address_text": N_("Địa chỉ cũ"),
    "kind": N_("Loại nhóm"),
    "founded": N_("Ngày thành lập"),
    "closed": N_("Ngày giải thể"),
    "valid_from": N_("Áp dụng từ"),
    "frequency": N_("Nhịp họp"),
    "weekday": N_("Thứ họp"),
    "month_day": N_("Ngày họp trong tháng"),
    "meeting_time": N_("Giờ họp"),
    "meeting_place": N_("Nơi họp"),
    "share_value": N_("Mệnh giá cổ phần"),
    "shares_min": N_("Số cổ phần ít nhất"),
    "shares_max": N_("Số cổ phần nhiều nhất"),
    "voluntary_savings": N_("Tiết kiệm tự nguyện"),
    "withdrawals": N_("Cho rút tiền"),
    "compulsory_saving": N_("Tiết kiệm bắt buộc"),
    "agreed_on": N_("Ngày thông qua"),
    "present": N_("Số người dự họp"),
    "in_favour": N_("Số người tán thành"),
    "aim": N_("Mục đích của nhóm"),
    "membership": N_("Ai được vào nhóm"),
    "offices": N_("Chức vụ và số người giữ"),
    "clauses": N_("Quy định khác"),
    "social_contribution": N_("Đóng quỹ xã hội"),
    "fines": N_("Các khoản phạt"),
    "quorum_percent": N_("Tỷ lệ dự họp tối thiểu (%)"),
    "number": N_("Số"),
    "starts": N_("Bắt đầu"),
    "ends": N_("Kết thúc"),
    "state": N_("Trạng thái"),
    "group_id": N_("Nhóm"),
    "member_id": N_("Thành viên"),
    "position": N_("Thứ tự"),
    "reason": N_("Lý do"),
    "office": N_("Chức vụ"),
    "since": N_("Từ ngày"),
    "until": N_("Đến hết ngày"),
}


def of_member(book: Book, member: MemberId, limit: int = 200) -> list[ChangeRow]:
    """Return the log of a person, their memberships and offices, the latest change first."""
    with book.read() as session:
        uids = [session.get_one(Member, member).uid]
        uids += session.scalars(select(Membership.uid).where(Membership.member_id == member))
        uids += session.scalars(select(OfficeTerm.uid).where(OfficeTerm.member_id == member))
        return _log(session, uids, limit)


def of_household(book: Book, household: HouseholdId, limit: int = 200) -> list[ChangeRow]:
    """Return the log of a household, the latest change first."""
    with book.read() as session:
        return _log(session, [session.get_one(Household, household).uid], limit)


def of_group(book: Book, group: GroupId, limit: int = 200) -> list[ChangeRow]:
    """Return the log of a group, its rules, cycles, memberships and offices, the latest change first."""
    with book.read() as session:
        uids = [session.get_one(Group, group).uid]
        for record in (Constitution, Cycle, Membership, OfficeTerm):
            uids += session.scalars(select(record.uid).where(record.group_id == group))
        uids += session.scalars(
            select(CharterRow.uid)
            .join(Constitution, Constitution.id == CharterRow.constitution_id)
            .where(Constitution.group_id == group)
        )
        return _log(session, uids, limit)


def of_record(book: Book, uid: bytes, limit: int = 200) -> list[ChangeRow]:
    """Return the log of one record by its identity, the latest change first."""
    with book.read() as session:
        return _log(session, [uid], limit)


def _log(session: Session, uids: Iterable[bytes], limit: int) -> list[ChangeRow]:
    wanted = list(uids)
    allowed = sensitive_in(session)
    changes: list[Change] = []
    for start in range(0, len(wanted), IN_CHUNK):
        changes += session.scalars(
            select(Change)
            .where(Change.subject_uid.in_(wanted[start : start + IN_CHUNK]))
            .order_by(Change.id.desc())
            .limit(limit)
        )
    changes.sort(key=lambda change: change.id, reverse=True)
    words = _Words(session)
    rows = (_row(change, words, allowed) for change in changes[:limit] if allowed or not _sensitive(change))
    return [row for row in rows if row.fields]


def _sensitive(change: Change) -> bool:
    """Tell whether a change is about a sensitive record, or about a file kept beside one: its name tells as much."""
    if change.subject != "attachments":
        return change.subject in SENSITIVE
    return any(_state(kept).get("subject") in SENSITIVE for kept in (change.before, change.after))


def _row(change: Change, words: _Words, allowed: bool) -> ChangeRow:
    before, after = _state(change.before), _state(change.after)
    fields = tuple(
        FieldChange(
            name, words.title(name), words.show(name, before.get(name)), words.show(name, after.get(name))
        )
        for name in sorted({*before, *after}, key=_place)
        if name in _FIELDS
        and before.get(name) != after.get(name)
        and (allowed or name not in SENSITIVE_FIELDS.get(change.subject, ()))
    )
    return ChangeRow(
        change.at,
        change.by,
        change.subject,
        subject_title(change.subject),
        tuple(field for field in fields if field.before != field.after),
    )


def _state(kept: str | None) -> dict[str, Any]:
    """Return a kept state; nothing of one that was erased."""
    state: dict[str, Any] = json.loads(kept or "{}")
    return {} if ERASED in state else state


_PLACES = {name: place for place, name in enumerate(_FIELDS)}


def _place(name: str) -> int:
    return _PLACES.get(name, len(_PLACES))


class _Words:
    """Says kept values in words; names of records are read once each."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._names: dict[tuple[str, int], str] = {}
        self._say: dict[str, Callable[[Any], str]] = {
            "sex": lambda value: Sex(value).title,
            "status": lambda value: _named(value, MemberStatus, Poverty),
            "kind": lambda value: _named(value, GroupKind, Accommodate, RequestKind),
            "frequency": lambda value: Frequency(value).title,
            "office": lambda value: Office(value).title,
            "state": _cycle_state,
            "ethnic_code": ethnic_name,
            "commune_code": _commune,
            "household_id": lambda value: self._name("household", value),
            "group_id": lambda value: self._name("group", value),
            "member_id": lambda value: self._name("member", value),
            "fines": _fines,
            "offices": _offices,
            "weekday": _weekday,
            "share_value": show_dong,
            "compulsory_saving": show_dong,
            "social_contribution": show_dong,
        }
        self._say |= dict.fromkeys(_DAYS, lambda value: show_day(date.fromisoformat(value)))

    def title(self, field: str) -> str:
        """Return the name of a field on the form."""
        return _(_FIELDS[field])

    def show(self, field: str, value: Any) -> str:
        """Return a kept value as people read it; nothing for nothing."""
        if value is None or value == "":
            return ""
        if isinstance(value, bool):
            return _("có") if value else _("không")
        say = self._say.get(field)
        return str(value) if say is None else say(value)

    def _name(self, what: str, key: int) -> str:
        if (what, key) not in self._names:
            self._names[what, key] = self._read_name(what, key)
        return self._names[what, key]

    def _read_name(self, what: str, key: int) -> str:
        if what == "household":
            household = self._session.get(Household, key)
            return str(key) if household is None else household.code
        if what == "group":
            group = self._session.get(Group, key)
            return str(key) if group is None else f"{group.code} {group.name}"
        member = self._session.get(Member, key)
        if member is None:
            return str(key)
        return f"{member.code} {join_name(member.family, member.middle, member.given)}"


_DAYS = (
    "agreed_on",
    "birth_date",
    "joined",
    "left",
    "founded",
    "closed",
    "valid_from",
    "starts",
    "ends",
    "since",
    "until",
)


def _named(value: str, *kinds: Any) -> str:
    """Return the name of a code, which columns of one name in several tables take from several lists."""
    return next((kind(value).title for kind in kinds if value in {one.value for one in kind}), value)


def _cycle_state(value: str) -> str:
    return CycleState(value).title if value in {state.value for state in CycleState} else value


def _commune(code: str) -> str:
    commune = places.commune(code)
    return code if commune is None else commune.full_name


def _weekday(value: int) -> str:
    return weekday_names()[value]


def _offices(text: str) -> str:
    return "; ".join(f"{Office(one['office']).title}: {one['seats']}" for one in json.loads(text))


def _fines(text: str) -> str:
    return "; ".join(f"{fine.title} {show_dong(fine.amount)}" for fine in fines_from_text(text))
