"""Hồ sơ sinh kế: one activity on paper: who, what, risks, income in time, jobs, plans, loans, its story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports import livelihood_parts
from reports.kit import charts, papers
from reports.kit.columns import Column, Row, amount
from reports.kit.page import Flow
from reports.kit.report import PLAIN, PaperOptions, Report, in_its_language
from reports.kit.tables import Look, draw
from reports.kit.values import GroupBlock, Organisation, PrintMark, Signer
from reports.livelihood_values import ActivityBlock
from resources.lang.dates import show_day
from resources.lang.dong import show_number
from resources.lang.messages import N_, _


@dataclass(frozen=True, slots=True)
class RecordVisit:
    """A visit: net income a year in đồng, its real change since before (text, "–" where it cannot be said)."""

    title: str
    day: date
    visitor: str
    operating: bool
    net: int
    real: str
    days: int
    evidence: str


@dataclass(frozen=True, slots=True)
class RecordJob:
    """A job of the activity, as of the day of the paper; `fte` and `net` as texts with two decimals."""

    name: str
    kind: str
    employment: str
    days: int
    hours: str
    fte: str
    net: str


@dataclass(frozen=True, slots=True)
class RecordEvent:
    """An event of the story."""

    day: date
    kind: str
    text: str
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class LivelihoodRecord:
    """Everything the record prints."""

    organisation: Organisation
    group: GroupBlock
    mark: PrintMark
    activity: ActivityBlock
    as_of: date
    facts: tuple[tuple[str, str], ...]
    visits: tuple[RecordVisit, ...] = ()
    jobs: tuple[RecordJob, ...] = ()
    story: tuple[RecordEvent, ...] = ()
    schedule: str = ""
    notes: tuple[str, ...] = ()
    place: str = ""
    signers: tuple[Signer, ...] = ()
    large_print: bool = False


@in_its_language
def render(value: LivelihoodRecord, options: PaperOptions = PLAIN) -> bytes:
    """Return the record as a PDF."""
    paper = livelihood_parts.begin(_("Hồ sơ sinh kế"), value, options)
    flow = paper.flow
    _facts(flow, value)
    _visits(flow, value)
    _jobs(flow, value)
    _story(flow, value)
    for note in value.notes:
        flow.write(note, flow.edition.small)
    if value.signers:
        papers.sign(flow, value.signers, papers.dated(value.place, value.as_of))
    return paper.done()


def _facts(flow: Flow, value: LivelihoodRecord) -> None:
    activity = value.activity
    pairs = [
        (_("Chủ sinh kế:"), activity.owner),
        (_("Tình trạng:"), activity.state),
        (_("Hình thức:"), activity.form),
        (_("Bắt đầu:"), show_day(activity.started) if activity.started else ""),
        (_("Ngành:"), activity.branch),
        (_("Thôn, ấp:"), activity.place),
    ]
    flow.fields(pairs)
    flow.fields(value.facts, columns=1)


def _visits(flow: Flow, value: LivelihoodRecord) -> None:
    """Draw the visits with their income, and the chart of it."""
    flow.section(_("1. Thu nhập qua các lần thăm"), 6)
    columns = [
        Column(_("Lần thăm"), "text", 70),
        Column(_("Ngày"), "tight", 48),
        Column(_("Người thăm"), "text", 80),
        Column(_("Hoạt động"), "centre", 40),
        Column(_("Ngày công"), "money", 40),
        Column(_("Thu nhập ròng (đồng/năm)"), "money", 70),
        Column(_("Tăng thực (đồng/năm)"), "money", 66),
    ]
    rows = [
        Row(
            (
                one.title, show_day(one.day), one.visitor, _("có") if one.operating else _("không"),
                amount(one.days), show_number(one.net), one.real,
            )
        )
        for one in value.visits
    ]  # fmt: skip
    draw(flow, columns, rows, Look(empty=_("Chưa thăm lần nào.")))
    flow.gap(0.25 * flow.edition.body.leading)
    if value.schedule:
        flow.write(value.schedule)
    if (
        len(value.visits) > 1 and not flow.edition.large
    ):  # the letters of a chart are small; the table says it all
        flow.gap(0.3 * flow.edition.body.leading)
        drawing = charts.bars(
            _("Thu nhập ròng một năm (nghìn đồng)"),
            [one.title for one in value.visits],
            [charts.Series(_("Thu nhập"), tuple(round(one.net / 1000) for one in value.visits))],
            wide=min(400, flow.sheet.room),
            high=140,
        )
        charts.place(flow, drawing)


def _jobs(flow: Flow, value: LivelihoodRecord) -> None:
    flow.section(_("2. Việc làm"))
    columns = [
        Column(_("Người làm"), "text", 100, weight=1.4),
        Column(_("Loại"), "text", 50),
        Column(_("Hình thức"), "text", 80),
        Column(_("Ngày/năm"), "money", 36),
        Column(_("Giờ/ngày"), "money", 36),
        Column(_("FTE"), "money", 32),
        Column(_("Tăng thêm"), "money", 36),
    ]
    rows = [
        Row((one.name, one.kind, one.employment, amount(one.days), one.hours, one.fte, one.net))
        for one in value.jobs
    ]
    draw(flow, columns, rows, Look(empty=_("Chưa ghi việc làm nào.")))


def _story(flow: Flow, value: LivelihoodRecord) -> None:
    flow.section(_("3. Diễn biến"))
    columns = [
        Column(_("Ngày"), "tight", 48),
        Column(_("Loại"), "text", 56),
        Column(_("Việc"), "text", 200, weight=3),
        Column(_("Số tiền (đồng)"), "money", 66),
    ]
    rows = [
        Row((show_day(one.day), one.kind, one.text, "" if one.amount is None else show_number(one.amount)))
        for one in value.story
    ]
    draw(flow, columns, rows, Look(empty=_("Chưa có diễn biến nào.")))
    flow.gap(0.4 * flow.edition.body.leading)


REPORT = Report("livelihood-record", N_("Hồ sơ sinh kế"), LivelihoodRecord, render)
