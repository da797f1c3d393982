"""The plain line of text that amounts, days and numbers are typed in, and how an input is framed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from desktop.views.kit import icons
from desktop.views.kit.theme import px, set_property
from resources.lang.messages import _
from resources.lang.names import nfc


def frame_as(widget: QWidget, state: str) -> None:
    """Frame an input as "bad", "warn" or "" (nothing wrong)."""
    if widget.property("state") == state:
        return
    set_property(widget, "state", state)


class LineEdit(QLineEdit):
    """A line of text. Its value is NFC, without spaces around."""

    changed = Signal()
    noted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.textChanged.connect(self._text_changed)

    def value(self) -> Any:
        """Return the text in NFC without spaces around."""
        return nfc(self.text()).strip()

    def set_value(self, value: Any) -> None:
        """Show a text; None empties the line."""
        self.setText(nfc(str(value)) if value is not None else "")
        self.setCursorPosition(0)

    def mark(self, icon: str) -> None:
        """Show at the left what the line is for."""
        made = EdgeButton(self, icon, leading=True)
        made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        made.setAccessibleName(self.accessibleName() or self.placeholderText())

    def put_button(self, icon: str, text: str, note: str, run: Callable[[], object]) -> QToolButton:
        """Put a button for the mouse at the right; `note` tells the key that does the same."""
        made = EdgeButton(self, icon)
        made.setAccessibleName(text)
        made.setToolTip(note)
        made.clicked.connect(lambda _checked=False: run())
        return made

    def allow_clearing(self) -> None:
        """Offer to empty the line while something stands in it."""
        made = self.put_button("close", _("Xóa chữ trong ô"), _("Xóa chữ trong ô"), self._clear_by_hand)
        made.setVisible(bool(self.text()))
        self.textChanged.connect(lambda text: made.setVisible(bool(text)))

    def _clear_by_hand(self) -> None:
        self.clear()
        self.textEdited.emit("")

    def problem(self) -> str:
        """Return what is wrong with the text; a plain line accepts all."""
        return ""

    def set_state(self, state: str) -> None:
        """Frame the line as "bad", "warn" or "" (nothing wrong)."""
        frame_as(self, state)

    def _text_changed(self) -> None:
        self.changed.emit()


class EdgeButton(QToolButton):
    """A picture at the edge of a line, as large as its letters: those of Qt's own stay at 16 pixels."""

    def __init__(self, line: QLineEdit, icon: str, *, leading: bool = False) -> None:
        super().__init__(line)
        self._leading = leading
        side = px(18)
        self.setIcon(icons.icon(icon, "muted"))
        self.setIconSize(QSize(side, side))
        self.setFixedSize(side + px(4), side + px(4))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        margins = line.textMargins()
        if leading:
            margins.setLeft(margins.left() + self.width())
        else:
            margins.setRight(margins.right() + self.width())
        line.setTextMargins(margins)
        line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep to the edge of the line."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QLineEdit):
            room = px(5)
            across = room if self._leading else watched.width() - self.width() - room
            self.move(across, (watched.height() - self.height()) // 2)
        return False
