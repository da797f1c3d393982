"""How long a period is, and what a rate quoted for another time is by the year; arithmetic beside each figure."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from desktop.models.rules.loans.daycount import annual_percent, period_rate, periods_between
from desktop.models.rules.loans.terms import Calendar, DayCount, PeriodUnit, RateUnit, Terms, YearBasis


@pytest.mark.parametrize(
    ("start", "end", "seed", "months"),
    [
        # On the day of the seed: whole months, also at month ends.
        (date(2023, 5, 23), date(2023, 8, 23), date(2023, 5, 23), Fraction(3)),
        (date(2025, 1, 31), date(2025, 2, 28), date(2025, 1, 31), Fraction(1)),
        (date(2025, 2, 28), date(2025, 3, 31), date(2025, 1, 31), Fraction(1)),
        # On another day: from 2 June to 2 August, then 21 of the 31 days to 2 September.
        (date(2023, 6, 2), date(2023, 8, 23), date(2023, 5, 23), 2 + Fraction(21, 31)),
        # From 25 June to 25 July, then 29 of the 31 days to 25 August.
        (date(2023, 6, 25), date(2023, 8, 23), date(2023, 6, 23), 1 + Fraction(29, 31)),
    ],
)
def test_months_between_days(start: date, end: date, seed: date, months: Fraction) -> None:
    assert periods_between(start, end, PeriodUnit.MONTHS, seed) == months


@pytest.mark.parametrize(
    ("percent", "unit", "number", "period", "percent_a_year"),
    [
        (10, RateUnit.WHOLE_TERM, 4, PeriodUnit.WEEKS, 130),  # 10 ÷ 4 × 52
        (10, RateUnit.WHOLE_TERM, 6, PeriodUnit.MONTHS, 20),  # 10 ÷ 6 × 12
        (
            10,
            RateUnit.WHOLE_TERM,
            50,
            PeriodUnit.DAYS,
            73,
        ),  # 10 ÷ 50 × 365, whatever the year of the interest
        (2, RateUnit.WEEK, 1, PeriodUnit.WEEKS, 104),  # 2 × 52
        (2, RateUnit.MONTH, 1, PeriodUnit.DAYS, 24),  # 2 × 12
        (Fraction(1, 10), RateUnit.DAY, 1, PeriodUnit.DAYS, 36),  # 0,1 × 360
    ],
)
def test_rate_by_the_year(
    percent: Fraction, unit: RateUnit, number: int, period: PeriodUnit, percent_a_year: int
) -> None:
    calendar, year = Calendar(every=1, unit=period), DayCount(YearBasis.D360)
    assert annual_percent(Fraction(percent), unit, calendar, number, year) == percent_a_year


def test_a_rate_for_the_whole_term_is_what_the_term_costs() -> None:
    """3 % over 30 days of 1 day each is 0,1 % a day, also where a year counts 360 days."""
    calendar = Calendar(every=1, unit=PeriodUnit.DAYS)
    terms = Terms(
        100_000,
        date(2025, 1, 1),
        30,
        Fraction(3),
        RateUnit.WHOLE_TERM,
        calendar=calendar,
        day_count=DayCount(YearBasis.D360),
    )
    assert period_rate(terms) == Fraction(1, 1000)
