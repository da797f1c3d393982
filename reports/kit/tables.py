"""Money tables: columns that find their width, numbers that line up, heads that repeat, sums carried over.

Nothing is ever cut. Columns of numbers are as wide as their widest number; texts break over lines; letters get
smaller down to the least size of the edition; and what is still too wide is set as several tables below each
other, each beginning with the columns marked `key`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reports.kit import fonts
from reports.kit.columns import PAD, STAMP, Column, Row, bands, fit, has_stamps, picked_cells, stamps_of
from reports.kit.page import Flow
from reports.kit.styles import HAIR, RULE, SHADE, Style, baseline
from reports.kit.tags import Node, Tag
from reports.kit.text import wrap
from resources.lang.messages import _


@dataclass(frozen=True, slots=True)
class Look:
    """How a table is drawn. `grid` draws all lines (forms to write in); `row_height` is a least height in points.

    `caption` stands above the head and is repeated with it. `carry(n)` gives the cells to carry over after the
    first `n` rows, for running balances; they are shown at the foot of the page and at the head of the next.
    `tight` sets the rows closer, for papers that should stay on few pages.
    """

    caption: str = ""
    grid: bool = False
    row_height: float = 0
    empty: str = ""
    carry: Callable[[int], tuple[str, ...]] | None = None
    tight: bool = False


class _Set(NamedTuple):
    """A row broken into lines: per cell its lines, and the height of the row."""

    cells: tuple[tuple[str, ...], ...]
    high: float
    bold: bool
    shade: bool
    keep: bool

    @property
    def tall(self) -> bool:
        """Whether a cell has several lines."""
        return any(len(lines) > 1 for lines in self.cells)


def draw(flow: Flow, columns: Sequence[Column], rows: Sequence[Row], look: Look = Look()) -> None:
    """Draw the table at the cursor of `flow`, over as many pages as it takes."""
    if not rows and look.empty:
        rows = [Row(_in_first_text(columns, look.empty))]
    style, room, least = flow.edition.cell, flow.sheet.room, flow.edition.least
    found = fit(columns, rows, style, room, least)
    if found is not None:
        _Table(flow, columns, rows, look, found).draw()
        return
    for chosen in bands(columns, rows, style, room, least):
        some = [columns[index] for index in chosen]
        band = [picked_cells(row, chosen) for row in rows]
        _Table(flow, some, band, _picked_look(look, chosen), fit(some, band, style, room, least)).draw()
        flow.gap(8)


def _in_first_text(columns: Sequence[Column], text: str) -> tuple[str, ...]:
    """Return cells with `text` in the first column that breaks over lines."""
    place = next((index for index, column in enumerate(columns) if column.kind == "text"), 0)
    return tuple(text if index == place else "" for index in range(len(columns)))


def _picked_look(look: Look, chosen: Sequence[int]) -> Look:
    carry = look.carry
    if carry is None:
        return look
    return Look(
        look.caption, look.grid, look.row_height, look.empty,
        lambda done: tuple(carry(done)[index] for index in chosen), look.tight
    )  # fmt: skip


class _Table:
    """One table on its way over the pages."""

    def __init__(
        self,
        flow: Flow,
        columns: Sequence[Column],
        rows: Sequence[Row],
        look: Look,
        found: tuple[Style, list[float]] | None,
    ) -> None:
        self.squeezed = found is None
        if found is None:
            # Even the key columns with one more are too wide: give each its share; words break between letters.
            share = flow.sheet.room / len(columns)
            smallest = flow.edition.least
            found = Style(fonts.REGULAR, smallest, smallest * 1.38), [share] * len(columns)
        self.flow = flow
        self.columns = columns
        self.look = look
        self.style, self.widths = found
        self.edges = [flow.sheet.left]
        for wide in self.widths:
            self.edges.append(self.edges[-1] + wide)
        self.side = PAD * self.style.size
        self.kinds = [column.kind for column in columns]
        air = 0.04 if look.tight else 0.16
        self.pad = round(air * self.style.size, 2)
        self.head = self._set(Row(tuple(column.title for column in columns), bold=True), head=True)
        self.rows = [piece for row in rows for piece in self._pieces(row)]
        self.top = flow.y
        self.tags = flow.page.tags
        self.tagged = flow.document.tagged
        self.node: Node | None = None
        self.line: Node | None = None

    def _set(self, row: Row, *, head: bool = False) -> _Set:
        """Break the cells of a row into lines."""
        face = fonts.BOLD if row.bold else fonts.REGULAR
        most = 1
        cells: list[tuple[str, ...]] = []
        for place, (text, column) in enumerate(zip(row.cells, self.columns, strict=True)):
            breaks = column.kind == "text" or (column.kind == "stamps" and not has_stamps(text))
            if not text or not (breaks or head or self.squeezed):
                cells.append((text,))  # the column was made as wide as this
                continue
            room = self.edges[place + 1] - self.edges[self._starts(row.cells, place)] - 2 * self.side
            lines = wrap(text, face, self.style.size, room + 0.01)
            most = max(most, len(lines))
            cells.append(lines)
        high = most * self.style.leading + 2 * self.pad
        if not head:
            high = max(high, self.look.row_height)
        return _Set(tuple(cells), high, row.bold, row.shade, row.keep)

    def _starts(self, cells: Sequence[object], place: int) -> int:
        """Return the column where a cell begins: a text with nothing to its left begins at the edge."""
        if self.look.grid or self.columns[place].kind != "text" or any(cells[:place]):
            return place
        return 0

    def _pieces(self, row: Row) -> list[_Set]:
        """Return the row, in several pieces if it is taller than a page."""
        whole = self._set(row)
        room = self.flow.sheet.tall - self.head.high - 8 * self.style.leading
        if whole.high <= room:
            return [whole]
        lines = max(1, int(room // self.style.leading))
        longest = max(len(cell) for cell in whole.cells)
        return [
            _Set(
                tuple(cell[start : start + lines] or ("",) for cell in whole.cells),
                min(lines, longest - start) * self.style.leading + 2 * self.pad,
                whole.bold, whole.shade, whole.keep,
            )
            for start in range(0, longest, lines)
        ]  # fmt: skip

    def draw(self) -> None:
        """Draw everything."""
        flow, rows = self.flow, self.rows
        carried = self._carry_height()
        few = 1 if self.look.row_height or flow.edition.large else 3
        first = sum(row.high for row in rows[:few]) + (self._kept(few) if len(rows) > few else 0)
        flow.need(self._head_height() + first + carried)
        self._draw_head("")
        for number, row in enumerate(rows):
            needed = row.high + self._kept(number + 1)
            last = number + 1 == len(rows) or all(one.keep for one in rows[number + 1 :])
            if flow.y - needed - (0 if last else carried) < flow.sheet.bottom and not row.keep:
                self._turn(number)
            self._draw_row(row)
        self._close()

    def _kept(self, start: int) -> float:
        """Return the height of the rows from `start` on that must stay with the one before."""
        high = 0.0
        for row in self.rows[start:]:
            if not row.keep:
                break
            high += row.high
        return high

    def _carry_height(self) -> float:
        return self.style.leading + 2 * self.pad if self.look.carry is not None else 0

    def _head_height(self) -> float:
        caption = 1.5 * self.flow.edition.heading.leading if self.look.caption else 0
        return self.head.high + caption

    def _turn(self, done: int) -> None:
        """Close the table on this page and open it on the next."""
        carry = self.look.carry
        if carry is not None and done:
            self._draw_carry(carry(done), _("Mang sang trang sau"))
        self._close()
        self.flow.turn()
        self._draw_head(" " + _("(tiếp theo)"))
        if carry is not None and done:
            self._draw_carry(carry(done), _("Trang trước mang sang"))

    def _draw_carry(self, cells: tuple[str, ...], label: str) -> None:
        place = next((index for index, column in enumerate(self.columns) if column.kind == "text"), 0)
        filled = tuple(label if index == place else cell for index, cell in enumerate(cells))
        self._draw_row(self._set(Row(filled, bold=True)))

    def _draw_head(self, more: str) -> None:
        flow = self.flow
        if self.look.caption:
            style = flow.edition.heading
            self._begin_caption()
            for line in wrap(self.look.caption + more, style.face, style.size, flow.sheet.room):
                flow.line(line, style)
            flow.gap(2)
        self.top = flow.y
        high = self.head.high
        flow.page.fill(self.edges[0], flow.y - high, self.edges[-1] - self.edges[0], high, SHADE)
        flow.page.line(self.edges[0], flow.y, self.edges[-1], flow.y, RULE)
        self._begin_row(first=True)
        for place, lines in enumerate(self.head.cells):
            self._begin_cell("TH")
            top = flow.y - (high - len(lines) * self.style.leading) / 2
            self._draw_cell(place, lines, top, fonts.BOLD, head=True)
        flow.y -= high
        flow.page.line(self.edges[0], flow.y, self.edges[-1], flow.y, RULE)
        self.tags.skip()

    def _draw_row(self, row: _Set) -> None:
        flow = self.flow
        face = fonts.BOLD if row.bold else fonts.REGULAR
        if row.shade:
            flow.page.fill(self.edges[0], flow.y - row.high, self.edges[-1] - self.edges[0], row.high, SHADE)
        self._begin_row()
        if self.look.row_height or row.tall:
            self._draw_tall(row, face)
        else:
            self._draw_flat(row, face, baseline(flow.y - self.pad, self.style))
        flow.y -= row.high
        flow.page.line(self.edges[0], flow.y, self.edges[-1], flow.y, HAIR)

    def _begin_caption(self) -> None:
        """Name the table the first time; on following pages its head is repeated for the eye only."""
        if self.node is None:
            self.tags.begin("H2")
        else:
            self.tags.skip()

    def _begin_row(self, *, first: bool = False) -> None:
        if not self.tagged:
            return
        if first and self.node is not None:
            self.line = None  # the head again
            return
        if self.node is None:
            self.node = self.tags.begin("Table")
        self.line = self.tags.begin("TR", self.node)

    def _begin_cell(self, tag: Tag) -> None:
        if not self.tagged or self.line is None:
            self.tags.skip()
        else:
            self.tags.begin(tag, self.line)

    def _draw_flat(self, row: _Set, face: str, base: float) -> None:
        """Draw the cells of a row of one line: nearly all rows, so without detours."""
        page, size, side, edges = self.flow.page, self.style.size, self.side, self.edges
        first = True
        for place, (text,) in enumerate(row.cells):
            if self.tagged:
                self._begin_cell("TD")
            if not text:
                continue
            kind = self.kinds[place]
            if kind == "stamps" and has_stamps(text):
                self._draw_stamps(place, text, row.high)
            elif kind == "money":
                page.right(edges[place + 1] - side, base, face, size, text)
            elif kind in ("centre", "stamps"):
                page.centred((edges[place] + edges[place + 1]) / 2, base, face, size, text)
            else:
                start = 0 if first and kind == "text" and not self.look.grid else place
                page.text(edges[start] + side, base, face, size, text)
            first = False

    def _draw_tall(self, row: _Set, face: str) -> None:
        """Draw the cells of a row of several lines, or of one with room to write in."""
        filled = [lines != ("",) for lines in row.cells]
        for place, lines in enumerate(row.cells):
            self._begin_cell("TD")
            if not filled[place]:
                continue
            if self.kinds[place] == "stamps" and has_stamps("".join(lines)):
                self._draw_stamps(place, "".join(lines), row.high)
                continue
            top = self.flow.y - self.pad
            if self.look.row_height:  # what is printed stands in the middle
                top = self.flow.y - (row.high - len(lines) * self.style.leading) / 2
                if self.kinds[place] == "write":
                    top = self.flow.y - 1
            self._draw_cell(place, lines, top, face, start=self._starts(filled, place))

    def _draw_stamps(self, place: int, text: str, high: float) -> None:
        """Draw the boxes of a cell, those stamped filled dark: seen on a poor copy too."""
        page, step = self.flow.page, STAMP * self.style.size
        side = 0.78 * step
        stamped, boxes = stamps_of(text)
        x = (self.edges[place] + self.edges[place + 1] - boxes * step) / 2 + (step - side) / 2
        y = self.flow.y - (high + side) / 2
        for number in range(boxes):
            page.box(x, y, side, side, RULE if number < stamped else HAIR)
            if number < stamped:
                inset = 0.16 * side
                page.fill(x + inset, y + inset, side - 2 * inset, side - 2 * inset, 0.25)
            x += step

    def _draw_cell(
        self,
        place: int,
        lines: tuple[str, ...],
        top: float,
        face: str,
        *,
        head: bool = False,
        start: int = -1,
    ) -> None:
        flow, style, kind = self.flow, self.style, self.columns[place].kind
        page = flow.page
        base = baseline(top, style)
        for line in lines:
            if kind == "money":
                page.right(self.edges[place + 1] - self.side, base, face, style.size, line)
            elif kind == "write" and not head:
                small = flow.edition.small
                page.text(self.edges[place] + 3, baseline(top, small), small.face, small.size, line)
            elif kind == "centre" or (head and kind == "write"):
                middle = (self.edges[place] + self.edges[place + 1]) / 2
                page.centred(middle, base, face, style.size, line)
            else:
                page.text(self.edges[place if start < 0 else start] + self.side, base, face, style.size, line)
            base -= style.leading

    def _close(self) -> None:
        """Draw the closing line and, for forms, the lines between columns down this page."""
        page, y = self.flow.page, self.flow.y
        page.line(self.edges[0], y, self.edges[-1], y, RULE)
        if self.look.grid:
            for edge in self.edges:
                page.line(edge, self.top, edge, y, HAIR)
