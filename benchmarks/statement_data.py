"""What one member's statement of a year needs, from a book of a million postings, against the bare indexed query."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

from benchmarks.measure import Line, interleaved
from desktop.models.ids import GroupId, MemberId
from desktop.services import demo, statements
from desktop.services.acts import Act
from desktop.services.demo_order import DemoOrder
from desktop.services.movements import member_moves
from desktop.store.book import Book
from desktop.store.engine import set_pragmas

TODAY = date(2026, 11, 23)
STARTS, ENDS = date(2025, 11, 24), TODAY
GROUPS = 310
"""So many groups of 25 over two years give about a million postings."""

_BEFORE = """
SELECT a.account, sum(p.amount), sum(p.units) FROM accounts a JOIN postings p ON p.account_id = a.id
WHERE a.group_id = ? AND a.member_id = ? AND p.day < ? GROUP BY a.account
"""
_MOVES = """
SELECT a.account, p.day, p.amount, p.units, p.kind, v.paper, v.year, v.number, v.text, m.number
FROM accounts a JOIN postings p ON p.account_id = a.id JOIN vouchers v ON v.id = p.voucher_id
LEFT JOIN meetings m ON m.id = v.meeting_id
WHERE a.group_id = ? AND a.member_id = ? AND p.day >= ? AND p.day <= ?
ORDER BY a.account, p.day, p.id
"""


def make_book(path: Path) -> int:
    """Write the large book and return how many postings it has."""
    demo.write_demo(str(path), DemoOrder(groups=GROUPS, today=TODAY), bulk=True)
    with Book.open(str(path)) as book, book.read() as session:
        return int(session.connection().exec_driver_sql("SELECT count(*) FROM postings").scalar_one())


def run(path: Path, postings: int) -> list[Line]:
    """Read members' data both ways, another member each time."""
    with Book.open(str(path)) as book:
        with book.read() as session:
            people = session.connection().exec_driver_sql(
                'SELECT group_id, member_id FROM memberships WHERE "left" IS NULL ORDER BY member_id * 7919 % 9973'
            )
            members = [(GroupId(group), MemberId(member)) for group, member in people.all()]
        bare = sqlite3.connect(path, isolation_level=None)
        set_pragmas(bare)
        turns = {"ours": 0, "bare": 0, "whole": 0}

        def another(side: str) -> tuple[GroupId, MemberId]:
            turns[side] += 1
            return members[turns[side] % len(members)]

        def ours() -> None:
            group, member = another("ours")
            with book.read() as session:
                member_moves(session, group, [member], STARTS, ENDS)

        def limit() -> None:
            group, member = another("bare")
            bare.execute(_BEFORE, (group, member, STARTS.isoformat())).fetchall()
            bare.execute(_MOVES, (group, member, STARTS.isoformat(), ENDS.isoformat())).fetchall()

        def whole() -> None:
            group, member = another("whole")
            order = statements.StatementOrder(group, STARTS, ENDS, (member,))
            statements.gather(book, order, Act("bench", _NOW, TODAY))

        measured, floor, gathered = interleaved(150, ours, limit, whole, warm=30)
        bare.close()
    many = f"{postings / 1e6:.2f} million postings"
    return [
        Line("One member's year of movements / bare query", measured, floor, 3, note=many),
        Line("… with all that the paper prints (for knowledge)", gathered, floor, None),
    ]


_NOW = Act.now("bench").at
