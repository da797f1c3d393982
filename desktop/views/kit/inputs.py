"""Where people type, and how a form makes each input. Text becomes a value as soon as it is there, and is shown in
full when the field is left.

Every input has the same face, so that `Form` and tests need no cases:
`value()`, `set_value(value)`, `problem()` (what is wrong with what was typed, "" when nothing), `changed`,
`noted(str)` (a helpful line below: the amount in words, the weekday) and `set_state("bad" | "warn" | "")`.
`kit/day_edit.py` and `kit/choice_box.py` hold the two that are more than a line.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QSpinBox, QWidget

from desktop.views.kit.choice_box import Choice, Choices
from desktop.views.kit.columns import Words, words
from desktop.views.kit.day_edit import DayEdit
from desktop.views.kit.line_edit import LineEdit, frame_as
from resources.lang.dong import BadAmount, Dong, in_words, parse_dong, show_number
from resources.lang.messages import _
from resources.lang.names import nfc
from resources.lang.words import OFFICIAL, WordStyle


class TextEdit(QPlainTextEdit):
    """Several lines of text; Tab leaves it."""

    changed = Signal()
    noted = Signal(str)

    def __init__(self, parent: QWidget | None = None, lines: int = 3) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + 28)
        self.textChanged.connect(self._text_changed)

    def value(self) -> str:
        """Return the text in NFC without spaces around."""
        return nfc(self.toPlainText()).strip()

    def set_value(self, value: Any) -> None:
        """Show a text; None empties it."""
        self.setPlainText(nfc(str(value)) if value is not None else "")

    def problem(self) -> str:
        """Return what is wrong; plain text accepts all."""
        return ""

    def set_state(self, state: str) -> None:
        """Frame the box as "bad", "warn" or ""."""
        frame_as(self, state)

    def _text_changed(self) -> None:
        self.changed.emit()


class DongEdit(LineEdit):
    """An amount of đồng: 50k, 1tr, 1,5tr, 50.000 are understood; on leaving the whole number is shown.

    `value()` is a `Dong` or None when the line is empty or wrong; `problem()` is the sentence of the parser.
    """

    def __init__(
        self, parent: QWidget | None = None, style: WordStyle = OFFICIAL, words_from: int = 0
    ) -> None:
        super().__init__(parent)
        self._style = style
        self._words_from = words_from
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setPlaceholderText("0")
        self.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self.editingFinished.connect(self._spell_out)

    def value(self) -> Dong | None:
        """Return the amount, None when the line is empty or no amount."""
        try:
            return parse_dong(self.text()) if self.text().strip() else None
        except BadAmount:
            return None

    def set_value(self, value: Any) -> None:
        """Show an amount; None empties the line. Refuses what is no int."""
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            raise TypeError(f"an amount is an int of đồng, not {value!r}")
        self.setText("" if value is None else show_number(value))
        self._note()

    def problem(self) -> str:
        """Return the parser's sentence about what was typed."""
        if not self.text().strip():
            return ""
        try:
            parse_dong(self.text())
        except BadAmount as bad:
            return str(bad)
        return ""

    def _text_changed(self) -> None:
        self.set_state("")
        self._note()
        super()._text_changed()

    def _note(self) -> None:
        amount = self.value()
        spelt = in_words(amount, self._style) if amount is not None and amount >= self._words_from else ""
        self.setToolTip(spelt)
        self.noted.emit(spelt)

    def _spell_out(self) -> None:
        amount = self.value()
        if amount is not None:
            full = show_number(amount)
            if full != self.text():
                self.setText(full)
        elif self.problem():
            self.set_state("bad")
            self.setToolTip(self.problem())


class NumberEdit(LineEdit):
    """A whole number between bounds (members, shares, years); never money."""

    def __init__(self, parent: QWidget | None = None, least: int = 0, most: int = 999_999) -> None:
        super().__init__(parent)
        self._least, self._most = least, most
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)

    def value(self) -> int | None:
        """Return the number, None when the line is empty or out of bounds."""
        text = self.text().strip().replace(".", "")
        if not (text.isascii() and text.isdigit()) or len(text) > 12:
            return None
        return int(text) if self._least <= int(text) <= self._most else None

    def set_value(self, value: Any) -> None:
        """Show a number; None empties the line."""
        self.setText("" if value is None else str(int(value)))

    def problem(self) -> str:
        """Return what is wrong with what was typed."""
        if not self.text().strip() or self.value() is not None:
            return ""
        return _("Hãy nhập số nguyên từ {least} đến {most}.").format(
            least=show_number(self._least), most=show_number(self._most)
        )


class CheckBox(QCheckBox):
    """Yes or no."""

    changed = Signal()
    noted = Signal(str)

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.toggled.connect(self._toggled)

    def value(self) -> bool:
        """Return whether it is ticked."""
        return self.isChecked()

    def set_value(self, value: Any) -> None:
        """Tick or clear it."""
        self.setChecked(bool(value))

    def problem(self) -> str:
        """Return nothing: a tick is always right."""
        return ""

    def set_state(self, state: str) -> None:
        """Frame the box as "bad", "warn" or ""."""
        frame_as(self, state)

    def _toggled(self, _on: bool) -> None:
        self.changed.emit()


class Spin(QSpinBox):
    """A small whole number with arrows (percent, copies); never money."""

    changed = Signal()
    noted = Signal(str)

    def __init__(self, parent: QWidget | None = None, least: int = 0, most: int = 100, step: int = 1) -> None:
        super().__init__(parent)
        self.setRange(least, most)
        self.setSingleStep(step)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.valueChanged.connect(self._value_changed)

    def set_value(self, value: Any) -> None:
        """Show a number."""
        self.setValue(int(value or 0))

    def problem(self) -> str:
        """Return nothing: the bounds are kept by the box."""
        return ""

    def set_state(self, state: str) -> None:
        """Frame the box as "bad", "warn" or ""."""
        frame_as(self, state)

    def _value_changed(self, _value: int) -> None:
        self.changed.emit()


Make = Callable[[QWidget], Any]
"""Makes an input when the form is built, for example `dong()` or `choice([(…)])`."""


def line(hint: Words = "", length: int = 200) -> Make:
    """Make a `LineEdit` of at most `length` letters."""

    def make(parent: QWidget) -> LineEdit:
        made = LineEdit(parent)
        made.setMaxLength(length)
        made.setPlaceholderText(words(hint))
        return made

    return make


def text(lines: int = 3) -> Make:
    """Make a `TextEdit` of so many lines."""
    return lambda parent: TextEdit(parent, lines)


def dong(words_from: int = 0, style: WordStyle = OFFICIAL) -> Make:
    """Make a `DongEdit`; amounts from `words_from` đồng are shown in words below."""
    return lambda parent: DongEdit(parent, style, words_from)


def day(past: bool = False) -> Make:
    """Make a `DayEdit`; `past` for birth dates."""
    return lambda parent: DayEdit(parent, past=past)


def number(least: int = 0, most: int = 999_999) -> Make:
    """Make a `NumberEdit`."""
    return lambda parent: NumberEdit(parent, least, most)


def spin(least: int = 0, most: int = 100, step: int = 1) -> Make:
    """Make a `Spin`."""
    return lambda parent: Spin(parent, least, most, step)


def choice(choices: Choices | Callable[[], Choices]) -> Make:
    """Make a `Choice` of (value, text) pairs, or of a function that gives them."""
    return lambda parent: Choice(choices() if callable(choices) else choices, parent)


def check(label: Words = "") -> Make:
    """Make a `CheckBox`; its own text stands beside the box."""
    return lambda parent: CheckBox(words(label), parent)
