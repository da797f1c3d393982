"""What each member brings from the paper, person by person: typed like a sheet, summed below, beside the paper's total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from desktop.models.rules.opening import MemberOpening
from desktop.services.openings import MemberLine
from desktop.views.kit.blocks import label
from desktop.views.kit.inputs import DongEdit, NumberEdit
from desktop.views.kit.theme import dress, px, space
from resources.lang.dong import show_dong, show_number
from resources.lang.messages import N_, _

COLUMNS: tuple[tuple[str, str], ...] = (
    ("savings", N_("Tiết kiệm tự nguyện (₫)")),
    ("compulsory", N_("Tiết kiệm bắt buộc (₫)")),
    ("shares", N_("Số cổ phần")),
    ("social", N_("Quỹ xã hội (₫)")),
    ("fines", N_("Nợ phạt (₫)")),
)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_WAYS = {
    Qt.Key.Key_Return: 1,
    Qt.Key.Key_Enter: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
}


class DongCell(DongEdit):
    """An amount in the grid."""

    walked = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with Enter and the arrows."""
        way = _WAYS.get(Qt.Key(event.key()))
        if way is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            self.walked.emit(way)


class UnitsCell(NumberEdit):
    """A number of shares in the grid."""

    walked = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with Enter and the arrows."""
        way = _WAYS.get(Qt.Key(event.key()))
        if way is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            self.walked.emit(way)


class MembersGrid(QFrame):
    """A row a member, a column a balance. Enter goes down to the next person, Tab to the next column."""

    changed = Signal()

    def __init__(
        self, members: Sequence[MemberLine], columns: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        dress(self, "card")
        self._members = tuple(members)
        self._columns = [(key, title) for key, title in COLUMNS if key in columns]
        self.cells: dict[tuple[int, str], DongCell | UnitsCell] = {}
        self._sums: dict[str, QLabel] = {}
        self._loading = False
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(*[space(4)] * 4)
        self.grid.setHorizontalSpacing(space(2))
        self.grid.setVerticalSpacing(space(1))
        self._build()

    def _build(self) -> None:
        self.grid.addWidget(label(_("Họ và tên"), "section", self), 0, 0)
        for across, (_key, title) in enumerate(self._columns, 1):
            head = label(_(title), "section", self, wrap=True)
            head.setAlignment(_RIGHT)
            self.grid.addWidget(head, 0, across)
        for down, member in enumerate(self._members, 1):
            self.grid.addWidget(label(f"{member.name} ({member.code})", "", self), down, 0)
            for across, (key, title) in enumerate(self._columns, 1):
                cell = UnitsCell(self, 0, 1_000_000) if key == "shares" else DongCell(self)
                cell.setAlignment(Qt.AlignmentFlag.AlignRight)
                cell.setMinimumWidth(px(110))
                cell.setAccessibleName(f"{member.name}: {_(title)}")
                cell.changed.connect(self._typed)
                cell.walked.connect(lambda way, at=(down - 1, key): self._walk(at, way))
                self.cells[int(member.id), key] = cell
                self.grid.addWidget(cell, down, across)
        last = len(self._members) + 1
        self.grid.addWidget(label(_("Cộng"), "label", self), last, 0)
        for across, (key, _title) in enumerate(self._columns, 1):
            self._sums[key] = label("–", "label", self)
            self._sums[key].setAlignment(_RIGHT)
            self.grid.addWidget(self._sums[key], last, across)
        self.grid.setColumnStretch(0, 1)

    def set_rows(self, rows: Sequence[MemberOpening]) -> None:
        """Show what was typed before."""
        known = {row.member: row for row in rows}
        self._loading = True
        for (member, key), cell in self.cells.items():
            amount = getattr(known[member], key) if member in known else 0
            cell.set_value(amount or None)
        self._loading = False
        self._show_sums()

    def rows(self) -> tuple[MemberOpening, ...]:
        """Return the members with a balance."""
        found = []
        for member in self._members:
            values: Mapping[str, int] = {
                key: int(self.cells[int(member.id), key].value() or 0) for key, _title in self._columns
            }
            if any(values.values()):
                found.append(MemberOpening(int(member.id), **values))
        return tuple(found)

    def problem(self) -> str:
        """Return what cannot be read, with whose it is, or nothing."""
        names = {int(member.id): member.name for member in self._members}
        for (member, _key), cell in self.cells.items():
            if cell.problem():
                return f"{names[member]}: {cell.problem()}"
        return ""

    def focus_first(self) -> None:
        """Begin with the first person."""
        first = next(iter(self.cells.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def _typed(self) -> None:
        if self._loading:
            return
        for cell in self.cells.values():
            cell.set_state("bad" if cell.problem() else "")
        self._show_sums()
        self.changed.emit()

    def _show_sums(self) -> None:
        for key, sum_label in self._sums.items():
            total = sum(int(cell.value() or 0) for (_m, name), cell in self.cells.items() if name == key)
            sum_label.setText(show_number(total) if key == "shares" else show_dong(total))

    def _walk(self, at: tuple[int, str], way: int) -> None:
        place = at[0] + way
        if 0 <= place < len(self._members):
            cell = self.cells[int(self._members[place].id), at[1]]
            cell.setFocus(Qt.FocusReason.TabFocusReason)
            cell.selectAll()
