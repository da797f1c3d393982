"""Inputs that only training needs: hours, points, several of a list, several people.

All have the face of `kit.inputs`: value, set_value, problem, changed, noted, set_state.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.models.ids import MemberId
from desktop.models.rules.training.classes import MOST_SEATS
from desktop.models.rules.training.words import read_hours, read_points, show_hours, show_points
from desktop.services import member_lists
from desktop.views.kit.blocks import label
from desktop.views.kit.desk import Desk
from desktop.views.kit.group_picker import find_groups
from desktop.views.kit.inputs import CheckBox, Make
from desktop.views.kit.line_edit import LineEdit
from desktop.views.kit.pickers import AskingPicker, Find
from desktop.views.kit.theme import px, space
from desktop.views.people.finders import find_members
from resources.lang.messages import _, ngettext


class _Figure(LineEdit):
    """A figure with a comma; what no figure has is left for the rule to refuse."""

    read: Callable[[str], int | None]
    show_as: Callable[[Any], str]
    wrong = ""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    def value(self) -> int | None:
        """Return the figure, None when the line is empty or unreadable."""
        return type(self).read(self.text())

    def set_value(self, value: Any) -> None:
        """Show a figure; None empties the line."""
        self.setText("" if value is None else type(self).show_as(value))

    def problem(self) -> str:
        """Return what is wrong with what was typed."""
        return _(self.wrong) if self.text().strip() and self.value() is None else ""


class HoursEdit(_Figure):
    """Hours ("3,5" or "3:30"); the value is minutes."""

    read = staticmethod(read_hours)
    show_as = staticmethod(show_hours)

    def problem(self) -> str:
        """Return what is wrong with what was typed."""
        unread = self.text().strip() and self.value() is None
        return _("Hãy gõ số giờ, ví dụ 3,5 hoặc 3:30.") if unread else ""


class PointsEdit(_Figure):
    """Points ("7,5"); the value is tenths."""

    read = staticmethod(read_points)
    show_as = staticmethod(show_points)

    def problem(self) -> str:
        """Return what is wrong with what was typed."""
        unread = self.text().strip() and self.value() is None
        return _("Hãy gõ điểm, ví dụ 7,5.") if unread else ""


class ChecksEdit(QWidget):
    """Several of a list, each a box to tick; the value is a tuple in the order of the list."""

    changed = Signal()
    noted = Signal(str)

    def __init__(
        self, choices: Iterable[tuple[Any, str]], across: int = 1, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.boxes: list[tuple[Any, CheckBox]] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(space(4))
        grid.setVerticalSpacing(space(1))
        for place, (value, words) in enumerate(choices):
            box = CheckBox(words, self)
            box.setAccessibleName(words)
            box.changed.connect(self.changed)
            grid.addWidget(box, place // across, place % across)
            self.boxes.append((value, box))
        if self.boxes:
            self.setFocusProxy(self.boxes[0][1])
        else:
            grid.addWidget(label(_("Không có gì để chọn."), "muted", self), 0, 0)

    def value(self) -> tuple[Any, ...]:
        """Return what is ticked."""
        return tuple(value for value, box in self.boxes if box.value())

    def set_value(self, value: Sequence[Any] | None) -> None:
        """Tick these, clear the others."""
        for one, box in self.boxes:
            box.set_value(one in (value or ()))

    def problem(self) -> str:
        """Return nothing: any choice can be read."""
        return ""

    def set_state(self, state: str) -> None:
        """Nothing to frame: the problem stands below."""


class _Chosen(QListWidget):
    """The people taken so far; Del takes the current one out."""

    dropped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take out who is current."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.currentItem() is not None:
            self.takeItem(self.currentRow())
            self.dropped.emit()
            return
        super().keyPressEvent(event)


class PeopleEdit(QWidget):
    """Several people of the book: one after the other by name or code, or all of a group. The value is their ids."""

    changed = Signal()
    noted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(space(2))
        self.person = AskingPicker(desk, find_members, self)
        self.person.setPlaceholderText(_("Gõ tên, mã hoặc số điện thoại, Enter để thêm"))
        self.person.setAccessibleName(_("Thêm một người"))
        self.person.chosen.connect(self._person_taken)
        self.group = AskingPicker(desk, find_groups, self)
        self.group.setPlaceholderText(_("Hoặc gõ tên nhóm để thêm cả nhóm"))
        self.group.setAccessibleName(_("Thêm cả một nhóm"))
        self.group.chosen.connect(self._group_taken)
        self.list = _Chosen(self)
        self.list.setAccessibleName(_("Những người đã chọn; phím Delete bỏ bớt"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setMinimumHeight(px(150))
        self.list.dropped.connect(self._changed)
        self.count = label("", "muted", self)
        for widget in (self.person, self.group, self.list, self.count):
            box.addWidget(widget)
        self.setFocusProxy(self.person)
        self._changed()

    def add(self, finds: Iterable[Find]) -> None:
        """Take people into the list, each once."""
        there = set(self.value())
        for find in finds:
            if find.value not in there:
                item = QListWidgetItem(f"{find.text} · {find.detail}" if find.detail else find.text)
                item.setData(Qt.ItemDataRole.UserRole, int(find.value))
                self.list.addItem(item)
                there.add(find.value)
        self._changed()

    def value(self) -> tuple[MemberId, ...]:
        """Return who is in the list."""
        return tuple(
            MemberId(self.list.item(place).data(Qt.ItemDataRole.UserRole))
            for place in range(self.list.count())
        )

    def set_value(self, value: Iterable[Find] | None) -> None:
        """Show these people (`Find`s)."""
        self.list.clear()
        self.add(value or ())

    def problem(self) -> str:
        """Return a sentence when a name was typed and nobody taken."""
        return self.person.problem() or self.group.problem()

    def set_state(self, state: str) -> None:
        """Frame the line where people are looked for."""
        self.person.set_state(state)

    def _person_taken(self, find: Find) -> None:
        self.add([find])
        self.person.set_value(None)
        self.person.setFocus()

    def _group_taken(self, find: Find) -> None:
        group = find.value

        def question(book: Any) -> list[Find]:
            wanted = member_lists.MemberFilter(group=group)
            order = member_lists.MemberSort(member_lists.MemberOrder.POSITION)
            rows = member_lists.page(book, wanted, order, 0, MOST_SEATS)
            return [Find(row.id, row.full_name, row.code) for row in rows]

        self.desk.ask(question, self._members_came, owner=self)

    def _members_came(self, finds: list[Find]) -> None:
        self.add(finds)
        self.group.set_value(None)

    def _changed(self) -> None:
        count = self.list.count()
        self.count.setText(ngettext("Đã chọn {n} người", "Đã chọn {n} người", count).format(n=count))
        self.changed.emit()


def hours() -> Make:
    """Make an `HoursEdit`."""
    return HoursEdit


def points() -> Make:
    """Make a `PointsEdit`."""
    return PointsEdit


def checks(choices: Iterable[tuple[Any, str]], across: int = 1) -> Make:
    """Make a `ChecksEdit`."""
    kept = list(choices)
    return lambda parent: ChecksEdit(kept, across, parent)


def several_people(desk: Desk) -> Make:
    """Make a `PeopleEdit`."""
    return lambda parent: PeopleEdit(desk, parent)
