"""Phiếu thu nợ: a receipt that says which part of the money was principal, interest, fee or penalty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from reports.kit import fonts
from reports.kit.columns import amount
from reports.kit.page import Area
from reports.kit.report import PLAIN, PaperOptions, Report, in_its_language
from reports.kit.styles import HAIR, SHADE, baseline
from reports.loan_values import Split
from reports.receipt import Receipt, render_vouchers
from resources.lang.dates import show_day
from resources.lang.dong import show_dong, show_number
from resources.lang.messages import N_, _


@dataclass(frozen=True, slots=True)
class LoanReceipt:
    """A receipt for a loan. `receipt` is the voucher; its amount is `split.total`.

    `owed_before` and `owed_after` are the principal owed, in đồng. `next_due_on` and `next_amount` say what
    comes next (None: nothing more is due); `excess_text` what happens to money paid above the debt; `closed`:
    the loan is paid in full.
    """

    receipt: Receipt
    contract: str
    split: Split
    owed_before: int
    owed_after: int
    next_due_on: date | None = None
    next_amount: int = 0
    excess_text: str = ""
    closed: bool = False


@dataclass(frozen=True, slots=True)
class LoanReceipts:
    """Receipts to print one after another, two on a page. `copies` 2 puts both copies on one page."""

    receipts: tuple[LoanReceipt, ...]
    copies: int = 1


@in_its_language
def render(value: LoanReceipts, options: PaperOptions = PLAIN) -> bytes:
    """Return the receipts as a PDF, two on a page; large print takes a page for each."""
    return render_vouchers(
        [(one.receipt, partial(_split, receipt=one)) for one in value.receipts],
        value.copies,
        _("Phiếu thu nợ"),
        options,
    )


def _split(area: Area, *, receipt: LoanReceipt) -> None:
    """Draw what the money was for in a row of boxes, and below it what is still owed and what comes next."""
    parts = [
        (_("Gốc"), receipt.split.principal),
        (_("Lãi"), receipt.split.interest),
        (_("Phí"), receipt.split.fees),
        (_("Phạt"), receipt.split.penalties),
        (_("Trả thừa"), receipt.split.excess),
    ]
    cells = [(title, amount(value)) for title, value in parts]
    cells.append((_("Cộng"), show_number(receipt.split.total)))
    owed = _("trước khi trả {before}, sau khi trả {after}").format(
        before=show_dong(receipt.owed_before), after=show_dong(receipt.owed_after)
    )
    lines = [
        (_("Hợp đồng vay:"), receipt.contract),
        (_("Gốc còn nợ:"), owed),
        (_("Tiền trả thừa:"), receipt.excess_text if receipt.split.excess else ""),
        (_("Kỳ tới:"), _next(receipt)),
    ]
    gap = 0.35 * area.edition.body.leading
    area.gap(gap)
    if _fits(area, cells):
        _boxes(area, cells)
        area.gap(gap)
    else:
        lines = [(f"{title}:", text) for title, text in cells] + lines
    area.fields(lines, columns=1)


def _fits(area: Area, cells: list[tuple[str, str]]) -> bool:
    """Say whether the amounts have room beside each other; in large print they stand below each other."""
    style, wide = area.edition.cell, area.sheet.room / len(cells) - 4
    widest = max(fonts.width(text, fonts.BOLD, style.size) for _title, text in cells)
    return not area.edition.large and widest <= wide


def _next(receipt: LoanReceipt) -> str:
    """Say when how much is due next, or that all is paid."""
    if receipt.closed:
        return _("không còn kỳ nào, khoản vay đã trả hết")
    if receipt.next_due_on is None:
        return ""
    return _("ngày {day}, {amount}").format(
        day=show_day(receipt.next_due_on), amount=show_dong(receipt.next_amount)
    )


def _boxes(area: Area, cells: list[tuple[str, str]]) -> None:
    """Draw titles over amounts, each pair in a box, the sum shaded and bold."""
    style, sheet, page = area.edition.cell, area.sheet, area.page
    wide, high = sheet.room / len(cells), style.leading + 2
    area.need(2 * high)
    top = area.y
    page.fill(sheet.end - wide, top - 2 * high, wide, 2 * high, SHADE)
    for place, (title, text) in enumerate(cells):
        middle = sheet.left + wide * (place + 0.5)
        bold = fonts.BOLD if place == len(cells) - 1 else fonts.REGULAR
        page.tags.begin("P")
        page.centred(middle, baseline(top - 1, style), fonts.BOLD, style.size, title)
        page.centred(middle, baseline(top - high - 1, style), bold, style.size, text)
        page.line(middle + wide / 2, top, middle + wide / 2, top - 2 * high, HAIR)
    page.line(sheet.left, top, sheet.left, top - 2 * high, HAIR)
    for row in range(3):
        page.line(sheet.left, top - row * high, sheet.end, top - row * high, HAIR)
    area.y = top - 2 * high


REPORT = Report("loan-receipt", N_("Phiếu thu nợ"), LoanReceipts, render)
