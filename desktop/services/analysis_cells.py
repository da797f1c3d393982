"""The people of each cell of a crossed table, and of how many of them each dimension is known."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import partial

from desktop.models.ids import GroupId
from desktop.services.analysis_table import SUM, Choice
from desktop.services.dimensions import DIMENSIONS, UNKNOWN, Dimension
from desktop.services.indicators.facts import Facts, Part
from desktop.services.indicators.reach import asked
from desktop.services.indicators.registry import Indicator
from resources.lang.dong import show_percent


class Cells:
    """The facts of each cell of a table: of the people in it, and of what they have of its row and column."""

    def __init__(self, facts: Facts, measure: Indicator, choice: Choice) -> None:
        # Who is no member here stands only in figures that are of them.
        self.whole = facts if measure.behind is not None else replace(facts, others=())
        self.measure = measure
        self.rows, self.columns = DIMENSIONS[choice.rows], DIMENSIONS[choice.columns]
        everyone = (*self.whole.parts, *self.whole.others)
        self.places = {
            id(part): (
                frozenset(self.rows.of(part, self.whole)),
                frozenset(self.columns.of(part, self.whole)),
            )
            for part in everyone
        }

    def keys(self) -> tuple[list[str], list[str]]:
        """Return the categories of the rows and of the columns."""
        rows = [key for key in self.rows.categories(self.whole) if self._tells(self.rows, key, SUM)]
        columns = [key for key in self.columns.categories(self.whole) if self._tells(self.columns, SUM, key)]
        return rows, columns

    def _tells(self, dimension: Dimension, row: str, column: str) -> bool:
        """Tell whether a category says anything of the measure: a branch in which nobody has a job is none of jobs, and
        that nothing is known of an owner does not make it unknown who works.
        """
        if self.measure.behind is None or not (dimension.narrow or UNKNOWN in (row, column)):
            return True
        return self.people(self.facts(row, column)) > 0

    def facts(self, row: str, column: str) -> Facts:
        """Return the facts of a cell."""
        some = self.whole.only(partial(self._lies, row, column))
        if self.measure.of_groups:
            some = some.within(self._groups(some, row, column))
        if self.measure.of_place:
            some = self.whole.within(self._communes(row, column))
        for dimension, key in ((self.rows, row), (self.columns, column)):
            if dimension.narrow is not None and key != SUM:
                some = dimension.narrow(some, key)
        return some

    def people(self, some: Facts) -> int:
        """Return how many people a cell is of."""
        return len(some.everybody if self.measure.behind is None else self.measure.behind(some))

    def _lies(self, row: str, column: str, part: Part) -> bool:
        at = self.places[id(part)]
        return (row == SUM or row in at[0]) and (column == SUM or column in at[1])

    def _groups(self, some: Facts, row: str, column: str) -> frozenset[GroupId]:
        if (row, column) == (SUM, SUM):
            return frozenset(group.id for group in self.whole.groups)
        return frozenset(part.group for part in some.parts)

    def _communes(self, row: str, column: str) -> frozenset[GroupId]:
        wanted = {
            key
            for dimension, key in ((self.rows, row), (self.columns, column))
            if dimension.key == "commune" and key != SUM
        }
        return frozenset(
            group.id for group in self.whole.groups if not wanted or (group.commune or UNKNOWN) in wanted
        )


def coverage_of(facts: Facts, *dimensions: Dimension) -> tuple[tuple[str, str], ...]:
    """Return, for each dimension, of how many members it is known: shown before any figure."""
    found = []
    for dimension in dimensions:
        of_people = not (dimension.of_groups or dimension.key == "none" or dimension.narrow)
        if not of_people or not facts.people:
            continue
        known = sum(UNKNOWN not in dimension.of(part, facts) for part in facts.people.values())
        if dimension.key == "disability":
            made = asked(facts)
            known, whole = made.numerator, made.denominator or 0
        else:
            whole = len(facts.people)
        if whole:
            share = show_percent(Fraction(known, whole), 0)
            found.append((dimension.shown, f"{known}/{whole} ({share})"))
    return tuple(found)
