"""The sixteen items of the sustainability assessment (phiếu TĐBV), as data: `items.csv` (indicators.md section 3.6).

Which items are gates, and what a gate asks for, are defaults: a book may hold others from a day on
(`desktop.models.rules.support.standards`).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from resources.files import file
from resources.lang.messages import language


@dataclass(frozen=True, slots=True)
class Item:
    """One item: its number, the least score a gate asks for (0: no gate), whether it is looked at again later.

    `text` may name thresholds as {months}, {share} …; whoever shows it fills them in.
    """

    number: int
    gate: int
    again: bool
    short_vi: str
    short_en: str
    vi: str
    en: str

    @property
    def short(self) -> str:
        """Return the name in a few words, in the language in use."""
        return self.short_en if language() == "en" else self.short_vi

    @property
    def text(self) -> str:
        """Return the whole criterion, in the language in use, with its thresholds still to fill in."""
        return self.en if language() == "en" else self.vi


@cache
def items() -> tuple[Item, ...]:
    """Return the items in the order of the form."""
    with file("support/items.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(
            Item(
                int(row["number"]),
                int(row["gate"]),
                row["again"] == "1",
                row["short_vi"],
                row["short_en"],
                row["vi"],
                row["en"],
            )
            for row in csv.DictReader(stream, delimiter=";")
        )
