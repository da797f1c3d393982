"""One of a few, found by typing its letters with or without marks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QWidget

from desktop.views.kit.columns import Words, words
from desktop.views.kit.line_edit import frame_as
from desktop.views.kit.theme import px
from resources.lang.names import fold

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
        frame_as(self, state)

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
