"""Giấy chứng nhận: who completed which course, on a landscape sheet with a frame, one for each person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from reports.kit import fonts, papers, qr
from reports.kit.ink import Page
from reports.kit.page import Area, Document
from reports.kit.report import PLAIN, PaperOptions, Report, in_its_language
from reports.kit.styles import A4, HAIR, LARGE, LETTER, MM, RULE, Edition, Sheet, Style, baseline
from reports.kit.text import clean, wrap
from reports.kit.values import Organisation, PrintMark
from resources.lang.dates import show_day, show_instant
from resources.lang.messages import N_, _

_QR_SIDE = 24 * MM
_EDGE = 9 * MM
"""From the edge of the sheet to the outer frame."""
_FLOURISH = 9 * MM
_STEPS = 4
"""In how many steps long texts are drawn together until they end above the signature."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """One certificate. `born` is a day or a year; `ends` the day of completion; hours and score as texts.

    A `mark` counted more than once says that the sheet is a copy.
    """

    mark: PrintMark
    number: str
    name: str
    sex: str
    born: date | int | None
    person_code: str
    course: str
    hours: str
    attended: str
    starts: date
    ends: date
    issued: date
    modules: tuple[str, ...] = ()
    score: str = ""
    place: str = ""
    issued_at: str = ""
    signer: str = ""
    office: str = ""
    large_print: bool = False


@dataclass(frozen=True, slots=True)
class Certificates:
    """The certificates of a class (or some of them), to print one after another."""

    organisation: Organisation
    certificates: tuple[Certificate, ...]


@in_its_language
def render(value: Certificates, options: PaperOptions = PLAIN) -> bytes:
    """Return the certificates as a PDF, a landscape page for each. Raises ValueError without any."""
    if not value.certificates:
        raise ValueError("a file needs at least one certificate")
    out = BytesIO()
    single = len(value.certificates) == 1
    first = value.certificates[0]
    document = Document(
        out,
        title=_("Giấy chứng nhận") + (f" – {first.name}" if single else f" – {first.course}"),
        author=value.organisation.name,
        subject=first.course,
        produced=first.mark.printed_at,
        fast=options.fast,
        tagged=single if options.tagged is None else options.tagged,
    )
    for one in value.certificates:
        document.tags.section()
        page = _draw(document, value.organisation, one, options)
        document.put([page], "" if single else one.name)
    document.save()
    return out.getvalue()


def _draw(document: Document, organisation: Organisation, one: Certificate, options: PaperOptions) -> Page:
    wished = one.large_print if options.large_print is None else options.large_print
    edition = LARGE if wished else LETTER
    wide, high = A4[::-1]
    side, upper = (18 * MM, 15 * MM) if wished else (24 * MM, 19 * MM)
    sheet = Sheet(wide, high, side, side, upper, (17 if wished else 20) * MM)
    squeeze = next(
        (step for step in range(_STEPS) if _fits(document.new_page(sheet, scratch=True), sheet, edition, organisation, one, step)),
        _STEPS,
    )  # fmt: skip
    area = Area(document.new_page(sheet), sheet, edition)
    _frame(area.page, sheet)
    _head(area, organisation)
    _body(area, one, squeeze)
    _foot(area, one)
    return area.page


def _fits(
    page: Page, sheet: Sheet, edition: Edition, organisation: Organisation, one: Certificate, squeeze: int
) -> bool:
    """Tell whether the texts end above the signature when they are drawn together by so many steps."""
    area = Area(page, sheet, edition)
    _head(area, organisation)
    _body(area, one, squeeze)
    return area.y >= sheet.bottom + _Foot(area, one).high


def _frame(page: Page, sheet: Sheet) -> None:
    """Draw a double frame with small squares set into its corners."""
    wide, high = sheet.wide - 2 * _EDGE, sheet.high - 2 * _EDGE
    page.box(_EDGE, _EDGE, wide, high, 2.2)
    inset = 1.6 * MM
    page.box(_EDGE + inset, _EDGE + inset, wide - 2 * inset, high - 2 * inset, HAIR)
    for x, way_x in ((_EDGE + inset, 1), (sheet.wide - _EDGE - inset, -1)):
        for y, way_y in ((_EDGE + inset, 1), (sheet.high - _EDGE - inset, -1)):
            for step, thick in ((2.4 * MM, RULE), (4.2 * MM, HAIR)):
                arm = _FLOURISH - step / 2
                page.line(
                    x + way_x * step, y + way_y * step, x + way_x * (step + arm), y + way_y * step, thick
                )
                page.line(
                    x + way_x * step, y + way_y * step, x + way_x * step, y + way_y * (step + arm), thick
                )


def _head(area: Area, organisation: Organisation) -> None:
    """Write the national title and motto, and who issues the paper, in the middle."""
    body, small = area.edition.body, area.edition.small
    area.page.tags.begin("P")
    area.line(_("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), body.bold, align="centre")
    motto = _("Độc lập - Tự do - Hạnh phúc")
    area.line(motto, body.bold, align="centre")
    half = fonts.width(motto, fonts.BOLD, body.size) / 2
    middle = area.sheet.wide / 2
    area.page.line(middle - half, area.y - 1, middle + half, area.y - 1, RULE)
    area.gap(0.45 * body.leading)
    if organisation.superior and not area.edition.large:
        _lines(area, organisation.superior.upper(), small)
    _lines(area, organisation.name.upper(), body.bold)


def _body(area: Area, one: Certificate, squeeze: int) -> None:
    """Write the title, the person and the course. Each step of `squeeze` saves room: white space, then the
    distance between lines, then the words that only lead over, then the place.
    """
    edition = area.edition
    lead = Style(
        fonts.REGULAR,
        edition.body.size + (0 if edition.large else 2),
        edition.body.leading * (1.22 if squeeze < 2 else 0.95),
    )
    big = Style(fonts.BOLD, 30 if not edition.large else 28, 38 if not edition.large else 34)
    air = 0.0 if edition.large or squeeze else 0.5 * lead.leading
    area.gap(1.6 * air)
    area.page.tags.begin("H1")
    area.line(_("GIẤY CHỨNG NHẬN"), big, align="centre")
    area.gap(0.15 * lead.leading + air)
    if squeeze < 3:
        _lines(area, _("Chứng nhận"), lead.italic)
    name = Style(fonts.BOLD, 24, 35 if squeeze < 2 else 31)
    area.page.tags.begin("H2")
    title = _("Bà {name}") if one.sex == "F" else _("Ông {name}") if one.sex == "M" else "{name}"
    for line in wrap(title.format(name=one.name), name.face, name.size, area.sheet.room):
        area.line(line, name, align="centre")
    _lines(area, _who(one), lead if not edition.large else edition.body)
    area.gap(0.3 * lead.leading + air)
    _lines(area, _("đã hoàn thành khóa học"), lead.italic)
    course = Style(
        fonts.BOLD, edition.body.size + (7 if not edition.large else 3), (edition.body.size + 7) * 1.4
    )
    area.page.tags.begin("H2")
    for line in wrap(one.course, course.face, course.size, area.sheet.room):
        area.line(line, course, align="centre")
    if one.modules:
        _lines(area, "; ".join(one.modules), edition.body)
    _lines(area, _how(one, place=squeeze < 4), lead if not edition.large else edition.body)


def _who(one: Certificate) -> str:
    born = ""
    if isinstance(one.born, date):
        born = _("Sinh ngày {day}").format(day=show_day(one.born))
    elif one.born is not None:
        born = _("Sinh năm {year}").format(year=one.born)
    code = _("Mã số {code}").format(code=one.person_code)
    return " · ".join(part for part in (born, code) if part)


def _how(one: Certificate, *, place: bool) -> str:
    when = _("từ {starts} đến {ends}").format(starts=show_day(one.starts), ends=show_day(one.ends))
    if one.starts == one.ends:
        when = _("ngày {day}").format(day=show_day(one.ends))
    parts = [
        _("Thời lượng {hours} giờ, đã học {attended} giờ, {when}").format(
            hours=one.hours, attended=one.attended, when=when
        )
    ]
    if one.place and place:
        parts.append(_("tại {place}").format(place=one.place))
    text = " ".join(parts)
    return text + (_("; điểm kiểm tra {score}").format(score=one.score) if one.score else "") + "."


class _Foot:
    """The signature on the right, standing on the lower frame: measured before it is drawn."""

    def __init__(self, area: Area, one: Certificate) -> None:
        sheet, body, small = area.sheet, area.edition.body, area.edition.small
        self.half = sheet.room * 0.42
        self.dated = wrap(papers.dated(one.issued_at, one.issued), fonts.ITALIC, body.size, self.half)
        self.office = wrap(one.office.upper(), fonts.BOLD, body.size, self.half)
        self.signer = wrap(one.signer, fonts.BOLD, body.size, self.half)
        self.room = (12 if area.edition.large else 17) * MM
        lines = len(self.dated) + len(self.office) + len(self.signer)
        self.high = lines * body.leading + small.leading + self.room


def _foot(area: Area, one: Certificate) -> None:
    """Write number, code and copy on the left, the signature on the right."""
    foot, body = _Foot(area, one), area.edition.body
    middle = area.sheet.end - foot.half / 2
    y = _block(area, foot.dated, body.italic, middle, area.sheet.bottom + foot.high)
    y = _block(area, foot.office, body.bold, middle, y)
    y = _block(area, (_("(Ký, đóng dấu, ghi rõ họ tên)"),), area.edition.small.italic, middle, y)
    _block(area, foot.signer, body.bold, middle, y - foot.room)
    _mark(area, one, area.sheet.bottom)


def _mark(area: Area, one: Certificate, bottom: float) -> None:
    mark, small, sheet = one.mark, area.edition.small, area.sheet
    left = sheet.left
    if mark.qr:
        quiet = qr.quiet(mark.qr, _QR_SIDE)
        left += 2 * MM
        qr.draw(area.page, mark.qr, left - quiet, bottom - quiet, _QR_SIDE)
        left += _QR_SIDE
    lines = [(_("Số: {number}").format(number=one.number), small.bold)]
    if mark.check_code:
        lines.append((_("Mã kiểm tra: {code}").format(code=mark.check_code), small))
    if mark.count > 1:
        lines.append((_("BẢN SAO, in lần {count}").format(count=mark.count), small.bold))
    printed = _("In lúc {when}, người in: {who}")
    lines.append((printed.format(when=show_instant(mark.printed_at), who=mark.printed_by), small))
    room = sheet.room * 0.56 - (left - sheet.left)
    broken = [
        (piece, style) for text, style in lines for piece in wrap(clean(text), style.face, style.size, room)
    ]
    y = bottom + len(broken) * small.leading
    for piece, style in broken:
        area.page.tags.begin("P")
        area.page.text(left, baseline(y, style), style.face, style.size, piece)
        y -= style.leading


def _block(area: Area, lines: Sequence[str], style: Style, middle: float, y: float) -> float:
    area.page.tags.begin("P")
    for line in lines:
        area.page.centred(middle, baseline(y, style), style.face, style.size, line)
        y -= style.leading
    return y


def _lines(area: Area, text: str, style: Style) -> None:
    area.page.tags.begin("P")
    for line in wrap(text, style.face, style.size, area.sheet.room):
        area.line(line, style, align="centre")


REPORT = Report("training-certificate", N_("Giấy chứng nhận tập huấn"), Certificates, render)
