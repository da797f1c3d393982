"""The room of the analysis page serves audits too: a mixed village on a fixed day; questions are answered yes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.views.analysis.conftest import Room, room
from tests.views.conftest import Answers

__all__ = ["Room", "hall", "room"]


@pytest.fixture
def hall(request: pytest.FixtureRequest, answers: Answers, monkeypatch: pytest.MonkeyPatch) -> Room:
    """Return the room, where papers of audits are kept in `printed` and not shown."""
    made: Room = request.getfixturevalue("room")

    def printing(_desk: Any, _owner: Any, report: str, _title: str, gather: Any, **_kept: Any) -> None:
        made.printed.append((report, gather(made.book, made.act).value))

    monkeypatch.setattr("desktop.views.oversight.visit_page.print_paper", printing)
    return made
