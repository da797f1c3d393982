"""Who owns an activity, in the words of a list: the person, the household by its head, or the group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, HouseholdId, MemberId
from desktop.models.kinds import Sex
from desktop.models.records.every import Group, Household, Livelihood, Member, Membership
from desktop.services.person_records import IN_CHUNK
from resources.lang.messages import _
from resources.lang.names import join_name

_NOBODY = 10**9
STRANGERS = 2 * _NOBODY
"""Who is no member is numbered below 0 in figures: groups by their id, households from `_NOBODY`, workers from here."""


@dataclass(frozen=True, slots=True)
class OwnerBlock:
    """The owner of an activity. `person` is who stands for it in breakdowns: the member, or the household's head.

    `groups` are the groups that the owner is, or is in now.
    """

    text: str
    kind: str
    member: MemberId | None = None
    household: HouseholdId | None = None
    group: GroupId | None = None
    person: MemberId | None = None
    sex: Sex | None = None
    groups: tuple[GroupId, ...] = ()


@dataclass(frozen=True, slots=True)
class _Person:
    id: int
    household: int | None
    name: str
    sex: Sex
    head: bool


@dataclass(frozen=True, slots=True)
class Owned:
    """Something other than an activity that belongs to a member, a household or a group: exactly one is named."""

    id: int
    member_id: int | None = None
    household_id: int | None = None
    group_id: int | None = None


def in_group(owner: OwnerBlock, group: GroupId) -> bool:
    """Tell whether an owner belongs to a group."""
    return group in owner.groups


def actor_of(owner: OwnerBlock) -> int:
    """Return who stands for an activity in figures: the member; of a group, and of a household of nobody, a number below 0."""
    if owner.person is not None:
        return owner.person
    return -owner.group if owner.group is not None else -_NOBODY - (owner.household or 0)


def owners_of(session: Session, records: Sequence[Livelihood | Owned]) -> dict[int, OwnerBlock]:
    """Return the owners of activities (or of what else is owned), by its id."""
    households = {record.household_id for record in records if record.household_id is not None}
    members = {record.member_id for record in records if record.member_id is not None}
    people = {
        person.id: person
        for person in [
            *_people(session, members, of_households=False),
            *_people(session, households, of_households=True),
        ]
    }
    by_household: dict[int, list[_Person]] = {}
    for person in people.values():
        if person.household is not None:
            by_household.setdefault(person.household, []).append(person)
    groups = _groups_of(session, people)
    codes = _codes(session, households)
    names = {
        group.id: group.name
        for group in session.scalars(
            select(Group).where(
                Group.id.in_([record.group_id for record in records if record.group_id is not None])
            )
        )
    }
    return {record.id: _block(record, people, by_household, groups, codes, names) for record in records}


def _block(
    record: Livelihood | Owned,
    people: dict[int, _Person],
    by_household: dict[int, list[_Person]],
    groups: dict[int, set[int]],
    codes: dict[int, str],
    names: dict[int, str],
) -> OwnerBlock:
    if record.group_id is not None:
        group = GroupId(record.group_id)
        return OwnerBlock(names.get(record.group_id, ""), _("Nhóm"), group=group, groups=(group,))
    if record.member_id is not None:
        person = people[record.member_id]
        return OwnerBlock(
            person.name,
            _("Cá nhân"),
            member=MemberId(person.id),
            household=None if person.household is None else HouseholdId(person.household),
            person=MemberId(person.id),
            sex=person.sex,
            groups=_ordered(groups.get(person.id, ())),
        )
    assert record.household_id is not None
    living = by_household.get(record.household_id, [])
    head = next((one for one in living if one.head), living[0] if living else None)
    code = codes.get(record.household_id, "")
    text = (
        _("Hộ {code}: {head}").format(code=code, head=head.name) if head else _("Hộ {code}").format(code=code)
    )
    return OwnerBlock(
        text,
        _("Hộ gia đình"),
        household=HouseholdId(record.household_id),
        person=None if head is None else MemberId(head.id),
        sex=None if head is None else head.sex,
        groups=_ordered(set().union(*(groups.get(one.id, set()) for one in living))),
    )


def _ordered(groups: Iterable[int]) -> tuple[GroupId, ...]:
    return tuple(GroupId(one) for one in sorted(groups))


def _people(session: Session, keys: Iterable[int], *, of_households: bool) -> list[_Person]:
    column = Member.household_id if of_households else Member.id
    wanted, found = sorted(set(keys)), []
    for start in range(0, len(wanted), IN_CHUNK):
        rows = session.execute(
            select(
                Member.id,
                Member.household_id,
                Member.family,
                Member.middle,
                Member.given,
                Member.sex,
                Member.is_head,
            ).where(column.in_(wanted[start : start + IN_CHUNK]))
        )
        found += [
            _Person(
                row.id, row.household_id, join_name(row.family, row.middle, row.given), row.sex, row.is_head
            )
            for row in rows
        ]
    return found


def _groups_of(session: Session, people: Iterable[int]) -> dict[int, set[int]]:
    wanted = sorted(people)
    found: dict[int, set[int]] = {}
    for start in range(0, len(wanted), IN_CHUNK):
        rows = session.execute(
            select(Membership.member_id, Membership.group_id).where(
                Membership.member_id.in_(wanted[start : start + IN_CHUNK]), Membership.left.is_(None)
            )
        )
        for member, group in rows:
            found.setdefault(member, set()).add(group)
    return found


def _codes(session: Session, households: Iterable[int]) -> dict[int, str]:
    wanted, found = sorted(households), {}
    for start in range(0, len(wanted), IN_CHUNK):
        rows = session.execute(
            select(Household.id, Household.code).where(Household.id.in_(wanted[start : start + IN_CHUNK]))
        )
        found.update({row.id: row.code for row in rows})
    return found
