"""Courses: the shipped ones and the book's own, each as it holds on a day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import new_uid
from desktop.models.problems import Problem, refuse_if_stopped
from desktop.models.records.every import TrainingCourse
from desktop.models.rules import people
from desktop.models.rules.plain import from_text, to_text
from desktop.models.rules.training.courses import HOUR, Course, Module, check_course
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.store.book import Book
from resources import training as shipped
from resources.lang.messages import _

CHANGED = Changed.of(Topic.TRAINING)


@dataclass(frozen=True, slots=True)
class CourseLine:
    """A course as it holds from a day on; `own`: kept in this book, `source` where a shipped one is from."""

    since: date
    course: Course
    own: bool
    source: str = ""

    @property
    def key(self) -> tuple[str, date]:
        """Return what tells this line from others."""
        return self.course.code, self.since


def _shipped() -> list[CourseLine]:
    return [
        CourseLine(
            one.since,
            Course(
                one.code,
                one.vi,
                one.en,
                tuple(Module(code, hours * HOUR) for code, hours in one.modules),
                one.tested,
                one.most * 10,
                one.pass_mark * 10,
                one.plan,
                one.certified,
            ),
            False,
            one.source,
        )
        for one in shipped.courses()
    ]


def lines_in(session: Session) -> list[CourseLine]:
    """Return every version of every course; a row of the book stands for a shipped one of the same code and day."""
    found = {line.key: line for line in _shipped()}
    for row in session.scalars(select(TrainingCourse)):
        line = CourseLine(row.since, from_text(Course, row.content), True)
        found[line.key] = line
    order = {code: place for place, code in enumerate(shipped.modules())}
    return sorted(
        found.values(), key=lambda line: (order.get(line.course.code, 99), line.course.code, line.since)
    )


def courses_in(session: Session, day: date) -> dict[str, Course]:
    """Return the courses taught on a day, by code."""
    held: dict[str, Course] = {}
    for line in lines_in(session):
        if line.since <= day:
            held[line.course.code] = line.course
    return {code: course for code, course in held.items() if course.offered}


def lines(book: Book) -> list[CourseLine]:
    """Return every version of every course, those of one code by the day from which they hold."""
    with book.read() as session:
        return lines_in(session)


def offered(book: Book, day: date) -> list[Course]:
    """Return the courses taught on a day."""
    with book.read() as session:
        return list(courses_in(session, day).values())


def module_codes(book: Book) -> list[str]:
    """Return the codes of all modules: the shipped ones, then the book's own."""
    with book.read() as session:
        own = {code for line in lines_in(session) for code in line.course.codes}
    return [*shipped.modules(), *sorted(own - shipped.modules().keys())]


def keep(book: Book, course: Course, since: date | None, act: Act) -> Outcome[str]:
    """Keep a course from a day on: a new one, or another version of one. Classes already opened keep theirs.

    Raises Refusal with the field that is wrong.
    """
    tidy = replace(
        course,
        code=people.tidy(course.code).upper(),
        title=people.tidy(course.title),
        title_en=people.tidy(course.title_en),
        note=people.tidy_note(course.note),
        modules=tuple(Module(people.tidy(one.code).upper(), one.minutes) for one in course.modules),
    )
    problems = check_course(tidy)
    if since is None:
        problems.append(Problem.stop("missing", "since", _("Cần ghi ngày áp dụng.")))
    refuse_if_stopped(problems)
    assert since is not None
    with book.write(act) as session:
        row = session.scalar(
            select(TrainingCourse).where(TrainingCourse.code == tidy.code, TrainingCourse.since == since)
        )
        if row is None:
            session.add(TrainingCourse(uid=new_uid(), code=tidy.code, since=since, content=to_text(tidy)))
        else:
            row.content = to_text(tidy)
    return Outcome(tidy.code, CHANGED)
