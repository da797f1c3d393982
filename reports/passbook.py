"""Sổ thành viên: the page that members know. Stamps for shares, a tick for the social fund, savings, loans, totals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from io import BytesIO

from reports.kit import papers
from reports.kit.columns import Column, Row, amount
from reports.kit.page import Document, Flow, Frame
from reports.kit.report import PLAIN, PaperOptions, Report, in_its_language
from reports.kit.styles import LARGE, NORMAL, sheet
from reports.kit.tables import Look, draw
from reports.kit.values import GroupBlock, Organisation, PrintMark, Signer
from resources.lang.dates import show_day
from resources.lang.dong import in_words, show_dong, show_number
from resources.lang.messages import N_, _

MOST_BOXES = 5
"""Boxes to stamp in a row; groups that allow more at one meeting write the number beside them."""


@dataclass(frozen=True, slots=True)
class PassbookRow:
    """One meeting, or one day outside meetings (`meeting` None): what the member brought and took, in đồng.

    `shares` is how many were bought (negative: given back), `held` how many there are after it. `balance` is what the
    group keeps of savings after it. `social` is what was paid into the social fund. `planned`: a meeting to come.
    `text` says what moved the money outside meetings ("Lãi tiết kiệm").
    """

    day: date | None
    meeting: int | None = None
    shares: int = 0
    held: int = 0
    social: int = 0
    fine: int = 0
    compulsory: int = 0
    saved: int = 0
    withdrawn: int = 0
    balance: int = 0
    planned: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class LoanRow:
    """One movement of the member's loans, in đồng; `owed` is the principal owed after it."""

    day: date
    text: str
    lent: int = 0
    principal: int = 0
    interest: int = 0
    owed: int = 0


@dataclass(frozen=True, slots=True)
class Passbook:
    """One member's passbook of a cycle. Amounts in đồng.

    `share_value` 0: the group has no shares, and the page is one of savings. `boxes` is the most shares of a meeting,
    `social` the contribution of a meeting, `social_paid` what was paid into the social fund since joining, as the
    statement says it. `opening_shares` and `opening` were there when the cycle began.
    """

    organisation: Organisation
    group: GroupBlock
    name: str
    code: str
    cycle: int
    starts: date
    ends: date
    rows: tuple[PassbookRow, ...]
    loans: tuple[LoanRow, ...]
    mark: PrintMark
    share_value: int = 0
    shares_max: int = 0
    social: int = 0
    social_paid: int = 0
    savings: bool = True
    fines: bool = False
    opening_shares: int = 0
    opening: int = 0
    opening_owed: int = 0
    shares: int = 0
    paid_in: int = 0
    """What was paid for the shares that are held, in đồng."""
    secretary: str = ""
    large_print: bool = False

    @property
    def has_shares(self) -> bool:
        """Tell whether there are stamps to show."""
        return self.share_value > 0 or self.shares > 0

    @property
    def balance(self) -> int:
        """Return what the group keeps of savings at the end."""
        done = [row.balance for row in self.rows if not row.planned]
        return done[-1] if done else self.opening


@dataclass(frozen=True, slots=True)
class Passbooks:
    """The passbooks of one member or of several, one after the other."""

    books: tuple[Passbook, ...]


@in_its_language
def render(value: Passbooks, options: PaperOptions = PLAIN) -> bytes:
    """Return the passbooks in one PDF, a bookmark for each."""
    out = BytesIO()
    first = value.books[0]
    document = Document(
        out,
        title=_("Sổ thành viên"),
        author=first.organisation.name,
        subject=first.group.name,
        produced=first.mark.printed_at,
        fast=options.fast,
        tagged=len(value.books) == 1 if options.tagged is None else options.tagged,
    )
    for book in value.books:
        _lay_out(document, book, options)
    document.save()
    return out.getvalue()


def _lay_out(document: Document, book: Passbook, options: PaperOptions) -> None:
    """Lay out one passbook, pages counted from one."""
    wished = book.large_print if options.large_print is None else options.large_print
    edition = LARGE if wished else NORMAL
    frame = Frame(
        title=_("Sổ thành viên"),
        organisation=book.organisation,
        group=book.group,
        mark=book.mark,
        subtitle=_("Chu kỳ {number}: {starts} – {ends}").format(
            number=book.cycle, starts=show_day(book.starts), ends=show_day(book.ends)
        ),
        running=f"{book.name} · {book.code}",
    )
    flow = Flow(document, sheet(edition, landscape=edition.large), edition, frame)
    _who(flow, book)
    flow.gap(0.5 * edition.body.size)
    table = _stamps(book, large=edition.large) if book.has_shares else _savings(book, large=edition.large)
    draw(flow, table.columns, table.rows, table.look)
    if book.loans or book.opening_owed:
        flow.gap(0.8 * edition.body.size)
        loans = _loans(book)
        draw(flow, loans.columns, loans.rows, loans.look)
    _closing(flow, book, options)
    flow.finish(f"{book.name} ({book.code})")


