"""Biên bản họp: who came, what was decided, what everyone paid, what was in the box."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from reports.kit import fonts, signatures
from reports.kit.columns import Column, Row, amount, fits_room
from reports.kit.page import Document, Flow, Frame
from reports.kit.report import PLAIN, PaperOptions, Report, in_its_language
from reports.kit.styles import LARGE, LETTER, baseline, sheet
from reports.kit.tables import Look, draw
from reports.kit.values import CashCount, GroupBlock, Organisation, PrintMark, Signer
from resources.lang.dates import show_day_long, weekday_name
from resources.lang.dong import in_words, show_dong, show_number
from resources.lang.messages import N_, _

_SIGNED = 21.0
"""Points of a row in which somebody signs."""


@dataclass(frozen=True, slots=True)
class AttendanceCount:
    """How many of the members came. `late` are among `present`; `represented` are among `absent`."""

    members: int
    present: int
    late: int = 0
    absent: int = 0
    represented: int = 0


@dataclass(frozen=True, slots=True)
class Attendee:
    """One row of the meeting's table. `mark` is the word of attendance as printed ("Có mặt", "Muộn", "Vắng")."""

    code: str
    name: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class MoneyColumn:
    """One column of the meeting's table: an amount for each attendee, in the same order.

    `money` is False for counts (number of shares); the sum is shown in both cases. `total` False leaves the
    sum out (balances that make no sense added up).
    """

    title: str
    amounts: tuple[int, ...]
    money: bool = True
    total: bool = True


@dataclass(frozen=True, slots=True)
class FundBalance:
    """A fund or box before and after the meeting, in đồng."""

    name: str
    before: int
    paid_in: int
    paid_out: int
    after: int


@dataclass(frozen=True, slots=True)
class MeetingMinutes:
    """Everything the minutes print. `number` is the paper's number ("05/BB-TVSL"), `meeting` the meeting's.

    `started` and `ended` as said on paper ("08 giờ 00"). `total_in`, `total_out`: all cash received and paid
    at the meeting, in đồng. `signature_column` adds a column for each member to sign. `issued_at` ("Tân Hưng")
    stands before the date in the head.
    """

    organisation: Organisation
    group: GroupBlock
    number: str
    meeting: str
    day: date
    place: str
    chair: str
    secretary: str
    attendance: AttendanceCount
    attendees: tuple[Attendee, ...]
    columns: tuple[MoneyColumn, ...]
    mark: PrintMark
    started: str = ""
    ended: str = ""
    absentees: tuple[str, ...] = ()
    agenda: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    total_in: int = 0
    total_out: int = 0
    funds: tuple[FundBalance, ...] = ()
    cash_counts: tuple[CashCount, ...] = ()
    signature_column: bool = False
    issued_at: str = ""


@in_its_language
def render(value: MeetingMinutes, options: PaperOptions = PLAIN) -> bytes:
    """Return the minutes as a PDF."""
    out = BytesIO()
    title = _("Biên bản họp")
    document = Document(
        out,
        title=f"{title} {value.number} – {value.group.name}",
        author=value.organisation.name,
        subject=_subject(value),
        produced=value.mark.printed_at,
        fast=options.fast,
        tagged=options.tagged is not False,
    )
    edition = LARGE if options.large_print else LETTER
    frame = Frame(
        title=title,
        organisation=value.organisation,
        group=value.group,
        mark=value.mark,
        subtitle=_subject(value),
        running=_subject(value),
        national=True,
        number_line=_("Số: {number}").format(number=value.number) if value.number else "",
        dated=f"{value.issued_at}, {show_day_long(value.day)}"
        if value.issued_at
        else show_day_long(value.day),
    )
    flow = Flow(document, sheet(edition, left=27), edition, frame)
    _opening(flow, value)
    _list(flow, _("Nội dung"), value.agenda)
    _money(flow, value, options)
    _funds(flow, value)
    _cash(flow, value)
    _list(flow, _("Quyết định"), value.decisions)
    _ending(flow, value)
    flow.finish()
    document.save()
    return out.getvalue()


def _subject(value: MeetingMinutes) -> str:
    return _("Kỳ họp {meeting}, {group}").format(meeting=value.meeting, group=value.group.name)


