"""Questions about meetings with the authorities: lists, one meeting with its people and promises, what is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.capacity_kinds import Promise, Side
from desktop.models.ids import GroupId, MemberId
from desktop.models.inclusion_kinds import SeenHow
from desktop.models.kinds import Sex
from desktop.models.records.every import Commitment, CoordinationGuest, CoordinationMeeting, Group, Member
from desktop.models.rules.washington import Finding
from desktop.services import sight
from desktop.services.coordination import Meet
from desktop.services.indicators.traits import known_of
from desktop.store.book import Book
from resources.lang.names import join_name

DUE_WITHIN = 30
"""So many days before its day a promise counts as due [ours]."""


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting in the list: how many took part, of them women, and how its promises stand."""

    id: int
    uid: bytes
    code: str
    day: date
    topic: str
    organiser: str
    place: str
    group: GroupId | None
    group_name: str
    people: int
    women: int
    promises: int
    kept: int
    late: int
    version: int


@dataclass(frozen=True, slots=True)
class GuestRow:
    """Somebody who took part. `disabled` is None where it is not known or may not be seen."""

    id: int
    name: str
    side: Side
    position: str
    sex: Sex | None
    disabled: bool | None
    member: MemberId | None


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """A promise with its meeting. `days_late` counts from its day while no result is written."""

    id: int
    uid: bytes
    meeting: int
    meeting_code: str
    meeting_day: date
    topic: str
    group: GroupId | None
    side: Side
    who: str
    what: str
    due: date
    state: Promise
    settled: date | None
    evidence: str
    days_late: int
    version: int

    @property
    def open(self) -> bool:
        """Tell whether its result is not written yet."""
        return self.state is Promise.OPEN


@dataclass(frozen=True, slots=True)
class Counted:
    """How many took part: all, women, men, not known; people with disabilities of those of whom it is known."""

    people: int
    women: int
    men: int
    unknown: int
    disabled: int
    asked: int
    members: int
    officials: int


@dataclass(frozen=True, slots=True)
class Detail:
    """One meeting with its people and promises. `counted.disabled` is 0 of 0 for who may not see it."""

    row: MeetingRow
    meet: Meet
    guests: tuple[GuestRow, ...]
    promises: tuple[PromiseRow, ...]
    counted: Counted


def meetings(book: Book, today: date, group: GroupId | None = None) -> list[MeetingRow]:
    """Return the meetings, the latest first; with a group those about it or with its members."""
    with book.read() as session:
        return meetings_in(session, today, group)


def meetings_in(session: Session, today: date, group: GroupId | None = None) -> list[MeetingRow]:
    """Return the meetings inside an open session."""
    guests = _guest_counts(session)
    promises: dict[int, list[Commitment]] = {}
    for row in session.scalars(select(Commitment)):
        promises.setdefault(row.meeting_id, []).append(row)
    query = (
        select(CoordinationMeeting, Group.name)
        .outerjoin(Group, Group.id == CoordinationMeeting.group_id)
        .order_by(CoordinationMeeting.day.desc(), CoordinationMeeting.id.desc())
    )
    if group is not None:
        query = query.where(CoordinationMeeting.group_id == group)
    return [
        _meeting(record, name or "", guests.get(record.id, (0, 0)), promises.get(record.id, []), today)
        for record, name in session.execute(query)
    ]


def _guest_counts(session: Session) -> dict[int, tuple[int, int]]:
    sex = func.coalesce(Member.sex, CoordinationGuest.sex)
    query = (
        select(CoordinationGuest.meeting_id, func.count(), func.count().filter(sex == Sex.FEMALE.value))
        .outerjoin(Member, Member.id == CoordinationGuest.member_id)
        .group_by(CoordinationGuest.meeting_id)
    )
    return {meeting: (int(every), int(women)) for meeting, every, women in session.execute(query)}


def _meeting(
    record: CoordinationMeeting, name: str, counts: tuple[int, int], promises: list[Commitment], today: date
) -> MeetingRow:
    return MeetingRow(
        record.id,
        record.uid,
        record.code,
        record.day,
        record.topic,
        record.organiser,
        record.place,
        None if record.group_id is None else GroupId(record.group_id),
        name,
        counts[0],
        counts[1],
        len(promises),
        sum(one.state is Promise.KEPT for one in promises),
        sum(one.state is Promise.OPEN and one.due < today for one in promises),
        record.version,
    )


