"""Thư nhắc trả nợ: a friendly letter before an instalment is due, or after it was missed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from io import BytesIO

from reports import loan_parts
from reports.kit import papers
from reports.kit.page import Flow, Frame
from reports.kit.report import PLAIN, PaperOptions, Report, in_its_language
from reports.kit.values import Organisation, PrintMark, Signer
from reports.loan_values import UNSIGNED, LenderSide, LoanHead, ScheduleRow
from resources.lang.dates import show_day_long
from resources.lang.dong import in_words, show_dong
from resources.lang.messages import N_, _


class Tone(StrEnum):
    """Before the day it is due, or after it was missed."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class LoanReminder:
    """Everything one letter prints. `rows` are the instalments it is about, as still unpaid.

    `pay_on` is the day it may be paid next ("kỳ họp ngày …" as `pay_place`). `salutation` is how the person is
    addressed ("Chị Nguyễn Thị Hòa"); `contact` whom to call or visit, `extra` a line of the group's own.
    """

    organisation: Organisation
    loan: LoanHead
    tone: Tone
    rows: tuple[ScheduleRow, ...]
    day: date
    mark: PrintMark
    lender: LenderSide = UNSIGNED
    owed: int = 0
    pay_on: date | None = None
    pay_place: str = ""
    contact: str = ""
    salutation: str = ""
    extra: str = ""
    place: str = ""
    large_print: bool = False


@dataclass(frozen=True, slots=True)
class LoanReminders:
    """Letters to print one after another, a page for each."""

    letters: tuple[LoanReminder, ...]


@in_its_language
def render(value: LoanReminders, options: PaperOptions = PLAIN) -> bytes:
    """Return the letters as a PDF, each beginning on a page of its own."""
    if not value.letters:
        raise ValueError("no letter to print")
    out, document = BytesIO(), None
    for letter in value.letters:
        frame = _frame(letter)
        if document is None:
            several = len(value.letters) > 1
            subject = _("{count} thư").format(count=len(value.letters)) if several else frame.running
            document = papers.new_document(out, frame, subject, options)
        flow = papers.new_flow(document, frame, options, large_print=letter.large_print, letter=True)
        _letter(flow, letter, options)
        flow.finish(loan_parts.running(letter.loan) if len(value.letters) > 1 else "")
    assert document is not None
    document.save()
    return out.getvalue()


def _frame(letter: LoanReminder) -> Frame:
    """Return the frame of a letter: who writes stands in the head, nothing of the national one."""
    return Frame(
        title=_("Thư nhắc ngày trả nợ") if letter.tone is Tone.BEFORE else _("Thư hỏi thăm về kỳ trả nợ"),
        organisation=letter.organisation,
        group=letter.loan.group,
        mark=letter.mark,
        running=loan_parts.running(letter.loan),
    )


def _letter(flow: Flow, letter: LoanReminder, options: PaperOptions) -> None:
    """Write the letter: what it is about, how much, where to pay, and that one may come and talk."""
    body = flow.edition.body

    def paragraph(text: str) -> None:
        flow.write(text)
        flow.gap(0.4 * body.leading)

    name = letter.salutation or letter.loan.borrower.name
    address = letter.loan.borrower.address
    flow.write(_("Kính gửi: {name}").format(name=name), body.bold)
    if address:
        flow.write(address, flow.edition.small)
    flow.gap(0.6 * body.leading)
    for text in _opening(letter):
        paragraph(text)
    table = loan_parts.instalment_table(flow, letter.rows, balance=False)
    papers.draw_laid(flow, table)
    total = sum(row.due for row in letter.rows)
    words = in_words(total, options.words)
    flow.gap(0.4 * body.leading)
    paragraph(
        _("Cộng {amount} ({words}).").format(amount=show_dong(total), words=words[0].lower() + words[1:])
    )
    for text in _ending(letter):
        paragraph(text)
    when = papers.dated(letter.place, letter.day)
    signers = [
        Signer(_("Thủ quỹ"), letter.lender.treasurer),
        Signer(loan_parts.chair_title(letter.lender), letter.lender.chair),
    ]
    papers.sign(flow, signers, when)


def _opening(letter: LoanReminder) -> list[str]:
    """Return how the letter begins in its tone."""
    loan, group = letter.loan, letter.loan.group.name
    about = _("khoản vay {loan}").format(loan=loan_parts.loan_name(loan))
    if loan.purpose:
        about = _("{loan} ({purpose})").format(loan=about, purpose=loan.purpose)
    if letter.tone is Tone.BEFORE:
        return [
            _("{group} thân gửi lời chào và chúc gia đình mạnh khỏe, làm ăn thuận lợi.").format(group=group),
            _(
                "Tổ xin nhắc trước để gia đình tiện thu xếp: sắp đến ngày trả nợ của {loan}, cụ thể như sau."
            ).format(loan=about),
        ]
    return [
        _("{group} thân gửi lời hỏi thăm sức khỏe gia đình.").format(group=group),
        _(
            "Theo sổ của tổ đến {day}, {loan} còn phần sau đây chưa ghi là đã trả. Nếu gia đình đã trả rồi, xin báo "
            "cho thủ quỹ để cùng xem lại sổ và phiếu thu; tổ xin lỗi vì sự nhầm lẫn."
        ).format(day=show_day_long(letter.day), loan=about),
    ]


def _ending(letter: LoanReminder) -> list[str]:
    """Return where and when to pay, whom to talk to, and thanks; nobody is threatened."""
    lines = []
    if letter.pay_on is not None and letter.pay_place:
        lines.append(
            _("Có thể trả vào {day}, tại {place}.").format(
                day=show_day_long(letter.pay_on), place=letter.pay_place.rstrip(".")
            )
        )
    elif letter.pay_place:
        lines.append(_("Nơi trả: {place}.").format(place=letter.pay_place.rstrip(".")))
    elif letter.pay_on is not None:
        lines.append(_("Có thể trả vào {day}.").format(day=show_day_long(letter.pay_on)))
    trouble = (
        _("Nếu kỳ này gia đình gặp khó khăn, xin báo sớm để tổ cùng bàn cách trả cho phù hợp.")
        if letter.tone is Tone.BEFORE
        else _(
            "Nếu gia đình đang gặp khó khăn, ốm đau hay mất mùa, mời gia đình đến nói chuyện để tổ cùng bàn cách "
            "trả dần hoặc gia hạn. Trả được một phần cũng rất tốt."
        )
    )
    lines.append(trouble)
    if letter.contact:
        lines.append(_("Cần hỏi thêm, xin gặp {contact}.").format(contact=letter.contact.rstrip(".")))
    if letter.extra:
        lines.append(letter.extra)
    lines.append(
        _("Thư này chỉ gửi riêng cho người vay. Xin cảm ơn gia đình đã cùng giữ gìn vốn chung của tổ.")
    )
    return lines


REPORT = Report("loan-reminder", N_("Thư nhắc trả nợ"), LoanReminders, render)
