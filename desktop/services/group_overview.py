"""A group at a glance: its cycle, its funds now and over the last year, what a share is worth, who is behind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, MemberId
from desktop.models.kinds import OWED_TO_MEMBERS, SAVED, Account, Attendance, MeetingState
from desktop.models.records.every import Meeting, MeetingAttendance
from desktop.models.rules.closing import ClosingFacts, net_owned
from desktop.services.balances import group_balances
from desktop.services.facts import members_in_order
from desktop.services.fines import owed_in
from desktop.services.loan_portfolio import portfolio
from desktop.services.share_outs import facts_in
from desktop.store.book import Book

MONTHS = 12
_MISSED = 3
"""Meetings in a row without taking part after which somebody is named."""


@dataclass(frozen=True, slots=True)
class FundPoint:
    """The funds at the end of a day, in đồng: loan-fund money (box and bank), lent out, social fund; what belongs
    to members (savings and shares) and what is owed outside. `meeting` is the number of the meeting of that day.
    """

    day: date
    money: int
    lent: int
    social: int
    owned: int = 0
    outside: int = 0
    meeting: int | None = None


@dataclass(frozen=True, slots=True)
class Behind:
    """Somebody who is behind: days late with a loan, fines owed (đồng), meetings missed in a row."""

    member: MemberId
    name: str
    days_late: int = 0
    overdue: int = 0
    fines: int = 0
    missed: int = 0


@dataclass(frozen=True, slots=True)
class Overview:
    """What the first tab of a group's page shows; amounts in đồng. `share_value` None: the group has no shares."""

    cycle: int
    ends: date | None
    days_left: int
    held: int
    money: int
    lent: int
    social: int
    savings: int
    net: int
    shares: int
    share_value: int | None
    points: tuple[FundPoint, ...]
    behind: tuple[Behind, ...]
    meetings: tuple[FundPoint, ...] = ()
    """The funds after each of the last meetings."""


def overview(book: Book, group: GroupId, today: date) -> Overview:
    """Return the overview of a group on a day."""
    at_risk = portfolio(book, today, group)
    with book.read() as session:
        known = facts_in(session, group, today, today)
        units = sum(member.units for member in known.members)
        net = net_owned(known)
        behind: dict[MemberId, Behind] = {}
        for loan in at_risk.loans:
            if loan.member is not None and loan.days_late:
                before = behind.get(loan.member, Behind(loan.member, loan.name))
                behind[loan.member] = Behind(
                    loan.member,
                    loan.name,
                    max(before.days_late, loan.days_late),
                    before.overdue + loan.overdue,
                )
        for debt in owed_in(session, group, today):
            before = behind.get(debt.member, Behind(debt.member, debt.name))
            behind[debt.member] = Behind(
                debt.member, debt.name, before.days_late, before.overdue, debt.owed, before.missed
            )
        for member, name, missed in _missing(session, group, today):
            before = behind.get(member, Behind(member, name))
            behind[member] = Behind(member, name, before.days_late, before.overdue, before.fines, missed)
        return Overview(
            cycle=known.number,
            ends=known.ends if known.open else None,
            days_left=max((known.ends - today).days, 0) if known.open else 0,
            held=_held(session, known),
            money=known.of(Account.CASH) + known.of(Account.BANK),
            lent=known.of(Account.LOANS),
            social=known.of(Account.SOCIAL_CASH),
            savings=sum(known.of(account) for account in SAVED),
            net=net,
            shares=units,
            share_value=net // units if units else None,
            points=tuple(points_in(session, group, month_ends(today))),
            behind=tuple(sorted(behind.values(), key=lambda one: (-one.days_late, -one.fines, one.name))),
            meetings=tuple(meeting_points(session, group, today)),
        )


def month_ends(today: date) -> list[date]:
    """Return the last days of the last months, then today, oldest first."""
    found, day = [today], today.replace(day=1) - timedelta(days=1)
    while len(found) < MONTHS:
        found.append(day)
        day = day.replace(day=1) - timedelta(days=1)
    return found[::-1]


def points_in(session: Session, group: GroupId, days: Iterable[date]) -> list[FundPoint]:
    """Return the funds at the end of each day."""
    return [_point(session, group, day) for day in days]


def meeting_points(session: Session, group: GroupId, today: date) -> list[FundPoint]:
    """Return the funds at the end of the days of the last meetings, oldest first."""
    rows = session.execute(
        select(Meeting.number, Meeting.day)
        .where(Meeting.group_id == group, Meeting.state == MeetingState.POSTED, Meeting.day <= today)
        .order_by(Meeting.day.desc())
        .limit(MONTHS)
    ).all()
    return [_point(session, group, day, number) for number, day in rows[::-1]]


def _point(session: Session, group: GroupId, day: date, meeting: int | None = None) -> FundPoint:
    held = group_balances(session, group, day)

    def of(*accounts: Account) -> int:
        return sum(held.get(account, 0) for account in accounts)

    return FundPoint(
        day,
        of(Account.CASH, Account.BANK),
        of(Account.LOANS),
        of(Account.SOCIAL_CASH),
        of(*OWED_TO_MEMBERS),
        of(Account.EXTERNAL_FUNDS, Account.LENDERS),
        meeting,
    )


def _held(session: Session, known: ClosingFacts) -> int:
    return int(
        session.scalar(
            select(func.count())
            .select_from(Meeting)
            .where(Meeting.cycle_id == known.cycle, Meeting.state == MeetingState.POSTED)
        )
        or 0
    )


def _missing(session: Session, group: GroupId, today: date) -> list[tuple[MemberId, str, int]]:
    """Return the members who took part in none of the last meetings, with how many they missed in a row."""
    recent = list(
        session.scalars(
            select(Meeting.id)
            .where(Meeting.group_id == group, Meeting.state == MeetingState.POSTED, Meeting.day <= today)
            .order_by(Meeting.day.desc())
            .limit(12)
        )
    )
    states: dict[int, dict[int, Attendance]] = {}
    for meeting, member, state in session.execute(
        select(MeetingAttendance.meeting_id, MeetingAttendance.member_id, MeetingAttendance.state).where(
            MeetingAttendance.meeting_id.in_(recent)
        )
    ):
        states.setdefault(member, {})[meeting] = state
    found = []
    for row in members_in_order(session, group, today):
        missed = 0
        for meeting in recent:
            seen = states.get(row.member_id, {}).get(meeting)
            if seen is None or seen.takes_part:
                break
            missed += 1
        if missed >= _MISSED:
            found.append((row.member_id, row.full_name, missed))
    return found
