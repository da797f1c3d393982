"""The columns of a group's savings: savers, runs, rules and rates, notices."""

from __future__ import annotations

from fractions import Fraction

from desktop.models.kinds import OpeningState
from desktop.models.rules.savings_terms import basis_title, rounding_title
from desktop.models.savings_kinds import NoticeState, RatePer
from desktop.services.savings_book import NoticeRow, RuleRow, RunRow, Saver
from desktop.views.kit.columns import Column, State
from resources.lang.dong import show_dong, show_percent
from resources.lang.messages import N_, _

SAVERS: list[Column[Saver]] = [
    Column("code", N_("Mã"), lambda row: row.code, width=9),
    Column("name", N_("Họ và tên"), lambda row: row.name, width=18, stretch=True),
    Column("savings", N_("Tự nguyện (₫)"), lambda row: row.savings, kind="money", width=12),
    Column(
        "free",
        N_("Được rút (₫)"),
        lambda row: row.free,
        kind="money",
        width=12,
        zero=True,
        note=N_("Rút tiết kiệm tự nguyện được nhiều nhất hôm nay, theo quy định của nhóm"),
    ),
    Column(
        "expected",
        N_("Lãi đến nay (₫)"),
        lambda row: row.expected,
        kind="money",
        width=13,
        note=N_("Lãi tự nguyện tính đến hôm nay, chưa nhập"),
    ),
    Column("compulsory", N_("Bắt buộc (₫)"), lambda row: row.compulsory, kind="money", width=12),
    Column(
        "expected_compulsory",
        N_("Lãi bắt buộc đến nay (₫)"),
        lambda row: row.expected_compulsory,
        kind="money",
        width=20,
    ),
    Column("credited", N_("Lãi đã nhập (₫)"), lambda row: row.credited, kind="money", width=13),
]

RUNS: list[Column[RunRow]] = [
    Column("number", N_("Lần số"), lambda row: row.number, kind="number", width=7),
    Column("kind", N_("Loại tiết kiệm"), lambda row: row.kind.title, width=18),
    Column("title", N_("Kỳ"), lambda row: row.title, width=16, stretch=True),
    Column("member", N_("Riêng cho"), lambda row: row.member, width=14),
    Column("ends", N_("Ngày ghi"), lambda row: row.ends, kind="day", width=11),
    Column("credited", N_("Số người"), lambda row: row.credited, kind="number", width=9),
    Column("total", N_("Lãi nhập (₫)"), lambda row: row.total, kind="money", width=12, zero=True),
    Column(
        "state",
        N_("Trạng thái"),
        lambda row: State(row.state.title, "good" if row.state is OpeningState.POSTED else "muted"),
        kind="state",
        width=14,
    ),
    Column("reason", N_("Lý do hủy"), lambda row: row.reason, width=14),
]

RULES: list[Column[RuleRow]] = [
    Column("kind", N_("Loại tiết kiệm"), lambda row: row.kind.title, width=18),
    Column(
        "what", N_("Nội dung"), lambda row: _("Lãi suất") if row.rate is not None else _("Quy định"), width=10
    ),
    Column("from", N_("Từ ngày"), lambda row: row.valid_from, kind="day", width=11),
    Column("text", N_("Chi tiết"), lambda row: rule_words(row), width=30, stretch=True),
    Column("state", N_("Tình trạng"), lambda row: _rule_state(row), kind="state", width=14),
]

_TONES = {
    NoticeState.WAITING: "warn",
    NoticeState.DUE: "good",
    NoticeState.USED: "",
    NoticeState.CANCELLED: "muted",
}
NOTICES: list[Column[NoticeRow]] = [
    Column("code", N_("Mã"), lambda row: row.code, width=9),
    Column("name", N_("Họ và tên"), lambda row: row.name, width=18, stretch=True),
    Column("kind", N_("Loại tiết kiệm"), lambda row: row.kind.title, width=18),
    Column("noticed", N_("Ngày báo"), lambda row: row.noticed_on, kind="day", width=11),
    Column("due", N_("Được rút từ"), lambda row: row.due_on, kind="day", width=11),
    Column("amount", N_("Số tiền báo (₫)"), lambda row: row.amount, kind="money", width=14),
    Column("left", N_("Còn được rút (₫)"), lambda row: row.left, kind="money", width=15),
    Column(
        "state",
        N_("Tình trạng"),
        lambda row: State(row.state.title, _TONES[row.state]),
        kind="state",
        width=14,
    ),
    Column("reason", N_("Lý do"), lambda row: row.reason, width=14),
]


def percent_words(yearly: Fraction | None) -> str:
    """Return a rate as a figure's note says it."""
    if yearly is None:
        return _("chưa có lãi suất")
    return _("lãi {rate} một năm").format(rate=show_percent(yearly / 100, 3))


def rule_words(row: RuleRow) -> str:
    """Return rules or a rate in one line."""
    if row.rate is not None:
        text = f"{show_percent(row.rate.percent / 100, 3)} {row.rate.per.title}"
        if row.rate.per is RatePer.MONTH:
            yearly = show_percent(row.rate.yearly / 100, 3)
            text += " " + _("({rate} một năm)").format(rate=yearly)
        return text
    terms = row.terms
    assert terms is not None
    parts = [
        basis_title(terms.basis),
        _("nhập lãi {how}").format(how=terms.crediting.title.lower()),
        _("một năm {days} ngày").format(days=terms.days_in_year) if terms.days_in_year != 365 else "",
        _("làm tròn đến {unit} ({how})").format(
            unit=show_dong(terms.rounding_unit), how=rounding_title(terms.rounding).lower()
        )
        if terms.rounding_unit > 1
        else "",
        _("để lại ít nhất {amount}").format(amount=show_dong(terms.minimum)) if terms.minimum else "",
        _("không rút khi còn nợ vay") if terms.locked_by_loan else "",
        _("báo trước {days} ngày").format(days=terms.notice_days) if terms.notice_days else "",
    ]
    return "; ".join(part for part in parts if part)


def _rule_state(row: RuleRow) -> State:
    if row.now:
        return State(_("Đang áp dụng"), "good")
    return State(_("Sắp áp dụng"), "warn") if row.coming else State(_("Đã thay"), "muted")
