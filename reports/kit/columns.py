"""The columns of a table and how wide they become.

Columns of numbers are as wide as their widest number, columns of text share what is left over; letters get
smaller down to a least size, and what is still too wide becomes several tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from reports.kit import fonts
from reports.kit.styles import Style
from reports.kit.text import clean
from resources.lang.dong import show_number

Kind = Literal["text", "tight", "centre", "money", "write", "stamps"]

PAD = 0.44
"""White space left and right in a cell, as a part of the size of its letters."""
_STEP = 0.5


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `least` is its smallest width in points: in tables of 9 pt letters and growing with them,
    for columns of text as it is.

    Kinds: "text" breaks over lines and shares what is left over by `weight`; "tight" and "centre" stay on one
    line; "money" is right-aligned; "write" stays empty, to be written in; "stamps" draws "3/5" as five boxes, three
    of them stamped. `key` columns are repeated when a table has to be split into several.
    """

    title: str
    kind: Kind = "text"
    least: float = 0
    weight: float = 1
    key: bool = False


class Row(NamedTuple):
    """One row of ready texts. `keep`: never the first on a page (sums stay with what they sum up)."""

    cells: tuple[str, ...]
    bold: bool = False
    shade: bool = False
    keep: bool = False


STAMP = 1.6
"""The room of one stamp in a cell, as a part of the size of its letters."""


def has_stamps(text: str) -> bool:
    """Tell whether a cell of stamps holds boxes ("3/5"), not a word in their place."""
    return re.fullmatch(r"\d+/\d+", text) is not None


def stamps_of(text: str) -> tuple[int, int]:
    """Return how many boxes a cell of stamps has stamped, and how many there are: "3/5" is (3, 5)."""
    stamped, _slash, boxes = text.partition("/")
    return (int(stamped), int(boxes)) if boxes else (0, 0)


def amount(value: int) -> str:
    """Return an amount as tables show it: a dash for nothing, so that the eye finds what happened."""
    return show_number(value) if value else "–"


def picked_cells(row: Row, chosen: Sequence[int]) -> Row:
    """Return the row with only the chosen columns."""
    return row._replace(cells=tuple(row.cells[index] for index in chosen))


def fits_room(
    columns: Sequence[Column], rows: Sequence[Row], style: Style, room: float, least: float
) -> bool:
    """Say whether the table fits `room` points at `style` or smaller, down to `least`."""
    return fit(columns, rows, style, room, least) is not None


def bands(
    columns: Sequence[Column], rows: Sequence[Row], style: Style, room: float, least: float
) -> Iterator[list[int]]:
    """Yield the columns of each table needed, as indexes, where one table would be too wide."""
    keys = [index for index, column in enumerate(columns) if column.key]
    band = list(keys)
    for index, column in enumerate(columns):
        if column.key:
            continue
        trial = [*band, index]
        picked = [picked_cells(row, trial) for row in rows]
        if len(band) > len(keys) and not fits_room(
            [columns[one] for one in trial], picked, style, room, least
        ):
            yield band
            band = list(keys)
        band.append(index)
    yield band


@lru_cache(maxsize=500)
def _widest_word(title: str, size: float) -> float:
    """Return the width of the longest word of a column's title."""
    return max(fonts.width(word, fonts.BOLD, size) for word in clean(title).split(" "))


def _natural(column: Column, place: int, rows: Sequence[Row], style: Style) -> float:
    """Return the width a column asks for: its longest cell, or its longest word where lines may break."""
    scale = min(style.size / 9, 1.4)
    pads = 2 * PAD * style.size
    wide = _widest_word(column.title, style.size)
    if column.kind == "stamps":
        boxes = max((stamps_of(row.cells[place])[1] for row in rows), default=0)
        texts = {row.cells[place] for row in rows if not has_stamps(row.cells[place])}
        words = max((_widest_word(text, style.size) for text in texts if text), default=0)
        return max(wide, words, boxes * STAMP * style.size) + pads
    if column.kind == "text":
        return max(wide, column.least, 40 * style.size / 9) + pads
    if column.kind != "write":
        for face, bold in ((fonts.REGULAR, False), (fonts.BOLD, True)):
            texts = {row.cells[place] for row in rows if row.bold is bold}
            if column.kind == "money" and texts:
                # Figures are all equally wide: only the longest can be the widest.
                longest = max(map(len, texts)) - 1
                texts = {text for text in texts if len(text) >= longest}
            for text in texts:
                wide = max(wide, fonts.width(clean(text), face, style.size))
    return max(wide, column.least * scale) + pads


def fit(
    columns: Sequence[Column], rows: Sequence[Row], style: Style, room: float, least: float
) -> tuple[Style, list[float]] | None:
    """Return the largest style at which all columns fit, and their widths; None if none does."""
    size = style.size
    while size >= least:
        trial = Style(style.face, size, round(size * style.leading / style.size, 2))
        wide = [_natural(column, place, rows, trial) for place, column in enumerate(columns)]
        spare = room - sum(wide)
        if spare >= -0.01:
            return trial, _shared(columns, wide, spare)
        size -= _STEP
    return None


def _shared(columns: Sequence[Column], wide: list[float], spare: float) -> list[float]:
    """Return the widths with the spare room given to the columns of text, or to all if there are none."""
    weights = [column.weight if column.kind == "text" else 0.0 for column in columns]
    if not any(weights):
        weights = [column.weight if column.kind in ("money", "write") else 0.0 for column in columns]
    whole = sum(weights) or 1
    return [one + spare * weight / whole for one, weight in zip(wide, weights, strict=True)]
