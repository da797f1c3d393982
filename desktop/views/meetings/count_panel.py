"""Counting the boxes: how many notes of each value, the loan fund's box beside the social fund's."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from desktop.models.kinds import Account, account_name
from desktop.models.problems import Level, Problem
from desktop.models.rules.sheet import NOTES, SheetFacts, Totals
from desktop.views.kit.blocks import bring_into_sight, label
from desktop.views.kit.inputs import TextEdit
from desktop.views.kit.line_edit import LineEdit
from desktop.views.kit.theme import dress, px, space
from desktop.views.meetings.draft_text import Cursor
from desktop.views.meetings.readonly import set_readonly
from desktop.views.meetings.sheet_draft import SheetDraft, Spot
from desktop.views.meetings.sheet_state import BOXES, parse_pieces
from resources.lang.dong import BadAmount, show_dong, show_number
from resources.lang.messages import _

ACCOUNTS = {"counted": Account.CASH, "social_counted": Account.SOCIAL_CASH}
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def boxes_of(facts: SheetFacts, sums: Totals) -> tuple[str, ...]:
    """Return the boxes that a group has: the social fund's only where there is one."""
    social = facts.rules.social_contribution > 0 or facts.social_cash or sums.social_in or sums.social_out
    return BOXES if social else BOXES[:1]


def short_name(account: Account) -> str:
    """Return a box's name without the word "cash", which goes without saying here."""
    return {Account.CASH: _("Quỹ vay"), Account.SOCIAL_CASH: _("Quỹ xã hội")}.get(
        account, account_name(account)
    )


