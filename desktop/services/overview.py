"""What the start page tells: next meetings, cash of each group, the last backup, what is unfinished."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId
from desktop.models.kinds import Account, MeetingState
from desktop.models.records.every import (
    Constitution,
    Cycle,
    Draft,
    Group,
    Meeting,
    Membership,
    TrainingClass,
    TrainingSession,
)
from desktop.models.rules.constitution import next_meeting
from desktop.services.balances import cash_of_groups
from desktop.services.facts import rules_of
from desktop.services.person_records import IN_CHUNK
from desktop.services.restore_notes import Note, notes
from desktop.services.savings_due import InterestDue, interest_due
from desktop.store.book import Book
from resources.lang.messages import _


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """When a group meets next; `late` when that day has passed without a posted meeting."""

    group: GroupId
    code: str
    name: str
    day: date
    late: bool
    members: int


@dataclass(frozen=True, slots=True)
class GroupCash:
    """What a group has in its boxes and at the bank today, in đồng."""

    group: GroupId
    code: str
    name: str
    cash: int
    social: int
    bank: int


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A piece of work that was begun and not posted."""

    kind: str
    key: str
    title: str
    saved_at: datetime
    saved_by: str


@dataclass(frozen=True, slots=True)
class StartFacts:
    """What the start page shows; lists of groups hold at most the number asked for."""

    groups: int
    members: int
    next_meetings: tuple[NextMeeting, ...]
    cash: tuple[GroupCash, ...]
    drafts: tuple[Unfinished, ...]
    last_backup: datetime | None = None
    interest_due: tuple[InterestDue, ...] = ()
    """Groups with interest on savings to credit."""
    restored: Note | None = None
    """The last time the book was restored from a copy."""


def start(book: Book, today: date, limit: int = 12) -> StartFacts:
    """Return the facts of the start page: groups that meet soonest (or are late) first."""
    with book.read() as session:
        groups = {
            GroupId(row.id): row
            for row in session.execute(
                select(Group.id, Group.code, Group.name, Group.name_sort, Group.founded).where(
                    Group.closed.is_(None)
                )
            )
        }
        members = _pairs(
            session.execute(
                select(Membership.group_id, func.count())
                .where(Membership.left.is_(None))
                .group_by(Membership.group_id)
            )
        )
        meetings = next_meetings(session, groups, members, today)
        cash = cash_of_groups(session, today)
        rows = sorted(groups.items(), key=lambda item: item[1].name_sort)
        return StartFacts(
            groups=len(groups),
            members=session.scalar(
                select(func.count(func.distinct(Membership.member_id))).where(Membership.left.is_(None))
            )
            or 0,
            next_meetings=tuple(sorted(meetings, key=lambda meeting: (meeting.day, meeting.code))[:limit]),
            cash=tuple(
                GroupCash(
                    group,
                    row.code,
                    row.name,
                    cash.get(group, {}).get(Account.CASH, 0),
                    cash.get(group, {}).get(Account.SOCIAL_CASH, 0),
                    cash.get(group, {}).get(Account.BANK, 0),
                )
                for group, row in rows[:limit]
            ),
            drafts=tuple(_drafts(session, groups)),
            interest_due=tuple(interest_due(session, groups, today)[:limit]),
            restored=next(iter(notes(session, book.uid, 1)), None),
        )


def _pairs(rows: Iterable[Any]) -> dict[int, Any]:
    return {row[0]: row[1] for row in rows}


def next_meetings(
    session: Session, groups: Mapping[GroupId, Any], members: Mapping[int, int], today: date
) -> list[NextMeeting]:
    """Return when each of these groups (by id, with `code` and `name`) meets next; none without rules or cycle."""
    meetings = (
        select(Meeting.group_id, func.max(Meeting.day))
        .where(Meeting.state == MeetingState.POSTED)
        .group_by(Meeting.group_id)
    )
    constitutions = select(Constitution).order_by(Constitution.valid_from)
    cycles = (
        select(Cycle.group_id, Cycle.starts, Cycle.ends).where(Cycle.state == "open").order_by(Cycle.number)
    )
    if len(groups) <= IN_CHUNK:  # of a page of groups, or of one, only theirs are read
        meetings = meetings.where(Meeting.group_id.in_(groups))
        constitutions = constitutions.where(Constitution.group_id.in_(groups))
        cycles = cycles.where(Cycle.group_id.in_(groups))
    last = _pairs(session.execute(meetings))
    rules = {row.group_id: rules_of(row) for row in session.scalars(constitutions)}
    spans = {row.group_id: row for row in session.execute(cycles)}
    found: list[NextMeeting] = []
    for group, row in groups.items():
        span = spans.get(group)
        if group not in rules or span is None:
            continue
        before = last.get(group)
        if before is not None and before < span.starts:
            before = None
        day = next_meeting(rules[group], before, span.starts)
        if day <= span.ends:
            found.append(NextMeeting(group, row.code, row.name, day, day < today, members.get(group, 0)))
    return found


def next_meeting_day(session: Session, group: GroupId, today: date) -> date:
    """Return the day of a group's next meeting, or today when no rule says one."""
    row = session.get_one(Group, group)
    for meeting in next_meetings(session, {group: row}, {}, today):
        return meeting.day
    return today


def _session_title(session: Session, key: int) -> str:
    """Return which session of which class a sheet is of, nothing when it is gone."""
    row = session.execute(
        select(TrainingClass.name, TrainingSession.number)
        .join(TrainingSession, TrainingSession.class_id == TrainingClass.id)
        .where(TrainingSession.id == key)
    ).one_or_none()
    return "" if row is None else _("{name}, buổi {number}").format(name=row.name, number=row.number)


def _drafts(session: Session, groups: Mapping[GroupId, Any]) -> list[Unfinished]:
    found = []
    for draft in session.scalars(select(Draft).order_by(Draft.saved_at.desc())):
        title = draft.key
        if draft.kind == "meeting" and draft.key.isdigit() and GroupId(int(draft.key)) in groups:
            title = groups[GroupId(int(draft.key))].name
        elif draft.kind == "training" and draft.key.isdigit():
            title = _session_title(session, int(draft.key)) or title
        found.append(Unfinished(draft.kind, draft.key, title, draft.saved_at, draft.saved_by))
    return found
