"""Groups, their constitution, cycles, memberships and offices."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, text

from desktop.models.kinds import CycleState, Frequency, GroupKind, LeavingRule, Office, RemainderRule
from desktop.models.records.base import (
    STRICT,
    Base,
    Day,
    Dongs,
    Flag,
    Instant,
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


class Group(Logged, Base):
    """A savings group. (The table is not called `groups`: that word is SQL's.)"""

    __tablename__ = "savings_groups"
    __table_args__ = (STRICT,)
    __unlogged__ = frozenset({"name_fold", "name_sort", "version"})

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_fold: Mapped[str] = mapped_column(SortText, default="")
    name_sort: Mapped[str] = mapped_column(SortText, default="", index=True)
    commune_code: Mapped[str | None] = mapped_column(default=None)
    hamlet: Mapped[str] = mapped_column(default="")
    kind: Mapped[GroupKind] = mapped_column(WordColumn(GroupKind), default=GroupKind.VSLA)
    founded: Mapped[MaybeDay] = mapped_column(default=None)
    closed: Mapped[MaybeDay] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(Whole, default=1)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": lambda old: (old or 0) + 1}


class Constitution(Logged, Base):
    """A group's rules from a day on; the rules of a day are the row with the latest `valid_from` not after it.

    Amounts in đồng. `fines` is a JSON list of {code, title, amount, attendance}; `attendance` names the state
    that proposes the fine. `share_value` 0 means that the group has no shares; `weekday` 0 is Monday; for a
    monthly group `month_day` is the day of the month (1 to 28) and `weekday` is not used when it is set.
    """

    __tablename__ = "constitutions"
    __table_args__ = (
        Index("uq_constitutions_group_id_valid_from", "group_id", "valid_from", unique=True),
        CheckConstraint("shares_min >= 0 AND shares_max >= shares_min", name="share_bounds"),
        CheckConstraint("quorum_percent BETWEEN 0 AND 100", name="quorum"),
        CheckConstraint("leaving_fee_percent BETWEEN 0 AND 100", name="leaving_fee"),
        CheckConstraint("share_out_unit > 0", name="share_out_unit"),
        STRICT,
    )

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    group_id: Mapped[int] = mapped_column(ForeignKey("savings_groups.id"))
    valid_from: Mapped[Day]
    frequency: Mapped[Frequency] = mapped_column(WordColumn(Frequency), default=Frequency.MONTHLY)
    weekday: Mapped[int] = mapped_column(default=5)
    month_day: Mapped[int | None] = mapped_column(default=None)
    meeting_time: Mapped[str] = mapped_column(default="")
    meeting_place: Mapped[str] = mapped_column(default="")
    share_value: Mapped[Dongs] = mapped_column(default=0)
    shares_min: Mapped[int] = mapped_column(default=1)
    shares_max: Mapped[int] = mapped_column(default=5)
    voluntary_savings: Mapped[Flag] = mapped_column(default=True)
    withdrawals: Mapped[Flag] = mapped_column(default=True)
    compulsory_saving: Mapped[Dongs] = mapped_column(default=0)
    social_contribution: Mapped[Dongs] = mapped_column(default=0)
    fines: Mapped[str] = mapped_column(default="[]")
    quorum_percent: Mapped[int] = mapped_column(default=50)
    share_out_unit: Mapped[Dongs] = mapped_column(default=1000)
    share_out_remainder: Mapped[RemainderRule] = mapped_column(
        WordColumn(RemainderRule), default=RemainderRule.NEXT_CYCLE
    )
    leaving_rule: Mapped[LeavingRule] = mapped_column(WordColumn(LeavingRule), default=LeavingRule.PAID)
    leaving_fee_percent: Mapped[int] = mapped_column(default=0)


class Cycle(Logged, Base):
    """A cycle of a group: from its first meeting to the share-out. Meetings lie inside it."""

    __tablename__ = "cycles"
    __table_args__ = (
        Index("uq_cycles_group_id_number", "group_id", "number", unique=True),
        CheckConstraint("ends >= starts", name="order"),
        STRICT,
    )

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    group_id: Mapped[int] = mapped_column(ForeignKey("savings_groups.id"))
    number: Mapped[int]
    starts: Mapped[Day]
    ends: Mapped[Day]
    state: Mapped[CycleState] = mapped_column(WordColumn(CycleState), default=CycleState.OPEN)


class Membership(Logged, Base):
    """A person in a group from `joined` until `left`; `position` is the place in the group's own order."""

    __tablename__ = "memberships"
    __table_args__ = (
        Index(
            "uq_memberships_now",
            "group_id",
            "member_id",
            unique=True,
            sqlite_where=text('"left" IS NULL'),
            postgresql_where=text('"left" IS NULL'),
        ),
        STRICT,
    )

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    group_id: Mapped[int] = mapped_column(ForeignKey("savings_groups.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    joined: Mapped[Day]
    left: Mapped[MaybeDay] = mapped_column(default=None)
    reason: Mapped[str] = mapped_column(default="")


class OfficeTerm(Logged, Base):
    """Who holds an office of the group, from and until when."""

    __tablename__ = "office_terms"
    __table_args__ = (STRICT,)

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    group_id: Mapped[int] = mapped_column(ForeignKey("savings_groups.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    office: Mapped[Office] = mapped_column(WordColumn(Office))
    since: Mapped[Day]
    until: Mapped[MaybeDay] = mapped_column(default=None)


class PeriodClosing(Logged, Base):
    """A group's period closed through a day (or reopened: `through` is then earlier). The last row decides; rows are never changed."""

    __tablename__ = "period_closings"
    __table_args__ = (STRICT,)

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    group_id: Mapped[int] = mapped_column(ForeignKey("savings_groups.id"), index=True)
    through: Mapped[MaybeDay]
    reason: Mapped[str]
    at: Mapped[Instant]
    by: Mapped[str]
