"""A line of a commune's list and the households of the book: sure, unsure, new; nobody is merged silently."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.models.ids import HouseholdId
from desktop.models.rules.household_matching import (
    Finder,
    Home,
    HomePerson,
    Kind,
    Likeness,
    Wanted,
    hamlet_key,
)

HOA = Home(
    HouseholdId(1),
    "HO-0001",
    "30043",
    "ấp 3",
    (HomePerson("Nguyễn Thị Hòa", "092185000001", 1985, True), HomePerson("Trần Văn Bảy", "", 1980)),
)
HOA_OTHER_PLACE = Home(
    HouseholdId(2), "HO-0002", "30043", "ấp Bình Phú", (HomePerson("Nguyễn Thị Hoà", "", 1960, True),)
)
UT = Home(HouseholdId(3), "HO-0003", "30043", "ấp 3", (HomePerson("Lê Văn Út", "", None, True),))
FINDER = Finder([HOA, HOA_OTHER_PLACE, UT])


def found(name: str, hamlet: str = "ấp 3", **more: object) -> tuple[Kind, list[tuple[str, Likeness]]]:
    match = FINDER.find(Wanted(name, hamlet, "30043", **more))  # type: ignore[arg-type]
    return match.kind, [(one.home.code, one.why) for one in match.candidates]


def test_the_same_number_and_name_is_sure_wherever_they_live() -> None:
    kind, candidates = found("Nguyễn Thị Hòa", "ấp khác", citizen_number="092185000001")
    assert kind is Kind.SURE
    assert candidates[0] == ("HO-0001", Likeness.NUMBER)


def test_the_same_number_with_another_name_is_for_a_person_to_decide() -> None:
    assert found("Lâm Thị Sen", citizen_number="092185000001") == (
        Kind.UNSURE,
        [("HO-0001", Likeness.NUMBER_OTHER_NAME)],
    )


@pytest.mark.parametrize("hamlet", ["ấp 3", "Ấp 3", "3", "AP 3"])
def test_the_same_name_in_the_same_hamlet_is_sure(hamlet: str) -> None:
    kind, candidates = found("Nguyễn Thị Hoà", hamlet)  # the tone mark written the other way
    assert kind is Kind.SURE
    assert candidates[0] == ("HO-0001", Likeness.NAME_PLACE)


def test_another_number_or_year_makes_it_unsure() -> None:
    assert found("Nguyễn Thị Hòa", citizen_number="092185000009")[0] is Kind.UNSURE
    assert found("Nguyễn Thị Hòa", birth_year=1955)[0] is Kind.UNSURE
    assert found("Nguyễn Thị Hòa", birth_year=1985)[0] is Kind.SURE


def test_a_name_without_marks_is_unsure() -> None:
    assert found("Le Van Ut") == (Kind.UNSURE, [("HO-0003", Likeness.NO_MARKS)])


def test_somebody_who_lives_there_but_is_not_the_head_is_unsure() -> None:
    assert found("Trần Văn Bảy") == (Kind.UNSURE, [("HO-0001", Likeness.PERSON)])


def test_the_same_name_elsewhere_is_shown_and_never_taken() -> None:
    kind, candidates = found("Lê Văn Út", "ấp Xa")
    assert (kind, candidates) == (Kind.UNSURE, [("HO-0003", Likeness.OTHER_PLACE)])


def test_a_name_without_marks_elsewhere_is_asked_when_the_year_agrees() -> None:
    assert found("Nguyen Thi Hoa", "ấp khác", birth_year=1960) == (
        Kind.UNSURE,
        [("HO-0002", Likeness.NO_MARKS_OTHER_PLACE)],
    )
    assert found("Nguyen Thi Hoa", "ấp khác", birth_year=1999) == (Kind.NEW, [])
    assert found("Nguyen Thi Hoa", "ấp khác") == (Kind.NEW, [])


def test_nobody_alike_is_new() -> None:
    assert found("Phạm Văn Mới") == (Kind.NEW, [])


def test_another_commune_is_another_household() -> None:
    assert FINDER.find(Wanted("Nguyễn Thị Hòa", "ấp 3", "29050")).kind is Kind.NEW


def test_two_of_the_same_name_in_one_hamlet_are_unsure() -> None:
    twin = Home(HouseholdId(9), "HO-0009", "30043", "ấp 3", (HomePerson("Nguyễn Thị Hòa", "", None, True),))
    match = Finder([HOA, twin]).find(Wanted("Nguyễn Thị Hòa", "ấp 3", "30043"))
    assert match.kind is Kind.UNSURE
    assert len(match.candidates) == 2


def test_the_word_for_a_hamlet_does_not_matter_but_its_name_does() -> None:
    assert hamlet_key("Ấp Bình Phú") == hamlet_key("bình phú") == "binh phu"
    assert hamlet_key("ấp 3") != hamlet_key("ấp 13")
    assert hamlet_key("Ấp") == "ap"


names = st.sampled_from(["Nguyễn Thị Hòa", "Nguyen Thi Hoa", "Lê Văn Út", "Lê Văn Ut", "Trần Bảy"])
hamlets = st.sampled_from(["ấp 3", "3", "ấp 4", ""])
numbers = st.sampled_from(["", "092185000001", "092185000002"])
homes = st.lists(st.tuples(names, hamlets, numbers), max_size=6).map(
    lambda rows: [
        Home(HouseholdId(place), f"H{place}", "", hamlet, (HomePerson(name, number, None, True),))
        for place, (name, hamlet, number) in enumerate(rows)
    ]
)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(homes, names, hamlets, numbers)
def test_sure_is_never_against_a_number_and_never_one_of_two_alike(
    known: list[Home], name: str, hamlet: str, number: str
) -> None:
    match = Finder(known).find(Wanted(name, hamlet, "", number))
    if match.home is None:
        return
    person = match.home.people[0]
    assert not (number and person.citizen_number and number != person.citizen_number)
    if not (number and person.citizen_number):
        twins = [
            home
            for home in known
            if home.people[0].name == person.name and hamlet_key(home.hamlet) == hamlet_key(hamlet)
        ]
        assert len(twins) == 1
