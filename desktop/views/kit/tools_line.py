"""The line of filters and buttons above a table, which goes on below where it is full: no two ever overlap."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayoutItem, QSpacerItem, QWidget, QWidgetItem

from desktop.views.kit.flow import FlowLayout
from desktop.views.kit.theme import px, space

_NARROW = 150
"""How narrow what may grow can become before the line goes on below."""


class ToolsLine(FlowLayout):
    """Like a row with stretches while there is room: what has a stretch takes it, what follows the gap stands right."""

    def __init__(self) -> None:
        super().__init__(None)
        self._growing: set[QWidget] = set()

    def addWidget(self, widget: QWidget, stretch: int = 0) -> None:
        """Add at the end; with a stretch it grows as far as it may."""
        self.insertWidget(self.count(), widget, stretch)

    def insertWidget(self, place: int, widget: QWidget, stretch: int = 0) -> None:
        """Put in at a place."""
        self.addChildWidget(widget)
        self._items.insert(place, QWidgetItem(widget))
        if stretch:
            self._growing.add(widget)
        self.invalidate()

    def addStretch(self) -> None:
        """Leave a gap: what follows stands at the right."""
        self._items.append(QSpacerItem(0, 0))

    def _wanted(self, item: QLayoutItem, width: int) -> QSize:
        """Return the size that an item needs: its own, of what grows only what is left when it is narrow."""
        size = item.sizeHint()
        least = item.minimumSize().width()
        if item.widget() in self._growing:
            size.setWidth(max(least, min(size.width(), px(_NARROW))))
        size.setWidth(max(min(size.width(), width), least))
        return size

    def _rows(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        rows: list[list[tuple[QLayoutItem, QSize]]] = []
        left = 0
        for item in self._items:
            gap = isinstance(item, QSpacerItem)
            if item.isEmpty() and not gap:
                continue
            size = QSize(0, 0) if gap else self._wanted(item, width)
            if not rows or size.width() > left:
                rows.append([])
                left = width
            rows[-1].append((item, size))
            left -= 0 if gap else size.width() + self.spacing()
        for row in rows:
            self._share_out(row, width)
        return rows

    def _share_out(self, row: list[tuple[QLayoutItem, QSize]], width: int) -> None:
        """Give the room that is left in a row to what grows, then to the gap."""
        shown = [size for item, size in row if not isinstance(item, QSpacerItem)]
        left = width - sum(size.width() for size in shown) - self.spacing() * max(0, len(shown) - 1)
        for item, size in row:
            if item.widget() in self._growing and left > 0:
                more = min(left, max(0, item.maximumSize().width() - size.width()))
                size.setWidth(size.width() + more)
                left -= more
        for item, size in row:
            if isinstance(item, QSpacerItem):
                size.setWidth(max(0, left) if item is not row[-1][0] else 0)


class ToolsBar(QWidget):
    """Holds the line and, at the right end of its first row, one button; it is as high as its rows.

    It sets its height itself: a widget whose height hangs on its width would make Qt give the table below a least
    height, and pages that fit a small screen would no longer do so.
    """

    def __init__(self, line: ToolsLine, parent: QWidget) -> None:
        super().__init__(parent)
        self._beside = QHBoxLayout(self)
        self._beside.setContentsMargins(space(3), space(2), space(2), space(2))
        self._beside.setSpacing(space(2))
        self._beside.addLayout(line, 1)

    def add_last(self, widget: QWidget) -> None:
        """Put a button at the right end of the first row."""
        self._beside.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)

    def hasHeightForWidth(self) -> bool:
        """See the class."""
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height of the rows at this width."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Take another height when something appeared or went."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return done

    def _fit(self) -> None:
        high = self._beside.totalHeightForWidth(self.width())
        if high > 0 and high != self.maximumHeight():
            self.setFixedHeight(high)
