"""A chart on the screen stands on white paper: its ground is never painted over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtGui import QColor

from desktop.views.kit.charts import ACCENT, Chart
from desktop.views.kit.theme import contrast
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


def test_the_colour_of_a_chart_is_seen_on_its_white_ground() -> None:
    assert contrast(ACCENT, "#FFFFFF") >= 3


def test_no_view_gives_a_chart_the_accent_of_its_theme() -> None:
    views = Path(__file__).parents[2] / "desktop" / "views"
    drawn = [file for file in views.rglob("*.py") if "kit.charts import" in file.read_text(encoding="utf-8")]
    assert drawn
    assert [file.name for file in drawn if 'colour("accent")' in file.read_text(encoding="utf-8")] == []
