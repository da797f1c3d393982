"""What groups can do by themselves: whether they meet as planned (NH07) and sign their minutes (NH11), their scores (NH14, NH15)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.capacity_kinds import Phase
from desktop.models.kinds import AttachmentKind, MeetingState
from desktop.models.records.base import table_of
from desktop.models.records.every import Attachment, Meeting
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


def _signed(session: Session, _scope: Scope, starts: date, ends: date) -> Iterable[tuple[int, int]]:
    """Yield how many meetings of each group in the period have a scan of their signed minutes."""
    scanned = (
        select(Attachment.subject_uid)
        .where(
            Attachment.subject == table_of(Meeting).name,
            Attachment.kind == AttachmentKind.MINUTES,
            Attachment.removed.in_((False,)),
        )
        .distinct()
    )
    query = (
        select(Meeting.group_id, func.count())
        .where(
            Meeting.state == MeetingState.POSTED,
            Meeting.day >= starts,
            Meeting.day <= ends,
            Meeting.uid.in_(scanned),
        )
        .group_by(Meeting.group_id)
    )
    for group, meetings in session.execute(query):
        yield group, int(meetings)


LOADERS["maturity"] = load
LOADERS["signed minutes"] = _signed
LOADERS["regularity"] = _planned


@indicator("NH07", Unit.PERCENT, Kind.RATE, of_groups=True)
def met_as_planned(facts: Facts) -> Value:
    """Return the share of the meetings due by the groups' rules that were held near enough to their day."""
    inside = {group.id for group in facts.groups}
    plans = [plan for group, plan in facts.more.get("regularity", ()) if group in inside]
    return ratio(sum(plan.on_plan for plan in plans), sum(plan.planned for plan in plans))


@indicator("NH11", Unit.PERCENT, Kind.RATE, of_groups=True)
def signed_minutes(facts: Facts) -> Value:
    """Return the share of the held meetings whose signed minutes are kept as a scan or a photo."""
    signed = sum(
        meetings for group, meetings in facts.more.get("signed minutes", ()) if group in facts.by_group
    )
    return ratio(signed, sum(group.held for group in facts.groups))


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
