"""Training: courses, who teaches, classes, who learns in them, sessions, hours, certificates, visits afterwards."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text

from desktop.models.kinds import Attendance, Sex
from desktop.models.records.base import (
    STRICT,
    Base,
    Day,
    Dongs,
    Flag,
    Key,
    Logged,
    Mapped,
    MaybeDay,
    SortText,
    Uid,
    Whole,
    WordColumn,
    mapped_column,
)
from desktop.models.training_kinds import Care, ClassState


class TrainingCourse(Logged, Base):
    """A course of the book's own from a day on, or a shipped one as this book teaches it.

    `content` is the JSON of `rules.training.courses.Course`. The latest row of a code by a day holds on it.
    """

    __tablename__ = "training_courses"
    __table_args__ = (Index("uq_training_courses_since", "code", "since", unique=True), STRICT)
    __unlogged__ = frozenset({"version"})

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    code: Mapped[str]
    since: Mapped[Day]
    content: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(Whole, default=1)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": lambda old: (old or 0) + 1}


class Trainer(Logged, Base):
    """Somebody who teaches: a member of the book, or somebody from outside. `tot` is the number of the certificate
    of a training of trainers, `tot_until` its last day where it has one.
    """

    __tablename__ = "trainers"
    __table_args__ = (STRICT,)
    __unlogged__ = frozenset({"name_fold", "version"})

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_fold: Mapped[str] = mapped_column(SortText, default="", index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), default=None, unique=True)
    sex: Mapped[Sex] = mapped_column(WordColumn(Sex))
    organisation: Mapped[str] = mapped_column(default="")
    fields: Mapped[str] = mapped_column(default="")
    tot: Mapped[str] = mapped_column(default="")
    tot_until: Mapped[MaybeDay] = mapped_column(default=None)
    phone: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    active: Mapped[Flag] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(Whole, default=1)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": lambda old: (old or 0) + 1}


class TrainingClass(Logged, Base):
    """A course held once. `course` is the course as it was when the class was opened (JSON), so that a later change
    of the course changes no result. `cost` in đồng, `ends` the last planned day.
    """

    __tablename__ = "training_classes"
    __table_args__ = (
        CheckConstraint("cost >= 0", name="cost"),
        CheckConstraint("capacity > 0", name="capacity"),
        CheckConstraint("ends >= starts", name="days"),
        STRICT,
    )
    __unlogged__ = frozenset({"name_fold", "version"})

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_fold: Mapped[str] = mapped_column(SortText, default="", index=True)
    course_code: Mapped[str] = mapped_column(index=True)
    course: Mapped[str] = mapped_column(Text)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("savings_groups.id"), default=None, index=True)
    commune_code: Mapped[str | None] = mapped_column(default=None)
    place: Mapped[str] = mapped_column(default="")
    starts: Mapped[Day]
    ends: Mapped[Day]
    funder: Mapped[str] = mapped_column(default="")
    cost: Mapped[Dongs] = mapped_column(default=0)
    capacity: Mapped[int]
    childcare: Mapped[str] = mapped_column(default="")
    transport: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    state: Mapped[ClassState] = mapped_column(WordColumn(ClassState), default=ClassState.OPEN, index=True)
    reason: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(Whole, default=1)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": lambda old: (old or 0) + 1}


class ClassTrainer(Logged, Base):
    """Who teaches a class; `leads` is set for the one who signs its papers."""

    __tablename__ = "class_trainers"
    __table_args__ = (Index("uq_class_trainers_pair", "class_id", "trainer_id", unique=True), STRICT)

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    class_id: Mapped[int] = mapped_column(ForeignKey("training_classes.id"))
    trainer_id: Mapped[int] = mapped_column(ForeignKey("trainers.id"), index=True)
    leads: Mapped[Flag] = mapped_column(default=False)


class Enrolment(Logged, Base):
    """A person of the book in a class, a member of a group or not; what they need to come, and their results.

    `pre` and `post` are scores in tenths of a point; `tested` is the day of the test at the end, `planned` that on
    which the plan was handed in. `withdrawn` is the first day on which the person no longer belongs to the class.
    """

    __tablename__ = "class_enrolments"
    __table_args__ = (
        Index("uq_class_enrolments_person", "class_id", "member_id", unique=True),
        CheckConstraint("pre >= 0 AND post >= 0", name="scores"),
        STRICT,
    )
    __unlogged__ = frozenset({"version"})

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    class_id: Mapped[int] = mapped_column(ForeignKey("training_classes.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    enrolled: Mapped[Day]
    withdrawn: Mapped[MaybeDay] = mapped_column(default=None)
    reason: Mapped[str] = mapped_column(default="")
    care: Mapped[Care] = mapped_column(WordColumn(Care), default=Care.NONE)
    note: Mapped[str] = mapped_column(default="")
    pre: Mapped[int | None] = mapped_column(default=None)
    post: Mapped[int | None] = mapped_column(default=None)
    tested: Mapped[MaybeDay] = mapped_column(default=None)
    planned: Mapped[MaybeDay] = mapped_column(default=None)
    plan: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(Whole, default=1)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": lambda old: (old or 0) + 1}


class TrainingSession(Logged, Base):
    """A session of a class; `planned` and `held` in minutes, `held` is 0 until its attendance is written down."""

    __tablename__ = "training_sessions"
    __table_args__ = (
        Index("uq_training_sessions_number", "class_id", "number", unique=True),
        CheckConstraint("planned > 0 AND held >= 0", name="minutes"),
        STRICT,
    )
    __unlogged__ = frozenset({"version"})

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    class_id: Mapped[int] = mapped_column(ForeignKey("training_classes.id"))
    number: Mapped[int]
    day: Mapped[Day]
    begins: Mapped[str] = mapped_column(default="")
    planned: Mapped[int]
    held: Mapped[int] = mapped_column(default=0)
    topic: Mapped[str] = mapped_column(default="")
    trainer_id: Mapped[int | None] = mapped_column(ForeignKey("trainers.id"), default=None)
    version: Mapped[int] = mapped_column(Whole, default=1)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": lambda old: (old or 0) + 1}


class TrainingAttendance(Logged, Base):
    """How long one learner took part in one session, in minutes."""

    __tablename__ = "training_attendances"
    __table_args__ = (
        Index("uq_training_attendances_pair", "session_id", "enrolment_id", unique=True),
        CheckConstraint("minutes >= 0", name="minutes"),
        STRICT,
    )

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    session_id: Mapped[int] = mapped_column(ForeignKey("training_sessions.id"))
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("class_enrolments.id"), index=True)
    state: Mapped[Attendance] = mapped_column(WordColumn(Attendance))
    minutes: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(default="")


class TrainingCertificate(Logged, Base):
    """A certificate given to a learner; its number is that of its first printing. `revoked` ends it."""

    __tablename__ = "training_certificates"
    __table_args__ = (STRICT,)

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("class_enrolments.id"), index=True)
    number: Mapped[str] = mapped_column(unique=True)
    issued: Mapped[Day]
    completed: Mapped[Day]
    signer: Mapped[str] = mapped_column(default="")
    office: Mapped[str] = mapped_column(default="")
    revoked: Mapped[MaybeDay] = mapped_column(default=None)
    reason: Mapped[str] = mapped_column(default="")


class TrainingFollowUp(Logged, Base):
    """What a visit after training found in use. `practices` is a JSON list of codes of `resources/training`.

    Tied to a visit of a livelihood (`visit_id`) it counts for DT02; without one it only tells how the person does.
    """

    __tablename__ = "training_follow_ups"
    __table_args__ = (STRICT,)

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("class_enrolments.id"), index=True)
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("livelihood_visits.id"), default=None, index=True)
    day: Mapped[Day]
    visitor: Mapped[str]
    practices: Mapped[str] = mapped_column(Text, default="[]")
    note: Mapped[str] = mapped_column(default="")


__all__ = [
    "ClassTrainer",
    "Enrolment",
    "Trainer",
    "TrainingAttendance",
    "TrainingCertificate",
    "TrainingClass",
    "TrainingCourse",
    "TrainingFollowUp",
    "TrainingSession",
]
