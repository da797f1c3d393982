"""Groups listed and shown: with their rules, cycle, offices and members in the group's order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from desktop.models.ids import GroupId, MemberId
from desktop.models.kinds import GroupKind, Office
from desktop.models.records.every import Constitution, Cycle, Group, Member, Membership, OfficeTerm
from desktop.models.rules.charter import Charter
from desktop.models.rules.constitution import Rules
from desktop.services.charters import charter_on
from desktop.services.facts import (
    CycleFacts,
    RosterRow,
    cycle_facts,
    cycle_on,
    cycles_of,
    members_in_order,
    rules_of,
    rules_on,
)
from desktop.services.person_records import IN_CHUNK, matches
from desktop.store.book import Book
from resources.lang.names import join_name


class GroupOrder(StrEnum):
    """What a list of groups is ordered by."""

    NAME = "name"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class GroupFilter:
    """Which groups a list shows: by typed words (code or name), kind and place; dissolved ones when asked.

    Members and cycle are shown as they were `on` a day; None: as they are now.
    """

    text: str = ""
    kind: GroupKind | None = None
    commune_code: str | None = None
    with_closed: bool = False
    on: date | None = None


@dataclass(frozen=True, slots=True)
class GroupSort:
    """How a list of groups is ordered."""

    by: GroupOrder = GroupOrder.NAME
    descending: bool = False


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group in a list, as it is on a day: how many members, which cycle."""

    id: GroupId
    uid: bytes
    code: str
    name: str
    kind: GroupKind
    commune_code: str | None
    hamlet: str
    members: int
    cycle: CycleFacts | None
    closed: date | None


@dataclass(frozen=True, slots=True)
class RuleSpan:
    """Rules and the day that the next ones take over, None for those in force."""

    rules: Rules
    until: date | None


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """One term of an office; `until` is its last day, None while it lasts."""

    id: int
    office: Office
    member: MemberId
    code: str
    full_name: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class PastMembership:
    """A membership that has ended."""

    member: MemberId
    code: str
    full_name: str
    joined: date
    left: date
    reason: str


@dataclass(frozen=True, slots=True)
class GroupDetail:
    """A group with everything its page shows, as it is on a day."""

    id: GroupId
    uid: bytes
    code: str
    name: str
    kind: GroupKind
    commune_code: str | None
    hamlet: str
    founded: date | None
    closed: date | None
    note: str
    version: int
    rules: Rules
    charter: Charter
    rule_history: tuple[RuleSpan, ...]
    cycle: CycleFacts | None
    cycles: tuple[CycleFacts, ...]
    members: tuple[RosterRow, ...]
    past_members: tuple[PastMembership, ...]
    offices: tuple[OfficeRow, ...]
    past_offices: tuple[OfficeRow, ...]


_ORDERS: dict[GroupOrder, InstrumentedAttribute[str]] = {
    GroupOrder.NAME: Group.name_sort,
    GroupOrder.CODE: Group.code,
}


def count(book: Book, wanted: GroupFilter) -> int:
    """Return how many groups the filter finds."""
    with book.read() as session:
        return session.scalar(select(func.count()).select_from(Group).where(*_conditions(wanted))) or 0


def page(book: Book, wanted: GroupFilter, sort: GroupSort, offset: int, limit: int) -> list[GroupRow]:
    """Return a part of the list of groups."""
    column = _ORDERS[sort.by]
    order = column.desc() if sort.descending else column.asc()
    with book.read() as session:
        groups = session.scalars(
            select(Group).where(*_conditions(wanted)).order_by(order, Group.id).offset(offset).limit(limit)
        ).all()
        ids = [group.id for group in groups]
        sizes, cycles = _sizes(session, ids, wanted.on), _cycles(session, ids, wanted.on)
        return [
            GroupRow(
                GroupId(group.id),
                group.uid,
                group.code,
                group.name,
                group.kind,
                group.commune_code,
                group.hamlet,
                sizes.get(group.id, 0),
                cycles.get(group.id),
                group.closed,
            )
            for group in groups
        ]


def roster(book: Book, group: GroupId, on: date) -> list[RosterRow]:
    """Return who belongs to a group on a day, in its order."""
    with book.read() as session:
        return members_in_order(session, group, on)


