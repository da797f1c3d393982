"""Sổ vay vốn: the borrower's own book of one loan: what was agreed, what was paid, what is still owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports import loan_parts
from reports.kit import papers
from reports.kit.columns import Column, Row, amount
from reports.kit.page import Flow, Frame
from reports.kit.report import PLAIN, PaperOptions, Report, in_its_language
from reports.kit.tables import Look
from reports.kit.values import Organisation, PrintMark
from reports.loan_values import (
    NO_MONEY,
    UNSIGNED,
    LenderSide,
    LoanHead,
    LoanMovement,
    ScheduleRow,
    Split,
    paid_sum,
    schedule_sum,
)
from resources.lang.dates import show_day, show_day_long
from resources.lang.dong import in_words, show_dong, show_number
from resources.lang.messages import N_, _


@dataclass(frozen=True, slots=True)
class LoanPassbook:
    """Everything the passbook prints, as of `day`.

    `owed` is all that is owed on `day` (principal not yet repaid, interest, fees, penalties until that day),
    `overdue` the part of it that is late by `days_late` days. `blank_rows` leaves lines to go on by hand.
    """

    organisation: Organisation
    loan: LoanHead
    rows: tuple[ScheduleRow, ...]
    movements: tuple[LoanMovement, ...]
    owed: Split
    day: date
    mark: PrintMark
    overdue: Split = NO_MONEY
    days_late: int = 0
    lender: LenderSide = UNSIGNED
    place: str = ""
    status_text: str = ""
    blank_rows: int = 0
    large_print: bool = False


@in_its_language
def render(value: LoanPassbook, options: PaperOptions = PLAIN) -> bytes:
    """Return the passbook as a PDF, on the long side: what is due stands beside what was paid."""
    loan = value.loan
    frame = Frame(
        title=_("Sổ vay vốn"),
        organisation=value.organisation,
        group=loan.group,
        mark=value.mark,
        subtitle=_("Đến {day}").format(day=show_day_long(value.day)),
        running=loan_parts.running(loan),
    )
    paper = papers.begin(
        frame, loan_parts.running(loan), options, large_print=value.large_print, landscape=True
    )
    flow = paper.flow
    loan_parts.loan_fields(flow, loan, options.words, more=[(_("Tình trạng:"), value.status_text)])
    flow.gap(0.6 * flow.edition.body.leading)
    papers.draw_laid(flow, _instalments(value, large=flow.edition.large))
    loan_parts.moved_notes(flow, value.rows)
    flow.gap(0.8 * flow.edition.body.leading)
    papers.draw_laid(flow, _movements(value, large=flow.edition.large))
    _closing(flow, value, options)
    return paper.done()


def _instalments(value: LoanPassbook, *, large: bool) -> papers.Laid:
    """Return the schedule with what was paid of each instalment beside what was due."""
    rows = value.rows
    asked, paid = schedule_sum(rows), paid_sum(rows)
    columns = [Column(_("Kỳ"), "centre", 18, key=True), Column(_("Ngày đến hạn"), "tight", 50, key=True)]
    caption = _("Phải trả và đã trả từng kỳ (đồng)")
    if large:
        columns += [Column(_("Phải trả"), "money", 60), Column(_("Đã trả"), "money", 60)]
        columns += [Column(_("Còn thiếu"), "money", 60), Column(_("Dư nợ theo lịch"), "money", 60)]
        lines = [
            Row((show_number(row.nr), show_day(row.due_on), *map(amount, _large_cells(row)))) for row in rows
        ]
        sums = (asked.total, paid.total, asked.total - paid.total)
        total = ("", _("Cộng"), *map(amount, sums), "")
        return papers.Laid(columns, [*lines, Row(total, True, True, bool(rows))], Look(caption))
    fees = bool(asked.fees or paid.fees)
    penalties = bool(asked.penalties or paid.penalties)
    columns += [Column(_("Gốc phải trả"), "money", 54), Column(_("Lãi phải trả"), "money", 46)]
    columns += [Column(_("Phí phải trả"), "money", 40)] if fees else []
    columns += [Column(_("Phạt phải trả"), "money", 40)] if penalties else []
    columns += [Column(_("Dư nợ theo lịch"), "money", 58), Column(_("Ngày trả"), "tight", 50)]
    columns += [Column(_("Gốc đã trả"), "money", 54), Column(_("Lãi đã trả"), "money", 46)]
    columns += [Column(_("Phí đã trả"), "money", 40)] if fees else []
    columns += [Column(_("Phạt đã trả"), "money", 40)] if penalties else []
    columns.append(Column(_("Ký nhận"), "write", 60))

    def chosen(part: Split) -> list[str]:
        some = [part.principal, part.interest, *([part.fees] * fees), *([part.penalties] * penalties)]
        return [amount(one) for one in some]

    lines = []
    for row in rows:
        owing, given = schedule_sum([row]), paid_sum([row])
        day = show_day(row.paid_on) if row.paid_on else ""
        cells = (show_number(row.nr), show_day(row.due_on), *chosen(owing), amount(row.balance), day)
        lines.append(Row((*cells, *(chosen(given) if row.paid_on else [""] * len(chosen(given))), "")))
    total = ("", _("Cộng"), *chosen(asked), "", "", *chosen(paid), "")
    return papers.Laid(
        columns, [*lines, Row(total, True, True, bool(rows))], Look(caption, grid=True, row_height=17)
    )


def _large_cells(row: ScheduleRow) -> tuple[int, int, int, int]:
    return row.due, row.paid, row.due - row.paid, row.balance


def _movements(value: LoanPassbook, *, large: bool) -> papers.Laid:
    """Return what happened to the loan, in order, with the voucher of each and the balance after it."""
    moves = value.movements
    fees, penalties = any(one.split.fees for one in moves), any(one.split.penalties for one in moves)
    excess = any(one.split.excess for one in moves)
    columns = [Column(_("Ngày"), "tight", 50, key=True)]
    columns += [] if large else [Column(_("Số chứng từ"), "tight", 62)]
    columns.append(Column(_("Nội dung"), "text", 60 if large else 90))
    columns.append(Column(_("Nhận vay"), "money", 54))
    if large:
        columns.append(Column(_("Trả nợ"), "money", 54))
    else:
        columns += [Column(_("Trả gốc"), "money", 54), Column(_("Trả lãi"), "money", 46)]
        columns += [Column(_("Phí"), "money", 40)] if fees else []
        columns += [Column(_("Phạt"), "money", 40)] if penalties else []
        columns += [Column(_("Trả thừa"), "money", 46)] if excess else []
    columns.append(Column(_("Gốc còn nợ"), "money", 58))
    columns += [] if large else [Column(_("Ký nhận"), "write", 60)]

    def parts(split: Split) -> list[str]:
        if large:
            return [amount(split.total)]
        some = [split.principal, split.interest, *([split.fees] * fees), *([split.penalties] * penalties)]
        return [amount(one) for one in [*some, *([split.excess] * excess)]]

    lines = []
    for one in moves:
        text = one.text if one.cash else _("{text} (không thu tiền)").format(text=one.text)
        lead = [show_day(one.day), f"{text} ({one.voucher})" if one.voucher else text]
        lead = lead if large else [show_day(one.day), one.voucher, text]
        lines.append(
            Row(
                (
                    *lead,
                    amount(one.paid_out),
                    *parts(one.split),
                    show_number(one.balance),
                    *[""] * (not large),
                )
            )
        )
    lines += [Row(("",) * len(columns))] * (0 if large else value.blank_rows)
    look = Look(
        _("Tiền vay và tiền trả đã ghi sổ (đồng)"),
        grid=not large,
        row_height=0 if large else 17,
        empty=_("Chưa có"),
    )
    return papers.Laid(columns, lines, look)


def _closing(flow: Flow, value: LoanPassbook, options: PaperOptions) -> None:
    """Say what is owed by that day, in digits and words, and sign: all on one page."""
    body, owed = flow.edition.body, value.owed
    signers = loan_parts.both_sides(value.loan, value.lender)
    rows = papers.sign_rows(flow, signers, papers.dated(value.place, value.day), most=4)
    flow.need(6 * body.leading + rows[0].first_height)
    flow.gap(0.6 * body.leading)
    day = show_day(value.day)
    flow.write(_("Còn nợ đến {day}: {amount}").format(day=day, amount=show_dong(owed.total)), body.bold)
    flow.write(_("Bằng chữ: {words}.").format(words=in_words(owed.total, options.words)), body.italic)
    flow.write(loan_parts.split_line(owed))
    if value.overdue.total:
        late = _("Trong đó đã quá hạn {days} ngày: {amount} ({parts}).").format(
            days=value.days_late,
            amount=show_dong(value.overdue.total),
            parts=loan_parts.split_parts(value.overdue),
        )
        flow.write(late)
    for row in rows:
        row.draw()


REPORT = Report("loan-passbook", N_("Sổ vay vốn"), LoanPassbook, render)
