"""The table of the sheet under the hands of a clerk: everything by keys, nothing that needs a mouse."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QVBoxLayout, QWidget

from desktop.models.kinds import Attendance
from desktop.views.kit.theme import dress
from desktop.views.meetings.draft_text import Cursor
from desktop.views.meetings.sheet_delegate import MOST_LETTERS, MOST_NOTE, MOVES, CellEdit, SheetDelegate
from desktop.views.meetings.sheet_draft import SheetDraft, Spot
from desktop.views.meetings.sheet_headers import (
    NAME_CLOSE,
    NAME_WIDE,
    ColumnHeader,
    CornerTitle,
    MemberHeader,
    TotalsRow,
)
from desktop.views.meetings.sheet_keys import LETTERS, key_name
from desktop.views.meetings.sheet_model import ATTENDANCE, BALANCE, NOTE, TOTAL, Index, SheetModel
from desktop.views.meetings.sheet_state import with_cell, with_note
from desktop.views.meetings.sheet_widths import needed_widths, usual_widths
from resources.lang.messages import _


class SheetView(QTableView):
    """Enter goes down, Tab right (and on to the next row), typing replaces, Space goes round the attendance."""

    left_forward = Signal()
    """Tab on the last cell: on to what follows the table."""
    left_back = Signal()
    key_asked = Signal(str)
    """A key that concerns the whole sheet: "fill", "post", "problem", "count", "details", "find", "undo", "redo"."""
    moved_on = Signal()
    """The current cell or the text in an open editor is another."""
    model_type: type[SheetModel] = SheetModel
    """What the table shows: the sheet of a class has a model of its own."""

    def __init__(self, draft: SheetDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.draft = draft
        self.sheet_model = self.model_type(draft, self)
        self.cells = SheetDelegate(self)
        self.members = MemberHeader(self)
        self._corner = CornerTitle(self.members, self)
        self._fitted: list[int] = []
        self.setVerticalHeader(self.members)
        self.heads = ColumnHeader(self)
        self.setHorizontalHeader(self.heads)
        self.setModel(self.sheet_model)
        self.setItemDelegate(self.cells)
        self._dress()
        self.cells.moved.connect(self.go)
        self.cells.typed.connect(self.moved_on)
        draft.went_to.connect(self.go_to)
        draft.changed.connect(self._grow)
        self.sheet_model.modelReset.connect(self._reset)
        self.fit()
        self._start()

    def _dress(self) -> None:
        self.setAccessibleName(_("Phiếu họp"))
        self.setAccessibleDescription(
            _("Enter xuống, Tab sang phải, phím cách đổi điểm danh, F5 điền khoản cần đóng, F4 đến ô cần sửa")
        )
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.members.setDefaultSectionSize(max(26, self.fontMetrics().height() + 7))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.members.sectionClicked.connect(self._row_clicked)

    # -- sizes -----------------------------------------------------------------------------------------

    def fit(self) -> None:
        """Give every column what its figures need; the note takes what is left.

        When it is tight, codes go first, then the columns draw together, then the balances go (they are said
        below the table), then very long names end in dots; what is still too wide scrolls, beside the names that stay.
        """
        room = self.width() - self._bar_width()
        self.members.widest = NAME_WIDE
        self._fitted = needed_widths(self.sheet_model, self.font())
        widths = self._widths(10)
        self.members.show_codes = self._width_with(True) + sum(widths) <= room
        for figures in (8, 7, 6, 5):
            if self._width_with(self.members.show_codes) + sum(widths) > room:
                widths = self._widths(figures)
        balance = [c.key for c in self.sheet_model.columns].index(BALANCE)
        tight = self.members.sizeHint().width() + sum(widths) > room
        if self.isColumnHidden(balance) != tight:
            self.setColumnHidden(balance, tight)
        if tight:
            widths[balance] = 0
            if self.members.sizeHint().width() + sum(widths) > room:
                self.members.widest = NAME_CLOSE
        self.members.setFixedWidth(self.members.sizeHint().width())
        spare = room - self.members.width() - sum(widths)
        pairs = [pair for pair in zip(self.sheet_model.columns, widths, strict=True) if pair[1]]
        self.heads.set_lines(2 if any(self.heads.title_width(c.title) > wide for c, wide in pairs) else 1)
        for place, column in enumerate(self.sheet_model.columns):
            extra = max(0, spare) if column.key == NOTE else 0
            if widths[place]:
                self.setColumnWidth(place, widths[place] + extra)

    def _widths(self, figures: int) -> list[int]:
        """Return widths for so many figures, and never less than what stands there needs."""
        usual = usual_widths(self.sheet_model, self.font(), figures)
        return [max(one) for one in zip(usual, self._fitted, strict=True)]

    def _grow(self) -> None:
        """A figure longer than its column came: make room."""
        if any(
            need > had
            for need, had in zip(needed_widths(self.sheet_model, self.font()), self._fitted, strict=False)
        ):
            self.fit()

    def _width_with(self, codes: bool) -> int:
        self.members.show_codes = codes
        return self.members.sizeHint().width()

    def _bar_width(self) -> int:
        bar = self.verticalScrollBar()
        needed = self.rowHeight(0) * self.sheet_model.rowCount() > self.viewport().height()
        return bar.sizeHint().width() if needed else 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns anew."""
        super().resizeEvent(event)
        self.fit()

    def updateGeometries(self) -> None:
        """Keep the titles over the members in the corner."""
        super().updateGeometries()
        self._corner.setGeometry(0, 0, self.members.width(), self.horizontalHeader().height())
        self._corner.raise_()

    # -- where the cursor is ---------------------------------------------------------------------------

    def _start(self) -> None:
        if self.sheet_model.rowCount():
            self.setCurrentIndex(self.sheet_model.index(0, 0))

    def _reset(self) -> None:
        self.fit()
        self._start()

    def spot(self) -> Spot:
        """Return the current place."""
        return self.sheet_model.spot(self.currentIndex())

    def go_to(self, spot: Spot) -> None:
        """Make a place current when it is in the table."""
        index = self.sheet_model.index_of(spot)
        if index.isValid():
            self.setCurrentIndex(index)
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to_column(self, key: str) -> None:
        """Go to a column, in the current row."""
        for place, column in enumerate(self.sheet_model.columns):
            if column.key == key:
                self.setCurrentIndex(self.sheet_model.index(max(0, self.currentIndex().row()), place))
                self.setFocus(Qt.FocusReason.OtherFocusReason)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Follow the cursor: the heads mark the row and the column."""
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            self.members.viewport().update()
            self.viewport().update()
        if current.column() != previous.column():
            self.horizontalHeader().viewport().update()
        # Vietnamese typing programs compose letters; in an attendance cell each letter is a command.
        column = self.sheet_model.columns[current.column()].key if current.isValid() else ""
        self.setAttribute(
            Qt.WidgetAttribute.WA_InputMethodEnabled, column not in (ATTENDANCE, BALANCE, TOTAL)
        )
        self.moved_on.emit()

    def cursor_state(self) -> Cursor:
        """Return where typing is going on, with the text of an open editor."""
        spot = self.spot()
        editor = self.open_editor()
        if editor is None:
            return Cursor(spot.member, spot.column)
        return Cursor(spot.member, spot.column, editor.text(), editor.cursorPosition())

    def restore_cursor(self, cursor: Cursor) -> None:
        """Go back to where typing was going on, and open the editor as it was."""
        index = self.sheet_model.index_of(Spot(cursor.member, cursor.column))
        if not index.isValid():
            return
        self.setCurrentIndex(index)
        if cursor.text is not None and self.sheet_model.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)
            editor = self.open_editor()
            if editor is not None:
                editor.setText(cursor.text)
                editor.setModified(True)
                editor.setCursorPosition(cursor.place)

    # -- moving ----------------------------------------------------------------------------------------

    def go(self, way: str) -> None:
        """Move the current cell: down and up within the column, next and previous through what is typed."""
        if way == "post":
            self.key_asked.emit(way)
            return
        index = self.currentIndex()
        if not index.isValid():
            self._start()
            return
        row, column = index.row(), index.column()
        if way in ("down", "up"):
            self._move_in_column(row, column, 1 if way == "down" else -1)
        elif way in ("next", "previous"):
            self._move_in_row(row, column, 1 if way == "next" else -1)
        else:
            step = 1 if way == "right" else -1
            across = column + step
            while 0 <= across < self.sheet_model.columnCount() and self.isColumnHidden(across):
                across += step
            if 0 <= across < self.sheet_model.columnCount():
                self._make_current(row, across)

    def _move_in_column(self, row: int, column: int, step: int) -> None:
        """At the bottom go on at the top of the next column: the paper is keyed in column by column, too."""
        row += step
        if not 0 <= row < self.sheet_model.rowCount():
            stops = self._stops()
            places = [p for p in stops if (p > column if step > 0 else p < column)]
            if not places:
                return
            column = places[0] if step > 0 else places[-1]
            row = 0 if step > 0 else self.sheet_model.rowCount() - 1
        self._make_current(row, column)

    def _move_in_row(self, row: int, column: int, step: int) -> None:
        stops = self._stops()
        places = [p for p in stops if (p > column if step > 0 else p < column)]
        if places:
            self._make_current(row, places[0] if step > 0 else places[-1])
        elif 0 <= row + step < self.sheet_model.rowCount():
            self._make_current(row + step, stops[0] if step > 0 else stops[-1])
        elif step > 0:
            self.left_forward.emit()
        else:
            self.left_back.emit()

    def _stops(self) -> list[int]:
        return [place for place, column in enumerate(self.sheet_model.columns) if column.editable]

    def _make_current(self, row: int, column: int) -> None:
        index = self.sheet_model.index(row, column)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def _row_clicked(self, row: int) -> None:
        self._make_current(row, max(0, self.currentIndex().column()))
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    # -- keys ------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys of the sheet; typing opens the editor."""
        asked = key_name(event)
        if asked:
            self.key_asked.emit(asked)
            return
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain = not held & ~Qt.KeyboardModifier.ShiftModifier
        key = Qt.Key(event.key())
        if plain and key in MOVES:
            shifted = bool(held & Qt.KeyboardModifier.ShiftModifier)
            way = {"down": "up", "next": "previous"}.get(MOVES[key], MOVES[key]) if shifted else MOVES[key]
            self.go(way)
            return
        if self._edit_key(event, key, plain):
            return
        super().keyPressEvent(event)

    def _edit_key(self, event: QKeyEvent, key: Qt.Key, plain: bool) -> bool:
        index = self.currentIndex()
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(str(index.data() or ""))
            return True
        if self.draft.readonly or not index.isValid():
            return False
        member = self.sheet_model.member(index.row()).id
        if plain and key == Qt.Key.Key_Space:
            self.draft.cycle_attendance(member)
        elif plain and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._clear(index)
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._paste(QGuiApplication.clipboard().text())
        elif key == Qt.Key.Key_D and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.copy_above()
        elif plain and self.sheet_model.columns[index.column()].key == ATTENDANCE:
            letter = LETTERS.get(event.text().lower())
            if letter is None:
                return False
            self.draft.set_attendance(member, letter)
            # A letter is a whole answer: on to the next member.
            self.go("down") if index.row() + 1 < self.sheet_model.rowCount() else None
        else:
            return False
        return True

    def copy_above(self) -> None:
        """Take over what stands one cell above (Ctrl+D), and go down."""
        index = self.currentIndex()
        if index.row() < 1 or self.draft.readonly:
            return
        above = index.siblingAtRow(index.row() - 1)
        column = self.sheet_model.columns[index.column()]
        if column.key == ATTENDANCE:
            state = self.draft.state.row(self.sheet_model.member(above.row()).id).attendance
            self.draft.set_attendance(self.sheet_model.member(index.row()).id, state)
        elif column.editable:
            self.sheet_model.setData(index, str(above.data(Qt.ItemDataRole.EditRole) or ""))
        if index.row() + 1 < self.sheet_model.rowCount():
            self.go("down")

    def _clear(self, index: QModelIndex) -> None:
        column = self.sheet_model.columns[index.column()]
        member = self.sheet_model.member(index.row()).id
        if column.key == ATTENDANCE:
            self.draft.set_attendance(member, Attendance.PRESENT)
        elif column.editable:
            self.sheet_model.setData(index, "")

    def _paste(self, text: str) -> None:
        """Paste a value, or a block copied from a spreadsheet, from the current cell on."""
        start = self.currentIndex()
        columns = self.sheet_model.columns[start.column() :]
        block = [line.split("\t") for line in text.rstrip("\r\n").splitlines()]
        state = self.draft.state
        for member, values in zip(self.draft.members[start.row() :], block, strict=False):
            for column, value in zip(columns, values, strict=False):
                if column.source is not None:
                    state = with_cell(state, member.id, column.source, value[:MOST_LETTERS])
                elif column.key == NOTE:
                    state = with_note(state, member.id, value[:MOST_NOTE])
        self.draft.set_rows(state, _("Dán"), self.spot())

    # -- the editor ------------------------------------------------------------------------------------

    def open_editor(self) -> CellEdit | None:
        """Return the line that is open in the current cell."""
        editor = self.indexWidget(self.currentIndex()) or self.viewport().focusWidget()
        if isinstance(editor, CellEdit) and editor.isVisible():
            return editor
        found = [line for line in self.viewport().findChildren(CellEdit) if line.isVisibleTo(self.viewport())]
        return found[-1] if found and self.state() == QAbstractItemView.State.EditingState else None

    def edit(self, index: QModelIndex, *more: object) -> bool | None:  # type: ignore[override]
        """Open the editor; one opened by typing is left by the arrows, too."""
        if not more:
            super().edit(index)
            return None
        opened = bool(super().edit(index, *more))
        editor = self.open_editor()
        if opened and editor is not None:
            editor.quick = more[0] == QAbstractItemView.EditTrigger.AnyKeyPressed
            if editor.quick and editor.text():
                self.moved_on.emit()
        return opened

    def commit_editor(self) -> None:
        """Take what stands in an open editor, as before posting."""
        editor = self.open_editor()
        if editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, SheetDelegate.EndEditHint.NoHint)

    def closeEditor(self, editor: QWidget, hint: SheetDelegate.EndEditHint) -> None:
        """Close the editor; the draft then holds no open text any more."""
        super().closeEditor(editor, hint)
        QTimer.singleShot(0, self, self.moved_on.emit)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Let composed letters open the editor, but not in a sheet that is only read."""
        if self.draft.readonly:
            event.ignore()
            return
        super().inputMethodEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the current cell's frame."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab moves inside the sheet; it leaves at its ends only."""
        return False


class SheetGrid(QFrame):
    """The table with its row of sums, on one card."""

    def __init__(self, draft: SheetDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, "card")
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 1, 1, 1)
        box.setSpacing(0)
        self.view = SheetView(draft, self)
        self.totals = TotalsRow(self.view, draft, self)
        box.addWidget(self.view, 1)
        box.addWidget(self.totals)
        self.setFocusProxy(self.view)

    def at(self, where: QPoint) -> QModelIndex:
        """Return the cell at a point of the table."""
        return self.view.indexAt(where)