def get(book: Book, group: GroupId, on: date) -> GroupDetail:
    """Return a group as it is on a day."""
    with book.read() as session:
        record = session.get_one(Group, group)
        offices = _offices(session, group)
        current = tuple(row for row in offices if row.until is None or row.until >= on)
        return GroupDetail(
            id=group,
            uid=record.uid,
            code=record.code,
            name=record.name,
            kind=record.kind,
            commune_code=record.commune_code,
            hamlet=record.hamlet,
            founded=record.founded,
            closed=record.closed,
            note=record.note,
            version=record.version,
            rules=rules_on(session, group, on),
            charter=charter_on(session, group, on),
            rule_history=_rule_history(session, group),
            cycle=cycle_on(session, group, on),
            cycles=tuple(cycles_of(session, group)),
            members=tuple(members_in_order(session, group, on)),
            past_members=_past_members(session, group),
            offices=current,
            past_offices=tuple(row for row in offices if row not in current),
        )


def _conditions(wanted: GroupFilter) -> list[ColumnElement[bool]]:
    conditions = matches(wanted.text, Group.name_fold, Group.code)
    if wanted.kind is not None:
        conditions.append(Group.kind == wanted.kind)
    if wanted.commune_code:
        conditions.append(Group.commune_code == wanted.commune_code)
    if not wanted.with_closed:
        conditions.append(Group.closed.is_(None))
    return conditions


def _sizes(session: Session, groups: Sequence[int], day: date | None) -> dict[int, int]:
    """Return how many people are in each group on a day, or now."""
    found: dict[int, int] = {}
    query = select(Membership.group_id, func.count(Membership.member_id.distinct())).group_by(
        Membership.group_id
    )
    if day is None:
        query = query.where(Membership.left.is_(None))
    else:
        query = query.where(Membership.joined <= day, or_(Membership.left.is_(None), Membership.left >= day))
    for start in range(0, len(groups), IN_CHUNK):
        rows = session.execute(query.where(Membership.group_id.in_(groups[start : start + IN_CHUNK])))
        found.update((group, number) for group, number in rows)
    return found


def _cycles(session: Session, groups: Sequence[int], day: date | None) -> dict[int, CycleFacts]:
    """Return the cycle of each group on a day, or its latest one."""
    found: dict[int, CycleFacts] = {}
    query = select(Cycle).order_by(Cycle.number)
    if day is not None:
        query = query.where(Cycle.starts <= day, Cycle.ends >= day)
    for start in range(0, len(groups), IN_CHUNK):
        rows = session.scalars(query.where(Cycle.group_id.in_(groups[start : start + IN_CHUNK])))
        found.update((row.group_id, cycle_facts(row)) for row in rows)
    return found


def _rule_history(session: Session, group: GroupId) -> tuple[RuleSpan, ...]:
    rows = session.scalars(
        select(Constitution).where(Constitution.group_id == group).order_by(Constitution.valid_from.desc())
    )
    spans: list[RuleSpan] = []
    until: date | None = None
    for row in rows:
        spans.append(RuleSpan(rules_of(row), until))
        until = row.valid_from
    return tuple(spans)


def _past_members(session: Session, group: GroupId) -> tuple[PastMembership, ...]:
    rows = session.execute(
        select(Membership, Member.code, Member.family, Member.middle, Member.given)
        .join(Member, Member.id == Membership.member_id)
        .where(Membership.group_id == group, Membership.left.is_not(None))
        .order_by(Membership.left.desc(), Membership.id)
    )
    return tuple(
        PastMembership(
            MemberId(row.Membership.member_id),
            row.code,
            join_name(row.family, row.middle, row.given),
            row.Membership.joined,
            row.Membership.left,
            row.Membership.reason,
        )
        for row in rows
    )


def _offices(session: Session, group: GroupId) -> list[OfficeRow]:
    """Return all terms of a group: by office, the latest first."""
    rows = session.execute(
        select(OfficeTerm, Member.code, Member.family, Member.middle, Member.given)
        .join(Member, Member.id == OfficeTerm.member_id)
        .where(OfficeTerm.group_id == group)
        .order_by(OfficeTerm.since.desc(), OfficeTerm.id.desc())
    )
    places = {office: place for place, office in enumerate(Office)}
    found = [
        OfficeRow(
            row.OfficeTerm.id,
            row.OfficeTerm.office,
            MemberId(row.OfficeTerm.member_id),
            row.code,
            join_name(row.family, row.middle, row.given),
            row.OfficeTerm.since,
            row.OfficeTerm.until,
        )
        for row in rows
    ]
    return sorted(found, key=lambda row: places[row.office])
