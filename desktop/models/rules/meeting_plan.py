"""Which days a group should have met on by its rules, and at how many of them it did."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.models.kinds import Frequency
from desktop.models.rules.constitution import Rules
from desktop.models.rules.meeting_days import next_meeting

_STEADY = (Frequency.MONTHLY, Frequency.WEEKLY)
"""Rhythms that the calendar fixes. The others follow the last meeting: a group that slips a week keeps its new beat."""


@dataclass(frozen=True, slots=True)
class Regularity:
    """How many meetings were due in a period, and how many of them were held near enough to their day."""

    planned: int = 0
    on_plan: int = 0


def regularity(
    rules_on: Callable[[date], Rules | None],
    cycles: Sequence[tuple[date, date]],
    held: Sequence[date],
    since: date,
    until: date,
    near: int,
) -> Regularity:
    """Compare the meetings held with those due from `since` to `until`, both included.

    Only days within a cycle are due (between a share-out and the next cycle a group rests). A due day less than
    `near` days before `until` without a meeting yet is still open and not counted.
    """
    if not cycles:
        return Regularity()
    first = max(since, min(starts for starts, _ends in cycles))
    free = sorted(day for day in held if day <= until)
    last = max((day for day in free if day < first - timedelta(days=near)), default=None)
    planned = on_plan = 0
    while True:
        rules = rules_on(last or first)
        if rules is None:
            return Regularity(planned, on_plan)
        due = next_meeting(rules, last, first)
        if due > until:
            return Regularity(planned, on_plan)
        last = due
        if due < first or not any(starts <= due <= ends for starts, ends in cycles):
            continue
        close = [day for day in free if abs((day - due).days) <= near]
        if close:
            free.remove(min(close, key=lambda day: (abs((day - due).days), day)))
            on_plan += 1
        elif (until - due).days < near:
            continue
        planned += 1
        if not close and rules.frequency not in _STEADY:
            after = next_meeting(rules, due, first)
            slipped = [day for day in free if due < day < after - timedelta(days=near)]
            last = slipped[0] if slipped else due
