"""Reading classes and learners: lists with where each stands, one class in full, who has which module."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from desktop.models.ids import (
    CertificateId,
    ClassId,
    EnrolmentId,
    GroupId,
    MemberId,
    SessionId,
    TrainerId,
)
from desktop.models.kinds import Sex
from desktop.models.records.every import (
    ClassTrainer,
    Enrolment,
    Group,
    Member,
    TrainingAttendance,
    TrainingCertificate,
    TrainingClass,
    TrainingSession,
)
from desktop.models.rules.plain import from_text
from desktop.models.rules.training.courses import Course
from desktop.models.rules.training.results import Result, Standing
from desktop.models.training_kinds import Care, ClassState
from desktop.services import heads, trainers
from desktop.services.inclusion import reminders_in
from desktop.services.person_records import found_people
from desktop.services.trainers import TrainerRow
from desktop.services.training import Learning, by_person, learnings_in, modules_done, result_of
from desktop.services.training_classes import ClassPlan
from desktop.store.book import Book
from resources.lang.names import fold


@dataclass(frozen=True, slots=True)
class ClassFilter:
    """Which classes: in some states, of a group, by words of code, name, course or place."""

    states: tuple[ClassState, ...] = ()
    group: GroupId | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class in a list, as of a day; times in minutes."""

    id: ClassId
    uid: bytes
    code: str
    name: str
    course: str
    course_code: str
    starts: date
    ends: date
    place: str
    commune: str
    trainers: str
    learners: int
    capacity: int
    held: int
    minutes: int
    completed: int
    certificates: int
    waiting: int
    """How many sessions of days gone by have no attendance yet."""
    state: ClassState


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session of a class; times in minutes. `came` of `called` learners were there."""

    id: SessionId
    number: int
    day: date
    begins: str
    planned: int
    held: int
    topic: str
    trainer: TrainerId | None
    trainer_name: str
    came: int
    called: int
    version: int


@dataclass(frozen=True, slots=True)
class LearnerRow:
    """Somebody in a class, with where they stand. `reminder`: what is to be done so that they can take part."""

    enrolment: EnrolmentId
    member: MemberId
    code: str
    name: str
    sex: Sex
    born: date | int | None
    place: str
    groups: tuple[str, ...]
    enrolled: date
    withdrawn: date | None
    care: Care
    note: str
    reminder: str
    result: Result
    plan: str
    standing: Standing
    certificate: CertificateId | None
    number: str
    version: int


@dataclass(frozen=True, slots=True)
class ClassDetail:
    """A class with all that its page shows."""

    row: ClassRow
    plan: ClassPlan
    course: Course
    group_name: str
    teaching: tuple[TrainerRow, ...]
    sessions: tuple[SessionRow, ...]
    learners: tuple[LearnerRow, ...]
    reason: str
    version: int

    @property
    def present(self) -> tuple[LearnerRow, ...]:
        """Return who has not left the class."""
        return tuple(one for one in self.learners if one.withdrawn is None)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody who was in a class: which modules they completed and when, and how many minutes they learned."""

    member: MemberId
    code: str
    name: str
    place: str
    classes: int
    minutes: int
    modules: tuple[tuple[str, date], ...]


# -- classes ---------------------------------------------------------------------------------------


def listed(book: Book, wanted: ClassFilter, day: date) -> list[ClassRow]:
    """Return classes as of a day, the latest first."""
    with book.read() as session:
        query = select(TrainingClass).order_by(TrainingClass.starts.desc(), TrainingClass.id.desc())
        if wanted.states:
            query = query.where(TrainingClass.state.in_([state.value for state in wanted.states]))
        if wanted.group is not None:
            query = query.where(TrainingClass.group_id == wanted.group)
        records = session.scalars(query).all()
        rows = rows_of(session, records, day)
    typed = fold(wanted.text).split()
    return [row for row in rows if all(word in _words(row) for word in typed)]


def _words(row: ClassRow) -> str:
    return fold(
        " ".join((row.code, row.name, row.course, row.course_code, row.place, row.commune, row.trainers))
    )


