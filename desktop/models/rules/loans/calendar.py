"""Due dates: steps of days, weeks and months, month ends, days off. No interest here."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Container
from datetime import date, timedelta

from desktop.models.rules.loans.terms import Calendar, PeriodUnit, Shift

SHORTEST_MONTH = 28  # days: what every month has
_FAR = 400  # days: nobody rests longer than this, so a search beyond it is a mistake


def is_leap(year: int) -> bool:
    """Say whether the year has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def add_months(day: date, months: int, day_of_month: int | None = None) -> date:
    """Return the day `months` later, on `day_of_month` (default: the same), or the month's last day if shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    wanted = day.day if day_of_month is None else day_of_month
    return date(year, month + 1, min(wanted, monthrange(year, month + 1)[1]))


def whole_months(start: date, end: date, day_of_month: int | None = None) -> int:
    """Return the whole months from start to end; a month is whole when its day, or the month's end, is reached."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if months > 0 and add_months(start, months, day_of_month) > end:
        months -= 1
    return max(months, 0)


def snap(day: date, seed: date) -> date:
    """Return the day moved inside its month to the seed's day of the month, or the month's last day."""
    return add_months(day, 0, seed.day)


def anchored(day: date, seed: date) -> date:
    """Return a day of a monthly row put back on the seed's day of the month, which shorter months cut off.

    Only a seed after the 28th is ever cut off, and only at a month's end: every other day stays.
    """
    return snap(day, seed) if seed.day > SHORTEST_MONTH and day.day >= SHORTEST_MONTH else day


def step(start: date, count: int, every: int, unit: PeriodUnit, day_of_month: int | None = None) -> date:
    """Return the day `count` steps of `every` units after `start`."""
    if unit is PeriodUnit.DAYS:
        return start + timedelta(days=count * every)
    if unit is PeriodUnit.WEEKS:
        return start + timedelta(weeks=count * every)
    months = count * every * (12 if unit is PeriodUnit.YEARS else 1)
    return add_months(start, months, day_of_month)


def planned_dates(calendar: Calendar, disbursed_on: date, number: int) -> list[date]:
    """Return the due dates before days off are looked at.

    Counted from the original day, never from the one before: 31 Jan → 28 Feb → 31 Mar.
    """
    if calendar.due_dates:
        return list(calendar.due_dates[:number])
    if calendar.first_due is not None:
        first = calendar.first_due
        return [step(first, i, calendar.every, calendar.unit) for i in range(number)]
    start = calendar.counted_from or disbursed_on
    return [step(start, i, calendar.every, calendar.unit) for i in range(1, number + 1)]


def due_dates(calendar: Calendar, disbursed_on: date, number: int) -> list[date]:
    """Return the due dates, moved off days off; each row keeps its own place even if a move passes the next.

    A move backward never reaches the day of the money: such a date goes forward instead.
    """
    planned = planned_dates(calendar, disbursed_on, number)
    return [_worked(calendar, day, disbursed_on) for day in planned]


def _worked(calendar: Calendar, day: date, disbursed_on: date) -> date:
    moved = shift_date(day, calendar.shift, calendar.days_off, calendar.holidays)
    if moved <= disbursed_on < day:
        return shift_date(day, Shift.FORWARD, calendar.days_off, calendar.holidays)
    return moved


def shift_date(day: date, rule: Shift, days_off: Container[int], holidays: Container[date]) -> date:
    """Return the day, or the nearest working day after (or before) it. Raises ValueError if there is none."""
    if rule is Shift.NONE:
        return day
    move = timedelta(days=1 if rule is Shift.FORWARD else -1)
    for _ in range(_FAR):
        if day.weekday() not in days_off and day not in holidays:
            return day
        day += move
    raise ValueError("no working day in reach")
