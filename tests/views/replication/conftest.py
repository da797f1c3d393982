"""The desk of these tests: a real book on the day of the `act` fixture."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.services.acts import Act
from desktop.views.kit.desk import Desk
from tests.views.people_room import Room, make_room


@pytest.fixture
def room(desk: Desk, book: Any, act: Act, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> Room:
    """A desk with a book that may be written."""
    return make_room(desk, book, act, qtbot, monkeypatch)


@pytest.fixture
def locked(desk: Desk, book: Any, act: Act, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> Room:
    """A desk whose book another person is writing."""
    return make_room(desk, book, act, qtbot, monkeypatch, readonly=True)
