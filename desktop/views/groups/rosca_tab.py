"""The rotating funds of a group (họ, hụi, biêu, phường)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.models.kinds import RoscaState
from desktop.services import rosca_book
from desktop.services.rosca_book import RoscaRow
from desktop.views.groups.tab import GroupTab
from desktop.views.kit.columns import Column, State
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_view import RowAction, TableView
from resources.lang.messages import N_, _

_COLUMNS: list[Column[RoscaRow]] = [
    Column("code", N_("Mã"), lambda row: row.code, width=8),
    Column("name", N_("Tên dây họ"), lambda row: row.name, stretch=True),
    Column("kind", N_("Loại họ"), lambda row: row.kind, width=18),
    Column("organiser", N_("Chủ họ"), lambda row: row.organiser, width=20),
    Column("part", N_("Một phần họ (₫)"), lambda row: row.part_value, kind="money"),
    Column("opened", N_("Đã mở"), lambda row: f"{row.opened}/{row.parts}", width=8),
    Column("next", N_("Kỳ tới"), lambda row: row.next_day, kind="day"),
    Column(
        "state",
        N_("Trạng thái"),
        lambda row: State(row.state.title, "good" if row.state is RoscaState.RUNNING else "muted"),
        kind="state",
    ),
]


class RoscaTab(GroupTab):
    """The list; Enter opens one."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.new_button = self.writer(_("Lập dây họ…"), self.new, "plus", "primary")
        self.row_of(self.new_button)
        self.table: RowTable[RoscaRow] = RowTable(desk, _COLUMNS, key=lambda row: row.id)
        self.view = TableView(
            self.table,
            "group.roscas",
            _("Các dây họ"),
            filterable=False,
            empty=Empty(
                "refresh",
                _("Nhóm chưa có dây họ nào."),
                _("Mỗi kỳ mọi người góp, một người lĩnh; sổ họ và giấy tờ theo Nghị định 19/2019/NĐ-CP."),
                (_("Lập dây họ…"), self.new),
            ),
            actions=(RowAction(_("Mở dây họ"), self.open_row, "open"),),
        )
        self.view.opened.connect(self.open_row)
        self.body.addWidget(self.view, 1)

    def load(self) -> None:
        """Read the rotating funds."""
        group = self.group
        self.desk.ask(lambda book: rosca_book.list_of(book, group), self.table.set_rows, owner=self)

    def open_row(self, row: RoscaRow) -> None:
        """Open a rotating fund."""
        self.desk.open_page("rosca", rosca=row.id)

    def new(self) -> None:
        """Write down a new agreement."""
        self.desk.open_page("rosca-new", group=self.group)
