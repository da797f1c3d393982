"""Text on paper: the one door through which every string passes, and how it is broken into lines.

Papers are laid out by `kit.page` and `kit.tables` without markup, so there is nothing to escape here: what is
typed, `<`, `&` and all, is what is printed. Combining marks are composed, because a PDF places none.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from reports.kit import fonts

_UNKNOWN = "\ufffd"
_STAND_INS = {"\u2212": "\u2013", "\u2011": "-", "\u00ad": "", "\u2007": " ", "\u202f": " "}
"""What is printed for letters that our typeface lacks: the minus sign becomes a dash of the same look."""


@lru_cache(maxsize=20_000)
def clean(text: str) -> str:
    """Return `text` as it may be printed: NFC, one line, letters the font lacks replaced by "\ufffd"."""
    if text.isascii() and text.isprintable():
        return text
    glyphs = fonts.covered(fonts.REGULAR)
    return "".join(_printable(letter, glyphs) for letter in unicodedata.normalize("NFC", text))


def _printable(letter: str, glyphs: dict[int, int]) -> str:
    """Return what stands for one letter on paper."""
    if letter in "\t\n\r\v\f\u2028\u2029":
        return " "
    if unicodedata.category(letter) in ("Cc", "Cf"):
        return ""  # invisible: direction marks, zero-width joiners, controls
    return letter if ord(letter) in glyphs else _STAND_INS.get(letter, _UNKNOWN)


def lines_of(text: str) -> list[str]:
    """Return the typed lines of a longer text, cleaned, without empty lines at the ends."""
    return [clean(line.strip()) for line in text.strip().splitlines()]


@lru_cache(maxsize=20_000)
def wrap(text: str, face: str, size: float, room: float, first: float = 0.0) -> tuple[str, ...]:
    """Return `text` broken at spaces into lines no wider than `room` points; at least one line.

    `first` is taken off the first line (an indent). A word wider than the room is broken between letters,
    so that nothing is ever cut. No-break spaces do not break.
    """
    text = clean(text)
    if "  " not in text and fonts.width(text, face, size) <= room - first:
        return (text,)
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        trial = f"{line} {word}" if line else word
        if fonts.width(trial, face, size) <= room - (0 if lines else first):
            line = trial
            continue
        if line:
            lines.append(line)
        *whole, line = _broken(word, face, size, room)
        lines.extend(whole)
    lines.append(line)
    return tuple(lines)


def _broken(word: str, face: str, size: float, room: float) -> list[str]:
    """Return a word in pieces that fit; one piece if it fits as it is."""
    if fonts.width(word, face, size) <= room:
        return [word]
    pieces = [""]
    for letter in word:
        if pieces[-1] and fonts.width(pieces[-1] + letter, face, size) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces
