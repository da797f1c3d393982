"""The columns of the lists of training."""

from __future__ import annotations

from datetime import date
from typing import Any

from desktop.models.rules.training.results import share
from desktop.models.rules.training.words import show_points
from desktop.models.training_kinds import Care, ClassState, FollowState
from desktop.services.training_book import LearnerRow
from desktop.views.kit.columns import Column, State
from desktop.views.people.training_list import HoursColumn, PointsColumn
from resources.lang.dates import show_day
from resources.lang.messages import N_, _
from resources.training import practice_title


def class_state(state: ClassState, starts: date, today: date) -> State:
    """Return how a class stands, with its tone."""
    if state is ClassState.OPEN and starts > today:
        return State(_("Sắp khai giảng"), "muted")
    tones = {ClassState.OPEN: "good", ClassState.FINISHED: "", ClassState.CANCELLED: "bad"}
    return State(state.title, tones[state])


def learner_state(row: LearnerRow) -> State:
    """Return where a learner stands."""
    if row.standing.completed is not None:
        return State(_("Hoàn thành {day}").format(day=show_day(row.standing.completed)), "good")
    if row.withdrawn is not None:
        return State(_("Đã thôi học"), "muted")
    assert row.standing.missing is not None
    return State(row.standing.missing.title, "warn")


_FOLLOW = {
    FollowState.COMING: "muted",
    FollowState.DUE: "warn",
    FollowState.OVERDUE: "bad",
    FollowState.APPLIED: "good",
    FollowState.NOT_APPLIED: "",
}


def classes(today: date) -> list[Column[Any]]:
    """Return the columns of the list of classes."""
    return [
        Column("code", N_("Mã"), lambda row: row.code, width=8),
        Column("name", N_("Lớp"), lambda row: row.name, width=22, stretch=True),
        Column("course", N_("Khóa học"), lambda row: row.course, width=20, hidden=True),
        Column("course_code", N_("Mã khóa"), lambda row: row.course_code, width=8),
        Column("starts", N_("Khai giảng"), lambda row: row.starts, kind="day", width=11),
        Column("ends", N_("Bế giảng"), lambda row: row.ends, kind="day", width=11, hidden=True),
        Column("place", N_("Địa điểm"), lambda row: row.place, width=18, hidden=True),
        Column("commune", N_("Xã, phường"), lambda row: row.commune, width=14, hidden=True),
        Column("trainers", N_("Giảng viên"), lambda row: row.trainers, width=18, hidden=True),
        Column("learners", N_("Người học"), lambda row: row.learners, kind="number", width=9),
        HoursColumn("held", N_("Giờ đã dạy"), lambda row: row.held, kind="number", width=9),
        Column("completed", N_("Hoàn thành"), lambda row: row.completed, kind="number", width=10),
        Column("certificates", N_("Có giấy"), lambda row: row.certificates, kind="number", width=8),
        Column(
            "waiting",
            N_("Buổi chờ"),
            lambda row: row.waiting or None,
            kind="number",
            width=9,
            note=N_("Buổi đã qua mà chưa điểm danh"),
        ),
        Column(
            "state",
            N_("Tình trạng"),
            lambda row: class_state(row.state, row.starts, today),
            kind="state",
            width=14,
        ),
    ]


COURSES: list[Column[Any]] = [
    Column("code", N_("Mã"), lambda row: row.course.code, width=8),
    Column("title", N_("Khóa học"), lambda row: row.course.shown, width=30, stretch=True),
    Column(
        "modules",
        N_("Mô-đun"),
        lambda row: ", ".join(row.course.codes),
        width=12,
    ),
    HoursColumn("hours", N_("Số giờ"), lambda row: row.course.minutes, kind="number", width=8),
    Column("pass", N_("Điều kiện đạt"), lambda row: how_passed(row.course), width=26),
    Column("certified", N_("Cấp giấy"), lambda row: row.course.certified, kind="check", width=8),
    Column("since", N_("Từ ngày"), lambda row: row.since, kind="day", width=11),
    Column(
        "own",
        N_("Nguồn"),
        lambda row: State(_("Của sổ này") if row.own else _("Có sẵn"), "good" if row.own else "muted"),
        kind="state",
        width=12,
    ),
    Column("offered", N_("Còn dạy"), lambda row: row.course.offered, kind="check", width=8, hidden=True),
]


