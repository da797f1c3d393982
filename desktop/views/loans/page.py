"""The loans' page: portfolio, all loans, what falls due, products; and what the groups borrow themselves."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.kinds import LoanDirection
from desktop.services.acts import Topic
from desktop.views.kit.desk import Desk
from desktop.views.kit.page import PageAction, paper
from desktop.views.kit.tabbed_page import ListsPage
from desktop.views.loans.lender_deeds import CollectDialog, CollectionDialog
from desktop.views.loans.list_tabs import DueTab, LoansTab, ProductsTab
from desktop.views.loans.portfolio_tab import PortfolioTab
from resources.lang.messages import _, many


class LoansPage(ListsPage):
    """Four tabs. Ctrl+1 … Ctrl+4 choose one."""

    topics = frozenset({Topic.LOANS, Topic.ENTRIES, Topic.MEETINGS, Topic.GROUPS, Topic.BOOK})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.portfolio = PortfolioTab(desk, self)
        self.loans = LoansTab(desk, self.new_loan, self)
        self.due = DueTab(desk, self)
        self.products = ProductsTab(desk, self.new_product, self)
        self.set_parts(
            _("Các phần của trang Cho vay"),
            (
                ("portfolio", self.portfolio, _("Danh mục cho vay")),
                ("loans", self.loans, many("Khoản vay")),
                ("due", self.due, _("Đến hạn")),
                ("products", self.products, many("Sản phẩm")),
            ),
        )

    # -- the page -----------------------------------------------------------------------------------

    def title(self) -> str:
        """Return the heading."""
        return _("Cho vay")

    def actions(self) -> list[PageAction]:
        """Return what can be done here."""
        products = self.tabs.currentWidget() is self.products
        new = PageAction(_("Đơn vay mới"), self.new_loan, "plus", "Ctrl+N", primary=True)
        if products:
            new = PageAction(_("Thêm sản phẩm"), self.new_product, "plus", "Ctrl+N", primary=True)
        lender = (
            PageAction(_("Nhóm nhận vốn vay…"), self.take_loan, "loan"),
            PageAction(_("Thu hộ, nộp lãi, hoa hồng…"), self.collect, "cash"),
        )
        papers = (
            paper(_("Danh sách nợ quá hạn"), self.print_overdue),
            paper(_("Danh sách đến hạn của nhóm"), self.print_due),
            paper(_("Bảng kê thu hộ bên cho vay…"), self.print_collection),
        )
        return [
            new,
            PageAction(_("In"), self.print_shown, "print", writes=False, menu=papers),
            PageAction(_("Nhóm đi vay"), self.take_loan, "groups", menu=lender),
            PageAction(
                _("In danh sách của trang Cho vay"),
                self.print_shown,
                "print",
                "Ctrl+P",
                writes=False,
                shown=False,
            ),
        ]

    def open(
        self,
        tab: str = "",
        group: int | None = None,
        product: int | None = None,
        direction: str = "",
        **_args: Any,
    ) -> None:
        """Show a tab; for one group if it is named."""
        self.show_tab(tab)
        if group is not None:
            for bar in (self.portfolio.bar, self.loans.bar, self.due.bar):
                bar.picker.choose(group)
        if direction:
            self.loans.side.set_value(LoanDirection(direction))
        if product is not None:
            self.products.view.select_key(product)
        self.reload()

    # -- deeds --------------------------------------------------------------------------------------

    def _group(self) -> int | None:
        for tab in (self.portfolio, self.loans, self.due):
            if tab is self.tabs.currentWidget():
                return tab.bar.group
        return None

    def new_loan(self) -> None:
        """Begin an application."""
        self.desk.open_page("loan-new", group=self._group())

    def new_product(self) -> None:
        """Begin a product."""
        self.desk.open_page("loan-product")

    def take_loan(self) -> None:
        """Write down a loan to a group."""
        self.desk.open_page("loan-take", group=self._group())

    def collect(self) -> None:
        """Record what is collected for a lender, handed on, or received as commission."""
        if self.desk.can_write:
            CollectDialog(self.desk, self._group(), self).open()

    def print_shown(self) -> None:
        """Print what the shown tab shows."""
        if self.tabs.currentWidget() is self.due:
            self.print_due()
        else:
            self.print_overdue()

    def print_overdue(self) -> None:
        """Show the overdue loans on paper."""
        self.portfolio.print_shown()

    def print_collection(self) -> None:
        """Ask for a group and a period, then show what was collected for its lender."""
        CollectionDialog(self.desk, self._group(), self).open()

    def print_due(self) -> None:
        """Show what a group's members have to bring."""
        if self.tabs.currentWidget() is not self.due:
            self.tabs.setCurrentWidget(self.due)
        self.due.print_shown()
