"""Savings with interest: a group's dated rules and rates, notices of withdrawal, interest runs and what they credited."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text

from desktop.models.kinds import OpeningState
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
    Uid,
    WordColumn,
    mapped_column,
)
from desktop.models.rules.loans.rounding import RoundingMode
from desktop.models.rules.savings_interest import BalanceBasis
from desktop.models.savings_kinds import Crediting, RatePer, SavingsKind


class SavingsTermsRow(Logged, Base):
    """What a group agreed on for one kind of savings from a day on; the row with the latest `valid_from` counts.

    `minimum` (đồng) stays on the account, `notice_days` must pass between the notice and a withdrawal, and
    `locked_by_loan` keeps the savings while their owner owes the group. Interest is rounded to `rounding_unit` đồng.
    """

    __tablename__ = "savings_terms"
    __table_args__ = (
        Index("uq_savings_terms_from", "group_id", "kind", "valid_from", unique=True),
        CheckConstraint("minimum >= 0", name="minimum"),
        CheckConstraint("notice_days BETWEEN 0 AND 366", name="notice_days"),
        CheckConstraint("days_in_year IN (360, 365)", name="days_in_year"),
        CheckConstraint("rounding_unit > 0", name="rounding_unit"),
        STRICT,
    )

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    group_id: Mapped[int] = mapped_column(ForeignKey("savings_groups.id"))
    kind: Mapped[SavingsKind] = mapped_column(WordColumn(SavingsKind))
    valid_from: Mapped[Day]
    basis: Mapped[BalanceBasis] = mapped_column(WordColumn(BalanceBasis), default=BalanceBasis.DAILY)
    crediting: Mapped[Crediting] = mapped_column(WordColumn(Crediting), default=Crediting.MONTHLY)
    days_in_year: Mapped[int] = mapped_column(default=365)
    rounding_unit: Mapped[Dongs] = mapped_column(default=1)
    rounding: Mapped[RoundingMode] = mapped_column(WordColumn(RoundingMode), default=RoundingMode.HALF_UP)
    minimum: Mapped[Dongs] = mapped_column(default=0)
    locked_by_loan: Mapped[Flag] = mapped_column(default=False)
    notice_days: Mapped[int] = mapped_column(default=0)


class SavingsRateRow(Logged, Base):
    """The rate of one kind of savings from a day on, in thousandths of a percent (6,6 % is 6600)."""

    __tablename__ = "savings_rates"
    __table_args__ = (
        Index("uq_savings_rates_from", "group_id", "kind", "valid_from", unique=True),
        CheckConstraint("thousandths BETWEEN 0 AND 100000", name="thousandths"),
        STRICT,
    )

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    group_id: Mapped[int] = mapped_column(ForeignKey("savings_groups.id"))
    kind: Mapped[SavingsKind] = mapped_column(WordColumn(SavingsKind))
    valid_from: Mapped[Day]
    thousandths: Mapped[int]
    per: Mapped[RatePer] = mapped_column(WordColumn(RatePer), default=RatePer.YEAR)


class SavingsNotice(Logged, Base):
    """A member said on `noticed_on` that they want to take `amount` đồng out; from `due_on` on they may.

    `reason` says why the group shortened the notice, when it did.
    """

    __tablename__ = "savings_notices"
    __table_args__ = (
        Index("ix_savings_notices_group", "group_id", "kind"),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("due_on >= noticed_on", name="due_on"),
        STRICT,
    )

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    group_id: Mapped[int] = mapped_column(ForeignKey("savings_groups.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    kind: Mapped[SavingsKind] = mapped_column(WordColumn(SavingsKind))
    noticed_on: Mapped[Day]
    due_on: Mapped[Day]
    amount: Mapped[Dongs]
    reason: Mapped[str] = mapped_column(default="")
    cancelled: Mapped[Flag] = mapped_column(default=False)
    cancel_reason: Mapped[str] = mapped_column(default="")
    recorded_at: Mapped[Instant]
    recorded_by: Mapped[str]


class SavingsRun(Logged, Base):
    """Interest credited for the days `starts` to `ends` (both counted), posted on `ends`.

    `member_id` None: the whole group; else one member who was settled before the others (they left).
    `uid` is chosen when the run is begun, so that posting it twice posts it once. `total` in đồng, may be negative.
    """

    __tablename__ = "savings_runs"
    __table_args__ = (
        Index("uq_savings_runs_number", "group_id", "kind", "number", unique=True),
        Index(
            "uq_savings_runs_period",
            "group_id",
            "kind",
            "starts",
            unique=True,
            sqlite_where=text("state = 'posted' AND member_id IS NULL"),
            postgresql_where=text("state = 'posted' AND member_id IS NULL"),
        ),
        CheckConstraint("ends >= starts", name="order"),
        STRICT,
    )

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    group_id: Mapped[int] = mapped_column(ForeignKey("savings_groups.id"))
    kind: Mapped[SavingsKind] = mapped_column(WordColumn(SavingsKind))
    number: Mapped[int]
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), default=None)
    starts: Mapped[Day]
    ends: Mapped[Day]
    total: Mapped[Dongs]
    state: Mapped[OpeningState] = mapped_column(WordColumn(OpeningState), default=OpeningState.POSTED)
    reason: Mapped[str] = mapped_column(default="")
    recorded_at: Mapped[Instant]
    recorded_by: Mapped[str]


class SavingsCredit(Logged, Base):
    """What a run credited to one member: the interest of its days, and what earlier runs had credited too little (+)
    or too much (−). `working` (JSON) is how it was worked out; `voucher_id` None: nothing was to be posted.
    """

    __tablename__ = "savings_credits"
    __table_args__ = (Index("uq_savings_credits_member", "run_id", "member_id", unique=True), STRICT)

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    run_id: Mapped[int] = mapped_column(ForeignKey("savings_runs.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    interest: Mapped[Dongs]
    difference: Mapped[Dongs] = mapped_column(default=0)
    voucher_id: Mapped[int | None] = mapped_column(ForeignKey("vouchers.id"), default=None, index=True)
    working: Mapped[str] = mapped_column(Text)
