"""How a cell of the sheet looks and how one types into it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.models.kinds import Attendance
from desktop.views.kit import icons
from desktop.views.kit.theme import colour, px, space, theme
from desktop.views.meetings.sheet_headers import bold
from desktop.views.meetings.sheet_model import (
    ATTENDANCE,
    ATTENDANCE_ROLE,
    BALANCE,
    NOTE,
    STATE_ROLE,
    TOTAL,
    GridColumn,
    SheetModel,
)

MOST_LETTERS = 60
MOST_NOTE = 200

_CHIPS = {
    Attendance.PRESENT: ("", "text"),
    Attendance.LATE: ("warn_soft", "warn"),
    Attendance.ABSENT: ("bad_soft", "bad"),
    Attendance.EXCUSED: ("stripe", "muted"),
    Attendance.REPRESENTED: ("accent_soft", "on_soft"),
}

MOVES = {
    Qt.Key.Key_Return: "down",
    Qt.Key.Key_Enter: "down",
    Qt.Key.Key_Tab: "next",
    Qt.Key.Key_Backtab: "previous",
    Qt.Key.Key_Down: "down",
    Qt.Key.Key_Up: "up",
}


class CellEdit(QLineEdit):
    """The line that opens in a cell. `quick`: opened by typing, so that left and right leave the cell too."""

    def __init__(self, parent: QWidget, *, figures: bool) -> None:
        super().__init__(parent)
        self.quick = False
        self.setFrame(False)
        self.setMaxLength(MOST_LETTERS if figures else MOST_NOTE)
        if figures:
            self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.setInputMethodHints(
                Qt.InputMethodHint.ImhPreferNumbers | Qt.InputMethodHint.ImhNoPredictiveText
            )
        p = theme().palette
        # The cell is lower than a line of a form: no padding, and a frame that says "typing here".
        self.setStyleSheet(
            f"QLineEdit {{ background: {p.surface}; color: {p.text}; border: {p.ring}px solid {p.focus};"
            f" border-radius: 0; padding: 0 {space(1)}px; min-height: 0;"
            f" selection-background-color: {p.accent}; selection-color: {p.on_accent}; }}"
        )


class KeyGate(QObject):
    """Stands before the delegate's own filter: the keys that leave a cell are ours, all else passes.

    A filter of its own, because overriding the delegate's and calling up crashes while windows are destroyed.
    """

    left = Signal(object, str)
    """(editor, way): a key leaves the editor."""

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Catch Enter, Tab and the arrows in an open editor."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(editor, CellEdit):
            return False
        way = way_out(editor, event) if isinstance(event, QKeyEvent) else ""
        if way:
            self.left.emit(editor, way)
        return bool(way)


def way_out(editor: CellEdit, event: QKeyEvent) -> str:
    """Return where a key leads out of an editor, "" when it stays inside."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if held == Qt.KeyboardModifier.ControlModifier and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return "post"  # caught here: the delegate would close the editor a second time
    if held & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
        return ""
    key = Qt.Key(event.key())
    shifted = bool(held & Qt.KeyboardModifier.ShiftModifier)
    if shifted and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return "up"
    if editor.quick and not shifted and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
        return "left" if key == Qt.Key.Key_Left else "right"
    return MOVES.get(key, "")


