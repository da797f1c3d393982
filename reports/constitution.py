"""Quy chế hoạt động nhóm: what a group agreed on, in articles, signed by its officers and every member."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.kit import papers
from reports.kit.columns import Column, Row
from reports.kit.page import Flow, Frame
from reports.kit.report import PLAIN, PaperOptions, Report, in_its_language
from reports.kit.tables import Look
from reports.kit.values import GroupBlock, Organisation, PrintMark, Signer
from resources.lang.dates import show_day, show_day_long
from resources.lang.messages import N_, _


@dataclass(frozen=True, slots=True)
class ConstitutionArticle:
    """One article: its title and its clauses, numbered when there are several."""

    title: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signatory:
    """A member of the list that is signed: `office` is the name of an office held, "" for none."""

    name: str
    code: str
    office: str = ""


@dataclass(frozen=True, slots=True)
class Constitution:
    """Everything the document prints. `number` counts the group's versions; `changes` says what this one changed.

    `agreed_on` None: how it was agreed is written in by hand. `until` is the day from which another one holds.
    """

    organisation: Organisation
    group: GroupBlock
    number: int
    valid_from: date
    articles: tuple[ConstitutionArticle, ...]
    members: tuple[Signatory, ...]
    mark: PrintMark
    until: date | None = None
    agreed_on: date | None = None
    minutes: int | None = None
    present: int = 0
    in_favour: int = 0
    reason: str = ""
    changes: tuple[str, ...] = ()
    place: str = ""
    chair: str = ""
    secretary: str = ""
    large_print: bool = False


@in_its_language
def render(value: Constitution, options: PaperOptions = PLAIN) -> bytes:
    """Return the constitution as a PDF."""
    day = show_day(value.valid_from)
    frame = Frame(
        title=_("Quy chế hoạt động nhóm"),
        organisation=value.organisation,
        group=value.group,
        mark=value.mark,
        subtitle=_("{group} · bản số {number}, áp dụng từ ngày {day}").format(
            group=value.group.name, number=value.number, day=day
        ),
        running=value.group.name,
        national=True,
        number_line=_("Số: {number}").format(number=value.mark.number) if value.mark.number else "",
        dated=papers.dated(value.place, value.agreed_on or value.valid_from),
    )
    paper = papers.begin(frame, value.group.name, options, large_print=value.large_print)
    flow = paper.flow
    flow.write(_agreed(value))
    if value.until is not None:
        text = _("Bản này có hiệu lực đến trước ngày {day}; từ ngày đó áp dụng bản sau.")
        flow.write(text.format(day=show_day(value.until)), flow.edition.body.italic)
    for number, article in enumerate(value.articles, 1):
        _article(flow, number, article)
    last = len(value.articles) + 1
    closing = _(
        "Quy chế có hiệu lực từ {day}. Mỗi thành viên được đọc hoặc được nghe đọc toàn văn trước khi ký."
    )
    _article(
        flow,
        last,
        ConstitutionArticle(_("Hiệu lực"), (closing.format(day=show_day_long(value.valid_from)),)),
    )
    if value.changes:
        _changes(flow, value)
    flow.gap(0.6 * flow.edition.body.leading)
    papers.draw_laid(flow, _members(value, large=flow.edition.large))
    flow.gap(0.4 * flow.edition.body.leading)
    papers.sign(flow, [Signer(_("Thư ký"), value.secretary), Signer(_("Tổ trưởng"), value.chair)])
    return paper.done()


def _agreed(value: Constitution) -> str:
    if value.agreed_on is None:
        return _(
            "Các thành viên {group} đã bàn bạc và thông qua quy chế này tại buổi họp ngày …/…/……, "
            "với …… người dự họp, …… người tán thành."
        ).format(group=value.group.name)
    day = show_day_long(value.agreed_on)
    if value.minutes is not None:
        day = _("{day} (biên bản kỳ họp {number})").format(day=day, number=value.minutes)
    return _(
        "Các thành viên {group} đã bàn bạc và thông qua quy chế này tại buổi họp {day}, "
        "với {present} người dự họp, {in_favour} người tán thành."
    ).format(group=value.group.name, day=day, present=value.present, in_favour=value.in_favour)


def _article(flow: Flow, number: int, article: ConstitutionArticle) -> None:
    flow.gap(0.4 * flow.edition.body.leading)
    flow.heading(
        _("Điều {number}. {title}").format(number=number, title=article.title), 2 * flow.edition.body.leading
    )
    many = len(article.clauses) > 1
    for place, text in enumerate(article.clauses, 1):
        flow.write(f"{place}. {text}" if many else text, indent=0)
        flow.gap(0.12 * flow.edition.body.leading)


def _changes(flow: Flow, value: Constitution) -> None:
    flow.gap(0.4 * flow.edition.body.leading)
    flow.heading(_("Những điểm sửa đổi so với bản trước"), 2 * flow.edition.body.leading)
    if value.reason:
        flow.write(_("Lý do: {reason}").format(reason=value.reason), flow.edition.body.italic)
    for text in value.changes:
        flow.write(f"– {text}")


def _members(value: Constitution, *, large: bool) -> papers.Laid:
    columns = [Column(_("STT"), "centre", 18, key=True)]
    columns += [] if large else [Column(_("Mã"), "tight", 46)]
    columns += [
        Column(_("Họ và tên"), "text", 110, key=True),
        Column(_("Chức vụ"), "text", 70),
        Column(_("Ký hoặc điểm chỉ"), "write", 100),
    ]
    rows = [
        Row((str(place), *([] if large else [one.code]), one.name, one.office, ""))
        for place, one in enumerate(value.members, 1)
    ]
    look = Look(
        _("Các thành viên cùng ký"),
        grid=True,
        row_height=36 if large else 26,
        empty=_("Nhóm chưa có thành viên."),
    )
    return papers.Laid(columns, rows, look)


REPORT = Report("constitution", N_("Quy chế hoạt động nhóm"), Constitution, render)
