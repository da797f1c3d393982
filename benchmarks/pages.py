"""Pages of statements per second, against a bare reportlab canvas that draws the same text at the same places."""

from __future__ import annotations

import time
from io import BytesIO
from pathlib import Path
from statistics import median

import pypdfium2
from reportlab.pdfgen.canvas import Canvas

from benchmarks.measure import Line
from reports import samples
from reports.kit.fonts import REGULAR, register
from reports.member_statement import render_group

STATEMENTS = 60
TURNS = 7

Words = list[tuple[float, float, float, str]]
"""Left, baseline, size and text of each run on a page, in points."""


def run(_folder: Path) -> Line:
    """Render both ways in turn and compare pages per second."""
    values = [samples.statement(number) for number in range(STATEMENTS)]
    pages = _words_of(render_group(values))
    ours, theirs = [], []
    for turn in range(TURNS + 1):
        start = time.perf_counter()
        render_group(values)
        middle = time.perf_counter()
        _draw(pages)
        end = time.perf_counter()
        if turn:
            ours.append(len(pages) / (middle - start))
            theirs.append(len(pages) / (end - middle))
    return Line(
        "Statements as PDF / bare canvas, the same text",
        median(ours),
        median(theirs),
        2.5,
        "pages/s",
        f"{len(pages)} pages, {sum(map(len, pages)) // len(pages)} runs of text each",
        more_is_better=True,
    )


def _words_of(pdf: bytes) -> list[Words]:
    """Return the text runs of every page as they stand in the PDF."""
    found = []
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        text = page.get_textpage()
        runs: Words = []
        for place in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(place)
            said = text.get_text_bounded(left, bottom, right, top).strip()
            if said:
                runs.append((left, bottom, max(6.0, (top - bottom) * 1.2), said))
        found.append(runs)
    return found


def _draw(pages: list[Words]) -> bytes:
    register()
    out = BytesIO()
    canvas = Canvas(out, initialFontName=REGULAR, pageCompression=1)
    for runs in pages:
        for left, bottom, size, said in runs:
            canvas.setFont(REGULAR, size)
            canvas.drawString(left, bottom, said)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
