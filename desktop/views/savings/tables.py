"""The tables of a run: what each member gets, and how one member's interest is worked out."""

from __future__ import annotations

from desktop.models.rules.savings_working import Stretch
from desktop.services.savings_interest import MemberInterest
from desktop.views.kit.columns import Column
from resources.lang.dong import show_percent
from resources.lang.messages import N_

LINES: list[Column[MemberInterest]] = [
    Column("code", N_("Mã"), lambda row: row.code, width=9),
    Column("name", N_("Họ và tên"), lambda row: row.name, width=20, stretch=True),
    Column("opening", N_("Đầu kỳ (₫)"), lambda row: row.working.opening, kind="money", width=11),
    Column("in", N_("Gửi vào (₫)"), lambda row: row.working.paid_in, kind="money", width=10),
    Column("out", N_("Rút ra (₫)"), lambda row: row.working.paid_out, kind="money", width=10),
    Column("closing", N_("Cuối kỳ (₫)"), lambda row: row.working.closing, kind="money", width=11),
    Column("exact", N_("Lãi tính được (₫)"), lambda row: row.working.exact, kind="exact", width=15),
    Column("interest", N_("Làm tròn (₫)"), lambda row: row.working.interest, kind="money", width=12),
    Column(
        "difference",
        N_("Chênh kỳ trước (₫)"),
        lambda row: row.difference,
        kind="money",
        width=15,
        note=N_("Do chứng từ ghi lùi ngày vào kỳ đã nhập lãi"),
    ),
    Column("total", N_("Nhập vào (₫)"), lambda row: row.total, kind="money", width=11, zero=True),
]

STRETCHES: list[Column[Stretch]] = [
    Column("starts", N_("Từ ngày"), lambda row: row.starts, kind="day", width=11),
    Column("ends", N_("Đến ngày"), lambda row: row.ends, kind="day", width=11),
    Column("days", N_("Số ngày"), lambda row: row.days, kind="number", width=9),
    Column("balance", N_("Số dư tính lãi (₫)"), lambda row: row.balance, kind="exact", width=16),
    Column("percent", N_("Lãi suất một năm"), lambda row: show_percent(row.percent / 100, 3), width=18),
    Column(
        "interest",
        N_("Lãi, chưa làm tròn (₫)"),
        lambda row: row.interest,
        kind="exact",
        width=18,
        stretch=True,
    ),
]
