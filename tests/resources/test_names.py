"""Names: one form, search, order, parts."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.lang.names import (
    decree_tones,
    fold,
    fold_tones,
    join_name,
    nfc,
    person_sort_key,
    proper_case,
    sort_key,
    split_name,
)

# The order of the domain notes: by given name, middle name, family name.
IN_ORDER = [
    *("Nguyễn Văn An", "Trần Thị Ánh", "Lê Văn Ân", "Nguyễn Văn Ấn", "Phạm Văn Bình", "Đỗ Thị Dung"),
    *("Hoàng Văn Đức", "Y Moan Ênuôl", "Nguyễn Thị Hoa", "Lý Thị Hoà", "Nguyễn Thị Hòa", "Nguyễn Thị Hoài"),
    *("H’Hen Niê", "Cao Văn Ôn", "Đặng Văn Ổn", "Bùi Văn Ơn", "Võ Văn Út", "Trương Thị Ư"),
]

# Letters of the Vietnamese alphabet in order, each with its six tones in order.
ALPHABET = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")


def in_order(words: list[str], by: Callable[[str], str]) -> list[str]:
    """Sort from the wrong way round, so that a key that says nothing is found out."""
    backwards = list(reversed(words))
    return sorted(backwards, key=by)


def key(full: str) -> str:
    return person_sort_key(*split_name(full))


def test_people_are_listed_in_vietnamese_order() -> None:
    assert in_order(IN_ORDER, key) == IN_ORDER


def test_the_key_sorts_in_a_database_byte_by_byte() -> None:
    book = sqlite3.connect(":memory:")
    book.execute("create table people (name text, sort text)")
    book.executemany("insert into people values (?, ?)", [(name, key(name)) for name in reversed(IN_ORDER)])
    assert [name for (name,) in book.execute("select name from people order by sort")] == IN_ORDER
    assert all(key(name).isascii() for name in IN_ORDER)


def test_letters_come_before_tones() -> None:
    words = [letter + "n" for letter in ALPHABET]
    assert in_order(words, sort_key) == words
    toned = [nfc("a" + tone) for tone in TONES] + [nfc("ă" + tone) for tone in TONES] + ["b"]
    assert in_order(toned, sort_key) == toned


def test_numbers_come_before_letters_and_small_before_capital() -> None:
    assert sorted(["Bảo Lộc", "bảo lộc", "1 Bảo Lộc", "Bảo"], key=sort_key) == [
        "1 Bảo Lộc",
        "Bảo",
        "bảo lộc",
        "Bảo Lộc",
    ]


VIETNAMESE = st.text("aăâđêôơưừỹặễ ABĐ'1-", max_size=12)


@given(VIETNAMESE, VIETNAMESE)
def test_keys_as_text_and_as_bytes_agree(a: str, b: str) -> None:
    assert (sort_key(a) < sort_key(b)) == (sort_key(a).encode() < sort_key(b).encode())


@given(st.lists(VIETNAMESE, min_size=6, max_size=6))
def test_a_persons_key_orders_as_its_parts_in_turn(parts: list[str]) -> None:
    one, other = parts[:3], parts[3:]
    as_parts = [sort_key(p) for p in reversed(one)] < [sort_key(p) for p in reversed(other)]
    assert (person_sort_key(*one) < person_sort_key(*other)) == as_parts


@given(st.text(max_size=20))
def test_decomposed_text_is_the_same_word(text: str) -> None:
    apart = unicodedata.normalize("NFD", text)
    assert nfc(apart) == nfc(text)
    assert fold(apart) == fold(text)
    assert fold_tones(apart) == fold_tones(text)
    assert sort_key(apart) == sort_key(nfc(text))


def test_search_without_marks() -> None:
    assert fold("Nguyễn Thị  Hòa") == "nguyen thi hoa" == fold("NGUYỄN THỊ HOÀ")
    assert fold("Đặng Đình Đức") == "dang dinh duc"
    assert fold("H’Hen Niê") == "h'hen nie"


def test_search_with_marks_knows_both_tone_placements_and_keeps_the_letter_dd() -> None:
    assert fold_tones("Hoà") == fold_tones("Hòa") == "hòa"
    assert fold_tones("Thuý") == fold_tones("Thúy")
    assert fold_tones("khoẻ") == fold_tones("khỏe")
    assert fold_tones("Thuỷ") == fold_tones("Thủy")
    assert fold_tones("Hoa") != fold_tones("Hòa")
    assert fold_tones("Đung") != fold_tones("Dung")
    assert fold_tones("Lý") != fold_tones("Lí")


@pytest.mark.parametrize(
    ("typed", "decree"),
    [
        ("Khánh Hoà", "Khánh Hòa"),
        ("THANH HOÁ", "THANH HÓA"),
        ("Thuỵ Khuê", "Thụy Khuê"),
        ("Hoàng Hoài", "Hoàng Hoài"),
        ("Quý Quỳnh Quỹ", "Quý Quỳnh Quỹ"),
        ("Qúy", "Quý"),
        ("Huế Tuấn Xuân", "Huế Tuấn Xuân"),
        ("Luỹ", "Lũy"),
    ],
)
def test_tones_are_placed_as_decrees_do(typed: str, decree: str) -> None:
    assert decree_tones(typed) == decree


@pytest.mark.parametrize(
    ("full", "parts"),
    [
        ("Nguyễn Thị Hoàng Điệp", ("Nguyễn", "Thị Hoàng", "Điệp")),
        ("Lê  Ân", ("Lê", "", "Ân")),
        ("Hoa", ("", "", "Hoa")),
        ("", ("", "", "")),
    ],
)
def test_a_full_name_is_split_and_joined(full: str, parts: tuple[str, str, str]) -> None:
    assert split_name(full) == parts
    assert join_name(*parts) == " ".join(full.split())


@pytest.mark.parametrize(
    ("typed", "proper"),
    [
        ("NGUYỄN THỊ HÒA", "Nguyễn Thị Hòa"),
        ("đặng văn ổn", "Đặng Văn Ổn"),
        ("h'hen  NIÊ", "H'Hen Niê"),
        ("H’HEN", "H’Hen"),
        ("y moan ênuôl", "Y Moan Ênuôl"),
    ],
)
def test_capitals_of_a_name(typed: str, proper: str) -> None:
    assert proper_case(typed) == proper
