"""The list of people, and of households: 50,000 and more, read page by page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.kinds import MemberStatus, Sex
from desktop.services import households, members
from desktop.services.acts import Topic
from desktop.services.households import HouseholdFilter, HouseholdOrder, HouseholdRow, HouseholdSort
from desktop.services.members import MemberFilter, MemberOrder, MemberRow, MemberSort
from desktop.views.kit.choice_box import Choice
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.group_picker import GroupPicker
from desktop.views.kit.page import Page, PageAction
from desktop.views.kit.pickers import CommunePicker
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.sources import BookSource, Query
from desktop.views.kit.table_view import RowAction, TableView
from desktop.views.kit.tabs import PageTabs
from desktop.views.kit.theme import px
from desktop.views.members.columns import HOUSEHOLDS, MEMBERS
from desktop.views.members.statement import ask_statement
from desktop.views.people.household_dialog import found_household
from resources.lang.messages import _, many

_ORDERS = {
    "code": MemberOrder.CODE,
    "birth": MemberOrder.BIRTH,
    "joined": MemberOrder.JOINED,
}
_HOUSEHOLD_ORDERS = {"head": HouseholdOrder.HEAD, "hamlet": HouseholdOrder.HAMLET}


_ALONE, _ALL = "alone", "all"


def _filter(query: Query) -> MemberFilter:
    who = query.filters.get("who", MemberStatus.ACTIVE)
    return MemberFilter(
        text=query.text,
        group=query.filters.get("group"),
        without_group=who == _ALONE,
        commune_code=query.filters.get("commune"),
        status=None if who == _ALL else (MemberStatus.ACTIVE if who == _ALONE else who),
        sex=query.filters.get("sex"),
    )


def _count(book: Any, query: Query) -> int:
    return members.count(book, _filter(query))


def _page(book: Any, query: Query, offset: int, limit: int) -> Sequence[MemberRow]:
    usual = MemberOrder.POSITION if query.filters.get("group") is not None else MemberOrder.NAME
    by = _ORDERS.get(query.sort, MemberOrder.NAME if query.sort else usual)
    return members.page(book, _filter(query), MemberSort(by, query.descending), offset, limit)


def _household_count(book: Any, query: Query) -> int:
    return households.count(book, HouseholdFilter(text=query.text))


def _household_page(book: Any, query: Query, offset: int, limit: int) -> Sequence[HouseholdRow]:
    sort = HouseholdSort(_HOUSEHOLD_ORDERS.get(query.sort, HouseholdOrder.CODE), query.descending)
    return households.page(book, HouseholdFilter(text=query.text), sort, offset, limit)


class MembersPage(Page):
    """All people of the book, and their households; Enter opens one."""

    scrolls = True  # on a low screen with large letters: the table keeps a few rows
    topics = frozenset({Topic.MEMBERS, Topic.HOUSEHOLDS, Topic.GROUPS, Topic.BOOK})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.table: RowTable[MemberRow] = RowTable(
            desk, MEMBERS, key=lambda row: row.id, source=BookSource(_count, _page)
        )
        self.view = TableView(
            self.table,
            "members.list",
            many("Thành viên"),
            multi=True,
            empty=self._empty(),
            hint=_("Tên có dấu hoặc không dấu, mã, điện thoại, số định danh"),
            actions=(
                RowAction(_("Mở hồ sơ"), self.open_row, "open"),
                RowAction(_("In sao kê…"), self.print_statement, "print", "Ctrl+P"),
            ),
        )
        self._build_filters()
        self.view.opened.connect(self.open_row)
        self.households: RowTable[HouseholdRow] = RowTable(
            desk, HOUSEHOLDS, key=lambda row: row.id, source=BookSource(_household_count, _household_page)
        )
        self.household_view = TableView(
            self.households,
            "households.list",
            many("Hộ gia đình"),
            empty=Empty(
                "household",
                _("Sổ chưa có hộ nào."),
                _("Hộ gom những người cùng nhà và giữ địa chỉ in trên giấy."),
                (_("Lập hộ mới"), self.found_household),
            ),
            hint=_("Lọc theo chủ hộ, mã hộ hoặc thôn ấp"),
            actions=(RowAction(_("Mở hộ"), self.open_household, "open"),),
        )
        self.household_view.opened.connect(self.open_household)
        self.tabs = PageTabs(
            self,
            _("Danh sách"),
            [(self.view, many("Thành viên")), (self.household_view, many("Hộ gia đình"))],
        )
        self.tabs.currentChanged.connect(self._tab_changed)
        self.body.addWidget(self.tabs, 1)
        desk.session_changed.connect(self._session_changed)

    def title(self) -> str:
        """Return the heading."""
        return many("Thành viên")

    def actions(self) -> list[PageAction]:
        """Enter people, one by one or from a file."""
        if self.tabs.currentIndex() == 1:
            return [PageAction(_("Lập hộ mới"), self.found_household, "plus", "Ctrl+N", primary=True)]
        return [
            PageAction(_("Thêm thành viên"), self.enrol, "plus", "Ctrl+N", primary=True),
            PageAction(_("Nhập từ Excel…"), self.bring_in, "import", "Ctrl+I"),
        ]

    def open(
        self,
        member: int | None = None,
        household: int | None = None,
        bring_in: bool = False,
        **_args: Any,
    ) -> None:
        """Show the lists; a member or household named in the route, or the import wizard, is opened."""
        self.reload()
        if member is not None:
            self.desk.open_page("member", member=member)
        elif household is not None:
            self.desk.open_page("household", household=household)
        elif bring_in:
            self.bring_in()

    def reload(self) -> None:
        """Read the list in front again, the other one when it is next seen."""
        (self.households if self.tabs.currentIndex() == 1 else self.table).reload()

    def focus_first(self) -> None:
        """Begin in the filter: the clerk comes with a name."""
        view = self.household_view if self.tabs.currentIndex() == 1 else self.view
        view.focus_filter()

    # -- deeds --------------------------------------------------------------------------------------

    def open_row(self, row: MemberRow) -> None:
        """Open the page of a person."""
        self.desk.open_page("member", member=row.id)

    def open_household(self, row: HouseholdRow) -> None:
        """Open the page of a household."""
        self.desk.open_page("household", household=row.id)

    def enrol(self) -> None:
        """Open the form of a new person."""
        self.desk.open_page("member")

    def bring_in(self) -> None:
        """Open the import wizard."""
        self.desk.open_page("imports", group=self.table.query.filters.get("group"))

    def found_household(self) -> None:
        """Enter a household and open its page."""
        if self.desk.can_write:
            found_household(self.desk, self, lambda made: self.desk.open_page("household", household=made))

    def print_statement(self, row: MemberRow) -> None:
        """Ask for the period and show a person's statement."""
        ask_statement(self.desk, self, row.id, row.full_name)

    # -- parts --------------------------------------------------------------------------------------

    def _build_filters(self) -> None:
        self.group = GroupPicker(self.desk, self)
        self.group.setPlaceholderText(_("Mọi nhóm"))
        self.commune = CommunePicker(self.desk, self)
        self.commune.setAccessibleName(_("Xã, phường"))
        self.commune.setPlaceholderText(_("Mọi xã, phường"))
        for picker in (self.group, self.commune):
            picker.setMaximumWidth(px(170))
            picker.setMinimumWidth(px(84))
            picker.allow_clearing()
        self.sex = Choice([(None, _("Nam, nữ")), *((sex, sex.title) for sex in Sex)], self)
        self.sex.setAccessibleName(_("Giới tính"))
        self.status = Choice(
            [
                (MemberStatus.ACTIVE, MemberStatus.ACTIVE.title),
                (_ALONE, _("Chưa vào nhóm nào")),
                (MemberStatus.LEFT, MemberStatus.LEFT.title),
                (MemberStatus.DIED, MemberStatus.DIED.title),
                (_ALL, _("Tất cả")),
            ],
            self,
        )
        self.status.setAccessibleName(_("Tình trạng"))
        for choice in (self.sex, self.status):
            choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(8 if choice is self.sex else 12)
        assert self.view.filter_box is not None
        self.view.filter_box.setMinimumWidth(px(170))
        widgets: tuple[Any, ...] = (self.group, self.commune, self.sex, self.status)
        for place, widget in enumerate(widgets, 1):
            self.view.tools.insertWidget(place, widget)
            self.view.narrowed_by(widget, MemberStatus.ACTIVE, _ALL)
            widget.changed.connect(self._filters_changed)

    def _filters_changed(self) -> None:
        chosen = self.status.value()
        # A column that says the same in every row only takes room.
        self.view.show_columns({"status": chosen == _ALL, "left": chosen is MemberStatus.LEFT})
        self.table.set_filters(
            group=self.group.value(),
            commune=self.commune.value(),
            sex=self.sex.value(),
            who=None if chosen is MemberStatus.ACTIVE else chosen,
        )

    def _tab_changed(self, _place: int) -> None:
        self.reload()
        self.titled.emit()

    def _empty(self) -> Empty:
        if not self.desk.can_write:
            return Empty(
                "member", _("Sổ chưa có thành viên nào đang tham gia."), _("Sổ này đang mở chỉ để đọc.")
            )
        return Empty(
            "member",
            _("Sổ chưa có thành viên nào đang tham gia."),
            _("Thêm từng người, hoặc nhập cả danh sách từ Excel."),
            (_("Thêm thành viên"), self.enrol),
        )

    def _session_changed(self) -> None:
        self.view.set_empty(self._empty())
