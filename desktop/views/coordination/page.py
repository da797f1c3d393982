"""Work with the authorities: meetings, promises with what is late, and what is due in the plans of all groups."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.capacity_kinds import ActionState, Promise
from desktop.services import change_plans, coordination, coordination_book, group_lists
from desktop.services.acts import Topic
from desktop.services.change_plans import ActionRow
from desktop.services.coordination_book import MeetingRow, PromiseRow
from desktop.views.coordination import dialogs
from desktop.views.coordination.columns import FOLLOW_UP, MEETINGS, PROMISES
from desktop.views.kit import messages
from desktop.views.kit.blocks import Figure, figures
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.inputs import CheckBox
from desktop.views.kit.page import PageAction, paper
from desktop.views.kit.papers import print_paper
from desktop.views.kit.pickers import Find
from desktop.views.kit.tab import listing
from desktop.views.kit.tabbed_page import TabbedPage
from desktop.views.kit.table_view import RowAction
from desktop.views.kit.theme import px
from desktop.views.people import capacity_dialogs
from resources.lang.dates import show_day
from resources.lang.dong import show_number, show_percent
from resources.lang.messages import _


class CoordinationPage(TabbedPage):
    """Three tabs. Ctrl+1 … Ctrl+3 choose one."""

    topics = frozenset({Topic.COORDINATION, Topic.CAPACITY, Topic.GROUPS, Topic.MEMBERS, Topic.BOOK})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.found_promises: list[PromiseRow] = []
        self.meetings_figure = Figure(_("Cuộc họp 12 tháng qua"), "–", parent=self)
        self.kept_figure = Figure(_("Cam kết đã giữ lời"), "–", parent=self)
        self.late_figure = Figure(_("Cam kết quá hạn"), "–", parent=self)
        self.changes_figure = Figure(_("Việc của nhóm quá hạn"), "–", parent=self)
        row = (self.meetings_figure, self.kept_figure, self.late_figure, self.changes_figure)
        self.body.addWidget(figures(row, self, 170))
        self.meetings, self.meetings_view = listing(
            desk,
            MEETINGS,
            "coordination.meetings",
            _("Cuộc họp phối hợp"),
            empty=Empty(
                "meeting",
                _("Chưa ghi cuộc họp nào với chính quyền, đoàn thể."),
                _("Ghi ai dự, bàn gì, ai hứa gì và đến bao giờ."),
                (_("Ghi cuộc họp"), self.new_meeting),
            ),
            actions=(
                RowAction(_("Mở"), self.open_meeting, "open"),
                RowAction(_("Xóa cuộc họp ghi nhầm…"), self.remove_meeting, "delete", "Del", desk.may_write),
            ),
            opened=self.open_meeting,
        )
        self.promises, self.promises_view = listing(
            desk,
            PROMISES,
            "coordination.promises",
            _("Cam kết"),
            empty=Empty("good", _("Không có cam kết nào ở đây.")),
            actions=(
                RowAction(_("Ghi kết quả…"), self.settle, "check", "F3", self._open_promise),
                RowAction(_("Mở lại"), self.reopen, "undo", "", self._settled_promise),
                RowAction(_("Mở cuộc họp"), self.open_promise, "open"),
            ),
            opened=self.next_step,
        )
        self.late_only = CheckBox(_("Chỉ cam kết &quá hạn"), self)
        self.late_only.changed.connect(self._sift)
        self.promises_view.tools.insertWidget(0, self.late_only)
        self.promises_view.narrowed_by(self.late_only)
        self.changes, self.changes_view = listing(
            desk,
            FOLLOW_UP,
            "coordination.changes",
            _("Việc thay đổi của các nhóm, quá hạn và sắp đến hạn"),
            empty=Empty("good", _("Không nhóm nào có việc đến hạn trong 30 ngày.")),
            actions=(
                RowAction(_("Đã xong…"), self.finish_action, "check", "F3", desk.may_write),
                RowAction(_("Mở kế hoạch của nhóm"), self.open_plan, "open"),
            ),
            opened=self.open_plan,
        )
        self.set_parts(
            _("Các phần của trang Phối hợp"),
            (
                ("meetings", self.meetings_view, _("Cuộc họp")),
                ("promises", self.promises_view, _("Cam kết")),
                ("changes", self.changes_view, _("Việc thay đổi của nhóm")),
            ),
        )
        self.tabs.setMinimumHeight(px(360))

    # -- the page -----------------------------------------------------------------------------------

    def title(self) -> str:
        """Return the heading."""
        return _("Phối hợp, cam kết")

    def subtitle(self) -> str:
        """Return what the page is for."""
        return _("Làm việc với chính quyền, đoàn thể; kế hoạch thay đổi của các nhóm")

    def actions(self) -> list[PageAction]:
        """Return what can be done here."""
        return [
            PageAction(_("Ghi cuộc họp"), self.new_meeting, "plus", "Ctrl+N", primary=True),
            PageAction(
                _("In"),
                self.print_list,
                "print",
                writes=False,
                menu=(
                    paper(_("Danh sách phối hợp, cam kết"), self.print_list),
                    paper(_("Cam kết quá hạn"), self.print_late),
                    paper(_("Việc thay đổi đến hạn"), self.print_changes),
                ),
            ),
            PageAction(
                _("In danh sách phối hợp, cam kết"),
                self.print_list,
                "print",
                "Ctrl+P",
                writes=False,
                shown=False,
            ),
        ]

    def open(self, tab: str = "", **_args: Any) -> None:
        """Show a tab."""
        self.show_tab(tab)
        self.reload()

    def reload(self) -> None:
        """Read everything again."""
        today = self.desk.today()

        def question(book: Any) -> tuple[list[MeetingRow], list[PromiseRow], list[ActionRow]]:
            return (
                coordination_book.meetings(book, today),
                coordination_book.promises(book, today),
                change_plans.follow_up(book, today),
            )

        self.desk.ask(question, self._show, owner=self)

    def _show(self, found: tuple[list[MeetingRow], list[PromiseRow], list[ActionRow]]) -> None:
        meetings, self.found_promises, changes = found
        self.meetings.set_rows(meetings)
        self.changes.set_rows(changes)
        self._sift()
        today = self.desk.today()
        recent = [row for row in meetings if (today - row.day).days < 365]
        self.meetings_figure.set(show_number(len(recent)))
        settled = [row for row in self.found_promises if not row.open]
        kept = sum(row.state is Promise.KEPT for row in settled)
        self.kept_figure.set(
            f"{kept}/{len(settled)}", show_percent(Fraction(kept, len(settled)), 1) if settled else ""
        )
        late = sum(row.open and row.days_late > 0 for row in self.found_promises)
        self.late_figure.set(show_number(late))
        self.changes_figure.set(show_number(sum(row.days_late > 0 for row in changes)))

    def _sift(self) -> None:
        rows = self.found_promises
        if self.late_only.value():
            rows = [row for row in rows if row.open and row.days_late > 0]
        self.promises.set_rows(rows)

    # -- deeds --------------------------------------------------------------------------------------

    def _open_promise(self, row: PromiseRow) -> bool:
        return self.desk.can_write and row.open

    def _settled_promise(self, row: PromiseRow) -> bool:
        return self.desk.can_write and not row.open

    def new_meeting(self) -> None:
        """Write a meeting down and open it."""
        if self.desk.can_write:
            self.desk.ask(group_finds, self._ask_meeting, owner=self)

    def _ask_meeting(self, groups: list[Find]) -> None:
        dialogs.keep_meeting(
            self.desk,
            None,
            groups,
            lambda key: self.desk.open_page("coordination-meeting", meeting=key),
            self,
        ).open()

    def open_meeting(self, row: MeetingRow) -> None:
        """Open a meeting."""
        self.desk.open_page("coordination-meeting", meeting=row.id)

    def remove_meeting(self, row: MeetingRow) -> None:
        """Take a meeting away that was written by mistake, after a question."""
        if not self.desk.can_write:
            return
        messages.ask(
            self,
            _("Xóa cuộc họp {code} ngày {day}?").format(code=row.code, day=show_day(row.day)),
            detail=_("Chỉ xóa cuộc họp ghi nhầm; nhật ký vẫn giữ."),
            yes=_("Xóa"),
            no=_("Giữ"),
            then=lambda: self.desk.do(
                lambda book, act: coordination.remove(book, row.id, row.version, act),
                self.desk.saying(_("Đã xóa.")),
                owner=self,
            ),
            danger=True,
        )

    def next_step(self, row: PromiseRow) -> None:
        """Enter writes the result of an open promise, else opens its meeting."""
        if self._open_promise(row):
            self.settle(row)
        else:
            self.open_promise(row)

    def settle(self, row: PromiseRow) -> None:
        """Write down whether a promise was kept."""
        if self._open_promise(row):
            dialogs.settle(self.desk, row, self.desk.saying(_("Đã ghi kết quả cam kết.")), self).open()

    def reopen(self, row: PromiseRow) -> None:
        """Open a promise again whose result was written by mistake."""
        if self._settled_promise(row):
            self.desk.do(
                lambda book, act: coordination.reopen(book, row.id, row.version, act),
                self.desk.saying(_("Đã mở lại cam kết.")),
                owner=self,
            )

    def open_promise(self, row: PromiseRow) -> None:
        """Open the meeting of a promise."""
        self.desk.open_page("coordination-meeting", meeting=row.meeting)

    def finish_action(self, row: ActionRow) -> None:
        """Say that an action of a group is done."""
        if self.desk.can_write:
            capacity_dialogs.settle_action(
                self.desk, row, ActionState.DONE, self.desk.saying(_("Đã ghi kết quả.")), self
            ).open()

    def open_plan(self, row: ActionRow) -> None:
        """Open the plan of a group."""
        self.desk.open_page("group", group=row.group, tab="change")

    # -- papers -------------------------------------------------------------------------------------

    def print_list(self) -> None:
        """Show all meetings and promises as paper."""
        self._print(late_only=False)

    def print_late(self) -> None:
        """Show the promises that are late as paper."""
        self._print(late_only=True)

    def _print(self, *, late_only: bool) -> None:
        def gather(book: Any, act: Any) -> Any:
            from desktop.services import capacity_papers

            return capacity_papers.coordination_paper(book, act, late_only=late_only)

        print_paper(self.desk, self, "coordination-list", _("Danh sách phối hợp, cam kết"), gather)

    def print_changes(self) -> None:
        """Show what is due in the plans of all groups as paper."""

        def gather(book: Any, act: Any) -> Any:
            from desktop.services import capacity_papers

            return capacity_papers.follow_up_paper(book, act)

        print_paper(self.desk, self, "change-plan", _("Việc thay đổi đến hạn"), gather)


def group_finds(book: Any) -> list[Find]:
    """Return the groups to choose from."""
    rows = group_lists.page(book, group_lists.GroupFilter(), group_lists.GroupSort(), 0, 5_000)
    return [Find(row.id, row.name, row.code) for row in rows]
