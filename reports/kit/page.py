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

from reports.kit import fonts, heads, lonely
from reports.kit.ink import FastPage, Page, PlainPage, Runs, TaggedPage, fast_possible
from reports.kit.styles import MM, Edition, Sheet, Style, baseline
from reports.kit.tags import SILENT, Tags
from reports.kit.text import clean, lines_of, wrap
from reports.kit.values import GroupBlock, Organisation, PrintMark
from resources.lang.messages import language

_COMPANY = 4
"""Lines that go over to signatures which would stand alone."""


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
        self._tagged: list[TaggedPage] | None = [] if tagged and self._runs is not None else None
        self.tags = SILENT if self._tagged is None else Tags()
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
        # A heading with no line below it is of no use; in large print lines are taller.
        self.need(len(lines) * style.leading + max(room_below, 5 * self.edition.body.leading))
        self.page.tags.begin("H2")
        for line in lines:
            self.line(line, style)
        self.gap(style.size * 0.15)

    def section(self, title: str, lines: float = 5, gap: float = 0.5) -> None:
        """Begin a part of a paper: its title after `gap` lines, on the same page as the `lines` that follow."""
        self.gap(gap * self.edition.body.leading)
        self.heading(title, lines * self.edition.body.leading)

    def label_width(self, pairs: Sequence[tuple[str, str]]) -> float:
        """Return the width of the longest label that has a value."""
        style = self.edition.body
        shown = (fonts.width(clean(label), style.face, style.size) for label, value in pairs if value.strip())
        return max(shown, default=0)

    def _room_for_two(self, pairs: Sequence[tuple[str, str]]) -> bool:
        """Tell whether two labels and their values have room side by side, as on a page that lies across."""
        return self.sheet.wide > self.sheet.high and self.label_width(pairs) < self.sheet.room * 0.2

    def fields(
        self, pairs: Sequence[tuple[str, str]], columns: Literal[1, 2] = 2, *, least: float = 0
    ) -> None:
        """Write labels and values side by side; empty values are left out. Large print has two columns only where
        they have room beside each other.

        `least` points are kept for the labels on the left, so that several blocks line up.
        """
        shown = [(label, value) for label, value in pairs if value.strip()]
        if self.edition.large and not self._room_for_two(shown):
            columns = 1
        if not shown:
            return
        style = self.edition.body
        starts = (0.0, self.sheet.room * 0.6, self.sheet.room) if columns == 2 else (0.0, self.sheet.room)
        labels = [self.label_width(shown[column::columns]) for column in range(columns)]
        labels[0] = max(labels[0], least)
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
        foot = heads.foot_lines(frame, sheet, edition)
        high = 8 * MM + (len(foot) + 0.6) * edition.small.leading
        sheet = replace(sheet, bottom=max(sheet.bottom, high))
        self._layout = lonely.current()
        self._layout.papers += 1
        self._number = self._layout.papers
        self._whole = sheet
        super().__init__(document.new_page(sheet), self._sheet(1), edition)
        self.document = document
        self.frame = frame
        self.foot = foot
        self.pages = [self.page]
        document.tags.section()
        if frame.national:
            heads.national_head(self)
        else:
            heads.account_head(self)
        heads.title(self)

    def turn(self) -> None:
        """Go on on a new page, under the running head."""
        going_on = self.document.tags.current
        self.page = self.document.new_page(self._whole)
        self.pages.append(self.page)
        self.sheet = self._sheet(len(self.pages))
        self.y = self.sheet.high - self.sheet.top
        self.document.tags.skip()
        heads.running_head(self)
        self.document.tags.current = going_on

    def need(self, height: float) -> None:
        """Turn the page if `height` points do not fit on this one."""
        if self.y - height < self.sheet.bottom:
            self.turn()

    def signatures_turn(self) -> None:
        """Note that the signatures that come now do not fit: what stands last on this page goes with them."""
        place = (self._number, len(self.pages))
        self._layout.lonely[place] = self.y + _COMPANY * self.edition.body.leading

    def _sheet(self, page: int) -> Sheet:
        """Return the sheet of a page, which ends earlier where its last lines go with the signatures."""
        return replace(self._whole, bottom=self._layout.ends.get((self._number, page), self._whole.bottom))

    def finish(self, bookmark: str = "", level: int = 0) -> None:
        """Write the footers, now that the number of pages is known, and put the paper into the document."""
        self.document.tags.skip()
        self.sheet = self._whole
        for number, page in enumerate(self.pages, start=1):
            heads.footer(self, page, number)
        self.document.put(self.pages, bookmark, level)
