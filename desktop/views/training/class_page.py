"""The page of one class: who learns, its sessions and attendance, results, certificates, particulars, files."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.ids import ClassId
from desktop.models.kinds import AttachmentKind
from desktop.models.rules.suppression import Release
from desktop.models.rules.training.courses import Course
from desktop.models.rules.training.words import show_hours
from desktop.services import trainers, training_book, training_courses, training_sessions
from desktop.services.acts import Topic
from desktop.services.attachments import Subject
from desktop.services.training_book import ClassDetail, LearnerRow, SessionRow
from desktop.views.kit import messages
from desktop.views.kit.attachments import AttachmentList
from desktop.views.kit.blocks import Figure
from desktop.views.kit.desk import Desk
from desktop.views.kit.page import PageAction, paper
from desktop.views.kit.record_page import RecordPage
from desktop.views.training import class_tabs, columns, dialogs, learner_dialogs, prints
from desktop.views.training.list_tabs import CertificatesTab
from resources.lang.dates import show_day
from resources.lang.dong import show_number
from resources.lang.messages import _


class ClassPage(RecordPage[ClassId, ClassDetail]):
    """One class. Ctrl+1 … Ctrl+6 choose a tab."""

    route = "training_class"
    reads = staticmethod(training_book.detail)
    topics = frozenset({Topic.TRAINING, Topic.MEMBERS, Topic.INCLUSION, Topic.BOOK})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._course: Course | None = None
        self.seats = Figure(_("Người học"), "–", parent=self)
        self.taught = Figure(_("Giờ đã dạy"), "–", parent=self)
        self.done = Figure(_("Hoàn thành"), "–", parent=self)
        self.papers = Figure(_("Giấy chứng nhận"), "–", parent=self)
        self.add_figures(self.seats, self.taught, self.done, self.papers, least=170)
        self.learners = class_tabs.learners_tab(self)
        self.sessions = class_tabs.sessions_tab(self)
        self.results = class_tabs.results_tab(self)
        self.certificates = CertificatesTab(desk, "training.class.certificates", self)
        self.facts = class_tabs.FactsTab(self)
        self.files = AttachmentList(desk, "training.files", AttachmentKind.PHOTO, self)
        self.set_parts(
            _("Các phần của lớp"),
            (
                ("learners", self.learners, _("Người học")),
                ("sessions", self.sessions, _("Các buổi")),
                ("results", self.results, _("Kết quả")),
                ("certificates", self.certificates, _("Giấy chứng nhận")),
                ("facts", self.facts, _("Thông tin")),
                ("files", self.files, _("Ảnh, giấy tờ")),
            ),
        )

    # -- what the window asks -----------------------------------------------------------------------

    def title(self) -> str:
        """Return the code and the name."""
        if self.detail is None:
            return _("Lớp tập huấn")
        return f"{self.detail.row.code} · {self.detail.row.name}"

    def subtitle(self) -> str:
        """Return the course, the days, the place and the state."""
        if self.detail is None:
            return ""
        row = self.detail.row
        state = columns.class_state(row.state, row.starts, self.desk.today()).text
        days = f"{show_day(row.starts)} – {show_day(row.ends)}"
        return " · ".join(part for part in (row.course, days, row.place, row.commune, state) if part)

    def trail(self) -> list[tuple[str, Callable[[], object]]]:
        """Return the list of classes."""
        return [(_("Tập huấn"), lambda: self.desk.open_page("training"))]

    def actions(self) -> list[PageAction]:
        """Return what can be done with the class; the first follows the tab."""
        if self.detail is None:
            return []
        main = {
            "sessions": PageAction(_("Thêm buổi…"), self.new_session, "plus", "Ctrl+N", primary=True),
            "results": PageAction(_("Nhập điểm cả lớp…"), self.all_scores, "edit", "Ctrl+N", primary=True),
            "certificates": PageAction(_("Cấp giấy…"), self.give, "document", "Ctrl+N", primary=True),
        }.get(self.shown_key, PageAction(_("Ghi danh…"), self.enrol, "plus", "Ctrl+N", primary=True))
        papers = (
            paper(_("Danh sách điểm danh để ký (mọi buổi)"), self.print_blank),
            paper(_("Danh sách điểm danh đã ghi"), self.print_filled),
            *(
                paper(_("Báo cáo lớp: {who}").format(who=release.title), partial(self.print_report, release))
                for release in Release
            ),
        )
        more = (
            PageAction(_("Sửa thông tin lớp…"), self.edit, "edit", "Ctrl+E"),
            PageAction(_("Thêm buổi…"), self.new_session, "plus"),
            PageAction(_("Nhập điểm cả lớp…"), self.all_scores, "edit"),
            PageAction(_("Cấp giấy chứng nhận…"), self.give, "document"),
            PageAction(_("Kết thúc, hủy hoặc mở lại lớp…"), self.change_state, "refresh"),
        )
        return self.deeds(
            main,
            (_("In báo cáo lớp"), self.print_report, papers),
            (_("Sửa thông tin lớp"), self.edit, more),
        )

    # -- showing ------------------------------------------------------------------------------------

    def take(self, detail: ClassDetail) -> None:
        """Show the figures and the tabs of a class."""
        self._course = detail.course
        row = detail.row
        women = sum(one.sex.value == "F" for one in detail.present)
        self.seats.set(
            f"{row.learners}/{row.capacity}", _("{women} nữ").format(women=women) if row.learners else ""
        )
        self.taught.set(
            f"{show_hours(row.held)}/{show_hours(row.minutes)}",
            _("{n} buổi chờ điểm danh").format(n=row.waiting) if row.waiting else "",
        )
        part = (
            _("{part} % người học").format(part=row.completed * 100 // row.learners) if row.learners else ""
        )
        self.done.set(show_number(row.completed), part)
        ready = sum(one.standing.completed is not None and not one.number for one in detail.learners)
        self.papers.set(
            show_number(row.certificates), _("{n} người chờ cấp").format(n=ready) if ready else ""
        )
        for tab in (self.learners, self.sessions, self.results):
            tab.take(detail)
        self.facts.take(detail)
        self.certificates.klass = row.id
        self.certificates.reload()
        self.files.show_subject(Subject("training_classes", row.uid))

    def course(self) -> Course | None:
        """Return the course whose results are shown: also while another class is being read."""
        return self._course

    # -- deeds --------------------------------------------------------------------------------------

    def enrol(self) -> None:
        """Enrol people."""
        if (detail := self.writable) is not None:
            learner_dialogs.enrol(self.desk, detail, self.desk.saying(_("Đã ghi danh.")), self).open()

    def edit_learner(self, row: LearnerRow) -> None:
        """Write down what somebody needs to come."""
        if self.writable is not None:
            learner_dialogs.enrolment(self.desk, row, self.desk.saying(_("Đã ghi.")), self).open()

    def withdraw(self, row: LearnerRow) -> None:
        """Let somebody leave the class."""
        if self.writable is not None:
            learner_dialogs.withdraw(self.desk, row, self.desk.saying(_("Đã ghi thôi học.")), self).open()

    def open_person(self, row: LearnerRow) -> None:
        """Open the page of a person at their training."""
        self.desk.open_page("member", member=row.member, tab="training")

    def new_session(self) -> None:
        """Plan a session."""
        if (detail := self.writable) is not None:
            dialogs.session(self.desk, detail, self.desk.saying(_("Đã thêm buổi học.")), self).open()

    def edit_session(self, row: SessionRow) -> None:
        """Change a session."""
        if (detail := self.writable) is not None:
            dialogs.session(self.desk, detail, self.desk.saying(_("Đã sửa buổi học.")), self, row).open()

    def mark(self, row: SessionRow) -> None:
        """Open the attendance sheet of a session."""
        self.desk.open_page("attendance", session=row.id)

    def remove_session(self, row: SessionRow) -> None:
        """Take out a planned session, after a question."""
        if self.writable is None:
            return
        messages.ask(
            self,
            _("Bỏ buổi {number} ngày {day}?").format(number=row.number, day=show_day(row.day)),
            yes=_("Bỏ buổi"),
            no=_("Giữ lại"),
            then=lambda: self.desk.do(
                lambda book, act: training_sessions.remove_session(book, row.id, act),
                self.desk.saying(_("Đã bỏ buổi học.")),
                owner=self,
            ),
            danger=True,
        )

    def edit_result(self, row: LearnerRow) -> None:
        """Write one learner's results down."""
        if (detail := self.writable) is not None:
            learner_dialogs.result(
                self.desk, detail, row, self.desk.saying(_("Đã ghi kết quả.")), self
            ).open()

    def all_scores(self) -> None:
        """Key in the scores of the whole class."""
        if (detail := self.writable) is None:
            return
        if not detail.course.tested:
            self.desk.say(_("Khóa học này không có bài kiểm tra; ghi kế hoạch ở từng người."), "info")
        elif not detail.present:
            self.desk.say(_("Lớp chưa có người học."), "info")
        else:
            learner_dialogs.all_scores(self.desk, detail, self.desk.saying(_("Đã ghi điểm.")), self).open()

    def give(self) -> None:
        """Give certificates to those who completed, and show them to be printed."""
        if (detail := self.writable) is None:
            return
        if not detail.course.certified:
            self.desk.say(_("Khóa học này không cấp giấy chứng nhận."), "info")
        elif not any(one.standing.completed is not None and not one.number for one in detail.learners):
            self.desk.say(_("Không có ai vừa hoàn thành khóa học vừa chưa có giấy."), "info")
        else:
            learner_dialogs.give(self.desk, detail, self._given, self).open()

    def _given(self, value: Any) -> None:
        self.desk.say(_("Đã cấp {n} giấy chứng nhận.").format(n=len(value.certificates)), "good")
        prints.show_certificates(self.desk, self, value)

    def edit(self) -> None:
        """Change what is written of the class."""
        if (detail := self.writable) is None:
            return
        starts = detail.row.starts

        def came(found: Any) -> None:
            courses, teaching = found
            dialogs.klass(
                self.desk, courses, teaching, self.desk.saying(_("Đã sửa lớp.")), self, self.detail
            ).open()

        self.desk.ask(
            lambda book: (training_courses.offered(book, starts), trainers.listed(book)), came, owner=self
        )

    def change_state(self) -> None:
        """End the class, call it off, or open it again."""
        if (detail := self.writable) is not None:
            dialogs.class_state(self.desk, detail, self.desk.saying(_("Đã đổi tình trạng lớp.")), self).open()

    # -- papers -------------------------------------------------------------------------------------

    def print_blank(self) -> None:
        """Show the list to be signed, of all sessions."""
        if self.detail is not None and self.detail.sessions:
            prints.attendance(self.desk, self, self.detail.row.id)
        else:
            self.desk.say(_("Lớp chưa có buổi nào. Hãy thêm buổi trước."), "info")

    def print_filled(self) -> None:
        """Show the list with the hours written down."""
        if self.detail is not None and any(one.held for one in self.detail.sessions):
            prints.attendance(self.desk, self, self.detail.row.id, blank=False)
        else:
            self.desk.say(_("Lớp chưa có buổi nào điểm danh."), "info")

    def print_session(self, row: SessionRow) -> None:
        """Show the list of one session: to be signed, or filled once it was held."""
        if self.detail is not None:
            prints.attendance(self.desk, self, self.detail.row.id, row.id, blank=not row.held)

    def print_report(self, release: Release = Release.COMMUNE) -> None:
        """Show the report of the class, for those who will read it."""
        if self.detail is not None:
            prints.report(self.desk, self, self.detail.row.id, release)
