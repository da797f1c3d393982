"""The copy of all that the book keeps of one person, for themselves: on the screen, or in a file."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import MemberId, show_uid
from desktop.models.inclusion_kinds import SeenHow
from desktop.models.records.every import CoordinationGuest, CoordinationMeeting, Household, Member
from desktop.models.rules import people
from desktop.models.rules.training.words import show_hours, show_points
from desktop.services import consents, sight
from desktop.services.assessments import history_in
from desktop.services.attachments import Subject
from desktop.services.exchange.writing import ColumnKind, export_table, replaced
from desktop.services.inclusion import detail_in
from desktop.services.personal_copy import other_data
from desktop.services.training import learnings_in
from desktop.store.book import Book
from resources.lang.dates import show_day
from resources.lang.messages import _
from resources.people import ethnic_name


def data_of(book: Book, member: MemberId) -> dict[str, Any]:
    """Return all that the book holds about a person, as plain JSON; logged. Raises Refusal for who may not see it."""
    sight.require(book)
    with book.read() as session:
        record = session.get_one(Member, member)
        found = _data(session, record)
        subject = ("members", record.uid)
    sight.note(book, SeenHow.EXPORTED, "data", [subject])
    return found


def _data(session: Session, member: Member) -> dict[str, Any]:
    return {
        **_particulars(session, member),
        **_answers(session, member),
        **_inclusion(session, member),
        **_taken_part(session, member),
        **other_data(session, member),
    }


def _particulars(session: Session, member: Member) -> dict[str, Any]:
    """Return who the person is and where they live."""
    home = None if member.household_id is None else session.get_one(Household, member.household_id)
    return {
        _("Mã"): member.code,
        _("Mã định danh trong sổ"): show_uid(member.uid),
        _("Họ và tên"): member.full_name,
        _("Giới tính"): member.sex.title,
        _("Ngày sinh"): _iso(member.birth_date) or str(member.birth_year or ""),
        _("Số định danh"): member.citizen_number or "",
        _("Giấy tờ cũ"): member.old_paper,
        _("Điện thoại"): member.phone,
        _("Dân tộc"): "" if member.ethnic_code is None else ethnic_name(member.ethnic_code),
        _("Hộ"): "" if home is None else home.code,
        _("Nơi ở"): ""
        if home is None
        else people.show_address(home.commune_code, home.hamlet, home.address_text),
        _("Ngày tham gia"): _iso(member.joined),
        _("Ngày rời"): _iso(member.left),
        _("Chữ lớn"): member.large_print,
        _("Ghi chú"): member.note,
    }


def _answers(session: Session, member: Member) -> dict[str, Any]:
    """Return what the person agreed to and what they answered in forms."""
    return {
        _("Đồng ý"): [
            {
                _("Mục đích"): row.purpose.title,
                _("Ngày đồng ý"): _iso(row.given),
                _("Cách đồng ý"): "" if row.form is None else row.form.title,
                _("Ngày rút"): _iso(row.withdrawn),
            }
            for row in consents.rows_in(session, member.id)
            if row.given is not None
        ],
        _("Phiếu đánh giá"): [
            {
                _("Phiếu"): row.title,
                _("Ngày"): _iso(row.day),
                _("Trả lời"): dict(row.answers),
                _("Kết quả"): {score.title: score.shown for score in row.scores},
            }
            for row in history_in(session, Subject.of(member))
        ],
    }


def _inclusion(session: Session, member: Member) -> dict[str, Any]:
    """Return the person's record of inclusion."""
    detail = detail_in(session, member.id)
    return {
        _("Giấy xác nhận khuyết tật"): [
            {
                _("Số"): row.number,
                _("Dạng"): [kind.title for kind in row.types],
                _("Mức độ"): row.degree.title,
                _("Ngày cấp"): _iso(row.issued),
                _("Hết hạn"): _iso(row.expires),
            }
            for row in detail.certificates
        ],
        _("Hoàn cảnh đặc biệt"): [
            {_("Diện"): row.category.title, _("Từ ngày"): _iso(row.since), _("Đến ngày"): _iso(row.until)}
            for row in detail.vulnerabilities
        ],
        _("Điều chỉnh hợp lý"): [
            {
                _("Làm gì"): row.kind.title,
                _("Từ ngày"): _iso(row.since),
                _("Ghi chú"): row.note,
                _("Trở ngại"): row.barrier,
            }
            for row in detail.accommodations
        ],
    }


def _taken_part(session: Session, member: Member) -> dict[str, Any]:
    """Return the meetings with the authorities and the classes that the person took part in."""
    return {
        _("Cuộc họp phối hợp đã dự"): [
            {_("Ngày"): _iso(row.day), _("Nội dung"): row.topic}
            for row in session.scalars(
                select(CoordinationMeeting)
                .join(CoordinationGuest, CoordinationGuest.meeting_id == CoordinationMeeting.id)
                .where(CoordinationGuest.member_id == member.id)
                .order_by(CoordinationMeeting.day)
            )
        ],
        _("Tập huấn"): [
            {
                _("Lớp"): f"{row.class_code} {row.class_name}",
                _("Khóa học"): row.course.shown,
                _("Khai giảng"): _iso(row.starts),
                _("Số giờ đã học"): show_hours(row.standing.minutes),
                _("Điểm đầu khóa"): show_points(row.result.pre),
                _("Điểm cuối khóa"): show_points(row.result.post),
                _("Hoàn thành"): _iso(row.completed),
            }
            for row in learnings_in(session, date.max, people=[member.id])
        ],
    }


def _iso(day: date | None) -> str:
    return "" if day is None else show_day(day)


def export_data(book: Book, member: MemberId, path: Path | str) -> int:
    """Write all about a person to a JSON or xlsx file, by its ending; return how many lines. Raises Trouble, Refusal."""
    found = data_of(book, member)
    file = Path(path)
    if file.suffix.lower() == ".json":
        with replaced(file) as temporary:
            temporary.write_text(json.dumps(found, ensure_ascii=False, indent=2), encoding="utf-8")
        return len(found)
    rows = list(_flat(found))
    return export_table(
        file, [_("Mục"), _("Nội dung")], rows, [ColumnKind.TEXT, ColumnKind.TEXT], sheet=_("Dữ liệu cá nhân")
    )


def _flat(found: Any, name: str = "") -> list[tuple[str, str]]:
    if isinstance(found, dict):
        return [
            row for key, value in found.items() for row in _flat(value, f"{name} · {key}" if name else key)
        ]
    if isinstance(found, list):
        return [row for place, value in enumerate(found, 1) for row in _flat(value, f"{name} {place}")]
    shown = (_("có") if found else _("không")) if isinstance(found, bool) else str(found)
    return [(name, shown)] if shown else []
