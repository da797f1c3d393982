"""A form of the form engine on the screen: digits choose, Enter goes on, skip rules act at once.

`Questionnaire(form)` is the widget, `AssessmentDialog` asks for day and answers and records them. Any page may
use them; the form is data (`models.rules.forms`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop.models.problems import Problem, Refusal
from desktop.models.rules import forms
from desktop.models.rules.forms import Form, Option, Question, QuestionKind
from desktop.views.kit import icons, messages
from desktop.views.kit.blocks import bring_into_sight, button, label, scroll_area
from desktop.views.kit.day_edit import DayEdit
from desktop.views.kit.desk import Desk
from desktop.views.kit.form import Field, save_keys
from desktop.views.kit.form import Form as FieldForm
from desktop.views.kit.inputs import DongEdit, NumberEdit, TextEdit, line
from desktop.views.kit.inputs import day as day_input
from desktop.views.kit.theme import dress, px, space
from resources.lang.messages import N_, _

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class OptionBox(QWidget):
    """One of several options, or several of them with `many`. A digit chooses, Enter asks for the next question."""

    changed = Signal()
    onward = Signal()
    unknown = Signal(str)
    """A key that is none of the options: what was typed."""

    def __init__(self, options: Iterable[Option], name: str, parent: QWidget, *, many: bool = False) -> None:
        super().__init__(parent)
        self.many = many
        self.options = tuple(options)
        self._group = QButtonGroup(self)
        self._group.setExclusive(not many)
        self.buttons: list[QAbstractButton] = []
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(space(1))
        for place, option in enumerate(self.options):
            text = f"{option.key}   {option.text}"
            made: QAbstractButton = QCheckBox(text, self) if many else QRadioButton(text, self)
            made.setAccessibleName(f"{name} {option.key}: {option.text}")
            made.installEventFilter(self)
            self._group.addButton(made, place)
            self.buttons.append(made)
            box.addWidget(made)
        self._group.idToggled.connect(self._toggled)

    def value(self) -> Any:
        """Return the chosen option's value (a list with `many`), None when nothing is chosen."""
        chosen = [
            option.value for option, made in zip(self.options, self.buttons, strict=True) if made.isChecked()
        ]
        if self.many:
            return chosen or None
        return chosen[0] if chosen else None

    def set_value(self, value: Any) -> None:
        """Choose the options of a value; None chooses none."""
        wanted = value if isinstance(value, list) else [value]
        self._group.setExclusive(False)
        for option, made in zip(self.options, self.buttons, strict=True):
            made.setChecked(any(option.value == one and type(option.value) is type(one) for one in wanted))
        self._group.setExclusive(not self.many)

    def problem(self) -> str:
        """Return nothing: only what is offered can be chosen."""
        return ""

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Put the focus on the chosen option, else on the first."""
        chosen = self._group.checkedButton() if not self.many else None
        (chosen or self.buttons[0]).setFocus(reason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let digits choose and Enter go on."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.onward.emit()
                return True
            for option, made in zip(self.options, self.buttons, strict=True):
                if event.text() == option.key:
                    made.setChecked(not made.isChecked() if self.many else True)
                    made.setFocus(Qt.FocusReason.OtherFocusReason)
                    return True
            if event.text().isalnum():
                self.unknown.emit(event.text())
                return True
        return super().eventFilter(watched, event)

    def _toggled(self, _place: int, on: bool) -> None:
        if on or self.many:
            self.changed.emit()


@dataclass(slots=True)
class _Asked:
    """A question with its widgets."""

    question: Question
    frame: QFrame
    input: Any
    below: QLabel
    mark: QLabel


class Questionnaire(QWidget):
    """All questions of a form below each other; those that skip rules leave out are hidden."""

    changed = Signal()
    finished = Signal()
    """Enter in the last question."""

    def __init__(self, form: Form, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = form
        self._asked: dict[str, _Asked] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(space(3))
        number = 0
        self._headings: list[tuple[QWidget, list[str]]] = []
        for section in form.sections:
            holder = QWidget(self)
            top = QVBoxLayout(holder)
            top.setContentsMargins(0, space(2), 0, 0)
            top.addWidget(label(str(section.title), "heading", holder))
            if section.intro:
                top.addWidget(label(str(section.intro), "muted", holder, wrap=True))
            box.addWidget(holder)
            self._headings.append((holder, [question.id for question in section.questions]))
            for question in section.questions:
                number += 1
                box.addWidget(self._build(number, question))
        box.addStretch(1)
        self._skip()

    # -- values -----------------------------------------------------------------------------------------

    def answers(self) -> dict[str, Any]:
        """Return the answers of the questions that are asked, as the rules know them."""
        given = {key: _plain(asked.input.value()) for key, asked in self._asked.items()}
        shown = {question.id for question in forms.visible(self.form, given)}
        return {key: value for key, value in given.items() if key in shown and value not in (None, "", [])}

    def set_answers(self, answers: Mapping[str, Any]) -> None:
        """Show answers that were kept."""
        for key, asked in self._asked.items():
            value = answers.get(key)
            if asked.question.kind is QuestionKind.DAY and isinstance(value, str):
                value = date.fromisoformat(value)
            asked.input.set_value(value)
        self._skip()

    def input(self, key: str) -> Any:
        """Return the input of a question."""
        return self._asked[key].input

    def shown(self) -> list[str]:
        """Return the ids of the questions that are asked now."""
        return [key for key, asked in self._asked.items() if not asked.frame.isHidden()]

    # -- problems ---------------------------------------------------------------------------------------

    def unreadable(self) -> list[Problem]:
        """Return what cannot be read of what was typed."""
        return [
            Problem.stop("unreadable", key, said)
            for key in self.shown()
            if (said := self._asked[key].input.problem())
        ]

    def show_problems(self, problems: Iterable[Problem]) -> list[Problem]:
        """Show each problem at its question, put the focus on the first; return those of no question."""
        self.clear_problems()
        rest, first = [], None
        for problem in problems:
            asked = self._asked.get(problem.field)
            if asked is None:
                rest.append(problem)
                continue
            self._say(asked, problem.message)
            first = first or asked
        if first is not None:
            first.input.setFocus(Qt.FocusReason.OtherFocusReason)
            bring_into_sight(first.frame)
            messages.announce(first.frame, first.below.text())
        return rest

    def problems(self) -> dict[str, str]:
        """Return what is said at each question with a problem."""
        return {key: asked.below.text() for key, asked in self._asked.items() if not asked.mark.isHidden()}

    def clear_problems(self) -> None:
        """Take all problems away."""
        for asked in self._asked.values():
            self._calm(asked)

    def focus_first(self) -> None:
        """Put the focus into the first question."""
        for key in self.shown():
            self._asked[key].input.setFocus(Qt.FocusReason.TabFocusReason)
            return

    # -- building ---------------------------------------------------------------------------------------

    def _build(self, number: int, question: Question) -> QFrame:
        frame = QFrame(self)
        dress(frame, "card")
        box = QVBoxLayout(frame)
        box.setContentsMargins(space(3), space(2), space(3), space(2))
        box.setSpacing(space(1))
        star = " *" if question.required else ""
        title = label(f"{number}. {question.text}{star}", "label", frame, wrap=True)
        box.addWidget(title)
        if question.hint:
            box.addWidget(label(str(question.hint), "small", frame, wrap=True))
        made = self._input(number, question, frame)
        line_ = QHBoxLayout()
        line_.addWidget(made, 1)
        if question.unit:
            line_.addWidget(label(str(question.unit), "muted", frame))
            line_.addStretch(2)
        box.addLayout(line_)
        under = QHBoxLayout()
        mark = QLabel(frame)
        mark.setPixmap(icons.pixmap("error", px(18), "bad"))
        mark.hide()
        below = label("", "bad", frame, wrap=True)
        below.hide()
        under.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        under.addWidget(below, 1)
        box.addLayout(under)
        self._asked[question.id] = _Asked(question, frame, made, below, mark)
        made.changed.connect(lambda key=question.id: self._changed(key))
        return frame

    def _input(self, number: int, question: Question, frame: QFrame) -> Any:
        kind, name = question.kind, _("Câu {number}").format(number=number)
        if question.options:
            made: Any = OptionBox(question.options, name, frame, many=kind is QuestionKind.MULTI)
            made.onward.connect(lambda key=question.id: self._onward(key))
            made.unknown.connect(lambda typed, key=question.id: self._not_an_answer(key, typed))
            return made
        if kind is QuestionKind.MONEY:
            made = DongEdit(frame)
        elif kind is QuestionKind.DAY:
            made = DayEdit(frame)
        elif kind is QuestionKind.NUMBER:
            made = NumberEdit(
                frame, question.least or 0, 999_999_999 if question.most is None else question.most
            )
        else:
            made = TextEdit(frame, 2)
        made.setAccessibleName(f"{name}: {question.text}")
        made.installEventFilter(self)
        return made

    # -- what happens -----------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in a line goes to the next question; in a text of several lines it does so with Ctrl."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _ENTER:
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if not control and not isinstance(watched, QPlainTextEdit):
                for key, asked in self._asked.items():
                    if asked.input is watched:
                        self._onward(key)
                        return True
        return super().eventFilter(watched, event)

    def _not_an_answer(self, key: str, typed: str) -> None:
        """Say at the question that a key is none of its answers; what was chosen stays."""
        asked = self._asked[key]
        offered = ", ".join(option.key for option in asked.question.options)
        said = _("“{typed}” không phải là một câu trả lời. Hãy gõ: {offered}.").format(
            typed=typed, offered=offered
        )
        self._say(asked, said)
        bring_into_sight(asked.frame)
        messages.announce(asked.frame, said)

    def _say(self, asked: _Asked, said: str) -> None:
        asked.below.setText(said)
        dress(asked.below, "bad")
        asked.below.show()
        asked.mark.show()

    def _onward(self, key: str) -> None:
        keys = self.shown()
        place = keys.index(key) + 1
        if place >= len(keys):
            self.finished.emit()
            return
        following = self._asked[keys[place]]
        following.input.setFocus(Qt.FocusReason.TabFocusReason)
        bring_into_sight(following.frame)

    def _changed(self, key: str) -> None:
        self._calm(self._asked[key])
        self._skip()
        self.changed.emit()

    def _skip(self) -> None:
        given = {key: _plain(asked.input.value()) for key, asked in self._asked.items()}
        shown = {question.id for question in forms.visible(self.form, given)}
        for key, asked in self._asked.items():
            asked.frame.setVisible(key in shown)
        for heading, keys in self._headings:
            heading.setVisible(any(key in shown for key in keys))

    def _calm(self, asked: _Asked) -> None:
        asked.mark.hide()
        asked.below.hide()


def _plain(value: Any) -> Any:
    """Return an input's value as the rules know answers."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool):
        return int(value)
    return value


