"""The interest of a group's savings worked out, before anything is posted: for a period, for one member, to date.

Earlier periods are worked out again each time from the ledger as it is now. Where an entry for an earlier day was posted
after its period had been credited, the sum differs from what was credited: the difference goes into the next run (or
the run is taken back and made again). It is never taken below what is on the account; what remains waits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, MemberId
from desktop.models.records.every import Member
from desktop.models.rules.savings_interest import Movement
from desktop.models.rules.savings_periods import period_end, period_title
from desktop.models.rules.savings_terms import SavingsRate, SavingsTerms, latest
from desktop.models.rules.savings_working import ONE_DAY, Working, work_out
from desktop.models.savings_kinds import PeriodState, SavingsKind
from desktop.services.facts import members_in_order
from desktop.services.savings_facts import (
    RunFacts,
    balance_of,
    cycle_spans,
    last_credited,
    movements_of,
    rates_of,
    runs_of,
    terms_of,
)
from desktop.store.book import Book
from resources.lang.names import join_name


@dataclass(frozen=True, slots=True)
class MemberInterest:
    """What one member gets, in đồng: the interest of the period, and the difference of earlier ones."""

    member: MemberId
    code: str
    name: str
    working: Working
    difference: int = 0

    @property
    def total(self) -> int:
        """Return what is credited."""
        return self.working.interest + self.difference


@dataclass(frozen=True, slots=True)
class InterestPlan:
    """The interest of a group's savings of one kind for the days `starts` to `ends`, both counted."""

    group: GroupId
    kind: SavingsKind
    starts: date
    ends: date
    period_ends: date
    """The last day of the whole period; later than `ends` when interest is credited early."""
    title: str
    lines: tuple[MemberInterest, ...]

    @property
    def total(self) -> int:
        """Return the sum that is credited."""
        return sum(line.total for line in self.lines)

    @property
    def early(self) -> bool:
        """Tell whether the period is cut short."""
        return self.ends < self.period_ends


@dataclass(frozen=True, slots=True)
class Period:
    """A period of interest: its days, where it stands, and the run that credited it."""

    starts: date
    ends: date
    title: str
    state: PeriodState
    run: int | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """What a member was credited too little (+) or too much (−) for days already credited, in đồng."""

    member: MemberId
    code: str
    name: str
    amount: int


@dataclass(frozen=True, slots=True)
class SavingsHistory:
    """All that the interest of one kind of savings follows from."""

    group: GroupId
    kind: SavingsKind
    terms: tuple[SavingsTerms, ...]
    rates: tuple[SavingsRate, ...]
    runs: tuple[RunFacts, ...]
    movements: dict[MemberId, list[Movement]]
    cycles: tuple[tuple[date, date], ...]

    @property
    def next_start(self) -> date | None:
        """Return the first day of the group's next run; None while the group has no rules."""
        credited = last_credited(self.runs)
        if credited is not None:
            return credited + ONE_DAY
        return self.terms[0].valid_from if self.terms else None

    def period_of(self, starts: date) -> tuple[date, str]:
        """Return the last day of the period that a run beginning on `starts` credits, and what it is called."""
        rules = latest(self.terms, starts) or self.terms[0]
        ends = period_end(rules.crediting, starts, self.cycles)
        return ends, period_title(rules.crediting, starts, ends)

    def start_of(self, member: MemberId) -> date | None:
        """Return the first day that a member has not been credited for."""
        first = self.next_start
        mine = last_credited(self.runs, member)
        return first if first is None or mine is None else max(first, mine + ONE_DAY)

    def working(self, member: MemberId, starts: date, ends: date) -> Working:
        """Return a member's interest for some days, from the ledger as it is now."""
        moves = self.movements.get(member, [])
        opening = balance_of(moves, starts - ONE_DAY)
        return work_out(self.terms, self.rates, opening, starts, ends, moves)

    def difference(self, member: MemberId) -> int:
        """Return what earlier runs credited too little (+) or too much (−), as the ledger is now, in đồng."""
        due = credited = 0
        through: date | None = None
        for run in self.runs:
            if run.member is not None and run.member != member:
                continue
            starts = run.starts if through is None else max(run.starts, through + ONE_DAY)
            credited += run.credits.get(member, 0)
            if starts <= run.ends:
                due += self.working(member, starts, run.ends).interest
                through = run.ends
        return due - credited

    def lowest_from(self, member: MemberId, day: date) -> int:
        """Return the least that is on a member's account at the end of a day or any later one, in đồng."""
        moves = self.movements.get(member, [])
        lowest = balance = balance_of(moves, day)
        for move in moves:
            if move.on > day:
                balance += move.amount
                lowest = min(lowest, balance)
        return max(lowest, 0)

    def member_interest(self, person: tuple[MemberId, str, str], ends: date) -> MemberInterest | None:
        """Return what a member gets through a day; None when there is nothing to say."""
        member, code, name = person
        starts = self.start_of(member)
        if starts is None or starts > ends:
            return None
        working = self.working(member, starts, ends)
        difference = self.difference(member)
        # Not more is taken back than is there, then or later; the rest is a difference again next time.
        difference = max(difference, -self.lowest_from(member, ends) - working.interest)
        if not (working.opening or working.paid_in or working.paid_out or difference):
            return None
        return MemberInterest(member, code, name, working, difference)


