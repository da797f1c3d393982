"""The page of one class: who learns, its sessions and attendance, results, certificates, particulars, files."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.ids import ClassId
from desktop.models.kinds import AttachmentKind
from desktop.models.rules.suppression import Release
from desktop.models.rules.training.courses import Course
from desktop.models.rules.training.words import show_hours
from desktop.models.training_kinds import ClassState
from desktop.services import trainers, training_book, training_classes, training_courses
from desktop.services.acts import Topic
from desktop.services.attachments import Subject
from desktop.services.training_book import ClassDetail, LearnerRow, SessionRow, needs_of
from desktop.views.kit import messages
from desktop.views.kit.attachments import AttachmentList
from desktop.views.kit.blocks import Card, Facts, Figure, Wrap, label
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.page import Page, PageAction
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_view import RowAction, TableView
from desktop.views.kit.tabs import PageTabs
from desktop.views.kit.theme import space
from desktop.views.training import columns, dialogs, learner_dialogs, prints
from desktop.views.training.list_tabs import CertificatesTab, Listing
from resources.lang.dates import show_day
from resources.lang.dong import show_dong, show_number
from resources.lang.messages import _
from resources.training import module_title

_KEYS = ("learners", "sessions", "results", "certificates", "facts", "files")


class ClassPage(Page):
    """One class. Ctrl+1 … Ctrl+6 choose a tab."""

    scrolls = True
    topics = frozenset({Topic.TRAINING, Topic.MEMBERS, Topic.INCLUSION, Topic.BOOK})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.klass: ClassId | None = None
        self.detail: ClassDetail | None = None
        self._course: Course | None = None
        self.seats = Figure(_("Người học"), "–", parent=self)
        self.taught = Figure(_("Giờ đã dạy"), "–", parent=self)
        self.done = Figure(_("Hoàn thành"), "–", parent=self)
        self.papers = Figure(_("Giấy chứng nhận"), "–", parent=self)
        figures = Wrap(170, 4, self)
        for figure in (self.seats, self.taught, self.done, self.papers):
            figures.add(figure)
        self.body.addWidget(figures)
        self.learners = _learners_tab(self)
        self.sessions = _sessions_tab(self)
        self.results = _results_tab(self)
        self.certificates = CertificatesTab(desk, "training.class.certificates", self)
        self.facts = FactsTab(self)
        self.files = AttachmentList(desk, "training.files", AttachmentKind.PHOTO, self)
        self.tabs = PageTabs(
            self,
            _("Các phần của lớp"),
            (
                (self.learners, _("Người học")),
                (self.sessions, _("Các buổi")),
                (self.results, _("Kết quả")),
                (self.certificates, _("Giấy chứng nhận")),
                (self.facts, _("Thông tin")),
                (self.files, _("Ảnh, giấy tờ")),
            ),
        )
        self.tabs.currentChanged.connect(self._tab_changed)
        self.body.addWidget(self.tabs, 1)
        self.tabs.jumped.connect(self.focus_first)
        desk.session_changed.connect(self._session_changed)

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
        tab = _KEYS[self.tabs.currentIndex()]
        main = {
            "sessions": PageAction(_("Thêm buổi…"), self.new_session, "plus", "Ctrl+N", primary=True),
            "results": PageAction(_("Nhập điểm cả lớp…"), self.all_scores, "edit", "Ctrl+N", primary=True),
            "certificates": PageAction(_("Cấp giấy…"), self.give, "document", "Ctrl+N", primary=True),
        }.get(tab, PageAction(_("Ghi danh…"), self.enrol, "plus", "Ctrl+N", primary=True))
        papers = (
            PageAction(_("Danh sách điểm danh để ký (mọi buổi)"), self.print_blank, "document", writes=False),
            PageAction(_("Danh sách điểm danh đã ghi"), self.print_filled, "document", writes=False),
            *(
                PageAction(
                    _("Báo cáo lớp: {who}").format(who=release.title),
                    partial(self.print_report, release),
                    "document",
                    writes=False,
                )
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
        return [
            main,
            PageAction(_("In"), self.print_report, "print", writes=False, menu=papers),
            PageAction(_("Việc khác"), self.edit, "more", writes=False, menu=more),
            PageAction(_("In báo cáo lớp"), self.print_report, "print", "Ctrl+P", writes=False, shown=False),
            PageAction(_("Sửa thông tin lớp"), self.edit, "edit", "Ctrl+E", shown=False),
        ]

    def open(self, training_class: int | None = None, tab: str = "", **_args: Any) -> None:
        """Show a class; `tab` names the tab."""
        if training_class is not None and training_class != self.klass:
            self.klass, self.detail = ClassId(training_class), None
            self.tabs.setCurrentIndex(0)
            self.titled.emit()
        if tab in _KEYS:
            self.tabs.setCurrentIndex(_KEYS.index(tab))
        self.reload()

    def reload(self) -> None:
        """Read the class again."""
        klass, today = self.klass, self.desk.today()
        if klass is not None:
            self.desk.ask(lambda book: training_book.detail(book, klass, today), self._show, owner=self)

    def focus_first(self) -> None:
        """Begin in the current tab's table."""
        view = self.tabs.currentWidget().findChild(TableView)
        (view.grid if view is not None else self.tabs.tabBar()).setFocus()

    # -- showing ------------------------------------------------------------------------------------

    def _show(self, detail: ClassDetail) -> None:
        if detail.row.id != self.klass:
            return
        self.detail, self._course = detail, detail.course
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
        self.titled.emit()

    def course(self) -> Course | None:
        """Return the course whose results are shown: also while another class is being read."""
        return self._course

    def _tab_changed(self, _place: int) -> None:
        self.titled.emit()

    def _session_changed(self) -> None:
        self.klass = self.detail = None

    # -- deeds --------------------------------------------------------------------------------------

    def _writable(self) -> ClassDetail | None:
        return self.detail if self.desk.can_write else None

    def _said(self, text: str) -> Callable[[object], None]:
        return lambda _value: self.desk.say(text, "good")

    def enrol(self) -> None:
        """Enrol people."""
        if (detail := self._writable()) is not None:
            learner_dialogs.enrol(self.desk, detail, self._said(_("Đã ghi danh.")), self).open()

    def edit_learner(self, row: LearnerRow) -> None:
        """Write down what somebody needs to come."""
        if self._writable() is not None:
            learner_dialogs.enrolment(self.desk, row, self._said(_("Đã ghi.")), self).open()

    def withdraw(self, row: LearnerRow) -> None:
        """Let somebody leave the class."""
        if self._writable() is not None:
            learner_dialogs.withdraw(self.desk, row, self._said(_("Đã ghi thôi học.")), self).open()

    def open_person(self, row: LearnerRow) -> None:
        """Open the page of a person at their training."""
        self.desk.open_page("member", member=row.member, tab="training")

    def new_session(self) -> None:
        """Plan a session."""
        if (detail := self._writable()) is not None:
            dialogs.session(self.desk, detail, self._said(_("Đã thêm buổi học.")), self).open()

    def edit_session(self, row: SessionRow) -> None:
        """Change a session."""
        if (detail := self._writable()) is not None:
            dialogs.session(self.desk, detail, self._said(_("Đã sửa buổi học.")), self, row).open()

    def mark(self, row: SessionRow) -> None:
        """Open the attendance sheet of a session."""
        self.desk.open_page("attendance", session=row.id)

    def remove_session(self, row: SessionRow) -> None:
        """Take out a planned session, after a question."""
        if self._writable() is None:
            return
        messages.ask(
            self,
            _("Bỏ buổi {number} ngày {day}?").format(number=row.number, day=show_day(row.day)),
            yes=_("Bỏ buổi"),
            no=_("Giữ lại"),
            then=lambda: self.desk.do(
                lambda book, act: training_classes.remove_session(book, row.id, act),
                self._said(_("Đã bỏ buổi học.")),
                owner=self,
            ),
            danger=True,
        )

    def edit_result(self, row: LearnerRow) -> None:
        """Write one learner's results down."""
        if (detail := self._writable()) is not None:
            learner_dialogs.result(self.desk, detail, row, self._said(_("Đã ghi kết quả.")), self).open()

    def all_scores(self) -> None:
        """Key in the scores of the whole class."""
        if (detail := self._writable()) is None:
            return
        if not detail.course.tested:
            self.desk.say(_("Khóa học này không có bài kiểm tra; ghi kế hoạch ở từng người."), "info")
        elif not detail.present:
            self.desk.say(_("Lớp chưa có người học."), "info")
        else:
            learner_dialogs.all_scores(self.desk, detail, self._said(_("Đã ghi điểm.")), self).open()

    def give(self) -> None:
        """Give certificates to those who completed, and show them to be printed."""
        if (detail := self._writable()) is None:
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
        if (detail := self._writable()) is None:
            return
        starts = detail.row.starts

        def came(found: Any) -> None:
            courses, teaching = found
            dialogs.klass(
                self.desk, courses, teaching, self._said(_("Đã sửa lớp.")), self, self.detail
            ).open()

        self.desk.ask(
            lambda book: (training_courses.offered(book, starts), trainers.listed(book)), came, owner=self
        )

    def change_state(self) -> None:
        """End the class, call it off, or open it again."""
        if (detail := self._writable()) is not None:
            dialogs.class_state(self.desk, detail, self._said(_("Đã đổi tình trạng lớp.")), self).open()

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