def how_passed(course: Any) -> str:
    """Return how a course is passed: by a test, a plan, or either."""
    test = _("kiểm tra {mark}/{most}").format(
        mark=show_points(course.pass_mark), most=show_points(course.most)
    )
    if course.tested and course.plan_counts:
        return _("{test} hoặc kế hoạch").format(test=test)
    return test if course.tested else _("kế hoạch")


def trainers(today: date) -> list[Column[Any]]:
    """Return the columns of the register of trainers."""
    return [
        Column("code", N_("Mã"), lambda row: row.code, width=8),
        Column("name", N_("Họ và tên"), lambda row: row.name, width=22, stretch=True),
        Column(
            "member",
            N_("Thành viên"),
            lambda row: row.facts.member is not None,
            kind="check",
            width=9,
            hidden=True,
        ),
        Column("sex", N_("Giới"), lambda row: row.facts.sex.title, width=6),
        Column("organisation", N_("Đơn vị"), lambda row: row.facts.organisation, width=20),
        Column("fields", N_("Chuyên môn"), lambda row: row.facts.fields, width=20),
        Column("tot", N_("Chứng chỉ TOT"), lambda row: _tot(row, today), kind="state", width=16),
        Column("phone", N_("Điện thoại"), lambda row: row.facts.phone, width=12),
        Column("classes", N_("Lớp đã dạy"), lambda row: row.classes, kind="number", width=9),
        Column("active", N_("Còn dạy"), lambda row: row.facts.active, kind="check", width=8, hidden=True),
    ]


def _tot(row: Any, today: date) -> State | None:
    if not row.facts.tot:
        return None
    return State(row.facts.tot, "good" if row.certified_on(today) else "bad")


PEOPLE: list[Column[Any]] = [
    Column("code", N_("Mã"), lambda row: row.code, width=9),
    Column("name", N_("Họ và tên"), lambda row: row.name, width=22),
    Column("place", N_("Thôn, ấp; nhóm"), lambda row: row.place, width=24, hidden=True),
    Column("modules", N_("Mô-đun đã xong"), lambda row: modules_text(row.modules), width=40, stretch=True),
    Column("count", N_("Số mô-đun"), lambda row: len(row.modules), kind="number", width=9),
    Column("classes", N_("Lớp đã học"), lambda row: row.classes, kind="number", width=9),
    HoursColumn("hours", N_("Giờ học"), lambda row: row.minutes, kind="number", width=8),
]


def modules_text(modules: Any) -> str:
    """Return the codes of modules with their days."""
    return ", ".join(f"{code} ({show_day(day)})" for code, day in modules)


FOLLOW_UPS: list[Column[Any]] = [
    Column("code", N_("Mã"), lambda row: row.code, width=9),
    Column("name", N_("Họ và tên"), lambda row: row.name, width=20, stretch=True),
    Column("place", N_("Thôn, ấp; nhóm"), lambda row: row.place, width=18, hidden=True),
    Column("course", N_("Khóa học"), lambda row: row.course, width=24),
    Column("completed", N_("Hoàn thành"), lambda row: row.completed, kind="day", width=11),
    Column("due", N_("Thăm từ"), lambda row: row.follow.due, kind="day", width=11),
    Column("last", N_("Muộn nhất"), lambda row: row.follow.last, kind="day", width=11, hidden=True),
    Column(
        "state",
        N_("Tình trạng"),
        lambda row: State(row.follow.state.title, _FOLLOW[row.follow.state]),
        kind="state",
        width=18,
    ),
    Column("late", N_("Số ngày quá hạn"), lambda row: row.late or None, kind="number", width=13),
    Column(
        "practices",
        N_("Đã thấy áp dụng"),
        lambda row: "; ".join(practice_title(key) for key in row.practices),
        width=22,
        hidden=True,
    ),
]

LEARNERS: list[Column[Any]] = [
    Column("code", N_("Mã"), lambda row: row.code, width=9),
    Column("name", N_("Họ và tên"), lambda row: row.name, width=20, stretch=True),
    Column("sex", N_("Giới"), lambda row: row.sex.title, width=6),
    Column(
        "born",
        N_("Năm sinh"),
        lambda row: str(row.born.year if isinstance(row.born, date) else row.born or ""),
        width=8,
    ),
    Column("place", N_("Thôn, ấp"), lambda row: row.place, width=12),
    Column("groups", N_("Nhóm"), lambda row: ", ".join(row.groups), width=18, hidden=True),
    Column("reminder", N_("Điều chỉnh cần có"), lambda row: row.reminder, width=24),
    Column("care", N_("Hỗ trợ thêm"), lambda row: _care(row.care), width=14),
    Column("enrolled", N_("Ghi danh"), lambda row: row.enrolled, kind="day", width=11, hidden=True),
    Column("note", N_("Ghi chú"), lambda row: row.note, width=14, hidden=True),
    Column(
        "state",
        N_("Thôi học"),
        lambda row: None if row.withdrawn is None else State(show_day(row.withdrawn), "muted"),
        kind="state",
        width=14,
    ),
]


