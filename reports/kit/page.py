"""The one frame of every page, and the flow that fills it from top to bottom.

A `Document` is the file. A `Flow` lays out one paper in it: pages are kept until the paper is complete, because
each page says "page x of y". Two heads exist and are never mixed: papers of account carry organisation and
address; letter-like papers carry the national title and motto (Decree 30/2020).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import BinaryIO, Literal

from reportlab.pdfgen.canvas import Canvas

from reports.kit import fonts, qr
from reports.kit.ink import FastPage, Page, PlainPage, Runs, TaggedPage, fast_possible
from reports.kit.styles import HAIR, MM, RULE, Edition, Sheet, Style
from reports.kit.tags import Tags
from reports.kit.text import clean, lines_of, wrap
from reports.kit.values import GroupBlock, Organisation, PrintMark
from resources.lang.dates import show_instant
from resources.lang.messages import _, language

_QR_SIDE = 24 * MM


class Document:
    """A PDF being written to `out`: metadata, fonts, bookmarks. `produced` is the time it claims to be from.

    `tagged` names the parts of the paper for people who listen to it; it needs the fast path, and is too much for
    long batches.
    """

    def __init__(
        self,
        out: BinaryIO | str,
        *,
        title: str,
        author: str,
        subject: str,
        produced: datetime,
        fast: bool = True,
        tagged: bool = False,
    ) -> None:
        fonts.register()
        self._canvas = Canvas(
            out,
            pageCompression=1,
            invariant=1,
            initialFontName=fonts.REGULAR,
            lang="vi-VN" if language() == "vi" else "en",
            pdfVersion=(1, 5),
        )
        self._canvas.setTitle(clean(title))
        self._canvas.setAuthor(clean(author))
        self._canvas.setSubject(clean(subject))
        self._canvas.setCreator("Sổ Nhóm")
        self._canvas.setViewerPreference("DisplayDocTitle", "true")
        stamp = produced.strftime("D:%Y%m%d%H%M%S") + (produced.strftime("%z") or "Z").replace("+0000", "Z")
        self._canvas.setDateFormatter(
            lambda *_parts: stamp[:22] if stamp.endswith("Z") else f"{stamp[:-2]}'{stamp[-2:]}'"
        )
        self._runs = Runs(self._canvas) if fast and fast_possible(self._canvas) else None
        self.tags = Tags()
        self._tagged: list[TaggedPage] | None = [] if tagged and self._runs is not None else None
        self.pages = 0
        self._marks = 0

    @property
    def tagged(self) -> bool:
        """Whether the parts of the paper are named."""
        return self._tagged is not None

    def new_page(self, sheet: Sheet, *, scratch: bool = False) -> Page:
        """Return an empty page; it joins the file at `put`. A `scratch` page is only for measuring."""
        size = (sheet.wide, sheet.high)
        if self._runs is None or scratch:
            return PlainPage(size)
        if self._tagged is not None:
            return TaggedPage(size, self._runs, self.tags)
        return FastPage(size, self._runs)

    def mark(self, title: str, level: int = 0) -> None:
        """Set a bookmark to the page that is put next; nothing without a title."""
        if not title:
            return
        self._marks += 1
        key = f"m{self._marks}"
        self._canvas.bookmarkPage(key)
        self._canvas.addOutlineEntry(clean(title), key, level)
        if self._marks == 1:
            self._canvas.showOutline()

    def put(self, pages: Sequence[Page], bookmark: str = "", level: int = 0) -> None:
        """Append complete pages, with a bookmark to the first of them."""
        self.mark(bookmark, level)
        for page in pages:
            page.put(self._canvas)
            if self._tagged is not None and isinstance(page, TaggedPage):
                self._tagged.append(page)
        self.pages += len(pages)

    def save(self) -> None:
        """Write the file. A document needs at least one page."""
        if self._tagged is not None:
            self.tags.install(self._canvas._doc, {page: page.nodes for page in self._tagged})
        self._canvas.save()


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the blocks of a paper on all its pages.

    `running` names the subject on following pages ("Nguyễn Thị Hòa · TV-012"). `form` is the code of the form
    ("Mẫu số S07"). `number_line` ("Số: 05/BB-TVSL") and `dated` ("Tân Hưng, ngày …") belong to the national
    head only.
    """

    title: str
    organisation: Organisation
    group: GroupBlock
    mark: PrintMark
    subtitle: str = ""
    running: str = ""
    form: str = ""
    national: bool = False
    number_line: str = ""
    dated: str = ""


