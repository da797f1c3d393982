"""The order of a meeting as a row of small steps: what is done, where one is, and a way to get there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from desktop.models.kinds import EFFECTS, Account
from desktop.models.rules.sheet import SheetColumn
from desktop.views.kit.theme import dress, px
from desktop.views.meetings.sheet_draft import SheetDraft
from resources.lang.messages import N_, _


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a meeting. `columns` picks the columns it works in; without any it leads to the panel `goes`."""

    key: str
    title: str
    columns: Callable[[SheetColumn], bool] | None = None
    goes: str = ""


def _touches(column: SheetColumn, account: Account) -> bool:
    effect = EFFECTS[column.kind]
    return account in (effect.debit, effect.credit)


def _social(column: SheetColumn) -> bool:
    return column.box is Account.SOCIAL_CASH


def _loans(column: SheetColumn) -> bool:
    return _touches(column, Account.LOANS) or _touches(column, Account.INTEREST)


def _saving(column: SheetColumn) -> bool:
    fine = _touches(column, Account.FINES) or _touches(column, Account.FINES_OWED)
    return not fine and not _social(column) and not _loans(column)


STEPS = (
    Step("attendance", N_("Điểm danh, phạt"), goes="attendance"),
    Step("opening", N_("Mở hòm, đọc số dư"), goes="strip"),
    Step("social", N_("Quỹ xã hội"), _social),
    Step("savings", N_("Cổ phần, tiết kiệm"), _saving),
    Step("repay", N_("Trả nợ"), lambda column: _loans(column) and column.comes_in),
    Step("lend", N_("Cho vay"), lambda column: _loans(column) and not column.comes_in),
    Step("count", N_("Kiểm đếm, công bố"), goes="count"),
    Step("close", N_("Việc khác, khóa hòm"), goes="details"),
)
"""The order in which a savings group holds its meeting."""


def steps_of(draft: SheetDraft) -> list[Step]:
    """Return the steps that this group's meeting has: those of columns it lacks fall out."""
    return [s for s in STEPS if s.columns is None or any(s.columns(c) for c in draft.columns)]


def is_done(step: Step, draft: SheetDraft) -> bool:
    """Tell whether a step has been gone through, as far as the sheet can know."""
    rows = [row for row in draft.sheet.rows if row.attendance.takes_part]
    begun = any(row.amounts for row in draft.sheet.rows)
    if step.columns is not None:
        keys = [column.key for column in draft.columns if step.columns(column)]
        return bool(rows) and all(any(row.amounts.get(key) for key in keys) for row in rows)
    sums = draft.totals
    answers = {
        "attendance": begun and not draft.by_field.get("attendance"),
        "opening": begun,
        "count": sums.counted is not None and not draft.by_field.get("difference_reason"),
        "close": bool(draft.state.ended.strip() or draft.state.decisions.strip()),
    }
    return answers[step.key]


class StepsBar(QWidget):
    """Numbers in a row; the step one is at carries its name."""

    chosen = Signal(object)
    """A `Step` to go to."""

    def __init__(self, draft: SheetDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.draft = draft
        self._current = "attendance"
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(px(2))
        self.buttons: dict[str, QToolButton] = {}
        self.setAccessibleName(_("Các bước của buổi họp"))
        for step in STEPS:
            made = QToolButton(self)
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            made.setCheckable(True)
            dress(made, "nav")
            made.clicked.connect(lambda _checked=False, step=step: self.chosen.emit(step))
            self.buttons[step.key] = made
            self._line.addWidget(made)
        self._line.addStretch(1)
        draft.changed.connect(self.show_state)
        draft.rebuilt.connect(self.show_state)
        self.show_state()

    def set_current(self, key: str) -> None:
        """Say at which step one is."""
        if key != self._current:
            self._current = key
            self.show_state()

    def step_of_column(self, key: str) -> str:
        """Return the step that a column belongs to, "" for none."""
        for step in STEPS:
            if step.columns is not None and any(
                step.columns(column) for column in self.draft.columns if column.key == key
            ):
                return step.key
        return "attendance" if key in ("attendance", "fine") else ""

    def minimumSizeHint(self) -> QSize:
        """Ask for no more than the numbers need: the name of the step is the first to give way."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say as much of the current step as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Name the current step in full, by its first words, or by its number only; never cut."""
        button = self.buttons[self._current]
        others = sum(
            one.sizeHint().width() + self._line.spacing()
            for one in self.buttons.values()
            if one is not button and not one.isHidden()
        )
        mark = str(button.property("mark"))
        title = _(next(step.title for step in STEPS if step.key == self._current))
        for text in (f"{mark}. {title}", f"{mark}. {title.partition(',')[0]}", mark):
            button.setText(text)
            if others + button.sizeHint().width() <= self.width():
                break

    def show_state(self) -> None:
        """Show numbers, ticks, and the name of the current step."""
        mine = steps_of(self.draft)
        for step in STEPS:
            button = self.buttons[step.key]
            button.setVisible(step in mine)
            if step not in mine:
                continue
            number = mine.index(step) + 1
            done = is_done(step, self.draft)
            here = step.key == self._current
            mark = f"✓ {number}" if done else str(number)
            title = _(step.title)
            button.setProperty("mark", mark)
            button.setText(mark)
            state = _("đã xong") if done else _("chưa xong")
            button.setToolTip(f"{number}. {title} ({state})")
            button.setAccessibleName(f"{number}. {title}, {state}")
            button.setChecked(here)
        self._fit()
