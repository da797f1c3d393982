"""Papers of figures and lists: a table crossed by rows and columns, the report of inclusion, lists that lead to action.

Of how many the answer is known stands before the figures; what is hidden, how it was counted and for whom the paper
is stand with them. A paper with personal data carries "Mật – dùng trong xã" on every page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.kit import charts, signatures
from reports.kit.columns import Column, Kind, Row
from reports.kit.heads import period_line
from reports.kit.page import Flow, Frame
from reports.kit.papers import begin
from reports.kit.report import PLAIN, PaperOptions, Report, in_its_language
from reports.kit.tables import Look, draw
from reports.kit.values import GroupBlock, Organisation, PrintMark, Signer
from resources.lang.dates import show_day, show_day_long
from resources.lang.messages import N_, _


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """A column: kinds as in `kit.columns`; `key` columns are repeated where a table is split."""

    title: str
    kind: Kind = "money"
    least: float = 0
    weight: float = 1
    key: bool = False


@dataclass(frozen=True, slots=True)
class FigureTable:
    """A table of ready texts; `sums` tells that its last row sums up the others."""

    caption: str
    columns: tuple[FigureColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    sums: bool = False
    empty: str = ""


@dataclass(frozen=True, slots=True)
class FigureChart:
    """Bars (or `lines`): a value for each category and series, in whole numbers of `title`'s unit; with `per` 100 of bars
    in hundredths of it.
    """

    title: str
    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[int, ...]], ...]
    lines: bool = False
    per: int = 1


@dataclass(frozen=True, slots=True)
class Figures:
    """What the paper prints. `known` are pairs printed before all figures (coverage); `secret` marks every page.

    `first_day` is None for lists that are as of `last_day`.
    """

    title: str
    organisation: Organisation
    group: GroupBlock
    mark: PrintMark
    last_day: date
    first_day: date | None = None
    about: tuple[tuple[str, str], ...] = ()
    known: tuple[tuple[str, str], ...] = ()
    known_title: str = ""
    tables: tuple[FigureTable, ...] = ()
    chart: FigureChart | None = None
    notes: tuple[str, ...] = ()
    secret: bool = False
    signed_on: date | None = None
    place: str = ""
    signers: tuple[Signer, ...] = ()
    large_print: bool = False
    portrait: bool = False
    """On the short side, rows set closer: a report with few columns that stays on few pages."""


@in_its_language
def render(value: Figures, options: PaperOptions = PLAIN) -> bytes:
    """Return the paper as a PDF, on the long side unless it is a report of few columns."""
    when = _("Đến hết ngày {day}").format(day=show_day(value.last_day))
    if value.first_day is not None:
        when = period_line(value.first_day, value.last_day)
    secret = _("MẬT – DÙNG TRONG XÃ") if value.secret else ""
    frame = Frame(
        title=value.title,
        organisation=value.organisation,
        group=value.group,
        mark=value.mark,
        subtitle=when,
        running=" · ".join(part for part in (secret, when) if part),
        form=secret,
    )
    paper = begin(frame, when, options, large_print=value.large_print, landscape=not value.portrait)
    flow = paper.flow
    flow.fields(value.about, columns=1 if value.portrait else 2)
    if value.known:
        flow.gap(0.4 * flow.edition.body.leading)
        flow.heading(value.known_title or _("Độ phủ: bao nhiêu người đã biết câu trả lời"))
        flow.write("; ".join(f"{name} {known}" for name, known in value.known) + ".")
    for table in value.tables:
        flow.gap(0.5 * flow.edition.body.leading)
        _draw(flow, table, tight=value.portrait)
    if value.notes:
        flow.gap(0.6 * flow.edition.body.leading)
        for note in value.notes:
            flow.write(note, flow.edition.small)
    if value.chart is not None and not flow.edition.large:
        _chart(flow, value.chart)
    if value.signers:
        day = show_day_long(value.signed_on or value.last_day)
        signatures.draw(
            flow, value.signers, f"{value.place}, {day}" if value.place else day[0].upper() + day[1:]
        )
    return paper.done()


def _draw(flow: Flow, table: FigureTable, *, tight: bool = False) -> None:
    columns = [
        Column(column.title, column.kind, column.least, column.weight, column.key) for column in table.columns
    ]
    last = len(table.rows) - 1
    rows = [
        Row(cells, bold=True, shade=True, keep=True) if table.sums and place == last else Row(cells)
        for place, cells in enumerate(table.rows)
    ]
    draw(flow, columns, rows, Look(table.caption, grid=True, empty=table.empty, tight=tight))


def _chart(flow: Flow, chart: FigureChart) -> None:
    flow.gap(0.8 * flow.edition.body.leading)
    series = [charts.Series(title, values) for title, values in chart.series]
    wide = min(flow.sheet.room, 620)
    if chart.lines:
        charts.place(flow, charts.lines(chart.title, chart.categories, series, wide=wide))
    else:
        charts.place(flow, charts.bars(chart.title, chart.categories, series, wide=wide, per=chart.per))


ANALYSIS = Report("analysis-table", N_("Bảng phân tích"), Figures, render)
INCLUSION = Report("inclusion-report", N_("Báo cáo hòa nhập"), Figures, render)
ACTIONS = Report("action-list", N_("Danh sách cần làm"), Figures, render)
MATURITY = Report("maturity-score", N_("Phiếu chấm điểm trưởng thành"), Figures, render)
PROGRESS = Report("capacity-progress", N_("Đánh giá năng lực theo thời gian"), Figures, render)
CHANGE_PLAN = Report("change-plan", N_("Kế hoạch thay đổi"), Figures, render)
COORDINATION = Report("coordination-list", N_("Danh sách phối hợp, cam kết"), Figures, render)
COORDINATION_MEETING = Report("coordination-meeting", N_("Ghi nhận cuộc họp phối hợp"), Figures, render)
EXPENSES = Report("expense-list", N_("Bảng kê chi phí"), Figures, render)
GROUP = Report("group-report", N_("Báo cáo tháng, quý của nhóm"), Figures, render)
DONOR = Report("donor-report", N_("Báo cáo nhà tài trợ (BC09)"), Figures, render)
