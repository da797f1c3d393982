"""Things side by side that go on below where the row is full: buttons, steps, filters at 200 %."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSpacerItem, QWidget

from desktop.views.kit.theme import space

_Wish = tuple[QLayoutItem, QSize, QSize]


class FlowLayout(QLayout):
    """Places widgets from the left, each as wide as it likes, in as many rows as it takes.

    Qt asks for the height at a width again and again while it settles a page: what the things want is kept until
    one of them says that it has changed (`invalidate`), as Qt's own layouts do.
    """

    def __init__(self, parent: QWidget | None = None, gap: int = 2) -> None:
        self._items: list[QLayoutItem] = []
        self._wishes: list[_Wish] | None = None
        self._heights: dict[int, int] = {}
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(space(gap))

    def addItem(self, item: QLayoutItem) -> None:
        """Add at the end."""
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        """Return how many things there are."""
        return len(self._items)

    def itemAt(self, place: int) -> QLayoutItem | None:
        """Return the thing at a place."""
        return self._items[place] if 0 <= place < len(self._items) else None

    def takeAt(self, place: int) -> QLayoutItem | None:
        """Take the thing at a place out."""
        if not 0 <= place < len(self._items):
            return None
        item = self._items.pop(place)
        self.invalidate()
        return item

    def invalidate(self) -> None:
        """Forget what the things want: one of them has changed."""
        self._wishes = None
        self._heights.clear()
        super().invalidate()

    def expandingDirections(self) -> Qt.Orientation:
        """Take no more room than needed."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Tell that a narrow row is a high one."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all rows at a width."""
        if width not in self._heights:
            self._heights[width] = self._place(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def setGeometry(self, room: QRect) -> None:
        """Place everything in a rectangle."""
        super().setGeometry(room)
        self._place(room, move=True)

    def sizeHint(self) -> QSize:
        """Ask for one row."""
        hints = [hint for _item, hint, _least in self._wished()]
        wide = sum(hint.width() for hint in hints) + self.spacing() * max(0, len(hints) - 1)
        return QSize(wide, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        """Be as narrow as the widest thing."""
        size = QSize()
        for _item, _hint, least in self._wished():
            size = size.expandedTo(least)
        return size

    def _wished(self) -> list[_Wish]:
        """Return what is shown, with the size that each likes and the least that it can do with."""
        if self._wishes is None:
            shown = [item for item in self._items if not item.isEmpty()]
            self._wishes = [(item, item.sizeHint(), item.minimumSize()) for item in shown]
        return self._wishes

    def _place(self, room: QRect, *, move: bool) -> int:
        """Place what is shown row by row, in the middle of its row; return the height of all rows."""
        y, rows = room.y(), self._rows(room.width())
        for row in rows:
            high = max(size.height() for _item, size in row)
            x = room.x()
            for item, size in row:
                if move:
                    item.setGeometry(QRect(QPoint(x, y + (high - size.height()) // 2), size))
                # A gap that grows is itself the room between its neighbours.
                x += size.width() + (0 if isinstance(item, QSpacerItem) else self.spacing())
            y += high + self.spacing()
        return max(0, y - self.spacing() - room.y()) if rows else 0

    def _rows(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """Return what stands in each row, with its size."""
        rows: list[list[tuple[QLayoutItem, QSize]]] = []
        left = 0
        for item, hint, least in self._wished():
            size = QSize(max(min(hint.width(), width), least.width()), hint.height())
            if not rows or size.width() > left:
                rows.append([])
                left = width
            rows[-1].append((item, size))
            left -= size.width() + self.spacing()
        return rows
