"""Bar and line charts, drawn once: into papers as a drawing, onto the screen as SVG.

Axes begin at zero, series differ by shade and by mark, not by colour alone, and numbers read as in tables.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from reportlab.graphics import renderSVG
from reportlab.graphics.charts.barcharts import VerticalBarChart
from reportlab.graphics.charts.linecharts import HorizontalLineChart
from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.graphics.widgets.markers import makeMarker
from reportlab.lib.colors import Color, black

from reports.kit import fonts
from reports.kit.page import Area
from reports.kit.text import clean
from resources.lang.dong import show_number

_GREYS = (0.25, 0.6, 0.82, 0.45, 0.1)
_MARKS = ("FilledCircle", "FilledSquare", "FilledDiamond", "Circle", "Square")
_DASHES = (None, (5, 2), (1.5, 1.5), (7, 2, 1.5, 2), (3, 3))
"""Lines differ by their strokes too: a copier knows no greys."""
_LIGHTEST_LINE = 0.55
"""A thin line in a lighter grey is lost among the lines of the grid."""
_SWATCH = 22
_LEGEND = 15
"""The middle of the legend above the drawing's foot, in points."""
_STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True, slots=True)
class Series:
    """One line or one set of bars: a value for each category, in whole numbers."""

    title: str
    values: tuple[int, ...]


