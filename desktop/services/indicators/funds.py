"""Social fund, fines, costs and outside money (QX…, BV…), the box and the keeping of the book (KT…)."""

from __future__ import annotations

from fractions import Fraction

from desktop.models.kinds import Account
from desktop.services.indicators.facts import Facts, Value, money, ratio, sum_by_person
from desktop.services.indicators.registry import Kind, Unit, indicator

_EARNED = (Account.INTEREST, Account.FEES, Account.PENALTIES, Account.FINES)


@indicator("QX01", Unit.DONG, Kind.MEAN, of_groups=True)
def social_fund(facts: Facts) -> Value:
    """Return what is in the social box for each membership."""
    return ratio(sum(group.has(Account.SOCIAL_CASH) for group in facts.groups), len(facts.members))


@indicator("QX02", Unit.DONG, Kind.SUM)
def grants(facts: Facts) -> Value:
    """Sum what the social fund gave to members in the period."""
    return money(sum_by_person(facts.parts, lambda part: part.social_out))


@indicator("QX03", Unit.DONG, Kind.SUM)
def fines(facts: Facts) -> Value:
    """Sum the fines that members paid in the period."""
    return money(sum_by_person(facts.parts, lambda part: part.fines))


@indicator("BV01", Unit.PERCENT, Kind.RATE, of_groups=True)
def costs(facts: Facts) -> Value:
    """Return the expenses over interest, fees and fines."""
    spent = sum(group.turnover(Account.EXPENSES) for group in facts.groups)
    earned = sum(group.turnover(account) for group in facts.groups for account in _EARNED)
    return ratio(spent, earned, len(facts.groups))


@indicator("BV02", Unit.PERCENT, Kind.RATE, of_groups=True)
def outside(facts: Facts) -> Value:
    """Return outside capital over savings and outside capital together."""
    owed = sum(group.has(Account.EXTERNAL_FUNDS) + group.has(Account.LENDERS) for group in facts.groups)
    saved = sum(
        group.has(Account.SAVINGS) + group.has(Account.COMPULSORY_SAVINGS) + group.has(Account.SHARES)
        for group in facts.groups
    )
    return ratio(owed, saved + owed, len(facts.groups))


@indicator("KT01", Unit.DONG, Kind.SUM, of_groups=True)
def box_difference(facts: Facts) -> Value:
    """Return counted less book at the last count of each group, summed."""
    counted = [group for group in facts.groups if group.counted]
    if not counted:
        return Value(None, 0, None, 0)
    total = sum(group.difference for group in counted)
    return Value(Fraction(total), total, None, len(counted))


@indicator("KT07", Unit.PERCENT, Kind.RATE, of_groups=True)
def in_time(facts: Facts) -> Value:
    """Return the share of vouchers recorded within seven days."""
    return ratio(sum(group.in_time for group in facts.groups), sum(group.vouchers for group in facts.groups))


@indicator("KT08", Unit.PERCENT, Kind.RATE, of_groups=True)
def reversed_vouchers(facts: Facts) -> Value:
    """Return the share of vouchers that take others back."""
    return ratio(
        sum(group.reversals for group in facts.groups), sum(group.vouchers for group in facts.groups)
    )
