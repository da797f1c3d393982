"""The columns of the lists of livelihoods, visits, jobs, openings, seekers, placements, events and dated data."""

from __future__ import annotations

from typing import Any

from desktop.models.livelihood_kinds import JobKind, LivelihoodState, SeekerState
from desktop.models.rules.livelihoods.visits import DueState, DueVisit
from desktop.services.livelihood_story import story_kind
from desktop.views.kit.columns import Column, State
from desktop.views.livelihoods.inputs import show_hundredths
from resources.lang.dates import show_day
from resources.lang.messages import N_, _

_TONES = {
    LivelihoodState.OPERATING: "good",
    LivelihoodState.PAUSED: "warn",
    LivelihoodState.CLOSED: "bad",
    LivelihoodState.PLANNED: "muted",
}


def state(value: LivelihoodState) -> State:
    """Return how an activity stands, with its tone."""
    return State(value.title, _TONES[value])


def due_state(visit: DueVisit | None) -> State | None:
    """Return which visit comes next and how it stands."""
    if visit is None:
        return None
    words = {
        DueState.OVERDUE: (_("{wave}: quá hạn từ {day}"), "bad", visit.last),
        DueState.DUE: (_("{wave}: đến hạn {day}"), "warn", visit.due),
        DueState.COMING: (_("{wave}: {day}"), "muted", visit.due),
    }.get(visit.state)
    if words is None:
        return None
    text, tone, day = words
    return State(text.format(wave=visit.wave.title, day=show_day(day)), tone)


def share(value: Any) -> str:
    """Return an FTE with two decimals."""
    return show_hundredths(round(value * 100))


def hours(minutes: int) -> str:
    """Return minutes as hours: 270 -> "4,5"."""
    return show_hundredths(round(minutes * 100 / 60))


LIVELIHOODS: list[Column[Any]] = [
    Column("code", N_("Mã"), lambda row: row.code, width=8),
    Column("name", N_("Sinh kế"), lambda row: row.name, width=20, stretch=True),
    Column("owner", N_("Chủ"), lambda row: row.owner.text, width=20),
    Column("section", N_("Lĩnh vực"), lambda row: row.section, width=18, hidden=True),
    Column("vsic", N_("Ngành (VSIC 2025)"), lambda row: row.vsic, width=20, hidden=True),
    Column("place", N_("Thôn, ấp"), lambda row: row.place, width=12, hidden=True),
    Column("state", N_("Tình trạng"), lambda row: state(row.state), kind="state", width=14),
    Column("started", N_("Bắt đầu"), lambda row: row.started, kind="day", width=10, hidden=True),
    Column(
        "net",
        N_("Thu nhập/năm (₫)"),
        lambda row: row.net,
        kind="money",
        zero=True,
        note=N_("Thu nhập ròng một năm theo lần thăm mới nhất"),
    ),
    Column(
        "real",
        N_("Tăng thực (₫)"),
        lambda row: None if row.income is None else row.income.real,
        kind="money",
        zero=True,
        note=N_("So với trước hỗ trợ, theo giá của lúc ấy"),
    ),
    Column(
        "coming", N_("Lần thăm tới"), lambda row: due_state(row.coming), kind="state", width=22
    ),
    Column("plan", N_("Kế hoạch duyệt"), lambda row: row.approved, kind="day", width=10, hidden=True),
    Column("risk", N_("Rủi ro"), lambda row: row.risk, kind="number", width=6, note=N_("Mức độ hứng chịu × nhạy cảm, 1 đến 9; từ 6 là cao")),
    Column("smart", N_("Thích ứng khí hậu"), lambda row: row.smart, kind="check", width=8, hidden=True),
    Column("loans", N_("Vốn vay"), lambda row: row.loans, kind="number", width=6, hidden=True),
]  # fmt: skip

DUES: list[Column[Any]] = [
    Column("code", N_("Mã"), lambda row: row.code, width=8),
    Column("name", N_("Sinh kế"), lambda row: row.name, stretch=True),
    Column("owner", N_("Chủ"), lambda row: row.owner.text, width=22),
    Column("wave", N_("Lần thăm"), lambda row: row.visit.wave.title, width=14),
    Column("due", N_("Đến hạn"), lambda row: row.visit.due, kind="day", width=10),
    Column("last", N_("Chậm nhất"), lambda row: row.visit.last, kind="day", width=10),
    Column("state", N_("Tình trạng"), lambda row: _due(row), kind="state", width=16),
    Column("late", N_("Trễ (ngày)"), lambda row: row.days_late or None, kind="number", width=8),
]


