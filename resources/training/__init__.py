"""Courses, their modules and what may be seen in use after them, as data. A book adds courses of its own.

Hours, pass marks and practices are choices of this program where their source says "[ours]"; a book overrules a course
by one of the same code from a later day.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache

from resources.files import file
from resources.lang.messages import language


@dataclass(frozen=True, slots=True)
class ModuleName:
    """A module: its code and its names."""

    code: str
    vi: str
    en: str

    @property
    def title(self) -> str:  # not a str, so no clash with str.title
        """Return the name in the language in use."""
        return self.en if language() == "en" else self.vi


@dataclass(frozen=True, slots=True)
class ShippedCourse:
    """A course as shipped: `modules` are codes with whole hours, points in whole points."""

    code: str
    since: date
    vi: str
    en: str
    modules: tuple[tuple[str, int], ...]
    tested: bool
    most: int
    pass_mark: int
    plan: bool
    certified: bool
    source: str


@dataclass(frozen=True, slots=True)
class PracticeName:
    """Something learned that can be seen in use: of which module, its code and its names."""

    module: str
    code: str
    vi: str
    en: str

    @property
    def key(self) -> str:
        """Return the code as it is kept: "KT.daybook"."""
        return f"{self.module}.{self.code}"

    @property
    def title(self) -> str:  # not a str, so no clash with str.title
        """Return the name in the language in use."""
        return self.en if language() == "en" else self.vi


@cache
def modules() -> dict[str, ModuleName]:
    """Return the shipped modules by code, in their order."""
    return {row["code"]: ModuleName(row["code"], row["vi"], row["en"]) for row in _rows("modules")}


def module_title(code: str) -> str:
    """Return what a module is called; a code of a book's own stands for itself."""
    found = modules().get(code)
    return code if found is None else found.title


@cache
def courses() -> tuple[ShippedCourse, ...]:
    """Return the shipped courses, those of one code by the day from which they hold."""
    return tuple(
        ShippedCourse(
            row["code"],
            date.fromisoformat(row["since"]),
            row["vi"],
            row["en"],
            tuple((code, int(hours)) for code, hours in (one.split(":") for one in row["modules"].split())),
            row["tested"] == "1",
            int(row["most"]),
            int(row["pass"]),
            row["plan"] == "1",
            row["certified"] == "1",
            row["source"],
        )
        for row in _rows("courses")
    )


@cache
def practices() -> tuple[PracticeName, ...]:
    """Return what may be seen in use after the modules, in their order."""
    return tuple(PracticeName(row["module"], row["code"], row["vi"], row["en"]) for row in _rows("practices"))


def practice_title(key: str) -> str:
    """Return what a practice kept as "KT.daybook" is called."""
    return next((one.title for one in practices() if one.key == key), key)


def _rows(name: str) -> list[dict[str, str]]:
    with file(f"training/{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))
