"""The sessions of a class: planned, changed, taken out. Their attendance is `training_attendance`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import ClassId, SessionId, TrainerId, new_uid
from desktop.models.problems import Problem, Refusal, refuse_if_stopped
from desktop.models.records.every import TrainingClass, TrainingSession
from desktop.models.rules import people
from desktop.models.rules.plain import from_text
from desktop.models.rules.training.classes import Planned, check_session
from desktop.models.rules.training.courses import Course
from desktop.models.training_kinds import ClassState
from desktop.services.acts import Act, Outcome
from desktop.services.training_classes import CHANGED, not_open
from desktop.services.versions import expect_version
from desktop.store.book import Book
from resources.lang.messages import _


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """A session as planned; `minutes` is how long it is to be, `begins` the hour as people write it."""

    day: date | None
    minutes: int | None
    topic: str = ""
    begins: str = ""
    trainer: TrainerId | None = None
    agreed: bool = False


def add_session(book: Book, klass: ClassId, plan: SessionPlan, act: Act) -> Outcome[SessionId]:
    """Plan a session of a class. Raises Refusal."""
    with book.write(act) as session:
        record = session.get_one(TrainingClass, klass)
        if record.state is not ClassState.OPEN:
            raise Refusal([not_open("day")])
        rows = _sessions(session, klass)
        refuse_if_stopped(_check(record, plan, rows, None, act.today), agreed=plan.agreed)
        assert plan.day is not None
        assert plan.minutes is not None
        row = TrainingSession(
            uid=new_uid(),
            class_id=klass,
            number=max((one.number for one in rows), default=0) + 1,
            day=plan.day,
            planned=plan.minutes,
        )
        _apply_session(row, plan)
        session.add(row)
        session.flush()
        made = SessionId(row.id)
    return Outcome(made, CHANGED)


def change_session(
    book: Book, key: SessionId, version: int, plan: SessionPlan, act: Act
) -> Outcome[SessionId]:
    """Change a session. Raises Refusal, and Trouble "stale"."""
    with book.write(act) as session:
        row = session.get_one(TrainingSession, key)
        expect_version(row, version)
        record = session.get_one(TrainingClass, row.class_id)
        rows = _sessions(session, row.class_id)
        refuse_if_stopped(_check(record, plan, rows, row, act.today), agreed=plan.agreed)
        _apply_session(row, plan)
    return Outcome(key, CHANGED)


def remove_session(book: Book, key: SessionId, act: Act) -> Outcome[ClassId]:
    """Take out a session that was planned and not held. Raises Refusal."""
    with book.write(act) as session:
        row = session.get_one(TrainingSession, key)
        if row.held:
            text = _("Buổi này đã điểm danh, không bỏ được.")
            raise Refusal([Problem.stop("held", "", text)])
        klass = ClassId(row.class_id)
        session.delete(row)
    return Outcome(klass, CHANGED)


def _check(
    record: TrainingClass,
    plan: SessionPlan,
    rows: Sequence[TrainingSession],
    own: TrainingSession | None,
    today: date,
) -> list[Problem]:
    others = sum(one.held or one.planned for one in rows if own is None or one.id != own.id)
    course = from_text(Course, record.course)
    return check_session(
        Planned(plan.day, plan.minutes),
        record.starts,
        record.ends,
        course.minutes,
        others,
        held=own is not None and own.held > 0,
        today=today,
    )


def _apply_session(row: TrainingSession, plan: SessionPlan) -> None:
    assert plan.day is not None
    assert plan.minutes is not None
    row.day, row.planned = plan.day, plan.minutes
    row.topic, row.begins, row.trainer_id = people.tidy(plan.topic), people.tidy(plan.begins), plan.trainer


def _sessions(session: Session, klass: int) -> Sequence[TrainingSession]:
    return session.scalars(
        select(TrainingSession)
        .where(TrainingSession.class_id == klass)
        .order_by(TrainingSession.day, TrainingSession.number)
    ).all()
