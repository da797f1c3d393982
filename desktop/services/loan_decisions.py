"""What the decision on a loan starts from: the meetings it may have been taken at, and the likeliest of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from desktop.models.ids import GroupId, LoanId, MeetingId
from desktop.models.kinds import MeetingState
from desktop.models.records.every import Loan, Meeting
from desktop.models.rules.loans.terms import Terms
from desktop.models.rules.plain import from_text
from desktop.services.loan_applications import applied_day
from desktop.services.meetings import meetings_of
from desktop.store.book import Book

_MOST = 60


@dataclass(frozen=True, slots=True)
class HeldMeeting:
    """A posted meeting that a loan may have been decided at; `present` as its sheet says."""

    id: MeetingId
    number: int
    day: date
    present: int


@dataclass(frozen=True, slots=True)
class DecisionChoices:
    """The group's meetings, the latest first; the likeliest one; the day to begin with; the application's day."""

    meetings: tuple[HeldMeeting, ...]
    meeting: MeetingId | None
    day: date
    applied_on: date


def decision_choices(book: Book, loan_id: LoanId, today: date) -> DecisionChoices:
    """Return where and when a loan may have been decided.

    The likeliest meeting is the last one between application and the day for which the money was asked; without one the day is that
    day itself, or today where it is still to come.
    """
    with book.read() as session:
        loan = session.get_one(Loan, loan_id)
        group, applied = GroupId(loan.group_id), applied_day(loan)
        wanted = min(from_text(Terms, loan.terms).disbursed_on, today)
        first = session.scalar(
            select(Meeting.id)
            .where(
                Meeting.group_id == group,
                Meeting.state == MeetingState.POSTED,
                Meeting.day.between(applied, wanted),
            )
            .order_by(Meeting.day.desc())
            .limit(1)
        )
    held = tuple(
        HeldMeeting(row.id, row.number, row.day, row.present)
        for row in meetings_of(book, group, with_reversed=False)
        if row.day <= today
    )[:_MOST]
    likely = next((one for one in held if one.id == first), None)
    if likely is None:
        return DecisionChoices(held, None, wanted, applied)
    return DecisionChoices(held, likely.id, likely.day, applied)
