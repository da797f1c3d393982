"""Inputs that only livelihoods need: hours a day, a point index, several of a list, twelve months of cash.

All have the face of `kit.inputs`: value, set_value, problem, changed, noted, set_state.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.models.livelihood_kinds import Named
from desktop.views.kit.blocks import label
from desktop.views.kit.inputs import CheckBox, DongEdit, LineEdit, Make
from desktop.views.kit.pickers import Find, ListPicker
from desktop.views.kit.theme import space
from resources.lang.dong import show_number
from resources.lang.messages import _

_NUMBER = re.compile(r"-?\d{1,5}([.,]\d{1,2})?")
_MINUTES = 60
MONTHS = 12


def parse_decimal(text: str) -> Fraction | None:
    """Read "4,5" or "4.5"; None for what is no number."""
    bare = text.strip().replace("−", "-")
    return Fraction(bare.replace(",", ".")) if _NUMBER.fullmatch(bare) else None


def show_hundredths(value: int) -> str:
    """Return hundredths as people write them: 450 -> "4,5"."""
    whole, rest = divmod(abs(value), 100)
    decimals = f"{rest:02d}".rstrip("0")
    return ("−" if value < 0 else "") + show_number(whole) + (f",{decimals}" if decimals else "")


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


class CodesEdit(QWidget):
    """Several of a list, each a box to tick; the value is a tuple of members in the order of the list."""

    changed = Signal()
    noted = Signal(str)

    def __init__(self, words: Iterable[Named], across: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: list[tuple[Named, CheckBox]] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(space(4))
        grid.setVerticalSpacing(space(1))
        for place, word in enumerate(words):
            box = CheckBox(word.title, self)
            box.setAccessibleName(word.title)
            box.changed.connect(self.changed)
            grid.addWidget(box, place // across, place % across)
            self._boxes.append((word, box))
        if self._boxes:
            self.setFocusProxy(self._boxes[0][1])

    def value(self) -> tuple[Named, ...]:
        """Return what is ticked."""
        return tuple(word for word, box in self._boxes if box.value())

    def set_value(self, value: Sequence[Named] | None) -> None:
        """Tick these, clear the others."""
        for word, box in self._boxes:
            box.set_value(word in (value or ()))

    def problem(self) -> str:
        """Return nothing: any choice can be read."""
        return ""

    def set_state(self, state: str) -> None:
        """Nothing to frame: the problem stands below."""


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


def codes(words: Iterable[Named], across: int = 2) -> Make:
    """Make a `CodesEdit`."""
    kept = list(words)
    return lambda parent: CodesEdit(kept, across, parent)


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


def kinds(words: Iterable[Named]) -> Callable[[], list[tuple[Any, str]]]:
    """Return the choices of a list of words, looked up when the form is built."""
    kept = list(words)
    return lambda: [(word, word.title) for word in kept]


def numbered(title: str, number: int) -> Callable[[], str]:
    """Return the name of one of several like fields ("Tài sản 2"), so that those who listen can tell them apart."""
    return lambda: _(title).format(n=number)