def _care(care: Care) -> str:
    return "" if care is Care.NONE else care.title


def sessions(today: date) -> list[Column[Any]]:
    """Return the columns of the sessions of a class."""
    return [
        Column("number", N_("Buổi"), lambda row: row.number, kind="number", width=5),
        Column("day", N_("Ngày"), lambda row: row.day, kind="day", width=11),
        Column("begins", N_("Bắt đầu"), lambda row: row.begins, width=8),
        Column("topic", N_("Nội dung"), lambda row: row.topic, width=28, stretch=True),
        Column("trainer", N_("Giảng viên"), lambda row: row.trainer_name, width=18),
        HoursColumn(
            "planned",
            N_("Dự kiến"),
            lambda row: row.planned,
            kind="number",
            width=8,
            note=N_("Số giờ dự kiến"),
        ),
        HoursColumn(
            "held", N_("Đã dạy"), lambda row: row.held, kind="number", width=8, note=N_("Số giờ đã dạy")
        ),
        Column(
            "came",
            N_("Có mặt"),
            lambda row: f"{row.came}/{row.called}" if row.held else "",
            width=8,
            figures=True,
        ),
        Column("state", N_("Điểm danh"), lambda row: _marked(row, today), kind="state", width=10),
    ]


def _marked(row: Any, today: date) -> State:
    if row.held:
        return State(_("Đã ghi"), "good")
    return State(_("Chưa tới"), "muted") if row.day > today else State(_("Chưa ghi"), "warn")


def results(course: Any) -> list[Column[Any]]:
    """Return the columns of results; `course` is asked for when a row is shown."""
    return [
        Column("code", N_("Mã"), lambda row: row.code, width=9),
        Column("name", N_("Họ và tên"), lambda row: row.name, width=20, stretch=True),
        HoursColumn("hours", N_("Giờ học"), lambda row: row.standing.minutes, kind="number", width=8),
        Column(
            "share",
            N_("Tỷ lệ (%)"),
            lambda row: 0 if course() is None else share(row.standing.minutes, course()),
            kind="number",
            width=8,
        ),
        PointsColumn("pre", N_("Đầu khóa"), lambda row: row.result.pre, kind="number", width=8),
        PointsColumn("post", N_("Cuối khóa"), lambda row: row.result.post, kind="number", width=8),
        Column(
            "tested", N_("Ngày kiểm tra"), lambda row: row.result.tested, kind="day", width=11, hidden=True
        ),
        Column("planned", N_("Kế hoạch"), lambda row: row.result.planned, kind="day", width=11),
        Column("plan", N_("Tên kế hoạch"), lambda row: row.plan, width=16, hidden=True),
        Column("state", N_("Kết quả"), learner_state, kind="state", width=22),
        Column("number", N_("Giấy số"), lambda row: row.number, width=15),
    ]


CERTIFICATES: list[Column[Any]] = [
    Column("number", N_("Số"), lambda row: row.number, width=15),
    Column("name", N_("Họ và tên"), lambda row: row.name, width=20, stretch=True),
    Column("code", N_("Mã"), lambda row: row.code, width=9),
    Column("course", N_("Khóa học"), lambda row: row.course, width=22),
    Column("class", N_("Lớp"), lambda row: row.class_code, width=8),
    Column("completed", N_("Hoàn thành"), lambda row: row.completed, kind="day", width=11),
    Column("issued", N_("Ngày cấp"), lambda row: row.issued, kind="day", width=11),
    Column("signer", N_("Người ký"), lambda row: row.signer, width=16, hidden=True),
    Column(
        "state",
        N_("Tình trạng"),
        lambda row: (
            State(_("Còn giá trị"), "good")
            if row.revoked is None
            else State(_("Thu hồi {day}").format(day=show_day(row.revoked)), "bad")
        ),
        kind="state",
        width=16,
    ),
    Column("reason", N_("Lý do thu hồi"), lambda row: row.reason, width=20, hidden=True),
]
