"""Whether somebody may see what is sensitive of people: the one question that analysis, lists and exports ask.

Who reads sensitive data of a person is written down when the book has users: `note`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from desktop.models.inclusion_kinds import SeenHow
from desktop.models.problems import Problem, Refusal
from desktop.models.records.every import AccessEntry, Household, Member
from desktop.models.rules.access import OPEN, Access
from desktop.store.book import Book
from resources.lang.messages import N_, _
from resources.lang.names import join_name

SENSITIVE = frozenset({"assessments", "disability_certificates", "vulnerabilities"})
"""Tables whose rows, files and log are sensitive as a whole. Of other tables `SENSITIVE_FIELDS` are."""

SENSITIVE_FIELDS = {
    "members": frozenset({"ethnic_code"}),
    "accommodations": frozenset({"barrier"}),
    "coordination_guests": frozenset({"disabled"}),
    "supports": frozenset({"hardship_basis"}),
}
_IN_CHUNK = 500
AGAIN = timedelta(minutes=10)
"""The same reading within this time is one line of the log."""

_WHAT = {
    "inclusion": N_("hồ sơ hòa nhập"),
    "assessment": N_("phiếu đánh giá"),
    "profile": N_("hồ sơ thành viên"),
    "data": N_("toàn bộ dữ liệu của một người"),
    "files": N_("tệp đính kèm"),
    "ethnicity": N_("dân tộc"),
    "actions": N_("danh sách cần làm"),
    "cell": N_("những người trong một ô của bảng phân tích"),
    "board": N_("những người sau một số liệu của bảng dự án"),
    "coordination": N_("người dự cuộc họp phối hợp"),
    "support": N_("căn cứ khó khăn trong hồ sơ hỗ trợ"),
    "class": N_("báo cáo lớp tập huấn"),
}


def sees(book: Book, who: str) -> bool:
    """Tell whether `who` may see disability, ethnicity, vulnerability and what follows from them, person by person."""
    return book.access.sensitive


def access_of(session: Session) -> Access:
    """Return the access of the book that a session belongs to."""
    found: Access = session.info.get("access", OPEN)
    return found


def sensitive_in(session: Session) -> bool:
    """Tell whether sensitive data may be shown from this session."""
    return access_of(session).sensitive


def require(book: Book) -> None:
    """Raise Refusal unless the user may see sensitive data. The sentence names no data."""
    if not book.access.sensitive:
        raise Refusal([no_right()])


def no_right() -> Problem:
    """Return what a user is told who may not see sensitive data."""
    return Problem.stop("no-right", "", _("Phần này chỉ dành cho cán bộ hòa nhập và quản trị viên của sổ."))


@dataclass(frozen=True, slots=True)
class _Reader:
    who: str
    at: datetime


def note(book: Book, how: SeenHow, what: str, subjects: Iterable[tuple[str, bytes]]) -> None:
    """Write down that the user took sensitive data of these records out of the book; nothing in a book without users.

    Raises Trouble when the book cannot be written: what cannot be logged is not shown.
    """
    access = book.access
    wanted = list(subjects)
    if not access.guarded or access.role is None or not wanted:
        return
    reader = _Reader(access.user, datetime.now(UTC))
    with book.read() as session:
        fresh = [
            (table, uid)
            for table, uid in wanted
            if how is not SeenHow.SEEN or not _seen_lately(session, access.user, what, uid, reader.at)
        ]
    if not fresh:
        return
    with book.write(reader) as session:
        session.execute(
            insert(AccessEntry),
            [
                {
                    "at": reader.at,
                    "by": access.user,
                    "role": access.role.value,
                    "how": how,
                    "what": what,
                    "subject": table,
                    "subject_uid": uid,
                }
                for table, uid in fresh
            ],
        )


def note_people(
    book: Book, how: SeenHow, what: str, members: Iterable[int], households: Iterable[int] = ()
) -> None:
    """Write down that the user took sensitive data of these people and households out of the book; see `note`."""
    if not book.access.guarded:
        return
    found: list[tuple[str, bytes]] = []
    with book.read() as session:
        for table, record, wanted in (
            ("members", Member, sorted(set(members))),
            ("households", Household, sorted(set(households))),
        ):
            for start in range(0, len(wanted), _IN_CHUNK):
                part = wanted[start : start + _IN_CHUNK]
                uids = session.scalars(select(record.uid).where(record.id.in_(part)))
                found += [(table, uid) for uid in uids]
    note(book, how, what, found)


def note_taken(book: Book, what: str, subjects: Iterable[tuple[str, bytes]]) -> None:
    """Write down that rows of a table about these records were copied or exported; nothing for who sees none of it."""
    if book.access.sensitive:
        note(book, SeenHow.EXPORTED, what, subjects)


def note_people_taken(book: Book, what: str, members: Iterable[int]) -> None:
    """Write down that rows of a table about these people were copied or exported; see `note_taken`."""
    if book.access.sensitive:
        note_people(book, SeenHow.EXPORTED, what, members)


def _seen_lately(session: Session, who: str, what: str, uid: bytes, now: datetime) -> bool:
    last = session.scalar(
        select(AccessEntry.at)
        .where(AccessEntry.subject_uid == uid, AccessEntry.by == who, AccessEntry.what == what)
        .order_by(AccessEntry.id.desc())
        .limit(1)
    )
    return last is not None and now - last < AGAIN


@dataclass(frozen=True, slots=True)
class SeenRow:
    """One line of the log of reading: who, in which role, when, how, what, of whom."""

    key: int
    at: datetime
    by: str
    role: str
    how: str
    what: str
    whose: str


def log(book: Book, limit: int = 500, subject_uid: bytes | None = None) -> list[SeenRow]:
    """Return who read whose sensitive data, the latest first. Raises Refusal for who may not manage users."""
    if not book.access.manages:
        raise Refusal([Problem.stop("no-right", "", _("Chỉ quản trị viên xem được nhật ký truy cập."))])
    query = select(AccessEntry).order_by(AccessEntry.id.desc()).limit(limit)
    if subject_uid is not None:
        query = query.where(AccessEntry.subject_uid == subject_uid)
    with book.read() as session:
        rows = list(session.scalars(query))
        names = _names(session, {row.subject_uid for row in rows})
    return [
        SeenRow(
            row.id,
            row.at,
            row.by,
            row.role,
            row.how.title,
            _(_WHAT.get(row.what, row.what)),
            names.get(row.subject_uid, ""),
        )
        for row in rows
    ]


def _names(session: Session, uids: set[bytes]) -> dict[bytes, str]:
    people = session.execute(
        select(Member.uid, Member.code, Member.family, Member.middle, Member.given).where(
            Member.uid.in_(uids)
        )
    )
    found = {uid: f"{code} {join_name(family, middle, given)}" for uid, code, family, middle, given in people}
    homes = session.execute(select(Household.uid, Household.code).where(Household.uid.in_(uids)))
    return found | {home.uid: home.code for home in homes}
