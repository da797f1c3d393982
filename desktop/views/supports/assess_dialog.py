"""The assessment of sustainability, by keyboard: sixteen items, a digit each, evidence beside, the result while typing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.models.problems import Problem, Refusal
from desktop.models.rules.support.assessment import Score, gate_of, items_of, judge
from desktop.models.rules.support.standards import Standards, shipped
from desktop.models.support_kinds import Wave
from desktop.services import support_assessing, support_proposals, support_standards
from desktop.services.support_assessing import Assess
from desktop.services.support_proposals import Proposal
from desktop.services.support_views import SupportDetail
from desktop.views.kit import messages
from desktop.views.kit.blocks import button, label, scroll_area
from desktop.views.kit.desk import Desk
from desktop.views.kit.form import Field, Form, save_keys
from desktop.views.kit.inputs import day, line
from desktop.views.kit.theme import px, space
from desktop.views.supports.assess_rows import ItemRow
from desktop.views.supports.columns import result_state
from resources.lang.dong import show_percent
from resources.lang.messages import N_, _


class AssessDialog(QDialog):
    """Asks for every item; nothing is kept until all of it is right. `then` is called with what was kept."""

    def __init__(
        self, desk: Desk, detail: SupportDetail, wave: Wave, then: Callable[[Any], object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.desk, self.detail, self.wave, self._then = desk, detail, wave, then
        self.standards: Standards = shipped(desk.today())
        self.dirty = False
        title = _("Đánh giá bền vững {code}: {wave}").format(code=detail.row.code, wave=wave.title)
        self.setWindowTitle(title)
        box = QVBoxLayout(self)
        box.setContentsMargins(*[space(5)] * 4)
        box.setSpacing(space(3))
        box.addWidget(label(title, "heading", self))
        box.addWidget(
            label(
                _("Gõ 0, 1 hoặc 2 (không, một phần, có); mục 2 điểm phải có bằng chứng. Phím = lấy điểm sổ đề nghị, ↑ ↓ chuyển mục. ★: từ 1 điểm, ★★: phải 2 điểm."),
                "muted", self, wrap=True,
            )
        )  # fmt: skip
        self.form = Form(
            [
                Field("day", N_("Ngày đánh giá"), day(past=True), required=True),
                Field("assessor", N_("Người đánh giá"), line(), required=True),
                Field("note", N_("Ghi chú chung"), line()),
            ],
            3,
        )
        self.form.set_values({"day": desk.today(), "assessor": desk.who})
        box.addWidget(self.form)
        self.rows = {item.number: ItemRow(desk, item, self.standards) for item in items_of(wave)}
        box.addWidget(self._scrolled(), 1)
        self.result_line = label("", "lead", self, wrap=True)
        box.addWidget(self.result_line)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        self.cancel_button = button(_("Thôi"), self.reject, "", "", self)
        self.save_button = button(_("Ghi đánh giá"), self.submit, "", "primary", self)
        self.save_button.setToolTip("Ctrl+S")
        for one in (self.cancel_button, self.save_button):
            one.setAutoDefault(False)
            buttons.addWidget(one)
        box.addLayout(buttons)
        for outside in (self.area, self.cancel_button, self.save_button):
            save_keys(outside, self.submit)  # the form has these keys of its own
        self.form.submitted.connect(self.submit)
        self.form.left.connect(self.reject)
        self.form.changed.connect(self._form_changed)
        screen = self.screen().availableGeometry()
        self.resize(min(px(900), screen.width() - px(40)), min(px(820), screen.height() - px(60)))
        self.first.score.setFocus(Qt.FocusReason.TabFocusReason)
        self._ask(desk.today())
        self._show_result()

    @property
    def first(self) -> ItemRow:
        """The first item."""
        return next(iter(self.rows.values()))

    def _scrolled(self) -> QScrollArea:
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(0, 0, space(2), 0)
        box.setSpacing(space(2))
        for row in self.rows.values():
            row.setParent(inner)
            box.addWidget(row)
            row.changed.connect(self._typed)
            row.moved.connect(self._move)
        box.addStretch(1)
        self.area = scroll_area(self, across=False)
        self.area.setWidget(inner)
        return self.area

    # -- what the book proposes ---------------------------------------------------------------------

    def _ask(self, on: date) -> None:
        support, wave = self.detail.row.id, self.wave

        def question(book: Any) -> tuple[dict[int, Proposal], Standards]:
            return (
                support_proposals.proposals(book, support, wave, on),
                support_standards.standards(book, on),
            )

        self.desk.ask(question, self._proposed, owner=self)

    def _proposed(self, answer: tuple[dict[int, Proposal], Standards]) -> None:
        proposals, self.standards = answer
        for number, row in self.rows.items():
            row.set_standards(self.standards, gate_of(number, self.standards))
            row.set_proposal(proposals.get(number))
        self._show_result()

    # -- typing -------------------------------------------------------------------------------------

    def _form_changed(self, key: str) -> None:
        self.dirty = True
        chosen = self.form.value("day")
        if key == "day" and chosen is not None:
            self._ask(chosen)

    def _typed(self) -> None:
        self.dirty = True
        self._show_result()

    def _move(self, number: int, step: int) -> None:
        numbers = list(self.rows)
        place = numbers.index(number) + step
        if place >= len(numbers):
            self.save_button.setFocus(Qt.FocusReason.TabFocusReason)
            return
        row = self.rows[numbers[max(0, place)]]
        row.score.setFocus(Qt.FocusReason.TabFocusReason)
        row.score.selectAll()
        self.area.ensureWidgetVisible(row, 0, px(40))

    def _show_result(self) -> None:
        scores = [Score(number, row.score.value()) for number, row in self.rows.items()]
        left = sum(score.score is None for score in scores)
        found = judge(scores, self.standards, self.wave)
        said = _("{points}/{most} điểm ({share})").format(
            points=found.points, most=found.most, share=show_percent(found.share, 1)
        )
        if left:
            said = _("{said} · còn {n} mục chưa chấm").format(said=said, n=left)
        else:
            if found.missed:
                missed = ", ".join(str(one) for one in found.missed)
                said = _("{said} · mục bắt buộc chưa đạt: {missed}").format(said=said, missed=missed)
            said = _("{said} · kết quả: {result}").format(said=said, result=result_state(found.result).text)
        self.result_line.setText(said)

    # -- keeping ------------------------------------------------------------------------------------

    def submit(self) -> None:
        """Keep the assessment, or show what is wrong where it is wrong."""
        values = self.form.collect()
        if values is None or not self.save_button.isEnabled():
            return
        self.save_button.setEnabled(False)
        command = Assess(
            self.detail.row.id,
            values["day"],
            values["assessor"],
            tuple(row.answer for row in self.rows.values()),
            self.wave,
            values["note"],
        )
        self.desk.do(
            lambda book, act: support_assessing.assess(book, command, act), self._done, self._refused, self
        )

    def _refused(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        if not isinstance(error, Refusal):
            return
        elsewhere: list[Problem] = []
        first: ItemRow | None = None
        for row in self.rows.values():
            row.say("")
        for problem in error.problems:
            kind, _dash, number = problem.field.partition("-")
            row = self.rows.get(int(number)) if number.isdigit() else None
            if row is None:
                elsewhere.append(problem)
                continue
            row.refuse(problem.message, evidence=kind == "evidence")
            first = first or row
        self.form.show_problems(elsewhere)
        if first is not None and not elsewhere:
            (first.score if first.score.value() is None else first.evidence).setFocus()
            self.area.ensureWidgetVisible(first, 0, px(40))
            messages.announce(first.score, first.below.text())

    def _done(self, value: Any) -> None:
        self.dirty = False
        then = self._then
        self.accept()
        then(value)

    def reject(self) -> None:
        """Leave; ask first when something was typed."""
        if not self.dirty:
            super().reject()
            return

        def lose() -> None:
            self.dirty = False
            self.reject()

        messages.ask_lose(self, lose, _("Phiếu đánh giá chưa được ghi."))

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's cross asks as Esc does."""
        if self.dirty:
            event.ignore()
            self.reject()
        else:
            super().closeEvent(event)
