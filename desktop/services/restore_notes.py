"""What the chain of a book says of the times it was restored from a copy."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, NamedTuple

from desktop.store.glance import Glance
from desktop.store.restore_mark import restore_uid


class Note(NamedTuple):
    """What the book's chain says of a restoring: when, by whom, from which copy, written last at which moment,
    the name of the file it replaced ("" for none) and how many of its vouchers were lost (None: not readable)."""

    at: datetime
    by: str
    copy: str
    written_at: datetime | None
    replaced: str
    lost: int | None


_NOTES = "SELECT at, by, after FROM changes WHERE subject_uid = :uid ORDER BY id DESC LIMIT :most"


def notes(look: Glance, book: bytes, most: int = 20) -> list[Note]:
    """Return the restorings that the chain of the book with this identity tells of, the latest first."""
    return [_note(*row) for row in look.rows(_NOTES, uid=restore_uid(book), most=most)]


def _note(at: str, by: str, after: str | None) -> Note:
    told: dict[str, Any] = json.loads(after or "{}")
    replaced: dict[str, Any] = told.get("replaced") or {}
    written = told.get("written_at")
    return Note(
        datetime.fromisoformat(at),
        by,
        str(told.get("copy", "")),
        None if written is None else datetime.fromisoformat(written),
        str(replaced.get("file", "")),
        replaced.get("vouchers_lost"),
    )
