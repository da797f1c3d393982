"""The constitutions of a group: agreed from a day on, with the meeting, the vote and the reason; listed with what changed."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, MeetingId, new_uid
from desktop.models.kinds import Account, MeetingState
from desktop.models.problems import Problem, refuse_if_stopped
from desktop.models.records.every import AccountRow, Constitution, Meeting, MeetingAttendance, Posting
from desktop.models.rules import groups as rules_of_groups
from desktop.models.rules.charter import (
    Agreement,
    Charter,
    check_agreement,
    check_charter,
    check_share_value,
)
from desktop.models.rules.constitution import Rules, check_rules, fines_to_text
from desktop.models.rules.constitution_words import Difference, differences
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.attachments import NewFile, Subject, attach_in
from desktop.services.charters import KeptCharter, charter_in, lending_words, write_charter
from desktop.services.facts import constitution_on, cycle_on, members_in_order, rules_of
from desktop.store.book import Book
from resources.lang.dates import show_day
from resources.lang.messages import _


@dataclass(frozen=True, slots=True)
class AgreeRules:
    """Give the group new rules from their `valid_from` on; meetings held before keep theirs.

    `charter` None keeps the words in force. Once a meeting was held, `agreement` says how the change was agreed;
    `meeting` is the one whose minutes tell of it, `scan` the signed paper. `agreed`: the user's yes to warnings.
    """

    group: GroupId
    rules: Rules
    charter: Charter | None = None
    agreement: Agreement | None = None
    meeting: MeetingId | None = None
    scan: NewFile | None = None
    agreed: bool = False


def agree_rules(book: Book, command: AgreeRules, act: Act) -> Outcome[GroupId]:
    """Give the group new rules from a day on.

    Rules of a day that no meeting has been held under yet are replaced; else a new dated row is added.
    Raises Refusal when a meeting was held on or after that day, or when it was not agreed as it should.
    """
    with book.write(act) as session:
        group, rules = command.group, command.rules
        current = constitution_on(session, group, rules.valid_from)
        kept = charter_in(session, None if current is None else current.id)
        charter = command.charter or kept.charter
        problems = [*check_rules(rules), *check_charter(charter)]
        problems += _check_change(session, command, current, act.today)
        refuse_if_stopped(problems, agreed=command.agreed)
        if current is not None and current.valid_from >= rules.valid_from:
            # The same day again, or a day before the first rules: nothing was done under them yet.
            row = current
            _write_rules(row, rules)
        else:
            row = new_constitution(group, rules)
            session.add(row)
        session.flush()
        charter = replace(charter, lending=lending_words(session, group))
        write_charter(
            session, row.id, KeptCharter(charter, command.agreement, command.meeting, kept.template)
        )
        if command.scan is not None:
            attach_in(session, Subject.of(row), command.scan, act)
    return Outcome(group, Changed.of(Topic.GROUPS, Topic.ATTACHMENTS, group=group))


def _check_change(
    session: Session, command: AgreeRules, current: Constitution | None, today: date
) -> list[Problem]:
    """Return what is wrong with a change: its day, how it was agreed, a share value that moves within a cycle."""
    group, rules, agreement = command.group, command.rules, command.agreement
    _first, last = meeting_days(session, group)
    found = rules_of_groups.check_valid_from(rules.valid_from, last)
    if last is None or current is None:
        return found
    on = today if agreement is None else agreement.agreed_on
    members = len(members_in_order(session, group, on))
    before = rules_of(_before(session, group, current, rules.valid_from))
    found += check_agreement(agreement, rules.valid_from, members, before.quorum_of(members), today)
    found += _check_meeting(session, command)
    cycle = cycle_on(session, group, rules.valid_from)
    starts = None if cycle is None else cycle.starts
    bought = starts is not None and _shares_bought(session, group, starts)
    return found + check_share_value(
        before.share_value, rules.share_value, rules.valid_from, starts, bought=bought
    )


def _before(session: Session, group: GroupId, current: Constitution, valid_from: date) -> Constitution:
    """Return the rules in force until the day before; when the row of that very day is put right, those before it."""
    if current.valid_from < valid_from:
        return current
    return constitution_on(session, group, valid_from - timedelta(days=1)) or current


def _check_meeting(session: Session, command: AgreeRules) -> list[Problem]:
    """Return the problem of a meeting that is not the group's, or was not on the day that is named."""
    if command.meeting is None or command.agreement is None:
        return []
    meeting = session.get(Meeting, command.meeting)
    if meeting is None or meeting.group_id != command.group or meeting.state is not MeetingState.POSTED:
        return [Problem.stop("meeting", "meeting", _("Buổi họp này không phải của nhóm."))]
    if meeting.day != command.agreement.agreed_on:
        text = _("Buổi họp đã chọn là ngày {day}; ngày thông qua phải là ngày đó.")
        return [Problem.stop("agreed-on", "agreed_on", text.format(day=show_day(meeting.day)))]
    return []


