"""The members of a group in its own order: balances, adding, leaving, moving up and down."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMenu, QSizePolicy, QStackedWidget, QWidget

from desktop.models.ids import MemberId
from desktop.services import leaving, memberships, standing
from desktop.services.acts import Act, Outcome
from desktop.services.leaving import Leave, Settlement
from desktop.services.ledger import PostedVoucher
from desktop.services.memberships import AddMembers, LeaveGroup
from desktop.services.standing import MemberLine
from desktop.views.groups.columns import MEMBERS, PAST_MEMBERS
from desktop.views.groups.entry import EntryStrip
from desktop.views.groups.tab import GroupTab
from desktop.views.kit import icons, inputs, pickers
from desktop.views.kit.blocks import bring_into_sight, button
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.empty import Empty
from desktop.views.kit.form import Field
from desktop.views.kit.messages import Message
from desktop.views.kit.papers import print_paper
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_view import RowAction, TableView
from desktop.views.kit.theme import px
from desktop.views.people.finders import find_members
from resources.lang.dong import show_dong
from resources.lang.messages import N_, _

_PAUSE = 700
"""Milliseconds after the last move until the new order is written."""


class MembersTab(GroupTab):
    """Members in the group's order. Alt+Up and Alt+Down move the current one; one writing follows many moves."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._joining = desk.today()
        """The day proposed for those who join."""
        self._order: list[MemberLine] = []
        """The new order that waits to be written; empty when none does."""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.flush)
        self.enter_button = self.writer(_("Nhập người mới"), self.enter, "plus", "primary")
        self.other_button = self.writer(_("Cách thêm khác"), self._show_ways, "chevron-down")
        self.ways = QMenu(self.other_button)
        self.ways.addAction(icons.icon("search"), _("Chọn người đã có trong sổ…"), self.pick)
        self.ways.addAction(icons.icon("import"), _("Nhập danh sách từ Excel…"), self.bring_in)
        self.leave_button = self.writer(_("Cho rời nhóm…"), self.leave_current, "leave")
        self.past_button = button(_("Người đã rời"), self.show_past, "clock", "", self)
        self.past_button.setCheckable(True)
        self.row_of(self.enter_button, self.other_button, self.leave_button, self.past_button)
        self.entry = EntryStrip(desk, self)
        self.entry.hide()
        self.entry.left.connect(self.close_entry)
        self.entry.pasted.connect(self.bring_in_text)
        self.body.addWidget(self.entry)
        self.table: RowTable[MemberLine] = RowTable(desk, MEMBERS, key=lambda line: line.member.member_id)
        self.view = TableView(
            self.table,
            "group.members",
            _("Thành viên của nhóm"),
            empty=Empty(
                "member",
                _("Nhóm chưa có thành viên."),
                _("Gõ từng người một, dán từ Excel, hoặc chọn người đã có trong sổ."),
                (_("Nhập người mới"), self.enter),
            ),
            hint=_("Lọc theo tên hoặc mã"),
            actions=(
                RowAction(_("Mở hồ sơ"), self.open_member, "open"),
                RowAction(_("Chuyển lên"), self.move_up, "chevron-up", "Alt+Up", self._movable),
                RowAction(_("Chuyển xuống"), self.move_down, "chevron-down", "Alt+Down", self._movable),
                RowAction(_("Thanh toán và cho rời nhóm…"), self.settle, "cash", enabled=self._movable),
                RowAction(_("Cho rời nhóm…"), self.leave, "leave", "Del", self._movable),
            ),
        )
        self.view.opened.connect(self.open_member)
        self.past: RowTable[Any] = RowTable(
            desk, PAST_MEMBERS, key=lambda row: (row.member, row.joined, row.left)
        )
        self.past_view = TableView(
            self.past,
            "group.past",
            _("Người đã rời nhóm"),
            empty=Empty("leave", _("Chưa ai rời nhóm.")),
            actions=(RowAction(_("Mở hồ sơ"), self.open_past, "open"),),
        )
        self.past_view.opened.connect(self.open_past)
        self.stack = QStackedWidget(self)
        self.stack.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.stack.setMinimumHeight(px(250))
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.past_view)
        self.body.addWidget(self.stack, 1)

    # -- showing ------------------------------------------------------------------------------------

    def load(self) -> None:
        """Read the members and their balances, unless a new order waits to be written."""
        if self._order:
            return
        assert self.detail is not None
        gone = self.detail.past_members
        self.past.set_rows(gone)
        self.past_button.setText(_("Người đã rời ({n})").format(n=len(gone)))
        self.past_button.setEnabled(bool(gone) or self.past_button.isChecked())
        group, today = self.group, self.desk.today()
        self.entry.belong(group)
        self.desk.ask(lambda book: memberships.joining_day(book, group, today), self._propose_day, owner=self)
        self.desk.ask(lambda book: standing.group_members(book, group, today), self._show, owner=self)

    def _propose_day(self, day: date) -> None:
        self._joining = day
        self.entry.propose(day)

    def _show(self, lines: list[MemberLine]) -> None:
        if self._order:
            return
        self.table.set_rows(lines)
        self._hide_unused(lines)
        owned = sum(line.owned for line in lines)
        self.view.set_summary(_("Nhóm đang giữ: {amount}").format(amount=show_dong(owned)) if lines else "")

    def show_past(self) -> None:
        """Show those who have left instead of the members, or the members again."""
        self.stack.setCurrentWidget(self.past_view if self.past_button.isChecked() else self.view)

    def _hide_unused(self, lines: list[MemberLine]) -> None:
        """Leave out the columns of what this group does not do and nobody has."""
        assert self.detail is not None
        rules = self.detail.rules
        shares = rules.has_shares or any(line.shares for line in lines)
        used = {
            "units": shares,
            "shares": shares,
            "compulsory": rules.compulsory_saving > 0 or any(line.compulsory for line in lines),
            "savings": rules.voluntary_savings or any(line.savings for line in lines),
        }
        self.view.show_columns(used)

    # -- adding -------------------------------------------------------------------------------------

    def enter(self) -> None:
        """Open the strip where people are typed one after another."""
        if self.desk.can_write:
            self.entry.belong(self.group)
            self.entry.show()
            self.entry.begin()
            bring_into_sight(self.entry)  # with large letters it may stand below the edge of the window

    def close_entry(self) -> None:
        """Put the strip away."""
        self.entry.hide()
        self.view.grid.setFocus()

    def _show_ways(self) -> None:
        self.ways.popup(self.other_button.mapToGlobal(self.other_button.rect().bottomLeft()))

    def pick(self) -> None:
        """Let a person who is in the book already join."""
        group = self.group

        def deed(book: Any, values: dict[str, Any], act: Act) -> Outcome[int]:
            return memberships.add(book, AddMembers(group, (values["members"],), values["joined"]), act)

        FormDialog(
            self.desk,
            _("Thêm người đã có trong sổ"),
            [
                Field("members", N_("Thành viên"), pickers.person(self.desk, find_members), required=True),
                Field("joined", N_("Ngày vào nhóm"), inputs.day(), required=True, width=24),
            ],
            deed,
            values={"joined": self._joining},
            intro=_("Người này được xếp cuối danh sách của nhóm; có thể chuyển lên bằng Alt+↑."),
            save_text=_("Thêm vào nhóm"),
            parent=self,
        ).open()

    def bring_in(self) -> None:
        """Open the import wizard with this group as its target."""
        self.desk.open_page("imports", group=self.group)

    def bring_in_text(self, text: str) -> None:
        """Open the import wizard with a table from the clipboard."""
        self.desk.open_page("imports", group=self.group, text=text)

    # -- leaving ------------------------------------------------------------------------------------

    def leave_current(self) -> None:
        """Let the current member leave."""
        line = self.view.current_row()
        if line is None:
            self.desk.say(_("Hãy chọn một thành viên trong danh sách trước."), "info")
        else:
            self.leave(line)

    def leave(self, line: MemberLine) -> None:
        """Ask for the last day and the reason, and end the membership."""
        group, member = self.group, line.member.member_id

        def deed(book: Any, values: dict[str, Any], act: Act) -> Outcome[MemberId]:
            command = LeaveGroup(
                group, member, values["left"], values["reason"], agreed=bool(values.get("agreed"))
            )
            return memberships.leave(book, command, act)

        FormDialog(
            self.desk,
            _("{name} rời nhóm").format(name=line.member.full_name),
            [
                Field("left", N_("Ngày cuối cùng trong nhóm"), inputs.day(), required=True, width=24),
                Field("reason", N_("Lý do"), inputs.text(2)),
            ],
            deed,
            values={"left": self.desk.today()},
            intro=_("Chức vụ trong nhóm của người này cũng kết thúc cùng ngày."),
            save_text=_("Cho rời nhóm"),
            parent=self,
        ).open()

    def settle(self, line: MemberLine) -> None:
        """Show what the member is paid by the group's rule, then pay it and end the membership in one deed."""
        if not self.desk.can_write:
            return
        group, member, today = self.group, line.member.member_id, self.desk.today()
        self.desk.ask(
            lambda book: leaving.settlement(book, group, member, today, today), self._settle, owner=self
        )

    def _settle(self, due: Settlement) -> None:
        group = self.group

        def deed(book: Any, values: dict[str, Any], act: Act) -> Outcome[Any]:
            agreed = bool(values.get("agreed"))
            return leaving.leave(
                book, Leave(group, due.member, values["day"], values["reason"] or "", agreed), act
            )

        FormDialog(
            self.desk,
            _("Thanh toán cho {name} rời nhóm").format(name=due.name),
            [
                Field("day", N_("Ngày cuối cùng trong nhóm"), inputs.day(past=True), required=True, width=24),
                Field("reason", N_("Lý do"), inputs.text(2)),
            ],
            deed,
            self._settled,
            values={"day": self.desk.today()},
            intro=settlement_words(due),
            save_text=_("Chi tiền và cho rời nhóm"),
            parent=self,
        ).open()

    def _settled(self, posted: tuple[PostedVoucher, ...]) -> None:
        keys = [voucher.id for voucher in posted]

        def slips() -> None:
            def gather(book: Any, act: Any) -> Any:
                from desktop.services import meeting_papers

                return meeting_papers.receipts(book, keys, act)

            print_paper(self.desk, self, "receipts", _("Phiếu thanh toán rời nhóm"), gather)

        told = _("Đã thanh toán và cho rời nhóm.")
        self.desk.say(Message(told, "good", action=(_("In phiếu"), slips) if keys else None))

    # -- order --------------------------------------------------------------------------------------

    def move_up(self, line: MemberLine) -> None:
        """Put a member one place up."""
        self._move(line, -1)

    def move_down(self, line: MemberLine) -> None:
        """Put a member one place down."""
        self._move(line, 1)

    def flush(self) -> None:
        """Write the new order now."""
        self._pause.stop()
        if not self._order:
            return
        group, order = self.group, [line.member.member_id for line in self._order]
        self._order = []
        self.desk.do(
            lambda book, act: memberships.reorder(book, group, order, act), failed=self._not_moved, owner=self
        )

    def _not_moved(self, error: Exception) -> None:
        self.desk.show_error(error)
        self.load()

    def _move(self, line: MemberLine, step: int) -> None:
        rows = list(self.table.loaded_rows())
        place = next((i for i, row in enumerate(rows) if self.table.key(row) == self.table.key(line)), -1)
        if place < 0 or not 0 <= place + step < len(rows):
            return
        rows[place], rows[place + step] = rows[place + step], rows[place]
        self._order = _renumbered(rows)
        self.table.set_rows(self._order)
        self.view.select_key(self.table.key(line))
        self._pause.start()

    def _movable(self, _line: MemberLine) -> bool:
        # A filtered list shows only some: its order would not be the group's.
        return self.desk.can_write and not self.table.query.text.strip()

    # -- going --------------------------------------------------------------------------------------

    def open_member(self, line: MemberLine) -> None:
        """Open the page of a member."""
        self.desk.open_page("member", member=line.member.member_id)

    def open_past(self, row: Any) -> None:
        """Open the page of somebody who has left."""
        self.desk.open_page("member", member=row.member)


def settlement_words(due: Settlement) -> str:
    """Return what a leaver gets, part by part, as one would read it out."""
    parts = [
        _("Cổ phần ({rule}): {amount}").format(rule=due.rule.title.lower(), amount=show_dong(due.shares))
        if due.capital
        else "",
        _("phí rời nhóm {amount}").format(amount=show_dong(due.fee)) if due.fee else "",
        _("tiết kiệm {amount}").format(amount=show_dong(due.savings + due.compulsory))
        if due.savings + due.compulsory
        else "",
        _("trong đó lãi {amount}").format(amount=show_dong(due.interest)) if due.interest else "",
        _("trừ nợ vay {amount}").format(amount=show_dong(due.loans)) if due.loans else "",
        _("trừ phạt {amount}").format(amount=show_dong(due.fines)) if due.fines else "",
        _("thực nhận {amount}").format(amount=show_dong(due.cash)),
    ]
    return "; ".join(part for part in parts if part) + "."


def _renumbered(rows: list[MemberLine]) -> list[MemberLine]:
    return [replace(line, member=replace(line.member, position=place)) for place, line in enumerate(rows, 1)]
