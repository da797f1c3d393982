"""What is in the boxes and what belongs to whom, on any day. Every figure is a sum of postings.

Figures of one account or one member are summed from the postings through their covering index; figures of
whole groups come from `day_totals`, which follow from the postings (`services.verify` compares them).
All results are natural balances: what is there, what is owed, what was earned, in đồng.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, delete, func, insert, select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, MemberId
from desktop.models.kinds import Account, AccountType, account_name, account_type, natural
from desktop.models.records.base import table_of
from desktop.models.records.every import AccountRow, DayTotal, Posting
from desktop.store.book import Book

_accounts = table_of(AccountRow)
_postings = table_of(Posting)
_totals = table_of(DayTotal)

_GROUP_ON = (
    select(_totals.c.account, func.sum(_totals.c.amount))
    .where(_totals.c.group_id == bindparam("group"), _totals.c.day <= bindparam("on"))
    .group_by(_totals.c.account)
)
_TURNOVER = (
    select(
        _accounts.c.account,
        func.sum(_postings.c.amount).filter(_postings.c.amount > 0),
        func.sum(_postings.c.amount).filter(_postings.c.amount < 0),
    )
    .join(_postings, _postings.c.account_id == _accounts.c.id)
    .where(
        _accounts.c.group_id == bindparam("group"),
        _postings.c.day >= bindparam("starts"),
        _postings.c.day <= bindparam("ends"),
    )
    .group_by(_accounts.c.account)
)

_sums = (
    select(
        _postings.c.account_id,
        func.sum(_postings.c.amount).label("amount"),
        func.sum(_postings.c.units).label("units"),
    )
    .where(
        _postings.c.account_id.in_(
            select(_accounts.c.id).where(
                _accounts.c.group_id == bindparam("group"), _accounts.c.member_id.is_not(None)
            )
        ),
        _postings.c.day <= bindparam("on"),
    )
    .group_by(_postings.c.account_id)
    .subquery()
)
_MEMBERS_ON = select(_accounts.c.member_id, _accounts.c.account, _sums.c.amount, _sums.c.units).join(
    _sums, _sums.c.account_id == _accounts.c.id
)


@dataclass(frozen=True, slots=True)
class Holding:
    """What a member has on one account: natural đồng, and units (shares)."""

    amount: int = 0
    units: int = 0


MemberHoldings = dict[MemberId, dict[Account, Holding]]


def group_balances(session: Session, group: GroupId, on: date) -> dict[Account, int]:
    """Return the natural balance of every account of the group at the end of a day."""
    rows = session.connection().execute(_GROUP_ON, {"group": group, "on": on}).all()
    return {Account(number): natural(Account(number), int(amount)) for number, amount in rows}


def member_holdings(session: Session, group: GroupId, on: date) -> MemberHoldings:
    """Return what every member of the group has on each account at the end of a day."""
    found: MemberHoldings = {}
    rows = session.connection().execute(_MEMBERS_ON, {"group": group, "on": on}).all()
    for member, number, amount, units in rows:
        account = Account(number)
        found.setdefault(member, {})[account] = Holding(natural(account, int(amount)), int(units))
    return found


@dataclass(frozen=True, slots=True)
class TrialRow:
    """One account of a trial balance: opening, debits and credits of the period, closing; debit positive, đồng."""

    account: Account
    name: str
    opening: int
    debit: int
    credit: int

    @property
    def closing(self) -> int:
        """Return the signed balance at the end of the period."""
        return self.opening + self.debit - self.credit


@dataclass(frozen=True, slots=True)
class TrialBalance:
    """A group's trial balance; `in_balance` tells whether assets equal liabilities + equity + income − expenses."""

    rows: tuple[TrialRow, ...]
    starts: date
    ends: date

    def total(self, *types: AccountType) -> int:
        """Return the natural closing total of the accounts of these types."""
        return sum(
            natural(row.account, row.closing) for row in self.rows if account_type(row.account) in types
        )

    @property
    def in_balance(self) -> bool:
        """Tell whether both sides agree."""
        owned = self.total(AccountType.ASSET)
        owed = self.total(AccountType.LIABILITY, AccountType.EQUITY, AccountType.INCOME)
        return owned == owed - self.total(AccountType.EXPENSE)


def trial_balance(book: Book, group: GroupId, starts: date, ends: date) -> TrialBalance:
    """Return the trial balance of a group for a period: openings from the totals of days, turnover from the postings."""
    with book.read() as session:
        connection = session.connection()
        before = {
            number: int(amount)
            for number, amount in connection.execute(
                _GROUP_ON, {"group": group, "on": date.fromordinal(starts.toordinal() - 1)}
            )
        }
        moved = {
            number: (int(plus or 0), -int(minus or 0))
            for number, plus, minus in connection.execute(
                _TURNOVER, {"group": group, "starts": starts, "ends": ends}
            )
        }
    rows = tuple(
        TrialRow(
            Account(number), account_name(Account(number)), before.get(number, 0), *moved.get(number, (0, 0))
        )
        for number in sorted(before.keys() | moved.keys())
    )
    return TrialBalance(rows, starts, ends)


def rebuild_totals(session: Session, groups: Iterable[GroupId] | None = None) -> None:
    """Make `day_totals` anew from the postings, of the groups named or of all."""
    source = (
        select(_accounts.c.group_id, _accounts.c.account, _postings.c.day, func.sum(_postings.c.amount))
        .join(_accounts, _accounts.c.id == _postings.c.account_id)
        .group_by(_accounts.c.group_id, _accounts.c.account, _postings.c.day)
    )
    old = delete(_totals)
    if groups is not None:
        wanted = list(groups)
        source = source.where(_accounts.c.group_id.in_(wanted))
        old = old.where(_totals.c.group_id.in_(wanted))
    connection = session.connection()
    connection.execute(old)
    connection.execute(insert(_totals).from_select(["group_id", "account", "day", "amount"], source))
