"""A mixed village on a desk, and a way to open the pages of analysis."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from desktop.services.acts import Act
from desktop.store.book import Book
from desktop.views.kit.desk import Desk, Route
from desktop.views.kit.dialog import FormDialog
from tests.inclusion_village import Mixed, mixed
from tests.ready_books import ready_book
from tests.views.conftest import give_book

TODAY = date(2026, 3, 31)


@dataclass
class Room:
    """The book, its village, the desk; where pages led, what was said, what was printed."""

    book: Book
    village: Mixed
    desk: Desk
    qtbot: Any
    act: Act
    routes: list[Route] = field(default_factory=list)
    said: list[Any] = field(default_factory=list)
    printed: list[tuple[str, Any]] = field(default_factory=list)

    def settle(self) -> None:
        """Wait until everything asked is answered."""
        for _round in range(3):
            self.qtbot.wait(5)
            self.qtbot.waitUntil(lambda: not self.desk.runner.busy, timeout=10_000)

    def show(self, page_class: type[Any], **args: Any) -> Any:
        """Open a page and wait for it."""
        page = page_class(self.desk)
        self.qtbot.addWidget(page)
        page.resize(1200, 800)
        page.show()
        page.open(**args)
        self.settle()
        return page

    def dialog(self, page: Any) -> Any:
        """Return the dialog that is open."""
        return next(one for one in page.findChildren(FormDialog) if one.isVisible())


@pytest.fixture
def room(
    tmp_path: Path, desk: Desk, qtbot: Any, monkeypatch: pytest.MonkeyPatch, bugs: list[BaseException]
) -> Iterator[Room]:
    book, village = ready_book(tmp_path / "so.sonhom", "analysis", lambda made: mixed(made, 24, 14))
    give_book(desk, book)
    act = Act("Thư ký", datetime(2026, 3, 31, 3, 0, tzinfo=UTC), TODAY)
    monkeypatch.setattr(desk, "today", lambda: TODAY)
    monkeypatch.setattr(desk, "act", lambda: act)
    made = Room(book, village, desk, qtbot, act)
    desk.routed.connect(made.routes.append)
    desk.said.connect(made.said.append)

    def printing(
        _desk: Any, _owner: Any, report: str, _title: str, gather: Callable[..., Any], **_kept: Any
    ) -> None:
        made.printed.append((report, gather(book, act).value))

    for tab in ("cross_tab", "inclusion_tab", "actions_tab"):
        monkeypatch.setattr(f"desktop.views.analysis.{tab}.print_paper", printing)
    yield made
    desk.runner.close()
    book.close()
    assert not bugs
