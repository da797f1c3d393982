"""What a group can do by itself: maturity scores, plans of change; work with the local authorities and its promises."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text

from desktop.models.capacity_kinds import ActionState, Grade, Phase, Promise, Side
from desktop.models.kinds import Sex
from desktop.models.records.base import (
    STRICT,
    Base,
    Day,
    Flag,
    FlagColumn,
    Instant,
    Key,
    Logged,
    Mapped,
    MaybeDay,
    Uid,
    Whole,
    WordColumn,
    mapped_column,
)


class MaturityScore(Logged, Base):
    """A group's score as it was on a day. Never changed: a correction is a later row that `supersedes` this one.

    `facts` and `observed` (JSON) are what was judged, `marks` (JSON {item: mark}) the judgement; `points` and `known`
    (coverage) are of 100.
    """

    __tablename__ = "maturity_scores"
    __table_args__ = (
        CheckConstraint("points BETWEEN 0 AND 100 AND known BETWEEN 0 AND 100", name="bounds"),
        CheckConstraint("supersedes_id IS NULL OR reason <> ''", name="reason"),
        Index("ix_maturity_scores_group", "group_id", "day"),
        Index("uq_maturity_scores_supersedes", "supersedes_id", unique=True),
        STRICT,
    )

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    group_id: Mapped[int] = mapped_column(ForeignKey("savings_groups.id"))
    day: Mapped[Day]
    points: Mapped[int]
    known: Mapped[int]
    grade: Mapped[Grade] = mapped_column(WordColumn(Grade))
    phase: Mapped[Phase] = mapped_column(WordColumn(Phase))
    independent: Mapped[Flag]
    facts: Mapped[str] = mapped_column(Text)
    observed: Mapped[str] = mapped_column(Text)
    marks: Mapped[str] = mapped_column(Text)
    assessor: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("maturity_scores.id"), default=None)
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[Instant]
    by: Mapped[str]


class ChangeAction(Logged, Base):
    """A line of a group's plan of change: towards which goal, what is done, by whom, by when, and what came of it.

    `since` is the day it was agreed on, `source` names the assessment it answers. `outcome` holds the evidence of what
    was done, or why it was dropped.
    """

    __tablename__ = "change_actions"
    __table_args__ = (
        CheckConstraint("due >= since", name="order"),
        CheckConstraint("(state = 'open') = (settled IS NULL)", name="settled"),
        CheckConstraint("state = 'open' OR outcome <> ''", name="outcome"),
        Index("ix_change_actions_group", "group_id", "due"),
        STRICT,
    )
    __unlogged__ = frozenset({"version"})

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    group_id: Mapped[int] = mapped_column(ForeignKey("savings_groups.id"))
    since: Mapped[Day]
    goal: Mapped[str]
    action: Mapped[str]
    responsible: Mapped[str]
    due: Mapped[Day]
    source: Mapped[str] = mapped_column(default="")
    state: Mapped[ActionState] = mapped_column(WordColumn(ActionState), default=ActionState.OPEN)
    settled: Mapped[MaybeDay] = mapped_column(default=None)
    outcome: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(Whole, default=1)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": lambda old: (old or 0) + 1}


class CoordinationMeeting(Logged, Base):
    """A meeting with the local authorities. `group_id` when it was about one group only."""

    __tablename__ = "coordination_meetings"
    __table_args__ = (Index("ix_coordination_meetings_day", "day"), STRICT)
    __unlogged__ = frozenset({"version"})

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    code: Mapped[str] = mapped_column(unique=True)
    day: Mapped[Day]
    topic: Mapped[str]
    organiser: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    commune_code: Mapped[str | None] = mapped_column(default=None)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("savings_groups.id"), default=None, index=True)
    agenda: Mapped[str] = mapped_column(default="")
    result: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(Whole, default=1)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": lambda old: (old or 0) + 1}


class CoordinationGuest(Logged, Base):
    """Somebody who took part: a member of the book (`member_id`), or a person named with what they are.

    `sex` and `disabled` are of those who are not members, as they said themselves; of members the book knows.
    """

    __tablename__ = "coordination_guests"
    __table_args__ = (
        Index("uq_coordination_guests_member", "meeting_id", "member_id", unique=True),
        CheckConstraint("member_id IS NOT NULL OR name <> ''", name="who"),
        STRICT,
    )

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("coordination_meetings.id"), index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), default=None, index=True)
    name: Mapped[str] = mapped_column(default="")
    side: Mapped[Side] = mapped_column(WordColumn(Side), default=Side.AUTHORITY)
    position: Mapped[str] = mapped_column(default="")
    sex: Mapped[Sex | None] = mapped_column(WordColumn(Sex), default=None)
    disabled: Mapped[bool | None] = mapped_column(FlagColumn, default=None)


class Commitment(Logged, Base):
    """A promise given at a coordination meeting: by whom, what, by when, and whether it was kept."""

    __tablename__ = "commitments"
    __table_args__ = (
        CheckConstraint("(state = 'open') = (settled IS NULL)", name="settled"),
        CheckConstraint("state = 'open' OR evidence <> ''", name="evidence"),
        Index("ix_commitments_due", "due"),
        STRICT,
    )
    __unlogged__ = frozenset({"version"})

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("coordination_meetings.id"), index=True)
    side: Mapped[Side] = mapped_column(WordColumn(Side))
    who: Mapped[str]
    what: Mapped[str]
    due: Mapped[Day]
    state: Mapped[Promise] = mapped_column(WordColumn(Promise), default=Promise.OPEN)
    settled: Mapped[MaybeDay] = mapped_column(default=None)
    evidence: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(Whole, default=1)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": lambda old: (old or 0) + 1}
