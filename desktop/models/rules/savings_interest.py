"""Interest on savings: simple, by real days, on the daily, the lowest or the average balance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from desktop.models.rules.loans.rounding import RoundingMode, round_exact


class BalanceBasis(StrEnum):
    """The balance that bears interest in a period."""

    DAILY = "daily"
    MINIMUM = "minimum"
    AVERAGE = "average"


@dataclass(frozen=True, slots=True)
class Movement:
    """Money into (+) or out of (−) an account on a day."""

    on: date
    amount: int


def simple_interest(
    balance: int | Fraction,
    annual_percent: Fraction,
    days: int,
    days_in_year: int = 365,
    mode: RoundingMode = RoundingMode.HALF_UP,
) -> int:
    """Return balance × rate × days ÷ year, rounded once."""
    return round_exact(exact_interest(balance, annual_percent, days, days_in_year), mode)


def exact_interest(
    balance: int | Fraction, annual_percent: Fraction, days: int, days_in_year: int = 365
) -> Fraction:
    """Return balance × rate × days ÷ year, not rounded."""
    return Fraction(balance) * annual_percent * days / (100 * days_in_year)


def day_ends(opening: int, start: date, end: date, movements: Iterable[Movement]) -> list[tuple[int, int]]:
    """Return (balance, days) spans of the period from the end of `start` to the end of `end`.

    All movements of a day count together: only the balance at the end of a day is a balance.
    """
    by_day: dict[date, int] = {}
    for movement in movements:
        if start < movement.on <= end:
            by_day[movement.on] = by_day.get(movement.on, 0) + movement.amount
    spans, balance, at = [], opening, start
    for day in sorted(by_day):
        spans.append((balance, (day - at).days))
        balance += by_day[day]
        at = day
    spans.append((balance, (end - at).days))
    return spans


def minimum_balance(opening: int, start: date, end: date, movements: Iterable[Movement]) -> int:
    """Return the lowest balance at the end of a day in the period; the opening balance counts."""
    return min(balance for balance, _ in day_ends(opening, start, end, movements))


def average_balance(opening: int, start: date, end: date, movements: Iterable[Movement]) -> Fraction:
    """Return the balance averaged over the days of the period."""
    days = (end - start).days
    if days <= 0:
        return Fraction(opening)
    spans = day_ends(opening, start, end, movements)
    return Fraction(sum(balance * length for balance, length in spans), days)
