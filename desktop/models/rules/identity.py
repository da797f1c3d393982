"""Numbers that identify people and firms: citizen number, phone, tax code. All are texts, never numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop.models.kinds import Sex
from desktop.models.problems import Problem
from resources.lang.messages import _
from resources.places.legacy import old_province_name

CITIZEN_DIGITS = 12
_SEPARATORS = re.compile(r"[\s.\-\u00a0\u202f]+")
_EXCEL_FLOAT = re.compile(r"([0-9]{9,12})\.0+")
_MASK_HEAD, _MASK_TAIL = 4, 2


# --- Citizen number (số định danh cá nhân, on the CCCD and căn cước)
@dataclass(frozen=True, slots=True)
class CitizenNumber:
    """What the digits say: the old province (or country) of birth registration, sex, birth year."""

    province_code: str
    sex: Sex
    birth_year: int
    century: int


def sex_and_century(digit: str) -> tuple[Sex, int] | None:
    """Return what the fourth digit says: even is male, 0–1 the 20th century, 2–3 the 21st, and so on."""
    if not re.fullmatch("[0-9]", digit):
        return None
    number = int(digit)
    return (Sex.FEMALE if number % 2 else Sex.MALE), 20 + number // 2


def parse_citizen_number(text: str) -> CitizenNumber | None:
    """Return the parts of a citizen number of exactly twelve digits, or None."""
    if not re.fullmatch(f"[0-9]{{{CITIZEN_DIGITS}}}", text):
        return None
    said = sex_and_century(text[3])
    assert said is not None
    sex, century = said
    return CitizenNumber(text[:3], sex, (century - 1) * 100 + int(text[4:6]), century)


def normal_citizen_number(text: str) -> str:
    """Return the number without spaces and dots, with the zeros that a spreadsheet took away.

    "082 195 012 345" and "82195012345.0" both become "082195012345". Nothing else is repaired: what is still
    wrong is for `check_citizen_number` to say.
    """
    typed = text.strip().lstrip("'")
    as_float = _EXCEL_FLOAT.fullmatch(typed)
    if as_float:
        # Every code begins with 0; only numbers lose it, and at most two zeros can stand in front (00x).
        return as_float[1].zfill(CITIZEN_DIGITS) if len(as_float[1]) >= 10 else as_float[1]
    return _SEPARATORS.sub("", typed)


def check_citizen_number(
    text: str, sex: Sex | str | None, birth_year: int | None, *, field: str = "citizen_number"
) -> list[Problem]:
    """Return what is wrong with a citizen number, normalised or not; an empty text is no number, no problem.

    Wrong length or characters stop. An unknown province, another sex or another birth year only warn: cards
    with a registry error exist. `sex` or `birth_year` None, and sex "X", are not compared.
    """
    number = normal_citizen_number(text)
    if not number:
        return []
    if not re.fullmatch("[0-9]*", number):
        return [Problem.stop("citizen-characters", field, _("Số định danh chỉ gồm chữ số."))]
    if len(number) != CITIZEN_DIGITS:
        return [Problem.stop("citizen-length", field, _length_message(len(number)))]
    parts = parse_citizen_number(number)
    assert parts is not None
    return _mismatches(parts, sex, birth_year, field)


def _length_message(length: int) -> str:
    if length == 9:
        return _("Đây là số CMND cũ (9 số). Hãy nhập số định danh 12 số trên thẻ căn cước.")
    return _("Số định danh phải có 12 chữ số, đang có {count}.").format(count=length)


def _mismatches(
    parts: CitizenNumber, sex: Sex | str | None, birth_year: int | None, field: str
) -> list[Problem]:
    found = []
    if not _known_registry(parts.province_code):
        text = _("Mã nơi đăng ký khai sinh {code} không có trong danh mục 63 tỉnh.")
        found.append(Problem.warn("citizen-province", field, text.format(code=parts.province_code)))
    if sex in (Sex.MALE, Sex.FEMALE) and sex != parts.sex:
        text = _("Theo số định danh thì giới tính là {said}. Hãy xem lại thẻ.")
        said = _("nữ") if parts.sex is Sex.FEMALE else _("nam")
        found.append(Problem.warn("citizen-sex", field, text.format(said=said)))
    if birth_year is not None and birth_year != parts.birth_year:
        text = _("Theo số định danh thì năm sinh là {said}. Hãy xem lại thẻ.")
        found.append(Problem.warn("citizen-birth-year", field, text.format(said=parts.birth_year)))
    return found


def _known_registry(code: str) -> bool:
    """Say whether the code is an old province, or a country (100 and up) for those registered abroad."""
    return old_province_name(code) is not None or code >= "100"


def mask_citizen_number(text: str) -> str:
    """Return the number for papers that leave the room: "082195012345" -> "0820******45"."""
    hidden = len(text) - _MASK_HEAD - _MASK_TAIL
    if hidden <= 0:
        return "*" * len(text)
    return text[:_MASK_HEAD] + "*" * hidden + text[-_MASK_TAIL:]


# --- Phone
_MOBILE = re.compile(r"0[35789][0-9]{8}")
_LANDLINE = re.compile(r"02[0-9]{9}")
# 2018: the 11-digit mobiles got a 10-digit prefix.
_OLD_MOBILE = dict(
    re.findall(
        r"(\d+):(\d+)",
        """
        0120:070 0121:079 0122:077 0126:076 0128:078 0123:083 0124:084 0125:085 0127:081 0129:082
        0162:032 0163:033 0164:034 0165:035 0166:036 0167:037 0168:038 0169:039 0186:056 0188:058 0199:059
        """,
    )
)


def normal_phone(text: str) -> str:
    """Return a phone number as digits with the leading 0: "+84 912 345 678" -> "0912345678".

    Mobile numbers of 11 digits from before 2018 become today's; a zero lost in a spreadsheet comes back.
    """
    typed = (
        re.sub(r"\.0+$", "", text.strip().lstrip("'")) if re.fullmatch(r"[0-9]+\.0+", text.strip()) else text
    )
    digits = re.sub(r"[\s.\-()\u00a0\u202f]+", "", typed.strip().lstrip("'"))
    if digits.startswith("+84"):
        digits = "0" + digits[3:].lstrip("0")
    elif re.fullmatch(r"(?:00)?84[2-9][0-9]{8,9}", digits):
        digits = "0" + digits.removeprefix("00")[2:]
    elif re.fullmatch(r"[35789][0-9]{8}|1[0-9]{9}", digits):
        digits = "0" + digits
    if len(digits) == 11 and digits[:4] in _OLD_MOBILE:
        digits = _OLD_MOBILE[digits[:4]] + digits[4:]
    return digits


def check_phone(text: str, *, field: str = "phone") -> list[Problem]:
    """Return what is wrong with a phone number; an empty one is no problem, an unusual one only warns."""
    number = normal_phone(text)
    if not number or _MOBILE.fullmatch(number) or _LANDLINE.fullmatch(number):
        return []
    if not re.fullmatch(r"\+?[0-9]+", number):
        return [Problem.stop("phone-characters", field, _("Số điện thoại chỉ gồm chữ số."))]
    text = _("Số điện thoại thường có 10 chữ số, bắt đầu bằng 03, 05, 07, 08 hoặc 09. Hãy xem lại.")
    return [Problem.warn("phone-form", field, text)]


def show_phone(number: str) -> str:
    """Return a phone number in groups for reading: "0912345678" -> "0912 345 678"."""
    if _MOBILE.fullmatch(number):
        return f"{number[:4]} {number[4:7]} {number[7:]}"
    if _LANDLINE.fullmatch(number):
        return f"{number[:4]} {number[4:8]} {number[8:]}"
    return number


# --- Tax code (mã số thuế)
_TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


class BadTaxCode(ValueError):
    """The text is no tax code; `reason` is length, format, component or checksum, `str()` a sentence."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(_tax_sentence(reason))


