"""Reads a PDF back as a person would see it: pages, texts, where they stand, which letters they use."""

from __future__ import annotations

import ctypes
import io
import unicodedata
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium
from pypdf import PdfReader

from reports.kit.styles import MM


@dataclass(frozen=True)
class Box:
    """One string on a page, as it stands there; points from the lower left corner."""

    text: str
    left: float
    low: float
    right: float
    high: float
    size: float


@dataclass(frozen=True)
class SeenPage:
    wide: float
    high: float
    boxes: tuple[Box, ...]
    text: str

    def find(self, text: str) -> Box:
        for box in self.boxes:
            if box.text == text:
                return box
        raise AssertionError(f"{text!r} is not on the page: {[box.text for box in self.boxes]}")


def squeeze(text: str) -> str:
    """Return text with all white space as one space: line breaks on paper are not part of what is said."""
    return " ".join(text.replace("\u00a0", " ").split())


def look(data: bytes) -> list[SeenPage]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [_page(page) for page in document]
    finally:
        document.close()


def said(data: bytes) -> str:
    """Return everything the paper says, in the order it is drawn, white space squeezed."""
    return squeeze(" ".join(box.text for page in look(data) for box in page.boxes))


def reader(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data))


def fonts_of(data: bytes) -> dict[str, bool]:
    """Return the fonts the pages use, by base name, and whether each is embedded."""
    found: dict[str, bool] = {}
    for page in reader(data).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            one = font.get_object()
            descriptor = one.get("/FontDescriptor")
            found[str(one["/BaseFont"])] = descriptor is not None and "/FontFile2" in descriptor.get_object()
    return found


def picture(data: bytes, page: int = 0) -> bytes:
    """Return the pixels of a page."""
    document = pypdfium2.PdfDocument(data)
    try:
        return bytes(document[page].render(scale=1.0).buffer)
    finally:
        document.close()


def check_whole(data: bytes, *, left: float = 12, right: float = 12) -> None:
    """Nothing is cut, nothing lies on something else, everything is NFC. Margins in millimetres."""
    for number, page in enumerate(look(data), start=1):
        for box in page.boxes:
            assert unicodedata.is_normalized("NFC", box.text), box
            assert box.left >= left * MM - 1.5, (number, box)
            assert box.right <= page.wide - right * MM + 1.5, (number, box)
            assert box.low >= 5 * MM, (number, box)
            assert box.high <= page.high - 6 * MM, (number, box)
        boxes = sorted(page.boxes, key=lambda box: box.left)
        for place, one in enumerate(boxes):
            for other in boxes[place + 1 :]:
                if other.left > one.right - 1:
                    break
                across = min(one.high, other.high) - max(one.low, other.low)
                assert across < 1.6, f"page {number}: {one} lies on {other}"


def _page(page: pypdfium2.PdfPage) -> SeenPage:
    textpage = page.get_textpage()
    boxes = []
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
        left, low, right, high = item.get_bounds()
        size = ctypes.c_float()
        pdfium.FPDFTextObj_GetFontSize(item.raw, ctypes.byref(size))
        length = pdfium.FPDFTextObj_GetText(item.raw, textpage.raw, None, 0)
        buffer = ctypes.create_string_buffer(length)
        pdfium.FPDFTextObj_GetText(
            item.raw, textpage.raw, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length
        )
        text = buffer.raw[: length - 2].decode("utf-16-le").strip()
        if text:
            boxes.append(Box(text, left, low, right, high, size.value))
    wide, high = page.get_size()
    return SeenPage(wide, high, tuple(boxes), textpage.get_text_bounded())
