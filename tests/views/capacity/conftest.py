"""A room with a mixed village on the last day of March."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from tests.inclusion_village import ENDS, Mixed, mixed
from tests.views.people_room import Room, make_room
from tests.village import an_act


@pytest.fixture
def village(book: Any) -> Mixed:
    return mixed(book)


@pytest.fixture
def room(desk: Desk, book: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch, village: Mixed) -> Room:
    return make_room(desk, book, an_act(ENDS), qtbot, monkeypatch)


def dialog_of(room: Room) -> FormDialog:
    """Return the dialog that is open."""
    room.wait()
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, FormDialog) and one.isVisible()]
    assert found, "no dialog is open"
    return found[-1]


def submit(room: Room, dialog: FormDialog, **values: Any) -> None:
    """Fill in and press the button."""
    for key, value in values.items():
        dialog.form.input(key).set_value(value)
    dialog.panel.save_button.click()
    room.wait()
