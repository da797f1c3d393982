"""Books made once in a process and copied for each test: making one costs a hundred times what copying it does.

A copy has the identity of its model; a test that needs two different books makes the second by `Book.create`.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable, Hashable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from filelock import FileLock

from desktop.store.book import Book
from desktop.store.engine import writing

if TYPE_CHECKING:
    from tests.pg_reuse import Reused

    _Content = sqlite3.Connection | Reused

T = TypeVar("T")
_made: dict[Hashable, tuple[bytes, Any]] = {}
_filled: dict[Hashable, tuple[_Content, Any]] = {}


def without_waiting(patch: pytest.MonkeyPatch) -> None:
    """Leave it to the system when SQLite's pages reach the disk, as long as the patch holds."""
    from desktop.store import engine

    wait = engine.set_pragmas

    def quick(connection: sqlite3.Connection, *, readonly: bool = False) -> None:
        wait(connection, readonly=readonly)
        if not readonly:
            connection.execute("PRAGMA synchronous=OFF")

    patch.setattr(engine, "set_pragmas", quick)


def once_in_a_run(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return a file that `make` writes once in a run of tests, also when several processes share the run."""
    # Under xdist the folder above is that of the whole run, shared by its processes.
    own = factory.getbasetemp()
    kept = (own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own) / name
    with FileLock(f"{kept}.lock"):
        if not kept.exists():
            made = factory.mktemp("once") / name
            make(made)
            made.replace(kept)
    return kept


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


def fill(book: Book, key: Hashable, make: Callable[[Book], T]) -> T:
    """Write what `make` writes into a fresh book, on a file or on a server, and return what that returned.

    It is made once in a process for each `key` and kind of book and copied after that. A book that already holds
    something is written as usual.
    """
    if not _is_fresh(book):
        return make(book)
    kind = (key, book.name, book.is_file)
    if kind not in _filled:
        value = make(book)
        _filled[kind] = (_content_of(book), value)
        return value
    content, value = _filled[kind]
    if isinstance(content, sqlite3.Connection):
        _copy(content, book)
    else:
        content.put_into(writing(book.engine))
    return value


def _is_fresh(book: Book) -> bool:
    """Tell whether nothing was written since the book was made, which is the first line of its chain."""
    with book.glance() as look:
        return look.rows("SELECT max(last_seq), count(*) FROM registers") == [(1, 1)]


def _content_of(book: Book) -> _Content:
    if book.is_file:
        kept = sqlite3.connect(":memory:", check_same_thread=False)
        with closing(sqlite3.connect(book.address)) as source:
            source.backup(kept)
        return kept
    from tests.pg_reuse import Reused

    kept = Reused(book.address)
    kept.leave()
    return kept


def _copy(content: sqlite3.Connection, book: Book) -> None:
    with closing(sqlite3.connect(book.address)) as target:
        target.execute("PRAGMA synchronous=OFF")
        content.backup(target)
