"""The lists of the loans' page: all loans of either side, what falls due, and the products."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.ids import GroupId
from desktop.services import loan_book, loan_products
from desktop.services.loan_portfolio import portfolio
from desktop.services.loan_products import ProductRow
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.inputs import CheckBox
from desktop.views.kit.list_tab import ListTab
from desktop.views.kit.tab import Tab, listing
from desktop.views.kit.table_view import RowAction
from desktop.views.loans import prints
from desktop.views.loans.columns import DUES, PRODUCTS, DueLine
from desktop.views.people.loan_list import LoanList
from resources.lang.dong import show_dong
from resources.lang.messages import _

_MOST_GROUPS = 200
"""Of so many groups the dues are read one by one; beyond, a group must be chosen."""


class LoansTab(ListTab):
    """All loans, the latest application first; those to members, or those to the groups."""

    def __init__(self, desk: Desk, new: Any, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent=parent)
        self.list = LoanList(desk, "loans.list", new, self)
        self.table, self.view = self.list.table, self.list.view
        self.stage, self.side = self.list.stage, self.list.side
        self.body.addWidget(self.list, 1)

    def reload(self) -> None:
        """Ask for the loans."""
        if self.bar.day is not None:
            self.list.show_loans(self.bar.day, group=self.bar.group)


class DueTab(ListTab):
    """What falls due by a day: the next meeting of a group, or the coming week of all."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Đến hạn tới ngày"), parent)
        self.bar.edit.set_value(desk.today() + timedelta(days=7))
        self.table, self.view = listing(
            desk,
            DUES,
            "loans.due",
            _("Các khoản đến hạn"),
            key=lambda line: line.due.loan,
            empty=Empty("good", _("Không có khoản nào đến hạn tới ngày này.")),
            actions=(RowAction(_("Mở khoản vay"), self.open_loan, "open"),),
            opened=self.open_loan,
        )
        self.body.addWidget(self.view, 1)
        self.bar.picker.changed.connect(self._group_changed)

    def _group_changed(self) -> None:
        """Propose the group's next meeting."""
        group, today = self.bar.group, self.desk.today()
        if group is None:
            return

        def question(book: Any) -> date | None:
            from desktop.services import standing

            return standing.group_figures(book, group, today).next_meeting

        def answer(day: date | None) -> None:
            if day is not None and self.bar.group == group:
                self.bar.edit.set_value(day)

        self.desk.ask(question, answer, owner=self)

    def reload(self) -> None:
        """Ask for the dues."""
        day, group = self.bar.day, self.bar.group
        if day is not None:
            self.ask(lambda book: _dues(book, group, day), self._show)

    def _show(self, rows: list[DueLine] | None) -> None:
        if rows is None:
            self.table.set_rows([])
            self.view.set_empty(
                Empty("groups", _("Sổ có nhiều nhóm."), _("Hãy chọn một nhóm để xem khoản đến hạn."))
            )
            return
        self.view.set_empty(Empty("good", _("Không có khoản nào đến hạn tới ngày này.")))
        self.view.show_columns({"fees": any(line.due.fees for line in rows)})
        self.table.set_rows(rows)
        total = sum(line.due.total for line in rows)
        self.view.set_summary(_("Phải thu {total}").format(total=show_dong(total)) if rows else "")

    def open_loan(self, line: DueLine) -> None:
        """Open the page of a loan."""
        self.desk.open_page("loan", loan=line.due.loan)

    def print_shown(self) -> None:
        """Show the list of a group on paper."""
        if self.bar.group is None:
            self.desk.say(_("Hãy chọn nhóm: danh sách đến hạn in riêng cho từng nhóm."), "warn")
            self.bar.picker.setFocus()
        elif self.bar.day is not None:
            prints.due_list(self.desk, self, self.bar.group, self.bar.day)


def _dues(book: Any, group: GroupId | None, day: date) -> list[DueLine] | None:
    """Return what is due in one group, or in all that have loans; None when these are too many."""
    codes = {loan.group: loan.group_code for loan in portfolio(book, day, group).loans}
    if len(codes) > _MOST_GROUPS:
        return None
    return [
        DueLine(one, code, row)
        for one, code in sorted(codes.items())
        for row in loan_book.due_list(book, one, day)
    ]


class ProductsTab(Tab):
    """The products, those of the whole book first."""

    def __init__(self, desk: Desk, new: Any, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.table, self.view = listing(
            desk,
            PRODUCTS,
            "loans.products",
            _("Sản phẩm vay"),
            empty=Empty(
                "loan",
                _("Chưa có sản phẩm vay nào."),
                _("Sản phẩm nói rõ cách trả, lãi suất, hạn mức; đơn vay nào cũng theo một sản phẩm."),
                (_("Thêm sản phẩm"), new),
            ),
            actions=(RowAction(_("Sửa sản phẩm"), self.open_product, "edit", "F2"),),
            opened=self.open_product,
        )
        self.ended = CheckBox(_("Cả sản phẩm ngừng dùng"), self)
        self.ended.changed.connect(self.reload)
        self.view.tools.insertWidget(1, self.ended)
        self.body.addWidget(self.view, 1)

    def reload(self) -> None:
        """Ask for the products."""
        ended = self.ended.value()
        self.desk.ask(
            lambda book: loan_products.listed(book, with_ended=ended), self.table.set_rows, owner=self
        )

    def open_product(self, row: ProductRow) -> None:
        """Open a product."""
        self.desk.open_page("loan-product", product=row.id)
