"""Bảng kê thu hộ bên cho vay: interest collected for a lender, handed on, and the commission received."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.kit import papers
from reports.kit.columns import Column, Row, amount
from reports.kit.heads import group_name, period_line
from reports.kit.page import Frame
from reports.kit.report import PLAIN, PaperOptions, Report, in_its_language
from reports.kit.tables import Look
from reports.kit.values import GroupBlock, Organisation, PrintMark, Signer
from resources.lang.dates import show_day
from resources.lang.dong import in_words, show_dong, show_number
from resources.lang.messages import N_, _


@dataclass(frozen=True, slots=True)
class CollectionLine:
    """One voucher, in đồng; `held` is what the group holds for the lender after it."""

    day: date
    voucher: str
    text: str
    collected: int = 0
    handed_on: int = 0
    commission: int = 0
    held: int = 0


@dataclass(frozen=True, slots=True)
class LenderCollection:
    """Everything the list prints. `opening` and `closing` are what is held for the lender, in đồng."""

    organisation: Organisation
    group: GroupBlock
    first_day: date
    last_day: date
    opening: int
    closing: int
    lines: tuple[CollectionLine, ...]
    mark: PrintMark
    signed_on: date
    place: str = ""
    treasurer: str = ""
    leader: str = ""
    large_print: bool = False


@in_its_language
def render(value: LenderCollection, options: PaperOptions = PLAIN) -> bytes:
    """Return the list as a PDF."""
    period = period_line(value.first_day, value.last_day)
    frame = Frame(
        title=_("Bảng kê thu hộ bên cho vay"),
        organisation=value.organisation,
        group=value.group,
        mark=value.mark,
        subtitle=period,
        running=period,
    )
    paper = papers.begin(
        frame,
        f"{group_name(value.group)}, {period}",
        options,
        large_print=value.large_print,
        landscape=True,
    )
    flow = paper.flow
    papers.draw_laid(flow, _table(value, large=flow.edition.large))
    body = flow.edition.body
    flow.gap(0.5 * body.leading)
    flow.write(_("Còn giữ hộ bên cho vay: {amount}").format(amount=show_dong(value.closing)), body.bold)
    flow.write(_("Bằng chữ: {words}.").format(words=in_words(value.closing, options.words)), body.italic)
    commission = sum(line.commission for line in value.lines)
    flow.write(_("Hoa hồng đã nhận trong kỳ: {amount}.").format(amount=show_dong(commission)))
    papers.sign(
        flow,
        [
            Signer(_("Đại diện bên cho vay")),
            Signer(_("Thủ quỹ"), value.treasurer),
            Signer(_("Tổ trưởng"), value.leader),
        ],
        papers.dated(value.place, value.signed_on),
    )
    return paper.done()


def _table(value: LenderCollection, *, large: bool) -> papers.Laid:
    columns = [
        Column(_("Ngày"), "tight", 50, key=True),
        *([] if large else [Column(_("Chứng từ"), "tight", 62)]),
        Column(_("Nội dung"), "text", 110),
        Column(_("Thu hộ"), "money", 60),
        Column(_("Nộp bên cho vay"), "money", 64),
        Column(_("Còn giữ hộ"), "money", 60),
        Column(_("Hoa hồng nhận"), "money", 60),
    ]
    pad = [] if large else [""]
    rows = [Row(("", *pad, _("Số dư đầu kỳ"), "", "", show_number(value.opening), ""), bold=True)]
    for line in value.lines:
        rows.append(
            Row(
                (
                    show_day(line.day),
                    *([] if large else [line.voucher]),
                    line.text,
                    amount(line.collected),
                    amount(line.handed_on),
                    show_number(line.held),
                    amount(line.commission),
                )
            )
        )
    sums = [sum(getattr(line, name) for line in value.lines) for name in ("collected", "handed_on")]
    commission = sum(line.commission for line in value.lines)
    total = (
        "",
        *pad,
        _("Cộng"),
        *map(show_number, sums),
        show_number(value.closing),
        show_number(commission),
    )
    rows.append(Row(total, bold=True, shade=True, keep=True))
    return papers.Laid(columns, rows, Look(_("Thu hộ và hoa hồng (đồng)"), grid=True))


REPORT = Report("lender-collection", N_("Bảng kê thu hộ bên cho vay"), LenderCollection, render)
