"""Every engine of a process on one dialect, so that a question is put into SQL once and not anew in every test's book.

SQLAlchemy keeps what it has compiled under the dialect of an engine, and every book that is opened has a new engine:
compiling the same statements again was a third of the time of the tests of services.
"""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.engine import Dialect
from sqlalchemy.util import LRUCache

ROOM = 2_000
"""How many statements are remembered; a book's own engine remembers 500."""


def share_one_dialect(patch: pytest.MonkeyPatch) -> None:
    """Give every later engine the dialect of the first that was connected to the same kind of database."""
    from desktop.store import engine

    make = engine.create_engine
    first: dict[str, Dialect] = {}
    known: dict[str, LRUCache[Any, Any]] = {}

    def shared(*address: Any, **options: Any) -> Engine:
        made = make(*address, **options)
        kind = made.dialect.name
        # A dialect knows the version of its database after the first connection.
        if getattr(first.get(kind), "server_version_info", None) is None:
            first[kind], known[kind] = made.dialect, LRUCache(ROOM)
        made.dialect = made.pool._dialect = first[kind]
        made._compiled_cache = known[kind]
        return made

    patch.setattr(engine, "create_engine", shared)
