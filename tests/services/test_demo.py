"""The demonstration book: believable, the same for the same seed, sound, and the same ledger by both ways of writing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from desktop.models.kinds import Attendance, GroupKind, MeetingState
from desktop.models.problems import Level, Refusal, Trouble
from desktop.models.rules.identity import check_citizen_number
from desktop.models.rules.people import check_person
from desktop.services import demo, drafts, groups, households, meetings, overview
from desktop.services.acts import Act
from desktop.services.demo_events import Enrolled, Event, Held
from desktop.services.demo_order import DemoOrder
from desktop.services.demo_story import tell
from desktop.services.facts import members_in_order
from desktop.services.verify import verify
from desktop.store.book import Book
from tests.pg import Server

TODAY = date(2026, 11, 23)
ORDER = DemoOrder(groups=3, members=8, years=2, seed=1, today=TODAY)

_LEDGER = text("""
SELECT g.code, v.paper, v.year, v.number, v.day, m.number, p.code, v.text, r.paper, r.number, v.reason,
       v.recorded_at, v.recorded_by, a.account, h.code, o.amount, o.kind, o.units
FROM postings o JOIN vouchers v ON v.id = o.voucher_id JOIN accounts a ON a.id = o.account_id
JOIN savings_groups g ON g.id = v.group_id LEFT JOIN meetings m ON m.id = v.meeting_id
LEFT JOIN members p ON p.id = v.member_id LEFT JOIN members h ON h.id = a.member_id
LEFT JOIN vouchers r ON r.id = v.reverses_id
ORDER BY v.seq, o.id
""")
_MASTER = {
    "members": "code, family, middle, given, name_fold, name_sort, sex, birth_date, citizen_number, phone, is_head, joined",
    "households": "code, commune_code, hamlet, address_text, name_fold",
    "day_totals": "group_id, account, day, amount",
    "attendances": "meeting_id, member_id, state, note",
    "period_closings": "group_id, through, reason, at",
    "cycles": "group_id, number, starts, ends, state",
    "memberships": 'group_id, member_id, position, joined, "left", reason',
    "office_terms": "group_id, member_id, office, since, until",
    "meetings": "group_id, number, day, sheet, counted, cash_difference, state, reason, corrections, recorded_at",
}


def content(book: Book) -> dict[str, list[Any]]:
    """What a book says, without the identities that every book has of its own."""
    with book.read() as session:
        connection = session.connection()
        found = {"ledger": [tuple(row) for row in connection.execute(_LEDGER)]}
        for table, columns in _MASTER.items():
            rows = connection.exec_driver_sql(f"SELECT {columns} FROM {table}")
            found[table] = sorted(map(repr, rows))
    return found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    path = tmp_path_factory.mktemp("demo") / "tung-viec.sonhom"
    demo.write_demo(str(path), ORDER)
    with Book.open(str(path)) as book:
        yield book


def test_both_ways_of_writing_give_the_same_book(made: Book, tmp_path: Path) -> None:
    path = tmp_path / "lo-lon.sonhom"
    demo.write_demo(str(path), ORDER, bulk=True)
    with Book.open(str(path)) as bulk:
        one, other = content(made), content(bulk)
        for part, rows in one.items():
            assert rows == other[part], part
        assert verify(bulk).findings == ()
    assert verify(made).findings == ()


@pytest.mark.postgres
def test_a_server_takes_the_story_both_ways_too(pg_server: Server, tmp_path: Path) -> None:
    order = replace(ORDER, groups=2, members=5, years=1)
    demo.write_demo(str(tmp_path / "so.sonhom"), order)
    with Book.open(str(tmp_path / "so.sonhom")) as file:
        wanted = content(file)
    for bulk in (False, True):
        with pg_server.new_database() as address:
            demo.write_demo(address, order, bulk=bulk)
            with Book.open(address) as book:
                found = content(book)
                assert len(found["ledger"]) == len(wanted["ledger"])
                assert [row[13:18] for row in found["ledger"]] == [row[13:18] for row in wanted["ledger"]]
                assert verify(book).findings == ()
                # The next deed through the window finds free keys.
                act = Act("bench", datetime.now(UTC), TODAY)
                households.found(book, households.FoundHousehold(), act)


def test_the_same_seed_tells_the_same_story_and_another_seed_another() -> None:
    def told(seed: int) -> list[Event]:
        return list(tell(DemoOrder(members=5, years=1, seed=seed, today=TODAY), 2))

    assert told(1) == told(1)
    assert told(1) != told(2)


def test_the_story_goes_forward_and_ends_before_today() -> None:
    for number in range(1, 8):
        events = list(tell(ORDER, number))
        moments = [event.at for event in events]
        assert moments == sorted(moments)
        assert len(set(moments)) == len(moments)
        assert demo.village_day(events[-1]) <= TODAY


def test_people_are_who_they_could_be() -> None:
    people = [
        event.person
        for number in range(1, 31)
        for event in tell(DemoOrder(groups=30, members=20, years=1, today=TODAY), number)
        if isinstance(event, Enrolled)
    ]
    for person in people:
        assert not [problem for problem in check_person(person, TODAY) if problem.level is Level.STOP]
        assert not check_citizen_number(person.citizen_number, person.sex, person.birth_year)
    numbers = [person.citizen_number for person in people if person.citizen_number]
    assert len(numbers) == len(set(numbers))
    assert {person.ethnic_code for person in people} == {"01", "04", "05"}
    assert any(person.birth_date is None for person in people)
    assert any(person.large_print for person in people)
    families = Counter(person.family for person in people if person.ethnic_code == "01")
    assert families.most_common(1)[0][0] == "Nguyễn"


def test_meetings_are_as_in_life(made: Book) -> None:
    states: Counter[Attendance] = Counter()
    differences = withdrawals = 0
    for number in (1, 2, 3):
        for event in tell(DemoOrder(members=25, today=TODAY), number):
            if isinstance(event, Held):
                states.update(row.attendance for row in event.sheet.rows)
                withdrawals += sum("withdrawal" in row.amounts for row in event.sheet.rows)
                differences += bool(event.sheet.difference_reason)
    assert set(states) == set(Attendance)
    assert states[Attendance.PRESENT] > sum(states.values()) / 2
    assert differences
    assert withdrawals
    rows = groups.page(made, groups.GroupFilter(), groups.GroupSort(), 0, 10)
    assert {row.kind for row in rows} == {GroupKind.VSLA, GroupKind.SAVINGS_CREDIT, GroupKind.SELF_HELP}
    corrected = 0
    for row in rows:
        held = meetings.meetings_of(made, row.id)
        assert len(held) > 15
        assert all(meeting.state is MeetingState.POSTED for meeting in held)
        corrected += sum(meeting.corrections for meeting in held)
    assert corrected >= 1


def test_the_next_meetings_are_near_and_one_sheet_is_unfinished(made: Book) -> None:
    start = overview.start(made, TODAY)
    assert len(start.next_meetings) == 3
    assert all(abs(meeting.day - TODAY) <= timedelta(days=32) for meeting in start.next_meetings)
    assert [draft.kind for draft in start.drafts] == ["meeting"]
    kept = drafts.unfinished(made)[0]
    with made.read() as session:
        from json import loads

        from desktop.models.ids import GroupId

        sheet = loads(kept.content)
        day = date.fromisoformat(sheet["day"])
        roster = [row.member_id for row in members_in_order(session, GroupId(int(kept.key)), day)]
    assert [row[0] for row in sheet["rows"]] == roster
    assert any(row[2] for row in sheet["rows"])


def test_a_book_that_is_there_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "co-roi.sonhom"
    path.write_bytes(b"mine")
    with pytest.raises(Trouble):
        demo.write_demo(str(path), ORDER)
    assert path.read_bytes() == b"mine"


def test_stopping_leaves_nothing_behind(tmp_path: Path) -> None:
    class Stop(Exception):
        pass

    def stop(done: int, _total: int, _text: str) -> None:
        if done > 20:
            raise Stop

    with pytest.raises(Stop):
        demo.write_demo(str(tmp_path / "dung.sonhom"), ORDER, progress=stop)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("order", [DemoOrder(groups=0), DemoOrder(members=1), DemoOrder(years=99)])
def test_sizes_out_of_bounds_are_refused(order: DemoOrder, tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        demo.write_demo(str(tmp_path / "x.sonhom"), order)
    assert not list(tmp_path.iterdir())


def test_no_list_of_livelihoods_is_empty(made: Book) -> None:
    from desktop.services import (
        job_matching,
        livelihood_gathering,
        livelihood_visits,
        placements,
    )

    figures = livelihood_gathering.figures(made, TODAY)
    assert {row.section_key for row in figures.livelihoods} >= {"A", "C", "G"}
    assert figures.priced
    assert figures.counted_jobs
    assert figures.events[0].losses
    assert 0 < figures.survival12.operating <= figures.survival12.begun
    assert livelihood_visits.due(made, TODAY + timedelta(days=14))
    assert job_matching.openings(made)
    assert placements.placements(made, TODAY)