def rows_of(session: Session, records: Sequence[TrainingClass], day: date) -> list[ClassRow]:
    """Return classes as lists show them."""
    keys = [record.id for record in records]
    learnings: dict[int, list[Learning]] = {}
    for one in learnings_in(session, day, classes=keys):
        learnings.setdefault(one.klass, []).append(one)
    learners = _count(session, Enrolment, Enrolment.withdrawn.is_(None))
    held, waiting = _sessions(session, day)
    certificates = {
        row[0]: row[1]
        for row in session.execute(
            select(Enrolment.class_id, func.count())
            .join(TrainingCertificate, TrainingCertificate.enrolment_id == Enrolment.id)
            .where(TrainingCertificate.revoked.is_(None))
            .group_by(Enrolment.class_id)
        )
    }
    names = _trainer_names(session)
    found = []
    for record in records:
        course = from_text(Course, record.course)
        found.append(
            ClassRow(
                ClassId(record.id),
                record.uid,
                record.code,
                record.name,
                course.shown,
                course.code,
                record.starts,
                record.ends,
                record.place,
                heads.commune_name(record.commune_code),
                ", ".join(names.get(record.id, ())),
                learners.get(record.id, 0),
                record.capacity,
                held.get(record.id, 0),
                course.minutes,
                sum(one.completed is not None for one in learnings.get(record.id, ())),
                certificates.get(record.id, 0),
                waiting.get(record.id, 0),
                record.state,
            )
        )
    return found


def _count(session: Session, table: type[Enrolment], *where: ColumnElement[bool]) -> dict[int, int]:
    rows = session.execute(select(table.class_id, func.count()).where(*where).group_by(table.class_id))
    return {row[0]: row[1] for row in rows}


def _sessions(session: Session, day: date) -> tuple[dict[int, int], dict[int, int]]:
    held: dict[int, int] = {}
    waiting: dict[int, int] = {}
    for row in session.execute(select(TrainingSession.class_id, TrainingSession.day, TrainingSession.held)):
        if row.held:
            held[row.class_id] = held.get(row.class_id, 0) + row.held
        elif row.day <= day:
            waiting[row.class_id] = waiting.get(row.class_id, 0) + 1
    return held, waiting


def _trainer_names(session: Session) -> dict[int, list[str]]:
    names = {row.id: row.name for row in trainers.rows_in(session)}
    found: dict[int, list[str]] = {}
    for row in session.scalars(select(ClassTrainer).order_by(ClassTrainer.leads.desc(), ClassTrainer.id)):
        found.setdefault(row.class_id, []).append(names[TrainerId(row.trainer_id)])
    return found


def detail(book: Book, klass: ClassId, day: date) -> ClassDetail:
    """Return a class with all that its page shows, as of a day."""
    with book.read() as session:
        return detail_in(session, klass, day)


def detail_in(session: Session, klass: ClassId, day: date) -> ClassDetail:
    """Return a class inside an open session; see `detail`."""
    record = session.get_one(TrainingClass, klass)
    teaching = list(
        session.scalars(
            select(ClassTrainer.trainer_id)
            .where(ClassTrainer.class_id == klass)
            .order_by(ClassTrainer.leads.desc(), ClassTrainer.id)
        )
    )
    by_key = {row.id: row for row in trainers.rows_in(session)}
    group = None if record.group_id is None else session.get_one(Group, record.group_id)
    plan = ClassPlan(
        record.course_code,
        record.name,
        record.starts,
        record.ends,
        record.capacity,
        record.place,
        record.commune_code,
        None if group is None else GroupId(group.id),
        record.funder,
        record.cost,
        record.childcare,
        record.transport,
        record.note,
        tuple(TrainerId(key) for key in teaching),
    )
    return ClassDetail(
        rows_of(session, [record], day)[0],
        plan,
        from_text(Course, record.course),
        "" if group is None else f"{group.code} {group.name}",
        tuple(by_key[TrainerId(key)] for key in teaching),
        tuple(_session_rows(session, klass, {row.id: row.name for row in by_key.values()})),
        tuple(_learner_rows(session, klass, day)),
        record.reason,
        record.version,
    )


