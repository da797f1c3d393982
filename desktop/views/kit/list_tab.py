"""A tab with a list as of a day: a group and a day above a table."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.views.kit.desk import Desk
from desktop.views.kit.group_and_day import GroupAndDay
from desktop.views.kit.runner import Ticket
from desktop.views.kit.tab import Tab
from resources.lang.messages import _


class ListTab(Tab):
    """A line with group and day above a table; only the last question counts."""

    def __init__(self, desk: Desk, day_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._asked: Ticket | None = None
        self.bar = GroupAndDay(desk, day_name or _("Tính đến ngày"), self)
        self.bar.changed.connect(self.reload)
        self.body.addWidget(self.bar)

    def ask(self, question: Any, then: Any) -> None:
        """Ask the book; an earlier question is dropped."""
        if self._asked is not None:
            self._asked.drop()
        self._asked = self.desk.ask(question, then, owner=self)
