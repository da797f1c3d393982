"""Events that hit households, what was lost, and the help that followed; plans for being prepared."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text

from desktop.models.livelihood_kinds import Hazard, LossShare, ReliefKind
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


class LossEvent(Logged, Base):
    """An event: a storm, a flood, an outbreak of disease. `declared`: the authority has declared a disaster."""

    __tablename__ = "loss_events"
    __table_args__ = (CheckConstraint("ends >= starts", name="order"), STRICT)
    __unlogged__ = frozenset({"version"})

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    code: Mapped[str] = mapped_column(unique=True)
    hazard: Mapped[Hazard] = mapped_column(WordColumn(Hazard))
    name: Mapped[str]
    starts: Mapped[Day]
    ends: Mapped[Day]
    place: Mapped[str] = mapped_column(default="")
    declared: Mapped[Flag] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(Whole, default=1)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": lambda old: (old or 0) + 1}


class Loss(Logged, Base):
    """What a household lost in an event, of one item. Amounts in đồng.

    `recovered` is the day from which the household earns again at least what the standards ask for; where the
    activity is visited, the visits tell it as well.
    """

    __tablename__ = "losses"
    __table_args__ = (
        CheckConstraint("value >= 0 AND state_help >= 0 AND group_help >= 0", name="amounts"),
        Index("ix_losses_event", "event_id", "household_id"),
        STRICT,
    )
    __unlogged__ = frozenset({"version"})

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    event_id: Mapped[int] = mapped_column(ForeignKey("loss_events.id"))
    household_id: Mapped[int] = mapped_column(ForeignKey("households.id"), index=True)
    livelihood_id: Mapped[int | None] = mapped_column(ForeignKey("livelihoods.id"), default=None, index=True)
    item: Mapped[str]
    quantity: Mapped[str] = mapped_column(default="")
    value: Mapped[Dongs] = mapped_column(default=0)
    share: Mapped[LossShare] = mapped_column(WordColumn(LossShare), default=LossShare.UNDER_30)
    state_help: Mapped[Dongs] = mapped_column(default=0)
    group_help: Mapped[Dongs] = mapped_column(default=0)
    recovered: Mapped[MaybeDay] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(Whole, default=1)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": lambda old: (old or 0) + 1}


class Relief(Logged, Base):
    """Help of the group after an event: an emergency loan, or a grant out of the social fund by its voucher."""

    __tablename__ = "reliefs"
    __table_args__ = (
        CheckConstraint(
            "(loan_id IS NULL AND voucher_id IS NOT NULL) OR (loan_id IS NOT NULL AND voucher_id IS NULL)",
            name="one_source",
        ),
        Index("uq_reliefs_loan", "loan_id", unique=True),
        Index("uq_reliefs_voucher", "voucher_id", unique=True),
        STRICT,
    )

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    event_id: Mapped[int] = mapped_column(ForeignKey("loss_events.id"), index=True)
    kind: Mapped[ReliefKind] = mapped_column(WordColumn(ReliefKind))
    loan_id: Mapped[int | None] = mapped_column(ForeignKey("loans.id"), default=None)
    voucher_id: Mapped[int | None] = mapped_column(ForeignKey("vouchers.id"), default=None)
    note: Mapped[str] = mapped_column(default="")


class PreparednessPlan(Logged, Base):
    """A household's plan for the next event, as last looked at: `measures` is what they will do."""

    __tablename__ = "preparedness_plans"
    __table_args__ = (Index("ix_preparedness_plans_household", "household_id", "day"), STRICT)

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    household_id: Mapped[int] = mapped_column(ForeignKey("households.id"))
    day: Mapped[Day]
    measures: Mapped[str] = mapped_column(Text)
