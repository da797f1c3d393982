"""Where groups and members stand today: the figures that their pages show beside their records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, HouseholdId, MemberId
from desktop.models.kinds import SAVED, Account, account_name
from desktop.models.records.every import Group, Household, Membership, Print
from desktop.models.rules import people
from desktop.models.rules.people import Found, Person
from desktop.services.balances import Holding, group_balances, member_holdings
from desktop.services.facts import RosterRow, members_in_order
from desktop.services.group_lists import GroupFilter, GroupRow, GroupSort
from desktop.services.group_lists import page as group_page
from desktop.services.loan_portfolio import portfolio
from desktop.services.movements import AccountMoves, member_moves
from desktop.services.overview import next_meetings_of
from desktop.services.paper_kinds import report_title
from desktop.services.periods import closed_through
from desktop.services.person_records import found_people, same_people
from desktop.services.savings_interest import expected_in
from desktop.store.book import Book


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group in the list: its record, when it meets next, and what is in its boxes (đồng)."""

    row: GroupRow
    next_meeting: date | None
    late: bool
    cash: int
    social_cash: int
    bank: int


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """A group's sums at the end of a day, in đồng; `share_units` counts shares."""

    cash: int
    social_cash: int
    bank: int
    savings: int
    shares: int
    share_units: int
    next_meeting: date | None
    late: bool
    closed_through: date | None


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member on the group's list with what they have and owe there, in đồng; `share_units` counts shares.

    `lent` is the principal of their open loans, `overdue` what is late of them, `fines` what they owe of fines.
    """

    member: RosterRow
    savings: int
    compulsory: int
    shares: int
    share_units: int
    lent: int = 0
    overdue: int = 0
    fines: int = 0

    @property
    def owned(self) -> int:
        """Return all that the group keeps for the member."""
        return self.savings + self.compulsory + self.shares


@dataclass(frozen=True, slots=True)
class MemberAccount:
    """What a member has on one account of one group; natural đồng, and units (shares).

    `interest` is what their savings have earned and nobody has credited yet; None where they bear none.
    """

    group: GroupId
    group_code: str
    group_name: str
    account: Account
    amount: int
    units: int
    interest: int | None = None

    @property
    def name(self) -> str:
        """Return the name of the account in the language in use."""
        return account_name(self.account)


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper that was printed; `copy` counts the printings of the same number."""

    number: str
    copy: int
    title: str
    starts: date | None
    ends: date | None
    balance: int
    printed_at: datetime
    printed_by: str


def group_lines(
    book: Book, wanted: GroupFilter, sort: GroupSort, offset: int, limit: int, today: date
) -> list[GroupLine]:
    """Return a part of the list of groups with their next meetings and what is in their boxes."""
    rows = group_page(book, wanted, sort, offset, limit)
    with book.read() as session:
        meetings = next_meetings_of(session, [row.id for row in rows], today)
        # Group by group: a page of them reads far less than a sum over the whole book.
        cash = {row.id: group_balances(session, row.id, today) for row in rows}
    lines = []
    for row in rows:
        meeting, boxes = meetings.get(row.id), cash.get(row.id, {})
        lines.append(
            GroupLine(
                row,
                None if meeting is None or row.closed else meeting.day,
                meeting is not None and meeting.late and not row.closed,
                boxes.get(Account.CASH, 0),
                boxes.get(Account.SOCIAL_CASH, 0),
                boxes.get(Account.BANK, 0),
            )
        )
    return lines


def group_figures(book: Book, group: GroupId, today: date) -> GroupFigures:
    """Return a group's sums today, its next meeting, and the last day of its closed period."""
    with book.read() as session:
        balances = group_balances(session, group, today)
        holdings = member_holdings(session, group, today)
        meeting = next_meetings_of(session, [group], today).get(group)
        return GroupFigures(
            cash=balances.get(Account.CASH, 0),
            social_cash=balances.get(Account.SOCIAL_CASH, 0),
            bank=balances.get(Account.BANK, 0),
            savings=sum(balances.get(account, 0) for account in SAVED),
            shares=balances.get(Account.SHARES, 0),
            share_units=sum(held.get(Account.SHARES, Holding()).units for held in holdings.values()),
            next_meeting=None if meeting is None else meeting.day,
            late=meeting is not None and meeting.late,
            closed_through=closed_through(session, group),
        )


