"""Ink on a page, in two ways that give the same page.

`FastPage` writes the page's content stream itself: every string is encoded once per document and a page is one
text object (three to four times faster than the canvas calls). `PlainPage` uses public canvas calls only; it is
taken when a later reportlab no longer has the private parts that `FastPage` needs.

Coordinates are points from the lower left corner. Fills lie under lines, lines under text.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any

from reportlab.graphics import renderPDF
from reportlab.pdfgen.canvas import Canvas

from reports.kit import fonts
from reports.kit.tags import SILENT, Node, Tags
from reports.kit.text import clean

_KEPT_RUNS = 30_000
_ESCAPES = {ord("("): "\\(", ord(")"): "\\)", ord("\\"): "\\\\"}
_SHOWN = [_ESCAPES.get(code, chr(code)) if 32 <= code < 127 else f"\\{code:03o}" for code in range(256)]


class Page(ABC):
    """One page being filled. Nothing reaches the file before `put`."""

    def __init__(self, size: tuple[float, float], tags: Tags | None = None) -> None:
        self.size = size
        self.drawings: list[tuple[Any, float, float]] = []
        self.tags = tags if tags is not None else SILENT

    def drawing(self, drawing: Any, x: float, y: float) -> None:
        """Set a chart (reportlab Drawing) with its lower left corner at `x`, `y`."""
        self.drawings.append((drawing, x, y))

    def _put_drawings(self, canvas: Canvas) -> None:
        for drawing, x, y in self.drawings:
            renderPDF.draw(drawing, canvas, x, y)

    @abstractmethod
    def text(self, x: float, y: float, face: str, size: float, text: str) -> None:
        """Write `text` from `x` on the baseline `y`."""

    @abstractmethod
    def right(self, x: float, y: float, face: str, size: float, text: str) -> None:
        """Write `text` so that it ends at `x`."""

    def centred(self, x: float, y: float, face: str, size: float, text: str) -> None:
        """Write `text` around `x`."""
        self.text(x - fonts.width(clean(text), face, size) / 2, y, face, size, text)

    @abstractmethod
    def line(self, x1: float, y1: float, x2: float, y2: float, thick: float = 0.5, dash: float = 0) -> None:
        """Draw a black line; `dash` points on and off if not 0."""

    @abstractmethod
    def fill(self, x: float, y: float, wide: float, high: float, grey: float) -> None:
        """Fill a rectangle; `grey` 0 is black, 1 is white."""

    @abstractmethod
    def fills(self, boxes: Iterable[tuple[float, float, float, float]], grey: float) -> None:
        """Fill many rectangles (x, y, width, height) in the same grey."""

    @abstractmethod
    def put(self, canvas: Canvas) -> None:
        """Write the page to the file and end it."""

    def box(self, x: float, y: float, wide: float, high: float, thick: float = 0.5) -> None:
        """Draw the outline of a rectangle."""
        self.line(x, y, x + wide, y, thick)
        self.line(x, y + high, x + wide, y + high, thick)
        self.line(x, y, x, y + high, thick)
        self.line(x + wide, y, x + wide, y + high, thick)


class Runs:
    """The encoded strings of one document: per face, text → (operators that show it, width at size 1)."""

    def __init__(self, canvas: Canvas) -> None:
        self._document: Any = canvas._doc
        self.faces: dict[str, dict[str, tuple[str, float]]] = {}
        self._names: dict[tuple[str, float], str] = {}

    def select(self, face: str, size: float) -> str:
        """Return the operator that chooses a face at a size."""
        name = self._names.get((face, size))
        if name is None:
            font = fonts.font(face)
            font.splitString("", self._document)  # makes the document's state of this font
            name = f"{font.getSubsetInternalName(0, self._document)} {size:g} Tf"
            self._names[face, size] = name
        return name

    def encode(self, face: str, size: float, text: str) -> tuple[str, float]:
        """Return the operators that show `text` and its width at size 1, encoding it the first time."""
        runs = self.faces.setdefault(face, {})
        if len(runs) > _KEPT_RUNS:
            runs.clear()
        shown = clean(text)
        font = fonts.font(face)
        parts = []
        split = False
        for subset, codes in font.splitString(shown, self._document):
            if subset or split:  # beyond the first 256 letters of the document: another subset of the font
                split = True
                parts.append(f"{font.getSubsetInternalName(subset, self._document)} {size:g} Tf")
            parts.append(f"({''.join([_SHOWN[code] for code in codes])}) Tj")
        if split:
            # Names the size, so it is not kept; ends in the first subset, which `select` promised.
            return " ".join([*parts, self.select(face, size)]), fonts.width(shown, face, 1)
        run = runs[text] = (" ".join(parts), fonts.width(shown, face, 1))
        return run


def fast_possible(canvas: Canvas) -> bool:
    """Say whether this reportlab still has what `FastPage` writes to."""
    return (
        isinstance(getattr(canvas, "_code", None), list)
        and hasattr(canvas, "_doc")
        and hasattr(fonts.font(fonts.REGULAR), "splitString")
        and hasattr(fonts.font(fonts.REGULAR), "getSubsetInternalName")
    )


class FastPage(Page):
    """A page whose content stream is written here."""

    _before: tuple[str, ...] = ()
    _after: tuple[str, ...] = ()

    def __init__(self, size: tuple[float, float], runs: Runs, tags: Tags | None = None) -> None:
        super().__init__(size, tags)
        self._runs = runs
        self._text: list[str] = []
        self._fills: list[str] = []
        self._lines: dict[tuple[float, float], list[str]] = {}
        self._chosen: tuple[str, float] | None = None

    def text(self, x: float, y: float, face: str, size: float, text: str) -> None:
        """Write `text` from `x`."""
        if not text:
            return
        if (face, size) != self._chosen:
            self._chosen = (face, size)
            self._text.append(self._runs.select(face, size))
        run = self._runs.faces.get(face, {}).get(text) or self._runs.encode(face, size, text)
        self._text.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm {run[0]}")

    def right(self, x: float, y: float, face: str, size: float, text: str) -> None:
        """Write `text` up to `x`."""
        if not text:
            return
        if (face, size) != self._chosen:
            self._chosen = (face, size)
            self._text.append(self._runs.select(face, size))
        run = self._runs.faces.get(face, {}).get(text) or self._runs.encode(face, size, text)
        self._text.append(f"1 0 0 1 {x - run[1] * size:.2f} {y:.2f} Tm {run[0]}")

    def centred(self, x: float, y: float, face: str, size: float, text: str) -> None:
        """Write `text` around `x`."""
        run = self._runs.faces.get(face, {}).get(text) or self._runs.encode(face, size, text)
        self.text(x - run[1] * size / 2, y, face, size, text)

    def line(self, x1: float, y1: float, x2: float, y2: float, thick: float = 0.5, dash: float = 0) -> None:
        """Draw a line."""
        segment = f"{x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l"
        self._lines.setdefault((thick, dash), []).append(segment)

    def fill(self, x: float, y: float, wide: float, high: float, grey: float) -> None:
        """Fill a rectangle."""
        self._fills.append(f"{grey:g} g {x:.2f} {y:.2f} {wide:.2f} {high:.2f} re f")

    def fills(self, boxes: Iterable[tuple[float, float, float, float]], grey: float) -> None:
        """Fill many rectangles as one path."""
        path = " ".join([f"{x:.2f} {y:.2f} {wide:.2f} {high:.2f} re" for x, y, wide, high in boxes])
        self._fills.append(f"{grey:g} g {path} f")

    def put(self, canvas: Canvas) -> None:
        """Write the page to the file and end it."""
        canvas.setPageSize(self.size)
        self._put_drawings(canvas)
        code: list[str] = canvas._code
        code += self._before
        if self._fills:
            code += [*self._fills, "0 g"]
        for (thick, dash), segments in self._lines.items():
            pattern = f"[{dash:g} {dash:g}] 0 d" if dash else "[] 0 d"
            code += [f"{thick:g} w {pattern}", *segments, "S"]
        code += [*self._after, "BT", *self._text, "ET"]
        canvas.showPage()


class TaggedPage(FastPage):
    """A page whose strings say which element of the paper they belong to."""

    _before = ("/Artifact BMC",)
    _after = ("EMC",)

    def __init__(self, size: tuple[float, float], runs: Runs, tags: Tags) -> None:
        super().__init__(size, runs, tags)
        self.nodes: list[Node] = []

    def text(self, x: float, y: float, face: str, size: float, text: str) -> None:
        """Write `text` from `x`, as part of the current element."""
        self._open(text)
        super().text(x, y, face, size, text)
        self._close(text)

    def right(self, x: float, y: float, face: str, size: float, text: str) -> None:
        """Write `text` up to `x`, as part of the current element."""
        self._open(text)
        super().right(x, y, face, size, text)
        self._close(text)

    def _open(self, text: str) -> None:
        node = self.tags.current
        if not text:
            return
        if node is None:
            self._text.append("/Artifact BMC")
            return
        self._text.append(f"/{node.tag} <</MCID {len(self.nodes)}>> BDC")
        node.marks.append((self, len(self.nodes)))
        self.nodes.append(node)

    def _close(self, text: str) -> None:
        if text:
            self._text.append("EMC")


class PlainPage(Page):
    """A page drawn through the public calls of the canvas."""

    def __init__(self, size: tuple[float, float]) -> None:
        super().__init__(size)
        self._text: list[tuple[float, float, str, float, str]] = []
        self._fills: list[tuple[float, list[tuple[float, float, float, float]]]] = []
        self._lines: list[tuple[float, float, float, float, float, float]] = []

    def text(self, x: float, y: float, face: str, size: float, text: str) -> None:
        """Write `text` from `x`."""
        if text:
            # Rounded as FastPage writes it, so that both are the same to the last pixel.
            self._text.append((round(x, 2), round(y, 2), face, size, clean(text)))

    def right(self, x: float, y: float, face: str, size: float, text: str) -> None:
        """Write `text` up to `x`."""
        shown = clean(text)
        self.text(x - fonts.width(shown, face, size), y, face, size, shown)

    def line(self, x1: float, y1: float, x2: float, y2: float, thick: float = 0.5, dash: float = 0) -> None:
        """Draw a line."""
        self._lines.append((x1, y1, x2, y2, thick, dash))

    def fill(self, x: float, y: float, wide: float, high: float, grey: float) -> None:
        """Fill a rectangle."""
        self._fills.append((grey, [(x, y, wide, high)]))

    def fills(self, boxes: Iterable[tuple[float, float, float, float]], grey: float) -> None:
        """Fill many rectangles as one path."""
        self._fills.append((grey, list(boxes)))

    def put(self, canvas: Canvas) -> None:
        """Write the page to the file and end it."""
        canvas.setPageSize(self.size)
        self._put_drawings(canvas)
        for grey, boxes in self._fills:
            canvas.setFillGray(grey)
            path = canvas.beginPath()
            for x, y, wide, high in boxes:
                path.rect(x, y, wide, high)
            canvas.drawPath(path, stroke=0, fill=1)
        canvas.setFillGray(0)
        for x1, y1, x2, y2, thick, dash in self._lines:
            canvas.setLineWidth(thick)
            canvas.setDash([dash, dash] if dash else [])
            canvas.line(x1, y1, x2, y2)
        for x, y, face, size, text in self._text:
            canvas.setFont(face, size)
            canvas.drawString(x, y, text)
        canvas.showPage()
