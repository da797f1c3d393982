"""The keys of the sheet: letters of the attendance, and what concerns the whole sheet."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from desktop.models.kinds import Attendance

LETTERS = {
    "c": Attendance.PRESENT,
    "x": Attendance.PRESENT,  # the tick on the paper sheet
    "m": Attendance.LATE,
    "v": Attendance.ABSENT,
    "p": Attendance.EXCUSED,
    "u": Attendance.REPRESENTED,
}


_CTRL = Qt.KeyboardModifier.ControlModifier
_KEYS = {
    (Qt.Key.Key_F4, Qt.KeyboardModifier.NoModifier): "problem",
    (Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier): "fill",
    (Qt.Key.Key_F6, Qt.KeyboardModifier.NoModifier): "count",
    (Qt.Key.Key_F7, Qt.KeyboardModifier.NoModifier): "details",
    (Qt.Key.Key_F8, Qt.KeyboardModifier.NoModifier): "split",
    (Qt.Key.Key_S, _CTRL): "post",
    (Qt.Key.Key_Return, _CTRL): "post",
    (Qt.Key.Key_Enter, _CTRL): "post",
    (Qt.Key.Key_F, _CTRL): "find",
    (Qt.Key.Key_Z, _CTRL): "undo",
    (Qt.Key.Key_Y, _CTRL): "redo",
    (Qt.Key.Key_Z, _CTRL | Qt.KeyboardModifier.ShiftModifier): "redo",
}


def key_name(event: QKeyEvent) -> str:
    """Return what a key of the sheet asks for, "" for other keys."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return _KEYS.get((Qt.Key(event.key()), held), "")
