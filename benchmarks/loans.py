"""Loans: schedules a second against the same sums in a bare loop; the portfolio of a day against the bare SQL."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

from benchmarks import portfolio
from benchmarks.measure import Line, interleaved
from desktop.models.rules.loans.allocation import allocation
from desktop.models.rules.loans.events import Disbursement, Event, Repayment
from desktop.models.rules.loans.schedule import plan
from desktop.models.rules.loans.state import loan_state
from desktop.models.rules.loans.terms import RateUnit, Terms

TERM = 12
START = date(2025, 1, 15)
TODAY = date(2025, 9, 1)
_BATCH = 200


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


def run(folder: Path) -> list[Line]:
    """Return the lines of the table."""
    return [schedules(), states(), *portfolio.run(folder)]
