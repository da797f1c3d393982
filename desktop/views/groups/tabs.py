"""The smaller tabs of a group's page: meetings, constitution, offices, cycles and periods, vouchers, log."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.kinds import CycleState
from desktop.models.rules.charter import vacancies
from desktop.models.rules.constitution_words import seats_words
from desktop.services import history, meetings, periods, vouchers
from desktop.services.facts import CycleFacts
from desktop.services.groups import OfficeRow
from desktop.services.vouchers import VoucherFilter, VoucherRow
from desktop.views.groups import deeds
from desktop.views.groups.columns import CLOSINGS, CYCLES, MEETINGS, OFFICES, VOUCHERS
from desktop.views.groups.tab import GroupTab
from desktop.views.kit.blocks import Columns, button, label
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.flow import FlowLayout
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.sources import BookSource, Query
from desktop.views.kit.table_view import RowAction, TableView
from desktop.views.kit.theme import px, space
from desktop.views.people.log import LogView
from desktop.views.people.rights import allow
from resources.lang.dates import show_day
from resources.lang.messages import _, many


class MeetingsTab(GroupTab):
    """The posted meetings, the latest first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.table: RowTable[Any] = RowTable(desk, MEETINGS, key=lambda row: row.id)
        self.view = TableView(
            self.table,
            "group.meetings",
            _("Các buổi họp"),
            filterable=False,
            empty=Empty(
                "meeting",
                _("Nhóm chưa có buổi họp nào được ghi sổ."),
                _("In phiếu họp trống cho buổi tới, họp xong thì ghi vào đây."),
                (_("Ghi buổi họp"), self.new_meeting),
            ),
            actions=(RowAction(_("Mở buổi họp"), self.open_meeting, "open"),),
        )
        self.view.opened.connect(self.open_meeting)
        self.body.addWidget(self.view, 1)

    def load(self) -> None:
        """Read the meetings."""
        group = self.group
        self.desk.ask(lambda book: meetings.meetings_of(book, group), self._show, owner=self)

    def _show(self, rows: list[Any]) -> None:
        self.table.set_rows(sorted(rows, key=lambda row: (row.day, row.id), reverse=True))

    def open_meeting(self, row: Any) -> None:
        """Open a posted meeting."""
        self.desk.open_page("meetings", meeting=row.id)

    def new_meeting(self) -> None:
        """Open the sheet of the next meeting."""
        self.desk.open_page("meetings", group=self.group, new=True)


