"""The maturity score of indicators.md 4.4: every edge of every band, missing data, grades, phases, the meeting plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.capacity_kinds import Grade, Item, Keeper, Mark, Phase
from desktop.models.kinds import Frequency
from desktop.models.rules import maturity
from desktop.models.rules.categories import Category
from desktop.models.rules.constitution import Rules
from desktop.models.rules.maturity import (
    Count,
    MaturityFacts,
    Observed,
    Reach,
    check_observed,
    grade_of,
    judge,
    phase_of,
)
from desktop.models.rules.meeting_plan import regularity
from desktop.models.rules.plain import from_text, to_text

DAY = date(2026, 6, 30)
FULL = MaturityFacts(
    starts=date(2026, 1, 1),
    ends=DAY,
    planned=20,
    on_plan=20,
    called=100,
    came=100,
    saved=100,
    lent_out=(Fraction(7, 10),) * 6,
    outstanding=100,
    at_risk=0,
    ever_lent=True,
    counts=(Count(DAY, 0), Count(DAY - timedelta(30), 0), Count(DAY - timedelta(60), 0)),
    officers=3,
    women=1,
    longest=6,
    elected=date(2026, 1, 10),
    reach=tuple(Reach(category, Fraction(1)) for category in maturity.REACHED),
    has_rules=True,
    contribution=5_000,
    social=100_000,
    grants=50_000,
    outside=0,
    savings=1_000_000,
    months=10,
)
SEEN = Observed(
    sampled=5,
    books_evidence="đối chiếu 5 sổ",
    written=True,
    asked=10,
    knew=8,
    rules_evidence="bản quy chế có chữ ký",
    alone=3,
    keeper=Keeper.MEMBER,
    self_evidence="biên bản 3 buổi",
)


def mark(item: Item, facts: MaturityFacts = FULL, seen: Observed = SEEN) -> Mark:
    return next(line.mark for line in judge(facts, seen).lines if line.item is item)


def test_a_group_that_meets_everything_has_a_hundred_points() -> None:
    card = judge(FULL, SEEN)
    assert (card.points, card.known, card.grade, card.independent) == (100, 100, Grade.A, True)
    assert sum(maturity.WEIGHTS.values()) == 100
    assert all(points % 2 == 0 for points in maturity.WEIGHTS.values())


@pytest.mark.parametrize(
    ("part", "expected"),
    [(100, Mark.FULL), (95, Mark.FULL), (94, Mark.HALF), (80, Mark.HALF), (79, Mark.ZERO), (0, Mark.ZERO)],
)
def test_meetings_band(part: int, expected: Mark) -> None:
    assert mark(Item.MEETINGS, replace(FULL, planned=100, on_plan=part)) is expected


@pytest.mark.parametrize(
    ("part", "expected"), [(90, Mark.FULL), (89, Mark.HALF), (70, Mark.HALF), (69, Mark.ZERO)]
)
def test_attendance_and_saving_bands(part: int, expected: Mark) -> None:
    assert mark(Item.ATTENDANCE, replace(FULL, came=part)) is expected
    assert mark(Item.SAVING, replace(FULL, saved=part)) is expected


@pytest.mark.parametrize(
    ("percent", "expected"),
    [
        (50, Mark.FULL),
        (85, Mark.FULL),
        (49, Mark.HALF),
        (30, Mark.HALF),
        (86, Mark.HALF),
        (95, Mark.HALF),
        (29, Mark.ZERO),
        (96, Mark.ZERO),
    ],
)
def test_turning_band_uses_the_median(percent: int, expected: Mark) -> None:
    values = (Fraction(0), Fraction(percent, 100), Fraction(1))
    assert mark(Item.TURNING, replace(FULL, lent_out=values)) is expected
    assert mark(Item.TURNING, replace(FULL, lent_out=(Fraction(percent, 100),) * 2)) is expected


@pytest.mark.parametrize(
    ("risk", "expected"), [(3, Mark.FULL), (4, Mark.HALF), (10, Mark.HALF), (11, Mark.ZERO)]
)
def test_repayment_band(risk: int, expected: Mark) -> None:
    assert mark(Item.REPAYMENT, replace(FULL, at_risk=risk)) is expected


def test_repayment_without_a_portfolio() -> None:
    assert mark(Item.REPAYMENT, replace(FULL, outstanding=0)) is Mark.FULL
    assert mark(Item.REPAYMENT, replace(FULL, outstanding=0, ever_lent=False)) is Mark.MISSING


def test_books_need_both_box_and_passbooks() -> None:
    wrong = (*FULL.counts[:2], Count(DAY, -2_000))
    assert mark(Item.BOOKS) is Mark.FULL
    assert mark(Item.BOOKS, replace(FULL, counts=wrong)) is Mark.HALF
    assert mark(Item.BOOKS, seen=replace(SEEN, wrong=1)) is Mark.HALF
    assert mark(Item.BOOKS, replace(FULL, counts=wrong), replace(SEEN, wrong=1)) is Mark.ZERO
    line = judge(replace(FULL, counts=FULL.counts[:2]), SEEN).lines[5]
    assert (line.mark, line.partial, line.points) == (Mark.HALF, True, 6)
    assert mark(Item.BOOKS, replace(FULL, counts=()), replace(SEEN, sampled=None)) is Mark.MISSING


def test_rules_are_written_and_known() -> None:
    assert mark(Item.RULES, seen=replace(SEEN, knew=7)) is Mark.HALF
    assert mark(Item.RULES, seen=replace(SEEN, asked=0, knew=0)) is Mark.HALF
    assert mark(Item.RULES, seen=replace(SEEN, written=False)) is Mark.ZERO
    assert mark(Item.RULES, seen=replace(SEEN, written=None)) is Mark.MISSING


def test_democracy_counts_its_three_parts() -> None:
    old = replace(FULL, elected=date(2025, 6, 30))
    assert mark(Item.DEMOCRACY, replace(FULL, elected=date(2025, 7, 1))) is Mark.FULL
    assert mark(Item.DEMOCRACY, old) is Mark.HALF
    assert mark(Item.DEMOCRACY, old, replace(SEEN, elected=date(2026, 2, 1))) is Mark.FULL
    assert mark(Item.DEMOCRACY, replace(FULL, longest=24)) is Mark.FULL
    assert mark(Item.DEMOCRACY, replace(FULL, longest=25)) is Mark.HALF
    assert mark(Item.DEMOCRACY, replace(old, women=0)) is Mark.ZERO
    assert mark(Item.DEMOCRACY, replace(FULL, officers=0)) is Mark.MISSING


def test_inclusion_flags_what_is_not_known() -> None:
    def reach(*values: Fraction | None) -> MaturityFacts:
        pairs = zip(maturity.REACHED, values, strict=True)
        return replace(FULL, reach=tuple(Reach(category, value) for category, value in pairs))

    fair, under = Fraction(8, 10), Fraction(79, 100)
    assert mark(Item.INCLUSION, reach(fair, fair, fair)) is Mark.FULL
    assert mark(Item.INCLUSION, reach(fair, fair, under)) is Mark.HALF
    assert mark(Item.INCLUSION, reach(fair, under, under)) is Mark.HALF
    assert mark(Item.INCLUSION, reach(under, under, under)) is Mark.ZERO
    line = judge(reach(fair, fair, None), SEEN).lines[8]
    assert (line.mark, line.partial) == (Mark.HALF, True)
    assert mark(Item.INCLUSION, reach(None, None, None)) is Mark.MISSING
    assert Category.FEMALE in maturity.REACHED


def test_social_fund_and_self_run() -> None:
    assert mark(Item.SOCIAL, replace(FULL, grants=0)) is Mark.HALF
    assert mark(Item.SOCIAL, replace(FULL, grants=0, contribution=0, social=0)) is Mark.ZERO
    assert mark(Item.SOCIAL, replace(FULL, has_rules=False)) is Mark.MISSING
    assert mark(Item.SELF_RUN, seen=replace(SEEN, alone=2)) is Mark.HALF
    assert mark(Item.SELF_RUN, seen=replace(SEEN, keeper=Keeper.HELPED)) is Mark.HALF
    assert mark(Item.SELF_RUN, seen=replace(SEEN, keeper=Keeper.STAFF)) is Mark.ZERO
    assert mark(Item.SELF_RUN, seen=replace(SEEN, alone=0)) is Mark.ZERO


def test_nothing_known_is_zero_points_and_no_coverage() -> None:
    card = judge(MaturityFacts(starts=date(2026, 1, 1), ends=DAY), Observed())
    assert (card.points, card.known, card.grade) == (0, 0, Grade.D)
    assert all(line.mark is Mark.MISSING for line in card.lines)


@pytest.mark.parametrize(
    ("points", "expected"),
    [(100, "A"), (85, "A"), (84, "B"), (70, "B"), (69, "C"), (50, "C"), (49, "D"), (0, "D")],
)
def test_grades(points: int, expected: str) -> None:
    assert grade_of(points, DAY) == expected


@pytest.mark.parametrize(
    ("months", "shared", "grades", "expected"),
    [
        (0, False, "", Phase.INTENSIVE),
        (3, False, "A", Phase.INTENSIVE),
        (4, False, "A", Phase.DEVELOPMENT),
        (7, False, "AA", Phase.DEVELOPMENT),
        (8, False, "AA", Phase.MATURITY),
        (30, False, "AA", Phase.MATURITY),
        (30, True, "A", Phase.MATURITY),
        (30, True, "AC", Phase.MATURITY),
        (30, True, "CA", Phase.MATURITY),
        (13, True, "AB", Phase.SELF_MANAGED),
        (13, True, "BBD", Phase.SELF_MANAGED),
    ],
)
def test_phases(months: int, shared: bool, grades: str, expected: Phase) -> None:
    assert phase_of(months, shared, [Grade(one) for one in grades]) is expected


def test_independence_needs_all_four() -> None:
    assert judge(replace(FULL, outside=250_000), SEEN).independent
    assert not judge(replace(FULL, outside=250_001), SEEN).independent
    assert not judge(replace(FULL, women=0), SEEN).independent
    assert not judge(FULL, replace(SEEN, wrong=1)).independent
    assert not judge(FULL, replace(SEEN, keeper=Keeper.HELPED)).independent


@given(
    st.builds(
        MaturityFacts,
        starts=st.just(date(2026, 1, 1)),
        ends=st.just(DAY),
        planned=st.integers(0, 30),
        on_plan=st.integers(0, 30),
        called=st.integers(0, 90),
        came=st.integers(0, 90),
        saved=st.integers(0, 90),
        outstanding=st.integers(0, 10**9),
        at_risk=st.integers(0, 10**9),
        officers=st.integers(0, 3),
        women=st.integers(0, 3),
        longest=st.integers(0, 60),
        outside=st.integers(0, 10**9),
        savings=st.integers(0, 10**9),
    )
)
def test_points_stay_within_what_is_known(facts: MaturityFacts) -> None:
    card = judge(facts, Observed())
    assert 0 <= card.points <= card.known <= 100
    assert judge(from_text(MaturityFacts, to_text(facts)), Observed()) == card


def test_observations_are_refused_at_their_field() -> None:
    def fields(seen: Observed, day: date | None = DAY) -> set[str]:
        return {problem.field for problem in check_observed(seen, day, date(2025, 1, 1), DAY)}

    assert fields(SEEN) == set()
    assert fields(replace(SEEN, wrong=6)) == {"wrong"}
    assert fields(replace(SEEN, knew=11)) == {"knew"}
    assert fields(replace(SEEN, rules_evidence=" ")) == {"rules_evidence"}
    assert fields(replace(SEEN, alone=None)) == {"alone"}
    assert fields(replace(SEEN, alone=4)) == {"alone"}
    assert fields(replace(SEEN, elected=date(2026, 7, 1), election_evidence="x")) == {"elected"}
    assert fields(SEEN, date(2026, 7, 1)) == {"day"}
    assert fields(SEEN, date(2024, 7, 1)) == {"day"}
    assert fields(SEEN, None) == {"day"}


# -- the plan of meetings ---------------------------------------------------------------------------

CYCLE = [(date(2026, 1, 1), date(2026, 12, 31))]


def rules(frequency: Frequency, month_day: int | None = None) -> Rules:
    return Rules(valid_from=date(2026, 1, 1), frequency=frequency, weekday=5, month_day=month_day)


def count(held: list[date], given: Rules, until: date = date(2026, 6, 30)) -> tuple[int, int]:
    found = regularity(lambda _day: given, CYCLE, held, date(2026, 1, 1), until, 3)
    return found.planned, found.on_plan


def test_monthly_meetings_are_held_against_their_day() -> None:
    monthly = rules(Frequency.MONTHLY, 10)
    held = [date(2026, 1, 10), date(2026, 2, 13), date(2026, 3, 14), date(2026, 4, 7), date(2026, 5, 10)]
    assert count(held, monthly) == (6, 4)  # 14 March is four days late, June was left out


def test_a_meeting_due_in_these_days_is_not_counted_yet() -> None:
    monthly = rules(Frequency.MONTHLY, 10)
    held = [date(2026, month, 10) for month in range(1, 6)]
    assert count(held, monthly, date(2026, 6, 12)) == (5, 5)
    assert count(held, monthly, date(2026, 6, 13)) == (6, 5)


def test_a_fortnightly_group_that_slips_a_week_keeps_its_new_beat() -> None:
    every = [date(2026, 1, 3) + timedelta(days=14 * n) for n in range(12)]
    slipped = every[:6] + [day + timedelta(days=7) for day in every[6:]]
    assert count(every, rules(Frequency.FORTNIGHTLY), every[-1]) == (12, 12)
    planned, on_plan = count(slipped, rules(Frequency.FORTNIGHTLY), slipped[-1])
    assert planned - on_plan == 1


def test_between_cycles_no_meeting_is_due() -> None:
    cycles = [(date(2026, 1, 1), date(2026, 2, 28)), (date(2026, 5, 1), date(2026, 12, 31))]
    found = regularity(
        lambda _day: rules(Frequency.MONTHLY, 10), cycles, [], date(2026, 1, 1), date(2026, 6, 30), 3
    )
    assert (found.planned, found.on_plan) == (4, 0)
    assert regularity(lambda _day: None, cycles, [], date(2026, 1, 1), DAY, 3).planned == 0
    assert regularity(lambda _day: rules(Frequency.WEEKLY), [], [], date(2026, 1, 1), DAY, 3).planned == 0


@given(
    st.sampled_from(list(Frequency)),
    st.lists(st.dates(date(2026, 1, 1), date(2026, 6, 30)), max_size=40, unique=True),
)
def test_no_more_meetings_are_on_plan_than_were_planned_or_held(
    frequency: Frequency, held: list[date]
) -> None:
    planned, on_plan = count(held, rules(frequency))
    assert 0 <= on_plan <= min(planned, len(held))
    assert 5 <= planned <= 27