def bars(
    title: str,
    categories: Sequence[str],
    series: Sequence[Series],
    *,
    wide: float = 460,
    high: float = 220,
    accent: str = "",
    per: int = 1,
) -> Drawing:
    """Return a bar chart; values below zero hang under the line. `accent` ("#0b6e4f") colours the first series, for
    the screen. With `per` 100 the values are hundredths: 297 reads 2,97.
    """
    drawing, chart = _begin(title, categories, series, VerticalBarChart(), wide, high)
    chart.valueAxis.labelTextFormat = lambda value: _shown(round(value), per)
    least = min((value for one in series for value in one.values), default=0)
    if least < 0:
        _top, step = top_of_scale(max(chart.valueAxis.valueMax, -least))
        bottom = -(least // step) * step
        most = max((value for one in series for value in one.values), default=0)
        chart.valueAxis.valueMin, chart.valueAxis.valueStep = -bottom, step
        chart.valueAxis.valueMax = max(-(-most // step) * step, step)
        chart.categoryAxis.labels.boxAnchor = "n"
        chart.categoryAxis.joinAxisMode = "bottom"
        label = fonts.width(_shown(-bottom, per), fonts.REGULAR, 8)
        chart.x = max(chart.x, label + 12)
        chart.width = wide - chart.x - 10
    chart.groupSpacing = 8
    for place in range(len(series)):
        chart.bars[place].fillColor = _shade(place, accent)
        chart.bars[place].strokeColor = black
        chart.bars[place].strokeWidth = 0.4
    return _finish(drawing, chart, series, accent)


def lines(
    title: str,
    categories: Sequence[str],
    series: Sequence[Series],
    *,
    wide: float = 460,
    high: float = 220,
    accent: str = "",
) -> Drawing:
    """Return a line chart, a mark at each point."""
    drawing, chart = _begin(title, categories, series, HorizontalLineChart(), wide, high)
    for place in range(len(series)):
        chart.lines[place].strokeColor = _shade(place, accent, _LIGHTEST_LINE)
        chart.lines[place].strokeWidth = 1.4
        chart.lines[place].strokeDashArray = _DASHES[place % len(_DASHES)]
        chart.lines[place].symbol = makeMarker(_MARKS[place % len(_MARKS)], size=5)
    return _finish(drawing, chart, series, accent)


def svg(drawing: Drawing, title: str) -> str:
    """Return the drawing as SVG for the window, in the typeface that the window has registered.

    `title` is what a screen reader says of it.
    """
    text: str = renderSVG.drawToString(drawing)
    text = text.replace("<title>...</title>", f"<title>{escape(clean(title))}</title>", 1)
    text = text.replace("\t<desc>...</desc>\n", "", 1)
    # A line has no inside: written with a capital, Qt does not know the word and fills it black.
    text = text.replace("fill: None", "fill: none")
    # Qt does not know clipping and would paint the clipping rectangle itself, in black.
    text = re.sub(r"\s*<clipPath.*?</clipPath>", "", text, count=1, flags=re.DOTALL)
    text = text.replace(' style="clip-path: url(#clip)"', "", 1)
    for face in (fonts.BOLD_ITALIC, fonts.BOLD, fonts.ITALIC, fonts.REGULAR):
        weight = "; font-weight: bold" if "Bold" in face else ""
        text = re.sub(rf"font-family:\s*'?{face}'?(?![\w-])", f"font-family: Noto Sans{weight}", text)
    return text


def place(area: Area, drawing: Drawing) -> None:
    """Set the drawing at the cursor, in the middle, and move below it."""
    area.need(drawing.height + 6)
    x = area.sheet.left + (area.sheet.room - drawing.width) / 2
    area.page.drawing(drawing, x, area.y - drawing.height)
    area.y -= drawing.height + 6


def _shown(value: int, per: int) -> str:
    """Return a value of the axis: whole, or with the decimals that `per` asks for."""
    if per == 1:
        return show_number(value)
    whole, rest = divmod(abs(value), per)
    decimals = f"{rest:0{len(str(per)) - 1}d}".rstrip("0")
    return ("−" if value < 0 else "") + show_number(whole) + (f",{decimals}" if decimals else "")


def top_of_scale(most: int) -> tuple[int, int]:
    """Return the upper end of an axis and its step, round numbers, four to eight steps for `most`."""
    if most <= 0:
        return 4, 1
    power = 10 ** max(len(str(most)) - 2, 0)
    while True:
        for factor in _STEPS:
            step = int(factor * power)
            if step >= 1 and step == factor * power and step * 8 >= most:
                return step * -(-most // step), step
        power *= 10


def _begin(
    title: str,
    categories: Sequence[str],
    series: Sequence[Series],
    chart: VerticalBarChart | HorizontalLineChart,
    wide: float,
    high: float,
) -> tuple[Drawing, VerticalBarChart | HorizontalLineChart]:
    """Set up the drawing, the axes and the texts that both kinds share."""
    fonts.register()
    if any(len(one.values) != len(categories) for one in series):
        raise ValueError("every series needs a value for each category")
    drawing = Drawing(wide, high, initialFontName=fonts.REGULAR)
    drawing.add(
        String(wide / 2, high - 14, clean(title), fontName=fonts.BOLD, fontSize=10, textAnchor="middle")
    )
    most = max((value for one in series for value in one.values), default=0)
    top, step = top_of_scale(most)
    label = fonts.width(show_number(top), fonts.REGULAR, 8)
    chart.x, chart.y = label + 12, 44
    chart.width, chart.height = wide - chart.x - 10, high - 44 - 26
    chart.data = [one.values for one in series] or [(0,) * len(categories)]
    chart.categoryAxis.categoryNames = [clean(name) for name in categories]
    chart.categoryAxis.labels.fontName = fonts.REGULAR
    chart.categoryAxis.labels.fontSize = 8
    chart.valueAxis.valueMin, chart.valueAxis.valueMax, chart.valueAxis.valueStep = 0, top, step
    chart.valueAxis.labels.fontName = fonts.REGULAR
    chart.valueAxis.labels.fontSize = 8
    chart.valueAxis.labelTextFormat = lambda value: show_number(round(value))
    chart.valueAxis.visibleGrid = True
    chart.valueAxis.gridStrokeColor = Color(0.85, 0.85, 0.85)
    return drawing, chart


def _shade(place: int, accent: str, lightest: float = 1) -> Color:
    if accent and place == 0:
        red, green, blue = (int(accent[at : at + 2], 16) / 255 for at in (1, 3, 5))
        return Color(red, green, blue)
    grey = min(_GREYS[place % len(_GREYS)], lightest)
    return Color(grey, grey, grey)


def _finish(
    drawing: Drawing, chart: VerticalBarChart | HorizontalLineChart, series: Sequence[Series], accent: str
) -> Drawing:
    """Add the chart and, for more than one series, the legend: each name beside what its series is drawn with."""
    drawing.add(chart)
    if len(series) > 1:
        x, y = chart.x, _LEGEND
        for number, one in enumerate(series):
            name = clean(one.title)
            long = _SWATCH + 4 + fonts.width(name, fonts.REGULAR, 8)
            if x > chart.x and x + long > drawing.width:
                x, y = chart.x, y - 10
            for mark in _swatch(chart, number, x, y):
                drawing.add(mark)
            drawing.add(String(x + _SWATCH + 4, y - 3, name, fontName=fonts.REGULAR, fontSize=8))
            x += long + 14
    return drawing


def _swatch(chart: VerticalBarChart | HorizontalLineChart, number: int, x: float, y: float) -> list[Any]:
    """Return a piece of a line with its mark, or a filled square for bars."""
    if isinstance(chart, VerticalBarChart):
        fill = chart.bars[number].fillColor
        return [Rect(x + _SWATCH / 2 - 3, y - 3, 6, 6, fillColor=fill, strokeColor=black, strokeWidth=0.4)]
    look = chart.lines[number]
    mark = makeMarker(_MARKS[number % len(_MARKS)], size=5)
    mark.x, mark.y, mark.fillColor, mark.strokeColor = x + _SWATCH / 2, y, look.strokeColor, look.strokeColor
    line = Line(x, y, x + _SWATCH, y, strokeColor=look.strokeColor, strokeWidth=1.4)
    line.strokeDashArray = look.strokeDashArray
    return [line, mark]
