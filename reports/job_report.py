"""Báo cáo việc làm và thu nhập: indicators, breakdowns, the list of jobs behind them, and how all was counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.kit import papers
from reports.kit.columns import Column, Row, amount
from reports.kit.page import Flow, Frame
from reports.kit.report import PLAIN, PaperOptions, Report, in_its_language
from reports.kit.tables import Look, draw
from reports.kit.values import GroupBlock, Organisation, PrintMark, Signer
from resources.lang.dates import show_day_long
from resources.lang.messages import N_, _


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One indicator with its value and what it was worked out from, as texts."""

    id: str
    title: str
    value: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class CutLine:
    """One category of a breakdown: activities and median change (texts), jobs and FTE added (texts).

    A hidden number is "…" or "< 5": the report is told, it hides nothing by itself.
    """

    title: str
    activities: str
    change: str
    jobs: str
    fte: str
    total: bool = False


@dataclass(frozen=True, slots=True)
class CutTable:
    """A breakdown by one characteristic, with its total."""

    title: str
    lines: tuple[CutLine, ...]


@dataclass(frozen=True, slots=True)
class JobLine:
    """One job of the list behind the figures; only inside the commune, where people may be named."""

    name: str
    place: str
    kind: str
    employment: str
    days: int
    hours: str
    fte: str
    net: str
    decent: str
    evidence: str


@dataclass(frozen=True, slots=True)
class JobReport:
    """Everything the report prints. `secret` says on each page's head for whom it is; empty leaves it out."""

    organisation: Organisation
    group: GroupBlock
    mark: PrintMark
    as_of: date
    indicators: tuple[ReportLine, ...]
    cuts: tuple[CutTable, ...]
    jobs: tuple[JobLine, ...] = ()
    total_fte: str = ""
    total_net: str = ""
    method: tuple[str, ...] = ()
    secret: str = ""
    place: str = ""
    signers: tuple[Signer, ...] = ()
    large_print: bool = False


@in_its_language
def render(value: JobReport, options: PaperOptions = PLAIN) -> bytes:
    """Return the report as a PDF, on the long side."""
    day = _("Đến hết {day}").format(day=show_day_long(value.as_of))
    frame = Frame(
        title=_("Báo cáo việc làm và thu nhập"),
        organisation=value.organisation,
        group=value.group,
        mark=value.mark,
        subtitle=" · ".join(part for part in (day, value.secret) if part),
        running=" · ".join(part for part in (day, value.secret) if part),
    )
    paper = papers.begin(frame, value.group.name, options, large_print=value.large_print, landscape=True)
    flow = paper.flow
    _indicators(flow, value)
    for table in value.cuts:
        _cut(flow, table)
    _jobs(flow, value)
    _method(flow, value)
    if value.signers:
        papers.sign(flow, value.signers, papers.dated(value.place, value.as_of))
    return paper.done()


def _indicators(flow: Flow, value: JobReport) -> None:
    columns = [
        Column(_("Mã"), "tight", 34),
        Column(_("Chỉ số"), "text", 190, weight=2),
        Column(_("Giá trị"), "text", 110),
        Column(_("Tính từ"), "text", 190, weight=2),
    ]
    rows = [Row((one.id, one.title, one.value, one.basis)) for one in value.indicators]
    draw(flow, columns, rows, Look(_("Chỉ số")))


def _cut(flow: Flow, table: CutTable) -> None:
    """Draw one breakdown, never torn from its title."""
    flow.gap(0.7 * flow.edition.body.leading)
    columns = [
        Column(table.title, "text", 130, weight=2),
        Column(_("Sinh kế có số liệu"), "money", 60),
        Column(_("Tăng thực, trung vị (đồng/năm)"), "money", 90),
        Column(_("Việc làm báo cáo được"), "money", 70),
        Column(_("FTE tăng thêm"), "money", 60),
    ]
    rows = [
        Row(
            (one.title, one.activities, one.change, one.jobs, one.fte),
            bold=one.total,
            shade=one.total,
            keep=one.total,
        )
        for one in table.lines
    ]
    draw(flow, columns, rows, Look(_("Chia theo {title}").format(title=table.title.lower())))


def _jobs(flow: Flow, value: JobReport) -> None:
    if not value.jobs:
        return
    flow.gap(0.7 * flow.edition.body.leading)
    columns = [
        Column(_("STT"), "centre", 16),
        Column(_("Người làm"), "text", 90, weight=1.3),
        Column(_("Nơi làm"), "text", 90, weight=1.3),
        Column(_("Loại"), "tight", 44),
        Column(_("Hình thức"), "text", 70),
        Column(_("Ngày/năm"), "money", 30),
        Column(_("Giờ/ngày"), "money", 30),
        Column(_("FTE"), "money", 28),
        Column(_("Tăng thêm"), "money", 32),
        Column(_("Bền vững"), "centre", 34),
        Column(_("Bằng chứng"), "text", 60),
    ]
    rows = [
        Row(
            (
                str(number), one.name, one.place, one.kind, one.employment, amount(one.days), one.hours, one.fte,
                one.net, one.decent, one.evidence,
            )
        )
        for number, one in enumerate(value.jobs, start=1)
    ]  # fmt: skip
    rows.append(
        Row(
            ("", _("Cộng"), "", "", "", "", "", value.total_fte, value.total_net, "", ""),
            bold=True,
            shade=True,
            keep=True,
        )
    )
    draw(flow, columns, rows, Look(_("Việc làm báo cáo được")))


def _method(flow: Flow, value: JobReport) -> None:
    body = flow.edition.body
    flow.gap(0.6 * body.leading)
    flow.heading(_("Cách tính"), 3 * body.leading)
    for line in value.method:
        flow.write(f"– {line}", flow.edition.small, first=0)


REPORT = Report("job-report", N_("Báo cáo việc làm và thu nhập"), JobReport, render)
