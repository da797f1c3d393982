"""Inclusion: assessments, certificates, vulnerabilities, accommodations. Dated, and never overwritten."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Text

from desktop.models.inclusion_kinds import Accommodate, DisabilityDegree, Vulnerable
from desktop.models.records.base import (
    STRICT,
    Base,
    Day,
    Flag,
    Instant,
    Key,
    Logged,
    Mapped,
    MaybeDay,
    Uid,
    WordColumn,
    mapped_column,
)


class FormFile(Logged, Base):
    """A questionnaire or scorecard that was loaded from a file into this book: `content` is the file's JSON."""

    __tablename__ = "form_files"
    __table_args__ = (Index("uq_form_files_form_version", "form", "version", unique=True), STRICT)

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    form: Mapped[str]
    version: Mapped[str]
    content: Mapped[str] = mapped_column(Text)
    added_at: Mapped[Instant]
    added_by: Mapped[str]


class Assessment(Logged, Base):
    """A form filled in about a record: `subject` is a table, `subject_uid` the identity of its row.

    `answers` and `results` are JSON objects: answers by question id, figures by score id as they were computed on
    that day with that version of the form. A correction is a later row that `supersedes` this one, with a reason.
    `respondent` says who answered when it was not the person; `erased` that the answers were erased on request.
    """

    __tablename__ = "assessments"
    __table_args__ = (
        Index("ix_assessments_subject", "subject_uid", "form", "day"),
        Index("uq_assessments_supersedes", "supersedes_id", unique=True),
        Index("ix_assessments_form", "form", "day"),
        CheckConstraint("supersedes_id IS NULL OR reason <> ''", name="reason"),
        STRICT,
    )

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    form: Mapped[str]
    version: Mapped[str]
    subject: Mapped[str]
    subject_uid: Mapped[bytes] = mapped_column(LargeBinary(16))
    day: Mapped[Day]
    asked_by: Mapped[str]
    respondent: Mapped[str] = mapped_column(default="")
    answers: Mapped[str] = mapped_column(Text)
    results: Mapped[str] = mapped_column(Text)
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("assessments.id"), default=None)
    reason: Mapped[str] = mapped_column(default="")
    erased: Mapped[Flag] = mapped_column(default=False)
    at: Mapped[Instant]
    by: Mapped[str]


class DisabilityCertificate(Logged, Base):
    """A certificate of disability (Law 51/2010/QH12): apart from the WG answers, and never inferred from them.

    `types` are codes of `DisabilityType`, joined by commas. Valid from `issued` until `expires` (no end when None)
    or until it was `withdrawn`.
    """

    __tablename__ = "disability_certificates"
    __table_args__ = (
        Index("ix_disability_certificates_member_id", "member_id"),
        CheckConstraint("number <> ''", name="number"),
        CheckConstraint("types <> ''", name="types"),
        CheckConstraint("expires IS NULL OR expires >= issued", name="days"),
        STRICT,
    )

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    number: Mapped[str]
    types: Mapped[str]
    degree: Mapped[DisabilityDegree] = mapped_column(WordColumn(DisabilityDegree))
    issued: Mapped[Day]
    expires: Mapped[MaybeDay] = mapped_column(default=None)
    issuer: Mapped[str] = mapped_column(default="")
    withdrawn: Mapped[MaybeDay] = mapped_column(default=None)
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[Instant]
    by: Mapped[str]


class Vulnerability(Logged, Base):
    """A category of vulnerable people that a person belongs to, from a day to a day; `basis` is a paper or who says so."""

    __tablename__ = "vulnerabilities"
    __table_args__ = (
        Index("ix_vulnerabilities_member_id", "member_id"),
        CheckConstraint("until IS NULL OR until >= since", name="days"),
        STRICT,
    )

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    category: Mapped[Vulnerable] = mapped_column(WordColumn(Vulnerable))
    since: Mapped[Day]
    until: Mapped[MaybeDay] = mapped_column(default=None)
    basis: Mapped[str] = mapped_column(default="")
    at: Mapped[Instant]
    by: Mapped[str]


class Accommodation(Logged, Base):
    """What is done so that a person can take part, from a day to a day.

    `note` is what the clerk of a meeting reads. `barrier` says what hinders the person: that is sensitive.
    """

    __tablename__ = "accommodations"
    __table_args__ = (
        Index("ix_accommodations_member_id", "member_id"),
        CheckConstraint("until IS NULL OR until >= since", name="days"),
        STRICT,
    )

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    kind: Mapped[Accommodate] = mapped_column(WordColumn(Accommodate))
    since: Mapped[Day]
    until: Mapped[MaybeDay] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(default="")
    barrier: Mapped[str] = mapped_column(default="")
    at: Mapped[Instant]
    by: Mapped[str]


class Deprivation(Logged, Base):
    """Whether a household lacks what an indicator of the poverty standard asks for, as the commune's form says."""

    __tablename__ = "deprivations"
    __table_args__ = (
        Index("ix_deprivations_household_id_year", "household_id", "year"),
        CheckConstraint("year BETWEEN 2016 AND 2100", name="year"),
        STRICT,
    )

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    household_id: Mapped[int] = mapped_column(ForeignKey("households.id"))
    poverty_id: Mapped[int] = mapped_column(ForeignKey("household_poverty.id"))
    year: Mapped[int]
    standard: Mapped[str]
    indicator: Mapped[str]
    deprived: Mapped[Flag]
