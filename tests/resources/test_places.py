"""The shipped places: complete, dated, spelled as decrees do, found by a few letters."""

from __future__ import annotations

import unicodedata
from collections import Counter
from datetime import date

import pytest

from resources.lang.names import decree_tones
from resources.places import commune, communes, find_communes, province, provinces
from resources.places.legacy import old_province_name, old_provinces

BEFORE = date(2025, 6, 30)
REFORM = date(2025, 7, 1)
AFTER = date(2026, 5, 1)


def test_34_provinces_and_3321_communes() -> None:
    assert len(provinces()) == 34
    assert len(communes()) == 3321 == len({unit.code for unit in communes()})
    assert Counter(unit.kind for unit in communes()) == {"xã": 2611, "phường": 697, "đặc khu": 13}
    assert sorted(unit.code for unit in provinces() if unit.kind == "thành phố") == [
        "01",
        "31",
        "46",
        "48",
        "75",
        "79",
        "92",
    ]


@pytest.mark.parametrize(("code", "number"), [("82", 102), ("86", 124), ("92", 103), ("75", 95), ("01", 126)])
def test_communes_of_a_province(code: str, number: int) -> None:
    assert len(communes(code)) == number


def test_what_was_in_force_on_a_day() -> None:
    assert provinces(BEFORE) == []
    assert communes(on=BEFORE) == []
    assert Counter(unit.kind for unit in communes(on=REFORM)) == {"xã": 2621, "phường": 687, "đặc khu": 13}
    assert len(communes(on=AFTER)) == 3321


def test_dong_nai_became_a_city() -> None:
    old, new = province("75", date(2026, 4, 29)), province("75", date(2026, 4, 30))
    assert old is not None
    assert new is not None
    assert (old.full_name, new.full_name) == ("tỉnh Đồng Nai", "thành phố Đồng Nai")
    was, became = commune("26368", date(2026, 4, 29)), commune("26368", date(2026, 4, 30))
    assert was is not None
    assert became is not None
    assert (was.address, became.address) == (
        "xã Long Thành, tỉnh Đồng Nai",
        "phường Long Thành, thành phố Đồng Nai",
    )
    assert commune("26368") == became


def test_names_are_spelled_as_decrees_do() -> None:
    names = [unit.name for unit in (*provinces(), *communes())]
    assert all(unicodedata.normalize("NFC", name) == name == decree_tones(name) for name in names)
    assert not any(name.startswith(("xã ", "phường ", "Xã ")) for name in names)
    assert [unit.name for unit in provinces() if unit.code in ("38", "56")] == ["Thanh Hóa", "Khánh Hòa"]
    bac_son = commune("06325")
    assert bac_son is not None
    assert bac_son.full_name == "xã Bắc Sơn"


def test_how_an_address_ends() -> None:
    thanh_hung = find_communes("thanh hung dong thap")[0]
    assert thanh_hung.address == "xã Thanh Hưng, tỉnh Đồng Tháp"
    assert find_communes("sai gon")[0].address == "phường Sài Gòn, Thành phố Hồ Chí Minh"
    assert find_communes("1 bao loc")[0].full_name == "Phường 1 Bảo Lộc"


def test_communes_of_a_province_come_in_vietnamese_order() -> None:
    names = [unit.name for unit in communes("82")]
    assert names.index("An Bình") < names.index("Bình Hàng Trung") < names.index("Cao Lãnh")


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("thanh hung dong thap", "xã Thanh Hưng, tỉnh Đồng Tháp"),
        ("xa thanh hung dong thap", "xã Thanh Hưng, tỉnh Đồng Tháp"),
        ("Xã Thanh Hưng, tỉnh Đồng Tháp", "xã Thanh Hưng, tỉnh Đồng Tháp"),
        ("xa tan hung tay ninh", "xã Tân Hưng, tỉnh Tây Ninh"),
        ("vi tan", "phường Vị Tân, thành phố Cần Thơ"),
        ("P. Biên Hoà", "phường Biên Hòa, thành phố Đồng Nai"),
        ("p biên hòa", "phường Biên Hòa, thành phố Đồng Nai"),
        ("bie\u0302n ho\u0300a", "phường Biên Hòa, thành phố Đồng Nai"),
        ("phu quoc", "đặc khu Phú Quốc, tỉnh An Giang"),
        ("tịnh biên an giang", "phường Tịnh Biên, tỉnh An Giang"),
        ("sài gòn tp hcm", "phường Sài Gòn, Thành phố Hồ Chí Minh"),
        ("ea hleo", "xã Ea H'Leo, tỉnh Đắk Lắk"),
        ("ea h’leo", "xã Ea H'Leo, tỉnh Đắk Lắk"),
        ("xã long thành, đồng nai", "phường Long Thành, thành phố Đồng Nai"),
    ],
)
def test_a_commune_is_found_as_people_type_it(text: str, first: str) -> None:
    assert find_communes(text)[0].address == first


def test_the_name_itself_comes_first() -> None:
    found = find_communes("tan hung")
    assert [unit.name for unit in found[:5]] == ["Tân Hưng"] * 5
    assert find_communes("a")[0].name.startswith("A")


def test_marks_that_are_typed_must_agree() -> None:
    assert {unit.name for unit in find_communes("hóa", 5)} & {
        unit.name for unit in find_communes("hòa", 5)
    } == set()
    assert all("đ" in unit.address.lower() for unit in find_communes("đ", 50))


def test_both_tone_placements_find_the_same() -> None:
    assert find_communes("Hoà") == find_communes("Hòa") != []


def test_search_keeps_its_limits() -> None:
    assert find_communes("") == []
    assert find_communes("   ") == []
    assert find_communes("zzzz") == []
    assert len(find_communes("a", 7)) == 7
    assert {unit.province_code for unit in find_communes("a", 99, province_code="82")} == {"82"}


def test_the_63_old_provinces() -> None:
    assert len(old_provinces()) == 63
    assert old_province_name("082") == "Tiền Giang"
    assert old_province_name("077") == "Bà Rịa - Vũng Tàu"
    assert old_province_name("003") is None
