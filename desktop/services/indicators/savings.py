"""Savings (TK…): what the groups keep for their members. Savings are voluntary, compulsory and shares together."""

from __future__ import annotations

from fractions import Fraction
from statistics import median

from desktop.services.indicators.facts import Facts, Value, money, ratio, sum_by_person
from desktop.services.indicators.registry import Kind, Unit, indicator


@indicator("TK01", Unit.DONG, Kind.SUM)
def balance(facts: Facts) -> Value:
    """Sum what is kept for members at the end of the period."""
    return money(sum_by_person(facts.parts, lambda part: part.savings))


@indicator("TK02", Unit.DONG, Kind.MEAN)
def average(facts: Facts) -> Value:
    """Return the savings of a member on average."""
    found = money(sum_by_person(facts.members, lambda part: part.savings))
    made = ratio(found.numerator, len(facts.people))
    return Value(made.amount, made.numerator, made.denominator, made.n, found.largest)


@indicator("TK03", Unit.DONG, Kind.MEAN)
def middle(facts: Facts) -> Value:
    """Return the median of what is kept for each member."""
    amounts = sorted(sum_by_person(facts.members, lambda part: part.savings).values())
    if not amounts:
        return ratio(0, 0)
    return Value(Fraction(median(amounts)), round(median(amounts)), None, len(amounts))


@indicator("TK04", Unit.PERCENT, Kind.RATE)
def regular(facts: Facts) -> Value:
    """Return at how many of the meetings that members were called to they paid in."""
    called = sum(part.called for part in facts.parts)
    paid = sum(min(part.saved, part.called) for part in facts.parts)
    return ratio(paid, called, sum(1 for part in facts.parts if part.called))


@indicator("TK05", Unit.PERCENT, Kind.RATE)
def growth(facts: Facts) -> Value:
    """Return by how much savings have grown over the period."""
    before = sum(part.savings_before for part in facts.parts)
    after = sum(part.savings for part in facts.parts)
    return ratio(after - before, before, len({part.member for part in facts.parts if part.savings_before}))
