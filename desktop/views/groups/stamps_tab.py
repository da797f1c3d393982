"""The passbooks of a group at a glance: stamps of the last meeting and the running count of every member."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop.models.ids import MemberId
from desktop.services import passbooks
from desktop.services.passbooks import PassbookChoice, PassbookOrder
from desktop.views.groups.tab import GroupTab
from desktop.views.kit.blocks import button, label
from desktop.views.kit.columns import Column, Stamps
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_view import RowAction, TableView
from desktop.views.kit.theme import px
from desktop.views.people.stamps import PassbookChooser, print_passbooks
from reports.passbook import Passbook, PassbookRow
from resources.lang.dates import show_day
from resources.lang.dong import show_dong, show_number
from resources.lang.messages import N_, _


@dataclass(frozen=True, slots=True)
class StampLine:
    """One member's passbook as the list shows it."""

    member: MemberId
    book: Passbook

    @property
    def last(self) -> PassbookRow | None:
        """Return the row of the last meeting, None before the first."""
        held = [row for row in self.book.rows if row.meeting is not None and not row.planned]
        return held[-1] if held else None

    @property
    def missed(self) -> int:
        """Return at how many meetings of the cycle nothing was brought."""
        return sum(
            row.meeting is not None and not (row.shares or row.saved or row.compulsory)
            for row in self.book.rows
        )

    @property
    def stamps(self) -> Stamps | None:
        """Return the stamps of the last meeting."""
        last = self.last
        if last is None or not self.book.has_shares:
            return None
        return Stamps.of(max(last.shares, 0), max(self.book.shares_max, 1))


class StampsTab(GroupTab):
    """Every member's passbook in one line; Enter opens it, Print makes them all."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.print_button = button(_("In sổ của cả nhóm"), self.print_all, "print", "primary", self)
        self.print_one_button = button(_("In sổ người đang chọn"), self.print_current, "print", "", self)
        self.chooser = PassbookChooser(self)
        self.chooser.chosen.connect(self._read)
        self.row_of(self.chooser, self.print_button, self.print_one_button)
        self.said = label("", "muted", self, wrap=True)
        self.body.addWidget(self.said)
        columns: list[Column[StampLine]] = [
            Column("code", N_("Mã"), lambda row: row.book.code, width=9),
            Column("name", N_("Họ và tên"), lambda row: row.book.name, stretch=True, width=20),
            Column("stamps", N_("Dấu kỳ gần nhất"), lambda row: row.stamps, kind="state", width=18),
            Column(
                "bought",
                N_("Mua trong chu kỳ"),
                lambda row: sum(one.shares for one in row.book.rows),
                kind="number",
                width=14,
            ),
            Column("held", N_("Tổng cổ phần"), lambda row: row.book.shares, kind="number", width=12),
            Column("paid", N_("Đã góp (₫)"), lambda row: row.book.paid_in, kind="money", width=13),
            Column("balance", N_("Tiết kiệm (₫)"), lambda row: row.book.balance, kind="money", width=13),
            Column("missed", N_("Kỳ không đóng"), lambda row: row.missed or None, kind="number", width=12),
        ]
        self.table: RowTable[StampLine] = RowTable(desk, columns, key=lambda row: row.member)
        self.view = TableView(
            self.table,
            "group.passbooks",
            _("Sổ thành viên của nhóm"),
            empty=Empty("member", _("Nhóm chưa có thành viên hoặc chưa có chu kỳ nào.")),
            actions=(
                RowAction(_("Mở sổ của người này"), self.open_member, "open"),
                RowAction(_("In sổ người này"), self.print_row, "print"),
            ),
        )
        self.view.opened.connect(self.open_member)
        self.view.setMinimumHeight(px(300))
        self.body.addWidget(self.view, 1)

    def load(self) -> None:
        """Read which cycles there are; the usual one is shown."""
        group = self.group
        self.desk.ask(lambda book: passbooks.choices(book, group=group), self._offer, owner=self)

    def _offer(self, found: list[PassbookChoice]) -> None:
        self.chooser.offer(found, named=False)
        if not found:
            self._show([])

    def _read(self, choice: PassbookChoice) -> None:
        order, act = PassbookOrder(choice.group, cycle=choice.cycle, planned=False), self.desk.act()
        self.desk.ask(lambda book: passbooks.look(book, order, act), self._show, owner=self)

    def _show(self, found: list[tuple[MemberId, Passbook]]) -> None:
        rows = [StampLine(member, book) for member, book in found]
        self.table.set_rows(rows)
        shares = any(row.book.has_shares for row in rows)
        self.view.show_columns(dict.fromkeys(("stamps", "bought", "held", "paid"), shares))
        self.print_button.setEnabled(bool(rows))
        last = next((row.last for row in rows if row.last is not None), None)
        self.said.setText(
            ""
            if last is None or last.day is None
            else _("Kỳ gần nhất: kỳ {n}, ngày {day}.").format(n=last.meeting, day=show_day(last.day))
        )
        total = sum(row.book.shares for row in rows)
        paid = sum(row.book.paid_in + row.book.balance for row in rows)
        self.view.set_summary(
            _("Cả nhóm: {n} cổ phần; nhóm đang giữ {amount}").format(
                n=show_number(total), amount=show_dong(paid)
            )
            if rows
            else ""
        )

    def open_member(self, row: StampLine) -> None:
        """Open the passbook of a member."""
        self.desk.open_page("member", member=row.member, tab="passbook")

    def print_row(self, row: StampLine) -> None:
        """Print the passbook of a member."""
        print_passbooks(self.desk, self, self.group, row.member, self._cycle)

    def print_current(self) -> None:
        """Print the passbook of the current member."""
        row = self.view.current_row()
        if row is None:
            self.desk.say(_("Hãy chọn một người trong danh sách trước."), "info")
        else:
            self.print_row(row)

    def print_all(self) -> None:
        """Print the passbooks of the whole group."""
        print_passbooks(self.desk, self, self.group, cycle=self._cycle)

    @property
    def _cycle(self) -> int | None:
        choice = self.chooser.value()
        return None if choice is None else int(choice.cycle)
