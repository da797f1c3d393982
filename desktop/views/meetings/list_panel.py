"""Which group meets next, and the meetings that a group has held."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.models.ids import GroupId
from desktop.models.kinds import MeetingState
from desktop.services import drafts, meetings, overview
from desktop.services.meetings import MeetingRow
from desktop.services.overview import NextMeeting
from desktop.views.kit.blocks import button, label
from desktop.views.kit.columns import Column, State
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.group_picker import GroupPicker
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_view import RowAction, TableView
from desktop.views.kit.theme import px, space
from desktop.views.meetings.opening import DRAFT
from resources.lang.dong import show_dong
from resources.lang.messages import N_, _, ngettext

_MOST_GROUPS = 5_000


def next_meetings(book: Any, today: date) -> tuple[list[NextMeeting], dict[str, str]]:
    """Return every group's next meeting, and who left a draft of it: group id as text -> name."""
    kept = {row.key: row.saved_by for row in drafts.unfinished(book) if row.kind == DRAFT}
    return list(overview.start(book, today, _MOST_GROUPS).next_meetings), kept


def meeting_state(row: MeetingRow) -> State:
    """Return the state of a meeting in a word."""
    if row.state is MeetingState.REVERSED:
        return State(_("Đã đảo"), "bad")
    if row.corrections:
        return State(_("Đã sửa {n} lần").format(n=row.corrections), "warn")
    return State(_("Đã ghi sổ"), "good")