class Area:
    """A part of one page that is filled from top to bottom; `y` is the top of what comes next."""

    def __init__(self, page: Page, sheet: Sheet, edition: Edition) -> None:
        self.page = page
        self.sheet = sheet
        self.edition = edition
        self.y = sheet.high - sheet.top

    def need(self, height: float) -> None:
        """Make sure that `height` points are free below; an area of one page has what it has."""

    @property
    def left_over(self) -> float:
        """The height still free on this page."""
        return self.y - self.sheet.bottom

    def gap(self, height: float) -> None:
        """Leave white space; none at the foot of a page."""
        self.y = max(self.sheet.bottom, self.y - height)

    def write(
        self,
        text: str,
        style: Style | None = None,
        *,
        align: str = "left",
        indent: float = 0,
        first: float = 0,
    ) -> None:
        """Write a paragraph, broken over lines and pages. `indent` and `first` are points from the left margin."""
        style = style or self.edition.body
        for line in lines_of(text):
            self.page.tags.begin("P")
            pieces = wrap(line, style.face, style.size, self.sheet.room - indent, first)
            for number, piece in enumerate(pieces):
                self.need(style.leading)
                self.line(piece, style, align=align, indent=indent + (0 if number else first))

    def line(self, text: str, style: Style, *, align: str = "left", indent: float = 0) -> None:
        """Write one line that is known to fit, and move below it."""
        base = baseline(self.y, style)
        if align == "right":
            self.page.right(self.sheet.end, base, style.face, style.size, text)
        elif align == "centre":
            middle = self.sheet.left + indent + (self.sheet.room - indent) / 2
            self.page.centred(middle, base, style.face, style.size, text)
        else:
            self.page.text(self.sheet.left + indent, base, style.face, style.size, text)
        self.y -= style.leading

    def heading(self, text: str, room_below: float = 60) -> None:
        """Write the title of a section, on the same page as what follows."""
        style = self.edition.heading
        lines = wrap(text, style.face, style.size, self.sheet.room)
        self.need(len(lines) * style.leading + room_below)
        self.page.tags.begin("H2")
        for line in lines:
            self.line(line, style)
        self.gap(style.size * 0.15)

    def fields(self, pairs: Sequence[tuple[str, str]], columns: Literal[1, 2] = 2) -> None:
        """Write labels and values side by side; empty values are left out, so are columns in large print."""
        shown = [(label, value) for label, value in pairs if value.strip()]
        if self.edition.large:
            columns = 1
        if not shown:
            return
        style = self.edition.body
        starts = (0.0, self.sheet.room * 0.6, self.sheet.room) if columns == 2 else (0.0, self.sheet.room)
        labels = [
            max(
                (fonts.width(clean(label), style.face, style.size) for label, _v in shown[column::columns]),
                default=0,
            )
            for column in range(columns)
        ]
        for start in range(0, len(shown), columns):
            cells = []
            for column, (label, value) in enumerate(shown[start : start + columns]):
                wide = starts[column + 1] - starts[column]
                inset = min(labels[column] + style.size * 0.6, wide / 2)
                cells.append(
                    (starts[column], label, inset, wrap(value, fonts.BOLD, style.size, wide - inset - 6))
                )
            high = max(len(lines) for *_rest, lines in cells) * style.leading
            self.need(high)
            for x, label, inset, shown_value in cells:
                x += self.sheet.left
                self.page.tags.begin("P")
                self.page.text(x, baseline(self.y, style), style.face, style.size, label)
                for number, piece in enumerate(shown_value):
                    base = baseline(self.y - number * style.leading, style)
                    self.page.text(x + inset, base, fonts.BOLD, style.size, piece)
            self.y -= high


