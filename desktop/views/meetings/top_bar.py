"""The line above the table: the day of the meeting, the steps, and the two panels at the side."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop.views.kit.blocks import button, label
from desktop.views.kit.day_edit import DayEdit
from desktop.views.kit.theme import px, space
from desktop.views.meetings.readonly import set_readonly
from desktop.views.meetings.sheet_draft import SheetDraft
from desktop.views.meetings.steps import StepsBar
from resources.lang.messages import _


class TopBar(QWidget):
    """Knows when the typed day is a day: until then the sheet keeps the one before, and says what is wrong."""

    day_chosen = Signal(object)
    moved_on = Signal()

    def __init__(
        self,
        draft: SheetDraft,
        toggle_count: Callable[[], object],
        toggle_details: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.draft = draft
        self._loading = False
        self.narrow = False
        self.low = False
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(0, 0, 0, 0)
        self.line.setSpacing(space(2))
        title = label(_("Ngày họp"), "label", self)
        self.day = DayEdit(self, draft.facts.today)
        self.day.setFixedWidth(self.fontMetrics().horizontalAdvance("00/00/0000") + px(58))
        self.day.setAccessibleName(_("Ngày họp"))
        title.setBuddy(self.day)
        self._weekday = label("", "muted", self)
        self._said = label("", "bad", self)
        self.parked_button = button(_("Bỏ dòng thừa"), draft.drop_parked, look="link", parent=self)
        self.parked_button.hide()
        self.steps = StepsBar(draft, self)
        for widget in (title, self.day, self._weekday, self._said, self.parked_button):
            self.line.addWidget(widget)
        self.line.addWidget(self.steps, 1)
        self.line.addStretch(0)
        self.count_button = self._side_button("cash", toggle_count)
        self.details_button = self._side_button("info", toggle_details)
        self.day.noted.connect(self._weekday.setText)
        self.day.changed.connect(self._day_typed)
        self.day.editingFinished.connect(self._day_left)
        self.day.cursorPositionChanged.connect(self.moved_on)
        self.show_day()
        self.show_state()

    def _side_button(self, icon: str, run: Callable[[], object]) -> QPushButton:
        made = button("", run, icon, parent=self)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.line.addWidget(made)
        return made

    # -- showing ---------------------------------------------------------------------------------------

    def problem(self) -> str:
        """Return what is wrong with the day: no day at all, or one that the rules refuse."""
        unreadable = self.day.problem() or ("" if self.day.text().strip() else _("Hãy nhập ngày họp."))
        if unreadable:
            return unreadable
        found = [*self.draft.by_field.get("day", ()), *self.draft.by_field.get("rows", ())]
        return " ".join(problem.message for problem in found)

    def unreadable(self) -> bool:
        """Tell whether what was typed is no day."""
        return self.day.value() is None

    def set_room(self, narrow: bool, low: bool) -> None:
        """Where it is narrow the buttons carry their keys only and the steps go."""
        self.narrow, self.low = narrow, low
        self._weekday.setVisible(not narrow)
        self.show_state()

    def show_state(self) -> None:
        """Show what the draft says of the day, and name the buttons."""
        readonly = self.draft.readonly
        set_readonly(self.day, readonly)
        if self.day.value() not in (None, self.draft.day) and not self.day.hasFocus():
            self.show_day()
        text = "" if readonly or (self.unreadable() and self.day.hasFocus()) else self.problem()
        self._said.setText(text)
        self._said.setVisible(bool(text))
        self.day.set_state("bad" if text else "")
        parked = any(problem.code == "parked" for problem in self.draft.by_field.get("day", ()))
        self.parked_button.setVisible(parked and not readonly)
        self.steps.setVisible(not text and not self.narrow and not self.low)
        # F7 prints the minutes of a meeting that is only read.
        details = _("Thông tin họp") if readonly else _("Thông tin họp (F7)")
        for made, words in ((self.count_button, _("Đếm tiền (F6)")), (self.details_button, details)):
            key = words.partition("(")[2].rstrip(")")
            made.setText(key if self.narrow else words)
            made.setToolTip(words)
            made.setAccessibleName(words)

    def show_day(self) -> None:
        """Show the draft's day in full."""
        self._loading = True
        self.day.set_value(self.draft.day)
        self._loading = False

    # -- typing ----------------------------------------------------------------------------------------

    def _day_typed(self) -> None:
        """A whole day was typed or chosen: take it at once, so that what hangs on it shows."""
        if self._loading:
            return
        self.moved_on.emit()
        if not self.day.hasFocus() or len(self.day.text().strip()) == 10:
            self._take_day()
        self.show_state()

    def _day_left(self) -> None:
        self._take_day()
        self.show_state()

    def _take_day(self) -> None:
        day = self.day.value()
        if day is not None and day != self.draft.day and not self.draft.readonly:
            self.draft.set_field("day", day)
            self.day_chosen.emit(day)
