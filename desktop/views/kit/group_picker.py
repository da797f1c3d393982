"""Choosing a group and a period: the head of every page that shows figures of one group."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop.models.ids import GroupId
from desktop.views.kit.day_edit import DayEdit
from desktop.views.kit.desk import Desk
from desktop.views.kit.flow import FlowLayout
from desktop.views.kit.pickers import AskingPicker, Find
from desktop.views.kit.theme import dress, px, space
from resources.lang.messages import _


def find_groups(book: Any, text: str) -> list[Find]:
    """Return the groups whose name or code fits what was typed; all of them (the first ones) for nothing."""
    from desktop.services import group_lists

    rows = group_lists.page(book, group_lists.GroupFilter(text=text), group_lists.GroupSort(), 0, 40)
    return [Find(row.id, row.name, row.code) for row in rows]


def members_of(group: GroupId) -> Callable[[Any, str], list[Find]]:
    """Return the search of a `PersonPicker` that looks among the members of a group."""

    def search(book: Any, typed: str) -> list[Find]:
        from desktop.services import member_lists

        wanted = member_lists.MemberFilter(text=typed, group=group)
        rows = member_lists.page(book, wanted, member_lists.MemberSort(), 0, 40)
        return [Find(row.id, row.full_name, row.code) for row in rows]

    return search


class GroupPicker(AskingPicker):
    """Finds a group by name or code, with or without marks. `first()` takes the first group of the book."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, find_groups, parent)
        self.setAccessibleName(_("Nhóm"))
        self.setPlaceholderText(_("Gõ tên hoặc mã nhóm"))

    def first(self) -> None:
        """Choose the first group of the book when none is chosen yet."""
        if self.value() is None:
            self._desk.ask(lambda book: find_groups(book, ""), self._take_first, owner=self)

    def choose(self, group: int) -> None:
        """Choose a group by its id."""
        today = self._desk.today()

        def find(book: Any) -> Find:
            from desktop.services import group_lists

            found = group_lists.get(book, group, today)
            return Find(found.id, found.name, found.code)

        self._desk.ask(find, self._take, owner=self)

    def _take_first(self, finds: list[Find]) -> None:
        if finds and self.value() is None:
            self._take(finds[0])


class PeriodBar(QWidget):
    """Group and period in one line. `changed` when either is another, and both can be read."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, starts: date | None = None) -> None:
        super().__init__(parent)
        today = desk.today()
        self.group = GroupPicker(desk, self)
        self.starts = DayEdit(self, today)
        self.ends = DayEdit(self, today)
        self.starts.setAccessibleName(_("Từ ngày"))
        self.ends.setAccessibleName(_("Đến ngày"))
        self.starts.set_value(starts or date(today.year, 1, 1))
        self.ends.set_value(today)
        self.line = FlowLayout(self, 3)
        for text, edit, width in (
            (_("Nhóm"), self.group, 260),
            (_("Từ ngày"), self.starts, 120),
            (_("Đến ngày"), self.ends, 120),
        ):
            edit.setFixedWidth(px(width))
            self.add(text, edit)
        self._told: tuple[Any, ...] = ()
        for edit in (self.group, self.starts, self.ends):
            edit.changed.connect(self._tell)
        desk.day_changed.connect(self._new_day)

    def add(self, text: str, edit: QWidget) -> None:
        """Put an input with its name at the end of the line; they go on below together where the line is full."""
        pair = QWidget(self)
        beside = QHBoxLayout(pair)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(space(2))
        name = QLabel(text, pair)
        name.setBuddy(edit)
        dress(name, "label")
        beside.addWidget(name)
        beside.addWidget(edit)
        self.line.addWidget(pair)

    @property
    def complete(self) -> bool:
        """Tell whether a group and a period in order are chosen."""
        starts, ends = self.starts.value(), self.ends.value()
        return self.group.value() is not None and starts is not None and ends is not None and starts <= ends

    def _new_day(self, old: date, new: date) -> None:
        self.ends.new_day(old, new)
        self._tell()

    def _tell(self) -> None:
        now = (self.group.value(), self.starts.value(), self.ends.value())
        if self.complete and now != self._told:
            self._told = now
            self.changed.emit()
