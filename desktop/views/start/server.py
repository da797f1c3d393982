"""The dialog for a book on a server: where it is and who opens it; a new book is made there where there is none.

The password goes to the server and nowhere else: recent books keep the address without it (docs/security.md).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.models.problems import Problem, Trouble
from desktop.views.kit.blocks import label
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import grow
from desktop.views.kit.form import Field, Form
from desktop.views.kit.form_panel import FormPanel
from desktop.views.kit.inputs import line, number
from desktop.views.kit.secret import secret
from desktop.views.kit.theme import px, space
from resources.addresses import PORT, ServerPlace, is_server, place_of
from resources.lang.messages import N_, _

_PLACE = ("host", "port", "database", "user", "password")
_NEW_BOOK = ("name", "who", "organisation", "address")
_FIELD_OF = {
    "server": "host",
    "bad-address": "host",
    "server-sign-in": "password",
    "server-rights": "user",
    "no-database": "database",
    "not-a-book": "database",
    "not-empty": "database",
    "exists": "database",
}
"""At which field each trouble of a server is told; any other stands above the fields."""


class ServerDialog(QDialog):
    """Asks, tries the server, and calls `opened(address, book)` with the open book; until then it stays open.

    `address` fills the fields in, `trouble` says why that one did not open. What was typed wrong is told at its field.
    """

    def __init__(
        self,
        desk: Desk,
        opened: Callable[[str, Any], object],
        address: str = "",
        trouble: Trouble | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Mở sổ trên máy chủ"))
        self.setModal(True)
        self.desk = desk
        self._opened = opened
        self._options = ""
        self._left = False
        self.making = False
        """The server has no book there: the next press makes one."""
        self.form = Form(_fields(), 2)
        # Before the panel reads the form: a whole address that stands in the first field is taken apart.
        self.form.submitted.connect(self._spread)
        self.panel = FormPanel(self.form, self._try, _("Mở sổ"), parent=self, card=False, scrolls=True)
        self.panel.save_button.pressed.connect(self._spread)
        self.panel.closed.connect(self.reject)
        self.form.input("host").editingFinished.connect(self._spread)
        self.form.changed.connect(self._changed)
        self._advice = label(_pass_file(), "muted", self, wrap=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(*[space(5)] * 4)
        box.setSpacing(space(3))
        box.addWidget(label(_("Mở sổ trên máy chủ"), "heading", self))
        box.addWidget(self._advice)
        box.addWidget(self.panel, 1)
        self._offer_new(False)
        self.resize(px(560), min(self.screen().availableGeometry().height() - px(80), self._fitting_height()))
        self.form.complained.connect(lambda: grow(self, self._fitting_height))
        self._fill(address)
        self.form.focus_first()
        if trouble is not None:
            self._refused(trouble)

    def _fitting_height(self) -> int:
        """Return the height at which nothing scrolls."""
        across = px(560) - 2 * space(5)
        words = self._advice.heightForWidth(across) + px(40)
        form = max(self.form.sizeHint().height(), self.form.heightForWidth(across))
        return words + form + self.panel.save_button.sizeHint().height() + 2 * space(5) + px(40)

    # -- the address ------------------------------------------------------------------------------------

    def _fill(self, address: str) -> None:
        try:
            place = place_of(address)
        except ValueError:
            return
        self._options = place.options
        values = {key: getattr(place, key) for key in _PLACE}
        self.form.set_values({**values, "port": place.port or PORT})

    def _spread(self) -> None:
        """Take a whole address that was typed or pasted as the server apart, so that its password is not on show."""
        typed = self.form.value("host")
        if is_server(typed):
            self._fill(typed)
            self.form.set_dirty(True)

    def _place(self, values: dict[str, Any]) -> str:
        port = 0 if values["port"] is None else int(values["port"])
        return ServerPlace(
            values["host"], port, values["database"], values["user"], values["password"], self._options
        ).address()

    def _changed(self, key: str) -> None:
        if self.making and key in _PLACE:
            self._offer_new(False)  # another place may well have a book

    # -- trying -----------------------------------------------------------------------------------------

    def _try(self, values: dict[str, Any]) -> None:
        """Open the book, or make it, away from the window; the book on the desk stays open until that is done."""
        address = self._place(values)
        who = values["who"] or self.desk.settings["who"]
        making = self.making

        def job() -> Any:
            from desktop.services.books import create_book, open_book

            if making:
                return create_book(address, values["name"], who, values["organisation"], values["address"])
            return open_book(address, who)

        self.panel.save_button.setText(_("Đang nối với máy chủ…"))
        # Owned by the window: a book that opens after the dialog was left must be closed again.
        self.desk.runner.aside(
            job, lambda book: self._came(address, book, values), self._failed, self.parent()
        )

    def _came(self, address: str, book: Any, values: dict[str, Any]) -> None:
        if self._left:
            self.desk.runner.aside(book.close)
            return
        if self.making and values["who"]:
            self.desk.settings.set("who", values["who"])
        self.panel.done()
        self.accept()
        self._opened(address, book)

    def _failed(self, error: BaseException) -> None:
        if self._left:
            return
        self._name_button()
        if isinstance(error, Trouble):
            self._refused(error)
        elif isinstance(error, Exception):
            self.panel.refused(error)
            self.desk.show_error(error) if not self.form.problems() else None
        else:
            self.panel.again()
            self.desk.show_error(error)

    def _refused(self, trouble: Trouble) -> None:
        """Tell a trouble of the server at its field, or offer to make a book where there is none."""
        self.panel.again()
        self.form.set_dirty(True)
        if trouble.code == "exists":  # somebody made one meanwhile
            self._offer_new(False)
        if trouble.code == "no-book":
            self._offer_new(True)
            text = _(
                "Cơ sở dữ liệu này còn trống, chưa có sổ. Hãy đặt tên để tạo sổ mới ở đây, hoặc sửa địa chỉ."
            )
            self.form.show_problems([Problem.warn("no-book", "name", text)])
            return
        words = f"{trouble.message} {trouble.advice}".strip()
        self.form.show_problems([Problem.stop(trouble.code, _FIELD_OF.get(trouble.code, ""), words)])

    def _offer_new(self, offered: bool) -> None:
        self.making = offered
        for key in _NEW_BOOK:
            self.form.set_visible(key, offered)
        if offered:
            settings = self.desk.settings
            self.form.input("who").set_value(settings["who"])
            self.form.input("organisation").set_value(settings["organisation"])
            self.form.input("address").set_value(settings["organisation_address"])
        self._name_button()

    def _name_button(self) -> None:
        self.panel.save_button.setText(_("Tạo sổ") if self.making else _("Mở sổ"))

    def reject(self) -> None:
        """Leave; nothing typed here is worth a question, and a password is not left standing."""
        self._left = True
        self.form.set_dirty(False)
        super().reject()


def _fields() -> list[Field]:
    return [
        Field(
            "host",
            N_("Máy chủ"),
            line(N_("Ví dụ: 192.168.1.20 hoặc so.huyen.vn"), 1000),
            required=True,
            hint=N_("Cũng dán được cả dòng địa chỉ postgresql://…"),
            span=0,
        ),
        Field("database", N_("Cơ sở dữ liệu"), line(N_("Ví dụ: so_huyen"), 100), required=True),
        Field("port", N_("Cổng"), number(1, 65_535), width=8, default=PORT),
        Field("user", N_("Tên đăng nhập"), line("", 100)),
        Field("password", N_("Mật khẩu của máy chủ"), secret, hint=N_("Không được lưu lại trên máy này.")),
        Field("name", N_("Tên sổ"), line(N_("Ví dụ: Các nhóm tiết kiệm xã Tân Hưng"), 120), span=0),
        Field("who", N_("Tên bạn"), line(N_("Ghi vào sổ mỗi khi bạn làm việc"), 120), span=0),
        Field("organisation", N_("Đơn vị (in ở đầu giấy)"), line("", 160), span=0),
        Field("address", N_("Địa chỉ đơn vị"), line("", 200), span=0),
    ]


def _pass_file() -> str:
    return _(
        "Hỏi người quản trị máy chủ PostgreSQL các mục dưới đây. Lần sau sổ đứng trong “Các sổ mở gần đây”, không kèm "
        "mật khẩu, và chương trình sẽ hỏi lại. Muốn khỏi gõ mỗi lần: để mật khẩu trong tệp ~/.pgpass của PostgreSQL "
        "(hoặc tệp mà PGPASSFILE chỉ tới) và bỏ trống ô mật khẩu."
    )


__all__ = ["ServerDialog"]
