"""The columns of a share-out: everybody's part, and the share-outs of before."""

from __future__ import annotations

from desktop.models.kinds import OpeningState
from desktop.models.rules.closing import Payout
from desktop.services.share_outs import ShareOutRow
from desktop.views.kit.columns import Column, State
from resources.lang.messages import N_

PAYOUTS: list[Column[Payout]] = [
    Column("code", N_("Mã"), lambda row: row.member.code, width=9),
    Column("name", N_("Họ và tên"), lambda row: row.member.name, width=18, stretch=True),
    Column("units", N_("Cổ phần"), lambda row: row.member.units, kind="number", width=8),
    Column("capital", N_("Đã góp (₫)"), lambda row: row.member.capital, kind="money", width=11),
    Column("payout", N_("Được chia (₫)"), lambda row: row.payout, kind="money", width=12),
    Column("savings", N_("Trả tiết kiệm (₫)"), lambda row: row.savings, kind="money", width=12),
    Column("loans", N_("Trừ nợ (₫)"), lambda row: row.loans, kind="money", width=10),
    Column("fines", N_("Trừ phạt (₫)"), lambda row: row.fines, kind="money", width=10),
    Column("cash", N_("Thực nhận (₫)"), lambda row: row.cash, kind="money", width=12, zero=True),
]
DONE: list[Column[ShareOutRow]] = [
    Column("cycle", N_("Chu kỳ"), lambda row: row.cycle, kind="number", width=7),
    Column("day", N_("Ngày"), lambda row: row.day, kind="day", width=11),
    Column("paid", N_("Đã chia (₫)"), lambda row: row.paid, kind="money", width=12),
    Column("value", N_("Giá trị cổ phần (₫)"), lambda row: row.value_per_share, kind="money", width=14),
    Column("remainder", N_("Số lẻ (₫)"), lambda row: row.remainder, kind="money", width=10),
    Column("by", N_("Người duyệt"), lambda row: row.approved_by, stretch=True),
    Column(
        "state",
        N_("Trạng thái"),
        lambda row: State(row.state.title, "good" if row.state is OpeningState.POSTED else "muted"),
        kind="state",
        width=14,
    ),
]
