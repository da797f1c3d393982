"""How the interest of one account over one period is worked out: balances × days × rates, rounded once at the end.

The first day of a stay does not count and the last one does (Circular 14/2017/TT-NHNN, Article 4(2)(a)): a day bears
interest on what was there when it began, which is the balance at the end of the day before. So what is credited on the
last day of a period bears interest from the next one, and a period may be cut anywhere without losing a day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from desktop.models.rules.loans.rounding import RoundingMode, round_to
from desktop.models.rules.savings_interest import (
    BalanceBasis,
    Movement,
    average_balance,
    day_ends,
    exact_interest,
    minimum_balance,
)
from desktop.models.rules.savings_terms import SavingsRate, SavingsTerms, latest, yearly_on

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days (both counted) with one balance (đồng) and one rate (percent a year); `interest` is not rounded."""

    starts: date
    ends: date
    balance: Fraction
    percent: Fraction
    interest: Fraction

    @property
    def days(self) -> int:
        """Return how many days bear interest."""
        return (self.ends - self.starts).days + 1


@dataclass(frozen=True, slots=True)
class Working:
    """One account over one period, in đồng: `exact` is the sum of the stretches, `interest` what is credited."""

    starts: date
    ends: date
    opening: int
    paid_in: int
    paid_out: int
    stretches: tuple[Stretch, ...]
    exact: Fraction
    interest: int

    @property
    def closing(self) -> int:
        """Return the balance at the end, without the interest."""
        return self.opening + self.paid_in - self.paid_out

    @property
    def days(self) -> int:
        """Return the days of the period."""
        return (self.ends - self.starts).days + 1


def work_out(
    terms: Sequence[SavingsTerms],
    rates: Sequence[SavingsRate],
    opening: int,
    starts: date,
    ends: date,
    movements: Iterable[Movement],
) -> Working:
    """Return the interest of the days `starts` to `ends`; `opening` is the balance at the end of the day before.

    Rules and rates are those of each day; where the rules change, each part is counted by its own. The rounding is that
    of the last day.
    """
    moves = [movement for movement in movements if starts <= movement.on <= ends]
    stretches: list[Stretch] = []
    cuts = [starts, *sorted({row.valid_from for row in terms if starts < row.valid_from <= ends})]
    for first, following in zip(cuts, [*cuts[1:], ends + ONE_DAY], strict=True):
        rules = latest(terms, first)
        if rules is not None:
            before = opening + sum(move.amount for move in moves if move.on < first)
            stretches += _part(rules, rates, before, first, following - ONE_DAY, moves)
    exact = sum((stretch.interest for stretch in stretches), Fraction(0))
    last = latest(terms, ends)
    return Working(
        starts=starts,
        ends=ends,
        opening=opening,
        paid_in=sum(move.amount for move in moves if move.amount > 0),
        paid_out=-sum(move.amount for move in moves if move.amount < 0),
        stretches=tuple(stretches),
        exact=exact,
        interest=0 if last is None else rounded(exact, last.rounding_unit, last.rounding),
    )


def rounded(exact: Fraction, unit: int, mode: RoundingMode) -> int:
    """Return interest as it is credited."""
    return int(round_to(exact, unit, mode))


def _part(
    rules: SavingsTerms,
    rates: Sequence[SavingsRate],
    opening: int,
    first: date,
    last: date,
    moves: Sequence[Movement],
) -> list[Stretch]:
    """Return the stretches of days under one set of rules."""
    before, days = first - ONE_DAY, (last - first).days + 1
    spans: list[tuple[int | Fraction, int]]
    if rules.basis is BalanceBasis.MINIMUM:
        spans = [(minimum_balance(opening, before, last, moves), days)]
    elif rules.basis is BalanceBasis.AVERAGE:
        spans = [(average_balance(opening, before, last, moves), days)]
    else:
        spans = list(day_ends(opening, before, last, moves))
    found = []
    on = first
    for balance, length in spans:
        if length:
            found += _by_rate(rules, rates, Fraction(max(balance, 0)), on, on + timedelta(days=length - 1))
            on += timedelta(days=length)
    return found


def _by_rate(
    rules: SavingsTerms, rates: Sequence[SavingsRate], balance: Fraction, first: date, last: date
) -> list[Stretch]:
    """Return one balance over some days, cut where the rate changes."""
    cuts = [first, *sorted({rate.valid_from for rate in rates if first < rate.valid_from <= last})]
    found = []
    for starts, following in zip(cuts, [*cuts[1:], last + ONE_DAY], strict=True):
        percent, ends = yearly_on(rates, starts), following - ONE_DAY
        days = (following - starts).days
        interest = exact_interest(balance, percent, days, rules.days_in_year)
        found.append(Stretch(starts, ends, balance, percent, interest))
    return found
