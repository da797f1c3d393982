"""A small village for tests of the data layer: one group with members, rules and a cycle, and meetings of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from desktop.models.ids import GroupId, MeetingId, MemberId, new_uid
from desktop.models.kinds import Attendance, Sex
from desktop.models.records.every import Constitution, Cycle, Group, Member, Membership
from desktop.models.rules.sheet import Sheet, SheetRow
from desktop.services import meetings
from desktop.services.acts import Act
from desktop.store.book import Book

START = date(2026, 1, 3)


@dataclass(frozen=True, slots=True)
class Village:
    """What was made: the group and its members, in the group's order."""

    group: GroupId
    members: tuple[MemberId, ...]


def an_act(day: date = START, who: str = "Thư ký") -> Act:
    """An act on a day, in the morning."""
    return Act(who=who, at=datetime(day.year, day.month, day.day, 3, 0, tzinfo=UTC), today=day)


def settle(book: Book, code: str = "TO-01", members: int = 3, act: Act | None = None) -> Village:
    """Make a group with shares of 20.000 đồng, voluntary savings and a social fund, and its members."""
    act = act or an_act()
    with book.write(act) as session:
        group = Group(uid=new_uid(), code=code, name=f"Tổ {code}")
        session.add(group)
        session.flush()
        session.add(
            Constitution(
                uid=new_uid(),
                group_id=group.id,
                valid_from=START,
                share_value=20_000,
                social_contribution=5_000,
            )
        )
        session.add(Cycle(uid=new_uid(), group_id=group.id, number=1, starts=START, ends=date(2027, 12, 31)))
        people = [
            Member(
                uid=new_uid(),
                code=f"{code}/TV-{n:03d}",
                family="Nguyễn",
                middle="Thị",
                given=f"Hòa {n}",
                sex=Sex.FEMALE,
            )
            for n in range(1, members + 1)
        ]
        session.add_all(people)
        session.flush()
        session.add_all(
            Membership(uid=new_uid(), group_id=group.id, member_id=person.id, position=at, joined=START)
            for at, person in enumerate(people, 1)
        )
        session.flush()
        return Village(GroupId(group.id), tuple(MemberId(person.id) for person in people))


def a_sheet(village: Village, day: date, savings: int = 50_000, withdrawal: int = 0) -> Sheet:
    """A meeting where everybody buys a share, saves, and gives to the social fund; the first may withdraw."""
    rows = []
    for at, member in enumerate(village.members):
        amounts = {"shares": 1, "savings": savings, "social": 5_000}
        if at == 0 and withdrawal:
            amounts["withdrawal"] = withdrawal
        rows.append(SheetRow(member, Attendance.PRESENT, {key: n for key, n in amounts.items() if n}))
    return Sheet(day=day, rows=tuple(rows))


def meet(
    book: Book, village: Village, number: int = 1, savings: int = 50_000, withdrawal: int = 0
) -> MeetingId:
    """Post the meeting of the `number`-th month, without counting the box."""
    day = START + timedelta(days=28 * (number - 1))
    command = meetings.RecordMeeting(
        village.group, a_sheet(village, day, savings, withdrawal), new_uid(), agreed=True
    )
    return meetings.record(book, command, an_act(day)).value.meeting
