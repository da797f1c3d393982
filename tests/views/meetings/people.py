"""A group of twenty-five (or fewer) people for the tests of the sheet, made through the services."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from desktop.models.ids import GroupId, MemberId
from desktop.models.kinds import Attendance, Office, Sex
from desktop.models.rules.constitution import FineRule, Rules
from desktop.models.rules.people import Person
from desktop.services import groups, members
from desktop.services.acts import Act

TODAY = date(2026, 3, 5)
NAMES = (
    "Nguyễn Thị Hoa", "Trần Văn Bình", "Lê Thị Ánh", "Phạm Thị Đào", "Thạch Thị Sa Mây", "Kim Sa Rương",
    "Huỳnh Thị Mỹ Hạnh", "Võ Thị Út", "Đặng Văn Lành", "Bùi Thị Ngọc Diễm", "Nguyễn Thị Hòa", "Ngô Thị Kiều",
    "Dương Văn Phước", "Lý Thị Sen", "Sơn Thị Pha", "Hồ Thị Bé Ba", "Nguyễn Văn Tèo", "Cao Thị Lụa",
    "Đỗ Thị Mận", "Tăng Thị Xuân", "Nguyễn Thị Thanh Thúy", "Mai Thị Gấm", "Phan Thị Quý", "Lâm Thị Yến",
    "Châu Thị Ngọc Ẩn",
)  # fmt: skip

RULES = Rules(
    valid_from=date(2026, 1, 1),
    weekday=5,
    meeting_time="14:00",
    meeting_place="Nhà văn hóa ấp 3",
    share_value=20_000,
    shares_min=1,
    shares_max=5,
    voluntary_savings=True,
    withdrawals=True,
    social_contribution=5_000,
    fines=(FineRule("late", "Đi muộn", 5_000, Attendance.LATE),),
    quorum_percent=60,
)


@dataclass(frozen=True, slots=True)
class Village:
    group: GroupId
    members: tuple[MemberId, ...]


def act_on(day: date = TODAY) -> Act:
    return Act("Thư ký", datetime(day.year, day.month, day.day, 3, 0, tzinfo=UTC), day)


def settle(
    book: Any, size: int = 25, rules: Rules = RULES, first: date = date(2026, 1, 1), today: date = TODAY
) -> Village:
    """Found a group of `size` people in an empty book; `first` is the first day of its year."""
    act = act_on(today)
    group = groups.found(
        book,
        groups.FoundGroup(
            name="Nhóm tiết kiệm ấp Tân Phú",
            rules=replace(rules, valid_from=first),
            cycle_starts=first,
            cycle_ends=first + timedelta(days=364),
            founded=first,
        ),
        act,
    ).value
    found = []
    for place in range(size):
        family, *middle, given = NAMES[place].split()
        person = Person(
            family=family,
            middle=" ".join(middle),
            given=given,
            sex=Sex.MALE if "Văn" in middle else Sex.FEMALE,
            birth_year=1970 + place,
            joined=first,
        )
        found.append(members.enrol(book, members.EnrolMember(person=person, agreed=True), act).value)
    groups.add(book, groups.AddMembers(group, tuple(found), first), act)
    for office, member in ((Office.CHAIR, found[0]), (Office.SECRETARY, found[1])):
        groups.appoint(book, groups.Appoint(group, member, office, first), act)
    return Village(group, tuple(found))
