"""The group at a glance: figures are the ledger's, and those who are behind are named."""

from __future__ import annotations

from datetime import date, timedelta

from desktop.models.ids import new_uid
from desktop.models.kinds import Account, Attendance
from desktop.models.rules.sheet import Sheet, SheetRow
from desktop.services import group_overview, meetings
from desktop.services.balances import group_balances
from desktop.store.book import Book
from tests.services.test_share_outs import DAY, _lend, _village
from tests.village import START, an_act


def test_figures_are_those_of_the_ledger(any_book: Book) -> None:
    village = _village(any_book)
    _lend(any_book, village, 0, 60_000)
    found = group_overview.overview(any_book, village.group, DAY)
    with any_book.read() as session:
        sums = group_balances(session, village.group, DAY)
    assert (found.cycle, found.held) == (1, 3)
    assert (found.money, found.lent, found.social) == (
        sums[Account.CASH],
        sums[Account.LOANS],
        sums[Account.SOCIAL_CASH],
    )
    assert found.net == 180_000
    assert (found.shares, found.share_value) == (9, 20_000)
    assert len(found.points) == group_overview.MONTHS
    assert found.points[-1].lent == 60_000
    assert found.points[0].day < found.points[-1].day == DAY


def test_who_is_late_or_stays_away_is_named(book: Book) -> None:
    village = _village(book)
    _lend(book, village, 0, 60_000)
    for number in (5, 6, 7):
        day = START + timedelta(days=28 * number)
        states = [Attendance.PRESENT, Attendance.ABSENT, Attendance.PRESENT]
        rows = tuple(SheetRow(m, s) for m, s in zip(village.members, states, strict=True))
        command = meetings.RecordMeeting(village.group, Sheet(day, rows), new_uid(), agreed=True)
        meetings.record(book, command, an_act(day))
    behind = {one.member: one for one in group_overview.overview(book, village.group, DAY).behind}
    assert behind[village.members[0]].days_late > 30
    assert behind[village.members[1]].missed == 3
    assert village.members[2] not in behind


def test_month_ends_run_to_today() -> None:
    found = group_overview.month_ends(date(2026, 3, 15))
    assert found[-3:] == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 15)]
    assert len(found) == 12
