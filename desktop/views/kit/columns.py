"""Columns as data, and how each kind of value is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any, Generic, Literal, TypeVar

from PySide6.QtCore import Qt

from resources.lang.dates import show_day, show_instant
from resources.lang.dong import show_exact, show_number
from resources.lang.messages import _

Row = TypeVar("Row")
MOST_BOXES = 5
_SHORT = 12
"""Columns of so few letters hold codes and the like, which are no use when cut or parted."""
Kind = Literal["text", "number", "money", "exact", "day", "instant", "state", "check"]
Words = str | Callable[[], str]
"""A text marked with N_ (translated where it is shown) or a function that returns one."""

RIGHT = frozenset({"number", "money", "exact"})
_TYPED = frozenset({"number", "money"}) | {"day", "instant"}
PLACEHOLDER = "…"


@dataclass(frozen=True, slots=True)
class State:
    """A state as shown: its word and its tone ("", "good", "warn", "bad", "muted"). Never colour alone.

    `part` (0 to 1) draws a bar filled so far behind the word, for progress towards something.
    """

    text: str
    tone: str = ""
    part: float | None = None


@dataclass(frozen=True, slots=True)
class Stamps(State):
    """Marks as in a passbook: `stamped` of `boxes` are drawn stamped; its word is read aloud, copied and exported."""

    stamped: int = 0
    boxes: int = 0

    @classmethod
    def of(cls, stamped: int, boxes: int) -> Stamps:
        """Return marks; more boxes than a passbook has are said as a number behind the last one."""
        shown = min(boxes, MOST_BOXES)
        text = _("{n} trên {all} dấu").format(n=stamped, all=boxes)
        return cls(text, "muted", stamped=stamped, boxes=shown)


@dataclass(frozen=True)  # no slots: they break Column[Row](...) of a generic frozen class
class Column(Generic[Row]):
    """A column of a table.

    `value(row)` gives, by `kind`: text str | number int | money int đồng |
    exact Fraction of đồng not rounded yet | day date | instant aware datetime |
    state `State` or str | check bool; None is an empty cell. `width` is in letters; a column with `stretch`
    takes what is left. `zero` shows an amount of 0 as "0" instead of "–". `note` is the tool tip of the title.
    `figures`: a text that is read as a number ("29/32", "12,5 %"), set at the right as numbers are.
    """

    key: str
    title: Words
    value: Callable[[Row], Any]
    kind: Kind = "text"
    width: int = 14
    stretch: bool = False
    sortable: bool = True
    zero: bool = False
    hidden: bool = False
    note: Words = ""
    figures: bool = False

    def show(self, row: Row) -> str:
        """Return what stands in the cell."""
        return show_value(self.kind, self.value(row), zero=self.zero)

    def plain(self, row: Row) -> Any:
        """Return the value for a spreadsheet: int, date, datetime or str, None when empty."""
        value = self.value(row)
        if value is None or (self.kind in _TYPED and not isinstance(value, str)):
            return value
        return show_value(self.kind, value)

    def tone(self, row: Row) -> str:
        """Return the tone of a state or a negative amount, "" for most."""
        value = self.value(row)
        if isinstance(value, State):
            return value.tone
        if self.kind in RIGHT and isinstance(value, int) and value < 0:
            return "bad"
        return ""

    @property
    def parts(self) -> bool:
        """Tell whether its words may stand on several lines; codes, days, states and figures may not."""
        return self.kind == "text" and not self.figures and (self.stretch or self.width > _SHORT)

    @property
    def exported(self) -> str:
        """Return how the column goes into a spreadsheet, in the words of `services.exchange.ColumnKind`."""
        return {"money": "dong", "number": "number", "day": "day", "instant": "instant"}.get(
            self.kind, "text"
        )

    @property
    def align(self) -> Qt.AlignmentFlag:
        """How cells and title of this column stand."""
        right = self.kind in RIGHT or self.figures
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        if self.kind == "check":
            side = Qt.AlignmentFlag.AlignHCenter
        return side | Qt.AlignmentFlag.AlignVCenter


def words(text: Words) -> str:
    """Return a text that was declared as data, in the language in use."""
    if callable(text):
        return text()
    return _(text) if text else ""


def show_value(kind: Kind, value: Any, *, zero: bool = False) -> str:
    """Return a value as people read it; nothing for None. Refuses a float: money is whole đồng."""
    if value is None:
        return ""
    if kind == "exact":
        if not isinstance(value, (int, Fraction)):
            raise TypeError(f"an exact column needs a Fraction, not {value!r}")
        return show_exact(Fraction(value))
    if kind in RIGHT:
        if value == PLACEHOLDER:
            return PLACEHOLDER  # a figure that is hidden from this reader
        if isinstance(value, bool) or not isinstance(value, int):
            raise TypeError(f"a {kind} column needs an int, not {value!r}")
        return show_number(value) if value or zero or kind == "number" else "–"
    if kind == "day":
        if not isinstance(value, date):
            raise TypeError(f"a day column needs a date, not {value!r}")
        return show_day(value)
    if kind == "instant":
        if not isinstance(value, datetime):
            raise TypeError(f"an instant column needs a datetime, not {value!r}")
        return show_instant(value)
    if kind == "check":
        return "✓" if value else ""
    return value.text if isinstance(value, State) else str(value)
