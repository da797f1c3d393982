"""What a person has in each group, and how it came about: read from the ledger, never changed here."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from desktop.models.ids import MemberId
from desktop.models.kinds import OWED_TO_MEMBERS
from desktop.services import standing
from desktop.services.movements import AccountMoves, Move
from desktop.services.standing import MemberAccount
from desktop.views.kit.blocks import label
from desktop.views.kit.day_edit import DayEdit
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_view import TableView
from desktop.views.kit.theme import px, space
from desktop.views.members.columns import ACCOUNTS, MOVES
from resources.lang.dates import show_day
from resources.lang.dong import show_dong
from resources.lang.messages import _


class MoneyTab(QWidget):
    """Accounts above, the movements of the chosen one below."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.member: MemberId | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, space(3), 0, 0)
        self.accounts: RowTable[MemberAccount] = RowTable(
            desk, ACCOUNTS, key=lambda row: (row.group, row.account)
        )
        self.account_view = TableView(
            self.accounts,
            "member.accounts",
            _("Số dư trong các nhóm"),
            filterable=False,
            empty=Empty(
                "cash",
                _("Chưa có khoản tiền nào."),
                _("Số dư hiện ra sau buổi họp đầu tiên được ghi sổ."),
            ),
        )
        self.account_view.tools.insertWidget(0, label(_("Số dư trong các nhóm"), "heading", self))
        self.account_view.chosen.connect(self._account_chosen)
        self.moves: RowTable[Move] = RowTable(
            desk, MOVES, key=lambda row: (row.voucher, row.balance, row.text)
        )
        self.move_view = TableView(
            self.moves,
            "member.moves",
            _("Phát sinh"),
            empty=Empty("cashbook", _("Không có phát sinh trong khoảng ngày này.")),
        )
        self.move_view.opened.connect(self._open_voucher)
        today = desk.today()
        self.starts, self.ends = DayEdit(self, today), DayEdit(self, today)
        self.starts.set_value(today - timedelta(days=365))
        self.ends.set_value(today)
        for place, (edit, name) in enumerate(((self.starts, _("Từ ngày")), (self.ends, _("Đến ngày")))):
            edit.setAccessibleName(name)
            edit.setFixedWidth(px(130))
            edit.changed.connect(self._load_moves)
            words = label(name, "label", self)
            words.setBuddy(edit)
            self.move_view.tools.insertWidget(1 + place * 2, words)
            self.move_view.tools.insertWidget(2 + place * 2, edit)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.addWidget(self.account_view)
        split.addWidget(self.move_view)
        split.setSizes([px(220), px(380)])
        split.setChildrenCollapsible(False)
        box.addWidget(split)

    def load(self, member: MemberId) -> None:
        """Read the accounts of a person, and the movements of the chosen one."""
        if member != self.member:
            self.member = member
            self.moves.set_rows([])
        today = self.desk.today()
        self.desk.ask(
            lambda book: standing.member_accounts(book, member, today), self._show_accounts, owner=self
        )

    def _show_accounts(self, rows: list[MemberAccount]) -> None:
        self.accounts.set_rows(rows)
        owned = sum(row.amount for row in rows if row.account in OWED_TO_MEMBERS)
        self.account_view.set_summary(
            _("Các nhóm đang giữ: {amount}").format(amount=show_dong(owned)) if rows else ""
        )
        if rows and self.account_view.current_row() is None:
            self.account_view.grid.selectRow(0)
        else:
            self._load_moves()

    def _account_chosen(self, _row: object) -> None:
        self._load_moves()

    def _load_moves(self) -> None:
        row: MemberAccount | None = self.account_view.current_row()
        member, starts, ends = self.member, self.starts.value(), self.ends.value()
        if row is None or member is None or starts is None or ends is None or starts > ends:
            self.moves.set_rows([])
            return

        def question(book: Any) -> tuple[AccountMoves, ...]:
            return standing.account_moves(book, row.group, member, starts, ends)

        def answer(found: tuple[AccountMoves, ...]) -> None:
            if self.account_view.current_row() == row and member == self.member:
                self._show_moves(row, found, show_day(starts))

        self.desk.ask(question, answer, owner=self)

    def _show_moves(self, row: MemberAccount, found: tuple[AccountMoves, ...], since: str) -> None:
        account = next((one for one in found if one.account is row.account), None)
        self.moves.set_rows(account.moves[::-1] if account is not None else [])
        opening = show_dong(account.opening if account is not None else 0)
        self.move_view.set_summary(
            _("{account} · đầu kỳ {day}: {amount}").format(account=row.name, day=since, amount=opening)
        )

    def _open_voucher(self, row: Move) -> None:
        self.desk.open_page("cashbook", voucher=row.voucher)
