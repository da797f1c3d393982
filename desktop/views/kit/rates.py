"""Rates and periods in forms: a percent typed with a comma, what it is charged for, how far payments are apart."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.models.rules.loans.terms import PeriodUnit, RateUnit
from desktop.views.kit.inputs import Make
from desktop.views.kit.line_edit import LineEdit
from resources.lang.messages import N_, _

RATE_UNITS = [
    (RateUnit.MONTH, N_("một tháng")),
    (RateUnit.YEAR, N_("một năm")),
    (RateUnit.PERIOD, N_("mỗi kỳ trả")),
    (RateUnit.WEEK, N_("một tuần")),
    (RateUnit.DAY, N_("một ngày")),
    (RateUnit.WHOLE_TERM, N_("cả thời hạn")),
]
UNITS = [
    (PeriodUnit.MONTHS, N_("tháng")),
    (PeriodUnit.WEEKS, N_("tuần")),
    (PeriodUnit.DAYS, N_("ngày")),
    (PeriodUnit.YEARS, N_("năm")),
]

_NUMBER = re.compile(r"[-+−]?\d{1,6}([.,]\d{1,6})?")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}")


def parse_percent(text: str) -> Fraction | None:
    """Read "1,5", "1.5 %" or "-1"; None for what is no number, or could mean thousands ("1.000")."""
    bare = text.replace("%", "").strip().replace("−", "-")
    if not _NUMBER.fullmatch(bare) or _THOUSANDS.fullmatch(bare):
        return None
    return Fraction(bare.replace(",", "."))


def show_decimal(value: Fraction) -> str:
    """Return a percent as people type it: 3/2 -> "1,5"; at most six decimals."""
    scaled = round(value * 10**6)
    head, tail = divmod(abs(scaled), 10**6)
    decimals = f"{tail:06d}".rstrip("0")
    return ("-" if scaled < 0 else "") + str(head) + (f",{decimals}" if decimals else "")


class PercentEdit(LineEdit):
    """A percent with a comma or a point. `value()` is a Fraction of percents, None when empty or wrong."""

    def __init__(self, parent: QWidget | None = None, least: int = 0, most: int = 100) -> None:
        super().__init__(parent)
        self._least, self._most = least, most
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self.setPlaceholderText("0")

    def value(self) -> Fraction | None:
        """Return the percent, None when the line is empty, unreadable or out of bounds."""
        found = parse_percent(self.text())
        return found if found is not None and self._least <= found <= self._most else None

    def set_value(self, value: Any) -> None:
        """Show a percent; None empties the line."""
        self.setText("" if value is None else show_decimal(Fraction(value)))

    def problem(self) -> str:
        """Return what is wrong with what was typed."""
        if not self.text().strip() or self.value() is not None:
            return ""
        if parse_percent(self.text()) is None:
            return _("Hãy gõ số phần trăm, dùng dấu phẩy cho phần lẻ, ví dụ 1,5.")
        return _("Phải từ {least} đến {most} phần trăm.").format(least=self._least, most=self._most)


def percent(least: int = 0, most: int = 100) -> Make:
    """Make a `PercentEdit`."""
    return lambda parent: PercentEdit(parent, least, most)
