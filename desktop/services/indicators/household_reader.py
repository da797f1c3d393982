"""Reading the households of a place: what their people are counted as, and whom the programme reaches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import HouseholdId
from desktop.models.kinds import MemberStatus
from desktop.models.records.every import Household, Member
from desktop.models.rules.categories import Category
from desktop.services.indicators.facts import HouseholdFacts, Part, Scope
from desktop.services.indicators.traits import COUNTED_BY, Known, traits_of
from resources.lang.names import join_name


def households_in(
    session: Session, scope: Scope, parts: tuple[Part, ...], ends: date, known: Mapping[int, Known]
) -> Iterable[HouseholdFacts]:
    """Yield the households of the place, with what their people are counted as and whether one is a member."""
    reached = {part.household for part in parts if part.member_on(ends)}
    query = select(
        Member.id,
        Member.household_id,
        *COUNTED_BY,
    ).where(Member.household_id.is_not(None), Member.status != MemberStatus.DIED)
    categories: dict[int, set[str]] = defaultdict(set)
    heads: dict[int, str] = {}
    for row in session.execute(query):
        facts = known.get(row.id, Known())
        traits = traits_of(row, facts, ends)
        categories[row.household_id] |= {one.value for one in Category if one.holds(traits)}
        categories[row.household_id] |= facts.vulnerabilities or frozenset()
        if row.is_head:
            heads[row.household_id] = join_name(row.family, row.middle, row.given)
    homes = select(Household).order_by(Household.hamlet, Household.code)
    if scope.commune:
        homes = homes.where(Household.commune_code == scope.commune)
    for home in session.scalars(homes):
        if scope.group is not None and home.id not in reached:
            continue
        yield HouseholdFacts(
            HouseholdId(home.id),
            home.code,
            home.commune_code or "",
            home.hamlet,
            heads.get(home.id, ""),
            home.id in reached,
            frozenset(categories.get(home.id, ())),
        )
