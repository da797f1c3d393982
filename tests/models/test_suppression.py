"""A hidden cell cannot be worked out: whoever knows the sums tries to solve them, and fails."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.models.rules import suppression
from desktop.models.rules.suppression import Counts, Published, Release, least_count, protect

Cell = tuple[int, int]


def equations(counts: Counts, hidden: set[Cell]) -> list[tuple[dict[Cell, int], int]]:
    """What a reader knows: each line says that its cells add up to its sum; what is shown is a number."""
    table = counts.with_sums()
    rows, columns = counts.size
    found = []

    def add(cells: list[Cell], total: Cell) -> None:
        left: dict[Cell, int] = {}
        right = 0
        for cell, sign in [*((cell, 1) for cell in cells), (total, -1)]:
            if cell in hidden:
                left[cell] = left.get(cell, 0) + sign
            else:
                right -= sign * table[cell[0]][cell[1]]
        if left:
            found.append((left, right))

    if counts.across:
        for row in range(rows + 1):
            add([(row, column) for column in range(columns)], (row, columns))
    if counts.down:
        for column in range(columns + 1):
            add([(row, column) for row in range(rows)], (rows, column))
    return found


def solved_by_elimination(counts: Counts, hidden: set[Cell]) -> set[Cell]:
    """The hidden cells that linear equations alone settle (Gauss, exact)."""
    names = sorted(hidden)
    matrix = [
        [Fraction(left.get(name, 0)) for name in names] + [Fraction(right)]
        for left, right in equations(counts, hidden)
    ]
    place = 0
    for column in range(len(names)):
        pivot = next((row for row in range(place, len(matrix)) if matrix[row][column]), None)
        if pivot is None:
            continue
        matrix[place], matrix[pivot] = matrix[pivot], matrix[place]
        head = matrix[place][column]
        matrix[place] = [value / head for value in matrix[place]]
        for row in range(len(matrix)):
            if row != place and matrix[row][column]:
                factor = matrix[row][column]
                matrix[row] = [a - factor * b for a, b in zip(matrix[row], matrix[place], strict=True)]
        place += 1
    return {
        names[at[0]]
        for row in matrix
        if len(at := [column for column in range(len(names)) if row[column]]) == 1
    }


def solutions(counts: Counts, hidden: set[Cell], most: int) -> Iterator[dict[Cell, int]]:
    """All tables of whole people that say what is shown; a cell that is not zero is granted to be at least one."""
    table = counts.with_sums()
    names = sorted(hidden)
    facts = equations(counts, hidden)

    def fits(chosen: dict[Cell, int]) -> bool:
        return all(
            sum(sign * chosen[cell] for cell, sign in left.items()) == right
            for left, right in facts
            if all(cell in chosen for cell in left)
        )

    def fill(place: int, chosen: dict[Cell, int]) -> Iterator[dict[Cell, int]]:
        if place == len(names):
            yield dict(chosen)
            return
        cell = names[place]
        for value in range(min(1, table[cell[0]][cell[1]]), most + 1):
            chosen[cell] = value
            if fits(chosen):
                yield from fill(place + 1, chosen)
        del chosen[cell]

    yield from fill(0, {})


tables = st.integers(1, 4).flatmap(
    lambda columns: st.lists(
        st.lists(st.one_of(st.integers(0, 6), st.integers(0, 60)), min_size=columns, max_size=columns).map(
            tuple
        ),
        min_size=1,
        max_size=4,
    ).map(lambda rows: Counts(tuple(rows)))
)
small_tables = st.lists(
    st.lists(st.integers(0, 3), min_size=2, max_size=2).map(tuple), min_size=2, max_size=3
).map(lambda rows: Counts(tuple(rows)))


@settings(max_examples=300, derandomize=True, deadline=None)
@given(tables, st.sampled_from((5, 10)), st.booleans(), st.booleans())
def test_nobody_solves_a_hidden_cell_from_the_sums(
    counts: Counts, least: int, rows_tell: bool, columns_tell: bool
) -> None:
    hidden = protect(counts, least, rows_tell=rows_tell, columns_tell=columns_tell)
    assert not solved_by_elimination(counts, set(hidden.cells))
    assert not suppression.solvable(counts, hidden.cells)


@settings(max_examples=300, derandomize=True, deadline=None)
@given(tables, st.sampled_from((5, 10)))
def test_no_small_count_is_shown(counts: Counts, least: int) -> None:
    hidden = protect(counts, least).cells
    table = counts.with_sums()
    for row, values in enumerate(table):
        for column, value in enumerate(values):
            assert not 1 <= value < least or (row, column) in hidden


@settings(max_examples=60, derandomize=True, deadline=None)
@given(small_tables)
def test_trying_every_table_of_whole_people_leaves_two_numbers_for_each_hidden_cell(counts: Counts) -> None:
    hidden = set(protect(counts, 2).cells)
    if not hidden or len(hidden) > 8:
        return
    seen: dict[Cell, set[int]] = {cell: set() for cell in hidden}
    for found in solutions(counts, hidden, most=8):
        for cell, value in found.items():
            seen[cell].add(value)
        if all(len(values) > 1 for values in seen.values()):
            return
    raise AssertionError({cell: values for cell, values in seen.items() if len(values) < 2})


@settings(max_examples=150, derandomize=True, deadline=None)
@given(small_tables, st.sets(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=5))
def test_the_network_finds_exactly_what_trying_finds(counts: Counts, picked: set[Cell]) -> None:
    rows, columns = counts.size
    hidden = {cell for cell in picked if cell[0] <= rows and cell[1] <= columns}
    values: dict[Cell, set[int]] = {cell: set() for cell in hidden}
    for found in solutions(counts, hidden, most=12):
        for cell, value in found.items():
            values[cell].add(value)
    assert suppression.solvable(counts, hidden) == {cell for cell in hidden if len(values[cell]) == 1}


@settings(max_examples=200, derandomize=True, deadline=None)
@given(tables, st.sampled_from((5, 10)), st.sets(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=6))
def test_who_has_read_an_earlier_table_solves_nothing_either(
    counts: Counts, least: int, known: set[Cell]
) -> None:
    """Unless nothing is left to hide: then it was the earlier table that told."""
    rows, columns = counts.size
    found = protect(counts, least, known=known).cells
    assert protect(counts, least).cells <= found
    assert not solved_by_elimination(counts, set(found))
    if len(found) < (rows + 1) * (columns + 1):
        assert not suppression.solvable(counts, found - known)


def test_two_hidden_ones_that_must_be_one_each_are_not_left_alone() -> None:
    # 1 and 1 in a row whose sum 12 is shown: two cells of together 2, neither of them zero, would be 1 and 1.
    counts = Counts(((1, 1, 10), (20, 30, 40), (25, 35, 45)))
    hidden = protect(counts, 5)
    assert {(0, 0), (0, 1)} <= hidden.primary
    assert (0, 2) in hidden.complementary or (0, 3) in hidden.complementary
    assert not suppression.solvable(counts, hidden.cells)


def test_a_category_with_everybody_in_one_cell_is_hidden() -> None:
    # All 30 members of the second group have no disability: to show 30 of 30 says so of each of them.
    counts = Counts(((6, 24), (0, 30), (8, 32)))
    hidden = protect(counts, 5, rows_tell=False)
    assert (1, 1) in hidden.primary
    assert (1, 0) in hidden.cells  # the zero beside it would tell the same
    # Where columns tell nothing of a person (communes), it may be shown.
    assert not protect(counts, 5, rows_tell=False, columns_tell=False).cells


def test_within_the_commune_nothing_is_hidden() -> None:
    assert least_count(Release.COMMUNE) == 0
    assert not protect(Counts(((1, 2), (3, 0))), least_count(Release.COMMUNE)).cells


@pytest.mark.parametrize(
    ("release", "delicate", "least"),
    [
        (Release.PARTNER, False, 5),
        (Release.PARTNER, True, 5),
        (Release.DONOR, False, 5),
        (Release.DONOR, True, 10),
    ],
)
def test_thresholds_by_reader(release: Release, delicate: bool, least: int) -> None:
    assert least_count(release, delicate=delicate) == least


def test_rates_and_sums_need_a_base() -> None:
    assert suppression.rate_may_show(Release.COMMUNE, 1)
    assert not suppression.rate_may_show(Release.PARTNER, 9)
    assert suppression.rate_may_show(Release.PARTNER, 10)
    assert not suppression.rate_may_show(Release.DONOR, 19)
    assert suppression.rate_may_show(Release.DONOR, 20)
    # One member with more than half of the money can be read off the sum.
    assert not suppression.sum_may_show(Release.DONOR, 12, largest=51, total=100)
    assert suppression.sum_may_show(Release.DONOR, 12, largest=50, total=100)
    assert not suppression.sum_may_show(Release.DONOR, 9, largest=20, total=100)


def test_columns_that_overlap_are_not_added_up() -> None:
    # A person holds several vulnerabilities: 8 + 7 is not 10, so no neighbour gives a hidden cell away.
    counts = Counts(((3, 7), (8, 9)), row_sums=(10, 12))
    assert not counts.across
    assert counts.down
    hidden = protect(counts, 5, rows_tell=False, columns_tell=False)
    assert (0, 0) in hidden.primary
    assert not solved_by_elimination(counts, set(hidden.cells))
    assert (0, 1) not in hidden.cells


def test_hiding_too_much_asks_for_a_coarser_table() -> None:
    counts = Counts(((1, 2, 30), (2, 40, 30), (50, 40, 30)))
    assert suppression.too_much_hidden(counts, protect(counts, 5))
    wide = Counts(((30, 2, 20, 40), (30, 40, 30, 40), (50, 40, 30, 40), (50, 2, 20, 40), (9, 9, 9, 9)))
    assert not suppression.too_much_hidden(wide, protect(wide, 5, rows_tell=False, columns_tell=False))


def test_an_earlier_table_does_not_give_a_cell_away() -> None:
    # The province without one commune was published: what is left is that commune's three people.
    earlier = Published({("F", "yes"): 40, ("M", "yes"): 31})
    now = {("F", "yes"): 43, ("M", "yes"): 50}
    assert suppression.give_away(now, earlier, 5, same_people=False) == {("F", "yes")}
    # The same place again: what was hidden stays hidden.
    earlier = Published({("F", "yes"): None, ("M", "yes"): 31})
    assert suppression.give_away({("F", "yes"): 12, ("M", "yes"): 31}, earlier, 5, same_people=True) == {
        ("F", "yes")
    }
