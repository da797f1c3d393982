"""What the deeds and pages of savings read: rules and rates by date, balances and movements, what was credited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, MeetingId, MemberId
from desktop.models.kinds import OpeningState
from desktop.models.records.base import table_of
from desktop.models.records.every import (
    AccountRow,
    Cycle,
    Posting,
    SavingsCredit,
    SavingsNotice,
    SavingsRateRow,
    SavingsRun,
    SavingsTermsRow,
    Voucher,
)
from desktop.models.rules.savings_interest import Movement
from desktop.models.rules.savings_terms import SavingsAgreed, SavingsRate, SavingsTerms, latest
from desktop.models.rules.savings_withdrawal import Notice, noticed_on
from desktop.models.savings_kinds import SavingsKind

_accounts = table_of(AccountRow)
_postings = table_of(Posting)
_vouchers = table_of(Voucher)
_terms = table_of(SavingsTermsRow)

# Prepared once: it is asked for every meeting that is opened or posted.
_TERMS = (
    select(_terms)
    .where(_terms.c.group_id == bindparam("group"), _terms.c.kind == bindparam("of_kind"))
    .order_by(_terms.c.valid_from)
)


@dataclass(frozen=True, slots=True)
class RunFacts:
    """One posted run: the days it credited, for everybody or for one member; what each member got, in đồng."""

    id: int
    number: int
    starts: date
    ends: date
    member: MemberId | None
    credits: dict[MemberId, int] = field(default_factory=dict)


def terms_of(session: Session, group: GroupId, kind: SavingsKind) -> tuple[SavingsTerms, ...]:
    """Return the rules of one kind of savings, the oldest first."""
    rows = session.connection().execute(_TERMS, {"group": group, "of_kind": kind}).all()
    return tuple(
        SavingsTerms(
            row.kind,
            row.valid_from,
            row.basis,
            row.crediting,
            row.days_in_year,
            row.rounding_unit,
            row.rounding,
            row.minimum,
            row.locked_by_loan,
            row.notice_days,
        )
        for row in rows
    )


def terms_on(session: Session, group: GroupId, kind: SavingsKind, day: date) -> SavingsTerms | None:
    """Return the rules in force on a day; None when the group had none yet."""
    return latest(terms_of(session, group, kind), day)


def rates_of(session: Session, group: GroupId, kind: SavingsKind) -> tuple[SavingsRate, ...]:
    """Return the rates of one kind of savings, the oldest first."""
    rows = session.scalars(
        select(SavingsRateRow)
        .where(SavingsRateRow.group_id == group, SavingsRateRow.kind == kind)
        .order_by(SavingsRateRow.valid_from)
    )
    return tuple(SavingsRate(row.valid_from, Fraction(row.thousandths, 1000), row.per) for row in rows)


def agreed_on(session: Session, group: GroupId, day: date) -> tuple[SavingsAgreed, ...]:
    """Return what the group agreed on for its savings as it holds on a day: each kind that has rules or a rate."""
    found = []
    for kind in SavingsKind:
        terms = terms_on(session, group, kind, day)
        rate = latest(rates_of(session, group, kind), day)
        if terms is not None or rate is not None:
            since = day if rate is None else rate.valid_from
            found.append(SavingsAgreed(terms or SavingsTerms(kind, since), rate))
    return tuple(found)


def runs_of(session: Session, group: GroupId, kind: SavingsKind) -> list[RunFacts]:
    """Return the runs that stand, in the order of their days, with what each member got."""
    rows = session.scalars(
        select(SavingsRun)
        .where(
            SavingsRun.group_id == group,
            SavingsRun.kind == kind,
            SavingsRun.state == OpeningState.POSTED,
        )
        .order_by(SavingsRun.ends, SavingsRun.id)
    )
    found = [
        RunFacts(
            row.id,
            row.number,
            row.starts,
            row.ends,
            None if row.member_id is None else MemberId(row.member_id),
        )
        for row in rows
    ]
    by_id = {run.id: run for run in found}
    credited = session.execute(
        select(
            SavingsCredit.run_id, SavingsCredit.member_id, SavingsCredit.interest, SavingsCredit.difference
        ).where(SavingsCredit.run_id.in_(list(by_id)))
    )
    for run, member, interest, difference in credited:
        by_id[run].credits[MemberId(member)] = interest + difference
    return found


def last_credited(runs: Sequence[RunFacts], member: MemberId | None = None) -> date | None:
    """Return the last day credited to the whole group, or to one member."""
    return max((run.ends for run in runs if run.member is None or run.member == member), default=None)


def cycle_spans(session: Session, group: GroupId) -> list[tuple[date, date]]:
    """Return the first and last days of a group's cycles."""
    rows = session.execute(select(Cycle.starts, Cycle.ends).where(Cycle.group_id == group))
    return [(starts, ends) for starts, ends in rows]


