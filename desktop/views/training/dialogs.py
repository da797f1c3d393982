"""Courses, trainers, classes, sessions: each deed in a dialog."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.kinds import Sex
from desktop.models.rules.training.courses import Course, Module
from desktop.models.training_kinds import ClassState
from desktop.services import trainers, training_classes, training_courses
from desktop.services.acts import Act, Outcome
from desktop.services.trainers import TrainerFacts, TrainerRow
from desktop.services.training_book import ClassDetail, SessionRow
from desktop.services.training_classes import ClassPlan, SessionPlan
from desktop.services.training_courses import CourseLine
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.form import Field, Section
from desktop.views.kit.group_picker import find_groups
from desktop.views.kit.inputs import check, choice, day, dong, line, number, text
from desktop.views.kit.pickers import AskingPicker, Find, commune, person
from desktop.views.people.finders import find_members
from desktop.views.training.inputs import hours, points
from resources.lang.messages import N_, _

Then = Callable[[Any], object]
_MODULES = 4
_TRAINERS = 3


# -- courses ---------------------------------------------------------------------------------------


def course(desk: Desk, then: Then, parent: QWidget, row: CourseLine | None = None) -> FormDialog:
    """Return the dialog of a course: a new one, or another version of one from a day on."""
    values: dict[str, Any] = {
        "tested": True,
        "most": 100,
        "pass_mark": 50,
        "certified": True,
        "offered": True,
    }
    if row is not None:
        known = row.course
        values = {
            name: getattr(known, name)
            for name in (
                "code", "title", "title_en", "tested", "most", "pass_mark", "plan_counts", "certified",
                "offered", "note",
            )
        }  # fmt: skip
        for place, module in enumerate(known.modules[:_MODULES], start=1):
            values[_module_key(place)], values[f"hours{place}"] = module.code, module.minutes
    fields: list[Field | Section] = [
        Field("code", N_("Mã khóa học"), line(N_("ví dụ KTSX2"), 12), required=True, width=14),
        Field("since", N_("Áp dụng từ ngày"), day(), required=True, default=desk.today(), width=14),
        Field("title", N_("Tên khóa học"), line(), required=True, span=2),
        Field("title_en", N_("Tên tiếng Anh"), line(), span=2),
        Section(
            N_("Mô-đun và số giờ"),
            N_("Mã có sẵn: GYB, SYB, IYB, FL, QLN, KT, KTSX, KH, HN, BV; hoặc mã riêng của sổ."),
        ),
    ]
    for place in range(1, _MODULES + 1):
        name = lambda place=place: _("Mô-đun {n}").format(n=place)  # noqa: E731 – told where it is shown
        length = lambda place=place: _("Số giờ mô-đun {n}").format(n=place)  # noqa: E731
        fields += [
            Field(_module_key(place), name, line("", 12), width=14),
            Field(f"hours{place}", length, hours(), width=10),
        ]
    fields += [
        Section(N_("Điều kiện hoàn thành"), N_("Học ít nhất 80 % số giờ, và đạt kiểm tra hoặc có kế hoạch.")),
        Field("tested", N_("Có bài kiểm tra"), check()),
        Field("plan_counts", N_("Kế hoạch thay được bài kiểm tra"), check()),
        Field("most", N_("Điểm tối đa"), points(), width=10),
        Field("pass_mark", N_("Điểm đạt"), points(), width=10),
        Field("certified", N_("Cấp giấy chứng nhận"), check()),
        Field("offered", N_("Còn dạy từ ngày này"), check()),
        Field("note", N_("Ghi chú"), text(2), span=2),
    ]

    def deed(book: Any, typed: dict[str, Any], act: Act) -> Outcome[Any]:
        modules = tuple(
            Module(typed[_module_key(n)].strip(), typed[f"hours{n}"] or 0)
            for n in range(1, _MODULES + 1)
            if typed[_module_key(n)].strip() or typed[f"hours{n}"]
        )
        made = Course(
            typed["code"].strip(),
            typed["title"],
            typed["title_en"],
            modules,
            typed["tested"],
            typed["most"] or 0,
            typed["pass_mark"] or 0,
            typed["plan_counts"],
            typed["certified"],
            typed["offered"],
            typed["note"],
        )
        return training_courses.keep(book, made, typed["since"], act)

    title = _("Khóa học mới") if row is None else _("Sửa khóa học từ một ngày")
    intro = "" if row is None else _("Các lớp đã mở vẫn theo nội dung cũ của khóa học.")
    return FormDialog(desk, title, fields, deed, then, values=values, columns=2, intro=intro, parent=parent)


def _module_key(place: int) -> str:
    """Return the key of a module's field; problems of all modules belong to the first."""
    return "modules" if place == 1 else f"module{place}"


