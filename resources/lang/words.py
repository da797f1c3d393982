"""Numbers and amounts in Vietnamese words, as vouchers and contracts need them.

The text is always Vietnamese, whatever language the window speaks: it is part of a Vietnamese paper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from decimal import Decimal

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_BILLION = 10**9


class WordStyle(NamedTuple):
    """How the number is read. The default is the official reading: linh, nghìn, tỷ, hai mươi tư.

    `zero_hundred`: 1 005 is "một nghìn không trăm linh năm"; without it "một nghìn linh năm".
    `four`: the 4 of 24. `odd`: the word between hundred and unit. `even`: when "chẵn" follows the amount:
    never, always, or only on round thousands.
    """

    zero_hundred: bool = True
    four: Literal["tư", "bốn"] = "tư"
    odd: Literal["linh", "lẻ"] = "linh"
    thousand: Literal["nghìn", "ngàn"] = "nghìn"
    billion: Literal["tỷ", "tỉ"] = "tỷ"
    even: Literal["never", "always", "round-thousands"] = "never"


OFFICIAL = WordStyle()
SOUTHERN = WordStyle(odd="lẻ", thousand="ngàn")


def number_words(number: int, style: WordStyle = OFFICIAL) -> str:
    """Return `number` in small letters, for example 1005 -> "một nghìn không trăm linh năm".

    Any size is read: 10**18 is "một tỷ tỷ". A negative number begins with "âm".
    """
    if number < 0:
        return "âm " + number_words(-number, style)
    if number == 0:
        return _DIGITS[0]
    return " ".join(_read(number, style, leading=True, last=True))


def decimal_words(number: Decimal, style: WordStyle = OFFICIAL) -> str:
    """Return a decimal number, as for a rate: 1.5 -> "một phẩy năm", 1.05 -> "một phẩy không năm".

    The decimals are read as one number, each zero in front of it by itself; trailing zeros are silent.
    """
    whole, _point, decimals = format(abs(number), "f").partition(".")
    decimals = decimals.rstrip("0")
    words = [number_words(int(whole), style)]
    if decimals:
        zeros = len(decimals) - len(decimals.lstrip("0"))
        words += ["phẩy", *[_DIGITS[0]] * zeros, number_words(int(decimals), style)]
    if number < 0 and (decimals or int(whole)):
        words.insert(0, "âm")
    return " ".join(words)


def ordinal_words(number: int, style: WordStyle = OFFICIAL) -> str:
    """Return the place in a row: "thứ nhất", "thứ hai", "thứ mười lăm"; no negative numbers."""
    if number < 0:
        raise ValueError(f"no such place in a row: {number}")
    if number == 1:
        return "thứ nhất"
    if number == 4:
        return "thứ " + style.four
    return "thứ " + number_words(number, style)


def in_words(amount: int, style: WordStyle = OFFICIAL) -> str:
    """Return an amount of đồng as vouchers print it: capital first letter, ending in "đồng".

    50_000 -> "Năm mươi nghìn đồng"; -50_000 -> "Âm năm mươi nghìn đồng". No full stop is added.
    """
    text = number_words(amount, style) + " đồng"
    if style.even == "always" or (style.even == "round-thousands" and amount and amount % 1000 == 0):
        text += " chẵn"
    return text[0].upper() + text[1:]


def _read(number: int, style: WordStyle, *, leading: bool, last: bool) -> list[str]:
    """Return the words of a positive number.

    `leading`: nothing stands before it, so the missing hundreds are not read. `last`: it ends in the units,
    not before a name such as "tỷ".
    """
    if number >= _BILLION:
        high, low = divmod(number, _BILLION)
        words = [*_read(high, style, leading=leading, last=False), style.billion]
        return words + (_read(low, style, leading=False, last=last) if low else [])
    words = []
    for size, name in ((10**6, "triệu"), (1000, style.thousand), (1, "")):
        group, number = divmod(number, size)
        if group:
            words += _group(group, style, leading=leading, last=last and size == 1)
            leading = False
            if name:
                words.append(name)
    return words


def _group(group: int, style: WordStyle, *, leading: bool, last: bool) -> list[str]:
    """Return the words of 1 to 999, standing first or after a higher group."""
    hundreds, rest = divmod(group, 100)
    words: list[str] = []
    if hundreds or (style.zero_hundred and not leading):
        words += [_DIGITS[hundreds], "trăm"]
        if 0 < rest < 10:
            words.append(style.odd)
    elif not leading and last:
        # Where the zero hundred is left out, the odd word alone says that a place was skipped.
        words.append(style.odd)
    return words + _below_hundred(rest, style)


def _below_hundred(rest: int, style: WordStyle) -> list[str]:
    """Return the words of 0 to 99; zero is silent."""
    tens, unit = divmod(rest, 10)
    if tens == 0:
        return [_DIGITS[unit]] if unit else []
    words = ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if unit == 0:
        return words
    if unit == 5:
        return [*words, "lăm"]
    if tens > 1 and unit == 1:
        return [*words, "mốt"]
    if tens > 1 and unit == 4:
        return [*words, style.four]
    return [*words, _DIGITS[unit]]
