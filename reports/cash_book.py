"""Sổ quỹ tiền mặt, in the S07 layout, or sổ tiền gửi: every receipt and payment with what is left after it."""

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
from resources.lang.dates import show_day, show_day_long
from resources.lang.dong import in_words, show_number
from resources.lang.messages import N_, _


@dataclass(frozen=True, slots=True)
class CashLine:
    """One voucher of cash in đồng; one of `receipt` and `payment` is its number, the other is empty."""

    booked: date
    day: date
    receipt: str
    payment: str
    text: str
    paid_in: int
    paid_out: int
    balance: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class CashBook:
    """The book of one box (`box`: "Tiền mặt quỹ vay") over a period. Amounts in đồng.

    `bank`: the money is in the bank, so the book is called after that, and says where (`account`: bank and number).
    """

    organisation: Organisation
    group: GroupBlock
    box: str
    first_day: date
    last_day: date
    opening: int
    closing: int
    lines: tuple[CashLine, ...]
    mark: PrintMark
    signed_on: date
    opened_on: date | None = None
    place: str = ""
    treasurer: str = ""
    secretary: str = ""
    leader: str = ""
    bank: bool = False
    account: tuple[tuple[str, str], ...] = ()


@in_its_language
def render(value: CashBook, options: PaperOptions = PLAIN) -> bytes:
    """Return the book as a PDF, landscape."""
    out = BytesIO()
    period = period_line(value.first_day, value.last_day)
    title = _("Sổ tiền gửi ngân hàng") if value.bank else _("Sổ quỹ tiền mặt")
    document = Document(
        out,
        title=f"{title} – {value.group.name}",
        author=value.organisation.name,
        subject=f"{value.box}, {period}",
        produced=value.mark.printed_at,
        fast=options.fast,
        tagged=options.tagged is not False,
    )
    edition = LARGE if options.large_print else NORMAL
    subtitle = f"{value.box} · {period}"
    form = _("Mẫu số S08") if value.bank else _("Mẫu số S07")
    frame = Frame(title, value.organisation, value.group, value.mark, subtitle, subtitle, form=form)
    flow = Flow(document, sheet(edition, left=15, landscape=True), edition, frame)
    if value.account:
        flow.fields(value.account, least=flow.label_width(value.account[::2]))
    flow.line(_("Đơn vị tính: đồng"), edition.small.italic, align="right")
    _lines(flow, value)
    _ending(flow, value, options)
    flow.finish()
    document.save()
    return out.getvalue()


def _lines(flow: Flow, value: CashBook) -> None:
    """Draw the book with the cash left after each line, carried from page to page."""
    columns = [
        Column(_("Ngày ghi sổ"), "tight", 48, key=True),
        Column(_("Ngày chứng từ"), "tight", 48),
        Column(_("Số phiếu thu"), "tight", 50),
        Column(_("Số phiếu chi"), "tight", 50),
        Column(_("Diễn giải"), "text", 120, 3),
        Column(_("Gửi vào") if value.bank else _("Thu"), "money", 62),
        Column(_("Rút ra") if value.bank else _("Chi"), "money", 62),
        Column(_("Còn lại") if value.bank else _("Tồn"), "money", 66),
        Column(_("Ghi chú"), "text", 50),
    ]
    paid_in, paid_out = sum(line.paid_in for line in value.lines), sum(line.paid_out for line in value.lines)
    rows = [_line("", _("Số dư đầu kỳ"), "", "", value.opening)]
    for line in value.lines:
        rows.append(
            Row(
                (
                    show_day(line.booked), show_day(line.day), line.receipt, line.payment, line.text,
                    amount(line.paid_in), amount(line.paid_out), show_number(line.balance), line.note,
                )
            )
        )  # fmt: skip
    total = ("", "", "", "", _("Cộng phát sinh"), show_number(paid_in), show_number(paid_out), "", "")
    rows.append(Row(total, bold=True, shade=True, keep=True))
    rows.append(_line("", _("Số dư cuối kỳ"), "", "", value.closing)._replace(shade=True, keep=True))
    balances = [value.opening, *(line.balance for line in value.lines), value.closing, value.closing]

    def carry(done: int) -> tuple[str, ...]:
        return ("",) * 7 + (show_number(balances[done - 1]), "")

    draw(flow, columns, rows, Look(grid=True, carry=carry))


def _line(day: str, text: str, paid_in: str, paid_out: str, balance: int) -> Row:
    return Row((day, "", "", "", text, paid_in, paid_out, show_number(balance), ""), bold=True)


def _ending(flow: Flow, value: CashBook, options: PaperOptions) -> None:
    """Say the closing balance in words and how many pages the book has; ask for signatures."""
    style = flow.edition.body
    day = show_day_long(value.signed_on)
    blocks = signatures.Blocks(
        flow,
        [
            Signer(_("Thủ quỹ"), value.treasurer),
            Signer(_("Thư ký"), value.secretary),
            Signer(_("Tổ trưởng"), value.leader),
        ],
        f"{value.place}, {day}" if value.place else day[0].upper() + day[1:],
    )
    flow.need(4.5 * style.leading + blocks.first_height)
    flow.gap(0.5 * style.leading)
    flow.write(
        _("Số dư cuối kỳ bằng chữ: {words}.").format(words=in_words(value.closing, options.words)),
        style.italic,
    )
    count = f"{len(flow.pages):02d}"
    flow.write(_("Sổ này có {count} trang, đánh số từ trang 01 đến trang {count}.").format(count=count))
    if value.opened_on is not None:
        flow.write(_("Ngày mở sổ: {day}.").format(day=show_day(value.opened_on)))
    blocks.draw()


REPORT = Report("cash-book", N_("Sổ quỹ tiền mặt"), CashBook, render)
