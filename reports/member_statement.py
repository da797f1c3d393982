"""Sao kê thành viên: what a member put in, took out and has, account by account, over a period."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import BinaryIO

from reports.kit import signatures
from reports.kit.columns import Column, Row, amount, fits_room, picked_cells
from reports.kit.heads import group_name, period_line
from reports.kit.page import Document, Flow, Frame
from reports.kit.report import PLAIN, Cancelled, PaperOptions, Report, in_its_language
from reports.kit.styles import LARGE, NORMAL, Edition, sheet
from reports.kit.tables import Look, draw
from reports.kit.text import wrap
from reports.kit.values import Signer
from reports.statement_large import tall_tables
from reports.statement_values import (
    COMMON,
    Laid,
    MemberStatement,
    Movement,
    Section,
    StatementAccount,
    StatementMember,
)
from resources.lang.dates import show_day, show_day_long
from resources.lang.dong import in_words, show_dong, show_number
from resources.lang.messages import N_, _


@in_its_language
def render(value: MemberStatement, options: PaperOptions = PLAIN) -> bytes:
    """Return the statement of one member as a PDF."""
    return render_group([value], options)


@in_its_language
def render_group(values: Sequence[MemberStatement], options: PaperOptions = PLAIN) -> bytes:
    """Return the statements of several members in one PDF, a bookmark for each."""
    out = BytesIO()
    render_statements(values, out, options, total=len(values))
    return out.getvalue()


@in_its_language
def render_statements(
    values: Iterable[MemberStatement],
    out: BinaryIO | str,
    options: PaperOptions = PLAIN,
    *,
    total: int = 0,
    progress: Callable[[int, int], bool] | None = None,
) -> int:
    """Write one PDF with all statements, taken from `values` one at a time; return how many it holds.

    `progress(done, total)` is called after each; answering False stops there: Cancelled is raised and the file
    is not finished. `total` is only passed on. ValueError if there is no statement at all.
    """
    document: Document | None = None
    done = 0
    for value in values:
        if document is None:
            document = _document(value, out, options, several=total != 1)
        _lay_out(document, value, options)
        done += 1
        if progress is not None and not progress(done, total):
            raise Cancelled
    if document is None:
        raise ValueError("no statement to print")
    document.save()
    return done


def _document(
    value: MemberStatement, out: BinaryIO | str, options: PaperOptions, *, several: bool
) -> Document:
    """Open the file; the first statement says whose it is."""
    subject = group_name(value.group) if several else f"{value.member.full_name} ({value.member.code})"
    period = period_line(value.first_day, value.last_day)
    return Document(
        out,
        title=f"{_('Sao kê thành viên')} – {subject}",
        author=value.organisation.name,
        subject=period,
        produced=value.mark.printed_at,
        fast=options.fast,
        tagged=options.tagged or (options.tagged is None and not several),
    )


def _lay_out(document: Document, value: MemberStatement, options: PaperOptions) -> None:
    """Lay out one statement, pages counted from one."""
    wished = value.large_print if options.large_print is None else options.large_print
    edition = LARGE if wished else NORMAL
    member = value.member
    frame = Frame(
        title=_("Sao kê thành viên"),
        organisation=value.organisation,
        group=value.group,
        mark=value.mark,
        subtitle=period_line(value.first_day, value.last_day),
        running=f"{member.full_name} · {member.code}",
    )
    tables = _tall(value, edition) if edition.large else None
    # Amounts too long for the columns of large letters beside each other lie along the long side.
    flow = Flow(document, sheet(edition, landscape=edition.large and tables is None), edition, frame)
    if tables is None:
        tables = [_shown(_summary(value), large=edition.large), *_tables(value, large=edition.large)]
    _who(flow, value)
    for table in tables:
        flow.gap(0.6 * edition.body.size)
        draw(flow, table.columns, table.rows, table.look)
    _closing(flow, value, options)
    flow.finish(f"{member.full_name} ({member.code})")


def _tall(value: MemberStatement, edition: Edition) -> list[Laid] | None:
    """Return the tables for large letters on an upright page; None when a row would not fit across it."""
    room = sheet(edition).room
    tables = tall_tables(value)
    fits = (fits_room(table.columns, table.rows, edition.cell, room, edition.least) for table in tables)
    return tables if all(fits) else None


def _who(flow: Flow, value: MemberStatement) -> None:
    """Say whose statement it is."""
    member = value.member
    flow.fields(
        [
            (_("Thành viên:"), member.full_name),
            (_("Mã thành viên:"), member.code),
            (_("Năm sinh:") if len(member.born) == 4 else _("Ngày sinh:"), member.born),
            (_("Số định danh:"), member.citizen_number),
            (_("Địa chỉ:"), member.address),
            (_("Mã hộ:"), member.household_code),
        ]
    )


_NOTHING = ("", amount(0))


def _shown(laid: Laid, *, large: bool) -> Laid:
    """Return a table without its columns of money in which nothing moved; only large letters need their room."""
    kept = [
        place
        for place, column in enumerate(laid.columns)
        if not large or column.kind != "money" or any(row.cells[place] not in _NOTHING for row in laid.rows)
    ]
    if len(kept) == len(laid.columns):
        return laid
    rows = [picked_cells(row, kept) for row in laid.rows]
    carry = laid.look.carry
    if carry is None:
        return Laid(tuple(laid.columns[place] for place in kept), rows, laid.look)
    return Laid(
        tuple(laid.columns[place] for place in kept),
        rows,
        replace(laid.look, carry=lambda done: tuple(carry(done)[place] for place in kept)),
    )


def _summary(value: MemberStatement) -> Laid:
    """Return the balances of all accounts at a glance; what the group owes the member is added up."""
    owed = [account for account in value.accounts if account.section in (Section.SAVINGS, Section.SHARES)]
    lent = _loans(value)
    paid = [account for account in value.accounts if account.section in COMMON]
    rows = [Row(_sum_cells([account], _account_title(account), account.closing)) for account in owed]
    total = _sum_cells(owed, _("Nhóm đang giữ của thành viên"), value.closing_total)
    rows.append(Row(total, bold=True, shade=True, keep=True))
    rows += [
        Row(_sum_cells([one], _("{title} (thành viên còn nợ)").format(title=one.title), one.closing))
        for one in lent
    ]
    rows += [Row(_sum_cells([one], _common_title(one), one.closing)) for one in paid]
    columns = (
        Column(_("Khoản (đồng)"), "text", 120),
        Column(_("Đầu kỳ"), "money", 62),
        Column(_("Vào"), "money", 62),
        Column(_("Ra"), "money", 62),
        Column(_("Cuối kỳ"), "money", 66),
    )
    return Laid(columns, rows, Look(tight=True))


def _loans(value: MemberStatement) -> list[StatementAccount]:
    """Return what the member owes."""
    return [account for account in value.accounts if account.section is Section.LOAN]


def _common_title(account: StatementAccount) -> str:
    if account.section is Section.RECEIVED:
        return _("{title} (đã nhận từ khi vào nhóm)").format(title=account.title)
    return _("{title} (đã nộp từ khi vào nhóm)").format(title=account.title)


def _account_title(account: StatementAccount) -> str:
    if account.section is Section.SHARES:
        return _("{title} ({count} cổ phần)").format(
            title=account.title, count=show_number(account.closing_shares)
        )
    return account.title


def _sum_cells(accounts: list[StatementAccount], title: str, closing: int) -> tuple[str, ...]:
    opening = sum(account.opening for account in accounts)
    paid_in = sum(line.paid_in for account in accounts for line in account.movements)
    paid_out = sum(line.paid_out for account in accounts for line in account.movements)
    return title, amount(opening), amount(paid_in), amount(paid_out), amount(closing)


def _tables(value: MemberStatement, *, large: bool) -> list[Laid]:
    """Return the tables of movements: one for each account, one for all that was only paid."""
    tables = []
    for account in value.accounts:
        if account.section is Section.SAVINGS:
            titles = _("Gửi vào"), _("Rút ra"), _("Số dư")
            tables.append(_running(value, account, titles, large=large))
        elif account.section is Section.SHARES:
            tables.append(_shares(value, account, large=large))
        elif account.section is Section.LOAN:
            titles = _("Nhận vay"), _("Trả gốc"), _("Còn nợ")
            tables.append(_running(value, account, titles, large=large))
    tables = [_shown(laid, large=large) for laid in tables]
    paid = [account for account in value.accounts if account.section in COMMON]
    most = 2 if large else 3
    for start in range(0, len(paid), most):
        tables.append(_paid(value, paid[start : start + most], large=large))
    return tables


def _opening_text(value: MemberStatement) -> str:
    return _("Số dư đầu kỳ {day}").format(day=show_day(value.first_day))


def _closing_text(value: MemberStatement) -> str:
    return _("Số dư cuối kỳ {day}").format(day=show_day(value.last_day))


def _lead(*, large: bool) -> list[Column]:
    """Return the columns every table of movements begins with."""
    if large:
        return [Column(_("Ngày"), "tight"), Column(_("Diễn giải"), "text", 60)]
    return [
        Column(_("Ngày"), "tight", 48),
        Column(_("Số chứng từ"), "tight", 62),
        Column(_("Kỳ"), "centre", 16),
        Column(_("Diễn giải"), "text", 60),
    ]


def _lead_cells(line: Movement, *, large: bool) -> tuple[str, ...]:
    day = show_day(line.day)
    if large:
        return day, f"{line.text} ({line.voucher})" if line.voucher else line.text
    return day, line.voucher, line.meeting, line.text


def _lead_blank(text: str, *, large: bool) -> tuple[str, ...]:
    return ("", text) if large else ("", "", "", text)


def _running(
    value: MemberStatement, account: StatementAccount, titles: tuple[str, str, str], *, large: bool
) -> Laid:
    """Return the movements of savings or of a debt: what raised it, what lowered it, the running balance."""
    raised, lowered, left = titles
    columns = (
        *_lead(large=large),
        Column(raised, "money", 62),
        Column(lowered, "money", 62),
        Column(left, "money", 66),
    )
    opening = _lead_blank(_opening_text(value), large=large)
    rows = [Row((*opening, "", "", show_number(account.opening)))]
    for line in account.movements:
        lead = _lead_cells(line, large=large)
        rows.append(Row((*lead, amount(line.paid_in), amount(line.paid_out), show_number(line.balance))))
    paid_in = sum(line.paid_in for line in account.movements)
    paid_out = sum(line.paid_out for line in account.movements)
    closing = _lead_blank(_closing_text(value), large=large)
    last = (*closing, amount(paid_in), amount(paid_out), show_number(account.closing))
    rows.append(Row(last, bold=True, shade=True, keep=True))
    balances = [account.opening, *(line.balance for line in account.movements), account.closing]

    def carry(done: int) -> tuple[str, ...]:
        return (*_lead_blank("", large=large), "", "", show_number(balances[done - 1]))

    return Laid(columns, rows, Look(account.title, carry=carry, tight=True))


def _shares(value: MemberStatement, account: StatementAccount, *, large: bool) -> Laid:
    """Return the movements of shares: how many, for how much, how many are held."""
    title = account.title
    if value.share_value:
        title = _("{title} (mỗi cổ phần {value})").format(title=title, value=show_dong(value.share_value))
    columns = _lead(large=large)
    columns += [Column(_("Số CP"), "money", 30), Column(_("Số tiền"), "money", 62)]
    held = _("Đang có") if large else _("CP đang có")
    columns += [Column(held, "money", 50), Column(_("Giá trị"), "money", 66)]

    def cells(lead: tuple[str, ...], count: str, paid: str, held: int, worth: int) -> tuple[str, ...]:
        return *lead, count, paid, show_number(held), show_number(worth)

    opening = _lead_blank(_opening_text(value), large=large)
    rows = [Row(cells(opening, "", "", account.opening_shares, account.opening))]
    for line in account.movements:
        lead = _lead_cells(line, large=large)
        rows.append(Row(cells(lead, amount(line.shares), _net(line), line.shares_held, line.balance)))
    bought = sum(line.shares for line in account.movements)
    paid = amount(sum(line.paid_in - line.paid_out for line in account.movements))
    last = _lead_blank(_closing_text(value), large=large)
    rows.append(
        Row(cells(last, amount(bought), paid, account.closing_shares, account.closing), True, True, True)
    )
    marks = [
        (account.opening_shares, account.opening),
        *((line.shares_held, line.balance) for line in account.movements),
        (account.closing_shares, account.closing),
    ]

    def carry(done: int) -> tuple[str, ...]:
        return cells(_lead_blank("", large=large), "", "", *marks[done - 1])

    return Laid(tuple(columns), rows, Look(title, carry=carry, tight=True))


def _net(line: Movement) -> str:
    return amount(line.paid_in - line.paid_out)


def _paid(value: MemberStatement, accounts: list[StatementAccount], *, large: bool) -> Laid:
    """Return what was only paid, one column each; what was paid at once stands in one row."""
    together: dict[tuple[date, str], list[tuple[int, Movement]]] = {}
    for place, account in enumerate(accounts):
        for line in account.movements:
            together.setdefault((line.day, line.voucher), []).append((place, line))
    opening = tuple(amount(account.opening) for account in accounts)
    before = _("Cộng trước ngày {day}").format(day=show_day(value.first_day))
    rows = [Row((*_lead_blank(before, large=large), *opening))]
    paid = [[account.opening for account in accounts]]
    # By day only: within a day the order of the ledger stands, a reversal after what it takes back.
    for _key, lines in sorted(together.items(), key=lambda item: item[0][0]):
        sums = [0] * len(accounts)
        for place, line in lines:
            sums[place] += line.paid_in - line.paid_out
        text = "; ".join(dict.fromkeys(line.text for _place, line in lines))
        lead = _lead_cells(replace(lines[0][1], text=text), large=large)
        rows.append(Row((*lead, *(amount(one) for one in sums))))
        paid.append([earlier + now for earlier, now in zip(paid[-1], sums, strict=True)])
    until = _("Cộng đến ngày {day}").format(day=show_day(value.last_day))
    closing = tuple(show_number(account.closing) for account in accounts)
    paid.append([account.closing for account in accounts])
    rows.append(Row((*_lead_blank(until, large=large), *closing), bold=True, shade=True, keep=True))
    columns = [*_lead(large=large), *(Column(account.title, "money", 66) for account in accounts)]
    caption = " · ".join(account.title for account in accounts)

    def carry(done: int) -> tuple[str, ...]:
        return (*_lead_blank("", large=large), *(show_number(one) for one in paid[done - 1]))

    return Laid(tuple(columns), rows, Look(caption, carry=carry, tight=True))


def _closing(flow: Flow, value: MemberStatement, options: PaperOptions) -> None:
    """Say what the group owes in digits and words, ask for objections and signatures: all on one page."""
    body = flow.edition.body
    total = _("Số dư cuối kỳ: {amount}").format(amount=show_dong(value.closing_total))
    words = _("Bằng chữ: {words}.").format(words=in_words(value.closing_total, options.words))
    owes = [
        _("{title}: thành viên còn nợ {amount}").format(title=one.title, amount=show_dong(one.closing))
        for one in _loans(value)
    ]
    note = _("Thành viên có ý kiến trong {days} ngày kể từ ngày nhận sao kê.").format(
        days=value.objection_days
    )
    day = show_day_long(value.signed_on)
    blocks = signatures.Blocks(
        flow,
        [
            Signer(_("Thành viên"), value.member.full_name, value.fingerprint, value.witness),
            Signer(_("Thủ quỹ"), value.treasurer),
            Signer(_("Tổ trưởng"), value.leader),
        ],
        f"{value.place}, {day}" if value.place else day[0].upper() + day[1:],
    )
    spoken = len(wrap(words, body.italic.face, body.size, flow.sheet.room))
    flow.need((2.8 + spoken + len(owes)) * body.leading + blocks.together)
    flow.gap(0.8 * body.leading)
    flow.write(total, body.bold)
    flow.write(words, body.italic)
    for line in owes:
        flow.write(line, body.bold)
    flow.write(note, flow.edition.small)
    blocks.draw()


__all__ = [
    "REPORT",
    "MemberStatement",
    "Movement",
    "Section",
    "StatementAccount",
    "StatementMember",
    "render",
    "render_group",
    "render_statements",
]

REPORT = Report("member-statement", N_("Sao kê thành viên"), MemberStatement, render)
