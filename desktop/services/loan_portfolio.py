"""The portfolio of a day: what is outstanding, how late it is, what it may cost.

Figures come from the postings (what is outstanding on a day) and from `loan_dues` (what fell due by then), in one
query; the days late of a loan are those of its oldest unpaid due amount that counts (`rules.loans.arrears.arrears_on`,
asked of all loans at once). What counts, and the scale of debt groups, are the book's own (`loan_standards`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    Subquery,
    Text,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    select,
)
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, LoanId, MemberId
from desktop.models.kinds import Account, EntryKind, LoanDirection, LoanEventKind
from desktop.models.records.base import table_of
from desktop.models.records.every import (
    AccountRow,
    Group,
    Loan,
    LoanDue,
    LoanEvent,
    Member,
    Posting,
)
from desktop.models.rules.loans.arrears import (
    NO_TOLERANCE,
    Arrears,
    Bucket,
    DebtScale,
    LoanRisk,
    Tolerance,
    ageing,
    client_groups,
    debt_group,
    portfolio_at_risk,
    provision,
)
from desktop.models.rules.loans.standards import USUAL, DatedLoanStandards
from desktop.services.loan_standards import standards_in
from desktop.store.book import Book
from resources.lang.names import join_name

_a, _p = table_of(AccountRow), table_of(Posting)
_d, _l, _e = table_of(LoanDue), table_of(Loan), table_of(LoanEvent)


_PAID_ON = {
    # What comes back after a write-off is paid as well; it no longer lowers what is lent.
    LoanDirection.OUT: (
        Account.LOANS,
        Account.INTEREST,
        Account.FEES,
        Account.PENALTIES,
        Account.WRITE_OFFS,
    ),
    LoanDirection.IN: (Account.LENDERS, Account.INTEREST_PAID),
}
"""The accounts of a loan that its payments move."""
_NO_PAYMENT = [
    int(kind)
    for kind in (
        EntryKind.LOAN_OUT,
        EntryKind.LOAN_OUT_BANK,
        EntryKind.LOAN_UPFRONT,
        EntryKind.LOAN_UPFRONT_BANK,
        EntryKind.LOAN_WRITE_OFF,
        EntryKind.LENDER_IN,
        EntryKind.OPENING_LOAN,
        EntryKind.OPENING_LENDER,
    )
]


def paid_rows(direction: LoanDirection) -> CTE:
    """Return, by loan, what is outstanding and what was paid up to the day bound to `on`: worked out once in a query."""
    lent = Account.LOANS if direction is LoanDirection.OUT else Account.LENDERS
    sign = 1 if direction is LoanDirection.OUT else -1
    return (
        select(
            _a.c.loan_id,
            func.sum(case((_a.c.account == int(lent), sign * _p.c.amount), else_=0)).label("outstanding"),
            func.sum(
                # Disbursements and write-offs are no payments; reversals of payments count against them.
                case((_p.c.kind.in_(_NO_PAYMENT), 0), else_=-sign * _p.c.amount)
            ).label("paid"),
        )
        .select_from(_a.join(_p, _p.c.account_id == _a.c.id))
        .where(
            _a.c.loan_id.is_not(None),
            _a.c.account.in_([int(account) for account in _PAID_ON[direction]]),
            _p.c.day <= bindparam("on"),
        )
        .group_by(_a.c.loan_id)
        .cte("paid")
    )


def _not_undone() -> ColumnElement[bool]:
    """Say that an event was not taken back later: its place stands in the detail of no undoing."""
    undo = _e.alias()
    target = literal('{"target": ') + cast(_e.c.seq, Text) + literal("}")
    return ~exists().where(
        undo.c.loan_id == _e.c.loan_id, undo.c.kind == LoanEventKind.UNDO, undo.c.detail == target
    )


@cache
def _portfolio(direction: LoanDirection) -> Select[Any]:
    """Return the query of a portfolio: bind what `bound` gives. What the group lends, or what it owes to lenders."""
    paid = paid_rows(direction)
    due_sum = (
        select(
            _d.c.loan_id,
            _d.c.due_on,
            (_d.c.principal + _d.c.interest + _d.c.fees + _d.c.penalties).label("amount"),
            func.sum(_d.c.principal + _d.c.interest + _d.c.fees + _d.c.penalties)
            .over(partition_by=_d.c.loan_id, order_by=_d.c.nr)
            .label("so_far"),
        )
        .where(_d.c.due_on < bindparam("on"))
        .subquery()
    )
    missing = due_sum.c.so_far - paid.c.paid
    old = due_sum.c.due_on < bindparam("counted_before")
    counts = old & (missing >= bindparam("least"))
    late = (
        select(
            due_sum.c.loan_id,
            func.min(case((counts, due_sum.c.due_on))).label("oldest"),
            func.max(case((counts, missing), else_=0)).label("overdue"),
            func.max(missing).label("missing"),
        )
        .select_from(due_sum.join(paid, paid.c.loan_id == due_sum.c.loan_id))
        .where(due_sum.c.so_far > paid.c.paid)
        .group_by(due_sum.c.loan_id)
        .subquery()
    )
    # After a disaster an extension does not count for the debt group; it stays visible all the same.
    worsens = case((_e.c.detail.contains('"counts": true'), 1), else_=0)
    moved = (
        select(_e.c.loan_id, func.count().label("extended"), func.sum(worsens).label("times"))
        .where(_e.c.kind == LoanEventKind.RESCHEDULE, _e.c.day <= bindparam("on"), _not_undone())
        .group_by(_e.c.loan_id)
        .subquery()
    )
    return (
        select(
            _l.c.id,
            _l.c.code,
            _l.c.group_id,
            _l.c.member_id,
            _l.c.amount,
            _l.c.disbursed_on,
            paid.c.outstanding,
            late.c.oldest,
            late.c.overdue,
            late.c.missing,
            func.coalesce(moved.c.times, 0).label("times"),
            func.coalesce(moved.c.extended, 0).label("extended"),
        )
        .select_from(
            _l.join(paid, paid.c.loan_id == _l.c.id)
            .outerjoin(late, late.c.loan_id == _l.c.id)
            .outerjoin(moved, moved.c.loan_id == _l.c.id)
        )
        .where(_l.c.direction == direction, paid.c.outstanding > 0)
        .order_by(_l.c.id)
    )


def bound(session: Session, day: date, direction: LoanDirection = LoanDirection.OUT) -> dict[str, Any]:
    """Return what the queries of a portfolio are bound to on a day: the day, and what is no arrears yet in this book."""
    return _bound(day, tolerance_of(standards_in(session, day), direction))


def tolerance_of(held: DatedLoanStandards, direction: LoanDirection) -> Tolerance:
    """Return what is no arrears yet: the book's own for its members' loans, nothing for what a group owes its lender."""
    return held.value.tolerance if direction is LoanDirection.OUT else NO_TOLERANCE


def _bound(day: date, tolerance: Tolerance) -> dict[str, Any]:
    return {"on": day, "counted_before": tolerance.counted_before(day), "least": tolerance.least}


def outstanding_rows(direction: LoanDirection) -> Subquery:
    """Return the portfolio of a day as a part of another query, by the loan's `id`; bind it to what `bound` gives."""
    return _portfolio(direction).order_by(None).subquery()