class Flow(Area):
    """Lays out one paper over as many pages as it takes, and keeps what repeats on each."""

    def __init__(self, document: Document, sheet: Sheet, edition: Edition, frame: Frame) -> None:
        foot = _foot_lines(frame, sheet, edition)
        high = 8 * MM + (len(foot) + 0.6) * edition.small.leading
        sheet = replace(sheet, bottom=max(sheet.bottom, high))
        super().__init__(document.new_page(sheet), sheet, edition)
        self.document = document
        self.frame = frame
        self.foot = foot
        self.pages = [self.page]
        document.tags.section()
        if frame.national:
            _national_head(self)
        else:
            _account_head(self)
        _title(self)

    def turn(self) -> None:
        """Go on on a new page, under the running head."""
        going_on = self.document.tags.current
        self.page = self.document.new_page(self.sheet)
        self.pages.append(self.page)
        self.y = self.sheet.high - self.sheet.top
        self.document.tags.skip()
        _running_head(self)
        self.document.tags.current = going_on

    def need(self, height: float) -> None:
        """Turn the page if `height` points do not fit on this one."""
        if self.y - height < self.sheet.bottom:
            self.turn()

    def finish(self, bookmark: str = "", level: int = 0) -> None:
        """Write the footers, now that the number of pages is known, and put the paper into the document."""
        self.document.tags.skip()
        for number, page in enumerate(self.pages, start=1):
            _footer(self, page, number)
        self.document.put(self.pages, bookmark, level)


def baseline(top: float, style: Style) -> float:
    """Return the baseline of a line of text whose upper edge is `top`: capitals in the middle of the line."""
    return top - (style.leading + 0.72 * style.size) / 2


def group_name(group: GroupBlock) -> str:
    """Return the group as heads name it: "Tổ Sen Hồng (N-01)"."""
    return f"{group.name} ({group.code})" if group.code else group.name


def group_place(group: GroupBlock) -> str:
    """Return where the group is, small to large."""
    return ", ".join(part for part in (group.hamlet, group.commune) if part)


def print_count(mark: PrintMark) -> str:
    """Return "Bản in lần 2", or nothing where prints are not counted."""
    return _("Bản in lần {count}").format(count=mark.count) if mark.count else ""


def _account_head(flow: Flow) -> None:
    """Draw the head of papers of account: who issues on the left; form, number, code on the right."""
    frame, sheet, style, small = flow.frame, flow.sheet, flow.edition.body, flow.edition.small
    organisation, mark = frame.organisation, frame.mark
    top, edge = flow.y, sheet.end
    if mark.qr:
        quiet = qr.quiet(mark.qr, _QR_SIDE)
        qr.draw(flow.page, mark.qr, edge - _QR_SIDE + quiet, top - _QR_SIDE + quiet, _QR_SIDE)
        edge -= _QR_SIDE - quiet
    right = [(line, small) for line in (frame.form,) if line]
    if mark.number:
        right.append((_("Số: {number}").format(number=mark.number), small.bold))
    right += [(line, small) for line in (print_count(mark), *_checks(mark)) if line]
    taken = max((fonts.width(clean(text), kind.face, kind.size) for text, kind in right), default=0)
    room = max(edge - sheet.left - taken - 14, sheet.room * 0.35)
    left = [(organisation.name.upper() if not flow.edition.large else organisation.name, style.bold)]
    left += [(organisation.address, small)]
    left += [(_("Điện thoại: {phone}").format(phone=organisation.phone), small)] if organisation.phone else []
    left += [(group_name(frame.group), style.bold), (group_place(frame.group), small)]
    low = _column(flow, left, room, top)
    y = top
    for text, kind in right:
        flow.page.tags.begin("P")
        flow.page.right(edge, baseline(y, kind), kind.face, kind.size, text)
        y -= kind.leading
    flow.y = min(low, y, top - (_QR_SIDE - 4 * MM if mark.qr else 0)) - 0.4 * style.leading


