"""The desk where interest is credited: the next run worked out before anything is posted, or a run as it was posted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy.orm import Session

from desktop.models.ids import GroupId
from desktop.models.problems import Problem
from desktop.models.records.every import Group
from desktop.models.rules.savings_terms import latest
from desktop.models.savings_kinds import PeriodState, SavingsKind
from desktop.services.savings_book import RunDetail, run_in
from desktop.services.savings_facts import rates_of, terms_of
from desktop.services.savings_interest import InterestPlan, Period, periods_in, plan_in
from desktop.services.savings_runs import check
from desktop.store.book import Book


@dataclass(frozen=True, slots=True)
class InterestDesk:
    """What the page of a run shows: the periods, and the next run worked out or one that was posted."""

    group: GroupId
    group_name: str
    kind: SavingsKind
    kinds: tuple[SavingsKind, ...]
    """The savings that have rules."""
    periods: tuple[Period, ...]
    plan: InterestPlan | None
    detail: RunDetail | None
    problems: tuple[Problem, ...]
    yearly: Fraction | None


def interest_desk(
    book: Book,
    group: GroupId,
    kind: SavingsKind | None,
    today: date,
    ends: date | None = None,
    run_id: int | None = None,
) -> InterestDesk:
    """Return the next run of a group (through `ends`, or its whole period), or the run `run_id`.

    `kind` None: the savings whose period has waited longest.
    """
    with book.read() as session:
        detail = None if run_id is None else run_in(session, run_id)
        kinds = tuple(one for one in SavingsKind if terms_of(session, group, one))
        if detail is not None:
            kind = detail.row.kind
        if kind is None:
            kind = _longest_waiting(session, group, kinds, today)
        plan = None if detail is not None else plan_in(session, group, kind, today, ends)
        rates = rates_of(session, group, kind)
        last = detail.row.ends if detail is not None else today if plan is None else plan.ends
        rate = latest(rates, last)
        return InterestDesk(
            group,
            session.get_one(Group, group).name,
            kind,
            kinds,
            tuple(periods_in(session, group, kind, today)),
            plan,
            detail,
            () if plan is None else tuple(check(plan, today, rates=bool(rates))),
            None if rate is None else rate.yearly,
        )


def _longest_waiting(
    session: Session, group: GroupId, kinds: Sequence[SavingsKind], today: date
) -> SavingsKind:
    waiting = {
        kind: min(
            (one.ends for one in periods_in(session, group, kind, today) if one.state is PeriodState.DUE),
            default=date.max,
        )
        for kind in kinds
    }
    return min(waiting, key=lambda kind: waiting[kind], default=SavingsKind.VOLUNTARY)
