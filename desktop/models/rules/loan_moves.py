"""Money handed over on another day than was asked for: the schedule worked out anew from the real day.

What was agreed stays: amount, rate, number of instalments, the step between them. What hangs on the day of the
money moves with it: due dates, the first period, the day from which interest is charged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from desktop.models.problems import Problem
from desktop.models.rules.loans.calendar import step
from desktop.models.rules.loans.schedule import Schedule
from desktop.models.rules.loans.terms import Calendar, Terms
from resources.lang.dates import show_day
from resources.lang.messages import _


def moved_first_due(terms: Terms, day: date) -> date | None:
    """Return the first due date for money handed over on `day`; None where it is one step after that day.

    A first day that was asked for keeps its place in the month or the week: it goes on by whole steps until the
    first period is as long as it was agreed (or one step, whichever is shorter). Dates by hand keep their distance.
    """
    calendar = terms.calendar
    if calendar.due_dates:
        return calendar.due_dates[0] + (day - terms.disbursed_on)
    if calendar.first_due is None:
        return None
    agreed = calendar.first_due - terms.disbursed_on
    least = min(agreed, step(day, 1, calendar.every, calendar.unit) - day)
    count = 0
    while _stepped(calendar, count - 1) - day >= least:
        count -= 1
    while _stepped(calendar, count) - day < least:
        count += 1
    return _stepped(calendar, count)


def _stepped(calendar: Calendar, count: int) -> date:
    assert calendar.first_due is not None
    return step(calendar.first_due, count, calendar.every, calendar.unit)


def moved_terms(
    terms: Terms, day: date, first_due: date | None = None, meetings: Sequence[date] = ()
) -> Terms:
    """Return the terms of the same loan disbursed on `day`.

    `meetings`: the group's coming meetings after `day`, for loans paid there. `first_due` overrules what the product
    says; it is not asked for where loans are paid at meetings.
    """
    if day == terms.disbursed_on and first_due is None:
        return terms
    first = first_due or moved_first_due(terms, day)
    calendar = replace(terms.calendar, counted_from=day)
    if meetings:
        calendar = replace(calendar, due_dates=tuple(meetings[: terms.number]), first_due=None)
    elif calendar.due_dates:
        assert first is not None
        further = first - calendar.due_dates[0]
        calendar = replace(calendar, due_dates=tuple(due + further for due in calendar.due_dates))
    else:
        calendar = replace(calendar, first_due=first)
    since = terms.interest_from
    if since is not None:
        since = since + (day - terms.disbursed_on)
    return replace(terms, disbursed_on=day, calendar=calendar, interest_from=since)


def check_first_due(first_due: date | None, day: date) -> list[Problem]:
    """Return what is wrong with a first due date asked for: it comes after the money."""
    if first_due is None or first_due > day:
        return []
    text = _("Kỳ trả đầu tiên phải sau ngày giao tiền. Hãy chọn từ ngày {day}.")
    return [Problem.stop("first-due", "first_due", text.format(day=show_day(day + timedelta(days=1))))]


def is_after_money(schedule: Schedule) -> bool:
    """Tell whether every instalment falls due after the money was handed over."""
    return all(row.due_on > schedule.start for row in schedule.rows)
