"""Noto Sans, the typeface of our papers and the fallback of the window, with every Vietnamese letter.

The package carries it compressed; unpacking takes a tenth of a second, so each style is kept in this user's
cache folder after the first use.
"""

from __future__ import annotations

import os
import struct
import zlib
from functools import cache
from pathlib import Path
from typing import Literal

from resources.files import cache_dir

Style = Literal["regular", "bold", "italic", "bolditalic"]
STYLES: tuple[Style, ...] = ("regular", "bold", "italic", "bolditalic")
FAMILY = "Noto Sans"

_PACKAGE_NAMES: dict[Style, str] = {
    "regular": "notos",
    "bold": "notosbo",
    "italic": "notosit",
    "bolditalic": "notosbi",
}
_SUM_LENGTH = 4
LETTERS = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư" + "".join(
    chr(code) for code in range(0x1EA0, 0x1EFA)
)
"""The 134 letters of Vietnamese that carry a mark or a stroke."""
SIGNS = "₫–—«»“”‘’…•·×№°\u00a0"
"""Other signs that every style has. The true minus, ticks and boxes it has not; `reports.kit.text` puts stand-ins."""


@cache
def font_bytes(style: Style = "regular") -> bytes:
    """Return the TrueType file of a style: regular, bold, italic or bolditalic."""
    kept = _checked(_place(style))
    if kept is None and (path := font_path(style)) is not None:
        kept = _checked(path)
    return kept or _unpacked(style)


@cache
def font_path(style: Style = "regular") -> Path | None:
    """Return the cached file that holds the style (a check sum, then the font), or None if none can be kept."""
    # Loaded only where a font is written: the window's start should not wait for it.
    import tempfile

    path = _place(style)
    folder = path.parent
    if _checked(path) is not None:
        return path
    content = _unpacked(style)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, prefix=path.name)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(_sum_of(content))
                stream.write(content)
            os.replace(name, path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError:
        return None  # no room or no right to write: the next start unpacks again
    return path


def missing(text: str, style: Style = "regular") -> str:
    """Return the characters of `text` that the style cannot draw, each once, in order."""
    known = _covered(style)
    return "".join(dict.fromkeys(char for char in text if ord(char) not in known))


def _unpacked(style: Style) -> bytes:
    from pymupdf_fonts import fontbuffers

    return bytes(fontbuffers[_PACKAGE_NAMES[style]]())


def _place(style: Style) -> Path:
    return cache_dir() / f"noto-sans-{style}.ttf.crc"


def _checked(path: Path) -> bytes | None:
    """Return the font of a cached file, None if there is none or it is damaged."""
    try:
        kept = path.read_bytes()
    except OSError:
        return None
    found, content = kept[:_SUM_LENGTH], kept[_SUM_LENGTH:]
    return content if _sum_of(content) == found else None


def _sum_of(content: bytes) -> bytes:
    """Return a check sum: it is the disk that may be wrong, nobody gains by forging a font in their own folder."""
    return zlib.crc32(content).to_bytes(_SUM_LENGTH, "big")


@cache
def _covered(style: Style) -> frozenset[int]:
    """Return the code points of a style, read from its character map (formats 4 and 12)."""
    font = font_bytes(style)
    tables = struct.unpack_from(">H", font, 4)[0]
    for place in range(tables):
        tag, _sum, start, _length = struct.unpack_from(">4sLLL", font, 12 + 16 * place)
        if tag == b"cmap":
            return _read_cmap(font, start)
    return frozenset()


def _read_cmap(font: bytes, start: int) -> frozenset[int]:
    covered: set[int] = set()
    for place in range(struct.unpack_from(">H", font, start + 2)[0]):
        _platform, _encoding, offset = struct.unpack_from(">HHL", font, start + 4 + 8 * place)
        table = start + offset
        form = struct.unpack_from(">H", font, table)[0]
        if form == 4:
            covered.update(_segments(font, table))
        elif form == 12:
            for group in range(struct.unpack_from(">L", font, table + 12)[0]):
                first, last, _glyph = struct.unpack_from(">LLL", font, table + 16 + 12 * group)
                covered.update(range(first, last + 1))
    return frozenset(covered)


def _segments(font: bytes, table: int) -> set[int]:
    """Return the code points of a format 4 map, leaving out those that lead to no glyph."""
    count = struct.unpack_from(">H", font, table + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", font, table + 14)
    starts = struct.unpack_from(f">{count}H", font, table + 16 + 2 * count)
    deltas = struct.unpack_from(f">{count}H", font, table + 16 + 4 * count)
    offsets_at = table + 16 + 6 * count
    offsets = struct.unpack_from(f">{count}H", font, offsets_at)
    covered = set()
    for place, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            if offset:
                at = offsets_at + 2 * place + offset + 2 * (code - first)
                glyph = struct.unpack_from(">H", font, at)[0]
            else:
                glyph = (code + delta) & 0xFFFF
            if glyph:
                covered.add(code)
    return covered