def _due(row: Any) -> State:
    if row.visit.state is DueState.OVERDUE:
        return State(_("Quá hạn"), "bad")
    if row.visit.state is DueState.DUE:
        return State(_("Đến hạn"), "warn")
    return State(_("Sắp tới"), "muted")


VISITS: list[Column[Any]] = [
    Column("wave", N_("Lần thăm"), lambda row: row.wave.title, width=14),
    Column("day", N_("Ngày"), lambda row: row.day, kind="day", width=10),
    Column("visitor", N_("Người thăm"), lambda row: row.visitor, stretch=True),
    Column(
        "operating",
        N_("Hoạt động"),
        lambda row: State(_("Có"), "good") if row.operating else State(_("Không"), "bad"),
        kind="state",
        width=10,
    ),
    Column("net", N_("Thu nhập/năm (₫)"), lambda row: row.net, kind="money", zero=True),
    Column("days", N_("Ngày/năm"), lambda row: row.figures.days, kind="number", width=10),
    Column("hours", N_("Giờ/ngày"), lambda row: hours(row.figures.minutes), width=9, hidden=True, figures=True),
    Column("practices", N_("Thực hành"), lambda row: ", ".join(one.title for one in row.practices), width=18),
    Column("evidence", N_("Bằng chứng"), lambda row: row.evidence.title, width=18),
]  # fmt: skip

PLANS: list[Column[Any]] = [
    Column("made", N_("Ngày lập"), lambda row: row.made_on, kind="day", width=10),
    Column("product", N_("Sản phẩm"), lambda row: row.plan.product, stretch=True),
    Column("price", N_("Giá bán (₫)"), lambda row: row.plan.price, kind="money"),
    Column("sources", N_("Vốn ban đầu (₫)"), lambda row: row.plan.sources, kind="money"),
    Column(
        "state",
        N_("Tình trạng"),
        lambda row: (
            State(_("Đã duyệt {day}").format(day=show_day(row.approved_on)), "good")
            if row.approved_on
            else State(_("Chưa duyệt"), "warn")
        ),
        kind="state",
        width=18,
    ),
    Column("people", N_("Người duyệt"), lambda row: ", ".join(row.approvers), width=24),
]

JOBS: list[Column[Any]] = [
    Column("name", N_("Người làm"), lambda row: row.name, width=20, stretch=True),
    Column("activity", N_("Nơi làm"), lambda row: row.activity or row.employer, width=20),
    Column("work", N_("Công việc"), lambda row: row.work, width=14, hidden=True),
    Column("kind", N_("Loại"), lambda row: _kind(row.kind), kind="state", width=11),
    Column("employment", N_("Hình thức"), lambda row: row.employment.title, width=18, hidden=True),
    Column("since", N_("Từ ngày"), lambda row: row.since, kind="day", width=10, hidden=True),
    Column("days", N_("Ngày/năm"), lambda row: row.term.days, kind="number", width=10),
    Column("hours", N_("Giờ/ngày"), lambda row: hours(row.term.minutes), width=9, figures=True),
    Column("time", N_("Thời gian"), lambda row: row.time.title, width=13, hidden=True),
    Column("fte", N_("FTE"), lambda row: share(row.fte), width=6, note=N_("Quy đổi toàn thời gian; một người không quá 1 tính trên mọi việc"), figures=True),
    Column("net", N_("Tăng thêm"), lambda row: share(row.change.net), width=10, note=N_("FTE tăng so với trước hỗ trợ"), figures=True),
    Column("pay", N_("Công tháng (₫)"), lambda row: row.term.pay, kind="money"),
    Column("decent", N_("Bền vững"), lambda row: _decent(row), kind="state", width=12),
    Column("reported", N_("Báo cáo được"), lambda row: row.reported, kind="check", width=8, note=N_("Việc có trả công và có bằng chứng; chỉ nghe khai thì không báo cáo cho nhà tài trợ")),
    Column("ended", N_("Kết thúc"), lambda row: row.ended, kind="day", width=10, hidden=True),
]  # fmt: skip


def _kind(kind: JobKind) -> State:
    return State(
        kind.title, {JobKind.NEW: "good", JobKind.IMPROVED: "good", JobKind.LOST: "bad"}.get(kind, "muted")
    )


def _decent(row: Any) -> State:
    if row.decent.red:
        return State(_("Không, {n}/8").format(n=row.decent.score), "bad")
    if not row.decent.assessed:
        return State(_("Chưa rõ"), "muted")
    return State(f"{row.decent.score}/8", "good" if row.is_decent else "warn")


