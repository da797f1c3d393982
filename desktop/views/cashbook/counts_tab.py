"""The counts of a group's boxes outside meetings: what was there, what the book said, what was done about it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.ids import GroupId
from desktop.models.kinds import Account, OpeningState
from desktop.services import cash_counts, money_papers
from desktop.services.cash_counts import CountRow
from desktop.views.kit.blocks import button
from desktop.views.kit.columns import Column, State
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import ReasonDialog
from desktop.views.kit.empty import Empty
from desktop.views.kit.papers import print_paper
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_view import RowAction, TableView
from desktop.views.kit.theme import space
from desktop.views.people.rights import allow
from resources.lang.dong import show_dong
from resources.lang.messages import N_, _


def _difference(row: CountRow) -> State:
    if row.difference == 0:
        return State(_("Khớp"), "good")
    return State(show_dong(row.difference), "warn" if row.explained else "bad")


_COLUMNS: list[Column[CountRow]] = [
    Column("number", N_("Lần"), lambda row: row.number, "number", width=5),
    Column("day", N_("Ngày"), lambda row: row.day, "day", width=10),
    Column(
        "box", N_("Quỹ"), lambda row: _("Quỹ vay") if row.box is Account.CASH else _("Quỹ xã hội"), width=11
    ),
    Column("counted", N_("Đếm được (₫)"), lambda row: row.counted, "money", width=12, zero=True),
    Column("book", N_("Theo sổ (₫)"), lambda row: row.book, "money", width=12, zero=True),
    Column("difference", N_("Chênh lệch"), _difference, "state", width=12),
    Column("treatment", N_("Xử lý"), lambda row: row.treatment.title, width=19),
    Column("explanation", N_("Lý do"), lambda row: row.explanation, stretch=True, width=16),
    Column("voucher", N_("Chứng từ"), lambda row: row.voucher_number, width=12),
    Column("holders", N_("Người giữ chìa khóa"), lambda row: ", ".join(row.holders), width=22, hidden=True),
    Column(
        "state",
        N_("Tình trạng"),
        lambda row: State("" if row.state is OpeningState.POSTED else _("Đã hủy"), "muted"),
        "state",
        width=9,
    ),
]


class CountsTab(QWidget):
    """The list of counts, with their minutes."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.group: GroupId | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, space(2), 0, 0)
        self.table: RowTable[CountRow] = RowTable(desk, _COLUMNS, key=lambda row: row.id)
        self.view = TableView(
            self.table,
            "cashbook.counts",
            _("Các lần kiểm kê quỹ"),
            filterable=False,
            empty=Empty(
                "cash",
                _("Chưa kiểm kê quỹ lần nào ngoài buổi họp."),
                _("Ba người giữ chìa khóa cùng mở hòm, đếm từng loại tiền, rồi in biên bản."),
                (_("Kiểm kê quỹ…"), self.count),
            ),
            actions=(
                RowAction(_("In biên bản"), self.print_minutes, "print"),
                RowAction(_("Hủy lần kiểm kê…"), self.take_back, "undo", "Del", self._may_take_back),
            ),
        )
        self.view.opened.connect(self.print_minutes)
        self.count_button = button(_("Kiểm kê quỹ…"), self.count, "plus", "primary", self)
        self.view.tools.insertWidget(0, self.count_button)
        box.addWidget(self.view, 1)

    def load(self, group: GroupId) -> None:
        """Show the counts of a group."""
        self.group = group
        allow(self.desk, [self.count_button])
        self.desk.ask(lambda book: cash_counts.listed(book, group), self.table.set_rows, owner=self)

    def count(self) -> None:
        """Go to the form of a count."""
        if self.group is not None:
            self.desk.open_page("cash-count", group=self.group)

    def _may_take_back(self, row: CountRow) -> bool:
        return self.desk.can_write and row.state is OpeningState.POSTED

    def take_back(self, row: CountRow) -> None:
        """Take a count back with a reason."""
        if not self._may_take_back(row):
            return
        ReasonDialog(
            self.desk,
            _("Hủy lần kiểm kê số {n}").format(n=row.number),
            lambda book, reason, act: cash_counts.take_back(book, row.group, row.number, reason, act),
            lambda _n: self._taken_back(),
            intro=_("Chênh lệch đã ghi được đảo vào cùng ngày; biên bản cũ vẫn được giữ, có ghi là đã hủy."),
            save_text=_("Hủy lần kiểm kê"),
            parent=self,
        ).open()

    def _taken_back(self) -> None:
        self.desk.say(_("Đã hủy lần kiểm kê."), "good")
        if self.group is not None:
            self.load(self.group)

    def print_minutes(self, row: CountRow) -> None:
        """Show the minutes of a count."""

        def gather(book: Any, act: Any) -> Any:
            return money_papers.count_minutes(book, row.group, row.number, act)

        print_paper(self.desk, self, "cash-count", _("Biên bản kiểm kê quỹ"), gather)
