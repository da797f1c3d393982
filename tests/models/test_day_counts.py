"""How many days lie between two days, by convention: they differ at the ends of months only."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from desktop.models.rules.finance import DateCount, year_fraction

THIRTY = (
    DateCount.D30_360,
    DateCount.D30E_360,
    DateCount.D30E_360_ISDA,
    DateCount.D30E_PLUS_360,
    DateCount.D30U_360,
)


@pytest.mark.parametrize("count", THIRTY)
def test_in_the_middle_of_months_all_agree(count: DateCount) -> None:
    assert year_fraction(date(2007, 1, 12), date(2008, 2, 14), count) == Fraction(392, 360)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        # 30/360, 30E, 30E ISDA, 30E+, 30U
        (date(2026, 1, 31), date(2026, 3, 31), (60, 60, 60, 61, 60)),
        (date(2026, 1, 15), date(2026, 3, 31), (76, 75, 75, 76, 76)),
        (date(2026, 2, 28), date(2026, 3, 31), (33, 32, 30, 33, 30)),
        (date(2026, 2, 28), date(2027, 2, 28), (360, 360, 360, 360, 360)),
        (date(2024, 2, 29), date(2025, 2, 28), (359, 359, 360, 359, 360)),
    ],
)
def test_ends_of_months_by_convention(start: date, end: date, days: tuple[int, ...]) -> None:
    assert tuple(year_fraction(start, end, count) * 360 for count in THIRTY) == days