def _session_rows(session: Session, klass: int, names: dict[TrainerId, str]) -> Iterable[SessionRow]:
    came: dict[int, tuple[int, int]] = {}
    for row in session.execute(
        select(TrainingAttendance.session_id, TrainingAttendance.minutes)
        .join(TrainingSession, TrainingSession.id == TrainingAttendance.session_id)
        .where(TrainingSession.class_id == klass)
    ):
        there, called = came.get(row.session_id, (0, 0))
        came[row.session_id] = there + (row.minutes > 0), called + 1
    for one in session.scalars(
        select(TrainingSession)
        .where(TrainingSession.class_id == klass)
        .order_by(TrainingSession.day, TrainingSession.number)
    ):
        there, called = came.get(one.id, (0, 0))
        trainer = None if one.trainer_id is None else TrainerId(one.trainer_id)
        yield SessionRow(
            SessionId(one.id),
            one.number,
            one.day,
            one.begins,
            one.planned,
            one.held,
            one.topic,
            trainer,
            "" if trainer is None else names.get(trainer, ""),
            there,
            called,
            one.version,
        )


def _learner_rows(session: Session, klass: int, day: date) -> Iterable[LearnerRow]:
    standings = {one.enrolment: one.standing for one in learnings_in(session, day, classes=[klass])}
    papers = {
        row.enrolment_id: row
        for row in session.scalars(
            select(TrainingCertificate)
            .join(Enrolment, Enrolment.id == TrainingCertificate.enrolment_id)
            .where(Enrolment.class_id == klass, TrainingCertificate.revoked.is_(None))
        )
    }
    rows = session.execute(
        select(Enrolment, Member)
        .join(Member, Member.id == Enrolment.member_id)
        .where(Enrolment.class_id == klass)
        .order_by(Member.name_sort, Member.id)
    ).all()
    who = found_people(session, [member.id for _one, member in rows])
    reminders = reminders_in(session, [member.id for _one, member in rows], day)
    for one, member in rows:
        paper = papers.get(one.id)
        yield LearnerRow(
            EnrolmentId(one.id),
            MemberId(member.id),
            member.code,
            member.full_name,
            member.sex,
            member.born,
            who[member.id].hamlet,
            who[member.id].groups,
            one.enrolled,
            one.withdrawn,
            one.care,
            one.note,
            reminders.get(member.id, ""),
            result_of(one),
            one.plan,
            standings[EnrolmentId(one.id)],
            None if paper is None else CertificateId(paper.id),
            "" if paper is None else paper.number,
            one.version,
        )


# -- people ----------------------------------------------------------------------------------------


def people(book: Book, day: date) -> list[PersonRow]:
    """Return everybody who was in a class by a day, by name: who has which module."""
    with book.read() as session:
        learnings = learnings_in(session, day)
        done = modules_done(learnings)
        classes = by_person(learnings)
        who = found_people(session, classes)
        rows = [
            PersonRow(
                member,
                who[member].code,
                who[member].full_name,
                ", ".join(part for part in (who[member].hamlet, *who[member].groups) if part),
                len(held),
                sum(one.standing.minutes for one in held),
                tuple(sorted(done.get(member, {}).items(), key=lambda pair: pair[1])),
            )
            for member, held in classes.items()
        ]
    return sorted(rows, key=lambda row: row.code)


def of_member(book: Book, member: MemberId, day: date) -> list[Learning]:
    """Return the classes of one person as of a day, the earliest first."""
    with book.read() as session:
        return learnings_in(session, day, people=[member])


def needs_of(rows: Iterable[LearnerRow]) -> list[tuple[str, int]]:
    """Return what is needed so that the learners can take part, and of how many, the most wanted first."""
    found: dict[str, int] = {}
    for row in rows:
        needs = [part.strip() for part in row.reminder.split(";") if part.strip()]
        if row.care is not Care.NONE:
            needs.append(row.care.title)
        for need in needs:
            found[need] = found.get(need, 0) + 1
    return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
