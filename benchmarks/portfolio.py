"""The portfolio of a day in a book of 100,000 loans: the service that pages and papers ask, against the bare SQL.

Both read the same rows of the same file on several days, and must give the same figures on each of them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.measure import Line, Took, interleaved_both
from desktop.models.ids import new_uid
from desktop.models.kinds import Account, EntryKind
from desktop.models.rules.loans.rows import Row
from desktop.models.rules.loans.schedule import plan
from desktop.models.rules.loans.terms import RateUnit, Terms
from desktop.services.loan_portfolio import portfolio
from desktop.store.book import Book
from desktop.store.engine import set_pragmas

LOANS, MEMBERS, GROUPS = 100_000, 25_000, 1_000
TERM, PRINCIPAL = 12, 10_000_000
START = date(2025, 1, 15)
DAYS = (date(2025, 3, 1), date(2025, 6, 10), date(2025, 9, 1), date(2025, 12, 31), date(2026, 4, 30))
"""From six weeks after the first loans to three months after the last instalment was due."""
PAID_UNTIL = date(2025, 9, 1)
_BATCH = 20_000

_AT_RISK = f"""
WITH paid AS (
  SELECT a.loan_id,
         sum(CASE WHEN a.account = {int(Account.LOANS)} THEN p.amount ELSE 0 END) AS outstanding,
         sum(CASE WHEN p.kind = {int(EntryKind.LOAN_OUT)} THEN 0 ELSE -p.amount END) AS paid
  FROM accounts a JOIN postings p ON p.account_id = a.id
  WHERE a.loan_id IS NOT NULL AND p.day <= :day GROUP BY a.loan_id),
due AS (
  SELECT loan_id, due_on, sum(principal + interest + fees + penalties) OVER (PARTITION BY loan_id ORDER BY nr) AS so_far
  FROM loan_dues WHERE due_on < :day),
late AS (
  SELECT due.loan_id, min(due_on) AS oldest, max(so_far - paid) AS overdue FROM due JOIN paid USING (loan_id)
  WHERE so_far > paid GROUP BY due.loan_id)
SELECT count(*), sum(outstanding), coalesce(sum(overdue), 0),
       sum(CASE WHEN julianday(:day) - julianday(oldest) > 30 THEN outstanding ELSE 0 END)
