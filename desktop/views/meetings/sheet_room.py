"""One sheet at work: opened from the book, kept as a draft at every keystroke, posted or corrected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.ids import MeetingId
from desktop.models.problems import Level, Refusal
from desktop.models.rules.sheet import SheetFacts
from desktop.services import meetings
from desktop.services.meetings import CorrectMeeting, MeetingPosted, RecordMeeting
from desktop.views.kit import messages
from desktop.views.kit.desk import Desk
from desktop.views.kit.messages import Message
from desktop.views.kit.runner import Ticket
from desktop.views.meetings.draft_keeper import DraftKeeper
from desktop.views.meetings.draft_text import Cursor, Kept, to_text
from desktop.views.meetings.opening import Opening
from desktop.views.meetings.sheet_draft import SheetDraft, Spot
from desktop.views.meetings.sheet_panel import SheetPanel
from desktop.views.meetings.sheet_state import to_sheet
from resources.lang.dates import show_instant
from resources.lang.messages import _, ngettext


@dataclass(frozen=True, slots=True)
class Posted:
    """A sheet that is in the book now."""

    facts: SheetFacts
    outcome: MeetingPosted
    day: date
    corrected: bool


class SheetRoom(QWidget):
    """Holds an `Opening` and does what the panel asks with it."""

    posted = Signal(object)
    """`Posted`: the meeting is in the book."""
    changed = Signal()
    """Title or possible deeds are others (reading, correcting)."""

    def __init__(
        self, desk: Desk, opening: Opening, *, correcting: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.opening = opening
        self.correcting = opening.corrects is not None and (correcting or opening.restored is not None)
        if opening.reversed or not desk.can_write:
            self.correcting = False
        self._uid = opening.kept.uid
        self._base = opening.fresh
        self._busy = False
        self._post_waits = False
        self._begun = opening.restored is not None
        self._asked: Ticket | None = None
        self.draft = SheetDraft(opening.facts, opening.kept.state, readonly=not self.editable, parent=self)
        text = _("Ghi phần sửa") if opening.corrects is not None else _("Ghi sổ")
        self.panel = SheetPanel(self.draft, text, self)
        self.keeper = DraftKeeper(desk, opening.kind, opening.key, self._text, self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.panel)
        self.panel.post_asked.connect(self.post)
        self.panel.day_chosen.connect(self._day_chosen)
        self.panel.moved_on.connect(self._moved)
        self.panel.drop_asked.connect(self.ask_drop)
        self.panel.ask_reason(self.correcting)
        if opening.restored is not None and self.editable:
            when = show_instant(opening.restored)
            self.panel.say_restored(_("Đã mở lại bản nháp lúc {when}, đúng như khi dừng.").format(when=when))

    # -- what it is ------------------------------------------------------------------------------------

    @property
    def editable(self) -> bool:
        """Tell whether something may be typed: a new sheet, or a correction, in a book that may be written."""
        return self.desk.can_write and (self.opening.corrects is None or self.correcting)

    @property
    def touched(self) -> bool:
        """Tell whether something was typed that is not in the book."""
        editor = self.panel.view.open_editor()
        return self.draft.state != self._base or (editor is not None and editor.isModified())

    def focus_first(self) -> None:
        """Put the cursor where it was, or into the first cell."""
        cursor = self.opening.kept.cursor
        if self.opening.restored is not None and self.editable and cursor != Cursor():
            self.panel.restore_cursor(cursor)
        elif self.correcting and not self.draft.state.reason:
            self.panel.reason.setFocus()
        else:
            self.panel.view.setFocus()

    def begin_correction(self) -> None:
        """Let a posted meeting be changed; the reason is asked first."""
        if self.opening.corrects is None or self.opening.reversed or not self.desk.can_write:
            return
        self.correcting = True
        self.draft.readonly = False
        self.panel.ask_reason(True)
        self.draft.changed.emit()
        self.panel.reason.setFocus()
        self.changed.emit()

    def flush(self) -> None:
        """Write the draft now: the window is about to close."""
        if self.editable and not self._busy:
            self.keeper.flush()

    def leave(self) -> None:
        """Write the draft with the open editor as it stands: going away closes that editor, which is no typing."""
        self.flush()
        if not self._busy:
            self.keeper.stop()

    # -- the draft -------------------------------------------------------------------------------------

    def _text(self) -> str | None:
        self._begun = self._begun or self.touched
        if not self.editable or self._busy or not self._begun:
            return None
        return to_text(Kept(self.draft.state, self._uid, self.panel.cursor_state()))

    def _moved(self) -> None:
        if self.editable and not self._busy:
            self.keeper.touch()

    def ask_drop(self) -> None:
        """Throw the draft away, after a question."""
        messages.ask_drop(self, self.drop)

    def drop(self) -> None:
        """Throw the draft away and begin anew."""
        self.panel.view.commit_editor()
        self.keeper.drop(self._dropped)

    def _dropped(self) -> None:
        fresh, facts = self.opening.fresh, self.draft.facts
        self._uid, self._begun = meetings.new_meeting_uid(), False
        self.opening = Opening(
            facts,
            fresh,
            Kept(fresh, self._uid),
            self.opening.kind,
            self.opening.key,
            None,
            self.opening.posted,
            self.opening.papers,
        )
        self.draft.start_over(facts, fresh)
        self.panel.reason.set_value("")
        self.panel.say_restored("")
        if facts.day != fresh.day:
            self._day_chosen(fresh.day)
        self.desk.say(_("Đã bỏ bản nháp."), "info")
        self.panel.view.setFocus()

    # -- the day ---------------------------------------------------------------------------------------

    def _day_chosen(self, day: date) -> None:
        """Ask for the members, rules and balances of another day; the last day asked for wins."""
        if self._asked is not None:
            self._asked.drop()
        group, corrects, today = self.draft.facts.group, self.opening.corrects, self.desk.today()
        self._asked = self.desk.ask(
            lambda book: meetings.sheet_facts(book, group, day, today, corrects), self._facts_came, owner=self
        )

    def _facts_came(self, facts: SheetFacts) -> None:
        """Take the new facts; the cursor and an open editor stay as they are."""
        if facts.day != self.draft.day:
            return
        if facts != self.draft.facts:
            view = self.panel.view
            cursor, focused = view.cursor_state(), view.hasFocus() or view.open_editor() is not None
            self.draft.take_facts(facts)
            view.restore_cursor(cursor)
            if focused and view.open_editor() is None:
                view.setFocus()
            self.changed.emit()
        if self._post_waits:
            self._post_waits = False
            self.post()

    def reload(self) -> None:
        """Something in the book changed: judge by the newest facts. What was typed stays."""
        if not self._busy and not self.opening.reversed:
            self._day_chosen(self.draft.day)

    # -- posting ---------------------------------------------------------------------------------------

    def post(self) -> None:
        """Post the meeting (or its correction), once, if nothing stands against it."""
        if self._busy or not self.editable:
            return
        self.panel.view.commit_editor()
        if self.panel.top.unreadable():
            self.desk.say(Message(_("Chưa ghi được: ngày họp chưa đúng."), "error", self.panel.top.problem()))
            self.panel.day.setFocus()
            return
        if self.draft.facts.day != self.draft.day:
            self._post_waits = True  # the facts of another day are on their way
            return
        if self.correcting and not self._ready_to_correct():
            return
        if self.draft.stops:
            stops = self.draft.stops
            text = ngettext(
                "Chưa ghi được: còn {n} chỗ cần sửa.", "Chưa ghi được: còn {n} chỗ cần sửa.", stops
            ).format(n=stops)
            first = next(p.message for p in self.draft.problems if p.level is Level.STOP)
            self.desk.say(Message(text, "error", first))
            self.panel.go_to(self.draft.problem_spots()[0])
            return
        self._set_busy(True)
        if self.opening.corrects is None:
            self._record()
        else:
            self._correct(self.opening.corrects)

    def _ready_to_correct(self) -> bool:
        before = to_sheet(self.draft.facts, self._base)
        if self.draft.sheet == before:
            self.desk.say(_("Chưa có gì khác với buổi họp đã ghi."), "info")
            return False
        if not self.draft.state.reason.strip():
            self.panel.reason.set_state("bad")
            self.panel.reason.setFocus()
            self.desk.say(_("Hãy ghi lý do sửa rồi ghi lại."), "warn")
            return False
        return True

    def _record(self) -> None:
        group, sheet, uid = self.draft.facts.group, self.draft.sheet, self._uid
        self.desk.do(
            lambda book, act: meetings.record(book, RecordMeeting(group, sheet, uid), act),
            self._done,
            self._refused,
            self,
            agreed=lambda book, act: meetings.record(
                book, RecordMeeting(group, sheet, uid, agreed=True), act
            ),
        )

    def _correct(self, meeting: MeetingId) -> None:
        sheet, reason = self.draft.sheet, self.draft.state.reason
        self.desk.do(
            lambda book, act: meetings.correct(book, CorrectMeeting(meeting, sheet, reason), act),
            self._done,
            self._refused,
            self,
            agreed=lambda book, act: meetings.correct(
                book, CorrectMeeting(meeting, sheet, reason, agreed=True), act
            ),
        )

    def _done(self, outcome: MeetingPosted) -> None:
        self.keeper.stop()
        corrected = self.opening.corrects is not None
        self.posted.emit(Posted(self.draft.facts, outcome, self.draft.day, corrected))

    def _refused(self, error: Exception) -> None:
        """Say what the book knows and the sheet did not, and go on typing."""
        self._set_busy(False)
        if isinstance(error, Refusal):
            known = {problem.message for problem in self.draft.problems}
            for problem in error.problems:
                if problem.level is Level.STOP and problem.message not in known:
                    self.desk.say(Message(problem.message, "error"))
                    self._go_to_field(problem.field)
        self.keeper.touch()
        if self.panel.side.isHidden():
            self.panel.view.setFocus()

    def _go_to_field(self, field: str) -> None:
        head, _slash, column = field.partition("/")
        if head.isdigit():
            self.panel.go_to(Spot(int(head), column or "attendance"))
        elif field:
            self.panel.go_to(Spot(0, field))

    def _set_busy(self, busy: bool) -> None:
        """While the meeting is posted nothing is typed and no draft is written."""
        self._busy = busy
        self.keeper.hold(busy)
        self.draft.readonly = busy or not self.editable
        self.panel.set_busy(busy)
        self.panel.post_button.setText(
            _("Đang ghi…")
            if busy
            else (_("Ghi phần sửa") if self.opening.corrects is not None else _("Ghi sổ"))
        )