def detail(book: Book, meeting: int, today: date) -> Detail:
    """Return one meeting. Who may not see sensitive data sees no disability of anybody; who sees it is written down."""
    found = _detail(book, meeting, today)
    told = [one.member for one in found.guests if one.member is not None and one.disabled is not None]
    sight.note_people(book, SeenHow.SEEN, "coordination", told)
    return found


def _detail(book: Book, meeting: int, today: date) -> Detail:
    with book.read() as session:
        record = session.get_one(CoordinationMeeting, meeting)
        name = "" if record.group_id is None else session.get_one(Group, record.group_id).name
        guests = _guests(session, meeting, record.day)
        promises = promises_in(session, today, meeting)
        counts = (len(guests), sum(one.sex is Sex.FEMALE for one in guests))
        kept = list(session.scalars(select(Commitment).where(Commitment.meeting_id == meeting)))
        return Detail(
            _meeting(record, name, counts, kept, today),
            Meet(
                record.day,
                record.topic,
                record.organiser,
                record.place,
                record.commune_code or "",
                None if record.group_id is None else GroupId(record.group_id),
                record.agenda,
                record.result,
            ),
            tuple(guests),
            tuple(promises),
            counted(guests),
        )


def counted(guests: list[GuestRow]) -> Counted:
    """Return how many took part, by what is known of them."""
    return Counted(
        len(guests),
        sum(one.sex is Sex.FEMALE for one in guests),
        sum(one.sex is Sex.MALE for one in guests),
        sum(one.sex not in (Sex.FEMALE, Sex.MALE) for one in guests),
        sum(one.disabled is True for one in guests),
        sum(one.disabled is not None for one in guests),
        sum(one.member is not None for one in guests),
        sum(one.side in (Side.AUTHORITY, Side.UNION) for one in guests),
    )


def _guests(session: Session, meeting: int, day: date) -> list[GuestRow]:
    rows = session.execute(
        select(CoordinationGuest, Member)
        .outerjoin(Member, Member.id == CoordinationGuest.member_id)
        .where(CoordinationGuest.meeting_id == meeting)
        .order_by(CoordinationGuest.side, CoordinationGuest.id)
    ).all()
    allowed = sight.sensitive_in(session)
    known = known_of(session, day) if allowed and any(member is not None for _guest, member in rows) else {}
    found = []
    for guest, member in rows:
        disabled = guest.disabled
        if member is not None and member.id in known:
            finding = known[member.id].disability
            disabled = finding is Finding.YES if finding in (Finding.YES, Finding.NO) else None
        found.append(
            GuestRow(
                guest.id,
                guest.name if member is None else join_name(member.family, member.middle, member.given),
                guest.side,
                guest.position,
                guest.sex if member is None else member.sex,
                disabled if allowed else None,
                None if member is None else MemberId(member.id),
            )
        )
    return found


def promises(book: Book, today: date) -> list[PromiseRow]:
    """Return all promises: those without a result first, by their day."""
    with book.read() as session:
        return promises_in(session, today)


def promises_in(session: Session, today: date, meeting: int | None = None) -> list[PromiseRow]:
    """Return the promises of a meeting or of all: those without a result first, by their day."""
    query = (
        select(Commitment, CoordinationMeeting)
        .join(CoordinationMeeting, CoordinationMeeting.id == Commitment.meeting_id)
        .order_by(Commitment.state != Promise.OPEN, Commitment.due, Commitment.id)
    )
    if meeting is not None:
        query = query.where(Commitment.meeting_id == meeting)
    return [
        PromiseRow(
            row.id,
            row.uid,
            record.id,
            record.code,
            record.day,
            record.topic,
            None if record.group_id is None else GroupId(record.group_id),
            row.side,
            row.who,
            row.what,
            row.due,
            row.state,
            row.settled,
            row.evidence,
            (today - row.due).days if row.state is Promise.OPEN else 0,
            row.version,
        )
        for row, record in session.execute(query)
    ]
