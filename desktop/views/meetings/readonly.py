"""Lines that may be typed into or only read, and look like it."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit


def set_readonly(edit: QLineEdit | QPlainTextEdit, readonly: bool) -> None:
    """Let a line be typed into or not; the style sheet is asked again, for it shows the difference."""
    if edit.isReadOnly() != readonly:
        edit.setReadOnly(readonly)
        edit.style().unpolish(edit)
        edit.style().polish(edit)
