"""Cases on Vietnamese: numbers in words, order of names, text forms and old encodings, identity numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from resources.lang.names import nfc, sort_key
from resources.lang.words import WordStyle, number_words, ordinal_words
from tests.oracle.answerer import Case, NotSupported, vector

# The vectors without a style hold in every style, except that all their sources say "lẻ".
_SOURCES = WordStyle(odd="lẻ")
_LIBRARY = WordStyle(odd="lẻ", four="bốn")


def _style(case: Case) -> WordStyle:
    if "library_style" in case.get("tags", ()):
        return _LIBRARY
    return replace(_SOURCES, **case["input"].get("style", {}))


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise NotSupported(f"only whole numbers are read, not {text}") from None


def _number_to_words(case: Case) -> str:
    return number_words(_number(case["input"]["number"]), _style(case))


def _dong_to_words(case: Case) -> str:
    return number_words(_number(case["input"]["amount"]), _style(case)) + " đồng"


def _ordinal_to_words(case: Case) -> str:
    return ordinal_words(_number(case["input"]["number"]), _style(case))


def _sort_vi(case: Case) -> list[str]:
    return sorted(case["input"]["items"], key=sort_key)


def _compare_vi(case: Case) -> int:
    a, b = sort_key(case["input"]["a"]), sort_key(case["input"]["b"])
    return (a > b) - (a < b)


def _nfc(case: Case) -> dict[str, Any]:
    text = nfc("".join(chr(int(point, 16)) for point in case["input"]["code_points"].split()))
    return {"code_points": " ".join(f"{ord(char):04X}" for char in text), "text": text}


ANSWERERS = [
    vector("number_to_words", _number_to_words),
    vector("dong_to_words", _dong_to_words),
    vector("ordinal_to_words", _ordinal_to_words),
    vector("sort_vi", _sort_vi),
    vector("compare_vi", _compare_vi),
    vector("nfc", _nfc),
]
