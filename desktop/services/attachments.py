"""Scans and photos kept in the book: put beside a record, listed, opened, taken away with a reason."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.orm import Session

from desktop.models.ids import AttachmentId, new_uid, show_uid
from desktop.models.inclusion_kinds import SeenHow
from desktop.models.kinds import AttachmentKind
from desktop.models.problems import Problem, Refusal, refuse_if_stopped
from desktop.models.records.base import Base
from desktop.models.records.every import Assessment, Attachment, AttachmentContent, Member
from desktop.models.rules.attachments import check_file, media_type
from desktop.services import sight
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.findings import Finding, Findings
from desktop.store.book import Book
from desktop.store.trail import LOGGED
from resources.lang.messages import _
from resources.lang.names import nfc

_KEPT = Attachment.removed.in_((False,))  # a flag is a number, so that IS and NOT do not fit in PostgreSQL


@dataclass(frozen=True, slots=True)
class Subject:
    """What a file belongs to: the table and the identity of its row."""

    table: str
    uid: bytes

    @classmethod
    def of(cls, record: Base) -> Subject:
        """Return the subject that a record with a `uid` is."""
        return cls(str(record.__tablename__), record.uid)  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to keep: what it shows, a title for people, its name on the disk and its bytes."""

    kind: AttachmentKind
    name: str
    content: bytes
    title: str = ""


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """A kept file as lists show it; `size` in bytes."""

    id: AttachmentId
    kind: AttachmentKind
    title: str
    name: str
    media_type: str
    size: int
    added_at: datetime
    added_by: str


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file out of the book."""

    name: str
    media_type: str
    content: bytes


# -- deeds -----------------------------------------------------------------------------------------


def attach(book: Book, subject: Subject, new: NewFile, act: Act) -> Outcome[AttachmentId]:
    """Keep a file beside a record. Raises Refusal (field "file") for a wrong kind, size, or one kept there already."""
    with book.write(act) as session:
        kept = attach_in(session, subject, new, act)
    return Outcome(AttachmentId(kept.id), Changed.of(Topic.ATTACHMENTS))


def attach_in(session: Session, subject: Subject, new: NewFile, act: Act) -> Attachment:
    """Keep a file inside an open write; see `attach`."""
    problems = check_file(new.content)
    digest = hashlib.sha256(new.content).digest()
    if not problems and _same(session, subject, digest):
        problems = [Problem.stop("file-twice", "file", _("Tệp này đã được giữ ở đây rồi."))]
    refuse_if_stopped(problems)
    kept = Attachment(
        uid=new_uid(),
        subject=subject.table,
        subject_uid=subject.uid,
        kind=new.kind,
        title=nfc(new.title).strip(),
        name=nfc(new.name).strip() or _("tệp"),
        media_type=media_type(new.content) or "",
        size=len(new.content),
        sha256=digest,
        added_at=act.at,
        added_by=act.who,
    )
    session.add(kept)
    session.flush()
    session.add(AttachmentContent(attachment_id=kept.id, content=new.content))
    return kept


def remove(book: Book, attachment: AttachmentId, reason: str, act: Act) -> Outcome[None]:
    """Take a file out of the book; that it was there, and why it went, stays. Raises Refusal without a reason."""
    if not reason.strip():
        raise Refusal([Problem.stop("reason", "reason", _("Hãy ghi lý do bỏ tệp."))])
    with book.write(act) as session:
        kept = session.get_one(Attachment, attachment)
        if kept.subject in sight.SENSITIVE:
            sight.require(book)
        remove_in(session, kept, reason)
    return Outcome(None, Changed.of(Topic.ATTACHMENTS))


def remove_in(session: Session, kept: Attachment, reason: str) -> None:
    """Take a file out of the book inside an open write."""
    kept.removed, kept.reason = True, nfc(reason).strip()
    session.execute(delete(AttachmentContent).where(AttachmentContent.attachment_id == kept.id))


# -- questions -------------------------------------------------------------------------------------


def files_of(book: Book, subject: Subject) -> tuple[AttachmentRow, ...]:
    """Return the files kept beside a record, oldest first; of a sensitive record only for who may see it, and logged."""
    if subject.table in sight.SENSITIVE and not book.access.sensitive:
        return ()
    with book.read() as session:
        found = files_in(session, subject)
    if found:
        _note(book, subject)
    return found


def _note(book: Book, subject: Subject) -> None:
    """Write down that the files of a sensitive record were seen, under the name of the person that it is about."""
    if subject.table in sight.SENSITIVE and book.access.guarded:
        with book.read() as session:
            whose = _whose(session, subject)
        sight.note(book, SeenHow.SEEN, "files", [whose])


def _whose(session: Session, subject: Subject) -> tuple[str, bytes]:
    """Return the table and the identity of what a sensitive record tells of."""
    record: Any = session.scalars(
        select(LOGGED[subject.table]).where(LOGGED[subject.table].uid == subject.uid)  # type: ignore[attr-defined]
    ).one_or_none()
    if record is None:
        return subject.table, subject.uid
    if isinstance(record, Assessment):
        return record.subject, record.subject_uid
    return "members", session.get_one(Member, record.member_id).uid


def files_in(session: Session, subject: Subject) -> tuple[AttachmentRow, ...]:
    """Return the files kept beside a record inside an open session."""
    rows = session.scalars(
        select(Attachment).where(Attachment.subject_uid == subject.uid, _KEPT).order_by(Attachment.id)
    )
    return tuple(
        AttachmentRow(
            AttachmentId(row.id),
            row.kind,
            row.title,
            row.name,
            row.media_type,
            row.size,
            row.added_at,
            row.added_by,
        )
        for row in rows
    )


def open_file(book: Book, attachment: AttachmentId) -> KeptFile | None:
    """Return a file with its bytes, None when it was taken away; that of a sensitive record was read is logged."""
    with book.read() as session:
        row = session.execute(
            select(
                Attachment.subject,
                Attachment.subject_uid,
                Attachment.name,
                Attachment.media_type,
                AttachmentContent.content,
            )
            .outerjoin(AttachmentContent, AttachmentContent.attachment_id == Attachment.id)
            .where(Attachment.id == attachment)
        ).one_or_none()
    if row is None:
        return None
    if row.subject in sight.SENSITIVE and not book.access.sensitive:
        raise Refusal([sight.no_right()])
    if row.content is None:
        return None
    _note(book, Subject(row.subject, bytes(row.subject_uid)))
    return KeptFile(row.name, row.media_type, row.content)


def _same(session: Session, subject: Subject, digest: bytes) -> bool:
    return bool(
        session.scalar(
            select(func.count())
            .select_from(Attachment)
            .where(
                Attachment.subject_uid == subject.uid,
                Attachment.sha256 == digest,
                _KEPT,
            )
        )
    )


# -- verification ----------------------------------------------------------------------------------


def attachment_findings(connection: Connection) -> Findings:
    """Yield the files whose bytes are missing or are not those that the chain knows."""
    rows = connection.execution_options(yield_per=1).execute(
        select(
            Attachment.uid, Attachment.subject, Attachment.name, Attachment.sha256, AttachmentContent.content
        )
        .outerjoin(AttachmentContent, AttachmentContent.attachment_id == Attachment.id)
        .where(_KEPT)
        .order_by(Attachment.id)
    )
    for uid, subject, called, digest, content in rows:
        # Anybody may verify a book: the name of a file can tell what the record is about.
        name = show_uid(bytes(uid)) if subject in sight.SENSITIVE else called
        if content is None:
            yield Finding("file-lost", _("Tệp {name} giữ trong sổ đã bị mất.").format(name=name))
        elif hashlib.sha256(content).digest() != bytes(digest):
            yield Finding("file-changed", _("Tệp {name} giữ trong sổ đã bị đổi.").format(name=name))
