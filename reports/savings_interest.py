"""Bảng tính lãi tiết kiệm: what each member is credited and how it was worked out, for signatures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from reports.kit import papers
from reports.kit.columns import Column, Row, amount
from reports.kit.heads import group_name
from reports.kit.page import Flow, Frame
from reports.kit.report import PLAIN, PaperOptions, Report, in_its_language
from reports.kit.tables import Look
from reports.kit.values import GroupBlock, Organisation, PrintMark, Signer
from resources.lang.dates import show_day
from resources.lang.dong import in_words, show_dong, show_exact, show_number, show_percent
from resources.lang.messages import N_, _


@dataclass(frozen=True, slots=True)
class InterestStretch:
    """Days (both counted) with one balance in đồng and one rate (percent a year); `interest` is not rounded."""

    starts: date
    ends: date
    days: int
    balance: Fraction
    percent: Fraction
    interest: Fraction


@dataclass(frozen=True, slots=True)
class InterestLine:
    """One member's line, in đồng. `difference`: what earlier runs had credited too little (+) or too much (−)."""

    code: str
    name: str
    opening: int
    paid_in: int
    paid_out: int
    exact: Fraction
    interest: int
    difference: int = 0
    stretches: tuple[InterestStretch, ...] = ()

    @property
    def total(self) -> int:
        """Return what is credited."""
        return self.interest + self.difference

    @property
    def closing(self) -> int:
        """Return the balance at the end with the interest."""
        return self.opening + self.paid_in - self.paid_out + self.total


@dataclass(frozen=True, slots=True)
class SavingsInterest:
    """Everything the table prints. `rules` are (what, text) in order; `draft`: not posted yet; `reversed_why`: taken back."""

    organisation: Organisation
    group: GroupBlock
    kind: str
    period: str
    starts: date
    ends: date
    rules: tuple[tuple[str, str], ...]
    lines: tuple[InterestLine, ...]
    mark: PrintMark
    signers: tuple[Signer, ...] = ()
    place: str = ""
    number: int = 0
    draft: bool = False
    reversed_why: str = ""
    large_print: bool = False


@in_its_language
def render(value: SavingsInterest, options: PaperOptions = PLAIN) -> bytes:
    """Return the table as a PDF, on the long side: what is credited with signatures, then the working of everybody."""
    state = ""
    if value.draft:
        state = " · " + _("Bản tính thử, chưa ghi sổ")
    elif value.reversed_why:
        state = " · " + _("ĐÃ HỦY: {reason}").format(reason=value.reversed_why)
    frame = Frame(
        title=_("Bảng tính lãi tiết kiệm"),
        organisation=value.organisation,
        group=value.group,
        mark=value.mark,
        subtitle=f"{value.kind} · {value.period}{state}",
        running=f"{value.kind} · {value.period}",
    )
    subject = f"{group_name(value.group)}, {value.kind}, {value.period}"
    paper = papers.begin(frame, subject, options, large_print=value.large_print, landscape=True)
    flow = paper.flow
    _rules(flow, value)
    papers.draw_laid(flow, _table(value, large=flow.edition.large))
    _closing(flow, value, options)
    if any(line.stretches for line in value.lines):
        flow.gap(1.2 * flow.edition.body.leading)
        papers.draw_laid(flow, _working(value))
    return paper.done()


def _rules(flow: Flow, value: SavingsInterest) -> None:
    span = _("{starts} đến {ends}").format(starts=show_day(value.starts), ends=show_day(value.ends))
    pairs = [(_("Tính từ ngày:"), span), *((f"{what}:", text) for what, text in value.rules)]
    if value.number:
        pairs.insert(0, (_("Lần nhập lãi số:"), str(value.number)))
    flow.fields(pairs, least=flow.label_width(pairs[::2]))
    flow.gap(0.4 * flow.edition.body.leading)


def _table(value: SavingsInterest, *, large: bool) -> papers.Laid:
    differs = any(line.difference for line in value.lines)
    moved = not large
    columns = [
        Column(_("STT"), "centre", 16, key=True),
        Column(_("Họ và tên"), "text", 100, key=True),
        Column(_("Số dư đầu kỳ"), "money", 60),
        *([Column(_("Gửi vào"), "money", 52), Column(_("Rút ra"), "money", 52)] if moved else []),
        Column(_("Lãi tính được"), "money", 60),
        Column(_("Lãi làm tròn"), "money", 50),
        *([Column(_("Chênh lệch kỳ trước"), "money", 50)] if differs else []),
        Column(_("Lãi nhập vào"), "money", 52),
        Column(_("Số dư sau nhập lãi"), "money", 64),
        Column(_("Ký xác nhận"), "write", 76),
    ]

    def cells(line: InterestLine) -> list[str]:
        return [
            amount(line.opening),
            *([amount(line.paid_in), amount(line.paid_out)] if moved else []),
            show_exact(line.exact),
            amount(line.interest),
            *([amount(line.difference)] if differs else []),
            amount(line.total),
            amount(line.closing),
            "",
        ]

    rows = [
        Row((str(number), f"{line.name} ({line.code})", *cells(line)))
        for number, line in enumerate(value.lines, 1)
    ]
    if rows:
        total = InterestLine(
            "",
            "",
            sum(line.opening for line in value.lines),
            sum(line.paid_in for line in value.lines),
            sum(line.paid_out for line in value.lines),
            sum((line.exact for line in value.lines), Fraction(0)),
            sum(line.interest for line in value.lines),
            sum(line.difference for line in value.lines),
        )
        rows.append(Row(("", _("Cộng"), *cells(total)), bold=True, shade=True, keep=True))
    look = Look(
        _("Lãi của từng người (đồng)"),
        grid=True,
        row_height=22,
        empty=_("Không ai có tiền gửi trong kỳ này."),
    )
    return papers.Laid(columns, rows, look)


def _closing(flow: Flow, value: SavingsInterest, options: PaperOptions) -> None:
    body = flow.edition.body
    total = sum(line.total for line in value.lines)
    flow.gap(0.5 * body.leading)
    flow.write(_("Tổng lãi nhập vào tiết kiệm: {amount}").format(amount=show_dong(total)), body.bold)
    flow.write(_("Bằng chữ: {words}.").format(words=in_words(total, options.words)), body.italic)
    papers.sign(flow, list(value.signers), papers.dated(value.place, value.ends), most=4)


def _working(value: SavingsInterest) -> papers.Laid:
    """Return how each member's interest follows: balance × days × rate ÷ days of the year."""
    columns = [
        Column(_("Họ và tên"), "text", 120, key=True),
        Column(_("Từ ngày"), "tight", 54),
        Column(_("Đến ngày"), "tight", 54),
        Column(_("Số ngày"), "centre", 34),
        Column(_("Số dư tính lãi"), "money", 72),
        Column(_("Lãi suất năm"), "money", 48),
        Column(_("Lãi (chưa làm tròn)"), "money", 72),
    ]
    rows = []
    for line in value.lines:
        for place, one in enumerate(line.stretches):
            balance = (
                show_number(int(one.balance)) if one.balance.denominator == 1 else show_exact(one.balance)
            )
            rows.append(
                Row(
                    (
                        f"{line.name} ({line.code})" if place == 0 else "",
                        show_day(one.starts),
                        show_day(one.ends),
                        str(one.days),
                        balance,
                        show_percent(one.percent / 100, 3),
                        show_exact(one.interest),
                    )
                )
            )
    return papers.Laid(columns, rows, Look(_("Cách tính của từng người"), grid=True, tight=True))


REPORT = Report("savings-interest", N_("Bảng tính lãi tiết kiệm"), SavingsInterest, render)
