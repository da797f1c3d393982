"""The rules of training, by example and by property: hours never exceed a course, nobody completes a module twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.ids import EnrolmentId, MemberId
from desktop.models.kinds import Attendance
from desktop.models.rules.training.attendance import (
    AttendanceRow,
    AttendanceSheet,
    Learner,
    SessionFacts,
    check_sheet,
    filled,
    takes_part,
)
from desktop.models.rules.training.classes import ClassFacts, Planned, check_class, check_session
from desktop.models.rules.training.courses import Course, Module, check_course
from desktop.models.rules.training.follow_up import Seen, Term, follow_up
from desktop.models.rules.training.results import (
    Result,
    check_result,
    first_completions,
    needed_minutes,
    standing,
)
from desktop.models.rules.training.words import read_hours, read_points, show_hours, show_points
from desktop.models.training_kinds import FollowState, Missing

COURSE = Course("KT", "Ghi chép sổ sách", modules=(Module("KT", 16 * 60),))
START = date(2026, 3, 2)
LATER = date(2026, 12, 31)


def fields(problems: list) -> list[tuple[str, str]]:  # type: ignore[type-arg]
    return [(one.code, one.field) for one in problems]


# -- courses ---------------------------------------------------------------------------------------


def test_a_course_needs_a_proof_hours_and_points_that_can_be_reached() -> None:
    assert check_course(COURSE) == []
    assert fields(check_course(replace(COURSE, tested=False))) == [("proof", "tested")]
    assert check_course(replace(COURSE, tested=False, plan_counts=True)) == []
    assert fields(check_course(replace(COURSE, pass_mark=101))) == [("points", "pass_mark")]
    assert fields(check_course(replace(COURSE, modules=()))) == [("modules", "modules")]
    assert ("hours", "modules") in fields(check_course(replace(COURSE, modules=(Module("KT", -60),))))
    twice = (Module("KT", 60), Module("KT", 60))
    assert ("twice", "modules") in fields(check_course(replace(COURSE, modules=twice)))


# -- completion ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minutes", "post", "planned", "plan_counts", "missing"),
    [
        (0, None, None, False, Missing.NOT_COME),
        (767, 80, None, False, Missing.HOURS),  # 79.9 % is not 80 %
        (768, None, None, False, Missing.PROOF),
        (768, 49, None, False, Missing.FAILED),
        (768, 50, None, False, None),
        (768, 49, START, True, None),
        (768, 49, START, False, Missing.FAILED),
    ],
)
def test_completed_is_eighty_per_cent_and_a_test_or_a_plan(
    minutes: int, post: int | None, planned: date | None, plan_counts: bool, missing: Missing | None
) -> None:
    course = replace(COURSE, plan_counts=plan_counts)
    result = Result(post=post, tested=START if post is not None else None, planned=planned)
    found = standing(course, [(START, minutes)], result, 80, LATER)
    assert found.missing is missing
    assert (found.completed is None) == (missing is not None)


def test_a_course_is_completed_on_the_day_on_which_both_conditions_are_met() -> None:
    attended = [(START + timedelta(days=n), 240) for n in range(4)]
    result = Result(post=80, tested=START + timedelta(days=1))
    assert standing(COURSE, attended, result, 80, LATER).completed == START + timedelta(days=3)
    late = replace(result, tested=START + timedelta(days=9))
    assert standing(COURSE, attended, late, 80, LATER).completed == START + timedelta(days=9)
    assert standing(COURSE, attended, late, 80, START + timedelta(days=8)).completed is None


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 480)), max_size=12), st.integers(1, 100))
def test_what_was_completed_by_a_day_stays_completed_later(
    attended: list[tuple[int, int]], percent: int
) -> None:
    hours = [(START + timedelta(days=day), minutes) for day, minutes in attended]
    result = Result(post=100, tested=START + timedelta(days=5))
    days = [standing(COURSE, hours, result, percent, START + timedelta(days=n)).completed for n in range(35)]
    done = [day for day in days if day is not None]
    assert len(set(done)) <= 1  # one day of completion, whenever it is asked
    assert days == [None] * (35 - len(done)) + done
    total = sum(minutes for _day, minutes in hours)
    assert bool(done) == (total > 0 and total >= needed_minutes(COURSE.minutes, percent))


@given(st.lists(st.tuples(st.sampled_from(["KT", "SYB", "FL"]), st.dates(START, LATER))))
def test_nobody_completes_a_module_twice(done: list[tuple[str, date]]) -> None:
    found = first_completions(done)
    assert set(found) == {module for module, _day in done}
    for module, day in found.items():
        assert day == min(other for name, other in done if name == module)


def test_scores_and_days_that_cannot_be_are_refused_at_their_field() -> None:
    def wrong(**values: object) -> list[tuple[str, str]]:
        return fields(check_result(COURSE, Result(**values), START, LATER))  # type: ignore[arg-type]

    assert wrong(pre=40, post=100, tested=START) == []
    assert wrong(pre=101) == [("points", "pre")]
    assert wrong(post=105, tested=START) == [("points", "post")]
    assert wrong(pre=-1) == [("points", "pre")]
    assert wrong(post=80) == [("missing", "tested")]
    assert wrong(post=80, tested=START - timedelta(days=1)) == [("before", "tested")]
    assert wrong(post=80, tested=LATER + timedelta(days=1)) == [("future", "tested")]
    assert wrong(planned=START) == [("no-plan", "planned")]


# -- classes and sessions --------------------------------------------------------------------------


def test_a_class_cannot_end_before_it_begins_or_seat_nobody() -> None:
    def wrong(
        starts: date | None = START, ends: date | None = LATER, cost: int = 0, seats: int | None = 25
    ) -> list[tuple[str, str]]:
        facts = ClassFacts((START + timedelta(days=3),), 20)
        return fields(check_class("Lớp", starts, ends, cost, seats, facts))

    assert wrong() == []
    assert wrong(ends=START - timedelta(days=1)) == [("order", "ends")]
    assert wrong(starts=START + timedelta(days=4)) == [("sessions", "starts")]
    assert wrong(ends=START + timedelta(days=2)) == [("sessions", "ends")]
    assert wrong(seats=0) == [("capacity", "capacity")]
    assert wrong(seats=19) == [("capacity", "capacity")]
    assert wrong(cost=-1) == [("cost", "cost")]


def test_a_session_lies_within_its_class_and_a_held_one_not_in_the_future() -> None:
    def wrong(day: date | None, minutes: int | None = 240, *, held: bool = False) -> list[tuple[str, str]]:
        today = START + timedelta(days=10)
        return fields(
            check_session(
                Planned(day, minutes), START, START + timedelta(days=30), 960, 480, held=held, today=today
            )
        )

    assert wrong(START) == []
    assert wrong(START + timedelta(days=20)) == []  # planned ahead
    assert wrong(START + timedelta(days=20), held=True) == [("future", "day")]
    assert wrong(START - timedelta(days=1)) == [("before", "day")]
    assert wrong(START + timedelta(days=31)) == [("after", "day")]
    assert wrong(START, -60) == [("hours", "planned")]
    assert wrong(START, 25 * 60) == [("hours", "planned")]
    assert wrong(START, 481) == [("over", "planned")]  # only warned about: taught again for the absent


# -- the sheet -------------------------------------------------------------------------------------


def a_learner(number: int = 1, **more: object) -> Learner:
    return Learner(MemberId(number), EnrolmentId(number), f"TV-{number}", f"Người {number}", **more)  # type: ignore[arg-type]


def facts(*learners: Learner, day: date = START, course: int = 960) -> SessionFacts:
    return SessionFacts("Lớp", 1, day, LATER, 240, course, learners)


def sheet(*rows: AttendanceRow, held: int = 240) -> AttendanceSheet:
    return AttendanceSheet(held, rows)


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        (AttendanceRow(MemberId(1), Attendance.PRESENT, 241), "session", "hours"),
        (AttendanceRow(MemberId(1), Attendance.PRESENT, -60), "negative", "hours"),
        (AttendanceRow(MemberId(1), Attendance.PRESENT, 0), "empty", "hours"),
        (AttendanceRow(MemberId(1), Attendance.ABSENT, 60), "absent", "hours"),
        (AttendanceRow(MemberId(1), Attendance.PRESENT, 181), "course", "hours"),
        (AttendanceRow(MemberId(1), Attendance.REPRESENTED, 60), "state", "attendance"),
        (AttendanceRow(MemberId(2), Attendance.PRESENT, 60), "stranger", "attendance"),
    ],
)
def test_a_wrong_cell_is_refused_with_its_reason(row: AttendanceRow, code: str, column: str) -> None:
    found = check_sheet(facts(a_learner(other=780)), sheet(row))
    assert [(one.code, one.field) for one in found] == [(code, f"{row.member}/{column}")]
    assert found[0].message


def test_a_session_of_tomorrow_or_without_hours_is_refused() -> None:
    row = AttendanceRow(MemberId(1), Attendance.ABSENT)
    assert fields(check_sheet(facts(a_learner(), day=LATER + timedelta(days=1)), sheet(row))) == [
        ("future", "day")
    ]
    assert fields(check_sheet(facts(a_learner()), sheet(row, held=0))) == [("hours", "held")]
    assert fields(check_sheet(facts(a_learner()), sheet(row, held=13 * 60))) == [("hours", "held")]
    assert fields(check_sheet(facts(), sheet())) == [("nobody", "")]


def test_hours_that_a_certificate_rests_on_are_not_taken_back() -> None:
    learner = a_learner(other=600, needed=768, certificate="CN-000001/2026")
    assert check_sheet(facts(learner), sheet(AttendanceRow(MemberId(1), Attendance.PRESENT, 168))) == []
    found = check_sheet(facts(learner), sheet(AttendanceRow(MemberId(1), Attendance.PRESENT, 167)))
    assert fields(found) == [("certified", "1/hours")]
    assert "CN-000001/2026" in found[0].message


states = st.sampled_from([Attendance.PRESENT, Attendance.LATE, Attendance.ABSENT, Attendance.EXCUSED])


@given(
    st.integers(1, 720),
    st.lists(st.tuples(states, st.sampled_from([0, 60, 90]), st.integers(0, 960)), min_size=1, max_size=8),
)
def test_filling_never_gives_more_than_the_session_or_the_course(
    held: int, typed: list[tuple[Attendance, int, int]]
) -> None:
    learners = tuple(a_learner(n, other=other) for n, (_s, _m, other) in enumerate(typed))
    rows = tuple(AttendanceRow(MemberId(n), s, m) for n, (s, m, _o) in enumerate(typed))
    made = filled(facts(*learners), AttendanceSheet(held, rows))
    for learner, before, after in zip(learners, rows, made.rows, strict=True):
        if before.minutes or not takes_part(before.state):
            assert after == before
        else:
            assert 0 <= after.minutes <= held
            assert learner.other + after.minutes <= 960
    assert filled(facts(*learners), made) == made


@given(
    st.integers(1, 720), st.lists(st.tuples(states, st.integers(-100, 1000), st.integers(0, 960)), max_size=8)
)
def test_a_sheet_that_passes_keeps_everybody_within_the_session_and_the_course(
    held: int, typed: list[tuple[Attendance, int, int]]
) -> None:
    learners = tuple(a_learner(n, other=other) for n, (_s, _m, other) in enumerate(typed))
    rows = tuple(AttendanceRow(MemberId(n), s, m) for n, (s, m, _o) in enumerate(typed))
    if check_sheet(facts(*learners), AttendanceSheet(held, rows)):
        return
    for learner, row in zip(learners, rows, strict=True):
        assert 0 <= row.minutes <= held
        assert learner.other + row.minutes <= 960
        assert (row.minutes > 0) == takes_part(row.state)


# -- afterwards ------------------------------------------------------------------------------------

TERM = Term(3, 45)
DONE = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("day", "visits", "state"),
    [
        (date(2027, 2, 27), (), FollowState.COMING),
        (date(2027, 2, 28), (), FollowState.DUE),  # three months after 30 November
        (date(2027, 4, 14), (), FollowState.DUE),
        (date(2027, 4, 15), (), FollowState.OVERDUE),
        (date(2027, 4, 15), (Seen(date(2027, 2, 27), True),), FollowState.OVERDUE),  # too early to tell
        (date(2027, 4, 15), (Seen(date(2027, 3, 1), False),), FollowState.NOT_APPLIED),
        (
            date(2027, 6, 1),
            (Seen(date(2027, 3, 1), False), Seen(date(2027, 5, 1), True)),
            FollowState.APPLIED,
        ),
        (date(2027, 3, 15), (Seen(date(2027, 5, 1), True),), FollowState.DUE),  # not yet made on that day
    ],
)
def test_a_visit_counts_from_three_months_after_completion(
    day: date, visits: tuple[Seen, ...], state: FollowState
) -> None:
    assert follow_up(DONE, visits, TERM, day).state is state


# -- words -----------------------------------------------------------------------------------------


@given(st.integers(0, 24_000))
def test_hours_are_read_as_they_are_shown(quarters: int) -> None:
    minutes = quarters * 15 % 24_000
    assert read_hours(show_hours(minutes).replace(".", "")) == minutes


def test_hours_are_typed_as_people_write_them() -> None:
    assert read_hours("3,5") == read_hours("3.5") == read_hours("3:30") == read_hours("3g30") == 210
    assert read_hours("-1") == -60
    assert read_hours("3:70") is None
    assert read_hours("ba") is None
    assert show_hours(210) == "3,5"
    assert show_points(75) == "7,5"
    assert read_points("7,5") == 75
    assert read_points("7,55") is None