def _checks(mark: PrintMark) -> list[str]:
    """Return the lines that a reader without a phone compares with the book."""
    lines = []
    if mark.check_code:
        lines.append(_("Mã kiểm tra: {code}").format(code=mark.check_code))
    if mark.ledger_position:
        lines.append(_("Vị trí sổ: {position}").format(position=mark.ledger_position))
    return lines


def _column(flow: Flow, parts: list[tuple[str, Style]], room: float, top: float) -> float:
    """Write wrapped texts below each other at the left margin; return where they end."""
    for text, style in parts:
        flow.page.tags.begin("P")
        for line in wrap(text, style.face, style.size, room) if text else ():
            flow.page.text(flow.sheet.left, baseline(top, style), style.face, style.size, line)
            top -= style.leading
    return top


def _national_head(flow: Flow) -> None:
    """Draw the head of letter-like papers: issuer left, national title and motto right (Decree 30/2020).

    Large print has no room for both beside each other: the national title comes first, the issuer below it.
    """
    sheet, body, top = flow.sheet, flow.edition.body, flow.y
    if flow.edition.large:
        middle = sheet.left + sheet.room / 2
        low = _nation(flow, middle, sheet.room, top)
        flow.y = _issuer(flow, middle, sheet.room, low - 0.4 * body.leading) - 0.3 * body.leading
        return
    right = min(fonts.width(_nation_text(), fonts.BOLD, body.size) + 4, sheet.room * 0.62)
    left = sheet.room - right - 8
    low = _issuer(flow, sheet.left + left / 2, left, top)
    flow.y = min(low, _nation(flow, sheet.end - right / 2, right, top)) - 0.5 * body.leading


def _nation_text() -> str:
    return _("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")


def _nation(flow: Flow, middle: float, room: float, y: float) -> float:
    """Write national title and motto with its rule, and the place and date; return the lower end."""
    body, motto = flow.edition.body, _("Độc lập - Tự do - Hạnh phúc")
    y = _centred(flow, _nation_text(), body.bold, middle, room, y)
    y = _centred(flow, motto, body.bold, middle, room, y)
    half = fonts.width(motto, fonts.BOLD, body.size) / 2
    flow.page.line(middle - half, y - 2, middle + half, y - 2, RULE)
    return _centred(flow, flow.frame.dated, body.italic, middle, room, y - 6)


def _issuer(flow: Flow, middle: float, room: float, y: float) -> float:
    """Write who issues the paper, with the body above it, and the paper's number; return the lower end."""
    frame, body = flow.frame, flow.edition.body
    superior = frame.organisation.superior or frame.organisation.name
    issuer = frame.organisation.name if frame.organisation.superior else frame.group.name
    y = _centred(flow, superior.upper(), flow.edition.small, middle, room, y)
    y = _centred(flow, issuer.upper(), body.bold, middle, room, y)
    wide = min(room, 200) / 5
    flow.page.line(middle - wide, y - 2, middle + wide, y - 2, RULE)
    return _centred(flow, frame.number_line, body, middle, room, y - 6)


def _centred(flow: Flow, text: str, style: Style, middle: float, room: float, y: float) -> float:
    """Write a wrapped text around `middle`; return where it ends."""
    flow.page.tags.begin("P")
    for line in wrap(text, style.face, style.size, room) if text else ():
        flow.page.centred(middle, baseline(y, style), style.face, style.size, line)
        y -= style.leading
    return y


