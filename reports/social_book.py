"""Sổ quỹ xã hội: what came in, every grant with its reason and who approved it, and what is left after each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.kit import papers
from reports.kit.columns import Column, Row, amount
from reports.kit.heads import group_name, period_line
from reports.kit.page import Flow, Frame
from reports.kit.report import PLAIN, PaperOptions, Report, in_its_language
from reports.kit.tables import Look, draw
from reports.kit.values import GroupBlock, Organisation, PrintMark, Signer
from resources.lang.dates import show_day
from resources.lang.dong import in_words, show_number
from resources.lang.messages import N_, _


@dataclass(frozen=True, slots=True)
class SocialLine:
    """One movement in đồng; of a grant, `decision` says who approved it. Contributions of one meeting are one line."""

    day: date
    number: str
    text: str
    decision: str
    paid_in: int
    paid_out: int
    balance: int


@dataclass(frozen=True, slots=True)
class SocialMember:
    """What a member gave to the fund and received from it in the period, in đồng."""

    code: str
    name: str
    given: int
    received: int


@dataclass(frozen=True, slots=True)
class SocialBook:
    """The book of the social fund over a period, in đồng."""

    organisation: Organisation
    group: GroupBlock
    first_day: date
    last_day: date
    opening: int
    closing: int
    lines: tuple[SocialLine, ...]
    members: tuple[SocialMember, ...]
    mark: PrintMark
    signed_on: date
    place: str = ""
    treasurer: str = ""
    secretary: str = ""
    leader: str = ""
    large_print: bool = False


@in_its_language
def render(value: SocialBook, options: PaperOptions = PLAIN) -> bytes:
    """Return the book as a PDF, on the long side."""
    period = period_line(value.first_day, value.last_day)
    frame = Frame(
        title=_("Sổ quỹ xã hội"),
        organisation=value.organisation,
        group=value.group,
        mark=value.mark,
        subtitle=period,
        running=period,
    )
    subject = f"{group_name(value.group)}, {period}"
    paper = papers.begin(frame, subject, options, large_print=value.large_print, landscape=True)
    flow = paper.flow
    flow.line(_("Đơn vị tính: đồng"), flow.edition.small.italic, align="right")
    _lines(flow, value)
    _members(flow, value)
    _ending(flow, value, options)
    return paper.done()


def _lines(flow: Flow, value: SocialBook) -> None:
    columns = [
        Column(_("Ngày"), "tight", 48, key=True),
        Column(_("Số chứng từ"), "text", 64),
        Column(_("Diễn giải, lý do trợ cấp"), "text", 140, 2),
        Column(_("Người duyệt"), "text", 100),
        Column(_("Thu"), "money", 60),
        Column(_("Chi"), "money", 60),
        Column(_("Tồn"), "money", 64),
    ]
    rows = [Row(("", "", _("Số dư đầu kỳ"), "", "", "", show_number(value.opening)), bold=True)]
    rows += [
        Row(
            (
                show_day(line.day),
                line.number,
                line.text,
                line.decision,
                amount(line.paid_in),
                amount(line.paid_out),
                show_number(line.balance),
            )
        )
        for line in value.lines
    ]
    paid_in, paid_out = (sum(getattr(line, name) for line in value.lines) for name in ("paid_in", "paid_out"))
    total = ("", "", _("Cộng phát sinh"), "", show_number(paid_in), show_number(paid_out), "")
    rows.append(Row(total, bold=True, shade=True, keep=True))
    last = ("", "", _("Số dư cuối kỳ"), "", "", "", show_number(value.closing))
    rows.append(Row(last, bold=True, shade=True, keep=True))
    balances = [value.opening, *(line.balance for line in value.lines), value.closing, value.closing]

    def carry(done: int) -> tuple[str, ...]:
        return ("",) * 6 + (show_number(balances[done - 1]),)

    draw(flow, columns, rows, Look(grid=True, carry=carry))


def _members(flow: Flow, value: SocialBook) -> None:
    if not value.members:
        return
    columns = [
        Column(_("STT"), "centre", 22, key=True),
        Column(_("Họ và tên"), "text", 120, key=True),
        Column(_("Đã đóng"), "money", 70),
        Column(_("Được trợ cấp"), "money", 70),
    ]
    rows = [
        Row((str(place), f"{one.name} ({one.code})", amount(one.given), amount(one.received)))
        for place, one in enumerate(value.members, 1)
    ]
    given, received = (sum(getattr(one, name) for one in value.members) for name in ("given", "received"))
    rows.append(
        Row(("", _("Cộng"), show_number(given), show_number(received)), bold=True, shade=True, keep=True)
    )
    flow.gap(0.8 * flow.edition.body.leading)
    draw(flow, columns, rows, Look(_("Đóng góp và trợ cấp của từng thành viên trong kỳ"), grid=True))


def _ending(flow: Flow, value: SocialBook, options: PaperOptions) -> None:
    body = flow.edition.body
    flow.gap(0.4 * body.leading)
    words = in_words(value.closing, options.words)
    flow.write(_("Số dư cuối kỳ bằng chữ: {words}.").format(words=words), body.italic)
    flow.write(_("Quỹ xã hội để riêng, không dùng chung với quỹ vay."))
    papers.sign(
        flow,
        [
            Signer(_("Thủ quỹ"), value.treasurer),
            Signer(_("Thư ký"), value.secretary),
            Signer(_("Tổ trưởng"), value.leader),
        ],
        papers.dated(value.place, value.signed_on),
    )


REPORT = Report("social-book", N_("Sổ quỹ xã hội"), SocialBook, render)
