"""A row of figures that becomes two or three rows where the window is narrow or the letters are large."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.views.kit.blocks import Figure
from desktop.views.kit.theme import px, space

_LEAST = 150
"""Pixels that a figure needs at 100 %."""


class FigureGrid(QWidget):
    """Figures side by side, as many as fit in a row, all rows filled evenly."""

    def __init__(self, items: Sequence[Figure], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items = list(items)
        self._across = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(space(3))
        for item in self._items:
            box = item.layout()
            if isinstance(box, QVBoxLayout):
                box.addStretch(1)  # names and numbers stand in one line, with a note below or without
        self._place(len(self._items))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the figures anew for the width there is."""
        super().resizeEvent(event)
        fitting = max(1, event.size().width() // (px(_LEAST) + space(3)))
        rows = -(-len(self._items) // fitting)
        self._place(-(-len(self._items) // rows))

    def _place(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        for item in self._items:
            self._grid.removeWidget(item)
        for column in range(len(self._items)):
            self._grid.setColumnStretch(column, 1 if column < across else 0)
        for place, item in enumerate(self._items):
            self._grid.addWidget(item, place // across, place % across)
