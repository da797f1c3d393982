"""A village with three posted meetings on the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.store.book import Book
from desktop.views.kit.desk import Desk
from desktop.views.kit.page import Page
from tests.ready_books import ready_book
from tests.views.conftest import give_book
from tests.village import Village, meet, settle


@dataclass
class Stage:
    """The book, its village, the desk, and a way to open a page and wait for it."""

    book: Book
    village: Village
    desk: Desk
    show: Callable[..., Any]
    said: list[Any]


def _three_meetings(book: Book) -> Village:
    village = settle(book)
    for number in (1, 2, 3):
        meet(book, village, number)
    return village


@pytest.fixture
def stage(tmp_path: Path, desk: Desk, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    book, village = ready_book(tmp_path / "so.sonhom", "money", _three_meetings)
    give_book(desk, book)
    said: list[Any] = []
    desk.said.connect(said.append)
    monkeypatch.setattr(desk, "today", lambda: date(2026, 3, 31))

    def show(page_class: type[Page], **args: Any) -> Any:
        page = page_class(desk)
        qtbot.addWidget(page)
        page.resize(1200, 700)
        page.show()
        page.open(**args)
        settled(desk, qtbot)
        return page

    yield Stage(book, village, desk, show, said)
    desk.runner.close()
    book.close()


def settled(desk: Desk, qtbot: Any) -> None:
    """Wait until the book thread has nothing left to do."""
    qtbot.waitUntil(lambda: not desk.runner.busy, timeout=10_000)
    qtbot.wait(1)
    qtbot.waitUntil(lambda: not desk.runner.busy, timeout=10_000)
