"""The table of a class's attendance: the meeting's table and its keys, with hours in place of money."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.models.rules.training.attendance import HOURS, Learner
from desktop.models.rules.training.words import show_hours
from desktop.views.kit.theme import dress
from desktop.views.meetings.cell_line import CellLine
from desktop.views.meetings.hours_draft import HoursDraft, with_hours
from desktop.views.meetings.sheet_delegate import MOST_LETTERS, MOST_NOTE
from desktop.views.meetings.sheet_headers import TotalsRow
from desktop.views.meetings.sheet_model import (
    ATTENDANCE,
    BALANCE,
    NOTE,
    TOTAL,
    GridColumn,
    Index,
    SheetModel,
)
from desktop.views.meetings.sheet_state import with_note
from desktop.views.meetings.sheet_view import SheetView
from resources.lang.messages import _


class HoursModel(SheetModel):
    """What the table shows: attendance, hours before, hours of the session, hours in all, a note."""

    draft: HoursDraft

    def _lay_out(self) -> None:
        self.columns = [
            GridColumn(ATTENDANCE, _("Điểm danh")),
            GridColumn(BALANCE, _("Các buổi khác")),
            GridColumn(HOURS, _("Số giờ")),
            GridColumn(TOTAL, _("Cộng")),
            GridColumn(NOTE, _("Ghi chú")),
        ]

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say that hours and notes are typed."""
        flags = super().flags(index)
        if not self.draft.readonly and self.columns[index.column()].key == HOURS:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take what was typed into a cell, right or wrong."""
        typed = role == Qt.ItemDataRole.EditRole and index.isValid() and not self.draft.readonly
        if typed and self.columns[index.column()].key == HOURS:
            self.draft.type_hours(self.member(index.row()).id, str(value))
            return True
        return super().setData(index, value, role)

    def text(self, column: GridColumn, member: Learner) -> str:  # type: ignore[override]
        """Return what stands in a cell."""
        row = self.draft.state.row(member.id)
        if column.key == HOURS:
            typed = row.bad.get(HOURS)
            minutes = row.amounts.get(HOURS, 0)
            return typed if typed is not None else show_hours(minutes) if minutes else ""
        if column.key == TOTAL:
            return show_hours(self.held(member) + row.amounts.get(HOURS, 0))
        if column.key == BALANCE:
            return show_hours(member.other) if member.other else "–"
        return super().text(column, member)  # type: ignore[arg-type]

    def total_text(self, column: GridColumn) -> str:
        """Return the sum of a column."""
        if column.key == ATTENDANCE:
            return f"{self.draft.totals.taking_part}/{len(self.draft.members)}"
        if column.key == HOURS:
            return show_hours(self.draft.totals.by_column[HOURS])
        return ""

    def held(self, member: Learner) -> int:  # type: ignore[override]
        """Return the minutes of a learner's other sessions."""
        return member.other

    def holdings(self, member: Learner) -> str:  # type: ignore[override]
        """Return how much of the course a learner has attended in other sessions."""
        return _("Các buổi khác: {hours}/{all} giờ").format(
            hours=show_hours(member.other), all=show_hours(self.draft.facts.course_minutes)
        )

    def _column_tip(self, column: GridColumn) -> str | None:
        if column.key == ATTENDANCE:
            return _("Phím cách: đổi. C có mặt · M muộn · V vắng không phép · P vắng có phép")
        if column.key == HOURS:
            return _("Gõ số giờ, ví dụ 3,5 hoặc 3:30. F5 điền số giờ của buổi cho người có mặt.")
        return None


class HoursLine(CellLine):
    """Speaks of the current cell: what is missing of the course, and what the session must mind of the person."""

    def _about(self, member: Learner, column: GridColumn) -> str:  # type: ignore[override]
        parts = [column.title]
        if column.key == ATTENDANCE and not self.draft.readonly:
            parts = [_("Phím cách đổi · C có mặt · M muộn · V vắng KP · P vắng có phép")]
        elif column.key == HOURS:
            parts.append(_("F5 điền số giờ của buổi"))
        parts.append(self.model.holdings(member))  # type: ignore[arg-type]
        if member.certificate:
            parts.append(_("đã có giấy {number}").format(number=member.certificate))
        if member.reminder:
            parts.append(member.reminder)
        return " · ".join(part for part in parts if part)


class HoursView(SheetView):
    """The table of a session: Enter down, Tab right, Space goes round the attendance, F5 fills the hours."""

    draft: HoursDraft
    model_type = HoursModel

    def _dress(self) -> None:
        super()._dress()
        self.setAccessibleName(_("Phiếu điểm danh lớp tập huấn"))
        self.setAccessibleDescription(
            _("Enter xuống, Tab sang phải, phím cách đổi điểm danh, F5 điền số giờ, F4 đến ô cần sửa")
        )

    def _paste(self, text: str) -> None:
        start = self.currentIndex()
        columns = self.sheet_model.columns[start.column() :]
        block = [line.split("\t") for line in text.rstrip("\r\n").splitlines()]
        state = self.draft.state
        for member, values in zip(self.draft.members[start.row() :], block, strict=False):
            for column, value in zip(columns, values, strict=False):
                if column.key == HOURS:
                    state = with_hours(state, member.id, value[:MOST_LETTERS])
                elif column.key == NOTE:
                    state = with_note(state, member.id, value[:MOST_NOTE])
        self.draft.set_rows(state, _("Dán"), self.spot())

    def at(self, row: int, key: str) -> QModelIndex:
        """Return a cell by its row and the key of its column."""
        place = [column.key for column in self.sheet_model.columns].index(key)
        return self.sheet_model.index(row, place)


class HoursGrid(QFrame):
    """The table with its row of sums, on one card."""

    def __init__(self, draft: HoursDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, "card")
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 1, 1, 1)
        box.setSpacing(0)
        self.view = HoursView(draft, self)
        self.totals = TotalsRow(self.view, draft, self)
        box.addWidget(self.view, 1)
        box.addWidget(self.totals)
        self.setFocusProxy(self.view)
