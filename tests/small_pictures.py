"""Pictures of the window for the documents: at most 256 colours, a third of the size, and no difference to the eye."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

MOST_COLOURS = 256


def few_colours(image: QImage) -> QImage:
    """Return the picture with the colours that matter: no pixel moves further than is needed for 256 of them.

    The colours of our screens are few; what makes thousands of them is the soft edge of the letters.
    """
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    counted = Counter(memoryview(plain.constBits()).cast("B").cast("I"))
    # The fourth byte means nothing in this format.
    table = _table([colour & 0xFFFFFF for colour, _times in counted.most_common()])
    flags = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    return plain.convertToFormat(QImage.Format.Format_Indexed8, table, flags)


def save_small(image: QImage, path: Path) -> None:
    """Write the picture as a small PNG. Raises OSError when it cannot be written."""
    # Quality 0 is Qt's word for the hardest compression; nothing is lost by it.
    if not few_colours(image).save(str(path), "PNG", 0):  # type: ignore[call-overload]
        raise OSError(f"{path} could not be written")


def _table(colours: list[int]) -> list[int]:
    """Return the colours to keep, the most used first, each at least a gap from those before it."""
    gap = 0
    while True:
        kept: list[tuple[int, int, int]] = []
        for colour in colours:
            red, green, blue = colour >> 16 & 255, colour >> 8 & 255, colour & 255
            if all(abs(red - r) + abs(green - g) + abs(blue - b) > gap for r, g, b in kept):
                kept.append((red, green, blue))
                if len(kept) > MOST_COLOURS:
                    break
        if len(kept) <= MOST_COLOURS:
            return [0xFF000000 | red << 16 | green << 8 | blue for red, green, blue in kept]
        gap = gap + 4 if gap else 3