class CountEdit(LineEdit):
    """A number of notes. Enter and the arrows go from value to value."""

    walked = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with Enter and the arrows; all else is typing."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        way = {
            Qt.Key.Key_Return: "down",
            Qt.Key.Key_Enter: "down",
            Qt.Key.Key_Down: "down",
            Qt.Key.Key_Up: "up",
        }.get(Qt.Key(event.key()), "")
        if way == "down" and held == Qt.KeyboardModifier.ShiftModifier:
            way = "up"
        elif held:
            way = ""
        if way:
            self.walked.emit(way)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select what stands here: typing replaces it."""
        super().focusInEvent(event)
        bring_into_sight(self, px(60))
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()


class CountPanel(QFrame):
    """Fields of a count, each with its value in đồng, and why the count differs from the book."""

    done = Signal()
    """Enter after the last field."""
    moved_on = Signal()

    def __init__(self, draft: SheetDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, "card")
        self.draft = draft
        self.edits: dict[str, CountEdit] = {}
        self._values: dict[str, QLabel] = {}
        self._sums: dict[str, QLabel] = {}
        self._box_heads: list[QLabel] = []
        self._loading = False
        box = QVBoxLayout(self)
        box.setContentsMargins(space(3), space(3), space(3), space(3))
        box.setSpacing(space(1))
        box.addWidget(label(_("Kiểm đếm tiền"), "heading", self))
        self._said = label("", "muted", self, wrap=True)
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(5))
        self._grid.setVerticalSpacing(px(2))
        box.addLayout(self._grid)
        self._build()
        # Below the fields: what is said while one counts must not move them away from under the eyes.
        box.addWidget(self._said)
        self._reason_label = label(_("Lý do thừa, thiếu"), "label", self)
        self.reason = TextEdit(self, 2)
        self.reason.setAccessibleName(_("Lý do tiền đếm được lệch với sổ"))
        self._reason_label.setBuddy(self.reason)
        box.addWidget(self._reason_label)
        box.addWidget(self.reason)
        box.addStretch(1)
        self.reason.changed.connect(self._reason_typed)
        draft.changed.connect(self.show_state)
        self.show_state()

    def _build(self) -> None:
        names = {box: short_name(account) for box, account in ACCOUNTS.items()}
        self._grid.addWidget(label(_("Mệnh giá"), "section", self), 0, 0, _RIGHT)
        for across, box in enumerate(BOXES):
            head = label(names[box], "section", self, wrap=True)
            head.setAlignment(_RIGHT)
            self._box_heads.append(head)
            self._grid.addWidget(head, 0, 1 + 2 * across, 1, 2)
        for down, note in enumerate(NOTES, 1):
            self._grid.addWidget(label(show_number(note), "label", self), down, 0, _RIGHT)
            for across, box in enumerate(BOXES):
                key = f"{box}/{note}"
                edit = CountEdit(self)
                edit.setAlignment(Qt.AlignmentFlag.AlignRight)
                edit.setMaxLength(15)
                edit.setFixedWidth(px(50))
                edit.setFixedHeight(self.fontMetrics().height() + px(6))
                edit.setStyleSheet("QLineEdit { padding: 0 6px; min-height: 0; }")
                edit.setAccessibleName(_("{box}: số tờ {note}").format(box=names[box], note=show_dong(note)))
                edit.setObjectName(key)
                edit.changed.connect(lambda key=key: self._typed(key))
                edit.walked.connect(lambda way, key=key: self._walk(key, way))
                edit.cursorPositionChanged.connect(self._cursor)
                value = label("", "muted", self)
                value.setAlignment(_RIGHT)
                value.setMinimumWidth(self.fontMetrics().horizontalAdvance("00.000.000") + px(4))
                self.edits[key], self._values[key] = edit, value
                self._grid.addWidget(edit, down, 1 + 2 * across)
                self._grid.addWidget(value, down, 2 + 2 * across)
        for across, box in enumerate(BOXES):
            total = label("", "label", self)
            total.setAlignment(_RIGHT)
            self._sums[box] = total
            self._grid.addWidget(total, len(NOTES) + 1, 1 + 2 * across, 1, 2)
        self._grid.addWidget(label(_("Cộng"), "label", self), len(NOTES) + 1, 0, _RIGHT)
        order = [self.edits[f"{box}/{note}"] for box in BOXES for note in NOTES]
        for one, following in pairwise(order):
            QWidget.setTabOrder(one, following)

    # -- showing ---------------------------------------------------------------------------------------

    def show_state(self) -> None:
        """Show what the draft says; a field being typed in is left alone."""
        state, sums = self.draft.state, self.draft.totals
        shown = boxes_of(self.draft.facts, sums)
        self._loading = True
        for key, edit in self.edits.items():
            box, _slash, note = key.partition("/")
            text = state.counts.get(key, "")
            if edit.text() != text and not (edit.text().strip() == text == "" and edit.hasFocus()):
                edit.setText(text)
            set_readonly(edit, self.draft.readonly)
            edit.setVisible(box in shown)
            self._values[key].setVisible(box in shown)
            self._show_value(key, int(note), text)
        set_readonly(self.reason, self.draft.readonly)
        if self.reason.value() != state.difference_reason.strip():
            self.reason.set_value(state.difference_reason)
        self._loading = False
        for box, counted in (("counted", sums.counted), ("social_counted", sums.social_counted)):
            self._sums[box].setText("–" if counted is None else show_dong(counted))
            self._sums[box].setVisible(box in shown)
        for across, box in enumerate(BOXES):
            self._box_heads[across].setVisible(box in shown)
        self._explain()

    def _show_value(self, key: str, note: int, text: str) -> None:
        edit = self.edits[key]
        try:
            pieces = parse_pieces(text)
        except BadAmount as complaint:
            edit.set_state("bad")
            edit.setToolTip(str(complaint))
            edit.setAccessibleDescription(str(complaint))
            self._values[key].setText("")
            return
        edit.set_state("")
        edit.setToolTip("")
        edit.setAccessibleDescription("")
        self._values[key].setText("" if pieces is None else show_number(note * pieces))

    def _explain(self) -> None:
        sums = self.draft.totals
        differs = bool(sums.difference or sums.social_difference or self.draft.state.difference_reason)
        self._reason_label.setVisible(differs)
        self.reason.setVisible(differs)
        wrong = [p.message for key in (*self.edits, "counted", "social_counted") for p in self._stops(key)]
        missing = [p.message for p in self._stops("difference_reason")]
        self.reason.set_state("bad" if missing else "")
        self._said.setText("\n".join([*wrong, *missing]) or _("Gõ số tờ của từng mệnh giá."))
        dress(self._said, "bad" if wrong or missing else "muted")

    def _stops(self, field: str) -> list[Problem]:
        return [p for p in self.draft.by_field.get(field, ()) if p.level is Level.STOP]

    # -- typing ----------------------------------------------------------------------------------------

    def _typed(self, key: str) -> None:
        if self._loading:
            return
        box, _slash, note = key.partition("/")
        self.draft.type_count(box, int(note), self.edits[key].text())
        self.moved_on.emit()

    def _reason_typed(self) -> None:
        if not self._loading:
            self.draft.set_field("difference_reason", self.reason.value())
            self.moved_on.emit()

    def _cursor(self, _old: int, _new: int) -> None:
        if not self._loading:
            self.moved_on.emit()

    def _walk(self, key: str, way: str) -> None:
        order = [name for name in self.edits_in_order() if not self.edits[name].isHidden()]
        place = order.index(key) + (1 if way == "down" else -1)
        if 0 <= place < len(order):
            self.edits[order[place]].setFocus(Qt.FocusReason.TabFocusReason)
        elif place >= len(order):
            if not self.reason.isHidden():
                self.reason.setFocus(Qt.FocusReason.TabFocusReason)
            else:
                self.done.emit()

    @staticmethod
    def edits_in_order() -> list[str]:
        """Return the keys of all fields: the loan fund's box from the largest note, then the social fund's."""
        return [f"{box}/{note}" for box in BOXES for note in NOTES]

    def focus_field(self, key: str) -> bool:
        """Put the focus into a field by its name; False when it is not here."""
        if key in self.edits:
            self.edits[key].setFocus(Qt.FocusReason.TabFocusReason)
        elif key == "difference_reason":
            self.reason.setFocus(Qt.FocusReason.TabFocusReason)
            bring_into_sight(self.reason, px(8))
        elif key in BOXES:
            self.edits[f"{key}/{NOTES[0]}"].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            return False
        return True

    def cursor_state(self) -> Cursor | None:
        """Return where typing is going on here, None when the focus is elsewhere."""
        for key, edit in self.edits.items():
            if edit.hasFocus():
                return Cursor(0, key, None, edit.cursorPosition())
        if self.reason.hasFocus():
            return Cursor(0, "difference_reason", None, self.reason.textCursor().position())
        return None

    def spot(self) -> Spot:
        """Return the field that has the focus as a place of the sheet."""
        found = self.cursor_state()
        return Spot(0, found.column if found else "counted")
