"""The page of meetings: the list, the sheet of one meeting, and what follows after posting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.models.ids import GroupId, MeetingId
from desktop.models.kinds import AttachmentKind, MeetingState
from desktop.services.acts import Topic
from desktop.services.attachments import Subject
from desktop.services.meetings import MeetingRow, meeting_title
from desktop.views.kit.blocks import scroll_area
from desktop.views.kit.desk import Desk
from desktop.views.kit.files_dialog import files_dialog
from desktop.views.kit.page import Page, PageAction
from desktop.views.kit.table_view import RowAction
from desktop.views.kit.theme import space
from desktop.views.meetings.affected import AffectedDialog
from desktop.views.meetings.done_panel import DonePanel, summary_of
from desktop.views.meetings.list_panel import ListPanel, next_meetings
from desktop.views.meetings.opening import Opening, open_next, open_past
from desktop.views.meetings.paper_deeds import print_blank, print_minutes, print_receipts
from desktop.views.meetings.reversal import ask_reverse
from desktop.views.meetings.sheet_room import Posted, SheetRoom
from desktop.views.people.group_ways import ways_of
from resources.lang.dates import show_day, weekday_name
from resources.lang.messages import _


class MeetingsPage(Page):
    """Routes: `group=` its meetings; `group=, new=True` its next sheet (or draft); `meeting=` a posted one,
    with `correct=True` opened for correction; `draft=` the key of a draft; nothing: where one was.
    """

    topics: ClassVar[frozenset[Topic]] = frozenset(
        {Topic.MEETINGS, Topic.ENTRIES, Topic.GROUPS, Topic.MEMBERS, Topic.DRAFTS, Topic.PERIODS}
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.body.setContentsMargins(space(4), space(3), space(4), space(3))
        self._stack = QStackedWidget(self)
        self.body.addWidget(self._stack)
        self.room: SheetRoom | None = None
        self.done: DonePanel | None = None
        self.list = ListPanel(desk, self._row_actions(), self.print_blank, self)
        self._lists = scroll_area(self)  # on a low screen with large letters the table keeps a few rows
        self._lists.setWidget(self.list)
        self._stack.addWidget(self._lists)
        self.list.meeting_opened.connect(self._row_opened)
        self.list.sheet_asked.connect(self.open_sheet)
        self.list.group_chosen.connect(self._list_changed)
        self._visited = False

    # -- going -----------------------------------------------------------------------------------------

    def open(
        self,
        group: int | None = None,
        meeting: int | None = None,
        new: bool = False,
        correct: bool = False,
        draft: str | None = None,
        **_more: Any,
    ) -> None:
        """Show what the route names."""
        if draft is not None and group is None and draft.isdigit():
            meeting, correct = int(draft), True
        if meeting is not None:
            self.open_meeting(MeetingId(meeting), correct=correct)
        elif group is not None and (new or draft is not None):
            self.open_sheet(GroupId(group))
        elif group is not None:
            self.show_list(GroupId(group))
        elif new or not self._visited or self.room is None:
            self.show_list(None if new else self.list.group)
        self._visited = True

    def open_again(self) -> None:
        """Alt+4 on a sheet leads back to the meetings of its group, on those to the list of all; drafts are kept."""
        if self.room is not None:
            self.show_list(self.room.draft.facts.group)
        elif self.done is not None:
            self.show_list(self.done.posted.facts.group)
        else:
            self.show_list()

    def show_list(self, group: GroupId | None = None) -> None:
        """Show the meetings of a group, or the next meetings of all."""
        self._leave_room()
        self._stack.setCurrentWidget(self._lists)
        if group is None:
            self.list.show_all()
        else:
            self.list.show_group(group)
        self.titled.emit()
        self.list.focus_first()

    def open_sheet(self, group: GroupId) -> None:
        """Open the sheet of a group's next meeting."""
        if self.room is not None and self.room.opening.corrects is None and self._shows(group):
            return
        today = self.desk.today()
        self.desk.ask(lambda book: open_next(book, group, today), self._show_sheet, owner=self)

    def open_meeting(self, meeting: MeetingId, *, correct: bool = False) -> None:
        """Open a posted meeting, to read or to correct it."""
        today = self.desk.today()
        show = self._show_correction if correct else self._show_sheet
        self.desk.ask(lambda book: open_past(book, meeting, today), show, owner=self)

    def _shows(self, group: GroupId) -> bool:
        in_front = self._stack.currentWidget() is self.room
        return in_front and self.room is not None and self.room.draft.facts.group == group

    def _show_correction(self, opening: Opening) -> None:
        self._show_sheet(opening, correcting=True)

    def _show_sheet(self, opening: Opening, correcting: bool = False) -> None:
        self._leave_room()
        self.room = SheetRoom(self.desk, opening, correcting=correcting, parent=self)
        self.room.posted.connect(self._posted)
        self.room.changed.connect(self.titled)
        self.room.panel.tightened.connect(self.titled)
        self._stack.addWidget(self.room)
        self._stack.setCurrentWidget(self.room)
        self.titled.emit()
        self.room.focus_first()

    def _leave_room(self) -> None:
        """Let the sheet go; what was typed is in its draft."""
        for widget in (self.room, self.done):
            if widget is not None:
                if isinstance(widget, SheetRoom):
                    widget.leave()
                self._stack.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self.room, self.done = None, None

    def _posted(self, posted: Posted) -> None:
        assert self.room is not None
        summary = summary_of(self.room)
        room, self.room = self.room, None
        group = posted.facts.group
        self.done = DonePanel(
            self.desk, posted, self.next_group, lambda: self.show_list(group), summary, self
        )
        self._stack.addWidget(self.done)
        self._stack.setCurrentWidget(self.done)
        self._stack.removeWidget(room)
        room.hide()
        room.deleteLater()
        self.titled.emit()
        self.done.focus_first()

    def _row_opened(self, row: MeetingRow) -> None:
        self.open_meeting(row.id)

    def _list_changed(self, _group: object) -> None:
        self.titled.emit()

    # -- the page --------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Load again what is in front."""
        if self._stack.currentWidget() is self._lists:
            self.list.reload()
        elif self.room is not None:
            self.room.reload()

    def focus_first(self) -> None:
        """Put the focus where work goes on; a sheet keeps its cursor."""
        front = self._stack.currentWidget()
        if isinstance(front, SheetRoom):
            if not front.isAncestorOf(self.window().focusWidget() or self):
                front.panel.view.setFocus()
        elif isinstance(front, DonePanel):
            front.focus_first()
        else:
            self.list.focus_first()

    def flush(self) -> None:
        """Keep what is being typed."""
        if self.room is not None:
            self.room.flush()

    def title(self) -> str:
        """Return what is in front: the list, a sheet, a posted meeting."""
        if self.room is not None:
            facts = self.room.draft.facts
            if self.room.opening.corrects is None:
                title = _("Phiếu họp kỳ {number}").format(number=facts.number)
                return f"{title} · {facts.group_name}" if self.room.panel.low else title
            what = meeting_title(facts.number, self.room.draft.day)
            return _("Sửa · {meeting}").format(meeting=what) if self.room.correcting else what
        if self.done is not None:
            return meeting_title(self.done.posted.outcome.number, self.done.posted.day)
        return _("Buổi họp")

    def subtitle(self) -> str:
        """Return the group, and what happened to a posted meeting."""
        if self.room is None or self.room.panel.low:
            return ""
        facts, row = self.room.draft.facts, self.room.opening.posted
        parts = [f"{facts.group_code} {facts.group_name}"]
        if row is None:
            parts.append(f"{weekday_name(self.room.draft.day)} {show_day(self.room.draft.day)}")
        elif row.state is MeetingState.REVERSED:
            parts.append(_("đã đảo: {reason}").format(reason=row.reason))
        else:
            parts.append(_("ghi sổ bởi {who}").format(who=row.recorded_by))
            if row.corrections:
                parts.append(_("đã sửa {n} lần: {reason}").format(n=row.corrections, reason=row.reason))
        return " · ".join(parts)

    def trail(self) -> list[tuple[str, Callable[[], object]]]:
        """Return the way back to the list."""
        if self.room is not None:
            group = self.room.draft.facts.group
        elif self.done is not None:
            group = self.done.posted.facts.group
        else:
            return []
        return [(_("Buổi họp"), lambda: self.show_list(group))]

    def actions(self) -> list[PageAction]:  # type: ignore[override]
        """Return the deeds of what is in front."""
        if self.room is not None and self.room.editable:
            return [*self._sheet_actions(self.room), *self._ways(self.room.draft.facts.group)]
        if self.room is not None:
            return [*self._reading_actions(self.room), *self._ways(self.room.draft.facts.group)]
        if self.done is not None:
            return [*self._done_actions(self.done), *self._ways(self.done.posted.facts.group)]
        return self._list_actions()

    def _ways(self, group: GroupId) -> list[PageAction]:
        """Return the ways from a meeting to the rest of its group (Ctrl+K); what is typed is kept as a draft."""
        whole = PageAction(
            _("Trang của nhóm"),
            lambda: self.desk.open_page("group", group=group, tab="overview"),
            "groups",
            "Ctrl+Shift+G",
            writes=False,
            shown=False,
        )
        return [whole, *ways_of(self.desk, group)]

    def _list_actions(self) -> list[PageAction]:
        return [
            PageAction(_("Nhập buổi họp"), self.enter, "plus", "Ctrl+N", primary=True),
            PageAction(_("In phiếu trống"), self.print_blank, "print", "Ctrl+P", writes=False),
        ]

    def _sheet_actions(self, room: SheetRoom) -> list[PageAction]:
        panel = room.panel
        found = [
            PageAction(_("Ghi sổ"), room.post, "check", "Ctrl+S", shown=False),
            PageAction(_("Điền khoản cần đóng"), panel.fill, "edit", "F5", shown=not panel.narrow),
            PageAction(_("Đến chỗ cần sửa"), panel.go_to_problem, "error", "F4", shown=False),
            PageAction(_("Đếm tiền"), panel.toggle_count, "cash", "F6", shown=False),
            PageAction(_("Thông tin buổi họp"), panel.toggle_details, "document", "F7", shown=False),
            PageAction(_("Chia tiền trả nợ"), panel.split, "edit", "F8", shown=False),
            PageAction(_("Tìm thành viên trong phiếu"), panel.open_find, "search", "Ctrl+F", shown=False),
            PageAction(_("Bước lùi"), panel.undo, "undo", "Ctrl+Z", shown=False),
            PageAction(_("Bước tới"), panel.redo, "forward", "Ctrl+Y", shown=False),
            PageAction(_("Bỏ nháp"), room.ask_drop, "delete", shown=False),
        ]
        if room.opening.corrects is None:
            shown = not panel.narrow
            found.append(
                PageAction(
                    _("In phiếu trống"), self.print_blank, "print", "Ctrl+P", writes=False, shown=shown
                )
            )
        return found

    def _reading_actions(self, room: SheetRoom) -> list[PageAction]:
        row = room.opening.posted
        if row is None:
            return [PageAction(_("In phiếu trống"), self.print_blank, "print", "Ctrl+P", writes=False)]
        found = [
            PageAction(_("Biên bản"), lambda: self.minutes(row), "document", "F7", writes=False),
            PageAction(_("Phiếu thu, chi"), lambda: self.receipts(row), "print", "F8", writes=False),
        ]
        found.append(
            PageAction(_("Thông tin buổi họp"), room.panel.toggle_details, "info", writes=False, shown=False)
        )
        found.append(
            PageAction(_("Xem đếm tiền"), room.panel.toggle_count, "cash", "F6", writes=False, shown=False)
        )
        found.append(
            PageAction(
                _("Bản chụp biên bản đã ký…"),
                lambda: self.signed_minutes(row),
                "document",
                writes=False,
                shown=False,
            )
        )
        if room.opening.papers:
            found.append(PageAction(_("Giấy đã in"), self.show_papers, "print", writes=False))
        if row.state is MeetingState.POSTED:
            found.append(PageAction(_("Đảo…"), lambda: self.reverse(row), "undo"))
            found.append(PageAction(_("Sửa buổi họp"), room.begin_correction, "edit", "F2", primary=True))
        return found

    def _done_actions(self, done: DonePanel) -> list[PageAction]:
        return [
            PageAction(_("Biên bản họp"), done.minutes, "document", "F7", writes=False, shown=False),
            PageAction(_("Phiếu thu, phiếu chi"), done.receipts, "print", "F8", writes=False, shown=False),
            PageAction(_("Phiếu trống kỳ sau"), done.blank, "print", "Ctrl+P", writes=False, shown=False),
            PageAction(_("Nhóm tiếp theo"), self.next_group, "forward", "Ctrl+N", shown=False),
        ]

    def _row_actions(self) -> list[RowAction]:
        def posted(row: MeetingRow) -> bool:
            return row.state is MeetingState.POSTED and self.desk.can_write

        return [
            RowAction(_("Xem"), self._row_opened, "search"),
            RowAction(
                _("Sửa buổi họp"), lambda row: self.open_meeting(row.id, correct=True), "edit", "F2", posted
            ),
            RowAction(_("Đảo…"), self.reverse, "undo", "", posted),
            RowAction(_("Biên bản họp"), self.minutes, "document", "F7"),
            RowAction(_("Phiếu thu, phiếu chi"), self.receipts, "print", "F8"),
            RowAction(_("Bản chụp biên bản đã ký…"), self.signed_minutes, "document"),
        ]

    # -- deeds -----------------------------------------------------------------------------------------

    def enter(self) -> None:
        """Key in the next meeting of the group shown, or of the one that the cursor stands on."""
        group = self.list.current_group()
        if group is None:
            self.desk.say(_("Hãy chọn một nhóm trước."), "warn")
            self.list.picker.setFocus()
        else:
            self.open_sheet(group)

    def next_group(self) -> None:
        """Go on with the group that meets (or should have met) soonest."""
        today = self.desk.today()
        last = self.done.posted.facts.group if self.done is not None else None

        def go(found: tuple[list[Any], dict[str, str]]) -> None:
            waiting = [row for row in found[0] if row.group != last and row.day <= today]
            if waiting:
                self.open_sheet(waiting[0].group)
            else:
                self.desk.say(_("Không còn nhóm nào đến kỳ họp."), "good")
                self.show_list()

        self.desk.ask(lambda book: next_meetings(book, today), go, owner=self)

    def print_blank(self, group: GroupId | None = None) -> None:
        """Show the blank sheet of the next meeting."""
        wanted = group or (
            self.room.draft.facts.group if self.room is not None else self.list.current_group()
        )
        if wanted is None:
            self.desk.say(_("Hãy chọn một nhóm trước."), "warn")
        else:
            large = bool(self.desk.settings["large_print"])
            print_blank(self.desk, self, wanted, large_print=large)

    def minutes(self, row: MeetingRow) -> None:
        """Show the minutes of a meeting."""
        print_minutes(self.desk, self, row.id)

    def receipts(self, row: MeetingRow) -> None:
        """Show the receipts and payment slips of a meeting."""
        print_receipts(self.desk, self, row.id)

    def signed_minutes(self, row: MeetingRow) -> None:
        """Show the scans of the minutes that everybody signed, to add one."""
        title = _("Bản chụp biên bản đã ký: buổi họp {day}").format(day=show_day(row.day))
        subject, kind = Subject("meetings", row.uid), AttachmentKind.MINUTES
        files_dialog(self.desk, self, title, subject, "meetings.minutes-files", kind).open()

    def reverse(self, row: MeetingRow) -> None:
        """Ask for a reason and take a whole meeting back."""
        if row.state is MeetingState.POSTED and self.desk.can_write:
            ask_reverse(self.desk, self, row, lambda _done: self.show_list(row.group))

    def show_papers(self) -> None:
        """Show which papers were printed of a meeting and its members since."""
        if self.room is not None:
            AffectedDialog(self.desk, self.room.opening.papers, self).open()
