"""Support with external resources: requests, assessments, decisions, co-contributions, transfers, the asset register.

Assessments, decisions and asset checks are append-only: a later row stands for an earlier one, nothing is overwritten.
Contributions and transfers are taken back with a reason and stay readable.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text

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
from desktop.models.support_kinds import (
    AssetEnd,
    Condition,
    ContributionKind,
    MoneyRoute,
    Result,
    SupportKind,
    Use,
    Verdict,
    Wave,
)


class Support(Logged, Base):
    """A request for support and the dossier that grows from it: exactly one of four is its beneficiary.

    `through_id` is the group that follows it, and whose box takes its money. `amount` is the value asked for, in
    đồng. `hardship` asks for the lower co-contribution, for the reason in `hardship_basis`. `training` is a JSON
    list of the codes of courses that the recipients need; empty: any course.
    """

    __tablename__ = "supports"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN member_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN household_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN group_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN livelihood_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_beneficiary",
        ),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("hardship = 0 OR hardship_basis <> ''", name="hardship"),
        STRICT,
    )
    __unlogged__ = frozenset({"title_fold", "version"})

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    code: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[SupportKind] = mapped_column(WordColumn(SupportKind))
    title: Mapped[str]
    title_fold: Mapped[str] = mapped_column(SortText, default="")
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), default=None, index=True)
    household_id: Mapped[int | None] = mapped_column(ForeignKey("households.id"), default=None, index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("savings_groups.id"), default=None, index=True)
    livelihood_id: Mapped[int | None] = mapped_column(ForeignKey("livelihoods.id"), default=None, index=True)
    through_id: Mapped[int | None] = mapped_column(ForeignKey("savings_groups.id"), default=None, index=True)
    requested_on: Mapped[Day]
    requested_by: Mapped[str]
    provider: Mapped[str] = mapped_column(default="")
    quantity: Mapped[str] = mapped_column(default="")
    amount: Mapped[Dongs]
    purpose: Mapped[str] = mapped_column(default="")
    hardship: Mapped[Flag] = mapped_column(default=False)
    hardship_basis: Mapped[str] = mapped_column(default="")
    training: Mapped[str] = mapped_column(Text, default="[]")
    withdrawn_on: Mapped[MaybeDay] = mapped_column(default=None)
    withdrawn_reason: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(Whole, default=1)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": lambda old: (old or 0) + 1}


class SupportAssessment(Logged, Base):
    """One assessment, never changed. `scores` is the JSON of `rules.support.assessment.Score`s, `standards` the JSON
    of the thresholds it was judged by; `percent` is the total in hundredths of a percent.
    """

    __tablename__ = "support_assessments"
    __table_args__ = (Index("ix_support_assessments_support", "support_id", "day"), STRICT)

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    support_id: Mapped[int] = mapped_column(ForeignKey("supports.id"))
    wave: Mapped[Wave] = mapped_column(WordColumn(Wave))
    day: Mapped[Day]
    assessor: Mapped[str]
    scores: Mapped[str] = mapped_column(Text)
    standards: Mapped[str] = mapped_column(Text)
    percent: Mapped[int]
    result: Mapped[Result] = mapped_column(WordColumn(Result))
    note: Mapped[str] = mapped_column(default="")
    at: Mapped[Instant]
    by: Mapped[str]


class SupportDecision(Logged, Base):
    """One decision on an assessment, never changed: the latest holds. `amount` is the value approved, in đồng.

    An override names a second person and says why; the first is `decider`.
    """

    __tablename__ = "support_decisions"
    __table_args__ = (
        Index("ix_support_decisions_support", "support_id", "day"),
        CheckConstraint("amount >= 0", name="amount"),
        CheckConstraint("override = 0 OR (second <> '' AND reason <> '')", name="override"),
        STRICT,
    )

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    support_id: Mapped[int] = mapped_column(ForeignKey("supports.id"))
    assessment_id: Mapped[int] = mapped_column(ForeignKey("support_assessments.id"))
    day: Mapped[Day]
    verdict: Mapped[Verdict] = mapped_column(WordColumn(Verdict))
    amount: Mapped[Dongs] = mapped_column(default=0)
    decider: Mapped[str]
    decider_post: Mapped[str] = mapped_column(default="")
    override: Mapped[Flag] = mapped_column(default=False)
    second: Mapped[str] = mapped_column(default="")
    second_post: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[Instant]
    by: Mapped[str]


class SupportContribution(Logged, Base):
    """What the recipients give themselves, in đồng. Only what has `evidence` (text or a file) counts.

    Labour is `tenths` of a day × `rate` đồng a day. `voucher_id` is the receipt where cash came into the group's box.
    """

    __tablename__ = "support_contributions"
    __table_args__ = (
        CheckConstraint("value > 0 AND tenths >= 0 AND rate >= 0", name="amounts"),
        Index("uq_support_contributions_voucher", "voucher_id", unique=True),
        STRICT,
    )

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    support_id: Mapped[int] = mapped_column(ForeignKey("supports.id"), index=True)
    day: Mapped[Day]
    kind: Mapped[ContributionKind] = mapped_column(WordColumn(ContributionKind))
    value: Mapped[Dongs]
    tenths: Mapped[int] = mapped_column(default=0)
    rate: Mapped[Dongs] = mapped_column(default=0)
    description: Mapped[str] = mapped_column(default="")
    giver_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), default=None, index=True)
    evidence: Mapped[str] = mapped_column(default="")
    confirmed_on: Mapped[MaybeDay] = mapped_column(default=None)
    route: Mapped[MoneyRoute] = mapped_column(WordColumn(MoneyRoute), default=MoneyRoute.DIRECT)
    voucher_id: Mapped[int | None] = mapped_column(ForeignKey("vouchers.id"), default=None)
    taken_back: Mapped[Flag] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[Instant]
    by: Mapped[str]


class SupportTransfer(Logged, Base):
    """A hand-over under a decision, in đồng; `voucher_id` is the receipt where money came to the group."""

    __tablename__ = "support_transfers"
    __table_args__ = (
        CheckConstraint("value > 0", name="value"),
        Index("uq_support_transfers_voucher", "voucher_id", unique=True),
        STRICT,
    )

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    support_id: Mapped[int] = mapped_column(ForeignKey("supports.id"), index=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("support_decisions.id"))
    day: Mapped[Day]
    value: Mapped[Dongs]
    what: Mapped[str]
    minutes: Mapped[str]
    giver: Mapped[str]
    receiver: Mapped[str]
    witness: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    route: Mapped[MoneyRoute] = mapped_column(WordColumn(MoneyRoute), default=MoneyRoute.DIRECT)
    voucher_id: Mapped[int | None] = mapped_column(ForeignKey("vouchers.id"), default=None)
    taken_back: Mapped[Flag] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[Instant]
    by: Mapped[str]


class SupportAsset(Logged, Base):
    """An asset handed over: whose it is, who answers for it, how long it should last; its end with the reason."""

    __tablename__ = "support_assets"
    __table_args__ = (
        CheckConstraint("value > 0 AND years > 0", name="amounts"),
        CheckConstraint("ended_on IS NULL OR end_reason <> ''", name="ending"),
        STRICT,
    )
    __unlogged__ = frozenset({"version"})

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    code: Mapped[str] = mapped_column(unique=True)
    transfer_id: Mapped[int] = mapped_column(ForeignKey("support_transfers.id"), index=True)
    name: Mapped[str]
    value: Mapped[Dongs]
    owner: Mapped[str]
    responsible: Mapped[str]
    years: Mapped[int]
    place: Mapped[str]
    serial: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    ended_on: Mapped[MaybeDay] = mapped_column(default=None)
    end_kind: Mapped[AssetEnd | None] = mapped_column(WordColumn(AssetEnd), default=None)
    end_reason: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(Whole, default=1)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": lambda old: (old or 0) + 1}


class AssetCheck(Logged, Base):
    """An asset as somebody saw it on a day; never changed."""

    __tablename__ = "asset_checks"
    __table_args__ = (Index("ix_asset_checks_asset", "asset_id", "day"), STRICT)

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    asset_id: Mapped[int] = mapped_column(ForeignKey("support_assets.id"))
    day: Mapped[Day]
    condition: Mapped[Condition] = mapped_column(WordColumn(Condition))
    use: Mapped[Use] = mapped_column(WordColumn(Use))
    checker: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    at: Mapped[Instant]
    by: Mapped[str]


class SupportStandard(Logged, Base):
    """The thresholds that hold from a day on: `rules` is the JSON of `rules.support.standards.Standards`."""

    __tablename__ = "support_standards"
    __table_args__ = (STRICT,)

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    since: Mapped[Day] = mapped_column(unique=True)
    rules: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(default="")
