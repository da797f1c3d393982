"""The page of one session's attendance: typed like a meeting, kept as a draft at every keystroke, then kept in the book."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.ids import SessionId
from desktop.models.problems import Level, Refusal
from desktop.models.rules.training.words import read_hours, show_hours
from desktop.services import training_attendance
from desktop.services.acts import Topic
from desktop.services.training_attendance import DRAFT, OpenSheet, RecordAttendance
from desktop.views.kit import messages
from desktop.views.kit.blocks import button, label
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty, EmptyState
from desktop.views.kit.line_edit import LineEdit
from desktop.views.kit.messages import Message
from desktop.views.kit.page import Page, PageAction
from desktop.views.kit.theme import px, space
from desktop.views.meetings.draft_keeper import DraftKeeper
from desktop.views.meetings.draft_text import Kept, from_text, to_text
from desktop.views.meetings.hours_draft import HoursDraft, state_of
from desktop.views.meetings.hours_view import HoursGrid, HoursLine
from desktop.views.meetings.sheet_draft import Spot
from desktop.views.meetings.sheet_keys import key_name
from resources.lang.dates import show_day
from resources.lang.messages import _, ngettext


class HoursRoom(QWidget):
    """One session's sheet at work."""

    def __init__(self, page: HoursPage, opened: OpenSheet) -> None:
        super().__init__(page)
        self.page, self.desk, self.opened = page, page.desk, opened
        self.base = state_of(opened.facts, opened.sheet)
        kept = from_text(opened.draft) if opened.draft else None
        self.restored = kept is not None and self.desk.can_write
        state = kept.state if kept is not None and self.restored else self.base
        self._busy = False
        self._over = False
        """The draft was thrown away or kept in the book: nothing more is written of it."""
        self._begun = self.restored
        self.draft = HoursDraft(opened.facts, state, readonly=not self.desk.can_write, parent=self)
        self.keeper = DraftKeeper(self.desk, DRAFT, str(opened.session), self._text, self)
        self.grid = HoursGrid(self.draft, self)
        self.view = self.grid.view
        self.line = HoursLine(self.draft, self.view.sheet_model, self)
        self._build()
        self.draft.changed.connect(self._changed)
        self.view.moved_on.connect(self._moved)
        self.view.key_asked.connect(self._key_asked)
        self.view.left_forward.connect(self.save_button.setFocus)
        self.view.left_back.connect(self.held.setFocus)
        self._cursor = kept.cursor if kept is not None and self.restored else None
        self._changed()

    def _build(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(space(2))
        self.notice = QWidget(self)
        notice = QHBoxLayout(self.notice)
        notice.setContentsMargins(0, 0, 0, 0)
        notice.addWidget(label(_("Đã mở lại bản nháp, đúng như khi dừng."), "muted", self.notice))
        self.drop_button = button(_("Bỏ nháp…"), self.ask_drop, look="link", parent=self.notice)
        notice.addWidget(self.drop_button)
        notice.addStretch(1)
        self.notice.setVisible(self.restored)
        box.addWidget(self.notice)
        head = QHBoxLayout()
        head.setSpacing(space(2))
        title = label(_("Số giờ đã dạy"), "label", self)
        self.held = LineEdit(self)
        self.held.setAccessibleName(_("Số giờ đã dạy"))
        self.held.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.held.setFixedWidth(px(90))
        self.held.set_value(self.draft.state.place)
        self.held.setReadOnly(self.draft.readonly)
        self.held.changed.connect(self._held_typed)
        title.setBuddy(self.held)
        self.held_words = label("", "muted", self, wrap=True)
        head.addWidget(title)
        head.addWidget(self.held)
        head.addWidget(self.held_words, 1)
        self.fill_button = button(_("Điền giờ (F5)"), self.fill, "check", parent=self)
        head.addWidget(self.fill_button)
        box.addLayout(head)
        box.addWidget(self.grid, 1)
        foot = QHBoxLayout()
        foot.setSpacing(space(3))
        foot.addWidget(self.line, 1)
        self.wrong_button = button("", self.go_to_problem, "error", "link", self)
        self.save_button = button(_("Ghi điểm danh"), self.post, "check", "primary", self)
        self.save_button.setToolTip(_("Ctrl+S hoặc Ctrl+Enter"))
        for made in (self.save_button, self.wrong_button, self.drop_button, self.fill_button):
            made.setAutoDefault(True)
        foot.addWidget(self.wrong_button)
        foot.addWidget(self.save_button)
        box.addLayout(foot)

    # -- the draft -------------------------------------------------------------------------------------

    @property
    def touched(self) -> bool:
        """Tell whether something was typed that is not in the book."""
        editor = self.view.open_editor()
        return self.draft.state != self.base or (editor is not None and editor.isModified())

    def _text(self) -> str | None:
        self._begun = self._begun or self.touched
        if self.draft.readonly or self._busy or self._over or not self._begun:
            return None
        return to_text(Kept(self.draft.state, b"", self.view.cursor_state()))

    def _moved(self) -> None:
        self.line.show_spot(self.view.spot())
        if not self.draft.readonly and not self._busy:
            self.keeper.touch()

    def flush(self) -> None:
        """Write the draft now: the window is about to close."""
        if not self.draft.readonly and not self._busy:
            self.keeper.flush()

    def leave(self) -> None:
        """Write the draft with the open editor as it stands: going away closes that editor, which is no typing."""
        self.flush()
        if not self._busy:
            self.keeper.stop()

    def focus_first(self) -> None:
        """Put the cursor where it was when the draft was left, the first time; else into the table."""
        if self.view.open_editor() is not None:
            return  # somebody is typing already
        self.view.setFocus()
        cursor, self._cursor = self._cursor, None
        if cursor is not None:
            self.view.restore_cursor(cursor)

    def ask_drop(self) -> None:
        """Throw the draft away, after a question."""
        messages.ask_drop(self, self._drop)

    def _drop(self) -> None:
        self._over = True
        self.keeper.drop(self.page.reopen)

    # -- what is asked ---------------------------------------------------------------------------------

    def fill(self) -> int:
        """Give the session's hours to those who were there (F5)."""
        if self.draft.readonly:
            return 0
        self.view.commit_editor()
        count = self.draft.fill(self.view.spot())
        messages.announce(self.view, ngettext("Đã điền {n} ô.", "Đã điền {n} ô.", count).format(n=count))
        self.view.setFocus()
        return count

    def go_to_problem(self) -> None:
        """Go to the next place that must be corrected (F4), round and round."""
        spots = self.draft.problem_spots()
        if not spots:
            return
        self.view.commit_editor()
        here = self.view.spot() if self.view.hasFocus() else Spot(0, "")
        self._go(spots[(spots.index(here) + 1) % len(spots)] if here in spots else spots[0])

    def _go(self, spot: Spot) -> None:
        if spot.member:
            self.view.go_to(spot)
        else:
            self.held.setFocus(Qt.FocusReason.OtherFocusReason)

    def post(self) -> None:
        """Keep the sheet, once, if nothing stands against it."""
        if self._busy or self.draft.readonly:
            return
        self.view.commit_editor()
        self.draft.insist()
        if self.draft.stops:
            stops = self.draft.stops
            text = ngettext(
                "Chưa ghi được: còn {n} chỗ cần sửa.", "Chưa ghi được: còn {n} chỗ cần sửa.", stops
            ).format(n=stops)
            first = next(one.message for one in self.draft.problems if one.level is Level.STOP)
            self.desk.say(Message(text, "error", first))
            self._go(self.draft.problem_spots()[0])
            return
        self._set_busy(True)
        command = RecordAttendance(self.opened.session, self.opened.version, self.draft.sheet)
        self.desk.do(
            lambda book, act: training_attendance.record(book, command, act),
            self._done,
            self._refused,
            self,
        )

    def _done(self, _session: object) -> None:
        self._over = True
        self.keeper.stop()
        came, all_of_them = self.draft.totals.taking_part, len(self.draft.members)
        self.desk.say(
            _("Đã ghi điểm danh buổi {number}: {came}/{all} người.").format(
                number=self.opened.facts.number, came=came, all=all_of_them
            ),
            "good",
        )
        self.desk.open_page("training_class", training_class=self.opened.klass, tab="sessions")

    def _refused(self, error: Exception) -> None:
        self._set_busy(False)
        if isinstance(error, Refusal):
            for problem in error.problems:
                self.desk.say(Message(problem.message, "error"))
            head, _slash, column = error.problems[0].field.partition("/")
            self._go(Spot(int(head), column) if head.isdigit() else Spot(0, head))
        self.keeper.touch()

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.keeper.hold(busy)
        self.draft.readonly = busy or not self.desk.can_write
        self.save_button.setEnabled(not busy)

    # -- what happens ----------------------------------------------------------------------------------

    def _held_typed(self) -> None:
        self.draft.set_field("held", self.held.text())
        self._moved()

    def _changed(self) -> None:
        stops = self.draft.stops
        text = ngettext("{n} chỗ cần sửa (F4)", "{n} chỗ cần sửa (F4)", stops).format(n=stops)
        self.wrong_button.setText(text)
        self.wrong_button.setVisible(stops > 0 and not self.draft.readonly)
        self.save_button.setVisible(not self.draft.readonly or self._busy)
        self.fill_button.setVisible(not self.draft.readonly)
        wrong = [*self.draft.by_field.get("held", ()), *self.draft.by_field.get("day", ())]
        if not wrong and read_hours(self.draft.state.place) is None:
            self.held_words.setText(_("Hãy gõ số giờ, ví dụ 4 hoặc 3,5."))
        elif wrong:
            self.held_words.setText(" ".join(one.message for one in wrong))
        else:
            self.held_words.setText(
                _("Dự kiến {planned} giờ").format(planned=show_hours(self.opened.facts.planned))
            )
        self.held.set_state("bad" if wrong else "")
        if self.held.text() != self.draft.state.place and not self.held.hasFocus():
            self.held.set_value(self.draft.state.place)
        self.line.show_spot(self.view.spot())
        if not self.draft.readonly and not self._busy:
            self.keeper.touch()

    def _key_asked(self, name: str) -> None:
        deeds: dict[str, Callable[[], object]] = {
            "post": self.post,
            "problem": self.go_to_problem,
            "fill": self.fill,
            "undo": self._undo,
            "redo": self.draft.stack.redo,
            "details": self.held.setFocus,
        }
        if name in deeds:
            deeds[name]()

    def _undo(self) -> None:
        self.view.commit_editor()
        self.draft.stack.undo()

    def minimumSizeHint(self) -> QSize:
        """Live with little: the table scrolls instead of pressing the heading together."""
        return QSize(px(420), px(220))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys of the sheet also while the focus is beside the table."""
        name = key_name(event)
        if name:
            self._key_asked(name)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.held.hasFocus():
            self.view.setFocus()
        else:
            super().keyPressEvent(event)


class HoursPage(Page):
    """The attendance of one session."""

    topics = frozenset({Topic.TRAINING, Topic.MEMBERS, Topic.BOOK})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.session: SessionId | None = None
        self.room: HoursRoom | None = None
        self.nobody = EmptyState(
            Empty(
                "member",
                _("Lớp chưa có người học vào ngày của buổi này."),
                _("Ghi danh người học ở trang của lớp rồi điểm danh."),
                (_("Về trang của lớp"), self.back),
            ),
            self,
        )
        self.nobody.hide()
        self.body.addWidget(self.nobody, 1)
        desk.session_changed.connect(self._session_changed)

    def title(self) -> str:
        """Return which session of which class."""
        if self.room is None:
            return _("Điểm danh lớp tập huấn")
        facts = self.room.opened.facts
        return _("Điểm danh buổi {number} · {name}").format(number=facts.number, name=facts.class_name)

    def subtitle(self) -> str:
        """Return the day and whether it is in the book."""
        if self.room is None:
            return ""
        facts = self.room.opened.facts
        state = _("đã ghi, đang sửa") if self.room.opened.held else _("chưa ghi")
        return f"{show_day(facts.day)} · {state}"

    def trail(self) -> list[tuple[str, Callable[[], object]]]:
        """Return the way back: all classes, then the class."""
        found: list[tuple[str, Callable[[], object]]] = [
            (_("Tập huấn"), lambda: self.desk.open_page("training"))
        ]
        if self.room is not None:
            found.append((self.room.opened.facts.class_name, self.back))
        return found

    def actions(self) -> list[PageAction]:
        """Return what can be done with the sheet."""
        if self.room is None or self.room.draft.readonly:
            return []
        return [PageAction(_("Bỏ những gì đã gõ…"), self.room.ask_drop, "undo", shown=False)]

    def open(self, session: int | None = None, **_args: Any) -> None:
        """Open the sheet of a session."""
        if session is not None:
            self.session = SessionId(session)
        self.reopen()

    def reload(self) -> None:
        """Something in the book changed: open the sheet anew unless something is being typed."""
        if self.room is None or not self.room.touched:
            self.reopen()

    def reopen(self) -> None:
        """Read the sheet from the book."""
        key, today = self.session, self.desk.today()
        if key is not None:
            self.desk.ask(
                lambda book: training_attendance.open_sheet(book, key, today), self._came, owner=self
            )

    def back(self) -> None:
        """Go back to the class."""
        if self.room is not None:
            self.desk.open_page("training_class", training_class=self.room.opened.klass, tab="sessions")

    def flush(self) -> None:
        """Keep the draft: the window is about to close."""
        if self.room is not None:
            self.room.flush()

    def focus_first(self) -> None:
        """Begin in the table."""
        if self.room is not None:
            self.room.focus_first()

    def _came(self, opened: OpenSheet) -> None:
        if opened.session != self.session:
            return
        if self.room is not None:
            self.room.leave()
            self.room.hide()
            self.room.deleteLater()
        self.room = HoursRoom(self, opened)
        self.body.addWidget(self.room, 1)
        self.nobody.setVisible(not opened.facts.learners)
        self.room.setVisible(bool(opened.facts.learners))
        self.titled.emit()
        self.focus_first()

    def _session_changed(self, *_args: object) -> None:
        self.session = None
        if self.room is not None:
            self.room.hide()
            self.room.deleteLater()
            self.room = None
