"""Days on which nobody collects: Tết and the public holidays, as data by year (`days.csv`)."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache

from resources.files import file


@cache
def days_off() -> frozenset[date]:
    """Return the public holidays of the years in the table."""
    with file("holidays/days.csv").open(encoding="utf-8", newline="") as stream:
        return frozenset(date.fromisoformat(row["day"]) for row in csv.DictReader(stream))
