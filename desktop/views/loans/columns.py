"""The columns of all tables of loans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.models.kinds import LoanEventKind
from desktop.models.rules.loans.arrears import Bucket
from desktop.models.rules.loans.rows import Row
from desktop.models.rules.loans.state import Parts, StateRow
from desktop.services.loan_book import DueRow, EventRow
from desktop.services.loan_portfolio import LoanAtRisk
from desktop.services.loan_products import ProductRow
from desktop.views.kit.columns import Column, State
from desktop.views.loans.words import bucket_words, share
from resources.lang.messages import N_, _, ngettext


@dataclass(frozen=True, slots=True)
class AgeRow:
    """A band of days late in the portfolio: how many loans, how much principal, out of how much in all."""

    place: int
    bucket: Bucket
    loans: int
    amount: int
    whole: int


@dataclass(frozen=True, slots=True)
class DueLine:
    """A due row with the group it belongs to."""

    group: int
    group_code: str
    due: DueRow


@dataclass(frozen=True, slots=True)
class Instalment:
    """An instalment of a loan on a day: what is due, what is left, and how it stands."""

    row: StateRow
    today: date
    live: bool

    @property
    def asked(self) -> Parts:
        """Return what is asked for, without what was waived."""
        due, waived = self.row.due, self.row.waived
        return Parts(
            due.principal - waived.principal,
            due.interest - waived.interest,
            due.fees - waived.fees,
            due.penalties - waived.penalties,
        )

    @property
    def state(self) -> State:
        """Return whether it is paid, late, partly paid or to come."""
        row = self.row
        if not self.live:
            return State(_("Dự kiến"), "muted")
        if row.outstanding <= 0:
            return State(_("Đã trả"), "good")
        if row.due_on < self.today:
            days = (self.today - row.due_on).days
            return State(ngettext("Trễ {n} ngày", "Trễ {n} ngày", days).format(n=days), "bad")
        if row.due_on == self.today:
            return State(_("Đến hạn hôm nay"), "warn")
        return State(_("Đã trả một phần"), "warn") if row.paid.total else State(_("Chưa đến hạn"), "muted")


PLAN: list[Column[Row]] = [
    Column("nr", N_("Kỳ"), lambda row: row.nr, kind="number", width=3, sortable=False),
    Column("due", N_("Ngày trả"), lambda row: row.due_on, kind="day", width=10, sortable=False),
    Column("principal", N_("Gốc (₫)"), lambda row: row.principal, kind="money", width=9, sortable=False),
    Column("interest", N_("Lãi (₫)"), lambda row: row.interest, kind="money", width=7, sortable=False),
    Column("fees", N_("Phí (₫)"), lambda row: row.fees, kind="money", width=8, sortable=False, hidden=True),
    Column("total", N_("Phải trả (₫)"), lambda row: row.total, kind="money", width=9, sortable=False),
    Column("balance", N_("Còn nợ (₫)"), lambda row: row.balance, kind="money", width=9, sortable=False),
]

SCHEDULE: list[Column[Instalment]] = [
    Column("nr", N_("Kỳ"), lambda line: line.row.nr, kind="number", width=4),
    Column("due", N_("Ngày trả"), lambda line: line.row.due_on, kind="day", width=11),
    Column("state", N_("Tình trạng"), lambda line: line.state, kind="state", width=14),
    Column("principal", N_("Gốc (₫)"), lambda line: line.asked.principal, kind="money", width=10),
    Column("interest", N_("Lãi (₫)"), lambda line: line.asked.interest, kind="money", width=9),
    Column("fees", N_("Phí (₫)"), lambda line: line.asked.fees, kind="money", width=9, hidden=True),
    Column("penalties", N_("Phạt (₫)"), lambda line: line.asked.penalties, kind="money", width=8),
    Column("total", N_("Phải trả (₫)"), lambda line: line.asked.total, kind="money", width=11),
    Column("paid", N_("Đã trả (₫)"), lambda line: line.row.paid.total, kind="money", width=11),
    Column("left", N_("Còn thiếu (₫)"), lambda line: line.row.outstanding, kind="money", width=11),
    Column(
        "balance", N_("Dư nợ sau kỳ (₫)"), lambda line: line.row.balance, kind="money", width=14, zero=True
    ),
    Column("paid_on", N_("Trả xong ngày"), lambda line: line.row.paid_on, kind="day", width=12),
]


def _event_words(event: EventRow) -> State:
    if event.undone:
        return State(_("{kind} (đã hủy)").format(kind=event.kind.title), "muted")
    tone = {
        LoanEventKind.DISBURSEMENT: "warn",
        LoanEventKind.REPAYMENT: "good",
        LoanEventKind.WRITE_OFF: "bad",
        LoanEventKind.UNDO: "muted",
        LoanEventKind.ADJUSTMENT: "muted",
    }.get(event.kind, "")
    return State(event.kind.title, tone)


EVENTS: list[Column[EventRow]] = [
    Column("day", N_("Ngày"), lambda event: event.day, kind="day", width=11),
    Column("kind", N_("Việc"), _event_words, kind="state", width=16),
    Column("amount", N_("Số tiền (₫)"), lambda event: event.amount or None, kind="money", width=11),
    Column("principal", N_("Gốc (₫)"), lambda event: event.principal or None, kind="money", width=11),
    Column("interest", N_("Lãi (₫)"), lambda event: event.interest or None, kind="money", width=8),
    Column("fees", N_("Phí (₫)"), lambda event: event.fees or None, kind="money", width=9, hidden=True),
    Column("penalties", N_("Phạt (₫)"), lambda event: event.penalties or None, kind="money", width=8),
    Column(
        "overpaid", N_("Thừa (₫)"), lambda event: event.overpaid or None, kind="money", width=9, hidden=True
    ),
    Column("balance", N_("Dư nợ (₫)"), lambda event: event.balance, kind="money", width=11, zero=True),
    Column("voucher", N_("Chứng từ"), lambda event: event.voucher_number, width=12),
    Column("note", N_("Ghi chú"), lambda event: event.note, width=14),
    Column("by", N_("Người ghi"), lambda event: event.by, width=18, hidden=True),
    Column("at", N_("Ghi lúc"), lambda event: event.at, kind="instant", width=17, hidden=True),
]


def _debt_group(row: LoanAtRisk) -> State:
    tone = "" if row.debt_group == 1 else "warn" if row.debt_group == 2 else "bad"
    return State(str(row.debt_group), tone)


RISKS: list[Column[LoanAtRisk]] = [
    Column("code", N_("Mã"), lambda row: row.code, width=9),
    Column("group", N_("Nhóm"), lambda row: row.group_code, width=8),
    Column("name", N_("Người vay"), lambda row: row.name, width=22, stretch=True),
    Column("disbursed", N_("Giải ngân"), lambda row: row.disbursed_on, kind="day", width=11, hidden=True),
    Column("outstanding", N_("Dư nợ (₫)"), lambda row: row.outstanding, kind="money", width=11),
    Column("overdue", N_("Quá hạn (₫)"), lambda row: row.overdue, kind="money", width=11),
    Column("days", N_("Số ngày trễ"), lambda row: row.days_late, kind="number", width=11),
    Column("debt_group", N_("Nhóm nợ"), _debt_group, kind="state", width=8),
    Column("provision", N_("Dự phòng (₫)"), lambda row: row.provision, kind="money", width=12),
    Column(
        "rescheduled",
        N_("Gia hạn"),
        lambda row: State(_("{n} lần").format(n=row.extended) if row.extended else "", "warn"),
        kind="state",
        width=8,
    ),
]

AGES: list[Column[AgeRow]] = [
    Column(
        "bucket",
        N_("Số ngày trễ"),
        lambda row: bucket_words(row.bucket),
        stretch=True,
        width=15,
        sortable=False,
    ),
    Column("loans", N_("Số khoản"), lambda row: row.loans, kind="number", width=10, sortable=False),
    Column("amount", N_("Dư nợ (₫)"), lambda row: row.amount, kind="money", width=14, sortable=False),
    Column(
        "share", N_("Tỷ lệ"), lambda row: share(row.amount, row.whole), width=9, sortable=False, figures=True
    ),
]

DUES: list[Column[DueLine]] = [
    Column("group", N_("Nhóm"), lambda line: line.group_code, width=9),
    Column("name", N_("Người vay"), lambda line: line.due.name, width=22, stretch=True),
    Column("code", N_("Khoản vay"), lambda line: line.due.code, width=10),
    Column("principal", N_("Gốc (₫)"), lambda line: line.due.principal, kind="money", width=11),
    Column("interest", N_("Lãi (₫)"), lambda line: line.due.interest, kind="money", width=10),
    Column("fees", N_("Phí (₫)"), lambda line: line.due.fees, kind="money", width=9),
    Column("penalties", N_("Phạt (₫)"), lambda line: line.due.penalties, kind="money", width=10),
    Column("total", N_("Phải thu (₫)"), lambda line: line.due.total, kind="money", width=12),
    Column("outstanding", N_("Dư nợ gốc (₫)"), lambda line: line.due.outstanding, kind="money", width=12),
]


def _product_rate(row: ProductRow) -> str:
    from desktop.views.loans.product_values import rate_words

    return rate_words(row.product)


PRODUCTS: list[Column[ProductRow]] = [
    Column("code", N_("Mã"), lambda row: row.code, width=9),
    Column("name", N_("Tên sản phẩm"), lambda row: row.name, width=22, stretch=True),
    Column("method", N_("Cách trả"), lambda row: row.product.method.title, width=32),
    Column("rate", N_("Lãi suất"), _product_rate, width=14),
    Column("loans", N_("Số khoản"), lambda row: row.loans, kind="number", width=10),
    Column(
        "state",
        N_("Tình trạng"),
        lambda row: State(_("Đang dùng"), "good") if row.active else State(_("Ngừng dùng"), "muted"),
        kind="state",
        width=13,
    ),
]
