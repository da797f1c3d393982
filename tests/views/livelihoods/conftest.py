"""A village with activities, and a way to open the pages of livelihoods on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.models.ids import LivelihoodId
from desktop.models.livelihood_kinds import Evidence, Wave
from desktop.models.rules.livelihoods.income import Figures
from desktop.services import households, livelihood_visits, livelihoods
from desktop.services.households import FoundHousehold
from desktop.services.livelihood_visits import Visit
from desktop.services.livelihoods import Activity, Owner
from desktop.store.book import Book
from desktop.views.kit.desk import Desk, Route
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.page import Page
from tests.ready_books import ready_book
from tests.views.conftest import give_book
from tests.village import Village, an_act, settle

TODAY = date(2026, 8, 20)
STARTED = date(2026, 2, 1)


@dataclass
class Room:
    """The book, its village, the desk; pages opened, where they led, what was said and printed."""

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

    def dialog(self, page: Any) -> Any:
        """Return the dialog that is open."""
        return next(one for one in page.findChildren(FormDialog) if one.isVisible())

    def fill(self, dialog: Any, values: dict[str, Any]) -> None:
        """Put values into the fields, one by one."""
        for key, value in values.items():
            dialog.form.input(key).set_value(value)

    def submit(self, dialog: Any) -> None:
        """Save and wait."""
        dialog.panel.submit()
        self.settle()

    def add(self, member: int = 0, name: str = "Nuôi vịt đẻ", started: date = STARTED) -> LivelihoodId:
        """Register an activity through the services."""
        new = Activity(Owner(self.village.members[member]), name, "0146", started=started)
        return livelihoods.register(self.book, new, an_act(date(2026, 1, 20))).value

    def visit(self, key: LivelihoodId, wave: Wave, day: date, revenue: int = 40_000_000) -> None:
        """Write a visit through the services."""
        figures = Figures(revenue=revenue, costs=20_000_000, days=120, minutes=240, household=4)
        made = Visit(key, wave, day, "Cán bộ", figures, evidence=Evidence.VISIT_PHOTO, agreed=True)
        livelihood_visits.record(self.book, made, an_act(day))


@pytest.fixture
def room(
    desk: Desk, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bugs: list[BaseException]
) -> Iterator[Room]:
    """A village of three, two of them in one household, on a fixed day."""
    book, village = ready_book(tmp_path / "so.sonhom", "three people", settle)
    home = households.found(book, FoundHousehold(), an_act()).value
    households.move(book, village.members[:2], home, an_act())
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

    monkeypatch.setattr("desktop.views.livelihoods.prints.print_paper", printing)
    yield made
    desk.runner.close()
    book.close()
    assert not bugs
