"""The columns of meetings, people who took part, and promises."""

from __future__ import annotations

from desktop.models.capacity_kinds import Promise
from desktop.services.capacity_papers import promise_state
from desktop.services.change_plans import ActionRow
from desktop.services.coordination_book import DUE_WITHIN, GuestRow, MeetingRow, PromiseRow
from desktop.views.kit.columns import Column, State
from desktop.views.people.change_columns import ACTIONS
from resources.lang.messages import N_, _

MEETINGS: list[Column[MeetingRow]] = [
    Column("code", N_("Mã"), lambda row: row.code, width=8),
    Column("day", N_("Ngày họp"), lambda row: row.day, kind="day", width=11),
    Column("topic", N_("Nội dung"), lambda row: row.topic, width=28, stretch=True),
    Column("organiser", N_("Ai tổ chức"), lambda row: row.organiser, width=18),
    Column("group", N_("Nhóm"), lambda row: row.group_name, width=16),
    Column("people", N_("Số người dự"), lambda row: row.people, kind="number", width=8),
    Column("women", N_("Nữ"), lambda row: row.women, kind="number", width=6),
    Column("promises", N_("Cam kết"), lambda row: row.promises, kind="number", width=8),
    Column("kept", N_("Đã giữ lời"), lambda row: row.kept, kind="number", width=9),
    Column(
        "late",
        N_("Quá hạn"),
        lambda row: State(str(row.late), "bad") if row.late else State(""),
        kind="state",
        width=8,
    ),
    Column("place", N_("Địa điểm"), lambda row: row.place, width=16, hidden=True),
]

GUESTS: list[Column[GuestRow]] = [
    Column("name", N_("Họ và tên"), lambda row: row.name, width=24, stretch=True),
    Column("side", N_("Bên"), lambda row: row.side.title, width=20),
    Column("position", N_("Chức vụ, cơ quan"), lambda row: row.position, width=26),
    Column("sex", N_("Giới"), lambda row: "" if row.sex is None else row.sex.title, width=8),
    Column("member", N_("Thành viên"), lambda row: _("có") if row.member is not None else "", width=10),
]


def promise_tone(row: PromiseRow) -> State:
    """Return how a promise stands, with its colour."""
    if row.open:
        tone = "bad" if row.days_late > 0 else "warn" if row.days_late > -DUE_WITHIN else ""
    else:
        tone = {Promise.KEPT: "good", Promise.PARTLY: "warn", Promise.BROKEN: "bad"}[row.state]
    return State(promise_state(row), tone)


OF_MEETING: list[Column[PromiseRow]] = [
    Column("who", N_("Ai cam kết"), lambda row: row.who, width=20),
    Column("side", N_("Bên"), lambda row: row.side.title, width=16, hidden=True),
    Column("what", N_("Cam kết"), lambda row: row.what, width=30, stretch=True),
    Column("due", N_("Hạn"), lambda row: row.due, kind="day", width=11),
    Column("state", N_("Kết quả"), promise_tone, kind="state", width=20),
    Column("evidence", N_("Bằng chứng"), lambda row: row.evidence, width=22),
]
PROMISES: list[Column[PromiseRow]] = [
    *OF_MEETING,
    Column("meeting", N_("Cuộc họp"), lambda row: row.meeting_code, width=9),
    Column("topic", N_("Nội dung họp"), lambda row: row.topic, width=20),
]
FOLLOW_UP: list[Column[ActionRow]] = [
    Column("group", N_("Nhóm"), lambda row: row.group_name, width=18),
    *ACTIONS,
]
