"""Old encodings: every letter comes back, columns are recognised, Unicode is left alone."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources.lang import legacy
from resources.lang.legacy import (
    Encoding,
    convert,
    guess_encoding,
    guess_text,
    tcvn3_to_unicode,
    viqr_to_unicode,
    vni_to_unicode,
)
from resources.places import communes

SHAPED = "aăâeêioôơuưy"
MARKS = {"": "", "`": "\u0300", "?": "\u0309", "~": "\u0303", "'": "\u0301", ".": "\u0323"}
LETTERS = [unicodedata.normalize("NFC", letter + mark) for letter in SHAPED for mark in MARKS.values()] + [
    "đ"
]
VIQR_SHAPE = {"ă": "a(", "â": "a^", "ê": "e^", "ô": "o^", "ơ": "o+", "ư": "u+"}


def viqr(text: str) -> str:
    """Spell a text in VIQR, by the published table of marks."""
    out = ""
    for char in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", char.lower())
        tone = next((sign for sign, mark in MARKS.items() if mark and mark in parts), "")
        letter = unicodedata.normalize("NFC", "".join(p for p in parts if p not in MARKS.values() or not p))
        spelled = {"đ": "dd"}.get(letter, VIQR_SHAPE.get(letter, letter)) + tone
        out += spelled.upper() if char.isupper() else spelled
    return out


TO_TCVN3 = {
    letter: chr(code)
    for code, letter in legacy._TCVN3.items()
    if 0xA1 <= code <= 0xFF and not unicodedata.combining(letter)
}
TO_VNI: dict[str, str] = {}
for written, letter in legacy._VNI.items():
    TO_VNI.setdefault(letter, written)


def spell(text: str, table: dict[str, str]) -> str:
    return "".join(table.get(char, table.get(char.lower(), char)) for char in text)


@pytest.mark.parametrize("letter", LETTERS)
def test_every_small_letter_comes_back(letter: str) -> None:
    assert tcvn3_to_unicode(TO_TCVN3.get(letter, letter)) == letter
    assert vni_to_unicode(TO_VNI.get(letter, letter)) == letter
    assert viqr_to_unicode(viqr(letter)) == letter


@pytest.mark.parametrize("letter", [letter.upper() for letter in LETTERS])
def test_every_capital_comes_back(letter: str) -> None:
    assert vni_to_unicode(TO_VNI.get(letter, letter)) == letter
    assert viqr_to_unicode(viqr(letter)) == letter


def test_the_capitals_of_tcvn3_without_tone() -> None:
    assert tcvn3_to_unicode("¡¢§£¤¥¦") == "ĂÂĐÊÔƠƯ"


@pytest.mark.parametrize(
    ("written", "encoding", "meant"),
    [
        ("NguyÔn V¨n A", Encoding.TCVN3, "Nguyễn Văn A"),
        ("§¹i häc", Encoding.TCVN3, "Đại học"),
        ("Hµ Néi", Encoding.TCVN3, "Hà Nội"),
        ("NGUYÔN THÞ H­êng", Encoding.TCVN3, "NGUYỄN THỊ Hường"),
        ("Nguyeãn", Encoding.VNI, "Nguyễn"),
        ("Traàn Thò Hoøa", Encoding.VNI, "Trần Thị Hòa"),
        ("Ñoã", Encoding.VNI, "Đỗ"),
        ("NGUYEÃN VAÊN ÑÖÙC", Encoding.VNI, "NGUYỄN VĂN ĐỨC"),
        ("Nguye^~n Va(n DDu+'c", Encoding.VIQR, "Nguyễn Văn Đức"),
        ("Vie^.t Nam, ddu+o+`ng", Encoding.VIQR, "Việt Nam, đường"),
    ],
)
def test_examples_are_recognised_and_converted(written: str, encoding: Encoding, meant: str) -> None:
    assert guess_text(written) is encoding
    assert convert(written, encoding) == meant


def test_viqr_keeps_what_is_escaped_and_accepts_the_other_order() -> None:
    assert viqr_to_unicode(r"ba\.") == "ba."
    assert viqr_to_unicode("Vie.^t") == "Việt"
    assert viqr_to_unicode("DDa`o dda~") == "Đào đã"


@pytest.mark.parametrize("text", ["Nguyen Van A", "a@b.com", "05.03.2026", "", "082195012345", "What? No."])
def test_plain_text_gives_no_hint(text: str) -> None:
    assert guess_text(text) in (None, Encoding.UNICODE)
    assert guess_encoding([text]) is Encoding.UNICODE


@pytest.mark.parametrize("text", ["Nguyễn Văn A", "Hà", "Lý", "Tân", "José", "Hoàng", "Nguye\u0302\u0303n"])
def test_unicode_is_recognised(text: str) -> None:
    assert guess_text(text) is Encoding.UNICODE


def test_a_column_is_judged_by_its_majority() -> None:
    names = [commune.name for commune in communes() if not commune.name.isascii()][:300]
    assert guess_encoding(names) is Encoding.UNICODE
    assert guess_encoding([spell(name, TO_TCVN3) for name in names]) is Encoding.TCVN3
    assert guess_encoding([spell(name, TO_VNI) for name in names]) is Encoding.VNI
    assert guess_encoding([viqr(name) for name in names]) is Encoding.VIQR


def test_all_names_come_back_from_vni_and_viqr() -> None:
    for name in {commune.name for commune in communes()}:
        assert convert(spell(name, TO_VNI), Encoding.VNI) == name
        assert viqr_to_unicode(viqr(name)) == name


def test_a_unicode_cell_in_an_old_column_is_left_as_it_is() -> None:
    assert convert("Nguyễn Thị Hòa", Encoding.VNI) == "Nguyễn Thị Hòa"
    assert convert("Đỗ Thị Là", Encoding.TCVN3) == "Đỗ Thị Là"


@given(st.text(max_size=30), st.sampled_from(Encoding))
def test_any_text_converts_to_nfc(text: str, encoding: Encoding) -> None:
    converted = convert(text, encoding)
    assert unicodedata.normalize("NFC", converted) == converted
    guess_encoding([text])
