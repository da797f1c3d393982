"""The chain: every voucher and every change of master data, one after the other, each holding the hash of the one before.

A register is one computer's pen. `Pen` signs while a write is open; `listen` writes the changes of `Logged`
records at each flush. Verification reads the same canonical texts again (`services.verify`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, event, insert, inspect, select, update
from sqlalchemy.orm import Session

from desktop.models.records.base import Base, Logged, instant_text, table_of
from desktop.models.records.every import Change, Register
from resources.lang.names import nfc

ZERO = bytes(32)
ERASED = "erased"
"""The key of what stands in place of a text that was erased on request: `{"erased": SHA-256 of the text}`."""
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))

_registers = table_of(Register)
_READ_REGISTER = select(_registers.c.last_seq, _registers.c.last_hash).where(
    _registers.c.id == bindparam("register")
)
_LAY_DOWN = (
    update(_registers)
    .where(_registers.c.id == bindparam("register"))
    .values(last_seq=bindparam("seq"), last_hash=bindparam("hash"))
)
_INSERT_CHANGE = insert(Change)


def canonical(value: Any) -> str:
    """Return the one text form of a JSON value: keys in order, no spaces, letters composed as the book keeps them."""
    return nfc(_CANONICAL.encode(value))


def link(previous: bytes, content: str) -> bytes:
    """Return the hash of a chain row: SHA-256 over the hash before it and the row's canonical content."""
    return hashlib.sha256(previous + content.encode()).digest()


def plain(value: Any) -> Any:
    """Return a column's value as JSON knows it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    return value


class Pen:
    """The register's pen during one write: it hands out the next place in the chain."""

    def __init__(self, connection: Connection, register_id: int) -> None:
        """Read where the register's chain ends."""
        row = connection.execute(_READ_REGISTER, {"register": register_id}).one()
        self.register_id = register_id
        self.seq: int = row.last_seq
        self.last: bytes = row.last_hash
        self._start = self.seq

    def sign(self, content: str) -> tuple[int, bytes]:
        """Return the place in the chain and the hash for a row with this canonical content."""
        self.seq += 1
        self.last = link(self.last, content)
        return self.seq, self.last

    def lay_down(self, connection: Connection) -> None:
        """Write where the chain now ends; call it just before the commit."""
        if self.seq != self._start:
            connection.execute(_LAY_DOWN, {"register": self.register_id, "seq": self.seq, "hash": self.last})


def change_content(at: str, by: str, subject: str, uid: bytes, before: str | None, after: str | None) -> str:
    """Return the canonical content of a change row."""
    return canonical([at, by, subject, uid.hex(), before, after])


def erased_text(content: str) -> str:
    """Return what stands in place of an erased state."""
    return canonical({ERASED: hashlib.sha256(content.encode()).hexdigest()})


@cache
def logged_columns(model: type[Any]) -> tuple[str, ...]:
    """Return the columns of a logged record that the log holds: not the key, not what follows from others."""
    return tuple(
        attribute.key
        for attribute in inspect(model).column_attrs
        if attribute.key != "id" and attribute.key not in model.__unlogged__
    )


def record_state(record: Any) -> dict[str, Any]:
    """Return a logged record's columns as plain values."""
    return {name: plain(getattr(record, name)) for name in logged_columns(record.__class__)}


def _state_before(record: Any) -> dict[str, Any]:
    state = record_state(record)
    for name in state:
        history = inspect(record).attrs[name].history
        if history.has_changes() and history.deleted:
            state[name] = plain(history.deleted[0])
    return state


def _changes(session: Session) -> Iterable[tuple[Any, dict[str, Any] | None, dict[str, Any] | None]]:
    for record in session.new:
        if isinstance(record, Logged):
            yield record, None, record_state(record)
    for record in session.dirty:
        if isinstance(record, Logged):
            before, after = _state_before(record), record_state(record)
            if before != after:
                yield record, before, after
    for record in session.deleted:
        if isinstance(record, Logged):
            yield record, _state_before(record), None


def logged_change(
    record: Any, before: dict[str, Any] | None, act: Any, pen: Pen, *, gone: bool = False
) -> dict[str, Any]:
    """Return the row of the log for a record that is new, changed from `before`, or gone; signed into the chain."""
    row = {
        "register_id": pen.register_id,
        "at": act.at,
        "by": act.who,
        "subject": record.__tablename__,
        "subject_uid": record.uid,
        "before": None if before is None else canonical(before),
        "after": None if gone else canonical(record_state(record)),
    }
    content = change_content(
        instant_text(act.at), act.who, row["subject"], record.uid, row["before"], row["after"]
    )
    row["seq"], row["hash"] = pen.sign(content)
    return row


def event_row(subject: str, uid: bytes, told: dict[str, Any], act: Any, pen: Pen) -> dict[str, Any]:
    """Return the row of the log for something that happened to the book and belongs to no table; signed too."""
    after = canonical(told)
    content = change_content(instant_text(act.at), act.who, subject, uid, None, after)
    seq, digest = pen.sign(content)
    return {
        "register_id": pen.register_id,
        "at": act.at,
        "by": act.who,
        "subject": subject,
        "subject_uid": uid,
        "before": None,
        "after": after,
        "seq": seq,
        "hash": digest,
    }


def _log_changes(session: Session, _context: Any) -> None:
    pen: Pen | None = session.info.get("pen")
    rows = []
    for record, before, after in _changes(session):
        if pen is None:
            raise RuntimeError("a logged record was changed outside Book.write()")
        rows.append(logged_change(record, before, session.info["act"], pen, gone=after is None))
    if rows:
        session.connection().execute(_INSERT_CHANGE, rows)


event.listen(Session, "after_flush", _log_changes)

LOGGED: dict[str, type[Base]] = {
    str(mapper.local_table.name): mapper.class_  # type: ignore[attr-defined, misc]
    for mapper in Base.registry.mappers
    if issubclass(mapper.class_, Logged)
}
"""The logged tables by name."""
