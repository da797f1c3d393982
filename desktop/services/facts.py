"""The one loader from records to facts: the rules of a day, the cycle of a day, the members in the group's order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.models.ids import CycleId, GroupId, MemberId
from desktop.models.kinds import CycleState
from desktop.models.records.every import Constitution, Cycle, Member, Membership
from desktop.models.rules.constitution import Rules, fines_from_text
from resources.lang.names import join_name


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


def rules_of(row: Constitution) -> Rules:
    """Return a kept constitution as the rules that it means."""
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
    row = constitution_on(session, group_id, day)
    return Rules(valid_from=day) if row is None else rules_of(row)


def cycle_facts(row: Cycle) -> CycleFacts:
    """Return a kept cycle as facts."""
    return CycleFacts(CycleId(row.id), row.number, row.starts, row.ends, row.state)


def cycles_of(session: Session, group_id: GroupId) -> list[CycleFacts]:
    """Return all cycles of a group, the first one first."""
    rows = session.scalars(select(Cycle).where(Cycle.group_id == group_id).order_by(Cycle.number))
    return [cycle_facts(row) for row in rows]


def cycle_on(session: Session, group_id: GroupId, day: date) -> CycleFacts | None:
    """Return the cycle that a day lies in, open or closed, or None."""
    row = session.scalars(
        select(Cycle)
        .where(Cycle.group_id == group_id, Cycle.starts <= day, Cycle.ends >= day)
        .order_by(Cycle.number.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else cycle_facts(row)


def members_in_order(session: Session, group_id: GroupId, on: date) -> list[RosterRow]:
    """Return who belongs to a group on a day, in the group's own order.

    The day of joining belongs to the membership, and so does the day of leaving: it is often a meeting, at
    which the leaver is paid out. A person who left and came back that same day stands there once.
    """
    rows = session.execute(
        select(
            Member.id,
            Member.uid,
            Member.code,
            Member.family,
            Member.middle,
            Member.given,
            Member.large_print,
            Membership.position,
            Membership.joined,
            Membership.left,
        )
        .join(Member, Member.id == Membership.member_id)
        .where(
            Membership.group_id == group_id,
            Membership.joined <= on,
            or_(Membership.left.is_(None), Membership.left >= on),
        )
        .order_by(Membership.position, Member.name_sort, Member.id, Membership.id)
    )
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
