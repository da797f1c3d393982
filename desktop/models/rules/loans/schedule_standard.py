"""The standard schedule: one instalment (or one share of principal), kept; the last row takes the rest.

Rounding happens only where an amount is stored. docs/loans.md, "Chuẩn".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from desktop.models.rules.loans.annuity import level_instalment
from desktop.models.rules.loans.calendar import due_dates, planned_dates
from desktop.models.rules.loans.daycount import (
    counts_days,
    days_factor,
    nominal_rate,
    period_factor,
    period_rate,
)
from desktop.models.rules.loans.rounding import Exact, round_exact, round_money, round_part
from desktop.models.rules.loans.rows import Row, make_rows, with_instalment_fees
from desktop.models.rules.loans.terms import (
    Amortization,
    AnnuityRate,
    InterestMethod,
    InterestPeriod,
    MonthBasis,
    Residual,
    Terms,
)


def build(terms: Terms) -> list[Row]:
    """Return the rows of the schedule."""
    dues = due_dates(terms.calendar, terms.disbursed_on, terms.number)
    parts = _flat(terms, dues) if terms.method is InterestMethod.FLAT else _declining(terms, dues)
    parts = _merged(terms, parts)
    rows = make_rows(terms.principal, terms.disbursed_on, dues[: len(parts)], parts)
    return with_instalment_fees(rows, terms)


def money(terms: Terms, value: Exact) -> int:
    """Return a stored amount: rounded to money and to the currency's multiple."""
    return round_money(value, terms.rounding, terms.money_multiple)


def annuity_rate(terms: Terms) -> Fraction:
    """Return the rate inside the annuity formula."""
    if terms.interest_period is InterestPeriod.DAILY and terms.annuity_rate is AnnuityRate.NOMINAL_DAYS:
        return nominal_rate(terms)
    return period_rate(terms)


def instalment_for(terms: Terms, balance: int, periods: int) -> int:
    """Return the equal instalment for a balance over so many periods, rounded to its multiple."""
    if terms.fixed_instalment is not None:
        return terms.fixed_instalment
    exact = level_instalment(balance, annuity_rate(terms), periods)
    return rounded_instalment(terms, exact)


def rounded_instalment(terms: Terms, exact: Exact) -> int:
    """Return an instalment rounded once: to its multiple, or to money."""
    if terms.instalment_multiple:
        unit = terms.instalment_multiple
        return unit * round_exact(Fraction(exact) / unit, terms.rounding)
    return money(terms, exact)


def interest_factors(terms: Terms, dues: Sequence[date]) -> list[Fraction]:
    """Return what each period's balance is multiplied by."""
    if not terms.partial_periods and not counts_days(terms):
        return [period_rate(terms)] * len(dues)
    planned = planned_dates(terms.calendar, terms.disbursed_on, terms.number)
    start = terms.interest_start
    factors = []
    for i, due in enumerate(dues):
        # Nothing is charged before the day interest starts, even if an instalment falls due.
        charged = start < due
        factors.append(
            period_factor(terms, start, due, _regular(terms, planned, i)) if charged else Fraction(0)
        )
        start = max(start, due)
    return factors


def _regular(terms: Terms, planned: Sequence[date], index: int) -> bool:
    """Say whether the calendar, not someone's wish, made this period: only the first can be odd."""
    if index or terms.calendar.due_dates:
        return bool(index)
    return terms.calendar.first_due is None and terms.interest_from is None


def declining_parts(
    terms: Terms, balance: int, factors: Sequence[Fraction], extra: tuple[int, int] = (-1, 0)
) -> list[tuple[int, int]]:
    """Return (principal, interest) of every row. The last row takes the remaining principal.

    Interest in payment grace is collected with the next row; `extra` adds principal to the row of an index.
    """
    grace, last, owed = terms.grace, len(factors) - 1, 0
    level: int | None = None
    parts: list[tuple[int, int]] = []
    for i in range(len(factors)):
        own = 0 if i < grace.interest_free else _own_interest(terms, i, balance, factors[i])
        if level is None and i >= grace.principal:
            level = level_for(terms, balance, len(factors) - i)
        part = planned_principal(terms, i, last, balance, own, level)
        if i == extra[0]:
            part = max(0, min(part + extra[1], balance))
        shown = 0 if i < grace.interest_payment and i != last else own + owed
        owed = own + owed - shown
        parts.append((part, shown))
        balance -= part
    return parts


def _declining(terms: Terms, dues: Sequence[date]) -> list[tuple[int, int]]:
    factors = interest_factors(terms, dues)
    parts = declining_parts(terms, terms.principal, factors)
    first = terms.grace.principal
    if terms.residual is not Residual.FIRST or first >= len(parts) - 1:
        return parts
    # What the last row is off goes to the first paying one; the last then takes what little is left.
    equal = terms.amortization is Amortization.EQUAL_INSTALMENTS
    off = sum(parts[-1]) - sum(parts[-2]) if equal else parts[-1][0] - parts[-2][0]
    return declining_parts(terms, terms.principal, factors, extra=(first, off))


def _own_interest(terms: Terms, i: int, balance: int, factor: Fraction) -> int:
    by_hand = terms.rows_by_hand[i][1] if terms.rows_by_hand else None
    return round_part(balance, factor, terms.rounding, terms.money_multiple) if by_hand is None else by_hand


