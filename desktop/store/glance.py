"""A glance at a book: plain questions in SQL, plain rows, without SQLAlchemy.

What the first page needs, and whether the book may be opened at all, is asked this way: loading SQLAlchemy and a
hundred mapped classes takes several times as long as starting the window (docs/performance.md). The same question
goes to a file, to a server and through an open session; pages and deeds that come later use sessions.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from sqlalchemy import Connection

Rows = list[tuple[Any, ...]]


class Glance(Protocol):
    """One picture of a book, to be asked plain questions."""

    def rows(self, question: str, **values: Any) -> Rows:
        """Return the answer to a SELECT with `:name` for each of `values`; days come as `as_day` understands them."""
        ...


def as_day(kept: Any) -> date:
    """Return a day as a file (ISO text) or a server (a date) answers it."""
    return kept if isinstance(kept, date) else date.fromisoformat(kept)


class FileGlance:
    """Asks a book file through the bare driver."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, question: str, **values: Any) -> Rows:
        """Return the answer to a question."""
        return self._connection.execute(question, _as_kept(values)).fetchall()


class SessionGlance:
    """Asks through a connection of SQLAlchemy: a server's, or that of a session under way."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._days_are_text = connection.dialect.name == "sqlite"

    def rows(self, question: str, **values: Any) -> Rows:
        """Return the answer to a question."""
        from sqlalchemy import text

        given = _as_kept(values) if self._days_are_text else values
        return [tuple(row) for row in self._connection.execute(text(question), given)]


def _as_kept(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def open_file(path: Path, *, readonly: bool = False, immutable: bool = False) -> sqlite3.Connection:
    """Open a book file with the bare driver, every pragma of the book set; the driver begins nothing by itself.

    `readonly` opens it without the right to write; `immutable` promises that nobody else writes it.
    """
    mode = "mode=ro&immutable=1" if immutable else "mode=ro" if readonly else "mode=rw"
    # Opened on the thread of the book, perhaps closed by the one that ends the program; never used by both at once.
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?{mode}", uri=True, isolation_level=None, check_same_thread=False
    )
    try:
        set_pragmas(connection, readonly=readonly)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def glancing(connection: sqlite3.Connection) -> Iterator[FileGlance]:
    """Ask several questions of one picture of the book, also while another thread writes it."""
    connection.execute("BEGIN")
    try:
        yield FileGlance(connection)
    finally:
        if connection.in_transaction:  # after some errors SQLite has ended it itself
            connection.execute("ROLLBACK")


def set_pragmas(connection: sqlite3.Connection, *, readonly: bool = False) -> None:
    """Set what SQLite forgets between connections.

    `recursive_triggers` makes INSERT OR REPLACE fire the delete trigger that guards posted rows. `secure_delete`
    overwrites what is deleted, so that what a person had erased is not left in free pages (not every build does so).
    """
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA recursive_triggers=ON")
    connection.execute("PRAGMA busy_timeout=5000")
    connection.execute("PRAGMA cache_size=-32000")
    connection.execute("PRAGMA secure_delete=ON")
    if readonly:
        connection.execute("PRAGMA query_only=ON")
    else:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
