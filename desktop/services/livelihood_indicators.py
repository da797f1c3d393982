"""The indicators of livelihoods, jobs and climate as lines to read: value, and what it was worked out from."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from desktop.models.livelihood_kinds import JobKind
from desktop.models.rules.livelihoods.income import median
from desktop.models.rules.livelihoods.standards import percent_of
from desktop.services import organisation_measures
from desktop.services.jobs import JobRow
from desktop.services.livelihood_figures import Figures
from resources.lang.dong import show_decimal, show_dong, show_number, show_percent
from resources.lang.messages import _

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One indicator: its id (indicators.md), name, value as people read it, and from which numbers."""

    id: str
    title: str
    value: str
    basis: str = ""


def ratio(part: int | Fraction, whole: int | Fraction) -> str:
    """Return a share as a percentage, a dash over nothing."""
    found = percent_of(part, whole)
    return NOTHING if found is None else show_percent(found, 1)


def indicators(figures: Figures) -> list[IndicatorLine]:
    """Return table parts E and G of a day and group, as far as livelihoods, jobs and shocks tell them."""
    return [*_livelihoods(figures), *_jobs(figures), *_climate(figures), *_published(figures)]


def _livelihoods(f: Figures) -> list[IndicatorLine]:
    lines = [
        IndicatorLine("SK01", _("Số sinh kế đang hoạt động"), show_number(len(f.operating))),
        IndicatorLine(
            "SK02",
            _("Người được hỗ trợ sinh kế"),
            show_number(len(f.supported)),
            _("được bàn giao hỗ trợ, có sinh kế gắn vốn vay hoặc hoàn thành tập huấn"),
        ),
    ]
    for key, title, found in (
        ("SK03a", _("Tỷ lệ duy trì sau 6 tháng"), f.survival6),
        ("SK03b", _("Tỷ lệ duy trì sau 12 tháng"), f.survival12),
    ):
        basis = _("{n}/{seen} đã thăm; {unseen} chưa thăm; mức thấp nhất {low}").format(
            n=found.operating,
            seen=found.visited,
            unseen=found.unvisited,
            low=ratio(found.operating, found.begun),
        )
        lines.append(IndicatorLine(key, title, ratio(found.operating, found.visited), basis))
    change, before = f.median_change, median([row.income.base for row in f.priced if row.income])
    basis = _("{n} sinh kế có lần trước hỗ trợ và lần 12 tháng").format(n=len(f.incomes))
    if f.unpriced:
        basis = _("{basis}; {n} thiếu chỉ số giá").format(basis=basis, n=f.unpriced)
    value = NOTHING if change is None else show_dong(change)
    if change is not None and before:
        value = f"{value} ({ratio(change, abs(before))})"
    lines += [
        IndicatorLine("SK04", _("Thay đổi thu nhập thực (trung vị một năm)"), value, basis),
        IndicatorLine(
            "SK05", _("Tỷ lệ tăng thu nhập"), ratio(len(f.gainers), len(f.priced)), f"{len(f.gainers)}/{len(f.priced)}"
        ),
        IndicatorLine(
            "SK06",
            _("Vốn đầu tư vào sinh kế"),
            show_dong(sum(amount for _key, amount in f.invested)),
            "; ".join(f"{source_name(key)} {show_dong(amount)}" for key, amount in f.invested if amount),
        ),
        IndicatorLine(
            "SK07",
            _("Kế hoạch kinh doanh được duyệt"),
            show_number(f.plans),
            _("{share} sinh kế đã bắt đầu").format(share=ratio(*f.plan_of_started)),
        ),
    ]  # fmt: skip
    return lines


def _published(f: Figures) -> list[IndicatorLine]:
    """Return what NMA-V publishes as its own measures, as far as livelihoods tell them."""
    stable, of = organisation_measures.stable(f)
    profit, visited = organisation_measures.trained_young_women(f)
    together, asked = organisation_measures.trained_men(f)
    return [
        IndicatorLine(
            "NMA-PN",
            _("Cơ sở thích ứng khí hậu của phụ nữ trẻ đã tập huấn có lãi sau 6–12 tháng"),
            show_number(profit),
            _("trên {n} cơ sở đã thăm").format(n=visited),
        ),
        IndicatorLine(
            "NMA-NG",
            _("Nam giới đã tập huấn cùng vợ quyết định"),
            show_number(together),
            _("trên {n} người đã hỏi").format(n=asked),
        ),
        *_disabled(f),
        IndicatorLine(
            "NMA-KH",
            _("Người vay đầu tư thích ứng khí hậu"),
            show_number(organisation_measures.smart_borrowers(f)),
        ),
        IndicatorLine(
            "NMA-TN",
            _("Sinh kế có thu nhập ổn định sau 1 năm"),
            show_number(stable),
            _("trên {n} có lần trước hỗ trợ và lần 12 tháng: còn hoạt động, thu nhập thực không giảm").format(
                n=of
            ),
        ),
    ]


