"""The book itself, its registers (computers), its chain of changes, and what was printed."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, LargeBinary, Text

from desktop.models.records.base import (
    STRICT,
    Base,
    Dongs,
    Instant,
    Key,
    Logged,
    Mapped,
    MaybeDay,
    Uid,
    mapped_column,
)


class BookRow(Logged, Base):
    """The one row that says what book this is and what stands at the head of its papers."""

    __tablename__ = "book"
    __table_args__ = (STRICT,)

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    name: Mapped[str]
    organisation: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    created_at: Mapped[Instant]


class Register(Base):
    """One computer's pen: its chain has no branches. `last_seq` and `last_hash` are the chain's end."""

    __tablename__ = "registers"
    __table_args__ = (STRICT,)

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    name: Mapped[str]
    created_at: Mapped[Instant]
    last_seq: Mapped[int] = mapped_column(default=0)
    last_hash: Mapped[bytes] = mapped_column(LargeBinary(32), default=bytes(32))


class Change(Base):
    """One change of master data: the row before and after, as JSON, in the same chain as the vouchers."""

    __tablename__ = "changes"
    __table_args__ = (
        Index("uq_changes_register_seq", "register_id", "seq", unique=True),
        Index("ix_changes_subject", "subject_uid", "id"),
        STRICT,
    )

    id: Mapped[Key] = mapped_column(init=False)
    register_id: Mapped[int] = mapped_column(ForeignKey("registers.id"))
    seq: Mapped[int]
    at: Mapped[Instant]
    by: Mapped[str]
    subject: Mapped[str]
    subject_uid: Mapped[bytes] = mapped_column(LargeBinary(16))
    before: Mapped[str | None] = mapped_column(Text)
    after: Mapped[str | None] = mapped_column(Text)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class Print(Base):
    """One printing of a paper: what it said, at which place of the chain. Reprints are further rows (`copy` 2, 3 …)."""

    __tablename__ = "prints"
    __table_args__ = (
        Index("ix_prints_subject", "group_id", "report", "member_id"),
        Index("uq_prints_number_copy", "number", "copy", unique=True),
        STRICT,
    )

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    report: Mapped[str]
    number: Mapped[str]
    copy: Mapped[int]
    group_id: Mapped[int | None] = mapped_column(ForeignKey("savings_groups.id"), default=None)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), default=None)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"), default=None)
    voucher_id: Mapped[int | None] = mapped_column(ForeignKey("vouchers.id"), default=None)
    starts: Mapped[MaybeDay] = mapped_column(default=None)
    ends: Mapped[MaybeDay] = mapped_column(default=None)
    subject: Mapped[str] = mapped_column(default="")
    balance: Mapped[Dongs] = mapped_column(default=0)
    register_id: Mapped[int] = mapped_column(ForeignKey("registers.id"))
    seq: Mapped[int]
    check_code: Mapped[str]
    printed_at: Mapped[Instant]
    printed_by: Mapped[str]


class ImportProfile(Base):
    """Which heading of somebody's Excel list means which field, remembered for the next file with the same headings."""

    __tablename__ = "import_profiles"
    __table_args__ = (Index("uq_import_profiles_headings", "kind", "headings", unique=True), STRICT)

    id: Mapped[Key] = mapped_column(init=False)
    kind: Mapped[str]
    headings: Mapped[str]
    mapping: Mapped[str]
