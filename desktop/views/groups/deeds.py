"""Dialogs about a group: its own data, new rules, offices, cycles, closing and reopening its books."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.ids import CycleId, GroupId
from desktop.models.kinds import CycleState, Office
from desktop.models.rules.templates import cycle_end
from desktop.services import groups, periods
from desktop.services.acts import Act, Outcome
from desktop.services.facts import CycleFacts
from desktop.services.groups import Appoint, ChangeGroup, GroupDetail, OfficeRow, OpenCycle
from desktop.views.groups.forms import (
    cycle_fields,
    group_fields,
    group_values,
)
from desktop.views.kit import inputs, pickers
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.form import Field
from desktop.views.kit.pickers import Find
from resources.lang.dates import show_day
from resources.lang.messages import N_, _


def edit_group(desk: Desk, owner: QWidget, detail: GroupDetail) -> FormDialog:
    """Change name, code, kind, place and the day it was dissolved."""

    def deed(book: Any, values: dict[str, Any], act: Act) -> Outcome[GroupId]:
        values.pop("agreed", None)
        return groups.change(book, ChangeGroup(group=detail.id, version=detail.version, **values), act)

    fields = [
        *group_fields(desk),
        Field("closed", N_("Ngày giải thể"), inputs.day(), hint=N_("Để trống khi nhóm còn hoạt động")),
        Field("note", N_("Ghi chú"), inputs.text(2), span=0),
    ]
    dialog = FormDialog(
        desk,
        _("Thông tin nhóm"),
        fields,
        deed,
        values=group_values(detail),
        columns=2,
        parent=owner,
    )
    dialog.open()
    return dialog


def appoint(desk: Desk, owner: QWidget, detail: GroupDetail, office: Office | None = None) -> FormDialog:
    """Give an office to a member."""

    def deed(book: Any, values: dict[str, Any], act: Act) -> Outcome[int]:
        command = Appoint(
            detail.id,
            values["member"],
            values["office"],
            values["since"],
            values["replaces"],
            agreed=bool(values.get("agreed")),
        )
        return groups.appoint(book, command, act)

    seats = detail.charter.seats()
    members = [Find(row.member_id, row.full_name, row.code) for row in detail.members]
    holders = [
        (
            row.id,
            _("{name} ({office})").format(name=row.full_name, office=row.office.title.lower()),
        )
        for row in detail.offices
        if row.until is None and seats.get(row.office, 0) > 1
    ]
    dialog = FormDialog(
        desk,
        _("Giao chức vụ"),
        [
            Field(
                "office",
                N_("Chức vụ"),
                inputs.choice([(one, one.title) for one in seats]),
                required=True,
            ),
            Field("member", N_("Thành viên"), pickers.pick(members), required=True),
            Field("since", N_("Từ ngày"), inputs.day(), required=True, width=24),
            Field(
                "replaces",
                N_("Thay cho"),
                inputs.choice([(None, _("không thay ai")), *holders]),
                hint=N_("Chỉ với chức vụ nhiều người cùng giữ."),
            ),
        ],
        deed,
        values={"office": office or Office.CHAIR, "since": desk.today()},
        intro=_("Chức vụ chỉ một người giữ được chuyển sang người mới; người cũ thôi giữ từ hôm trước."),
        save_text=_("Giao chức vụ"),
        parent=owner,
    )
    dialog.form.set_visible("replaces", bool(holders))
    dialog.open()
    return dialog


def end_office(desk: Desk, owner: QWidget, row: OfficeRow) -> FormDialog:
    """Let somebody leave an office without a follower."""

    def deed(book: Any, values: dict[str, Any], act: Act) -> Outcome[int]:
        return groups.end_office(book, row.id, values["until"], act)

    dialog = FormDialog(
        desk,
        _("{name} thôi làm {office}").format(name=row.full_name, office=row.office.title.lower()),
        [Field("until", N_("Ngày cuối giữ chức vụ"), inputs.day(), required=True, width=24)],
        deed,
        values={"until": desk.today()},
        save_text=_("Thôi giữ"),
        parent=owner,
    )
    dialog.open()
    return dialog


def open_cycle(desk: Desk, owner: QWidget, detail: GroupDetail) -> FormDialog:
    """Open the next cycle; it is proposed to follow the last one."""
    last = max((cycle.ends for cycle in detail.cycles), default=None)
    starts = desk.today() if last is None else max(last + timedelta(days=1), detail.founded or last)

    def deed(book: Any, values: dict[str, Any], act: Act) -> Outcome[CycleId]:
        return groups.open_cycle(book, OpenCycle(detail.id, values["starts"], values["ends"]), act)

    dialog = FormDialog(
        desk,
        _("Mở chu kỳ mới"),
        cycle_fields(),
        deed,
        values={"starts": starts, "ends": cycle_end(starts)},
        save_text=_("Mở chu kỳ"),
        columns=2,
        width=520,
        parent=owner,
    )
    dialog.open()
    return dialog


def change_cycle(desk: Desk, owner: QWidget, cycle: CycleFacts) -> FormDialog:
    """Change the days of a cycle."""

    def deed(book: Any, values: dict[str, Any], act: Act) -> Outcome[CycleId]:
        return groups.change_cycle(book, cycle.id, values["starts"], values["ends"], act)

    dialog = FormDialog(
        desk,
        _("Ngày của chu kỳ {number}").format(number=cycle.number),
        cycle_fields(),
        deed,
        values={"starts": cycle.starts, "ends": cycle.ends},
        columns=2,
        width=520,
        parent=owner,
    )
    dialog.open()
    return dialog


def close_cycle(desk: Desk, owner: QWidget, cycle: CycleFacts) -> FormDialog:
    """Close a cycle."""

    def deed(book: Any, values: dict[str, Any], act: Act) -> Outcome[CycleId]:
        return groups.close_cycle(book, cycle.id, values["ends"], act)

    dialog = FormDialog(
        desk,
        _("Kết thúc chu kỳ {number}").format(number=cycle.number),
        [Field("ends", N_("Ngày cuối của chu kỳ"), inputs.day(), required=True, width=24)],
        deed,
        values={"ends": min(cycle.ends, desk.today())},
        intro=_("Sau khi kết thúc, không ghi thêm buổi họp vào chu kỳ này. Tiền không chuyển động ở đây."),
        save_text=_("Kết thúc chu kỳ"),
        parent=owner,
    )
    dialog.open()
    return dialog


def may_close_cycle(cycle: CycleFacts) -> bool:
    """Tell whether a cycle is still open."""
    return cycle.state is CycleState.OPEN


def close_period(desk: Desk, owner: QWidget, detail: GroupDetail) -> FormDialog:
    """Close the group's books through a day."""

    def deed(book: Any, values: dict[str, Any], act: Act) -> Outcome[Any]:
        return periods.close_period(book, detail.id, values["through"], values["reason"], act)

    dialog = FormDialog(
        desk,
        _("Khóa sổ nhóm {name}").format(name=detail.name),
        [
            Field("through", N_("Khóa đến hết ngày"), inputs.day(), required=True, width=24),
            Field("reason", N_("Lý do"), inputs.text(2), hint=N_("Ví dụ: đã đối chiếu quý I với nhóm")),
        ],
        deed,
        values={"through": desk.today().replace(day=1) - timedelta(days=1)},
        intro=_("Từ ngày đó trở về trước không ghi, không sửa, không đảo chứng từ được nữa."),
        save_text=_("Khóa sổ"),
        parent=owner,
    )
    dialog.open()
    return dialog


def reopen_period(desk: Desk, owner: QWidget, detail: GroupDetail, closed: Any) -> FormDialog:
    """Reopen the group's books after a day."""

    def deed(book: Any, values: dict[str, Any], act: Act) -> Outcome[Any]:
        return periods.reopen_period(book, detail.id, values["through"], values["reason"], act)

    dialog = FormDialog(
        desk,
        _("Mở lại sổ nhóm {name}").format(name=detail.name),
        [
            Field(
                "through",
                N_("Chỉ còn khóa đến hết ngày"),
                inputs.day(),
                width=24,
                hint=N_("Để trống: mở lại toàn bộ"),
            ),
            Field("reason", N_("Lý do"), inputs.text(2), required=True),
        ],
        deed,
        intro=_("Sổ đang khóa đến hết {day}. Lý do được giữ trong nhật ký.").format(day=show_day(closed)),
        save_text=_("Mở lại sổ"),
        parent=owner,
    )
    dialog.open()
    return dialog
