"""Forms as data: fields with a label above, what is wrong right below, the first bad field gets the focus."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as kept
from typing import Any

from PySide6.QtCore import SIGNAL, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.models.problems import Level, Problem, Refusal
from desktop.views.kit import icons, messages
from desktop.views.kit.blocks import bring_into_sight
from desktop.views.kit.columns import Words, words
from desktop.views.kit.day_edit import DayEdit
from desktop.views.kit.inputs import CheckBox, DongEdit, Make, NumberEdit
from desktop.views.kit.theme import dress, px, space
from resources.lang.messages import _

_LARGE = 175
"""The text size, in percent, from which a form has one column less."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field: `make` builds the input (see `inputs`: line(), dong(), day(), choice([...]) …).

    `key` is also the `field` of the problems that rules report. `span` is how many of the form's columns it
    takes (0: all). `hint` stands below in grey. `width` in letters limits an input that would be too wide.
    """

    key: str
    label: Words
    make: Make
    required: bool = False
    hint: Words = ""
    span: int = 1
    width: int = 0
    default: Any = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading between fields."""

    title: Words
    hint: Words = ""


@dataclass(slots=True)
class _Slot:
    """A field with its widgets. `said` is what stands below it now: "", "note", "warn" or "bad"."""

    field: Field
    input: Any
    below: QLabel
    mark: QLabel
    hint: str
    note: str = ""
    said: str = ""
    problems: list[Problem] = kept(default_factory=list)


def save_keys(widget: QWidget, save: Callable[[], object]) -> None:
    """Let Ctrl+S and Ctrl+Enter save while the keyboard is in a widget; no two such widgets may hold each other."""
    for keys in ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter"):
        shortcut = QShortcut(QKeySequence(keys), widget)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(save)


