"""What the board is made of: a measure, the people, households or groups behind its figure, a period, a target.

A figure is never kept beside its list: `Measured.value` is the list's length, so that the two cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from desktop.models.rules.loans.calendar import add_months
from resources.lang.dates import show_day
from resources.lang.messages import N_, _

if TYPE_CHECKING:
    from desktop.services.board.gathering import BoardFacts


@dataclass(frozen=True, slots=True)
class Entry:
    """One line behind a figure. `key` (what it is, its number) tells lines apart; `person` is who it is counted as in
    breakdowns; `opens` (what, number) is the record that it leads to, the line's own unless said.
    """

    key: tuple[str, int]
    code: str
    name: str
    place: str = ""
    detail: str = ""
    day: date | None = None
    person: int | None = None
    opens: tuple[str, int] | None = None

    @property
    def leads_to(self) -> tuple[str, int]:
        """Return the record that the line leads to."""
        return self.key if self.opens is None else self.opens


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure of a period: the list behind the figure, and where it is a part of something, the list of the whole."""

    entries: tuple[Entry, ...]
    whole: tuple[Entry, ...] | None = None
    missing: str = ""

    @classmethod
    def of(cls, entries: Iterable[Entry], whole: Iterable[Entry] | None = None) -> Measured:
        """Return a measure with its lists in order; a line that is given twice stands there once."""
        return cls(_listed(entries), None if whole is None else _listed(whole))

    @property
    def value(self) -> int:
        """Return the figure: how many stand on the list."""
        return len(self.entries)

    @property
    def base(self) -> int | None:
        """Return of how many, where the measure is a part of something."""
        return None if self.whole is None else len(self.whole)

    @property
    def share(self) -> Fraction | None:
        """Return the figure as a part of its whole, None without one."""
        return Fraction(self.value, self.base) if self.base else None


def _listed(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    found = {entry.key: entry for entry in entries}
    return tuple(sorted(found.values(), key=lambda entry: (entry.code, entry.name, entry.key)))


class Part(StrEnum):
    """Where a measure stands on the board."""

    PUBLISHED = "published"
    MAIN = "main"

    @property
    def title(self) -> str:  # type: ignore[override]  # str.title() makes no sense for a code
        """Return the name to show, in the language in use."""
        return _(_PARTS[self])


_PARTS = {
    Part.PUBLISHED: N_("Thước đo NMA-V công bố"),
    Part.MAIN: N_("Chỉ số chính của chương trình"),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure: what it is called, in what it is counted, how it is counted.

    `ours`: the publication gives only a name, the definition is this programme's. `sensitive`: it says of people what
    only some may see, and donors see it only above the stricter threshold.
    """

    key: str
    part: Part
    title_text: str
    unit_text: str
    definition_text: str
    compute: Callable[[BoardFacts], Measured]
    ours: bool = True
    sensitive: bool = False

    @property
    def title(self) -> str:
        """Return the name in the language in use."""
        return _(self.title_text)

    @property
    def unit(self) -> str:
        """Return what is counted, in the language in use."""
        return _(self.unit_text)

    @property
    def definition(self) -> str:
        """Return how it is counted, marked where that is this programme's own."""
        own = _("quy ước của chương trình")
        return f"{_(self.definition_text)} [{own}]" if self.ours else _(self.definition_text)


class Span(StrEnum):
    """How long a period is."""

    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"

    @property
    def title(self) -> str:  # type: ignore[override]  # str.title() makes no sense for a code
        """Return the name to show, in the language in use."""
        return _(_SPANS[self])

    @property
    def months(self) -> int:
        """Return its length in months."""
        return {"quarter": 3, "half": 6, "year": 12}[self.value]


_SPANS = {Span.QUARTER: N_("Quý"), Span.HALF: N_("6 tháng"), Span.YEAR: N_("Năm")}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A quarter, half or whole calendar year; both days belong to it."""

    starts: date
    span: Span

    @property
    def ends(self) -> date:
        """Return the last day."""
        return add_months(self.starts, self.span.months) - timedelta(days=1)

    @property
    def title(self) -> str:
        """Return the period in words."""
        number = (self.starts.month - 1) // self.span.months + 1
        year = self.starts.year
        if self.span is Span.YEAR:
            return _("Năm {year}").format(year=year)
        if self.span is Span.HALF:
            text = _("6 tháng đầu năm {year}") if number == 1 else _("6 tháng cuối năm {year}")
            return text.format(year=year)
        return _("Quý {number} năm {year}").format(number=number, year=year)

    @property
    def days(self) -> str:
        """Return its first and last day as people read them."""
        return f"{show_day(self.starts)} – {show_day(self.ends)}"

    def shifted(self, by: int) -> Period:
        """Return the period so many later (or earlier, below zero)."""
        return Period(add_months(self.starts, by * self.span.months), self.span)

    @classmethod
    def around(cls, day: date, span: Span) -> Period:
        """Return the period that a day lies in."""
        month = (day.month - 1) // span.months * span.months + 1
        return cls(date(day.year, month, 1), span)


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be reached in a period."""

    id: int
    measure: str
    period: Period
    amount: int
    note: str
    version: int


@dataclass(frozen=True, slots=True)
class BoardLine:
    """A measure on the board for a reader. Numbers are None where they are hidden or not known.

    `shown` is the figure as text ("…" hidden), `progress` the figure over the target.
    """

    measure: Measure
    shown: str
    before: str
    moved: int | None
    value: int | None
    base: int | None
    share: str
    target: Target | None
    progress: Fraction | None
    reason: str = ""
    may_open: bool = True
    value_before: int | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """The board of a period: its lines in order, beside the period before."""

    period: Period
    previous: Period
    lines: tuple[BoardLine, ...]
    hidden: int
    notes: tuple[str, ...]

    def part(self, part: Part) -> list[BoardLine]:
        """Return the lines of a part."""
        return [line for line in self.lines if line.measure.part is part]


Measures = Mapping[str, Measure]
