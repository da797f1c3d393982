"""Who learns: enrolment, leaving, results, certificates, visits afterwards; each deed in a dialog."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.problems import Problem, Refusal
from desktop.models.rules.training.results import Result
from desktop.models.rules.training.words import show_points
from desktop.models.training_kinds import Care
from desktop.services import (
    training_certificates,
    training_classes,
    training_follow_ups,
    training_results,
)
from desktop.services.acts import Act, Outcome
from desktop.services.training_book import ClassDetail, LearnerRow
from desktop.services.training_certificates import CertificateRow, Give
from desktop.services.training_follow_ups import FollowRow, NewFollowUp, VisitChoice
from desktop.services.training_results import NewResult
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.form import Field, Section
from desktop.views.kit.inputs import choice, day, line, text
from desktop.views.training.inputs import checks, points, several_people
from resources.lang.dates import show_day
from resources.lang.messages import N_, _
from resources.training import practices

Then = Callable[[Any], object]


def _care() -> list[tuple[Any, str]]:
    return [(one, one.title) for one in Care]


def enrol(desk: Desk, detail: ClassDetail, then: Then, parent: QWidget) -> FormDialog:
    """Return the dialog that enrols people, one by one or a whole group."""
    seats = detail.row.capacity - detail.row.learners
    return FormDialog(
        desk,
        _("Ghi danh vào lớp {code}").format(code=detail.row.code),
        [
            Field("members", N_("Người học"), several_people(desk), required=True),
            Field("day", N_("Học từ ngày"), day(), required=True),
            Field("care", N_("Cần trông trẻ, đưa đón"), choice(_care)),
        ],
        lambda book, typed, act: training_classes.enrol(
            book, detail.row.id, typed["members"], typed["day"], act, typed["care"]
        ),
        then,
        values={"day": detail.row.starts, "care": Care.NONE},
        intro=_(
            "Lớp còn {seats} chỗ. Người chưa vào nhóm nào cũng ghi danh được, chỉ cần có hồ sơ trong sổ."
        ).format(seats=max(0, seats)),
        save_text=_("Ghi danh"),
        width=560,
        parent=parent,
    )


def enrolment(desk: Desk, row: LearnerRow, then: Then, parent: QWidget) -> FormDialog:
    """Return the dialog of what somebody needs to be able to come."""
    return FormDialog(
        desk,
        row.name,
        [
            Field("enrolled", N_("Học từ ngày"), day(), required=True),
            Field("care", N_("Cần trông trẻ, đưa đón"), choice(_care)),
            Field("note", N_("Ghi chú"), text(2)),
        ],
        lambda book, typed, act: training_classes.change_enrolment(
            book, row.enrolment, typed["care"], typed["note"], typed["enrolled"], act
        ),
        then,
        values={"enrolled": row.enrolled, "care": row.care, "note": row.note},
        intro=_("Hồ sơ hòa nhập: {needs}").format(needs=row.reminder) if row.reminder else "",
        parent=parent,
    )


def withdraw(desk: Desk, row: LearnerRow, then: Then, parent: QWidget) -> FormDialog:
    """Return the dialog that lets somebody leave a class."""
    return FormDialog(
        desk,
        _("{name} thôi học").format(name=row.name),
        [
            Field("day", N_("Thôi học từ ngày"), day(past=True), required=True),
            Field("reason", N_("Lý do"), line(), required=True),
        ],
        lambda book, typed, act: training_classes.withdraw(
            book, row.enrolment, typed["day"], typed["reason"], act
        ),
        then,
        values={"day": desk.today()},
        intro=_("Số giờ đã học vẫn được giữ; người này có thể trở lại lớp."),
        parent=parent,
    )


# -- results ---------------------------------------------------------------------------------------


def result(desk: Desk, detail: ClassDetail, row: LearnerRow, then: Then, parent: QWidget) -> FormDialog:
    """Return the dialog of one learner's results."""
    course = detail.course
    fields: list[Field | Section] = []
    if course.tested:
        most = show_points(course.most)
        fields += [
            Field("pre", N_("Điểm đầu khóa"), points(), hint=lambda: _("Tối đa {most}").format(most=most)),
            Field(
                "post",
                N_("Điểm cuối khóa"),
                points(),
                hint=lambda: _("Đạt từ {mark}").format(mark=show_points(course.pass_mark)),
            ),
            Field("tested", N_("Ngày kiểm tra cuối khóa"), day(past=True)),
        ]
    if course.plan_counts:
        fields += [
            Field("planned", N_("Ngày nộp kế hoạch"), day(past=True)),
            Field("plan", N_("Tên kế hoạch"), line(), span=2),
        ]
    values: dict[str, Any] = {"tested": _last_day(detail)} if row.result.tested is None else {}
    values |= {
        name: getattr(row.result, name)
        for name in ("pre", "post", "tested", "planned")
        if getattr(row.result, name) is not None
    }
    values["plan"] = row.plan

    def deed(book: Any, typed: dict[str, Any], act: Act) -> Outcome[Any]:
        post = typed.get("post")
        made = Result(
            typed.get("pre"), post, typed.get("tested") if post is not None else None, typed.get("planned")
        )
        return training_results.keep(
            book, NewResult(row.enrolment, row.version, made, typed.get("plan", "")), act
        )

    return FormDialog(
        desk,
        _("Kết quả của {name}").format(name=row.name),
        fields,
        deed,
        then,
        values=values,
        columns=2,
        parent=parent,
    )


