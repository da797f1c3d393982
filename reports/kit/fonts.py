"""The four Noto Sans styles, embedded in every file; no paper ever falls back to a font of the reader."""

from __future__ import annotations

import io
from functools import cache, lru_cache

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from resources.fonts import font_bytes

REGULAR = "NotoSans"
BOLD = "NotoSans-Bold"
ITALIC = "NotoSans-Italic"
BOLD_ITALIC = "NotoSans-BoldItalic"

_STYLES = {REGULAR: "regular", BOLD: "bold", ITALIC: "italic", BOLD_ITALIC: "bolditalic"}

VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵfjwz"
MARKS = "₫–—…“”‘’«»•·×№°%/()[]<>&+=*'\""
NEEDED = frozenset(VIETNAMESE + VIETNAMESE.upper() + MARKS + "0123456789")


class FontError(RuntimeError):
    """A shipped font lacks letters that Vietnamese needs."""


@cache
def font(face: str) -> TTFont:
    """Return the registered font of one of the four faces. Raises FontError if it lacks a needed letter."""
    loaded = TTFont(face, io.BytesIO(font_bytes(_STYLES[face])), shapable=False)
    lacking = sorted(letter for letter in NEEDED if ord(letter) not in loaded.face.charToGlyph)
    if lacking:
        raise FontError(f"{face} lacks {''.join(lacking)}")
    pdfmetrics.registerFont(loaded)
    return loaded


@cache
def register() -> None:
    """Register all four faces and their family with reportlab; safe to call again."""
    rl_config.useA85 = 0  # plain binary streams: a sixth smaller and faster to write
    for face in _STYLES:
        font(face)
    pdfmetrics.registerFontFamily(REGULAR, REGULAR, BOLD, ITALIC, BOLD_ITALIC)


def covered(face: str) -> dict[int, int]:
    """Return the code points that a face can draw, with their glyph numbers."""
    glyphs: dict[int, int] = font(face).face.charToGlyph
    return glyphs


@lru_cache(maxsize=50_000)
def width(text: str, face: str, size: float) -> float:
    """Return the width of a text in points; a letter the font lacks counts as the missing-glyph box."""
    return float(font(face).stringWidth(text, size))
