"""No question of everyday work reads all postings or all vouchers: SQLite's own plans say so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, event

from desktop.models.ids import MemberId, new_uid
from desktop.services import balances, meetings, paper_checks, statements, verify, vouchers
from desktop.store.book import Book
from tests.village import START, Village, a_sheet, an_act, meet, settle

LARGE = ("postings", "vouchers", "changes", "attendances", "prints", "accounts")
END = date(2026, 12, 31)


@pytest.fixture
def villages(book: Book) -> list[Village]:
    """Three groups with four meetings each."""
    made = [settle(book, f"TO-{n:02d}", members=4) for n in range(3)]
    for village in made:
        for number in range(1, 5):
            meet(book, village, number, withdrawal=10_000 if number > 1 else 0)
    return made


@contextmanager
def asked(book: Book) -> Iterator[list[tuple[str, Any]]]:
    """Collect the statements that are sent to the database."""
    found: list[tuple[str, Any]] = []

    def note(_c: Connection, _cursor: Any, statement: str, values: Any, _context: Any, many: bool) -> None:
        found.append((statement, values[0] if many else values))

    event.listen(book.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(book.engine, "before_cursor_execute", note)


def scans(book: Book, statements_sent: list[tuple[str, Any]]) -> list[str]:
    """Return what SQLite would read whole of the large tables: the line of its plan and the statement."""
    found = []
    with book.engine.connect() as connection:
        for statement, values in statements_sent:
            if statement.lstrip().upper().startswith(("SELECT", "WITH", "DELETE", "UPDATE")):
                for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values):
                    words = str(row[3]).split()
                    # Numbering a paper counts those of its kind and year in an index; the rows are not read.
                    counting = "uq_prints_number_copy" in words
                    if words[0] == "SCAN" and words[1] in LARGE and not counting:
                        found.append(f"{row[3]}: {' '.join(statement.split())}")
    return found


Deed = Callable[[Book, Village], object]


def _statement(book: Book, village: Village) -> object:
    members = (MemberId(village.members[0]),)
    return statements.issue(book, statements.StatementOrder(village.group, START, END, members), an_act())


def _statements(book: Book, village: Village) -> object:
    return statements.issue(book, statements.StatementOrder(village.group, START, END), an_act())


def _holdings(book: Book, village: Village) -> object:
    with book.read() as session:
        return (
            balances.member_holdings(session, village.group, END),
            balances.group_balances(session, village.group, END),
        )


def _correct(book: Book, village: Village) -> object:
    first = meetings.meetings_of(book, village.group)[-1]
    sheet = a_sheet(village, first.day, savings=60_000)
    return meetings.correct(
        book, meetings.CorrectMeeting(first.id, sheet, "Ghi nhầm", agreed=True), an_act(END)
    )


def _record(book: Book, village: Village) -> object:
    day = date(2026, 9, 1)
    command = meetings.RecordMeeting(
        village.group, a_sheet(village, day, withdrawal=5_000), new_uid(), agreed=True
    )
    return meetings.record(book, command, an_act(day))


def _check_paper(book: Book, village: Village) -> object:
    return paper_checks.check_paper(book, statements_qr(book, village))


def statements_qr(book: Book, village: Village) -> str:
    order = statements.StatementOrder(village.group, START, END, (village.members[0],))
    return statements.issue(book, order, an_act()).value[0].mark.qr


DEEDS: dict[str, Deed] = {
    "a member's statement": _statement,
    "a group's statements": _statements,
    "balances of a group and its members": _holdings,
    "a trial balance": lambda book, village: balances.trial_balance(book, village.group, START, END),
    "the facts of a sheet": lambda book, village: meetings.sheet_facts(book, village.group, END, END),
    "posting a meeting": _record,
    "correcting a meeting": _correct,
    "a group's meetings": lambda book, village: meetings.meetings_of(book, village.group),
    "a group's vouchers": lambda book, village: vouchers.page(
        book, vouchers.VoucherFilter(group=village.group), 0, 50
    ),
    "checking a paper": _check_paper,
}  # fmt: skip


@pytest.mark.parametrize("what", DEEDS)
def test_nothing_large_is_read_whole(book: Book, villages: list[Village], what: str) -> None:
    with asked(book) as sent:
        DEEDS[what](book, villages[1])
    assert sent
    assert scans(book, sent) == []


def test_the_check_itself_sees_a_scan(book: Book, villages: list[Village]) -> None:
    with asked(book) as sent, book.read() as session:
        session.connection().exec_driver_sql("SELECT sum(units) FROM postings WHERE kind + 0 = 1")
    assert len(scans(book, sent)) == 1
    assert verify.verify(book).ok