def history_in(
    session: Session, group: GroupId, kind: SavingsKind, through: date, member: MemberId | None = None
) -> SavingsHistory:
    """Return what the interest of one kind of savings follows from, up to a day."""
    return SavingsHistory(
        group,
        kind,
        terms_of(session, group, kind),
        rates_of(session, group, kind),
        tuple(runs_of(session, group, kind)),
        movements_of(session, group, kind, through, member),
        tuple(cycle_spans(session, group)),
    )


def people_in(session: Session, history: SavingsHistory, on: date) -> list[tuple[MemberId, str, str]]:
    """Return who has or had savings: in the group's order, those who have left after them."""
    known = [(row.member_id, row.code, row.full_name) for row in members_in_order(session, history.group, on)]
    listed = {member for member, _code, _name in known}
    left = session.execute(
        select(Member.id, Member.code, Member.family, Member.middle, Member.given)
        .where(Member.id.in_([member for member in history.movements if member not in listed]))
        .order_by(Member.code)
    )
    others = [
        (MemberId(key), code, join_name(family, middle, given)) for key, code, family, middle, given in left
    ]
    return [person for person in (*known, *others) if person[0] in history.movements]


def plan_in(
    session: Session, group: GroupId, kind: SavingsKind, today: date, ends: date | None = None
) -> InterestPlan | None:
    """Return the next run as it would be posted; `ends` None: the whole period, or to today while it runs.

    None while the group has no rules for these savings, or when everything through `ends` is credited.
    """
    history = history_in(session, group, kind, max(today, ends or today))
    starts = history.next_start
    if starts is None:
        return None
    period_ends, title = history.period_of(starts)
    last = min(period_ends, today) if ends is None else ends
    if last < starts:
        return None
    lines = [history.member_interest(person, last) for person in people_in(session, history, last)]
    return InterestPlan(
        group, kind, starts, last, period_ends, title, tuple(line for line in lines if line is not None)
    )


def plan(
    book: Book, group: GroupId, kind: SavingsKind, today: date, ends: date | None = None
) -> InterestPlan | None:
    """Return the next run as it would be posted; see `plan_in`."""
    with book.read() as session:
        return plan_in(session, group, kind, today, ends)


def periods_in(session: Session, group: GroupId, kind: SavingsKind, today: date) -> list[Period]:
    """Return all periods from the first rules to today, the latest first: credited, due, running."""
    history = history_in(session, group, kind, today)
    found = [
        Period(
            run.starts,
            run.ends,
            run_title(history.terms, run.starts, run.ends),
            PeriodState.CREDITED,
            run.id,
            run.number,
        )
        for run in history.runs
        if run.member is None
    ]
    starts = history.next_start
    while starts is not None and starts <= today:
        ends, title = history.period_of(starts)
        found.append(Period(starts, ends, title, PeriodState.DUE if ends <= today else PeriodState.RUNNING))
        starts = ends + ONE_DAY
    return found[::-1]


def periods(book: Book, group: GroupId, kind: SavingsKind, today: date) -> list[Period]:
    """Return all periods from the first rules to today; see `periods_in`."""
    with book.read() as session:
        return periods_in(session, group, kind, today)


def run_title(terms: Sequence[SavingsTerms], starts: date, ends: date) -> str:
    """Return what the days of a run are called."""
    rules = latest(terms, starts)
    return "" if rules is None else period_title(rules.crediting, starts, ends)


def differences(book: Book, group: GroupId, kind: SavingsKind, today: date) -> list[Difference]:
    """Return for whom the ledger now says another interest than was credited: the next run posts it."""
    with book.read() as session:
        history = history_in(session, group, kind, today)
        found = [
            Difference(member, code, name, history.difference(member))
            for member, code, name in people_in(session, history, today)
        ]
        return [row for row in found if row.amount]


def expected_in(session: Session, group: GroupId, member: MemberId, today: date) -> dict[SavingsKind, int]:
    """Return what a member would be credited if interest were counted through today, in đồng, by kind of savings."""
    found = {}
    for kind in SavingsKind:
        if terms_of(session, group, kind):
            line = history_in(session, group, kind, today, member).member_interest((member, "", ""), today)
            if line is not None:
                found[kind] = line.total
    return found


def uncredited_in(session: Session, group: GroupId, through: date) -> int:
    """Return the interest of all savings not credited through a day yet, in đồng; 0 where no savings bear any."""
    total = 0
    for kind in SavingsKind:
        if not terms_of(session, group, kind):
            continue
        history = history_in(session, group, kind, through)
        for person in people_in(session, history, through):
            line = history.member_interest(person, through)
            total += 0 if line is None else line.working.interest
    return total
