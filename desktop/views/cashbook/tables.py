"""The columns of the cash book page, as data."""

from __future__ import annotations

from desktop.models.kinds import Account
from desktop.services.balances import TrialRow
from desktop.services.vouchers import BoxLine, VoucherLine, VoucherRow
from desktop.views.kit.columns import Column, State
from resources.lang.messages import N_, _


def voucher_state(row: VoucherRow) -> State | None:
    """Return how a voucher stands: a reversal, reversed, or nothing to say."""
    if row.reversal:
        return State(_("Bút toán đảo"), "warn")
    if row.reversed:
        return State(_("Đã đảo"), "muted")
    return None


VOUCHERS = [
    Column[VoucherRow]("day", N_("Ngày"), lambda row: row.day, "day", width=10, sortable=False),
    Column[VoucherRow]("number", N_("Số"), lambda row: row.number, width=12, sortable=False),
    Column[VoucherRow]("group", N_("Nhóm"), lambda row: row.group_code, width=7, sortable=False, hidden=True),
    Column[VoucherRow](
        "meeting", N_("Kỳ họp"), lambda row: row.meeting_number, "number", width=8, sortable=False
    ),
    Column[VoucherRow]("member", N_("Người nộp, nhận"), lambda row: row.member, width=19, sortable=False),
    Column[VoucherRow]("text", N_("Diễn giải"), lambda row: row.text, stretch=True, sortable=False),
    Column[VoucherRow]("paid_in", N_("Thu (₫)"), lambda row: row.paid_in, "money", width=10, sortable=False),
    Column[VoucherRow](
        "paid_out", N_("Chi (₫)"), lambda row: row.paid_out, "money", width=10, sortable=False
    ),
    Column[VoucherRow]("state", N_("Tình trạng"), voucher_state, "state", width=12, sortable=False),
    Column[VoucherRow](
        "by", N_("Người ghi"), lambda row: row.recorded_by, width=18, sortable=False, hidden=True
    ),
    Column[VoucherRow](
        "at", N_("Ghi lúc"), lambda row: row.recorded_at, "instant", width=17, sortable=False, hidden=True
    ),
]

BOX_LINES = [
    Column[BoxLine]("day", N_("Ngày"), lambda row: row.day, "day", width=10, sortable=False),
    Column[BoxLine]("number", N_("Số"), lambda row: row.number, width=12, sortable=False),
    Column[BoxLine]("member", N_("Người nộp, nhận"), lambda row: row.member, width=19, sortable=False),
    Column[BoxLine]("text", N_("Diễn giải"), lambda row: row.text, stretch=True, sortable=False),
    Column[BoxLine]("paid_in", N_("Thu (₫)"), lambda row: row.paid_in, "money", width=10, sortable=False),
    Column[BoxLine]("paid_out", N_("Chi (₫)"), lambda row: row.paid_out, "money", width=10, sortable=False),
    Column[BoxLine](
        "balance", N_("Tồn (₫)"), lambda row: row.balance, "money", width=12, sortable=False, zero=True
    ),
]

TRIAL = [
    Column[TrialRow]("account", N_("Số hiệu"), lambda row: str(int(row.account)), width=9, sortable=False),
    Column[TrialRow]("name", N_("Tài khoản"), lambda row: row.name, stretch=True, sortable=False),
    Column[TrialRow](
        "opening_debit",
        N_("Đầu kỳ Nợ (₫)"),
        lambda row: max(row.opening, 0),
        "money",
        width=12,
        sortable=False,
    ),
    Column[TrialRow](
        "opening_credit", N_("Đầu kỳ Có (₫)"), lambda row: max(-row.opening, 0), "money", sortable=False
    ),
    Column[TrialRow]("debit", N_("Phát sinh Nợ (₫)"), lambda row: row.debit, "money", sortable=False),
    Column[TrialRow]("credit", N_("Phát sinh Có (₫)"), lambda row: row.credit, "money", sortable=False),
    Column[TrialRow](
        "closing_debit", N_("Cuối kỳ Nợ (₫)"), lambda row: max(row.closing, 0), "money", sortable=False
    ),
    Column[TrialRow](
        "closing_credit", N_("Cuối kỳ Có (₫)"), lambda row: max(-row.closing, 0), "money", sortable=False
    ),
]

LINES = [
    Column[VoucherLine]("account", N_("Số hiệu"), lambda row: str(int(row.account)), width=8, sortable=False),
    Column[VoucherLine]("name", N_("Tài khoản"), lambda row: row.name, width=24, sortable=False),
    Column[VoucherLine]("member", N_("Thành viên"), lambda row: row.member, stretch=True, sortable=False),
    Column[VoucherLine](
        "units", N_("Cổ phần"), lambda row: row.units or None, "number", width=8, sortable=False
    ),
    Column[VoucherLine]("debit", N_("Nợ"), lambda row: row.debit, "money", width=10, sortable=False),
    Column[VoucherLine]("credit", N_("Có"), lambda row: row.credit, "money", width=10, sortable=False),
]

BOXES = (Account.CASH, Account.SOCIAL_CASH, Account.BANK)
"""The boxes whose book can be shown."""
