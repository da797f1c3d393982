"""The table of the sheet for Qt: rows are members, columns are data; every answer is read off the draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.models.ids import MemberId
from desktop.models.kinds import Attendance
from desktop.models.problems import Level
from desktop.models.rules.sheet import MemberFacts, SheetColumn
from desktop.views.meetings.sheet_draft import SheetDraft, Spot
from desktop.views.meetings.sheet_state import show_value
from resources.lang.dong import show_dong, show_number
from resources.lang.messages import N_, _

Index = QModelIndex | QPersistentModelIndex

ATTENDANCE = "attendance"
BALANCE = "balance"
TOTAL = "total"
NOTE = "note"

SHORT_ATTENDANCE = {
    Attendance.PRESENT: N_("Có mặt"),
    Attendance.LATE: N_("Muộn"),
    Attendance.ABSENT: N_("Vắng KP"),
    Attendance.EXCUSED: N_("Vắng CP"),
    Attendance.REPRESENTED: N_("Ủy quyền"),
}

COLUMN_ROLE = Qt.ItemDataRole.UserRole + 10
"""The `GridColumn` of a cell."""
STATE_ROLE = Qt.ItemDataRole.UserRole + 11
""" "bad", "warn" or "": what the rules say of a cell."""
ATTENDANCE_ROLE = Qt.ItemDataRole.UserRole + 12
"""The value of `Attendance` of a row."""


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column on the screen; `source` is the column of the rules, for money and shares."""

    key: str
    title: str
    source: SheetColumn | None = None

    @property
    def editable(self) -> bool:
        """Tell whether something is typed or chosen here."""
        return self.key not in (BALANCE, TOTAL)

    @property
    def figures(self) -> bool:
        """Tell whether numbers stand here."""
        return self.key not in (ATTENDANCE, NOTE)