@dataclass(frozen=True, slots=True)
class LoanAtRisk:
    """A loan in the portfolio of a day; amounts in đồng. `overdue` is what fell due before, is unpaid, and counts.

    `passed_over` fell due before as well, and is left out by what the book does not count as arrears.

    `rescheduled`: how many times its days were moved in a way that counts for the debt group; `extended`: all times,
    also after a disaster.
    """

    id: LoanId
    code: str
    group: GroupId
    group_code: str
    member: MemberId | None
    name: str
    amount: int
    disbursed_on: date
    outstanding: int
    overdue: int
    days_late: int
    rescheduled: int
    debt_group: int
    provision: int
    extended: int = 0
    passed_over: int = 0


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The portfolio of a day. Amounts in đồng; `ageing` follows `buckets`; at risk: the whole outstanding principal.

    `tolerance` is what was no arrears yet, `standards` what holds in the book that day.
    """

    day: date
    loans: tuple[LoanAtRisk, ...]
    buckets: tuple[Bucket, ...]
    ageing: tuple[int, ...]
    outstanding: int
    at_risk_30: int
    overdue: int
    provisions: int
    tolerance: Tolerance = NO_TOLERANCE
    standards: DatedLoanStandards = USUAL

    @property
    def passed_over(self) -> int:
        """Return what fell due before, is unpaid, and is left out of the arrears."""
        return sum(loan.passed_over for loan in self.loans)

    @property
    def par30(self) -> Fraction | None:
        """Return PAR30 as a ratio, or None without a portfolio."""
        return Fraction(self.at_risk_30, self.outstanding) if self.outstanding else None


def portfolio(
    book: Book,
    day: date,
    group: GroupId | None = None,
    *,
    direction: LoanDirection = LoanDirection.OUT,
    scale: DebtScale | None = None,
    tolerance: Tolerance | None = None,
) -> Portfolio:
    """Return the portfolio of a day, of one group or of all, as the book counts; or by another scale or tolerance."""
    with book.read() as session:
        held = standards_in(session, day)
        by = scale or held.value.debt_scale(day)
        allowed = tolerance_of(held, direction) if tolerance is None else tolerance
        query = _portfolio(direction)
        if group is not None:
            query = query.where(_l.c.group_id == group)
        rows = session.connection().execute(query, _bound(day, allowed)).all()
        groups = {row[0]: row[1] for row in session.execute(select(Group.id, Group.code))}
        names = names_of(session, [row.member_id for row in rows if row.member_id is not None])
    late = [arrears_of(row, day) for row in rows]
    own = [debt_group(by, one.days_late, row.times) for one, row in zip(late, rows, strict=True)]
    # One debt group a borrower: the worst of all they have.
    worst = client_groups(
        (row.member_id, group) for row, group in zip(rows, own, strict=True) if row.member_id is not None
    )
    loans = tuple(
        _at_risk(row, one, worst.get(row.member_id, group), by, groups, names)
        for row, one, group in zip(rows, late, own, strict=True)
    )
    risks = [LoanRisk(loan.outstanding, loan.days_late, loan.rescheduled) for loan in loans]
    at_risk, outstanding = portfolio_at_risk(risks, 30)
    buckets = held.value.buckets
    return Portfolio(
        day,
        loans,
        buckets,
        tuple(ageing(risks, buckets)),
        outstanding,
        at_risk,
        sum(loan.overdue for loan in loans),
        sum(loan.provision for loan in loans),
        allowed,
        held,
    )


def arrears_of(row: Any, day: date) -> Arrears:
    """Return the arrears in a row of a portfolio's query (`oldest`, `overdue`, `missing`)."""
    oldest = row.oldest
    if isinstance(oldest, str):
        oldest = date.fromisoformat(oldest)
    overdue = int(row.overdue or 0)
    return Arrears(day, oldest, overdue, int(row.missing or 0) - overdue)


def _at_risk(
    row: Any, late: Arrears, group: int, scale: DebtScale, groups: dict[int, str], names: dict[int, str]
) -> LoanAtRisk:
    outstanding = int(row.outstanding)
    return LoanAtRisk(
        LoanId(row.id),
        row.code,
        GroupId(row.group_id),
        groups.get(row.group_id, ""),
        row.member_id,
        names.get(row.member_id, ""),
        row.amount,
        row.disbursed_on,
        outstanding,
        late.overdue,
        late.days_late,
        int(row.times),
        group,
        provision(scale, group, outstanding),
        int(row.extended),
        late.passed_over,
    )


def names_of(session: Session, members: Iterable[int]) -> dict[int, str]:
    """Return the full names of members by their ids."""
    wanted = sorted(set(members))
    found: dict[int, str] = {}
    for start in range(0, len(wanted), 500):
        rows = session.execute(
            select(Member.id, Member.family, Member.middle, Member.given).where(
                Member.id.in_(wanted[start : start + 500])
            )
        )
        found.update({row.id: join_name(row.family, row.middle, row.given) for row in rows})
    return found