class TableTab(Listing):
    """A table of the class with what it takes from the detail."""

    def __init__(
        self, page: ClassPage, view: TableView, table: RowTable[Any], rows: Callable[[ClassDetail], Any]
    ) -> None:
        super().__init__(page.desk, page)
        self.view, self.table, self._rows = view, table, rows
        self.needs = label("", "muted", self, wrap=True)
        self.needs.hide()
        self.body.addWidget(self.needs)
        self.body.addWidget(view, 1)

    def take(self, detail: ClassDetail) -> None:
        """Show what belongs here of a class."""
        self.table.set_rows(self._rows(detail))

    def say(self, text: str) -> None:
        """Say something above the table."""
        self.needs.setText(text)
        self.needs.setVisible(bool(text))


class LearnersTab(TableTab):
    """Who learns, and what is to be done so that everybody can."""

    def take(self, detail: ClassDetail) -> None:
        """Show the learners, and what they need together."""
        super().take(detail)
        needs = needs_of(detail.present)
        said = "; ".join(_("{need} ({count})").format(need=need, count=count) for need, count in needs)
        self.say(_("Cần chuẩn bị: {needs}").format(needs=said) if needs else "")


def _learners_tab(page: ClassPage) -> LearnersTab:
    table: RowTable[LearnerRow] = RowTable(page.desk, columns.LEARNERS, key=lambda row: row.enrolment)
    view = TableView(
        table,
        "training.learners",
        _("Người học"),
        empty=Empty(
            "member",
            _("Lớp chưa có người học."),
            _("Ghi danh từng người hoặc cả nhóm."),
            (_("Ghi danh…"), page.enrol),
        ),
        actions=(
            RowAction(_("Mở hồ sơ"), page.open_person, "member"),
            RowAction(_("Trông trẻ, đưa đón, ghi chú…"), page.edit_learner, "edit", "F2"),
            RowAction(_("Thôi học…"), page.withdraw, "leave", "Del", lambda row: row.withdrawn is None),
        ),
    )
    view.opened.connect(page.open_person)
    return LearnersTab(page, view, table, lambda detail: detail.learners)


