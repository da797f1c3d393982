"""A desk in the village: a real book, the day of the `act` fixture, routes and sentences remembered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from desktop.services.acts import Act
from desktop.views.kit.desk import Desk, Route
from desktop.views.kit.messages import Message
from desktop.views.kit.page import Page
from tests.views.conftest import give_book


@dataclass(slots=True)
class Room:
    """The desk with what pages asked of the window."""

    desk: Desk
    book: Any
    act: Act
    qtbot: Any
    routes: list[Route] = field(default_factory=list)
    said: list[Message] = field(default_factory=list)

    def wait(self) -> None:
        """Let all that was asked be answered, and what follows from the answers."""
        for _round in range(3):
            self.qtbot.waitUntil(lambda: not self.desk.runner.busy, timeout=20_000)
            self.qtbot.wait(5)

    def settle(self) -> None:
        """Wait also for what is checked a moment after typing."""
        self.qtbot.wait(480)
        self.wait()

    def show(self, page: Page, **args: Any) -> Any:
        """Show a page as the window does."""
        self.qtbot.addWidget(page)
        page.resize(1180, 800)
        page.show()
        page.open(**args)
        self.wait()
        page.focus_first()
        return page

    @property
    def route(self) -> Route:
        """Where a page last asked to go."""
        return self.routes[-1]

    def focus(self) -> QWidget:
        """The widget that has the focus."""
        from PySide6.QtWidgets import QApplication

        found = QApplication.focusWidget()
        assert found is not None
        return found


def make_room(
    desk: Desk, book: Any, act: Act, qtbot: Any, monkeypatch: pytest.MonkeyPatch, **more: Any
) -> Room:
    """Put the book on the desk on the day of `act`."""
    monkeypatch.setattr(Desk, "today", lambda _self: act.today)
    monkeypatch.setattr(Desk, "act", lambda _self: act)
    give_book(desk, book, **more)
    room = Room(desk, book, act, qtbot)
    desk.routed.connect(room.routes.append)
    desk.said.connect(room.said.append)
    return room
