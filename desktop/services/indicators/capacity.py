"""What groups can do by themselves: whether they meet as planned (NH07), the scores that were kept (NH14, NH15)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from desktop.models.capacity_kinds import Phase
from desktop.models.rules.loans.calendar import add_months
from desktop.models.rules.meeting_plan import Regularity
from desktop.services import maturity, maturity_facts
from desktop.services.indicators.facts import Facts, Scope, Value, ratio
from desktop.services.indicators.loading import LOADERS
from desktop.services.indicators.membership import active_groups_of
from desktop.services.indicators.registry import Kind, Unit, indicator
from resources.indicators import limit


@dataclass(frozen=True, slots=True)
class Scored:
    """The last score of a group by the end of the period, of 100, and its phase."""

    group: int
    day: date
    points: int
    phase: Phase


def load(session: Session, _scope: Scope, _starts: date, ends: date) -> Iterable[Scored]:
    """Return the scores that are young enough to be counted."""
    oldest = add_months(ends, -limit("maturity.valid.months", ends))
    for group, graded in maturity.grades(session, ends).items():
        if graded.day > oldest:
            yield Scored(group, graded.day, graded.points, graded.phase)


def _planned(session: Session, _scope: Scope, starts: date, ends: date) -> Iterable[tuple[int, Regularity]]:
    return maturity_facts.regularities(session, starts, ends).items()


LOADERS["maturity"] = load
LOADERS["regularity"] = _planned


@indicator("NH07", Unit.PERCENT, Kind.RATE, of_groups=True)
def met_as_planned(facts: Facts) -> Value:
    """Return the share of the meetings due by the groups' rules that were held near enough to their day."""
    inside = {group.id for group in facts.groups}
    plans = [plan for group, plan in facts.more.get("regularity", ()) if group in inside]
    return ratio(sum(plan.on_plan for plan in plans), sum(plan.planned for plan in plans))


def _scored(facts: Facts) -> list[Scored]:
    inside = {group.id for group in active_groups_of(facts)}
    return [row for row in facts.more.get("maturity", ()) if row.group in inside]


@indicator("NH14", Unit.POINTS, Kind.MEAN, of_groups=True)
def maturity_score(facts: Facts) -> Value:
    """Return the mean score of the active groups assessed within the last twelve months."""
    found = _scored(facts)
    return ratio(sum(row.points for row in found), len(found))


@indicator("NH15", Unit.PERCENT, Kind.RATE, of_groups=True)
def self_managed(facts: Facts) -> Value:
    """Return the share of the active groups that manage themselves."""
    managed = sum(row.phase is Phase.SELF_MANAGED for row in _scored(facts))
    return ratio(managed, len(active_groups_of(facts)))