def level_for(terms: Terms, balance: int, periods: int) -> int:
    """Return what stays the same in every row: the instalment, or the principal."""
    if terms.amortization is Amortization.EQUAL_INSTALMENTS:
        return instalment_for(terms, balance, periods)
    if terms.principal_percent is not None:
        return money(terms, terms.principal * terms.principal_percent / 100)
    if terms.fixed_instalment is not None:
        return terms.fixed_instalment
    return round_money(
        money(terms, Fraction(balance, periods)), terms.rounding, max(terms.principal_multiple, 1)
    )


def planned_principal(terms: Terms, i: int, last: int, balance: int, interest: int, level: int | None) -> int:
    """Return the principal of row `i` when nobody pays more or less than planned."""
    if i == last:
        return balance
    if terms.rows_by_hand:
        return min(terms.rows_by_hand[i][0], balance)
    if level is None or terms.amortization is Amortization.BULLET:
        return 0
    wanted = level - interest if terms.amortization is Amortization.EQUAL_INSTALMENTS else level
    return max(0, min(wanted, balance))


def flat_total(terms: Terms, dues: Sequence[date]) -> Fraction:
    """Return the interest of the whole term on the original sum, not rounded."""
    if counts_days(terms):
        month = MonthBasis.ACTUAL if terms.flat.real_days else terms.day_count.month
        counted = replace(terms, day_count=replace(terms.day_count, month=month))
        return terms.principal * days_factor(counted, terms.interest_start, dues[-1])
    if terms.partial_periods:
        return terms.principal * sum(interest_factors(terms, dues), Fraction(0))
    periods = terms.term_periods if terms.term_periods is not None else Fraction(terms.number)
    return terms.principal * period_rate(terms) * periods


def _flat(terms: Terms, dues: Sequence[date]) -> list[tuple[int, int]]:
    n, grace = len(dues), terms.grace
    interests = _flat_interest(terms, flat_total(terms, dues), n)
    if terms.amortization is Amortization.BULLET or terms.rows_by_hand:
        level = 0
    elif terms.principal_percent is not None:
        level = money(terms, terms.principal * terms.principal_percent / 100)
    else:
        level = money(terms, Fraction(terms.principal, n - min(grace.principal, n - 1)))
        level = round_money(level, terms.rounding, max(terms.principal_multiple, 1))
    parts, balance = [], terms.principal
    first = min(grace.principal, n - 1)
    rest = terms.principal - level * (n - first) if terms.residual is Residual.FIRST and level else 0
    for i, interest in enumerate(interests):
        part = 0 if i < grace.principal else level
        if part and terms.fixed_instalment is not None:
            part = terms.fixed_instalment - interest
        if i == first:
            part += rest
        if terms.rows_by_hand:
            part = terms.rows_by_hand[i][0]
        elif part and terms.instalment_multiple:
            part = _to_multiple(terms, part, interest)
        part = balance if i == n - 1 else max(0, min(part, balance))
        parts.append((part, interest))
        balance -= part
    return parts


def _to_multiple(terms: Terms, part: int, interest: int) -> int:
    """Return the principal that makes principal + interest a multiple: each is rounded, the interest stays."""
    unit = terms.instalment_multiple or 1
    return round_money(part, terms.rounding, unit) + round_money(interest, terms.rounding, unit) - interest


def _flat_interest(terms: Terms, total: Fraction, n: int) -> list[int]:
    """Return each row's interest: even shares of the total, the last row takes what rounding leaves.

    Interest-free rows bear none; the interest of a payment grace is collected with the first row that pays, or spread.
    """
    free = min(terms.grace.interest_free, n)
    waiting = min(terms.grace.interest_payment, n - 1)
    if terms.flat.free_shares:
        whole = money(terms, total)
        charged = max(whole - free * money(terms, Fraction(whole, n)), 0)
    else:
        charged = money(terms, total * (n - free) / n)
    without = max(waiting, free) if terms.flat.spread_grace else free
    paying = n - waiting - free if terms.flat.spread_grace else n - free
    share = money(terms, Fraction(charged, max(paying, 1)))
    rows = [0] * without + [share] * (n - without)
    carried = sum(rows[:waiting])
    rows[:waiting] = [0] * waiting
    rows[waiting] += carried
    rows[-1] += charged - sum(rows)
    return _not_negative(rows)


def _not_negative(rows: list[int]) -> list[int]:
    """Return the shares with a negative last one taken back from the rows before it (tiny sums, rounded up)."""
    lack = -min(rows[-1], 0)
    rows[-1] = max(rows[-1], 0)
    for i in range(len(rows) - 2, -1, -1):
        back = min(lack, rows[i])
        rows[i] -= back
        lack -= back
    return rows


def _merged(terms: Terms, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the rows with a very small last instalment joined to the row before it."""
    if terms.merge_below_percent <= 0 or len(parts) < 2:
        return parts
    (before, interest_before), (last, interest_last) = parts[-2:]
    if round_exact(last * 100) < before * terms.merge_below_percent:
        return [*parts[:-2], (before + last, interest_before + interest_last)]
    return parts
