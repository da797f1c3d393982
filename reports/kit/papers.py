"""What every paper begins and ends with: its file, its sheet in normal or large print, place and day, signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import NamedTuple

from reports.kit import signatures
from reports.kit.columns import Column, Row
from reports.kit.page import Document, Flow, Frame
from reports.kit.report import PaperOptions
from reports.kit.styles import LARGE, LETTER, NORMAL, sheet
from reports.kit.tables import Look, draw
from reports.kit.values import Signer
from resources.lang.dates import show_day_long


class Laid(NamedTuple):
    """A table ready to be drawn."""

    columns: list[Column]
    rows: list[Row]
    look: Look


@dataclass(slots=True)
class Paper:
    """One file with one paper in it, while it is laid out."""

    out: BytesIO
    document: Document
    flow: Flow

    def done(self) -> bytes:
        """Finish the paper and return the file."""
        self.flow.finish()
        self.document.save()
        return self.out.getvalue()


def begin(
    frame: Frame, subject: str, options: PaperOptions, *, large_print: bool, landscape: bool = False
) -> Paper:
    """Open a file for one paper. Large print takes the long side where the paper has `landscape` tables."""
    out = BytesIO()
    document = new_document(out, frame, subject, options)
    return Paper(
        out, document, new_flow(document, frame, options, large_print=large_print, landscape=landscape)
    )


def new_document(out: BytesIO, frame: Frame, subject: str, options: PaperOptions) -> Document:
    """Open the file; `subject` says whose paper it is."""
    return Document(
        out,
        title=f"{frame.title} – {subject}",
        author=frame.organisation.name,
        subject=subject,
        produced=frame.mark.printed_at,
        fast=options.fast,
        tagged=options.tagged is not False,
    )


def new_flow(
    document: Document,
    frame: Frame,
    options: PaperOptions,
    *,
    large_print: bool,
    landscape: bool = False,
    letter: bool = False,
) -> Flow:
    """Begin a paper in a file: letters and contracts have larger text and a wider margin to be bound by."""
    large = large_print if options.large_print is None else options.large_print
    if large:
        return Flow(document, sheet(LARGE, landscape=landscape), LARGE, frame)
    if frame.national or letter:
        return Flow(document, sheet(LETTER, left=27), LETTER, frame)
    return Flow(document, sheet(NORMAL, landscape=landscape), NORMAL, frame)


def dated(place: str, day: date) -> str:
    """Return place and date as they stand above signatures."""
    text = show_day_long(day)
    return f"{place}, {text}" if place else text[0].upper() + text[1:]


def sign(flow: Flow, signers: Sequence[Signer], when: str = "", *, most: int = 3) -> None:
    """Draw signature blocks, at most `most` beside each other, a witness counted as one."""
    for blocks in sign_rows(flow, signers, when, most=most):
        blocks.draw()


def sign_rows(
    flow: Flow, signers: Sequence[Signer], when: str = "", *, most: int = 3
) -> list[signatures.Blocks]:
    """Return the rows of blocks, measured but not drawn; `when` stands above the first."""
    rows: list[list[Signer]] = []
    taken = most
    for one in signers:
        wide = 2 if one.fingerprint else 1
        if taken + wide > most:
            rows.append([])
            taken = 0
        rows[-1].append(one)
        taken += wide
    return [signatures.Blocks(flow, row, "" if place else when) for place, row in enumerate(rows)]


def draw_laid(flow: Flow, laid: Laid) -> None:
    """Draw a table at the cursor."""
    draw(flow, laid.columns, laid.rows, laid.look)