def _who(flow: Flow, book: Passbook) -> None:
    pairs = [(_("Thành viên:"), book.name), (_("Mã thành viên:"), book.code)]
    if book.share_value:
        pairs += [
            (_("Mỗi dấu:"), _("1 cổ phần, {value}").format(value=show_dong(book.share_value))),
            (_("Mỗi kỳ:"), _("nhiều nhất {n} cổ phần").format(n=book.shares_max)),
        ]
    if book.social:
        pairs.append((_("Quỹ xã hội:"), _("{amount} mỗi kỳ").format(amount=show_dong(book.social))))
    flow.fields(pairs)


def _lead(row: PassbookRow) -> tuple[str, str]:
    return ("" if row.meeting is None else str(row.meeting), "" if row.day is None else show_day(row.day))


def _stamps(book: Passbook, *, large: bool) -> papers.Laid:
    """Return the page of stamps: a row a meeting, a box a share."""
    boxes = min(max(book.shares_max, 1), MOST_BOXES)
    fines = book.fines and not large
    savings = any(row.compulsory or row.saved or row.withdrawn for row in book.rows)
    columns = [
        Column(_("Kỳ"), "centre", 18, key=True),
        Column(_("Ngày"), "tight", 52, key=True),
        Column(_("Dấu cổ phần"), "stamps"),
        Column(_("Số CP"), "money", 30, 0.2),
        Column(_("Cộng dồn"), "money", 38, 0.2),
        *([Column(_("Quỹ xã hội"), "stamps")] if book.social else []),
        *([Column(_("Tiền phạt"), "money", 44, 0.2)] if fines else []),
        *([Column(_("Số dư tiết kiệm"), "money", 56, 0.2)] if savings else []),
        Column(_("Ký"), "write", 60),
    ]

    def cells(row: PassbookRow) -> tuple[str, ...]:
        social = "0/1" if row.planned or not row.social else "1/1"
        outside = row.meeting is None and not row.planned
        stamped = min(max(row.shares, 0), boxes)
        return (
            *_lead(row),
            row.text if outside and row.shares <= 0 else f"{stamped}/{boxes}",
            "" if row.planned else amount(row.shares),
            "" if row.planned else show_number(row.held),
            *(["" if outside and not row.social else social] if book.social else []),
            *(["" if row.planned else amount(row.fine)] if fines else []),
            *(["" if row.planned else show_number(row.balance)] if savings else []),
            "",
        )

    rows = []
    if book.opening_shares or book.opening:
        before = (
            "",
            _("mang sang"),
            "",
            "",
            show_number(book.opening_shares),
            *([""] if book.social else []),
            *([""] if fines else []),
            *([show_number(book.opening)] if savings else []),
            "",
        )
        rows.append(Row(before))
    rows += [Row(cells(row)) for row in book.rows]
    bought = sum(row.shares for row in book.rows)
    total = (
        "",
        _("Cộng"),
        "",
        show_number(bought),
        show_number(book.shares),
        *([""] if book.social else []),
        *([amount(sum(row.fine for row in book.rows))] if fines else []),
        *([show_number(book.balance)] if savings else []),
        "",
    )
    rows.append(Row(total, bold=True, shade=True, keep=True))
    look = Look(_("Cổ phần và quỹ xã hội"), grid=True, row_height=34 if large else 19, empty=_("Chưa họp"))
    return papers.Laid(columns, rows, look)


