"""Livelihood activities: whose, what, since when; plans, visits, links to loans; the dated figures they rest on."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text

from desktop.models.livelihood_kinds import (
    Contribution,
    Decider,
    Establishment,
    Evidence,
    LivelihoodState,
    Wave,
)
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


class Livelihood(Logged, Base):
    """An activity or enterprise of a member, a household or a group: exactly one of the three is its owner.

    `vsic_code` belongs to the list `vsic_version`. `practices` is a JSON list of codes, `risks` the JSON of
    `rules.livelihoods.climate.Risk`. `state` is the latest of its dated states. `place` is the hamlet.
    """

    __tablename__ = "livelihoods"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN member_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN household_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN group_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_owner",
        ),
        STRICT,
    )
    __unlogged__ = frozenset({"name_fold", "version"})

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_fold: Mapped[str] = mapped_column(SortText, default="", index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), default=None, index=True)
    household_id: Mapped[int | None] = mapped_column(ForeignKey("households.id"), default=None, index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("savings_groups.id"), default=None, index=True)
    co_owner: Mapped[str] = mapped_column(default="")
    decider: Mapped[Decider] = mapped_column(WordColumn(Decider), default=Decider.UNKNOWN)
    establishment: Mapped[Establishment] = mapped_column(
        WordColumn(Establishment), default=Establishment.FARM
    )
    vsic_version: Mapped[str]
    vsic_code: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    started: Mapped[MaybeDay] = mapped_column(default=None)
    state: Mapped[LivelihoodState] = mapped_column(
        WordColumn(LivelihoodState), default=LivelihoodState.PLANNED, index=True
    )
    smart: Mapped[Flag] = mapped_column(default=False)
    practices: Mapped[str] = mapped_column(Text, default="[]")
    risks: Mapped[str] = mapped_column(Text, default="[]")
    note: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(Whole, default=1)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": lambda old: (old or 0) + 1}


class LivelihoodStep(Logged, Base):
    """From which day an activity stood how, and why; the latest row by a day tells how it stood on it."""

    __tablename__ = "livelihood_steps"
    __table_args__ = (STRICT,)

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    livelihood_id: Mapped[int] = mapped_column(ForeignKey("livelihoods.id"), index=True)
    day: Mapped[Day]
    state: Mapped[LivelihoodState] = mapped_column(WordColumn(LivelihoodState))
    reason: Mapped[str] = mapped_column(default="")


class LivelihoodLoan(Logged, Base):
    """A loan that paid for an activity, and for what in it."""

    __tablename__ = "livelihood_loans"
    __table_args__ = (Index("uq_livelihood_loans_pair", "livelihood_id", "loan_id", unique=True), STRICT)

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    livelihood_id: Mapped[int] = mapped_column(ForeignKey("livelihoods.id"))
    loan_id: Mapped[int] = mapped_column(ForeignKey("loans.id"), index=True)
    purpose: Mapped[str] = mapped_column(default="")


class BusinessPlan(Logged, Base):
    """A business plan: `content` is the JSON of `rules.livelihoods.business_plan.Plan`; `approvers` a JSON list.

    An approved plan is not changed any more: a further plan is written beside it.
    """

    __tablename__ = "business_plans"
    __table_args__ = (STRICT,)
    __unlogged__ = frozenset({"version"})

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    livelihood_id: Mapped[int] = mapped_column(ForeignKey("livelihoods.id"), index=True)
    made_on: Mapped[Day]
    content: Mapped[str] = mapped_column(Text)
    approved_on: Mapped[MaybeDay] = mapped_column(default=None)
    approvers: Mapped[str] = mapped_column(Text, default="[]")
    version: Mapped[int] = mapped_column(Whole, default=1)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": lambda old: (old or 0) + 1}


class LivelihoodVisit(Logged, Base):
    """A visit, one of each wave: `figures` is the JSON of `rules.livelihoods.income.Figures`.

    `practices` are those seen with one's own eyes (JSON list of codes). `contribution` and `displaces` are the
    owner's answers on which attribution rests.
    """

    __tablename__ = "livelihood_visits"
    __table_args__ = (Index("uq_livelihood_visits_wave", "livelihood_id", "wave", unique=True), STRICT)
    __unlogged__ = frozenset({"version"})

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    livelihood_id: Mapped[int] = mapped_column(ForeignKey("livelihoods.id"))
    wave: Mapped[Wave] = mapped_column(WordColumn(Wave))
    day: Mapped[Day]
    visitor: Mapped[str]
    operating: Mapped[Flag] = mapped_column(default=True)
    figures: Mapped[str] = mapped_column(Text)
    practices: Mapped[str] = mapped_column(Text, default="[]")
    contribution: Mapped[Contribution] = mapped_column(WordColumn(Contribution), default=Contribution.UNASKED)
    displaces: Mapped[Flag] = mapped_column(default=False)
    evidence: Mapped[Evidence] = mapped_column(WordColumn(Evidence), default=Evidence.DECLARED)
    note: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(Whole, default=1)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": lambda old: (old or 0) + 1}


class PriceIndex(Logged, Base):
    """A consumer price index of a month (or of a year: month 0), in hundredths of a point, and where it is from."""

    __tablename__ = "price_indexes"
    __table_args__ = (
        Index("uq_price_indexes_month", "year", "month", unique=True),
        CheckConstraint("month BETWEEN 0 AND 12", name="month"),
        CheckConstraint("points > 0", name="points"),
        STRICT,
    )

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    year: Mapped[int]
    month: Mapped[int] = mapped_column(default=0)
    points: Mapped[int]
    source: Mapped[str] = mapped_column(default="")


class WageFloor(Logged, Base):
    """The minimum wage of a region (1 to 4) from a day on, in đồng a month and an hour."""

    __tablename__ = "wage_floors"
    __table_args__ = (
        Index("uq_wage_floors_since", "region", "since", unique=True),
        CheckConstraint("region BETWEEN 1 AND 4", name="region"),
        CheckConstraint("monthly > 0 AND hourly > 0", name="amounts"),
        STRICT,
    )

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    region: Mapped[int]
    since: Mapped[Day]
    monthly: Mapped[Dongs]
    hourly: Mapped[Dongs]
    source: Mapped[str] = mapped_column(default="")


class LivelihoodStandard(Logged, Base):
    """The thresholds that hold from a day on: `rules` is the JSON of `rules.livelihoods.standards.Standards`."""

    __tablename__ = "livelihood_standards"
    __table_args__ = (STRICT,)

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    since: Mapped[Day] = mapped_column(unique=True)
    rules: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(default="")
