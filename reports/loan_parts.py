"""Blocks that several papers of loans print: who and what, the schedule, the true cost in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from reports.kit.columns import Column, Row, amount, fits_room
from reports.kit.page import Flow
from reports.kit.papers import Laid
from reports.kit.tables import Look
from reports.kit.values import Signer
from reports.loan_values import LenderSide, LoanHead, LoanPerson, ScheduleRow, Split, UpfrontFee, schedule_sum
from resources.lang.dates import show_day
from resources.lang.dong import WordStyle, in_words, show_dong, show_number, show_percent
from resources.lang.messages import _
from resources.lang.words import decimal_words


def loan_name(loan: LoanHead) -> str:
    """Return the loan as papers name it: by its contract, else by its code."""
    return loan.contract or loan.code


def running(loan: LoanHead) -> str:
    """Return what following pages say of the loan: "Nguyễn Thị Hòa · KV-0012"."""
    return " · ".join(part for part in (loan.borrower.name, loan_name(loan)) if part)


def chair_title(lender: LenderSide) -> str:
    """Return the title of who signs for the group."""
    return lender.chair_title or _("Tổ trưởng")


def signer(title: str, person: LoanPerson | None) -> Signer:
    """Return the signature block of a person, with fingerprint and witness where they need it."""
    if person is None:
        return Signer(title)
    return Signer(title, person.name, person.fingerprint, person.witness)


def both_sides(loan: LoanHead, lender: LenderSide) -> list[Signer]:
    """Return who signs a paper of a loan: the borrower and the group, or the group and the lender it borrows from."""
    if loan.lender:
        return [
            Signer(_("Thủ quỹ"), lender.treasurer),
            Signer(_("Đại diện nhóm vay"), lender.chair),
            Signer(_("Đại diện bên cho vay")),
        ]
    return [
        signer(_("Người vay"), loan.borrower),
        Signer(_("Thủ quỹ"), lender.treasurer),
        Signer(chair_title(lender), lender.chair),
    ]


def loan_fields(
    flow: Flow,
    loan: LoanHead,
    words: WordStyle,
    *,
    short: bool = False,
    more: Sequence[tuple[str, str]] = (),
    planned: bool = False,
) -> None:
    """Say whose loan it is and on which terms; `short` leaves out what a slip does not need.

    `planned`: the day of the money is one that is still to come.
    """
    person = loan.borrower
    handed = _("Ngày giao tiền dự kiến:") if planned else _("Ngày giải ngân:")
    pairs = [
        (_("Người vay:"), f"{person.name} ({person.code})" if person.code else person.name),
        (_("Hợp đồng số:"), loan.contract),
        (handed, show_day(loan.disbursed_on) if loan.disbursed_on else ""),
        (_("Mã khoản vay:"), loan.code),
        (_("Số tiền vay:"), show_dong(loan.amount)),
        (_("Số kỳ trả:"), show_number(loan.number) if loan.number else ""),
    ]
    rest = [(_("Bên cho vay:"), loan.lender)] if loan.lender else []
    rest += [(_("Bằng chữ:"), in_words(loan.amount, words) + ".")]
    if not short:
        rest += [
            (_("Địa chỉ:"), person.address),
            (_("Mục đích:"), loan.purpose),
            (_("Thời hạn:"), loan.term_text),
            (_("Cách trả:"), loan.repayment_text),
        ]
    rest += [
        (_("Lãi suất:"), rate_line(loan)),
        (_("Trả chậm:"), "" if short else loan.late_text),
        (_("Người bảo lãnh:"), "; ".join(loan.guarantors)),
        *more,
    ]
    labels = max(flow.label_width(pairs[::2]), flow.label_width(rest))
    flow.fields(pairs, least=labels)
    flow.fields(rest, columns=1, least=labels)


def planned_line(day: date | None) -> list[str]:
    """Return the line that marks a paper as worked out for a planned day of the money; none without such a day."""
    return [] if day is None else [_("Theo ngày giao tiền dự kiến {day}").format(day=show_day(day))]


def planned_words(day: date) -> str:
    """Return what holds when the money is handed over on another day than planned."""
    return _(
        "Ngày giao tiền dự kiến: {day}. Nếu tiền được giao vào ngày khác, lịch trả, tiền lãi và giá thật được "
        "tính lại, hai bên ký bản mới."
    ).format(day=show_day(day))


def rate_line(loan: LoanHead) -> str:
    """Return the rate and how it is counted; a flat rate names its equal on the declining balance."""
    line = ", ".join(part for part in (loan.rate_text, loan.method_text) if part)
    if loan.equivalent_text:
        line = _("{rate} (bằng {same})").format(rate=line, same=loan.equivalent_text)
    return line


def percent(value: Decimal) -> str:
    """Return percents as papers write them, halves away from zero: 13.625 -> "13,63 %"."""
    return show_percent(_cents(value) / 100)


def percent_words(value: Decimal, words: WordStyle) -> str:
    """Return percents as they are read: 13.62 -> "mười ba phẩy sáu mươi hai phần trăm"."""
    return _("{number} phần trăm").format(number=decimal_words(_cents(value), words))


def _cents(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def cost_lines(
    loan: LoanHead, rows: Sequence[ScheduleRow], fees: Sequence[UpfrontFee], words: WordStyle
) -> list[str]:
    """Return what the loan costs, first in đồng, then as a share of a year, with all fees."""
    asked = schedule_sum(rows)
    upfront = sum(fee.amount for fee in fees)
    extra = asked.total - asked.principal + upfront
    lines = []
    if rows:
        lines.append(
            _("Vay {amount}, trả tất cả {total}: gốc {principal}, tiền lãi và phí {extra}.").format(
                amount=show_dong(loan.amount),
                total=show_dong(asked.total + upfront),
                principal=show_dong(asked.principal),
                extra=show_dong(extra),
            )
        )
    if upfront:
        named = "; ".join(f"{fee.title} {show_dong(fee.amount)}" for fee in fees if fee.amount)
        lines.append(_("Phí thu khi nhận tiền: {fees}.").format(fees=named))
    if loan.apr_percent is not None:
        lines.append(
            _("Tính cả phí, mỗi năm người vay trả {apr} ({words}) trên số tiền còn nợ (APR).").format(
                apr=percent(loan.apr_percent), words=percent_words(loan.apr_percent, words)
            )
        )
    if loan.eir_percent is not None:
        lines.append(
            _("Nếu tính cả lãi của tiền lãi, mỗi năm là {eir} ({words}) (EIR).").format(
                eir=percent(loan.eir_percent), words=percent_words(loan.eir_percent, words)
            )
        )
    return lines


def instalment_table(
    flow: Flow,
    rows: Sequence[ScheduleRow],
    *,
    caption: str = "",
    write: bool = False,
    balance: bool = True,
) -> Laid:
    """Return the instalments with their sums; `write` adds room for the day of payment and the signature.

    What no instalment asks for has no column. Large print adds fees to the interest and drops the room to write
    in where it does not fit.
    """
    parts = _parts(rows, together=flow.edition.large)
    choices = [(parts, write)]
    if flow.edition.large:
        choices.append((parts, False))
    for chosen, room in choices:
        laid = _instalments(rows, chosen, caption, write=room, balance=balance)
        if fits_room(laid.columns, laid.rows, flow.edition.cell, flow.sheet.room, flow.edition.least):
            break
    return laid


class _Part(NamedTuple):
    """One column of money of a schedule."""

    title: str
    amounts: tuple[int, ...]


def _parts(rows: Sequence[ScheduleRow], *, together: bool) -> list[_Part]:
    """Return the columns of what is due; fees and penalties only where there are any."""
    interest, fees = tuple(row.interest for row in rows), tuple(row.fees for row in rows)
    penalties = tuple(row.penalties for row in rows)
    parts = [_Part(_("Gốc"), tuple(row.principal for row in rows))]
    if together and (any(fees) or any(penalties)):
        whole = tuple(map(sum, zip(interest, fees, penalties, strict=True)))
        return [*parts, _Part(_("Lãi, phí"), whole)]
    parts.append(_Part(_("Lãi"), interest))
    parts += [_Part(_("Phí"), fees)] if any(fees) else []
    parts += [_Part(_("Phạt"), penalties)] if any(penalties) else []
    return parts


def _instalments(
    rows: Sequence[ScheduleRow], parts: Sequence[_Part], caption: str, *, write: bool, balance: bool
) -> Laid:
    columns = [Column(_("Kỳ"), "centre", 18, key=True), Column(_("Ngày đến hạn"), "tight", 50, key=True)]
    columns += [Column(part.title, "money", 50) for part in parts]
    columns.append(Column(_("Cộng"), "money", 54))
    columns += [Column(_("Dư nợ còn lại"), "money", 58)] if balance else []
    columns += [Column(_("Ngày trả"), "write", 50), Column(_("Ký nhận"), "write", 66)] if write else []
    laid = []
    for place, row in enumerate(rows):
        cells = [show_number(row.nr), show_day(row.due_on)]
        cells += [amount(part.amounts[place]) for part in parts]
        cells.append(amount(row.due))
        cells += [amount(row.balance)] if balance else []
        cells += [show_day(row.paid_on) if row.paid_on else "", ""] if write else []
        laid.append(Row(tuple(cells)))
    sums = ["", _("Cộng"), *(amount(sum(part.amounts)) for part in parts)]
    sums.append(amount(sum(row.due for row in rows)))
    sums += [""] * (len(columns) - len(sums))
    laid.append(Row(tuple(sums), bold=True, shade=True, keep=bool(rows)))
    return Laid(columns, laid, Look(caption, grid=write, row_height=17 if write else 0))


def moved_notes(flow: Flow, rows: Sequence[ScheduleRow]) -> None:
    """Say below the table which instalments were put off, and why."""
    for row in rows:
        if row.moved:
            flow.write(
                _("Kỳ {number}: {reason}.").format(number=row.nr, reason=row.moved.rstrip(".")),
                flow.edition.small,
            )


def split_parts(split: Split) -> str:
    """Return the parts of a sum that are there: "gốc 6.668.000 ₫, lãi 44.453 ₫"."""
    named = (
        (_("gốc {amount}"), split.principal),
        (_("lãi {amount}"), split.interest),
        (_("phí {amount}"), split.fees),
        (_("phạt {amount}"), split.penalties),
        (_("trả thừa {amount}"), split.excess),
    )
    return ", ".join(text.format(amount=show_dong(value)) for text, value in named if value)


def split_line(split: Split) -> str:
    """Return what a sum is made of as a sentence, or nothing if it is nothing."""
    return _("Gồm {parts}.").format(parts=split_parts(split)) if split.total else ""
