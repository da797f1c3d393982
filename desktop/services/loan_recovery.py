"""What fell due of loans up to a day and what was paid of it: the recovery rate and the loss it hides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import case, func, select

from desktop.models.ids import GroupId
from desktop.models.kinds import LoanDirection
from desktop.models.records.base import table_of
from desktop.models.records.every import Loan, LoanDue
from desktop.models.rules.loans.arrears import annual_loss_rate
from desktop.services.loan_portfolio import paid_rows
from desktop.store.book import Book

_d, _l = table_of(LoanDue), table_of(Loan)


@dataclass(frozen=True, slots=True)
class Recovery:
    """What fell due up to a day and what was paid of it, in đồng; a recovery rate never stands without its ALLR.

    `allr` is the annual loan loss rate that hides behind the recovery rate: (1 − rate) ÷ average term × 2.
    """

    due: int
    paid: int
    average_term_years: Fraction

    @property
    def rate(self) -> Fraction | None:
        """Return paid over due, at most 1, or None when nothing fell due."""
        return Fraction(self.paid, self.due) if self.due else None

    @property
    def allr(self) -> Fraction | None:
        """Return the annual loan loss rate, or None when nothing fell due."""
        return annual_loss_rate(self.paid, self.due, self.average_term_years)


def recovery(book: Book, day: date, group: GroupId | None = None) -> Recovery:
    """Return what fell due of all loans of the group (or the book) up to a day, and what was paid of it."""
    dues = (
        select(
            _d.c.loan_id,
            func.sum(
                case(
                    (_d.c.due_on <= day, _d.c.principal + _d.c.interest + _d.c.fees + _d.c.penalties), else_=0
                )
            ).label("due"),
            func.max(_d.c.due_on).label("last"),
        )
        .group_by(_d.c.loan_id)
        .subquery()
    )
    paid = paid_rows(LoanDirection.OUT)
    query = (
        select(dues.c.due, paid.c.paid, dues.c.last, _l.c.disbursed_on)
        .select_from(_l.join(dues, dues.c.loan_id == _l.c.id).join(paid, paid.c.loan_id == _l.c.id))
        .where(_l.c.direction == LoanDirection.OUT)
    )
    if group is not None:
        query = query.where(_l.c.group_id == group)
    with book.read() as session:
        rows = session.connection().execute(query, {"on": day}).all()
    days = 0
    for row in rows:
        last = date.fromisoformat(row.last) if isinstance(row.last, str) else row.last
        days += (last - row.disbursed_on).days
    return Recovery(
        sum(int(row.due) for row in rows),
        sum(min(int(row.paid), int(row.due)) for row in rows),
        Fraction(days, 365 * len(rows)) if rows else Fraction(0),
    )
