"""Sổ họ: what Article 12 of Decree 19/2019/NĐ-CP obliges the organiser to keep, with room to sign each line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports import loan_parts, rosca_parts
from reports.kit import papers
from reports.kit.columns import Column, Row, amount
from reports.kit.page import Frame
from reports.kit.report import PLAIN, PaperOptions, Report, in_its_language
from reports.kit.tables import Look
from reports.kit.values import Organisation, PrintMark, Signer
from reports.rosca_values import RoscaHead
from resources.lang.dates import show_day
from resources.lang.dong import show_dong
from resources.lang.messages import N_, _


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One line: a member paid in or drew. Amounts in đồng; `note` says "late" or "paid by the organiser"."""

    opening: int
    day: date
    name: str
    part: int
    paid: int = 0
    drawn: int = 0
    note: str = ""
    voucher: str = ""


@dataclass(frozen=True, slots=True)
class RoscaLedger:
    """Everything the ledger prints up to `day`. `debts` are (opening, name, đồng) not paid in yet."""

    organisation: Organisation
    head: RoscaHead
    day: date
    lines: tuple[LedgerLine, ...]
    mark: PrintMark
    debts: tuple[tuple[int, str, int], ...] = ()
    place: str = ""
    large_print: bool = False


@in_its_language
def render(value: RoscaLedger, options: PaperOptions = PLAIN) -> bytes:
    """Return the ledger as a PDF, on the long side."""
    head = value.head
    frame = Frame(
        title=_("Sổ họ"),
        organisation=value.organisation,
        group=head.group,
        mark=value.mark,
        subtitle=_("{name} · đến {day}").format(name=rosca_parts.running(head), day=show_day(value.day)),
        running=rosca_parts.running(head),
    )
    paper = papers.begin(
        frame, rosca_parts.running(head), options, large_print=value.large_print, landscape=True
    )
    flow = paper.flow
    rosca_parts.terms_fields(flow, head, options.words)
    flow.gap(0.5 * flow.edition.body.leading)
    papers.draw_laid(flow, rosca_parts.holders_table(head, sign=False))
    flow.gap(0.5 * flow.edition.body.leading)
    papers.draw_laid(flow, _lines(value, large=flow.edition.large))
    flow.gap(0.5 * flow.edition.body.leading)
    for opening, name, owed in value.debts:
        flow.write(
            _("Kỳ {opening}: {name} còn phải góp {amount}.").format(
                opening=opening, name=name, amount=show_dong(owed)
            )
        )
    papers.sign(
        flow,
        [Signer(_("Người ghi sổ"), ""), loan_parts.signer(_("Chủ họ"), head.organiser)],
        papers.dated(value.place, value.day),
    )
    return paper.done()


def _lines(value: RoscaLedger, *, large: bool) -> papers.Laid:
    columns = [
        Column(_("Kỳ"), "centre", 18, key=True),
        Column(_("Ngày"), "tight", 50, key=True),
        Column(_("Họ và tên"), "text", 90, key=True),
        Column(_("Phần"), "centre", 22),
        Column(_("Góp vào"), "money", 56),
        Column(_("Lĩnh ra"), "money", 60),
        *([] if large else [Column(_("Chứng từ"), "tight", 62)]),
        Column(_("Ghi chú"), "text", 60),
        Column(_("Ký hoặc điểm chỉ"), "write", 80),
    ]
    rows = []
    for line in value.lines:
        cells = [
            str(line.opening),
            show_day(line.day),
            line.name,
            str(line.part),
            amount(line.paid),
            amount(line.drawn),
            *([] if large else [line.voucher]),
            line.note,
            "",
        ]
        rows.append(Row(tuple(cells), bold=bool(line.drawn)))
    paid, drawn = sum(line.paid for line in value.lines), sum(line.drawn for line in value.lines)
    if rows:
        total = ["", "", _("Cộng"), "", amount(paid), amount(drawn), *([] if large else [""]), "", ""]
        rows.append(Row(tuple(total), bold=True, shade=True, keep=True))
    look = Look(_("Góp và lĩnh (đồng)"), grid=True, row_height=22, empty=_("Chưa mở kỳ nào."))
    return papers.Laid(columns, rows, look)


REPORT = Report("rosca-ledger", N_("Sổ họ"), RoscaLedger, render)
