"""The expenses of a group over a period: what for, with which receipt; those without one stand out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from desktop.models.ids import GroupId, VoucherId
from desktop.models.kinds import AttachmentKind
from desktop.models.money_kinds import ExpenseCategory
from desktop.services import expenses, money_papers
from desktop.services.acts import Act, Outcome
from desktop.services.attachments import Subject
from desktop.services.expenses import ExpenseRow, Receipt
from desktop.views.kit.attachments import AttachmentList, scan
from desktop.views.kit.blocks import button, label
from desktop.views.kit.columns import Column, State
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.empty import Empty
from desktop.views.kit.form import Field
from desktop.views.kit.inputs import CheckBox, choice, day, line
from desktop.views.kit.papers import print_paper
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_view import RowAction, TableView
from desktop.views.kit.theme import px, space
from desktop.views.people.rights import allow
from resources.lang.dong import show_dong
from resources.lang.messages import N_, _, ngettext


def _receipt_state(row: ExpenseRow) -> State:
    if row.reversed:
        return State(_("Đã đảo"), "muted")
    if row.lacks_receipt:
        return State(_("Chưa có"), "warn")
    return State(_("Có ảnh") if row.scans else _("Có số, chưa có ảnh"), "good" if row.scans else "")


_COLUMNS: list[Column[ExpenseRow]] = [
    Column("day", N_("Ngày"), lambda row: row.day, "day", width=10),
    Column("number", N_("Số phiếu"), lambda row: row.number, width=12),
    Column(
        "category",
        N_("Loại chi"),
        lambda row: _("Chưa phân loại") if row.category is None else row.category.title,
        width=18,
    ),
    Column("text", N_("Nội dung"), lambda row: row.text, stretch=True, width=18),
    Column("payee", N_("Trả cho"), lambda row: row.payee, width=14),
    Column("receipt", N_("Số hóa đơn"), lambda row: row.receipt_number, width=11),
    Column("state", N_("Hóa đơn"), _receipt_state, "state", width=16),
    Column("amount", N_("Số tiền (₫)"), lambda row: row.amount, "money", width=11),
]


class ExpensesTab(QWidget):
    """The list, with what is spent on each category below it."""

    def __init__(
        self,
        desk: Desk,
        spend: Callable[[], object],
        look: Callable[[VoucherId], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self._look = look
        self._shown: tuple[GroupId, date, date] | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, space(2), 0, 0)
        self.table: RowTable[ExpenseRow] = RowTable(desk, _COLUMNS, key=lambda row: row.voucher)
        self.view = TableView(
            self.table,
            "cashbook.expenses",
            _("Chi phí của nhóm"),
            empty=Empty(
                "cash",
                _("Không có chi phí nào trong kỳ này."),
                _("Ghi chi phí kèm số và ảnh hóa đơn để cả nhóm cùng biết."),
                (_("Ghi chi phí…"), spend),
            ),
            actions=(
                RowAction(_("Xem chứng từ"), lambda row: look(row.voucher), "document"),
                RowAction(_("Bổ sung hóa đơn…"), self.describe, "edit", enabled=self._may_describe),
                RowAction(_("Ảnh hóa đơn…"), self.show_scans, "open", enabled=_has_record),
            ),
        )
        self.view.opened.connect(lambda row: look(row.voucher))
        self.spend_button = button(_("Ghi chi phí…"), spend, "plus", "primary", self)
        self.lacking = CheckBox(_("Chỉ khoản chưa có hóa đơn"), self)
        self.lacking.changed.connect(self._again)
        self.view.tools.insertWidget(0, self.spend_button)
        self.view.tools.insertWidget(1, self.lacking)
        self.view.narrowed_by(self.lacking)
        box.addWidget(self.view, 1)
        self.sums = label("", "muted", self, wrap=True)
        box.addWidget(self.sums)

    def load(self, group: GroupId, starts: date, ends: date) -> None:
        """Show the expenses of a period."""
        self._shown = (group, starts, ends)
        allow(self.desk, [self.spend_button])
        self._again()

    def _again(self) -> None:
        if self._shown is None:
            return
        group, starts, ends = self._shown
        self.desk.ask(lambda book: expenses.listed(book, group, starts, ends), self._show, owner=self)

    def _show(self, rows: list[ExpenseRow]) -> None:
        lacking = [row for row in rows if row.lacks_receipt]
        self.table.set_rows(lacking if self.lacking.value() else rows)
        total = sum(row.amount for row in rows if not row.reversed)
        self.view.set_summary(_("Cộng: {sum}").format(sum=show_dong(total)))
        parts = [
            f"{_('Chưa phân loại') if category is None else category.title}: {show_dong(sum_)}"
            for category, sum_ in expenses.by_category(rows)
        ]
        if lacking:
            text = ngettext("{n} khoản chưa có hóa đơn", "{n} khoản chưa có hóa đơn", len(lacking))
            parts.append(text.format(n=len(lacking)))
        self.sums.setText(" · ".join(parts))

    # -- deeds --------------------------------------------------------------------------------------

    def _may_describe(self, row: ExpenseRow) -> bool:
        return self.desk.can_write and not row.reversed

    def describe(self, row: ExpenseRow) -> None:
        """Say what an expense was for, and add its receipt."""
        if not self._may_describe(row):
            return

        def deed(book: Any, values: dict[str, Any], act: Act) -> Outcome[Subject]:
            return expenses.describe(book, row.voucher, receipt_of(values), act)

        FormDialog(
            self.desk,
            _("Hóa đơn của {number}").format(number=row.number),
            receipt_fields(self.desk),
            deed,
            lambda _subject: self._described(),
            values={
                "category": row.category,
                "payee": row.payee,
                "receipt_number": row.receipt_number,
                "receipt_day": row.receipt_day,
            },
            intro=f"{row.text}: {show_dong(row.amount)}",
            save_text=_("Ghi lại"),
            parent=self,
        ).open()

    def _described(self) -> None:
        self.desk.say(_("Đã ghi hóa đơn của khoản chi."), "good")
        self._again()

    def show_scans(self, row: ExpenseRow) -> None:
        """Show the kept pictures of a receipt."""
        if row.subject is not None:
            ScansDialog(self.desk, row.number, row.subject, self).open()

    def print_list(self) -> None:
        """Print the list as it is shown."""
        if self._shown is None:
            return
        group, starts, ends = self._shown
        lacking = bool(self.lacking.value())

        def gather(book: Any, act: Any) -> Any:
            return money_papers.expense_list(book, group, starts, ends, act, lacking=lacking)

        print_paper(self.desk, self, "expense-list", _("Bảng kê chi phí"), gather)


def _has_record(row: ExpenseRow) -> bool:
    return row.subject is not None


def receipt_fields(desk: Desk) -> list[Field]:
    """Return the fields of a receipt, for a form of an expense."""
    return [
        Field(
            "category",
            N_("Loại chi"),
            choice([(one, one.title) for one in ExpenseCategory]),
            required=True,
        ),
        Field("payee", N_("Trả cho"), line(N_("Ví dụ: tạp hóa Út Hiền"), 120)),
        Field("receipt_number", N_("Số hóa đơn, biên lai"), line("", 40)),
        Field("receipt_day", N_("Ngày trên hóa đơn"), day(past=True), width=14),
        Field(
            "scan", N_("Ảnh hoặc bản quét hóa đơn"), scan(desk), hint=N_("Giữ trong sổ, bên cạnh phiếu chi.")
        ),
    ]


def receipt_of(values: dict[str, Any]) -> Receipt:
    """Return the receipt that a form says."""
    picked = values["scan"]
    return Receipt(
        values["category"] or ExpenseCategory.OTHER,
        values["payee"] or "",
        values["receipt_number"] or "",
        values["receipt_day"],
        None if picked is None else expenses.receipt_file(picked.name, picked.content),
    )


class ScansDialog(QDialog):
    """The kept pictures of one receipt: look, add, take away."""

    def __init__(self, desk: Desk, number: str, subject: Subject, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Hóa đơn của {number}").format(number=number))
        box = QVBoxLayout(self)
        box.setContentsMargins(*[space(5)] * 4)
        self.files = AttachmentList(desk, "expense.files", AttachmentKind.RECEIPT, self)
        self.files.show_subject(subject)
        box.addWidget(self.files, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        box.addWidget(buttons)
        self.resize(px(720), px(380))
