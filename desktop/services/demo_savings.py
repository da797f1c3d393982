"""Savings with interest for the demonstration book: rules and rates by date, months credited, a notice that runs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction

from desktop.models.ids import GroupId
from desktop.models.rules.savings_terms import SavingsRate, SavingsTerms
from desktop.models.savings_kinds import Crediting, PeriodState, RatePer, SavingsKind
from desktop.services import group_lists, savings, savings_book, savings_interest, savings_runs
from desktop.services.acts import Act
from desktop.services.periods import closed_through
from desktop.services.savings import GiveNotice, KeepRate
from desktop.services.savings_facts import last_credited, runs_of
from desktop.services.savings_runs import Credit
from desktop.store.book import Book

MONTHS = 5
_CLOCK = time(12, 45, tzinfo=UTC)
_MINIMUM, _NOTICE_DAYS = 20_000, 7


def save_with_interest(book: Book, today: date, who: str) -> int:
    """Let the first group's savings bear interest by the month, and the second's to the cycle's end.

    Return how many vouchers were posted.
    """
    groups = group_lists.page(
        book, group_lists.GroupFilter(), group_lists.GroupSort(group_lists.GroupOrder.CODE), 0, 2
    )
    posted = 0
    for place, row in enumerate(groups):
        group = GroupId(row.id)
        if place:
            _to_the_end_of_the_cycle(book, group, today, who)
        else:
            posted += _by_the_month(book, group, today, who)
    return posted


def _by_the_month(book: Book, group: GroupId, today: date, who: str) -> int:
    kind, starts, act = SavingsKind.VOLUNTARY, _first_day(book, group, today), _act(today, who)
    if starts is None:
        return 0
    terms = SavingsTerms(kind, starts)
    savings.keep_terms(book, group, terms, act)
    for since, percent, per in (
        (starts, Fraction(4, 10), RatePer.MONTH),
        (_month(starts, 2), Fraction(6), RatePer.YEAR),
    ):
        if since <= today:
            savings.keep_rate(book, KeepRate(group, kind, SavingsRate(since, percent, per)), act)
    posted = 0
    while True:
        waiting = savings_interest.periods(book, group, kind, today)
        if sum(one.state is PeriodState.DUE for one in waiting) < 2:
            break  # the last month waits to be credited on the screen
        plan = savings_interest.plan(book, group, kind, today)
        assert plan is not None
        command = Credit(
            group, kind, plan.starts, plan.ends, plan.total, savings_runs.new_run_uid(), agreed=True
        )
        posted += len(savings_runs.credit(book, command, act).value.vouchers)
    _limit(book, group, replace(terms, minimum=_MINIMUM), today, act)
    return posted


def _limit(book: Book, group: GroupId, terms: SavingsTerms, today: date, act: Act) -> date | None:
    """Change the rules from the day after money last left the savings; return that day, None when it has not come."""
    with book.read() as session:
        last = savings.last_out_in(session, group, terms.kind) or terms.valid_from
        credited = last_credited(runs_of(session, group, terms.kind)) or terms.valid_from
    since = max(last, credited, terms.valid_from) + timedelta(days=1)
    if since > today:
        return None
    savings.keep_terms(book, group, replace(terms, valid_from=since), act)
    return since


def _to_the_end_of_the_cycle(book: Book, group: GroupId, today: date, who: str) -> None:
    """Let both savings of a group bear interest to the cycle's end; a loan locks one, the other asks for notice."""
    starts, act = _first_day(book, group, today), _act(today, who)
    if starts is None:
        return
    for kind, percent in ((SavingsKind.COMPULSORY, Fraction(36, 10)), (SavingsKind.VOLUNTARY, Fraction(3))):
        terms = SavingsTerms(kind, starts, crediting=Crediting.CYCLE)
        savings.keep_terms(book, group, terms, act)
        savings.keep_rate(book, KeepRate(group, kind, SavingsRate(starts, percent)), act)
        if kind is SavingsKind.COMPULSORY:
            _limit(book, group, replace(terms, locked_by_loan=True), today, act)
            continue
        since = _limit(book, group, replace(terms, notice_days=_NOTICE_DAYS), today, act)
        if since is not None:
            _notice(book, group, since, act)


def _notice(book: Book, group: GroupId, day: date, act: Act) -> None:
    """Let the one who has saved most give notice of a withdrawal."""
    rich = max(savings_book.savers(book, group, day), key=lambda one: one.savings, default=None)
    amount = 0 if rich is None else rich.savings // 2 // 10_000 * 10_000
    if rich is not None and amount:
        savings.give_notice(book, GiveNotice(group, rich.member, SavingsKind.VOLUNTARY, day, amount), act)


def _first_day(book: Book, group: GroupId, today: date) -> date | None:
    """Return the first day of a month some months back, after what is closed; None when none is left."""
    with book.read() as session:
        closed = closed_through(session, group)
    starts = _month(today.replace(day=1), -MONTHS)
    if closed is not None and closed >= starts:
        starts = _month((closed + timedelta(days=1)).replace(day=1), 0 if closed.day >= 28 else 1)
        if starts <= closed:
            starts = _month(starts, 1)
    return starts if starts < today else None


def _month(day: date, more: int) -> date:
    """Return the first day of the month some months later (or earlier)."""
    months = day.year * 12 + day.month - 1 + more
    return date(months // 12, months % 12 + 1, 1)


def _act(day: date, who: str) -> Act:
    return Act(who, datetime.combine(day, _CLOCK), day)
