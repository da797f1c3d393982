"""The page of training: classes, courses, trainers, people, visits afterwards, certificates."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.services import trainers, training_courses
from desktop.services.acts import Topic
from desktop.views.kit.desk import Desk
from desktop.views.kit.page import PageAction
from desktop.views.kit.tabbed_page import ListsPage
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


class TrainingPage(ListsPage):
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
        self.set_parts(
            _("Các phần của trang Tập huấn"),
            (
                ("classes", self.classes, _("Lớp")),
                ("courses", self.courses, _("Khóa học")),
                ("trainers", self.trainers, _("Giảng viên")),
                ("people", self.people, _("Người học")),
                ("follow", self.follow, _("Thăm sau tập huấn")),
                ("certificates", self.certificates, _("Giấy chứng nhận")),
            ),
        )

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
