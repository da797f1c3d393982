"""Cases on Vietnamese: numbers in words, order of names, text forms and old encodings, identity numbers."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from desktop.models.kinds import Sex
from desktop.models.rules.identity import BadTaxCode, parse_citizen_number, parse_tax_code, sex_and_century
from resources.lang.legacy import tcvn3_to_unicode, viqr_to_unicode, vni_to_unicode
from resources.lang.names import nfc, sort_key
from resources.lang.words import WordStyle, decimal_words, number_words, ordinal_words
from tests.oracle.answerer import Case, NotSupported, vector

# The vectors without a style hold in every style, except that all their sources say "lẻ".
_SOURCES = WordStyle(odd="lẻ")
_LIBRARY = WordStyle(odd="lẻ", four="bốn", zero_hundred=False)


def _style(case: Case) -> WordStyle:
    if "library_style" in (case.get("tags") or ()):
        return _LIBRARY
    return _SOURCES._replace(**(case["input"].get("style") or {}))


def _number(text: object) -> int:
    try:
        number = Decimal(str(text))
        if number != number.to_integral_value():
            raise ValueError
        return int(number)
    except (ArithmeticError, ValueError):
        raise NotSupported(f"only whole numbers are read, not {text}") from None


def _number_to_words(case: Case) -> str:
    text = str(case["input"]["number"])
    return (
        decimal_words(Decimal(text), _style(case))
        if "." in text
        else number_words(_number(text), _style(case))
    )


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


_SEXES = {Sex.MALE: "male", Sex.FEMALE: "female"}


def _validate_mst(case: Case) -> dict[str, Any]:
    try:
        return {"valid": True, "formatted": parse_tax_code(str(case["input"]["text"]))}
    except BadTaxCode as error:
        return {"valid": False, "reason": error.reason}


def _cccd_sex_century(case: Case) -> dict[str, Any] | None:
    said = sex_and_century(str(case["input"]["digit"]))
    return said and {"sex": _SEXES[said[0]], "century": said[1]}


def _parse_cccd(case: Case) -> dict[str, Any] | None:
    number = parse_citizen_number(str(case["input"]["text"]))
    if number is None:
        return None
    return {
        "province_code": number.province_code,
        "sex": _SEXES[number.sex],
        "birth_year": number.birth_year,
        "century": number.century,
    }


def _converted(convert: Callable[[str], str]) -> Callable[[Case], str]:
    return lambda case: convert(case["input"]["text"])


ANSWERERS = [
    vector("number_to_words", _number_to_words),
    vector("dong_to_words", _dong_to_words),
    vector("ordinal_to_words", _ordinal_to_words),
    vector("sort_vi", _sort_vi),
    vector("compare_vi", _compare_vi),
    vector("nfc", _nfc),
    vector("validate_mst", _validate_mst),
    vector("cccd_sex_century", _cccd_sex_century),
    vector("parse_cccd", _parse_cccd),
    vector("tcvn3_to_unicode", _converted(tcvn3_to_unicode)),
    vector("vni_to_unicode", _converted(vni_to_unicode)),
    vector("viqr_to_unicode", _converted(viqr_to_unicode)),
]
