"""The thresholds that figures of livelihoods rest on: kept with a day from which they hold, never as constants."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from desktop.models.problems import Problem
from desktop.models.rules.loans.standards import LoanStandards
from resources.lang.messages import _

MINUTES = 60
MOST_DAYS, MOST_HOURS = 365, 16
"""A year of work, as people can do it: the bounds of what may be typed (section 3.1)."""


@dataclass(frozen=True, slots=True)
class Standards:
    """The rules of counting. `fte_hours`: hours of a full-time year (240 days of 8 hours, DCED's convention).

    A gain counts from `gain_percent` of the income before and from `gain_least` đồng a year, both. Visits belong
    to their wave within `window` days. `full_share` is the part of a full-time year from which a job is full-time,
    `season_months` the months below which it is seasonal. `payout_days`: help after an event is in time within so
    many days. `recovered_percent`: recovered from so much of the income before. `decent_least` of the eight points.

    `loans` is what the same day brings for loans (`services.loan_standards`); a row that is `alone` says nothing of
    livelihoods.
    """

    fte_hours: int = 1920
    gain_percent: int = 10
    gain_least: int = 1_200_000
    window: int = 45
    full_share: int = 75
    season_months: int = 9
    payout_days: int = 7
    recovered_percent: int = 90
    decent_least: int = 5
    high_risk: int = 6
    loans: LoanStandards | None = None
    alone: bool = False

    @property
    def fte_minutes(self) -> int:
        """Return the minutes of a full-time year."""
        return self.fte_hours * MINUTES


@dataclass(frozen=True, slots=True)
class Dated:
    """A value that holds from a day on."""

    since: date
    value: Standards


def standards_on(rows: Iterable[Dated], day: date) -> Standards:
    """Return what holds on a day: the latest row that began by then, else the usual standards."""
    held = [row for row in rows if row.since <= day and not row.value.alone]
    return max(held, key=lambda row: row.since).value if held else Standards()


_BOUNDS = {
    "fte_hours": (1000, 3000),
    "gain_percent": (0, 100),
    "gain_least": (0, 1_000_000_000),
    "window": (0, 180),
    "full_share": (1, 100),
    "season_months": (1, 12),
    "payout_days": (1, 365),
    "recovered_percent": (1, 100),
    "decent_least": (0, 8),
    "high_risk": (1, 9),
}


def check_standards(value: Standards) -> list[Problem]:
    """Return what is out of bounds, each with its field."""
    found = []
    for field, (least, most) in _BOUNDS.items():
        if not least <= getattr(value, field) <= most:
            text = _("Phải từ {least} đến {most}.").format(least=least, most=most)
            found.append(Problem.stop("bounds", field, text))
    return found


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A consumer price index: of a month, or (month 0) the average of a year; in hundredths, on one base year."""

    year: int
    month: int
    index: int


def price_on(rows: Iterable[PriceRow], day: date) -> int | None:
    """Return the index of a day's month, else the average of its year; None where neither is known."""
    known = {(row.year, row.month): row.index for row in rows}
    return known.get((day.year, day.month)) or known.get((day.year, 0))


@dataclass(frozen=True, slots=True)
class WageRow:
    """The minimum wage of a region (1 to 4) from a day on, in đồng a month and an hour, with its decree."""

    region: int
    since: date
    monthly: int
    hourly: int
    source: str = ""


def wage_on(rows: Iterable[WageRow], region: int, day: date) -> WageRow | None:
    """Return the minimum wage of a region on a day, None where none is known."""
    held = [row for row in rows if row.region == region and row.since <= day]
    return max(held, key=lambda row: row.since) if held else None


def percent_of(part: int | Fraction, whole: int | Fraction) -> Fraction | None:
    """Return a share, None over nothing: a paper then prints a dash, never 0 % or 100 %."""
    return Fraction(part) / Fraction(whole) if whole else None
