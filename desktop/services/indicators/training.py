"""Indicators of training: who completed (DT01), who uses what was learned (DT02), whose hours they were (HN07)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy.orm import Session

from desktop.models.ids import MemberId
from desktop.models.rules.training.follow_up import follow_up
from desktop.services.indicators.facts import Facts, Scope, Value, count, money, ratio
from desktop.services.indicators.loading import LOADERS
from desktop.services.indicators.registry import Kind, Piece, Unit, in_pieces, indicator
from desktop.services.training import (
    by_person,
    follow_term,
    hours_in,
    learnings_in,
    modules_done,
)
from desktop.services.training_follow_ups import visits_of
from resources.training import module_title


@dataclass(frozen=True, slots=True)
class Trained:
    """One person: the modules completed by the end of the period with their days, and the minutes learned in it.

    `visited` and `applied`: a visit of the person's livelihood in the period, long enough after a completed course, and
    whether it saw something in use; `visited_modules`, `applied_modules` say the same by module.
    """

    member: MemberId
    modules: tuple[tuple[str, date], ...]
    minutes: int
    visited_modules: frozenset[str] = frozenset()
    applied_modules: frozenset[str] = frozenset()

    @property
    def visited(self) -> bool:
        """Tell whether the person was visited long enough after a course."""
        return bool(self.visited_modules)

    @property
    def applied(self) -> bool:
        """Tell whether such a visit saw something in use."""
        return bool(self.applied_modules)

    def completed_in(self, starts: date, ends: date) -> bool:
        """Tell whether a module was completed, for the first time, within a period."""
        return any(starts <= day <= ends for _module, day in self.modules)


def trained_in(session: Session, _scope: Scope, starts: date, ends: date) -> Iterable[Trained]:
    """Read everybody who learned by the end of the period; cells keep those who belong to them."""
    learnings = learnings_in(session, ends)
    done = modules_done(learnings)
    minutes = hours_in(session, starts, ends)
    people = by_person([one for one in learnings if one.completed is not None])
    visits = visits_of(session, set(people))
    for member in sorted(done.keys() | minutes.keys()):
        visited: set[str] = set()
        applied: set[str] = set()
        for one in people.get(member, ()):
            assert one.completed is not None
            due = follow_up(one.completed, (), follow_term(one.completed), ends).due
            for visit in visits.get(member, ()):
                if not visit.of_livelihood or not max(due, starts) <= visit.day <= ends:
                    continue
                seen = visit.seen(one)
                if seen is not None:
                    visited.update(one.course.codes)
                    applied.update(one.course.codes if seen.applied else ())
        yield Trained(
            member,
            tuple(sorted(done.get(member, {}).items())),
            minutes.get(member, 0),
            frozenset(visited),
            frozenset(applied),
        )


LOADERS["training"] = trained_in


def _rows(facts: Facts) -> list[Trained]:
    everybody = facts.everybody
    return [row for row in facts.more.get("training", ()) if row.member in everybody]


@indicator("DT01", Unit.PEOPLE, Kind.COUNT)
def completed_training(facts: Facts) -> Value:
    """Count persons who completed a course, or a module for the first time, in the period."""
    return count(sum(row.completed_in(facts.starts, facts.ends) for row in _rows(facts)))


@indicator("DT02", Unit.PERCENT, Kind.RATE)
def applied_training(facts: Facts) -> Value:
    """Return how many of those visited at least three months after a course use what they learned."""
    visited = [row for row in _rows(facts) if row.visited]
    return ratio(sum(row.applied for row in visited), len(visited))


@in_pieces("DT01")
def completed_by_module(facts: Facts) -> Iterable[Piece]:
    """Count persons by the module that they completed for the first time in the period."""
    return [Piece(code, module_title(code), count(n)) for code, n in sorted(by_module(facts).items())]


@in_pieces("DT02")
def used_by_module(facts: Facts) -> Iterable[Piece]:
    """Return by module how many of those visited use what they learned."""
    return [
        Piece(code, module_title(code), ratio(applied, visited))
        for code, (applied, visited) in sorted(applied_by_module(facts).items())
    ]


Benefit = Callable[[Facts], dict[MemberId, int]]


def _hours(facts: Facts) -> dict[MemberId, int]:
    return {row.member: row.minutes for row in facts.more.get("training", ()) if row.minutes}


BENEFITS: dict[str, Benefit] = {"training": _hours}
"""What is shared out: by person, in a unit of its own. A module that gives something else (support) adds its function.

A function reads `facts.more`, which stays whole when `facts.only` narrows the people, so that shares can be taken.
"""


@indicator("HN07", Unit.RATIO, Kind.RATE)
def benefit_share(facts: Facts) -> Value:
    """Return the share of these people in training hours (and in support) over their share among members.

    Đồng and hours do not add up: the shares of each kind that was given are averaged. 1 is an even share.
    """
    everybody = frozenset(part.member for part in facts.whole if part.member_on(facts.ends))
    mine = frozenset(facts.people)
    if not everybody or not mine:
        return Value(None, 0, 0, len(mine))
    shares = []
    told: list[int] = []
    for benefit in BENEFITS.values():
        given = {
            member: amount for member, amount in benefit(facts).items() if amount and member in everybody
        }
        total = sum(given.values())
        if total:
            shares.append(Fraction(sum(given.get(member, 0) for member in mine), total))
            told += [len(given.keys() & mine), len(given.keys() - mine)]
    if not shares:
        return Value(None, 0, 0, len(mine))
    share = sum(shares, Fraction()) / len(shares)
    part = Fraction(len(mine), len(everybody))
    least = min((people for people in told if people), default=None)
    return Value(share / part, len(mine), len(everybody), len(mine), smallest=least)


def trained_minutes(facts: Facts) -> Value:
    """Return the minutes that these people learned in the period; who learned none does not stand behind them."""
    return money({row.member: row.minutes for row in _rows(facts)})


def by_module(facts: Facts) -> dict[str, int]:
    """Return how many distinct persons completed each module in the period (DT01 by module)."""
    found: dict[str, int] = {}
    for row in _rows(facts):
        for module, day in row.modules:
            if facts.starts <= day <= facts.ends:
                found[module] = found.get(module, 0) + 1
    return found


def applied_by_module(facts: Facts) -> dict[str, tuple[int, int]]:
    """Return, by module, how many use what they learned of how many visited (DT02 by module)."""
    found: dict[str, tuple[int, int]] = {}
    for row in _rows(facts):
        for module in row.visited_modules:
            applied, visited = found.get(module, (0, 0))
            found[module] = applied + (module in row.applied_modules), visited + 1
    return found
