"""The dialogs of a group's capacity: a maturity score, a line of the plan of change and how it ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields as fields_of
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.capacity_kinds import ActionState, Item, Keeper
from desktop.models.ids import GroupId
from desktop.models.rules.maturity import Observed
from desktop.services import change_plans, maturity
from desktop.services.acts import Act, Outcome
from desktop.services.change_plans import ActionRow, Plan
from desktop.services.maturity import Assess, ScoreRow
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.form import Field, Section
from desktop.views.kit.inputs import choice, day, line, number, text
from resources.lang.dates import show_day
from resources.lang.messages import N_, _

Then = Callable[[Any], object]
_OBSERVED = tuple(field.name for field in fields_of(Observed))


def assess(
    desk: Desk,
    group: GroupId,
    observed: Observed,
    then: Then,
    parent: QWidget,
    correcting: ScoreRow | None = None,
) -> FormDialog:
    """Return the dialog of a score; what the last visit saw stands in it. `correcting`: the score that is mended."""
    fields: list[Field | Section] = [
        Field("day", N_("Ngày đánh giá"), day(past=True), required=True),
        Field("assessor", N_("Người đánh giá"), line("", 80), required=True),
        Section(
            f"6. {Item.BOOKS.title}",
            _("Lấy vài sổ tiết kiệm, so số dư với sổ của nhóm. Để trống nếu chưa xem."),
        ),
        Field("sampled", N_("Số sổ đã đối chiếu"), number(0, 500), width=10),
        Field("wrong", N_("Trong đó sai"), number(0, 500), width=10),
        Field("books_evidence", N_("Bằng chứng đối chiếu"), line("", 300), span=0),
        Section(f"7. {Item.RULES.title}"),
        Field("written", N_("Có quy chế viết"), choice(_yes_no())),
        Field("asked", N_("Đã hỏi mấy thành viên"), number(0, 500), width=10),
        Field("knew", N_("Mấy người nắm được"), number(0, 500), width=10),
        Field("rules_evidence", N_("Bằng chứng về quy chế"), line("", 300), span=0),
        Section(
            f"8. {Item.DEMOCRACY.title}",
            _("Bầu lại đúng người cũ thì sổ không có nhiệm kỳ mới: ghi ngày bầu ở đây."),
        ),
        Field("elected", N_("Ngày bầu gần nhất"), day(past=True)),
        Field("election_evidence", N_("Bằng chứng về bầu cử"), line("", 300), span=0),
        Section(f"11. {Item.SELF_RUN.title}"),
        Field("alone", N_("Trong 3 buổi gần nhất, mấy buổi không có cán bộ"), choice(_three())),
        Field(
            "keeper", N_("Ai ghi sổ"), choice([(None, _("Chưa xem")), *((one, one.title) for one in Keeper)])
        ),
        Field("self_evidence", N_("Bằng chứng về tự quản"), line("", 300), span=0),
        Section(_("Ghi chú")),
        Field("note", N_("Ghi chú"), text(2), span=0),
    ]
    if correcting is not None:
        fields.append(Field("reason", N_("Lý do sửa phiếu"), line("", 200), required=True, span=0))

    def deed(book: Any, typed: dict[str, Any], act: Act) -> Outcome[int]:
        seen = {name: typed[name] for name in _OBSERVED}
        for name in ("wrong", "asked", "knew"):
            seen[name] = seen[name] or 0
        for name in _OBSERVED:
            if name.endswith("_evidence"):
                seen[name] = seen[name] or ""
        command = Assess(
            group,
            typed["day"],
            Observed(**seen),
            typed["assessor"] or "",
            typed["note"] or "",
            None if correcting is None else correcting.id,
            typed.get("reason") or "",
        )
        return maturity.record(book, command, act)

    values: dict[str, Any] = {name: getattr(observed, name) for name in _OBSERVED}
    for name, looked in (("wrong", "sampled"), ("asked", "written"), ("knew", "written")):
        if values[looked] is None:
            values[name] = None  # nothing was looked at: an empty field, not a nought
    values |= {"day": desk.today(), "assessor": desk.act().who}
    if correcting is not None:
        values |= {"day": correcting.day, "assessor": correcting.assessor, "note": correcting.note}
    return FormDialog(
        desk,
        _("Chấm điểm trưởng thành") if correcting is None else _("Sửa phiếu chấm điểm"),
        fields,
        deed,
        then,
        values=values,
        intro=_("Bảy mục còn lại lấy từ sổ. Điều quan sát được cần có bằng chứng; chưa xem thì để trống."),
        save_text=_("Lưu phiếu"),
        columns=2,
        width=820,
        parent=parent,
    )


def _yes_no() -> list[tuple[bool | None, str]]:
    return [(None, _("Chưa xem")), (True, _("Có")), (False, _("Không"))]


def _three() -> list[tuple[int | None, str]]:
    return [(None, _("Chưa xem")), *((n, str(n)) for n in (3, 2, 1, 0))]


def keep_action(desk: Desk, group: GroupId, row: ActionRow | None, then: Then, parent: QWidget) -> FormDialog:
    """Return the dialog of a line of the plan, new or changed."""
    fields: list[Field | Section] = [
        Field("goal", N_("Mục tiêu"), line(N_("Sổ sách khớp mỗi buổi họp"), 160), required=True, span=0),
        Field("action", N_("Việc làm"), text(2), required=True, span=0),
        Field("responsible", N_("Người phụ trách"), line("", 120), required=True),
        Field("source", N_("Từ đánh giá nào"), line(N_("Chấm điểm ngày 12/06/2026"), 120)),
        Field("since", N_("Ngày thống nhất"), day(past=True), required=True),
        Field("due", N_("Hạn xong"), day(), required=True),
    ]

    def deed(book: Any, typed: dict[str, Any], act: Act) -> Outcome[int]:
        plan = Plan(
            group,
            typed["since"],
            typed["goal"] or "",
            typed["action"] or "",
            typed["responsible"] or "",
            typed["due"],
            typed["source"] or "",
        )
        return change_plans.keep(book, plan, act, None if row is None else (row.id, row.version))

    values: dict[str, Any] = {"since": desk.today()}
    if row is not None:
        values = {field.key: getattr(row, field.key) for field in fields if isinstance(field, Field)}
    return FormDialog(
        desk,
        _("Việc mới trong kế hoạch") if row is None else _("Sửa việc trong kế hoạch"),
        fields,
        deed,
        then,
        values=values,
        columns=2,
        parent=parent,
    )


def settle_action(desk: Desk, row: ActionRow, state: ActionState, then: Then, parent: QWidget) -> FormDialog:
    """Return the dialog that ends an action: done with its evidence, or dropped with the reason."""
    done = state is ActionState.DONE
    return FormDialog(
        desk,
        _("Việc đã xong") if done else _("Bỏ việc này"),
        [
            Field("day", N_("Ngày"), day(past=True), required=True),
            Field(
                "outcome",
                N_("Kết quả, bằng chứng") if done else N_("Lý do bỏ"),
                text(3),
                required=True,
                span=0,
            ),
        ],
        lambda book, typed, act: change_plans.settle(
            book, row.id, row.version, state, typed["day"], typed["outcome"] or "", act
        ),
        then,
        values={"day": desk.today()},
        intro=_("{action} – {who}, hạn {due}").format(
            action=row.action, who=row.responsible, due=show_day(row.due)
        ),
        save_text=_("Ghi đã xong") if done else _("Bỏ việc"),
        parent=parent,
    )
