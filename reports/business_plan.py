"""Kế hoạch kinh doanh: market, cost and price, where the money comes from, twelve months of cash, who approved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports import livelihood_parts
from reports.kit import charts, papers
from reports.kit.columns import Column, Row, amount
from reports.kit.page import Flow
from reports.kit.report import PLAIN, PaperOptions, Report, in_its_language
from reports.kit.tables import Look, draw
from reports.kit.values import GroupBlock, Organisation, PrintMark, Signer
from reports.livelihood_values import ActivityBlock
from resources.lang.dates import show_day
from resources.lang.dong import show_dong, show_number
from resources.lang.messages import N_, _


@dataclass(frozen=True, slots=True)
class BusinessPlanPaper:
    """Everything the plan prints. Amounts in đồng; `months` are (in, out, left) of the twelve months, `opening` what is
    in the box before them. `break_even` is in units a year, None where the price does not exceed the cost.
    """

    organisation: Organisation
    group: GroupBlock
    mark: PrintMark
    activity: ActivityBlock
    made_on: date
    product: str
    market: str
    unit: str
    unit_cost: int
    price: int
    fixed: int
    startup: int
    sources: tuple[tuple[str, int], ...]
    opening: int
    months: tuple[tuple[int, int, int], ...]
    break_even: int | None = None
    risk: str = ""
    mitigation: str = ""
    climate: str = ""
    accessibility: str = ""
    approved_on: date | None = None
    approvers: tuple[str, ...] = ()
    place: str = ""
    large_print: bool = False


@in_its_language
def render(value: BusinessPlanPaper, options: PaperOptions = PLAIN) -> bytes:
    """Return the plan as a PDF."""
    paper = livelihood_parts.begin(_("Kế hoạch kinh doanh"), value, options)
    flow = paper.flow
    _who(flow, value)
    _price(flow, value)
    _sources(flow, value)
    _cash(flow, value)
    _risks(flow, value)
    _approval(flow, value)
    return paper.done()


def _who(flow: Flow, value: BusinessPlanPaper) -> None:
    activity = value.activity
    flow.fields(
        [
            (_("Chủ sinh kế:"), activity.owner),
            (_("Ngày lập:"), show_day(value.made_on)),
            (_("Ngành:"), activity.branch),
            (_("Thôn, ấp:"), activity.place),
        ]
    )
    flow.section(_("1. Sản phẩm và thị trường"), gap=0.45)
    flow.fields([(_("Sản phẩm:"), value.product), (_("Bán cho ai, ở đâu:"), value.market)], columns=1)


def _price(flow: Flow, value: BusinessPlanPaper) -> None:
    flow.section(_("2. Chi phí và giá bán"), gap=0.45)
    unit = value.unit or _("đơn vị")
    even = "–"
    if value.break_even is not None:
        even = _("bán {n} {unit} một năm").format(n=show_number(value.break_even), unit=unit)
    flow.fields(
        [
            (_("Chi phí một {unit}:").format(unit=unit), show_dong(value.unit_cost)),
            (_("Giá bán:"), show_dong(value.price)),
            (_("Chi phí cố định một năm:"), show_dong(value.fixed)),
            (_("Lãi gộp:"), show_dong(value.price - value.unit_cost)),
        ]
    )
    flow.fields([(_("Hòa vốn khi:"), even)], columns=1)
    if value.break_even is not None and value.fixed:
        flow.write(
            _("Hòa vốn = chi phí cố định chia cho (giá bán − chi phí một đơn vị), làm tròn lên."),
            flow.edition.small,
        )


def _sources(flow: Flow, value: BusinessPlanPaper) -> None:
    flow.section(_("3. Vốn ban đầu"), 6, gap=0.45)
    rows = [Row((title, amount(money))) for title, money in value.sources]
    whole = sum(money for _title, money in value.sources)
    rows.append(Row((_("Cộng nguồn vốn"), amount(whole)), bold=True, shade=True, keep=True))
    rows.append(Row((_("Chi phí ban đầu"), amount(value.startup)), keep=True))
    rows.append(Row((_("Tiền trong tay khi bắt đầu"), show_number(value.opening)), bold=True, keep=True))
    draw(
        flow,
        [Column(_("Nguồn"), "text", 160, weight=2), Column(_("Số tiền (đồng)"), "money", 100)],
        rows,
        Look(grid=True),
    )


def _cash(flow: Flow, value: BusinessPlanPaper) -> None:
    """Draw the cash of twelve months, with the chart of what is left."""
    flow.section(_("4. Dòng tiền 12 tháng"), 6, gap=0.45)
    columns = [
        Column(_("Tháng"), "centre", 30),
        Column(_("Thu (đồng)"), "money", 90),
        Column(_("Chi (đồng)"), "money", 90),
        Column(_("Còn lại (đồng)"), "money", 90),
    ]
    rows = [
        Row((str(number), amount(earned), amount(spent), show_number(left)))
        for number, (earned, spent, left) in enumerate(value.months, start=1)
    ]
    sums = sum(one[0] for one in value.months), sum(one[1] for one in value.months)
    rows.append(Row((_("Cộng"), amount(sums[0]), amount(sums[1]), ""), bold=True, shade=True, keep=True))
    draw(flow, columns, rows, Look(grid=True))
    left = [value.opening, *(one[2] for one in value.months)]
    least = min(left)
    flow.gap(0.25 * flow.edition.body.leading)
    if least < 0:
        flow.write(
            _("Dòng tiền xuống dưới 0: thiếu {amount}. Kế hoạch này chưa duyệt được.").format(
                amount=show_dong(-least)
            ),
            flow.edition.body.bold,
        )
    else:
        flow.write(_("Không tháng nào thiếu tiền; lúc ít nhất còn {amount}.").format(amount=show_dong(least)))
    if flow.edition.large:  # the letters of a chart are small; the table says it all
        return
    flow.gap(0.3 * flow.edition.body.leading)
    drawing = charts.bars(
        _("Tiền còn lại cuối tháng (nghìn đồng)"),
        [str(number) for number in range(1, len(value.months) + 1)],
        [charts.Series(_("Còn lại"), tuple(round(one[2] / 1000) for one in value.months))],
        wide=min(440, flow.sheet.room),
        high=150,
    )
    charts.place(flow, drawing)


def _risks(flow: Flow, value: BusinessPlanPaper) -> None:
    pairs = [
        (_("Rủi ro:"), value.risk),
        (_("Cách phòng:"), value.mitigation),
        (_("Khí hậu, thiên tai:"), value.climate),
        (_("Người khuyết tật cần:"), value.accessibility),
    ]
    if any(text for _title, text in pairs):
        flow.section(_("5. Rủi ro"), gap=0.45)
        flow.fields(pairs, columns=1)


def _approval(flow: Flow, value: BusinessPlanPaper) -> None:
    """Say who approved when, or leave room for it."""
    flow.section(_("6. Duyệt"), gap=0.45)
    if value.approved_on is not None:
        flow.write(
            _("Đã duyệt ngày {day}, bởi: {people}.").format(
                day=show_day(value.approved_on), people="; ".join(value.approvers)
            )
        )
    else:
        flow.write(_("Chưa duyệt. Cần ít nhất hai người có tên: người của nhóm và cán bộ."))
    names = value.approvers or ("", "")
    signers = [Signer(_("Chủ sinh kế"), value.activity.owner)]
    signers += [Signer(_("Người duyệt"), name.split(",", maxsplit=1)[0]) for name in names]
    papers.sign(flow, signers, papers.dated(value.place, value.approved_on or value.made_on))


REPORT = Report("business-plan", N_("Kế hoạch kinh doanh"), BusinessPlanPaper, render)