class OfficesTab(GroupTab):
    """Who holds which office, now and before."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.appoint_button = self.writer(_("Giao chức vụ…"), self.appoint, "plus", "primary")
        self.end_button = self.writer(_("Thôi giữ…"), self.end_current, "leave")
        self.row_of(self.appoint_button, self.end_button)
        self.vacant = label("", "warn", self, wrap=True)
        self.body.addWidget(self.vacant)
        self.table: RowTable[OfficeRow] = RowTable(desk, OFFICES, key=lambda row: row.id)
        self.view = TableView(
            self.table,
            "group.offices",
            _("Ban quản lý và chức vụ"),
            filterable=False,
            empty=Empty(
                "member",
                _("Nhóm chưa giao chức vụ nào."),
                _("Tên tổ trưởng, thư ký, thủ quỹ được in vào biên bản và phiếu."),
                (_("Giao chức vụ…"), self.appoint),
            ),
            actions=(
                RowAction(_("Mở hồ sơ"), self.open_member, "open"),
                RowAction(_("Thôi giữ…"), self.end, "leave", "Del", self._may_end),
            ),
        )
        self.view.opened.connect(self.open_member)
        self.body.addWidget(self.view, 1)

    def load(self) -> None:
        """Show the terms, those of today first, and what the constitution still asks for."""
        assert self.detail is not None
        missing = vacancies(self.detail.charter.seats(), [row.office for row in self.detail.offices])
        self.vacant.setVisible(bool(missing))
        self.vacant.setText(_("Theo quy chế còn thiếu: {offices}.").format(offices=seats_words(missing)))
        self.table.set_rows([*self.detail.offices, *self.detail.past_offices])

    def appoint(self) -> None:
        """Give an office to a member."""
        if self.detail is not None:
            deeds.appoint(self.desk, self, self.detail)

    def end_current(self) -> None:
        """End the current term."""
        row = self.view.current_row()
        if row is None or not self._may_end(row):
            self.desk.say(_("Hãy chọn một chức vụ đang giữ trong danh sách trước."), "info")
        else:
            self.end(row)

    def end(self, row: OfficeRow) -> None:
        """End a term."""
        deeds.end_office(self.desk, self, row)

    def open_member(self, row: OfficeRow) -> None:
        """Open the page of the member."""
        self.desk.open_page("member", member=row.member)

    def _may_end(self, row: OfficeRow) -> bool:
        return self.desk.can_write and row.until is None


class CyclesTab(GroupTab):
    """Cycles of the group, and the closed period of its books."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.open_button = self.writer(_("Mở chu kỳ…"), self.open_cycle, "plus")
        self.days_button = self.writer(_("Sửa ngày…"), self.change_current, "edit")
        self.close_button = self.writer(_("Kết thúc…"), self.close_current, "lock")
        self.divide_button = self.writer(_("Chia cổ phần…"), self.divide, "cash", "primary")
        self.cycles: RowTable[CycleFacts] = RowTable(desk, CYCLES, key=lambda row: row.id)
        self.cycle_view = TableView(
            self.cycles,
            "group.cycles",
            _("Các chu kỳ"),
            filterable=False,
            empty=Empty("clock", _("Nhóm chưa có chu kỳ nào.")),
            actions=(
                RowAction(_("Sửa ngày…"), self.change_days, "edit", enabled=self._may_change),
                RowAction(_("Kết thúc chu kỳ…"), self.close_cycle, "lock", enabled=self._may_close),
            ),
        )
        self.closed_label = label("", "muted", self, wrap=True)
        self.close_period_button = self.writer(_("Khóa sổ…"), self.close_period, "lock")
        self.reopen_button = button(_("Mở lại sổ…"), self.reopen_period, "undo", "", self)
        self.closings: RowTable[Any] = RowTable(desk, CLOSINGS, key=lambda row: row.at)
        self.closing_view = TableView(
            self.closings,
            "group.closings",
            _("Các lần khóa sổ"),
            filterable=False,
            empty=Empty("lock", _("Sổ của nhóm chưa khóa lần nào.")),
        )
        across = Columns(480, self)
        across.left.addLayout(
            self._column(
                many("Chu kỳ"),
                label(
                    _("Mỗi buổi họp nằm trong một chu kỳ; cuối chu kỳ nhóm chia quỹ."),
                    "muted",
                    self,
                    wrap=True,
                ),
                (self.divide_button, self.open_button, self.days_button, self.close_button),
                self.cycle_view,
            ),
            1,
        )
        across.right.addLayout(
            self._column(
                _("Khóa sổ"),
                self.closed_label,
                (self.close_period_button, self.reopen_button),
                self.closing_view,
            ),
            1,
        )
        for view in (self.cycle_view, self.closing_view):
            view.setMinimumHeight(px(200))
        self.body.addWidget(across, 1)

    def divide(self) -> None:
        """Go to the share-out of the group."""
        self.desk.open_page("share-out", group=self.group)

    def _column(self, title: str, words: QWidget, buttons: Sequence[QWidget], view: TableView) -> QVBoxLayout:
        box = QVBoxLayout()
        box.setSpacing(space(2))
        box.addWidget(label(title, "heading", self))
        box.addWidget(words)
        line = FlowLayout()
        for one in buttons:
            line.addWidget(one)
        box.addLayout(line)
        box.addWidget(view, 1)
        return box

    def load(self) -> None:
        """Show the cycles and read the closings."""
        assert self.detail is not None
        self.cycles.set_rows(self.detail.cycles[::-1])
        group = self.group
        self.desk.ask(lambda book: periods.closings(book, group), self.closings.set_rows, owner=self)
        day = self._closed_through
        self.closed_label.setText(
            _("Chứng từ đến hết {day} đã khóa, không ghi thêm, không sửa được.").format(day=show_day(day))
            if day is not None
            else _("Chưa khóa: mọi ngày còn ghi được.")
        )

    def refresh_rights(self) -> None:
        """Reopening also needs a closed period."""
        super().refresh_rights()
        allow(
            self.desk,
            [self.reopen_button],
            also=self._closed_through is not None,
            reason=_("Sổ của nhóm chưa khóa."),
        )

    @property
    def _closed_through(self) -> Any:
        return None if self.figures is None else self.figures.closed_through

    def open_cycle(self) -> None:
        """Open the next cycle."""
        if self.detail is not None:
            deeds.open_cycle(self.desk, self, self.detail)

    def change_current(self) -> None:
        """Change the days of the current cycle of the list, or of the open one."""
        cycle = self._chosen_cycle()
        if cycle is not None:
            self.change_days(cycle)

    def close_current(self) -> None:
        """Close the current cycle of the list, or the open one."""
        cycle = self._chosen_cycle()
        if cycle is not None and deeds.may_close_cycle(cycle):
            self.close_cycle(cycle)
        else:
            self.desk.say(_("Không có chu kỳ nào đang mở để kết thúc."), "info")

    def change_days(self, cycle: CycleFacts) -> None:
        """Change the days of a cycle."""
        deeds.change_cycle(self.desk, self, cycle)

    def close_cycle(self, cycle: CycleFacts) -> None:
        """Close a cycle."""
        deeds.close_cycle(self.desk, self, cycle)

    def close_period(self) -> None:
        """Close the books through a day."""
        if self.detail is not None:
            deeds.close_period(self.desk, self, self.detail)

    def reopen_period(self) -> None:
        """Reopen the books."""
        if self.detail is not None and self._closed_through is not None:
            deeds.reopen_period(self.desk, self, self.detail, self._closed_through)

    def _chosen_cycle(self) -> CycleFacts | None:
        chosen: CycleFacts | None = self.cycle_view.current_row()
        if chosen is None and self.detail is not None:
            chosen = next((c for c in self.detail.cycles if c.state is CycleState.OPEN), None)
        return chosen

    def _may_change(self, _cycle: CycleFacts) -> bool:
        return self.desk.can_write

    def _may_close(self, cycle: CycleFacts) -> bool:
        return self.desk.can_write and deeds.may_close_cycle(cycle)


