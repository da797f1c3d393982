"""The funds of a group over time, by month or by meeting: a chart, and the same figures as a table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.group_overview import FundPoint
from desktop.views.kit.blocks import button
from desktop.views.kit.charts import Chart, look
from desktop.views.kit.choice_box import Choice
from desktop.views.kit.columns import Column
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_view import TableView
from desktop.views.kit.theme import px, space
from resources.lang.dates import show_day
from resources.lang.dong import show_dong
from resources.lang.messages import N_, _

_COLUMNS: list[Column[FundPoint]] = [
    Column("day", N_("Đến hết ngày"), lambda row: row.day, "day", width=12),
    Column("meeting", N_("Kỳ họp"), lambda row: row.meeting, "number", width=7),
    Column("owned", N_("Tiết kiệm, cổ phần (₫)"), lambda row: row.owned, "money", width=16),
    Column("lent", N_("Đang cho vay (₫)"), lambda row: row.lent, "money", width=13),
    Column("money", N_("Tiền quỹ vay (₫)"), lambda row: row.money, "money", width=13),
    Column("social", N_("Quỹ xã hội (₫)"), lambda row: row.social, "money", width=12),
    Column("outside", N_("Nợ bên ngoài (₫)"), lambda row: row.outside, "money", width=13),
]
MONTHS, MEETINGS = "months", "meetings"


class FundChart(QWidget):
    """The chart with its two switches. The table says to a screen reader what the lines show."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._points: dict[str, tuple[FundPoint, ...]] = {MONTHS: (), MEETINGS: ()}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(space(2))
        line = QHBoxLayout()
        self.by = Choice([(MONTHS, _("Theo tháng")), (MEETINGS, _("Theo buổi họp"))], self)
        self.by.setAccessibleName(_("Biểu đồ theo tháng hay theo buổi họp"))
        self.by.set_value(MONTHS)
        self.by.changed.connect(self._draw)
        self.table_button = button(_("Xem bảng số"), self._switch, "columns", "", self)
        self.table_button.setCheckable(True)
        line.addWidget(self.by)
        line.addWidget(self.table_button)
        line.addStretch(1)
        box.addLayout(line)
        self.chart = Chart(self)
        self.chart.setMinimumHeight(px(260))
        box.addWidget(self.chart, 1)
        self.table: RowTable[FundPoint] = RowTable(desk, _COLUMNS, key=lambda row: (row.day, row.meeting))
        self.view = TableView(
            self.table,
            "group.funds",
            _("Quỹ của nhóm theo thời gian"),
            filterable=False,
            empty=Empty("reports", _("Chưa có số liệu.")),
        )
        self.view.setMinimumHeight(px(260))
        self.view.hide()
        box.addWidget(self.view, 1)

    @property
    def drawn(self) -> bool:
        """Tell whether there is a readable drawing."""
        return self.chart.drawn

    def show_points(self, months: Sequence[FundPoint], meetings: Sequence[FundPoint]) -> None:
        """Show the funds at the ends of months and after meetings."""
        self._points = {MONTHS: tuple(months), MEETINGS: tuple(meetings)}
        self._draw()

    def _switch(self) -> None:
        as_table = self.table_button.isChecked()
        self.chart.setVisible(not as_table)
        self.view.setVisible(as_table)

    def _draw(self) -> None:
        by_month = self.by.value() == MONTHS
        points = self._points[self.by.value()]
        self.table.set_rows(points[::-1])
        title = _("Quỹ của nhóm trong 12 tháng") if by_month else _("Quỹ của nhóm sau mỗi buổi họp")
        names = [
            f"{point.day.month:02d}/{point.day.year % 100:02d}" if by_month else str(point.meeting)
            for point in points
        ]
        funds = (
            (_("Tiết kiệm, cổ phần"), tuple(point.owned for point in points)),
            (_("Đang cho vay"), tuple(point.lent for point in points)),
            (_("Tiền quỹ vay"), tuple(point.money for point in points)),
            (_("Quỹ xã hội"), tuple(point.social for point in points)),
        )

        def job() -> str:
            from reports.kit import charts

            series = [charts.Series(name, values) for name, values in funds]
            return charts.svg(charts.lines(title, names, series, wide=520, high=280, look=look()), title)

        words = title
        if points:
            last = "; ".join(f"{name}: {show_dong(values[-1])}" for name, values in funds)
            words = f"{title}. {show_day(points[-1].day)}: {last}"
        self.desk.aside(job, lambda svg: self.chart.show_svg(svg, words), owner=self)
