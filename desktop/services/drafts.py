"""What somebody is typing, kept at every keystroke, so that a power cut costs nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from desktop.models.records.base import table_of
from desktop.models.records.every import Draft
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.store.book import Book
from desktop.store.rows import insert_or

_drafts = table_of(Draft)
_DROP = delete(_drafts).where(_drafts.c.kind == bindparam("of_kind"), _drafts.c.key == bindparam("of_key"))


@dataclass(frozen=True, slots=True)
class DraftRow:
    """An unfinished piece of work: its kind, what it is about, its content (JSON), when and by whom it was kept."""

    kind: str
    key: str
    content: str
    saved_at: datetime
    saved_by: str


def keep(book: Book, kind: str, key: str, content: str, act: Act) -> Outcome[None]:
    """Keep the latest state of a piece of work in place of the one before."""
    with book.write(act) as session:
        keep_in(session, kind, key, content, act)
    return Outcome(None)


def keep_in(session: Session, kind: str, key: str, content: str, act: Act) -> None:
    """Keep a piece of work inside an open write; see `keep`."""
    values = {"content": content, "saved_at": act.at, "saved_by": act.who}
    connection = session.connection()
    statement = insert_or(connection.dialect.name, _drafts).values(kind=kind, key=key, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["kind", "key"], set_=values))


def find(book: Book, kind: str, key: str) -> DraftRow | None:
    """Return the draft of this kind and key, or None."""
    with book.read() as session:
        row = session.scalars(select(Draft).where(Draft.kind == kind, Draft.key == key)).one_or_none()
        return None if row is None else _row(row)


def unfinished(book: Book) -> list[DraftRow]:
    """Return all drafts, the latest first."""
    with book.read() as session:
        return [_row(row) for row in session.scalars(select(Draft).order_by(Draft.saved_at.desc()))]


def drop(book: Book, kind: str, key: str, act: Act) -> Outcome[None]:
    """Throw a draft away."""
    with book.write(act) as session:
        drop_in(session, kind, key)
    return Outcome(None, Changed.of(Topic.DRAFTS))


def drop_in(session: Session, kind: str, key: str) -> None:
    """Throw a draft away inside an open write: posting what it held and dropping it are one."""
    session.connection().execute(_DROP, {"of_kind": kind, "of_key": key})


def _row(draft: Draft) -> DraftRow:
    return DraftRow(draft.kind, draft.key, draft.content, draft.saved_at, draft.saved_by)
