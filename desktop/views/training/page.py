"""The page of training: classes, courses, trainers, people, visits afterwards, certificates."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.services import trainers, training_courses
from desktop.services.acts import Topic
from desktop.views.kit.desk import Desk
from desktop.views.kit.page import Page, PageAction
from desktop.views.kit.tabs import PageTabs
from desktop.views.training import dialogs
from desktop.views.training.list_tabs import (
    CertificatesTab,
    ClassesTab,
    CoursesTab,
    FollowTab,
    PeopleTab,
    TrainersTab,
)
from resources.lang.messages import _

_KEYS = ("classes", "courses", "trainers", "people", "follow", "certificates")


class TrainingPage(Page):
    """Six tabs. Ctrl+1 … Ctrl+6 choose one."""

    topics = frozenset({Topic.TRAINING, Topic.LIVELIHOODS, Topic.MEMBERS, Topic.GROUPS, Topic.BOOK})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.classes = ClassesTab(desk, self.new_class, self)
        self.courses = CoursesTab(desk, self)
        self.trainers = TrainersTab(desk, self)
        self.people = PeopleTab(desk, self)
        self.follow = FollowTab(desk, self)
        self.certificates = CertificatesTab(desk, "training.certificates", self)
        self.parts = (
            self.classes, self.courses, self.trainers, self.people, self.follow, self.certificates,
        )  # fmt: skip
        self.tabs = PageTabs(
            self,
            _("Các phần của trang Tập huấn"),
            (
                (self.classes, _("Lớp")),
                (self.courses, _("Khóa học")),
                (self.trainers, _("Giảng viên")),
                (self.people, _("Người học")),
                (self.follow, _("Thăm sau tập huấn")),
                (self.certificates, _("Giấy chứng nhận")),
            ),
        )
        self.tabs.currentChanged.connect(self._tab_changed)
        self.body.addWidget(self.tabs, 1)
        self.tabs.jumped.connect(self.focus_first)

    def title(self) -> str:
        """Return the heading."""
        return _("Tập huấn")

    def actions(self) -> list[PageAction]:
        """Return what can be done here; the first follows the tab."""
        shown = self.tabs.currentWidget()
        if shown is self.courses:
            return [PageAction(_("Khóa học mới"), self.courses.new, "plus", "Ctrl+N", primary=True)]
        if shown is self.trainers:
            return [PageAction(_("Giảng viên mới"), self.trainers.new, "plus", "Ctrl+N", primary=True)]
        return [PageAction(_("Mở lớp"), self.new_class, "plus", "Ctrl+N", primary=True)]

    def open(self, tab: str = "", **_args: Any) -> None:
        """Show a tab."""
        if tab in _KEYS:
            self.tabs.setCurrentIndex(_KEYS.index(tab))
        self.reload()

    def reload(self) -> None:
        """Load what the shown tab needs."""
        self.parts[self.tabs.currentIndex()].reload()

    def focus_first(self) -> None:
        """Begin in the current tab's table."""
        self.parts[self.tabs.currentIndex()].view.grid.setFocus()

    def _tab_changed(self, _place: int) -> None:
        self.titled.emit()
        self.reload()

    def new_class(self) -> None:
        """Open a class and go to its page."""
        if not self.desk.can_write:
            return
        today = self.desk.today()

        def came(found: Any) -> None:
            courses, teaching = found
            dialogs.klass(
                self.desk,
                courses,
                teaching,
                lambda key: self.desk.open_page("training_class", training_class=key),
                self,
            ).open()

        self.desk.ask(
            lambda book: (training_courses.offered(book, today), trainers.listed(book)), came, owner=self
        )
