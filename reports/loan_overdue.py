"""Danh sách nợ quá hạn: who is late, by how much and how long, and what is at risk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from reports.kit import papers
from reports.kit.columns import Column, Row, amount
from reports.kit.heads import group_name
from reports.kit.page import Flow, Frame
from reports.kit.report import PLAIN, PaperOptions, Report, in_its_language
from reports.kit.tables import Look, draw
from reports.kit.values import GroupBlock, Organisation, PrintMark, Signer
from resources.lang.dates import show_day_long
from resources.lang.dong import show_dong, show_number, show_percent
from resources.lang.messages import N_, _


@dataclass(frozen=True, slots=True)
class OverdueLoan:
    """One late loan. Amounts in đồng: `principal`, `interest` (with fees) and `penalties` are what is overdue,
    `balance` is all principal still owed. `group` is named where the list covers several groups.
    """

    code: str
    name: str
    loan: str
    days_late: int
    principal: int
    interest: int
    penalties: int
    balance: int
    debt_group: str = ""
    rescheduled: bool = False
    guarantors: tuple[str, ...] = ()
    group: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class AgeBucket:
    """Loans by how late they are ("1–30 ngày"): how many, principal owed and the overdue part, in đồng."""

    title: str
    loans: int
    balance: int
    overdue: int


@dataclass(frozen=True, slots=True)
class RiskLine:
    """Portfolio at risk: "PAR30", the balance at risk in đồng and its share ("7,4 %")."""

    title: str
    balance: int
    share_text: str


@dataclass(frozen=True, slots=True)
class LoanOverdue:
    """Everything the list prints. `portfolio` (đồng) is the principal owed on all loans, `loans` their number."""

    organisation: Organisation
    group: GroupBlock
    as_of: date
    rows: tuple[OverdueLoan, ...]
    mark: PrintMark
    buckets: tuple[AgeBucket, ...] = ()
    risk: tuple[RiskLine, ...] = ()
    portfolio: int = 0
    loans: int = 0
    notes: tuple[str, ...] = ()
    signed_on: date | None = None
    place: str = ""
    signers: tuple[Signer, ...] = ()
    large_print: bool = False


@in_its_language
def render(value: LoanOverdue, options: PaperOptions = PLAIN) -> bytes:
    """Return the list as a PDF, on the long side."""
    day = _("Đến hết {day}").format(day=show_day_long(value.as_of))
    frame = Frame(
        title=_("Danh sách nợ quá hạn"),
        organisation=value.organisation,
        group=value.group,
        mark=value.mark,
        subtitle=day,
        running=day,
    )
    paper = papers.begin(
        frame, group_name(value.group), options, large_print=value.large_print, landscape=True
    )
    flow = paper.flow
    papers.draw_laid(flow, _loans(value, large=flow.edition.large))
    if any(row.rescheduled for row in value.rows):
        flow.gap(0.3 * flow.edition.small.leading)
        flow.write(_("* Đã cơ cấu lại hoặc gia hạn thời hạn trả nợ."), flow.edition.small)
    flow.gap(0.8 * flow.edition.body.leading)
    _ages(flow, value)
    _risk(flow, value)
    if value.signers:
        papers.sign(flow, value.signers, papers.dated(value.place, value.signed_on or value.as_of))
    return paper.done()


def _loans(value: LoanOverdue, *, large: bool) -> papers.Laid:
    """Return the late loans, the latest first as they come, with sums."""
    rows = value.rows
    groups, phones = any(row.group for row in rows), any(row.phone for row in rows) and not large
    classes, backing = any(row.debt_group for row in rows), any(row.guarantors for row in rows)
    columns = [
        Column(_("STT"), "centre", 16, key=True),
        Column(_("Họ và tên"), "text", 90, weight=1.3, key=True),
        *([Column(_("Nhóm"), "text", 50)] if groups else []),
        Column(_("Khoản vay"), "tight", 44),
        Column(_("Số ngày trễ"), "money", 24),
        Column(_("Gốc quá hạn"), "money", 54),
        Column(_("Lãi, phí quá hạn"), "money", 50),
        Column(_("Phạt"), "money", 40),
        Column(_("Cộng quá hạn"), "money", 54),
        Column(_("Gốc còn nợ"), "money", 58),
        *([Column(_("Nhóm nợ"), "centre", 26)] if classes else []),
        *([Column(_("Điện thoại"), "tight", 50)] if phones else []),
        *([Column(_("Người bảo lãnh"), "text", 70, weight=2)] if backing else []),
    ]
    lines = []
    for number, row in enumerate(rows, start=1):
        money = (row.principal, row.interest, row.penalties, _overdue(row), row.balance)
        lines.append(
            Row(
                (
                    str(number), f"{row.name} ({row.code})" if row.code else row.name, *([row.group] if groups else []),
                    f"{row.loan}*" if row.rescheduled else row.loan, show_number(row.days_late), *map(amount, money),
                    *([row.debt_group] if classes else []), *([row.phone] if phones else []),
                    *(["; ".join(row.guarantors)] if backing else []),
                )
            )
        )  # fmt: skip
    sums = (
        sum(row.principal for row in rows), sum(row.interest for row in rows), sum(row.penalties for row in rows),
        sum(map(_overdue, rows)), sum(row.balance for row in rows),
    )  # fmt: skip
    total = ["", _("Cộng"), *([""] if groups else []), "", "", *map(amount, sums)]
    total += [""] * (len(columns) - len(total))
    if rows:
        lines.append(Row(tuple(total), bold=True, shade=True, keep=True))
    empty = _("Không có khoản vay nào quá hạn.")
    return papers.Laid(columns, lines, Look(_("Các khoản vay quá hạn (đồng)"), empty=empty))


def _overdue(row: OverdueLoan) -> int:
    return row.principal + row.interest + row.penalties


def _ages(flow: Flow, value: LoanOverdue) -> None:
    """Draw the loans by how late they are, each with its share of all principal owed."""
    if not value.buckets:
        return
    columns = [
        Column(_("Quá hạn"), "text", 90),
        Column(_("Số khoản vay"), "money", 50),
        Column(_("Gốc còn nợ"), "money", 70),
        Column(_("Phần quá hạn"), "money", 70),
        Column(_("Tỷ trọng"), "money", 50),
    ]
    whole = value.portfolio or sum(one.balance for one in value.buckets)
    rows = [
        Row(
            (
                one.title,
                amount(one.loans),
                amount(one.balance),
                amount(one.overdue),
                _share(one.balance, whole),
            )
        )
        for one in value.buckets
    ]
    sums = [sum(getattr(one, name) for one in value.buckets) for name in ("loans", "balance", "overdue")]
    rows.append(
        Row((_("Cộng"), *map(amount, sums), _share(sums[1], whole)), bold=True, shade=True, keep=True)
    )
    draw(flow, columns, rows, Look(_("Tuổi nợ (đồng)")))


def _share(part: int, whole: int) -> str:
    return show_percent(Fraction(part, whole)) if whole else "–"


def _risk(flow: Flow, value: LoanOverdue) -> None:
    """Say how much is owed in all and how much of it is at risk."""
    body = flow.edition.body
    flow.gap(0.5 * body.leading)
    if value.portfolio or value.loans:
        flow.write(
            _("Tổng dư nợ gốc: {amount}, {count} khoản vay.").format(
                amount=show_dong(value.portfolio), count=show_number(value.loans)
            ),
            body.bold,
        )
    for line in value.risk:
        flow.write(
            _("{title}: {amount}, bằng {share} tổng dư nợ.").format(
                title=line.title, amount=show_dong(line.balance), share=line.share_text
            )
        )
    for note in value.notes:
        flow.write(note, flow.edition.small)


REPORT = Report("loan-overdue", N_("Danh sách nợ quá hạn"), LoanOverdue, render)
