"""Assets in dialogs: entered, changed, checked, taken off the register."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.kinds import AttachmentKind
from desktop.models.support_kinds import AssetEnd, Condition, Use
from desktop.services import support_assets
from desktop.services.acts import Act, Outcome
from desktop.services.attachments import NewFile
from desktop.services.support_assets import MOST_YEARS, Check, NewAsset
from desktop.services.support_views import AssetRow, TransferView
from desktop.views.kit.attachments import scan
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.form import Field, Section
from desktop.views.kit.inputs import choice, day, dong, line, number, text
from desktop.views.kit.named_inputs import kinds
from resources.lang.dong import show_dong
from resources.lang.messages import N_, _

Then = Callable[[Any], object]


def asset_fields() -> list[Field | Section]:
    """Return the fields of an asset, for its own dialog and for that of a hand-over."""
    return [
        Field("name", N_("Tên tài sản"), line(N_("Máy ấp 500 trứng")), required=True),
        Field("asset_value", N_("Giá trị tài sản"), dong(), required=True),
        Field("owner", N_("Chủ sở hữu"), line(), required=True),
        Field("responsible", N_("Người chịu trách nhiệm"), line(), required=True),
        Field("asset_place", N_("Nơi để"), line(N_("Nhà văn hóa ấp 3")), required=True),
        Field("years", N_("Dùng được mấy năm"), number(1, MOST_YEARS), required=True, width=8),
        Field("serial", N_("Số máy, nhãn"), line()),
        Field("asset_note", N_("Ghi chú"), line()),
    ]


def asset_from(typed: dict[str, Any]) -> NewAsset:
    """Return the asset that was typed."""
    return NewAsset(
        typed["name"],
        typed["asset_value"] or 0,
        typed["owner"],
        typed["responsible"],
        typed["years"] or 0,
        typed["asset_place"],
        typed["serial"],
        typed["asset_note"],
    )


def register(desk: Desk, handed: list[TransferView], owner: str, then: Then, parent: QWidget) -> FormDialog:
    """Return the dialog that enters one more asset of a hand-over."""
    choices = [(one.id, f"{one.minutes} · {one.what} · {show_dong(one.value)}") for one in handed]
    return FormDialog(
        desk,
        _("Tài sản mới"),
        [Field("transfer", N_("Của lần bàn giao"), choice(choices), required=True, span=0), *asset_fields()],
        lambda book, typed, act: support_assets.register(book, typed["transfer"], asset_from(typed), act),
        then,
        values={"transfer": handed[0].id if handed else None, "owner": owner, "years": 5},
        columns=2,
        parent=parent,
    )


def change(desk: Desk, row: AssetRow, then: Then, parent: QWidget) -> FormDialog:
    """Return the dialog that changes what is written of an asset."""
    return FormDialog(
        desk,
        _("Sửa tài sản {code}").format(code=row.code),
        asset_fields(),
        lambda book, typed, act: support_assets.change(book, row.id, row.version, asset_from(typed), act),
        then,
        values={
            "name": row.name,
            "asset_value": row.value,
            "owner": row.owner,
            "responsible": row.responsible,
            "asset_place": row.place,
            "years": row.years,
            "serial": row.serial,
            "asset_note": row.note,
        },
        columns=2,
        parent=parent,
    )


def check(desk: Desk, row: AssetRow, then: Then, parent: QWidget) -> FormDialog:
    """Return the dialog of a check of an asset."""

    def deed(book: Any, typed: dict[str, Any], act: Act) -> Outcome[Any]:
        picked = typed["file"]
        files = (NewFile(AttachmentKind.PHOTO, picked.name, picked.content),) if picked is not None else ()
        command = Check(
            row.id, typed["day"], typed["condition"], typed["use"], typed["checker"], typed["note"], files
        )
        return support_assets.check(book, command, act)

    return FormDialog(
        desk,
        _("Kiểm tra {code}: {name}").format(code=row.code, name=row.name),
        [
            Field("day", N_("Ngày kiểm tra"), day(past=True), required=True),
            Field("checker", N_("Người kiểm tra"), line(), required=True),
            Field("condition", N_("Thấy thế nào"), choice(kinds(Condition)), required=True),
            Field("use", N_("Sử dụng"), choice(kinds(Use)), required=True),
            Field("note", N_("Ghi chú, cách xử lý"), text(2), span=0),
            Field("file", N_("Ảnh"), scan(desk), span=0),
        ],
        deed,
        then,
        values={
            "day": desk.today(),
            "checker": desk.who,
            "condition": Condition.GOOD,
            "use": Use.AS_MEANT,
        },
        columns=2,
        parent=parent,
    )


def end(desk: Desk, row: AssetRow, then: Then, parent: QWidget) -> FormDialog:
    """Return the dialog that takes an asset off the register."""
    ways = [one for one in AssetEnd if one is not AssetEnd.TAKEN_BACK]
    return FormDialog(
        desk,
        _("Đưa {code} ra khỏi sổ tài sản").format(code=row.code),
        [
            Field("kind", N_("Vì sao"), choice(kinds(ways)), required=True),
            Field("day", N_("Ngày"), day(past=True), required=True),
            Field("reason", N_("Lý do, giấy tờ"), text(2), required=True),
        ],
        lambda book, typed, act: support_assets.end(
            book, row.id, typed["kind"], typed["day"], typed["reason"], act
        ),
        then,
        values={"kind": AssetEnd.DISPOSED, "day": desk.today()},
        intro=_("{name}, giá trị {value}.").format(name=row.name, value=show_dong(row.value)),
        parent=parent,
    )
