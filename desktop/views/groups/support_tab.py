"""The support that a group receives or follows."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.views.groups.tab import GroupTab
from desktop.views.kit.desk import Desk
from desktop.views.kit.theme import px
from desktop.views.people.support_list import SupportList
from resources.lang.messages import _


class SupportTab(GroupTab):
    """The list, with the way to ask for support."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.ask_button = self.writer(_("Đề nghị hỗ trợ"), self.ask, "plus", "primary")
        self.row_of(self.ask_button)
        self.list = SupportList(desk, "group.supports", self.ask, self)
        self.list.setMinimumHeight(px(300))
        self.body.addWidget(self.list, 1)

    def load(self) -> None:
        """Read the dossiers of today."""
        self.list.show_group(self.group)

    def ask(self) -> None:
        """Begin a request for this group."""
        if self.detail is not None:
            self.desk.open_page("support", ask="group", who=self.group, text=self.detail.name)
