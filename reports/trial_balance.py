"""Bảng cân đối tài khoản: every account of a group over a period, debits and credits side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from io import BytesIO

from reports.kit import signatures
from reports.kit.columns import Column, Row, amount
from reports.kit.heads import period_line
from reports.kit.page import Document, Flow, Frame
from reports.kit.report import PLAIN, PaperOptions, Report, in_its_language
from reports.kit.styles import LARGE, NORMAL, sheet
from reports.kit.tables import Look, draw
from reports.kit.values import GroupBlock, Organisation, PrintMark, Signer
from resources.lang.dates import show_day_long
from resources.lang.dong import show_number
from resources.lang.messages import N_, _


@dataclass(frozen=True, slots=True)
class TrialRow:
    """One account, in đồng, none negative: at each of the three places one side is zero but for turnover."""

    account: str
    name: str
    opening_debit: int = 0
    opening_credit: int = 0
    debit: int = 0
    credit: int = 0
    closing_debit: int = 0
    closing_credit: int = 0


@dataclass(frozen=True, slots=True)
class TrialBalance:
    """The balance on `last_day`, with the turnover since `first_day`. The paper adds the columns up itself."""

    organisation: Organisation
    group: GroupBlock
    first_day: date
    last_day: date
    rows: tuple[TrialRow, ...]
    mark: PrintMark
    signed_on: date
    place: str = ""
    preparer: str = ""
    treasurer: str = ""
    leader: str = ""


@in_its_language
def render(value: TrialBalance, options: PaperOptions = PLAIN) -> bytes:
    """Return the balance as a PDF, landscape."""
    out = BytesIO()
    period = period_line(value.first_day, value.last_day)
    title = _("Bảng cân đối tài khoản")
    document = Document(
        out,
        title=f"{title} – {value.group.name}",
        author=value.organisation.name,
        subject=period,
        produced=value.mark.printed_at,
        fast=options.fast,
        tagged=options.tagged is not False,
    )
    edition = LARGE if options.large_print else NORMAL
    frame = Frame(title, value.organisation, value.group, value.mark, period, period)
    flow = Flow(document, sheet(edition, left=15, landscape=True), edition, frame)
    flow.line(_("Đơn vị tính: đồng"), edition.small.italic, align="right")
    columns, rows = _table(value)
    draw(flow, columns, rows, Look(grid=True))
    _verdict(flow, value)
    day = show_day_long(value.signed_on)
    signatures.draw(
        flow,
        [
            Signer(_("Người lập"), value.preparer),
            Signer(_("Thủ quỹ"), value.treasurer),
            Signer(_("Tổ trưởng"), value.leader),
        ],
        f"{value.place}, {day}" if value.place else day[0].upper() + day[1:],
    )
    flow.finish()
    document.save()
    return out.getvalue()


def _numbers(row: TrialRow) -> tuple[int, ...]:
    return row.opening_debit, row.opening_credit, row.debit, row.credit, row.closing_debit, row.closing_credit


def _sums(value: TrialBalance) -> tuple[int, ...]:
    return tuple(sum(numbers) for numbers in zip(*map(_numbers, value.rows), strict=True)) or (0,) * 6


def _table(value: TrialBalance) -> tuple[list[Column], list[Row]]:
    titles = (
        _("Nợ đầu kỳ"), _("Có đầu kỳ"), _("Phát sinh Nợ"), _("Phát sinh Có"), _("Nợ cuối kỳ"), _("Có cuối kỳ"),
    )  # fmt: skip
    columns = [Column(_("Số hiệu"), "tight", key=True), Column(_("Tên tài khoản"), "text", 120, key=True)]
    columns += [Column(title, "money", 72) for title in titles]
    rows = [Row((row.account, row.name, *map(amount, _numbers(row)))) for row in value.rows]
    rows.append(Row(("", _("Cộng"), *map(show_number, _sums(value))), bold=True, shade=True, keep=True))
    return columns, rows


def _verdict(flow: Flow, value: TrialBalance) -> None:
    """Say whether both sides agree, in words, not by colour."""
    sums = _sums(value)
    flow.gap(0.5 * flow.edition.body.leading)
    if all(sums[place] == sums[place + 1] for place in (0, 2, 4)):
        flow.write(_("Tổng bên Nợ bằng tổng bên Có ở cả đầu kỳ, phát sinh và cuối kỳ."))
    else:
        flow.write(
            _("KHÔNG CÂN: tổng bên Nợ khác tổng bên Có. Hãy kiểm tra sổ trước khi ký."),
            flow.edition.body.bold,
        )


REPORT = Report("trial-balance", N_("Bảng cân đối tài khoản"), TrialBalance, render)
