"""Audit visits: what was looked at in a group, what was found, and what became of it."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index

from desktop.models.audit_kinds import CheckKind, FindingState, Severity
from desktop.models.records.base import (
    STRICT,
    Base,
    Day,
    DongColumn,
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


class AuditVisit(Logged, Base):
    """A visit to a group. What was drawn stays as it was drawn: `seed`, `confidence`, `passbooks` (how many there are).

    `cash_book` and `social_book` are the boxes by the book on that day; counted is None until it is counted. `anchor`
    is the place of the chain at the start, as on printed papers: what is before it cannot be changed unseen.
    """

    __tablename__ = "audit_visits"
    __table_args__ = (
        Index("ix_audit_visits_group", "group_id", "day"),
        CheckConstraint("confidence IN (90, 95)", name="confidence"),
        CheckConstraint("tolerable >= 0 AND passbooks >= 0", name="sizes"),
        STRICT,
    )
    __unlogged__ = frozenset({"version"})

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    code: Mapped[str] = mapped_column(unique=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("savings_groups.id"))
    day: Mapped[Day]
    auditor: Mapped[str]
    announced: Mapped[Flag]
    seed: Mapped[int]
    confidence: Mapped[int]
    passbooks: Mapped[int]
    loan_book: Mapped[Dongs]
    tolerable: Mapped[Dongs]
    cash_book: Mapped[Dongs]
    social_book: Mapped[Dongs]
    anchor: Mapped[str]
    cash_counted: Mapped[int | None] = mapped_column(DongColumn, default=None)
    social_counted: Mapped[int | None] = mapped_column(DongColumn, default=None)
    closed: Mapped[MaybeDay] = mapped_column(default=None)
    summary: Mapped[str] = mapped_column(default="")
    at: Mapped[Instant]
    by: Mapped[str]
    version: Mapped[int] = mapped_column(Whole, default=1)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": lambda old: (old or 0) + 1}


class AuditCheck(Logged, Base):
    """One passbook or loan that is looked at: the book's amount on the day of the visit, and what was found.

    `hits` is how many of the picked đồng lie in a loan (0: chosen for another reason). `present`: the member was there.
    """

    __tablename__ = "audit_checks"
    __table_args__ = (
        Index("ix_audit_checks_visit", "visit_id", "kind"),
        CheckConstraint("kind <> 'loan' OR loan_id IS NOT NULL", name="loan"),
        CheckConstraint("found_amount IS NULL OR found_amount >= 0", name="found"),
        STRICT,
    )
    __unlogged__ = frozenset({"version"})

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    visit_id: Mapped[int] = mapped_column(ForeignKey("audit_visits.id"))
    kind: Mapped[CheckKind] = mapped_column(WordColumn(CheckKind))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), default=None)
    loan_id: Mapped[int | None] = mapped_column(ForeignKey("loans.id"), default=None)
    book_amount: Mapped[Dongs]
    chosen: Mapped[str]
    hits: Mapped[int] = mapped_column(default=0)
    found_amount: Mapped[int | None] = mapped_column(DongColumn, default=None)
    present: Mapped[Flag] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(Whole, default=1)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": lambda old: (old or 0) + 1}


class AuditFinding(Logged, Base):
    """What is not right in a group, who mends it by when, what the group says, and the proof that it is mended."""

    __tablename__ = "audit_findings"
    __table_args__ = (
        Index("ix_audit_findings_group", "group_id", "state"),
        CheckConstraint("state <> 'closed' OR (closed IS NOT NULL AND evidence <> '')", name="closed"),
        STRICT,
    )
    __unlogged__ = frozenset({"version"})

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    code: Mapped[str] = mapped_column(unique=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("savings_groups.id"))
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("audit_visits.id"), default=None)
    severity: Mapped[Severity] = mapped_column(WordColumn(Severity))
    state: Mapped[FindingState] = mapped_column(WordColumn(FindingState), default=FindingState.OPEN)
    title: Mapped[str]
    advice: Mapped[str] = mapped_column(default="")
    found_on: Mapped[Day]
    owner: Mapped[str] = mapped_column(default="")
    due: Mapped[MaybeDay] = mapped_column(default=None)
    answer: Mapped[str] = mapped_column(default="")
    closed: Mapped[MaybeDay] = mapped_column(default=None)
    evidence: Mapped[str] = mapped_column(default="")
    at: Mapped[Instant]
    by: Mapped[str]
    version: Mapped[int] = mapped_column(Whole, default=1)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": lambda old: (old or 0) + 1}
