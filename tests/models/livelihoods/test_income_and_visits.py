"""Income, visits, survival, business plans, climate: by example and by property."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.models.livelihood_kinds import Hazard, LivelihoodState, Practice, Wave
from desktop.models.problems import Level
from desktop.models.rules.livelihoods.business_plan import (
    Plan,
    balances,
    break_even,
    check_approval,
    check_plan,
    lowest,
)
from desktop.models.rules.livelihoods.climate import (
    Risk,
    check_risks,
    check_smart,
    highest,
    in_time,
    recovered_on,
)
from desktop.models.rules.livelihoods.income import (
    Asset,
    Figures,
    gained,
    median,
    monthly_per_head,
    net_income,
    real_change,
)
from desktop.models.rules.livelihoods.standards import (
    Dated,
    PriceRow,
    Standards,
    check_standards,
    price_on,
    standards_on,
)
from desktop.models.rules.livelihoods.visits import (
    DueState,
    Life,
    VisitFacts,
    check_visit,
    schedule,
    state_on,
    survival,
)

USUAL = Standards()
STARTED = date(2025, 1, 15)
BASE = date(2025, 1, 5)
GOOD = Figures(revenue=40_000_000, costs=20_000_000, days=200, minutes=300, household=4)


# -- income ----------------------------------------------------------------------------------------


def test_net_income_takes_all_in() -> None:
    figures = Figures(
        revenue=40_000_000, own_use=2_000_000, stock_start=3_000_000, stock_end=4_000_000, costs=18_000_000,
        hired=1_500_000, interest=500_000, assets=(Asset("Chuồng", 10_000_000, 5), Asset("Máy", 3_000_000, 3)),
    )  # fmt: skip
    assert net_income(figures) == 20_000_000
    assert monthly_per_head(replace(figures, household=4)) == 416_667
    assert monthly_per_head(figures) is None


def test_a_cycle_is_scaled_to_a_year_but_not_what_assets_lose() -> None:
    crop = Figures(revenue=10_000_000, costs=4_000_000, months=4, assets=(Asset("Cuốc", 1_000_000, 2),))
    assert net_income(crop) == 18_000_000 - 500_000


def test_real_change_is_in_prices_of_before() -> None:
    assert real_change(20_000_000, 26_000_000, 10_000, 10_400) == 5_000_000
    assert real_change(20_000_000, 20_000_000, 10_000, 11_000) == -1_818_182


@pytest.mark.parametrize(
    ("change", "before", "expected"),
    [
        (2_000_000, 20_000_000, True),
        (1_999_999, 20_000_000, False),  # below 10 %
        (1_199_999, 5_000_000, False),  # below 1.2 million
        (1_200_000, 5_000_000, True),
        (1_200_000, -3_000_000, True),
        (0, 0, False),
    ],
)
def test_a_gain_needs_percent_and_dong(change: int, before: int, expected: bool) -> None:
    assert gained(change, before, USUAL) is expected


def test_the_median() -> None:
    assert median([]) is None
    assert median([3]) == 3
    assert median([1, 100, 2]) == 2
    assert median([1, 2]) == 2  # 1.5, half away from zero


@settings(max_examples=100, derandomize=True)
@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=30))
def test_half_lie_on_either_side_of_the_median(values: list[int]) -> None:
    middle = median(values)
    assert middle is not None
    assert 2 * sum(value < middle for value in values) <= len(values) + 1
    assert min(values) <= middle <= max(values)


def test_prices_by_month_then_by_year() -> None:
    rows = [PriceRow(2025, 0, 11_987), PriceRow(2025, 3, 11_900)]
    assert price_on(rows, date(2025, 3, 9)) == 11_900
    assert price_on(rows, date(2025, 4, 9)) == 11_987
    assert price_on(rows, date(2026, 4, 9)) is None


def test_standards_hold_from_their_day() -> None:
    donor = Dated(date(2026, 1, 1), Standards(fte_hours=2000))
    assert standards_on([donor], date(2025, 12, 31)).fte_hours == 1920
    assert standards_on([donor], date(2026, 1, 1)).fte_hours == 2000
    assert {one.field for one in check_standards(Standards(fte_hours=8, gain_percent=101))} == {
        "fte_hours",
        "gain_percent",
    }


# -- visits ----------------------------------------------------------------------------------------


def test_the_schedule_of_a_young_activity() -> None:
    rows = schedule(STARTED, {Wave.BASE: BASE}, date(2025, 7, 20), USUAL)
    assert [(row.wave, row.state) for row in rows] == [
        (Wave.BASE, DueState.DONE),
        (Wave.M6, DueState.DUE),
        (Wave.M12, DueState.COMING),
        (Wave.M24, DueState.COMING),
    ]
    six = rows[1]
    assert six.due == date(2025, 7, 15)
    assert (six.due - six.first).days == (six.last - six.due).days == 45


def test_a_visit_missed_is_overdue_and_none_is_asked_after_the_end() -> None:
    late = schedule(STARTED, {Wave.BASE: BASE}, date(2025, 9, 1), USUAL)
    assert late[1].state is DueState.OVERDUE
    closed = schedule(STARTED, {Wave.BASE: BASE}, date(2026, 3, 1), USUAL, closed=date(2025, 4, 1))
    assert [row.state for row in closed[1:]] == [DueState.VOID] * 3
    assert len(schedule(None, {}, date(2025, 1, 1), USUAL)) == 1


def _problems(wave: Wave, day: date | None, figures: Figures = GOOD, **known: object) -> dict[str, str]:
    facts = VisitFacts(STARTED, {Wave.BASE: BASE}, date(2026, 6, 1))
    facts = replace(facts, **known)  # type: ignore[arg-type]
    return {one.field: one.code for one in check_visit(wave, day, figures, facts, USUAL)}


def test_a_visit_before_the_baseline_is_refused_at_the_day() -> None:
    assert _problems(Wave.M6, BASE - timedelta(days=1)) == {"day": "before-baseline"}
    assert _problems(Wave.M6, BASE) == {"day": "before-baseline"}


def test_a_follow_up_needs_the_baseline() -> None:
    assert _problems(Wave.M6, date(2025, 7, 15), visited={}) == {"wave": "no-baseline"}


def test_waves_follow_each_other_and_are_made_once() -> None:
    seen = {Wave.BASE: BASE, Wave.M12: date(2026, 1, 15)}
    assert _problems(Wave.M6, date(2026, 1, 20), visited=seen) == {"day": "order"}
    assert _problems(Wave.M12, date(2026, 1, 20), visited=seen)["wave"] == "wave-twice"
    assert _problems(Wave.M6, date(2027, 1, 1))["day"] == "future"
    assert _problems(Wave.M6, None)["day"] == "day"


def test_outside_its_window_a_visit_is_asked_about() -> None:
    facts = VisitFacts(STARTED, {Wave.BASE: BASE}, date(2026, 6, 1))
    (problem,) = check_visit(Wave.M6, date(2025, 9, 1), GOOD, facts, USUAL)
    assert problem.level is Level.WARN
    assert check_visit(Wave.M6, date(2025, 8, 29), GOOD, facts, USUAL) == []
    (late,) = check_visit(Wave.BASE, date(2025, 2, 1), GOOD, replace(facts, visited={}), USUAL)
    assert late.code == "late-baseline"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"days": -1}, "days"),
        ({"days": 400}, "days"),
        ({"minutes": 25 * 60}, "minutes"),
        ({"minutes": 20 * 60}, "minutes"),
        ({"minutes": 0}, "minutes"),
        ({"revenue": -1}, "revenue"),
        ({"months": 0}, "months"),
        ({"household": 99}, "household"),
        ({"assets": (Asset("", 5, 1),)}, "assets"),
    ],
)
def test_impossible_figures_are_refused_at_their_field(change: dict[str, object], field: str) -> None:
    assert field in _problems(Wave.M6, date(2025, 7, 15), replace(GOOD, **change))  # type: ignore[arg-type]


def test_survival_keeps_the_unvisited_apart() -> None:
    today = date(2026, 6, 1)
    lives = [
        Life(STARTED, {Wave.M12: True}),
        Life(STARTED, {Wave.M12: False}),
        Life(STARTED, {}, closed=date(2025, 9, 1)),
        Life(STARTED, {}),
        Life(date(2026, 1, 1), {}),  # too young
    ]
    found = survival(lives, Wave.M12, today)
    assert (found.operating, found.visited, found.unvisited, found.begun) == (1, 3, 1, 4)


def test_the_state_of_a_day_is_the_latest_by_then() -> None:
    history = [
        (date(2025, 1, 1), LivelihoodState.OPERATING),
        (date(2025, 5, 1), LivelihoodState.PAUSED),
        (date(2025, 5, 1), LivelihoodState.CLOSED),
    ]
    assert state_on(history, date(2024, 12, 31)) is LivelihoodState.PLANNED
    assert state_on(history, date(2025, 4, 30)) is LivelihoodState.OPERATING
    assert state_on(history, date(2025, 5, 1)) is LivelihoodState.CLOSED


# -- business plans --------------------------------------------------------------------------------

PLAN = Plan(
    product="Trứng vịt", market="Chợ xã", unit="trăm trứng", unit_cost=200_000, price=300_000, fixed=2_550_000,
    startup=5_000_000, own=3_000_000, loan=4_000_000, incomes=(0, *(3_000_000,) * 11), expenses=(2_000_000,) * 12,
)  # fmt: skip


def test_break_even_is_rounded_up() -> None:
    assert break_even(2_550_000, 300_000, 200_000) == 26
    assert break_even(2_500_000, 300_000, 200_000) == 25
    assert break_even(1, 200_000, 200_000) is None


def test_a_plan_whose_cash_stays_above_zero_can_be_approved_by_two() -> None:
    assert balances(PLAN)[:3] == (2_000_000, 0, 1_000_000)
    assert lowest(PLAN) == (0, 1)
    assert check_approval(PLAN, ("Bà A, tổ trưởng", "Ông B, cán bộ")) == []
    assert [one.field for one in check_approval(PLAN, ("Bà A", " Bà A "))] == ["people"]


def test_cash_below_zero_is_refused_with_the_month() -> None:
    poor = replace(PLAN, own=2_999_999)
    (problem,) = check_approval(poor, ("A", "B"))
    assert problem.field == "months"
    assert "tháng thứ 1" in problem.message
    start = replace(PLAN, own=0, loan=0)
    assert any(
        "khi bắt đầu" in one.message or "tháng" in one.message for one in check_approval(start, ("A", "B"))
    )


def test_a_plan_needs_a_market_and_a_margin() -> None:
    found = {one.field for one in check_approval(replace(PLAN, market="", price=200_000), ("A", "B"))}
    assert found == {"market", "price"}
    assert {one.field for one in check_plan(replace(PLAN, product=" ", fixed=-1))} == {"product", "fixed"}


# -- climate ---------------------------------------------------------------------------------------


def test_risk_is_exposure_times_sensitivity() -> None:
    risks = [Risk(Hazard.SALT, 3, 2), Risk(Hazard.HEAT, 2, 2)]
    assert highest(risks) == 6
    assert highest([]) == 0
    assert check_risks([Risk(Hazard.SALT, 4, 1)])
    assert check_risks([Risk(Hazard.SALT), Risk(Hazard.SALT, 2)])
    assert not check_risks(risks)


def test_climate_smart_is_what_is_done() -> None:
    assert check_smart(True, ())
    assert not check_smart(True, (Practice.WATER,))
    assert not check_smart(False, ())


def test_help_within_seven_days_is_in_time() -> None:
    day = date(2026, 9, 1)
    assert in_time(day, day + timedelta(days=7), USUAL)
    assert not in_time(day, day + timedelta(days=8), USUAL)
    assert not in_time(day, day - timedelta(days=1), USUAL)


def test_recovered_is_the_first_visit_at_nine_tenths() -> None:
    later = [(date(2026, 9, 1), 8_999_999), (date(2026, 3, 1), 5_000_000), (date(2027, 3, 1), 9_000_000)]
    assert recovered_on(10_000_000, later, USUAL) == date(2027, 3, 1)
    assert recovered_on(10_000_000, later[:2], USUAL) is None
    assert recovered_on(None, later, USUAL) is None
