"""A village with dossiers of support, and a way to open the pages on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from desktop.store.book import Book
from desktop.views.kit.desk import Desk, Route
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.page import Page
from tests.ready_books import ready_book
from tests.support_kit import TODAY
from tests.views.conftest import give_book
from tests.village import Village, an_act, settle


@dataclass
class Room:
    """The book, its village, the desk; where pages led, what was said and printed."""

    book: Book
    village: Village
    desk: Desk
    qtbot: Any
    routes: list[Route] = field(default_factory=list)
    said: list[Any] = field(default_factory=list)
    printed: list[tuple[str, Any]] = field(default_factory=list)

    def settle(self) -> None:
        """Wait until all that was asked is answered."""
        for _round in range(3):
            self.qtbot.wait(5)
            self.qtbot.waitUntil(lambda: not self.desk.runner.busy, timeout=10_000)

    def show(self, page_class: type[Page], **args: Any) -> Any:
        """Open a page and wait for it."""
        page = page_class(self.desk)
        self.qtbot.addWidget(page)
        page.resize(1200, 800)
        page.show()
        page.open(**args)
        self.settle()
        return page

    def dialog(self, page: Any, kind: type[Any] = FormDialog) -> Any:
        """Return the dialog that is open."""
        return next(one for one in page.findChildren(kind) if one.isVisible())

    def fill(self, dialog: Any, values: dict[str, Any]) -> None:
        """Put values into the fields, one by one."""
        for key, value in values.items():
            dialog.form.input(key).set_value(value)

    def submit(self, dialog: Any) -> None:
        """Save and wait."""
        dialog.panel.submit()
        self.settle()

    @property
    def last_said(self) -> str:
        """The last message, in words."""
        return str(getattr(self.said[-1], "text", self.said[-1]))


@pytest.fixture
def room(
    desk: Desk, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bugs: list[BaseException]
) -> Iterator[Room]:
    """A village of three on a fixed day."""
    book, village = ready_book(tmp_path / "so.sonhom", "three people", settle)
    monkeypatch.setattr(desk, "today", lambda: TODAY)
    monkeypatch.setattr(desk, "act", lambda: an_act(TODAY))
    give_book(desk, book)
    made = Room(book, village, desk, qtbot)
    desk.routed.connect(made.routes.append)
    desk.said.connect(made.said.append)

    def printing(
        _desk: Any, _owner: Any, report: str, _title: str, gather: Callable[..., Any], **_kept: Any
    ) -> None:
        made.printed.append((report, gather(book, an_act(TODAY)).value))

    monkeypatch.setattr("desktop.views.supports.prints.print_paper", printing)
    yield made
    desk.runner.close()
    book.close()
    assert not bugs
