"""Amounts of Vietnamese đồng: whole numbers, read from what people type and shown as they read them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, NewType

from resources.lang.messages import _
from resources.lang.words import OFFICIAL, SOUTHERN, WordStyle, in_words, number_words

if TYPE_CHECKING:
    from decimal import Decimal
    from fractions import Fraction

__all__ = [
    "MAX_DONG",
    "NOTES",
    "OFFICIAL",
    "SOUTHERN",
    "BadAmount",
    "Dong",
    "WordStyle",
    "in_words",
    "number_words",
    "parse_dong",
    "show_decimal",
    "show_dong",
    "show_number",
    "show_percent",
]

Dong = NewType("Dong", int)
MAX_DONG = 10**15
NOTES = (500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500)
"""The notes that are counted, in đồng: at meetings, outside them, and on the sheet to fill in by hand."""

_NBSP = "\u00a0"
_MINUS = "\u2212"
_CURRENCY = re.compile(r"\s*(?:đồng|dong|vnđ|vnd|đ|₫|d)$")
_UNITS = {
    "k": 10**3,
    "nghìn": 10**3,
    "ngàn": 10**3,
    "nghin": 10**3,
    "ngan": 10**3,
    "tr": 10**6,
    "triệu": 10**6,
    "trieu": 10**6,
    "tỷ": 10**9,
    "tỉ": 10**9,
    "ty": 10**9,
}


@cache
def _amount() -> re.Pattern[str]:
    """Return what an amount looks like; the window shows amounts before anybody types one."""
    units = "|".join(sorted(_UNITS, key=len, reverse=True))
    return re.compile(
        r"(?P<whole>[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+)"
        r"(?:,(?P<part>[0-9]+)|\.(?P<dotted>[0-9]{1,2}))?"
        r"(?: ?(?P<unit>" + units + r")(?P<tail>[0-9]|[0-9]{3})?)?"
    )


class BadAmount(ValueError):
    """The text is no amount of money; `str()` is a sentence for the person who typed it."""


def parse_dong(text: str) -> Dong:
    """Return the amount that `text` says: "50000", "50.000", "50 000", "50k", "1,5tr", "1tr5", "2 triệu".

    A trailing "đ", "₫", "đồng" or "VND" is allowed. Raises BadAmount for nothing, negatives, fractions of a
    đồng, amounts above MAX_DONG, and whatever could be read in two ways ("1.5", "1,500,000").
    """
    typed = " ".join(unicodedata.normalize("NFC", text).lower().split())
    if not typed:
        raise BadAmount(_("Chưa nhập số tiền."))
    if typed[0] in "-\u2212\u2013(":
        raise BadAmount(_("Số tiền không được âm."))
    bare = _CURRENCY.sub("", typed)
    found = _amount().fullmatch(bare)
    if found is None:
        raise BadAmount(_complaint(bare))
    amount = _value(found, bare)
    if amount.denominator != 1:
        raise BadAmount(_("Số tiền phải là số đồng nguyên, không có phần lẻ."))
    if amount > MAX_DONG:
        raise BadAmount(_("Số tiền quá lớn: nhiều nhất là {most}.").format(most=show_dong(MAX_DONG)))
    return Dong(int(amount))


def _value(found: re.Match[str], bare: str) -> Fraction:
    """Return the exact value of a matched amount; refuses a dot that may be a decimal or a thousands mark."""
    from fractions import Fraction

    whole, part, dotted = found["whole"], found["part"], found["dotted"]
    unit, tail = found["unit"], found["tail"]
    if unit is None and (dotted is not None or len(part or "") > 2):
        raise BadAmount(_complaint(bare))  # "1.5" and "50,000" can be read in two ways
    decimals = part or dotted or ""
    if tail is not None and decimals:
        raise BadAmount(_complaint(bare))
    decimals = decimals or tail or ""
    digits = whole.replace(".", "").replace(" ", "")
    if len(digits) + len(decimals) > 40:  # nobody types this; do not compute with it
        raise BadAmount(_("Số tiền quá lớn: nhiều nhất là {most}.").format(most=show_dong(MAX_DONG)))
    return Fraction(int(digits + decimals), 10 ** len(decimals)) * _UNITS.get(unit or "", 1)


def _complaint(bare: str) -> str:
    """Return the sentence that says what is wrong with a text that is no amount."""
    if re.fullmatch(r"[0-9.,\s]+", bare):
        return _("Số tiền “{text}” chưa rõ. Hãy gõ như 1.500.000 hoặc 1,5tr hoặc 500k.").format(text=bare)
    return _("“{text}” không phải là số tiền. Hãy gõ như 1.500.000 hoặc 1,5tr hoặc 500k.").format(
        text=bare[:40]
    )


def show_number(number: int) -> str:
    """Return a whole number with dots between thousands: 1234567 -> "1.234.567", minus as U+2212."""
    text = f"{abs(number):,}".replace(",", ".")
    return _MINUS + text if number < 0 else text


def show_dong(amount: int) -> str:
    """Return an amount with its sign: 1234567 -> "1.234.567 ₫" (a no-break space before ₫)."""
    return f"{show_number(amount)}{_NBSP}₫"


def show_exact(value: Fraction, digits: int = 2) -> str:
    """Return an amount that is not rounded to đồng yet: 35441.0959 -> "35.441,10", always with `digits` decimals."""
    scaled = abs(value) * 10**digits
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    head, tail = divmod(whole, 10**digits)
    return f"{_MINUS if value < 0 and whole else ''}{show_number(head)},{tail:0{digits}d}"


def show_decimal(value: Fraction | int) -> str:
    """Return a number with two decimals at most, halves away from zero: 27/10 -> "2,7"."""
    from fractions import Fraction

    exact = Fraction(value)
    hundredths = (200 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
    whole, rest = divmod(hundredths, 100)
    decimals = f"{rest:02d}".rstrip("0")
    return (
        (_MINUS if exact < 0 and hundredths else "")
        + show_number(whole)
        + (f",{decimals}" if decimals else "")
    )


def show_percent(ratio: Fraction | Decimal, digits: int = 2) -> str:
    """Return a ratio as a percentage: 0.015 -> "1,5 %", at most `digits` decimals, halves away from zero."""
    from fractions import Fraction

    exact = ratio if isinstance(ratio, Fraction) else Fraction(ratio)
    scaled = abs(exact) * 100 * 10**digits
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    head, tail = divmod(whole, 10**digits)
    decimals = f"{tail:0{digits}d}".rstrip("0") if digits else ""
    text = show_number(head) + (f",{decimals}" if decimals else "")
    return f"{_MINUS if exact < 0 and whole else ''}{text}{_NBSP}%"
