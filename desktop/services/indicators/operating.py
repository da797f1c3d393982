"""Whether a group that lends as a business carries its own costs (BV03, BV04): cooperative groups and revolving funds.

Of groups that save and lend by themselves the figures are not asked (indicators.md 5.2): nobody is paid there. The book keeps
no provision: what was written off in the period, less what came back of it, stands for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId
from desktop.models.kinds import Account, GroupKind, LoanDirection
from desktop.models.records.every import AccountRow, Group, Loan, Posting
from desktop.models.rules.closing import EARNED
from desktop.models.rules.loans.calendar import add_months
from desktop.services.indicators.facts import Facts, GroupFacts, Scope, Value, ratio
from desktop.services.indicators.loading import LOADERS, groups_in
from desktop.services.indicators.registry import Kind, Unit, indicator
from resources.lang.messages import _

LENDERS = frozenset({GroupKind.COOPERATIVE_GROUP, GroupKind.REVOLVING_FUND})
NAME = "active borrowers"
_FINANCIAL = (Account.SAVINGS_INTEREST, Account.INTEREST_PAID)


@dataclass(frozen=True, slots=True)
class Borrowers:
    """How many people owed a group on the day before the period and at each end of a month in it, on average."""

    group: GroupId
    average: Fraction


def _load(session: Session, scope: Scope, starts: date, ends: date) -> Iterator[Borrowers]:
    groups = groups_in(session, scope)
    days = _days(starts, ends)
    query = (
        select(AccountRow.group_id, Loan.member_id, Posting.day, func.sum(Posting.amount))
        .join(Posting, Posting.account_id == AccountRow.id)
        .join(Loan, Loan.id == AccountRow.loan_id)
        .join(Group, Group.id == AccountRow.group_id)
        .where(
            AccountRow.account == int(Account.LOANS),
            Group.kind.in_(list(LENDERS)),
            Loan.direction == LoanDirection.OUT,
            Loan.member_id.is_not(None),
            Posting.day <= ends,
        )
        .group_by(AccountRow.group_id, Loan.member_id, Posting.day)
    )
    moves: dict[tuple[int, int], list[tuple[date, int]]] = {}
    for group, member, day, amount in session.execute(query):
        if member is not None and (groups is None or group in groups):
            moves.setdefault((group, member), []).append((day, int(amount)))
    owing: dict[int, int] = {}
    for (group, _member), rows in moves.items():
        for day in days:
            owes = sum(amount for on, amount in rows if on <= day) > 0
            owing[group] = owing.get(group, 0) + owes
    for group, times in sorted(owing.items()):
        yield Borrowers(GroupId(group), Fraction(times, len(days)))


def _days(starts: date, ends: date) -> list[date]:
    """Return the day before a period, and each end of a month up to its end; without one, its end."""
    found = [starts - timedelta(days=1)]
    month = starts.replace(day=1)
    while (last := add_months(month, 1) - timedelta(days=1)) <= ends:
        found.append(last)
        month = last + timedelta(days=1)
    return found if len(found) > 1 else [*found, ends]


LOADERS[NAME] = _load


def _groups(facts: Facts) -> list[GroupFacts]:
    return [group for group in facts.groups if group.kind in LENDERS]


def _sum(groups: Iterable[GroupFacts], *accounts: Account) -> int:
    return sum(group.turnover(account) for group in groups for account in accounts)


def _none() -> Value:
    return Value(None, 0, 0, 0, reason=_("chỉ tính cho tổ hợp tác và quỹ quay vòng"))


@indicator("BV03", Unit.PERCENT, Kind.RATE, of_groups=True)
def self_sufficiency(facts: Facts) -> Value:
    """Return the income of the period over interest paid, what was written off, and expenses."""
    groups = _groups(facts)
    if not groups:
        return _none()
    costs = _sum(groups, *_FINANCIAL, Account.WRITE_OFFS, Account.EXPENSES)
    return ratio(_sum(groups, *EARNED), costs, len(groups))


@indicator("BV04", Unit.DONG, Kind.MEAN, of_groups=True)
def cost_per_borrower(facts: Facts) -> Value:
    """Return the expenses of the period over the average number of people who owed."""
    groups = _groups(facts)
    if not groups:
        return _none()
    ours = {group.id for group in groups}
    rows: tuple[Borrowers, ...] = facts.more.get(NAME, ())
    people = sum((row.average for row in rows if row.group in ours), Fraction())
    spent = _sum(groups, Account.EXPENSES)
    if not people:
        return ratio(spent, 0)
    return Value(Fraction(spent) / people, spent, None, len(groups))