def _title(flow: Flow) -> None:
    """Write title and subtitle in the middle; letter-like papers carry their code beside it."""
    style, under = flow.edition.title, flow.edition.body
    flow.gap(0.2 * style.leading)
    beside, low = _beside_title(flow) if flow.frame.national else (0.0, flow.y)
    if flow.edition.large and beside:  # large letters have no room beside each other
        beside, flow.y = 0.0, low
    room = flow.sheet.room - 2 * beside
    flow.page.tags.begin("H1")
    for line in wrap(flow.frame.title.upper(), style.face, style.size, room):
        flow.line(line, style, align="centre")
    if flow.frame.subtitle:
        flow.page.tags.begin("P")
        for line in wrap(flow.frame.subtitle, under.face, under.size, room):
            flow.line(line, under, align="centre")
    flow.y = min(flow.y, low)
    flow.gap(0.6 * under.leading)


def _beside_title(flow: Flow) -> tuple[float, float]:
    """Draw QR code (right) and check lines (left) beside the title; return the width taken and the lower end."""
    mark, small, y = flow.frame.mark, flow.edition.small, flow.y
    taken = 0.0
    for text in (print_count(mark), *_checks(mark)):
        if text:
            flow.page.tags.begin("P")
            flow.page.text(flow.sheet.left, baseline(y, small), small.face, small.size, text)
            taken = max(taken, fonts.width(clean(text), small.face, small.size) + 8)
            y -= small.leading
    if not mark.qr:
        return taken, y
    quiet = qr.quiet(mark.qr, _QR_SIDE)
    qr.draw(flow.page, mark.qr, flow.sheet.end - _QR_SIDE + quiet, flow.y - _QR_SIDE + quiet, _QR_SIDE)
    return max(taken, _QR_SIDE), min(y, flow.y - _QR_SIDE + 2 * quiet)


def _running_head(flow: Flow) -> None:
    """Say on a following page what it belongs to."""
    frame, style = flow.frame, flow.edition.small
    label = _("(tiếp theo)")
    name = " · ".join(part for part in (frame.title, frame.running) if part)
    right = fonts.width(label, fonts.ITALIC, style.size)
    lines = wrap(name, fonts.BOLD, style.size, flow.sheet.room - right - 10)
    flow.page.right(flow.sheet.end, baseline(flow.y, style), fonts.ITALIC, style.size, label)
    for line in lines:
        flow.line(line, style.bold)
    flow.page.line(flow.sheet.left, flow.y - 2, flow.sheet.end, flow.y - 2, HAIR)
    flow.gap(0.7 * style.leading)


def _foot_lines(frame: Frame, sheet: Sheet, edition: Edition) -> tuple[str, ...]:
    """Return what the foot of every page says on its left: when and by whom it was printed, which print."""
    style, mark = edition.small, frame.mark
    printed = _("In lúc {when}, người in: {who}").format(
        when=show_instant(mark.printed_at), who=mark.printed_by
    )
    identity = " · ".join(part for part in (mark.number, print_count(mark)) if part)
    room = sheet.room - fonts.width(_page_counter(88, 88), style.face, style.size) - 12
    whole = f"{printed} · {identity}" if identity else printed
    if fonts.width(clean(whole), style.face, style.size) <= room:
        return (whole,)
    lines = wrap(printed, style.face, style.size, room)
    return (*lines, *wrap(identity, style.face, style.size, room)) if identity else lines


def _page_counter(number: int, count: int) -> str:
    return _("Trang {number}/{count}").format(number=number, count=count)


def _footer(flow: Flow, page: Page, number: int) -> None:
    """Write the foot of one page, with page x of y on the right."""
    sheet, style = flow.sheet, flow.edition.small
    top = sheet.bottom - 0.4 * style.leading
    page.line(sheet.left, top, sheet.end, top, HAIR)
    counter = _page_counter(number, len(flow.pages))
    page.right(sheet.end, baseline(top, style), style.face, style.size, counter)
    for line in flow.foot:
        page.text(sheet.left, baseline(top, style), style.face, style.size, line)
        top -= style.leading
