"""The line above a list: a group (or all of them) and a day."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.models.ids import GroupId
from desktop.views.kit.blocks import label
from desktop.views.kit.day_edit import DayEdit
from desktop.views.kit.desk import Desk
from desktop.views.kit.group_picker import GroupPicker
from desktop.views.kit.theme import px, space
from resources.lang.messages import _


class GroupAndDay(QWidget):
    """`changed` when the group or the day is another and can be read. An empty group means all groups."""

    changed = Signal()

    def __init__(self, desk: Desk, day_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picker = GroupPicker(desk, self)
        self.picker.setPlaceholderText(_("Mọi nhóm"))
        self.picker.allow_clearing()
        self.edit = DayEdit(self, desk.today())
        self.edit.setAccessibleName(day_name)
        self.edit.set_value(desk.today())
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(0, 0, 0, 0)
        self.line.setSpacing(space(2))
        for text, edit, width in ((_("Nhóm"), self.picker, 240), (day_name, self.edit, 140)):
            words = label(text, "label", self)
            words.setBuddy(edit)
            edit.setMinimumWidth(px(110))
            edit.setMaximumWidth(px(width))
            self.line.addWidget(words)
            self.line.addWidget(edit, 1)
            self.line.addSpacing(space(2))
        self.line.addStretch(1)
        self._told: tuple[object, ...] = (None, desk.today())
        self.picker.changed.connect(self._tell)
        self.edit.changed.connect(self._tell)
        desk.day_changed.connect(self._new_day)

    @property
    def group(self) -> GroupId | None:
        """The chosen group, None for all."""
        found = self.picker.value()
        return None if found is None else GroupId(found)

    @property
    def day(self) -> date | None:
        """The chosen day, None while it cannot be read."""
        return self.edit.value()

    def _new_day(self, old: date, new: date) -> None:
        self.edit.new_day(old, new)
        self._tell()

    def _tell(self) -> None:
        now = (self.group, self.day)
        half_typed = self.group is None and bool(self.picker.text().strip())
        if self.day is None or half_typed or now == self._told:
            return
        self._told = now
        self.changed.emit()
