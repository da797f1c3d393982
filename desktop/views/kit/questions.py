"""The dialogs behind `messages.ask` and `messages.show_bug`."""

from __future__ import annotations

import platform
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.logs import describe
from desktop.views.kit import icons
from desktop.views.kit.theme import dress, px, space
from resources.lang.messages import _


def open_question(
    owner: QObject | None,
    question: str,
    then: Callable[[], object],
    otherwise: Callable[[], object] | None,
    yes: str,
    no: str,
    detail: str,
    danger: bool,
) -> None:
    """Open a question; see `messages.ask`."""
    parent = owner if isinstance(owner, QWidget) else QApplication.activeWindow()
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIconPixmap(icons.pixmap("warning" if danger else "help", px(40), "warn" if danger else "accent"))
    box.setWindowTitle(_("Sổ Nhóm"))
    box.setText(question)
    box.setInformativeText(detail)
    # QMessageBox reads rich text when it finds tags; names typed by people stay plain.
    box.setTextFormat(Qt.TextFormat.PlainText)
    agree = box.addButton(yes or _("Đồng ý"), QMessageBox.ButtonRole.AcceptRole)
    refuse = box.addButton(no or _("Thôi"), QMessageBox.ButtonRole.RejectRole)
    dress(agree, "danger" if danger else "primary")
    box.setDefaultButton(refuse if danger else agree)
    box.setEscapeButton(refuse)

    def answered() -> None:
        if box.clickedButton() is agree:
            then()
        elif otherwise is not None:
            otherwise()

    box.finished.connect(answered)
    box.open()


class BugDialog(QDialog):
    """Our own mistake, told calmly: nothing half-written, the drafts are safe, and details that can be copied."""

    def __init__(self, error: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Lỗi của chương trình"))
        self.resize(px(560), px(380))
        self._details = (
            f"Sổ Nhóm · {platform.system()} {platform.release()} · Python {platform.python_version()}\n"
        )
        self._details += describe(error)
        box = QVBoxLayout(self)
        box.setContentsMargins(*[space(5)] * 4)
        box.setSpacing(space(3))
        title = QLabel(_("Chương trình gặp lỗi ở bước vừa rồi"))
        dress(title, "heading")
        box.addWidget(title)
        words = QLabel(
            _(
                "Sổ không bị ghi dở: bước vừa rồi chưa được ghi. Bản nháp vẫn còn. Hãy thử lại; nếu lỗi lặp lại, "
                "gửi phần chi tiết bên dưới cho người hỗ trợ. Chi tiết không chứa tên người hay số tiền."
            )
        )
        words.setWordWrap(True)
        box.addWidget(words)
        details = QPlainTextEdit(self._details)
        details.setReadOnly(True)
        details.setTabChangesFocus(True)
        details.setAccessibleName(_("Chi tiết lỗi"))
        box.addWidget(details, 1)
        buttons = QDialogButtonBox()
        copy = buttons.addButton(_("Chép chi tiết"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self._copy)
        close = buttons.addButton(_("Đóng"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        box.addWidget(buttons)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)


def open_bug(error: BaseException) -> None:
    """Show the window for bugs unless one is open."""
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, BugDialog) and widget.isVisible():
            return
    BugDialog(error, QApplication.activeWindow()).open()
