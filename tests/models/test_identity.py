"""Citizen numbers, phones, tax codes: what is refused, what only warns, what is repaired."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.kinds import Sex
from desktop.models.problems import Level
from desktop.models.rules.identity import (
    BadTaxCode,
    check_citizen_number,
    check_phone,
    mask_citizen_number,
    normal_citizen_number,
    normal_phone,
    parse_citizen_number,
    parse_tax_code,
    show_phone,
)
from resources.places.legacy import old_provinces

GOOD = "082195012345"  # Tiền Giang, a woman born in 1995


def codes(text: str, sex: Sex | None = Sex.FEMALE, year: int | None = 1995) -> list[tuple[str, Level]]:
    return [(problem.code, problem.level) for problem in check_citizen_number(text, sex, year)]


def test_a_good_number_has_no_problem() -> None:
    assert codes(GOOD) == []
    assert codes("082 195 012 345") == []
    assert codes("") == []


@pytest.mark.parametrize("text", ["08219501234", "0821950123456", "123456789", "1"])
def test_a_wrong_length_is_refused(text: str) -> None:
    assert codes(text) == [("citizen-length", Level.STOP)]


@pytest.mark.parametrize("text", ["08219501234a", "O82195012345", "082195O12345", "٠٨٢١٩٥٠١٢٣٤٥"])
def test_other_characters_are_refused(text: str) -> None:
    assert codes(text) == [("citizen-characters", Level.STOP)]


def test_an_old_card_number_is_named() -> None:
    assert "CMND" in check_citizen_number("311234567", Sex.MALE, 1970)[0].message


def test_what_does_not_fit_only_warns() -> None:
    assert codes(GOOD, Sex.MALE) == [("citizen-sex", Level.WARN)]
    assert codes(GOOD, Sex.FEMALE, 1996) == [("citizen-birth-year", Level.WARN)]
    assert codes("003195012345") == [("citizen-province", Level.WARN)]
    assert codes("003195012345", Sex.MALE, 2095) == [
        ("citizen-province", Level.WARN),
        ("citizen-sex", Level.WARN),
        ("citizen-birth-year", Level.WARN),
    ]


def test_what_is_not_known_is_not_compared() -> None:
    assert codes(GOOD, None, None) == []
    assert codes(GOOD, Sex.OTHER, None) == []
    assert codes("123195012345") == []  # registered abroad: a country code


@given(
    st.sampled_from(sorted(old_provinces())),
    st.sampled_from([Sex.MALE, Sex.FEMALE]),
    st.integers(1900, 2099),
    st.integers(0, 999_999),
)
def test_every_number_made_by_the_rule_is_good(province: str, sex: Sex, year: int, number: int) -> None:
    digit = (year // 100 - 19) * 2 + (1 if sex is Sex.FEMALE else 0)
    text = f"{province}{digit}{year % 100:02d}{number:06d}"
    assert codes(text, sex, year) == []
    parsed = parse_citizen_number(text)
    assert parsed is not None
    assert (parsed.province_code, parsed.sex, parsed.birth_year) == (province, sex, year)
    assert parsed.century == year // 100 + 1


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("082 195 012 345", GOOD),
        ("082.195.012.345", GOOD),
        ("082-195-012-345", GOOD),
        ("\u00a0082195012345 ", GOOD),
        ("'082195012345", GOOD),
        ("82195012345.0", GOOD),
        ("1195012345.0", "001195012345"),
        ("311234567.0", "311234567"),
        ("82195012345", "82195012345"),
    ],
)
def test_a_number_is_made_normal(text: str, number: str) -> None:
    assert normal_citizen_number(text) == number


def test_papers_show_a_masked_number() -> None:
    assert mask_citizen_number(GOOD) == "0821******45"
    assert mask_citizen_number("12345") == "*****"
    assert mask_citizen_number("") == ""


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0912 345 678", "0912345678"),
        ("0912.345.678", "0912345678"),
        ("+84 912 345 678", "0912345678"),
        ("+84 (0)912345678", "0912345678"),
        ("84912345678", "0912345678"),
        ("912345678.0", "0912345678"),
        ("912345678", "0912345678"),
        ("01621234567", "0321234567"),
        ("0123 4567 890", "0834567890"),
        ("02733 871 234", "02733871234"),
        ("", ""),
    ],
)
def test_a_phone_is_made_normal(text: str, number: str) -> None:
    assert normal_phone(text) == number
    assert check_phone(text) == []


def test_an_odd_phone_warns_and_letters_stop() -> None:
    assert [problem.level for problem in check_phone("12345")] == [Level.WARN]
    assert [problem.level for problem in check_phone("0612345678")] == [Level.WARN]
    assert [problem.level for problem in check_phone("gọi chị Hoa")] == [Level.STOP]


def test_a_phone_is_shown_in_groups() -> None:
    assert show_phone("0912345678") == "0912 345 678"
    assert show_phone("02733871234") == "0273 3871 234"
    assert show_phone("113") == "113"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("0100112437", "0100112437"),
        ("01.00.112.437", "0100112437"),
        ("0312 68 78 78 - 001", "0312687878-001"),
    ],
)
def test_a_tax_code_is_read(text: str, code: str) -> None:
    assert parse_tax_code(text) == code


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("010011243", "length"),
        ("01001124370", "length"),
        ("", "length"),
        ("VV34567890", "format"),
        ("0100000008", "component"),
        ("0100112437-000", "component"),
        ("0100112438", "checksum"),
    ],
)
def test_what_is_no_tax_code(text: str, reason: str) -> None:
    with pytest.raises(BadTaxCode) as refusal:
        parse_tax_code(text)
    assert refusal.value.reason == reason
    assert str(refusal.value).endswith(".")
