"""The list of forms filled in about a record, of any page: new one, correction, papers. Ins begins a new one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.problems import Trouble
from desktop.models.rules.forms import Form
from desktop.services import assessments, questionnaire_papers, sight
from desktop.services.assessments import AssessmentRow, FormRow, RecordAssessment
from desktop.services.attachments import Subject
from desktop.views.kit.blocks import button
from desktop.views.kit.choice_box import Choice
from desktop.views.kit.columns import Column, State
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.files import ask_open
from desktop.views.kit.flow import FlowLayout
from desktop.views.kit.papers import print_paper
from desktop.views.kit.questionnaire import AssessmentDialog
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_view import RowAction, TableView
from desktop.views.people.rights import allow
from resources.lang.messages import N_, _


def _state(row: AssessmentRow) -> State:
    if row.erased:
        return State(_("đã xóa"), "muted")
    return State(_("đang dùng"), "good") if row.in_force else State(_("đã sửa"), "muted")


def _result(row: AssessmentRow) -> str:
    """Return the first figure before its name: where room is short the name is cut, not the figure."""
    return next((f"{score.shown} – {score.title}" for score in row.scores), "")


COLUMNS: list[Column[AssessmentRow]] = [
    Column("day", N_("Ngày hỏi"), lambda row: row.day, kind="day", width=12),
    Column("title", N_("Phiếu"), lambda row: row.title, width=30, stretch=True),
    Column("summary", N_("Kết quả"), _result, width=34, stretch=True),
    Column("state", N_("Trạng thái"), _state, kind="state", width=11),
    Column("asked_by", N_("Người hỏi"), lambda row: row.asked_by, width=16),
    Column("version", N_("Bản"), lambda row: row.version, width=9, hidden=True),
    Column("reason", N_("Lý do sửa"), lambda row: row.reason, width=20, hidden=True),
]


class AssessmentList(QWidget):
    """Forms filled in about one record; `show_subject` says which."""

    def __init__(self, desk: Desk, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.subject: Subject | None = None
        self.whose = ""
        self._closed = ""
        self.forms: list[FormRow] = []
        self.table: RowTable[AssessmentRow] = RowTable(desk, COLUMNS, key=lambda row: row.id)
        self.view = TableView(
            self.table,
            name,
            _("Phiếu đánh giá"),
            filterable=False,
            empty=Empty("document", _("Chưa có phiếu nào."), _("Chọn biểu mẫu ở trên rồi bấm “Phiếu mới”.")),
            actions=(
                RowAction(_("In phiếu này"), self.print_filled, "print", "Ctrl+P"),
                RowAction(
                    _("Sửa bằng phiếu mới…"),
                    self.correct,
                    "edit",
                    "",
                    lambda row: row.in_force and not row.erased,
                ),
            ),
            parent=self,
        )
        self.view.taken = self._note_taken
        self.view.opened.connect(self.print_filled)
        self.choice = Choice([], self)
        self.choice.setAccessibleName(_("Biểu mẫu"))
        self.new_button = button(_("&Phiếu mới"), self.begin, "plus", "", self)
        self.blank_button = button(_("&In phiếu trống"), self.print_blank, "print", "", self)
        self.load_button = button(_("&Nạp biểu mẫu…"), self.load_form, "import", "", self)
        bar = QWidget(self)
        row = FlowLayout(bar)
        for made in (self.choice, self.new_button, self.blank_button, self.load_button):
            row.addWidget(made)
        self.view.tools.insertWidget(0, bar, 100)
        shortcut = QShortcut(QKeySequence(Qt.Key.Key_Insert), self)
        shortcut.activated.connect(self.begin)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.view)

    def show_subject(self, subject: Subject, whose: str, closed: str = "") -> None:
        """Show the forms of a record; `whose` is how people call it, `closed` why nothing more is asked about it."""
        self.subject, self.whose, self._closed = subject, whose, closed
        allow(self.desk, [self.new_button], also=not closed, reason=closed)
        self.reload()

    def _note_taken(self, book: Any) -> None:
        """Write down that the list was copied or exported, where answers to a sensitive form stand in it."""
        sensitive = {form.id for form in self.forms if form.sensitive}
        if self.subject is not None and any(row.form in sensitive for row in self.table.loaded_rows()):
            sight.note_taken(book, "assessment", [(self.subject.table, self.subject.uid)])

    def reload(self) -> None:
        """Read the list and the forms again."""
        subject = self.subject
        if subject is None:
            return
        self.desk.ask(lambda book: assessments.history(book, subject), self.table.set_rows, owner=self)
        self.desk.ask(lambda book: assessments.form_rows(book, subject), self._show_forms, owner=self)

    def _show_forms(self, forms: Sequence[FormRow]) -> None:
        chosen = self.choice.value()
        self.forms = list(forms)
        self.choice.set_choices([(one.id, one.title) for one in self.forms])
        if chosen in {one.id for one in self.forms}:
            self.choice.set_value(chosen)

    # -- deeds ------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Ask the chosen form, unless it is locked; then say why."""
        row = next((one for one in self.forms if one.id == self.choice.value()), None)
        if row is None or not self.desk.can_write or self._closed:
            return
        if row.locked:
            self.desk.say(row.locked, "warn")
            return
        self.desk.ask(lambda book: assessments.form(book, row.id), self._ask_form, owner=self)

    def correct(self, row: AssessmentRow) -> None:
        """Ask the form of a row again, with its answers."""
        if self.desk.can_write and row.in_force and not row.erased and not self._closed:
            self.desk.ask(
                lambda book: assessments.form(book, row.form),
                lambda form: self._ask_form(form, row),
                owner=self,
            )

    def _ask_form(self, form: Form, earlier: AssessmentRow | None = None) -> None:
        subject = self.subject
        if subject is None:
            return

        def record(book: Any, values: dict[str, Any], act: Any) -> Any:
            command = RecordAssessment(
                form.id,
                subject,
                values["day"],
                values["answers"],
                values["asked_by"],
                values["respondent"],
                None if earlier is None else earlier.id,
                values.get("reason", ""),
            )
            return assessments.record(book, command, act)

        AssessmentDialog(
            self.desk,
            form,
            self.whose,
            record,
            lambda _key: self.reload(),
            answers=None if earlier is None else earlier.answers,
            values=None
            if earlier is None
            else {"day": earlier.day, "asked_by": earlier.asked_by, "respondent": earlier.respondent},
            correcting=earlier is not None,
            parent=self,
        ).open()

    def load_form(self) -> None:
        """Ask for a file with a questionnaire or scorecard and keep it in the book."""
        if not self.desk.can_write:
            return
        kinds = _("Biểu mẫu (*.json)")
        ask_open(self, self.desk, "forms", _("Nạp biểu mẫu, bảng điểm"), kinds, self._load)

    def _load(self, path: str) -> None:
        def loaded(_key: str) -> None:
            self.desk.say(_("Đã nạp biểu mẫu."), "good")
            self.reload()

        def read() -> bytes:
            try:
                return Path(path).read_bytes()
            except OSError as error:
                raise Trouble(
                    _("Không đọc được tệp."), _("Hãy kiểm tra lại tệp rồi chọn lại."), "read"
                ) from error

        self.desk.aside(
            read,
            lambda content: self.desk.do(
                lambda book, act: assessments.load_form(book, content, act), loaded, owner=self
            ),
            owner=self,
        )

    # -- papers -----------------------------------------------------------------------------------------

    def print_blank(self) -> None:
        """Print the chosen form to be filled in by hand."""
        key, subject = self.choice.value(), self.subject
        if key is not None:
            print_paper(
                self.desk,
                self,
                "questionnaire-blank",
                _("Phiếu trống"),
                lambda book, act: questionnaire_papers.blank(book, key, act, subject),
            )

    def print_filled(self, row: AssessmentRow) -> None:
        """Show a filled form as paper."""
        if row.erased:
            self.desk.say(_("Trả lời của phiếu này đã được xóa theo yêu cầu."), "info")
            return
        print_paper(
            self.desk,
            self,
            "questionnaire",
            row.title,
            lambda book, act: questionnaire_papers.filled(book, row.id, act),
        )
