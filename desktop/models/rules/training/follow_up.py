"""The visit after training: from when it is due, until when it is in time, and what it found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from desktop.models.rules.loans.calendar import add_months
from desktop.models.training_kinds import FollowState


@dataclass(frozen=True, slots=True)
class Term:
    """How many months after completion the visit is due, and for how many days it is in time after that."""

    months: int
    days: int


@dataclass(frozen=True, slots=True)
class Seen:
    """A visit: its day and whether something learned was seen in use."""

    day: date
    applied: bool


@dataclass(frozen=True, slots=True)
class FollowUp:
    """When a learner is to be visited and how it stands; `seen` the visit that answers it."""

    due: date
    last: date
    state: FollowState
    seen: date | None = None


def follow_up(completed: date, visits: tuple[Seen, ...], term: Term, day: date) -> FollowUp:
    """Return how the visit after a course completed on a day stands. Earlier visits say nothing yet."""
    due = add_months(completed, term.months)
    last = due + timedelta(days=term.days)
    found = sorted((one for one in visits if due <= one.day <= day), key=lambda one: one.day)
    applied = next((one for one in found if one.applied), None)
    if applied is not None:
        return FollowUp(due, last, FollowState.APPLIED, applied.day)
    if found:
        return FollowUp(due, last, FollowState.NOT_APPLIED, found[-1].day)
    state = FollowState.COMING if day < due else FollowState.DUE if day <= last else FollowState.OVERDUE
    return FollowUp(due, last, state)
