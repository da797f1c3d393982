"""The columns of the lists of support: dossiers, what is due, assets, and the parts of a dossier."""

from __future__ import annotations

from typing import Any

from desktop.models.rules.support.assessment import gate_of
from desktop.models.support_kinds import Condition, Result, Use, Verdict
from desktop.services.support_views import AssessmentView, AssetRow, CheckView, ContributionView, TransferView
from desktop.views.kit.columns import Column, State
from desktop.views.people.support_list import SUPPORTS, share_text, stage_state
from resources.lang.dates import show_day
from resources.lang.messages import N_, _
from resources.support import items

_RESULTS = {Result.TRANSFER: "good", Result.IMPROVE: "warn", Result.REFUSE: "bad"}
_VERDICTS = {Verdict.APPROVE: "good", Verdict.IMPROVE: "warn", Verdict.REFUSE: "bad"}
_CONDITIONS = {
    Condition.GOOD: "good",
    Condition.FAIR: "warn",
    Condition.POOR: "bad",
    Condition.MISSING: "bad",
}
_USES = {Use.AS_MEANT: "good", Use.OTHERWISE: "bad", Use.IDLE: "warn"}
__all__ = ["SUPPORTS", "share_text", "stage_state"]  # shared, used in this room under these names

_DUES = {
    "again": N_("Đánh giá lại"),
    "asset": N_("Kiểm tra tài sản"),
    "evidence": N_("Thiếu chứng từ"),
}


def result_state(value: Result) -> State:
    """Return what an assessment came to, with its tone."""
    return State(value.title, _RESULTS[value])


def stars(gate: int) -> str:
    """Return the mark of a gate as the form has it."""
    return "★" * gate


def due_kind(kind: str) -> str:
    """Return what is to be done, in words."""
    return _(_DUES[kind])


DUE: list[Column[Any]] = [
    Column("kind", N_("Việc cần làm"), lambda row: due_kind(row.kind), width=20),
    Column("code", N_("Mã"), lambda row: row.code, width=8),
    Column("title", N_("Hỗ trợ, tài sản"), lambda row: row.title, width=20, stretch=True),
    Column("who", N_("Người nhận"), lambda row: row.who, width=22),
    Column("what", N_("Chi tiết"), lambda row: row.what, width=20),
    Column("due", N_("Đến hạn"), lambda row: row.due, kind="day", width=10),
    Column(
        "state",
        N_("Tình trạng"),
        lambda row: State(_("Quá hạn"), "bad") if row.overdue else State(_("Đến hạn"), "warn"),
        kind="state",
        width=12,
    ),
    Column("late", N_("Trễ (ngày)"), lambda row: row.days_late or None, kind="number", width=8),
]


def asset_state(row: AssetRow) -> State:
    """Return how an asset stands: in the register and how it was found last, or how it left it."""
    if row.end_kind is not None:
        return State(row.end_kind.title, "muted")
    if row.last is None:
        return State(_("Chưa kiểm tra"), "warn")
    return State(row.last.condition.title, _CONDITIONS[row.last.condition])


ASSETS: list[Column[Any]] = [
    Column("code", N_("Mã tài sản"), lambda row: row.code, width=9),
    Column("name", N_("Tài sản"), lambda row: row.name, width=20, stretch=True),
    Column("value", N_("Giá trị (₫)"), lambda row: row.value, kind="money"),
    Column("left", N_("Còn lại (₫)"), lambda row: row.left, kind="money", note=N_("Trừ dần đều theo số năm sử dụng")),
    Column("owner", N_("Chủ sở hữu"), lambda row: row.owner, width=14),
    Column("responsible", N_("Người phụ trách"), lambda row: row.responsible, width=16),
    Column("place", N_("Nơi để"), lambda row: row.place, width=16),
    Column("years", N_("Số năm"), lambda row: row.years, kind="number", width=6, hidden=True),
    Column("serial", N_("Số máy, nhãn"), lambda row: row.serial, width=12, hidden=True),
    Column("handed", N_("Bàn giao"), lambda row: row.handed_on, kind="day", width=10, hidden=True),
    Column("support", N_("Hồ sơ"), lambda row: row.support_code, width=8, hidden=True),
    Column("state", N_("Tình trạng"), asset_state, kind="state", width=18),
    Column("next", N_("Kiểm tra tới"), lambda row: row.next_check, kind="day", width=10),
]  # fmt: skip

CHECKS: list[Column[CheckView]] = [
    Column("day", N_("Ngày"), lambda row: row.day, kind="day", width=10),
    Column("condition", N_("Thấy thế nào"), lambda row: State(row.condition.title, _CONDITIONS[row.condition]), kind="state", width=20),
    Column("use", N_("Sử dụng"), lambda row: State(row.use.title, _USES[row.use]), kind="state", width=18),
    Column("checker", N_("Người kiểm tra"), lambda row: row.checker, width=18),
    Column("note", N_("Ghi chú"), lambda row: row.note, stretch=True),
]  # fmt: skip

ASSESSMENTS: list[Column[AssessmentView]] = [
    Column("day", N_("Ngày"), lambda row: row.day, kind="day", width=10),
    Column("wave", N_("Lần"), lambda row: row.wave.title, width=22),
    Column("assessor", N_("Người đánh giá"), lambda row: row.assessor, stretch=True),
    Column(
        "points",
        N_("Điểm"),
        lambda row: f"{row.judgement.points}/{row.judgement.most} ({share_text(row.judgement.share)})",
        width=14,
    ),
    Column(
        "missed",
        N_("Mục bắt buộc chưa đạt"),
        lambda row: ", ".join(str(n) for n in row.judgement.missed) or "–",
        width=18,
    ),
    Column("result", N_("Kết quả"), lambda row: result_state(row.judgement.result), kind="state", width=22),
    Column("files", N_("Tệp"), lambda row: row.files, kind="number", width=5),
]


