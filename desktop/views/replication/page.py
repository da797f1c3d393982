"""Replication: working models made here or brought in, where they are adopted, and the templates of groups."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.ids import GroupId
from desktop.services import group_lists
from desktop.services.acts import Topic
from desktop.services.group_lists import GroupDetail
from desktop.views.kit.desk import Desk
from desktop.views.kit.page import PageAction
from desktop.views.kit.pickers import Find
from desktop.views.kit.tabbed_page import ListsPage
from desktop.views.replication import deeds
from desktop.views.replication.tabs import ModelsTab, PlacesTab, TemplatesTab
from resources.lang.messages import _, many


class ReplicationPage(ListsPage):
    """Three tabs. Ctrl+1 … Ctrl+3 choose one."""

    topics = frozenset({Topic.MODELS, Topic.GROUPS, Topic.MEETINGS, Topic.TRAINING, Topic.BOOK})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.models = ModelsTab(desk, self)
        self.places = PlacesTab(desk, self)
        self.templates = TemplatesTab(desk, self)
        self.set_parts(
            _("Các phần của trang Nhân rộng"),
            (
                ("models", self.models, _("Mô hình")),
                ("places", self.places, _("Nơi áp dụng")),
                ("templates", self.templates, many("Mẫu nhóm")),
            ),
        )

    def title(self) -> str:
        """Return the heading."""
        return _("Nhân rộng")

    def actions(self) -> list[PageAction]:
        """Return what can be done here; it follows the tab."""
        shown = self.tabs.currentWidget()
        if shown is self.templates:
            return [
                PageAction(
                    _("Nhập mẫu từ tệp…"), self.templates.load, "import", "Ctrl+Shift+O", primary=True
                ),
                PageAction(_("Thành lập nhóm"), self.found, "plus", "Ctrl+N"),
            ]
        found = [
            PageAction(_("Lập mô hình…"), self.models.make, "plus", "Ctrl+N", primary=shown is self.models),
            PageAction(_("Ghi nơi áp dụng…"), self.models.adopt_current, "place", "Ctrl+Shift+A"),
        ]
        if shown is self.models:
            found += [
                PageAction(
                    _("Tệp, in"),
                    self.models.save_current,
                    "export",
                    writes=False,
                    menu=(
                        PageAction(_("In bản mô tả"), self.models.print_current, "print", writes=False),
                        PageAction(_("Lưu ra tệp…"), self.models.save_current, "save", writes=False),
                        PageAction(_("Nhập từ tệp…"), self.models.load, "import"),
                    ),
                ),
                PageAction(
                    _("In bản mô tả mô hình"),
                    self.models.print_current,
                    "print",
                    "Ctrl+P",
                    writes=False,
                    shown=False,
                ),
            ]
        return found

    def open(self, tab: str = "", make: int | None = None, **_args: Any) -> None:
        """Show a tab; with `make` the form of a model of that group opens."""
        super().open(tab)
        if make is not None and self.desk.can_write:
            group, today = GroupId(make), self.desk.today()
            self.desk.ask(lambda book: group_lists.get(book, group, today), self._make_from, owner=self)

    def _make_from(self, detail: GroupDetail) -> None:
        deeds.make_model(self.desk, self, Find(detail.id, detail.name, detail.code))

    def found(self) -> None:
        """Begin founding a group."""
        self.desk.open_page("group-new")
