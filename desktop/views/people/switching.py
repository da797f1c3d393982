"""Two things side by side where there is room, one below the other where there is not."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from desktop.views.kit.theme import px, space

_ANY = 16_777_215
"""Qt's "no largest width"."""


class SideBySide(QWidget):
    """`main` takes what is left beside `side`; below `least` pixels (at 100 %) `side` stands under it."""

    def __init__(
        self, main: QWidget, side: QWidget, side_width: int, least: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._main, self._side, self._side_width, self._least = main, side, side_width, least
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(space(4))
        self._box.addWidget(main, 1)
        self._box.addWidget(side, 0)
        self._turn(QBoxLayout.Direction.LeftToRight)

    def minimumSizeHint(self) -> QSize:
        """Be as narrow as the wider of the two: they can stand one below the other."""
        hint = super().minimumSizeHint()
        return QSize(
            max(self._main.minimumSizeHint().width(), self._side.minimumSizeHint().width()), hint.height()
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn when the width asks for it."""
        super().resizeEvent(event)
        needed = self._main.minimumSizeHint().width() + px(self._side_width) + space(4)
        narrow = event.size().width() < max(px(self._least), needed)
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if direction != self._box.direction():
            self._turn(direction)

    def _turn(self, direction: QBoxLayout.Direction) -> None:
        beside = direction == QBoxLayout.Direction.LeftToRight
        self._side.setMinimumWidth(px(self._side_width) if beside else 0)
        self._side.setMaximumWidth(px(self._side_width) if beside else _ANY)
        self._box.setDirection(direction)
