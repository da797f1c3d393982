"""A sheet as text (JSON): kept with the posted meeting, so that a correction starts from what was keyed in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from desktop.models.ids import MemberId
from desktop.models.kinds import Attendance
from desktop.models.rules.sheet import Sheet, SheetRow


def sheet_to_text(sheet: Sheet) -> str:
    """Return a sheet as JSON with its keys in order."""
    content = {
        "day": sheet.day.isoformat(),
        "place": sheet.place,
        "started": sheet.started,
        "ended": sheet.ended,
        "chair": sheet.chair,
        "secretary": sheet.secretary,
        "decisions": sheet.decisions,
        "counted": count_to_plain(sheet.counted),
        "social_counted": count_to_plain(sheet.social_counted),
        "difference_reason": sheet.difference_reason,
        "rows": [
            {
                "member": row.member,
                "attendance": row.attendance.value,
                "amounts": {key: value for key, value in row.amounts.items() if value},
                "note": row.note,
            }
            for row in sheet.rows
        ],
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sheet_from_text(text: str) -> Sheet:
    """Return the sheet that `sheet_to_text` wrote."""
    content: dict[str, Any] = json.loads(text)
    return Sheet(
        day=date.fromisoformat(content["day"]),
        rows=tuple(
            SheetRow(
                MemberId(row["member"]), Attendance(row["attendance"]), dict(row["amounts"]), row["note"]
            )
            for row in content["rows"]
        ),
        place=content["place"],
        started=content["started"],
        ended=content["ended"],
        chair=content["chair"],
        secretary=content["secretary"],
        decisions=content["decisions"],
        counted=count_from_plain(content["counted"]),
        social_counted=count_from_plain(content["social_counted"]),
        difference_reason=content["difference_reason"],
    )


def count_to_plain(counted: Mapping[int, int] | None) -> dict[str, int] | None:
    """Return a count of notes with text keys, without the notes that were not there."""
    return None if counted is None else {str(note): pieces for note, pieces in counted.items() if pieces}


def count_from_plain(plain: Mapping[str, int] | None) -> dict[int, int] | None:
    """Return a count of notes from its kept form."""
    return None if plain is None else {int(note): int(pieces) for note, pieces in plain.items()}
