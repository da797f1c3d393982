"""The bare table of a `TableView`, and how its cells are drawn: states as labels, progress as a bar, stamps as boxes."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from desktop.views.kit import theme
from desktop.views.kit.columns import Stamps, State
from desktop.views.kit.row_table import STATE_ROLE
from desktop.views.kit.theme import px, space

Index = QModelIndex | QPersistentModelIndex

_LEAST_ROWS = 3
"""Rows that are seen at once however low the window is: with fewer a list cannot be read."""


class Grid(QTableView):
    """The bare table: Enter opens, Ctrl+C copies, the page keys move by screens."""

    entered_row = Signal()
    resized = Signal()

    focused = Signal()

    covered = 0
    """Pixels at the left that the first column covers while the others have moved below it (`kit.frozen`)."""

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a cell into sight, and out from under the first column."""
        super().scrollTo(index, hint)
        hidden = self.covered - self.visualRect(index).left()
        if hidden > 0:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - hidden)

    def set_lines(self, titles: int, cells: int) -> None:
        """Give all titles and all rows room for so many lines."""
        letters = self.fontMetrics()
        head = px(36) + (titles - 1) * letters.lineSpacing()
        row = max(px(34), cells * letters.lineSpacing() + px(14 if cells == 1 else 12))
        self.horizontalHeader().setFixedHeight(head)
        self.verticalHeader().setDefaultSectionSize(row)
        self.setMinimumHeight(head + (_LEAST_ROWS if cells < 3 else _LEAST_ROWS - 1) * row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell that there is other room."""
        super().resizeEvent(event)
        self.resized.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the keyboard has come."""
        super().focusInEvent(event)
        self.focused.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row, with either key."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.entered_row.emit()
            return
        super().keyPressEvent(event)


class Cells(QStyledItemDelegate):
    """Draws states as small labels: a word on a soft ground, so that colour is never the only sign."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Any) -> None:
        """Leave on one line what must not be parted: codes, days, figures."""
        super().initStyleOption(option, index)
        if not index.model().columns[index.column()].parts:
            option.features &= ~QStyleOptionViewItem.ViewItemFeature.WrapText

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        """Draw a state as what it is, anything else as Qt does."""
        state = index.data(STATE_ROLE)
        if state is None or not state.text or not (state.tone or state.part is not None):
            super().paint(painter, option, index)
            return
        if isinstance(state, Stamps):
            self._paint_stamps(painter, option, index, state)
            return
        bare = QStyleOptionViewItem(option)
        self.initStyleOption(bare, index)
        bare.text = ""
        style = option.widget.style()
        style.drawControl(style.ControlElement.CE_ItemViewItem, bare, painter, option.widget)
        width = option.fontMetrics.horizontalAdvance(state.text) + px(16)
        height = min(option.rect.height() - px(6), option.fontMetrics.height() + px(4))
        box = QRect(option.rect.left() + space(2), 0, min(width, option.rect.width() - space(3)), height)
        box.moveTop(option.rect.center().y() - height // 2)
        if state.part is not None:
            _draw_bar(painter, option, state)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = theme.theme().palette
        tone = state.tone if state.tone in ("good", "warn", "bad") else ""
        fill = getattr(ground, f"{tone}_soft") if tone else ground.stripe
        painter.setBrush(QColor(fill))
        painter.setPen(QColor(getattr(ground, tone) if tone and ground.key == "contrast" else fill))
        painter.drawRoundedRect(QRectF(box), height / 2, height / 2)
        painter.setPen(QColor(getattr(ground, state.tone, ground.muted)))
        text = option.fontMetrics.elidedText(state.text, Qt.TextElideMode.ElideRight, box.width() - px(12))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()

    def _paint_stamps(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Any, stamps: Stamps
    ) -> None:
        """Draw boxes, those stamped filled; a number stands behind them when there are more than boxes."""
        bare = QStyleOptionViewItem(option)
        self.initStyleOption(bare, index)
        bare.text = ""
        style = option.widget.style()
        style.drawControl(style.ControlElement.CE_ItemViewItem, bare, painter, option.widget)
        side = min(option.fontMetrics.height(), option.rect.height() - px(6))
        x, y = option.rect.left() + space(2), option.rect.center().y() - side // 2
        palette = theme.theme().palette
        painter.save()
        for number in range(stamps.boxes):
            box = QRect(x, y, side, side)
            painter.setPen(QColor(palette.muted))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box)
            if number < stamps.stamped:
                painter.fillRect(box.adjusted(3, 3, -2, -2), QColor(palette.accent))
            x += side + px(4)
        if stamps.stamped > stamps.boxes:
            painter.setPen(QColor(palette.text))
            painter.drawText(
                x, y, side * 4, side, Qt.AlignmentFlag.AlignVCenter, f"+{stamps.stamped - stamps.boxes}"
            )
        painter.restore()


def _draw_bar(painter: QPainter, option: QStyleOptionViewItem, state: State) -> None:
    """Draw progress: a track over the cell, filled as far as it has come, with the words beside it."""
    ground = theme.theme().palette
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    words = option.fontMetrics.horizontalAdvance(state.text) + space(2)
    room = QRect(option.rect).adjusted(space(2), 0, -space(2), 0)
    height = px(8)
    track = QRectF(room.left(), room.center().y() - height / 2, max(room.width() - words, px(20)), height)
    painter.setPen(QColor(ground.muted))
    painter.setBrush(QColor(ground.stripe))
    painter.drawRoundedRect(track, height / 2, height / 2)
    filled = QRectF(track)
    filled.setWidth(track.width() * min(max(state.part or 0.0, 0.0), 1.0))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(getattr(ground, state.tone or "accent")))
    painter.drawRoundedRect(filled, height / 2, height / 2)
    painter.setPen(QColor(ground.text))
    painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, state.text)
    painter.restore()
