"""Two people editing one record: the second one is told, and nothing is lost."""

from __future__ import annotations

from typing import Protocol

from sqlalchemy.orm.exc import StaleDataError


class Versioned(Protocol):
    """A record that counts its changes."""

    version: int


def expect_version(record: Versioned, version: int) -> None:
    """Raise the trouble "stale" (inside `Book.write`) when the record is no longer as the form showed it."""
    if record.version != version:
        raise StaleDataError
