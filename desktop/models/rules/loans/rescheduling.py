"""Moving the instalments to come: an extension after a disaster, or one agreed with the group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from desktop.models.rules.loans.calendar import add_months
from desktop.models.rules.loans.daycount import days_factor
from desktop.models.rules.loans.events import Event, Reschedule
from desktop.models.rules.loans.rounding import round_money
from desktop.models.rules.loans.rows import Row
from desktop.models.rules.loans.terms import InterestMethod, InterestPeriod, Terms


def moved(rows: Sequence[Row], events: Iterable[Event], terms: Terms) -> list[Row]:
    """Return the rows after all extensions, in order of their days. Sums of principal do not change."""
    found = list(rows)
    extensions = [event for event in events if isinstance(event, Reschedule)]
    for extension in sorted(extensions, key=lambda event: (event.on, event.seq)):
        found = _moved(found, extension, terms)
    return found


def _moved(rows: Sequence[Row], extension: Reschedule, terms: Terms) -> list[Row]:
    """Move the rows from a day on; with interest, the first of them bears it for the added days."""
    result: list[Row] = []
    start = rows[0].start_on if rows else terms.disbursed_on
    first = True
    for row in rows:
        due = row.due_on
        interest = row.interest
        if due >= extension.from_due:
            due = shifted(due, extension)
            if first and extension.with_interest:
                interest += _interest(terms, row, due)
            first = False
        due = max(due, start)
        result.append(replace(row, start_on=start, due_on=due, interest=interest))
        start = due
    return result


def extra_factors(rows: Sequence[Row], events: Iterable[Event], terms: Terms) -> list[Fraction]:
    """Return, for each planned row, the factor of the days that extensions with interest add to its period."""
    found = list(rows)
    extra = [Fraction(0)] * len(found)
    daily = replace(terms, interest_period=InterestPeriod.DAILY)
    extensions = [event for event in events if isinstance(event, Reschedule)]
    for extension in sorted(extensions, key=lambda event: (event.on, event.seq)):
        first = next((k for k, row in enumerate(found) if row.due_on >= extension.from_due), None)
        after = _moved(found, extension, terms)
        if first is not None and extension.with_interest:
            extra[first] += days_factor(daily, found[first].due_on, after[first].due_on)
        found = after
    return extra


def shifted(day: date, extension: Reschedule) -> date:
    """Return a day moved by the extension."""
    return add_months(day, extension.months, day.day) + timedelta(days=extension.days)


def _interest(terms: Terms, row: Row, due: date) -> int:
    base = terms.principal if terms.method is InterestMethod.FLAT else row.balance + row.principal
    daily = replace(terms, interest_period=InterestPeriod.DAILY)
    return round_money(base * days_factor(daily, row.due_on, due), terms.rounding, terms.money_multiple)


def reschedulings(events: Iterable[Event]) -> int:
    """Return how many extensions count for the debt group."""
    return sum(1 for event in events if isinstance(event, Reschedule) and event.counts)
