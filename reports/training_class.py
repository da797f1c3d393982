"""Papers of a class: the attendance list, blank for signatures or filled, and the report with its breakdown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.kit import papers
from reports.kit.columns import Column, Row
from reports.kit.page import Flow, Frame
from reports.kit.report import PLAIN, PaperOptions, Report, in_its_language
from reports.kit.styles import MM
from reports.kit.tables import Look, draw
from reports.kit.values import GroupBlock, Organisation, PrintMark, Signer
from resources.lang.dates import show_day
from resources.lang.dong import show_dong, show_number
from resources.lang.messages import N_, _


@dataclass(frozen=True, slots=True)
class ClassBlock:
    """The class as its papers name it."""

    code: str
    name: str
    course: str
    hours: str
    starts: date
    ends: date
    place: str = ""
    trainers: str = ""
    funder: str = ""
    cost: int = 0


@dataclass(frozen=True, slots=True)
class SheetSession:
    """A session: its number, day and hours as text (held, or planned while it is not held)."""

    number: int
    day: date
    hours: str
    topic: str = ""


@dataclass(frozen=True, slots=True)
class SheetLearner:
    """A row: who, and hours by session as texts ("" where nothing was written)."""

    code: str
    name: str
    sex: str
    born: str
    place: str
    hours: tuple[str, ...] = ()
    total: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class AttendanceList:
    """The list of a class. `blank`: one session (or all) to be signed; else the hours that were written down."""

    organisation: Organisation
    group: GroupBlock
    mark: PrintMark
    block: ClassBlock
    sessions: tuple[SheetSession, ...]
    learners: tuple[SheetLearner, ...]
    day: date
    blank: bool = True
    place: str = ""
    signers: tuple[Signer, ...] = ()
    large_print: bool = False


@dataclass(frozen=True, slots=True)
class CutRow:
    """A line of the breakdown: how many enrolled, attended, completed, as texts (small cells hidden where they must be)."""

    title: str
    enrolled: str
    attended: str
    completed: str
    certified: str
    hours: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Cut:
    """A breakdown: its title and its lines."""

    title: str
    rows: tuple[CutRow, ...]


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A learner in the report for the commune: hours, share, scores, what was reached."""

    code: str
    name: str
    hours: str
    share: str
    pre: str
    post: str
    plan: str
    state: str
    certificate: str


@dataclass(frozen=True, slots=True)
class ClassReport:
    """Everything the report of a class prints."""

    organisation: Organisation
    group: GroupBlock
    mark: PrintMark
    block: ClassBlock
    as_of: date
    facts: tuple[tuple[str, str], ...]
    sessions: tuple[SheetSession, ...]
    came: tuple[str, ...]
    cuts: tuple[Cut, ...]
    results: tuple[ResultRow, ...] = ()
    needs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    secret: str = ""
    place: str = ""
    signers: tuple[Signer, ...] = ()
    large_print: bool = False


# -- the attendance list ---------------------------------------------------------------------------


@in_its_language
def render_list(value: AttendanceList, options: PaperOptions = PLAIN) -> bytes:
    """Return the attendance list as a PDF."""
    block = value.block
    frame = Frame(
        title=_("Danh sách điểm danh"),
        organisation=value.organisation,
        group=value.group,
        mark=value.mark,
        subtitle=f"{block.code} · {block.name}",
        running=f"{block.code} · {block.name}",
    )
    paper = papers.begin(
        frame, block.name, options, large_print=value.large_print, landscape=len(value.sessions) > 1
    )
    flow = paper.flow
    _class_fields(flow, block)
    if len(value.sessions) == 1:
        one = value.sessions[0]
        flow.fields(
            [
                (_("Buổi:"), _("{number}, ngày {day}").format(number=one.number, day=show_day(one.day))),
                (_("Số giờ:"), one.hours),
                (_("Nội dung:"), one.topic),
            ]
        )
    flow.gap(0.4 * flow.edition.body.leading)
    columns, rows = _list_table(value)
    draw(
        flow,
        columns,
        rows,
        Look(grid=True, row_height=9 * MM if value.blank else 0, empty=_("Lớp chưa có người học.")),
    )
    flow.gap(0.4 * flow.edition.body.leading)
    women = sum(one.sex == _("Nữ") for one in value.learners)
    text = _("Danh sách có {count} người, trong đó {women} nữ.")
    flow.write(text.format(count=len(value.learners), women=women), flow.edition.body.bold)
    if value.blank:
        flow.write(_("Có mặt: ……… người. Ghi số giờ thật sự học của từng người."), flow.edition.small)
    if value.signers:
        papers.sign(flow, value.signers, papers.dated(value.place, value.day))
    return paper.done()


def _class_fields(flow: Flow, block: ClassBlock) -> None:
    flow.fields(
        [
            (_("Khóa học:"), f"{block.course} ({block.hours} {_('giờ')})"),
            (_("Thời gian:"), f"{show_day(block.starts)} – {show_day(block.ends)}"),
            (_("Địa điểm:"), block.place),
            (_("Giảng viên:"), block.trainers),
        ]
    )


