"""How groups are kept: the risk that says whom to visit first (KT09), and how complete their records are (KT10)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from desktop.models.kinds import Account, LoanDirection, MeetingState, OpeningState
from desktop.models.livelihood_kinds import Decider
from desktop.models.records.every import CashCount, Livelihood, Loan, Meeting, Member, Membership
from desktop.models.rules import audit
from desktop.services.audit_book import COUNTED_WITHIN
from desktop.services.indicators.facts import Facts, GroupFacts, Scope, Value, ratio
from desktop.services.indicators.loading import LOADERS
from desktop.services.indicators.registry import Kind, Unit, indicator


@dataclass(frozen=True, slots=True)
class Filled:
    """The records of one kind of one group: how many of the fields that each must have are filled in."""

    group: int
    filled: int
    wanted: int


def counted_lately(session: Session, _scope: Scope, _starts: date, ends: date) -> Iterable[int]:
    """Return the groups whose loan-fund box was counted, at a meeting or outside, in the three months before the end."""
    since: date = ends - COUNTED_WITHIN + timedelta(days=1)
    yield from session.scalars(
        select(Meeting.group_id)
        .where(
            Meeting.day.between(since, ends),
            Meeting.state == MeetingState.POSTED,
            Meeting.counted.is_not(None),
        )
        .distinct()
    )
    yield from session.scalars(
        select(CashCount.group_id)
        .where(
            CashCount.box == int(Account.CASH),
            CashCount.state == OpeningState.POSTED,
            CashCount.day.between(since, ends),
        )
        .distinct()
    )


def records_in(session: Session, _scope: Scope, _starts: date, ends: date) -> Iterable[Filled]:
    """Return how far members, loans and livelihoods of each group are filled in at the end of the period.

    A member must have a birth (day or year), a household, the day of joining; a loan its purpose and the day it was
    decided on; a livelihood its place, its start and who decides over its income.
    """
    inside = (Membership.joined <= ends, or_(Membership.left.is_(None), Membership.left > ends))
    people = select(
        Membership.group_id, Member.birth_date, Member.birth_year, Member.household_id, Member.joined
    ).join(Member, Member.id == Membership.member_id)
    for group, birth_date, birth_year, home, joined in session.execute(people.where(*inside)):
        born = birth_date is not None or birth_year is not None
        yield Filled(group, born + (home is not None) + (joined is not None), 3)
    loans = select(Loan.group_id, Loan.purpose, Loan.decided_on).where(
        Loan.direction == LoanDirection.OUT, Loan.disbursed_on.is_not(None), Loan.disbursed_on <= ends
    )
    for group, purpose, decided in session.execute(loans):
        yield Filled(group, bool(purpose.strip()) + (decided is not None), 2)
    yield from _livelihoods(session, ends, inside)


def _livelihoods(session: Session, ends: date, inside: tuple[ColumnElement[bool], ...]) -> Iterable[Filled]:
    groups: dict[tuple[str, int], set[int]] = {}
    homes = select(Membership.group_id, Membership.member_id, Member.household_id).join(
        Member, Member.id == Membership.member_id
    )
    for group, member, home in session.execute(homes.where(*inside)):
        groups.setdefault(("member", member), set()).add(group)
        if home is not None:
            groups.setdefault(("household", home), set()).add(group)
    for row in session.scalars(
        select(Livelihood).where(or_(Livelihood.started.is_(None), Livelihood.started <= ends))
    ):
        filled = bool(row.place.strip()) + (row.started is not None) + (row.decider is not Decider.UNKNOWN)
        if row.group_id is not None:
            mine = {row.group_id}
        elif row.member_id is not None:
            mine = groups.get(("member", row.member_id), set())
        else:
            mine = groups.get(("household", row.household_id or 0), set())
        for group in mine:
            yield Filled(group, filled, 3)


LOADERS["counted lately"] = counted_lately
LOADERS["filled records"] = records_in


def risk_of(facts: Facts, group: GroupFacts) -> Fraction:
    """Return the risk of one group at the end of the period (indicators.md 7.2)."""
    loans = [loan for part in facts.parts if part.group == group.id for loan in part.loans]
    owed = sum(loan.outstanding for loan in loans)
    late = sum(loan.outstanding for loan in loans if loan.at_risk(30))
    findings = [
        (row.severity.weight, row.age) for row in facts.more.get("open findings", ()) if row.group == group.id
    ]
    counted = group.id in facts.more.get("counted lately", ())
    return audit.risk(findings, Fraction(late, owed) if owed else None, counted=counted)


@indicator("KT09", Unit.POINTS, Kind.MEAN, of_groups=True)
def group_risk(facts: Facts) -> Value:
    """Return the mean risk of the groups that are not closed; of one group, its risk. It chooses whom to visit first."""
    groups = [one for one in facts.groups if one.closed is None or one.closed > facts.ends]
    if not groups:
        return Value(None, 0, 0, 0)
    total = sum((risk_of(facts, one) for one in groups), Fraction())
    return Value(total / len(groups), round(total), len(groups), len(groups))


@indicator("KT10", Unit.PERCENT, Kind.RATE, of_groups=True)
def complete(facts: Facts) -> Value:
    """Return how many of the fields that records must have are filled in: members, loans, livelihoods."""
    rows = [row for row in facts.more.get("filled records", ()) if row.group in facts.by_group]
    return ratio(
        sum(row.filled for row in rows), sum(row.wanted for row in rows), len({row.group for row in rows})
    )