# -- trainers --------------------------------------------------------------------------------------


def trainer(desk: Desk, then: Then, parent: QWidget, row: TrainerRow | None = None) -> FormDialog:
    """Return the dialog of a trainer."""
    values: dict[str, Any] = {"active": True}
    if row is not None:
        names = TrainerFacts.__dataclass_fields__
        values = {name: getattr(row.facts, name) for name in names}
        if row.facts.member is not None:
            values["member"] = Find(row.facts.member, row.name)
    fields = [
        Field("member", N_("Thành viên trong sổ"), person(desk, find_members), span=2, hint=N_("Hoặc ghi họ tên người ngoài sổ ở dưới.")),
        Field("name", N_("Họ và tên"), line()),
        Field("sex", N_("Giới tính"), choice([(None, N_("Chưa rõ")), *((one, one.title) for one in Sex)])),
        Field("organisation", N_("Đơn vị"), line(), span=2),
        Field("fields", N_("Chuyên môn"), line(N_("ví dụ SIYB, chăn nuôi")), span=2),
        Field("tot", N_("Số chứng chỉ TOT"), line()),
        Field("tot_until", N_("Hết hạn ngày"), day()),
        Field("phone", N_("Điện thoại"), line()),
        Field("active", N_("Còn dạy"), check()),
        Field("note", N_("Ghi chú"), text(2), span=2),
    ]  # fmt: skip

    def deed(book: Any, typed: dict[str, Any], act: Act) -> Outcome[Any]:
        names = TrainerFacts.__dataclass_fields__
        facts = TrainerFacts(**{name: typed[name] for name in names})
        agreed = bool(typed.get("agreed"))
        if row is None:
            return trainers.register(book, facts, act, agreed=agreed)
        return trainers.change(book, row.id, row.version, facts, act, agreed=agreed)

    title = _("Giảng viên mới") if row is None else _("Sửa giảng viên {code}").format(code=row.code)
    return FormDialog(desk, title, fields, deed, then, values=values, columns=2, parent=parent)


# -- classes ---------------------------------------------------------------------------------------


def klass(
    desk: Desk,
    offered: Sequence[Course],
    teaching: Sequence[TrainerRow],
    then: Then,
    parent: QWidget,
    detail: ClassDetail | None = None,
) -> FormDialog:
    """Return the dialog of a class: a new one, or of one to be changed."""
    values: dict[str, Any] = {"capacity": 30, "starts": desk.today(), "ends": desk.today()}
    known = list(offered)
    if detail is not None:
        plan = detail.plan
        values = {
            name: getattr(plan, name)
            for name in (
                "course", "name", "starts", "ends", "capacity", "place", "commune", "funder", "cost",
                "childcare", "transport", "note",
            )
        }  # fmt: skip
        if plan.group is not None:
            values["group"] = Find(plan.group, detail.group_name)
        for place, one in enumerate(plan.trainers[:_TRAINERS], start=1):
            values[_trainer_key(place)] = one
        if plan.course not in {one.code for one in known}:
            known.insert(0, detail.course)
    courses = [(one.code, f"{one.code} · {one.shown}") for one in known]
    people: list[tuple[Any, str]] = [(None, _("Không có"))]
    people += [(one.id, f"{one.code} {one.name}") for one in teaching if one.facts.active]
    fields: list[Field | Section] = [
        Field("course", N_("Khóa học"), choice(courses), required=True, span=2),
        Field("name", N_("Tên lớp"), line(N_("ví dụ Kinh doanh 40 giờ, ấp Bình Phú")), required=True, span=2),
        Field("starts", N_("Khai giảng"), day(), required=True),
        Field("ends", N_("Bế giảng dự kiến"), day(), required=True),
        Field("place", N_("Địa điểm"), line(), span=2),
        Field("commune", N_("Xã, phường"), commune(desk)),
        Field("group", N_("Lớp của riêng nhóm"), lambda parent: AskingPicker(desk, find_groups, parent)),
        Field("capacity", N_("Số chỗ"), number(1, 500), required=True, width=10),
        Field("cost", N_("Kinh phí (₫)"), dong(), width=18),
        Field("funder", N_("Nhà tài trợ"), line(), span=2),
        Section(N_("Giảng viên"), N_("Người đầu tiên là giảng viên chính.")),
    ]
    for place in range(1, _TRAINERS + 1):
        name = lambda place=place: (  # noqa: E731 – told where it is shown
            _("Giảng viên chính") if place == 1 else _("Giảng viên {n}").format(n=place)
        )
        fields.append(Field(_trainer_key(place), name, choice(people)))
    fields += [
        Section(N_("Để ai cũng tham gia được"), N_("Điều chỉnh cho từng người hiện ở danh sách người học.")),
        Field("childcare", N_("Trông trẻ"), line(N_("ai trông, ở đâu")), span=2),
        Field("transport", N_("Đi lại"), line(N_("đưa đón, hỗ trợ xăng xe")), span=2),
        Field("note", N_("Ghi chú"), text(2), span=2),
    ]

    def deed(book: Any, typed: dict[str, Any], act: Act) -> Outcome[Any]:
        chosen = [typed[_trainer_key(n)] for n in range(1, _TRAINERS + 1)]
        plan = ClassPlan(
            typed["course"] or "",
            typed["name"],
            typed["starts"],
            typed["ends"],
            typed["capacity"],
            typed["place"],
            typed["commune"],
            typed["group"],
            typed["funder"],
            typed["cost"] or 0,
            typed["childcare"],
            typed["transport"],
            typed["note"],
            tuple(one for one in chosen if one is not None),
        )
        if detail is None:
            return training_classes.open_class(book, plan, act)
        return training_classes.change_class(book, detail.row.id, detail.version, plan, act)

    title = _("Mở lớp tập huấn") if detail is None else _("Sửa lớp {code}").format(code=detail.row.code)
    save = _("Mở lớp") if detail is None else ""
    return FormDialog(
        desk, title, fields, deed, then, values=values, columns=2, save_text=save, parent=parent
    )


