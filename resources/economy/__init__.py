"""Dated figures of the country: minimum wages by region and consumer prices. A book adds to them and overrules them.

Wages: decrees on the regional minimum wage. Prices: yearly averages of the national index, chained on 2019 = 100
from the changes published by the statistics office; figures of a later year are typed into the book.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache

from resources.files import file

BASE_YEAR = 2019


@dataclass(frozen=True, slots=True)
class ShippedWage:
    """A regional minimum wage: đồng a month and an hour from a day on, and its decree."""

    since: date
    region: int
    monthly: int
    hourly: int
    source: str


@dataclass(frozen=True, slots=True)
class ShippedPrice:
    """The average consumer price index of a year (month 0), in hundredths of a point."""

    year: int
    month: int
    points: int


@cache
def wages() -> tuple[ShippedWage, ...]:
    """Return the minimum wages, the oldest first."""
    return tuple(
        ShippedWage(date.fromisoformat(since), int(region), int(monthly), int(hourly), source)
        for since, region, monthly, hourly, source in _rows("economy/wages.csv")
    )


@cache
def prices() -> tuple[ShippedPrice, ...]:
    """Return the price indexes, the oldest first."""
    return tuple(
        ShippedPrice(int(year), int(month), int(points))
        for year, month, points in _rows("economy/prices.csv")
    )


def _rows(name: str) -> list[list[str]]:
    with file(name).open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))[1:]