def source_name(key: str) -> str:
    """Return the name of a source of money."""
    return {
        "own": _("vốn tự có"),
        "loan": _("vốn vay"),
        "grant": _("được hỗ trợ"),
        "contribution": _("đối ứng"),
    }[key]


def _jobs(f: Figures) -> list[IndicatorLine]:
    lines = [
        IndicatorLine(
            "VL01",
            _("Việc làm ròng tăng thêm (FTE)"),
            show_decimal(f.net_fte),
            _("{n} việc làm báo cáo được").format(n=len(f.counted_jobs)),
        )
    ]
    for key, title, kind in (
        ("VL02", _("Việc làm mới"), JobKind.NEW),
        ("VL03", _("Việc làm cải thiện"), JobKind.IMPROVED),
        ("VL04", _("Việc làm duy trì (báo cáo riêng)"), JobKind.SUSTAINED),
    ):
        rows = f.of_kind(kind)
        net = kind is JobKind.IMPROVED
        lines.append(
            IndicatorLine(
                key,
                title,
                _("{n} việc, {fte} FTE").format(n=len(rows), fte=show_decimal(_sum(rows, net=net))),
            )
        )
    lost = [row for row in f.jobs if row.kind is JobKind.LOST]
    lines += [
        IndicatorLine("VL02m", _("Việc làm mất"), show_number(len(lost))),
        IndicatorLine(
            "VL05",
            _("Việc làm quy thuộc dự án (FTE)"),
            show_decimal(f.attributed_fte),
            _("theo lời chủ sinh kế; {n} nơi chưa hỏi, tính 0").format(n=f.unasked),
        ),
        IndicatorLine(
            "VL06",
            _("Việc làm của thanh niên 16–30"),
            NOTHING if f.youth_share is None else show_percent(f.youth_share, 1),
            _("trên FTE việc làm mới"),
        ),
        IndicatorLine("VL07", _("Tỷ lệ việc làm bền vững"), ratio(*f.decent), f"{f.decent[0]}/{f.decent[1]}"),
        IndicatorLine("VL09", _("Ngày công lao động tạo thêm"), show_number(f.days_added)),
    ]
    return lines


def _disabled(f: Figures) -> list[IndicatorLine]:
    """Return NMA-V's measure of people with disabilities at work; left out for who may not see disability."""
    if f.restricted:
        return []
    title = _("Người khuyết tật có việc làm mới hoặc cải thiện")
    found = organisation_measures.disabled_at_work(f)
    if found is None:
        return [IndicatorLine("NMA-KT", title, NOTHING, _("chưa có câu trả lời bộ câu hỏi Washington"))]
    return [
        IndicatorLine("NMA-KT", title, show_number(found[0]), _("{n} người tăng thu nhập").format(n=found[1]))
    ]


def _sum(rows: tuple[JobRow, ...], *, net: bool) -> Fraction:
    return sum((row.change.net if net else row.fte for row in rows), Fraction())


def _climate(f: Figures) -> list[IndicatorLine]:
    assessed, high = f.assessed, f.high_risk
    adopted = sum(row.practised for row in high)
    houses = sum(event.row.households for event in f.events)
    loss, middle = f.loss_per_home, f.months_to_recover
    timely, helped = f.helped
    return [
        IndicatorLine("KH01", _("Sinh kế rủi ro khí hậu cao"), ratio(len(high), len(assessed)), f"{len(high)}/{len(assessed)}"),
        IndicatorLine("KH02", _("Áp dụng thực hành thích ứng"), ratio(adopted, len(high)), _("{n}/{whole} sinh kế rủi ro cao, thấy khi thăm").format(n=adopted, whole=len(high))),
        IndicatorLine("KH03", _("Thiệt hại bình quân một hộ"), NOTHING if loss is None else show_dong(loss), _("{n} lượt hộ").format(n=houses)),
        IndicatorLine("KH04", _("Thời gian phục hồi (trung vị, tháng)"), NOTHING if middle is None else show_decimal(middle), _("{n} thiệt hại đã phục hồi").format(n=len(f.recoveries))),
        IndicatorLine("KH05", _("Chi trả khẩn cấp đúng hạn"), ratio(timely, helped), _("{n}/{whole} khoản trong {days} ngày").format(n=timely, whole=helped, days=f.standards.payout_days)),
        IndicatorLine("KH06", _("Thành viên có kế hoạch ứng phó"), ratio(*f.prepared), f"{f.prepared[0]}/{f.prepared[1]}"),
    ]  # fmt: skip