def _tax_sentence(reason: str) -> str:
    if reason == "length":
        return _("Mã số thuế phải có 10 hoặc 13 chữ số.")
    if reason == "format":
        return _("Mã số thuế chỉ gồm chữ số.")
    if reason == "component":
        return _("Mã số thuế không đúng cấu trúc.")
    return _("Chữ số kiểm tra của mã số thuế không khớp. Hãy xem lại.")


def parse_tax_code(text: str) -> str:
    """Return a tax code as it is written: ten digits, or ten, a hyphen and three for a branch.

    Spaces, dots and hyphens may be typed anywhere. Raises BadTaxCode.
    """
    code = re.sub(r"[\s.\-\u00a0\u2010-\u2014]+", "", text)
    if len(code) not in (10, 13):
        raise BadTaxCode("length")
    if not re.fullmatch("[0-9]+", code):
        raise BadTaxCode("format")
    if code[2:9] == "0000000" or code[10:] == "000":
        raise BadTaxCode("component")
    weighted = sum(weight * int(digit) for weight, digit in zip(_TAX_WEIGHTS, code[:9], strict=True))
    if 10 - weighted % 11 != int(code[9]):
        raise BadTaxCode("checksum")
    return code if len(code) == 10 else f"{code[:10]}-{code[10:]}"
