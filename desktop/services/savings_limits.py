"""Whether money may leave savings: the facts for the one rule of `rules.savings_withdrawal`, from every path.

The meeting sheet asks with the facts that it holds already (`sheet_savings`); vouchers, leaving and the share-out ask
`withdrawal_problems` inside their write.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, MeetingId, MemberId
from desktop.models.problems import Problem
from desktop.models.records.every import Member
from desktop.models.rules.savings_terms import SavingsTerms
from desktop.models.rules.savings_withdrawal import Held, check_withdrawal
from desktop.models.savings_kinds import SavingsKind
from desktop.services.loan_facts import open_loans
from desktop.services.savings_facts import Noticed, lowest_from, noticed_in, terms_on


@dataclass(frozen=True, slots=True)
class Wanted:
    """Money that is to leave a member's savings: đồng, and the field where a problem shows."""

    member: MemberId
    kind: SavingsKind
    amount: int
    field: str = "amount"


def withdrawal_problems(
    session: Session,
    group: GroupId,
    day: date,
    wanted: Sequence[Wanted],
    *,
    closing: bool = False,
    owed: Mapping[MemberId, int] | None = None,
) -> list[Problem]:
    """Return why money may not leave savings on a day. `owed` None: what members owe is read from their open loans."""
    found: list[Problem] = []
    for kind in SavingsKind:
        here = [one for one in wanted if one.kind is kind and one.amount > 0]
        terms = terms_on(session, group, kind, day) if here else None
        if terms is None:
            continue
        held = _held(session, group, terms, day, [one.member for one in here], owed)
        for one in here:
            found += check_withdrawal(terms, held[one.member], one.amount, one.field, closing=closing)
    return found


def held_of(
    session: Session, group: GroupId, terms: SavingsTerms, day: date, members: Sequence[MemberId]
) -> dict[MemberId, Held]:
    """Return what withdrawals of members are judged by on a day."""
    return _held(session, group, terms, day, members, None)


def _held(
    session: Session,
    group: GroupId,
    terms: SavingsTerms,
    day: date,
    members: Sequence[MemberId],
    owed: Mapping[MemberId, int] | None,
) -> dict[MemberId, Held]:
    lowest = lowest_from(session, group, terms.kind, day)
    noticed = noticed_in(session, group, terms.kind, day) if terms.notice_days else {}
    if owed is None:
        owed = owed_on(session, group, day) if terms.locked_by_loan else {}
    return {
        member: Held(
            session.get_one(Member, member).full_name,
            lowest.get(member, 0),
            owed.get(member, 0),
            noticed.get(member, Noticed()).amount,
            noticed.get(member, Noticed()).coming,
        )
        for member in members
    }


def owed_on(session: Session, group: GroupId, day: date) -> dict[MemberId, int]:
    """Return the principal that members of a group owe it on a day, in đồng."""
    return {
        member: sum(loan.state(day).principal_outstanding for loan in loans)
        for member, loans in open_loans(session, group, day).items()
    }


@dataclass(frozen=True, slots=True)
class SheetSavings:
    """What the meeting sheet needs to judge withdrawals of voluntary savings; empty where nothing limits them."""

    terms: SavingsTerms | None = None
    lowest: Mapping[MemberId, int] | None = None
    noticed: Mapping[MemberId, Noticed] | None = None


def sheet_savings(
    session: Session, group: GroupId, day: date, corrects: MeetingId | None = None
) -> SheetSavings:
    """Return the rules of a meeting's day and what they are judged by; one short question where there are none."""
    terms = terms_on(session, group, SavingsKind.VOLUNTARY, day)
    if terms is None:
        return SheetSavings()
    return SheetSavings(
        terms,
        lowest_from(session, group, terms.kind, day, corrects) if terms.minimum else None,
        noticed_in(session, group, terms.kind, day, corrects) if terms.notice_days else None,
    )
