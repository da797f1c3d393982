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
from reportlab.lib.colors import Color, HexColor

from reports.kit import fonts
from reports.kit.page import Area
from reports.kit.text import clean
from resources.lang.dong import show_number

_MARKS = ("FilledCircle", "FilledSquare", "FilledDiamond", "Circle", "Square")
_DASHES = (None, (5, 2), (1.5, 1.5), (7, 2, 1.5, 2), (3, 3))
"""Lines differ by their strokes too: a copier knows no greys."""
_SWATCH = 22
_LEGEND = 15
"""The middle of the legend above the drawing's foot, in points, with words of the size of paper."""
_STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True, slots=True)
class Look:
    """The colours ("#rrggbb") and the size of the words of a chart; `thin` are the tones of lines, `fills` of bars.

    A thin line in a pale tone is lost among the lines of the grid, so lines have tones of their own.
    """

    text: str = "#000000"
    axis: str = "#000000"
    edge: str = "#000000"
    grid: str = "#d9d9d9"
    fills: tuple[str, ...] = ("#404040", "#999999", "#d1d1d1", "#737373", "#1a1a1a")
    thin: tuple[str, ...] = ("#404040", "#8c8c8c", "#8c8c8c", "#737373", "#1a1a1a")
    size: float = 8
    """Points of the words at the axes and in the legend; the title is a quarter larger."""

    @property
    def times(self) -> float:
        """How much larger than on paper the words are."""
        return self.size / PAPER.size


PAPER = Look()
"""Greys on white: what a copier keeps apart."""


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
    look: Look = PAPER,
    per: int = 1,
) -> Drawing:
    """Return a bar chart; values below zero hang under the line. `look` is that of paper or of the window's theme.
    With `per` 100 the values are hundredths: 297 reads 2,97.
    """
    drawing, chart = _begin(title, categories, series, VerticalBarChart(), wide, high, look)
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
        label = fonts.width(_shown(-bottom, per), fonts.REGULAR, look.size)
        chart.x = max(chart.x, label + 12)
        chart.width = wide - chart.x - 10
    chart.groupSpacing = 8
    for place in range(len(series)):
        chart.bars[place].fillColor = _tone(look.fills, place)
        chart.bars[place].strokeColor = HexColor(look.edge)
        chart.bars[place].strokeWidth = 0.4
    return _finish(drawing, chart, series, look)


def lines(
    title: str,
    categories: Sequence[str],
    series: Sequence[Series],
    *,
    wide: float = 460,
    high: float = 220,
    look: Look = PAPER,
) -> Drawing:
    """Return a line chart, a mark at each point."""
    drawing, chart = _begin(title, categories, series, HorizontalLineChart(), wide, high, look)
    for place in range(len(series)):
        chart.lines[place].strokeColor = _tone(look.thin, place)
        chart.lines[place].strokeWidth = 1.4
        chart.lines[place].strokeDashArray = _DASHES[place % len(_DASHES)]
        chart.lines[place].symbol = makeMarker(_MARKS[place % len(_MARKS)], size=5)
    return _finish(drawing, chart, series, look)


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
    look: Look,
) -> tuple[Drawing, VerticalBarChart | HorizontalLineChart]:
    """Set up the drawing, the axes and the texts that both kinds share."""
    fonts.register()
    if any(len(one.values) != len(categories) for one in series):
        raise ValueError("every series needs a value for each category")
    drawing = Drawing(wide, high, initialFontName=fonts.REGULAR)
    drawing.add(_words(title, wide / 2, high - 14 * look.times, look, bold=True))
    most = max((value for one in series for value in one.values), default=0)
    top, step = top_of_scale(most)
    label = fonts.width(show_number(top), fonts.REGULAR, look.size)
    foot = 44 * look.times
    chart.x, chart.y = label + 12, foot
    chart.width, chart.height = wide - chart.x - 10, high - foot - 26 * look.times
    chart.data = [one.values for one in series] or [(0,) * len(categories)]
    room = chart.width / max(len(categories), 1) - 4
    chart.categoryAxis.categoryNames = _in_room([clean(name) for name in categories], room, look.size)
    for axis in (chart.categoryAxis, chart.valueAxis):
        axis.labels.fontName, axis.labels.fontSize = fonts.REGULAR, look.size
        axis.labels.fillColor, axis.strokeColor = HexColor(look.text), HexColor(look.axis)
    chart.valueAxis.valueMin, chart.valueAxis.valueMax, chart.valueAxis.valueStep = 0, top, step
    chart.valueAxis.labelTextFormat = lambda value: show_number(round(value))
    chart.valueAxis.visibleGrid = True
    chart.valueAxis.gridStrokeColor = HexColor(look.grid)
    return drawing, chart


def _in_room(names: list[str], room: float, size: float) -> list[str]:
    """Return the names under an axis, in two lines where one of them would run into its neighbour."""
    if all(fonts.width(name, fonts.REGULAR, size) <= room for name in names):
        return names
    return [_in_two_lines(name) for name in names]


def _in_two_lines(name: str) -> str:
    places = [place for place, letter in enumerate(name) if letter == " "]
    if not places:
        return name
    middle = min(places, key=lambda place: abs(2 * place + 1 - len(name)))
    return f"{name[:middle]}\n{name[middle + 1 :]}"


def _tone(tones: Sequence[str], place: int) -> Color:
    return HexColor(tones[place % len(tones)])


def _words(text: str, x: float, y: float, look: Look, *, bold: bool = False) -> String:
    """Return words at a place: the title in the middle, the names of the legend from there on."""
    return String(
        x,
        y,
        clean(text),
        fontName=fonts.BOLD if bold else fonts.REGULAR,
        fontSize=look.size * (1.25 if bold else 1),
        fillColor=HexColor(look.text),
        textAnchor="middle" if bold else "start",
    )


def _finish(
    drawing: Drawing, chart: VerticalBarChart | HorizontalLineChart, series: Sequence[Series], look: Look
) -> Drawing:
    """Add the chart and, for more than one series, the legend: each name beside what its series is drawn with."""
    drawing.add(chart)
    if len(series) > 1:
        x, y = chart.x, _LEGEND * look.times
        for number, one in enumerate(series):
            long = _SWATCH + 4 + fonts.width(clean(one.title), fonts.REGULAR, look.size)
            if x > chart.x and x + long > drawing.width:
                x, y = chart.x, y - 10 * look.times
            for mark in _swatch(chart, number, x, y, look):
                drawing.add(mark)
            drawing.add(_words(one.title, x + _SWATCH + 4, y - 3 * look.times, look))
            x += long + 14
    return drawing


def _swatch(
    chart: VerticalBarChart | HorizontalLineChart, number: int, x: float, y: float, look: Look
) -> list[Any]:
    """Return a piece of a line with its mark, or a filled square for bars."""
    if isinstance(chart, VerticalBarChart):
        side, edge = 6 * look.times, HexColor(look.edge)
        box = Rect(x + _SWATCH / 2 - side / 2, y - side / 2, side, side)
        box.fillColor, box.strokeColor, box.strokeWidth = chart.bars[number].fillColor, edge, 0.4
        return [box]
    drawn = chart.lines[number]
    mark = makeMarker(_MARKS[number % len(_MARKS)], size=5)
    mark.x, mark.y, mark.fillColor, mark.strokeColor = (
        x + _SWATCH / 2,
        y,
        drawn.strokeColor,
        drawn.strokeColor,
    )
    line = Line(x, y, x + _SWATCH, y, strokeColor=drawn.strokeColor, strokeWidth=1.4)
    line.strokeDashArray = drawn.strokeDashArray
    return [line, mark]
