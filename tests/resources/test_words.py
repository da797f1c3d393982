"""Amounts in words: the table of the domain notes, the styles, and properties for any number."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.lang.dong import in_words, number_words
from resources.lang.words import SOUTHERN, WordStyle, decimal_words, ordinal_words

TABLE = """
0 | Không đồng
5 | Năm đồng
10 | Mười đồng
11 | Mười một đồng
14 | Mười bốn đồng
15 | Mười lăm đồng
20 | Hai mươi đồng
21 | Hai mươi mốt đồng
24 | Hai mươi tư đồng
25 | Hai mươi lăm đồng
31 | Ba mươi mốt đồng
44 | Bốn mươi tư đồng
55 | Năm mươi lăm đồng
91 | Chín mươi mốt đồng
100 | Một trăm đồng
101 | Một trăm linh một đồng
104 | Một trăm linh bốn đồng
105 | Một trăm linh năm đồng
110 | Một trăm mười đồng
111 | Một trăm mười một đồng
115 | Một trăm mười lăm đồng
121 | Một trăm hai mươi mốt đồng
124 | Một trăm hai mươi tư đồng
125 | Một trăm hai mươi lăm đồng
205 | Hai trăm linh năm đồng
1.000 | Một nghìn đồng
1.001 | Một nghìn không trăm linh một đồng
1.005 | Một nghìn không trăm linh năm đồng
1.010 | Một nghìn không trăm mười đồng
1.015 | Một nghìn không trăm mười lăm đồng
1.021 | Một nghìn không trăm hai mươi mốt đồng
1.105 | Một nghìn một trăm linh năm đồng
15.000 | Mười lăm nghìn đồng
21.000 | Hai mươi mốt nghìn đồng
24.000 | Hai mươi tư nghìn đồng
25.000 | Hai mươi lăm nghìn đồng
105.000 | Một trăm linh năm nghìn đồng
115.005 | Một trăm mười lăm nghìn không trăm linh năm đồng
200.001 | Hai trăm nghìn không trăm linh một đồng
500.000 | Năm trăm nghìn đồng
1.000.000 | Một triệu đồng
1.000.001 | Một triệu không trăm linh một đồng
1.000.015 | Một triệu không trăm mười lăm đồng
1.005.000 | Một triệu không trăm linh năm nghìn đồng
1.050.000 | Một triệu không trăm năm mươi nghìn đồng
1.234.567 | Một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy đồng
10.500.000 | Mười triệu năm trăm nghìn đồng
12.345.678 | Mười hai triệu ba trăm bốn mươi lăm nghìn sáu trăm bảy mươi tám đồng
21.004.005 | Hai mươi mốt triệu không trăm linh bốn nghìn không trăm linh năm đồng
100.000.105 | Một trăm triệu một trăm linh năm đồng
999.999.999 | Chín trăm chín mươi chín triệu chín trăm chín mươi chín nghìn chín trăm chín mươi chín đồng
1.000.000.000 | Một tỷ đồng
1.000.000.001 | Một tỷ không trăm linh một đồng
1.000.001.000 | Một tỷ không trăm linh một nghìn đồng
1.005.000.000 | Một tỷ không trăm linh năm triệu đồng
15.000.000.000 | Mười lăm tỷ đồng
21.024.025.000 | Hai mươi mốt tỷ không trăm hai mươi tư triệu không trăm hai mươi lăm nghìn đồng
1.000.000.000.000 | Một nghìn tỷ đồng
1.000.000.000.001 | Một nghìn tỷ không trăm linh một đồng
1.001.000.000.000 | Một nghìn không trăm linh một tỷ đồng
1.005.024.000.105 | Một nghìn không trăm linh năm tỷ không trăm hai mươi tư triệu một trăm linh năm đồng
2.500.000.000.000 | Hai nghìn năm trăm tỷ đồng
123.456.789.012.345 | Một trăm hai mươi ba nghìn bốn trăm năm mươi sáu tỷ bảy trăm tám mươi chín triệu không trăm mười hai nghìn ba trăm bốn mươi lăm đồng
1.000.000.000.000.000 | Một triệu tỷ đồng
1.000.000.000.000.000.000 | Một tỷ tỷ đồng
-50.000 | Âm năm mươi nghìn đồng
"""
ROWS = [line.split(" | ") for line in TABLE.strip().splitlines()]


@pytest.mark.parametrize(("number", "words"), ROWS, ids=[row[0] for row in ROWS])
def test_the_table_of_the_domain_notes(number: str, words: str) -> None:
    assert in_words(int(number.replace(".", ""))) == words


def test_even_is_said_never_always_or_on_round_thousands() -> None:
    assert in_words(1_500_000, WordStyle(even="always")) == "Một triệu năm trăm nghìn đồng chẵn"
    assert in_words(1_500_000, WordStyle(even="round-thousands")) == "Một triệu năm trăm nghìn đồng chẵn"
    assert in_words(1_500_500, WordStyle(even="round-thousands")).endswith("năm trăm đồng")
    assert in_words(1_500_500, WordStyle(even="always")).endswith("đồng chẵn")


def test_the_southern_reading() -> None:
    assert number_words(1005, SOUTHERN) == "một ngàn không trăm lẻ năm"
    assert number_words(21_004_005, SOUTHERN) == "hai mươi mốt triệu không trăm lẻ bốn ngàn không trăm lẻ năm"


def test_the_zero_hundred_may_be_left_out() -> None:
    style = WordStyle(zero_hundred=False, four="bốn", odd="lẻ")
    assert number_words(3_000_005, style) == "ba triệu lẻ năm"
    assert number_words(1_000_101_017, style) == "một tỷ một trăm lẻ một nghìn lẻ mười bảy"
    assert number_words(124, style) == "một trăm hai mươi bốn"


def test_the_other_spelling_of_a_billion() -> None:
    assert number_words(2 * 10**9, WordStyle(billion="tỉ")) == "hai tỉ"


def test_ordinals() -> None:
    assert [ordinal_words(n) for n in (1, 2, 4, 5, 10, 14, 15, 21)] == [
        "thứ nhất",
        "thứ hai",
        "thứ tư",
        "thứ năm",
        "thứ mười",
        "thứ mười bốn",
        "thứ mười lăm",
        "thứ hai mươi mốt",
    ]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("1.5", "một phẩy năm"),
        ("1.05", "một phẩy không năm"),
        ("-0.25", "âm không phẩy hai mươi lăm"),
        ("2.0", "hai"),
    ],
)
def test_decimals(number: str, words: str) -> None:
    assert decimal_words(Decimal(number)) == words


_DIGIT = {"không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4}
_DIGIT |= {"năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "linh": 0}


def _read_back(words: str) -> int:
    """A reader of its own: what a person would write down on hearing the words."""
    total = block = group = 0
    for word in words.split():
        if word == "tỷ":
            total = (total + block + group) * 10**9
            block = group = 0
        elif word in ("triệu", "nghìn"):
            block += group * {"triệu": 10**6, "nghìn": 1000}[word]
            group = 0
        elif word == "trăm":
            group *= 100
        elif word == "mươi":
            group = group // 100 * 100 + group % 100 * 10
        elif word == "mười":
            group += 10
        else:
            group += _DIGIT[word]
    return total + block + group


@given(st.integers(0, 10**9 - 1) | st.integers(0, 10**18) | st.integers(0, 10**6).map(lambda n: n * 1000))
def test_what_is_read_aloud_can_be_written_down_again(number: int) -> None:
    assert _read_back(number_words(number)) == number


@given(st.integers(1, 10**15))
def test_minus_is_said_in_front(number: int) -> None:
    assert number_words(-number) == "âm " + number_words(number)
