"""People listed and shown. The list of 50,000 is read page by page, in the order of an index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from desktop.models.ids import GroupId, HouseholdId, MemberId
from desktop.models.inclusion_kinds import SeenHow
from desktop.models.kinds import MemberStatus, Office, Sex
from desktop.models.records.every import (
    Group,
    Household,
    Member,
    MemberPhoto,
    Membership,
    OfficeTerm,
)
from desktop.models.rules.people import Person, show_address
from desktop.services import sight
from desktop.services.erasing import is_erased
from desktop.services.person_records import groups_of, member_matches, person_of
from desktop.store.book import Book
from resources.lang.names import join_name


class MemberOrder(StrEnum):
    """What a list of people is ordered by. POSITION is the group's own order: only with a group."""

    NAME = "name"
    CODE = "code"
    BIRTH = "birth"
    JOINED = "joined"
    POSITION = "position"


@dataclass(frozen=True, slots=True)
class MemberFilter:
    """Which people a list shows.

    `text` is typed words (name with or without marks, code, phone, citizen number). `group` shows who is in
    it now; `without_group` those who are in none.
    """

    text: str = ""
    group: GroupId | None = None
    without_group: bool = False
    household: HouseholdId | None = None
    commune_code: str | None = None
    hamlet: str = ""
    status: MemberStatus | None = None
    sex: Sex | None = None


@dataclass(frozen=True, slots=True)
class MemberSort:
    """How a list of people is ordered."""

    by: MemberOrder = MemberOrder.NAME
    descending: bool = False


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A person in a list. `groups` are the codes of the groups they are in now; `position` only with a group."""

    id: MemberId
    uid: bytes
    code: str
    full_name: str
    sex: Sex
    birth_date: date | None
    birth_year: int | None
    citizen_number: str
    phone: str
    household_code: str
    hamlet: str
    groups: tuple[str, ...]
    status: MemberStatus
    joined: date | None
    left: date | None
    large_print: bool
    position: int | None = None


@dataclass(frozen=True, slots=True)
class MemberGroup:
    """A membership of a person; `left` is None while it lasts."""

    group: GroupId
    code: str
    name: str
    position: int
    joined: date
    left: date | None
    reason: str
    offices: tuple[Office, ...]


@dataclass(frozen=True, slots=True)
class MemberDetail:
    """A person with all that their page shows."""

    id: MemberId
    uid: bytes
    code: str
    person: Person
    status: MemberStatus
    left: date | None
    household: HouseholdId | None
    household_code: str
    is_head: bool
    address: str
    groups: tuple[MemberGroup, ...]
    has_photo: bool
    version: int
    erased: bool = False
    """Whether the person's data were erased on request: nothing more is written about them."""


_ORDERS: dict[MemberOrder, tuple[InstrumentedAttribute[Any], ...]] = {
    MemberOrder.NAME: (Member.name_sort, Member.id),
    MemberOrder.CODE: (Member.code,),
    MemberOrder.BIRTH: (Member.birth_year, Member.birth_date, Member.name_sort, Member.id),
    MemberOrder.JOINED: (Member.joined, Member.name_sort, Member.id),
    MemberOrder.POSITION: (Membership.position, Member.name_sort, Member.id),
}


def count(book: Book, wanted: MemberFilter) -> int:
    """Return how many people the filter finds."""
    with book.read() as session:
        return session.scalar(_filtered(select(func.count(Member.id)), wanted)) or 0


def page(book: Book, wanted: MemberFilter, sort: MemberSort, offset: int, limit: int) -> list[MemberRow]:
    """Return a part of the list of people."""
    by = MemberOrder.NAME if sort.by is MemberOrder.POSITION and wanted.group is None else sort.by
    order = [column.desc() if sort.descending else column.asc() for column in _ORDERS[by]]
    with book.read() as session:
        # First only the keys, from the index alone; what is shown is read for this page's people.
        keys = _filtered(select(Member.id), wanted).order_by(*order).offset(offset).limit(limit)
        return rows_of(session, list(session.scalars(keys)), wanted.group)


def get(book: Book, member: MemberId) -> MemberDetail:
    """Return a person with all that their page shows; the ethnicity only to who may see it, and logged."""
    with book.read() as session:
        found = _detail(session, member)
    if found.person.ethnic_code is None or not book.access.guarded:
        return found
    if book.readonly:  # what cannot be written down is not shown; the rest of the page is
        return replace(found, person=replace(found.person, ethnic_code=None))
    sight.note(book, SeenHow.SEEN, "ethnicity", [("members", found.uid)])
    return found


