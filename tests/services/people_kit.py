"""Short ways to people and groups for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from desktop.models.ids import GroupId, HouseholdId, MemberId
from desktop.models.kinds import Sex
from desktop.models.rules.constitution import Rules
from desktop.services import groups, households, members
from desktop.services.acts import Act
from desktop.store.book import Book
from resources.lang.names import split_name

RULES = Rules(valid_from=date(2026, 1, 1), share_value=20_000, social_contribution=5_000)


def person(name: str = "Nguyễn Thị Hòa", **more: Any) -> members.Person:
    """A person of this full name, born in 1985, a woman unless said otherwise."""
    family, middle, given = split_name(name)
    known: dict[str, Any] = {"sex": Sex.FEMALE, "birth_year": 1985, **more}
    return members.Person(family=family, middle=middle, given=given, **known)


def enrol(book: Book, act: Act, name: str = "Nguyễn Thị Hòa", **more: Any) -> MemberId:
    """Enter a person; `code`, `household`, `is_head`, `group`, `agreed` belong to the command, the rest to the person."""
    mine = {key: more.pop(key) for key in ("code", "household", "is_head", "group", "agreed") if key in more}
    command = members.EnrolMember(person=person(name, **more), **mine)
    return members.enrol(book, command, act).value


def found_group(book: Book, act: Act, name: str = "Hoa Sen", **more: Any) -> GroupId:
    """Found a group whose first cycle is the year 2026."""
    command = groups.FoundGroup(
        name=name,
        rules=more.pop("rules", RULES),
        cycle_starts=more.pop("cycle_starts", date(2026, 1, 1)),
        cycle_ends=more.pop("cycle_ends", date(2026, 12, 31)),
        **more,
    )
    return groups.found(book, command, act).value


def household(book: Book, act: Act, hamlet: str = "ấp 3", **more: Any) -> HouseholdId:
    """Enter a household in a hamlet."""
    address = households.Address(hamlet=hamlet, commune_code=more.pop("commune_code", None))
    return households.found(book, households.FoundHousehold(address=address, **more), act).value
