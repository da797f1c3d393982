"""The equal instalment, exactly: a quotient of whole numbers, rounded once by whoever stores it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def equal_instalment(principal: int | Fraction, rates: Sequence[Fraction]) -> Fraction:
    """Return the instalment that pays off `principal` over periods with these rates, interest after each.

    instalment = P·Π(1+rᵢ) ÷ (1 + (1+rₙ) + (1+rₙ)(1+rₙ₋₁) + …); with one rate this is the usual formula.
    """
    growth, weight = Fraction(1), Fraction(0)
    if len(set(rates)) == 1:
        return level_instalment(principal, rates[0], len(rates))
    for rate in reversed(rates):
        weight += growth
        growth *= 1 + rate
    return principal * growth / weight


def level_instalment(principal: int | Fraction, rate: Fraction, number: int) -> Fraction:
    """Return the equal instalment at one rate: P·r·(1+r)ⁿ ÷ ((1+r)ⁿ − 1), or P ÷ n without interest."""
    if rate == 0:
        return Fraction(principal) / number
    top, bottom = rate.numerator, rate.denominator
    grown = (top + bottom) ** number  # over bottom ** number
    return principal * Fraction(top * grown, bottom * (grown - bottom**number))
