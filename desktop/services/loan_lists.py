"""Lists of loans, asked for by pages: which, in which order, and their sums."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Subquery, func, literal, or_, select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, LoanId, MemberId
from desktop.models.kinds import LoanDirection, LoanStage
from desktop.models.records.base import DayColumn
from desktop.models.records.every import Group, Loan, Member
from desktop.services.loan_portfolio import bound, names_of, outstanding_rows
from desktop.store.book import Book
from resources.lang.names import fold

_NEVER = literal(date(9999, 12, 31), DayColumn())
"""Where a loan that is not late stands among the first late days."""


@dataclass(frozen=True, slots=True)
class LoanFilter:
    """Which loans: of a group, of a member, in some stages, paid from a lender's loan (`source`); words of code,
    borrower, lender or purpose."""

    group: GroupId | None = None
    member: MemberId | None = None
    stages: tuple[LoanStage, ...] = ()
    direction: LoanDirection = LoanDirection.OUT
    text: str = ""
    source: LoanId | None = None


class LoanOrder(StrEnum):
    """What a list of loans is ordered by."""

    APPLIED = "applied"
    CODE = "code"
    GROUP = "group"
    NAME = "name"
    AMOUNT = "amount"
    OUTSTANDING = "outstanding"
    OVERDUE = "overdue"
    LATE = "late"
    STAGE = "stage"
    DISBURSED = "disbursed"


@dataclass(frozen=True, slots=True)
class LoanSort:
    """How a list of loans is ordered; the latest application first unless something else is asked."""

    by: LoanOrder = LoanOrder.APPLIED
    descending: bool = True


@dataclass(frozen=True, slots=True)
class LoanRow:
    """A loan in a list. Amounts in đồng; what is owed and late as of the day asked."""

    id: LoanId
    code: str
    group: GroupId
    group_code: str
    member: MemberId | None
    name: str
    purpose: str
    amount: int
    stage: LoanStage
    applied_on: date
    disbursed_on: date | None
    outstanding: int
    overdue: int
    days_late: int
    rescheduled: int


@dataclass(frozen=True, slots=True)
class LoanSums:
    """The sums of a list, in đồng."""

    loans: int
    outstanding: int
    overdue: int


def count(book: Book, wanted: LoanFilter, day: date) -> int:
    """Return how many loans the filter finds."""
    return sums(book, wanted, day).loans


def sums(book: Book, wanted: LoanFilter, day: date) -> LoanSums:
    """Return how many loans the filter finds, what is outstanding of them on a day and what is overdue."""
    owed = outstanding_rows(wanted.direction)
    query = (
        select(
            func.count(Loan.id),
            func.coalesce(func.sum(owed.c.outstanding), 0),
            func.coalesce(func.sum(owed.c.overdue), 0),
        )
        .select_from(Loan)
        .outerjoin(owed, owed.c.id == Loan.id)
        .where(*_conditions(wanted))
    )
    with book.read() as session:
        loans, outstanding, overdue = session.execute(query, bound(session, day, wanted.direction)).one()
    return LoanSums(int(loans), int(outstanding), int(overdue))


def page(book: Book, wanted: LoanFilter, sort: LoanSort, offset: int, limit: int, day: date) -> list[LoanRow]:
    """Return a part of the list, with what is owed on a day."""
    with book.read() as session:
        return _rows(session, wanted, sort, day, offset, limit)


def listed(book: Book, wanted: LoanFilter, day: date) -> list[LoanRow]:
    """Return all loans of a filter, the latest application first, with what is owed on a day."""
    with book.read() as session:
        return _rows(session, wanted, LoanSort(), day, 0, None)


def _rows(
    session: Session, wanted: LoanFilter, sort: LoanSort, day: date, offset: int, limit: int | None
) -> list[LoanRow]:
    owed = outstanding_rows(wanted.direction)
    # The longer the delay, the earlier its first day: days late go down where that day goes up.
    down = sort.descending is not (sort.by is LoanOrder.LATE)
    turn: Callable[[Any], Any] = (lambda c: c.desc()) if down else (lambda c: c.asc())
    query = (
        select(Loan, Group.code, owed.c.outstanding, owed.c.overdue, owed.c.oldest, owed.c.extended)
        .join(Group, Group.id == Loan.group_id)
        .outerjoin(Member, Member.id == Loan.member_id)
        .outerjoin(owed, owed.c.id == Loan.id)
        .where(*_conditions(wanted))
        .order_by(*[turn(column) for column in _order(sort.by, owed)], turn(Loan.id))
        .offset(offset)
    )
    page_of = query if limit is None else query.limit(limit)
    found = session.execute(page_of, bound(session, day, wanted.direction)).all()
    names = names_of(session, [row[0].member_id for row in found if row[0].member_id is not None])
    return [_row(*row, names=names, day=day) for row in found]


def funded_by(source: LoanId) -> ColumnElement[bool]:
    """Say that a loan is paid from a lender's loan: its application names it (`rules.plain` writes keys in order)."""
    return Loan.paper.contains(f'"funded_by":{source},')


def _conditions(wanted: LoanFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [Loan.direction == wanted.direction]
    if wanted.group is not None:
        found.append(Loan.group_id == wanted.group)
    if wanted.member is not None:
        found.append(Loan.member_id == wanted.member)
    if wanted.stages:
        found.append(Loan.stage.in_(wanted.stages))
    if wanted.source is not None:
        found.append(funded_by(wanted.source))
    for word in wanted.text.split():
        named = select(Member.id).where(
            or_(
                Member.name_fold.contains(fold(word), autoescape=True),
                Member.code.contains(word.upper(), autoescape=True),
            )
        )
        found.append(
            or_(
                Loan.member_id.in_(named),
                Loan.code.contains(word.upper(), autoescape=True),
                *(column.icontains(word, autoescape=True) for column in (Loan.purpose, Loan.lender)),
            )
        )
    return found


def _order(by: LoanOrder, owed: Subquery) -> Sequence[Any]:
    columns: dict[LoanOrder, Sequence[Any]] = {
        LoanOrder.APPLIED: (Loan.applied_on,),
        LoanOrder.CODE: (func.length(Loan.code), Loan.code),
        LoanOrder.GROUP: (Group.code,),
        LoanOrder.NAME: (func.coalesce(Member.name_sort, Loan.lender),),
        LoanOrder.AMOUNT: (Loan.amount,),
        LoanOrder.OUTSTANDING: (func.coalesce(owed.c.outstanding, 0),),
        LoanOrder.OVERDUE: (func.coalesce(owed.c.overdue, 0),),
        LoanOrder.LATE: (func.coalesce(owed.c.oldest, _NEVER),),
        LoanOrder.STAGE: (Loan.stage,),
        LoanOrder.DISBURSED: (Loan.disbursed_on,),
    }
    return columns[by]


def _row(
    loan: Loan,
    group_code: str,
    outstanding: int | None,
    overdue: int | None,
    oldest: Any,
    times: int | None,
    *,
    names: dict[int, str],
    day: date,
) -> LoanRow:
    if isinstance(oldest, str):
        oldest = date.fromisoformat(oldest)
    return LoanRow(
        LoanId(loan.id),
        loan.code,
        GroupId(loan.group_id),
        group_code,
        None if loan.member_id is None else MemberId(loan.member_id),
        loan.lender if loan.member_id is None else names.get(loan.member_id, ""),
        loan.purpose,
        loan.amount,
        loan.stage,
        loan.applied_on,
        loan.disbursed_on,
        int(outstanding or 0),
        int(overdue or 0),
        0 if oldest is None else (day - oldest).days,
        int(times or 0),
    )
