"""Danh sách đến hạn kỳ tới: what every borrower is to pay at the next meeting, with room to write what was paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.kit import papers, signatures
from reports.kit.columns import Column, Row, amount
from reports.kit.heads import group_name
from reports.kit.page import Flow, Frame
from reports.kit.report import PLAIN, PaperOptions, Report, in_its_language
from reports.kit.tables import Look
from reports.kit.values import GroupBlock, Organisation, PrintMark, Signer
from resources.lang.dates import show_day, show_day_long
from resources.lang.dong import in_words, show_dong, show_number
from resources.lang.messages import N_, _


@dataclass(frozen=True, slots=True)
class DueLoan:
    """What one loan asks for by that day, in đồng, earlier missed instalments included.

    `late` is the part of it that should have been paid before; `balance` the principal owed before paying.
    """

    code: str
    name: str
    loan: str
    due_on: date
    principal: int
    interest: int
    fees: int = 0
    penalties: int = 0
    late: int = 0
    balance: int = 0

    @property
    def total(self) -> int:
        """All that is to be paid."""
        return self.principal + self.interest + self.fees + self.penalties


@dataclass(frozen=True, slots=True)
class LoanDueList:
    """Everything the list prints, for the meeting `meeting` (its number as printed) on `day`."""

    organisation: Organisation
    group: GroupBlock
    day: date
    rows: tuple[DueLoan, ...]
    mark: PrintMark
    meeting: str = ""
    place: str = ""
    treasurer: str = ""
    secretary: str = ""
    leader: str = ""
    large_print: bool = False


@in_its_language
def render(value: LoanDueList, options: PaperOptions = PLAIN) -> bytes:
    """Return the list as a PDF, on the long side, with room to write what was paid."""
    when = show_day_long(value.day)
    if value.meeting:
        when = _("Kỳ họp {meeting}, {day}").format(meeting=value.meeting, day=when)
    frame = Frame(
        title=_("Danh sách khoản vay đến hạn"),
        organisation=value.organisation,
        group=value.group,
        mark=value.mark,
        subtitle=when[0].upper() + when[1:],
        running=when,
    )
    paper = papers.begin(
        frame, f"{group_name(value.group)}, {show_day(value.day)}", options, large_print=value.large_print,
        landscape=True,
    )  # fmt: skip
    flow = paper.flow
    if value.place:
        flow.fields([(_("Địa điểm:"), value.place)], columns=1)
        flow.gap(0.4 * flow.edition.body.leading)
    papers.draw_laid(flow, _table(value, large=flow.edition.large))
    _closing(flow, value, options)
    return paper.done()


def _table(value: LoanDueList, *, large: bool) -> papers.Laid:
    """Return one row for each loan; fees, penalties and what is late only where there are any."""
    rows = value.rows
    fees, penalties, late = (
        any(getattr(row, name) for row in rows) for name in ("fees", "penalties", "late")
    )
    several = len({row.due_on for row in rows}) > 1
    columns = [
        Column(_("STT"), "centre", 16, key=True),
        Column(_("Họ và tên"), "text", 90, key=True),
        *([] if large else [Column(_("Khoản vay"), "tight", 44)]),
        *([Column(_("Ngày đến hạn"), "tight", 50)] if several and not large else []),
        *([] if large else [Column(_("Gốc còn nợ"), "money", 58)]),
        Column(_("Gốc"), "money", 50),
        Column(_("Lãi"), "money", 46),
        *([Column(_("Phí"), "money", 36)] if fees else []),
        *([Column(_("Phạt"), "money", 36)] if penalties else []),
        Column(_("Cộng phải trả"), "money", 56),
        *([Column(_("Trong đó trả trễ"), "money", 50)] if late and not large else []),
        *([] if large else [Column(_("Thực trả"), "write", 64)]),
        *([] if large else [Column(_("Ký tên"), "write", 64)]),
    ]
    lines = [
        _line(number, row, columns_of=(large, several, fees, penalties, late))
        for number, row in enumerate(rows, 1)
    ]
    sums = [sum(row.principal for row in rows), sum(row.interest for row in rows)]
    sums += [sum(row.fees for row in rows)] if fees else []
    sums += [sum(row.penalties for row in rows)] if penalties else []
    sums.append(sum(row.total for row in rows))
    sums += [sum(row.late for row in rows)] if late and not large else []
    total = ["", _("Cộng"), *([] if large else [""]), *([""] if several and not large else [])]
    total += [] if large else [amount(sum(row.balance for row in rows))]
    total += [amount(one) for one in sums] + ([] if large else ["", ""])
    if rows:
        lines.append(Row(tuple(total), bold=True, shade=True, keep=True))
    empty = _("Kỳ này không có khoản vay nào đến hạn.")
    look = Look(_("Các khoản phải trả (đồng)"), grid=True, row_height=0 if large else 22, empty=empty)
    return papers.Laid(columns, lines, look)


def _line(number: int, row: DueLoan, *, columns_of: tuple[bool, bool, bool, bool, bool]) -> Row:
    """Return the row of one loan with the cells of the columns that stand."""
    large, several, fees, penalties, late = columns_of
    cells = [str(number), f"{row.name} ({row.code})" if row.code else row.name]
    if not large:
        cells += [row.loan, *([show_day(row.due_on)] if several else []), show_number(row.balance)]
    cells += [amount(row.principal), amount(row.interest)]
    cells += [amount(row.fees)] if fees else []
    cells += [amount(row.penalties)] if penalties else []
    cells.append(amount(row.total))
    if not large:
        cells += [*([amount(row.late)] if late else []), "", ""]
    return Row(tuple(cells))


def _closing(flow: Flow, value: LoanDueList, options: PaperOptions) -> None:
    """Say what should come in, in digits and words, and leave the lines to sign."""
    body, total = flow.edition.body, sum(row.total for row in value.rows)
    blocks = signatures.Blocks(
        flow,
        [
            Signer(_("Thư ký"), value.secretary),
            Signer(_("Thủ quỹ"), value.treasurer),
            Signer(_("Tổ trưởng"), value.leader),
        ],
    )
    flow.need(3 * body.leading + blocks.first_height)
    flow.gap(0.5 * body.leading)
    if value.rows:
        flow.write(_("Cộng phải thu: {amount}").format(amount=show_dong(total)), body.bold)
        flow.write(_("Bằng chữ: {words}.").format(words=in_words(total, options.words)), body.italic)
    blocks.draw()


REPORT = Report("loan-due-list", N_("Danh sách đến hạn kỳ tới"), LoanDueList, render)
