"""What stands at the head of a book's papers: asked when the book was made, put right here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.form import Field
from desktop.views.kit.inputs import line
from resources.lang.messages import N_, _

if TYPE_CHECKING:
    from desktop.services.book_info import BookInfo


def head_dialog(desk: Desk, info: BookInfo, then: Callable[[str], object], parent: QWidget) -> FormDialog:
    """Return the dialog of the book's name, organisation and address; `then(name)` follows after it was written."""
    named: list[str] = []

    def deed(book: Any, values: dict[str, Any], act: Any) -> Any:
        from desktop.services.book_info import ChangeBook, change_book

        named[:] = [values["name"].strip()]
        return change_book(book, ChangeBook(values["name"], values["organisation"], values["address"]), act)

    return FormDialog(
        desk,
        _("Tên sổ, đơn vị in ở đầu giấy"),
        [
            Field("name", N_("Tên sổ"), line("", 120), required=True),
            Field(
                "organisation",
                N_("Đơn vị (in ở đầu giấy)"),
                line(N_("Ví dụ: Hội Liên hiệp Phụ nữ xã Tân Hưng"), 160),
                hint=N_("Để trống: in tên sổ."),
            ),
            Field("address", N_("Địa chỉ đơn vị"), line("", 200)),
        ],
        deed,
        lambda _value: then(named[0]),
        values={"name": info.name, "organisation": info.organisation, "address": info.address},
        intro=_("Của sổ đang mở. Giấy in từ nay về sau mang tên mới; giấy đã in vẫn đúng."),
        parent=parent,
    )
