"""When a group meets next, by the rhythm that its rules give."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple, Protocol

from desktop.models.states import Frequency


class MeetingDays(Protocol):
    """What the rules of a group say about its days: `weekday` 0 is Monday, `month_day` counts for monthly meetings."""

    @property
    def frequency(self) -> Frequency:
        """Return how often the group meets."""
        ...

    @property
    def weekday(self) -> int:
        """Return the agreed day of the week."""
        ...

    @property
    def month_day(self) -> int | None:
        """Return the agreed day of the month, if it is that which was agreed on."""
        ...


class Rhythm(NamedTuple):
    """The same taken out of the rules, for a page that needs nothing else of them."""

    frequency: Frequency
    weekday: int
    month_day: int | None


def next_meeting(rules: MeetingDays, last: date | None, start: date) -> date:
    """Return the day of the next regular meeting after `last`, or the first one from `start` when none was held."""
    if rules.frequency is Frequency.MONTHLY:
        return _next_in_month(rules, last, start)
    if last is None:
        return start + timedelta(days=(rules.weekday - start.weekday()) % 7)
    step = {Frequency.WEEKLY: 7, Frequency.FORTNIGHTLY: 14, Frequency.FOUR_WEEKLY: 28}[rules.frequency]
    planned = last + timedelta(days=step)
    # Back to the agreed weekday when the last meeting was held on another day.
    shift = (rules.weekday - planned.weekday()) % 7
    return planned + timedelta(days=shift - 7 if shift > 3 else shift)


def _next_in_month(rules: MeetingDays, last: date | None, start: date) -> date:
    if last is None:
        first = _day_in_month(rules, start.year, start.month)
        return first if first >= start else _day_in_month(rules, *_month_after(start.year, start.month))
    return _day_in_month(rules, *_month_after(last.year, last.month))


def _month_after(year: int, month: int) -> tuple[int, int]:
    return (year + 1, 1) if month == 12 else (year, month + 1)


def _day_in_month(rules: MeetingDays, year: int, month: int) -> date:
    """Return the month's meeting day: the agreed day of the month, or else the first agreed weekday."""
    if rules.month_day is not None:
        last = date(*_month_after(year, month), 1) - timedelta(days=1)
        return last.replace(day=min(rules.month_day, last.day))
    first = date(year, month, 1)
    return first + timedelta(days=(rules.weekday - first.weekday()) % 7)
