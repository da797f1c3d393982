"""Personal data: consents, requests, erasures; who may see what, and who saw it."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary

from desktop.models.inclusion_kinds import ConsentForm, Purpose, RequestKind, RequestState, Role, SeenHow
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


class Consent(Logged, Base):
    """A person agreed to one purpose on a day; holds until `withdrawn`. Silence is no consent: no row, no consent.

    `text_version` names the wording that was shown. The signed paper is an attachment of this row.
    """

    __tablename__ = "consents"
    __table_args__ = (
        Index("ix_consents_member_id", "member_id", "purpose"),
        CheckConstraint("withdrawn IS NULL OR withdrawn >= given", name="days"),
        STRICT,
    )

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    purpose: Mapped[Purpose] = mapped_column(WordColumn(Purpose))
    text_version: Mapped[str]
    given: Mapped[Day]
    form: Mapped[ConsentForm] = mapped_column(WordColumn(ConsentForm))
    representative: Mapped[str] = mapped_column(default="")
    withdrawn: Mapped[MaybeDay] = mapped_column(default=None)
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[Instant]
    by: Mapped[str]


class DataRequest(Logged, Base):
    """What a person asked for about their data, until when it is due, and how it ended."""

    __tablename__ = "data_requests"
    __table_args__ = (
        Index("ix_data_requests_member_id", "member_id"),
        Index("ix_data_requests_state", "state", "due"),
        CheckConstraint("due >= received", name="days"),
        CheckConstraint("state = 'open' OR closed IS NOT NULL", name="closed"),
        STRICT,
    )

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    kind: Mapped[RequestKind] = mapped_column(WordColumn(RequestKind))
    received: Mapped[Day]
    due: Mapped[Day]
    extended: Mapped[Flag] = mapped_column(default=False)
    detail: Mapped[str] = mapped_column(default="")
    state: Mapped[RequestState] = mapped_column(WordColumn(RequestState), default=RequestState.OPEN)
    closed: Mapped[MaybeDay] = mapped_column(default=None)
    outcome: Mapped[str] = mapped_column(default="")
    at: Mapped[Instant]
    by: Mapped[str]


class Erasure(Logged, Base):
    """A person's data were erased: on which request, why, by whom. What was erased is listed in `ErasedItem`."""

    __tablename__ = "erasures"
    __table_args__ = (STRICT,)

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    subject_uid: Mapped[bytes] = mapped_column(LargeBinary(16))
    reason: Mapped[str]
    at: Mapped[Instant]
    by: Mapped[str]


class ErasedItem(Logged, Base):
    """One thing that was erased: an assessment (`record_uid`), or one row of the chain by its place and hash.

    The database lets a row of the chain lose its text only when it stands here (`store.guards`); verification takes
    such a row's own hash as its link, and holds it against `hash` here, which is in the chain itself.
    """

    __tablename__ = "erased_items"
    __table_args__ = (
        Index("ix_erased_items_place", "register_id", "seq"),
        Index("ix_erased_items_record_uid", "record_uid"),
        STRICT,
    )

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    erasure_id: Mapped[int] = mapped_column(ForeignKey("erasures.id"))
    subject: Mapped[str]
    record_uid: Mapped[bytes] = mapped_column(LargeBinary(16))
    register_id: Mapped[int | None] = mapped_column(ForeignKey("registers.id"), default=None)
    seq: Mapped[int | None] = mapped_column(default=None)
    hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), default=None)


class User(Logged, Base):
    """Somebody who opens the book with a passphrase. `secret` and `recovery` are scrypt keys with their salt."""

    __tablename__ = "users"
    __table_args__ = (CheckConstraint("name <> ''", name="name"), STRICT)
    __unlogged__ = frozenset({"secret", "recovery"})

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    name: Mapped[str] = mapped_column(unique=True)
    role: Mapped[Role] = mapped_column(WordColumn(Role))
    secret: Mapped[str]
    recovery: Mapped[str] = mapped_column(default="")
    active: Mapped[Flag] = mapped_column(default=True)


class AccessEntry(Base):
    """Who took whose sensitive data out of the book, when and how."""

    __tablename__ = "access_log"
    __table_args__ = (Index("ix_access_log_subject", "subject_uid", "id"), STRICT)

    id: Mapped[Key] = mapped_column(init=False)
    at: Mapped[Instant]
    by: Mapped[str]
    role: Mapped[str]
    how: Mapped[SeenHow] = mapped_column(WordColumn(SeenHow))
    what: Mapped[str]
    subject: Mapped[str]
    subject_uid: Mapped[bytes] = mapped_column(LargeBinary(16))
