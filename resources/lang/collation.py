"""The Vietnamese order of words, as a text that any database sorts byte by byte.

The order is that of the Unicode locale data for Vietnamese: letters first (a ă â … d đ …), over the whole
text; tones (none, huyền, hỏi, ngã, sắc, nặng) only break ties; capitals after small letters break the last
ones. The key is made of three parts with a space between; it holds printable ASCII only, except for
characters that are neither Vietnamese nor Latin.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng
_SHAPES = "\u0302\u0306\u031b"  # circumflex, breve, horn: they make a letter of its own
_SIGNS = "_-,;:!?.'\"()/&"

_PRIMARY = {letter: chr(0x41 + place) for place, letter in enumerate(_LETTERS)}
_PRIMARY |= {digit: digit for digit in "0123456789"}
_PRIMARY |= {sign: chr(0x22 + place) for place, sign in enumerate(_SIGNS)}
_PRIMARY[" "] = "!"
_SAME = str.maketrans("\u2019\u2018\u02bc`\u2013\u2014\u201c\u201d", "''''--\"\"")
_PART_END = " "


@lru_cache(maxsize=1024)
def _weights(char: str) -> tuple[str, str, str]:
    """Return the letter, tone and case weights of one character."""
    if char.isspace():
        return _PRIMARY[" "], "0", "0"
    small = char.lower()
    case = "0" if small == char else "1"
    if small in _PRIMARY:
        return _PRIMARY[small], "0", case
    parts = unicodedata.normalize("NFD", small)
    tone = "0"
    letter = parts[0]
    for mark in parts[1:]:
        if mark in _TONES:
            tone = str(_TONES.index(mark) + 1)
        elif mark in _SHAPES:
            letter = unicodedata.normalize("NFC", letter + mark)
        else:
            tone = "6"  # a foreign mark: after the tones
    if letter in _PRIMARY:
        return _PRIMARY[letter], tone, case
    if unicodedata.combining(char):
        return "", "6", ""
    if unicodedata.category(letter)[0] in "PS":
        return "/" + letter, tone, case  # other signs: after those in the list, before the digits
    return "~" + letter, tone, case


def sort_key(text: str) -> str:
    """Return the key of `text`; keys compared as bytes (or as Python strings) give the Vietnamese order."""
    chars = unicodedata.normalize("NFC", text.translate(_SAME)).strip()
    primary: list[str] = []
    tones: list[str] = []
    cases: list[str] = []
    for char in chars:
        letter, tone, case = _weights(char)
        primary.append(letter)
        tones.append(tone)
        cases.append(case)
    tail = "".join(tones).rstrip("0"), "".join(cases).rstrip("0")
    return _PART_END.join(("".join(primary), *tail))


def person_sort_key(family: str, middle: str, given: str) -> str:
    """Return the key of a person: by given name, then middle name, then family name."""
    return _PART_END.join((sort_key(given), sort_key(middle), sort_key(family)))
