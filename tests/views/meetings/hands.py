"""The hands of a clerk: keys and letters go to whatever has the focus of the sheet."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.models.ids import MemberId
from desktop.views.meetings.sheet_draft import Spot
from tests.views.typing import type_vi

KEYS = {
    "Enter": Qt.Key.Key_Return,
    "Tab": Qt.Key.Key_Tab,
    "Space": Qt.Key.Key_Space,
    "Delete": Qt.Key.Key_Delete,
    "Backspace": Qt.Key.Key_Backspace,
    "Esc": Qt.Key.Key_Escape,
    "Up": Qt.Key.Key_Up,
    "Down": Qt.Key.Key_Down,
    "Left": Qt.Key.Key_Left,
    "Right": Qt.Key.Key_Right,
    "Home": Qt.Key.Key_Home,
    "End": Qt.Key.Key_End,
    **{f"F{n}": getattr(Qt.Key, f"Key_F{n}") for n in range(1, 10)},
    **{letter: getattr(Qt.Key, f"Key_{letter}") for letter in "CDFMPSUVYZ"},
}
HELD = {"Ctrl": Qt.KeyboardModifier.ControlModifier, "Shift": Qt.KeyboardModifier.ShiftModifier}


class Hands:
    """Types into the sheet of a room; `at` names the cell that the cursor is on."""

    def __init__(self, room: Any) -> None:
        self.room = room
        self.panel = room.panel
        self.view = room.panel.view
        self.draft = room.draft

    def focus(self) -> QWidget:
        editor = self.view.open_editor()
        if editor is not None:
            return editor
        return QApplication.focusWidget() or self.view

    def press(self, *names: str) -> Hands:
        for name in names:
            *held, key = name.split("+")
            modifiers = Qt.KeyboardModifier.NoModifier
            for one in held:
                modifiers |= HELD[one]
            if key == "Tab" and "Shift" in held:
                QTest.keyClick(self.focus(), Qt.Key.Key_Backtab, modifiers)
            else:
                QTest.keyClick(self.focus(), KEYS[key], modifiers)
        return self

    def type(self, text: str) -> Hands:
        for letter in text:
            type_vi(self.focus(), letter)
        return self

    def key_in(self, text: str, then: str = "Enter") -> Hands:
        return self.type(text).press(then)

    def go(self, member: int, column: str) -> Hands:
        self.view.go_to(Spot(member, column))
        return self

    @property
    def at(self) -> tuple[int, str]:
        spot = self.view.spot()
        return spot.member, spot.column

    def text(self, member: int, column: str) -> str:
        return str(self.view.sheet_model.index_of(Spot(member, column)).data() or "")

    def amount(self, member: MemberId, column: str) -> int | None:
        return self.draft.state.row(member).amounts.get(column)

    def complaint(self, member: int, column: str) -> str:
        return " ".join(problem.message for problem in self.draft.problems_at(member, column))

    def count(self, **pieces: str) -> Hands:
        """count(counted_50000="3")"""
        for name, text in pieces.items():
            box, _bar, note = name.rpartition("_")
            edit = self.panel.counts.edits[f"{box}/{note}"]
            self.panel.show_count(f"{box}/{note}")
            edit.setFocus()
            edit.selectAll()
            type_vi(edit, text)
        return self

    def count_exactly(self) -> Hands:
        """Count what the book says, in notes of a thousand."""
        sums = self.draft.totals
        assert (sums.cash_after % 1000, sums.social_after % 1000) == (0, 0)
        return self.count(
            counted_1000=str(sums.cash_after // 1000), social_counted_1000=str(sums.social_after // 1000)
        )
