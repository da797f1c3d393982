"""The page of one person: particulars, money, groups, papers, log."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.models.ids import GroupId, MemberId
from desktop.models.kinds import MemberStatus
from desktop.services import history, members, standing
from desktop.services.acts import Act, Outcome, Topic
from desktop.services.erasing import why_erased
from desktop.services.member_lists import MemberDetail, MemberGroup
from desktop.services.members import MarkLeft
from desktop.services.standing import PaperRow
from desktop.views.kit import inputs, messages
from desktop.views.kit.blocks import scroll_area
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.empty import Empty
from desktop.views.kit.form import Field
from desktop.views.kit.page import PageAction
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.tabbed_page import TabbedPage
from desktop.views.kit.table_view import TableView
from desktop.views.kit.theme import space
from desktop.views.members.columns import GROUPS, PAPERS, born
from desktop.views.members.inclusion_tab import InclusionTab
from desktop.views.members.money import MoneyTab
from desktop.views.members.particulars import Particulars
from desktop.views.members.statement import ask_statement
from desktop.views.people.loan_list import LoanList
from desktop.views.people.log import LogView
from desktop.views.people.stamps import PassbookTab
from desktop.views.people.support_list import SupportList
from desktop.views.people.training_list import TrainingList
from resources.lang.dates import show_day
from resources.lang.messages import N_, _, many


class MemberPage(TabbedPage):
    """One person; without `member` in the route the form of a new one. Ctrl+1 … Ctrl+9 choose a tab."""

    topics = frozenset(
        {
            Topic.MEMBERS,
            Topic.HOUSEHOLDS,
            Topic.GROUPS,
            Topic.ENTRIES,
            Topic.PRINTS,
            Topic.BOOK,
            Topic.LOANS,
            Topic.INCLUSION,
            Topic.TRAINING,
            Topic.SUPPORTS,
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.member: MemberId | None = None
        self.detail: MemberDetail | None = None
        self.particulars = Particulars(desk, self)
        self.particulars.saved.connect(self._saved)
        self.particulars.left.connect(self._left)
        self.money = MoneyTab(desk, self)
        self.groups: RowTable[MemberGroup] = RowTable(
            desk, GROUPS, key=lambda row: (row.group, row.joined, row.left)
        )
        self.group_view = TableView(
            self.groups,
            "member.groups",
            _("Các nhóm đã tham gia"),
            filterable=False,
            empty=Empty("groups", _("Chưa vào nhóm nào."), _("Thêm vào nhóm ở trang của nhóm.")),
        )
        self.group_view.opened.connect(self._open_group)
        self.papers: RowTable[PaperRow] = RowTable(desk, PAPERS, key=lambda row: (row.number, row.copy))
        self.paper_view = TableView(
            self.papers,
            "member.papers",
            _("Giấy đã in"),
            filterable=False,
            empty=Empty(
                "print",
                _("Chưa in giấy nào cho người này."),
                _("Sao kê và phiếu đã in được ghi lại ở đây cùng số dư trên giấy."),
                (_("In sao kê…"), self.print_statement),
            ),
        )
        self.log = LogView(desk, "member.log", self)
        self.loans = LoanList(desk, "member.loans", self.new_loan)
        self.inclusion = InclusionTab(desk)
        self.passbook = PassbookTab(desk)
        self.training = TrainingList(desk, "member.training")
        self.supports = SupportList(desk, "member.supports", self.ask_support)
        parts: tuple[tuple[str, QWidget, str, Callable[[MemberId], object]], ...] = (
            ("record", self.particulars, _("Hồ sơ"), _nothing),
            ("money", _scrolled(self.money), _("Tiền trong nhóm"), self.money.load),
            ("passbook", self.passbook, _("Sổ thành viên"), self.passbook.load),
            ("loans", _padded(self.loans), many("Khoản vay"), self._load_loans),
            ("groups", _padded(self.group_view), many("Nhóm"), _nothing),
            ("inclusion", self.inclusion, _("Hòa nhập"), self.inclusion.load),
            ("training", _padded(self.training), _("Tập huấn"), self.training.load),
            ("supports", _padded(self.supports), _("Hỗ trợ"), self.supports.show_member),
            ("papers", _padded(self.paper_view), _("Giấy đã in"), self._load_papers),
            ("log", _padded(self.log), _("Nhật ký"), self._load_log),
        )
        """Each tab: its name in routes, its content, its title, and what reads it when it is seen."""
        self._loaders = tuple(load for _key, _widget, _title, load in parts)
        self.set_parts(_("Các phần của hồ sơ"), [(key, widget, title) for key, widget, title, _load in parts])

    # -- what the window asks -----------------------------------------------------------------------

    def title(self) -> str:
        """Return the person's name."""
        if self.member is None:
            return _("Thành viên mới")
        return self.detail.person.full_name if self.detail is not None else _("Thành viên")

    def subtitle(self) -> str:
        """Return code, birth, address, groups and status."""
        detail = self.detail
        if detail is None:
            return ""
        person = detail.person
        birth = born(person.birth_date, person.birth_year)
        parts = [
            detail.code,
            person.sex.title if person.sex is not None else "",
            _("sinh {year}").format(year=birth) if birth else "",
            detail.address,
            ", ".join(row.name for row in detail.groups if row.left is None),
        ]
        if detail.status is not MemberStatus.ACTIVE:
            day = show_day(detail.left) if detail.left is not None else ""
            parts.append(f"{detail.status.title} {day}".strip())
        return " · ".join(part for part in parts if part)

    def trail(self) -> list[tuple[str, Callable[[], object]]]:
        """Return the list of people."""
        return [(many("Thành viên"), self.go_up)]

    def actions(self) -> list[PageAction]:
        """Return what can be done with the person."""
        detail = self.detail
        if detail is None:
            return []
        found = [
            PageAction(_("In sao kê…"), self.print_statement, "print", "Ctrl+P", primary=True, writes=False)
        ]
        if detail.status is MemberStatus.ACTIVE:
            found.append(PageAction(_("Ghi nhận đã rời…"), self.mark_left, "leave"))
        elif not detail.erased:
            found.append(PageAction(_("Tham gia trở lại"), self.mark_returned, "undo"))
        switch = (
            _("Thôi in chữ lớn cho người này") if detail.person.large_print else _("In chữ lớn cho người này")
        )
        if not detail.erased:
            found.append(PageAction(switch, self.switch_large_print, "zoom-in", shown=False))
        return found

    def open(self, member: int | None = None, group: int | None = None, tab: str = "", **_args: Any) -> None:
        """Show a person, or an empty form (with `group` the new person also joins it)."""
        wanted = None if member is None else MemberId(member)
        if wanted != self.member or wanted is None:
            self.member, self.detail = wanted, None
            self.tabs.setCurrentIndex(0)
        self.tabs.tabBar().setVisible(wanted is not None)
        if wanted is None:
            if not self.particulars.form.dirty or self.particulars.detail is not None:
                self.particulars.begin_new(None if group is None else GroupId(group))
        else:
            self.show_tab(tab)
            self.reload()
        self.titled.emit()

    def reload(self) -> None:
        """Read the person again."""
        member = self.member
        if member is not None:
            self.desk.ask(lambda book: members.get(book, member), self._show, owner=self)

    def can_leave(self, go: Callable[[], None]) -> bool:
        """Ask before something typed is lost."""
        if not self.particulars.form.dirty:
            return True
        self.particulars.panel.leave_then(go)
        return False

    def focus_first(self) -> None:
        """A new person begins with the name, a known one with the tabs' content."""
        if self.member is None:
            self.particulars.form.focus_first()
        else:
            self.tabs.tabBar().setFocus()

    # -- showing ------------------------------------------------------------------------------------

    def _show(self, detail: MemberDetail) -> None:
        if detail.id != self.member:
            return
        self.detail = detail
        self.particulars.show_detail(detail)
        self.groups.set_rows(detail.groups)
        self.inclusion.show_member(detail)
        self._offer(detail)
        self._load_tab(self.tabs.currentIndex())
        self.titled.emit()

    def _offer(self, detail: MemberDetail) -> None:
        """Offer a new loan or support only to whom it can be given; otherwise say why not."""
        here = any(row.left is None for row in detail.groups)
        outside = "" if here else _("Người này không còn ở nhóm nào, nên không vay thêm được.")
        closed = why_erased() if detail.erased else ""
        self.loans.offer(closed or outside)
        self.supports.offer(closed)

    def tab_changed(self, place: int) -> None:
        """Let the tab read what it shows."""
        if self.detail is not None:
            self._load_tab(place)

    def _load_tab(self, place: int) -> None:
        assert self.member is not None
        self._loaders[place](self.member)

    def ask_support(self) -> None:
        """Begin a request for support for this person."""
        if self.member is not None:
            self.desk.open_page("support", ask="member", who=self.member, text=self.title())

    def _load_loans(self, member: MemberId) -> None:
        self.loans.show_loans(self.desk.today(), member=member)

    def _load_papers(self, member: MemberId) -> None:
        self.desk.ask(lambda book: standing.papers_of_member(book, member), self.papers.set_rows, owner=self)

    def _load_log(self, member: MemberId) -> None:
        self.log.load(lambda book: history.of_member(book, member))

    def _saved(self, member: MemberId) -> None:
        if self.member is None:
            self.desk.open_page("member", member=member)

    def _left(self) -> None:
        if self.member is None:
            self.go_up()

    # -- deeds --------------------------------------------------------------------------------------

    def go_up(self) -> None:
        """Go to the list of people."""
        self.desk.open_page("members")

    def new_loan(self) -> None:
        """Begin an application of this person, in the group they belong to when it is only one."""
        if self.detail is not None:
            current = [row.group for row in self.detail.groups if row.left is None]
            group = current[0] if len(current) == 1 else None
            self.desk.open_page("loan-new", group=group, member=self.detail.id)

    def print_statement(self) -> None:
        """Ask for the period and show the statement."""
        if self.detail is not None:
            ask_statement(self.desk, self, self.detail.id, self.detail.person.full_name)

    def switch_large_print(self) -> None:
        """Keep whether this person's papers are printed in large letters."""
        detail = self.detail
        if detail is not None and self.desk.can_write:
            large = not detail.person.large_print
            self.desk.do(lambda book, act: members.set_large_print(book, detail.id, large, act), owner=self)

    def mark_left(self) -> None:
        """Mark the person as having left or died."""
        detail = self.detail
        if detail is None or not self.desk.can_write:
            return

        def deed(book: Any, values: dict[str, Any], act: Act) -> Outcome[MemberId]:
            command = MarkLeft(
                member=detail.id,
                version=detail.version,
                left=values["left"],
                died=values["died"],
                reason=values["reason"],
                agreed=bool(values.get("agreed")),
            )
            return members.mark_left(book, command, act)

        FormDialog(
            self.desk,
            _("{name} rời chương trình").format(name=detail.person.full_name),
            [
                Field("left", N_("Ngày cuối cùng"), inputs.day(), required=True, width=24),
                Field("died", N_("Người này đã mất"), inputs.check()),
                Field("reason", N_("Lý do"), inputs.text(2)),
            ],
            deed,
            values={"left": self.desk.today(), "died": False},
            intro=_("Người này rời mọi nhóm và thôi mọi chức vụ từ ngày đó. Sổ sách cũ được giữ nguyên."),
            save_text=_("Ghi nhận"),
            parent=self,
        ).open()

    def mark_returned(self) -> None:
        """Take back that the person left, after a question."""
        detail = self.detail
        if detail is None or not self.desk.can_write:
            return
        messages.ask(
            self,
            _("{name} tham gia trở lại?").format(name=detail.person.full_name),
            detail=_("Các nhóm thì thêm lại ở trang của từng nhóm."),
            yes=_("Tham gia trở lại"),
            then=lambda: self.desk.do(
                lambda book, act: members.mark_returned(book, detail.id, detail.version, act), owner=self
            ),
        )

    def _open_group(self, row: MemberGroup) -> None:
        self.desk.open_page("group", group=row.group)


def _nothing(_member: MemberId) -> None:
    """Read nothing: the tab is filled with the person."""


def _scrolled(widget: QWidget) -> QScrollArea:
    area = scroll_area()
    area.setWidget(widget)
    return area


def _padded(view: QWidget) -> QWidget:
    holder = QWidget()
    box = QVBoxLayout(holder)
    box.setContentsMargins(0, space(3), 0, 0)
    box.addWidget(view)
    return holder
