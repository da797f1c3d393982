"""Lịch trả nợ: when to pay how much, what it costs, with room to tick off what was paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports import loan_parts
from reports.kit import papers
from reports.kit.page import Flow, Frame
from reports.kit.report import PLAIN, PaperOptions, Report, in_its_language
from reports.kit.values import Organisation, PrintMark
from reports.loan_values import UNSIGNED, LenderSide, LoanHead, ScheduleRow, UpfrontFee
from resources.lang.messages import N_, _


@dataclass(frozen=True, slots=True)
class LoanSchedule:
    """Everything the schedule prints. `trial` marks a schedule shown before anything is signed.

    `planned_on`: it holds if the money is handed over on this day, which is not the one applied for.
    `write_columns` adds empty columns for the day of payment and the signature. `pay_place` says where to pay.
    """

    organisation: Organisation
    loan: LoanHead
    rows: tuple[ScheduleRow, ...]
    day: date
    mark: PrintMark
    lender: LenderSide = UNSIGNED
    place: str = ""
    fees: tuple[UpfrontFee, ...] = ()
    pay_place: str = ""
    trial: bool = False
    planned_on: date | None = None
    write_columns: bool = True
    large_print: bool = False


@in_its_language
def render(value: LoanSchedule, options: PaperOptions = PLAIN) -> bytes:
    """Return the schedule as a PDF."""
    loan = value.loan
    frame = Frame(
        title=_("Lịch trả nợ"),
        organisation=value.organisation,
        group=loan.group,
        mark=value.mark,
        subtitle=_("Bản tính thử, chưa ký kết")
        if value.trial
        else "".join(loan_parts.planned_line(value.planned_on)),
        running=loan_parts.running(loan),
    )
    paper = papers.begin(
        frame,
        loan_parts.running(loan),
        options,
        large_print=value.large_print,
        landscape=value.large_print if options.large_print is None else options.large_print,
    )
    flow = paper.flow
    more = [(_("Nơi trả:"), value.pay_place)]
    loan_parts.loan_fields(flow, loan, options.words, more=more, planned=value.planned_on is not None)
    flow.gap(0.5 * flow.edition.body.leading)
    write = value.write_columns and not value.trial
    caption = _("Các kỳ trả nợ (đồng)")
    papers.draw_laid(flow, loan_parts.instalment_table(flow, value.rows, caption=caption, write=write))
    loan_parts.moved_notes(flow, value.rows)
    _closing(flow, value, options)
    return paper.done()


def _closing(flow: Flow, value: LoanSchedule, options: PaperOptions) -> None:
    """Say what the loan costs, and let both sides sign what was agreed."""
    body = flow.edition.body
    signers = loan_parts.both_sides(value.loan, value.lender)
    blocks = papers.sign_rows(flow, signers, papers.dated(value.place, value.day), most=4)
    lines = loan_parts.cost_lines(value.loan, value.rows, value.fees, options.words)
    flow.gap(0.5 * body.leading)
    if lines:
        flow.heading(_("Khoản vay này tốn bao nhiêu?"), 2 * body.leading)
    for line in lines:
        flow.write(line)
    if value.planned_on is not None:
        flow.write(loan_parts.planned_words(value.planned_on))
    if value.trial:
        flow.write(
            _("Đây là bản tính thử để bàn bạc; lịch có giá trị là lịch kèm theo hợp đồng đã ký."),
            flow.edition.small,
        )
        return
    for row in blocks:
        row.draw()


REPORT = Report("loan-schedule", N_("Lịch trả nợ"), LoanSchedule, render)
