"""Finding a member on the sheet by typing the name as people say it, without marks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from desktop.models.rules.sheet import MemberFacts
from desktop.views.kit.line_edit import LineEdit
from resources.lang.names import fold


class FindEdit(LineEdit):
    """Finds a member while one types; Enter, Esc and Down go back to the table."""

    finished = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Enter, Esc or an arrow."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Down):
            self.finished.emit()
        else:
            super().keyPressEvent(event)


def found_row(members: Sequence[MemberFacts], text: str) -> int | None:
    """Return the row of the member that a text means, None when nobody fits.

    People are called by the given name: "hoa" means Nguyễn Thị Hoa before Hoàng Thị Lan.
    """
    words = fold(text).split()
    if not words:
        return None
    scored = []
    for row, member in enumerate(members):
        parts = fold(f"{member.name} {member.code}").split()
        if all(any(part.startswith(word) for part in parts) for word in words):
            given = fold(member.name).split()[-1:]
            scored.append((0 if given and given[0].startswith(words[-1]) else 1, row))
    return min(scored)[1] if scored else None
