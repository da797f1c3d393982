"""Members' statements: gather what the paper prints, number it, and note that it was printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, MemberId
from desktop.models.kinds import OWED_TO_MEMBERS, Account, Office, account_name
from desktop.models.problems import Problem, Refusal
from desktop.models.records.every import Group, Household, Member
from desktop.models.rules.identity import mask_citizen_number
from desktop.services import heads, prints
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.facts import members_in_order, rules_on
from desktop.services.movements import AccountMoves, Move, member_moves
from desktop.services.prints import PrintOrder
from desktop.store.book import Book
from reports.member_statement import (
    MemberStatement,
    Movement,
    Section,
    StatementAccount,
    StatementMember,
)
from resources.lang.dates import show_day
from resources.lang.messages import _

_SECTIONS = {
    Account.SHARES: Section.SHARES,
    Account.COMPULSORY_SAVINGS: Section.SAVINGS,
    Account.SAVINGS: Section.SAVINGS,
    Account.LOANS: Section.LOAN,
    Account.SOCIAL_FUND: Section.PAID,
    Account.SOCIAL_GRANTS: Section.RECEIVED,
    Account.FINES: Section.PAID,
}
"""The accounts on a statement, in their order, and how each is laid out."""


@dataclass(frozen=True, slots=True)
class StatementOrder:
    """Which statements: of one group, of all its members or those named, for a period.

    `large_print` None follows each member's own wish.
    """

    group: GroupId
    starts: date
    ends: date
    members: tuple[MemberId, ...] | None = None
    large_print: bool | None = None


@heads.for_paper
def issue(book: Book, order: StatementOrder, act: Act) -> Outcome[list[MemberStatement]]:
    """Return the statements, numbered and noted as printed; in a read-only book they carry no number.

    Raises Refusal when the period is turned round or nobody is left to print.
    """
    if book.readonly:
        return Outcome(gather(book, order, act))
    with book.write(act) as session:
        bare = _gather(session, order, act)
        marks = prints.issue(
            session, [_print_order(order, statement, member) for member, statement in bare], act
        )
        found = [
            replace(statement, mark=heads.mark(act, printed))
            for (_member, statement), printed in zip(bare, marks, strict=True)
        ]
    return Outcome(found, Changed.of(Topic.PRINTS, group=order.group))


@heads.for_paper
def gather(book: Book, order: StatementOrder, act: Act) -> list[MemberStatement]:
    """Return the statements without numbers: for a look, or for a book that may only be read."""
    with book.read() as session:
        return [statement for _member, statement in _gather(session, order, act)]


def _print_order(order: StatementOrder, statement: MemberStatement, member: MemberId) -> PrintOrder:
    return PrintOrder(
        report="member_statement",
        group=order.group,
        member=member,
        starts=order.starts,
        ends=order.ends,
        balance=statement.closing_total,
        subject=statement.member.code,
    )


def _gather(session: Session, order: StatementOrder, act: Act) -> list[tuple[MemberId, MemberStatement]]:
    if order.starts > order.ends:
        raise Refusal([Problem.stop("period", "ends", _("Ngày cuối kỳ phải sau ngày đầu kỳ."))])
    members = _members(session, order)
    if not members:
        raise Refusal([Problem.stop("nobody", "members", _("Nhóm không có thành viên nào trong kỳ này."))])
    head = _Head(session, order, act)
    moves = member_moves(
        session,
        order.group,
        [MemberId(member.id) for member, _household in members],
        order.starts,
        order.ends,
    )
    return [
        (MemberId(member.id), head.statement(member, household, moves[MemberId(member.id)]))
        for member, household in members
    ]


def _members(session: Session, order: StatementOrder) -> Sequence[tuple[Member, Household | None]]:
    """Return the members to print, in the group's order: those of the period's last day, and leavers in the period."""
    if order.members is not None:
        wanted = list(order.members)
    else:
        wanted = [row.member_id for row in members_in_order(session, order.group, order.ends)]
        early = [row.member_id for row in members_in_order(session, order.group, order.starts)]
        wanted += [member for member in early if member not in set(wanted)]
    rows = session.execute(
        select(Member, Household)
        .outerjoin(Household, Household.id == Member.household_id)
        .where(Member.id.in_(wanted))
    )
    by_id = {member.id: (member, household) for member, household in rows}
    return [by_id[member] for member in wanted if member in by_id]


class _Head:
    """What all statements of one order have in common."""

    def __init__(self, session: Session, order: StatementOrder, act: Act) -> None:
        self.order = order
        self.organisation = heads.organisation(session)
        self.group = heads.group_block(session, order.group)
        names = heads.officers(session, order.group, order.ends)
        self.leader = names.get(Office.CHAIR, "")
        self.treasurer = names.get(Office.TREASURER, "")
        self.share_value = rules_on(session, order.group, order.ends).share_value
        self.place = heads.commune_name(session.get_one(Group, order.group).commune_code)
        self.mark = heads.mark(act, None)
        self.today = act.today

    def statement(
        self, member: Member, household: Household | None, accounts: Sequence[AccountMoves]
    ) -> MemberStatement:
        """Return one member's statement."""
        by_account = {account.account: account for account in accounts}
        shown = [
            statement_account(by_account[account], section)
            for account, section in _SECTIONS.items()
            if account in by_account and not _long_repaid(by_account[account])
        ]
        wish = self.order.large_print
        return MemberStatement(
            organisation=self.organisation,
            group=self.group,
            member=_person(member, household),
            first_day=self.order.starts,
            last_day=self.order.ends,
            accounts=tuple(shown),
            closing_total=sum(
                by_account[account].closing for account in OWED_TO_MEMBERS if account in by_account
            ),
            mark=self.mark,
            signed_on=self.today,
            place=self.place,
            share_value=self.share_value,
            treasurer=self.treasurer,
            leader=self.leader,
            large_print=member.large_print if wish is None else wish,
        )


def _long_repaid(account: AccountMoves) -> bool:
    """Return whether loans were repaid before the period began: nothing of them is left to tell."""
    return account.account is Account.LOANS and not account.opening and not account.moves


def _person(member: Member, household: Household | None) -> StatementMember:
    born = ""
    if member.birth_date is not None:
        born = show_day(member.birth_date)
    elif member.birth_year is not None:
        born = str(member.birth_year)
    return StatementMember(
        code=member.code,
        full_name=member.full_name,
        born=born,
        citizen_number="" if member.citizen_number is None else mask_citizen_number(member.citizen_number),
        household_code="" if household is None else household.code,
        address="" if household is None else household_address(household),
    )


def household_address(household: Household) -> str:
    """Return a household's address for papers: as written in old papers, or hamlet and commune of today."""
    if household.address_text:
        return household.address_text
    return ", ".join(part for part in (household.hamlet, heads.commune_text(household.commune_code)) if part)


def statement_account(account: AccountMoves, section: Section) -> StatementAccount:
    """Return one account of a member as the statement prints it."""
    return StatementAccount(
        section=section,
        title=_("Dư nợ gốc khoản vay") if section is Section.LOAN else account_name(account.account),
        opening=account.opening,
        closing=account.closing,
        movements=tuple(_movement(move) for move in account.moves),
        opening_shares=account.opening_units,
        closing_shares=account.closing_units,
    )


def _movement(move: Move) -> Movement:
    return Movement(
        day=move.day,
        voucher=move.number,
        meeting="" if move.meeting_number is None else str(move.meeting_number),
        text=move.text,
        paid_in=max(move.amount, 0),
        paid_out=max(-move.amount, 0),
        balance=move.balance,
        shares=move.units,
        shares_held=move.units_held,
    )
