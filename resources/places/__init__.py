"""Provinces and communes of Vietnam since the reform of 1 July 2025, with the days each unit is valid.

Addresses written before that day name districts that exist no more: they are kept and printed as text.
The lists are read at the first question.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TypeVar

from resources.files import file
from resources.places.search import Entry, search

_Unit = TypeVar("_Unit", "Province", "Commune")
_ALWAYS_CAPITAL = {("thành phố", "Hồ Chí Minh"): "Thành phố Hồ Chí Minh"}


@dataclass(frozen=True, slots=True)
class Province:
    """A province or a city of the same rank. `valid_to` is the last day, None while in force."""

    code: str
    name: str
    kind: str
    valid_from: date
    valid_to: date | None

    @property
    def full_name(self) -> str:
        """The name with its kind, as in running text: "tỉnh Đồng Tháp"."""
        return _full_name(self.kind, self.name)


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune (xã), ward (phường) or special zone (đặc khu) and the province it lies in."""

    code: str
    name: str
    kind: str
    province_code: str
    province_name: str
    province_kind: str
    valid_from: date
    valid_to: date | None

    @property
    def full_name(self) -> str:
        """The name with its kind: "xã Tân Hưng", "Phường 1"."""
        return _full_name(self.kind, self.name)

    @property
    def address(self) -> str:
        """The end of an address: "xã Tân Hưng, tỉnh Đồng Tháp"."""
        return f"{self.full_name}, {_full_name(self.province_kind, self.province_name)}"


def _full_name(kind: str, name: str) -> str:
    """Return kind and name; the kind is small but before a number, as Decree 30/2020 writes it."""
    if (kind, name) in _ALWAYS_CAPITAL:
        return _ALWAYS_CAPITAL[kind, name]
    return f"{kind.capitalize() if name[:1].isdigit() else kind} {name}"


def provinces(on: date | None = None) -> list[Province]:
    """Return the provinces in force on a day (None: the latest list) by code; none before 1 July 2025."""
    return [province for rows in _provinces().values() for province in rows if _in_force(province, on)]


def province(code: str, on: date | None = None) -> Province | None:
    """Return the province of a two-digit code as it was on a day (None: as it is now)."""
    return _pick(_provinces().get(code, []), on)


def communes(province_code: str | None = None, on: date | None = None) -> list[Commune]:
    """Return the communes in force on a day (None: the latest list), in Vietnamese order of names."""
    return [
        found
        for found in _in_order()
        if _in_force(found, on) and (province_code is None or found.province_code == province_code)
    ]


def commune(code: str, on: date | None = None) -> Commune | None:
    """Return the commune of a five-digit code as it was on a day (None: as last known), or None."""
    return _pick(_communes().get(code, []), on)


def find_communes(
    text: str, limit: int = 20, *, province_code: str | None = None, on: date | None = None
) -> list[Commune]:
    """Return the communes that a typed text means, best first.

    "tan hung", "Tân Hưng", "xa tan hung dong thap" and "Hoà"/"Hòa" are understood: a word typed with marks
    must agree in its marks, a word without them agrees with any. An empty text finds nothing.
    """
    wanted = (
        entry
        for entry in _entries()
        if _in_force(entry.unit, on) and (province_code is None or entry.unit.province_code == province_code)
    )
    return search(wanted, text, limit)


def _in_force(unit: Province | Commune, on: date | None) -> bool:
    if on is None:
        return unit.valid_to is None
    return unit.valid_from <= on and (unit.valid_to is None or on <= unit.valid_to)


def _pick(rows: list[_Unit], on: date | None) -> _Unit | None:
    """Return the row of one code that was in force on a day, the latest one for None."""
    if on is None:
        return rows[-1] if rows else None
    return next((row for row in rows if _in_force(row, on)), None)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def _provinces() -> dict[str, list[Province]]:
    """Return the rows of each province code, oldest first."""
    found: dict[str, list[Province]] = {}
    with file("places/provinces.csv").open(encoding="utf-8", newline="") as stream:
        for code, name, kind, first, last in list(csv.reader(stream))[1:]:
            row = Province(code, name, kind, date.fromisoformat(first), _day(last))
            found.setdefault(code, []).append(row)
    return found


@cache
def _in_order() -> list[Commune]:
    """Return all rows in the order of the file: by name."""
    found = []
    days: dict[str, date | None] = {}
    with file("places/communes.csv").open(encoding="utf-8", newline="") as stream:
        for code, name, kind, province_code, first, last in list(csv.reader(stream))[1:]:
            for text in (first, last):
                if text not in days:
                    days[text] = _day(text)
            valid_from, valid_to = days[first], days[last]
            assert valid_from is not None
            home = _pick(_provinces()[province_code], valid_to)
            assert home is not None
            found.append(Commune(code, name, kind, province_code, home.name, home.kind, valid_from, valid_to))
    return found


@cache
def _communes() -> dict[str, list[Commune]]:
    """Return the rows of each commune code, oldest first."""
    found: dict[str, list[Commune]] = {}
    for row in _in_order():
        found.setdefault(row.code, []).append(row)
    return found


@cache
def _entries() -> list[Entry[Commune]]:
    """Return what the search looks through, in the order of names."""
    return [Entry.of(row, row.kind, row.name, row.province_name) for row in _in_order()]
