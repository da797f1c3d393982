"""Who has completed a course, from which day on, and what is still missing: 80 % of the hours and a test or a plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.models.problems import Problem
from desktop.models.rules.training.courses import Course
from desktop.models.rules.training.words import show_points
from desktop.models.training_kinds import Missing
from resources.lang.dates import show_day
from resources.lang.messages import _


@dataclass(frozen=True, slots=True)
class Result:
    """What a learner's test and plan gave; points in tenths."""

    pre: int | None = None
    post: int | None = None
    tested: date | None = None
    planned: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a learner stands in a course: minutes attended, and the day of completion or what is missing."""

    minutes: int
    completed: date | None = None
    missing: Missing | None = None


def needed_minutes(course_minutes: int, percent: int) -> int:
    """Return the least whole minutes that are `percent` of a course."""
    return -(-course_minutes * percent // 100)


def passed(course: Course, result: Result) -> bool:
    """Tell whether the test at the end was passed."""
    return course.tested and result.post is not None and result.post >= course.pass_mark


def standing(
    course: Course, attended: Iterable[tuple[date, int]], result: Result, percent: int, by_day: date
) -> Standing:
    """Return where a learner stands at the end of `by_day`; `attended` holds days and minutes.

    A course is completed on the day on which both conditions are met.
    """
    seen = sorted((day, minutes) for day, minutes in attended if day <= by_day)
    minutes = sum(one for _day, one in seen)
    if not minutes:
        return Standing(0, None, Missing.NOT_COME)
    enough = _reached(seen, needed_minutes(course.minutes, percent))
    if enough is None:
        return Standing(minutes, None, Missing.HOURS)
    proofs = []
    if passed(course, result) and result.tested is not None and result.tested <= by_day:
        proofs.append(result.tested)
    if course.plan_counts and result.planned is not None and result.planned <= by_day:
        proofs.append(result.planned)
    if proofs:
        return Standing(minutes, max(enough, min(proofs)))
    sat = course.tested and result.post is not None and (result.tested is None or result.tested <= by_day)
    return Standing(minutes, None, Missing.FAILED if sat else Missing.PROOF)


def _reached(seen: Sequence[tuple[date, int]], needed: int) -> date | None:
    total = 0
    for day, minutes in seen:
        total += minutes
        if total >= needed:
            return day
    return None


def first_completions(done: Iterable[tuple[str, date]]) -> dict[str, date]:
    """Return each module once, with the first day on which it was completed: a repeated course counts once."""
    found: dict[str, date] = {}
    for module, day in done:
        if module not in found or day < found[module]:
            found[module] = day
    return found


def check_result(course: Course, result: Result, starts: date, today: date) -> list[Problem]:
    """Return what is wrong with a learner's results, each problem at its field."""
    found = []
    for field, points in (("pre", result.pre), ("post", result.post)):
        if points is None:
            continue
        if not course.tested:
            found.append(Problem.stop("untested", field, _("Khóa học này không có bài kiểm tra.")))
        elif points < 0:
            found.append(Problem.stop("points", field, _("Điểm không thể âm.")))
        elif points > course.most:
            text = _("{points} điểm là quá điểm tối đa của bài ({most}).")
            found.append(
                Problem.stop(
                    "points", field, text.format(points=show_points(points), most=show_points(course.most))
                )
            )
    if result.post is not None and result.tested is None:
        found.append(Problem.stop("missing", "tested", _("Cần ghi ngày kiểm tra cuối khóa.")))
    if result.planned is not None and not course.plan_counts:
        text = _("Khóa học này không tính kế hoạch thay bài kiểm tra.")
        found.append(Problem.stop("no-plan", "planned", text))
    for field, day in (("tested", result.tested), ("planned", result.planned)):
        if day is None:
            continue
        if day < starts:
            text = _("Ngày này trước ngày khai giảng ({day}).").format(day=show_day(starts))
            found.append(Problem.stop("before", field, text))
        elif day > today:
            found.append(Problem.stop("future", field, _("Ngày này chưa tới.")))
    return found


def share(minutes: int, course: Course) -> int:
    """Return how much of a course was attended, in whole per cent, rounded down: 79,9 % is not 80 %."""
    return minutes * 100 // course.minutes if course.minutes else 0


def by_module(done: Mapping[str, date], wanted: Iterable[str]) -> bool:
    """Tell whether all wanted modules are among those completed."""
    return all(module in done for module in wanted)
