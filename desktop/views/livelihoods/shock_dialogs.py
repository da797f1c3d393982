"""Events, losses, the help that followed, households' plans: each deed in a dialog."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.ids import LossEventId
from desktop.models.livelihood_kinds import Hazard, LossShare
from desktop.services import shocks
from desktop.services.acts import Act, Outcome
from desktop.services.shock_book import Event, EventRow, LossLine, LossRow, Payable
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.form import Field, Section
from desktop.views.kit.inputs import check, choice, day, dong, line, text
from desktop.views.kit.pickers import AskingPicker, Find
from desktop.views.livelihoods.finders import find_livelihoods
from desktop.views.livelihoods.inputs import kinds
from desktop.views.people.finders import find_households
from resources.lang.dates import show_day
from resources.lang.dong import show_dong
from resources.lang.messages import N_, _

Then = Callable[[Any], object]


def household(desk: Desk) -> Callable[[QWidget], AskingPicker]:
    """Make a picker of households in a form."""

    def make(parent: QWidget) -> AskingPicker:
        made = AskingPicker(desk, find_households, parent)
        made.setPlaceholderText(_("Gõ mã hộ, tên chủ hộ, thôn"))
        return made

    return make


def _livelihood(desk: Desk) -> Callable[[QWidget], AskingPicker]:
    def make(parent: QWidget) -> AskingPicker:
        made = AskingPicker(desk, find_livelihoods, parent)
        made.setPlaceholderText(_("Gõ tên sinh kế, nếu có trong sổ"))
        return made

    return make


def keep_event(desk: Desk, row: EventRow | None, then: Then, parent: QWidget) -> FormDialog:
    """Return the dialog of an event, new or changed."""
    changing = None if row is None else (row.id, row.version)
    fields: list[Field | Section] = [
        Field("name", N_("Tên sự kiện"), line(N_("Bão số 3 năm 2026")), required=True, span=2),
        Field("hazard", N_("Loại thiên tai, dịch bệnh"), choice(kinds(Hazard)), required=True),
        Field("place", N_("Nơi bị ảnh hưởng"), line()),
        Field("starts", N_("Từ ngày"), day(past=True), required=True),
        Field("ends", N_("Đến ngày"), day(past=True), required=True),
        Field("declared", N_("Chính quyền đã công bố thiên tai"), check(), span=0),
        Field("note", N_("Ghi chú"), text(2), span=0),
    ]

    def deed(book: Any, typed: dict[str, Any], act: Act) -> Outcome[Any]:
        whole = dict(typed)
        whole.pop("agreed", None)
        return shocks.keep_event(book, Event(**whole), act, changing)

    values: dict[str, Any] = {"starts": desk.today(), "ends": desk.today()}
    if row is not None:
        values = {field.key: getattr(row.event, field.key) for field in fields if isinstance(field, Field)}
    title = _("Thiên tai, dịch bệnh mới") if row is None else _("Sửa {code}").format(code=row.code)
    return FormDialog(desk, title, fields, deed, then, values=values, columns=2, parent=parent)


def keep_loss(desk: Desk, event: LossEventId, row: LossRow | None, then: Then, parent: QWidget) -> FormDialog:
    """Return the dialog of what a household lost."""
    changing = None if row is None else (row.id, row.version)
    fields: list[Field | Section] = [
        Field("household", N_("Hộ"), household(desk), required=True),
        Field("livelihood", N_("Sinh kế bị thiệt hại"), _livelihood(desk)),
        Field("item", N_("Thiệt hại gì"), line(N_("Vịt chết")), required=True),
        Field("quantity", N_("Số lượng"), line(N_("40 con"))),
        Field("value", N_("Giá trị thiệt hại"), dong()),
        Field("share", N_("Mức thiệt hại"), choice(kinds(LossShare))),
        Field("state_help", N_("Nhà nước hỗ trợ"), dong()),
        Field("group_help", N_("Nhóm hỗ trợ ngoài quỹ"), dong(), hint=N_("Trợ cấp từ quỹ xã hội thì gắn ở bảng Hỗ trợ")),
        Field("recovered", N_("Phục hồi từ ngày"), day(past=True), hint=N_("Khi thu nhập lại bằng ít nhất 90 % trước đó")),
        Field("note", N_("Ghi chú"), text(2)),
    ]  # fmt: skip

    def deed(book: Any, typed: dict[str, Any], act: Act) -> Outcome[Any]:
        whole = {
            **typed,
            **{name: typed[name] or 0 for name in ("value", "state_help", "group_help")},
        }
        whole.pop("agreed", None)
        return shocks.keep_loss(book, event, LossLine(**whole), act, changing)

    values: dict[str, Any] = {"share": LossShare.UNDER_30}
    if row is not None:
        values = {field.key: getattr(row.line, field.key) for field in fields if isinstance(field, Field)}
        values["household"] = Find(row.line.household, row.household_text)
        if row.line.livelihood is not None:
            values["livelihood"] = Find(row.line.livelihood, row.activity)
    title = (
        _("Ghi thiệt hại") if row is None else _("Sửa thiệt hại của {name}").format(name=row.household_text)
    )
    return FormDialog(desk, title, fields, deed, then, values=values, columns=2, width=760, parent=parent)


def link(desk: Desk, event: LossEventId, offered: list[Payable], then: Then, parent: QWidget) -> FormDialog:
    """Return the dialog that ties an emergency loan or a grant to an event."""
    choices = [
        (
            (one.kind, one.key),
            f"{one.kind.title} · {one.number} · {one.name} · {show_dong(one.amount)} · {show_day(one.day)}",
        )
        for one in offered
    ]
    return FormDialog(
        desk,
        _("Gắn hỗ trợ với sự kiện"),
        [
            Field("relief", N_("Khoản vay hoặc trợ cấp"), choice(choices), required=True),
            Field("note", N_("Ghi chú"), line()),
        ],
        lambda book, typed, act: shocks.link(book, event, *typed["relief"], typed["note"], act),
        then,
        intro=_("Khoản vay đã giải ngân và trợ cấp quỹ xã hội đã chi trong 6 tháng sau sự kiện."),
        width=640,
        parent=parent,
    )


def prepare(desk: Desk, then: Then, parent: QWidget) -> FormDialog:
    """Return the dialog of a household's plan for the next event."""
    return FormDialog(
        desk,
        _("Kế hoạch ứng phó của hộ"),
        [
            Field("household", N_("Hộ"), household(desk), required=True),
            Field("day", N_("Ngày cùng hộ xem lại"), day(past=True), required=True),
            Field("measures", N_("Hộ sẽ làm gì"), text(4), required=True, hint=N_("Sơ tán ở đâu, giữ gì, tiền dự phòng, người cần giúp")),
        ],
        lambda book, typed, act: shocks.keep_preparedness(
            book, typed["household"], typed["day"], typed["measures"], act
        ),
        then,
        values={"day": desk.today()},
        parent=parent,
    )  # fmt: skip
