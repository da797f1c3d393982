"""What a page says when there is nothing to show: an icon, a sentence, and the deed that changes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.views.kit import icons
from desktop.views.kit.theme import dress, px, space
from resources.lang.messages import _

_SOON = 200
"""Milliseconds within which most is read: what is told only for a blink would disturb."""


class Empty(NamedTuple):
    """`advice` says what to do; `action` is (text of the button, deed)."""

    icon: str
    text: str
    advice: str = ""
    action: tuple[str, Callable[[], object]] | None = None


class EmptyState(QWidget):
    """Shows an `Empty` in the middle of its place."""

    def __init__(self, empty: Empty, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        box = QVBoxLayout(self)
        box.setContentsMargins(*[space(5)] * 4)
        box.setSpacing(space(2))
        box.addStretch(2)
        middle = Qt.AlignmentFlag.AlignHCenter
        self._icon = QLabel(self)
        self._text = QLabel(self)
        dress(self._text, "heading")
        self._advice = QLabel(self)
        dress(self._advice, "muted")
        for label in (self._text, self._advice):
            label.setWordWrap(True)
            label.setAlignment(middle)
        self._button = QPushButton(self)
        self._button.setAutoDefault(True)  # Enter presses it
        dress(self._button, "primary")
        self._button.clicked.connect(self._act)
        box.addWidget(self._icon, 0, middle)
        # In the full width: a label that wraps and is aligned as a whole would be cut after its first line.
        box.addWidget(self._text)
        box.addWidget(self._advice)
        box.addSpacing(space(2))
        box.addWidget(self._button, 0, middle)
        box.addStretch(3)
        self.set(empty)

    def set(self, empty: Empty) -> None:
        """Say something else."""
        self._empty = empty
        self._icon.setPixmap(icons.pixmap(empty.icon, px(44), "accent"))
        self._text.setText(empty.text)
        self._advice.setText(empty.advice)
        self._advice.setVisible(bool(empty.advice))
        self._button.setVisible(empty.action is not None)
        if empty.action is not None:
            self._button.setText(empty.action[0])

    def focus_target(self) -> QWidget | None:
        """Return the button of the deed, which the keyboard goes to; None where there is only something to read."""
        return self._button if self._empty.action is not None else None

    def _act(self) -> None:
        if self._empty.action is not None:
            self._empty.action[1]()


class Reading(EmptyState):
    """Says over a place that what belongs there is still being read, unless it comes at once."""

    def __init__(self, place: QWidget) -> None:
        super().__init__(Empty("clock", _("Đang đọc…")), place)
        self.hide()
        box = QVBoxLayout(place)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        self._soon.timeout.connect(self.show)

    def begin(self) -> None:
        """Reading has begun."""
        if self.isHidden():
            self._soon.start()

    def end(self) -> None:
        """What was read is there, or will not come."""
        self._soon.stop()
        self.hide()
