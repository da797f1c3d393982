"""Fixtures for all tests: a settings folder of their own, an act of a fixed day, a fresh book."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from desktop.services.acts import Act
    from desktop.store.book import Book


pytest_plugins = ["tests.pg", "tests.secret_fixtures"]

# CI tries the same examples every time, so that a change is judged by what it changes; the desk explores.
settings.register_profile("sonhom", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "sonhom")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the journeys and what is marked slow: they wait for a screen, and nobody waits for them at the end."""
    long = [
        item for item in items if "journeys" in item.path.parts or item.get_closest_marker("slow") is not None
    ]
    first = {item.path for item in long}
    items.sort(key=lambda item: item.path not in first)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Let one process walk all journeys, one after the other, and the others work meanwhile.

    A journey waits for a screen most of its time; three at once left the processors idle for more than a minute.
    """
    if config.getoption("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    class OneForJourneys(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = super()._split_scope(nodeid)
            return "journeys" if "journeys/" in file else file

    return OneForJourneys(config, log)


def pytest_collection_finish() -> None:
    """Leave five thousand collected tests out of every later search for garbage: it took a seventh of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(autouse=True, scope="session")
def _own_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the register's identity and every setting out of the user's home."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SONHOM_CONFIG_DIR", str(tmp_path_factory.mktemp("config")))
        yield


@pytest.fixture(autouse=True, scope="session")
def _one_dialect() -> Iterator[None]:
    """Put a question into SQL once in a process, however many books are opened."""
    from tests.one_dialect import share_one_dialect

    with pytest.MonkeyPatch.context() as patch:
        share_one_dialect(patch)
        yield


@pytest.fixture(autouse=True, scope="session")
def _quick_passphrases() -> Iterator[None]:
    """Make a key of a passphrase at a thousandth of its real cost (tests/models/test_secrets.py looks at that)."""
    from desktop.models.rules import secrets

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(secrets, "_N", 16)
        yield


@pytest.fixture(autouse=True)
def _in_vietnamese() -> None:
    """Begin every test in Vietnamese, whatever the one before it spoke."""
    from resources.lang.messages import set_language

    set_language("vi")


@pytest.fixture(autouse=True)
def _no_waiting_for_the_disk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave it to the system when SQLite's pages reach the disk: half of a test's time was waiting for that.

    What a killed process leaves is the same; only a power cut would be felt. Tests marked `durable` wait, and so
    does every process that a test starts.
    """
    if request.node.get_closest_marker("durable") is not None:
        return
    from tests.ready_books import without_waiting

    without_waiting(monkeypatch)


@pytest.fixture
def act() -> Act:
    """An act of 5 March 2026, ten in the morning in the village."""
    from desktop.services.acts import Act

    return Act(who="Thư ký", at=datetime(2026, 3, 5, 3, 0, tzinfo=UTC), today=date(2026, 3, 5))


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """A fresh empty book in a file."""
    from tests.ready_books import empty_book

    with empty_book(tmp_path / "so.sonhom") as made:
        yield made


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def any_address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new book may be made: a file, then a PostgreSQL database."""
    if request.param == "postgres":
        return str(request.getfixturevalue("pg_address"))
    return str(tmp_path / "so.sonhom")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def any_book(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Book]:
    """A fresh empty book: the test runs once on a file and once on PostgreSQL."""
    from desktop.store.book import Book

    if request.param == "postgres":
        server = request.getfixturevalue("pg_server")
        with server.used_database(like=_make_book) as address, Book.open(address, who="Thư ký") as opened:
            yield opened
    else:
        from tests.ready_books import empty_book

        with empty_book(tmp_path / "so.sonhom") as made:
            yield made


def _make_book(address: str) -> None:
    from desktop.store.book import Book

    Book.create(address, "Sổ thử", who="Thư ký").close()
