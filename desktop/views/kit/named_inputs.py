"""Numbers with a comma, and choices among words that carry their own name: inputs that several pages share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Any, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.views.kit.inputs import CheckBox, Make
from desktop.views.kit.theme import space
from resources.lang.dong import show_number

_NUMBER = re.compile(r"-?\d{1,5}([.,]\d{1,2})?")


class Named(Protocol):
    """A word with the name that people read."""

    @property
    def title(self) -> str:
        """Return the name to show."""


def parse_decimal(text: str) -> Fraction | None:
    """Read "4,5" or "4.5"; None for what is no number."""
    bare = text.strip().replace("−", "-")
    return Fraction(bare.replace(",", ".")) if _NUMBER.fullmatch(bare) else None


def show_hundredths(value: int) -> str:
    """Return hundredths as people write them: 450 -> "4,5"."""
    whole, rest = divmod(abs(value), 100)
    decimals = f"{rest:02d}".rstrip("0")
    return ("−" if value < 0 else "") + show_number(whole) + (f",{decimals}" if decimals else "")


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


def codes(words: Iterable[Named], across: int = 2) -> Make:
    """Make a `CodesEdit`."""
    kept = list(words)
    return lambda parent: CodesEdit(kept, across, parent)


def kinds(words: Iterable[Named]) -> Callable[[], list[tuple[Any, str]]]:
    """Return the choices of a list of words, looked up when the form is built."""
    kept = list(words)
    return lambda: [(word, word.title) for word in kept]
