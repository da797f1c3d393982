"""The lists of the page of training: classes, courses, trainers, people, visits afterwards, certificates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.training_kinds import ClassState, FollowState
from desktop.services import (
    trainers,
    training_book,
    training_certificates,
    training_courses,
    training_follow_ups,
)
from desktop.services.trainers import TrainerRow
from desktop.services.training_book import ClassFilter, ClassRow, PersonRow
from desktop.services.training_certificates import CertificateRow
from desktop.services.training_courses import CourseLine
from desktop.services.training_follow_ups import FollowRow
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.tab import Tab, listing, sieve
from desktop.views.kit.table_view import RowAction
from desktop.views.training import columns, dialogs, learner_dialogs, prints
from resources.lang.dong import show_number
from resources.lang.messages import _

_RUNNING = (ClassState.OPEN,)
_OPEN_VISITS = (FollowState.DUE, FollowState.OVERDUE)


class ClassesTab(Tab):
    """All classes, the latest first."""

    def __init__(self, desk: Desk, new: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.table, self.view = listing(
            desk,
            columns.classes(desk.today()),
            "training.classes",
            _("Các lớp tập huấn"),
            empty=Empty(
                "calendar",
                _("Chưa có lớp tập huấn nào."),
                _("Mở lớp của một khóa học, ghi danh người học, rồi điểm danh từng buổi."),
                (_("Mở lớp"), new),
            ),
            actions=(RowAction(_("Mở trang của lớp"), self.open_row, "open"),),
            opened=self.open_row,
        )
        states: list[tuple[Any, str]] = [
            ((), _("Mọi tình trạng")),
            *(((one,), one.title) for one in ClassState),
        ]
        self.state = sieve(self.view, _("Tình trạng"), states, self.reload)
        self.body.addWidget(self.view, 1)

    def reload(self) -> None:
        """Ask for the classes."""
        wanted, today = ClassFilter(self.state.value() or ()), self.desk.today()
        self.desk.ask(lambda book: training_book.listed(book, wanted, today), self._show, owner=self)

    def _show(self, rows: list[ClassRow]) -> None:
        self.table.set_rows(rows)
        waiting = sum(row.waiting for row in rows)
        text = _("{n} lớp · {learners} lượt người học · {done} lượt hoàn thành").format(
            n=show_number(len(rows)),
            learners=show_number(sum(row.learners for row in rows)),
            done=show_number(sum(row.completed for row in rows)),
        )
        if waiting:
            text = _("{text} · {n} buổi chờ điểm danh").format(text=text, n=show_number(waiting))
        self.view.set_summary(text if rows else "")

    def open_row(self, row: ClassRow) -> None:
        """Open the page of a class."""
        self.desk.open_page("training_class", training_class=row.id)


class CoursesTab(Tab):
    """All courses with their versions."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.table, self.view = listing(
            desk,
            columns.COURSES,
            "training.courses",
            _("Các khóa học"),
            key=lambda row: row.key,
            empty=Empty("document", _("Chưa có khóa học nào."), action=(_("Khóa học mới"), self.new)),
            actions=(RowAction(_("Sửa từ một ngày…"), self.edit, "edit", "F2"),),
            opened=self.edit,
        )
        self.body.addWidget(self.view, 1)

    def reload(self) -> None:
        """Ask for the courses."""
        self.desk.ask(training_courses.lines, self.table.set_rows, owner=self)

    def new(self) -> None:
        """Write down a course of the book's own."""
        if self.desk.can_write:
            dialogs.course(self.desk, self._said, self).open()

    def edit(self, row: CourseLine) -> None:
        """Let another version of a course hold from a day on."""
        if self.desk.can_write:
            dialogs.course(self.desk, self._said, self, row).open()

    def _said(self, code: str) -> None:
        self.desk.say(_("Đã ghi khóa học {code}.").format(code=code), "good")


class TrainersTab(Tab):
    """The register of trainers."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.table, self.view = listing(
            desk,
            columns.trainers(desk.today()),
            "training.trainers",
            _("Các giảng viên"),
            empty=Empty(
                "member",
                _("Chưa có giảng viên nào."),
                _("Giảng viên có thể là thành viên trong sổ hoặc người ngoài."),
                (_("Giảng viên mới"), self.new),
            ),
            actions=(RowAction(_("Sửa giảng viên…"), self.edit, "edit", "F2"),),
            opened=self.edit,
        )
        self.body.addWidget(self.view, 1)

    def reload(self) -> None:
        """Ask for the trainers."""
        self.desk.ask(trainers.listed, self.table.set_rows, owner=self)

    def new(self) -> None:
        """Register a trainer."""
        if self.desk.can_write:
            dialogs.trainer(self.desk, self.desk.saying(_("Đã ghi giảng viên.")), self).open()

    def edit(self, row: TrainerRow) -> None:
        """Change what is written of a trainer."""
        if self.desk.can_write:
            dialogs.trainer(self.desk, self.desk.saying(_("Đã ghi giảng viên.")), self, row).open()


class PeopleTab(Tab):
    """Who has which module."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._rows: list[PersonRow] = []
        self.table, self.view = listing(
            desk,
            columns.PEOPLE,
            "training.people",
            _("Ai đã học gì"),
            key=lambda row: row.member,
            empty=Empty("member", _("Chưa ai học lớp nào.")),
            actions=(RowAction(_("Mở hồ sơ"), self.open_row, "member"),),
            opened=self.open_row,
        )
        self.module = sieve(self.view, _("Mô-đun"), [("", _("Mọi mô-đun"))], self._filter)
        self.body.addWidget(self.view, 1)

    def reload(self) -> None:
        """Ask for the people and the modules."""
        today = self.desk.today()

        def question(book: Any) -> Any:
            return training_courses.module_codes(book), training_book.people(book, today)

        self.desk.ask(question, self._show, owner=self)

    def _show(self, found: tuple[list[str], list[PersonRow]]) -> None:
        from resources.training import module_title

        codes, self._rows = found
        names = [
            (code, f"{code} · {module_title(code)}" if module_title(code) != code else code) for code in codes
        ]
        wanted = self.module.value() or ""
        self.module.set_choices([("", _("Mọi mô-đun")), *names])
        self.module.set_value(wanted)
        self._filter()

    def _filter(self) -> None:
        wanted = self.module.value() or ""
        rows = [row for row in self._rows if not wanted or wanted in dict(row.modules)]
        self.table.set_rows(rows)
        text = _("{n} người · {done} người đã xong ít nhất một mô-đun").format(
            n=show_number(len(rows)), done=show_number(sum(bool(row.modules) for row in rows))
        )
        self.view.set_summary(text if rows else "")

    def open_row(self, row: PersonRow) -> None:
        """Open the page of a person at their training."""
        self.desk.open_page("member", member=row.member, tab="training")


