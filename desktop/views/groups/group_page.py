"""The page of one group: who it is, what it has, and all that belongs to it in tabs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.ids import GroupId
from desktop.services import groups, standing
from desktop.services.acts import Topic
from desktop.services.groups import GroupDetail
from desktop.services.standing import GroupFigures
from desktop.views.groups import deeds
from desktop.views.groups.capacity_tab import CapacityTab
from desktop.views.groups.change_tab import ChangeTab
from desktop.views.groups.columns import commune_name
from desktop.views.groups.fines_tab import FinesTab
from desktop.views.groups.loans_tab import LoansTab
from desktop.views.groups.members_tab import MembersTab
from desktop.views.groups.overview_tab import OverviewTab, print_group_report
from desktop.views.groups.rosca_tab import RoscaTab
from desktop.views.groups.rules_tab import RulesTab, print_constitution
from desktop.views.groups.savings_tab import SavingsTab
from desktop.views.groups.social_tab import SocialTab, print_social_book
from desktop.views.groups.stamps_tab import StampsTab
from desktop.views.groups.support_tab import SupportTab
from desktop.views.groups.tab import GroupTab
from desktop.views.groups.tabs import CyclesTab, LogTab, MeetingsTab, OfficesTab, VouchersTab
from desktop.views.kit.blocks import Figure, figures
from desktop.views.kit.desk import Desk
from desktop.views.kit.page import PageAction, paper
from desktop.views.kit.papers import print_paper
from desktop.views.kit.tabbed_page import TabbedPage
from desktop.views.people.group_ways import ways_of
from desktop.views.people.stamps import print_passbooks
from resources.lang.dates import show_day, weekday_name
from resources.lang.dong import show_dong, show_number
from resources.lang.messages import _, many, ngettext


class GroupPage(TabbedPage):
    """One group. Ctrl+1 … Ctrl+9 choose a tab."""

    topics = frozenset(
        {
            Topic.GROUPS,
            Topic.MEMBERS,
            Topic.MEETINGS,
            Topic.ENTRIES,
            Topic.PERIODS,
            Topic.BOOK,
            Topic.ROSCAS,
            Topic.LOANS,
            Topic.CAPACITY,
            Topic.SUPPORTS,
            Topic.INCLUSION,
            Topic.SAVINGS,
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.group: GroupId | None = None
        self.detail: GroupDetail | None = None
        self._enter = False
        self.next_figure = Figure(_("Họp kỳ tới"), "–", parent=self)
        self.cash_figure = Figure(_("Tiền mặt quỹ vay"), "–", parent=self)
        self.social_figure = Figure(_("Tiền mặt quỹ xã hội"), "–", parent=self)
        self.bank_figure = Figure(_("Ngân hàng"), "–", parent=self)
        self.savings_figure = Figure(_("Tiết kiệm"), "–", parent=self)
        self.shares_figure = Figure(_("Vốn cổ phần"), "–", parent=self)
        row = (
            self.next_figure,
            self.cash_figure,
            self.social_figure,
            self.bank_figure,
            self.savings_figure,
            self.shares_figure,
        )
        self.body.addWidget(figures(row, self, 150))
        self.members = MembersTab(desk, self)
        # First what a clerk needs at every meeting.
        parts: tuple[tuple[str, GroupTab, str], ...] = (
            ("members", self.members, many("Thành viên")),
            ("meetings", MeetingsTab(desk, self), _("Buổi họp")),
            ("overview", OverviewTab(desk, self), _("Tổng quan")),
            ("loans", LoansTab(desk, self), many("Khoản vay")),
            ("savings", SavingsTab(desk, self), _("Tiết kiệm")),
            ("social", SocialTab(desk, self), _("Quỹ xã hội")),
            ("fines", FinesTab(desk, self), _("Tiền phạt")),
            ("passbooks", StampsTab(desk, self), _("Sổ thành viên")),
            ("vouchers", VouchersTab(desk, self), many("Chứng từ")),
            ("cycles", CyclesTab(desk, self), _("Chu kỳ, khóa sổ")),
            ("rules", RulesTab(desk, self), _("Quy chế")),
            ("offices", OfficesTab(desk, self), many("Chức vụ")),
            ("roscas", RoscaTab(desk, self), _("Dây họ")),
            ("supports", SupportTab(desk, self), _("Hỗ trợ")),
            ("capacity", CapacityTab(desk, self), _("Năng lực")),
            ("change", ChangeTab(desk, self), _("Đánh giá, thay đổi")),
            ("log", LogTab(desk, self), _("Nhật ký")),
        )
        self.set_parts(_("Các phần của nhóm"), parts)
        desk.session_changed.connect(self._session_changed)

    # -- what the window asks -----------------------------------------------------------------------

    def title(self) -> str:
        """Return the group's name."""
        return self.detail.name if self.detail is not None else _("Nhóm")

    def subtitle(self) -> str:
        """Return code, kind, place, size and cycle."""
        detail = self.detail
        if detail is None:
            return ""
        place = ", ".join(part for part in (detail.hamlet, commune_name(detail.commune_code)) if part)
        size = len(detail.members)
        parts = [
            detail.code,
            detail.kind.title,
            place,
            ngettext("{n} thành viên", "{n} thành viên", size).format(n=size),
            _("chu kỳ {number}: {starts} – {ends}").format(
                number=detail.cycle.number,
                starts=show_day(detail.cycle.starts),
                ends=show_day(detail.cycle.ends),
            )
            if detail.cycle is not None
            else _("ngoài chu kỳ"),
        ]
        if detail.closed is not None:
            parts.append(_("giải thể ngày {day}").format(day=show_day(detail.closed)))
        return " · ".join(part for part in parts if part)

    def trail(self) -> list[tuple[str, Callable[[], object]]]:
        """Return the list of groups."""
        return [(many("Nhóm"), self.go_up)]

    def actions(self) -> list[PageAction]:
        """Return what can be done with the group."""
        return [
            PageAction(_("Ghi buổi họp"), self.new_meeting, "meeting", "Ctrl+M", primary=True),
            PageAction(
                _("In"),
                self.print_statements,
                "print",
                writes=False,
                menu=(
                    PageAction(_("Sao kê thành viên…"), self.print_statements, "print", writes=False),
                    paper(_("Phiếu họp trống cho buổi tới"), self.print_blank),
                    paper(_("Danh sách thành viên"), self.print_list),
                    PageAction(_("Báo cáo tháng"), self.print_month, "reports", writes=False),
                    PageAction(_("Báo cáo quý"), self.print_quarter, "reports", writes=False),
                    paper(_("Sổ quỹ xã hội"), self.print_social),
                    PageAction(_("Sổ thành viên"), self.print_passbooks, "book", writes=False),
                    paper(_("Quy chế hoạt động nhóm"), self.print_rules),
                ),
            ),
            PageAction(_("Sửa thông tin"), self.edit, "edit", "F2"),
            PageAction(
                _("In sao kê thành viên của nhóm"),
                self.print_statements,
                "print",
                "Ctrl+P",
                writes=False,
                shown=False,
            ),
            PageAction(
                _("In phiếu họp trống của nhóm"),
                self.print_blank,
                "document",
                "Ctrl+Shift+P",
                writes=False,
                shown=False,
            ),
            PageAction(
                _("Nhập lãi tiết kiệm của nhóm"),
                self.credit_interest,
                "check",
                "Ctrl+Shift+I",
                writes=False,
                shown=False,
            ),
            PageAction(
                _("Tiết kiệm, lãi suất, báo rút của nhóm"),
                self.show_savings,
                "cash",
                writes=False,
                shown=False,
            ),
            PageAction(_("Thêm mới ở thẻ đang mở"), self.begin, "plus", "Ctrl+N", shown=False),
            PageAction(_("Nhập người mới vào nhóm"), self.enter_members, "plus", shown=False),
            *([] if self.group is None else ways_of(self.desk, self.group)),
        ]

    def open(self, group: int | None = None, tab: str = "", enter: bool = False, **_args: Any) -> None:
        """Show a group; `tab` names the tab, `enter` opens the strip where people are typed."""
        self.flush()
        if group is not None and group != self.group:
            self.group = GroupId(group)
            self.detail = None
            self.members.entry.put_away()
            self.tabs.setCurrentIndex(0)
            self.titled.emit()
        self.show_tab(tab)
        self._enter = enter
        self.reload()

    def reload(self) -> None:
        """Read the group and its figures again."""
        group, today = self.group, self.desk.today()
        if group is None:
            return

        def question(book: Any) -> tuple[GroupDetail, GroupFigures]:
            return groups.get(book, group, today), standing.group_figures(book, group, today)

        self.desk.ask(question, self._show, owner=self)

    def flush(self) -> None:
        """Write a new order of members that waits."""
        if self.detail is not None:
            self.members.flush()

    def can_leave(self, go: Callable[[], None]) -> bool:
        """What waits is written before the page is left."""
        self.flush()
        return True

    def focus_first(self) -> None:
        """Begin in the current tab's table, or in the strip of entry."""
        if self.members.entry.isVisible():
            self.members.entry.begin()
        else:
            self.tabs.focus_content()

    # -- showing ------------------------------------------------------------------------------------

    def _show(self, found: tuple[GroupDetail, GroupFigures]) -> None:
        detail, standing_now = found
        if detail.id != self.group:
            return
        self.detail = detail
        self._show_figures(standing_now)
        for place in range(self.tabs.count()):
            self._tab(place).take(detail, standing_now, seen=place == self.tabs.currentIndex())
        self.titled.emit()
        if self._enter:
            self._enter = False
            self.members.enter()

    def _show_figures(self, figures: GroupFigures) -> None:
        day = figures.next_meeting
        note = ""
        if day is not None:
            note = _("{weekday}, đã qua chưa ghi sổ") if figures.late else "{weekday}"
            note = note.format(weekday=weekday_name(day))
        self.next_figure.set(show_day(day) if day is not None else "–", note)
        self.cash_figure.set(show_dong(figures.cash))
        self.social_figure.set(show_dong(figures.social_cash))
        self.bank_figure.set(show_dong(figures.bank))
        self.savings_figure.set(show_dong(figures.savings))
        units = ngettext("{n} cổ phần", "{n} cổ phần", figures.share_units)
        units = units.format(n=show_number(figures.share_units))
        self.shares_figure.set(show_dong(figures.shares), units if figures.share_units else "")

    def _tab(self, place: int) -> GroupTab:
        tab = self.tabs.widget(place)
        assert isinstance(tab, GroupTab)
        return tab

    def tab_changed(self, place: int) -> None:
        """Write what waits, then let the tab read its rows."""
        self.flush()
        if self.detail is not None and place >= 0:
            self._tab(place).seen()

    def _session_changed(self) -> None:
        self.group = self.detail = None

    # -- deeds --------------------------------------------------------------------------------------

    def go_up(self) -> None:
        """Go to the list of groups."""
        self.desk.open_page("groups")

    def new_meeting(self) -> None:
        """Open the sheet of the next meeting."""
        if self.group is not None:
            self.desk.open_page("meetings", group=self.group, new=True)

    def edit(self) -> None:
        """Change the group's own data."""
        if self.detail is not None and self.desk.can_write:
            deeds.edit_group(self.desk, self, self.detail)

    def begin(self) -> None:
        """Begin what the tab in front adds; new people where it adds nothing."""
        tab = self.tabs.currentWidget()
        starter = tab.starter if isinstance(tab, GroupTab) else None
        if starter is not None and starter.isVisibleTo(tab):
            starter.click()  # a grey one does nothing
        else:
            self.enter_members()

    def enter_members(self) -> None:
        """Open the strip where people are typed."""
        if self.detail is not None:
            self.tabs.setCurrentIndex(0)
            self.members.enter()

    def credit_interest(self) -> None:
        """Go to the working of the next interest on savings."""
        if self.group is not None:
            self.desk.open_page("savings-run", group=self.group)

    def show_savings(self) -> None:
        """Show the tab of savings."""
        self.show_tab("savings")

    def print_statements(self) -> None:
        """Go to the statements of this group."""
        if self.group is not None:
            self.desk.open_page("reports", group=self.group)

    def print_blank(self) -> None:
        """Show the sheet of the next meeting, to be filled in by hand."""
        group = self.group
        if group is None:
            return

        def gather(book: Any, act: Any) -> Any:
            from desktop.services import meeting_papers

            return meeting_papers.blank_sheet(book, group, act)

        print_paper(self.desk, self, "blank-sheet", _("Phiếu họp trống"), gather)

    def print_passbooks(self) -> None:
        """Show the passbooks of all members."""
        if self.group is not None:
            print_passbooks(self.desk, self, self.group)

    def print_rules(self) -> None:
        """Show the constitution in force as a document to be signed."""
        if self.group is not None:
            print_constitution(self.desk, self, self.group)

    def print_list(self) -> None:
        """Show the list of members, to be printed."""
        group = self.group
        if group is None:
            return

        def gather(book: Any, act: Any) -> Any:
            from desktop.services import group_papers

            return group_papers.member_list(book, group, act.today, act)

        print_paper(self.desk, self, "member-list", _("Danh sách thành viên"), gather)

    def print_month(self) -> None:
        """Show the report of this month."""
        if self.group is not None:
            print_group_report(self.desk, self, self.group, quarter=False)

    def print_quarter(self) -> None:
        """Show the report of this quarter."""
        if self.group is not None:
            print_group_report(self.desk, self, self.group, quarter=True)

    def print_social(self) -> None:
        """Show the book of the social fund of this year."""
        if self.group is not None:
            print_social_book(self.desk, self, self.group)
