"""Entering a household: from a person's page, or for itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.ids import HouseholdId
from desktop.services import households
from desktop.services.acts import Act, Outcome
from desktop.services.households import Address, FoundHousehold
from desktop.views.kit import inputs, pickers
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.form import Field, Section
from resources.lang.messages import N_, _


def household_fields(desk: Desk, *, code_required: bool) -> list[Field | Section]:
    """Return the fields of a household."""
    return [
        Field(
            "code",
            N_("Mã hộ"),
            inputs.line(length=24),
            required=code_required,
            hint="" if code_required else N_("Để trống: lấy mã kế tiếp"),
        ),
        Field("commune_code", N_("Xã, phường"), pickers.commune(desk)),
        Field("hamlet", N_("Thôn, ấp"), inputs.line(length=80)),
        Field(
            "text",
            N_("Địa chỉ ghi theo giấy tờ cũ"),
            inputs.line(length=200),
            hint=N_("Khi có, giấy in ghi đúng như vậy (địa chỉ trước 01/7/2025)."),
            span=0,
        ),
        Field("note", N_("Ghi chú"), inputs.text(2), span=0),
    ]


def address_from(values: dict[str, Any]) -> Address:
    """Return the address that a form's values mean."""
    return Address(values["commune_code"], values["hamlet"], values["text"])


def found_household(
    desk: Desk, owner: QWidget, then: Callable[[HouseholdId], object], values: dict[str, Any] | None = None
) -> FormDialog:
    """Enter a household; `then(id)` follows."""

    def deed(book: Any, given: dict[str, Any], act: Act) -> Outcome[HouseholdId]:
        return households.found(book, FoundHousehold(given["code"], address_from(given), given["note"]), act)

    dialog = FormDialog(
        desk,
        _("Lập hộ mới"),
        household_fields(desk, code_required=False),
        deed,
        then,
        values=values,
        save_text=_("Lập hộ"),
        parent=owner,
    )
    dialog.open()
    return dialog