class ItemLine:
    """One item of a kept assessment, as its table shows it."""

    def __init__(self, view: AssessmentView, place: int) -> None:
        self.score = view.scores[place]
        self.item = items()[self.score.item - 1]
        self.gate = gate_of(self.item.number, view.standards)

    @property
    def tone(self) -> str:
        """Return whether the gate is met."""
        return "bad" if (self.score.score or 0) < self.gate else "good"


ITEMS: list[Column[ItemLine]] = [
    Column("number", N_("Mục"), lambda row: row.item.number, kind="number", width=5),
    Column("text", N_("Tiêu chí"), lambda row: row.item.short, width=26),
    Column("gate", N_("Bắt buộc"), lambda row: stars(row.gate), width=8),
    Column("score", N_("Điểm"), lambda row: State(str(row.score.score), row.tone), kind="state", width=6),
    Column("evidence", N_("Bằng chứng"), lambda row: row.score.evidence.replace("\n", "; "), stretch=True),
    Column(
        "proposed",
        N_("Sổ đề nghị"),
        lambda row: "" if row.score.proposed is None else str(row.score.proposed),
        width=9,
    ),
    Column("basis", N_("Căn cứ trong sổ"), lambda row: row.score.basis, width=30),
]

DECISIONS: list[Column[Any]] = [
    Column("day", N_("Ngày"), lambda row: row.day, kind="day", width=10),
    Column("verdict", N_("Quyết định"), lambda row: State(row.verdict.title, _VERDICTS[row.verdict]), kind="state", width=26),
    Column("amount", N_("Giá trị duyệt (₫)"), lambda row: row.amount, kind="money"),
    Column("decider", N_("Người quyết định"), lambda row: named(row.decider, row.decider_post), width=22),
    Column("second", N_("Người thứ hai (ngoại lệ)"), lambda row: named(row.second, row.second_post), width=22),
    Column("reason", N_("Lý do"), lambda row: row.reason, stretch=True),
    Column("force", N_("Hiệu lực"), lambda row: row.in_force, kind="check", width=7),
]  # fmt: skip


def named(name: str, post: str) -> str:
    """Return a person with what they are."""
    return f"{name} ({post})" if name and post else name


def contribution_state(row: ContributionView) -> State:
    """Return whether a contribution counts."""
    if row.taken_back:
        return State(_("Đã hủy: {why}").format(why=row.reason), "muted")
    return State(_("Được tính"), "good") if row.counts else State(_("Chưa có chứng từ"), "warn")


def labour(row: ContributionView) -> str:
    """Return days and rate of labour."""
    if not row.tenths:
        return ""
    whole, rest = divmod(row.tenths, 10)
    days = f"{whole},{rest}" if rest else str(whole)
    return _("{n} công × {rate}").format(n=days, rate=f"{row.rate:,}".replace(",", "."))


CONTRIBUTIONS: list[Column[Any]] = [
    Column("day", N_("Ngày"), lambda row: row.day, kind="day", width=10),
    Column("kind", N_("Loại"), lambda row: row.kind.title, width=14),
    Column("description", N_("Gì, bao nhiêu"), lambda row: " · ".join(p for p in (row.description, labour(row)) if p), stretch=True),
    Column("giver", N_("Người góp"), lambda row: row.giver, width=18),
    Column("value", N_("Giá trị (₫)"), lambda row: row.value, kind="money"),
    Column("evidence", N_("Chứng từ"), lambda row: row.evidence.replace("\n", "; "), width=22),
    Column("voucher", N_("Phiếu"), lambda row: row.voucher_number, width=13),
    Column("state", N_("Tình trạng"), contribution_state, kind="state", width=18),
]  # fmt: skip


def transfer_state(row: TransferView) -> State:
    """Return whether a hand-over stands."""
    if row.taken_back:
        return State(_("Đã hủy: {why}").format(why=row.reason), "muted")
    return State(_("Đã bàn giao"), "good")


TRANSFERS: list[Column[Any]] = [
    Column("day", N_("Ngày"), lambda row: row.day, kind="day", width=10),
    Column("what", N_("Bàn giao gì"), lambda row: row.what, stretch=True),
    Column("value", N_("Giá trị (₫)"), lambda row: row.value, kind="money"),
    Column("minutes", N_("Biên bản"), lambda row: row.minutes, width=12),
    Column("giver", N_("Bên giao"), lambda row: row.giver, width=18),
    Column("receiver", N_("Bên nhận"), lambda row: row.receiver, width=18),
    Column("voucher", N_("Phiếu"), lambda row: row.voucher_number, width=13),
    Column("state", N_("Tình trạng"), transfer_state, kind="state", width=14),
]

STANDARDS: list[Column[Any]] = [
    Column("since", N_("Từ ngày"), lambda row: show_day(row.since) if row.since else _("Mặc định"), width=10),
    Column("passes", N_("Chuyển giao từ (%)"), lambda row: row.value.passes, kind="number", width=12),
    Column("improves", N_("Bổ sung từ (%)"), lambda row: row.value.improves, kind="number", width=12),
    Column("share", N_("Đối ứng (%)"), lambda row: row.value.share, kind="number", width=10),
    Column("hard", N_("Hộ khó khăn (%)"), lambda row: row.value.hardship_share, kind="number", width=12),
    Column("again", N_("Đánh giá lại (tháng)"), lambda row: f"{row.value.first_months}, {row.value.second_months}", width=14),
    Column("assets", N_("Kiểm tra tài sản (tháng)"), lambda row: row.value.asset_months, kind="number", width=14),
    Column("reason", N_("Lý do"), lambda row: row.reason, stretch=True),
]  # fmt: skip
