"""Every indicator that the book can compute, for the chosen place and period; Enter crosses it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.indicator_list import IndicatorList, IndicatorRow, indicator_list
from desktop.services.sight import sees
from desktop.views.analysis.bar import PlaceBar
from desktop.views.kit.blocks import label
from desktop.views.kit.columns import Column
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.runner import Ticket
from desktop.views.kit.table_view import RowAction, TableView
from desktop.views.kit.theme import space
from resources.lang.messages import N_, _

COLUMNS: list[Column[IndicatorRow]] = [
    Column("id", N_("Mã số"), lambda row: row.id, width=8),
    Column("title", N_("Chỉ số"), lambda row: row.title, width=36, stretch=True),
    Column("shown", N_("Giá trị"), lambda row: row.shown, width=16, sortable=False, figures=True),
    Column("unit", N_("Đơn vị"), lambda row: row.unit, width=9),
    Column("made_of", N_("Tử số / mẫu số"), lambda row: row.made_of, width=26, sortable=False),
    Column("reason", N_("Ghi chú"), lambda row: row.reason, width=34),
]


class IndicatorsTab(QWidget):
    """The list; the formula of the current line stands below it."""

    def __init__(
        self,
        desk: Desk,
        bar: PlaceBar,
        cross: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.bar = bar
        self._cross = cross
        self._asked: Ticket | None = None
        body = QVBoxLayout(self)
        body.setContentsMargins(0, space(3), 0, 0)
        body.setSpacing(space(3))
        self.table: RowTable[IndicatorRow] = RowTable(desk, COLUMNS, key=lambda row: row.id)
        self.view = TableView(
            self.table,
            "analysis.indicators",
            _("Các chỉ số"),
            empty=Empty("reports", _("Chưa có chỉ số nào.")),
            actions=(RowAction(_("Phân tích chỉ số này"), self.open, "search"),),
        )
        self.view.opened.connect(self.open)
        self.view.chosen.connect(self._explain)
        self.formula = label("", "small", self, wrap=True)
        body.addWidget(self.view, 1)
        body.addWidget(self.formula)

    def reload(self) -> None:
        """Ask for the figures."""
        period = self.bar.period
        if period is None:
            return
        if self._asked is not None:
            self._asked.drop()
        scope, release, who = self.bar.scope, self.bar.reader, self.desk.act().who
        self._asked = self.desk.ask(
            lambda book: indicator_list(book, scope, *period, release, sensitive=sees(book, who)),
            self._show,
            owner=self,
        )

    def _show(self, found: IndicatorList) -> None:
        self.table.set_rows(list(found.rows))
        self.view.set_summary(found.note)

    def open(self, row: IndicatorRow) -> None:
        """Cross the indicator; of one that the book has no data for there is nothing to cross."""
        if row.measure:
            self._cross(row.measure)

    def _explain(self, row: IndicatorRow | None) -> None:
        self.formula.setText("" if row is None else _("Cách tính: {formula}").format(formula=row.formula))
