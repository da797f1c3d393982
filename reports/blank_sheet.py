"""Phiếu họp trống: the sheet of the next meeting, to be filled in by hand and keyed in afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from io import BytesIO

from reports.kit import signatures
from reports.kit.columns import Column, Row, amount
from reports.kit.page import Document, Flow, Frame
from reports.kit.report import PLAIN, PaperOptions, Report, in_its_language
from reports.kit.styles import LARGE, MM, NORMAL, sheet
from reports.kit.tables import Look, draw
from reports.kit.values import GroupBlock, Organisation, PrintMark, Signer
from resources.lang.dates import show_day_long, weekday_name
from resources.lang.dong import NOTES, show_dong, show_number
from resources.lang.messages import N_, _


@dataclass(frozen=True, slots=True)
class BlankRow:
    """One member in the meeting's order. `balances` fit `BlankSheet.balances`, `expected` (đồng or a count;
    None where nothing is expected) fit `BlankSheet.columns`.
    """

    number: int
    code: str
    name: str
    balances: tuple[int, ...] = ()
    expected: tuple[int | None, ...] = ()


@dataclass(frozen=True, slots=True)
class BlankSheet:
    """The sheet: titles of the last balances and of the columns to write in, in the order of the screen.

    `cash_before` names each box and what the book says is in it before the meeting, in đồng.
    """

    organisation: Organisation
    group: GroupBlock
    meeting: str
    day: date
    columns: tuple[str, ...]
    rows: tuple[BlankRow, ...]
    mark: PrintMark
    balances: tuple[str, ...] = ()
    place: str = ""
    cash_before: tuple[tuple[str, int], ...] = ()
    denominations: tuple[int, ...] = NOTES
    large_print: bool = False


@in_its_language
def render(value: BlankSheet, options: PaperOptions = PLAIN) -> bytes:
    """Return the sheet as a PDF, landscape."""
    out = BytesIO()
    subtitle = _("Kỳ họp {meeting} · {weekday}, {day}").format(
        meeting=value.meeting, weekday=weekday_name(value.day), day=show_day_long(value.day)
    )
    document = Document(
        out,
        title=f"{_('Phiếu họp trống')} {value.meeting} – {value.group.name}",
        author=value.organisation.name,
        subject=subtitle,
        produced=value.mark.printed_at,
        fast=options.fast,
        tagged=options.tagged is not False,
    )
    wished = value.large_print if options.large_print is None else options.large_print
    edition = LARGE if wished else NORMAL
    frame = Frame(
        title=_("Phiếu họp trống"),
        organisation=value.organisation,
        group=value.group,
        mark=value.mark,
        subtitle=f"{subtitle} · {value.place}" if value.place else subtitle,
        running=f"{value.group.name} · {subtitle}",
    )
    flow = Flow(document, sheet(edition, left=12, right=12, landscape=True), edition, frame)
    _before(flow, value)
    _members(flow, value)
    _attendance_box(flow, value)
    _cash_box(flow, value)
    _signatures(flow)
    flow.finish()
    document.save()
    return out.getvalue()


def _before(flow: Flow, value: BlankSheet) -> None:
    """Say what the book expects in each box, and how to mark attendance."""
    if value.cash_before:
        boxes = "; ".join(f"{name} {show_dong(cash)}" for name, cash in value.cash_before)
        flow.write(_("Số dư theo sổ trước kỳ họp: {boxes}.").format(boxes=boxes))
    legend = _(
        "Điểm danh: x có mặt · M đi muộn · V vắng không phép · P vắng có phép · U ủy quyền. "
        "Số nhỏ trong ô là số dự kiến; ghi số thực tế."
    )
    flow.write(legend, flow.edition.small.italic)
    flow.gap(0.4 * flow.edition.body.leading)


def _members(flow: Flow, value: BlankSheet) -> None:
    """Draw the rows to write in, with last balances and what is expected."""
    large = flow.edition.large
    columns = [Column(_("STT"), "centre", 14, key=True), Column(_("Họ và tên"), "text", 96, key=True)]
    columns += [Column(title, "money", 50) for title in value.balances]
    columns.append(Column(_("Điểm danh"), "write", 28))
    columns += [Column(title, "write", 54) for title in value.columns]
    columns.append(Column(_("Ký tên"), "write", 70, 1.5))
    blank = ("",) * len(value.columns)
    rows = []
    for row in value.rows:
        expected = tuple(show_number(one) if one is not None else "" for one in row.expected) or blank
        name = f"{row.name} ({row.code})" if row.code else row.name
        rows.append(Row((str(row.number), name, *(amount(one) for one in row.balances), "", *expected, "")))
    rest = len(columns) - 2
    rows.append(Row(("", _("Cộng"), *("",) * rest), bold=True, keep=True))
    draw(flow, columns, rows, Look(grid=True, row_height=(17 if large else 8) * MM))


def _attendance_box(flow: Flow, value: BlankSheet) -> None:
    """Write the line where the attendance is counted."""
    dots = "…" * 6
    text = _("Tổng số {count} · Có mặt {dots} · Đi muộn {dots} · Vắng {dots} · Ủy quyền {dots}")
    flow.gap(0.7 * flow.edition.body.leading)
    flow.write(text.format(count=len(value.rows), dots=dots), flow.edition.body.bold)


def _cash_box(flow: Flow, value: BlankSheet) -> None:
    """Draw the box to count the cash in: a column for each note, a row for each cash box."""
    columns = [Column(_("Kiểm tiền: số tờ"), "text", 100, key=True)]
    columns += [Column(show_number(note), "write", 44) for note in value.denominations]
    columns += [Column(_("Thành tiền"), "write", 70), Column(_("Chênh lệch"), "write", 56)]
    names = [name for name, _cash in value.cash_before] or [_("Hòm tiền")]
    rows = [Row((name, *("",) * (len(columns) - 1))) for name in names]
    flow.gap(0.5 * flow.edition.body.leading)
    draw(flow, columns, rows, Look(grid=True, row_height=8.5 * MM))


def _signatures(flow: Flow) -> None:
    signatures.draw(flow, [Signer(_("Người ghi")), Signer(_("Thủ quỹ")), Signer(_("Tổ trưởng"))])


REPORT = Report("blank-sheet", N_("Phiếu họp trống"), BlankSheet, render)
