"""People: what is refused, what is asked, what is kept and found again."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date

import pytest

from desktop.models.ids import MemberId
from desktop.models.kinds import MemberStatus, Sex
from desktop.models.problems import Level, Problem, Refusal, Trouble
from desktop.services import groups, history, members
from desktop.services.acts import Act, Topic
from desktop.services.members import (
    ChangeMember,
    EnrolMember,
    MarkLeft,
    MemberFilter,
    MemberOrder,
    MemberSort,
)
from desktop.store.book import Book
from tests.services.people_kit import enrol, found_group, household, person


def refused(found: pytest.ExceptionInfo[Refusal]) -> dict[str, Problem]:
    return {problem.code: problem for problem in found.value.problems}


def test_a_member_is_kept_in_nfc_and_gets_the_next_code(any_book: Book, act: Act) -> None:
    nfd = unicodedata.normalize("NFD", "Nguyễn Thị Hòa")
    outcome = members.enrol(any_book, EnrolMember(person=person(nfd)), act)
    detail = members.get(any_book, outcome.value)
    assert detail.person.full_name == "Nguyễn Thị Hòa"
    assert unicodedata.is_normalized("NFC", detail.person.full_name)
    assert detail.code == "TV-0001"
    assert detail.person.joined == act.today
    assert Topic.MEMBERS in outcome.changed.topics
    assert members.propose_code(any_book) == "TV-0002"


def test_codes_go_on_past_the_digits_and_past_other_forms(book: Book, act: Act) -> None:
    enrol(book, act, code="tv-9999")
    enrol(book, act, "Trần Văn Ba", code="TV-TAM-BINH-LONG")
    assert members.propose_code(book) == "TV-10000"


def test_capitals_become_a_name_and_numbers_lose_their_signs(book: Book, act: Act) -> None:
    member = enrol(book, act, "NGUYỄN THỊ HÒA", citizen_number="086 185 012 345", phone="+84 912 345 678")
    kept = members.get(book, member).person
    assert (kept.full_name, kept.citizen_number, kept.phone) == (
        "Nguyễn Thị Hòa",
        "086185012345",
        "0912345678",
    )


def test_a_birth_date_gives_the_year(book: Book, act: Act) -> None:
    member = enrol(book, act, birth_date=date(1990, 5, 2), birth_year=None)
    assert members.get(book, member).person.birth_year == 1990


def test_all_problems_are_told_at_once(book: Book, act: Act) -> None:
    bad = members.Person(citizen_number="12345", phone="abc", birth_year=2030, joined=date(2027, 1, 1))
    with pytest.raises(Refusal) as caught:
        members.enrol(book, EnrolMember(person=bad), act)
    assert {problem.field for problem in caught.value.problems} >= {
        "given",
        "sex",
        "citizen_number",
        "phone",
        "birth_year",
        "joined",
    }
    assert members.count(book, MemberFilter()) == 0


def test_a_citizen_number_that_says_otherwise_is_asked_about(book: Book, act: Act) -> None:
    odd = person(citizen_number="086085012345")  # digit 0: a man of the 20th century
    with pytest.raises(Refusal) as caught:
        members.enrol(book, EnrolMember(person=odd), act)
    assert refused(caught)["citizen-sex"].level is Level.WARN
    members.enrol(book, EnrolMember(person=odd, agreed=True), act)


def test_the_same_citizen_number_is_refused_and_the_record_is_named(book: Book, act: Act) -> None:
    group = found_group(book, act, "Hoa Sen")
    home = household(book, act, "ấp 3")
    enrol(book, act, citizen_number="086185012345", household=home, group=group)
    with pytest.raises(Refusal) as caught:
        enrol(book, act, "Trần Thị Lan", citizen_number="086185012345", agreed=True)
    message = refused(caught)["citizen-twice"].message
    for part in ("TV-0001", "Nguyễn Thị Hòa", "1985", "ấp 3", "Hoa Sen"):
        assert part in message


def test_same_name_year_and_hamlet_is_asked_about(book: Book, act: Act) -> None:
    first, second = household(book, act, "ấp 3"), household(book, act, "Ấp 3")
    other = household(book, act, "ấp 7")
    enrol(book, act, "Nguyễn Thị Hòa", household=first)
    with pytest.raises(Refusal) as caught:
        enrol(book, act, "Nguyễn Thị Hoà", household=second)  # the other way to place the tone
    problem = refused(caught)["person-twice"]
    assert problem.level is Level.WARN
    assert "TV-0001" in problem.message
    enrol(book, act, "Nguyễn Thị Hoa", household=second)  # another name
    enrol(book, act, "Nguyễn Thị Hòa", household=other)  # another hamlet
    enrol(book, act, "Nguyễn Thị Hòa", household=second, birth_year=1986)  # another year
    enrol(book, act, "Nguyễn Thị Hoà", household=second, agreed=True)
    assert members.count(book, MemberFilter()) == 5


def test_a_taken_code_is_refused(book: Book, act: Act) -> None:
    enrol(book, act, code="TV-0001")
    with pytest.raises(Refusal) as caught:
        enrol(book, act, "Trần Văn Ba", code=" tv-0001 ")
    assert "code-twice" in refused(caught)


def change_of(book: Book, member: MemberId, **more: object) -> ChangeMember:
    detail = members.get(book, member)
    return ChangeMember(
        member=member,
        version=detail.version,
        code=detail.code,
        person=replace(detail.person, **more),  # type: ignore[arg-type]
        household=detail.household,
        is_head=detail.is_head,
    )


def test_a_change_is_kept_with_before_and_after(book: Book, act: Act) -> None:
    member = enrol(book, act)
    members.change(book, change_of(book, member, given="Hạnh", phone="0912345678"), act)
    assert members.get(book, member).person.full_name == "Nguyễn Thị Hạnh"
    rows = members.page(book, MemberFilter(text="hanh"), MemberSort(), 0, 10)
    assert [row.full_name for row in rows] == ["Nguyễn Thị Hạnh"]
    latest = history.of_member(book, member)[0]
    assert latest.by == "Thư ký"
    changes = {change.field: (change.before, change.after) for change in latest.fields}
    assert changes["given"] == ("Hòa", "Hạnh")
    assert changes["phone"] == ("", "0912345678")
    assert set(changes) == {"given", "phone"}


def test_two_people_editing_one_member(book: Book, act: Act) -> None:
    member = enrol(book, act)
    first, second = change_of(book, member, note="một"), change_of(book, member, note="hai")
    members.change(book, first, act)
    with pytest.raises(Trouble) as caught:
        members.change(book, second, act)
    assert caught.value.code == "stale"
    assert members.get(book, member).person.note == "một"


def test_a_member_does_not_duplicate_themselves(book: Book, act: Act) -> None:
    member = enrol(book, act, citizen_number="086185012345", household=household(book, act))
    members.change(book, change_of(book, member, note="x"), act)


def test_leaving_ends_groups_and_offices(book: Book, act: Act) -> None:
    group = found_group(book, act)
    member = enrol(book, act, group=group, joined=date(2026, 1, 5))
    with pytest.raises(Refusal):
        members.mark_left(
            book, MarkLeft(member=member, version=1, left=date(2026, 4, 1)), act
        )  # in the future
    members.mark_left(book, MarkLeft(member=member, version=1, left=date(2026, 3, 1), died=True), act)
    detail = members.get(book, member)
    assert (detail.status, detail.left) == (MemberStatus.DIED, date(2026, 3, 1))
    assert detail.groups[0].left == date(2026, 3, 1)
    assert groups.roster(book, group, date(2026, 3, 1))
    assert not groups.roster(book, group, date(2026, 3, 2))
    members.mark_returned(book, member, detail.version, act)
    assert members.get(book, member).status is MemberStatus.ACTIVE


def test_a_photo_is_kept_replaced_and_taken_away(book: Book, act: Act) -> None:
    member = enrol(book, act)
    with pytest.raises(Refusal):
        members.set_photo(book, member, b"GIF89a", act)
    members.set_photo(book, member, b"\xff\xd8\xff one", act)
    members.set_photo(book, member, b"\xff\xd8\xff two", act)
    assert members.photo(book, member) == b"\xff\xd8\xff two"
    assert members.get(book, member).has_photo
    members.set_photo(book, member, None, act)
    assert members.photo(book, member) is None


def test_large_print_is_stored_with_the_member(book: Book, act: Act) -> None:
    member = enrol(book, act)
    members.set_large_print(book, member, True, act)
    assert members.get(book, member).person.large_print


def test_the_list_is_in_vietnamese_order_of_given_middle_family(any_book: Book, act: Act) -> None:
    for name in ("Trần Văn Đào", "Nguyễn Thị Ân", "Lê An", "Phạm Văn Dũng", "Trần Thị Ăn", "Bùi Thị An"):
        enrol(any_book, act, name)
    rows = members.page(any_book, MemberFilter(), MemberSort(), 0, 100)
    assert [row.full_name for row in rows] == [
        "Lê An",
        "Bùi Thị An",
        "Trần Thị Ăn",
        "Nguyễn Thị Ân",
        "Phạm Văn Dũng",
        "Trần Văn Đào",
    ]
    last = members.page(any_book, MemberFilter(), MemberSort(MemberOrder.NAME, descending=True), 0, 2)
    assert [row.full_name for row in last] == ["Trần Văn Đào", "Phạm Văn Dũng"]
    assert [row.code for row in members.page(any_book, MemberFilter(), MemberSort(), 2, 2)] == [
        "TV-0005",
        "TV-0002",
    ]


def test_a_sort_name_takes_the_place_of_the_given_name(book: Book, act: Act) -> None:
    enrol(book, act, "H'Hen Niê", sort_name="Hen")
    enrol(book, act, "Lê Văn Khoa")
    rows = members.page(book, MemberFilter(), MemberSort(), 0, 10)
    assert [row.full_name for row in rows] == ["H'Hen Niê", "Lê Văn Khoa"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("nguyen thi hoa", {"Nguyễn Thị Hòa", "Nguyễn Thị Hoà Bình"}),
        ("hoa nguyen", {"Nguyễn Thị Hòa", "Nguyễn Thị Hoà Bình"}),
        ("dang", {"Đặng Văn Đức"}),
        ("ĐẶNG", {"Đặng Văn Đức"}),
        ("TV-0003", {"Đặng Văn Đức"}),
        ("0912", {"Đặng Văn Đức"}),
        ("086185", {"Nguyễn Thị Hòa"}),
        ("100%", set()),
        ("_", set()),
    ],
)
def test_filter_by_typed_words(any_book: Book, act: Act, typed: str, found: set[str]) -> None:
    enrol(any_book, act, "Nguyễn Thị Hòa", citizen_number="086185012345")
    enrol(any_book, act, "Nguyễn Thị Hoà Bình")
    enrol(any_book, act, "Đặng Văn Đức", sex=Sex.MALE, phone="0912345678")
    wanted = MemberFilter(text=typed)
    assert {row.full_name for row in members.page(any_book, wanted, MemberSort(), 0, 10)} == found
    assert members.count(any_book, wanted) == len(found)


def test_filter_by_group_household_place_and_state(any_book: Book, act: Act) -> None:
    group = found_group(any_book, act)
    home = household(any_book, act, "ấp 3")
    first = enrol(any_book, act, "Nguyễn Thị Hòa", group=group, household=home)
    second = enrol(any_book, act, "Trần Văn Ba", sex=Sex.MALE)

    def who(wanted: MemberFilter) -> list[int]:
        rows = members.page(any_book, wanted, MemberSort(MemberOrder.POSITION), 0, 10)
        assert members.count(any_book, wanted) == len(rows)
        return [row.id for row in rows]

    assert who(MemberFilter(group=group)) == [first]
    assert who(MemberFilter(without_group=True)) == [second]
    assert who(MemberFilter(household=home)) == [first]
    assert who(MemberFilter(hamlet="ấp 3")) == [first]
    assert who(MemberFilter(sex=Sex.MALE)) == [second]
    assert who(MemberFilter(status=MemberStatus.LEFT)) == []
    row = members.page(any_book, MemberFilter(group=group), MemberSort(), 0, 10)[0]
    assert (row.groups, row.hamlet, row.position) == (("N-001",), "ấp 3", 1)


def test_check_answers_a_form_without_writing(book: Book, act: Act) -> None:
    enrol(book, act, citizen_number="086185012345")
    found = members.check(book, person("Lê Thị Tư", citizen_number="086185012345"), act.today)
    assert [problem.code for problem in found] == ["citizen-twice"]
    assert members.count(book, MemberFilter()) == 1
