"""Who learned what: hours, results and completions, read in a few questions. Other modules ask here.

`completed` answers "has this person finished these modules by that day" (capacity first, before support is handed over);
`hours_in` gives the hours of a period by person (benefit share).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import ClassId, EnrolmentId, MemberId
from desktop.models.records.every import (
    Enrolment,
    TrainingAttendance,
    TrainingClass,
    TrainingSession,
)
from desktop.models.rules.plain import from_text
from desktop.models.rules.training.courses import Course
from desktop.models.rules.training.follow_up import Term
from desktop.models.rules.training.results import Result, Standing, first_completions, standing
from desktop.services.person_records import IN_CHUNK
from resources.indicators import limit

_FIRST = date(2020, 1, 1)
"""Thresholds hold from this day; what was before is judged by the first ones."""


@dataclass(frozen=True, slots=True)
class Learning:
    """One person in one class, as of a day; `attended` holds days and minutes."""

    enrolment: EnrolmentId
    member: MemberId
    klass: ClassId
    class_code: str
    class_name: str
    starts: date
    ends: date
    course: Course
    result: Result
    attended: tuple[tuple[date, int], ...]
    standing: Standing

    @property
    def completed(self) -> date | None:
        """Return the day on which the course was completed, None while it is not."""
        return self.standing.completed


def percent_on(day: date) -> int:
    """Return how much of the hours must be attended, in per cent, by the thresholds of a day."""
    return limit("training.attendance", max(day, _FIRST))


def follow_term(day: date) -> Term:
    """Return when visits after training are due, by the thresholds of a day."""
    since = max(day, _FIRST)
    return Term(limit("training.follow.months", since), limit("training.follow.days", since))


def learnings_in(
    session: Session,
    by_day: date,
    *,
    people: Collection[int] | None = None,
    classes: Collection[int] | None = None,
) -> list[Learning]:
    """Return who learned what by the end of a day: of some people, of some classes, or of all; the earliest first."""
    rows = []
    if people is None:
        rows = _enrolments(session, classes, None)
    else:
        wanted = sorted(set(people))
        for start in range(0, len(wanted), IN_CHUNK):
            rows += _enrolments(session, classes, wanted[start : start + IN_CHUNK])
    attended = _attended(
        session, [one.id for one, _class in rows], all_of_them=people is None and classes is None
    )
    courses: dict[int, Course] = {}
    found = []
    for one, held in rows:
        if held.id not in courses:
            courses[held.id] = from_text(Course, held.course)
        course, hours = courses[held.id], tuple(attended.get(one.id, ()))
        result = result_of(one)
        found.append(
            Learning(
                EnrolmentId(one.id),
                MemberId(one.member_id),
                ClassId(held.id),
                held.code,
                held.name,
                held.starts,
                held.ends,
                course,
                result,
                hours,
                standing(course, hours, result, percent_on(held.starts), by_day),
            )
        )
    return sorted(found, key=lambda one: (one.starts, one.klass, one.enrolment))


def result_of(row: Enrolment) -> Result:
    """Return what a learner's test and plan gave."""
    return Result(row.pre, row.post, row.tested, row.planned)


def _enrolments(
    session: Session, classes: Collection[int] | None, people: Collection[int] | None
) -> list[tuple[Enrolment, TrainingClass]]:
    query = select(Enrolment, TrainingClass).join(TrainingClass, TrainingClass.id == Enrolment.class_id)
    if classes is not None:
        query = query.where(Enrolment.class_id.in_(list(classes)))
    if people is not None:
        query = query.where(Enrolment.member_id.in_(list(people)))
    return [(one, held) for one, held in session.execute(query)]


def _attended(
    session: Session, enrolments: list[int], *, all_of_them: bool
) -> dict[int, list[tuple[date, int]]]:
    query = select(TrainingAttendance.enrolment_id, TrainingSession.day, TrainingAttendance.minutes).join(
        TrainingSession, TrainingSession.id == TrainingAttendance.session_id
    )
    query = query.where(TrainingAttendance.minutes > 0).order_by(TrainingSession.day, TrainingSession.number)
    found: dict[int, list[tuple[date, int]]] = {}
    chunks = (
        [None] if all_of_them else [enrolments[n : n + IN_CHUNK] for n in range(0, len(enrolments), IN_CHUNK)]
    )
    for chunk in chunks:
        some = query if chunk is None else query.where(TrainingAttendance.enrolment_id.in_(chunk))
        for enrolment, day, minutes in session.execute(some):
            found.setdefault(enrolment, []).append((day, minutes))
    return found


def modules_done(learnings: Iterable[Learning]) -> dict[MemberId, dict[str, date]]:
    """Return, by person, each module completed with its first day: a repeated course counts once."""
    found: dict[MemberId, list[tuple[str, date]]] = {}
    for one in learnings:
        if one.completed is not None:
            found.setdefault(one.member, []).extend((code, one.completed) for code in one.course.codes)
    return {member: first_completions(done) for member, done in found.items()}


def completed(
    session: Session, people: Collection[int] | None, modules: Collection[str] | None, by_day: date
) -> dict[MemberId, dict[str, date]]:
    """Return, by person, which of `modules` (all without a list) they had completed by the end of a day, and when.

    People who completed none are left out.
    """
    done = modules_done(learnings_in(session, by_day, people=people))
    if modules is None:
        return done
    kept = {
        member: {code: day for code, day in found.items() if code in modules}
        for member, found in done.items()
    }
    return {member: found for member, found in kept.items() if found}


def all_completed(
    session: Session, people: Collection[int], modules: Collection[str], by_day: date
) -> dict[MemberId, bool]:
    """Return, by person, whether they had completed every one of `modules` by the end of a day."""
    done = completed(session, people, modules, by_day)
    return {
        MemberId(member): all(code in done.get(MemberId(member), {}) for code in modules) for member in people
    }


def hours_in(
    session: Session, starts: date, ends: date, people: Collection[int] | None = None
) -> dict[MemberId, int]:
    """Return the minutes that people learned from `starts` to `ends`, both included, by person."""
    query = (
        select(Enrolment.member_id, TrainingAttendance.minutes)
        .join(TrainingAttendance, TrainingAttendance.enrolment_id == Enrolment.id)
        .join(TrainingSession, TrainingSession.id == TrainingAttendance.session_id)
        .where(TrainingSession.day >= starts, TrainingSession.day <= ends, TrainingAttendance.minutes > 0)
    )
    wanted = None if people is None else set(people)
    found: dict[MemberId, int] = {}
    for member, minutes in session.execute(query):
        if wanted is None or member in wanted:
            found[MemberId(member)] = found.get(MemberId(member), 0) + minutes
    return found


def by_person(learnings: Iterable[Learning]) -> Mapping[MemberId, list[Learning]]:
    """Return the classes of each person, the earliest first."""
    found: dict[MemberId, list[Learning]] = {}
    for one in learnings:
        found.setdefault(one.member, []).append(one)
    return found