def group_members(book: Book, group: GroupId, today: date) -> list[MemberLine]:
    """Return who belongs to a group today, in its order, with what each has and owes there."""
    lent: dict[int, int] = {}
    late: dict[int, int] = {}
    for loan in portfolio(book, today, group).loans:
        if loan.member is not None:
            lent[loan.member] = lent.get(loan.member, 0) + loan.outstanding
            late[loan.member] = late.get(loan.member, 0) + loan.overdue
    with book.read() as session:
        holdings = member_holdings(session, group, today)
        lines = []
        for member in members_in_order(session, group, today):
            held = holdings.get(member.member_id, {})
            shares = held.get(Account.SHARES, Holding())
            lines.append(
                MemberLine(
                    member,
                    held.get(Account.SAVINGS, Holding()).amount,
                    held.get(Account.COMPULSORY_SAVINGS, Holding()).amount,
                    shares.amount,
                    shares.units,
                    lent.get(member.member_id, 0),
                    late.get(member.member_id, 0),
                    held.get(Account.FINES_OWED, Holding()).amount,
                )
            )
        return lines


def member_accounts(book: Book, member: MemberId, today: date) -> list[MemberAccount]:
    """Return what a member has on each account of every group they are or were in, group by group."""
    found = []
    with book.read() as session:
        for group, code, name in _groups_of(session, member):
            held = member_holdings(session, group, today).get(member, {})
            earned = {
                kind.account: amount for kind, amount in expected_in(session, group, member, today).items()
            }
            found += [
                MemberAccount(
                    group,
                    code,
                    name,
                    account,
                    held[account].amount,
                    held[account].units,
                    earned.get(account),
                )
                for account in sorted(held)
            ]
    return found


def account_moves(
    book: Book, group: GroupId, member: MemberId, starts: date, ends: date
) -> tuple[AccountMoves, ...]:
    """Return the movements of a member's accounts in a group over a period."""
    with book.read() as session:
        return member_moves(session, group, [member], starts, ends)[member]


def papers_of_member(book: Book, member: MemberId, limit: int = 200) -> list[PaperRow]:
    """Return the papers printed for a member, the latest first."""
    with book.read() as session:
        rows = session.scalars(
            select(Print).where(Print.member_id == member).order_by(Print.id.desc()).limit(limit)
        )
        return [
            PaperRow(
                row.number,
                row.copy,
                report_title(row.report),
                row.starts,
                row.ends,
                row.balance,
                row.printed_at,
                row.printed_by,
            )
            for row in rows
        ]


def found_twice(
    book: Book,
    person: Person,
    code: str = "",
    household: HouseholdId | None = None,
    member: MemberId | None = None,
) -> list[Found]:
    """Return the people whom a form being filled in may be about already: same code, citizen number, or
    name with year of birth and hamlet. `member` is the record being changed itself.
    """
    with book.read() as session:
        home = None if household is None else session.get_one(Household, household)
        normal = people.normal_person(person)
        by_code, by_number, alike = same_people(session, normal, people.tidy_code(code), home, member)
        ids = list(dict.fromkeys(one for one in (by_number, by_code, *alike) if one is not None))
        found = found_people(session, ids)
        return [found[one] for one in ids if one in found]


def _groups_of(session: Session, member: MemberId) -> list[tuple[GroupId, str, str]]:
    rows = session.execute(
        select(Group.id, Group.code, Group.name)
        .join(Membership, Membership.group_id == Group.id)
        .where(Membership.member_id == member)
        .distinct()
        .order_by(Group.code)
    )
    return [(GroupId(group), code, name) for group, code, name in rows]