OPENINGS: list[Column[Any]] = [
    Column("code", N_("Mã"), lambda row: row.code, width=8),
    Column("title", N_("Công việc"), lambda row: row.opening.title, stretch=True),
    Column("employer", N_("Nơi tuyển"), lambda row: row.opening.employer, width=24),
    Column("place", N_("Địa điểm"), lambda row: row.opening.place, width=14),
    Column("pay", N_("Lương tháng (₫)"), lambda row: row.opening.pay, kind="money"),
    Column("free", N_("Còn trống"), lambda row: f"{row.free}/{row.opening.places}", width=8),
    Column("skills", N_("Cần biết"), lambda row: _titles(row.opening.skills), width=18),
    Column("offers", N_("Điều kiện phù hợp"), lambda row: _titles(row.opening.offers), width=20),
    Column("opened", N_("Tuyển từ"), lambda row: row.opening.opened, kind="day", width=10),
    Column("closed", N_("Ngừng tuyển"), lambda row: row.opening.closed, kind="day", width=10, hidden=True),
]

SEEKERS: list[Column[Any]] = [
    Column("code", N_("Mã"), lambda row: row.code, width=9),
    Column("name", N_("Họ tên"), lambda row: row.name, stretch=True),
    Column("since", N_("Tìm từ"), lambda row: row.seeker.since, kind="day", width=10),
    Column("skills", N_("Biết làm"), lambda row: _titles(row.seeker.skills), width=20),
    Column("needs", N_("Cần điều chỉnh"), lambda row: _titles(row.seeker.needs), width=22),
    Column("wish", N_("Mong muốn"), lambda row: row.seeker.wish, width=20),
    Column("matches", N_("Chỗ hợp"), lambda row: row.matches, kind="number", width=7),
    Column(
        "state",
        N_("Tình trạng"),
        lambda row: State(
            row.seeker.state.title,
            {SeekerState.PLACED: "good", SeekerState.SEEKING: "warn"}.get(row.seeker.state, "muted"),
        ),
        kind="state",
        width=12,
    ),
]

MATCHES: list[Column[Any]] = [
    Column("who", N_("Người tìm việc"), lambda row: row.seeker.name, width=20),
    Column("job", N_("Chỗ làm"), lambda row: f"{row.opening.opening.title}, {row.opening.opening.employer}", stretch=True),
    Column("fits", N_("Hợp"), lambda row: State(_("Hợp"), "good") if row.fits else State(_("Còn thiếu"), "warn"), kind="state", width=11),
    Column("shared", N_("Biết làm"), lambda row: _titles(row.shared), width=18),
    Column("lacking", N_("Cần học thêm"), lambda row: _titles(row.lacking), width=18),
    Column("unmet", N_("Cần nơi làm điều chỉnh"), lambda row: _titles(row.unmet), width=24),
]  # fmt: skip

PLACEMENTS: list[Column[Any]] = [
    Column("name", N_("Họ tên"), lambda row: row.name, width=20, stretch=True),
    Column("opening", N_("Chỗ làm"), lambda row: row.opening, width=22),
    Column("employer", N_("Nơi tuyển"), lambda row: row.employer, width=20, hidden=True),
    Column("day", N_("Vào làm"), lambda row: row.day, kind="day", width=10),
    Column("before", N_("Trước (₫/tháng)"), lambda row: row.income, kind="money"),
    Column("pay", N_("Nay (₫/tháng)"), lambda row: _pay_now(row), kind="money"),
    Column("improved", N_("Tăng thu nhập"), lambda row: _yes(row.improved), kind="state", width=11),
    Column("checks", N_("Đã hỏi lại"), lambda row: len(row.checks), kind="number", width=8),
    Column("next", N_("Hỏi lại ngày"), lambda row: row.next_check, kind="day", width=10),
    Column("ended", N_("Nghỉ việc"), lambda row: row.ended, kind="day", width=10),
]


def _pay_now(row: Any) -> int:
    paid = [check.pay for check in row.checks if check.working and check.pay]
    return int(paid[-1] if paid else row.pay)


def _yes(value: bool | None) -> State:
    if value is None:
        return State(_("Chưa rõ"), "muted")
    return State(_("Có"), "good") if value else State(_("Không"), "warn")


def _titles(words: Any) -> str:
    return ", ".join(one.title for one in words)


EVENTS: list[Column[Any]] = [
    Column("code", N_("Mã"), lambda row: row.code, width=8),
    Column("name", N_("Sự kiện"), lambda row: row.event.name, stretch=True),
    Column("hazard", N_("Loại"), lambda row: row.event.hazard.title, width=16),
    Column("starts", N_("Từ ngày"), lambda row: row.event.starts, kind="day", width=10),
    Column("households", N_("Hộ thiệt hại"), lambda row: row.households, kind="number", width=9),
    Column("value", N_("Thiệt hại (₫)"), lambda row: row.value, kind="money"),
    Column("recovered", N_("Đã phục hồi"), lambda row: f"{row.recovered}/{row.households}", width=10, figures=True),
    Column("helped", N_("Hỗ trợ"), lambda row: row.helped, kind="number", width=7),
    Column("timely", N_("Kịp thời"), lambda row: f"{row.in_time}/{row.helped}" if row.helped else "–", width=8, figures=True),
]  # fmt: skip

