"""Climate risk of an activity, recovery after an event, help in time (section 6.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from desktop.models.livelihood_kinds import Hazard, Practice
from desktop.models.problems import Problem
from desktop.models.rules.livelihoods.standards import Standards
from resources.lang.messages import _

LEAST, MOST = 1, 3


@dataclass(frozen=True, slots=True)
class Risk:
    """A hazard that an activity is open to: exposure and sensitivity, 1 low, 2 middle, 3 high."""

    hazard: Hazard
    exposure: int = 1
    sensitivity: int = 1

    @property
    def score(self) -> int:
        """Return exposure × sensitivity, 1 to 9."""
        return self.exposure * self.sensitivity


def highest(risks: Sequence[Risk]) -> int:
    """Return the highest risk of an activity, 0 when none was assessed."""
    return max((risk.score for risk in risks), default=0)


def check_risks(risks: Sequence[Risk]) -> list[Problem]:
    """Return what is wrong with the hazards of an activity."""
    if len({risk.hazard for risk in risks}) < len(risks):
        return [Problem.stop("hazard-twice", "risks", _("Một hiểm họa chỉ ghi một lần."))]
    if any(not (LEAST <= risk.exposure <= MOST and LEAST <= risk.sensitivity <= MOST) for risk in risks):
        return [Problem.stop("risk", "risks", _("Mức độ phải từ 1 đến 3."))]
    return []


def check_smart(smart: bool, practices: Sequence[Practice]) -> list[Problem]:
    """An activity is climate-smart by what it does, not by its name."""
    if smart and not practices:
        text = _("Sinh kế thích ứng khí hậu phải có ít nhất một thực hành được chọn.")
        return [Problem.stop("practices", "practices", text)]
    return []


def in_time(happened: date, paid: date, standards: Standards) -> bool:
    """Tell whether help came in time: within the days of the standards after the event began."""
    return 0 <= (paid - happened).days <= standards.payout_days


def months_between(start: date, end: date) -> Fraction:
    """Return the months between two days, a month being 365/12 days."""
    return Fraction((end - start).days * 12, 365)


def recovered_on(before: int | None, later: Sequence[tuple[date, int]], standards: Standards) -> date | None:
    """Return the first visit that found at least 90 % of the income before the event; None while none did."""
    if before is None or before <= 0:
        return None
    for day, net in sorted(later):
        if net * 100 >= before * standards.recovered_percent:
            return day
    return None
