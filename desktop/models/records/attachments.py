"""Scans and photos kept in the book, beside what they prove: receipts, minutes, signed consents, evidence."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary

from desktop.models.kinds import AttachmentKind
from desktop.models.records.base import (
    STRICT,
    Base,
    Flag,
    Instant,
    Key,
    Logged,
    Mapped,
    Uid,
    WordColumn,
    mapped_column,
)


class Attachment(Logged, Base):
    """One file and what it belongs to: `subject` is a table, `subject_uid` the identity of its row.

    The chain holds the row with the file's SHA-256, so that an exchanged picture is noticed. Taking a file away
    keeps the row, with `removed` and the reason; only the content goes. `size` is in bytes.
    """

    __tablename__ = "attachments"
    __table_args__ = (
        Index("ix_attachments_subject", "subject_uid"),
        CheckConstraint("size > 0", name="size"),
        STRICT,
    )

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    subject: Mapped[str]
    subject_uid: Mapped[bytes] = mapped_column(LargeBinary(16))
    kind: Mapped[AttachmentKind] = mapped_column(WordColumn(AttachmentKind))
    title: Mapped[str] = mapped_column(default="")
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[bytes] = mapped_column(LargeBinary(32))
    added_at: Mapped[Instant]
    added_by: Mapped[str]
    removed: Mapped[Flag] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(default="")


class AttachmentContent(Base):
    """The bytes of a file, apart from its row so that lists stay light."""

    __tablename__ = "attachment_contents"
    __table_args__ = (STRICT,)

    attachment_id: Mapped[int] = mapped_column(
        ForeignKey("attachments.id"), primary_key=True, autoincrement=False
    )
    content: Mapped[bytes] = mapped_column(LargeBinary)
