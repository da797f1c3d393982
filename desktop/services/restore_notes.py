"""What the chain of a book says of the times it was restored from a copy."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.records.every import Change
from desktop.store.restoring import restore_uid


@dataclass(frozen=True, slots=True)
class Note:
    """What the book's chain says of a restoring: when, by whom, from which copy, written last at which moment,
    the name of the file it replaced ("" for none) and how many of its vouchers were lost (None: not readable)."""

    at: datetime
    by: str
    copy: str
    written_at: datetime | None
    replaced: str
    lost: int | None


def notes(session: Session, book: bytes, limit: int = 20) -> list[Note]:
    """Return the restorings that the chain of the book with this identity tells of, the latest first."""
    rows = session.scalars(
        select(Change).where(Change.subject_uid == restore_uid(book)).order_by(Change.id.desc()).limit(limit)
    )
    return [_note(row) for row in rows]


def _note(row: Change) -> Note:
    told: dict[str, Any] = json.loads(row.after or "{}")
    replaced: dict[str, Any] = told.get("replaced") or {}
    written = told.get("written_at")
    return Note(
        row.at,
        row.by,
        str(told.get("copy", "")),
        None if written is None else datetime.fromisoformat(written),
        str(replaced.get("file", "")),
        replaced.get("vouchers_lost"),
    )
