"""The people already in the book whom a form may be about: shown beside it, to be opened or taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.models.rules.people import Found
from desktop.views.kit import icons
from desktop.views.kit.blocks import button, label
from desktop.views.kit.theme import dress, px, space
from resources.lang.messages import _


class FoundBox(QFrame):
    """Lists finds with a button to open each; with `take` also one that takes the find instead of a new record."""

    opened = Signal(object)
    taken = Signal(object)

    def __init__(self, take: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, "message-warn")
        self._take = take
        self._rows: list[QWidget] = []
        self.found: tuple[Found, ...] = ()
        line = QHBoxLayout(self)
        line.setContentsMargins(space(3), space(2), space(3), space(2))
        line.setSpacing(space(3))
        mark = QLabel(self)
        mark.setPixmap(icons.pixmap("warning", px(20), "warn"))
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        self._box = QVBoxLayout()
        self._box.setSpacing(space(1))
        self._box.addWidget(label(_("Có thể đã có trong sổ:"), "label", self))
        line.addLayout(self._box, 1)
        self.hide()

    def show_found(self, found: Sequence[Found]) -> None:
        """Show these people; hide when there are none."""
        if tuple(found) == self.found:
            return
        self.found = tuple(found)
        for row in self._rows:
            self._box.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._row(one) for one in self.found[:3]]
        for row in self._rows:
            self._box.addWidget(row)
        self.setVisible(bool(self.found))

    def _row(self, one: Found) -> QWidget:
        holder = QWidget(self)
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(space(2))
        line.addWidget(label(one.describe(), "", holder, wrap=True), 1)
        for text, spoken, signal in (
            (_("Mở hồ sơ"), _("Mở hồ sơ {who}"), self.opened),
            (self._take, f"{self._take} {{who}}", self.taken),
        ):
            if text:
                made = button(text, _emit(signal, one), "", "link", holder)
                made.setAccessibleName(spoken.format(who=one.full_name))
                line.addWidget(made)
        return holder


def _emit(signal: SignalInstance, one: Found) -> Callable[[], None]:
    return lambda: signal.emit(one)
