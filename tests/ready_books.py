"""Books made once in a process and copied for each test: making one costs a hundred times what copying it does.

A copy has the identity of its model; a test that needs two different books makes the second by `Book.create`.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any, TypeVar

import pytest

from desktop.store.book import Book

T = TypeVar("T")
_made: dict[Hashable, tuple[bytes, Any]] = {}


def without_waiting(patch: pytest.MonkeyPatch) -> None:
    """Leave it to the system when SQLite's pages reach the disk, as long as the patch holds."""
    from desktop.store import engine

    wait = engine.set_pragmas

    def quick(connection: sqlite3.Connection, *, readonly: bool = False) -> None:
        wait(connection, readonly=readonly)
        if not readonly:
            connection.execute("PRAGMA synchronous=OFF")

    patch.setattr(engine, "set_pragmas", quick)


def empty_book(path: Path | str, name: str = "Sổ thử", who: str = "Thư ký") -> Book:
    """Return a fresh empty book of this name, open for writing."""
    return ready_book(path, ("empty", name, who), lambda _book: None, name, who)[0]


def ready_book(
    path: Path | str, key: Hashable, make: Callable[[Book], T], name: str = "Sổ thử", who: str = "Thư ký"
) -> tuple[Book, T]:
    """Return a book of one's own as `make` filled it, and what that returned (frozen values only).

    `key` names what is made, with everything that it depends on.
    """
    if key not in _made:
        with tempfile.TemporaryDirectory() as folder:
            model = Path(folder, "so.sonhom")
            with Book.create(str(model), name, who=who) as book:
                value = make(book)
            _made[key] = (model.read_bytes(), value)
    content, value = _made[key]
    Path(path).write_bytes(content)
    return Book.open(str(path), who=who), value