def _list_table(value: AttendanceList) -> tuple[list[Column], list[Row]]:
    columns = [
        Column(_("STT"), "centre", 14, key=True),
        Column(_("Mã"), "tight", key=True),
        Column(_("Họ và tên"), "text", 105, 1.5, key=True),
        Column(_("Giới"), "tight"),
        Column(_("Năm sinh"), "tight"),
    ]
    several = len(value.sessions) > 1
    if not several:
        columns.append(Column(_("Thôn, ấp"), "text", 60))
    if value.blank:
        for one in value.sessions:
            title = (
                _("Buổi {number} {day}").format(number=one.number, day=show_day(one.day)[:5])
                if several
                else ""
            )
            if not several:
                columns.append(Column(_("Số giờ"), "write", 40))
            columns.append(Column(title or _("Ký tên"), "write", 46 if several else 80))
    else:
        columns += [
            Column(_("Buổi {number} {day}").format(number=one.number, day=show_day(one.day)[:5]), "money", 26)
            for one in value.sessions
        ]
        columns += [Column(_("Cộng"), "money"), Column(_("Kết quả"), "text", 60)]
    rows = []
    for number, who in enumerate(value.learners, start=1):
        cells = [str(number), who.code, who.name, who.sex, who.born]
        if not several:
            cells.append(who.place)
        if value.blank:
            cells += [""] * (len(columns) - len(cells))
        else:
            cells += [*who.hours, who.total, who.mark]
        rows.append(Row(tuple(cells)))
    return columns, rows


# -- the report ------------------------------------------------------------------------------------


@in_its_language
def render_report(value: ClassReport, options: PaperOptions = PLAIN) -> bytes:
    """Return the report of a class as a PDF."""
    block = value.block
    frame = Frame(
        title=_("Báo cáo lớp tập huấn"),
        organisation=value.organisation,
        group=value.group,
        mark=value.mark,
        subtitle=f"{block.code} · {block.name}",
        running=f"{block.code} · {block.name}",
        form=value.secret,
    )
    paper = papers.begin(frame, block.name, options, large_print=value.large_print)
    flow = paper.flow
    _class_fields(flow, block)
    flow.fields(
        [
            (_("Nhà tài trợ:"), block.funder),
            (_("Kinh phí:"), show_dong(block.cost) if block.cost else ""),
            *value.facts,
        ]
    )
    _heading(flow, _("Chia theo nhóm người"))
    for cut in value.cuts:
        _cut_table(flow, cut)
    if value.sessions:
        _heading(flow, _("Các buổi"))
        draw(flow, *_sessions_table(value))
    if value.needs:
        _heading(flow, _("Điều cần để mọi người tham gia được"))
        for need in value.needs:
            flow.write(f"• {need}")
    _results(flow, value)
    flow.gap(0.4 * flow.edition.body.leading)
    for note in value.notes:
        flow.write(note, flow.edition.small)
    if value.signers:
        papers.sign(flow, value.signers, papers.dated(value.place, value.as_of))
    return paper.done()


def _sessions_table(value: ClassReport) -> tuple[list[Column], list[Row]]:
    """Return the sessions; who came is left out where it may not be told."""
    told = any(value.came)
    columns = [Column(_("Buổi"), "centre"), Column(_("Ngày"), "tight"), Column(_("Số giờ"), "money")]
    columns += [Column(_("Có mặt"), "tight")] if told else []
    columns.append(Column(_("Nội dung"), "text", 120))
    rows = [
        Row((str(one.number), show_day(one.day), one.hours, *((came,) if told else ()), one.topic))
        for one, came in zip(value.sessions, value.came, strict=True)
    ]
    return columns, rows


def _heading(flow: Flow, text: str) -> None:
    flow.gap(0.5 * flow.edition.body.leading)
    flow.heading(text, 5 * flow.edition.body.leading)


def _cut_table(flow: Flow, cut: Cut) -> None:
    """Draw a breakdown; a column that is empty in all lines is left out."""
    wanted = [
        (Column(cut.title, "text", 110, key=True), [one.title for one in cut.rows]),
        (Column(_("Ghi danh"), "money"), [one.enrolled for one in cut.rows]),
        (Column(_("Đã học"), "money"), [one.attended for one in cut.rows]),
        (Column(_("Hoàn thành"), "money"), [one.completed for one in cut.rows]),
        (Column(_("Có giấy"), "money"), [one.certified for one in cut.rows]),
        (Column(_("Giờ học"), "money"), [one.hours for one in cut.rows]),
    ]
    kept = [(column, texts) for column, texts in wanted if any(texts)]
    rows = [
        Row(tuple(texts[place] for _column, texts in kept), bold=one.bold)
        for place, one in enumerate(cut.rows)
    ]
    draw(flow, [column for column, _texts in kept], rows, Look(tight=True))
    flow.gap(0.4 * flow.edition.body.leading)


def _results(flow: Flow, value: ClassReport) -> None:
    if not value.results:
        return
    _heading(flow, _("Kết quả từng người"))
    columns = [
        Column(_("STT"), "centre", 14, key=True),
        Column(_("Mã"), "tight", key=True),
        Column(_("Họ và tên"), "text", 95, 1.5, key=True),
        Column(_("Giờ"), "money"),
        Column(_("Tỷ lệ"), "money"),
        Column(_("Đầu khóa"), "money"),
        Column(_("Cuối khóa"), "money"),
        Column(_("Kế hoạch"), "tight"),
        Column(_("Kết quả"), "text", 70),
        Column(_("Giấy số"), "tight"),
    ]
    rows = [
        Row((show_number(place), one.code, one.name, one.hours, one.share, one.pre, one.post, one.plan, one.state, one.certificate))
        for place, one in enumerate(value.results, start=1)
    ]  # fmt: skip
    draw(flow, columns, rows)


LIST = Report("training-attendance", N_("Danh sách điểm danh lớp tập huấn"), AttendanceList, render_list)
REPORT = Report("training-class", N_("Báo cáo lớp tập huấn"), ClassReport, render_report)
