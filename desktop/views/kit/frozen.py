"""The first column of a table stays in sight when the others move sideways: who a figure is of must be seen beside it.

It is drawn over the table, not a second table: the keyboard and screen readers meet every cell once.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle, QStyleOptionHeader, QStyleOptionViewItem, QWidget

from desktop.views.kit.table_grid import Grid
from desktop.views.kit.theme import colour


class FrozenColumn(QObject):
    """Lays the first seen column of a grid over what has moved below it; nothing while nothing has moved."""

    def __init__(self, grid: Grid) -> None:
        super().__init__(grid)
        self.grid = grid
        self.cells, self.title = _Cells(grid), _Title(grid)
        grid.horizontalScrollBar().valueChanged.connect(self.place)
        grid.horizontalHeader().sectionResized.connect(self.place)
        grid.horizontalHeader().sectionMoved.connect(self.place)
        grid.verticalScrollBar().valueChanged.connect(self.cells.update)
        grid.viewport().installEventFilter(self)
        grid.horizontalHeader().viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the grid and draw anew with it: a hover or a choice changes cells on both."""
        if event.type() == QEvent.Type.Resize:
            self.place()
        elif event.type() == QEvent.Type.Paint:
            (self.cells if watched is self.grid.viewport() else self.title).update()
        return False

    def place(self) -> None:
        """Cover as much as the column takes, or hide."""
        grid, first = self.grid, first_column(self.grid)
        moved = first >= 0 and grid.horizontalScrollBar().value() > 0
        wide = min(grid.columnWidth(first), grid.viewport().width() // 2) if moved else 0
        for widget, high in (
            (self.cells, grid.viewport().height()),
            (self.title, grid.horizontalHeader().height()),
        ):
            widget.setGeometry(0, 0, wide, high)
            widget.setVisible(moved)
        grid.covered = wide


def first_column(grid: Grid) -> int:
    """Return the column that stands first and is seen, -1 where there is none."""
    header = grid.horizontalHeader()
    places = (header.logicalIndex(visual) for visual in range(header.count()))
    return next((place for place in places if not grid.isColumnHidden(place)), -1)


class _Cells(QWidget):
    """The cells of the first column; what is done with the mouse there goes to the rows below."""

    def __init__(self, grid: Grid) -> None:
        super().__init__(grid.viewport())
        self.grid = grid
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(
            Qt.WidgetAttribute.WA_OpaquePaintEvent
        )  # else each drawing would ask for the table's again
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the cells of the rows in sight as the table draws them, and the edge over the others."""
        grid, first, painter = self.grid, first_column(self.grid), QPainter(self)
        painter.fillRect(self.rect(), colour("surface"))
        row = grid.rowAt(0)
        while 0 <= row < grid.model().rowCount() and grid.rowViewportPosition(row) < self.height():
            self._draw(painter, row, first)
            row += 1
        painter.setPen(colour("control"))
        painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())

    def _draw(self, painter: QPainter, row: int, column: int) -> None:
        grid, index = self.grid, self.grid.model().index(row, column)
        option = QStyleOptionViewItem()
        grid.initViewItemOption(option)
        option.rect = QRect(0, grid.rowViewportPosition(row), self.width() - 1, grid.rowHeight(row))
        if grid.selectionModel().isSelected(index):
            option.state |= QStyle.StateFlag.State_Selected
        if grid.hasFocus() and grid.currentIndex() == index:
            option.state |= QStyle.StateFlag.State_HasFocus
        grid.itemDelegate().paint(painter, option, index)


class _Title(QWidget):
    """The title of the first column; a click on it sorts, as on every title."""

    def __init__(self, grid: Grid) -> None:
        super().__init__(grid.horizontalHeader().viewport())
        self.grid = grid
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the title as the header draws it."""
        header, first, painter = self.grid.horizontalHeader(), first_column(self.grid), QPainter(self)
        painter.fillRect(self.rect(), colour("surface"))
        option = QStyleOptionHeader()
        option.initFrom(header)
        option.rect = self.rect().adjusted(0, 0, -1, 0)
        option.section = first
        model, across = self.grid.model(), Qt.Orientation.Horizontal
        option.text = str(model.headerData(first, across) or "")
        option.textAlignment = Qt.AlignmentFlag(
            model.headerData(first, across, Qt.ItemDataRole.TextAlignmentRole)
        )
        header.style().drawControl(QStyle.ControlElement.CE_Header, option, painter, header)
        painter.setPen(colour("control"))
        painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep the press, which the title hidden below would take for its own."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Sort by the column, as a click on its title does."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.grid.horizontalHeader().sectionClicked.emit(first_column(self.grid))