class Form(QWidget):
    """Fields in a grid of `columns`. Values go in by `set_values`, out by `collect`.

    `saves=False` on a page whose own action has Ctrl+Enter: a key that two hold does nothing at all.
    """

    changed = Signal(str)
    """The key of a field whose value has changed."""
    dirty_changed = Signal(bool)
    submitted = Signal()
    """Ctrl+S or Ctrl+Enter, in a dialog also Enter."""
    left = Signal()
    """Esc."""
    complained = Signal()
    """What is wrong was shown: the form may want more room."""

    def __init__(
        self,
        fields: Sequence[Field | Section],
        columns: int = 1,
        parent: QWidget | None = None,
        *,
        saves: bool = True,
    ) -> None:
        super().__init__(parent)
        self.saves = saves
        self._slots: dict[str, _Slot] = {}
        # Letters of nearly twice the size leave room for one column less.
        self._columns = columns if px(100) < _LARGE or columns == 1 else columns - 1
        self._dirty = False
        self._loading = False
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(space(3))
        self._top = QFrame(self)
        dress(self._top, "message-error")
        top = QHBoxLayout(self._top)
        top.setContentsMargins(space(3), space(2), space(3), space(2))
        self._top_mark = QLabel(self._top)
        self._top_mark.setPixmap(icons.pixmap("error", px(20), "bad"))
        self._top_words = QLabel(self._top)
        self._top_words.setWordWrap(True)
        top.addWidget(self._top_mark, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self._top_words, 1)
        self._top.hide()
        box.addWidget(self._top)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(space(4))
        self._grid.setVerticalSpacing(space(3))
        box.addLayout(self._grid)
        box.addStretch(1)
        self._place(fields)
        if saves:
            save_keys(self, self.submitted.emit)
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        self._escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._escape.activated.connect(self.left)
        self.set_values({slot.field.key: slot.field.default for slot in self._slots.values()})

    def showEvent(self, event: QShowEvent) -> None:
        """Leave Esc to the dialog or the window where nobody wants to hear that the form is left."""
        super().showEvent(event)
        self._escape.setEnabled(self.receivers(SIGNAL("left()")) > 0)

    # -- values -----------------------------------------------------------------------------------------

    def input(self, key: str) -> Any:
        """Return the input of a field, for what only the page knows (choices that depend on another field)."""
        return self._slots[key].input

    def value(self, key: str) -> Any:
        """Return the value of one field as it is now."""
        return self._slots[key].input.value()

    def values(self) -> dict[str, Any]:
        """Return all values as they are now, whether right or wrong."""
        return {key: slot.input.value() for key, slot in self._slots.items()}

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Show values (of some or all fields); the form is clean afterwards."""
        self._loading = True
        for key, value in values.items():
            if key in self._slots:
                self._slots[key].input.set_value(value)
        self._loading = False
        self.clear_problems()
        self.set_dirty(False)

    def collect(self) -> dict[str, Any] | None:
        """Return all values, or None after showing what is wrong: unreadable or missing ones."""
        problems = list(self._own_problems())
        self.show_problems(problems)
        return None if problems else self.values()

    @property
    def dirty(self) -> bool:
        """Tell whether the user has changed something since `set_values`."""
        return self._dirty

    def set_dirty(self, dirty: bool) -> None:
        """Say that what stands here is saved (False) or not (True)."""
        if dirty != self._dirty:
            self._dirty = dirty
            self.dirty_changed.emit(dirty)

    def set_visible(self, key: str, shown: bool) -> None:
        """Show or hide a field with its label."""
        holder = self._slots[key].input.parentWidget()
        holder.setVisible(shown)

    def set_enabled(self, enabled: bool) -> None:
        """Let all fields be changed, or only be read."""
        for slot in self._slots.values():
            slot.input.setEnabled(enabled)

    # -- problems ---------------------------------------------------------------------------------------

    def show_problems(self, problems: Iterable[Problem], *, focus: bool = True) -> None:
        """Show each problem under its field, those of no field on top; the first bad field gets the focus.

        Without `focus` the focus stays: for what is checked while the user is still typing.
        """
        self.clear_problems()
        homeless: list[str] = []
        for problem in problems:
            slot = self._slots.get(problem.field)
            if slot is None:
                homeless.append(problem.message)
            else:
                slot.problems.append(problem)
        for slot in self._slots.values():
            if slot.problems:
                stopped = any(problem.level is Level.STOP for problem in slot.problems)
                self._say(slot, "bad" if stopped else "warn", "\n".join(p.message for p in slot.problems))
        self._top_words.setText("\n".join(homeless))
        self._top.setVisible(bool(homeless))
        first = next((slot for slot in self._slots.values() if slot.problems), None)
        if first is not None and focus:
            first.input.setFocus(Qt.FocusReason.OtherFocusReason)
            messages.announce(first.input, first.problems[0].message)
        if focus and (homeless or first is not None):
            bring_into_sight(self._top if first is None else first.input.parentWidget(), px(48))
        if homeless or first is not None:
            self.complained.emit()

    def refused(self, error: Exception) -> None:
        """For `desk.do(..., failed=form.refused)`: show the problems of a Refusal; others were shown already."""
        if isinstance(error, Refusal):
            self.show_problems(error.problems)

    def clear_problems(self) -> None:
        """Take all problems away."""
        self._top.hide()
        for slot in self._slots.values():
            slot.problems.clear()
            self._calm(slot)

    def problems(self) -> dict[str, str]:
        """Return what is said under each field with a problem, "" for what stands on top."""
        said = {key: slot.below.text() for key, slot in self._slots.items() if slot.said in ("bad", "warn")}
        if not self._top.isHidden():
            said[""] = self._top_words.text()
        return said

    def focus_first(self) -> None:
        """Put the focus into the first field."""
        for slot in self._slots.values():
            if slot.input.isEnabled():
                slot.input.setFocus(Qt.FocusReason.TabFocusReason)
                return

    # -- building ---------------------------------------------------------------------------------------

    def _place(self, fields: Sequence[Field | Section]) -> None:
        row = column = 0
        for column_number in range(self._columns):
            self._grid.setColumnStretch(column_number, 1)
        for item in fields:
            if isinstance(item, Section):
                row, column = (row + 1, 0) if column else (row, 0)
                self._grid.addWidget(self._heading(item, first=row == 0), row, 0, 1, self._columns)
                row += 1
                continue
            span = self._columns if item.span == 0 else min(item.span, self._columns)
            if column + span > self._columns:
                row, column = row + 1, 0
            self._grid.addWidget(self._build(item), row, column, 1, span, Qt.AlignmentFlag.AlignTop)
            column += span
            if column >= self._columns:
                row, column = row + 1, 0

    def _heading(self, section: Section, *, first: bool) -> QWidget:
        holder = QWidget(self)
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0 if first else space(3), 0, 0)
        box.setSpacing(space(1))
        title = QLabel(words(section.title), holder)
        dress(title, "heading")
        box.addWidget(title)
        if section.hint:
            hint = QLabel(words(section.hint), holder)
            hint.setWordWrap(True)
            dress(hint, "muted")
            box.addWidget(hint)
        return holder

    def _build(self, item: Field) -> QWidget:
        holder = QWidget(self)
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(space(1))
        made = item.make(holder)
        name = words(item.label)
        made.setAccessibleName(name)
        made.setObjectName(f"field-{item.key}")
        if isinstance(made, CheckBox):
            made.setText(made.text() or name)
        else:
            label = QLabel(name + (" *" if item.required else ""), holder)
            label.setBuddy(made)
            dress(label, "label")
            if item.required:
                label.setToolTip(_("Cần nhập"))
            box.addWidget(label)
        if item.width:
            made.setMaximumWidth(made.fontMetrics().averageCharWidth() * item.width + space(5))
            made.setSizePolicy(QSizePolicy.Policy.Expanding, made.sizePolicy().verticalPolicy())
        box.addWidget(made)
        line = QHBoxLayout()
        line.setSpacing(space(1))
        mark = QLabel(holder)
        mark.hide()
        below = QLabel(holder)
        below.setWordWrap(True)
        below.setTextFormat(Qt.TextFormat.PlainText)
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(below, 1)
        box.addLayout(line)
        slot = _Slot(item, made, below, mark, words(item.hint))
        self._slots[item.key] = slot
        made.changed.connect(lambda key=item.key: self._input_changed(key))
        made.noted.connect(lambda note, key=item.key: self._input_noted(key, note))
        if isinstance(made, DayEdit | DongEdit | NumberEdit):
            made.editingFinished.connect(lambda key=item.key: self._input_left(key))
        self._calm(slot)
        return holder

    # -- what happens -----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter save in a dialog: Qt would press the first button there, which may be one that picks a file."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and isinstance(self.window(), QDialog):
            self.submitted.emit()
        else:
            super().keyPressEvent(event)

    def _input_changed(self, key: str) -> None:
        slot = self._slots[key]
        if slot.problems:
            slot.problems.clear()
        if slot.said in ("bad", "warn"):
            self._calm(slot)
        if not self._loading:
            self.set_dirty(True)
            self.changed.emit(key)

    def _input_left(self, key: str) -> None:
        """What cannot be read is said in words as soon as the field is left, not by its frame alone."""
        slot = self._slots[key]
        wrong = slot.input.problem()
        if wrong and not slot.problems:
            slot.problems.append(Problem.stop("unreadable", key, wrong))
            self._say(slot, "bad", wrong)

    def _input_noted(self, key: str, note: str) -> None:
        slot = self._slots[key]
        slot.note = note
        if slot.said not in ("bad", "warn"):
            self._calm(slot)

    def _own_problems(self) -> Iterable[Problem]:
        for key, slot in self._slots.items():
            wrong = slot.input.problem()
            if wrong:
                yield Problem.stop("unreadable", key, wrong)
            elif slot.field.required and slot.input.value() in (None, ""):
                yield Problem.stop(
                    "missing", key, _("Cần nhập “{name}”.").format(name=words(slot.field.label))
                )

    def _say(self, slot: _Slot, tone: str, text: str) -> None:
        slot.said = tone
        slot.below.setText(text)
        dress(slot.below, tone)
        slot.below.show()
        slot.mark.setPixmap(icons.pixmap("error" if tone == "bad" else "warning", px(18), tone))
        slot.mark.show()
        slot.input.set_state(tone)
        slot.input.setAccessibleDescription(text)

    def _calm(self, slot: _Slot) -> None:
        """Show the note of the input or the field's hint instead of a problem."""
        text = slot.note or slot.hint
        slot.said = "note" if text else ""
        slot.below.setText(text)
        slot.below.setVisible(bool(text))
        dress(slot.below, "small")
        slot.mark.hide()
        slot.input.set_state("")
        slot.input.setAccessibleDescription(text)
