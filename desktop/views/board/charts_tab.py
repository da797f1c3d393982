"""The board's charts: progress towards the targets, change of income and jobs by a characteristic."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.board.charts import Bars, CutBars
from desktop.services.board.papers import progress_chart
from desktop.services.board.values import Board
from desktop.views.kit.blocks import Card, Columns, label
from desktop.views.kit.charts import Chart, look
from desktop.views.kit.choice_box import Choice
from desktop.views.kit.desk import Desk
from desktop.views.kit.theme import px, space
from resources.lang.messages import _


class ChartsTab(QWidget):
    """Three charts, the words behind each below it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.found: list[CutBars] = []
        box = QVBoxLayout(self)
        box.setContentsMargins(0, space(3), 0, 0)
        box.setSpacing(space(3))
        self.cut = Choice([], self)
        self.cut.setAccessibleName(_("Chia theo"))
        self.cut.setMaximumWidth(px(260))
        self.cut.changed.connect(self._draw)
        words = label(_("Chia theo"), "label", self)
        words.setBuddy(self.cut)
        box.addWidget(words)
        box.addWidget(self.cut)
        self.income, self.jobs, self.progress = Chart(self), Chart(self), Chart(self)
        self.income_words = label("", "small", self, wrap=True)
        self.jobs_words = label("", "small", self, wrap=True)
        self.progress_words = label("", "small", self, wrap=True)
        both = Columns(360, self)
        for side, title, chart, said in (
            (both.left, _("Thu nhập thực thay đổi"), self.income, self.income_words),
            (both.right, _("Việc làm tăng thêm"), self.jobs, self.jobs_words),
        ):
            side.addWidget(_card(title, chart, said, self))
        box.addWidget(both)
        box.addWidget(_card(_("Tiến độ so với mục tiêu"), self.progress, self.progress_words, self))
        box.addStretch(1)

    def show_charts(self, board: Board, found: Sequence[CutBars]) -> None:
        """Show the charts of a period."""
        self.found = list(found)
        self.cut.set_choices([(one.key, one.title) for one in self.found])
        self._draw()
        self._draw_progress(board)

    def _draw(self) -> None:
        one = next((one for one in self.found if one.key == self.cut.value()), None)
        if one is None:
            return
        self.income_words.setText(one.income.words)
        self.jobs_words.setText(one.jobs.words)

        def draw() -> tuple[str, str]:
            return _svg(one.income), _svg(one.jobs)

        def drawn(svgs: tuple[str, str]) -> None:
            self.income.show_svg(svgs[0], one.income.words)
            self.jobs.show_svg(svgs[1], one.jobs.words)

        self.desk.aside(draw, drawn, owner=self)

    def _draw_progress(self, board: Board) -> None:
        made = progress_chart(board)
        if made is None:
            words = _("Kỳ này chưa có mục tiêu nào. Đặt mục tiêu ở bảng Thước đo (F2).")
            self.progress_words.setText(words)
            self.progress.setVisible(False)
            return
        self.progress.setVisible(True)
        values = made.series[0][1]
        said = "; ".join(f"{name}: {value} %" for name, value in zip(made.categories, values, strict=True))
        self.progress_words.setText(said)

        def draw() -> str:
            from reports.kit import charts

            series = [charts.Series(name, numbers) for name, numbers in made.series]
            return charts.svg(charts.bars(made.title, made.categories, series, wide=900, look=look()), said)

        self.desk.aside(draw, lambda svg: self.progress.show_svg(svg, said), owner=self)


def _svg(bars: Bars) -> str:
    from reports.kit import charts

    series = [charts.Series(bars.title, bars.values or (0,))]
    drawing = charts.bars(bars.title, bars.categories or ("–",), series, look=look(), per=bars.per)
    return charts.svg(drawing, bars.words)


def _card(title: str, chart: Chart, said: QWidget, parent: QWidget) -> Card:
    card = Card(title, "reports", parent)
    chart.setMinimumHeight(px(230))
    card.body.addWidget(chart, 1)
    card.body.addWidget(said)
    return card
