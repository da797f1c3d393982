"""Amounts as people type and read them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.lang.dong import MAX_DONG, BadAmount, parse_dong, show_dong, show_number, show_percent


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("50000", 50_000),
        ("50.000", 50_000),
        ("50 000", 50_000),
        ("50k", 50_000),
        ("50 K", 50_000),
        ("1tr", 1_000_000),
        ("1,5tr", 1_500_000),
        ("1.5tr", 1_500_000),
        ("1tr5", 1_500_000),
        ("2tr050", 2_050_000),
        ("2 triệu", 2_000_000),
        ("2 TRIỆU", 2_000_000),
        ("20 nghìn", 20_000),
        ("20 ngàn đồng", 20_000),
        ("1,2 tỷ", 1_200_000_000),
        ("1.500.000 đ", 1_500_000),
        ("1.500.000\u00a0₫", 1_500_000),
        ("1.500.000 đồng", 1_500_000),
        ("1500000 VND", 1_500_000),
        ("0", 0),
        ("  7 ", 7),
        ("1.000.000.000.000.000", MAX_DONG),
        ("1\u202f000", 1000),
        ("2 trie\u0323\u0302u", 2_000_000),
    ],
)
def test_what_clerks_type_is_understood(text: str, amount: int) -> None:
    assert parse_dong(text) == amount


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "1.5",
        "1,5",
        "50,000",
        "1,500,000",
        "1.50.000",
        "1..000",
        "-5",
        "−5",
        "(5)",
        "năm nghìn",
        "5k5k",
        "1tr50",
        "1,5tr5",
        "0,0005k",
        "1e6",
        "\u0663",
        "\uff15",
        "1000000000000001",
        "99999999999999999999",
        "9" * 10_000,
        "k",
        "đ",
        "=1+1",
        "12 34",
    ],
)
def test_what_is_no_amount_is_refused_in_words(text: str) -> None:
    with pytest.raises(BadAmount) as refusal:
        parse_dong(text)
    sentence = str(refusal.value)
    assert sentence.endswith(".")
    assert sentence[0].isupper() or sentence[0] == "“"
    assert len(sentence) < 200


def test_money_is_shown_with_dots_and_the_sign() -> None:
    assert show_dong(1_234_567) == "1.234.567\u00a0₫"
    assert show_dong(-50_000) == "\u221250.000\u00a0₫"
    assert show_number(0) == "0"
    assert show_number(999) == "999"


@given(st.integers(0, MAX_DONG))
def test_what_is_shown_can_be_typed(amount: int) -> None:
    assert parse_dong(show_dong(amount)) == amount
    assert parse_dong(show_number(amount)) == amount
    assert parse_dong(str(amount)) == amount


@given(st.text(max_size=12) | st.text("0123456789., ktrđ", max_size=12))
def test_any_text_is_an_amount_or_refused(text: str) -> None:
    try:
        amount = parse_dong(text)
    except BadAmount:
        return
    assert 0 <= amount <= MAX_DONG


@pytest.mark.parametrize(
    ("ratio", "text"),
    [
        (Fraction(15, 1000), "1,5"),
        (Decimal("0.125"), "12,5"),
        (Fraction(1), "100"),
        (Fraction(1, 3), "33,33"),
        (Fraction(2, 3), "66,67"),
        (Fraction(-1, 8), "\u221212,5"),
        (Fraction(12), "1.200"),
        (Fraction(-1, 10**6), "0"),
    ],
)
def test_percent(ratio: Fraction | Decimal, text: str) -> None:
    assert show_percent(ratio) == text + "\u00a0%"
