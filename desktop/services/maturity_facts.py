"""What the book knows of a group for its maturity score: six months of meetings, money, offices and reach."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId
from desktop.models.kinds import Account, GrantState, LoanDirection, MeetingState, Office, OpeningState
from desktop.models.records.every import (
    Constitution,
    Cycle,
    Group,
    Loan,
    Meeting,
    OfficeTerm,
    ShareOut,
    SocialGrant,
)
from desktop.models.rules.categories import Category
from desktop.models.rules.constitution import Rules
from desktop.models.rules.loans.calendar import add_months
from desktop.models.rules.maturity import REACHED, Count, MaturityFacts, Reach, months_between
from desktop.models.rules.meeting_plan import Regularity, regularity
from desktop.models.rules.washington import Finding
from desktop.services.balances import group_balances
from desktop.services.cash_counts import last_of_all
from desktop.services.facts import cycles_of, rules_of
from desktop.services.indicators.facts import OFFICES, Facts, Scope
from desktop.services.indicators.loading import load
from desktop.services.population import Benchmark, benchmark
from desktop.store.book import Book
from resources.indicators import limit


def facts(book: Book, group: GroupId, day: date) -> MaturityFacts:
    """Return what a group's score is judged by on a day."""
    starts = add_months(day, -limit("maturity.months", day)) + timedelta(days=1)
    known = load(book, Scope(group=group), starts, day, bare=True)
    with book.read() as session:
        return _facts(session, group, known)


def _facts(session: Session, group: GroupId, known: Facts) -> MaturityFacts:
    starts, day = known.starts, known.ends
    record = session.get_one(Group, group)
    held = meetings_on(session, group, day)
    plan = regularity_in(session, group, held, starts, day)
    rules = _rules_on(_constitutions(session, group))(day)
    balances = group_balances(session, group, day)
    officers = {
        office: part for part in known.members for office in part.offices if office in OFFICES
    }  # one person may hold two offices; each seat counts
    terms = _terms(session, group, day)
    began = beginnings(session, [group])[group]
    return MaturityFacts(
        starts=starts,
        ends=day,
        planned=plan.planned,
        on_plan=plan.on_plan,
        called=sum(part.called for part in known.parts),
        came=sum(part.attended for part in known.parts),
        saved=sum(part.saved for part in known.parts),
        lent_out=tuple(_lent_out(session, group, starts, day)),
        outstanding=sum(part.owed for part in known.parts),
        at_risk=sum(loan.outstanding for part in known.parts for loan in part.loans if loan.at_risk(30)),
        ever_lent=_ever_lent(session, group, day),
        counts=tuple(last_counts(session, group, day)),
        officers=len(officers),
        women=sum(part.traits.sex == "F" for part in officers.values()),
        longest=max(
            (
                months
                for (office, member), months in terms.items()
                if office in officers and officers[office].member == member
            ),
            default=0,
        ),
        elected=_elected(session, group, day),
        reach=tuple(
            reach_of(known, category, benchmark(session, [record.commune_code or ""], day))
            for category in REACHED
        ),
        has_rules=rules is not None,
        contribution=0 if rules is None else rules.social_contribution,
        social=balances.get(Account.SOCIAL_FUND, 0),
        grants=_grants(session, group, day),
        outside=balances.get(Account.EXTERNAL_FUNDS, 0) + balances.get(Account.LENDERS, 0),
        savings=sum(part.savings for part in known.members),
        months=age_in_months(began, day),
        shared_out=share_outs_until(session, day, [group]).get(group),
    )


def beginnings(session: Session, groups: Sequence[int] | None = None) -> Mapping[int, date | None]:
    """Return since when each group (of all without a list) is counted: founded, or the first cycle's beginning."""
    query = (
        select(Group.id, Group.founded, func.min(Cycle.starts))
        .outerjoin(Cycle, Cycle.group_id == Group.id)
        .group_by(Group.id, Group.founded)
    )
    if groups is not None and len(groups) == 1:
        query = query.where(Group.id == groups[0])
    return {group: founded or first for group, founded, first in session.execute(query)}


def age_in_months(began: date | None, day: date) -> int:
    """Return the age of a group on a day; one that nobody knows the beginning of is new."""
    return 0 if began is None else max(0, months_between(began, day))


def share_outs_until(session: Session, day: date, groups: Sequence[int] | None = None) -> Mapping[int, date]:
    """Return the day of each group's first share-out that stands, up to a day."""
    query = (
        select(ShareOut.group_id, func.min(ShareOut.day))
        .where(ShareOut.state == OpeningState.POSTED, ShareOut.day <= day)
        .group_by(ShareOut.group_id)
    )
    if groups is not None and len(groups) == 1:
        query = query.where(ShareOut.group_id == groups[0])
    return {row[0]: row[1] for row in session.execute(query)}


# -- meetings and counts ----------------------------------------------------------------------------


def meetings_on(session: Session, group: GroupId, day: date) -> list[date]:
    """Return the days of all posted meetings up to a day."""
    return list(
        session.scalars(
            select(Meeting.day)
            .where(Meeting.group_id == group, Meeting.state == MeetingState.POSTED, Meeting.day <= day)
            .order_by(Meeting.day)
        )
    )


def regularity_in(session: Session, group: GroupId, held: list[date], starts: date, day: date) -> Regularity:
    """Return how many meetings the group's rules asked for in a period, and how many were held on time."""
    cycles = [(cycle.starts, cycle.ends) for cycle in cycles_of(session, group)]
    return regularity(
        _rules_on(_constitutions(session, group)), cycles, held, starts, day, limit("maturity.plan.days", day)
    )


