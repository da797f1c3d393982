"""Assets over time: what is left of their value, and when they are to be looked at next."""

from __future__ import annotations

from datetime import date

from desktop.models.rules.loans.calendar import add_months


def left_value(value: int, years: int, since: date, day: date) -> int:
    """Return what is left of an asset's value on a day, in đồng: written off evenly over its life, month by month."""
    months = (day.year - since.year) * 12 + day.month - since.month
    if day < add_months(since, months):
        months -= 1
    whole = years * 12
    months = min(max(months, 0), whole)
    return value - (value * months * 2 + whole) // (2 * whole)


def next_check(since: date, last: date | None, months: int) -> date:
    """Return the day on which an asset is to be looked at next."""
    return add_months(last or since, months)
