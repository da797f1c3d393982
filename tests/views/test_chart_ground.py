"""A chart on the screen is drawn in the theme in use: its ground is that of cards and is never painted over."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from desktop.views.kit import theme
from desktop.views.kit.charts import Chart, look, look_of
from desktop.views.kit.theme import PALETTES, contrast
from reports.kit import charts


@pytest.fixture(params=sorted(PALETTES))
def palette(request: pytest.FixtureRequest, dressed: Any) -> Any:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, request.param)
    yield PALETTES[request.param]
    theme.apply(app)


def test_the_ground_of_a_chart_is_that_of_the_theme(qtbot: Any, palette: Any) -> None:
    series = [charts.Series("Dư nợ", (3, 1))]
    drawing = charts.bars("Tuổi nợ", ["Trong hạn", "1–30 ngày"], series, look=look())
    chart = Chart()
    qtbot.addWidget(chart)
    chart.resize(480, 280)
    chart.show_svg(charts.svg(drawing, "Tuổi nợ"), "Tuổi nợ")
    picture = chart.grab().toImage()
    seen = [
        QColor(picture.pixel(x, y))
        for x in range(12, picture.width() - 12, 4)
        for y in range(12, picture.height() - 12, 4)
    ]
    assert sum(_near(one, palette.surface) for one in seen) > len(seen) / 2
    assert sum(_near(one, palette.accent) for one in seen) > len(seen) / 20


def _near(one: QColor, name: str) -> bool:
    """Tell whether two colours are the same but for what an SVG rounds away."""
    other = QColor(name)
    return (
        max(abs(one.red() - other.red()), abs(one.green() - other.green()), abs(one.blue() - other.blue()))
        <= 3
    )


@pytest.mark.parametrize("key", sorted(PALETTES))
def test_words_lines_and_bars_are_seen_on_the_ground(key: str) -> None:
    palette = PALETTES[key]
    drawn = look_of(palette)
    assert contrast(drawn.text, palette.surface) >= 4.5
    assert all(contrast(tone, palette.surface) >= 3 for tone in (*drawn.thin, drawn.axis))
    assert all(contrast(one, other) >= 1.4 for one, other in zip(drawn.fills, drawn.fills[1:], strict=False))
    assert drawn.size > charts.PAPER.size


def test_paper_stays_black_on_white() -> None:
    text = charts.svg(charts.lines("Quỹ", ["1", "2"], [charts.Series("Tiền", (1, 2))]), "Quỹ")
    tones = re.findall(r"rgb\((\d+)%,(\d+)%,(\d+)%\)", text)
    assert ("0", "0", "0") in tones
    assert all(red == green == blue for red, green, blue in tones)


def test_every_view_draws_its_charts_in_the_theme() -> None:
    views = Path(__file__).parents[2] / "desktop" / "views"
    texts = [file.read_text(encoding="utf-8") for file in views.rglob("*.py")]
    calls = [
        call
        for text in texts
        for call in re.findall(r"(?:\bcharts\.|(?<![\w.]))(?:bars|lines)\(", text)
        if "import Chart, look" in text
    ]
    assert len(calls) >= 8
    assert sum(text.count("look=look()") for text in texts) == len(calls)
