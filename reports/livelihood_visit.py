"""Phiếu thăm sinh kế: what a visit asks for, blank to be filled in by hand or as it was written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports import livelihood_parts
from reports.kit import papers
from reports.kit.columns import Column, Row, amount
from reports.kit.page import Flow
from reports.kit.report import PLAIN, PaperOptions, Report, in_its_language
from reports.kit.tables import Look, draw
from reports.kit.values import GroupBlock, Organisation, PrintMark, Signer
from reports.livelihood_values import ActivityBlock, VisitFigures
from reports.loan_form import Field, choices, dotted_line, form_line
from resources.lang.dates import show_day
from resources.lang.dong import show_dong, show_number
from resources.lang.messages import N_, _


@dataclass(frozen=True, slots=True)
class VisitForm:
    """Everything the form prints. Without `figures` it is blank.

    `waves`, `practices`, `contributions`, `evidence` are (text, ticked) pairs of what can be ticked.
    """

    organisation: Organisation
    group: GroupBlock
    mark: PrintMark
    activity: ActivityBlock
    waves: tuple[tuple[str, bool], ...]
    practices: tuple[tuple[str, bool], ...]
    contributions: tuple[tuple[str, bool], ...]
    evidence: tuple[tuple[str, bool], ...]
    day: date | None = None
    visitor: str = ""
    operating: bool | None = None
    displaces: bool | None = None
    figures: VisitFigures | None = None
    real_text: str = ""
    note: str = ""
    large_print: bool = False


@in_its_language
def render(value: VisitForm, options: PaperOptions = PLAIN) -> bytes:
    """Return the form as a PDF."""
    paper = livelihood_parts.begin(_("Phiếu thăm sinh kế"), value, options)
    flow = paper.flow
    _head(flow, value)
    _money(flow, value)
    _assets(flow, value)
    _work(flow, value)
    _seen(flow, value)
    flow.gap(0.5 * flow.edition.body.leading)
    papers.sign(
        flow,
        (
            Signer(_("Chủ sinh kế"), value.activity.owner if value.figures else ""),
            Signer(_("Người thăm"), value.visitor),
        ),
        papers.dated("", value.day) if value.day else _("Ngày ……… tháng ……… năm ………"),
    )
    return paper.done()


def _head(flow: Flow, value: VisitForm) -> None:
    activity = value.activity
    flow.fields(
        [
            (_("Chủ sinh kế:"), activity.owner),
            (_("Bắt đầu:"), show_day(activity.started) if activity.started else ""),
            (_("Ngành:"), activity.branch),
            (_("Thôn, ấp:"), activity.place),
        ]
    )
    flow.gap(0.3 * flow.edition.body.leading)
    form_line(
        flow,
        Field(_("Ngày thăm:"), show_day(value.day) if value.day else ""),
        Field(_("Người thăm:"), value.visitor, 1.8),
    )
    choices(flow, value.waves, label=_("Lần thăm:"))
    running = value.operating
    choices(
        flow,
        [(_("đang hoạt động (nghỉ giữa vụ cũng là hoạt động)"), running is True), (_("đã ngừng"), running is False)],
        label=_("Sinh kế:"),
    )  # fmt: skip


def _money(flow: Flow, value: VisitForm) -> None:
    """Draw what comes in and goes out; filled in, the net income is worked out line by line."""
    figures = value.figures
    months = show_number(figures.months) if figures else ""
    flow.section(_("1. Thu và chi"), 6, gap=0.4)
    form_line(
        flow,
        Field(_("Số liệu của mấy tháng (12, hoặc một lứa, một vụ):"), months, 2),
        Field(
            _("Số người trong hộ:"), show_number(figures.household) if figures and figures.household else ""
        ),
    )
    known = figures or VisitFigures(12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, "")
    lines = (
        ("+", _("Tiền bán được"), known.revenue),
        ("+", _("Nhà dùng, ăn (theo giá bán tại ruộng)"), known.own_use),
        ("+", _("Hàng, con giống cuối kỳ"), known.stock_end),
        ("−", _("Hàng, con giống đầu kỳ"), known.stock_start),
        ("−", _("Chi phí bằng tiền (giống, thức ăn, phân, vật tư)"), known.costs),
        ("−", _("Thuê người"), known.hired),
        ("−", _("Trả lãi vay"), known.interest),
    )
    rows = [Row((sign, title, amount(money) if figures else "")) for sign, title, money in lines]
    if figures is not None:
        rows.append(Row(("−", _("Khấu hao tài sản một năm"), amount(figures.depreciation))))
        rows.append(
            Row(("=", _("Thu nhập ròng một năm"), show_number(figures.net)), bold=True, shade=True, keep=True)
        )
    columns = [
        Column("", "centre", 12),
        Column(_("Khoản"), "text", 200, weight=3),
        Column(_("Số tiền (đồng)"), "money", 110),
    ]
    draw(flow, columns, rows, Look(grid=True, row_height=0 if figures else 19))
    if figures is not None:
        flow.gap(0.25 * flow.edition.body.leading)
        if figures.months != 12:
            flow.write(
                _("Số liệu của {n} tháng được quy ra 12 tháng trước khi trừ khấu hao.").format(
                    n=figures.months
                ),
                flow.edition.small,
            )
        if figures.per_head is not None:
            flow.write(
                _("Bình quân mỗi người trong hộ mỗi tháng: {amount}.").format(
                    amount=show_dong(figures.per_head)
                )
            )
        if value.real_text:
            flow.write(value.real_text)


def _assets(flow: Flow, value: VisitForm) -> None:
    """Draw the assets, or room for them."""
    figures = value.figures
    if figures is not None and not figures.assets:
        return
    flow.gap(0.4 * flow.edition.body.leading)
    columns = [
        Column(_("Tài sản dùng nhiều năm"), "text", 200, weight=3),
        Column(_("Giá mua (đồng)"), "money", 100),
        Column(_("Dùng mấy năm"), "money", 70),
    ]
    if figures is None:
        rows = [Row(("", "", ""))] * 3
    else:
        rows = [Row((one.name, amount(one.cost), show_number(one.years))) for one in figures.assets]
    draw(flow, columns, rows, Look(grid=True, row_height=0 if figures else 19))


def _work(flow: Flow, value: VisitForm) -> None:
    figures = value.figures
    flow.section(_("2. Công lao động của hộ"), gap=0.4)
    form_line(
        flow,
        Field(_("Số ngày làm trong năm:"), show_number(figures.days) if figures else ""),
        Field(_("Số giờ mỗi ngày:"), figures.hours if figures else ""),
    )
    if figures is None:
        form_line(flow, Field(_("Việc làm thuê mới, thêm, mất (tên, ngày, giờ, tiền công):")))
        dotted_line(flow, 2)


def _seen(flow: Flow, value: VisitForm) -> None:
    flow.section(_("3. Thấy và nghe"), gap=0.4)
    choices(flow, value.practices, label=_("Thực hành thích ứng đã thấy tận mắt:"))
    flow.write(_("Nếu không có hỗ trợ, anh/chị có làm được như bây giờ không?"))
    choices(flow, value.contributions)
    displaces = value.displaces
    choices(
        flow,
        [(_("có"), displaces is True), (_("không"), displaces is False)],
        label=_("Lấy khách hoặc đất của thành viên khác:"),
    )
    choices(flow, value.evidence, label=_("Bằng chứng:"))
    form_line(flow, Field(_("Ghi chú, cú sốc trong kỳ:"), value.note))
    if value.figures is None:
        dotted_line(flow, 2)


REPORT = Report("visit-form", N_("Phiếu thăm sinh kế"), VisitForm, render)
