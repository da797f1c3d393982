"""What a meeting is judged by: its members with what they hold and owe, the boxes, the cycle, the rules of the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from desktop.models.ids import CycleId, GroupId, MeetingId, MemberId
from desktop.models.kinds import Account, CycleState, MeetingState, natural
from desktop.models.records.base import table_of
from desktop.models.records.every import AccountRow, Group, Meeting, Posting, Voucher
from desktop.models.rules.loan_sheet import NOTHING, OpenLoan, due_of
from desktop.models.rules.sheet import CycleSpan, MemberFacts, SheetFacts
from desktop.services.balances import Holding, MemberHoldings, group_balances, member_holdings
from desktop.services.facts import RosterRow, cycle_on, members_in_order, rules_on
from desktop.services.inclusion import reminders_in
from desktop.services.loan_facts import collects_in, open_loans
from desktop.services.periods import closed_through
from desktop.services.savings_facts import Noticed
from desktop.services.savings_limits import SheetSavings, sheet_savings
from desktop.store.book import Book

_meetings = table_of(Meeting)
_groups = table_of(Group)
_GROUP = select(_groups.c.code, _groups.c.name, _groups.c.kind).where(_groups.c.id == bindparam("group"))
_HELD = select(_meetings.c.id, _meetings.c.number, _meetings.c.day, _meetings.c.state).where(
    _meetings.c.group_id == bindparam("group")
)


def sheet_facts(
    book: Book, group: GroupId, day: date, today: date, corrects: MeetingId | None = None
) -> SheetFacts:
    """Return what the sheet of a group's meeting on a day needs; `corrects` leaves that meeting's money out."""
    with book.read() as session:
        return load_facts(session, group, day, today, corrects)


def load_facts(
    session: Session, group_id: GroupId, day: date, today: date, corrects: MeetingId | None = None
) -> SheetFacts:
    """Return the facts of a meeting inside an open session."""
    connection = session.connection()
    group = connection.execute(_GROUP, {"group": group_id}).one()
    held = connection.execute(_HELD, {"group": group_id}).all()
    cycle = cycle_on(session, group_id, day)
    holdings = member_holdings(session, group_id, day)
    boxes = group_balances(session, group_id, day)
    if corrects is not None:
        _leave_out(session, corrects, holdings, boxes)
    loans = open_loans(session, group_id, day, corrects)
    roster = members_in_order(session, group_id, day)
    minded = reminders_in(session, [row.member_id for row in roster], day)
    savings = sheet_savings(session, group_id, day, corrects)
    return SheetFacts(
        group=group_id,
        group_code=group.code,
        group_name=group.name,
        day=day,
        today=today,
        rules=replace(
            rules_on(session, group_id, day),
            lends=bool(loans),
            owing=_somebody_owes(holdings),
            collects=collects_in(session, group_id, group.kind, day),
        ),
        cycle=None
        if cycle is None
        else CycleSpan(
            CycleId(cycle.id), cycle.number, cycle.starts, cycle.ends, cycle.state is CycleState.OPEN
        ),
        number=_number(held, corrects),
        members=tuple(
            _member(
                row,
                holdings.get(row.member_id, {}),
                loans.get(row.member_id, []),
                day,
                minded.get(row.member_id, ""),
                savings,
            )
            for row in roster
        ),
        cash=boxes.get(Account.CASH, 0),
        social_cash=boxes.get(Account.SOCIAL_CASH, 0),
        other_days=frozenset(
            row.day for row in held if row.state is MeetingState.POSTED and row.id != corrects
        ),
        closed_through=closed_through(session, group_id),
        corrects=corrects,
        savings_terms=savings.terms,
    )


def _member(
    row: RosterRow,
    held: dict[Account, Holding],
    loans: Sequence[OpenLoan],
    day: date,
    reminder: str,
    savings: SheetSavings,
) -> MemberFacts:
    noticed = (savings.noticed or {}).get(row.member_id, Noticed())

    def amount(account: Account) -> int:
        return held[account].amount if account in held else 0

    return MemberFacts(
        id=row.member_id,
        code=row.code,
        name=row.full_name,
        position=row.position,
        savings=amount(Account.SAVINGS),
        compulsory=amount(Account.COMPULSORY_SAVINGS),
        shares=held[Account.SHARES].units if Account.SHARES in held else 0,
        share_amount=amount(Account.SHARES),
        social=amount(Account.SOCIAL_FUND),
        fines=amount(Account.FINES),
        reminder=reminder,
        fines_owed=amount(Account.FINES_OWED),
        loans=tuple(loans),
        due=due_of(loans, day) if loans else NOTHING,
        owed=sum(loan.state(day).principal_outstanding for loan in loans),
        savings_lowest=None if savings.lowest is None else savings.lowest.get(row.member_id, 0),
        noticed=noticed.amount,
        notice_coming=noticed.coming,
    )


def _somebody_owes(holdings: MemberHoldings) -> bool:
    return any(held[Account.FINES_OWED].amount for held in holdings.values() if Account.FINES_OWED in held)


def _leave_out(
    session: Session, meeting: MeetingId, holdings: MemberHoldings, boxes: dict[Account, int]
) -> None:
    """Take the money of a meeting out of balances again: it is about to be judged anew."""
    rows = session.execute(
        select(AccountRow.account, AccountRow.member_id, func.sum(Posting.amount), func.sum(Posting.units))
        .join(Posting, Posting.account_id == AccountRow.id)
        .join(Voucher, Voucher.id == Posting.voucher_id)
        .where(Voucher.meeting_id == meeting)
        .group_by(AccountRow.account, AccountRow.member_id)
    )
    for number, member, amount, units in rows:
        account, moved = Account(number), natural(Account(number), int(amount))
        if member is None:
            boxes[account] = boxes.get(account, 0) - moved
        else:
            held = holdings.setdefault(MemberId(member), {})
            now = held.get(account, Holding())
            held[account] = Holding(now.amount - moved, now.units - int(units))


def _number(held: Sequence[Any], corrects: MeetingId | None) -> int:
    """Return the number of the meeting that is corrected, or the next one."""
    if corrects is not None:
        return next(int(row.number) for row in held if row.id == corrects)
    return 1 + max((int(row.number) for row in held), default=0)
