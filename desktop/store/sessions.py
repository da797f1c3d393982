"""Sessions of a book: where SQLAlchemy begins. Loaded by the first page or deed that needs one (see `glance`)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Protocol

from sqlalchemy import Connection, Engine, bindparam, insert, select
from sqlalchemy.orm import Session

from desktop.models.records.every import Register
from desktop.models.rules.access import Access
from desktop.store.engine import writing
from desktop.store.lock import computer_here
from desktop.store.register import register_uid
from desktop.store.trail import Pen
from desktop.store.troubles import explained


class Doer(Protocol):
    """What the store needs to know of an act: who, and the moment."""

    @property
    def who(self) -> str:
        """Return the name of the person."""
        ...

    @property
    def at(self) -> datetime:
        """Return the moment, aware."""
        ...


_REGISTER = select(Register.id).where(Register.uid == bindparam("uid"))


class Sessions:
    """Gives sessions of one engine to read and to write in."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writing = writing(engine)

    @contextmanager
    def read(self, access: Access) -> Iterator[Session]:
        """Open a session to read in; what is loaded stays usable after it, nothing is written."""
        with explained(), Session(self.engine, expire_on_commit=False, autoflush=False) as session:
            session.info["access"] = access
            yield session

    @contextmanager
    def write(self, act: Doer, access: Access) -> Iterator[Session]:
        """Open the one transaction of a deed: kept whole at the end of the block, or not at all."""
        with explained(), Session(self._writing, expire_on_commit=False, autoflush=False) as session:
            connection = session.connection()
            if connection.dialect.name == "postgresql":
                # One writer at a time, as with a file: numbers and balances are read and then written.
                connection.exec_driver_sql("SELECT id FROM book FOR UPDATE")
            pen = Pen(connection, own_register(connection))
            session.info.update(act=act, pen=pen, access=access)
            yield session
            session.flush()
            pen.lay_down(connection)
            session.commit()


def own_register(connection: Connection) -> int:
    """Return this computer's register in the book, making it at the first write."""
    uid = register_uid()
    found: int | None = connection.execute(_REGISTER, {"uid": uid}).scalar_one_or_none()
    if found is None:
        connection.execute(
            insert(Register).values(
                uid=uid, name=computer_here(), created_at=datetime.now(UTC), last_seq=0, last_hash=bytes(32)
            )
        )
        found = connection.execute(_REGISTER, {"uid": uid}).scalar_one()
    return found