def _savings(book: Passbook, *, large: bool) -> papers.Laid:
    """Return the page of savings: date, in, out, balance, signature."""
    compulsory = any(row.compulsory for row in book.rows)
    told = any(row.text for row in book.rows)
    columns = [
        Column(_("Kỳ"), "centre", 18, key=True),
        Column(_("Ngày"), "tight", 52, key=True),
        *([Column(_("Nội dung"), "text", 56)] if told else []),
        *([Column(_("Bắt buộc"), "money", 56, 0.2)] if compulsory else []),
        Column(_("Gửi vào"), "money", 56, 0.2),
        Column(_("Rút ra"), "money", 56, 0.2),
        Column(_("Số dư"), "money", 62, 0.2),
        *([Column(_("Quỹ xã hội"), "stamps")] if book.social else []),
        *([Column(_("Tiền phạt"), "money", 44, 0.2)] if book.fines and not large else []),
        Column(_("Ký"), "write", 60),
    ]

    def cells(row: PassbookRow) -> tuple[str, ...]:
        tick = "0/1" if row.planned or not row.social else "1/1"
        tick = "" if row.meeting is None and not row.planned and not row.social else tick
        if row.planned:
            figures = [""] * (4 if compulsory else 3)
        else:
            figures = [*([amount(row.compulsory)] if compulsory else []), amount(row.saved)]
            figures += [amount(row.withdrawn), show_number(row.balance)]
        fine = [] if large or not book.fines else ["" if row.planned else amount(row.fine)]
        return (
            *_lead(row),
            *([row.text] if told else []),
            *figures,
            *([tick] if book.social else []),
            *fine,
            "",
        )

    rows = []
    if book.opening:
        figures = [""] * (3 if compulsory else 2)
        rest = [""] * (bool(book.social) + bool(book.fines and not large) + 1)
        before = ("", _("mang sang"), *([""] if told else []), *figures, show_number(book.opening), *rest)
        rows.append(Row(before))
    rows += [Row(cells(row)) for row in book.rows]
    sums = [sum(row.saved for row in book.rows), sum(row.withdrawn for row in book.rows)]
    total = (
        "",
        _("Cộng"),
        *([""] if told else []),
        *([amount(sum(row.compulsory for row in book.rows))] if compulsory else []),
        *map(amount, sums),
        show_number(book.balance),
        *([""] if book.social else []),
        *([amount(sum(row.fine for row in book.rows))] if book.fines and not large else []),
        "",
    )
    rows.append(Row(total, bold=True, shade=True, keep=True))
    look = Look(_("Tiết kiệm (đồng)"), grid=True, row_height=34 if large else 19)
    return papers.Laid(columns, rows, look)


def _loans(book: Passbook) -> papers.Laid:
    """Return the page of loans."""
    columns = [
        Column(_("Ngày"), "tight", 52, key=True),
        Column(_("Nội dung"), "text", 90),
        Column(_("Nhận vay"), "money", 56, 0.2),
        Column(_("Trả gốc"), "money", 56, 0.2),
        Column(_("Trả lãi, phí"), "money", 50, 0.2),
        Column(_("Còn nợ gốc"), "money", 60, 0.2),
        Column(_("Ký"), "write", 56),
    ]
    rows = []
    if book.opening_owed:
        rows.append(
            Row((show_day(book.starts), _("mang sang"), "", "", "", show_number(book.opening_owed), ""))
        )
    rows += [
        Row(
            (
                show_day(one.day),
                one.text,
                amount(one.lent),
                amount(one.principal),
                amount(one.interest),
                show_number(one.owed),
                "",
            )
        )
        for one in book.loans
    ]
    return papers.Laid(columns, rows, Look(_("Vay vốn (đồng)"), grid=True, row_height=19))


def _closing(flow: Flow, book: Passbook, options: PaperOptions) -> None:
    """Say what the group keeps for the member, in digits and words; sign."""
    body = flow.edition.body
    held = book.paid_in + book.balance
    lines = []
    if book.has_shares:
        lines.append(
            _("Tổng số cổ phần: {n}, đã góp {amount}.").format(
                n=show_number(book.shares), amount=show_dong(book.paid_in)
            )
        )
    social = sum(row.social for row in book.rows)
    if social or book.social_paid:
        text = _("Quỹ xã hội đã góp trong chu kỳ này: {cycle}; từ khi vào nhóm: {all}.")
        lines.append(text.format(cycle=show_dong(social), all=show_dong(book.social_paid)))
    owed = book.loans[-1].owed if book.loans else book.opening_owed
    if owed:
        lines.append(_("Còn nợ gốc: {amount}.").format(amount=show_dong(owed)))
    rows = papers.sign_rows(flow, [Signer(_("Thành viên"), book.name), Signer(_("Thư ký"), book.secretary)])
    flow.need((len(lines) + 4) * body.leading + rows[0].first_height)
    flow.gap(0.6 * body.leading)
    flow.write(_("Nhóm đang giữ của thành viên: {amount}").format(amount=show_dong(held)), body.bold)
    flow.write(_("Bằng chữ: {words}.").format(words=in_words(held, options.words)), body.italic)
    for line in lines:
        flow.write(line)
    for row in rows:
        row.draw()


REPORT = Report("passbook", N_("Sổ thành viên"), Passbooks, render)
