"""Lines of a form: a label with its value, or with a dotted line to write on where nothing is known yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reports.kit import fonts
from reports.kit.page import Flow
from reports.kit.styles import RULE, baseline
from reports.kit.text import clean, wrap

_DOTS = 1.2
_GAP = 10
"""White space between two fields of a line, in points."""


class Field(NamedTuple):
    """A label with its value; `share` is its part of the line's width."""

    label: str
    value: str = ""
    share: float = 1


def form_line(flow: Flow, *fields: Field) -> None:
    """Write fields beside each other; below each other in large print. Empty ones get a dotted line."""
    if flow.edition.large and len(fields) > 1:
        for field in fields:
            form_line(flow, field)
        return
    whole = sum(field.share for field in fields)
    style, start = flow.edition.body, 0.0
    placed = []
    for field in fields:
        wide = flow.sheet.room * field.share / whole - (_GAP if field is not fields[-1] else 0)
        placed.append(_Placed(start, wide, *_broken(flow, field, wide)))
        start += flow.sheet.room * field.share / whole
    blank = any(not field.value for field in fields)
    leading = style.leading * (1.25 if blank else 1)
    high = max(len(one.label) + max(len(one.value) - 1, 0) for one in placed) * leading
    flow.need(high)
    for one in placed:
        _draw(flow, one, leading)
    flow.y -= high
    flow.gap(0.12 * style.leading)


class _Placed(NamedTuple):
    """A field with its place: `label` and `value` broken into lines, the first value line after the last label."""

    start: float
    wide: float
    label: tuple[str, ...]
    value: tuple[str, ...]


def _broken(flow: Flow, field: Field, wide: float) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Break label and value into lines; a long label leaves its last line's rest to the value."""
    style = flow.edition.body
    label = wrap(field.label, style.face, style.size, wide)
    if not field.value:
        return label, ()
    last = fonts.width(label[-1], style.face, style.size) + 0.35 * style.size
    value = wrap(field.value, fonts.BOLD, style.size, wide, last)
    # A first word that does not fit beside the label begins on the next line.
    if fonts.width(value[0], fonts.BOLD, style.size) > wide - last + 0.01:
        value = ("", *wrap(field.value, fonts.BOLD, style.size, wide))
    return label, value


def _draw(flow: Flow, one: _Placed, leading: float) -> None:
    style, page = flow.edition.body, flow.page
    left, y = flow.sheet.left + one.start, flow.y - (leading - style.leading)
    page.tags.begin("P")
    for number, text in enumerate(one.label):
        page.text(left, baseline(y - number * leading, style), style.face, style.size, text)
    y -= (len(one.label) - 1) * leading
    after = left + fonts.width(clean(one.label[-1]), style.face, style.size) + 0.35 * style.size
    if not one.value:
        base = baseline(y, style) - 1
        page.line(min(after, left + one.wide), base, left + one.wide, base, RULE / 2, _DOTS)
        return
    for number, text in enumerate(one.value):
        if text:
            x = left if number else after
            page.text(x, baseline(y - number * leading, style), fonts.BOLD, style.size, text)


def dotted_line(flow: Flow, lines: int = 1) -> None:
    """Leave whole lines to write on."""
    style = flow.edition.body
    for _number in range(lines):
        high = 1.3 * style.leading
        flow.need(high)
        base = flow.y - high + 3
        flow.page.line(flow.sheet.left, base, flow.sheet.end, base, RULE / 2, _DOTS)
        flow.y -= high


def choices(flow: Flow, options: Sequence[tuple[str, bool]], *, label: str = "") -> None:
    """Write boxes to tick beside their texts, ticked where True; below each other where they do not fit."""
    style = flow.edition.body
    side, gap = 0.8 * style.size, 0.5 * style.size
    x = flow.sheet.left
    flow.need(style.leading)
    flow.page.tags.begin("P")
    if label:
        flow.page.text(x, baseline(flow.y, style), style.face, style.size, label)
        x += fonts.width(clean(label), style.face, style.size) + 2 * gap
    for text, on in options:
        wide = side + gap + fonts.width(clean(text), style.face, style.size)
        if x + wide > flow.sheet.end and x > flow.sheet.left:
            flow.y -= 1.15 * style.leading
            flow.need(style.leading)
            x = flow.sheet.left
        base = baseline(flow.y, style)
        flow.page.box(x, base - 1, side, side, RULE)
        if on:
            flow.page.line(x + 1.5, base + 0.5, x + side - 1.5, base + side - 2.5, 1.4)
            flow.page.line(x + 1.5, base + side - 2.5, x + side - 1.5, base + 0.5, 1.4)
        flow.page.text(x + side + gap, base, style.face, style.size, text)
        x += wide + 2.5 * style.size
    flow.y -= 1.15 * style.leading
