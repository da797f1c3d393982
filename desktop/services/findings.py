"""What a check of the book has found, and how far it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from desktop.models.ids import GroupId, VoucherId
from desktop.models.kinds import Paper
from desktop.models.rules.entries import show_number
from resources.lang.dates import show_day

Progress = Callable[[int, int, str], object]
"""Told how far a long work is: done, of how many, and with what. It may raise to stop the work."""

MOST = 50
"""How many findings of one check are told; who sees fifty does not need the rest."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing in the book that is not right: a code for programs, a sentence, and where it is.

    `voucher` and `group` lead to the place in the window, where there is one.
    """

    code: str
    message: str
    where: str = ""
    voucher: VoucherId | None = None
    group: GroupId | None = None
    advice: str = ""
    """What to do, where the finding itself does not say it."""


Findings = Iterator[Finding]


def number_as_kept(paper: str, number: int, year: int) -> str:
    """Return a voucher's number as it is printed; a kind of paper that there is not, as it stands in the book."""
    try:
        return show_number(Paper(paper), number, year)
    except ValueError:
        return f"{paper}-{number}/{year}"


def day_as_kept(kept: Any) -> str:
    """Return a day as it is shown; what is no day, as it stands in the book."""
    try:
        return show_day(kept if isinstance(kept, date) else date.fromisoformat(kept))
    except (ValueError, TypeError):
        return str(kept)


def group_names(connection: Connection) -> dict[int, str]:
    """Return how each group is called in a finding: its code and name."""
    rows = connection.exec_driver_sql("SELECT id, code, name FROM savings_groups")
    return {int(key): f"{code} – {name}" for key, code, name in rows}
