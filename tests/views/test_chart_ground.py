"""A chart on the screen stands on white paper: its ground is never painted over."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QColor

from desktop.views.kit.charts import Chart
from reports.kit import charts


def test_the_ground_of_a_chart_is_white(qtbot: Any) -> None:
    drawing = charts.bars("Tuổi nợ", ["Trong hạn", "1–30 ngày"], [charts.Series("Dư nợ", (3, 1))])
    chart = Chart()
    qtbot.addWidget(chart)
    chart.resize(480, 280)
    chart.show_svg(charts.svg(drawing, "Tuổi nợ"), "Tuổi nợ")
    picture = chart.grab().toImage()
    light = [
        QColor(picture.pixel(x, y)).lightness() > 200
        for x in range(12, picture.width() - 12, 8)
        for y in range(12, picture.height() - 12, 8)
    ]
    assert sum(light) > len(light) / 2
