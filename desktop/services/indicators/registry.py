"""The list of indicators that the book can compute: an id of `resources/indicators`, and a function over facts.

To add one, write a function in a file of this room (or of your own module), mark it with `@indicator(id, unit)`,
and name the file in `MODULES`. What it needs beyond `Facts` is read by a loader in `loading.LOADERS` and found in
`facts.more`. See docs/indicators.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from functools import cache
from importlib import import_module

from desktop.models.ids import MemberId
from desktop.services.indicators.facts import Facts, Value
from resources.indicators import Definition, definitions
from resources.lang.dong import show_decimal, show_number, show_percent
from resources.lang.messages import N_, _, language

MODULES = (
    "desktop.services.indicators.membership",
    "desktop.services.indicators.savings",
    "desktop.services.indicators.credit",
    "desktop.services.indicators.lending",
    "desktop.services.indicators.funds",
    "desktop.services.indicators.fines",
    "desktop.services.indicators.reach",
    "desktop.services.indicators.capacity",
    "desktop.services.indicators.support",
    "desktop.services.indicators.replication",
    "desktop.services.indicators.training",
    "desktop.services.indicators.households",
    "desktop.services.indicators.audits",
    "desktop.services.indicators.completeness",
    "desktop.services.indicators.livelihoods",
    "desktop.services.indicators.jobs",
    "desktop.services.indicators.climate",
    "desktop.services.indicators.cycles",
    "desktop.services.indicators.operating",
    "desktop.services.indicators.equity",
)
"""Files with indicators, imported when the first is asked for."""


class Unit(StrEnum):
    """What a figure is in."""

    PEOPLE = "people"
    GROUPS = "groups"
    HOUSEHOLDS = "households"
    DONG = "dong"
    PERCENT = "percent"
    RATIO = "ratio"
    TIMES = "times"
    POINTS = "points"
    DIMENSIONS = "dimensions"
    FINDINGS = "findings"
    MODELS = "models"
    LIVELIHOODS = "livelihoods"
    PLANS = "plans"
    JOBS = "jobs"
    FTE = "fte"
    WORK_DAYS = "work-days"
    MONTHS = "months"

    @property
    def title(self) -> str:  # type: ignore[override]  # str.title() makes no sense for a code
        """Return the name of the unit, in the language in use."""
        return _(_UNITS[self])


_UNITS = {
    Unit.PEOPLE: N_("người"),
    Unit.GROUPS: N_("nhóm"),
    Unit.HOUSEHOLDS: N_("hộ"),
    Unit.DONG: N_("đồng"),
    Unit.PERCENT: N_("%"),
    Unit.RATIO: N_("tỷ số"),
    Unit.TIMES: N_("lượt"),
    Unit.POINTS: N_("điểm"),
    Unit.DIMENSIONS: N_("chiều"),
    Unit.FINDINGS: N_("kiến nghị"),
    Unit.MODELS: N_("mô hình"),
    Unit.LIVELIHOODS: N_("sinh kế"),
    Unit.PLANS: N_("kế hoạch"),
    Unit.JOBS: N_("việc"),
    Unit.FTE: N_("FTE"),
    Unit.WORK_DAYS: N_("công"),
    Unit.MONTHS: N_("tháng"),
}


class Kind(StrEnum):
    """How a figure behaves: counts and sums add up over a table, rates and means do not."""

    COUNT = "count"
    SUM = "sum"
    RATE = "rate"
    MEAN = "mean"


Compute = Callable[[Facts], Value]


@dataclass(frozen=True, slots=True)
class Piece:
    """One value of an indicator that has a dimension of its own: a bucket of days late, a purpose, a module."""

    code: str
    title: str
    value: Value
    unit: Unit | None = None
    """Its unit where it is not that of the indicator."""
    kind: Kind | None = None
    sensitive: bool = False
    """Whether only some may see it."""
    alone: bool = False
    """Whether it adds up with no other piece, so that it is hidden for itself alone."""
    inside: bool = False
    """Whether it is for readers in the commune only: it names who keeps the book."""


Behind = Callable[[Facts], frozenset[MemberId]]
Pieces = Callable[[Facts], Iterable[Piece]]


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator that the book has data for.

    `of_groups`: it is of whole groups and is not counted by person. `of_place`: it is held against the population of a
    commune, and is asked of communes and categories. `behind` gives who stands behind it where those are not simply the
    members of the place: they are counted, hidden and shown on a drill.
    """

    definition: Definition
    compute: Compute
    unit: Unit
    kind: Kind
    of_groups: bool = False
    of_place: bool = False
    behind: Behind | None = None
    pieces: Pieces | None = None
    """What the figure is made of by its own dimension, for lists that show it line by line."""

    @property
    def id(self) -> str:
        """Return the id of the list of indicators."""
        return self.definition.id

    @property
    def title(self) -> str:  # not a str, so no clash with str.title
        """Return the name in the language in use."""
        return self.definition.title(language())

    def show(self, value: Value) -> str:
        """Return the figure as tables show it; a dash when it is not given."""
        return show_amount(self.unit, value.amount)


def show_amount(unit: Unit, amount: Fraction | None) -> str:
    """Return an amount of a unit as tables show it."""
    if amount is None:
        return "–"
    if unit is Unit.PERCENT:
        return show_percent(amount, 1)
    if unit is Unit.RATIO:
        return f"{float(amount):.2f}".replace(".", ",")
    if unit in (Unit.FTE, Unit.MONTHS):
        return show_decimal(amount)
    if unit in (Unit.POINTS, Unit.DIMENSIONS) and amount.denominator != 1:
        return f"{float(amount):.1f}".replace(".", ",")
    return show_number(round(amount))


_found: dict[str, Indicator] = {}
_pieces: dict[str, Pieces] = {}


def indicator(
    key: str,
    unit: Unit,
    kind: Kind,
    *,
    of_groups: bool = False,
    of_place: bool = False,
    behind: Behind | None = None,
) -> Callable[[Compute], Compute]:
    """Mark the function that computes an indicator of the list. Raises KeyError for an id that is not in it."""
    definition = definitions()[key]

    def mark(compute: Compute) -> Compute:
        _found[key] = Indicator(definition, compute, unit, kind, of_groups, of_place, behind)
        return compute

    return mark


def in_pieces(key: str) -> Callable[[Pieces], Pieces]:
    """Mark the function that gives an indicator by its own dimension, in the order to be shown in."""

    def mark(pieces: Pieces) -> Pieces:
        _pieces[key] = pieces
        return pieces

    return mark


NO_DATA: dict[str, str] = {
    "TK10": N_("chưa có dữ liệu: lần thăm sinh kế không hỏi mức tiêu dùng hằng tháng"),
    "VL08": N_("chưa có dữ liệu: sổ không ghi chi phí của dự án (lương, đi lại, quản lý)"),
    "KN01": N_("chưa có dữ liệu: sổ chưa ghi khiếu nại"),
    "KN02": N_("chưa có dữ liệu: sổ chưa ghi khiếu nại"),
    "KT06": N_("không phải số của một kỳ: xem trang Kiểm tra, sao lưu"),
}
"""The indicators of the list that no record of the book gives, and why: shown with a dash, never left out silently."""


@cache
def indicators() -> Mapping[str, Indicator]:
    """Return every indicator that can be computed, in the order of the list."""
    for module in MODULES:
        import_module(module)
    return {key: replace(_found[key], pieces=_pieces.get(key)) for key in definitions() if key in _found}
