"""The one loader from records to facts: the rules of a day, the cycle of a day, the members in the group's order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from desktop.models.ids import CycleId, GroupId, MemberId
from desktop.models.kinds import CycleState
from desktop.models.records.base import table_of
from desktop.models.records.every import Constitution, Cycle, Member, Membership
from desktop.models.rules.constitution import Rules, fines_from_text
from resources.lang.names import join_name

# Prepared once: they are asked for every meeting that is opened or posted.
_rules = table_of(Constitution)
_cycles = table_of(Cycle)
_members = table_of(Member)
_memberships = table_of(Membership)

_RULES_ON = (
    select(_rules)
    .where(_rules.c.group_id == bindparam("group"), _rules.c.valid_from <= bindparam("on"))
    .order_by(_rules.c.valid_from.desc())
    .limit(1)
)
_FIRST_RULES = (
    select(_rules).where(_rules.c.group_id == bindparam("group")).order_by(_rules.c.valid_from).limit(1)
)
_CYCLE_ON = (
    select(_cycles)
    .where(
        _cycles.c.group_id == bindparam("group"),
        _cycles.c.starts <= bindparam("on"),
        _cycles.c.ends >= bindparam("on"),
    )
    .order_by(_cycles.c.number.desc())
    .limit(1)
)
_ROSTER_ON = (
    select(
        _members.c.id,
        _members.c.uid,
        _members.c.code,
        _members.c.family,
        _members.c.middle,
        _members.c.given,
        _members.c.large_print,
        _memberships.c.position,
        _memberships.c.joined,
        _memberships.c.left,
    )
    .join(_members, _members.c.id == _memberships.c.member_id)
    .where(
        _memberships.c.group_id == bindparam("group"),
        _memberships.c.joined <= bindparam("on"),
        or_(_memberships.c.left.is_(None), _memberships.c.left >= bindparam("on")),
    )
    .order_by(_memberships.c.position, _members.c.name_sort, _members.c.id, _memberships.c.id)
)


@dataclass(frozen=True, slots=True)
class CycleFacts:
    """A cycle of a group; both days belong to it."""

    id: CycleId
    number: int
    starts: date
    ends: date
    state: CycleState


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A member on a group's list on a day, at the place that the group gave them."""

    member_id: MemberId
    uid: bytes
    code: str
    full_name: str
    position: int
    joined: date
    left: date | None
    large_print: bool


def rules_of(row: Any) -> Rules:
    """Return a kept constitution (the record, or a row of its columns) as the rules that it means."""
    return Rules(
        valid_from=row.valid_from,
        frequency=row.frequency,
        weekday=row.weekday,
        month_day=row.month_day,
        meeting_time=row.meeting_time,
        meeting_place=row.meeting_place,
        share_value=row.share_value,
        shares_min=row.shares_min,
        shares_max=row.shares_max,
        voluntary_savings=row.voluntary_savings,
        withdrawals=row.withdrawals,
        compulsory_saving=row.compulsory_saving,
        social_contribution=row.social_contribution,
        fines=fines_from_text(row.fines),
        quorum_percent=row.quorum_percent,
        share_out_unit=row.share_out_unit,
        share_out_remainder=row.share_out_remainder,
        leaving_rule=row.leaving_rule,
        leaving_fee_percent=row.leaving_fee_percent,
    )


def constitution_on(session: Session, group_id: GroupId, day: date) -> Constitution | None:
    """Return the row in force on a day; before the first one, the first one; None when the group has none."""
    mine = select(Constitution).where(Constitution.group_id == group_id)
    row = session.scalars(
        mine.where(Constitution.valid_from <= day).order_by(Constitution.valid_from.desc()).limit(1)
    ).one_or_none()
    return row or session.scalars(mine.order_by(Constitution.valid_from).limit(1)).one_or_none()


def rules_on(session: Session, group_id: GroupId, day: date) -> Rules:
    """Return the rules of a group on a day (see `constitution_on`); empty rules from `day` when it has none."""
    connection = session.connection()
    row = connection.execute(_RULES_ON, {"group": group_id, "on": day}).one_or_none()
    row = row or connection.execute(_FIRST_RULES, {"group": group_id}).one_or_none()
    return Rules(valid_from=day) if row is None else rules_of(row)


def cycle_facts(row: Any) -> CycleFacts:
    """Return a kept cycle (the record, or a row of its columns) as facts."""
    return CycleFacts(CycleId(row.id), row.number, row.starts, row.ends, row.state)


def cycles_of(session: Session, group_id: GroupId) -> list[CycleFacts]:
    """Return all cycles of a group, the first one first."""
    rows = session.scalars(select(Cycle).where(Cycle.group_id == group_id).order_by(Cycle.number))
    return [cycle_facts(row) for row in rows]


def cycle_on(session: Session, group_id: GroupId, day: date) -> CycleFacts | None:
    """Return the cycle that a day lies in, open or closed, or None."""
    row = session.connection().execute(_CYCLE_ON, {"group": group_id, "on": day}).one_or_none()
    return None if row is None else cycle_facts(row)


def members_in_order(session: Session, group_id: GroupId, on: date) -> list[RosterRow]:
    """Return who belongs to a group on a day, in the group's own order.

    The day of joining belongs to the membership, and so does the day of leaving: it is often a meeting, at
    which the leaver is paid out. A person who left and came back that same day stands there once.
    """
    rows = session.connection().execute(_ROSTER_ON, {"group": group_id, "on": on}).all()
    latest: dict[int, RosterRow] = {}
    for row in rows:
        if row.id in latest and row.left is not None:
            continue
        latest[row.id] = RosterRow(
            MemberId(row.id),
            row.uid,
            row.code,
            join_name(row.family, row.middle, row.given),
            row.position,
            row.joined,
            row.left,
            row.large_print,
        )
    return sorted(latest.values(), key=lambda row: row.position)
