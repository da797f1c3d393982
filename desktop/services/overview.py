"""What the start page tells: next meetings, cash of each group, the last backup, what is unfinished.

Asked by a glance (`desktop.store.glance`): this is the first thing that the window shows of a book.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from desktop.models.accounts import Account
from desktop.models.ids import GroupId
from desktop.models.rules.meeting_days import Rhythm, next_meeting
from desktop.models.states import CycleState, Frequency, MeetingState, OpeningState
from desktop.services.restore_notes import Note, notes
from desktop.services.savings_due import InterestDue, interest_due
from desktop.store.book import Book
from desktop.store.glance import Glance, SessionGlance, as_day
from resources.lang.messages import _

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_IN_CHUNK = 500
"""How many groups one question names at most."""


class NextMeeting(NamedTuple):
    """When a group meets next; `late` when that day has passed without a posted meeting."""

    group: GroupId
    code: str
    name: str
    day: date
    late: bool
    members: int


class GroupCash(NamedTuple):
    """What a group has in its boxes and at the bank today, in đồng."""

    group: GroupId
    code: str
    name: str
    cash: int
    social: int
    bank: int


class Unfinished(NamedTuple):
    """A piece of work that was begun and not posted."""

    kind: str
    key: str
    title: str
    saved_at: datetime
    saved_by: str


class StartFacts(NamedTuple):
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


class _Group(NamedTuple):
    """A group as its lines need it; `members` are those who belong to it now."""

    code: str
    name: str
    members: int = 0


_GROUPS = """
SELECT g.id, g.code, g.name,
    (SELECT count(*) FROM memberships m WHERE m.group_id = g.id AND m."left" IS NULL)
FROM savings_groups g WHERE g.closed IS NULL ORDER BY g.name_sort, g.id
"""
_MEMBERS = 'SELECT count(DISTINCT member_id) FROM memberships WHERE "left" IS NULL'
_CASH = """
SELECT group_id, account, sum(amount) FROM day_totals
WHERE day <= :today AND account IN (:cash, :social, :bank) GROUP BY group_id, account
"""
_DRAFTS = "SELECT kind, key, saved_at, saved_by FROM drafts ORDER BY saved_at DESC"
_SESSION = """
SELECT c.name, s.number FROM training_sessions s JOIN training_classes c ON c.id = s.class_id WHERE s.id = :id
"""


def start(book: Book, today: date, limit: int = 12) -> StartFacts:
    """Return the facts of the start page: groups that meet soonest (or are late) first."""
    with book.glance() as look:
        groups = {GroupId(key): _Group(*row) for key, *row in look.rows(_GROUPS)}
        meetings = next_meetings(look, groups, today)
        cash = _cash(look, today)
        return StartFacts(
            groups=len(groups),
            members=look.rows(_MEMBERS)[0][0],
            next_meetings=tuple(sorted(meetings, key=lambda meeting: (meeting.day, meeting.code))[:limit]),
            cash=tuple(
                GroupCash(
                    key,
                    group.code,
                    group.name,
                    cash.get((key, Account.CASH), 0),
                    cash.get((key, Account.SOCIAL_CASH), 0),
                    cash.get((key, Account.BANK), 0),
                )
                for key, group in islice(groups.items(), limit)
            ),
            drafts=tuple(_drafts(look, groups)),
            interest_due=tuple(interest_due(look, groups, today)[:limit]),
            restored=next(iter(notes(look, book.uid, 1)), None),
        )


def _cash(look: Glance, today: date) -> dict[tuple[int, int], int]:
    """Return what is in the boxes and the bank of every group at the end of a day, by group and account, in đồng."""
    rows = look.rows(
        _CASH,
        today=today,
        cash=Account.CASH.value,
        social=Account.SOCIAL_CASH.value,
        bank=Account.BANK.value,
    )
    return {(group, account): int(amount) for group, account, amount in rows}


def next_meetings(look: Glance, groups: Mapping[GroupId, _Group], today: date) -> list[NextMeeting]:
    """Return when each of these groups meets next; none without rules or cycle."""
    only = ""
    if len(groups) <= _IN_CHUNK:  # of a page of groups, or of one, only theirs are read
        only = f"AND group_id IN ({', '.join(str(int(group)) for group in groups) or 'NULL'})"
    held = {
        group: as_day(day)
        for group, day in look.rows(
            f"SELECT group_id, max(day) FROM meetings WHERE state = :posted {only} GROUP BY group_id",
            posted=MeetingState.POSTED.value,
        )
    }
    rules = {
        group: Rhythm(Frequency(frequency), weekday, month_day)
        for group, frequency, weekday, month_day in look.rows(
            "SELECT group_id, frequency, weekday, month_day FROM constitutions "
            f"WHERE 1 = 1 {only} ORDER BY valid_from"
        )
    }
    spans = {
        group: (as_day(starts), as_day(ends))
        for group, starts, ends in look.rows(
            f"SELECT group_id, starts, ends FROM cycles WHERE state = :open {only} ORDER BY number",
            open=CycleState.OPEN.value,
        )
    }
    opened = {
        group: as_day(day)
        for group, day in look.rows(
            f"SELECT group_id, day FROM opening_balances WHERE state = :posted {only}",
            posted=OpeningState.POSTED.value,
        )
    }
    found: list[NextMeeting] = []
    for key, group in groups.items():
        if key not in rules or key not in spans:
            continue
        starts, ends = spans[key]
        before = held.get(key)
        if before is not None and before < starts:
            before = None
        if key in opened:  # what was held before the balances of a paper group stays on its paper
            starts = max(starts, opened[key] + timedelta(days=1))
        day = next_meeting(rules[key], before, starts)
        if day <= ends:
            found.append(NextMeeting(key, group.code, group.name, day, day < today, group.members))
    return found


def next_meetings_of(
    session: Session, wanted: Collection[GroupId], today: date
) -> dict[GroupId, NextMeeting]:
    """Return the same of some groups inside a session, by group; how many members they have is not told."""
    look = SessionGlance(session.connection())
    keys = ", ".join(str(int(group)) for group in wanted) or "NULL"
    named = look.rows(f"SELECT id, code, name FROM savings_groups WHERE id IN ({keys})")
    groups = {GroupId(key): _Group(code, name) for key, code, name in named}
    return {meeting.group: meeting for meeting in next_meetings(look, groups, today)}


def next_meeting_day(session: Session, group: GroupId, today: date) -> date:
    """Return the day of a group's next meeting, or today when no rule says one."""
    meeting = next_meetings_of(session, [group], today).get(group)
    return today if meeting is None else meeting.day


def _session_title(look: Glance, key: int) -> str:
    """Return which session of which class a sheet is of, nothing when it is gone."""
    for name, number in look.rows(_SESSION, id=key):
        return _("{name}, buổi {number}").format(name=name, number=number)
    return ""


def _drafts(look: Glance, groups: Mapping[GroupId, _Group]) -> list[Unfinished]:
    found = []
    for kind, key, saved_at, saved_by in look.rows(_DRAFTS):
        title = key
        if kind == "meeting" and key.isdigit() and GroupId(int(key)) in groups:
            title = groups[GroupId(int(key))].name
        elif kind == "training" and key.isdigit():
            title = _session_title(look, int(key)) or title
        found.append(Unfinished(kind, key, title, datetime.fromisoformat(saved_at), saved_by))
    return found