class ListPanel(QWidget):
    """Without a group: the next meetings of all. With one: its meetings, the latest first."""

    group_chosen = Signal(object)
    """The id of the group now shown, None for all."""
    meeting_opened = Signal(object)
    """A `MeetingRow` to be shown."""
    sheet_asked = Signal(object)
    """The id of a group whose next meeting is to be keyed in."""

    def __init__(
        self,
        desk: Desk,
        actions: list[RowAction],
        blank: Callable[[Any], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.group: GroupId | None = None
        self._kept: dict[str, str] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(space(3))
        box.addLayout(self._build_top())
        self._stack = QStackedWidget(self)
        self.due = self._build_due(blank)
        self.held = self._build_held(actions)
        self._stack.addWidget(self.due)
        self._stack.addWidget(self.held)
        box.addWidget(self._stack, 1)

    def _build_top(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(space(2))
        title = label(_("Nhóm"), "label", self)
        self.picker = GroupPicker(self.desk, self)
        self.picker.setFixedWidth(px(320))
        title.setBuddy(self.picker)
        self.all_button = button(_("Tất cả các nhóm"), self.show_all, "groups", "quiet", self)
        line.addWidget(title)
        line.addWidget(self.picker)
        line.addWidget(self.all_button)
        line.addStretch(1)
        self.picker.changed.connect(self._picked)
        self.picker.chosen.connect(self._picked)
        return line

    def _build_due(self, blank: Callable[[Any], object]) -> TableView:
        columns: list[Column[NextMeeting]] = [
            Column("name", N_("Nhóm"), lambda row: row.name, stretch=True),
            Column("code", N_("Mã nhóm"), lambda row: row.code, width=12),
            Column("day", N_("Kỳ họp tới"), lambda row: row.day, kind="day", width=13),
            Column("members", N_("Số người"), lambda row: row.members, kind="number", width=11),
            Column("state", N_("Tình trạng"), self._due_state, kind="state", width=22),
        ]
        table = RowTable(self.desk, columns, key=lambda row: row.group)
        view = TableView(
            table,
            "meetings.due",
            _("Kỳ họp tới của các nhóm"),
            empty=Empty(
                "meeting",
                _("Chưa có nhóm nào sắp họp."),
                _("Lập nhóm, quy chế và chu kỳ trước; kỳ họp tới sẽ hiện ở đây."),
                (_("Đến trang Nhóm"), lambda: self.desk.open_page("groups")),
            ),
            actions=[
                RowAction(_("Nhập buổi họp"), lambda row: self.sheet_asked.emit(row.group), "meeting"),
                RowAction(_("In phiếu trống"), lambda row: blank(row.group), "print"),
                RowAction(_("Các buổi họp đã ghi"), lambda row: self._show_held(row.group), "groups", "F3"),
            ],
            parent=self,
        )
        view.opened.connect(lambda row: self.sheet_asked.emit(row.group))
        return view

    def _due_state(self, row: NextMeeting) -> State:
        if str(row.group) in self._kept:
            return State(_("Đang nhập dở"), "warn")
        today = self.desk.today()
        if row.day < today:
            days = (today - row.day).days
            return State(ngettext("Trễ {n} ngày", "Trễ {n} ngày", days).format(n=days), "bad")
        return State(_("Hôm nay"), "good") if row.day == today else State(_("Sắp tới"), "muted")

    def _build_held(self, actions: list[RowAction]) -> TableView:
        columns: list[Column[MeetingRow]] = [
            Column("number", N_("Kỳ"), lambda row: row.number, kind="number", width=6),
            Column("day", N_("Ngày họp"), lambda row: row.day, kind="day", width=13),
            Column(
                "present", N_("Dự họp"), lambda row: f"{row.present}/{row.members}", width=9, figures=True
            ),
            Column("in", N_("Thu vào (₫)"), lambda row: row.cash_in, kind="money", width=12),
            Column("out", N_("Chi ra (₫)"), lambda row: row.cash_out, kind="money", width=12),
            Column("difference", N_("Thừa, thiếu (₫)"), lambda row: row.difference, kind="money", width=12),
            Column("state", N_("Tình trạng"), meeting_state, kind="state", width=15),
            Column("who", N_("Người ghi"), lambda row: row.recorded_by, width=13),
            Column("reason", N_("Lý do sửa, đảo"), lambda row: row.reason, stretch=True),
        ]
        table = RowTable(self.desk, columns, key=lambda row: row.id)
        view = TableView(
            table,
            "meetings.list",
            _("Các buổi họp"),
            empty=Empty(
                "meeting",
                _("Nhóm chưa có buổi họp nào."),
                _("In phiếu trống mang đi họp, rồi về nhập từng dòng."),
                (_("Nhập buổi họp đầu tiên"), lambda: self.sheet_asked.emit(self.group)),
            ),
            actions=actions,
            parent=self,
        )
        view.opened.connect(self.meeting_opened)
        return view

    # -- showing ---------------------------------------------------------------------------------------

    def show_all(self) -> None:
        """Show the next meetings of all groups."""
        self.picker.set_value(None)
        self._set_group(None)

    def show_group(self, group: GroupId) -> None:
        """Show the meetings of one group."""
        self.picker.choose(group)
        self._set_group(group)

    def _show_held(self, group: GroupId) -> None:
        self.show_group(group)
        self.focus_first()

    def current(self) -> MeetingRow | None:
        """Return the meeting that the cursor stands on."""
        row = self.held.current_row() if self.group is not None else None
        return row if isinstance(row, MeetingRow) else None

    def current_group(self) -> GroupId | None:
        """Return the group shown, or the one that the cursor stands on."""
        if self.group is not None:
            return self.group
        row = self.due.current_row()
        return row.group if isinstance(row, NextMeeting) else None

    def reload(self) -> None:
        """Load again what is shown."""
        group = self.group
        self._stack.setCurrentWidget(self.due if group is None else self.held)
        self.all_button.setVisible(group is not None)
        if group is None:
            today = self.desk.today()
            self.desk.ask(lambda book: next_meetings(book, today), self._due_came, owner=self)
        else:
            self.desk.ask(
                lambda book: meetings.meetings_of(book, group),
                lambda rows: self._held_came(group, rows),
                owner=self,
            )

    def focus_first(self) -> None:
        """Put the focus into the table."""
        (self.due if self.group is None else self.held).setFocus()

    def _due_came(self, found: tuple[list[NextMeeting], dict[str, str]]) -> None:
        rows, self._kept = found
        self.due.table.set_rows(rows)
        if rows and not self.due.grid.currentIndex().isValid():
            self.due.grid.selectRow(0)

    def _held_came(self, group: GroupId, rows: list[MeetingRow]) -> None:
        if group != self.group:
            return
        self.held.table.set_rows(rows)
        standing = [row for row in rows if row.state is MeetingState.POSTED]
        self.held.set_summary(
            _("Thu {came} · Chi {went}").format(
                came=show_dong(sum(row.cash_in for row in standing)),
                went=show_dong(sum(row.cash_out for row in standing)),
            )
            if standing
            else ""
        )
        if rows and not self.held.grid.currentIndex().isValid():
            self.held.grid.selectRow(0)

    def _picked(self, *_found: object) -> None:
        value = self.picker.value()
        if value is not None and value != self.group:
            self._set_group(GroupId(value))

    def _set_group(self, group: GroupId | None) -> None:
        if group != self.group:
            self.held.table.set_rows([])
        self.group = group
        self.reload()
        self.group_chosen.emit(group)
