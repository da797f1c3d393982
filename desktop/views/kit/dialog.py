"""A form in a dialog. It is opened, not executed: what follows hangs on `done`, never on a returned value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from desktop.services.acts import Act, Outcome
from desktop.views.kit.blocks import label
from desktop.views.kit.desk import Desk
from desktop.views.kit.form import Field, Form, Section
from desktop.views.kit.form_panel import FormPanel
from desktop.views.kit.inputs import text
from desktop.views.kit.theme import dress, px, space
from resources.lang.messages import N_


def grow(dialog: QDialog, fitting: Callable[[], int]) -> None:
    """Make a dialog as high as `fitting()` says once its texts have taken their places; it never shrinks."""

    def make_room() -> None:
        if dialog.height() < (wanted := fitting()):
            dialog.resize(dialog.width(), wanted)

    QTimer.singleShot(0, dialog, make_room)


class FormDialog(QDialog):
    """Asks for values and does one deed with them.

    `deed(book, values, act)` runs on the book thread; a Refusal is shown at the fields; after success the dialog
    closes and `then(value)` is called. Rules that only warn ask the user; after a yes `values["agreed"]` is True.
    """

    def __init__(
        self,
        desk: Desk,
        title: str,
        fields: Sequence[Field | Section],
        deed: Callable[[Any, dict[str, Any], Act], Outcome[Any]],
        then: Callable[[Any], object] | None = None,
        *,
        values: Mapping[str, Any] | None = None,
        intro: str = "",
        save_text: str = "",
        columns: int = 1,
        width: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setModal(True)
        self.desk = desk
        self._deed = deed
        self._then = then
        box = QVBoxLayout(self)
        box.setContentsMargins(*[space(5)] * 4)
        box.setSpacing(space(3))
        heading = QLabel(title, self)
        dress(heading, "heading")
        box.addWidget(heading)
        if intro:
            words = QLabel(intro, self)
            words.setWordWrap(True)
            dress(words, "muted")
            box.addWidget(words)
        self.form = Form(fields, columns)
        self.form.set_values(values or {})
        self.panel = FormPanel(self.form, self._save, save_text, parent=self, card=False, scrolls=True)
        box.addWidget(self.panel, 1)
        self.panel.closed.connect(self.reject)
        across = px(width or (460 if columns == 1 else 720))
        self.resize(across, self._fitting_height(across))
        self.form.complained.connect(lambda: grow(self, lambda: self._fitting_height(self.width())))
        self.form.focus_first()

    def line_below(self) -> QLabel:
        """Return an empty line between the fields and the buttons, for what follows from what is typed."""
        made = label("", "lead", self, wrap=True)
        box = self.layout()
        assert isinstance(box, QVBoxLayout)
        box.insertWidget(box.count() - 1, made)
        return made

    def _fitting_height(self, across: int) -> int:
        """Return the height at which nothing scrolls, as far as the screen has it."""
        screen = self.screen().availableGeometry().height()
        inner = across - 2 * space(5)
        heads = [label for label in self.findChildren(QLabel) if label.parent() is self]
        above = sum(max(label.heightForWidth(inner), label.sizeHint().height()) + space(3) for label in heads)
        form = max(self.form.sizeHint().height(), self.form.heightForWidth(inner))
        buttons = self.panel.save_button.sizeHint().height() + space(4)
        return min(screen - px(80), above + form + buttons + 2 * space(5) + px(12))

    def _save(self, values: dict[str, Any]) -> None:
        deed = self._deed
        self.desk.do(
            lambda book, act: deed(book, values, act),
            self._done,
            self.panel.refused,
            self,
            agreed=lambda book, act: deed(book, {**values, "agreed": True}, act),
        )

    def _done(self, value: Any) -> None:
        self.panel.done()
        then = self._then
        self.accept()
        if then is not None:
            then(value)

    def reject(self) -> None:
        """Leave; ask first when something was typed."""
        self.panel.leave_then(super().reject)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's cross asks as Esc does."""
        if self.form.dirty:
            event.ignore()
            self.reject()
        else:
            super().closeEvent(event)


class ReasonDialog(FormDialog):
    """Asks only why something is taken back: `deed(book, reason, act)` does it."""

    def __init__(
        self,
        desk: Desk,
        title: str,
        deed: Callable[[Any, str, Act], Outcome[Any]],
        then: Callable[[Any], object] | None = None,
        *,
        intro: str = "",
        save_text: str = "",
        lines: int = 2,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            desk,
            title,
            [Field("reason", N_("Lý do"), text(lines), required=True)],
            lambda book, values, act: deed(book, values["reason"], act),
            then,
            intro=intro,
            save_text=save_text,
            parent=parent,
        )
