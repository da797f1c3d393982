"""Lending on what the group borrowed: which member loans a lender's loan pays for, and what is left of it.

The source of a loan stands on its application. Money that members repay is free to be lent again, so what is left is
the lender's principal still owed less what members still owe of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, LoanId
from desktop.models.kinds import LoanDirection, LoanStage
from desktop.models.problems import Problem
from desktop.models.records.every import Loan
from desktop.services.loan_lists import funded_by
from desktop.services.loan_portfolio import bound, outstanding_rows
from desktop.store.book import Book
from resources.lang.dong import show_dong
from resources.lang.messages import _

_PROMISED = (LoanStage.APPLIED, LoanStage.APPROVED)


@dataclass(frozen=True, slots=True)
class Source:
    """A lender's loan that members' loans may be paid from. Amounts in đồng: owed to the lender, lent on, left."""

    id: LoanId
    code: str
    lender: str
    owed: int
    lent: int

    @property
    def left(self) -> int:
        """Return what may still be lent on."""
        return max(self.owed - self.lent, 0)


def sources(book: Book, group: GroupId, day: date) -> list[Source]:
    """Return the lenders' loans of a group that still stand on a day, the oldest first."""
    with book.read() as session:
        return _sources(session, group, day)


def _sources(session: Session, group: GroupId, day: date) -> list[Source]:
    owed = outstanding_rows(LoanDirection.IN)
    query = (
        select(Loan.id, Loan.code, Loan.lender, owed.c.outstanding)
        .join(owed, owed.c.id == Loan.id)
        .where(Loan.group_id == group, Loan.direction == LoanDirection.IN, Loan.stage == LoanStage.ACTIVE)
        .order_by(Loan.id)
    )
    return [
        Source(LoanId(row.id), row.code, row.lender, int(row.outstanding), _lent(session, row.id, day))
        for row in session.execute(query, bound(session, day))
    ]


def _lent(session: Session, source: int, day: date) -> int:
    """Return what members owe of a source on a day, with what was promised to them."""
    owed = outstanding_rows(LoanDirection.OUT)
    query = (
        select(Loan.stage, Loan.amount, owed.c.outstanding)
        .outerjoin(owed, owed.c.id == Loan.id)
        .where(Loan.direction == LoanDirection.OUT, funded_by(LoanId(source)))
    )
    return sum(
        row.amount if row.stage in _PROMISED else int(row.outstanding or 0)
        for row in session.execute(query, bound(session, day))
    )


def check_source(session: Session, group: GroupId, source: int, amount: int, day: date) -> list[Problem]:
    """Return what is wrong with paying a loan of `amount` from a source (0: the group's own money)."""
    if not source:
        return []
    found = next((one for one in _sources(session, group, day) if one.id == source), None)
    if found is None:
        return [
            Problem.stop(
                "source", "funded_by", _("Nhóm không còn khoản vay này của bên cho vay vào ngày ấy.")
            )
        ]
    if amount > found.left:
        return [
            Problem.warn(
                "source-short",
                "funded_by",
                _("Vốn vay của {lender} chỉ còn {left} để cho vay lại.").format(
                    lender=found.lender, left=show_dong(found.left)
                ),
            )
        ]
    return []
