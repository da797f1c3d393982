"""Lists about people: the ethnic groups of Vietnam (Decision 121-TCTK/PPCĐ of 1979, codes 01 to 54, 55, 56)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from resources.files import file
from resources.lang.names import fold


@dataclass(frozen=True, slots=True)
class EthnicGroup:
    """One group: its code for statistics, the usual name and the other spellings that are met."""

    code: str
    name: str
    other_names: tuple[str, ...] = ()


@cache
def ethnic_groups() -> tuple[EthnicGroup, ...]:
    """Return all groups by code; 55 is a foreigner, 56 unknown."""
    with file("people/ethnic.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))[1:]
    return tuple(
        EthnicGroup(code, name, tuple(filter(None, others.split("|")))) for code, name, others in rows
    )


def ethnic_name(code: str) -> str:
    """Return the name of a code ("05" -> "Khmer"); an unknown code comes back as it is."""
    return next((group.name for group in ethnic_groups() if group.code == code), code)


def find_ethnic(text: str) -> EthnicGroup | None:
    """Return the group whose name or other spelling is `text` (marks, case and hyphens aside), or None."""
    wanted = _bare(text)
    for group in ethnic_groups():
        if any(_bare(name) == wanted for name in (group.name, *group.other_names)):
            return group
    return None


def _bare(text: str) -> str:
    return "".join(char for char in fold(text) if char.isalnum())
