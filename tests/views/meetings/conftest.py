"""Fixtures for the sheet: a book with a group, a desk in March 2026, an open page."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from desktop.store.book import Book
from desktop.views.kit.desk import Desk
from tests.views.conftest import Answers, give_book
from tests.views.meetings.people import TODAY, Village, act_on, settle


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Village]:
    """Twenty-five people in a group that has not met yet: made once, copied for every test."""
    path = tmp_path_factory.mktemp("village") / "so.sonhom"
    with Book.create(str(path), "Sổ thử", who="Thư ký") as made:
        return path, settle(made)


@pytest.fixture
def book(settled: tuple[Path, Village], tmp_path: Path) -> Iterator[Book]:
    """A book of one's own with the village in it."""
    path = tmp_path / "so.sonhom"
    shutil.copy(settled[0], path)
    with Book.open(str(path), who="Thư ký") as opened:
        yield opened


@pytest.fixture
def village(settled: tuple[Path, Village]) -> Village:
    """The people in the book."""
    return settled[1]


@pytest.fixture
def said(desk: Desk) -> list[str]:
    """What was said in the message area."""
    found: list[str] = []
    desk.said.connect(lambda message: found.append(f"{message.text} {message.advice}".strip()))
    return found


@pytest.fixture
def page(
    desk: Desk,
    book: Book,
    village: Village,
    qtbot: Any,
    monkeypatch: pytest.MonkeyPatch,
    answers: Answers,
    bugs: list[BaseException],
) -> Iterator[Any]:
    """The page of meetings over the village's book, in a window of a small laptop."""
    from desktop.views.meetings.page import MeetingsPage

    monkeypatch.setattr(desk, "today", lambda: TODAY)
    monkeypatch.setattr(desk, "act", lambda: act_on())
    give_book(desk, book)
    made = MeetingsPage(desk)
    qtbot.addWidget(made)
    made.resize(1072, 600)
    made.show()
    qtbot.waitExposed(made)
    made.settle = lambda: _settle(desk, qtbot)
    yield made
    _settle(desk, qtbot)
    assert bugs == []


@pytest.fixture
def sheet(page: Any, village: Village) -> Any:
    """The sheet of the group's next meeting, open."""
    return open_sheet(page, village)


def open_sheet(page: Any, village: Village) -> Any:
    page.open(group=village.group, new=True)
    page.settle()
    return page.room


def _settle(desk: Desk, qtbot: Any) -> None:
    """Wait until the book thread is quiet and its answers are home, also those that asked again."""
    for _round in range(5):
        qtbot.waitUntil(lambda: not desk.runner.busy, timeout=20_000)
        QApplication.processEvents()
    qtbot.waitUntil(lambda: not desk.runner.busy, timeout=20_000)
