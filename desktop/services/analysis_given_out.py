"""Tables that left the commune: noted when they do, and held against the next one so that neither gives away the other."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from desktop.models.ids import new_uid
from desktop.models.records.every import PublishedTable
from desktop.models.rules import suppression
from desktop.models.rules.suppression import Cell as Place
from desktop.models.rules.suppression import Published, Release
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.analysis_table import SUM, Choice, CrossTable
from desktop.store.book import Book

Keys = tuple[str, str]
"""The keys of a cell: of its row and of its column, or SUM."""
_REMEMBERED = 200
"""How many tables of a measure that were given out are held against a new one, the latest first."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A table that was given out, and whether it was of the same place as the one at hand."""

    same_place: bool
    table: Published


def given_away(
    row_keys: list[str], column_keys: list[str], people: list[list[int]], earlier: list[Earlier], least: int
) -> set[Place]:
    """Return the cells that would be given away by what an earlier table hid or by the difference to it."""
    now = _by_key(row_keys, column_keys, people)
    found: set[Keys] = set()
    for table in earlier:
        cells = suppression.give_away(now, table.table, least, same_people=table.same_place)
        found |= {cell for cell in cells if not table.same_place or _of_the_same_people(cell, now, table)}
    return _places(row_keys, column_keys, found)


def shown_before(
    row_keys: list[str], column_keys: list[str], people: list[list[int]], earlier: list[Earlier]
) -> set[Place]:
    """Return the cells that an earlier table has shown: hiding them now protects no other."""
    now = _by_key(row_keys, column_keys, people)
    found = {
        cell
        for table in earlier
        if table.same_place
        for cell, value in table.table.cells.items()
        if value is not None and now.get(cell) == value and _of_the_same_people(cell, now, table)
    }
    return _places(row_keys, column_keys, found)


def _of_the_same_people(cell: Keys, now: Mapping[Keys, int], earlier: Earlier) -> bool:
    """With other sums the two tables are of other people, and nothing is learnt by holding them together."""
    cells = earlier.table.cells
    sums = ((cell[0], SUM), (SUM, cell[1]))
    return all(cells.get(one) in (None, now[one]) for one in sums)


def _by_key(row_keys: list[str], column_keys: list[str], people: list[list[int]]) -> dict[Keys, int]:
    rows, columns = [*row_keys, SUM], [*column_keys, SUM]
    return {(row, column): people[at][to] for at, row in enumerate(rows) for to, column in enumerate(columns)}


def _places(row_keys: list[str], column_keys: list[str], cells: Collection[Keys]) -> set[Place]:
    rows, columns = [*row_keys, SUM], [*column_keys, SUM]
    return {(rows.index(row), columns.index(column)) for row, column in cells}


def given_out(book: Book, choice: Choice) -> list[Earlier]:
    """Return what was given out of the same measure, as far as it says something of the cells of this table.

    Within the commune nothing is hidden, and nothing of it was given out.
    """
    if choice.release is Release.COMMUNE:
        return []
    query = (
        select(PublishedTable)
        .where(PublishedTable.measure == choice.measure)
        .order_by(PublishedTable.ends.desc(), PublishedTable.id.desc())
        .limit(_REMEMBERED)
    )
    found = []
    with book.read() as session:
        for row in session.scalars(query):
            same_place = row.place == choice.scope.key
            if not same_place and (row.starts, row.ends) != (choice.starts, choice.ends):
                continue
            cells = _laid_over(choice, row.rows_by, row.columns_by, _cells_from(row.cells))
            if cells:
                found.append(Earlier(same_place, Published(cells)))
    return found


def _laid_over(
    choice: Choice, rows_by: str, columns_by: str, cells: Mapping[Keys, int | None]
) -> dict[Keys, int | None]:
    """Return the cells of an earlier table where they stand in this one: all of the same table, also when it was
    turned round; of one that was crossed by something else, its sums by what both are crossed by, and the total.
    """
    if (rows_by, columns_by) == (choice.rows, choice.columns):
        return dict(cells)
    if (columns_by, rows_by) == (choice.rows, choice.columns):
        return {(column, row): value for (row, column), value in cells.items()}
    sums = {(rows_by, row): value for (row, column), value in cells.items() if column == SUM}
    sums |= {(columns_by, column): value for (row, column), value in cells.items() if row == SUM}
    found: dict[Keys, int | None] = {}
    for (by, key), value in sums.items():
        if by == choice.rows or key == SUM:
            found[key, SUM] = value
        if by == choice.columns:
            found[SUM, key] = value
    return found


def publish(book: Book, table: CrossTable, act: Act) -> Outcome[CrossTable]:
    """Note that a table left the commune, so that the next one does not give away what this one hides."""
    choice = table.choice
    if choice.release is Release.COMMUNE or table.empty:
        return Outcome(table)
    rows, columns = [*table.row_keys, SUM], [*table.column_keys, SUM]
    cells: dict[tuple[str, str], int | None] = {
        (row, column): None if table.cells[at][to].hidden else table.cells[at][to].people
        for at, row in enumerate(rows)
        for to, column in enumerate(columns)
    }
    with book.write(act) as session:
        session.add(
            PublishedTable(
                uid=new_uid(),
                measure=choice.measure,
                rows_by=choice.rows,
                columns_by=choice.columns,
                place=choice.scope.key,
                starts=choice.starts,
                ends=choice.ends,
                release=choice.release.value,
                cells=_cells_to(cells),
                at=act.at,
                by=act.who,
            )
        )
    return Outcome(table, Changed.of(Topic.ANALYSIS))


def _cells_to(cells: Mapping[tuple[str, str], int | None]) -> str:
    return json.dumps([[row, column, value] for (row, column), value in cells.items()], ensure_ascii=False)


def _cells_from(text: str) -> dict[tuple[str, str], int | None]:
    return {(row, column): value for row, column, value in json.loads(text)}
