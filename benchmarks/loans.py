"""Loans: schedules a second against the same sums in a bare loop; portfolio at risk against the bare SQL."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta
from fractions import Fraction

from benchmarks.measure import Line, interleaved
from desktop.models.rules.loans.allocation import allocation
from desktop.models.rules.loans.arrears import Due, LoanRisk, days_late, portfolio_at_risk
from desktop.models.rules.loans.events import Disbursement, Event, Repayment
from desktop.models.rules.loans.schedule import plan
from desktop.models.rules.loans.state import loan_state
from desktop.models.rules.loans.terms import RateUnit, Terms

LOANS = 100_000
TERM = 12
START = date(2025, 1, 15)
TODAY = date(2025, 9, 1)
_BATCH = 200

_AT_RISK = """
WITH paid AS (SELECT loan, SUM(amount) AS paid FROM payments WHERE paid_on <= :today GROUP BY loan),
     due AS (SELECT loan, due_on, SUM(amount) OVER (PARTITION BY loan ORDER BY due_on) AS so_far
             FROM dues WHERE due_on <= :today),
     late AS (SELECT due.loan, MIN(due.due_on) AS oldest FROM due LEFT JOIN paid USING (loan)
              WHERE so_far > COALESCE(paid, 0) GROUP BY due.loan)
SELECT SUM(CASE WHEN julianday(:today) - julianday(oldest) > 30 THEN outstanding ELSE 0 END), SUM(outstanding)
FROM loans LEFT JOIN late ON late.loan = loans.id
"""


def _terms(principal: int = 10_000_000) -> Terms:
    return Terms(principal, START, TERM, Fraction(1), RateUnit.MONTH)


def schedules() -> Line:
    """Measure equal-principal schedules against the same figures from a loop over bare integers."""

    def ours() -> None:
        for i in range(_BATCH):
            plan(_terms(10_000_000 + i))

    def bare() -> None:
        for i in range(_BATCH):
            balance = 10_000_000 + i
            share, rows = (2 * balance + TERM) // (2 * TERM), []
            for nr in range(TERM):
                part = balance if nr == TERM - 1 else share
                interest = (2 * balance + 100) // 200
                due = date(START.year + nr // 12, (START.month + nr) % 12 + 1, START.day)
                rows.append((nr, due, part, interest, balance - part))
                balance -= part

    measured, limit = interleaved(15, ours, bare)
    rate, bare_rate = _BATCH / measured * 1000, _BATCH / limit * 1000
    return Line(
        "schedules a second, 12 rows", rate, bare_rate, None, "/s", "checked rows against bare sums", True
    )


def states() -> Line:
    """Measure the replay of a loan with six payments."""
    terms = _terms()
    events: list[Event] = [Disbursement(1, START, terms.principal)]
    events += [Repayment(row.nr + 1, row.due_on, row.total) for row in plan(terms).rows[:6]]
    rule = allocation()

    def ours() -> None:
        for _ in range(_BATCH):
            loan_state(terms, events, rule, TODAY)

    (measured,) = interleaved(10, ours)
    return Line("loan states a second, six payments", _BATCH / measured * 1000, None, None, "/s")


def portfolio() -> Line:
    """Measure PAR30 of 100,000 loans by the rule, row by row, against one query over the same rows."""
    book = _book()

    def sql() -> tuple[int, int]:
        at_risk, outstanding = book.execute(_AT_RISK, {"today": TODAY.isoformat()}).fetchone()
        return at_risk, outstanding

    def ours() -> tuple[int, int]:
        return portfolio_at_risk(_risks(book), 30, count_rescheduled=False)

    assert sql() == ours()  # two ways to one figure, or neither is worth timing
    measured, limit = interleaved(3, ours, sql, warm=0)
    book.close()
    return Line(f"portfolio at risk, {LOANS:,} loans by the rule", measured, limit, None)


def _risks(book: sqlite3.Connection) -> list[LoanRisk]:
    dues: dict[int, list[Due]] = {}
    for loan, on, amount in book.execute(
        "SELECT loan, due_on, amount FROM dues WHERE due_on <= ?", (TODAY.isoformat(),)
    ):
        dues.setdefault(loan, []).append(Due(date.fromisoformat(on), amount))
    paid: dict[int, list[Due]] = {}
    for loan, on, amount in book.execute("SELECT loan, paid_on, amount FROM payments"):
        paid.setdefault(loan, []).append(Due(date.fromisoformat(on), amount))
    return [
        LoanRisk(outstanding, days_late(dues.get(loan, []), paid.get(loan, []), TODAY))
        for loan, outstanding in book.execute("SELECT id, outstanding FROM loans")
    ]


def _book() -> sqlite3.Connection:
    """Return 100,000 loans of one shape; every seventh stopped paying after some months."""
    book = sqlite3.connect(":memory:")
    book.executescript(
        "CREATE TABLE loans (id INTEGER PRIMARY KEY, outstanding INTEGER);"
        "CREATE TABLE dues (loan INTEGER, due_on TEXT, amount INTEGER);"
        "CREATE TABLE payments (loan INTEGER, paid_on TEXT, amount INTEGER);"
    )
    rows = plan(_terms()).rows
    loans, dues, payments = [], [], []
    for loan in range(1, LOANS + 1):
        shift = timedelta(days=loan % 30)
        stopped = loan % 7 if loan % 7 < 6 and loan % 3 == 0 else 99
        outstanding = 10_000_000
        for row in rows:
            due = row.due_on + shift
            dues.append((loan, due.isoformat(), row.total))
            if due <= TODAY and row.nr <= stopped:
                payments.append((loan, due.isoformat(), row.total))
                outstanding -= row.principal
        loans.append((loan, outstanding))
    book.executemany("INSERT INTO loans VALUES (?, ?)", loans)
    book.executemany("INSERT INTO dues VALUES (?, ?, ?)", dues)
    book.executemany("INSERT INTO payments VALUES (?, ?, ?)", payments)
    book.execute("CREATE INDEX dues_loan ON dues (loan, due_on)")
    book.execute("CREATE INDEX payments_loan ON payments (loan)")
    return book


def run() -> list[Line]:
    """Return the lines of the table."""
    return [schedules(), states(), portfolio()]
