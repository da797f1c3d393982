"""The columns of audits: visits, what is looked at, findings, whom to visit first."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from desktop.models.audit_kinds import FindingState, Severity
from desktop.services.audit_book import CheckRow, FindingRow, VisitRow
from desktop.views.kit.columns import Column, State
from resources.lang.messages import N_, _

_TONES = {Severity.HIGH: "bad", Severity.MEDIUM: "warn", Severity.LOW: "muted"}


def visit_state(row: VisitRow) -> State:
    """Return how a visit stands: going on, or what it found."""
    if row.closed is None:
        return State(_("Đang làm"), "warn")
    if row.open_findings:
        return State(_("Còn {n} kiến nghị").format(n=row.open_findings), "bad")
    return State(_("Xong"), "good")


def finding_state(row: FindingRow) -> State:
    """Return how a finding stands; late ones are said to be late."""
    if row.state is FindingState.CLOSED:
        return State(row.state.title, "good")
    if row.late:
        return State(_("Quá hạn"), "bad")
    return State(row.state.title, "warn")


def check_state(row: CheckRow) -> State:
    """Return what came of a passbook or loan."""
    if row.found is None:
        return State(_("Không xem được"), "warn") if row.note else State(_("Chưa xem"), "muted")
    return State(_("Khớp"), "good") if row.difference == 0 else State(_("Sai"), "bad")


VISITS: list[Column[Any]] = [
    Column("code", N_("Đợt"), lambda row: row.code, width=8),
    Column("day", N_("Ngày"), lambda row: row.day, "day", width=11),
    Column("group", N_("Nhóm"), lambda row: row.group_name, width=24, stretch=True),
    Column("auditor", N_("Người kiểm tra"), lambda row: row.auditor, width=22),
    Column("seen", N_("Sổ đã xem"), lambda row: row.passbooks.seen, "number", width=11),
    Column("wrong", N_("Sổ sai"), lambda row: row.passbooks.wrong, "number", width=9),
    Column("box", N_("Chênh lệch quỹ (₫)"), lambda row: row.box_difference, "money", width=16),
    Column("state", N_("Tình trạng"), visit_state, "state", width=20),
]
CHECKS: list[Column[Any]] = [
    Column("code", N_("Mã"), lambda row: row.code, width=10),
    Column("name", N_("Họ và tên"), lambda row: row.name, width=24, stretch=True),
    Column("book", N_("Sổ nhóm (₫)"), lambda row: row.book, "money", width=15),
    Column("found", N_("Tìm thấy (₫)"), lambda row: row.found, "money", width=15),
    Column("difference", N_("Chênh lệch (₫)"), lambda row: row.difference, "money", width=15),
    Column("chosen", N_("Vì sao chọn"), lambda row: ", ".join(one.title for one in row.chosen), width=22),
    Column("note", N_("Ghi chú"), lambda row: row.note, width=20, hidden=True),
    Column("state", N_("Kết quả"), check_state, "state", width=16),
]
FINDINGS: list[Column[Any]] = [
    Column("code", N_("Mã"), lambda row: row.code, width=8),
    Column(
        "severity", N_("Mức"), lambda row: State(row.severity.title, _TONES[row.severity]), "state", width=8
    ),
    Column("title", N_("Điều chưa đúng"), lambda row: row.title, width=30, stretch=True),
    Column("group", N_("Nhóm"), lambda row: row.group_name, width=18),
    Column("owner", N_("Ai khắc phục"), lambda row: row.owner, width=18),
    Column("due", N_("Hạn"), lambda row: row.due, "day", width=11),
    Column("age", N_("Số ngày"), lambda row: row.age, "number", width=13),
    Column("state", N_("Tình trạng"), finding_state, "state", width=16),
]
SIGNS: list[Column[Any]] = [
    Column("rule", N_("Dấu hiệu"), lambda row: row.rule, width=9),
    Column(
        "severity", N_("Mức"), lambda row: State(row.severity.title, _TONES[row.severity]), "state", width=8
    ),
    Column("group", N_("Nhóm"), lambda row: row.group_name, width=20),
    Column("text", N_("Sổ cho thấy"), lambda row: row.text, width=44, stretch=True),
    Column("innocent", N_("Có thể chỉ vì"), lambda row: row.innocent, width=36),
]
DUE: list[Column[Any]] = [
    Column("code", N_("Mã"), lambda row: row.code, width=8),
    Column("name", N_("Nhóm"), lambda row: row.name, width=26, stretch=True),
    Column("risk", N_("Điểm rủi ro"), lambda row: int(row.risk + Fraction(1, 2)), "number", width=12),
    Column("findings", N_("Kiến nghị"), lambda row: row.open_findings, "number", width=11),
    Column("arrears", N_("PAR>30 (%)"), lambda row: None if row.arrears is None else round(row.arrears * 100), "number", width=11),
    Column(
        "counted",
        N_("Kiểm quỹ 3 tháng"),
        lambda row: State(_("Có"), "good") if row.counted else State(_("Chưa"), "warn"),
        "state",
        width=16,
    ),
    Column("last", N_("Kiểm tra lần cuối"), lambda row: row.last_visit, "day", width=14),
    Column(
        "overdue",
        N_("Hạn một năm"),
        lambda row: State(_("Cần kiểm tra"), "bad") if row.overdue else State(_("Còn hạn"), "good"),
        "state",
        width=15,
    ),
]  # fmt: skip
