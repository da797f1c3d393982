"""What can be done on the cash book page: record a voucher, reverse one, look into one, name the bank account."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from desktop.models.ids import GroupId, MemberId, VoucherId
from desktop.models.kinds import BY_MEMBER, EFFECTS, AttachmentKind, EntryKind
from desktop.models.money_kinds import ExpenseCategory
from desktop.services import bank_accounts, expenses
from desktop.services.acts import Act, Outcome
from desktop.services.bank_accounts import BankData
from desktop.services.expenses import ExpenseRow
from desktop.services.vouchers import ALONE, RecordVoucher, VoucherDetail, VoucherPosted
from desktop.views.cashbook.expenses_tab import receipt_fields, receipt_of
from desktop.views.cashbook.tables import LINES
from desktop.views.kit.attachments import AttachmentList
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog, ReasonDialog
from desktop.views.kit.form import Field
from desktop.views.kit.group_picker import members_of
from desktop.views.kit.inputs import choice, day, dong, line, number
from desktop.views.kit.papers import tell_papers
from desktop.views.kit.pickers import person
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_view import TableView
from desktop.views.kit.theme import dress, px, space
from resources.lang.dates import show_day, show_instant
from resources.lang.dong import in_words, show_dong
from resources.lang.messages import N_, _


def _of_member(kind: EntryKind) -> bool:
    effect = EFFECTS[kind]
    return bool({effect.debit, effect.credit} & BY_MEMBER)


RECEIPT = ("category", "payee", "receipt_number", "receipt_day", "scan")
"""The fields of a voucher that only expenses have."""


class RecordDialog(FormDialog):
    """A receipt, payment or transfer outside a meeting. Fields that a kind does not need are hidden."""

    def __init__(
        self,
        desk: Desk,
        group: GroupId,
        group_name: str,
        then: Callable[[VoucherPosted], object],
        parent: QWidget,
        kind: EntryKind = EntryKind.EXPENSE,
    ) -> None:
        # A grant from the social fund is asked for and decided on the group's page before it is paid; outside money
        # is received from a source that has a name.
        elsewhere = (EntryKind.SOCIAL_OUT, EntryKind.EXTERNAL_IN)
        kinds = [(kind, EFFECTS[kind].name) for kind in ALONE if kind not in elsewhere]
        fields = [
            Field("kind", N_("Loại"), choice(kinds), required=True),
            Field("day", N_("Ngày"), day(), required=True, width=14),
            Field("member", N_("Thành viên"), person(desk, members_of(group))),
            Field("units", N_("Số cổ phần"), number(0, 10_000), width=10),
            Field("amount", N_("Số tiền"), dong(), required=True, width=24),
            Field("text", N_("Nội dung"), line(N_("Ví dụ: mua sổ sách cho nhóm"), 200)),
            *(replace(field, required=False) for field in receipt_fields(desk)),
        ]
        super().__init__(
            desk,
            _("Ghi chứng từ · {group}").format(group=group_name),
            fields,
            lambda book, values, act: _record(book, group, values, act),
            then,
            values={"kind": kind, "day": desk.today(), "category": ExpenseCategory.OTHER},
            save_text=_("Ghi sổ"),
            columns=2,
            parent=parent,
        )
        self.form.changed.connect(self._kind_changed)
        self._kind_changed("kind")

    def _kind_changed(self, key: str) -> None:
        if key == "kind":
            kind = self.form.value("kind")
            self.form.set_visible("member", kind is not None and _of_member(kind))
            self.form.set_visible("units", kind is EntryKind.SHARES_OUT)
            for name in RECEIPT:
                self.form.set_visible(name, kind in expenses.KINDS)
            if kind is EntryKind.BANK_FEE:
                self.form.set_values({**self.form.values(), "category": ExpenseCategory.BANK})


def _record(book: Any, group: GroupId, values: dict[str, Any], act: Act) -> Outcome[VoucherPosted]:
    from desktop.services import vouchers

    kind: EntryKind = values["kind"]
    if kind in expenses.KINDS:
        return expenses.spend(
            book,
            expenses.Spend(
                group,
                kind,
                values["amount"],
                values["day"],
                values["text"] or "",
                receipt_of(values),
                agreed=bool(values.get("agreed")),
            ),
            act,
        )
    member = values["member"] if _of_member(kind) else None
    units = -(values["units"] or 0) if kind is EntryKind.SHARES_OUT else 0
    return vouchers.record(
        book,
        RecordVoucher(
            group,
            kind,
            values["amount"],
            values["day"],
            member=None if member is None else MemberId(member),
            text=values["text"] or "",
            units=units,
        ),
        act,
    )


class ReverseDialog(ReasonDialog):
    """Asks for the reason of a reversal."""

    def __init__(
        self,
        desk: Desk,
        voucher: VoucherId,
        number: str,
        then: Callable[[VoucherPosted], object],
        parent: QWidget,
    ) -> None:
        super().__init__(
            desk,
            _("Đảo chứng từ {number}").format(number=number),
            lambda book, reason, act: _reverse(book, voucher, reason, act),
            then,
            intro=_("Chứng từ cũ vẫn được giữ. Một bút toán đảo được ghi vào cùng ngày."),
            save_text=_("Ghi bút toán đảo"),
            parent=parent,
        )


def _reverse(book: Any, voucher: VoucherId, reason: str, act: Act) -> Outcome[VoucherPosted]:
    from desktop.services import vouchers

    return vouchers.reverse_voucher(book, voucher, reason, act)


def tell_posted(desk: Desk, posted: VoucherPosted) -> None:
    """Say which voucher was posted, and how many papers printed before no longer agree."""
    desk.say(_("Đã ghi {number}.").format(number=posted.voucher.number), "good")
    tell_papers(desk, posted.papers)


class VoucherDialog(QDialog):
    """One voucher in full: what it says, its postings, its receipt, its place in the chain."""

    def __init__(
        self, desk: Desk, detail: VoucherDetail, parent: QWidget, expense: ExpenseRow | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        row = detail.row
        self.setWindowTitle(row.number)
        box = QVBoxLayout(self)
        box.setContentsMargins(*[space(5)] * 4)
        box.setSpacing(space(3))
        heading = QLabel(f"{row.paper.title} {row.number}", self)
        dress(heading, "heading")
        box.addWidget(heading)
        box.addWidget(self._facts(detail))
        if expense is not None:
            box.addWidget(self._receipt(expense))
        table: RowTable[Any] = RowTable(desk, LINES, key=lambda line: id(line))
        table.set_rows(list(detail.lines))
        view = TableView(
            table, "voucher.lines", _("Định khoản"), filterable=False, exportable=False, parent=self
        )
        box.addWidget(view, 1)
        if expense is not None and expense.subject is not None:
            self.files = AttachmentList(desk, "expense.files", AttachmentKind.RECEIPT, self)
            self.files.show_subject(expense.subject)
            self.files.setMinimumHeight(px(230))
            box.addWidget(self.files, 1)
        chain = QLabel(
            _("Vị trí {seq} trong chuỗi kiểm chứng · {hash}").format(seq=detail.seq, hash=detail.hash[:16]),
            self,
        )
        chain.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        dress(chain, "small")
        box.addWidget(chain)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        box.addWidget(buttons)
        self.resize(px(760), px(460 if expense is None else 720))

    def _receipt(self, expense: ExpenseRow) -> QLabel:
        words = [_("Chưa phân loại") if expense.category is None else expense.category.title]
        words += [_("trả cho {payee}").format(payee=expense.payee)] if expense.payee else []
        if expense.receipt_number:
            words.append(_("hóa đơn {number}").format(number=expense.receipt_number))
        if expense.lacks_receipt:
            words.append(_("chưa có hóa đơn, biên lai"))
        made = QLabel(" · ".join(words), self)
        made.setWordWrap(True)
        dress(made, "warn" if expense.lacks_receipt else "muted")
        return made

    def _facts(self, detail: VoucherDetail) -> QLabel:
        row = detail.row
        amount = row.paid_in or row.paid_out
        lines = [
            _("Ngày {day}").format(day=show_day(row.day)),
            row.member,
            row.text,
            f"{show_dong(amount)} ({in_words(amount)})" if amount else "",
            _("Ghi lúc {at}, người ghi: {by}").format(at=show_instant(row.recorded_at), by=row.recorded_by),
        ]
        label = QLabel("\n".join(part for part in lines if part), self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label


def ask_bank_account(
    desk: Desk, group: GroupId, known: BankData | None, then: Callable[[], object], parent: QWidget
) -> None:
    """Ask for the bank account of a group, which stands at the head of its book of deposits."""

    def deed(book: Any, values: dict[str, Any], act: Act) -> Outcome[GroupId]:
        data = BankData(values["bank"] or "", values["number"] or "", values["holder"] or "")
        return bank_accounts.note(book, group, data, act)

    FormDialog(
        desk,
        _("Tài khoản ngân hàng của nhóm"),
        [
            Field(
                "bank", N_("Ngân hàng, chi nhánh"), line(N_("Ví dụ: Agribank Càng Long"), 120), required=True
            ),
            Field("number", N_("Số tài khoản"), line("", 40)),
            Field("holder", N_("Chủ tài khoản"), line("", 120)),
        ],
        deed,
        lambda _group: then(),
        values={} if known is None else {"bank": known.bank, "number": known.number, "holder": known.holder},
        save_text=_("Ghi lại"),
        parent=parent,
    ).open()