class VouchersTab(GroupTab):
    """The vouchers of the group, the latest first, page by page."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.table: RowTable[VoucherRow] = RowTable(
            desk, VOUCHERS, key=lambda row: row.id, source=BookSource(self._count, self._page)
        )
        self.view = TableView(
            self.table,
            "group.vouchers",
            _("Chứng từ của nhóm"),
            filterable=False,
            empty=Empty(
                "cashbook",
                _("Nhóm chưa có chứng từ."),
                _("Chứng từ được lập khi ghi sổ buổi họp, hoặc ghi riêng ở trang Sổ quỹ."),
            ),
            actions=(RowAction(_("Xem chứng từ"), self.open_voucher, "document"),),
        )
        self.view.opened.connect(self.open_voucher)
        self.body.addWidget(self.view, 1)

    def load(self) -> None:
        """Read the first pages."""
        wanted = Query(filters={"group": self.group})
        if self.table.query == wanted:
            self.table.reload()
        else:
            self.table.set_query(wanted)

    def open_voucher(self, row: VoucherRow) -> None:
        """Show a voucher on the cash book page."""
        self.desk.open_page("cashbook", group=self.group, voucher=row.id)

    def _count(self, book: Any, query: Query) -> int:
        return vouchers.count(book, VoucherFilter(group=query.filters["group"]))

    def _page(self, book: Any, query: Query, offset: int, limit: int) -> list[VoucherRow]:
        return vouchers.page(book, VoucherFilter(group=query.filters["group"]), offset, limit)


class LogTab(GroupTab):
    """What was changed of the group, by whom and when."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.view = LogView(desk, "group.log", self)
        self.body.addWidget(self.view, 1)

    def load(self) -> None:
        """Read the log."""
        group = self.group
        self.view.load(lambda book: history.of_group(book, group))
