"""How this book counts arrears and classifies loans: what holds on a day, and rows that overrule the usual.

They are kept in the book's dated thresholds (`livelihood_standards`), each row speaking of livelihoods, of loans, or of
both: the latest row that speaks of loans holds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import new_uid
from desktop.models.problems import refuse_if_stopped
from desktop.models.records.every import LivelihoodStandard
from desktop.models.rules.livelihoods.standards import Standards
from desktop.models.rules.loans.standards import (
    DatedLoanStandards,
    LoanStandards,
    check_loan_standards,
    loan_standards_on,
    scale_words,
    tolerance_words,
)
from desktop.models.rules.plain import from_text, to_text
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.dated_standards import check_reason
from desktop.store.book import Book
from resources.lang.messages import _


@dataclass(frozen=True, slots=True)
class LoanStandardLine:
    """What held of loans from a day on, in words; no day for the usual."""

    since: date | None
    value: LoanStandards
    arrears: str
    scale: str
    reason: str


def rows_in(session: Session) -> list[DatedLoanStandards]:
    """Return all that was decided of loans, by the day from which it holds."""
    found = []
    for row in session.scalars(select(LivelihoodStandard).order_by(LivelihoodStandard.since)):
        kept = from_text(Standards, row.rules).loans
        if kept is not None:
            found.append(DatedLoanStandards(row.since, kept))
    return found


def standards_in(session: Session, day: date) -> DatedLoanStandards:
    """Return what holds on a day."""
    return loan_standards_on(rows_in(session), day)


def standards(book: Book, day: date) -> DatedLoanStandards:
    """Return what holds on a day."""
    with book.read() as session:
        return standards_in(session, day)


def lines(book: Book, day: date) -> list[LoanStandardLine]:
    """Return all standards by the day from which they hold, the usual ones first (in their version of `day`)."""
    with book.read() as session:
        rows = rows_in(session)
    usual = loan_standards_on([], day)
    first = LoanStandardLine(
        None,
        usual.value,
        tolerance_words(usual.value.tolerance),
        scale_words(usual, day),
        _("Mức thường dùng"),
    )
    own = [
        LoanStandardLine(
            row.since,
            row.value,
            tolerance_words(row.value.tolerance),
            scale_words(row, max(day, row.since)),
            row.value.reason,
        )
        for row in rows
    ]
    return [first, *own]


def keep(book: Book, since: date, value: LoanStandards, reason: str, act: Act) -> Outcome[int]:
    """Let arrears and debt groups be counted otherwise from a day on, with the reason. Raises Refusal."""
    refuse_if_stopped([*check_loan_standards(value), *check_reason(reason)])
    kept = replace(value, reason=reason.strip())
    with book.write(act) as session:
        row = session.scalar(select(LivelihoodStandard).where(LivelihoodStandard.since == since))
        if row is None:
            text = to_text(Standards(loans=kept, alone=True))
            row = LivelihoodStandard(uid=new_uid(), since=since, rules=text)
            session.add(row)
        else:
            row.rules = to_text(replace(from_text(Standards, row.rules), loans=kept))
        session.flush()
        key = row.id
    # Portfolio, board and reports of every group follow.
    return Outcome(key, Changed.of(Topic.LOANS, Topic.BOARD))
