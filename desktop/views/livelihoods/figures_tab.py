"""Figures of livelihoods and jobs: the indicators, and two charts by a characteristic, with the table behind each."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services import livelihood_gathering
from desktop.services.livelihood_breakdowns import Breakdown, income_by, jobs_by
from desktop.services.livelihood_figures import Figures
from desktop.services.livelihood_indicators import IndicatorLine, indicators
from desktop.services.sight import sees
from desktop.views.kit.blocks import Card, Columns, label, scroll_area
from desktop.views.kit.charts import Chart, look
from desktop.views.kit.choice_box import Choice
from desktop.views.kit.columns import Column
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.list_tab import ListTab
from desktop.views.kit.tab import listing
from desktop.views.kit.theme import px, space
from desktop.views.livelihoods.columns import share
from resources.lang.dong import show_dong, show_number
from resources.lang.messages import N_, _

_INDICATORS: list[Column[IndicatorLine]] = [
    Column("id", N_("Mã"), lambda row: row.id, width=6),
    Column("title", N_("Chỉ số"), lambda row: row.title, stretch=True),
    Column("value", N_("Giá trị"), lambda row: row.value, width=18, figures=True),
    Column("basis", N_("Tính từ"), lambda row: row.basis, width=34),
]


class FiguresTab(ListTab):
    """Charts of income change and of jobs by sex, age, disability, poverty, ethnicity; the indicators below."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent=parent)
        self.figures: Figures | None = None
        self.cut = Choice([], self)
        self.cut.setAccessibleName(_("Chia theo"))
        self.cut.setMaximumWidth(px(220))
        words = label(_("Chia theo"), "label", self)
        words.setBuddy(self.cut)
        self.bar.line.insertWidget(self.bar.line.count() - 1, words)
        self.bar.line.insertWidget(self.bar.line.count() - 1, self.cut)
        self.cut.changed.connect(self._draw)
        charts = Columns(360, self)
        self.income, self.jobs = Chart(self), Chart(self)
        self.income_words, self.jobs_words = (
            label("", "small", self, wrap=True),
            label("", "small", self, wrap=True),
        )
        for side, title, chart, said in (
            (charts.left, _("Thu nhập thực thay đổi"), self.income, self.income_words),
            (charts.right, _("Việc làm tăng thêm"), self.jobs, self.jobs_words),
        ):
            card = Card(title, "reports", self)
            chart.setMinimumHeight(px(220))
            card.body.addWidget(chart, 1)
            card.body.addWidget(said)
            side.addWidget(card)
        area = scroll_area(self)  # large text needs more height than a small window has
        holder = QWidget(area)
        area.setWidget(holder)
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(space(3))
        inner.addWidget(charts)
        self.table, self.view = listing(
            desk,
            _INDICATORS,
            "livelihoods.indicators",
            _("Chỉ số sinh kế, việc làm, khí hậu"),
            empty=Empty("reports", _("Chưa có số liệu.")),
            least=240,
            filterable=False,
        )
        inner.addWidget(self.view, 1)
        self.body.addWidget(area, 1)

    def reload(self) -> None:
        """Ask for the figures."""
        day, group = self.bar.day, self.bar.group
        who = self.desk.act().who
        if day is not None:
            self.ask(
                lambda book: livelihood_gathering.figures(book, day, group, sensitive=sees(book, who)),
                self._show,
            )

    def _show(self, figures: Figures) -> None:
        self.figures = figures
        self.table.set_rows(indicators(figures))
        self.cut.set_choices([(cut.key, cut.shown_title()) for cut in figures.cuts()])
        self._draw()

    def _draw(self) -> None:
        """Draw both charts for the chosen characteristic."""
        if self.figures is None:
            return
        cut = next((one for one in self.figures.cuts() if one.key == self.cut.value()), None)
        if cut is None:
            return
        income, jobs = income_by(self.figures, cut), jobs_by(self.figures, cut)
        said = income_words(income), job_words(jobs)
        self.income_words.setText(said[0])
        self.jobs_words.setText(said[1])

        def draw() -> tuple[str, str]:
            from reports.kit import charts

            return (
                charts.svg(income_chart(income), said[0]),
                charts.svg(jobs_chart(jobs), said[1]),
            )

        self.desk.aside(draw, lambda svgs: self._drawn(svgs, said), owner=self)

    def _drawn(self, svgs: tuple[str, str], said: tuple[str, str]) -> None:
        self.income.show_svg(svgs[0], said[0])
        self.jobs.show_svg(svgs[1], said[1])


def income_words(breakdown: Breakdown) -> str:
    """Say the median real change of each category, with how many it rests on."""
    if not breakdown.slices:
        return _("Chưa có sinh kế nào có cả lần thăm trước hỗ trợ và lần 12 tháng.")
    parts = [
        _("{title}: {amount} ({n} sinh kế)").format(
            title=one.title, amount=show_dong(int(one.value or 0)), n=show_number(one.count)
        )
        for one in breakdown.slices
    ]
    return _("Trung vị một năm. {parts}").format(parts="; ".join(parts))


def job_words(breakdown: Breakdown) -> str:
    """Say the net FTE of each category and of all."""
    if not breakdown.slices:
        return _("Chưa có việc làm nào báo cáo được.")
    parts = [
        _("{title}: {fte} ({n} việc)").format(
            title=one.title, fte=share(one.value or 0), n=show_number(one.count)
        )
        for one in breakdown.slices
    ]
    whole = sum((one.value or Fraction() for one in breakdown.slices), Fraction())
    return _("FTE tăng so với trước hỗ trợ, cộng {whole}. {parts}").format(
        whole=share(whole), parts="; ".join(parts)
    )


def income_chart(breakdown: Breakdown) -> Any:
    """Draw the median real change by category, in thousands of đồng."""
    from reports.kit.charts import Series, bars

    values = tuple(round((one.value or 0) / 1000) for one in breakdown.slices)
    titles = [one.title for one in breakdown.slices]
    return bars(
        _("Nghìn đồng một năm, giá của lúc trước hỗ trợ"),
        titles or ["–"],
        [Series(_("Trung vị"), values or (0,))],
        look=look(),
    )


def jobs_chart(breakdown: Breakdown) -> Any:
    """Draw the net FTE by category, in hundredths."""
    from reports.kit.charts import Series, bars

    values = tuple(round((one.value or 0) * 100) for one in breakdown.slices)
    titles = [one.title for one in breakdown.slices]
    return bars(_("FTE tăng thêm"), titles or ["–"], [Series(_("FTE"), values or (0,))], look=look(), per=100)
