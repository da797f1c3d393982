"""The group at a glance: its cycle, its funds today and over the year, what a share is worth, who is behind."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QMenu, QWidget

from desktop.models.ids import GroupId
from desktop.services import group_overview, group_report
from desktop.services.group_overview import Behind, Overview
from desktop.views.groups.fund_chart import FundChart
from desktop.views.groups.tab import GroupTab
from desktop.views.kit import icons
from desktop.views.kit.blocks import Figure, Wrap, button, label
from desktop.views.kit.columns import Column, State
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.papers import print_paper
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_view import RowAction, TableView
from desktop.views.kit.theme import px
from resources.lang.dates import show_day
from resources.lang.dong import show_dong, show_number
from resources.lang.messages import N_, _, ngettext

_BEHIND: list[Column[Behind]] = [
    Column("name", N_("Họ và tên"), lambda row: row.name, stretch=True, width=18),
    Column(
        "late",
        N_("Trễ trả nợ"),
        lambda row: (
            State(_("{n} ngày").format(n=row.days_late), "bad" if row.days_late > 30 else "warn")
            if row.days_late
            else State("")
        ),
        kind="state",
        width=11,
    ),
    Column("overdue", N_("Quá hạn (₫)"), lambda row: row.overdue, kind="money", width=11),
    Column("fines", N_("Nợ phạt (₫)"), lambda row: row.fines, kind="money", width=11),
    Column("missed", N_("Vắng liên tiếp"), lambda row: row.missed or None, kind="number", width=11),
]


_NET = N_(
    "Tài sản ròng tính theo sổ đến hôm nay: tiền mặt, tiền gửi, gốc đang cho vay và tiền phạt còn nợ, trừ tiết kiệm, vốn vay, vốn hỗ trợ bên ngoài, tiền thu hộ và giữ hộ; quỹ xã hội để riêng. Chưa tính lãi vay chưa thu và chênh lệch kiểm đếm: trang “Chia cổ phần” cộng thêm hai khoản này theo quyết định của nhóm, nên số ở đó có thể khác."
)
"""What is in the net worth and what is not: the share-out adds decisions of its own."""


class OverviewTab(GroupTab):
    """Figures, the chart of the funds, and the members to look after."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.found: Overview | None = None
        self.cycle_figure = Figure(_("Chu kỳ"), "–", parent=self)
        self.fund_figure = Figure(_("Tài sản ròng của nhóm"), "–", parent=self)
        self.value_figure = Figure(_("Giá trị một cổ phần hôm nay"), "–", parent=self)
        self.lent_figure = Figure(_("Đang cho vay"), "–", parent=self)
        figures = Wrap(170, 4, self)
        for figure in (self.cycle_figure, self.fund_figure, self.value_figure, self.lent_figure):
            figures.add(figure)
        self.body.addWidget(figures)
        self.explained = label(_(_NET), "small", self, wrap=True)
        self.body.addWidget(self.explained)
        self.meet_button = self.writer(_("Ghi buổi họp"), self.meet, "meeting", "primary")
        self.loan_button = self.writer(_("Đơn vay mới"), self.new_loan, "loan")
        self.divide_button = self.writer(_("Chia cổ phần…"), self.divide, "cash")
        self.cash_button = button(_("Sổ quỹ"), self.open_cashbook, "cashbook", "", self)
        self.more_button = button(_("Việc khác"), self._show_more, "chevron-down", "", self)
        self.more = QMenu(self.more_button)
        self._fill_more()
        self.row_of(
            self.meet_button, self.loan_button, self.divide_button, self.cash_button, self.more_button
        )
        self.chart = FundChart(desk, self)
        self.table: RowTable[Behind] = RowTable(desk, _BEHIND, key=lambda row: row.member)
        self.view = TableView(
            self.table,
            "group.behind",
            _("Cần quan tâm"),
            filterable=False,
            empty=Empty("good", _("Không ai trễ nợ, nợ phạt hay vắng nhiều kỳ.")),
            actions=(RowAction(_("Mở hồ sơ"), self.open_member, "member"),),
        )
        self.view.tools.insertWidget(0, label(_("Cần quan tâm"), "heading", self))
        self.view.opened.connect(self.open_member)
        self.view.setMinimumHeight(px(260))
        both = Wrap(420, 2, self)
        both.add(self.chart)
        both.add(self.view)
        self.body.addWidget(both)
        self.body.addStretch(1)

    def load(self) -> None:
        """Read the overview."""
        group, today = self.group, self.desk.today()
        self.desk.ask(lambda book: group_overview.overview(book, group, today), self._show, owner=self)

    def _show(self, found: Overview) -> None:
        self.found = found
        held = ngettext("{n} buổi họp", "{n} buổi họp", found.held).format(n=found.held)
        left = ""
        if found.ends is not None and found.ends < self.desk.today():
            left = _("đã hết kỳ, chưa chia")
        elif found.ends is not None:
            left = _("còn {n} ngày").format(n=found.days_left)
        self.cycle_figure.set(
            f"{found.cycle}"
            if found.ends is None
            else _("{n}, đến {day}").format(n=found.cycle, day=show_day(found.ends)),
            " · ".join(part for part in (held, left) if part),
        )
        self.fund_figure.set(show_dong(found.net), _("tiền {money}").format(money=show_dong(found.money)))
        if found.share_value is None:
            self.value_figure.set("–", _("nhóm không có cổ phần"))
        else:
            self.value_figure.set(
                show_dong(found.share_value), _("{n} cổ phần").format(n=show_number(found.shares))
            )
        lent = show_number(100 * found.lent // found.net) if found.net > 0 else "0"
        self.lent_figure.set(show_dong(found.lent), _("{n} % tài sản ròng").format(n=lent))
        self.table.set_rows(found.behind)
        self.chart.show_points(found.points, found.meetings)

    # -- ways on ------------------------------------------------------------------------------------

    def meet(self) -> None:
        """Open the sheet of the next meeting."""
        self.desk.open_page("meetings", group=self.group, new=True)

    def new_loan(self) -> None:
        """Begin an application."""
        self.desk.open_page("loan-new", group=self.group)

    def divide(self) -> None:
        """Go to the share-out."""
        self.desk.open_page("share-out", group=self.group)

    def open_cashbook(self) -> None:
        """Open the cash book of the group."""
        self.desk.open_page("cashbook", group=self.group)

    def _fill_more(self) -> None:
        for text, run, icon in (
            (_("Chi phí của nhóm"), lambda: self._go("cashbook", "expenses"), "cash"),
            (_("Vốn bên ngoài"), lambda: self._go("cashbook", "sources"), "loan"),
            (_("Kiểm kê quỹ…"), lambda: self._go("cash-count"), "check"),
            (_("Các lần kiểm kê"), lambda: self._go("cashbook", "counts"), "document"),
            (_("Tiền phạt"), lambda: self._go("group", "fines"), "warning"),
            (_("Quỹ xã hội"), lambda: self._go("group", "social"), "groups"),
            (_("Số dư đầu của nhóm ghi sổ giấy…"), lambda: self._go("opening"), "book"),
            (_("Báo cáo tháng"), lambda: self.print_report(quarter=False), "reports"),
            (_("Báo cáo quý"), lambda: self.print_report(quarter=True), "reports"),
        ):
            self.more.addAction(icons.icon(icon), text, run)

    def _show_more(self) -> None:
        self.more.popup(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))

    def _go(self, page: str, tab: str = "") -> None:
        if self.detail is not None:
            self.desk.open_page(page, group=self.group, **({"tab": tab} if tab else {}))

    def print_report(self, *, quarter: bool) -> None:
        """Show the report of this month or quarter, up to today."""
        print_group_report(self.desk, self, self.group, quarter=quarter)

    def open_member(self, row: Behind) -> None:
        """Open the page of a member."""
        self.desk.open_page("member", member=row.member)


def print_group_report(desk: Desk, owner: QWidget, group: GroupId, *, quarter: bool) -> None:
    """Show the report of this month or quarter of a group, up to today."""
    today = desk.today()

    def gather(book: Any, act: Any) -> Any:
        return group_report.report(book, group, group_report.period_of(today, quarter=quarter), act)

    title = _("Báo cáo quý của nhóm") if quarter else _("Báo cáo tháng của nhóm")
    print_paper(desk, owner, "group-report", title, gather)