def _last_day(detail: ClassDetail) -> Any:
    held = [one.day for one in detail.sessions if one.held]
    return max(held, default=None)


def all_scores(desk: Desk, detail: ClassDetail, then: Then, parent: QWidget) -> FormDialog:
    """Return the dialog in which the scores of a whole class are keyed in, name by name, Enter down."""
    rows = detail.present
    fields: list[Field | Section] = [
        Field("tested", N_("Ngày kiểm tra cuối khóa"), day(past=True), required=True, width=14, span=0)
    ]
    values: dict[str, Any] = {"tested": _last_day(detail)}
    for row in rows:
        fields += [
            Field(f"{row.enrolment}/pre", _named(_("{name} – đầu khóa"), row.name), points(), width=10),
            Field(f"{row.enrolment}/post", _named(_("{name} – cuối khóa"), row.name), points(), width=10),
        ]
        values[f"{row.enrolment}/pre"], values[f"{row.enrolment}/post"] = row.result.pre, row.result.post

    def deed(book: Any, typed: dict[str, Any], act: Act) -> Outcome[Any]:
        results = []
        for row in rows:
            post = typed[f"{row.enrolment}/post"]
            tested = row.result.tested if post == row.result.post and row.result.tested else typed["tested"]
            made = Result(
                typed[f"{row.enrolment}/pre"], post, tested if post is not None else None, row.result.planned
            )
            if made != row.result:
                results.append(NewResult(row.enrolment, row.version, made, row.plan))
        try:
            return training_results.keep_all(book, results, act)
        except Refusal as refusal:
            raise Refusal(_at_common_day(refusal.problems)) from refusal

    return FormDialog(
        desk,
        _("Điểm của lớp {code}").format(code=detail.row.code),
        fields,
        deed,
        then,
        values=values,
        columns=2,
        width=620,
        intro=_("Tối đa {most} điểm, đạt từ {mark}. Để trống người chưa kiểm tra.").format(
            most=show_points(detail.course.most), mark=show_points(detail.course.pass_mark)
        ),
        parent=parent,
    )


def _named(pattern: str, name: str) -> Callable[[], str]:
    return lambda: pattern.format(name=name)


def _at_common_day(problems: Sequence[Problem]) -> list[Problem]:
    """Return problems at the fields of the dialog: the day of the test is one for all."""
    found: list[Problem] = []
    for one in problems:
        field = "tested" if one.field.endswith("/tested") else one.field
        moved = Problem(one.code, field, one.message, one.level)
        if moved not in found:
            found.append(moved)
    return found


# -- certificates ----------------------------------------------------------------------------------


