"""Choosing one of many by typing: members, communes, ethnic groups. The finds are listed below the line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent
from PySide6.QtWidgets import QCompleter, QWidget

from desktop.views.kit.desk import Desk
from desktop.views.kit.inputs import Make
from desktop.views.kit.line_edit import LineEdit
from desktop.views.kit.runner import Ticket
from resources.lang.messages import _
from resources.lang.names import fold

_PAUSE = 120
_MOST = 40


@dataclass(frozen=True, slots=True)
class Find:
    """One find: its value, the text that stands in the line once chosen, and a detail beside it in the list."""

    value: Any
    text: str
    detail: str = ""


class _Finds(QAbstractListModel):
    """The finds as a list for the completer."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.finds: list[Find] = []

    def fill(self, finds: Sequence[Find]) -> None:
        self.beginResetModel()
        self.finds = list(finds)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.finds)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if not index.isValid():
            return None
        find = self.finds[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{find.text} · {find.detail}" if find.detail else find.text
        if role == Qt.ItemDataRole.FontRole and index.row() == 0:
            bold = QFont()
            bold.setBold(True)  # Enter takes this one
            return bold
        return find.text if role == Qt.ItemDataRole.EditRole else None


class Picker(LineEdit):
    """A line that finds. Subclasses answer `look_up(text)` by calling `offer(finds)`, now or later.

    `value()` is the value of the chosen find, None when nothing is chosen.
    """

    chosen = Signal(object)
    """The `Find` the user has taken."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen: Find | None = None
        self._finds = _Finds(self)
        self._completer = QCompleter(self._finds, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setCompletionRole(Qt.ItemDataRole.EditRole)
        self._completer.setMaxVisibleItems(10)
        self._completer.activated[QModelIndex].connect(self._activated)
        self.setCompleter(self._completer)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._look)
        self.textEdited.connect(self._edited)

    def value(self) -> Any:
        """Return the value of what was chosen."""
        return self._chosen.value if self._chosen is not None else None

    def set_value(self, value: Any) -> None:
        """Show a `Find` (or None). To show a bare value, subclasses look up its text."""
        self._chosen = value if isinstance(value, Find) else None
        self.setText(self._chosen.text if self._chosen else "")
        self.setCursorPosition(0)

    def problem(self) -> str:
        """Return a sentence when something was typed but nothing chosen."""
        if self._chosen is None and self.text().strip():
            return _("Hãy chọn một dòng trong danh sách hiện ra khi gõ.")
        return ""

    def look_up(self, text: str) -> None:
        """Find what fits `text` and `offer` it."""
        raise NotImplementedError

    def offer(self, finds: Sequence[Find]) -> None:
        """List the finds below the line."""
        self._finds.fill(finds)
        if finds and self.hasFocus():
            self._completer.complete()
        elif not finds:
            self._completer.popup().hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the first find of the list; without a list yet it brings the list."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            popup = self._completer.popup()
            listed = popup.isVisible() and bool(self._finds.finds)
            if listed and not popup.currentIndex().isValid():
                popup.hide()
                self._take(self._finds.finds[0])
                event.accept()
                return
            if not listed and self._chosen is None and self.value_text():
                self._pause.stop()
                self._look()
                event.accept()
                return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """On leaving take the only find, or the one that is written out."""
        super().focusOutEvent(event)
        if event.reason() == Qt.FocusReason.PopupFocusReason or self._chosen is not None:
            return
        typed = fold(self.text())
        # "xã Tân Hưng" is enough for "xã Tân Hưng, tỉnh Lạng Sơn" where only one is called so.
        same = [
            find
            for find in self._finds.finds
            if typed in (fold(find.text), fold(find.text.partition(",")[0]))
        ]
        if typed and (len(same) == 1 or len(self._finds.finds) == 1):
            self._take((same or self._finds.finds)[0])

    def _edited(self) -> None:
        self._chosen = None
        self._pause.start()

    def _look(self) -> None:
        typed = self.value_text()
        if typed:
            self.look_up(typed)
        else:
            self.offer([])

    def value_text(self) -> str:
        """Return the typed words."""
        return str(super().value())

    def _activated(self, index: QModelIndex) -> None:
        place = index.row()
        if 0 <= place < len(self._finds.finds):
            self._take(self._finds.finds[place])

    def _take(self, find: Find) -> None:
        self._chosen = find
        self.setText(find.text)
        self.setCursorPosition(0)  # a long name shows its beginning
        self.set_state("")
        self.chosen.emit(find)
        self.changed.emit()


class ListPicker(Picker):
    """Finds in a list known beforehand (54 ethnic groups, offices)."""

    def __init__(self, finds: Sequence[Find], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list = list(finds)

    def look_up(self, text: str) -> None:
        """Offer the entries that hold the typed words; those that begin with them come first."""
        typed = fold(text)
        fitting = [find for find in self._list if typed in fold(f"{find.text} {find.detail}")]
        self.offer(sorted(fitting, key=lambda find: not fold(find.text).startswith(typed))[:_MOST])

    def set_value(self, value: Any) -> None:
        """Show the entry with this value, or a `Find`."""
        if not isinstance(value, Find):
            value = next((find for find in self._list if find.value == value), None)
        super().set_value(value)


class AskingPicker(Picker):
    """Finds by asking the book: `search(book, text) -> list[Find]`, on the book thread; only the last counts."""

    def __init__(
        self, desk: Desk, search: Callable[[Any, str], Sequence[Find]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._search = search
        self._asked: Ticket | None = None

    def look_up(self, text: str) -> None:
        """Ask the book."""
        if self._asked is not None:
            self._asked.drop()
        search = self._search
        self._asked = self._desk.ask(lambda book: search(book, text), self.offer, owner=self)


class CommunePicker(Picker):
    """Finds a commune of today by its name, with or without marks; the value is its code.

    The chosen line names the province too: many provinces have a commune of the same name.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked: Ticket | None = None
        self.setPlaceholderText(_("Gõ tên xã, phường"))

    def look_up(self, text: str) -> None:
        """Look into the list of communes, off the window: reading it takes a moment the first time."""
        if self._asked is not None:
            self._asked.drop()

        def job() -> list[Find]:
            from resources.places import find_communes

            return [
                Find(unit.code, f"{unit.full_name}, {unit.province_name}")
                for unit in find_communes(text)[:_MOST]
            ]

        self._asked = self._desk.aside(job, self.offer, owner=self)

    def set_value(self, value: Any) -> None:
        """Show the commune of a code, or a `Find`."""
        if isinstance(value, str) and value:
            from resources.places import commune

            unit = commune(value)
            value = Find(value, f"{unit.full_name}, {unit.province_name}") if unit is not None else None
        super().set_value(value)


class PersonPicker(AskingPicker):
    """Finds a member by name, code or citizen number.

    `search(book, text)` is a question of `desktop.services.members` turned into finds by the page.
    """

    def __init__(
        self, desk: Desk, search: Callable[[Any, str], Sequence[Find]], parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, search, parent)
        self.setPlaceholderText(_("Gõ tên hoặc mã thành viên"))


def commune(desk: Desk) -> Make:
    """Make a `CommunePicker` in a form."""
    return lambda parent: CommunePicker(desk, parent)


def person(desk: Desk, search: Callable[[Any, str], Sequence[Find]]) -> Make:
    """Make a `PersonPicker` in a form."""
    return lambda parent: PersonPicker(desk, search, parent)


def pick(finds: Sequence[Find] | Callable[[], Sequence[Find]]) -> Make:
    """Make a `ListPicker` in a form."""
    return lambda parent: ListPicker(finds() if callable(finds) else finds, parent)
