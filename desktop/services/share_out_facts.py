"""What a share-out is judged by: the cycle, everybody's part and debts, the balances, who may approve."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, LoanId, MemberId
from desktop.models.kinds import (
    Account,
    CycleState,
    EntryKind,
    LoanStage,
)
from desktop.models.records.every import (
    AccountRow,
    Draft,
    Loan,
    Member,
    OfficeTerm,
    Posting,
    Voucher,
)
from desktop.models.rules import loan_sheet
from desktop.models.rules.closing import (
    ClosingFacts,
    Officer,
    OpenDebt,
    ShareMember,
)
from desktop.models.savings_kinds import SavingsKind
from desktop.services.acts import Topic
from desktop.services.balances import Holding, group_balances, member_holdings
from desktop.services.facts import cycles_of, members_in_order, rules_on
from desktop.services.loan_ledger import open_loan
from desktop.services.savings_facts import terms_on
from desktop.services.savings_interest import uncredited_in
from desktop.store.book import Book
from resources.lang.names import join_name

_OF_MEMBER = (Account.SHARES, Account.SAVINGS, Account.COMPULSORY_SAVINGS, Account.FINES_OWED)
"""What everybody's part is worked out from, in the order of `ShareMember`."""
CHANGED = (Topic.GROUPS, Topic.ENTRIES, Topic.LOANS, Topic.PERIODS, Topic.DRAFTS)
"""What a share-out changes, and taking one back."""


def facts(book: Book, group: GroupId, day: date, today: date) -> ClosingFacts:
    """Return what a share-out on a day is judged by."""
    with book.read() as session:
        return facts_in(session, group, day, today)


def facts_in(session: Session, group: GroupId, day: date, today: date) -> ClosingFacts:
    """Return what a share-out is judged by inside an open session."""
    rules = rules_on(session, group, day)
    cycles = cycles_of(session, group)
    cycle = next((one for one in cycles if one.state is CycleState.OPEN), cycles[-1] if cycles else None)
    holdings = member_holdings(session, group, day)
    balances = group_balances(session, group, day)
    members = []
    for row in members_in_order(session, group, day):
        held = holdings.get(row.member_id, {})
        members.append(
            ShareMember(
                row.member_id,
                row.code,
                row.full_name,
                held.get(Account.SHARES, Holding()).units,
                *(held.get(account, Holding()).amount for account in _OF_MEMBER),
            )
        )
    return ClosingFacts(
        group=group,
        cycle=None if cycle is None else cycle.id,
        number=0 if cycle is None else cycle.number,
        starts=day if cycle is None else cycle.starts,
        ends=day if cycle is None else cycle.ends,
        open=cycle is not None and cycle.state is CycleState.OPEN,
        day=day,
        today=today,
        unit=rules.share_out_unit,
        has_shares=bool(balances.get(Account.SHARES)) or rules.has_shares,
        members=tuple(members),
        debts=tuple(_debts(session, group, day)),
        balances=balances,
        over_short=over_short_in(session, group, day),
        officers=tuple(_officers(session, group, day)),
        last_day=session.scalar(select(func.max(Voucher.day)).where(Voucher.group_id == group)),
        unposted=_unposted(session, group),
        uncredited=uncredited_in(session, group, day),
        savings_terms=tuple(
            terms
            for terms in (terms_on(session, group, kind, day) for kind in SavingsKind)
            if terms is not None
        ),
    )


def _debts(session: Session, group: GroupId, day: date) -> list[OpenDebt]:
    loans = session.execute(
        select(Loan.id, Loan.code, Loan.member_id, Member.family, Member.middle, Member.given)
        .join(Member, Member.id == Loan.member_id)
        .where(Loan.group_id == group, Loan.stage == LoanStage.ACTIVE)
        .order_by(Loan.id)
    )
    found = []
    for key, code, member, family, middle, given in loans:
        known = open_loan(session, LoanId(key))
        principal = known.state(day).principal_outstanding
        if principal or loan_sheet.settle_amount(known, day):
            payoff = loan_sheet.settle_amount(known, day)
            name = join_name(family, middle, given)
            found.append(OpenDebt(LoanId(key), code, MemberId(member or 0), name, principal, payoff))
    return found


def over_short_in(session: Session, group: GroupId, day: date) -> int:
    """Return what counting the loan-fund box has brought (or cost), without the social-fund box, in đồng."""
    total = session.scalar(
        select(func.coalesce(func.sum(Posting.amount), 0))
        .join(AccountRow, AccountRow.id == Posting.account_id)
        .where(
            AccountRow.group_id == group,
            AccountRow.account == int(Account.OVER_SHORT),
            Posting.kind.not_in([int(EntryKind.SOCIAL_OVER), int(EntryKind.SOCIAL_SHORT)]),
            Posting.day <= day,
        )
    )
    return -int(total or 0)


def _officers(session: Session, group: GroupId, day: date) -> list[Officer]:
    rows = session.execute(
        select(Member.id, Member.family, Member.middle, Member.given, OfficeTerm.office)
        .join(OfficeTerm, OfficeTerm.member_id == Member.id)
        .where(
            OfficeTerm.group_id == group,
            OfficeTerm.since <= day,
            or_(OfficeTerm.until.is_(None), OfficeTerm.until >= day),
        )
        .order_by(OfficeTerm.id)
    )
    found: dict[int, Officer] = {}
    for key, family, middle, given, office in rows:
        found.setdefault(key, Officer(MemberId(key), join_name(family, middle, given), office.title))
    return list(found.values())


def _unposted(session: Session, group: GroupId) -> bool:
    keys = session.scalars(select(Draft.key).where(Draft.kind == "meeting"))
    return any(key.split("/")[0] == str(group) for key in keys)
