"""The papers of a group's funds: the social fund's book, the expenses, the report of a month or a quarter."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.ids import GroupId
from desktop.services import group_report, money_papers
from desktop.views.kit.blocks import Card, Wrap, button, label
from desktop.views.kit.desk import Desk
from desktop.views.kit.group_picker import PeriodBar
from desktop.views.kit.papers import print_paper
from resources.lang.messages import _


class FundsCard(Card):
    """Buttons under the page's choice of group and period; a report is of the period's last day."""

    def __init__(self, desk: Desk, bar: PeriodBar, parent: QWidget | None = None) -> None:
        super().__init__(_("Quỹ xã hội, chi phí, báo cáo nhóm"), "reports", parent)
        self.desk, self.bar = desk, bar
        words = _(
            "Sổ quỹ xã hội và bảng kê chi phí của kỳ đã chọn; báo cáo của tháng hoặc quý có ngày cuối kỳ."
        )
        self.body.addWidget(label(words, "muted", self, wrap=True))
        line = Wrap(150, 4, self)
        for text, run in (
            (_("Sổ quỹ xã hội"), self.print_social),
            (_("Bảng kê chi phí"), self.print_expenses),
            (_("Báo cáo tháng"), self.print_month),
            (_("Báo cáo quý"), self.print_quarter),
        ):
            line.add(button(text, run, parent=line))
        self.body.addWidget(line)

    def print_social(self) -> None:
        """Show the book of the social fund over the period."""
        self._print("social-book", _("Sổ quỹ xã hội"), money_papers.social_book)

    def print_expenses(self) -> None:
        """Show the list of expenses of the period."""
        self._print("expense-list", _("Bảng kê chi phí"), money_papers.expense_list)

    def print_month(self) -> None:
        """Show the report of the month of the period's last day."""
        self._report(quarter=False)

    def print_quarter(self) -> None:
        """Show the report of the quarter of the period's last day."""
        self._report(quarter=True)

    def _print(self, key: str, title: str, gather: Any) -> None:
        if not self.bar.complete:
            return
        group = GroupId(self.bar.group.value())
        starts, ends = self.bar.starts.value(), self.bar.ends.value()
        print_paper(self.desk, self, key, title, lambda book, act: gather(book, group, starts, ends, act))

    def _report(self, *, quarter: bool) -> None:
        if not self.bar.complete:
            return
        group, ends = GroupId(self.bar.group.value()), self.bar.ends.value()

        def gather(book: Any, act: Any) -> Any:
            wanted = group_report.period_of(min(ends, act.today), quarter=quarter)
            return group_report.report(book, group, wanted, act)

        title = _("Báo cáo quý của nhóm") if quarter else _("Báo cáo tháng của nhóm")
        print_paper(self.desk, self, "group-report", title, gather)
