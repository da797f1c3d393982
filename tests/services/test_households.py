"""Households: code, head, address, people."""

from __future__ import annotations

import pytest

from desktop.models.problems import Refusal, Trouble
from desktop.services import households, members
from desktop.services.acts import Act
from desktop.services.households import (
    Address,
    ChangeHousehold,
    FoundHousehold,
    HouseholdFilter,
    HouseholdOrder,
    HouseholdSort,
)
from desktop.store.book import Book
from resources import places
from tests.services.people_kit import enrol, household


def test_a_household_has_a_code_an_address_and_a_head(any_book: Book, act: Act) -> None:
    commune = places.find_communes("Tân Hưng")[0]
    home = household(any_book, act, "ấp  3", commune_code=commune.code)
    wife = enrol(any_book, act, "Nguyễn Thị Hòa", household=home)
    enrol(any_book, act, "Trần Văn Ba", household=home, is_head=True)
    detail = households.get(any_book, home)
    assert detail.code == "HO-0001"
    assert detail.head is not None
    assert detail.head.full_name == "Trần Văn Ba"
    assert [person.full_name for person in detail.people] == ["Trần Văn Ba", "Nguyễn Thị Hòa"]
    assert detail.address.show() == f"ấp 3, {commune.address}"
    households.appoint_head(any_book, home, wife, act)
    row = households.page(any_book, HouseholdFilter(), HouseholdSort(), 0, 10)[0]
    assert (row.head, row.people) == ("Nguyễn Thị Hòa", 2)
    assert members.get(any_book, wife).is_head


def test_an_address_from_before_the_reform_prints_as_written(book: Book, act: Act) -> None:
    written = "ấp Bình Hòa, xã Bình Hòa Phước, huyện Long Hồ, tỉnh Vĩnh Long"
    command = FoundHousehold(address=Address(hamlet="ấp Bình Hòa", text=written))
    home = households.found(book, command, act).value
    member = enrol(book, act, household=home)
    assert members.get(book, member).address == written


def test_found_by_head_hamlet_or_code(any_book: Book, act: Act) -> None:
    first, second = household(any_book, act, "ấp Thới Hòa"), household(any_book, act, "ấp 7")
    enrol(any_book, act, "Đặng Thị Điệp", household=first, is_head=True)

    def found(text: str) -> list[int]:
        wanted = HouseholdFilter(text=text)
        rows = households.page(any_book, wanted, HouseholdSort(HouseholdOrder.HEAD), 0, 10)
        assert households.count(any_book, wanted) == len(rows)
        return [row.id for row in rows]

    assert found("dang diep") == [first]
    assert found("thoi hoa") == [first]
    assert found("ho-0002") == [second]
    assert households.hamlets(any_book) == ["ấp 7", "ấp Thới Hòa"]


def test_a_renamed_head_is_found_by_the_new_name(book: Book, act: Act) -> None:
    home = household(book, act)
    member = enrol(book, act, "Nguyễn Thị Hòa", household=home, is_head=True)
    detail = members.get(book, member)
    from dataclasses import replace

    members.change(
        book,
        members.ChangeMember(
            member=member,
            version=detail.version,
            code=detail.code,
            person=replace(detail.person, given="Lụa"),
            household=home,
            is_head=True,
        ),
        act,
    )
    assert households.count(book, HouseholdFilter(text="lua")) == 1
    assert households.count(book, HouseholdFilter(text="hoa")) == 0


def test_changes_are_checked_and_versioned(book: Book, act: Act) -> None:
    home = household(book, act)
    household(book, act, code="HO-0009")
    detail = households.get(book, home)
    with pytest.raises(Refusal) as caught:
        households.change(
            book, ChangeHousehold(home, detail.version, "ho-0009", Address(commune_code="1")), act
        )
    assert {problem.code for problem in caught.value.problems} == {"code-twice", "commune"}
    households.change(book, ChangeHousehold(home, detail.version, "HO-0001", Address(hamlet="ấp 9")), act)
    with pytest.raises(Trouble):
        households.change(book, ChangeHousehold(home, detail.version, "HO-0001", Address()), act)
    assert households.get(book, home).address.hamlet == "ấp 9"


def test_people_move_and_an_empty_household_may_go(book: Book, act: Act) -> None:
    first, second = household(book, act), household(book, act)
    member = enrol(book, act, household=first, is_head=True)
    with pytest.raises(Refusal):
        households.remove(book, first, households.get(book, first).version, act)
    with pytest.raises(Refusal):
        households.appoint_head(book, second, member, act)
    households.move(book, [member], second, act)
    assert not members.get(book, member).is_head
    households.remove(book, first, households.get(book, first).version, act)
    assert households.count(book, HouseholdFilter()) == 1
