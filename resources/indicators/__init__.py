"""Indicators as data: what each is called and how it is counted, and the limits that rules compare with.

`indicators.csv` holds every indicator of the programme; those that the book has records for are computed in
`desktop.services.indicators`. `limits.csv` holds thresholds with the day from which each holds.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Definition:
    """One indicator: names, how it is counted (in words, and as the formula over records), its unit, how
    often and by what it is counted, and where printed."""

    id: str
    vi: str
    en: str
    how_vi: str
    how_en: str
    formula: str
    unit: str
    period: str
    disaggregation: str
    reports: tuple[str, ...]

    def title(self, language: str) -> str:
        """Return the name in a language ("vi", "en")."""
        return self.en if language == "en" else self.vi

    def how(self, language: str) -> str:
        """Return how it is counted, in a language."""
        return self.how_en if language == "en" else self.how_vi


@cache
def definitions() -> dict[str, Definition]:
    """Return all indicators by id, in the order of the file."""
    with (_HERE / "indicators.csv").open(encoding="utf-8", newline="") as stream:
        return {
            row["id"]: Definition(
                row["id"],
                row["ten_vi"],
                row["name_en"],
                row["cach_tinh"],
                row["how_en"],
                row["formula"],
                row["unit"],
                row["period"],
                row["disaggregation"],
                tuple(row["reports"].split()),
            )
            for row in csv.DictReader(stream, delimiter=";")
        }


def limit(name: str, on: date | None = None) -> int:
    """Return a threshold as it holds on a day, without one the latest. Raises KeyError for an unknown name."""
    found = [value for since, value in _limits()[name] if on is None or since <= on]
    if not found:
        raise KeyError(name)
    return found[-1]


@cache
def _limits() -> dict[str, list[tuple[date, int]]]:
    found: dict[str, list[tuple[date, int]]] = {}
    with (_HERE / "limits.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter=";"):
            day = date.fromisoformat(row["valid_from"])
            found.setdefault(row["name"], []).append((day, int(row["value"])))
    for rows in found.values():
        rows.sort()
    return found