LOSSES: list[Column[Any]] = [
    Column("household", N_("Hộ"), lambda row: row.household_text, width=22, stretch=True),
    Column("activity", N_("Sinh kế"), lambda row: row.activity, width=20),
    Column("item", N_("Thiệt hại"), lambda row: " ".join(part for part in (row.line.item, row.line.quantity) if part), width=18),
    Column("value", N_("Giá trị (₫)"), lambda row: row.line.value, kind="money"),
    Column("share", N_("Mức"), lambda row: row.line.share.title, width=10),
    Column("state", N_("Nhà nước (₫)"), lambda row: row.line.state_help, kind="money"),
    Column("group", N_("Nhóm (₫)"), lambda row: row.line.group_help, kind="money"),
    Column("recovered", N_("Phục hồi"), lambda row: row.recovered, kind="day", width=10),
    Column("months", N_("Sau (tháng)"), lambda row: None if row.months is None else show_hundredths(round(row.months * 10) * 10), width=8, figures=True),
]  # fmt: skip

RELIEFS: list[Column[Any]] = [
    Column("kind", N_("Loại"), lambda row: row.kind.title, width=18),
    Column("number", N_("Số"), lambda row: row.number, width=12),
    Column("name", N_("Người nhận"), lambda row: row.name, stretch=True),
    Column("amount", N_("Số tiền (₫)"), lambda row: row.amount, kind="money"),
    Column("day", N_("Ngày chi"), lambda row: row.day, kind="day", width=10),
    Column("days", N_("Sau (ngày)"), lambda row: row.days, kind="number", width=8),
    Column("timely", N_("Kịp thời"), lambda row: _yes(row.timely), kind="state", width=9),
]

PRICES: list[Column[Any]] = [
    Column("period", N_("Thời gian"), lambda row: f"{row.month:02d}/{row.year}" if row.month else _("Cả năm {year}").format(year=row.year), width=14),
    Column("points", N_("Chỉ số (2019 = 100)"), lambda row: show_hundredths(row.points), width=12, figures=True),
    Column("source", N_("Nguồn"), lambda row: row.source, stretch=True),
    Column("own", N_("Nhập tay"), lambda row: row.own, kind="check", width=8),
]  # fmt: skip

WAGES: list[Column[Any]] = [
    Column("since", N_("Từ ngày"), lambda row: row.since, kind="day", width=10),
    Column("region", N_("Vùng"), lambda row: ("", "I", "II", "III", "IV")[row.region], width=6),
    Column("monthly", N_("Tháng (₫)"), lambda row: row.monthly, kind="money"),
    Column("hourly", N_("Giờ (₫)"), lambda row: row.hourly, kind="money"),
    Column("source", N_("Văn bản"), lambda row: row.source, stretch=True),
    Column("own", N_("Nhập tay"), lambda row: row.own, kind="check", width=8),
]

STANDARDS: list[Column[Any]] = [
    Column("since", N_("Từ ngày"), lambda row: show_day(row.since) if row.since else _("từ đầu"), width=10),
    Column("fte", N_("Giờ/năm cho 1 FTE"), lambda row: row.value.fte_hours, kind="number", width=10),
    Column("gain", N_("Tăng từ (%)"), lambda row: row.value.gain_percent, kind="number", width=8),
    Column("least", N_("và từ (₫/năm)"), lambda row: row.value.gain_least, kind="money"),
    Column("window", N_("Thăm ± ngày"), lambda row: row.value.window, kind="number", width=8),
    Column("payout", N_("Kịp thời trong (ngày)"), lambda row: row.value.payout_days, kind="number", width=10),
    Column("reason", N_("Lý do"), lambda row: row.reason, stretch=True),
]

STORY: list[Column[Any]] = [
    Column("day", N_("Ngày"), lambda row: row.day, kind="day", width=10),
    Column("kind", N_("Loại"), lambda row: story_kind(row.kind), width=12),
    Column("title", N_("Việc"), lambda row: State(row.title, row.tone), kind="state", width=26),
    Column("text", N_("Chi tiết"), lambda row: row.text, stretch=True),
    Column("amount", N_("Số tiền (₫)"), lambda row: row.amount, kind="money"),
]