class AssessmentDialog(QDialog):
    """Asks a form about a record and keeps the answers. `record(book, values, act)` is the deed.

    `values` are `day`, `asked_by`, `respondent`, `reason` (only with `correcting`) and `answers`. After success
    `then(value)` is called.
    """

    def __init__(
        self,
        desk: Desk,
        form: Form,
        whose: str,
        record: Callable[[Any, dict[str, Any], Any], Any],
        then: Callable[[Any], object] | None = None,
        *,
        answers: Mapping[str, Any] | None = None,
        values: Mapping[str, Any] | None = None,
        correcting: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(str(form.title))
        self.setModal(True)
        self.desk = desk
        self._record, self._then = record, then
        self.dirty = False
        box = QVBoxLayout(self)
        box.setContentsMargins(*[space(5)] * 4)
        box.setSpacing(space(3))
        box.addWidget(label(str(form.title), "heading", self))
        box.addWidget(label(whose, "muted", self, wrap=True))
        if form.explanation:
            box.addWidget(label(str(form.explanation), "small", self, wrap=True))
        fields = [
            Field("day", N_("Ngày hỏi"), day_input(), required=True, width=20),
            Field("asked_by", N_("Người hỏi"), line()),
            Field("respondent", N_("Người trả lời thay"), line(N_("để trống nếu tự trả lời"))),
        ]
        if correcting:
            fields.append(Field("reason", N_("Lý do sửa phiếu"), line(), required=True, span=0))
        self.head = FieldForm(fields, 3)
        first = {"day": desk.today(), "asked_by": desk.who, "respondent": ""}
        self.head.set_values({**first, **(values or {})})
        self.questions = Questionnaire(form)
        self.questions.set_answers(answers or {})
        inner = QWidget()
        stack = QVBoxLayout(inner)
        stack.setContentsMargins(0, 0, space(2), 0)
        stack.addWidget(self.head)
        stack.addWidget(self.questions, 1)
        area = scroll_area(self, across=False)
        area.setWidget(inner)
        box.addWidget(area, 1)
        foot = QHBoxLayout()
        foot.addWidget(label(_("Gõ số để chọn · Enter sang câu sau · Ctrl+S ghi"), "small", self), 1)
        self.cancel_button = button(_("Thôi"), self.reject, parent=self)
        self.save_button = button(_("Ghi phiếu"), self.save, look="primary", parent=self)
        self.save_button.setToolTip("Ctrl+S")
        for made in (self.cancel_button, self.save_button):
            made.setAutoDefault(False)
            foot.addWidget(made)
        box.addLayout(foot)
        for outside in (self.questions, self.cancel_button, self.save_button):
            save_keys(outside, self.save)  # the head has these keys of its own
        self.head.submitted.connect(self.save)
        self.head.left.connect(self.reject)
        self.head.dirty_changed.connect(self._touched)
        self.questions.changed.connect(self._touched)
        self.questions.finished.connect(self._to_save)
        screen = self.screen().availableGeometry()
        self.resize(min(px(760), screen.width() - px(60)), min(px(760), screen.height() - px(80)))
        self.questions.focus_first()

    def save(self) -> None:
        """Record the answers, unless something is missing or wrong."""
        if not self.save_button.isEnabled():
            return
        values = self.head.collect()
        unreadable = self.questions.unreadable()
        if unreadable:
            self.questions.show_problems(unreadable)
        if values is None or unreadable:
            return
        values = {**values, "answers": self.questions.answers()}
        self.save_button.setEnabled(False)
        record = self._record
        self.desk.do(lambda book, act: record(book, values, act), self._done, self._refused, self)

    def reject(self) -> None:
        """Leave; ask first when something was answered."""
        if not self.dirty:
            super().reject()
            return
        messages.ask_lose(self, self._lose, _("Phiếu này chưa được ghi."))

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's cross asks as Esc does."""
        if self.dirty:
            event.ignore()
            self.reject()
        else:
            super().closeEvent(event)

    def _touched(self, *_args: object) -> None:
        self.dirty = True

    def _to_save(self) -> None:
        self.save_button.setFocus(Qt.FocusReason.TabFocusReason)

    def _lose(self) -> None:
        self.dirty = False
        super().reject()

    def _done(self, value: Any) -> None:
        self.dirty = False
        then = self._then
        self.accept()
        if then is not None:
            then(value)

    def _refused(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        if isinstance(error, Refusal):
            rest = self.questions.show_problems(error.problems)
            self.head.show_problems(rest, focus=not self.questions.problems())
