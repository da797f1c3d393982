"""How much of a group's books an auditor looks at, and what the result says of the rest (indicators.md 7.4).

Passbooks: a sample without replacement, so small that it would show one wrong passbook if as many were wrong as may
not be. Loans: sampling by đồng, which finds large balances first. Exact arithmetic: `Fraction` and whole numbers.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, comb
from typing import TypeVar

K = TypeVar("K")

CONFIDENCES = (90, 95)
WRONG_RATE = Fraction(1, 10)
"""The share of wrong passbooks that a sample must not miss."""
ALL_UP_TO = 15
"""In a group of so few, every passbook is looked at."""
FACTORS: Mapping[int, tuple[Fraction, ...]] = {
    95: tuple(Fraction(one, 100) for one in (300, 475, 630, 776, 916, 1052, 1185, 1315, 1444, 1571, 1697)),
    90: tuple(Fraction(one, 100) for one in (230, 389, 533, 669, 800, 928, 1054, 1178, 1300, 1421, 1541)),
}
"""Reliability factors R0, R1, … by confidence: the Poisson limits for so many errors."""


def sample_size(population: int, rate: Fraction = WRONG_RATE, confidence: int = 95) -> int:
    """Return how many of `population` must be looked at so that, if the share `rate` were wrong, the chance to see
    none of them is at most 100 − confidence %."""
    if population <= 0:
        return 0
    wrong = max(1, ceil(rate * population))
    miss = Fraction(100 - confidence, 100)
    for size in range(1, population + 1):
        if Fraction(comb(population - wrong, size), comb(population, size)) <= miss:
            return size
    return population


def passbooks_to_see(population: int, confidence: int = 95) -> int:
    """Return how many passbooks are looked at: all of a small group, else the sample."""
    return population if population <= ALL_UP_TO else sample_size(population, WRONG_RATE, confidence)


def most_wrong(population: int, seen: int, wrong: int, confidence: int = 95) -> int:
    """Return the largest number of wrong ones in the population that the result does not speak against.

    With more of them wrong, a sample of `seen` would show as few as `wrong` in less than 100 − confidence % of cases.
    """
    if seen >= population or seen <= 0:
        return wrong if seen else population
    miss = Fraction(100 - confidence, 100)
    most = wrong
    for guess in range(wrong, population - (seen - wrong) + 1):
        ways = sum(comb(guess, k) * comb(population - guess, seen - k) for k in range(wrong + 1))
        if Fraction(ways, comb(population, seen)) <= miss:
            break
        most = guess
    return most


def draw(keys: Sequence[K], size: int, seed: int) -> tuple[K, ...]:
    """Return `size` of the keys, in their order; the same seed always picks the same."""
    picked = set(random.Random(seed).sample(range(len(keys)), min(size, len(keys))))
    return tuple(key for place, key in enumerate(keys) if place in picked)


def interval(tolerable: int, confidence: int = 95) -> Fraction:
    """Return the distance in đồng between two picked đồng, for an error that may be tolerated."""
    return Fraction(tolerable) / FACTORS[confidence][0]


def pick_by_dong(balances: Sequence[tuple[K, int]], step: Fraction, seed: int) -> dict[K, int]:
    """Return how often each item is hit, walking through all đồng from a random start; large ones are always hit."""
    if step <= 0 or not balances:
        return {}
    # A start among the đồng of the first step: 1 to the step, as whole đồng (at least one).
    at = Fraction(random.Random(seed).randint(1, max(1, int(step))))
    found: dict[K, int] = {}
    end = 0
    for key, balance in balances:
        end += max(0, balance)
        while at <= end:
            found[key] = found.get(key, 0) + 1
            at += step
    return found


@dataclass(frozen=True, slots=True)
class Examined:
    """One item looked at: what the book says, what was found. Only overstatement counts (`book` above `found`)."""

    book: int
    found: int

    @property
    def taint(self) -> Fraction:
        """Return the share of the book's amount that is not there, 0 to 1."""
        if self.book <= 0:
            return Fraction(0)
        return Fraction(min(max(self.book - self.found, 0), self.book), self.book)


@dataclass(frozen=True, slots=True)
class Limit:
    """What sampling by đồng says: the projected error, the most it can be, whether that is tolerable."""

    projected: Fraction
    most: Fraction
    acceptable: bool


def error_limit(items: Sequence[Examined], tolerable: int, confidence: int = 95) -> Limit:
    """Return the upper limit of the error: I·R0 + Σ I·(Rj − Rj−1)·taint, taints in falling order.

    An item as large as a step or larger was certain to be looked at: its error counts as it is.
    """
    step = interval(tolerable, confidence)
    factors = FACTORS[confidence]
    certain = sum((item.taint * item.book for item in items if item.book >= step), Fraction(0))
    taints = sorted((item.taint for item in items if item.book < step and item.taint), reverse=True)
    projected = certain + step * sum(taints, Fraction(0))
    most = certain + step * factors[0]
    for place, taint in enumerate(taints, 1):
        # Beyond the table a further error weighs one step: the differences fall towards one.
        more = factors[place] - factors[place - 1] if place < len(factors) else Fraction(126, 100)
        most += step * more * taint
    return Limit(projected, most, most <= tolerable)


def decayed(weight: int, age_days: int) -> Fraction:
    """Return the weight of an open finding: half after twelve months."""
    return Fraction(weight, 2) if age_days > 365 else Fraction(weight)


def arrears_band(share: Fraction | None) -> int:
    """Return the band of PAR > 30: 0 up to 5 %, 1 up to 10 %, 2 above."""
    if share is None or share <= Fraction(5, 100):
        return 0
    return 1 if share <= Fraction(10, 100) else 2


def risk(findings: Sequence[tuple[int, int]], arrears: Fraction | None, *, counted: bool) -> Fraction:
    """Return the risk of a group, to choose whom to visit first: open findings as (weight, age in days), PAR > 30,
    and whether its box was counted in the last three months (indicators.md 7.2)."""
    found = sum((decayed(weight, age) for weight, age in findings), Fraction(0))
    return found + 5 * arrears_band(arrears) + (0 if counted else 5)
