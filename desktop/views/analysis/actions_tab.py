"""Lists that lead to action: choose one, open a line with Enter, print or export it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.inclusion_kinds import SeenHow
from desktop.services.action_lists import ActionList, ActionRow, counts, note_rows, rows
from desktop.services.figure_papers import action_paper, export_actions
from desktop.services.sight import sees
from desktop.views.analysis.bar import PlaceBar
from desktop.views.kit.blocks import label
from desktop.views.kit.choice_box import Choice
from desktop.views.kit.columns import Column
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.files import ask_save
from desktop.views.kit.papers import print_paper
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.runner import Ticket
from desktop.views.kit.table_view import RowAction, TableView
from desktop.views.kit.theme import px, space
from resources.lang.dong import show_number
from resources.lang.messages import N_, _

COLUMNS: list[Column[ActionRow]] = [
    Column("code", N_("Mã"), lambda row: row.code, width=10),
    Column("name", N_("Họ và tên"), lambda row: row.name, width=24, stretch=True),
    Column("place", N_("Thôn, ấp"), lambda row: row.place, width=18),
    Column("group", N_("Nhóm"), lambda row: row.group, width=24),
    Column("detail", N_("Cần biết"), lambda row: row.detail, width=34),
    Column("since", N_("Từ ngày"), lambda row: row.since, "day", width=12),
]


class ActionsTab(QWidget):
    """One list at a time, as of the last day of the period."""

    def __init__(self, desk: Desk, bar: PlaceBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.bar = bar
        self._asked: Ticket | None = None
        body = QVBoxLayout(self)
        body.setContentsMargins(0, space(3), 0, 0)
        body.setSpacing(space(3))
        self.which = Choice([(one, one.title) for one in ActionList], self)
        self.which.setAccessibleName(_("Danh sách"))
        self.which.setMinimumWidth(px(320))
        self.which.set_value(ActionList.LEFT_OUT)
        self._filling = False
        self.which.changed.connect(self._chosen)
        self.todo = label("", "", self, wrap=True)
        self.table: RowTable[ActionRow] = RowTable(desk, COLUMNS, key=lambda row: row.key)
        self.view = TableView(
            self.table,
            "analysis.actions",
            _("Danh sách cần làm"),
            exportable=False,
            empty=Empty("good", _("Không có ai trong danh sách này.")),
            actions=(RowAction(_("Mở"), self.open, "open"),),
        )
        self.view.tools.insertWidget(0, self.which)
        self.view.taken = lambda book: note_rows(book, SeenHow.EXPORTED, self.list, self.table.loaded_rows())
        self.view.opened.connect(self.open)
        body.addWidget(self.todo)
        body.addWidget(self.view, 1)

    @property
    def list(self) -> ActionList:
        """The chosen list."""
        return ActionList(self.which.value() or ActionList.LEFT_OUT)

    def _chosen(self) -> None:
        if not self._filling:
            self.reload()

    def reload(self) -> None:
        """Ask for the chosen list, and for how long the others are."""
        period = self.bar.period
        if period is None:
            return
        if self._asked is not None:
            self._asked.drop()
        scope, day, which, who = self.bar.scope, period[1], self.list, self.desk.act().who

        def question(book: Any) -> tuple[list[ActionRow], dict[ActionList, int]]:
            sensitive = sees(book, who)
            lengths = counts(book, scope, day, sensitive=sensitive)
            found = rows(book, which, scope, day, sensitive=sensitive) if which in lengths else []
            note_rows(book, SeenHow.SEEN, which, found)
            return found, lengths

        self._asked = self.desk.ask(question, self._show, owner=self)

    def _show(self, answer: tuple[list[ActionRow], dict[ActionList, int]]) -> None:
        found, lengths = answer
        chosen = self.list
        self._filling = True
        self.which.set_choices(
            [(one, f"{one.title} ({show_number(length)})") for one, length in lengths.items()]
        )
        self.which.set_value(chosen if chosen in lengths else next(iter(lengths)))
        self._filling = False
        self.todo.setText(_("Việc cần làm: {todo}").format(todo=self.list.todo))
        self.view.show_columns({"group": self.list is not ActionList.LEFT_OUT})
        self.table.set_rows(found)
        if self.list is not chosen:
            self.reload()

    def open(self, row: ActionRow) -> None:
        """Open the person or the household."""
        if row.member is not None:
            self.desk.open_page("member", member=row.member)
        elif row.household is not None:
            self.desk.open_page("household", household=row.household)

    def print_shown(self) -> None:
        """Show the list on paper."""
        period = self.bar.period
        if period is None:
            return
        which, scope, day = self.list, self.bar.scope, period[1]
        print_paper(
            self.desk,
            self,
            "action-list",
            which.title,
            lambda book, act: action_paper(book, which, scope, day, act),
        )

    def export_shown(self) -> None:
        """Ask for a file and write the list."""
        ask_save(
            self,
            self.desk,
            "export",
            _("Xuất danh sách ra Excel"),
            f"{self.list.title}.xlsx",
            _("Bảng tính Excel (*.xlsx)"),
            self.export_to,
        )

    def export_to(self, path: str) -> None:
        """Write the list to a file."""
        period = self.bar.period
        if period is None:
            return
        which, scope, day = self.list, self.bar.scope, period[1]
        self.desk.do(
            lambda book, act: export_actions(book, which, scope, day, path, act),
            lambda _count: self.desk.say(_("Đã xuất ra {path}.").format(path=path), "good"),
            owner=self,
        )
