"""Báo giá tất toán: what it takes to close a loan on a day, part by part, and how it was computed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports import loan_parts
from reports.kit import fonts, papers
from reports.kit.columns import Column, Row, amount
from reports.kit.page import Flow, Frame
from reports.kit.report import PLAIN, PaperOptions, Report, in_its_language
from reports.kit.styles import RULE, SHADE, baseline
from reports.kit.tables import Look, draw
from reports.kit.values import Organisation, PrintMark, Signer
from reports.loan_values import UNSIGNED, LenderSide, LoanHead
from resources.lang.dates import show_day_long
from resources.lang.dong import in_words, show_dong, show_number
from resources.lang.messages import N_, _


@dataclass(frozen=True, slots=True)
class PayoffPart:
    """One part of the sum, in đồng (negative: taken off, as a credit), and how it was computed."""

    title: str
    amount: int
    how: str = ""


@dataclass(frozen=True, slots=True)
class LoanPayoff:
    """Everything the quote prints. `day` is the day of paying, `valid_until` the last day it holds.

    `interest_saved` (đồng) is what is not paid because the loan ends early; `later_text` says what a later day
    costs ("mỗi ngày thêm 3.288 ₫"). `notes` are further lines on how it was computed.
    """

    organisation: Organisation
    loan: LoanHead
    day: date
    valid_until: date
    parts: tuple[PayoffPart, ...]
    mark: PrintMark
    issued_on: date
    principal_paid: int = 0
    paid_until: int = 0
    interest_saved: int = 0
    later_text: str = ""
    notes: tuple[str, ...] = ()
    pay_place: str = ""
    lender: LenderSide = UNSIGNED
    place: str = ""
    large_print: bool = False

    @property
    def total(self) -> int:
        """What is to be paid."""
        return sum(part.amount for part in self.parts)


@in_its_language
def render(value: LoanPayoff, options: PaperOptions = PLAIN) -> bytes:
    """Return the quote as a PDF."""
    loan = value.loan
    frame = Frame(
        title=_("Báo giá tất toán"),
        organisation=value.organisation,
        group=loan.group,
        mark=value.mark,
        subtitle=_("Nếu trả hết nợ vào {day}").format(day=show_day_long(value.day)),
        running=loan_parts.running(loan),
    )
    paper = papers.begin(frame, loan_parts.running(loan), options, large_print=value.large_print)
    flow = paper.flow
    loan_parts.loan_fields(flow, loan, options.words, short=True, more=_already(value))
    flow.gap(0.6 * flow.edition.body.leading)
    _figure(flow, value, options)
    _parts(flow, value)
    _terms(flow, value)
    return paper.done()


def _already(value: LoanPayoff) -> list[tuple[str, str]]:
    """Return what was paid until now."""
    paid = _("{paid}, trong đó gốc {principal}").format(
        paid=show_dong(value.paid_until), principal=show_dong(value.principal_paid)
    )
    return [(_("Đã trả đến nay:"), paid if value.paid_until or value.principal_paid else "")]


def _figure(flow: Flow, value: LoanPayoff, options: PaperOptions) -> None:
    """Set the sum to pay in a band of its own: the one figure this paper is for."""
    body, big = flow.edition.body, flow.edition.title
    label = _("Số tiền cần trả để tất toán:")
    text = show_dong(value.total)
    inset = 0.8 * body.size
    beside = fonts.width(label, body.face, body.size) + fonts.width(text, big.face, big.size) + 3 * inset
    tall = big.leading * 1.3 + (0 if beside <= flow.sheet.room else body.leading)
    flow.need(tall + 2 * body.leading)
    left, page, top = flow.sheet.left, flow.page, flow.y
    page.fill(left, top - tall, flow.sheet.room, tall, SHADE)
    page.line(left, top, flow.sheet.end, top, RULE)
    page.line(left, top - tall, flow.sheet.end, top - tall, RULE)
    page.tags.begin("P")
    base = (
        baseline(top - (tall - big.leading), big)
        if beside > flow.sheet.room
        else baseline(top - (tall - big.leading) / 2, big)
    )
    upper = baseline(top - 0.15 * big.leading, body) if beside > flow.sheet.room else base
    page.text(left + inset, upper, body.face, body.size, label)
    page.right(flow.sheet.end - inset, base, big.face, big.size, text)
    flow.y = top - tall
    flow.gap(0.3 * body.leading)
    flow.write(_("Bằng chữ: {words}.").format(words=in_words(value.total, options.words)), body.italic)
    flow.gap(0.4 * body.leading)


def _parts(flow: Flow, value: LoanPayoff) -> None:
    """Draw the parts of the sum, each with how it was computed."""
    columns = [
        Column(_("Khoản"), "text", 90),
        Column(_("Cách tính"), "text", 90, weight=2),
        Column(_("Số tiền (đồng)"), "money", 66),
    ]
    rows = [Row((part.title, part.how, amount(part.amount))) for part in value.parts]
    rows.append(Row((_("Cộng"), "", show_number(value.total)), bold=True, shade=True, keep=bool(rows)))
    draw(flow, columns, rows, Look(_("Gồm những khoản nào?"), grid=True))


def _terms(flow: Flow, value: LoanPayoff) -> None:
    """Say how long the quote holds, what is saved, where to pay; then sign."""
    body = flow.edition.body
    flow.gap(0.6 * body.leading)
    flow.write(_("Báo giá có giá trị đến hết {day}.").format(day=show_day_long(value.valid_until)), body.bold)
    if value.later_text:
        flow.write(_("Trả muộn hơn: {text}.").format(text=value.later_text))
    if value.interest_saved > 0:
        flow.write(
            _("Trả hết vào ngày này, người vay bớt được {amount} tiền lãi so với trả đúng lịch.").format(
                amount=show_dong(value.interest_saved)
            )
        )
    for note in value.notes:
        flow.write(note)
    if value.pay_place:
        flow.write(_("Nơi trả: {place}.").format(place=value.pay_place.rstrip(".")))
    flow.write(_("Trả xong, người vay nhận phiếu thu và giấy báo khoản vay đã đóng."))
    signers = [
        Signer(_("Thủ quỹ"), value.lender.treasurer),
        Signer(loan_parts.chair_title(value.lender), value.lender.chair),
    ]
    papers.sign(flow, signers, papers.dated(value.place, value.issued_on))


REPORT = Report("loan-payoff", N_("Báo giá tất toán"), LoanPayoff, render)
