"""The attendance sheet of a session: read with all that its rules need, and kept in one deed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from desktop.models.ids import ClassId, EnrolmentId, MemberId, SessionId, new_uid
from desktop.models.kinds import Attendance
from desktop.models.problems import refuse_if_stopped
from desktop.models.records.every import (
    Enrolment,
    Member,
    TrainingAttendance,
    TrainingCertificate,
    TrainingClass,
    TrainingSession,
)
from desktop.models.rules import people
from desktop.models.rules.plain import from_text
from desktop.models.rules.training.attendance import (
    AttendanceRow,
    AttendanceSheet,
    Learner,
    SessionFacts,
    check_sheet,
)
from desktop.models.rules.training.courses import Course
from desktop.models.rules.training.results import needed_minutes
from desktop.services import drafts
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.inclusion import reminders_in
from desktop.services.training import percent_on
from desktop.services.versions import expect_version
from desktop.store.book import Book

DRAFT = "training"
"""The kind under which a sheet that is being typed is kept as a draft; its key is the session."""

_CHANGED = Changed.of(Topic.TRAINING, Topic.DRAFTS)


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """A session's sheet: what its rules need, and what is kept of it (the planned hours for one not held yet)."""

    session: SessionId
    klass: ClassId
    facts: SessionFacts
    sheet: AttendanceSheet
    held: bool
    version: int
    draft: str = ""


@dataclass(frozen=True, slots=True)
class RecordAttendance:
    """Keep a session's sheet; `version` is that of the session when the sheet was opened."""

    session: SessionId
    version: int
    sheet: AttendanceSheet


def open_sheet(book: Book, key: SessionId, today: date) -> OpenSheet:
    """Return a session's sheet with everybody who belongs to the class on its day, by name."""
    with book.read() as session:
        row = session.get_one(TrainingSession, key)
        facts = _facts(session, row, today)
        kept = {
            one.enrolment_id: one
            for one in session.scalars(select(TrainingAttendance).where(TrainingAttendance.session_id == key))
        }
        rows = []
        for learner in facts.learners:
            one = kept.get(learner.enrolment)
            rows.append(
                AttendanceRow(learner.id)
                if one is None
                else AttendanceRow(learner.id, one.state, one.minutes, one.note)
            )
        version, klass, held = row.version, ClassId(row.class_id), row.held
    draft = drafts.find(book, DRAFT, str(key))
    return OpenSheet(
        key,
        klass,
        facts,
        AttendanceSheet(held or facts.planned, tuple(rows)),
        held > 0,
        version,
        "" if draft is None else draft.content,
    )


def record(book: Book, command: RecordAttendance, act: Act) -> Outcome[SessionId]:
    """Keep who came to a session and for how long; the draft goes with it. Raises Refusal, and Trouble "stale"."""
    with book.write(act) as session:
        row = session.get_one(TrainingSession, command.session)
        expect_version(row, command.version)
        facts = _facts(session, row, act.today)
        refuse_if_stopped(check_sheet(facts, command.sheet))
        kept = {
            one.enrolment_id: one
            for one in session.scalars(
                select(TrainingAttendance).where(TrainingAttendance.session_id == row.id)
            )
        }
        by_member = {learner.id: learner.enrolment for learner in facts.learners}
        for typed in command.sheet.rows:
            enrolment = by_member[typed.member]
            one = kept.get(enrolment)
            if one is None:
                one = TrainingAttendance(
                    uid=new_uid(), session_id=row.id, enrolment_id=enrolment, state=Attendance.ABSENT
                )
                session.add(one)
            one.state, one.minutes, one.note = typed.state, typed.minutes, people.tidy(typed.note)
        if row.held == command.sheet.held:
            # The sheet is one record: whoever opened it before must look again, also when only rows changed.
            flag_modified(row, "held")
        row.held = command.sheet.held
        drafts.drop_in(session, DRAFT, str(command.session))
    return Outcome(command.session, _CHANGED)


def _facts(session: Session, row: TrainingSession, today: date) -> SessionFacts:
    klass = session.get_one(TrainingClass, row.class_id)
    course = from_text(Course, klass.course)
    rows = session.execute(
        select(Enrolment, Member)
        .join(Member, Member.id == Enrolment.member_id)
        .where(
            Enrolment.class_id == klass.id,
            Enrolment.enrolled <= row.day,
            Enrolment.withdrawn.is_(None) | (Enrolment.withdrawn > row.day),
        )
        .order_by(Member.name_sort, Member.id)
    ).all()
    others = _other_minutes(session, row)
    certificates = {
        one.enrolment_id: one.number
        for one in session.scalars(
            select(TrainingCertificate)
            .join(Enrolment, Enrolment.id == TrainingCertificate.enrolment_id)
            .where(Enrolment.class_id == klass.id, TrainingCertificate.revoked.is_(None))
        )
    }
    reminders = reminders_in(session, [member.id for _one, member in rows], row.day)
    needed = needed_minutes(course.minutes, percent_on(klass.starts))
    learners = tuple(
        Learner(
            MemberId(member.id),
            EnrolmentId(one.id),
            member.code,
            member.full_name,
            others.get(one.id, 0),
            needed if one.id in certificates else 0,
            certificates.get(one.id, ""),
            reminders.get(member.id, ""),
        )
        for one, member in rows
    )
    return SessionFacts(klass.name, row.number, row.day, today, row.planned, course.minutes, learners)


def _other_minutes(session: Session, row: TrainingSession) -> dict[int, int]:
    rows = session.execute(
        select(TrainingAttendance.enrolment_id, func.sum(TrainingAttendance.minutes))
        .join(TrainingSession, TrainingSession.id == TrainingAttendance.session_id)
        .where(TrainingSession.class_id == row.class_id, TrainingSession.id != row.id)
        .group_by(TrainingAttendance.enrolment_id)
    )
    return {enrolment: int(minutes) for enrolment, minutes in rows}