def _trainer_key(place: int) -> str:
    return "trainers" if place == 1 else f"trainer{place}"


def class_state(desk: Desk, detail: ClassDetail, then: Then, parent: QWidget) -> FormDialog:
    """Return the dialog that ends a class, calls it off, or opens it again."""
    states = [(one, one.title) for one in ClassState if one is not detail.row.state]
    return FormDialog(
        desk,
        _("Đổi tình trạng lớp {code}").format(code=detail.row.code),
        [
            Field("state", N_("Tình trạng"), choice(states), required=True),
            Field("reason", N_("Lý do"), line(), hint=N_("Bắt buộc khi hủy lớp.")),
        ],
        lambda book, typed, act: training_classes.set_state(
            book, detail.row.id, typed["state"], typed["reason"], act
        ),
        then,
        values={"state": states[0][0]},
        parent=parent,
    )


# -- sessions --------------------------------------------------------------------------------------


def session(
    desk: Desk, detail: ClassDetail, then: Then, parent: QWidget, row: SessionRow | None = None
) -> FormDialog:
    """Return the dialog of a session."""
    if row is not None:
        values: dict[str, Any] = {
            "day": row.day,
            "planned": row.planned,
            "begins": row.begins,
            "topic": row.topic,
            "trainer": row.trainer,
        }
    else:
        values = _next_session(detail)
    people: list[tuple[Any, str]] = [(None, _("Không ghi"))]
    people += [(one.id, f"{one.code} {one.name}") for one in detail.teaching]

    def deed(book: Any, typed: dict[str, Any], act: Act) -> Outcome[Any]:
        plan = SessionPlan(
            typed["day"],
            typed["planned"],
            typed["topic"],
            typed["begins"],
            typed["trainer"],
            bool(typed.get("agreed")),
        )
        if row is None:
            return training_classes.add_session(book, detail.row.id, plan, act)
        return training_classes.change_session(book, row.id, row.version, plan, act)

    title = _("Buổi học mới") if row is None else _("Sửa buổi {number}").format(number=row.number)
    return FormDialog(
        desk,
        title,
        [
            Field("day", N_("Ngày"), day(), required=True),
            Field("planned", N_("Số giờ dự kiến"), hours(), required=True),
            Field("begins", N_("Bắt đầu lúc"), line(N_("ví dụ 7:30"), 10)),
            Field("trainer", N_("Giảng viên"), choice(people)),
            Field("topic", N_("Nội dung"), line(), span=2),
        ],
        deed,
        then,
        values=values,
        columns=2,
        parent=parent,
    )


def _next_session(detail: ClassDetail) -> dict[str, Any]:
    """Return what a further session begins with: the day after the last one, as long as that, or what is left."""
    from datetime import timedelta

    planned = sum(one.held or one.planned for one in detail.sessions)
    left = max(0, detail.course.minutes - planned)
    values: dict[str, Any] = {"day": detail.row.starts, "planned": min(480, left) or None}
    if detail.sessions:
        last = detail.sessions[-1]
        values = {
            "day": min(last.day + timedelta(days=1), detail.row.ends),
            "planned": min(last.planned, left) or None,
            "begins": last.begins,
            "trainer": last.trainer,
        }
    elif detail.teaching:
        values["trainer"] = detail.teaching[0].id
    return values


__all__ = ["class_state", "course", "klass", "session", "trainer"]
