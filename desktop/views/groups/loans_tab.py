"""The loans of a group: those of its members, and those that it has taken itself."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.views.groups.tab import GroupTab
from desktop.views.kit.desk import Desk
from desktop.views.kit.theme import px
from desktop.views.people.loan_list import LoanList
from resources.lang.messages import _


class LoansTab(GroupTab):
    """The list, with the ways to lend and to borrow."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.new_button = self.writer(_("Đơn vay mới"), self.new, "plus", "primary")
        self.take_button = self.writer(_("Nhóm nhận vốn vay…"), self.take_loan, "groups")
        self.row_of(self.new_button, self.take_button)
        self.list = LoanList(desk, "group.loans", self.new, self)
        self.list.setMinimumHeight(px(300))
        self.body.addWidget(self.list, 1)

    def load(self) -> None:
        """Read the loans of today."""
        self.list.show_loans(self.desk.today(), group=self.group)

    def new(self) -> None:
        """Begin an application for a member of this group."""
        self.desk.open_page("loan-new", group=self.group)

    def take_loan(self) -> None:
        """Write down a loan to this group."""
        self.desk.open_page("loan-take", group=self.group)
