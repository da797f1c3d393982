"""A sheet being typed as text (JSON), whole: also what is wrong, the open editor and where the cursor stands."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop.models.ids import MemberId
from desktop.models.kinds import Attendance
from desktop.views.meetings.sheet_state import RowState, SheetState


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where typing was going on. `member` 0: in the field `column` outside the table.

    `text` is what an open editor held (None: no editor was open), `place` the position in it.
    """

    member: int = 0
    column: str = ""
    text: str | None = None
    place: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """What a draft holds: the sheet, the identity that makes posting it twice post it once, the cursor."""

    state: SheetState
    uid: bytes
    cursor: Cursor = Cursor()


def to_text(kept: Kept) -> str:
    """Return a draft as JSON."""
    state = kept.state
    content = {
        "version": 1,
        "uid": kept.uid.hex(),
        "cursor": [kept.cursor.member, kept.cursor.column, kept.cursor.text, kept.cursor.place],
        "day": state.day.isoformat(),
        "place": state.place,
        "started": state.started,
        "ended": state.ended,
        "chair": state.chair,
        "secretary": state.secretary,
        "decisions": state.decisions,
        "counts": dict(state.counts),
        "difference_reason": state.difference_reason,
        "reason": state.reason,
        "rows": [
            [
                row.member,
                row.attendance.value,
                dict(row.amounts),
                dict(row.bad),
                row.note,
                sorted(row.touched),
                row.filled,
            ]
            for row in state.rows
        ],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> Kept | None:
    """Return the draft that `to_text` wrote; None for anything else (a draft of another version)."""
    try:
        content: dict[str, Any] = json.loads(text)
        if content["version"] != 1:
            return None
        return Kept(_state(content), bytes.fromhex(content["uid"]), Cursor(*content["cursor"]))
    except (ValueError, KeyError, TypeError, IndexError):
        return None


def _state(content: dict[str, Any]) -> SheetState:
    return SheetState(
        day=date.fromisoformat(content["day"]),
        rows=tuple(_row(row) for row in content["rows"]),
        place=content["place"],
        started=content["started"],
        ended=content["ended"],
        chair=_member(content["chair"]),
        secretary=_member(content["secretary"]),
        decisions=content["decisions"],
        counts={str(key): str(value) for key, value in content["counts"].items()},
        difference_reason=content["difference_reason"],
        reason=content["reason"],
    )


def _row(row: list[Any]) -> RowState:
    member, attendance, amounts, bad, note, touched, filled = row
    return RowState(
        MemberId(int(member)),
        Attendance(attendance),
        {str(key): int(value) for key, value in amounts.items()},
        {str(key): str(value) for key, value in bad.items()},
        str(note),
        frozenset(touched),
        bool(filled),
    )


def _member(value: int | None) -> MemberId | None:
    return None if value is None else MemberId(int(value))
