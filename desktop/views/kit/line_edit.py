"""The plain line of text that amounts, days and numbers are typed in, and how an input is framed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.views.kit.theme import set_property
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

    def problem(self) -> str:
        """Return what is wrong with the text; a plain line accepts all."""
        return ""

    def set_state(self, state: str) -> None:
        """Frame the line as "bad", "warn" or "" (nothing wrong)."""
        frame_as(self, state)

    def _text_changed(self) -> None:
        self.changed.emit()
