"""Names and other words: one Unicode form, search without marks, Vietnamese order, parts of a name."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, partial

from resources.lang.collation import person_sort_key, sort_key

__all__ = [
    "decree_tones",
    "fold",
    "fold_tones",
    "join_name",
    "nfc",
    "person_sort_key",
    "proper_case",
    "sort_key",
    "split_name",
]

_APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "`": "'"})
_FOLD = str.maketrans("đĐ\u2019\u2018\u02bc`", "dd''''")
_PART = re.compile(r"[^\s'\u2019\u2018\u02bc\-]+")


def nfc(text: str) -> str:
    """Return `text` in the one Unicode form that the program keeps (NFC)."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Return `text` for a search without marks: small letters, no tones, đ as d, single spaces."""
    bare = unicodedata.normalize("NFD", text.lower().translate(_FOLD))
    return " ".join("".join(char for char in bare if not unicodedata.combining(char)).split())


def _tone_pairs() -> dict[str, str]:
    """Return "oà" -> "òa" and the like: the two ways to place the tone in oa, oe and uy."""
    pairs = {}
    for first, second in ("oa", "oe", "uy"):
        for tone in "\u0300\u0309\u0303\u0301\u0323":
            for a, b in ((first, second), (first.upper(), second), (first.upper(), second.upper())):
                pairs[nfc(a + b + tone)] = nfc(a + tone + b)
    return pairs


@cache
def _moves() -> tuple[tuple[re.Pattern[str], dict[str, str]], ...]:
    """Return what is moved where: patterns with the spelling for each of their finds. Made at the first name."""
    pairs = _tone_pairs()
    new_place = re.compile(r"(?<!q)(" + "|".join(pairs) + r")(?!\w)", re.IGNORECASE)
    # After q the u belongs to the consonant: "quý" is the only right spelling, "qúy" a slip of the same word.
    slips = {old: new for new, old in pairs.items() if new[0] in "uU"}
    after_q = re.compile(r"(?<=q)(" + "|".join(slips) + r")(?!\w)", re.IGNORECASE)
    return (new_place, pairs), (after_q, slips)


def decree_tones(text: str) -> str:
    """Return `text` in NFC with the tone placed as decrees write it: Hoà -> Hòa, Thuý -> Thúy, khoẻ -> khỏe."""
    moved = nfc(text)
    for pattern, spelling in _moves():
        moved = pattern.sub(partial(_spelled, spelling), moved)
    return moved


def _spelled(spelling: dict[str, str], found: re.Match[str]) -> str:
    return spelling.get(found[0], found[0])


def fold_tones(text: str) -> str:
    """Return `text` for a search with marks: small letters, one tone placement, single spaces.

    "Hoà" and "Hòa" become equal, "Hoa" stays another word and đ stays đ.
    """
    return " ".join(decree_tones(text.lower().translate(_APOSTROPHES)).split())


def split_name(full: str) -> tuple[str, str, str]:
    """Return (family, middle, given) of a full name: first word, the words between, last word.

    A single word is a given name. Names of other orders (H'Hen Niê) are for the clerk to set right.
    """
    words = nfc(full).split()
    if not words:
        return "", "", ""
    if len(words) == 1:
        return "", "", words[0]
    return words[0], " ".join(words[1:-1]), words[-1]


def join_name(family: str, middle: str, given: str) -> str:
    """Return the full name in the order it is written, with single spaces, NFC."""
    return " ".join(nfc(f"{family} {middle} {given}").split())


def proper_case(name: str) -> str:
    """Return a personal name with a capital at each syllable: "NGUYỄN thị hoa" -> "Nguyễn Thị Hoa"."""
    words = " ".join(nfc(name).split())
    return _PART.sub(lambda found: found[0][0].upper() + found[0][1:].lower(), words)
