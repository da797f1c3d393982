"""Economic activities of households: VSIC 2025 (Decision 36/2025/QĐ-TTg, in force 15 November 2025), the codes in use
for livelihoods.

A code means nothing without its version: the same number may name another activity in VSIC 2018.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from resources.files import file
from resources.lang.messages import N_, _
from resources.lang.names import fold

VERSION = "2025"

SECTIONS: tuple[tuple[str, str, range], ...] = (
    ("A", N_("Nông, lâm nghiệp, thủy sản"), range(1, 4)),
    ("C", N_("Chế biến, tiểu thủ công nghiệp"), range(10, 34)),
    ("F", N_("Xây dựng"), range(41, 44)),
    ("G", N_("Buôn bán"), range(46, 48)),
    ("H", N_("Vận tải"), range(49, 54)),
    ("I", N_("Lưu trú, ăn uống"), range(55, 57)),
)


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity: the version of the list, its four-digit code and its official name."""

    version: str
    code: str
    name: str


@cache
def activities() -> tuple[Activity, ...]:
    """Return the activities in the order of their codes."""
    with file("activities/vsic-2025.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))[1:]
    return tuple(Activity(version, code, name) for version, code, _level, name in rows)


def activity(code: str, version: str = VERSION) -> Activity | None:
    """Return the activity of a code of one version, or None."""
    return next((one for one in activities() if (one.code, one.version) == (code, version)), None)


def activity_text(code: str, version: str = VERSION) -> str:
    """Return code and name as lists show them ("0145 Chăn nuôi lợn…"); an unknown code with its version."""
    if not code:
        return ""
    found = activity(code, version)
    return f"{code} {found.name}" if found is not None else f"{code} (VSIC {version})"


def find_activities(text: str) -> list[Activity]:
    """Return the activities whose code begins with, or whose name holds, what was typed, with or without marks."""
    typed = fold(text)
    names = [(one, fold(one.name)) for one in activities()]
    hits = [(one, name) for one, name in names if one.code.startswith(typed) or typed in name]
    return [one for one, name in sorted(hits, key=lambda hit: (not hit[1].startswith(typed), hit[0].code))]


OTHER, UNSAID = "S", ""


def section_key(code: str) -> str:
    """Return the letter of the section (level 1) of a code: "S" for services of all other kinds, "" for no code."""
    division = int(code[:2]) if code[:2].isdigit() else 0
    if not division:
        return UNSAID
    return next((letter for letter, _title, span in SECTIONS if division in span), OTHER)


def section_of(code: str) -> str:
    """Return the name of the section (level 1) that an activity belongs to; services of all kinds together."""
    key = section_key(code)
    if key == UNSAID:
        return _("Chưa rõ ngành")
    return next((_(title) for letter, title, _span in SECTIONS if letter == key), _("Dịch vụ khác"))
