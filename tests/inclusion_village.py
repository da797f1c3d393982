"""A village whose people differ: for tests of indicators, tables, the report of inclusion and action lists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desktop.models.ids import GroupId, HouseholdId, MemberId, new_uid
from desktop.models.inclusion_kinds import Purpose
from desktop.models.kinds import Attendance, Office, Poverty, Sex
from desktop.models.rules.sheet import Sheet, SheetRow
from desktop.services import consents, meetings, offices, poverty
from desktop.services.acts import Act
from desktop.services.consents import GiveConsent
from desktop.store.book import Book
from tests.ready_books import fill
from tests.services.people_kit import enrol, found_group, household
from tests.village import an_act

COMMUNE = "30043"
STARTS, ENDS = date(2026, 1, 1), date(2026, 3, 31)
KINH, KHMER = "01", "05"


@dataclass(frozen=True, slots=True)
class Mixed:
    """The group, its members in order, and their households."""

    group: GroupId
    members: tuple[MemberId, ...]
    homes: tuple[HouseholdId, ...]


def mixed(
    book: Book, women: int = 8, men: int = 4, *, name: str = "Hoa Sen", code: int = 0, silent: int = 0
) -> Mixed:
    """A group of `women` and `men`: born 1960 to 1998, every fifth Khmer, every fourth household poor.

    Two meetings: all come to the first; the last person stays away from the second. Everybody saves 50.000 đồng
    a time, the first 100.000. All but the last `silent` have agreed to stand in figures for readers outside.
    """
    asked = (women, men, name, code, silent)
    return fill(book, ("mixed", asked), lambda made: _mixed(made, *asked))


def _mixed(book: Book, women: int, men: int, name: str, code: int, silent: int) -> Mixed:
    act: Act = an_act(STARTS)
    group = found_group(book, act, name, commune_code=COMMUNE)
    members, homes = [], []
    for place in range(women + men):
        sex = Sex.FEMALE if place < women else Sex.MALE
        home = household(book, act, f"ấp {place % 3 + 1}", commune_code=COMMUNE)
        status = Poverty.POOR if place % 4 == 0 else Poverty.NOT_POOR
        poverty.record(book, poverty.RecordPoverty(home, 2025, "2022", status), act)
        members.append(
            enrol(
                book,
                act,
                f"{'Trần Thị' if sex is Sex.FEMALE else 'Trần Văn'} {chr(65 + code)}{chr(65 + place)}",
                sex=sex,
                birth_year=1960 + 38 * place // (women + men),
                ethnic_code=KHMER if place % 5 == 0 else KINH,
                household=home,
                is_head=True,
                group=group,
                agreed=True,
            )
        )
        homes.append(home)
    for place, office in enumerate((Office.CHAIR, Office.SECRETARY, Office.TREASURER)):
        offices.appoint(
            book,
            offices.Appoint(group, members[place if place < 2 else women], office, STARTS, agreed=True),
            act,
        )
    made = Mixed(group, tuple(members), tuple(homes))
    agree(book, members[: len(members) - silent], act)
    hold(book, made, date(2026, 1, 10))
    hold(book, made, date(2026, 2, 7), away=members[-1:])
    return made


def agree(book: Book, members: Iterable[MemberId], act: Act, *purposes: Purpose) -> None:
    """Let people agree to purposes (to statistics unless said), in one write."""
    with book.write(act) as session:
        for member in members:
            consents.give_in(session, GiveConsent(member, purposes or (Purpose.STATISTICS,), STARTS), act)


def hold(book: Book, village: Mixed, day: date, away: list[MemberId] | tuple[MemberId, ...] = ()) -> None:
    """Post a meeting at which everybody who came saves."""
    rows = tuple(
        SheetRow(member, Attendance.ABSENT, {})
        if member in away
        else SheetRow(
            member, Attendance.PRESENT, {"savings": 100_000 if place == 0 else 50_000, "social": 5_000}
        )
        for place, member in enumerate(village.members)
    )
    meetings.record(
        book,
        meetings.RecordMeeting(village.group, Sheet(day=day, rows=rows), new_uid(), agreed=True),
        an_act(day),
    )