def movements_of(
    session: Session, group: GroupId, kind: SavingsKind, through: date, member: MemberId | None = None
) -> dict[MemberId, list[Movement]]:
    """Return what came into (+) and went out of (−) the savings, day by day up to a day, member by member."""
    query = (
        select(_accounts.c.member_id, _postings.c.day, func.sum(_postings.c.amount))
        .join(_postings, _postings.c.account_id == _accounts.c.id)
        .where(
            _accounts.c.group_id == group,
            _accounts.c.account == int(kind.account),
            _accounts.c.member_id.is_not(None),
            _postings.c.day <= through,
        )
        .group_by(_accounts.c.member_id, _postings.c.day)
        .order_by(_accounts.c.member_id, _postings.c.day)
    )
    if member is not None:
        query = query.where(_accounts.c.member_id == member)
    found: dict[MemberId, list[Movement]] = {}
    for owner, on, amount in session.connection().execute(query):
        found.setdefault(MemberId(owner), []).append(Movement(on, -int(amount)))
    return found


def balance_of(movements: Iterable[Movement], through: date) -> int:
    """Return the balance at the end of a day, in đồng."""
    return sum(movement.amount for movement in movements if movement.on <= through)


# -- what limits a withdrawal ----------------------------------------------------------------------


def lowest_from(
    session: Session,
    group: GroupId,
    kind: SavingsKind,
    day: date,
    without_meeting: MeetingId | None = None,
) -> dict[MemberId, int]:
    """Return the least that is on each member's account on a day or any later one, in đồng.

    With `without_meeting` the money of that meeting is left out: it is being judged anew.
    """
    query = (
        select(_accounts.c.member_id, _postings.c.day, func.sum(_postings.c.amount))
        .join(_postings, _postings.c.account_id == _accounts.c.id)
        .where(
            _accounts.c.group_id == group,
            _accounts.c.account == int(kind.account),
            _accounts.c.member_id.is_not(None),
        )
        .group_by(_accounts.c.member_id, _postings.c.day)
        .order_by(_accounts.c.member_id, _postings.c.day)
    )
    if without_meeting is not None:
        query = query.join(_vouchers, _vouchers.c.id == _postings.c.voucher_id).where(
            _vouchers.c.meeting_id.is_distinct_from(without_meeting)
        )
    found: dict[MemberId, int] = {}
    running: dict[MemberId, int] = {}
    for owner, on, amount in session.connection().execute(query):
        member = MemberId(owner)
        running[member] = running.get(member, 0) - int(amount)
        if on <= day or member not in found:
            found[member] = running[member] if on <= day else min(0, running[member])
        else:
            found[member] = min(found[member], running[member])
    return found


@dataclass(frozen=True, slots=True)
class Noticed:
    """What a member's notices allow on a day (đồng), and the next day on which another falls due."""

    amount: int = 0
    coming: date | None = None


def noticed_in(
    session: Session,
    group: GroupId,
    kind: SavingsKind,
    day: date,
    without_meeting: MeetingId | None = None,
) -> dict[MemberId, Noticed]:
    """Return what notices allow on a day, for every member who has given one."""
    notices: dict[MemberId, list[Notice]] = {}
    for row in session.scalars(
        select(SavingsNotice).where(
            SavingsNotice.group_id == group,
            SavingsNotice.kind == kind,
            SavingsNotice.cancelled.in_((False,)),
            SavingsNotice.noticed_on <= day,
        )
    ):
        notices.setdefault(MemberId(row.member_id), []).append(Notice(row.due_on, row.amount))
    if not notices:
        return {}
    taken = withdrawals_of(session, group, kind, day, without_meeting)
    return {
        member: Noticed(
            noticed_on(given, taken.get(member, []), day),
            min((notice.due for notice in given if notice.due > day), default=None),
        )
        for member, given in notices.items()
    }


def withdrawals_of(
    session: Session,
    group: GroupId,
    kind: SavingsKind,
    through: date,
    without_meeting: MeetingId | None = None,
) -> dict[MemberId, list[tuple[date, int]]]:
    """Return what members took out by day, in đồng; what was reversed is no withdrawal."""
    query = (
        select(_accounts.c.member_id, _postings.c.day, func.sum(_postings.c.amount))
        .join(_postings, _postings.c.account_id == _accounts.c.id)
        .join(_vouchers, _vouchers.c.id == _postings.c.voucher_id)
        .where(
            _accounts.c.group_id == group,
            _accounts.c.account == int(kind.account),
            _postings.c.kind == int(kind.out),
            _postings.c.day <= through,
        )
        .group_by(_accounts.c.member_id, _postings.c.day)
    )
    if without_meeting is not None:
        query = query.where(_vouchers.c.meeting_id.is_distinct_from(without_meeting))
    found: dict[MemberId, list[tuple[date, int]]] = {}
    for member, on, amount in session.connection().execute(query):
        if amount:
            found.setdefault(MemberId(member), []).append((on, int(amount)))
    return found
