"""The cash book page: vouchers, the book of each box, the trial balance; of one group over a period."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.models.ids import GroupId, VoucherId
from desktop.models.kinds import Account, EntryKind, Paper, account_name
from desktop.services import bank_accounts, expenses
from desktop.services.acts import Topic
from desktop.services.balances import TrialBalance
from desktop.services.bank_accounts import BankData
from desktop.services.vouchers import BoxBook, VoucherFilter, VoucherRow
from desktop.views.cashbook.counts_tab import CountsTab
from desktop.views.cashbook.deeds import (
    RecordDialog,
    ReverseDialog,
    VoucherDialog,
    ask_bank_account,
    tell_posted,
)
from desktop.views.cashbook.expenses_tab import ExpensesTab
from desktop.views.cashbook.sources_tab import SourcesTab
from desktop.views.cashbook.tables import BOX_LINES, BOXES, TRIAL, VOUCHERS
from desktop.views.kit import papers
from desktop.views.kit.blocks import button
from desktop.views.kit.choice_box import Choice
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.group_picker import PeriodBar
from desktop.views.kit.page import Page, PageAction
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.sources import BookSource, Query
from desktop.views.kit.tabbed_page import TabbedPage
from desktop.views.kit.table_view import RowAction, TableView
from desktop.views.kit.theme import dress, space
from resources.lang.dong import show_dong
from resources.lang.messages import _, many


def _wanted(query: Query) -> VoucherFilter:
    return query.filters.get("wanted", VoucherFilter())


def _count(book: Any, query: Query) -> int:
    from desktop.services import vouchers

    return vouchers.count(book, _wanted(query))


def _page(book: Any, query: Query, offset: int, limit: int) -> Sequence[VoucherRow]:
    from desktop.services import vouchers

    return vouchers.page(book, _wanted(query), offset, limit)


class CashbookPage(TabbedPage):
    """Vouchers, box books and trial balance."""

    topics = frozenset({Topic.ENTRIES, Topic.GROUPS, Topic.BOOK, Topic.ATTACHMENTS})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.bar = PeriodBar(desk, self)
        self.bar.changed.connect(self.reload)
        self.body.addWidget(self.bar)
        self.expenses = ExpensesTab(desk, self.spend, self._look_at, self)
        self.sources = SourcesTab(desk, self)
        self.counts = CountsTab(desk, self)
        self.set_parts(
            _("Các phần của sổ quỹ"),
            (
                ("vouchers", self._vouchers_tab(), many("Chứng từ")),
                ("box", self._box_tab(), _("Sổ quỹ")),
                ("trial", self._trial_tab(), _("Bảng cân đối")),
                ("expenses", self.expenses, _("Chi phí")),
                ("sources", self.sources, _("Vốn bên ngoài")),
                ("counts", self.counts, _("Kiểm kê quỹ")),
            ),
        )

    # -- building -----------------------------------------------------------------------------------

    def _vouchers_tab(self) -> QWidget:
        self.vouchers: RowTable[VoucherRow] = RowTable(
            self.desk, VOUCHERS, key=lambda row: row.id, query=Query(filters={"wanted": VoucherFilter()})
        )
        self.voucher_view = TableView(
            self.vouchers,
            "cashbook.vouchers",
            many("Chứng từ"),
            filterable=False,
            empty=Empty(
                "cashbook",
                _("Nhóm chưa có chứng từ nào trong kỳ này."),
                _("Chứng từ được lập khi ghi sổ buổi họp, hoặc ghi riêng ở đây."),
                (_("Ghi chứng từ"), self.record),
            ),
            actions=(
                RowAction(_("Xem chứng từ"), self.look, "document"),
                RowAction(_("In phiếu"), self.print_receipt, "print", enabled=_printable),
                RowAction(_("Đảo chứng từ…"), self.reverse, "undo", enabled=self._reversible),
            ),
        )
        self.voucher_view.opened.connect(self.look)
        self.kind = Choice([(None, _("Mọi loại chứng từ")), *((paper, paper.title) for paper in Paper)], self)
        self.kind.setAccessibleName(_("Loại chứng từ"))
        self.kind.changed.connect(self.reload)
        self.voucher_view.tools.insertWidget(0, self.kind)
        self.voucher_view.narrowed_by(self.kind)
        return self.voucher_view

    def _box_tab(self) -> QWidget:
        holder = QWidget(self)
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, space(2), 0, 0)
        self.box_choice = Choice([(account, account_name(account)) for account in BOXES], holder)
        self.box_choice.setAccessibleName(_("Quỹ"))
        self.box_choice.changed.connect(self.reload)
        self.box_lines: RowTable[Any] = RowTable(
            self.desk, BOX_LINES, key=lambda row: (row.voucher, row.balance)
        )
        self.box_view = TableView(
            self.box_lines,
            "cashbook.box",
            _("Sổ quỹ"),
            empty=Empty("cash", _("Quỹ không có thu chi trong kỳ này.")),
        )
        self.box_view.tools.insertWidget(0, self.box_choice)
        self.bank_button = button(_("Tài khoản ngân hàng…"), self.name_bank, "edit", "", holder)
        self.box_view.tools.insertWidget(1, self.bank_button)
        self.box_view.opened.connect(lambda row: self._look_at(row.voucher))
        box.addWidget(self.box_view)
        return holder

    def _trial_tab(self) -> QWidget:
        holder = QWidget(self)
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, space(2), 0, 0)
        self.agreement = QLabel(holder)
        self.agreement.setWordWrap(True)
        box.addWidget(self.agreement)
        self.trial: RowTable[Any] = RowTable(self.desk, TRIAL, key=lambda row: row.account)
        self.trial_view = TableView(
            self.trial,
            "cashbook.trial",
            _("Bảng cân đối tài khoản"),
            filterable=False,
            empty=Empty("cashbook", _("Nhóm chưa có số liệu.")),
        )
        box.addWidget(self.trial_view, 1)
        return holder

    # -- the page -----------------------------------------------------------------------------------

    def title(self) -> str:
        """Return the heading."""
        return _("Sổ quỹ và chứng từ")

    def actions(self) -> list[PageAction]:
        """Return what can be done here."""
        news = {
            "expenses": PageAction(_("Ghi chi phí"), self.spend, "plus", "Ctrl+N", primary=True),
            "sources": PageAction(_("Thêm nguồn vốn…"), self.sources.add, "plus", "Ctrl+N", primary=True),
            "counts": PageAction(_("Kiểm kê quỹ…"), self.counts.count, "plus", "Ctrl+N", primary=True),
        }
        record = PageAction(_("Ghi chứng từ"), self.record, "plus", "Ctrl+N", primary=True)
        return [
            news.get(self.shown_key, record),
            PageAction(_("In"), self.print_shown, "print", "Ctrl+P", writes=False),
        ]

    def focus_first(self) -> None:
        """Begin in the table of the tab in front; without a group, with the group."""
        if self.bar.complete:
            self.tabs.focus_content()
        else:
            Page.focus_first(self)

    def open(self, group: int | None = None, voucher: int | None = None, tab: str = "", **_args: Any) -> None:
        """Show a group's books (the first group's when none is named), a tab by its name, one voucher in full."""
        self.show_tab(tab)
        if group is not None:
            self.bar.group.choose(group)
        else:
            self.bar.group.first()
        self.reload()
        if voucher is not None:
            self._look_at(VoucherId(voucher))

    def reload(self) -> None:
        """Load what the shown tab needs."""
        if not self.bar.complete:
            return
        group, starts, ends = self._group, self.bar.starts.value(), self.bar.ends.value()
        loads: tuple[Callable[[], object], ...] = (
            self._load_vouchers,
            self._load_box,
            self._load_trial,
            lambda: self.expenses.load(group, starts, ends),
            lambda: self.sources.load(group, ends),
            lambda: self.counts.load(group),
        )
        loads[self.tabs.currentIndex()]()

    def tab_changed(self, place: int) -> None:
        """Read what has come to the front."""
        super().tab_changed(place)
        self.reload()

    @property
    def _group(self) -> GroupId:
        return GroupId(self.bar.group.value())

    def _load_vouchers(self) -> None:
        wanted = VoucherFilter(
            group=self._group,
            starts=self.bar.starts.value(),
            ends=self.bar.ends.value(),
            paper=self.kind.value(),
        )
        self.vouchers.source = BookSource(_count, _page)
        self.vouchers.query = self.vouchers.query.but(filters={"wanted": wanted})
        self.vouchers.reload()

    def _load_box(self) -> None:
        group, box = self._group, self.box_choice.value()
        self.bank_button.setVisible(box is Account.BANK)
        self.bank_button.setEnabled(self.desk.can_write)
        starts, ends = self.bar.starts.value(), self.bar.ends.value()

        def question(book: Any) -> BoxBook:
            from desktop.services import vouchers

            return vouchers.box_book(book, group, box, starts, ends)

        self.desk.ask(question, self._show_box, owner=self)

    def _show_box(self, found: BoxBook) -> None:
        self.box_lines.set_rows(list(found.lines))
        self.box_view.set_summary(
            _("Đầu kỳ {opening} · Thu {paid_in} · Chi {paid_out} · Tồn {closing}").format(
                opening=show_dong(found.opening),
                paid_in=show_dong(sum(line.paid_in for line in found.lines)),
                paid_out=show_dong(sum(line.paid_out for line in found.lines)),
                closing=show_dong(found.closing),
            )
        )

    def _load_trial(self) -> None:
        group, starts, ends = self._group, self.bar.starts.value(), self.bar.ends.value()

        def question(book: Any) -> TrialBalance:
            from desktop.services import balances

            return balances.trial_balance(book, group, starts, ends)

        self.desk.ask(question, self._show_trial, owner=self)

    def _show_trial(self, found: TrialBalance) -> None:
        self.trial.set_rows(list(found.rows))
        dress(self.agreement, "good" if found.in_balance else "bad")
        self.agreement.setText(
            _("✓ Tài sản = Nợ phải trả + Vốn: bảng cân đối.")
            if found.in_balance
            else _("✗ Bảng không cân: hãy chạy Kiểm tra sổ và báo người hỗ trợ.")
        )

    # -- deeds --------------------------------------------------------------------------------------

    def record(self) -> None:
        """Record a voucher outside a meeting."""
        self._record(EntryKind.EXPENSE)

    def _record(self, kind: EntryKind) -> None:
        if self.bar.group.value() is None:
            self.desk.say(_("Hãy chọn nhóm trước."), "warn")
            return
        RecordDialog(self.desk, self._group, self.bar.group.text(), self._posted, self, kind).open()

    def spend(self) -> None:
        """Record an expense with its receipt."""
        self._record(EntryKind.EXPENSE)

    def name_bank(self) -> None:
        """Say where the group keeps its money at a bank."""
        group = self._group

        def show(known: BankData | None) -> None:
            ask_bank_account(self.desk, group, known, self._bank_named, self)

        self.desk.ask(lambda book: bank_accounts.find(book, group), show, owner=self)

    def _bank_named(self) -> None:
        self.desk.say(_("Đã ghi tài khoản ngân hàng; số này đứng đầu sổ tiền gửi."), "good")

    def _posted(self, posted: Any) -> None:
        tell_posted(self.desk, posted)

    def _reversible(self, row: VoucherRow) -> bool:
        return self.desk.can_write and not row.reversal and not row.reversed and row.meeting_number is None

    def reverse(self, row: VoucherRow) -> None:
        """Reverse a voucher, asking for the reason."""
        ReverseDialog(self.desk, row.id, row.number, self._posted, self).open()

    def look(self, row: VoucherRow) -> None:
        """Show a voucher in full."""
        self._look_at(row.id)

    def _look_at(self, voucher: VoucherId) -> None:
        def question(book: Any) -> Any:
            from desktop.services import vouchers

            return vouchers.detail(book, voucher), expenses.one(book, voucher)

        self.desk.ask(question, self._show_detail, owner=self)

    def _show_detail(self, found: Any) -> None:
        detail, expense = found
        VoucherDialog(self.desk, detail, self, expense).open()

    def print_receipt(self, row: VoucherRow) -> None:
        """Print the phiếu thu, phiếu chi or phiếu chuyển khoản of a voucher, two copies on a page."""
        voucher = row.id

        def gather(book: Any, act: Any) -> Any:
            from desktop.services import meeting_papers

            return meeting_papers.receipts(book, [voucher], act, copies=2)

        papers.print_paper(self.desk, self, "receipts", row.number, gather)

    def print_shown(self) -> None:
        """Print what the shown tab shows: the receipt of the current voucher, the cash book, the trial balance."""
        if not self.bar.complete:
            return
        group, starts, ends = self._group, self.bar.starts.value(), self.bar.ends.value()
        tab = self.tabs.currentIndex()
        if self.shown_key == "expenses":
            self.expenses.print_list()
        elif self.shown_key == "counts":
            row_ = self.counts.view.current_row()
            if row_ is None:
                self.desk.say(_("Hãy chọn một lần kiểm kê trong bảng."), "warn")
            else:
                self.counts.print_minutes(row_)
        elif tab == 0:
            row = self.voucher_view.current_row()
            if row is None or not _printable(row):
                self.desk.say(
                    _("Hãy chọn một phiếu thu, phiếu chi hoặc phiếu chuyển khoản trong bảng."), "warn"
                )
            else:
                self.print_receipt(row)
        elif tab == 1:
            box: Account = self.box_choice.value()

            def gather_book(book: Any, act: Any) -> Any:
                from desktop.services import group_papers

                return group_papers.cash_book(book, group, box, starts, ends, act)

            papers.print_paper(self.desk, self, "cash-book", account_name(box), gather_book)
        else:

            def gather_trial(book: Any, act: Any) -> Any:
                from desktop.services import group_papers

                return group_papers.trial_balance_paper(book, group, starts, ends, act)

            papers.print_paper(self.desk, self, "trial-balance", _("Bảng cân đối"), gather_trial)


def _printable(row: VoucherRow) -> bool:
    return row.paper in (Paper.RECEIPT, Paper.PAYMENT, Paper.TRANSFER)