class FollowTab(Tab):
    """Who is to be visited after a course, the overdue first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.table, self.view = listing(
            desk,
            columns.FOLLOW_UPS,
            "training.follow",
            _("Thăm sau tập huấn"),
            key=lambda row: row.enrolment,
            empty=Empty(
                "good",
                _("Không ai cần thăm lúc này."),
                _("Ba tháng sau khi hoàn thành khóa học, người học được thăm để xem có áp dụng không."),
            ),
            actions=(
                RowAction(_("Ghi lần thăm…"), self.visit, "edit", "F2"),
                RowAction(_("Mở hồ sơ"), self.open_person, "member"),
            ),
            opened=self.visit,
        )
        states: list[tuple[Any, str]] = [
            (_OPEN_VISITS, _("Cần thăm")),
            ((), _("Tất cả")),
            *(((one,), one.title) for one in FollowState),
        ]
        self.state = sieve(self.view, _("Tình trạng"), states, self.reload, _OPEN_VISITS)
        self.body.addWidget(self.view, 1)

    def reload(self) -> None:
        """Ask for the visits."""
        states, today = self.state.value(), self.desk.today()
        self.desk.ask(
            lambda book: training_follow_ups.due(book, today, states=states or None), self._show, owner=self
        )

    def _show(self, rows: list[FollowRow]) -> None:
        self.table.set_rows(rows)
        late = sum(row.late > 0 for row in rows)
        applied = sum(row.follow.state is FollowState.APPLIED for row in rows)
        self.view.set_summary(
            _("{n} người · {late} quá hạn · {applied} đã áp dụng").format(
                n=show_number(len(rows)), late=show_number(late), applied=show_number(applied)
            )
            if rows
            else ""
        )

    def visit(self, row: FollowRow) -> None:
        """Write a visit down."""
        if not self.desk.can_write:
            return
        today = self.desk.today()

        def came(visits: Any) -> None:
            learner_dialogs.follow_up(
                self.desk, row, visits, self.desk.saying(_("Đã ghi lần thăm.")), self
            ).open()

        self.desk.ask(
            lambda book: training_follow_ups.visit_choices(book, row.enrolment, today), came, owner=self
        )

    def open_person(self, row: FollowRow) -> None:
        """Open the page of a person at their training."""
        self.desk.open_page("member", member=row.member, tab="training")


class CertificatesTab(Tab):
    """The certificates given, the latest first; those of one class on its page."""

    def __init__(self, desk: Desk, name: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.klass: Any = None
        self.table, self.view = listing(
            desk,
            columns.CERTIFICATES,
            name,
            _("Giấy chứng nhận"),
            empty=Empty(
                "document",
                _("Chưa cấp giấy chứng nhận nào."),
                _("Giấy được cấp ở trang của lớp cho những người đã hoàn thành khóa học."),
            ),
            actions=(
                RowAction(_("In lại (bản sao)"), self.print_row, "print"),
                RowAction(_("Thu hồi…"), self.revoke, "undo", "Del", self._valid),
            ),
            opened=self.print_row,
            multi=True,
        )
        self.body.addWidget(self.view, 1)

    def reload(self) -> None:
        """Ask for the certificates."""
        klass = self.klass
        self.desk.ask(lambda book: training_certificates.listed(book, klass), self._show, owner=self)

    def _show(self, rows: list[CertificateRow]) -> None:
        self.table.set_rows(rows)
        valid = sum(row.revoked is None for row in rows)
        self.view.set_summary(
            _("{n} giấy, {valid} còn giá trị").format(n=show_number(len(rows)), valid=show_number(valid))
            if rows
            else ""
        )

    def _valid(self, row: CertificateRow) -> bool:
        return self.desk.can_write and row.revoked is None

    def print_row(self, row: CertificateRow) -> None:
        """Print the chosen certificates again, as copies."""
        chosen = self.view.selected_rows() or [row]
        prints.again(self.desk, self, [one.id for one in chosen if one.revoked is None] or [row.id])

    def revoke(self, row: CertificateRow) -> None:
        """Take a certificate back."""
        if self._valid(row):
            learner_dialogs.revoke(
                self.desk, row, self.desk.saying(_("Đã thu hồi giấy chứng nhận.")), self
            ).open()
