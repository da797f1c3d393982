"""Jobs that activities and employers give, their terms in time; openings, people who seek work, placements."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text

from desktop.models.kinds import Sex
from desktop.models.livelihood_kinds import Employment, Evidence, JobKind, SeekerState
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
    Uid,
    Whole,
    WordColumn,
    mapped_column,
)


class Job(Logged, Base):
    """Somebody's job: in an activity, or with an employer (`employer`) when it has none.

    A person of the book is `member_id`; anybody else is named with sex and year of birth. `decent` is a JSON object
    of answers by point. `region` (1 to 4) chooses the minimum wage.
    """

    __tablename__ = "jobs"
    __table_args__ = (CheckConstraint("region BETWEEN 1 AND 4", name="region"), STRICT)
    __unlogged__ = frozenset({"version"})

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    livelihood_id: Mapped[int | None] = mapped_column(ForeignKey("livelihoods.id"), default=None, index=True)
    employer: Mapped[str] = mapped_column(default="")
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), default=None, index=True)
    person: Mapped[str] = mapped_column(default="")
    sex: Mapped[Sex | None] = mapped_column(WordColumn(Sex), default=None)
    birth_year: Mapped[int | None] = mapped_column(default=None)
    work: Mapped[str] = mapped_column(default="")
    kind: Mapped[JobKind] = mapped_column(WordColumn(JobKind))
    employment: Mapped[Employment] = mapped_column(WordColumn(Employment))
    casual: Mapped[Flag] = mapped_column(default=False)
    direct: Mapped[Flag] = mapped_column(default=True)
    hazardous: Mapped[Flag] = mapped_column(default=False)
    region: Mapped[int] = mapped_column(default=4)
    evidence: Mapped[Evidence] = mapped_column(WordColumn(Evidence), default=Evidence.DECLARED)
    decent: Mapped[str] = mapped_column(Text, default="{}")
    ended: Mapped[MaybeDay] = mapped_column(default=None)
    end_reason: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(Whole, default=1)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": lambda old: (old or 0) + 1}


class JobTerm(Logged, Base):
    """How a job was from a day on: raw days a year, minutes a day, months a year, pay in đồng a month."""

    __tablename__ = "job_terms"
    __table_args__ = (
        Index("uq_job_terms_since", "job_id", "since", unique=True),
        CheckConstraint("days BETWEEN 1 AND 365", name="days"),
        CheckConstraint("minutes BETWEEN 1 AND 960", name="minutes"),
        CheckConstraint("months BETWEEN 1 AND 12", name="months"),
        CheckConstraint("pay >= 0", name="pay"),
        STRICT,
    )

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    job_id: Mapped[int] = mapped_column(ForeignKey("jobs.id"))
    since: Mapped[Day]
    days: Mapped[int]
    minutes: Mapped[int]
    months: Mapped[int] = mapped_column(default=12)
    pay: Mapped[Dongs] = mapped_column(default=0)


class JobOpening(Logged, Base):
    """Work on offer at an employer, a cooperative or an activity of the book.

    `skills` and `offers` are JSON lists of codes: what is asked for, which accommodation the workplace gives.
    """

    __tablename__ = "job_openings"
    __table_args__ = (CheckConstraint("places > 0", name="places"), STRICT)
    __unlogged__ = frozenset({"version"})

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    code: Mapped[str] = mapped_column(unique=True)
    employer: Mapped[str]
    cooperative: Mapped[Flag] = mapped_column(default=False)
    livelihood_id: Mapped[int | None] = mapped_column(ForeignKey("livelihoods.id"), default=None)
    title: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    places: Mapped[int] = mapped_column(default=1)
    employment: Mapped[Employment] = mapped_column(WordColumn(Employment), default=Employment.WAGE_CONTRACT)
    skills: Mapped[str] = mapped_column(Text, default="[]")
    offers: Mapped[str] = mapped_column(Text, default="[]")
    pay: Mapped[Dongs] = mapped_column(default=0)
    days: Mapped[int] = mapped_column(default=0)
    minutes: Mapped[int] = mapped_column(default=0)
    region: Mapped[int] = mapped_column(default=4)
    contact: Mapped[str] = mapped_column(default="")
    opened: Mapped[Day]
    closed: Mapped[MaybeDay] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(Whole, default=1)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": lambda old: (old or 0) + 1}


class JobSeeker(Logged, Base):
    """A member who seeks work: `skills` and `needs` (accommodation) are JSON lists of codes.

    `income` is what the member earned a month before, in đồng, so that a placement can be held against it.
    """

    __tablename__ = "job_seekers"
    __table_args__ = (STRICT,)
    __unlogged__ = frozenset({"version"})

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), unique=True)
    since: Mapped[Day]
    state: Mapped[SeekerState] = mapped_column(WordColumn(SeekerState), default=SeekerState.SEEKING)
    skills: Mapped[str] = mapped_column(Text, default="[]")
    needs: Mapped[str] = mapped_column(Text, default="[]")
    wish: Mapped[str] = mapped_column(default="")
    income: Mapped[Dongs] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(Whole, default=1)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": lambda old: (old or 0) + 1}


class Placement(Logged, Base):
    """Somebody who found work through an opening; the job itself is `job_id`. `income` is what was earned before."""

    __tablename__ = "placements"
    __table_args__ = (STRICT,)

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    opening_id: Mapped[int] = mapped_column(ForeignKey("job_openings.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("jobs.id"))
    day: Mapped[Day]
    income: Mapped[Dongs] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(default="")


class PlacementCheck(Logged, Base):
    """Asked some months later: does the placement last, what does it pay, is what was needed in place."""

    __tablename__ = "placement_checks"
    __table_args__ = (Index("uq_placement_checks_day", "placement_id", "day", unique=True), STRICT)

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    placement_id: Mapped[int] = mapped_column(ForeignKey("placements.id"))
    day: Mapped[Day]
    working: Mapped[Flag]
    pay: Mapped[Dongs] = mapped_column(default=0)
    accommodated: Mapped[Flag] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(default="")