def _shares_bought(session: Session, group: GroupId, since: date) -> bool:
    return (
        session.scalar(
            select(Posting.id)
            .join(AccountRow, AccountRow.id == Posting.account_id)
            .where(
                AccountRow.group_id == group,
                AccountRow.account == int(Account.SHARES),
                Posting.day >= since,
            )
            .limit(1)
        )
        is not None
    )


def new_constitution(group: GroupId, rules: Rules) -> Constitution:
    """Return a new row of rules, not yet in the book."""
    row = Constitution(uid=new_uid(), group_id=group, valid_from=rules.valid_from)
    _write_rules(row, rules)
    return row


def _write_rules(row: Constitution, rules: Rules) -> None:
    for name, value in asdict(replace(rules, fines=())).items():
        if name != "fines":
            setattr(row, name, value)
    row.fines = fines_to_text(rules.fines)


def meeting_days(
    session: Session, group: GroupId, cycle: int | None = None
) -> tuple[date | None, date | None]:
    """Return the days of the first and the last posted meeting, of the group or of one cycle."""
    query = select(func.min(Meeting.day), func.max(Meeting.day)).where(
        Meeting.group_id == group, Meeting.state == MeetingState.POSTED
    )
    if cycle is not None:
        query = query.where(Meeting.cycle_id == cycle)
    first, last = session.execute(query).one()
    return first, last


# -- questions -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Version:
    """One constitution of a group: its row, what it says, how it was agreed, and what it changed of the one before.

    `until` is the day from which the next one holds, None for the last; `minutes` is the number of the meeting.
    """

    id: int
    uid: bytes
    number: int
    rules: Rules
    charter: Charter
    agreement: Agreement | None
    meeting: MeetingId | None
    minutes: int | None
    template: str
    until: date | None
    changes: tuple[Difference, ...]


def versions(book: Book, group: GroupId) -> tuple[Version, ...]:
    """Return all constitutions of a group, the latest first."""
    with book.read() as session:
        return versions_in(session, group)


def versions_in(session: Session, group: GroupId) -> tuple[Version, ...]:
    """Return all constitutions of a group inside an open session, the latest first."""
    rows = session.scalars(
        select(Constitution).where(Constitution.group_id == group).order_by(Constitution.valid_from)
    ).all()
    found: list[Version] = []
    for place, row in enumerate(rows):
        kept, rules = charter_in(session, row.id), rules_of(row)
        meeting = None if kept.meeting is None else session.get(Meeting, kept.meeting)
        before = found[-1] if found else None
        found.append(
            Version(
                id=row.id,
                uid=row.uid,
                number=place + 1,
                rules=rules,
                charter=kept.charter,
                agreement=kept.agreement,
                meeting=kept.meeting,
                minutes=None if meeting is None else meeting.number,
                template=kept.template,
                until=rows[place + 1].valid_from if place + 1 < len(rows) else None,
                changes=()
                if before is None
                else differences((before.rules, before.charter), (rules, kept.charter)),
            )
        )
    return tuple(reversed(found))


@dataclass(frozen=True, slots=True)
class PossibleMeeting:
    """A posted meeting at which a change may have been agreed, and how many took part in it."""

    id: MeetingId
    number: int
    day: date
    present: int


def possible_meetings(book: Book, group: GroupId, most: int = 12) -> list[PossibleMeeting]:
    """Return the last posted meetings of a group, the latest first."""
    with book.read() as session:
        rows = session.scalars(
            select(Meeting)
            .where(Meeting.group_id == group, Meeting.state == MeetingState.POSTED)
            .order_by(Meeting.day.desc())
            .limit(most)
        ).all()
        found = []
        for row in rows:
            states = session.scalars(
                select(MeetingAttendance.state).where(MeetingAttendance.meeting_id == row.id)
            )
            present = sum(state.takes_part for state in states)
            found.append(PossibleMeeting(MeetingId(row.id), row.number, row.day, present))
        return found
