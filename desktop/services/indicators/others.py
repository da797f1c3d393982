"""Who is no member of the place in the period but stands behind what is counted: owners, workers, members who had left.

A loader whose rows are of such people names a function in `BESIDE`, which tells who they are. They become `Facts.others`,
told apart by the same traits as members are.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, HouseholdId, MemberId
from desktop.models.kinds import Sex
from desktop.models.records.every import Household, Member, Membership
from desktop.models.rules.categories import Traits, age_on
from desktop.services.indicators.facts import Part
from desktop.services.indicators.traits import COUNTED_BY, Known, traits_of
from desktop.services.person_records import IN_CHUNK
from resources.lang.names import join_name

NO_GROUP = GroupId(0)


@dataclass(frozen=True, slots=True)
class Beside:
    """Somebody behind a row: a person of the register, or (below 0) a group, a household, a worker by name only."""

    id: int
    groups: tuple[GroupId, ...] = ()
    name: str = ""
    sex: Sex | None = None
    birth_year: int | None = None


BESIDE: dict[str, Callable[[tuple[Any, ...]], Iterable[Beside]]] = {}
"""By the name of a loader, who stands behind its rows."""


def others_in(
    session: Session,
    more: Mapping[str, tuple[Any, ...]],
    there: Container[int],
    groups: Container[int],
    ends: date,
    known: Mapping[int, Known],
    agreeing: Container[int],
) -> Iterator[Part]:
    """Yield who stands behind the rows of loaders and is not already `there`; `groups` are those of the place."""
    wanted: dict[int, Beside] = {}
    for name, tell in BESIDE.items():
        for one in tell(more.get(name, ())):
            if one.id not in there and not (one.id in wanted and wanted[one.id].groups):
                wanted[one.id] = one
    yield from _registered(session, wanted, groups, ends, known, agreeing)
    for one in wanted.values():
        if one.id < 0:
            group = next((group for group in one.groups if group in groups), NO_GROUP)
            traits = Traits(one.sex, age_on(one.birth_year, ends))
            yield Part(MemberId(one.id), group, "", one.name, traits, None, "", ends, None, "", False)


def _registered(
    session: Session,
    wanted: Mapping[int, Beside],
    groups: Container[int],
    ends: date,
    known: Mapping[int, Known],
    agreeing: Container[int],
) -> Iterator[Part]:
    keys = sorted(key for key in wanted if key > 0)
    for start in range(0, len(keys), IN_CHUNK):
        chunk = keys[start : start + IN_CHUNK]
        once = {
            member: group
            for member, group in session.execute(
                select(Membership.member_id, Membership.group_id)
                .where(Membership.member_id.in_(chunk), Membership.joined <= ends)
                .order_by(Membership.joined, Membership.id)
            )
            if group in groups
        }
        query = (
            select(
                Member.id,
                Member.code,
                *COUNTED_BY,
                Member.household_id,
                Household.hamlet,
            )
            .outerjoin(Household, Household.id == Member.household_id)
            .where(Member.id.in_(chunk))
        )
        for row in session.execute(query):
            facts = known.get(row.id, Known())
            now = next((group for group in wanted[row.id].groups if group in groups), NO_GROUP)
            yield Part(
                MemberId(row.id),
                GroupId(once.get(row.id, now)),
                row.code,
                join_name(row.family, row.middle, row.given),
                traits_of(row, facts, ends),
                None if row.household_id is None else HouseholdId(row.household_id),
                row.hamlet or "",
                ends,
                None,
                "",
                False,
                agrees=row.id in agreeing,
            )
