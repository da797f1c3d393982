"""The list of groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.kinds import GroupKind
from desktop.services import groups, standing
from desktop.services.acts import Topic
from desktop.services.groups import GroupFilter, GroupOrder, GroupSort
from desktop.services.standing import GroupLine
from desktop.views.groups.columns import GROUPS
from desktop.views.kit.choice_box import Choice
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.inputs import CheckBox
from desktop.views.kit.page import Page, PageAction
from desktop.views.kit.pickers import CommunePicker
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.sources import BookSource, Query
from desktop.views.kit.table_view import RowAction, TableView
from desktop.views.kit.theme import px
from resources.lang.messages import _, many


def _filter(query: Query) -> GroupFilter:
    return GroupFilter(
        text=query.text,
        kind=query.filters.get("kind"),
        commune_code=query.filters.get("commune"),
        with_closed=bool(query.filters.get("closed")),
    )


def _sort(query: Query) -> GroupSort:
    by = GroupOrder.CODE if query.sort == "code" else GroupOrder.NAME
    return GroupSort(by, query.descending)


class GroupsPage(Page):
    """All groups of the book; Enter opens one."""

    scrolls = True  # on a low screen with large letters: the table keeps a few rows
    topics = frozenset({Topic.GROUPS, Topic.MEMBERS, Topic.MEETINGS, Topic.ENTRIES, Topic.BOOK})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.table: RowTable[GroupLine] = RowTable(
            desk, GROUPS, key=lambda line: line.row.id, source=BookSource(self._count, self._page)
        )
        self.view = TableView(
            self.table,
            "groups.list",
            _("Các nhóm"),
            empty=self._empty(),
            hint=_("Lọc theo tên hoặc mã nhóm"),
            actions=(
                RowAction(_("Mở nhóm"), self.open_line, "open"),
                RowAction(_("Ghi buổi họp"), self.new_meeting, "meeting", "Ctrl+M", self._may_meet),
                RowAction(_("In sao kê cả nhóm"), self.print_statements, "print"),
            ),
        )
        self._build_filters()
        self.view.opened.connect(self.open_line)
        self.body.addWidget(self.view)
        desk.session_changed.connect(self._session_changed)

    def title(self) -> str:
        """Return the heading."""
        return many("Nhóm")

    def actions(self) -> list[PageAction]:
        """Found a group."""
        return [
            PageAction(_("Thành lập nhóm"), self.found, "plus", "Ctrl+N", primary=True),
            PageAction(_("Nhập thành viên từ Excel…"), self.bring_in, "import", shown=False),
        ]

    def open(self, group: int | None = None, **_args: Any) -> None:
        """Show the list; a group named in the route is opened."""
        self.reload()
        if group is not None:
            self.desk.open_page("group", group=group)

    def reload(self) -> None:
        """Read the list again."""
        self.table.reload()

    def focus_first(self) -> None:
        """Begin in the table: arrows choose, Enter opens, Ctrl+F filters."""
        self.view.grid.setFocus()

    # -- deeds --------------------------------------------------------------------------------------

    def open_line(self, line: GroupLine) -> None:
        """Open the page of a group."""
        self.desk.open_page("group", group=line.row.id)

    def found(self) -> None:
        """Open the form that founds a group."""
        self.desk.open_page("group-new")

    def bring_in(self) -> None:
        """Open the import wizard."""
        self.desk.open_page("imports")

    def new_meeting(self, line: GroupLine) -> None:
        """Open the sheet of a group's next meeting."""
        self.desk.open_page("meetings", group=line.row.id, new=True)

    def print_statements(self, line: GroupLine) -> None:
        """Go to the reports of a group."""
        self.desk.open_page("reports", group=line.row.id)

    # -- parts --------------------------------------------------------------------------------------

    def _count(self, book: Any, query: Query) -> int:
        return groups.count(book, _filter(query))

    def _page(self, book: Any, query: Query, offset: int, limit: int) -> Sequence[GroupLine]:
        return standing.group_lines(book, _filter(query), _sort(query), offset, limit, self.desk.today())

    def _may_meet(self, line: GroupLine) -> bool:
        return self.desk.can_write and line.row.closed is None

    def _empty(self) -> Empty:
        if not self.desk.can_write:
            return Empty("groups", _("Sổ chưa có nhóm nào."), _("Sổ này đang mở chỉ để đọc."))
        return Empty(
            "groups",
            _("Sổ chưa có nhóm nào."),
            _("Thành lập nhóm với quy chế và chu kỳ đầu tiên, rồi nhập thành viên."),
            (_("Thành lập nhóm"), self.found),
        )

    def _session_changed(self) -> None:
        self.view.set_empty(self._empty())

    def _build_filters(self) -> None:
        self.kind = Choice([(None, _("Mọi loại nhóm")), *((kind, kind.title) for kind in GroupKind)], self)
        self.kind.setAccessibleName(_("Loại nhóm"))
        self.commune = CommunePicker(self.desk, self)
        self.commune.setAccessibleName(_("Xã, phường"))
        self.commune.setPlaceholderText(_("Mọi xã, phường"))
        self.commune.setMaximumWidth(px(200))
        self.commune.allow_clearing()
        self.commune.setMinimumWidth(px(84))
        self.kind.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.kind.setMinimumContentsLength(10)
        assert self.view.filter_box is not None
        self.view.filter_box.setMinimumWidth(px(170))
        self.closed = CheckBox(_("Cả nhóm đã giải thể"), self)
        widgets: tuple[Any, ...] = (self.kind, self.commune, self.closed)
        for place, widget in enumerate(widgets, 1):
            self.view.tools.insertWidget(place, widget)
            if widget is not self.closed:
                self.view.narrowed_by(widget)
            widget.changed.connect(self._filters_changed)

    def _filters_changed(self) -> None:
        self.table.set_filters(
            kind=self.kind.value(),
            commune=self.commune.value(),
            closed=True if self.closed.value() else None,
        )
