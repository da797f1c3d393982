"""How many notes of each value are in each box, with sum, book and difference below; Enter goes from value to value."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from desktop.models.kinds import Account, account_name
from desktop.models.rules.cash_count import counted_sum
from desktop.views.kit.blocks import label
from desktop.views.kit.inputs import NumberEdit
from desktop.views.kit.theme import dress, px, space
from resources.lang.dong import NOTES, show_dong, show_number
from resources.lang.messages import _

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MOST = 1_000_000


class PiecesEdit(NumberEdit):
    """A number of notes. Enter and the arrows go on."""

    walked = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with Enter and the arrows; all else is typing."""
        ways = {Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        way = ways.get(Qt.Key(event.key()))
        if way is not None and held == Qt.KeyboardModifier.ShiftModifier:
            self.walked.emit(-way)
        elif way is not None and not held:
            self.walked.emit(way)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select what stands here: typing replaces it."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()


class NotesGrid(QFrame):
    """A column of notes for each box. A box in which nothing is typed is not counted; `0` counts an empty box."""

    changed = Signal()
    done = Signal()
    """Enter after the last field."""

    def __init__(self, boxes: Sequence[Account], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, "card")
        self._boxes = tuple(boxes)
        self._book: Mapping[Account, int] = {}
        self.edits: dict[tuple[Account, int], PiecesEdit] = {}
        self._values: dict[tuple[Account, int], QLabel] = {}
        self._sums: dict[Account, tuple[QLabel, QLabel, QLabel]] = {}
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(*[space(4)] * 4)
        self.grid.setHorizontalSpacing(space(3))
        self.grid.setVerticalSpacing(space(1))
        self._build()

    def _build(self) -> None:
        self.grid.addWidget(label(_("Mệnh giá (₫)"), "section", self), 0, 0, _RIGHT)
        for down, note in enumerate(NOTES, 1):
            self.grid.addWidget(label(show_number(note), "label", self), down, 0, _RIGHT)
        for across, box in enumerate(self._boxes):
            head = label(account_name(box), "section", self, wrap=True)
            head.setAlignment(_RIGHT)
            self.grid.addWidget(head, 0, 1 + 2 * across, 1, 2)
            for down, note in enumerate(NOTES, 1):
                self._place(box, note, down, across)
        first = len(NOTES) + 1
        for down, text in enumerate((_("Đếm được"), _("Theo sổ"), _("Chênh lệch"))):
            self.grid.addWidget(label(text, "label", self), first + down, 0, _RIGHT)
        for across, box in enumerate(self._boxes):
            made = tuple(label("–", "label", self) for _row in range(3))
            for down, one in enumerate(made):
                one.setAlignment(_RIGHT)
                self.grid.addWidget(one, first + down, 1 + 2 * across, 1, 2)
            self._sums[box] = (made[0], made[1], made[2])
        self.grid.setColumnStretch(1 + 2 * len(self._boxes), 1)
        order = list(self.edits.values())
        for before, after in itertools.pairwise(order):
            QWidget.setTabOrder(before, after)

    def _place(self, box: Account, note: int, down: int, across: int) -> None:
        edit = PiecesEdit(self, 0, _MOST)
        edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        edit.setMaximumWidth(px(90))
        edit.setAccessibleName(_("{box}: số tờ {note}").format(box=account_name(box), note=show_dong(note)))
        value = label("", "muted", self)
        value.setAlignment(_RIGHT)
        value.setMinimumWidth(self.fontMetrics().horizontalAdvance("000.000.000") + px(4))
        self.edits[box, note], self._values[box, note] = edit, value
        edit.changed.connect(lambda key=(box, note): self._typed(key))
        edit.walked.connect(lambda way, key=(box, note): self._walk(key, way))
        self.grid.addWidget(edit, down, 1 + 2 * across)
        self.grid.addWidget(value, down, 2 + 2 * across)

    # -- values -------------------------------------------------------------------------------------

    def pieces(self) -> dict[Account, dict[int, int]]:
        """Return the pieces by note of each box in which something was typed."""
        found: dict[Account, dict[int, int]] = {}
        for (box, note), edit in self.edits.items():
            pieces = edit.value()
            if pieces is not None:
                found.setdefault(box, {})[note] = pieces
        return found

    def problem(self) -> str:
        """Return what cannot be read, or nothing."""
        return next((edit.problem() for edit in self.edits.values() if edit.problem()), "")

    def clear(self) -> None:
        """Empty all fields."""
        for edit in self.edits.values():
            edit.set_value(None)

    def set_book(self, book: Mapping[Account, int]) -> None:
        """Say what the book has in each box, in đồng."""
        self._book = book
        self._show()

    def differences(self) -> dict[Account, int]:
        """Return counted less book of each box counted, in đồng."""
        return {box: counted_sum(pieces) - self._book.get(box, 0) for box, pieces in self.pieces().items()}

    def focus_first(self) -> None:
        """Begin with the largest note."""
        next(iter(self.edits.values())).setFocus(Qt.FocusReason.TabFocusReason)

    # -- typing -------------------------------------------------------------------------------------

    def _typed(self, key: tuple[Account, int]) -> None:
        edit = self.edits[key]
        pieces = edit.value()
        edit.set_state("bad" if edit.problem() else "")
        edit.setToolTip(edit.problem())
        self._values[key].setText("" if pieces is None else show_number(pieces * key[1]))
        self._show()
        self.changed.emit()

    def _walk(self, key: tuple[Account, int], way: int) -> None:
        order = list(self.edits)
        place = order.index(key) + way
        if 0 <= place < len(order):
            self.edits[order[place]].setFocus(Qt.FocusReason.TabFocusReason)
        elif place >= len(order):
            self.done.emit()

    def _show(self) -> None:
        counted = self.pieces()
        for box, (sum_, book, gap) in self._sums.items():
            book.setText(show_dong(self._book.get(box, 0)))
            if box not in counted:
                sum_.setText("–")
                gap.setText("–")
                dress(gap, "muted")
                continue
            there = counted_sum(counted[box])
            difference = there - self._book.get(box, 0)
            sum_.setText(show_dong(there))
            gap.setText(_("khớp") if difference == 0 else show_dong(difference))
            dress(gap, "good" if difference == 0 else "warn")
