"""The group at a glance: its cycle, its funds today and over the year, what a share is worth, who is behind."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.services import group_overview
from desktop.services.group_overview import Behind, Overview
from desktop.views.groups.tab import GroupTab
from desktop.views.kit import theme
from desktop.views.kit.blocks import Figure, Wrap, button, label
from desktop.views.kit.charts import Chart
from desktop.views.kit.columns import Column, State
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
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
        self.meet_button = self.writer(_("Ghi buổi họp"), self.meet, "meeting", "primary")
        self.loan_button = self.writer(_("Đơn vay mới"), self.new_loan, "loan")
        self.divide_button = self.writer(_("Chia cổ phần…"), self.divide, "cash")
        self.cash_button = button(_("Sổ quỹ"), self.open_cashbook, "cashbook", "", self)
        self.row_of(self.meet_button, self.loan_button, self.divide_button, self.cash_button)
        self.chart = Chart(self)
        self.chart.setMinimumHeight(px(260))
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
        left = "" if found.ends is None else _("còn {n} ngày").format(n=found.days_left)
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
        self._draw(found)

    def _draw(self, found: Overview) -> None:
        title = _("Quỹ của nhóm trong 12 tháng")
        names = [f"{point.day.month:02d}/{point.day.year % 100:02d}" for point in found.points]
        funds = (
            (_("Tiền quỹ vay"), tuple(point.money for point in found.points)),
            (_("Đang cho vay"), tuple(point.lent for point in found.points)),
            (_("Quỹ xã hội"), tuple(point.social for point in found.points)),
        )
        accent = theme.colour("accent").name()

        def job() -> str:
            from reports.kit import charts

            series = [charts.Series(name, values) for name, values in funds]
            return charts.svg(charts.lines(title, names, series, wide=520, high=280, accent=accent), title)

        words = "; ".join(f"{name}: {show_dong(values[-1])}" for name, values in funds)
        self.desk.aside(job, lambda svg: self.chart.show_svg(svg, f"{title}. {words}"), owner=self)

    # -- ways on ------------------------------------------------------------------------------------

    def meet(self) -> None:
        """Open the sheet of the next meeting."""
        self.desk.open_page("meetings", group=self.group)

    def new_loan(self) -> None:
        """Begin an application."""
        self.desk.open_page("loan-new", group=self.group)

    def divide(self) -> None:
        """Go to the share-out."""
        self.desk.open_page("share-out", group=self.group)

    def open_cashbook(self) -> None:
        """Open the cash book of the group."""
        self.desk.open_page("cashbook", group=self.group)

    def open_member(self, row: Behind) -> None:
        """Open the page of a member."""
        self.desk.open_page("member", member=row.member)