def _opening(flow: Flow, value: MeetingMinutes) -> None:
    """Say when and where the meeting was, who came, who led it and who writes."""
    when = f"{weekday_name(value.day)}, {show_day_long(value.day)}"
    flow.fields(
        [
            (_("Thời gian bắt đầu:"), f"{value.started}, {when}" if value.started else when),
            (_("Địa điểm:"), value.place),
            (_("Thành phần tham dự:"), _attendance(value.attendance)),
            (_("Vắng mặt:"), "; ".join(value.absentees)),
            (_("Chủ trì (chủ tọa):"), value.chair),
            (_("Thư ký (ghi biên bản):"), value.secretary),
        ],
        columns=1,
    )


def _attendance(count: AttendanceCount) -> str:
    """Return who came in numbers that add up: the late are among those present, the represented among the absent.

    Who is represented counts for the quorum, so the number that the screens call "dự họp" is said as well.
    """
    here = _("{present}/{members} thành viên có mặt").format(present=count.present, members=count.members)
    if count.late:
        here = _("{here}, trong đó {late} đi muộn").format(here=here, late=count.late)
    if not count.absent:
        return here
    away = _("{absent} vắng mặt").format(absent=count.absent)
    if count.represented:
        away = _("{away}, trong đó {represented} ủy quyền (tính dự họp {attending}/{members})").format(
            away=away,
            represented=count.represented,
            attending=count.present + count.represented,
            members=count.members,
        )
    return f"{here}; {away}"


def _list(flow: Flow, title: str, items: Sequence[str]) -> None:
    """Write numbered paragraphs under a heading."""
    if not items:
        return
    flow.gap(0.5 * flow.edition.body.leading)
    flow.heading(title, 2 * flow.edition.body.leading)
    style = flow.edition.body
    inset = fonts.width("88. ", style.face, style.size)
    for number, text in enumerate(items, start=1):
        flow.need(style.leading)
        flow.page.text(flow.sheet.left, baseline(flow.y, style), style.face, style.size, f"{number}.")
        flow.write(text, style, indent=inset)
        flow.gap(0.2 * style.leading)


def _money(flow: Flow, value: MeetingMinutes, options: PaperOptions) -> None:
    """Draw the table of the meeting: one row a member, sums below, all cash in words."""
    columns = [
        Column(_("STT"), "centre", 14, key=True),
        Column(_("Họ và tên"), "text", 84, key=True),
        Column(_("Điểm danh"), "tight"),
        *(Column(one.title, "money", 30) for one in value.columns),
    ]
    rows = [
        Row(
            (
                str(number),
                person.name,
                person.mark,
                *(amount(one.amounts[number - 1]) for one in value.columns),
            )
        )
        for number, person in enumerate(value.attendees, start=1)
    ]
    sums = (amount(sum(one.amounts)) if one.total else "" for one in value.columns)
    total = Row(("", _("Cộng"), "", *sums), bold=True, shade=True, keep=True)
    beside = False
    if value.signature_column:
        signed = [*columns, Column(_("Ký tên"), "write", 56)]
        lines = [row._replace(cells=(*row.cells, "")) for row in (*rows, total)]
        beside = fits_room(signed, lines, flow.edition.cell, flow.sheet.room, flow.edition.least)
        if beside:
            columns, rows, total = signed, lines[:-1], lines[-1]
    flow.gap(0.5 * flow.edition.body.leading)
    caption = _("Thu, chi tại kỳ họp (đồng)")
    high = _SIGNED if beside else 0.0
    draw(flow, columns, [*rows, total], Look(caption, grid=True, row_height=high))
    flow.gap(0.3 * flow.edition.body.leading)
    for label, cash in ((_("Tổng thu"), value.total_in), (_("Tổng chi"), value.total_out)):
        words = in_words(cash, options.words)
        flow.write(
            _("{label}: {amount} (bằng chữ: {words}).").format(
                label=label, amount=show_dong(cash), words=words
            )
        )

    if value.signature_column and not beside:
        _signatures(flow, value.attendees)


