"""Signing in to a book with users: a name, a passphrase; a recovery code where the passphrase is forgotten."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.services import users
from desktop.views.kit import messages
from desktop.views.kit.blocks import button, label
from desktop.views.kit.choice_box import Choice
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import grow
from desktop.views.kit.form import Field, Form
from desktop.views.kit.form_panel import FormPanel
from desktop.views.kit.inputs import line
from desktop.views.kit.secret import secret
from desktop.views.kit.theme import px, space
from resources.lang.messages import N_, _


class SignInDialog(QDialog):
    """Asks who opens the book. `then()` after signing in, `given_up()` when the user leaves."""

    def __init__(
        self,
        desk: Desk,
        book: Any,
        then: Callable[[], object],
        given_up: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Đăng nhập"))
        self.setModal(True)
        self.desk, self._book = desk, book
        self._then, self._given_up = then, given_up
        self.form = Form(
            [
                Field("name", N_("Bạn là ai"), lambda parent: Choice([], parent)),
                Field("passphrase", N_("Mật khẩu"), secret, required=True),
            ]
        )
        forgotten = button(_("Quên mật khẩu…"), self.recover, look="link", parent=self)
        forgotten.setAutoDefault(False)
        self.panel = FormPanel(
            self.form, self._sign_in, _("Đăng nhập"), _("Đóng sổ"), self, [forgotten], card=False
        )
        self.panel.save_button.setDefault(True)
        self.panel.closed.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(*[space(5)] * 4)
        box.setSpacing(space(3))
        box.addWidget(label(_("Sổ “{name}” có người dùng").format(name=book.name), "heading", self))
        box.addWidget(self.panel)
        self.setMinimumWidth(px(420))
        self.form.complained.connect(lambda: grow(self, lambda: box.totalHeightForWidth(self.width())))
        desk.runner.on_book(lambda: users.names(book), self._show_names, desk.show_error, self)

    def _show_names(self, names: list[str]) -> None:
        choice = self.form.input("name")
        choice.set_choices([(name, name) for name in names])
        known = self.desk.settings["who"]
        choice.set_value(known if known in names else names[0] if names else None)
        self.form.set_dirty(False)
        self.form.input("passphrase").setFocus(Qt.FocusReason.TabFocusReason)

    def _sign_in(self, values: dict[str, Any]) -> None:
        book = self._book
        self.desk.runner.on_book(
            lambda: users.sign_in(book, values["name"] or "", values["passphrase"]),
            self._signed_in,
            self._refused,
            self,
        )

    def _signed_in(self, _access: Any) -> None:
        self.panel.done()
        self._given_up = _nothing
        self.accept()
        self._then()

    def _refused(self, error: BaseException) -> None:
        if isinstance(error, Exception):
            self.panel.refused(error)
        self.form.input("passphrase").selectAll()

    def reject(self) -> None:
        """Leave without signing in: the book is closed."""
        self.form.set_dirty(False)
        super().reject()
        self._given_up()

    def recover(self) -> None:
        """Ask for the recovery code and a new passphrase."""
        book = self._book
        RecoveryDialog(self.desk, book, self._recovered, self).open()

    def _recovered(self, code: str) -> None:
        show_code(self, code, lambda: self._signed_in(None))


class RecoveryDialog(QDialog):
    """Asks for a recovery code and a new passphrase; `then(new code)` after success."""

    def __init__(self, desk: Desk, book: Any, then: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Mã khôi phục"))
        self.setModal(True)
        self.desk, self._book, self._then = desk, book, then
        self.form = Form(
            [
                Field(
                    "code",
                    N_("Mã khôi phục"),
                    line(),
                    required=True,
                    hint=N_("Mã đã chép ra giấy khi bật người dùng."),
                ),
                *passphrase_fields(),
            ]
        )
        self.panel = FormPanel(self.form, self._save, _("Đặt mật khẩu mới"), parent=self, card=False)
        self.panel.closed.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(*[space(5)] * 4)
        box.addWidget(self.panel)
        self.setMinimumWidth(px(420))
        self.form.complained.connect(lambda: grow(self, lambda: box.totalHeightForWidth(self.width())))

    def _save(self, values: dict[str, Any]) -> None:
        book, act = self._book, self.desk.act()
        self.desk.runner.on_book(
            lambda: users.recover(book, values["code"], values["passphrase"], values["again"], act).value,
            self._done,
            self._refused,
            self,
        )

    def _done(self, code: str) -> None:
        self.panel.done()
        self.accept()
        self._then(code)

    def _refused(self, error: BaseException) -> None:
        if isinstance(error, Exception):
            self.panel.refused(error)


def passphrase_fields() -> list[Field]:
    """Return the fields of a new passphrase, typed twice."""
    return [
        Field("passphrase", N_("Mật khẩu mới"), secret, required=True, hint=N_("Ít nhất 8 ký tự.")),
        Field("again", N_("Gõ lại mật khẩu"), secret, required=True),
    ]


def show_code(owner: QWidget, code: str, then: Callable[[], object]) -> None:
    """Show a recovery code, which is never shown again."""
    messages.ask(
        owner,
        _("Hãy chép mã khôi phục ra giấy và cất kỹ:"),
        detail=_(
            "{code}\n\nMã này chỉ hiện một lần. Mất cả mật khẩu lẫn mã thì không ai vào sổ bằng tên này được."
        ).format(code=code),
        yes=_("Đã chép"),
        no=_("Đóng"),
        then=then,
        otherwise=then,
    )


def _nothing() -> None:
    """Do nothing."""


__all__ = ["RecoveryDialog", "SignInDialog", "passphrase_fields", "show_code"]
