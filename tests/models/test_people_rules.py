"""Rules about people, by property: what follows from a name holds for any text that is typed."""

from __future__ import annotations

import unicodedata
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from desktop.models.ids import MemberId
from desktop.models.kinds import Sex
from desktop.models.problems import Level
from desktop.models.rules.people import (
    Found,
    Person,
    check_duplicates,
    check_leaving,
    check_person,
    name_forms,
    normal_person,
    same_place,
    show_address,
    tidy,
)

TODAY = date(2026, 3, 5)
letters = st.text(alphabet="aàảãáạăằâầbdđeêghiklmnoôơpqrstuưvxyHÒANGUYỄĐẶ' -", max_size=30)
anything = st.text(max_size=40)


@given(letters, letters, letters)
def test_a_name_has_one_set_of_forms_however_it_is_written(family: str, middle: str, given_name: str) -> None:
    nfc = name_forms(family, middle, given_name)
    nfd = name_forms(*(unicodedata.normalize("NFD", part) for part in (family, middle, given_name)))
    assert nfc == nfd
    assert nfc.fold.isascii()


@given(anything)
def test_tidy_text_is_clean_and_stays_so(text: str) -> None:
    clean = tidy(text)
    assert unicodedata.is_normalized("NFC", clean)
    assert clean == clean.strip()
    assert "  " not in clean
    assert "\n" not in clean
    assert tidy(clean) == clean


@given(anything, anything, anything, anything, st.one_of(st.none(), st.integers(-5000, 20_000)))
def test_any_person_is_checked_without_falling_over(
    family: str, name: str, number: str, phone: str, year: int | None
) -> None:
    person = normal_person(
        Person(family=family, given=name, citizen_number=number, phone=phone, birth_year=year, sex=Sex.FEMALE)
    )
    problems = check_person(person, TODAY)
    assert all(problem.message for problem in problems)
    assert normal_person(person) == person


def test_the_number_s_own_record_is_told_once() -> None:
    same = Found(MemberId(7), "TV-0007", "Nguyễn Thị Hòa", 1985, "ấp 3", ("Hoa Sen",))
    other = Found(MemberId(8), "TV-0008", "Nguyễn Thị Hòa", 1985)
    problems = check_duplicates(None, same, [same, other])
    assert [(problem.code, problem.level) for problem in problems] == [
        ("citizen-twice", Level.STOP),
        ("person-twice", Level.WARN),
    ]
    assert problems[0].message.count("TV-0007 Nguyễn Thị Hòa, sinh 1985, ấp 3, Hoa Sen") == 1


def test_places_differ_only_when_both_are_known() -> None:
    assert same_place("1", "Ấp 3", "1", "ấp  3")
    assert same_place(None, "", "1", "ấp 3")
    assert not same_place("1", "ấp 3", "1", "ấp 4")
    assert not same_place("1", "ấp 3", "2", "ấp 3")


def test_an_old_address_stays_as_written() -> None:
    assert show_address("00000", "ấp 3", "ấp 3, xã Cũ, huyện Cũ, tỉnh Cũ") == "ấp 3, xã Cũ, huyện Cũ, tỉnh Cũ"
    assert show_address(None, "ấp 3", "") == "ấp 3"


def test_leaving_is_not_before_joining_the_last_meeting_or_after_today() -> None:
    day = date(2026, 2, 1)
    assert check_leaving(day, date(2026, 1, 1), TODAY, day) == []
    assert check_leaving(date(2026, 3, 6), None, TODAY, None)[0].code == "left-future"
    assert check_leaving(day, date(2026, 2, 2), TODAY, None)[0].code == "left-early"
    assert check_leaving(day, None, TODAY, date(2026, 2, 2))[0].code == "left-before-meeting"