class SheetModel(QAbstractTableModel):
    """What the table shows."""

    def __init__(self, draft: SheetDraft, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.draft = draft
        self.columns: list[GridColumn] = []
        self._lay_out()
        draft.changed.connect(self._changed)
        draft.rebuilt.connect(self._rebuilt)

    def _lay_out(self) -> None:
        self.columns = [
            GridColumn(ATTENDANCE, _("Điểm danh")),
            GridColumn(BALANCE, _("Số dư trước")),
            *(GridColumn(column.key, column.name, column) for column in self.draft.columns),
            GridColumn(TOTAL, _("Cộng dòng")),
            GridColumn(NOTE, _("Ghi chú")),
        ]

    def _rebuilt(self) -> None:
        self.beginResetModel()
        self._lay_out()
        self.endResetModel()

    def _changed(self) -> None:
        if self.rowCount():
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self.rowCount() - 1)

    # -- places ----------------------------------------------------------------------------------------

    def member(self, row: int) -> MemberFacts:
        """Return the member of a row."""
        return self.draft.members[row]

    def spot(self, index: Index) -> Spot:
        """Return the place that an index stands for."""
        if not index.isValid():
            return Spot(0, "")
        return Spot(self.member(index.row()).id, self.columns[index.column()].key)

    def index_of(self, spot: Spot) -> QModelIndex:
        """Return the index of a place, an invalid one when it is not in the table."""
        rows = [place for place, member in enumerate(self.draft.members) if member.id == spot.member]
        columns = [place for place, column in enumerate(self.columns) if column.key == spot.column]
        return self.index(rows[0], columns[0]) if rows and columns else QModelIndex()

    # -- what Qt asks ----------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return the number of members."""
        return 0 if parent.isValid() else len(self.draft.members)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say which cells can be typed into; attendance is chosen by key, not typed."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        column = self.columns[index.column()]
        if not self.draft.readonly and (column.source is not None or column.key == NOTE):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Answer for one cell, always in plain str and int."""
        if not index.isValid():
            return None
        column, member = self.columns[index.column()], self.member(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.text(column, member)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(column, member)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(column, member)
        if role == STATE_ROLE:
            return self._state(column, member)
        if role == ATTENDANCE_ROLE:
            return self.draft.state.row(member.id).attendance.value
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.figures else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take what was typed into a cell, right or wrong."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or self.draft.readonly:
            return False
        column, member = self.columns[index.column()], self.member(index.row())
        if column.source is not None:
            self.draft.type_cell(member.id, column.source, str(value))
        elif column.key == NOTE:
            self.draft.type_note(member.id, str(value))
        else:
            return False
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return titles: of a column its name, of a row number, code and name of its member."""
        if orientation == Qt.Orientation.Vertical:
            if not 0 <= section < self.rowCount():
                return None
            member = self.member(section)
            if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
                return f"{section + 1} {member.code} {member.name}"
            if role == Qt.ItemDataRole.ToolTipRole:
                return f"{member.code} {member.name}\n{self.holdings(member)}".strip()
            return None
        if not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._column_tip(column)
        return None

    # -- words -----------------------------------------------------------------------------------------

    def text(self, column: GridColumn, member: MemberFacts) -> str:
        """Return what stands in a cell."""
        row = self.draft.state.row(member.id)
        if column.source is not None:
            typed = row.bad.get(column.key)
            return show_value(row.amounts.get(column.key)) if typed is None else typed
        if column.key == ATTENDANCE:
            return _(SHORT_ATTENDANCE[row.attendance])
        if column.key == NOTE:
            return row.note
        if column.key == TOTAL:
            total = self.draft.totals.by_row.get(member.id, 0)
            return show_number(total) if total else ""
        held = self.held(member)
        return show_number(held) if held else "–"

    def total_text(self, column: GridColumn) -> str:
        """Return the sum of a column: đồng, or shares where shares are counted."""
        sums = self.draft.totals
        if column.key == ATTENDANCE:
            return f"{sums.taking_part}/{len(self.draft.members)}"
        if column.key == TOTAL:
            return show_number(sum(sums.by_row.values()))
        if column.source is None:
            return ""
        return show_number(sums.units.get(column.key, sums.by_column.get(column.key, 0)))

    def held(self, member: MemberFacts) -> int:
        """Return what the group owes a member before the meeting: savings and shares, in đồng."""
        return member.savings + member.compulsory + member.share_amount

    def holdings(self, member: MemberFacts) -> str:
        """Return a member's balances before the meeting, a line for each column that has one."""
        lines = []
        for column in self.draft.columns:
            if column.balance is not None:
                value = column.balance(member)
                shown = show_number(value) if column.counts_shares else show_dong(value)
                name = _("Dư nợ gốc") if column.of_loans else column.name
                lines.append(f"{name}: {shown}")
        return "\n".join(lines)

    def _state(self, column: GridColumn, member: MemberFacts) -> str:
        found = self.draft.problems_at(member.id, column.key)
        if any(problem.level is Level.STOP for problem in found):
            return "bad"
        return "warn" if found else ""

    def _tip(self, column: GridColumn, member: MemberFacts) -> str | None:
        found = self.draft.problems_at(member.id, column.key)
        if found:
            return "\n".join(problem.message for problem in found)
        if column.key == BALANCE:
            return self.holdings(member) or None
        return None

    def _column_tip(self, column: GridColumn) -> str | None:
        if column.source is not None and column.source.counts_shares:
            return _("Gõ số cổ phần. Mệnh giá {value}").format(
                value=show_dong(self.draft.facts.rules.share_value)
            )
        if column.key == ATTENDANCE:
            return _("Phím cách: đổi. C có mặt · M muộn · V vắng không phép · P vắng có phép · U ủy quyền")
        if column.key == BALANCE:
            return _("Tiết kiệm và cổ phần trước buổi họp")
        return None

    def spoken(self, column: GridColumn, member: MemberFacts) -> str:
        """Return a cell as a screen reader says it: who, which column, what stands there, what is wrong."""
        row = self.draft.state.row(member.id)
        text = row.attendance.title if column.key == ATTENDANCE else None
        text = text or self.text(column, member) or _("trống")
        parts = [member.name, f"{column.title}: {text}"]
        found = self.draft.problems_at(MemberId(member.id), column.key)
        parts += [problem.message for problem in found]
        return ", ".join(parts)
