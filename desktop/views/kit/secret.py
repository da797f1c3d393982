"""The input of what nobody may read over a shoulder: a passphrase, the password of a server."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.views.kit.inputs import LineEdit


class SecretEdit(LineEdit):
    """A passphrase: not shown, and kept as typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData)

    def value(self) -> Any:
        """Return the passphrase with its spaces."""
        return self.text()


def secret(parent: QWidget) -> SecretEdit:
    """Make a `SecretEdit`."""
    return SecretEdit(parent)


__all__ = ["SecretEdit", "secret"]
