"""The sheet on the screen: the day and the steps on top, the table, one line on the current cell, the boxes below."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.views.kit import messages
from desktop.views.kit.blocks import button, label, scroll_area
from desktop.views.kit.line_edit import LineEdit
from desktop.views.kit.theme import px, space
from desktop.views.meetings.box_strip import BoxStrip
from desktop.views.meetings.cell_line import CellLine
from desktop.views.meetings.count_panel import CountPanel
from desktop.views.meetings.details_panel import DetailsPanel
from desktop.views.meetings.draft_text import Cursor
from desktop.views.meetings.find_edit import FindEdit, found_row
from desktop.views.meetings.sheet_draft import SheetDraft, Spot
from desktop.views.meetings.sheet_keys import key_name
from desktop.views.meetings.sheet_view import SheetGrid
from desktop.views.meetings.steps import Step
from desktop.views.meetings.top_bar import TopBar
from resources.lang.messages import _, ngettext


class SheetPanel(QWidget):
    """All widgets of one sheet around one `SheetDraft`. Knows no book; says what it is asked."""

    post_asked = Signal()
    day_chosen = Signal(object)
    moved_on = Signal()
    """Something was typed or the cursor moved: the draft is to be kept."""
    drop_asked = Signal()
    tightened = Signal()
    """There is less (or more) room than before."""

    def __init__(self, draft: SheetDraft, post_text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.draft = draft
        self.narrow = False
        self.low = False
        self.grid = SheetGrid(draft, self)
        self.view = self.grid.view
        self.counts = CountPanel(draft, self)
        self.details = DetailsPanel(draft, self)
        self.strip = BoxStrip(draft, self)
        self.line = CellLine(draft, self.view.sheet_model, self)
        self.top = TopBar(draft, self.toggle_count, self.toggle_details, self)
        self.day, self.steps = self.top.day, self.top.steps
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(space(2))
        box.addWidget(self._build_notice())
        box.addWidget(self._build_reason())
        box.addWidget(self.top)
        middle = QHBoxLayout()
        middle.setSpacing(space(3))
        middle.addWidget(self.grid, 1)
        self.side = QStackedWidget(self)
        for panel in (self.counts, self.details):
            self.side.addWidget(self._scrolling(panel))
        self.side.setFixedWidth(px(356))
        self.side.hide()
        middle.addWidget(self.side)
        box.addLayout(middle, 1)
        box.addWidget(self._build_line())
        box.addLayout(self._build_bottom(post_text))
        self._connect()
        for before, after in pairwise((self.drop_button, self.reason, self.day, self.view)):
            QWidget.setTabOrder(before, after)  # from the reason and the date straight into the rows
        self._changed()
        self._moved()

    # -- building --------------------------------------------------------------------------------------

    def _build_notice(self) -> QWidget:
        self.notice = QWidget(self)
        line = QHBoxLayout(self.notice)
        line.setContentsMargins(0, 0, 0, 0)
        self._notice_words = label("", "muted", self.notice)
        self.drop_button = button(_("Bỏ nháp…"), self.drop_asked.emit, look="link", parent=self.notice)
        line.addWidget(self._notice_words)
        line.addWidget(self.drop_button)
        line.addStretch(1)
        self.notice.hide()
        return self.notice

    def _build_reason(self) -> QWidget:
        self.reason_bar = QWidget(self)
        line = QHBoxLayout(self.reason_bar)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(space(2))
        title = label(_("Lý do sửa"), "label", self.reason_bar)
        self.reason = LineEdit(self.reason_bar)
        self.reason.setMaxLength(300)
        self.reason.setAccessibleName(_("Lý do sửa"))
        self.reason.setPlaceholderText(_("Bắt buộc. Ví dụ: ghi nhầm 50.000 thành 500.000 cho chị Hoa"))
        self.reason.set_value(self.draft.state.reason)
        title.setBuddy(self.reason)
        line.addWidget(title)
        line.addWidget(self.reason, 1)
        self.reason.changed.connect(self._reason_typed)
        self.reason.returnPressed.connect(lambda: self.view.setFocus(Qt.FocusReason.TabFocusReason))
        self.reason_bar.hide()
        return self.reason_bar

    def _scrolling(self, panel: QWidget) -> QScrollArea:
        """On a low screen the panel scrolls, so that it never presses the rest of the window together."""
        area = scroll_area(self, across=False)
        area.setWidget(panel)
        return area

    def _side_shows(self, panel: QWidget) -> bool:
        area = self.side.currentWidget()
        return not self.side.isHidden() and isinstance(area, QScrollArea) and area.widget() is panel

    def _build_line(self) -> QWidget:
        self.line_bar = QWidget(self)
        line = QHBoxLayout(self.line_bar)
        line.setContentsMargins(0, 0, 0, 0)
        self.finder = FindEdit(self.line_bar)
        self.finder.setPlaceholderText(_("Tên hoặc mã thành viên"))
        self.finder.setAccessibleName(_("Tìm thành viên trong phiếu"))
        self.finder.setFixedWidth(px(220))
        self.finder.hide()
        line.addWidget(self.finder)
        line.addWidget(self.line, 1)
        return self.line_bar

    def _build_bottom(self, post_text: str) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(space(4))
        line.addWidget(self.strip, 1)
        self.wrong_button = button("", self.go_to_problem, "error", "link", self)
        line.addWidget(self.wrong_button, 0, Qt.AlignmentFlag.AlignBottom)
        self.post_button = button(post_text, self.post_asked.emit, "check", "primary", self)
        for made in (self.post_button, self.wrong_button, self.drop_button, self.top.parked_button):
            made.setAutoDefault(True)  # Enter presses it
        self.post_button.setToolTip(_("Ctrl+S hoặc Ctrl+Enter"))
        line.addWidget(self.post_button, 0, Qt.AlignmentFlag.AlignBottom)
        return line

    def _connect(self) -> None:
        self.draft.changed.connect(self._changed)
        self.draft.went_to.connect(self._went_to)
        self.view.moved_on.connect(self._moved)
        self.view.left_forward.connect(self.show_count)
        self.view.left_back.connect(self.day.setFocus)
        self.view.key_asked.connect(self._key_asked)
        self.counts.moved_on.connect(self.moved_on)
        self.counts.done.connect(self.post_button.setFocus)
        self.details.moved_on.connect(self.moved_on)
        self.steps.chosen.connect(self._step_chosen)
        self.top.day_chosen.connect(self.day_chosen)
        self.top.moved_on.connect(self.moved_on)
        self.finder.changed.connect(self._find_typed)
        self.finder.finished.connect(self._find_done)

    # -- what is asked of it ---------------------------------------------------------------------------

    def say_restored(self, text: str) -> None:
        """Say quietly that a draft was opened again, and offer to throw it away."""
        self._notice_words.setText(text)
        self.notice.setVisible(bool(text))

    def ask_reason(self, asked: bool) -> None:
        """Show the field for the reason of a correction, or not."""
        self.reason_bar.setVisible(asked)

    def toggle_count(self) -> None:
        """Show the count of the boxes and go there, or hide it and come back (F6)."""
        if self._side_shows(self.counts):
            self.hide_side()
        else:
            self.show_count()

    def toggle_details(self) -> None:
        """Show the fields of the minutes and go there, or hide them and come back (F7)."""
        if self._side_shows(self.details):
            self.hide_side()
        else:
            self.show_details()

    def show_count(self, field: str = "counted") -> None:
        """Show the count and put the focus there."""
        self.side.setCurrentIndex(0)
        self._show_side()
        self.counts.focus_field(field or "counted")
        self.steps.set_current("count")

    def show_details(self, field: str = "decisions") -> None:
        """Show the fields of the minutes and put the focus there."""
        self.side.setCurrentIndex(1)
        self._show_side()
        self.details.focus_field(field)
        self.steps.set_current("close")

    def hide_side(self) -> None:
        """Hide the panel at the side; the focus goes back to the table."""
        self.side.hide()
        self.grid.show()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_side(self) -> None:
        """Where it is narrow the panel takes the table's place; F6, F7 or Esc bring the table back."""
        self.side.show()
        self.grid.setVisible(not self.narrow)

    def go_to(self, spot: Spot) -> None:
        """Go to a place of the sheet, in the table or beside it."""
        if spot.member or spot.column == "attendance":
            self.grid.show()
            self.side.setVisible(not self.narrow and not self.side.isHidden())
        if spot.member:
            self.view.go_to(spot)
        elif spot.column in ("day", "rows"):
            self.day.setFocus(Qt.FocusReason.OtherFocusReason)
        elif spot.column == "reason":
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        elif spot.column in self.details.fields:
            self.show_details(spot.column)
        elif spot.column == "attendance":
            self.view.go_to_column("attendance")
        elif spot.column:
            self.show_count(spot.column)

    def go_to_problem(self) -> None:
        """Go to the next place that must be corrected (F4), round and round."""
        spots = self.draft.problem_spots()
        if not spots:
            return
        self.view.commit_editor()
        here = self.view.spot() if self.view.hasFocus() else self.counts.spot()
        following = spots[(spots.index(here) + 1) % len(spots)] if here in spots else spots[0]
        self.go_to(following)

    def open_find(self) -> None:
        """Look for a member by name (Ctrl+F)."""
        self.view.commit_editor()
        self.finder.set_value("")
        self.finder.show()
        self.finder.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def fill(self) -> int:
        """Fill what is expected (F5)."""
        self.view.commit_editor()
        filled = self.draft.fill(self.view.spot())
        messages.announce(self.view, ngettext("Đã điền {n} ô.", "Đã điền {n} ô.", filled).format(n=filled))
        return filled

    def split(self) -> None:
        """Split the current member's repayment as the loan's rule does (F8)."""
        self.view.commit_editor()
        self.draft.split(self.view.spot())

    def undo(self) -> None:
        """Take the last step back (Ctrl+Z)."""
        self.view.commit_editor()
        self.draft.stack.undo()

    def redo(self) -> None:
        """Take it forward again (Ctrl+Y)."""
        self.draft.stack.redo()

    def cursor_state(self) -> Cursor:
        """Return where typing is going on, for the draft."""
        if self.day.hasFocus():
            return Cursor(0, "day", self.day.text(), self.day.cursorPosition())
        if self.reason.hasFocus():
            return Cursor(0, "reason")
        return self.counts.cursor_state() or self.details.cursor_state() or self.view.cursor_state()

    def restore_cursor(self, cursor: Cursor) -> None:
        """Go back to where typing was going on."""
        if cursor.member:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
            self.view.restore_cursor(cursor)
        elif cursor.column:
            self.go_to(Spot(0, cursor.column))
            edit = self.day if cursor.column == "day" else self.counts.edits.get(cursor.column)
            if edit is self.day and cursor.text is not None:
                edit.setText(cursor.text)
            if edit is not None:
                edit.deselect()
                edit.setCursorPosition(cursor.place)

    def set_busy(self, busy: bool) -> None:
        """Grey what must not be pressed twice."""
        self.post_button.setEnabled(not busy and not self.draft.readonly)

    # -- what happens ----------------------------------------------------------------------------------

    def _changed(self) -> None:
        stops = self.draft.stops
        text = ngettext("{n} chỗ cần sửa (F4)", "{n} chỗ cần sửa (F4)", stops).format(n=stops)
        self.wrong_button.setText(f"{stops} (F4)" if self.narrow else text)
        self.wrong_button.setAccessibleName(text)
        self.wrong_button.setToolTip(text)
        self.wrong_button.setVisible(stops > 0 and not self.draft.readonly)
        self.post_button.setVisible(not self.draft.readonly)
        self.top.show_state()
        self.line.show_spot(self.view.spot())
        self.moved_on.emit()

    def _moved(self) -> None:
        spot = self.view.spot()
        self.line.show_spot(spot)
        step = self.steps.step_of_column(spot.column)
        if step and self.view.hasFocus():
            self.steps.set_current(step)
        self.moved_on.emit()

    def _went_to(self, spot: Spot) -> None:
        if spot.column == "day":
            self.top.show_day()
            self.day_chosen.emit(self.draft.day)
        if not spot.member:
            self.go_to(spot)
        if spot.column == "reason":
            self.reason.set_value(self.draft.state.reason)

    def _step_chosen(self, step: Step) -> None:
        if step.columns is not None:
            keys = [column.key for column in self.draft.columns if step.columns(column)]
            self.view.go_to_column(keys[0])
        elif step.goes == "count":
            self.show_count()
        elif step.goes == "details":
            self.show_details()
        elif step.goes == "strip":
            messages.announce(self, self.strip.spoken())
        else:
            self.view.go_to_column("attendance")
        self.steps.set_current(step.key)

    def _reason_typed(self) -> None:
        self.reason.set_state("")
        self.draft.set_field("reason", self.reason.text())
        self.moved_on.emit()

    def _find_typed(self) -> None:
        row = found_row(self.draft.members, self.finder.text())
        self.finder.set_state("bad" if row is None and self.finder.value() else "")
        if row is not None:
            column = max(0, self.view.currentIndex().column())
            self.view.setCurrentIndex(self.view.sheet_model.index(row, column))

    def _find_done(self) -> None:
        self.finder.hide()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _key_asked(self, name: str) -> None:
        deeds = {
            "post": self.post_asked.emit,
            "problem": self.go_to_problem,
            "fill": self.fill,
            "split": self.split,
            "count": self.toggle_count,
            "details": self.toggle_details,
            "find": self.open_find,
            "undo": self.undo,
            "redo": self.redo,
        }
        deeds[name]()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys of the sheet also while the focus is beside the table; Esc comes back to it."""
        name = key_name(event)
        if name:
            self._key_asked(name)
        elif event.key() == Qt.Key.Key_Escape and not self.side.isHidden():
            self.hide_side()
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        """Live with little: the sheet fits itself to its room instead of pushing the window wider."""
        return QSize(px(520), px(300))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit to the room there is, also with large text."""
        super().resizeEvent(event)
        self._fit(self.width() < px(940), self.height() < px(440))

    def _fit(self, narrow: bool, low: bool) -> None:
        """Where it is narrow the buttons keep their keys only; where it is low the rows of the table come first."""
        if (narrow, low) == (self.narrow, self.low):
            return
        self.narrow, self.low = narrow, low
        self.top.set_room(narrow, low)
        self.strip.set_compact(narrow or low)
        box = self.layout()
        assert isinstance(box, QVBoxLayout)
        if low:
            self.top.line.insertWidget(self.top.line.indexOf(self.steps), self.line_bar, 1)
        else:
            box.insertWidget(box.count() - 1, self.line_bar)
        box.setSpacing(space(1) if low else space(2))
        self.line.set_brief(low)
        if not self.side.isHidden():
            self._show_side()
        self._changed()
        self.tightened.emit()
