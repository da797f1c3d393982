"""Inputs that only support needs."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.models.rules.support.contribution import TENTHS
from desktop.views.kit.line_edit import LineEdit
from desktop.views.kit.named_inputs import parse_decimal, show_hundredths
from resources.lang.messages import _


class TenthsEdit(LineEdit):
    """Days of labour with one decimal; the value is tenths of a day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setPlaceholderText("12,5")

    def value(self) -> int | None:
        """Return the tenths, None when the line is empty or unreadable."""
        found = parse_decimal(self.text())
        if found is None or found < 0 or (found * TENTHS).denominator != 1:
            return None
        return int(found * TENTHS)

    def set_value(self, value: Any) -> None:
        """Show tenths as days; None empties the line."""
        self.setText("" if value is None else show_hundredths(value * 10))

    def problem(self) -> str:
        """Return what is wrong with what was typed."""
        if not self.text().strip() or self.value() is not None:
            return ""
        return _("Hãy gõ số ngày công từ 0, nhiều nhất một số lẻ, ví dụ 12,5.")
