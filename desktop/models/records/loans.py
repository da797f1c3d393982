"""Loans: products, loans with the terms they were issued under, guarantors, and what happened to each."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text

from desktop.models.kinds import LoanDirection, LoanEventKind, LoanStage
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
    Uid,
    Whole,
    WordColumn,
    mapped_column,
)


class LoanProduct(Logged, Base):
    """A kind of loan on offer, as data: `rules` is the JSON of `rules.loan_products.Product`.

    Without a group it is on offer to every group of the book. Loans keep the terms they were issued under, so a
    product may change or end at any time.
    """

    __tablename__ = "loan_products"
    __table_args__ = (STRICT,)
    __unlogged__ = frozenset({"version"})

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    group_id: Mapped[int | None] = mapped_column(ForeignKey("savings_groups.id"), default=None, index=True)
    rules: Mapped[str] = mapped_column(Text)
    active: Mapped[Flag] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(Whole, default=1)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": lambda old: (old or 0) + 1}


class Loan(Logged, Base):
    """A loan from the group to a member (`OUT`) or from a lender to the group (`IN`).

    `terms` and `rule` are JSON (`rules.loan_text`): the frozen terms and the allocation and penalty rule. `paper`
    is the JSON of the application: household income and debts, spouse's consent, livelihood. `decision` is the
    JSON of the vote or of the named people. Amounts in đồng; what is owed follows from terms and events.
    """

    __tablename__ = "loans"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        Index("ix_loans_group_id_stage", "group_id", "stage"),
        STRICT,
    )
    __unlogged__ = frozenset({"version"})

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    code: Mapped[str] = mapped_column(unique=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("savings_groups.id"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), default=None, index=True)
    direction: Mapped[LoanDirection] = mapped_column(WordColumn(LoanDirection), default=LoanDirection.OUT)
    lender: Mapped[str] = mapped_column(default="")
    product_id: Mapped[int | None] = mapped_column(ForeignKey("loan_products.id"), default=None)
    stage: Mapped[LoanStage] = mapped_column(WordColumn(LoanStage), default=LoanStage.APPLIED)
    purpose: Mapped[str] = mapped_column(default="")
    livelihood: Mapped[str] = mapped_column(default="")
    amount: Mapped[Dongs]
    applied_on: Mapped[Day]
    decided_on: Mapped[MaybeDay] = mapped_column(default=None)
    contract: Mapped[str] = mapped_column(default="")
    terms: Mapped[str] = mapped_column(Text)
    rule: Mapped[str] = mapped_column(Text)
    paper: Mapped[str] = mapped_column(Text, default="{}")
    decision: Mapped[str] = mapped_column(Text, default="{}")
    disbursed_on: Mapped[MaybeDay] = mapped_column(default=None)
    closed_on: Mapped[MaybeDay] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(Whole, default=1)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": lambda old: (old or 0) + 1}


class LoanGuarantor(Logged, Base):
    """A member who answers for another's loan, up to `amount` đồng (0: for all of it)."""

    __tablename__ = "loan_guarantors"
    __table_args__ = (Index("uq_loan_guarantors_pair", "loan_id", "member_id", unique=True), STRICT)

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    loan_id: Mapped[int] = mapped_column(ForeignKey("loans.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    amount: Mapped[Dongs] = mapped_column(default=0)


class LoanEvent(Logged, Base):
    """One thing that happened to a loan, never changed: `seq` is the order of recording within the loan.

    `detail` is JSON by kind (component parts, moved days, what is undone). `voucher_id` is the voucher that
    posted it, where money moved.
    """

    __tablename__ = "loan_events"
    __table_args__ = (Index("uq_loan_events_loan_id_seq", "loan_id", "seq", unique=True), STRICT)

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    loan_id: Mapped[int] = mapped_column(ForeignKey("loans.id"))
    seq: Mapped[int]
    day: Mapped[Day]
    kind: Mapped[LoanEventKind] = mapped_column(WordColumn(LoanEventKind))
    amount: Mapped[Dongs] = mapped_column(default=0)
    detail: Mapped[str] = mapped_column(Text, default="{}")
    voucher_id: Mapped[int | None] = mapped_column(ForeignKey("vouchers.id"), default=None, index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"), default=None, index=True)
    note: Mapped[str] = mapped_column(default="")
    at: Mapped[Instant]
    by: Mapped[str]


class LoanDue(Base):
    """What falls due of a loan on a day, in đồng. Follows from terms and events; made anew at every event.

    Portfolio figures of any day are one query over these rows and the postings.
    """

    __tablename__ = "loan_dues"
    __table_args__ = (STRICT,)

    loan_id: Mapped[int] = mapped_column(ForeignKey("loans.id"), primary_key=True, autoincrement=False)
    nr: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    due_on: Mapped[Day]
    principal: Mapped[Dongs]
    interest: Mapped[Dongs]
    fees: Mapped[Dongs] = mapped_column(default=0)
    penalties: Mapped[Dongs] = mapped_column(default=0)
