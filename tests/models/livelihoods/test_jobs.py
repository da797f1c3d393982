"""Jobs: the vectors of indicators.md 3.1, and that nobody is ever more than one full-time job."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.models.livelihood_kinds import Answer, Contribution, Employment, Evidence, JobKind, JobTime
from desktop.models.rules.livelihoods.jobs import (
    JobFacts,
    Term,
    attributed,
    attribution,
    changes,
    check_term,
    counted,
    fte,
    kind_on,
    reportable,
    screen,
    time_of,
)
from desktop.models.rules.livelihoods.standards import Standards, WageRow, wage_on

USUAL = Standards()
DAY = date(2026, 6, 30)
START = date(2025, 1, 1)


def job(
    key: int = 1,
    person: str = "a",
    days: int = 240,
    hours: int = 8,
    kind: JobKind = JobKind.NEW,
    employment: Employment = Employment.SELF,
    terms: tuple[Term, ...] = (),
    baseline: date | None = None,
    ended: date | None = None,
    evidence: Evidence = Evidence.CASHBOOK,
    direct: bool = True,
) -> JobFacts:
    return JobFacts(
        key, person, kind, employment, terms or (Term(START, days, hours * 60),), baseline, ended, direct, evidence, key
    )  # fmt: skip


@pytest.mark.parametrize(
    ("days", "hours", "expected"),
    [
        (240, 8, Fraction(1)),
        (120, 4, Fraction(1, 4)),
        (90, 8, Fraction(3, 8)),
        (300, 8, Fraction(1)),
        (0, 0, Fraction(0)),
    ],
)
def test_the_vectors_of_the_definition(days: int, hours: int, expected: Fraction) -> None:
    assert fte(days, hours * 60, USUAL) == expected


def test_another_base_and_a_part_of_the_period() -> None:
    assert fte(250, 480, Standards(fte_hours=2000)) == 1
    assert fte(240, 480, USUAL, Fraction(1, 4)) == Fraction(1, 4)


def test_a_half_job_made_whole_is_improved_by_a_half_and_not_new() -> None:
    terms = (Term(START, 120, 480), Term(date(2026, 1, 1), 240, 480))
    one = job(kind=JobKind.IMPROVED, terms=terms, baseline=START)
    (change,) = changes([one], DAY, USUAL)
    assert (change.before, change.now, change.net) == (Fraction(1, 2), Fraction(1), Fraction(1, 2))
    assert change.kind is JobKind.IMPROVED


def test_a_lost_job_makes_the_sum_smaller() -> None:
    (change,) = changes([job(kind=JobKind.EXISTING, baseline=START, ended=date(2026, 2, 1))], DAY, USUAL)
    assert change.net == -1
    assert change.kind is JobKind.LOST
    assert kind_on(job(ended=date(2026, 2, 1)), date(2026, 1, 31)) is JobKind.NEW


def test_two_full_jobs_of_one_person_are_one() -> None:
    rows = [job(1), job(2), job(3, person="b", days=120)]
    parts = counted(rows, DAY, USUAL)
    assert parts[1] + parts[2] == 1
    assert parts[3] == Fraction(1, 2)


def test_unpaid_work_in_the_family_is_not_counted() -> None:
    unpaid = job(employment=Employment.FAM_UNPAID)
    assert counted([unpaid], DAY, USUAL)[1] == 0
    assert not reportable(unpaid)
    assert not reportable(job(evidence=Evidence.DECLARED))
    assert not reportable(job(direct=False, evidence=Evidence.TWO_WITNESS))
    assert reportable(job(direct=False, evidence=Evidence.CONTRACT))


_JOBS = st.lists(
    st.builds(
        lambda key, person, days, hours, kind, more, ended: job(
            key,
            person,
            kind=kind,
            terms=(Term(START, days, hours * 60), Term(START + timedelta(days=200), more, hours * 60)),
            baseline=START,
            ended=ended,
        ),
        st.integers(1, 10_000),
        st.sampled_from("abc"),
        st.integers(1, 365),
        st.integers(1, 16),
        st.sampled_from([JobKind.NEW, JobKind.EXISTING, JobKind.IMPROVED, JobKind.SUSTAINED]),
        st.integers(1, 365),
        st.none() | st.dates(START + timedelta(days=1), DAY),
    ),
    max_size=8,
    unique_by=lambda one: one.id,
)


@settings(max_examples=200, derandomize=True)
@given(_JOBS)
def test_a_person_is_never_more_than_one_on_either_side(rows: list[JobFacts]) -> None:
    for side in ("before", "now"):
        whole: dict[str, Fraction] = {}
        for change in changes(rows, DAY, USUAL):
            assert 0 <= getattr(change, side) <= 1
            whole[change.job.person] = whole.get(change.job.person, Fraction()) + getattr(change, side)
        assert all(part <= 1 for part in whole.values())


def test_attribution_by_the_owners_answer() -> None:
    assert attribution(Contribution.NOT_WITHOUT, displaces=False) == 1
    assert attribution(Contribution.SMALLER, displaces=False) == Fraction(1, 2)
    assert attribution(Contribution.ANYWAY, displaces=False) == 0
    assert attribution(Contribution.NOT_WITHOUT, displaces=True) == 0
    assert attribution(Contribution.UNASKED, displaces=False) is None
    rows = changes([job(1), job(2, person="b")], DAY, USUAL)
    assert attributed(rows, {1: Fraction(1, 2), 2: None}) == Fraction(1, 2)


@pytest.mark.parametrize(
    ("days", "hours", "months", "expected"),
    [(240, 8, 12, JobTime.FULL), (180, 8, 12, JobTime.FULL), (179, 8, 12, JobTime.PART), (240, 8, 8, JobTime.SEASONAL)],
)  # fmt: skip
def test_how_much_of_a_year_a_job_fills(days: int, hours: int, months: int, expected: JobTime) -> None:
    assert time_of(Term(START, days, hours * 60, months), USUAL) is expected
    assert time_of(Term(START, days, hours * 60, months), USUAL, casual=True) is JobTime.CASUAL


WAGE = WageRow(4, date(2026, 1, 1), 3_700_000, 17_800)
YES = dict.fromkeys(("safety", "insurance", "free", "on_time", "voice"), Answer.YES)


def test_decent_work_is_worked_out_where_figures_are_known() -> None:
    whole = screen(YES, Term(START, 240, 480, 12, 4_000_000), WAGE, 30)
    assert whole.score == 8
    assert whole.holds(USUAL)
    poor = screen(YES, Term(START, 240, 480, 12, 2_000_000), WAGE, 30)
    assert poor.answers["pay"] is Answer.NO
    part = screen(YES, Term(START, 60, 240, 12, 400_000), WAGE, 30)  # 20 hours a month at the hourly wage
    assert part.answers["pay"] is Answer.YES
    long = screen(YES, Term(START, 340, 600, 12, 9_000_000), WAGE, 30)
    assert long.answers["hours"] is Answer.NO


def test_one_red_point_is_enough() -> None:
    child = screen(YES, Term(START, 240, 480, 12, 4_000_000), WAGE, 14)
    assert child.red == ("age",)
    assert not child.holds(USUAL)
    assert screen(YES, Term(START, 240, 480, 12, 4_000_000), WAGE, 16, hazardous=True).red == ("age",)
    unpaid = screen({**YES, "on_time": Answer.NO}, Term(START, 240, 480, 12, 4_000_000), WAGE, 30)
    assert not unpaid.holds(USUAL)
    assert not screen({}, Term(START, 240, 480, 12, 4_000_000), WAGE, 30).assessed


def test_the_wage_is_that_of_the_day() -> None:
    old = WageRow(4, date(2024, 7, 1), 3_450_000, 16_600)
    assert wage_on([old, WAGE], 4, date(2025, 12, 31)) is old
    assert wage_on([old, WAGE], 4, date(2026, 1, 1)) is WAGE
    assert wage_on([WAGE], 1, DAY) is None


@pytest.mark.parametrize(
    ("term", "field"),
    [
        (Term(START, -1, 480), "days"),
        (Term(START, 366, 480), "days"),
        (Term(START, 200, 25 * 60), "minutes"),
        (Term(START, 200, 17 * 60), "minutes"),
        (Term(START, 200, 0), "minutes"),
        (Term(START, 0, 0), "days"),
        (Term(START, 100, 480, 2), "days"),
        (Term(START, 100, 480, 13), "months"),
        (Term(START, 100, 480, 12, -1), "pay"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(term: Term, field: str) -> None:
    assert field in {problem.field for problem in check_term(term, Employment.SELF)}
