"""What is asked of an analysis and what is answered: a choice, and the table of its cells as it may be shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from desktop.models.rules.suppression import Release
from desktop.services.indicators.facts import Scope, Value

HIDDEN = "…"
SUM = "*"
"""The key of the row and column of sums."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What to show: a measure by rows and columns, of a period and a place, for a reader."""

    measure: str = "NH02"
    rows: str = "sex"
    columns: str = "age"
    starts: date = date(2000, 1, 1)
    ends: date = date(2000, 1, 1)
    scope: Scope = field(default_factory=Scope)
    release: Release = Release.COMMUNE


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: the figure, how many people stand behind it, what is shown, and whether it is hidden."""

    value: Value
    people: int
    text: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class CrossTable:
    """A table as it may be shown. The last row and the last column are those of all together."""

    choice: Choice
    title: str
    unit: str
    rows_title: str
    columns_title: str
    row_keys: tuple[str, ...]
    column_keys: tuple[str, ...]
    row_names: tuple[str, ...]
    column_names: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]
    coverage: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Tell whether there is nobody to show."""
        return not self.row_keys or not self.column_keys

    @property
    def hidden(self) -> int:
        """Count the hidden cells."""
        return sum(cell.hidden for row in self.cells for cell in row)