def give(desk: Desk, detail: ClassDetail, then: Then, parent: QWidget) -> FormDialog:
    """Return the dialog that gives certificates to those who completed and have none; all are ticked."""
    ready = [one for one in detail.learners if one.standing.completed is not None and not one.number]
    lead = detail.teaching[0].name if detail.teaching else ""
    chosen = [
        (
            one.enrolment,
            _("{name} · hoàn thành {day}").format(name=one.name, day=show_day(one.standing.completed)),
        )
        for one in ready
        if one.standing.completed is not None
    ]

    def deed(book: Any, typed: dict[str, Any], act: Act) -> Outcome[Any]:
        command = Give(
            detail.row.id, tuple(typed["enrolments"]), typed["day"], typed["signer"], typed["office"]
        )
        return training_certificates.give(book, command, act)

    return FormDialog(
        desk,
        _("Cấp giấy chứng nhận lớp {code}").format(code=detail.row.code),
        [
            Field("day", N_("Ngày cấp"), day(past=True), required=True),
            Field("signer", N_("Người ký"), line(), required=True),
            Field(
                "office",
                N_("Chức vụ người ký"),
                line(N_("ví dụ Chủ tịch Hội LHPN xã")),
                required=True,
                span=2,
            ),
            Field("enrolments", N_("Cấp cho"), checks(chosen, 2), span=2),
        ],
        deed,
        then,
        values={
            "day": desk.today(),
            "signer": lead,
            "office": _("Giảng viên chính") if lead else "",
            "enrolments": tuple(key for key, _words in chosen),
        },
        columns=2,
        intro=_("Chỉ những người đã hoàn thành khóa học và chưa có giấy mới ở trong danh sách này."),
        save_text=_("Cấp và in"),
        parent=parent,
    )


def revoke(desk: Desk, row: CertificateRow, then: Then, parent: QWidget) -> FormDialog:
    """Return the dialog that takes a certificate back."""
    return FormDialog(
        desk,
        _("Thu hồi giấy {number}").format(number=row.number),
        [
            Field("day", N_("Từ ngày"), day(past=True), required=True),
            Field("reason", N_("Lý do"), line(), required=True),
        ],
        lambda book, typed, act: training_certificates.revoke(
            book, row.id, typed["day"], typed["reason"], act
        ),
        then,
        values={"day": desk.today()},
        intro=_("{name}. Khi kiểm tra mã của giấy này, sổ sẽ báo đã thu hồi.").format(name=row.name),
        parent=parent,
    )


# -- afterwards ------------------------------------------------------------------------------------


def follow_up(
    desk: Desk, row: FollowRow, visits: Sequence[VisitChoice], then: Then, parent: QWidget
) -> FormDialog:
    """Return the dialog of a visit after training: what is in use, tied to a visit of the livelihood where there is one."""
    usable = [one for one in visits if one.day >= row.follow.due]
    tied: list[tuple[Any, str]] = [(None, _("Không, thăm riêng"))]
    tied += [(one.id, f"{show_day(one.day)} · {one.livelihood}") for one in usable]
    known = [(one.key, one.title) for one in practices() if one.module in row.modules]
    fields = [
        Field("visit", N_("Gắn với lần thăm sinh kế"), choice(tied), span=2, hint=N_("Chỉ lần thăm sinh kế được tính vào chỉ số DT02.")),
        Field("day", N_("Ngày thăm"), day(past=True), hint=N_("Bỏ trống khi gắn với lần thăm sinh kế.")),
        Field("visitor", N_("Người thăm"), line(), required=True),
        Field("practices", N_("Đã thấy áp dụng"), checks(known), span=2),
        Field("note", N_("Ghi chú"), text(2), span=2),
    ]  # fmt: skip
    return FormDialog(
        desk,
        _("Thăm {name} · {course}").format(name=row.name, course=row.course),
        fields,
        lambda book, typed, act: training_follow_ups.record(
            book,
            NewFollowUp(
                row.enrolment,
                typed["day"],
                typed["visitor"],
                tuple(typed["practices"]),
                typed["visit"],
                typed["note"],
            ),
            act,
        ),
        then,
        values={
            "visit": usable[0].id if usable else None,
            "day": None if usable else desk.today(),
            "visitor": desk.who,
        },
        columns=2,
        intro=_("Hoàn thành ngày {day}; thăm từ ngày {due}.").format(
            day=show_day(row.completed), due=show_day(row.follow.due)
        ),
        parent=parent,
    )