def _sessions_tab(page: ClassPage) -> TableTab:
    table: RowTable[SessionRow] = RowTable(
        page.desk, columns.sessions(page.desk.today()), key=lambda row: row.id
    )
    view = TableView(
        table,
        "training.sessions",
        _("Các buổi"),
        filterable=False,
        empty=Empty(
            "calendar",
            _("Lớp chưa có buổi nào."),
            _("Thêm các buổi theo lịch, rồi điểm danh sau mỗi buổi."),
            (_("Thêm buổi…"), page.new_session),
        ),
        actions=(
            RowAction(_("Điểm danh"), page.mark, "check"),
            RowAction(_("Sửa buổi…"), page.edit_session, "edit", "F2"),
            RowAction(_("In danh sách điểm danh"), page.print_session, "print"),
            RowAction(_("Bỏ buổi…"), page.remove_session, "delete", "Del", lambda row: not row.held),
        ),
    )
    view.opened.connect(page.mark)
    return TableTab(page, view, table, lambda detail: detail.sessions)


def _results_tab(page: ClassPage) -> TableTab:
    table: RowTable[LearnerRow] = RowTable(
        page.desk, columns.results(page.course), key=lambda row: row.enrolment
    )
    view = TableView(
        table,
        "training.results",
        _("Kết quả"),
        empty=Empty("document", _("Lớp chưa có người học.")),
        actions=(RowAction(_("Ghi kết quả…"), page.edit_result, "edit", "F2"),),
    )
    view.opened.connect(page.edit_result)
    return TableTab(page, view, table, lambda detail: detail.learners)


class FactsTab(QWidget):
    """What is written of the class."""

    def __init__(self, page: ClassPage) -> None:
        super().__init__(page)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, space(3), 0, 0)
        box.setSpacing(space(3))
        self.course = Facts(parent=self)
        self.rest = Facts(parent=self)
        for title, facts in ((_("Khóa học"), self.course), (_("Lớp"), self.rest)):
            card = Card(title, parent=self)
            card.body.addWidget(facts)
            box.addWidget(card)
        box.addStretch(1)

    def take(self, detail: ClassDetail) -> None:
        """Show what is written of a class."""
        course, plan, row = detail.course, detail.plan, detail.row
        self.course.set(
            [
                (_("Khóa học"), f"{course.code} · {course.shown}"),
                (
                    _("Mô-đun"),
                    "; ".join(
                        _("{name}: {hours} giờ").format(
                            name=module_title(m.code), hours=show_hours(m.minutes)
                        )
                        for m in course.modules
                    ),
                ),
                (_("Điều kiện đạt"), columns.how_passed(course)),
            ]
        )
        reason = detail.reason if row.state is ClassState.CANCELLED else ""
        self.rest.set(
            [
                (_("Giảng viên"), ", ".join(one.name for one in detail.teaching)),
                (_("Địa điểm"), ", ".join(part for part in (plan.place, row.commune) if part)),
                (_("Nhóm"), detail.group_name),
                (_("Nhà tài trợ"), plan.funder),
                (_("Kinh phí"), show_dong(plan.cost) if plan.cost else ""),
                (_("Trông trẻ"), plan.childcare),
                (_("Đi lại"), plan.transport),
                (_("Ghi chú"), plan.note),
                *([(_("Lý do hủy"), reason)] if reason else []),
            ]
        )
