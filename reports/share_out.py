"""Bảng chia cổ phần: what every member gets at the end of a cycle, for signatures; and a slip for each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.kit import papers
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
class ShareOutLine:
    """One member's line, in đồng; `units` are shares, `cash` what is handed over."""

    code: str
    name: str
    units: int
    capital: int
    payout: int
    loans: int = 0
    fines: int = 0
    savings: int = 0

    @property
    def cash(self) -> int:
        """Return what is handed over."""
        return self.payout + self.savings - self.loans - self.fines


@dataclass(frozen=True, slots=True)
class ShareOutPaper:
    """Everything the table prints. `workings` are (what, đồng) in order, the fund last. `draft`: not posted yet."""

    organisation: Organisation
    group: GroupBlock
    cycle: str
    day: date
    workings: tuple[tuple[str, int], ...]
    divided: int
    unit: int
    lines: tuple[ShareOutLine, ...]
    remainder: int
    remainder_text: str
    mark: PrintMark
    decision: str = ""
    signers: tuple[Signer, ...] = ()
    place: str = ""
    draft: bool = False
    slips: bool = False
    large_print: bool = False

    @property
    def shares(self) -> int:
        """Return all shares."""
        return sum(line.units for line in self.lines)


@in_its_language
def render(value: ShareOutPaper, options: PaperOptions = PLAIN) -> bytes:
    """Return the table as a PDF, on the long side; with `slips` a slip for each member follows."""
    frame = Frame(
        title=_("Bảng chia cổ phần cuối chu kỳ") if value.shares else _("Bảng chia quỹ cuối chu kỳ"),
        organisation=value.organisation,
        group=value.group,
        mark=value.mark,
        subtitle=_("{cycle}, {day}").format(cycle=value.cycle, day=show_day_long(value.day))
        + (" · " + _("Bản dự thảo, chưa ghi sổ") if value.draft else ""),
        running=value.cycle,
    )
    subject = f"{group_name(value.group)}, {value.cycle}"
    paper = papers.begin(frame, subject, options, large_print=value.large_print, landscape=True)
    flow = paper.flow
    _workings(flow, value)
    papers.draw_laid(flow, _table(value, large=flow.edition.large))
    _closing(flow, value, options)
    if value.slips:
        flow.turn()
        for line in value.lines:
            _slip(flow, value, line, options)
    return paper.done()


def _workings(flow: Flow, value: ShareOutPaper) -> None:
    body = flow.edition.body
    pairs = [(f"{what}:", show_dong(sum_)) for what, sum_ in value.workings]
    flow.fields(pairs, least=flow.label_width(pairs[::2]))
    if value.shares:
        flow.write(
            _("Giá trị một cổ phần: {fund} ÷ {shares} = {value} (chưa làm tròn).").format(
                fund=show_dong(value.divided),
                shares=show_number(value.shares),
                value=_decimal(value.divided, value.shares),
            ),
            body.bold,
        )
    rounding = _("đúng từng đồng") if value.unit == 1 else show_dong(value.unit)
    flow.write(_("Tiền chia làm tròn xuống: {unit}.").format(unit=rounding))
    flow.gap(0.4 * body.leading)


def _decimal(fund: int, shares: int) -> str:
    whole, rest = divmod(fund, shares)
    return f"{show_number(whole)},{rest * 100 // shares:02d} ₫"


def _table(value: ShareOutPaper, *, large: bool) -> papers.Laid:
    lines = value.lines
    shares = value.shares > 0
    loans, fines, savings = (
        any(getattr(line, name) for line in lines) for name in ("loans", "fines", "savings")
    )
    columns = [
        Column(_("STT"), "centre", 16, key=True),
        Column(_("Họ và tên"), "text", 100, key=True),
        *([Column(_("Số cổ phần"), "money", 40), Column(_("Tiền cổ phần"), "money", 56)] if shares else []),
        Column(_("Được chia"), "money", 60),
        *([Column(_("Lãi (lỗ)"), "money", 52)] if shares and not large else []),
        *([Column(_("Trả tiết kiệm"), "money", 56)] if savings else []),
        *([Column(_("Trừ nợ vay"), "money", 52)] if loans else []),
        *([Column(_("Trừ phạt"), "money", 44)] if fines else []),
        Column(_("Thực nhận"), "money", 60),
        Column(_("Ký nhận"), "write", 80),
    ]

    def cells(line: ShareOutLine) -> list[str]:
        return [
            *([show_number(line.units), amount(line.capital)] if shares else []),
            amount(line.payout),
            *([amount(line.payout - line.capital)] if shares and not large else []),
            *([amount(line.savings)] if savings else []),
            *([amount(line.loans)] if loans else []),
            *([amount(line.fines)] if fines else []),
            amount(line.cash),
            "",
        ]

    rows = [
        Row((str(number), f"{line.name} ({line.code})", *cells(line))) for number, line in enumerate(lines, 1)
    ]
    total = ShareOutLine(
        "",
        "",
        *(
            sum(getattr(line, name) for line in lines)
            for name in ("units", "capital", "payout", "loans", "fines", "savings")
        ),
    )
    rows.append(Row(("", _("Cộng"), *cells(total)), bold=True, shade=True, keep=True))
    return papers.Laid(columns, rows, Look(_("Chia cho từng người (đồng)"), grid=True, row_height=24))


def _closing(flow: Flow, value: ShareOutPaper, options: PaperOptions) -> None:
    body = flow.edition.body
    cash = sum(line.cash for line in value.lines)
    flow.gap(0.5 * body.leading)
    flow.write(_("Tổng thực nhận: {amount}").format(amount=show_dong(cash)), body.bold)
    flow.write(_("Bằng chữ: {words}.").format(words=in_words(cash, options.words)), body.italic)
    flow.write(
        _("Số lẻ còn lại {amount}: {where}.").format(
            amount=show_dong(value.remainder), where=value.remainder_text
        )
    )
    if value.decision:
        flow.write(_("Quyết định: {text}").format(text=value.decision))
    papers.sign(flow, list(value.signers), papers.dated(value.place, value.day), most=4)


def _slip(flow: Flow, value: ShareOutPaper, line: ShareOutLine, options: PaperOptions) -> None:
    """Draw one member's slip, not torn over two pages."""
    body = flow.edition.body
    pairs = [
        (_("Họ và tên:"), f"{line.name} ({line.code})"),
        (_("Số cổ phần:"), show_number(line.units) if value.shares else ""),
        (_("Tiền cổ phần đã góp:"), show_dong(line.capital) if value.shares else ""),
        (_("Được chia:"), show_dong(line.payout)),
        (_("Trả tiết kiệm:"), show_dong(line.savings) if line.savings else ""),
        (_("Trừ nợ vay:"), show_dong(line.loans) if line.loans else ""),
        (_("Trừ phạt:"), show_dong(line.fines) if line.fines else ""),
        (_("Thực nhận:"), f"{show_dong(line.cash)} ({in_words(line.cash, options.words)})"),
    ]
    shown = [(name, text) for name, text in pairs if text]
    flow.need((len(shown) + 5) * body.leading)
    flow.gap(1.2 * body.leading)
    heading = _("Phiếu chia cổ phần – {group}, {cycle}, {day}").format(
        group=value.group.name, cycle=value.cycle, day=show_day(value.day)
    )
    flow.heading(heading, 2 * body.leading)
    flow.fields(shown, columns=1, least=flow.label_width(shown))
    flow.write(_("Người nhận ký: ……………………………………   Thủ quỹ ký: ……………………………………"))


REPORT = Report("share-out", N_("Bảng chia cổ phần"), ShareOutPaper, render)
