"""Check master data: every member, group or meeting is as the last entry of the log left it."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from sqlalchemy import (
    Connection,
    Integer,
    Select,
    Text,
    TextClause,
    bindparam,
    func,
    select,
    text,
    type_coerce,
)

from desktop.models.records.base import DayColumn, FlagColumn, InstantColumn, WordColumn
from desktop.models.records.every import Base, Change, Meeting, MeetingAttendance
from desktop.models.rules.sheet_text import sheet_from_text
from desktop.services.findings import Finding, Findings, day_as_kept, group_names
from desktop.services.sight import SENSITIVE
from desktop.services.verify_chain import subject_name
from desktop.store.trail import LOGGED, logged_columns, plain
from resources.lang.messages import _
from resources.lang.names import nfc

STEP = 500

_LATEST = select(Change.subject_uid, Change.after).where(
    Change.id.in_(
        select(func.max(Change.id))
        .where(Change.subject_uid.in_(bindparam("uids", expanding=True)))
        .group_by(Change.subject_uid)
    )
)
_LOST = """
SELECT c.after FROM changes c
WHERE c.subject = :subject AND c.after IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM changes l WHERE l.subject_uid = c.subject_uid AND l.id > c.id)
  AND NOT EXISTS (SELECT 1 FROM {table} t WHERE t.uid = c.subject_uid)
ORDER BY c.id
"""


def record_findings(connection: Connection) -> Findings:
    """Yield the rows that differ from the log, rows that the log does not know, and rows that are gone."""
    for table, model in LOGGED.items():
        yield from _changed_rows(connection, table, model)
        for (after,) in connection.execute(_lost_from(table), {"subject": table}):
            yield Finding(
                "record-lost",
                _("Một dòng {subject} đã bị xóa ngoài chương trình.").format(subject=subject_name(table)),
                _name_of(table, _logged(after)),
            )


@cache
def _lost_from(table: str) -> TextClause:
    """Return the question for what the log holds of a kind of record and the book no longer does."""
    return text(_LOST.format(table=table))


@cache
def _page_of(model: type[Base]) -> Select[Any]:
    """Return the question for the next rows of a kind of record; a book has ninety kinds and most are empty."""
    columns = model.__table__.c
    return (
        select(columns.id, *(_as_kept(columns[name]) for name in logged_columns(model)))
        .where(columns.id > bindparam("last"))
        .order_by(columns.id)
        .limit(STEP)
    )


def _changed_rows(connection: Connection, table: str, model: type[Base]) -> Findings:
    names, page = logged_columns(model), _page_of(model)
    last = 0
    while rows := connection.execute(page, {"last": last}).all():
        last = rows[-1].id
        uids = [row.uid for row in rows]
        logged = {bytes(uid): after for uid, after in connection.execute(_LATEST, {"uids": uids})}
        for row in rows:
            state = {name: _composed(plain(getattr(row, name))) for name in names}
            yield from _compare(table, state, logged.get(bytes(row.uid)))


def _as_kept(column: Any) -> Any:
    """Return a column to be read as it stands: what makes no sense is then compared too, and does not end the check."""
    if isinstance(column.type, (WordColumn, DayColumn, InstantColumn)):
        return type_coerce(column, Text()).label(column.key)
    if isinstance(column.type, FlagColumn):
        return type_coerce(column, Integer()).label(column.key)
    return column


def _compare(table: str, state: dict[str, Any], after: str | None) -> Findings:
    if after is None:
        yield Finding(
            "record-unknown",
            _("Một dòng {subject} được thêm ngoài chương trình.").format(subject=subject_name(table)),
            _name_of(table, state),
        )
        return
    # A column that came with a later schema is not in an older log, nor is one in the book that has gone since.
    logged = {name: value for name, value in _logged(after).items() if name in state}
    changed = [name for name, value in logged.items() if state[name] != value]
    if changed:
        yield Finding(
            "record",
            _("Một dòng {subject} đã bị sửa ngoài chương trình ({columns}).").format(
                subject=subject_name(table), columns=", ".join(sorted(changed))
            ),
            _name_of(table, state),
        )


def _logged(after: str) -> dict[str, Any]:
    """Return what the log says of a row; nothing where somebody broke the text, which the chain tells."""
    try:
        told = json.loads(after)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _composed(value: Any) -> Any:
    return nfc(value) if isinstance(value, str) else value


def _name_of(table: str, state: dict[str, Any]) -> str:
    """Return what people would call the row; of a sensitive record only its identity, for anybody may verify a book."""
    if table in SENSITIVE or state.get("subject") in SENSITIVE:
        return str(state.get("uid", ""))
    full = " ".join(str(state[part]) for part in ("family", "middle", "given") if state.get(part))
    named = [str(state[key]) for key in ("code", "name", "number", "day") if state.get(key)]
    return " – ".join([*named, full] if full else named) or str(state.get("uid", ""))


def attendance_findings(connection: Connection) -> Findings:
    """Yield the meetings whose attendance is not the one of their sheet, which the chain covers."""
    groups = group_names(connection)
    meetings, attendances = Meeting.__table__.c, MeetingAttendance.__table__.c
    page = (
        select(meetings.id, meetings.group_id, _as_kept(meetings.day), meetings.sheet)
        .where(meetings.id > bindparam("last"))
        .order_by(meetings.id)
        .limit(STEP)
    )
    attended = select(
        attendances.meeting_id, attendances.member_id, _as_kept(attendances.state), attendances.note
    ).where(attendances.meeting_id.between(bindparam("first"), bindparam("last")))
    last = 0
    while rows := connection.execute(page, {"last": last}).all():
        kept: dict[int, set[tuple[int, str, str]]] = {}
        for meeting, member, state, note in connection.execute(
            attended, {"first": rows[0].id, "last": rows[-1].id}
        ):
            kept.setdefault(meeting, set()).add((member, state, note))
        last = rows[-1].id
        for meeting, group, day, sheet in rows:
            if kept.get(meeting, set()) != _on_sheet(sheet):
                yield Finding(
                    "attendance",
                    _("Điểm danh khác với bảng họp đã ghi sổ."),
                    _("{group}, buổi họp ngày {day}").format(
                        group=groups.get(group, "?"), day=day_as_kept(day)
                    ),
                )


def _on_sheet(sheet: str) -> set[tuple[int, str, str]] | None:
    try:
        return {(row.member, row.attendance.value, nfc(row.note)) for row in sheet_from_text(sheet).rows}
    except (ValueError, KeyError, TypeError):
        return None