def regularities(session: Session, starts: date, day: date) -> Mapping[int, Regularity]:
    """Return the same of every group, in three questions to the book."""
    rules: dict[int, list[Constitution]] = {}
    for row in session.scalars(select(Constitution)):
        rules.setdefault(row.group_id, []).append(row)
    cycles: dict[int, list[tuple[date, date]]] = {}
    for group, first, last in session.execute(select(Cycle.group_id, Cycle.starts, Cycle.ends)):
        cycles.setdefault(group, []).append((first, last))
    held: dict[int, list[date]] = {}
    met = select(Meeting.group_id, Meeting.day).where(
        Meeting.state == MeetingState.POSTED, Meeting.day <= day
    )
    for group, on in session.execute(met):
        held.setdefault(group, []).append(on)
    near = limit("maturity.plan.days", day)
    return {
        group: regularity(
            _rules_on(rows), sorted(cycles.get(group, ())), sorted(held.get(group, ())), starts, day, near
        )
        for group, rows in rules.items()
    }


def _constitutions(session: Session, group: GroupId) -> Sequence[Constitution]:
    return session.scalars(select(Constitution).where(Constitution.group_id == group)).all()


def _rules_on(rows: Sequence[Constitution]) -> Callable[[date], Rules | None]:
    """Return a function that gives the rules of a day; the first rules before them, None without any."""
    dated = sorted(((row.valid_from, rules_of(row)) for row in rows), key=lambda pair: pair[0])

    def on(day: date) -> Rules | None:
        if not dated:
            return None
        return next((rules for since, rules in reversed(dated) if since <= day), dated[0][1])

    return on


def last_counts(session: Session, group: GroupId, day: date) -> list[Count]:
    """Return the last counts of the loan-fund box, at meetings and outside them, the latest first."""
    found = last_of_all(session, group, limit("maturity.counts", day), day, Account.CASH)
    return [Count(one.day, one.difference) for one in found]


# -- money ------------------------------------------------------------------------------------------


def _lent_out(session: Session, group: GroupId, starts: date, day: date) -> list[Fraction]:
    """Return the lent share of the loan fund at the end of each month, and on the day itself."""
    found = []
    ends = day
    while ends >= starts:
        balances = group_balances(session, group, ends)
        lent = balances.get(Account.LOANS, 0)
        whole = lent + balances.get(Account.CASH, 0) + balances.get(Account.BANK, 0)
        if whole > 0:
            found.append(Fraction(lent, whole))
        ends = ends.replace(day=1) - timedelta(days=1)
    return found[::-1]


def _ever_lent(session: Session, group: GroupId, day: date) -> bool:
    return bool(
        session.scalar(
            select(
                exists().where(
                    Loan.group_id == group,
                    Loan.direction == LoanDirection.OUT,
                    Loan.disbursed_on.is_not(None),
                    Loan.disbursed_on <= day,
                )
            )
        )
    )


def _grants(session: Session, group: GroupId, day: date) -> int:
    """Return what the social fund paid in the last twelve months, in đồng."""
    return int(
        session.scalar(
            select(func.coalesce(func.sum(SocialGrant.amount), 0)).where(
                SocialGrant.group_id == group,
                SocialGrant.state == GrantState.PAID,
                SocialGrant.paid_on > add_months(day, -12),
                SocialGrant.paid_on <= day,
            )
        )
        or 0
    )


# -- offices and reach ------------------------------------------------------------------------------


def _terms(session: Session, group: GroupId, day: date) -> Mapping[tuple[Office, int], int]:
    """Return how many months in all each person has held each leading office up to a day."""
    days: dict[tuple[Office, int], int] = {}
    for term in session.scalars(
        select(OfficeTerm).where(
            OfficeTerm.group_id == group, OfficeTerm.office.in_(list(OFFICES)), OfficeTerm.since <= day
        )
    ):
        until = day if term.until is None else min(term.until, day)
        key = (term.office, term.member_id)
        days[key] = days.get(key, 0) + (until - term.since).days
    return {key: held * 12 // 365 for key, held in days.items()}


def _elected(session: Session, group: GroupId, day: date) -> date | None:
    """Return the last day on which a term of a leading office began."""
    return session.scalar(
        select(func.max(OfficeTerm.since)).where(
            OfficeTerm.group_id == group, OfficeTerm.office.in_(list(OFFICES)), OfficeTerm.since <= day
        )
    )


def reach_of(known: Facts, category: Category, base: Benchmark) -> Reach:
    """Return the inclusion index of a category in a group.

    The bound of twenty members is left out: it is there for figures of places, and most groups are smaller. With
    fewer than the coverage asked about disability, or too few such people in the commune, nothing is said.
    """
    people = list(known.people.values())
    answers = [category.holds(part.traits) for part in people]
    asked = sum(answer is not None for answer in answers)
    persons, whole = base.persons.get(category), base.persons.get(Category.ALL)
    if not asked or not whole or persons is None or persons < limit("inclusion.population", known.ends):
        return Reach(category, None)
    if category is Category.DISABLED:
        decided = sum(part.traits.disability in (Finding.YES, Finding.NO) for part in people)
        if decided * 100 < limit("washington.coverage", known.ends) * len(people):
            return Reach(category, None)
    return Reach(category, Fraction(sum(bool(answer) for answer in answers) * whole, asked * persons))
