"""The periods in which interest is credited: months, quarters of the calendar, or the group's cycle."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from desktop.models.savings_kinds import Crediting
from resources.lang.dates import show_day
from resources.lang.messages import _

_QUARTERS = ("I", "II", "III", "IV")


def period_end(crediting: Crediting, starts: date, cycles: Sequence[tuple[date, date]] = ()) -> date:
    """Return the last day of the period that `starts` lies in; outside every cycle it is the year's last day."""
    if crediting is Crediting.CYCLE:
        ends = [last for first, last in cycles if first <= starts <= last]
        return max(ends, default=date(starts.year, 12, 31))
    month = starts.month if crediting is Crediting.MONTHLY else (starts.month + 2) // 3 * 3
    return date(starts.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def period_title(crediting: Crediting, starts: date, ends: date) -> str:
    """Return what a period is called ("Tháng 9/2026"); one that is not whole is named by its days."""
    if starts.day == 1 and ends == period_end(crediting, starts):
        if crediting is Crediting.MONTHLY:
            return _("Tháng {month}/{year}").format(month=starts.month, year=starts.year)
        if crediting is Crediting.QUARTERLY and starts.month % 3 == 1:
            quarter = _QUARTERS[starts.month // 3]
            return _("Quý {quarter}/{year}").format(quarter=quarter, year=starts.year)
    return f"{show_day(starts)} – {show_day(ends)}"
