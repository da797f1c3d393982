"""Inputs that only livelihoods need: hours a day, a point index, several of a list, twelve months of cash.

All have the face of `kit.inputs`: value, set_value, problem, changed, noted, set_state.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.views.kit.blocks import label
from desktop.views.kit.inputs import DongEdit, Make
from desktop.views.kit.line_edit import LineEdit
from desktop.views.kit.named_inputs import CodesEdit, codes, kinds, parse_decimal, show_hundredths
from desktop.views.kit.pickers import Find, ListPicker
from desktop.views.kit.theme import space
from resources.lang.dong import show_number
from resources.lang.messages import _

__all__ = [
    "CodesEdit",
    "codes",
    "kinds",
    "parse_decimal",
    "show_hundredths",
]  # shared, used here under this name

_MINUTES = 60
MONTHS = 12


class HoursEdit(LineEdit):
    """Hours a day with a comma; the value is minutes. What no day has is left for the rule to refuse."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setPlaceholderText("0")

    def value(self) -> int | None:
        """Return the minutes, None when the line is empty or unreadable."""
        found = parse_decimal(self.text())
        return None if found is None or found < 0 else round(found * _MINUTES)

    def set_value(self, value: Any) -> None:
        """Show minutes as hours; None empties the line."""
        self.setText("" if value is None else show_hundredths(round(Fraction(value * 100, _MINUTES))))

    def problem(self) -> str:
        """Return what is wrong with what was typed."""
        if not self.text().strip() or self.value() is not None:
            return ""
        return _("Hãy gõ số giờ từ 0, dùng dấu phẩy cho phần lẻ, ví dụ 4,5.")


class PointsEdit(LineEdit):
    """An index with two decimals; the value is hundredths of a point."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setPlaceholderText("100,00")

    def value(self) -> int | None:
        """Return the hundredths, None when the line is empty or unreadable."""
        found = parse_decimal(self.text())
        return None if found is None or found < 0 else round(found * 100)

    def set_value(self, value: Any) -> None:
        """Show hundredths; None empties the line."""
        self.setText("" if value is None else show_hundredths(value))

    def problem(self) -> str:
        """Return what is wrong with what was typed."""
        if not self.text().strip() or self.value() is not None:
            return ""
        return _("Hãy gõ chỉ số, dùng dấu phẩy cho phần lẻ, ví dụ 119,87.")


class MonthsEdit(QWidget):
    """What comes in and goes out in each of twelve months; the value is a pair of tuples in đồng."""

    changed = Signal()
    noted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(space(3))
        grid.setVerticalSpacing(space(1))
        for column, text in enumerate((_("Tháng"), _("Thu (₫)"), _("Chi (₫)"), _("Còn lại (₫)"))):
            grid.addWidget(label(text, "label", self), 0, column)
        self._rows: list[tuple[DongEdit, DongEdit]] = []
        self._left = []
        for month in range(1, MONTHS + 1):
            pair = (DongEdit(self), DongEdit(self))
            grid.addWidget(label(str(month), "", self), month, 0)
            for column, (edit, name) in enumerate(
                zip(pair, (_("Thu tháng {n}"), _("Chi tháng {n}")), strict=True), start=1
            ):
                edit.setAccessibleName(name.format(n=month))
                edit.changed.connect(self.changed)
                grid.addWidget(edit, month, column)
            left = label("–", "muted", self)
            left.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(left, month, 3)
            self._left.append(left)
            self._rows.append(pair)
        for column, stretch in ((1, 2), (2, 2), (3, 2)):
            grid.setColumnStretch(column, stretch)
        self.setFocusProxy(self._rows[0][0])

    def value(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return what comes in and what goes out; an empty line is nothing."""
        return (
            tuple(pair[0].value() or 0 for pair in self._rows),
            tuple(pair[1].value() or 0 for pair in self._rows),
        )

    def set_value(self, value: tuple[Sequence[int], Sequence[int]] | None) -> None:
        """Show twelve months."""
        incomes, expenses = value or ((0,) * MONTHS, (0,) * MONTHS)
        for pair, earned, spent in zip(self._rows, incomes, expenses, strict=True):
            pair[0].set_value(earned or None)
            pair[1].set_value(spent or None)

    def show_left(self, amounts: Sequence[int]) -> None:
        """Show what is left at the end of each month; below zero it stands out."""
        from desktop.views.kit.theme import dress

        for left, amount in zip(self._left, amounts, strict=True):
            left.setText(show_number(amount))
            dress(left, "bad" if amount < 0 else "muted")

    def problem(self) -> str:
        """Return the first thing that cannot be read."""
        for month, pair in enumerate(self._rows, start=1):
            for edit in pair:
                if wrong := edit.problem():
                    return _("Tháng {n}: {wrong}").format(n=month, wrong=wrong)
        return ""

    def set_state(self, state: str) -> None:
        """Frame the lines that cannot be read."""
        for pair in self._rows:
            for edit in pair:
                edit.set_state(state if state and edit.problem() else "")


def hours() -> Make:
    """Make an `HoursEdit`."""
    return HoursEdit


def points() -> Make:
    """Make a `PointsEdit`."""
    return PointsEdit


def months() -> Make:
    """Make a `MonthsEdit`."""
    return MonthsEdit


class ActivityPicker(ListPicker):
    """Finds an activity of VSIC 2025 by name or code, with or without marks; the value is its code."""

    def __init__(self, parent: QWidget | None = None) -> None:
        from resources.activities import activities

        super().__init__([Find(one.code, f"{one.code} {one.name}") for one in activities()], parent)
        self.setPlaceholderText(_("Gõ tên hoặc mã ngành, ví dụ “heo”, “rau”, 0145"))

    def look_up(self, text: str) -> None:
        """Offer what fits, the names that begin with it first."""
        from resources.activities import find_activities

        self.offer([Find(one.code, f"{one.code} {one.name}") for one in find_activities(text)[:40]])


def vsic() -> Make:
    """Make an `ActivityPicker`."""
    return ActivityPicker


def numbered(title: str, number: int) -> Callable[[], str]:
    """Return the name of one of several like fields ("Tài sản 2"), so that those who listen can tell them apart."""
    return lambda: _(title).format(n=number)
