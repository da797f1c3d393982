"""The page of one meeting with the authorities: who took part, what was promised, its papers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.kinds import AttachmentKind
from desktop.services import coordination, coordination_book
from desktop.services.acts import Topic
from desktop.services.attachments import Subject
from desktop.services.coordination_book import Detail, GuestRow, PromiseRow
from desktop.views.coordination import dialogs
from desktop.views.coordination.columns import GUESTS, OF_MEETING
from desktop.views.coordination.page import group_finds
from desktop.views.kit import messages
from desktop.views.kit.attachments import AttachmentList
from desktop.views.kit.blocks import Facts, Figure
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.page import PageAction
from desktop.views.kit.papers import print_paper
from desktop.views.kit.pickers import Find
from desktop.views.kit.record_page import RecordPage
from desktop.views.kit.tab import listing
from desktop.views.kit.table_view import RowAction
from desktop.views.kit.theme import px
from resources.lang.dates import show_day
from resources.lang.dong import show_number
from resources.lang.messages import _


class MeetingPage(RecordPage[int, Detail]):
    """One meeting. Ctrl+1 … Ctrl+3 choose promises, people or files."""

    route = "meeting"
    reads = staticmethod(coordination_book.detail)
    topics = frozenset({Topic.COORDINATION, Topic.MEMBERS, Topic.INCLUSION, Topic.BOOK})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.people = Figure(_("Người dự"), "–", parent=self)
        self.women = Figure(_("Nữ"), "–", parent=self)
        self.disabled = Figure(_("Người khuyết tật"), "–", parent=self)
        self.officials = Figure(_("Cán bộ, đoàn thể"), "–", parent=self)
        self.late = Figure(_("Cam kết quá hạn"), "–", parent=self)
        self.add_figures(self.people, self.women, self.disabled, self.officials, self.late, least=150)
        self.facts = Facts((), self)
        self.body.addWidget(self.facts)
        self.promises, self.promises_view = listing(
            desk,
            OF_MEETING,
            "meeting.promises",
            _("Cam kết của cuộc họp"),
            empty=Empty("check", _("Chưa ghi cam kết nào."), action=(_("Ghi cam kết"), self.commit)),
            actions=(
                RowAction(_("Ghi kết quả…"), self.settle, "check", "F3", self._open),
                RowAction(_("Sửa…"), self.edit_promise, "edit", "F2", self._open),
                RowAction(_("Mở lại"), self.reopen, "undo", "", self._settled),
                RowAction(_("Xóa cam kết ghi nhầm…"), self.remove_promise, "delete", "Del", self._open),
            ),
            opened=self.settle,
            filterable=False,
        )
        self.guests, self.guests_view = listing(
            desk,
            GUESTS,
            "meeting.guests",
            _("Người dự họp"),
            empty=Empty("member", _("Chưa ghi ai dự."), action=(_("Ghi người dự"), self.add_guest)),
            actions=(
                RowAction(_("Mở hồ sơ"), self.open_member, "member", "", lambda row: row.member is not None),
                RowAction(_("Bỏ người ghi nhầm…"), self.remove_guest, "delete", "Del", desk.may_write),
            ),
            opened=self.open_member,
        )
        self.files = AttachmentList(desk, "meeting.files", AttachmentKind.MINUTES, self)
        self.set_parts(
            _("Các phần của cuộc họp"),
            (
                ("promises", self.promises_view, _("Cam kết")),
                ("guests", self.guests_view, _("Người dự")),
                ("files", self.files, _("Biên bản, ảnh")),
            ),
        )
        self.tabs.setMinimumHeight(px(360))

    # -- the page -----------------------------------------------------------------------------------

    def title(self) -> str:
        """Return what the meeting was about."""
        return _("Cuộc họp phối hợp") if self.detail is None else self.detail.meet.topic

    def subtitle(self) -> str:
        """Return code, day, who called it, where."""
        if self.detail is None:
            return ""
        row = self.detail.row
        return " · ".join(
            part for part in (row.code, show_day(row.day), row.organiser, row.place, row.group_name) if part
        )

    def trail(self) -> list[tuple[str, Callable[[], object]]]:
        """Return the list of meetings."""
        return [(_("Phối hợp, cam kết"), lambda: self.desk.open_page("coordination"))]

    def actions(self) -> list[PageAction]:
        """Return what can be done with the meeting; the first follows the tab."""
        if self.detail is None:
            return []
        promise = (_("Ghi cam kết…"), self.commit, "check")
        guest = (_("Ghi người dự…"), self.add_guest, "member")
        first, second = (guest, promise) if self.shown_key == "guests" else (promise, guest)
        return [
            PageAction(first[0], first[1], "plus", "Ctrl+N", primary=True),
            PageAction(*second),
            PageAction(_("In"), self.print_meeting, "print", "Ctrl+P", writes=False),
            PageAction(_("Sửa cuộc họp…"), self.edit, "edit", "Ctrl+E"),
        ]

    def take(self, detail: Detail) -> None:
        """Show the figures and the tabs."""
        counted = detail.counted
        self.people.set(show_number(counted.people), _("{n} thành viên nhóm").format(n=counted.members))
        self.women.set(show_number(counted.women), _("{n} nam").format(n=counted.men))
        asked = _("trong {n} người đã biết").format(n=counted.asked)
        self.disabled.set(
            show_number(counted.disabled) if counted.asked else "–", asked if counted.asked else ""
        )
        self.officials.set(show_number(counted.officials))
        self.late.set(show_number(detail.row.late), _("trong {n} cam kết").format(n=detail.row.promises))
        pairs = [(_("Chương trình"), detail.meet.agenda), (_("Kết quả, kết luận"), detail.meet.result)]
        self.facts.set([(name, text) for name, text in pairs if text])
        self.promises.set_rows(list(detail.promises))
        self.guests.set_rows(list(detail.guests))
        self.files.show_subject(Subject("coordination_meetings", detail.row.uid))

    # -- deeds --------------------------------------------------------------------------------------

    def _open(self, row: PromiseRow) -> bool:
        return self.desk.can_write and row.open

    def _settled(self, row: PromiseRow) -> bool:
        return self.desk.can_write and not row.open

    def edit(self) -> None:
        """Change the meeting."""
        if self.writable is not None:
            self.desk.ask(group_finds, self._ask_meeting, owner=self)

    def _ask_meeting(self, groups: list[Find]) -> None:
        if detail := self.writable:
            dialogs.keep_meeting(
                self.desk, detail, groups, self.desk.saying(_("Đã sửa cuộc họp.")), self
            ).open()

    def commit(self) -> None:
        """Write a promise down."""
        if detail := self.writable:
            dialogs.commit(
                self.desk, detail.row.id, None, self.desk.saying(_("Đã ghi cam kết.")), self
            ).open()

    def edit_promise(self, row: PromiseRow) -> None:
        """Change a promise that has no result yet."""
        if self._open(row):
            dialogs.commit(self.desk, row.meeting, row, self.desk.saying(_("Đã sửa cam kết.")), self).open()

    def settle(self, row: PromiseRow) -> None:
        """Write down whether a promise was kept."""
        if self._open(row):
            dialogs.settle(self.desk, row, self.desk.saying(_("Đã ghi kết quả cam kết.")), self).open()

    def reopen(self, row: PromiseRow) -> None:
        """Open a promise again whose result was written by mistake."""
        if self._settled(row):
            self.desk.do(
                lambda book, act: coordination.reopen(book, row.id, row.version, act),
                self.desk.saying(_("Đã mở lại cam kết.")),
                owner=self,
            )

    def remove_promise(self, row: PromiseRow) -> None:
        """Take a promise away that was written by mistake, after a question."""
        if self._open(row):
            messages.ask(
                self,
                _("Xóa cam kết của {who}?").format(who=row.who),
                detail=_("Chỉ xóa dòng ghi nhầm; nhật ký vẫn giữ."),
                yes=_("Xóa"),
                no=_("Giữ"),
                then=lambda: self.desk.do(
                    lambda book, act: coordination.remove_commitment(book, row.id, row.version, act),
                    self.desk.saying(_("Đã xóa.")),
                    owner=self,
                ),
                danger=True,
            )

    def add_guest(self) -> None:
        """Write down who took part."""
        if detail := self.writable:
            dialogs.add_guest(self.desk, detail.row.id, self.desk.saying(_("Đã ghi người dự.")), self).open()

    def remove_guest(self, row: GuestRow) -> None:
        """Take somebody off the list, after a question."""
        if self.writable is not None:
            messages.ask(
                self,
                _("Bỏ {name} khỏi danh sách dự họp?").format(name=row.name),
                yes=_("Bỏ"),
                no=_("Giữ"),
                then=lambda: self.desk.do(
                    lambda book, act: coordination.remove_guest(book, row.id, act),
                    self.desk.saying(_("Đã bỏ khỏi danh sách.")),
                    owner=self,
                ),
            )

    def open_member(self, row: GuestRow) -> None:
        """Open the page of a member who took part."""
        if row.member is not None:
            self.desk.open_page("member", member=row.member)

    def print_meeting(self) -> None:
        """Show the meeting as paper."""
        meeting = self.record
        if meeting is None:
            return

        def gather(book: Any, act: Any) -> Any:
            from desktop.services import capacity_papers

            return capacity_papers.meeting_paper(book, meeting, act)

        print_paper(self.desk, self, "coordination-meeting", _("Ghi nhận cuộc họp phối hợp"), gather)
