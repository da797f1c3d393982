"""Which cells of a table may be shown to whom: small cells are hidden, and enough others that nobody can work them out.

Source: indicators.md 6.3. Hiding happens where a table is made, never in the book. The figures (how many people,
how large a denominator) stand in `resources/indicators/limits.csv` with the day from which they hold.

A table is counts of people by row and column, with its sums. A reader knows the sums that are shown and that
people are whole. `solvable` asks of each hidden cell whether that leaves only one number for it: a table of two
ways is a network, so a cell has another possible number exactly when a closed path of hidden cells passes through
it along which one person can be moved round. Cells are hidden until no hidden cell can be solved.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from resources.indicators import limit
from resources.lang.messages import N_, _

Cell = tuple[int, int]
"""Row and column. The place after the last is that of the sums."""


class Release(StrEnum):
    """Who will read a table."""

    COMMUNE = "commune"
    PARTNER = "partner"
    DONOR = "donor"

    @property
    def title(self) -> str:  # type: ignore[override]  # str.title() makes no sense for a code
        """Return the name to show, in the language in use."""
        return _(_TITLES[self])


_TITLES = {
    Release.COMMUNE: N_("Trong xã"),
    Release.PARTNER: N_("Tỉnh, đối tác"),
    Release.DONOR: N_("Nhà tài trợ"),
}


def least_count(release: Release, *, delicate: bool = False) -> int:
    """Return the smallest count that is shown (0 hides nothing). `delicate`: disability, violence, ethnicity × disability."""
    if release is Release.COMMUNE:
        return 0
    if release is Release.DONOR and delicate:
        return limit("suppression.donor.k.delicate")
    return limit(f"suppression.{release}.k")


def least_base(release: Release) -> int:
    """Return the smallest denominator of a rate or mean that is shown."""
    return 0 if release is Release.COMMUNE else limit(f"suppression.{release}.base")


def rate_may_show(release: Release, base: int) -> bool:
    """Tell whether a rate over `base` people (or meetings, loans) may be shown."""
    return base >= least_base(release)


def sum_may_show(release: Release, contributors: int, largest: int, total: int) -> bool:
    """Tell whether an amount may be shown: enough people stand behind it, and no one of them for most of it."""
    if release is not Release.DONOR:
        return rate_may_show(release, contributors)
    if contributors < limit("suppression.donor.contributors"):
        return False
    return largest * 100 <= total * limit("suppression.donor.dominance")


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts without sums, and whether the columns of a row add up to its sum (`across`), and those of a column.

    Where they do not (vulnerabilities: a person holds several), `row_sums` gives the sums of the rows.
    """

    cells: tuple[tuple[int, ...], ...]
    row_sums: tuple[int, ...] = ()
    column_sums: tuple[int, ...] = ()
    total: int | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Return how many rows and columns there are, without sums."""
        return len(self.cells), len(self.cells[0]) if self.cells else 0

    @property
    def across(self) -> bool:
        """Tell whether the cells of a row add up to its sum."""
        return not self.row_sums or all(
            sum(row) == total for row, total in zip(self.cells, self.row_sums, strict=True)
        )

    @property
    def down(self) -> bool:
        """Tell whether the cells of a column add up to its sum."""
        return not self.column_sums or all(
            sum(column) == total
            for column, total in zip(zip(*self.cells, strict=True), self.column_sums, strict=True)
        )

    def with_sums(self) -> tuple[tuple[int, ...], ...]:
        """Return the table with a row and a column of sums."""
        rows = self.row_sums or tuple(sum(row) for row in self.cells)
        columns = self.column_sums or tuple(sum(column) for column in zip(*self.cells, strict=True))
        total = sum(rows) if self.total is None else self.total
        body = tuple((*row, rows[place]) for place, row in enumerate(self.cells))
        return (*body, (*columns, total))


@dataclass(frozen=True, slots=True)
class Hidden:
    """The cells that are not shown: those that are small or reveal, and those that protect them."""

    primary: frozenset[Cell]
    complementary: frozenset[Cell]
    of: int

    @property
    def cells(self) -> frozenset[Cell]:
        """Return all hidden cells."""
        return self.primary | self.complementary

    def share(self, size: tuple[int, int]) -> Fraction:
        """Return the part of the cells without sums that is hidden."""
        inside = sum(1 for row, column in self.cells if row < size[0] and column < size[1])
        return Fraction(inside, max(1, size[0] * size[1]))


def protect(
    counts: Counts,
    least: int,
    *,
    rows_tell: bool = True,
    columns_tell: bool = True,
    also: Collection[Cell] = (),
    known: Collection[Cell] = (),
) -> Hidden:
    """Return which cells to hide so that none below `least` is shown or can be worked out.

    `rows_tell`: to know a person's row is to know something of them (disability), so a column with everybody in
    one row is hidden too; a place tells nothing. `also`: cells hidden for another reason (published before, a
    rate with a small base). With `least` 0 only those are protected. `known`: cells that an earlier table has shown, so
    that hiding them here protects no other from those who read both; who reads only this one is protected as well.
    """
    table = _Table(counts)
    small = {cell for cell in table.places() if 1 <= table.value(cell) < least}
    telling = set(_telling(counts, rows_tell=rows_tell, columns_tell=columns_tell)) if least else set()
    primary = small | telling | set(also)
    hidden = set(primary)
    if hidden:
        _hide_second(table, hidden)
        _settle(table, hidden, frozenset())
        before = -1
        while known and before != len(hidden):
            before = len(hidden)
            _settle(table, hidden, frozenset(known))
            _settle(table, hidden, frozenset())
    return Hidden(frozenset(primary), frozenset(hidden - primary), least)


def solvable(counts: Counts, hidden: Collection[Cell]) -> set[Cell]:
    """Return the hidden cells that leave only one possible number to a reader of the others."""
    return _Table(counts).solvable(hidden)


def _telling(counts: Counts, *, rows_tell: bool, columns_tell: bool) -> Iterator[Cell]:
    """Yield the cells that hold everybody of their row or column: "100 %" says of each what the total says."""
    rows, columns = counts.size
    whole = counts.with_sums()
    for row in range(rows):
        for column in range(columns):
            value = counts.cells[row][column]
            if not value:
                continue
            alone_across = columns > 1 and value == whole[row][columns]
            alone_down = rows > 1 and value == whole[rows][column]
            if (columns_tell and alone_across) or (rows_tell and alone_down):
                yield row, column


def _hide_second(table: _Table, hidden: set[Cell]) -> None:
    """In each row and column with one hidden cell hide the smallest other that is not zero, until nothing changes."""
    changed = True
    while changed:
        changed = False
        for line in table.lines():
            inside = [cell for cell in line if cell in hidden]
            if len(inside) != 1:
                continue
            found = table.helper(inside[0], hidden, line)
            if found is not None:
                hidden.add(found)
                changed = True


def _settle(table: _Table, hidden: set[Cell], known: frozenset[Cell]) -> None:
    """Hide more until who knows the `known` cells solves none of the others, as far as there is anything left to hide."""
    while cells := table.solvable(hidden - known):
        more = {found for cell in cells if (found := table.helper(cell, hidden | known)) is not None}
        more = more or set(table.places())
        if more <= hidden:
            return
        hidden |= more
        _hide_second(table, hidden)


class _Table:
    """A table with its sums as a network: rows and columns are knots, cells the roads between them."""

    def __init__(self, counts: Counts) -> None:
        self.values = counts.with_sums()
        self.rows, self.columns = counts.size
        self.across, self.down = counts.across, counts.down

    def places(self) -> Iterator[Cell]:
        """Yield all cells, sums last in their row."""
        for row in range(self.rows + 1):
            for column in range(self.columns + 1):
                yield row, column

    def value(self, cell: Cell) -> int:
        """Return the count of a cell."""
        return self.values[cell[0]][cell[1]]

    def lines(self) -> Iterator[list[Cell]]:
        """Yield the rows and columns whose cells add up, with their sums."""
        if self.across:
            for row in range(self.rows + 1):
                yield [(row, column) for column in range(self.columns + 1)]
        if self.down:
            for column in range(self.columns + 1):
                yield [(row, column) for row in range(self.rows + 1)]

    def is_sum(self, cell: Cell) -> bool:
        """Tell whether a cell is a sum."""
        return cell[0] == self.rows or cell[1] == self.columns

    def helper(self, cell: Cell, hidden: Collection[Cell], line: Sequence[Cell] | None = None) -> Cell | None:
        """Return the cell to hide beside `cell`: the smallest that is not zero, then a zero, then a sum."""
        lines = [line] if line is not None else [one for one in self.lines() if cell in one]
        free = {one for found in lines for one in found if one not in hidden}

        def order(one: Cell) -> tuple[bool, bool, int, int, Cell]:
            # Of equals, the one that protects another hidden cell as well.
            beside = sum(1 for other in hidden if one[0] == other[0] or one[1] == other[1])
            return self.is_sum(one), self.value(one) == 0, self.value(one), -beside, one

        return min(free, key=order, default=None)

    def solvable(self, hidden: Collection[Cell]) -> set[Cell]:
        """Return the hidden cells whose number follows from the cells that are shown.

        A reader is granted more than they know: that a hidden cell which is not zero is at least one.
        """
        roads: dict[int, list[tuple[int, Cell]]] = {}
        for cell in hidden:
            start, end = self._knots(cell)
            plus, minus = self._may_move(cell)
            if plus:
                roads.setdefault(start, []).append((end, cell))
            if minus:
                roads.setdefault(end, []).append((start, cell))
        return {cell for cell in hidden if not self._may_differ(cell, roads)}

    def _knots(self, cell: Cell) -> tuple[int, int]:
        """Return the knots of a cell. Lines that do not add up hold nothing together: they are one knot."""
        row = cell[0] if self.across else -1
        column = 1_000_000 + (cell[1] if self.down else -1)
        return row, column

    def _may_move(self, cell: Cell) -> tuple[bool, bool]:
        """Return whether a cell may grow and shrink in the sense of its line, where sums count negatively."""
        may_shrink = self.value(cell) > min(1, self.value(cell))
        one_sum = (cell[0] == self.rows) != (cell[1] == self.columns)
        return (may_shrink, True) if one_sum else (True, may_shrink)

    def _may_differ(self, cell: Cell, roads: dict[int, list[tuple[int, Cell]]]) -> bool:
        start, end = self._knots(cell)
        plus, minus = self._may_move(cell)
        if not self.across and not self.down:
            return True
        return (plus and _reaches(roads, end, start, cell)) or (minus and _reaches(roads, start, end, cell))


def _reaches(roads: dict[int, list[tuple[int, Cell]]], start: int, goal: int, but: Cell) -> bool:
    """Tell whether `goal` can be reached from `start` without the road of one cell."""
    seen, waiting = {start}, [start]
    while waiting:
        for knot, cell in roads.get(waiting.pop(), ()):
            if cell == but or knot in seen:
                continue
            if knot == goal:
                return True
            seen.add(knot)
            waiting.append(knot)
    return False


def too_much_hidden(counts: Counts, hidden: Hidden) -> bool:
    """Tell whether so much is hidden that the table should be made coarser instead."""
    return hidden.share(counts.size) * 100 > limit("suppression.coarsen")


@dataclass(frozen=True, slots=True)
class Published:
    """A table that was given out: its cells with sums by their keys, None where a cell was hidden."""

    cells: dict[tuple[str, str], int | None]


def give_away(
    now: dict[tuple[str, str], int], before: Published, least: int, *, same_people: bool
) -> set[tuple[str, str]]:
    """Return the cells that an earlier table of the same period would give away.

    `same_people`: the earlier table was of the same place. A cell hidden then and unchanged stays hidden, so that
    two patterns do not show it together. Of another place (a commune within the province): a difference below
    `least` counts a small group as well as a cell does.
    """
    found = set()
    for cell, value in now.items():
        if cell not in before.cells:
            continue
        old = before.cells[cell]
        if same_people:
            if old is None and value > 0:
                found.add(cell)
        elif old is not None and 1 <= abs(value - old) < least:
            found.add(cell)
    return found
