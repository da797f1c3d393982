"""Penalties and fees: simple, dated, named base. Nothing compounds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from desktop.models.rules.loans.rounding import RoundingMode, round_exact, round_money


class PenaltyBase(StrEnum):
    """What a late penalty is a part of."""

    INITIAL_AMOUNT = "initial_amount"
    OUTSTANDING_BALANCE = "outstanding_balance"
    OVERDUE_PRINCIPAL = "overdue_principal"
    OVERDUE_INTEREST = "overdue_interest"
    OVERDUE_TOTAL = "overdue_total"


# On the loan as a whole, hence once, with the oldest late instalment.
ONCE = frozenset({PenaltyBase.INITIAL_AMOUNT, PenaltyBase.OUTSTANDING_BALANCE})


@dataclass(frozen=True, slots=True)
class PenaltyRule:
    """A daily penalty: base, rate per day (as part of one), days not counted, cap in money (None: none)."""

    base: PenaltyBase
    daily_rate: Fraction
    wait_days: int = 0
    cap: int | None = None
    both_days: bool = False  # count the due day as well as the day of asking


@dataclass(frozen=True, slots=True)
class Overdue:
    """One instalment that is late: what is unpaid of it."""

    nr: int
    due_on: date
    principal: int
    interest: int


def late_days(due_on: date, today: date, rule: PenaltyRule) -> int:
    """Return the days a penalty is counted for."""
    days = (today - due_on).days - rule.wait_days
    if rule.both_days and today >= due_on:
        days += 1
    return max(days, 0)


def penalties_of(
    rules: Iterable[PenaltyRule],
    overdue: Sequence[Overdue],
    today: date,
    initial_amount: int,
    outstanding: int,
    mode: RoundingMode = RoundingMode.HALF_UP,
    since: date | None = None,
) -> dict[int, int]:
    """Return the penalty of each late instalment (by its number), oldest first; each base is rounded by itself.

    Penalties on the whole loan are charged once, with the oldest late instalment. With `since` only the days after
    it count: those before were settled then. A rule's cap is for what is asked for at once; over several payments of an
    instalment `loan_sheet.penalty_due` keeps it.
    """
    rules = list(rules)
    late = sorted((row for row in overdue if row.due_on < today), key=lambda row: (row.due_on, row.nr))
    result: dict[int, int] = {}
    for i, row in enumerate(late):
        total = 0
        for rule in rules:
            if rule.base in ONCE and i:
                continue
            amount = _base(rule.base, row, initial_amount, outstanding) * rule.daily_rate
            before = 0 if since is None else late_days(row.due_on, since, rule)
            part = amount * (late_days(row.due_on, today, rule) - before)
            total += round_exact(part if rule.cap is None else min(part, Fraction(rule.cap)), mode)
        result[row.nr] = total
    return result


def _base(base: PenaltyBase, row: Overdue, initial_amount: int, outstanding: int) -> int:
    match base:
        case PenaltyBase.INITIAL_AMOUNT:
            return initial_amount
        case PenaltyBase.OUTSTANDING_BALANCE:
            return outstanding
        case PenaltyBase.OVERDUE_PRINCIPAL:
            return row.principal
        case PenaltyBase.OVERDUE_INTEREST:
            return row.interest
        case PenaltyBase.OVERDUE_TOTAL:
            return row.principal + row.interest


def annual_penalty(
    base: int,
    annual_percent: Fraction,
    days: int,
    days_in_year: int = 365,
    mode: RoundingMode = RoundingMode.HALF_UP,
) -> int:
    """Return base × rate × days ÷ year, simple, rounded once; never below zero."""
    return round_exact(Fraction(base) * annual_percent * max(days, 0) / (100 * days_in_year), mode)


def overdue_interest(
    principal: int,
    contract_percent: Fraction,
    days: int,
    of_contract_percent: int = 150,
    mode: RoundingMode = RoundingMode.HALF_UP,
) -> int:
    """Return the interest on overdue principal: so many percent of the contract rate, actual days over 365.

    150 by the Civil Code (Điều 466.5b), 130 at the Policy Bank.
    """
    return annual_penalty(principal, contract_percent * of_contract_percent / 100, days, mode=mode)


@dataclass(frozen=True, slots=True)
class LateRates:
    """Law by date: percent of the contract rate on late principal, and a year on late or interest-free sums."""

    since: date
    of_contract_percent: int
    on_late_interest_percent: Fraction
    legal_basis: str


LATE_RATES = (LateRates(date(2017, 1, 1), 150, Fraction(10), "Bộ luật Dân sự 2015, Điều 466, 468"),)


def late_rates_on(day: date, table: Sequence[LateRates] = LATE_RATES) -> LateRates:
    """Return the rates in force on a day (before the first: the first)."""
    valid = [row for row in table if row.since <= day]
    return max(valid, key=lambda row: row.since) if valid else table[0]


def percent_charge(
    percent: Fraction, base: int, mode: RoundingMode = RoundingMode.HALF_UP, multiple: int = 1
) -> int:
    """Return a percent of a base amount, rounded to money."""
    return round_money(base * percent / 100, mode, multiple)


def early_fee(remaining: int, rate: Fraction, mode: RoundingMode = RoundingMode.HALF_UP) -> int:
    """Return the fee for paying off early: a part of the balance that is not yet due."""
    return round_exact(remaining * rate, mode)
