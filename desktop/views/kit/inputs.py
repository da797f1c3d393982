"""Where people type. Text becomes a value as soon as it is there, and is shown in full when the field is left.

Every input has the same face, so that `Form` and tests need no cases:
`value()`, `set_value(value)`, `problem()` (what is wrong with what was typed, "" when nothing), `changed`,
`noted(str)` (a helpful line below: the amount in words, the weekday) and `set_state("bad" | "warn" | "")`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QDate, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
    QWidgetAction,
)

from desktop.views.kit import icons
from desktop.views.kit.columns import Words, words
from desktop.views.kit.theme import px, set_property
from resources.lang.dates import BadDay, parse_day, show_day, weekday_name
from resources.lang.dong import BadAmount, Dong, in_words, parse_dong, show_number
from resources.lang.messages import _
from resources.lang.names import fold, nfc
from resources.lang.words import OFFICIAL, WordStyle


def _set_state(widget: QWidget, state: str) -> None:
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
        _set_state(self, state)

    def _text_changed(self) -> None:
        self.changed.emit()


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
        _set_state(self, state)

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


_DAY_KEYS: dict[int, int] = {
    Qt.Key.Key_Plus: 1,
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_Minus: -1,
}
"""How far each key moves a day."""


class DayEdit(LineEdit):
    """A day, typed as 05/03/2026, 5/3, 05032026; + and - (or the arrows) move by days, PageUp/Down by months.

    `value()` is a `date` or None. `today` is what "5/3" is completed with; `past` reads two-digit years backwards.
    """

    def __init__(self, parent: QWidget | None = None, today: date | None = None, past: bool = False) -> None:
        super().__init__(parent)
        self._today = today or date.today()
        self._past = past
        self.setPlaceholderText(_("ngày/tháng/năm"))
        action = self.addAction(icons.icon("calendar", "muted"), LineEdit.ActionPosition.TrailingPosition)
        action.setText(_("Mở lịch"))
        action.setToolTip(_("Mở lịch (Alt+↓)"))
        action.triggered.connect(self.show_calendar)
        self.editingFinished.connect(self._spell_out)

    def value(self) -> date | None:
        """Return the day, None when the line is empty or no day."""
        try:
            return parse_day(self.text(), self._today, past=self._past) if self.text().strip() else None
        except BadDay:
            return None

    def set_value(self, value: Any) -> None:
        """Show a day; None empties the line."""
        if value is not None and not isinstance(value, date):
            raise TypeError(f"a day is a date, not {value!r}")
        self.setText(show_day(value) if value is not None else "")
        self._note()

    def new_day(self, old: date, new: date) -> None:
        """Follow the clock: what is typed short now means the new day, and a line that showed the old "today" moves on."""
        follows = self.value() == old
        self._today = new
        if follows:
            self.set_value(new)

    def problem(self) -> str:
        """Return the parser's sentence about what was typed."""
        if not self.text().strip():
            return ""
        try:
            parse_day(self.text(), self._today, past=self._past)
        except BadDay as bad:
            return str(bad)
        return ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the day by keys; all else is typing."""
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_Down and alt:
            self.show_calendar()
            return
        days = _DAY_KEYS.get(event.key())
        sign = event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Minus)
        # A minus inside what is being typed is a separator: 5-3-2026.
        if days is not None and not (sign and self._being_typed()):
            self._move(days)
            return
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._move(0, 1 if event.key() == Qt.Key.Key_PageUp else -1)
            return
        super().keyPressEvent(event)

    def _being_typed(self) -> bool:
        day = self.value()
        return bool(self.text()) and (day is None or show_day(day) != self.text())

    def show_calendar(self) -> None:
        """Open a small calendar below the line; choosing a day closes it."""
        day = self.value() or self._today
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget(menu)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        calendar.setAccessibleName(_("Lịch"))
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(calendar)
        menu.addAction(holder)
        calendar.activated.connect(self._picked)
        calendar.clicked.connect(self._picked)
        calendar.activated.connect(menu.close)
        calendar.clicked.connect(menu.close)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))
        calendar.setFocus()

    def _picked(self, day: QDate) -> None:
        self.set_value(date(day.year(), day.month(), day.day()))

    def _move(self, days: int, months: int = 0) -> None:
        day = self.value()
        if day is None:
            self.set_value(self._today)
            return
        moved = day + timedelta(days=days)
        if months:
            month = day.year * 12 + day.month - 1 + months
            last = QDate(month // 12, month % 12 + 1, 1).daysInMonth()
            moved = date(month // 12, month % 12 + 1, min(day.day, last))
        self.set_value(moved)

    def _text_changed(self) -> None:
        self.set_state("")
        self._note()
        super()._text_changed()

    def _note(self) -> None:
        day = self.value()
        self.noted.emit(weekday_name(day) if day is not None else "")

    def _spell_out(self) -> None:
        day = self.value()
        if day is not None:
            if show_day(day) != self.text():
                self.setText(show_day(day))
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
        _set_state(self, state)

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
        _set_state(self, state)

    def _value_changed(self, _value: int) -> None:
        self.changed.emit()


Choices = Sequence[tuple[Any, Words]]


_CHOICES_SHOWN = 14
"""Choices that are seen at once; more of them scroll."""


class Choice(QComboBox):
    """One of a few (up to some twenty): `choices` are (value, text). Typing letters finds, with or without marks."""

    changed = Signal()
    noted = Signal(str)

    def __init__(self, choices: Choices = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # The choices often come from the book, after the box was first shown: it grows with them then too.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMaxVisibleItems(_CHOICES_SHOWN)
        self._typed = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(900)
        self._pause.timeout.connect(self._forget_typed)
        self.set_choices(choices)
        self.currentIndexChanged.connect(self._index_changed)

    def sizeHint(self) -> QSize:
        """Ask for the room of the longest choice, within reason."""
        hint = super().sizeHint()
        return QSize(min(hint.width(), px(420)), hint.height())

    def minimumSizeHint(self) -> QSize:
        """Give way where room is short."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), px(120)), hint.height())

    def set_choices(self, choices: Choices) -> None:
        """Offer other values; the chosen one stays when it is among them."""
        before = self.value()
        self.blockSignals(True)
        self.clear()
        for value, text in choices:
            self.addItem(words(text))
            self.setItemData(self.count() - 1, _Held(value))
        self.blockSignals(False)
        self.set_value(before)

    def value(self) -> Any:
        """Return the chosen value, None when nothing is chosen."""
        held = self.currentData()
        return held.value if isinstance(held, _Held) else None

    def set_value(self, value: Any) -> None:
        """Choose a value; an unknown one chooses nothing (or the first, when None and nothing else fits)."""
        for place in range(self.count()):
            if self.itemData(place).value == value:
                self.setCurrentIndex(place)
                return
        self.setCurrentIndex(0 if value is None and self.count() else -1)

    def problem(self) -> str:
        """Return nothing: only what is offered can be chosen."""
        return ""

    def set_state(self, state: str) -> None:
        """Frame the box as "bad", "warn" or ""."""
        _set_state(self, state)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Find by typed letters, folding marks: "nu" finds "Nữ"."""
        text = event.text()
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        if plain and text and text.isprintable() and (text != " " or self._typed):
            self._typed += text
            self._pause.start()
            self._find_typed()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin anew: what was typed here before belongs to the row before."""
        self._forget_typed()
        super().focusInEvent(event)

    def wheelEvent(self, event: Any) -> None:
        """Leave the wheel to the page: a choice must not change while scrolling past."""
        event.ignore()

    def _find_typed(self) -> None:
        typed = fold(self._typed)
        texts = [fold(self.itemText(place)) for place in range(self.count())]
        for fits in (lambda t: t.startswith(typed), lambda t: f" {typed}" in t):
            for place, text in enumerate(texts):
                if fits(text):
                    self.setCurrentIndex(place)
                    return

    def _forget_typed(self) -> None:
        self._typed = ""

    def _index_changed(self, _index: int) -> None:
        self.changed.emit()


class _Held:
    """Keeps a Python value in an item of Qt, which would otherwise convert enums and tuples."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value


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