def _detail(session: Session, member: MemberId) -> MemberDetail:
    record = session.get_one(Member, member)
    household = None if record.household_id is None else session.get_one(Household, record.household_id)
    return MemberDetail(
        id=member,
        uid=record.uid,
        code=record.code,
        person=person_of(record),
        status=record.status,
        left=record.left,
        household=None if household is None else HouseholdId(household.id),
        household_code="" if household is None else household.code,
        is_head=record.is_head,
        address=""
        if household is None
        else show_address(household.commune_code, household.hamlet, household.address_text),
        groups=_groups(session, member),
        has_photo=session.scalar(select(MemberPhoto.member_id).where(MemberPhoto.member_id == member))
        is not None,
        version=record.version,
        erased=is_erased(session, record),
    )


def get_by_code(book: Book, code: str) -> MemberDetail | None:
    """Return the person of a code ("TV-0012"), or None."""
    with book.read() as session:
        found = session.scalar(select(Member.id).where(Member.code == code.strip().upper()))
    return None if found is None else get(book, MemberId(found))


def photo(book: Book, member: MemberId) -> bytes | None:
    """Return a person's photo, or None."""
    with book.read() as session:
        return session.scalar(select(MemberPhoto.image).where(MemberPhoto.member_id == member))


def rows_of(session: Session, members: Sequence[int], group: GroupId | None = None) -> list[MemberRow]:
    """Return the rows of these people, in this order."""
    codes = groups_of(session, members)
    query = (
        select(Member, Household.code, Household.hamlet)
        .outerjoin(Household, Household.id == Member.household_id)
        .where(Member.id.in_(members))
    )
    positions = _positions(session, members, group)
    rows: dict[int, MemberRow] = {}
    for member, household_code, hamlet in session.execute(query):
        rows[member.id] = MemberRow(
            id=MemberId(member.id),
            uid=member.uid,
            code=member.code,
            full_name=join_name(member.family, member.middle, member.given),
            sex=member.sex,
            birth_date=member.birth_date,
            birth_year=member.birth_year,
            citizen_number=member.citizen_number or "",
            phone=member.phone,
            household_code=household_code or "",
            hamlet=hamlet or "",
            groups=tuple(code for code, _name in codes.get(member.id, [])),
            status=member.status,
            joined=member.joined,
            left=member.left,
            large_print=member.large_print,
            position=positions.get(member.id),
        )
    return [rows[member] for member in members]


def _positions(session: Session, members: Sequence[int], group: GroupId | None) -> dict[int, int]:
    if group is None:
        return {}
    rows = session.execute(
        select(Membership.member_id, Membership.position).where(
            Membership.group_id == group, Membership.left.is_(None), Membership.member_id.in_(members)
        )
    )
    return {row.member_id: row.position for row in rows}


def _filtered(query: Select[Any], wanted: MemberFilter) -> Select[Any]:
    if wanted.group is not None:
        now = and_(
            Membership.member_id == Member.id,
            Membership.group_id == wanted.group,
            Membership.left.is_(None),
        )
        query = query.join(Membership, now)
    if wanted.commune_code or wanted.hamlet:
        query = query.join(Household, Household.id == Member.household_id)
    return query.where(*_conditions(wanted))


def _conditions(wanted: MemberFilter) -> list[ColumnElement[bool]]:
    conditions = member_matches(wanted.text)
    if wanted.without_group:
        conditions.append(
            ~select(Membership.id)
            .where(Membership.member_id == Member.id, Membership.left.is_(None))
            .exists()
        )
    if wanted.household is not None:
        conditions.append(Member.household_id == wanted.household)
    if wanted.commune_code:
        conditions.append(Household.commune_code == wanted.commune_code)
    if wanted.hamlet:
        conditions.append(Household.hamlet == wanted.hamlet)
    if wanted.status is not None:
        conditions.append(Member.status == wanted.status)
    if wanted.sex is not None:
        conditions.append(Member.sex == wanted.sex)
    return conditions


def _groups(session: Session, member: MemberId) -> tuple[MemberGroup, ...]:
    terms = session.execute(
        select(OfficeTerm.group_id, OfficeTerm.office)
        .where(OfficeTerm.member_id == member, OfficeTerm.until.is_(None))
        .order_by(OfficeTerm.since)
    ).all()
    rows = session.execute(
        select(Membership, Group.code, Group.name)
        .join(Group, Group.id == Membership.group_id)
        .where(Membership.member_id == member)
        .order_by(Membership.left.is_not(None), Group.code, Membership.id)
    )
    return tuple(
        MemberGroup(
            GroupId(row.Membership.group_id),
            row.code,
            row.name,
            row.Membership.position,
            row.Membership.joined,
            row.Membership.left,
            row.Membership.reason,
            tuple(
                term.office
                for term in terms
                if term.group_id == row.Membership.group_id and row.Membership.left is None
            ),
        )
        for row in rows
    )