class SheetDelegate(QStyledItemDelegate):
    """Paints cells in the theme's colours and opens a line for typing."""

    moved = Signal(str)
    """An editor was left by a key: "down", "up", "next", "previous", "left" or "right"."""
    typed = Signal()
    """A keystroke in an open editor."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._gate = KeyGate(self)
        self._gate.left.connect(self._leave)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        """Draw ground, text or chip, the mark of a problem and the frame of the current cell."""
        model = index.model()
        if not isinstance(model, SheetModel):
            super().paint(painter, option, index)
            return
        view = option.widget
        here = view.currentIndex() if isinstance(view, QTableView) else index
        column = model.columns[index.column()]
        state = index.data(STATE_ROLE)
        painter.save()
        painter.fillRect(option.rect, self._ground(model, column, index, here.row() == index.row(), state))
        painter.setPen(colour("line"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.drawLine(option.rect.topRight(), option.rect.bottomRight())
        if column.key == ATTENDANCE:
            self._chip(painter, option, index)
        else:
            self._text(painter, option, index, column, state)
        if state:
            self._mark(painter, option.rect, state, at_left=column.figures)
        if here == index:
            self._frame(painter, option)
        painter.restore()

    def _ground(self, model: SheetModel, column: GridColumn, index: Any, current: bool, state: str) -> QColor:
        if state == "bad":
            return colour("bad_soft")
        if state == "warn":
            return colour("warn_soft")
        if current:
            return colour("accent_soft")
        takes_part = Attendance(index.data(ATTENDANCE_ROLE)).takes_part
        return colour("surface") if column.editable and takes_part else colour("stripe")

    def _chip(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        fill, tone = _CHIPS[Attendance(index.data(ATTENDANCE_ROLE))]
        text = str(index.data())
        letters = option.fontMetrics
        height = min(option.rect.height() - px(6), letters.height() + px(2))
        width = min(letters.horizontalAdvance(text) + px(14), option.rect.width() - space(2))
        box = QRect(option.rect.left() + space(1), 0, width, height)
        box.moveTop(option.rect.center().y() - height // 2)
        if fill:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(colour(fill))
            painter.setPen(QPen(colour(tone), 1))
            painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), height / 2, height / 2)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setFont(bold(option.font) if fill else option.font)
        painter.setPen(colour(tone))
        side = Qt.AlignmentFlag.AlignCenter
        words = QRect(box.left(), option.rect.top(), box.width(), option.rect.height())
        painter.drawText(words, side, text)

    def _text(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Any, column: GridColumn, state: str
    ) -> None:
        text = str(index.data() or "")
        box = option.rect.adjusted(space(2), 0, -space(2), 0)
        tone = "text"
        if column.key == BALANCE:
            tone = "muted"
        elif state == "bad" or text.startswith("−"):
            tone = "bad"
        painter.setFont(bold(option.font) if column.key == TOTAL else option.font)
        painter.setPen(colour(tone))
        side = Qt.AlignmentFlag.AlignRight if column.figures else Qt.AlignmentFlag.AlignLeft
        letters = painter.fontMetrics()
        painter.drawText(
            box,
            side | Qt.AlignmentFlag.AlignVCenter,
            letters.elidedText(text, Qt.TextElideMode.ElideRight, box.width()),
        )

    def _mark(self, painter: QPainter, rect: QRect, state: str, *, at_left: bool) -> None:
        """Draw a sign at the edge, so that a wrong cell is known without its colour."""
        side = px(14)
        x = rect.left() + px(3) if at_left else rect.right() - side - px(3)
        picture = icons.pixmap(
            "error" if state == "bad" else "warning", side, "bad" if state == "bad" else "warn"
        )
        painter.drawPixmap(QRect(x, rect.center().y() - side // 2, side, side), picture)

    def _frame(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        ring = theme().palette.ring
        focused = bool(option.state & QStyle.StateFlag.State_Active) and (
            option.widget is None or option.widget.hasFocus() or option.widget.focusWidget() is option.widget
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour("focus" if focused else "control"), ring))
        inset = ring // 2
        painter.drawRect(option.rect.adjusted(inset, inset, -inset - 1, -inset - 1))

    # -- typing ----------------------------------------------------------------------------------------

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Any) -> QWidget:
        """Open a line in a cell."""
        model = index.model()
        column = model.columns[index.column()]
        edit = CellEdit(parent, figures=column.key != NOTE)
        edit.setAccessibleName(f"{model.member(index.row()).name}, {column.title}")
        edit.textEdited.connect(self._edited)
        edit.cursorPositionChanged.connect(self._cursor)
        return edit

    def setEditorData(self, editor: QWidget, index: Any) -> None:
        """Show what stands in the cell; not again while somebody types."""
        if isinstance(editor, CellEdit) and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()
            # Installed last, it is asked first: before the delegate, which knows other ways for Tab and Enter.
            editor.installEventFilter(self._gate)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Any) -> None:
        """Hand the typed text to the sheet; an untouched cell stays as it is."""
        if isinstance(editor, CellEdit) and editor.isModified():
            model.setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Any) -> None:
        """Cover the cell."""
        editor.setGeometry(option.rect)

    def _leave(self, editor: CellEdit, way: str) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        self.moved.emit(way)

    def _edited(self, _text: str) -> None:
        self.typed.emit()

    def _cursor(self, _old: int, _new: int) -> None:
        self.typed.emit()