def _signatures(flow: Flow, people: Sequence[Attendee]) -> None:
    """Draw a list to sign, two people abreast, where the table of money has no room for it; down, then across."""
    half = -(-len(people) // 2)
    numbered = [(str(number), person.name, "") for number, person in enumerate(people, start=1)]
    pairs = [
        (one, numbered[half + place] if half + place < len(people) else ("", "", ""))
        for place, one in enumerate(numbered[:half])
    ]
    columns = [
        Column(_("STT"), "centre", 14),
        Column(_("Họ và tên"), "text", 84),
        Column(_("Ký tên"), "write", 74),
    ]
    flow.gap(0.5 * flow.edition.body.leading)
    look = Look(_("Thành viên ký tên"), grid=True, row_height=_SIGNED)
    draw(flow, [*columns, *columns], [Row((*left, *right)) for left, right in pairs], look)


def _funds(flow: Flow, value: MeetingMinutes) -> None:
    """Draw the balances of funds and boxes before and after the meeting."""
    if not value.funds:
        return
    columns = [
        Column(_("Quỹ"), "text", 100),
        Column(_("Trước kỳ họp"), "money", 62),
        Column(_("Thu"), "money", 54),
        Column(_("Chi"), "money", 54),
        Column(_("Sau kỳ họp"), "money", 62),
    ]
    rows = [
        Row((fund.name, *(amount(one) for one in (fund.before, fund.paid_in, fund.paid_out, fund.after))))
        for fund in value.funds
    ]
    flow.gap(0.5 * flow.edition.body.leading)
    draw(flow, columns, rows, Look(_("Số dư các quỹ (đồng)"), grid=True))


def _cash(flow: Flow, value: MeetingMinutes) -> None:
    """Draw the count of each box by denomination, beside what the book says."""
    if not value.cash_counts:
        return
    counts = value.cash_counts
    notes = sorted({note for count in counts for note, _pieces in count.pieces}, reverse=True)
    columns = [Column(_("Mệnh giá"), "money", 48, key=True)]
    for count in counts:
        columns.append(Column(_("{box}: số tờ").format(box=count.title), "money", 30))
        columns.append(Column(_("thành tiền"), "money", 60))
    rows = []
    for note in notes:
        cells = [show_number(note)]
        for count in counts:
            pieces = sum(number for value_of, number in count.pieces if value_of == note)
            cells += [amount(pieces), amount(pieces * note)]
        rows.append(Row(tuple(cells)))
    for label, numbers in (
        (_("Đếm được"), [count.counted for count in counts]),
        (_("Theo sổ"), [count.book for count in counts]),
        (_("Chênh lệch"), [count.difference for count in counts]),
    ):
        cells = [label]
        for number in numbers:
            cells += ["", amount(number)]
        rows.append(Row(tuple(cells), bold=True, keep=True))
    flow.gap(0.5 * flow.edition.body.leading)
    draw(flow, columns, rows, Look(_("Bảng kê loại tiền (đồng)"), grid=True))
    if any(count.explanation for count in counts):
        flow.gap(0.3 * flow.edition.body.leading)
    for count in counts:
        if count.difference:
            flow.write(_difference(count))
        elif count.explanation:
            flow.write(_("{box}: {explanation}").format(box=count.title, explanation=count.explanation))


def _difference(count: CashCount) -> str:
    """Say what was missing or too much, why, and what the book holds since: the next meeting begins with that."""
    pattern = (
        _("{box}: thiếu {amount}, đã ghi vào sổ; số dư sau kiểm đếm {counted}.")
        if count.difference < 0
        else _("{box}: thừa {amount}, đã ghi vào sổ; số dư sau kiểm đếm {counted}.")
    )
    said = pattern.format(
        box=count.title, amount=show_dong(abs(count.difference)), counted=show_dong(count.counted)
    )
    return _("{said} Lý do: {why}").format(said=said, why=count.explanation) if count.explanation else said


def _ending(flow: Flow, value: MeetingMinutes) -> None:
    """Close the minutes: when the meeting ended, secretary left, chair right."""
    style = flow.edition.body
    blocks = signatures.Blocks(
        flow, [Signer(_("Thư ký"), value.secretary), Signer(_("Chủ tọa"), value.chair)]
    )
    flow.need(2.5 * style.leading + blocks.first_height)
    flow.gap(0.5 * style.leading)
    day = show_day_long(value.day)
    when = f"{value.ended}, {day}" if value.ended else day
    flow.write(_("Cuộc họp kết thúc vào {when}./.").format(when=when))
    blocks.draw()


REPORT = Report("meeting-minutes", N_("Biên bản họp"), MeetingMinutes, render)
