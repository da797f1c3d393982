"""A school for tests of training: a class with three learners and four sessions, and deeds in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from desktop.models.ids import ClassId, EnrolmentId, MemberId, SessionId
from desktop.models.kinds import Attendance
from desktop.models.problems import Refusal
from desktop.models.rules.training.attendance import AttendanceRow, AttendanceSheet, filled
from desktop.models.rules.training.results import Result
from desktop.services import (
    training_attendance,
    training_book,
    training_certificates,
    training_classes,
    training_results,
    training_sessions,
)
from desktop.services.training_attendance import RecordAttendance
from desktop.services.training_certificates import Give
from desktop.services.training_classes import ClassPlan
from desktop.services.training_results import NewResult
from desktop.services.training_sessions import SessionPlan
from desktop.store.book import Book
from reports import training_certificate
from tests.village import Village, an_act, settle

START = date(2026, 3, 2)
ACT = an_act(date(2026, 3, 10))


@dataclass(frozen=True)
class School:
    """A class of the bookkeeping course (16 hours) with three learners and four sessions of four hours."""

    book: Book
    village: Village
    klass: ClassId
    sessions: tuple[SessionId, ...]

    def enrolment(self, place: int = 0) -> EnrolmentId:
        rows = training_book.detail(self.book, self.klass, ACT.today).learners
        return next(row.enrolment for row in rows if row.member == self.village.members[place])


def a_school(book: Book) -> School:
    village = settle(book)
    klass = a_class(book)
    training_classes.enrol(book, klass, village.members, START, ACT)
    return School(book, village, klass, tuple(a_session(book, klass, n) for n in range(4)))


def a_class(book: Book, course: str = "KT", starts: date = START, **more: object) -> ClassId:
    plan = ClassPlan(course, "Sổ sách cho ban quản lý", starts, starts + timedelta(days=30), **more)  # type: ignore[arg-type]
    return training_classes.open_class(book, plan, ACT).value


def a_session(book: Book, klass: ClassId, place: int, starts: date = START) -> SessionId:
    plan = SessionPlan(starts + timedelta(days=place), 240, "Bài học", agreed=True)
    return training_sessions.add_session(book, klass, plan, ACT).value


def attend(book: Book, session: SessionId, *absent: MemberId, act: object = ACT) -> None:
    """Everybody is there for the whole session but those named."""
    opened = training_attendance.open_sheet(book, session, ACT.today)
    rows = tuple(
        AttendanceRow(row.member, Attendance.ABSENT if row.member in absent else Attendance.PRESENT)
        for row in opened.sheet.rows
    )
    sheet = filled(opened.facts, AttendanceSheet(opened.facts.planned, rows))
    training_attendance.record(book, RecordAttendance(session, opened.version, sheet), act)  # type: ignore[arg-type]


def pass_test(school: School, place: int, points: int = 80, day: date = START + timedelta(days=4)) -> None:
    row = learner(school, place)
    result = Result(pre=30, post=points, tested=day)
    training_results.keep(school.book, NewResult(row.enrolment, row.version, result), ACT)


def learner(school: School, place: int = 0) -> training_book.LearnerRow:
    rows = training_book.detail(school.book, school.klass, ACT.today).learners
    return next(row for row in rows if row.member == school.village.members[place])


def refused(error: pytest.ExceptionInfo[Refusal]) -> list[tuple[str, str]]:
    return [(one.code, one.field) for one in error.value.problems]


def give(school: School, *places: int, day: date = ACT.today) -> training_certificate.Certificates:
    command = Give(
        school.klass, tuple(school.enrolment(place) for place in places), day, "Trần Thị Mai", "Chủ tịch Hội"
    )
    return training_certificates.give(school.book, command, ACT).value


def completed_school(school: School) -> School:
    for session in school.sessions:
        attend(school.book, session)
    pass_test(school, 0)
    return school
