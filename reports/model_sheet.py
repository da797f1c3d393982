"""Bản mô tả mô hình: what a working model is, what it takes, what it costs a household, where it runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.kit import papers
from reports.kit.columns import Column, Row
from reports.kit.page import Flow, Frame
from reports.kit.report import PLAIN, PaperOptions, Report, in_its_language
from reports.kit.tables import Look
from reports.kit.values import GroupBlock, Organisation, PrintMark, Signer
from resources.lang.dates import show_day
from resources.lang.dong import in_words, show_dong, show_number
from resources.lang.messages import N_, _

HOUR = 60


@dataclass(frozen=True, slots=True)
class SheetCourse:
    """A course of the model: code, title, minutes, modules."""

    code: str
    title: str
    minutes: int
    modules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """A place that adopted the model and how it stands."""

    place: str
    commune: str
    adopted_on: date
    progress: str
    state: str
    transfer: bool
    replicated: bool


@dataclass(frozen=True, slots=True)
class ModelSheet:
    """Everything the sheet prints. Amounts in đồng; `cost` 0: not counted. `rules` are (name, text) of the template."""

    organisation: Organisation
    group: GroupBlock
    code: str
    version: int
    title: str
    description: str
    source: str
    rules: tuple[tuple[str, str], ...]
    products: tuple[str, ...]
    courses: tuple[SheetCourse, ...]
    checklist: tuple[str, ...]
    day: date
    mark: PrintMark
    clauses: tuple[str, ...] = ()
    cost: int = 0
    cost_households: int = 0
    cost_basis: str = ""
    lessons: tuple[str, ...] = ()
    places: tuple[SheetPlace, ...] = ()
    seal: str = ""
    large_print: bool = False


@in_its_language
def render(value: ModelSheet, options: PaperOptions = PLAIN) -> bytes:
    """Return the sheet as a PDF."""
    frame = Frame(
        title=_("Bản mô tả mô hình"),
        organisation=value.organisation,
        group=value.group,
        mark=value.mark,
        subtitle=value.title,
        running=f"{value.code} · {value.title}",
    )
    paper = papers.begin(frame, value.title, options, large_print=value.large_print)
    flow = paper.flow
    flow.fields(
        [
            (_("Mã mô hình:"), value.code),
            (_("Bản:"), show_number(value.version)),
            (_("Nơi lập:"), value.source),
            (_("Đến ngày:"), show_day(value.day)),
        ]
    )
    _part(flow, _("1. Mô hình làm gì, cho ai"), value.description.splitlines())
    _heading(flow, _("2. Quy chế mẫu"))
    flow.fields([(f"{name}:", text) for name, text in value.rules], columns=1)
    for clause in value.clauses:
        flow.write(f"– {clause}")
    _part(
        flow,
        _("3. Sản phẩm vay"),
        [f"– {text}" for text in value.products] or [_("Mô hình không kèm sản phẩm vay.")],
    )
    flow.gap(0.5 * flow.edition.body.leading)
    papers.draw_laid(flow, _courses(value))
    _part(flow, _("5. Chi phí cho một hộ"), _cost(value, options))
    flow.gap(0.5 * flow.edition.body.leading)
    papers.draw_laid(flow, _checklist(value, large=flow.edition.large))
    if value.lessons:
        _part(flow, _("7. Bài học"), [f"– {text}" for text in value.lessons])
    flow.gap(0.5 * flow.edition.body.leading)
    papers.draw_laid(flow, _places(value))
    if value.seal:
        flow.gap(0.3 * flow.edition.body.leading)
        flow.write(
            _("Dấu niêm của tệp mô hình (SHA-256): {seal}").format(seal=value.seal), flow.edition.small
        )
    flow.gap(0.4 * flow.edition.body.leading)
    papers.sign(flow, [Signer(_("Người lập")), Signer(_("Đại diện đơn vị"))])
    return paper.done()


def _heading(flow: Flow, title: str) -> None:
    flow.gap(0.5 * flow.edition.body.leading)
    flow.heading(title, 2 * flow.edition.body.leading)


def _part(flow: Flow, title: str, lines: list[str]) -> None:
    _heading(flow, title)
    for text in lines:
        flow.write(text)


def _cost(value: ModelSheet, options: PaperOptions) -> list[str]:
    if not value.cost:
        return [_("Chưa tính.")]
    lines = [
        _("{amount} mỗi hộ ({words}).").format(
            amount=show_dong(value.cost), words=in_words(value.cost, options.words).lower()
        )
    ]
    if value.cost_households:
        lines.append(_("Tính trên {n} hộ.").format(n=show_number(value.cost_households)))
    return [*lines, *value.cost_basis.splitlines()]


def _courses(value: ModelSheet) -> papers.Laid:
    columns = [
        Column(_("Mã"), "tight", 46, key=True),
        Column(_("Khóa học"), "text", 130, key=True),
        Column(_("Mô-đun"), "text", 90),
        Column(_("Số giờ"), "money", 40),
    ]
    rows = [Row((one.code, one.title, ", ".join(one.modules), _hours(one.minutes))) for one in value.courses]
    total = ("", _("Cộng"), "", _hours(sum(one.minutes for one in value.courses)))
    if rows:
        rows.append(Row(total, bold=True, shade=True, keep=True))
    return papers.Laid(columns, rows, Look(_("4. Bộ khóa học"), empty=_("Không kèm khóa học.")))


def _hours(minutes: int) -> str:
    whole, rest = divmod(minutes, HOUR)
    return show_number(whole) if not rest else f"{show_number(whole)},{round(rest * 10 / HOUR)}"


def _checklist(value: ModelSheet, *, large: bool) -> papers.Laid:
    columns = [
        Column(_("STT"), "centre", 18, key=True),
        Column(_("Việc phải làm"), "text", 200, key=True),
        Column(_("Ngày xong"), "write", 70),
        Column(_("Người làm, ghi chú"), "write", 100),
    ]
    rows = [Row((str(place), text, "", "")) for place, text in enumerate(value.checklist, 1)]
    look = Look(_("6. Danh sách việc khi áp dụng"), grid=True, row_height=34 if large else 22)
    return papers.Laid(columns, rows, look)


def _places(value: ModelSheet) -> papers.Laid:
    columns = [
        Column(_("Nơi áp dụng"), "text", 110, key=True),
        Column(_("Xã, phường"), "text", 90),
        Column(_("Từ ngày"), "tight", 52),
        Column(_("Việc xong"), "centre", 36),
        Column(_("Tình trạng"), "tight", 60),
        Column(_("Dự án cho"), "centre", 36),
        Column(_("Nhân rộng"), "centre", 36),
    ]
    rows = [
        Row(
            (
                one.place,
                one.commune,
                show_day(one.adopted_on),
                one.progress,
                one.state,
                _("có") if one.transfer else _("không"),
                _("có") if one.replicated else _("chưa"),
            )
        )
        for one in value.places
    ]
    return papers.Laid(columns, rows, Look(_("8. Nơi đã áp dụng"), empty=_("Chưa nơi nào áp dụng.")))


REPORT = Report("model-sheet", N_("Bản mô tả mô hình"), ModelSheet, render)