FROM paid LEFT JOIN late USING (loan_id) WHERE outstanding > 0
"""


def run(folder: Path) -> list[Line]:
    """Return one line for all days together and one for the slowest of them."""
    path = folder / "portfolio.sonhom"
    Book.create(str(path), "Sổ vay", "bench").close()
    _fill(path)
    bare = sqlite3.connect(path, isolation_level=None)
    set_pragmas(bare)
    took: list[tuple[date, Took, Took]] = []
    with Book.open(str(path)) as book:

        def ours(day: date) -> tuple[int, ...]:
            found = portfolio(book, day)
            return len(found.loans), found.outstanding, found.overdue, found.at_risk_30

        def limit(day: date) -> tuple[int, ...]:
            return tuple(bare.execute(_AT_RISK, {"day": day.isoformat()}).fetchone())

        for day in DAYS:
            assert ours(day) == limit(day), day  # two ways to one figure, or neither is worth timing
            service, floor = interleaved_both(
                3, lambda day=day: ours(day), lambda day=day: limit(day), warm=0
            )  # type: ignore[misc]
            took.append((day, service, floor))
    bare.close()
    day, service, floor = max(took, key=lambda one: one[1].wall / one[2].wall)
    ratios = ", ".join(f"{on:%d/%m/%y} {one.wall / other.wall:.2f}×" for on, one, other in took)
    wall = sum(one.wall for _on, one, _other in took) / len(took)
    bare_wall = sum(other.wall for _on, _one, other in took) / len(took)
    return [
        Line(f"portfolio of a day, {LOANS:,} loans, the service", wall, bare_wall, None, note=ratios),
        Line(
            f"… its slowest day, {day:%d/%m/%Y}",
            service.wall,
            floor.wall,
            None,
            note=f"processor {service.processor:,.0f} and {floor.processor:,.0f} ms",
        ),
    ]


# -- the book --------------------------------------------------------------------------------------


def _fill(path: Path) -> None:
    """Write the rows that a portfolio rests on: members, loans, what falls due, what was posted.

    Loans of one shape begin over thirty days. Up to September a third of them stop paying after some months, the others pay
    every instalment on its day; then nobody pays any more.
    """
    book = sqlite3.connect(path, isolation_level=None)
    set_pragmas(book)
    book.execute("PRAGMA foreign_keys = OFF")
    book.execute("BEGIN")
    (register,) = book.execute("SELECT id FROM registers").fetchone()
    _insert(book, "savings_groups", _groups())
    _insert(book, "members", _members())
    _insert(book, "vouchers", _vouchers(register))
    rows = plan(Terms(PRINCIPAL, START, TERM, Fraction(1), RateUnit.MONTH)).rows
    _insert(book, "loans", (_loan(loan) for loan in range(1, LOANS + 1)))
    _insert(book, "accounts", (one for loan in range(1, LOANS + 1) for one in _accounts(loan)))
    _insert(book, "loan_dues", (one for loan in range(1, LOANS + 1) for one in _dues(loan, rows)))
    _insert(book, "postings", (one for loan in range(1, LOANS + 1) for one in _postings(loan, rows)))
    book.execute("COMMIT")
    book.execute("PRAGMA optimize")
    book.close()


def _insert(book: sqlite3.Connection, table: str, rows: Iterator[dict[str, Any]]) -> None:
    """Insert rows in batches; columns that are not named get the empty value of their kind."""
    empty = {"INTEGER": 0, "TEXT": "", "BLOB": b""}
    columns = [
        (name, empty[kind] if needed else None)
        for _nr, name, kind, needed, *_rest in book.execute(f"PRAGMA table_info({table})")
        if name != "id"
    ]
    named = ", ".join(f'"{name}"' for name, _value in columns)
    marks = ", ".join("?" for _one in columns)
    while batch := list(islice(rows, _BATCH)):
        book.executemany(
            f"INSERT INTO {table} ({named}) VALUES ({marks})",
            [[row.get(name, value) for name, value in columns] for row in batch],
        )


def _groups() -> Iterator[dict[str, Any]]:
    for group in range(1, GROUPS + 1):
        yield {"uid": new_uid(), "code": f"N-{group:04}", "name": f"Nhóm {group}", "kind": "vsla"}


def _members() -> Iterator[dict[str, Any]]:
    for member in range(1, MEMBERS + 1):
        yield {"uid": new_uid(), "code": f"TV-{member:05}", "family": "Trần", "given": f"Thị {member}"}


def _vouchers(register: int) -> Iterator[dict[str, Any]]:
    """One voucher a group is enough: the portfolio asks nothing of them."""
    for group in range(1, GROUPS + 1):
        yield {"uid": new_uid(), "group_id": group, "paper": "PK", "year": 2025, "number": 1, "day": "2025-01-15",
               "register_id": register, "seq": 1_000 + group, "hash": bytes(32)}  # fmt: skip


def _loan(loan: int) -> dict[str, Any]:
    day = (START + _shift(loan)).isoformat()
    return {"uid": new_uid(), "code": f"KV-{loan:06}", "group_id": loan % GROUPS + 1, "member_id": loan % MEMBERS + 1,
            "direction": "out", "stage": "active", "amount": PRINCIPAL, "applied_on": day, "disbursed_on": day}  # fmt: skip


def _shift(loan: int) -> timedelta:
    return timedelta(days=loan % 30)


def _accounts(loan: int) -> Iterator[dict[str, Any]]:
    """The two accounts of a loan; their keys follow from its own."""
    for account in (Account.LOANS, Account.INTEREST):
        yield {
            "group_id": loan % GROUPS + 1,
            "account": int(account),
            "member_id": loan % MEMBERS + 1,
            "loan_id": loan,
        }


def _dues(loan: int, rows: tuple[Row, ...]) -> Iterator[dict[str, Any]]:
    for row in rows:
        due = (row.due_on + _shift(loan)).isoformat()
        yield {
            "loan_id": loan,
            "nr": row.nr,
            "due_on": due,
            "principal": row.principal,
            "interest": row.interest,
        }


def _postings(loan: int, rows: tuple[Row, ...]) -> Iterator[dict[str, Any]]:
    lent, interest, voucher = 2 * loan - 1, 2 * loan, loan % GROUPS + 1

    def one(account: int, day: date, amount: int, kind: EntryKind) -> dict[str, Any]:
        return {
            "voucher_id": voucher,
            "account_id": account,
            "day": day.isoformat(),
            "amount": amount,
            "kind": int(kind),
        }

    yield one(lent, START + _shift(loan), PRINCIPAL, EntryKind.LOAN_OUT)
    stops = loan % 7 if loan % 7 < 6 and loan % 3 == 0 else TERM
    for row in rows:
        due = row.due_on + _shift(loan)
        if due <= PAID_UNTIL and row.nr <= stops:
            yield one(lent, due, -row.principal, EntryKind.LOAN_PRINCIPAL)
            yield one(interest, due, -row.interest, EntryKind.LOAN_INTEREST)
