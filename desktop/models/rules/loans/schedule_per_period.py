"""The per-period schedule: a rate per period, the remaining amount over the remaining instalments.

What savings groups charge at each meeting. docs/loans.md, "Theo kỳ".
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from desktop.models.rules.loans.annuity import level_instalment
from desktop.models.rules.loans.calendar import due_dates
from desktop.models.rules.loans.daycount import period_rate
from desktop.models.rules.loans.rounding import RoundingMode, round_exact
from desktop.models.rules.loans.rows import Row, make_rows, with_instalment_fees
from desktop.models.rules.loans.terms import Amortization, Grace, InterestMethod, PeriodUnit, Residual, Terms

Parts = list[tuple[int, int]]
_AWAY = RoundingMode.HALF_UP


def build(terms: Terms) -> list[Row]:
    """Return the rows of the schedule."""
    dues = due_dates(terms.calendar, terms.disbursed_on, terms.number)
    rate = period_rate(terms)
    if terms.method is InterestMethod.FLAT:
        parts = _flat(terms, rate)
    elif terms.shares:
        parts = _by_shares(terms, rate)
    elif terms.amortization is Amortization.EQUAL_PRINCIPAL:
        parts = _equal_principal(terms, rate)
    elif terms.amortization is Amortization.BULLET:
        parts = _bullet(terms, rate)
    else:
        parts = _annuity(terms, rate)
    if terms.first_interest_by_days and terms.calendar.unit in (PeriodUnit.DAYS, PeriodUnit.WEEKS):
        parts = _first_by_days(terms, parts, rate, (dues[0] - terms.disbursed_on).days)
    parts = _graced(parts, terms.grace)
    return with_instalment_fees(make_rows(terms.principal, terms.disbursed_on, dues, parts), terms)


def _waiting(terms: Terms, rate: Fraction, mode: RoundingMode) -> Parts:
    """Return the rows of the principal grace: interest only, or nothing in the interest-free ones."""
    interest = round_exact(terms.principal * rate, mode)
    return [(0, 0 if i < terms.grace.interest_free else interest) for i in range(terms.grace.principal)]


def _graced(parts: Parts, grace: Grace) -> Parts:
    """Return the rows without interest in the interest-free ones; that of a payment grace comes with the next row.

    The principal of the rows does not move: the borrower pays the interest less.
    """
    interest = [0 if i < grace.interest_free else each for i, (_, each) in enumerate(parts)]
    waiting = min(grace.interest_payment, len(parts) - 1)
    interest[waiting] += sum(interest[:waiting])
    interest[:waiting] = [0] * waiting
    return [(principal, each) for (principal, _), each in zip(parts, interest, strict=True)]


def _flat(terms: Terms, rate: Fraction) -> Parts:
    """Return the rows of flat interest: one total, spread over all the rows that bear interest, grace or not.

    With shares the rows of the grace bear the rate of a period, and the total is that of the rows behind them.
    """
    if terms.shares:
        waiting = _waiting(terms, rate, _AWAY)
        interest = round_exact(terms.principal * rate * (terms.number - len(waiting)), _AWAY)
        return waiting + _flat_shares(terms, terms.principal, interest)
    free = min(terms.grace.interest_free, terms.number)
    interest = round_exact(terms.principal * rate * (terms.number - free), _AWAY)
    return _remaining(_flat_principal(terms), interest, free)


def _flat_principal(terms: Terms) -> list[int]:
    n, grace, principal = terms.number, terms.grace.principal, terms.principal
    if terms.amortization is Amortization.BULLET:
        return [0] * (n - 1) + [principal]
    shares = [0] * grace
    for left in range(n - grace, 0, -1):
        shares.append(round_exact(Fraction(principal, left), _AWAY))
        principal -= shares[-1]
    return shares


def _remaining(shares: Sequence[int], interest: int, free: int) -> Parts:
    """Return the rows of given principal; the interest is spread over those behind the interest-free ones."""
    parts = []
    for i, share in enumerate(shares):
        part = 0 if i < free else round_exact(Fraction(interest, len(shares) - i), _AWAY)
        parts.append((share, part))
        interest -= part
    return parts


def _flat_shares(terms: Terms, principal: int, interest: int) -> Parts:
    parts: Parts = []
    for share, of_interest in terms.shares:
        own = share if of_interest is None else of_interest
        parts.append((round_exact(principal * share, _AWAY), round_exact(interest * own, _AWAY)))
    last = principal - sum(part for part, _ in parts[:-1]), interest - sum(part for _, part in parts[:-1])
    return [*parts[:-1], last]


def _by_shares(terms: Terms, rate: Fraction) -> Parts:
    parts, balance = _waiting(terms, rate, _AWAY), terms.principal
    for i, (share, _) in enumerate(terms.shares):
        part = balance if i == len(terms.shares) - 1 else round_exact(terms.principal * share, _AWAY)
        parts.append((part, round_exact(balance * rate, _AWAY)))
        balance -= part
    return parts


def _equal_principal(terms: Terms, rate: Fraction) -> Parts:
    mode = RoundingMode.HALF_EVEN
    parts, balance = _waiting(terms, rate, mode), terms.principal
    for left in range(terms.number - len(parts), 0, -1):
        part = round_exact(Fraction(balance, left), mode)
        parts.append((part, round_exact(balance * rate, mode)))
        balance -= part
    return parts


def _bullet(terms: Terms, rate: Fraction) -> Parts:
    interest = round_exact(terms.principal * rate, _AWAY)
    rows = [(0, 0 if i < terms.grace.interest_free else interest) for i in range(terms.number)]
    return [*rows[:-1], (terms.principal, rows[-1][1])]


def _annuity(terms: Terms, rate: Fraction) -> Parts:
    waiting = _waiting(terms, rate, _AWAY)
    return waiting + annuity_parts(terms.principal, rate, terms.number - len(waiting), terms.residual)


def annuity_parts(principal: int, rate: Fraction, n: int, residual: Residual) -> Parts:
    """Return the rows of equal instalments; `residual` says which row takes the difference."""
    if residual is Residual.RECOMPUTE:
        return _recomputed(principal, rate, n)
    level = round_exact(level_instalment(principal, rate, n), _AWAY)
    parts = _kept(principal, rate, n, level, level)
    if residual is Residual.FIRST:
        parts = _kept(principal, rate, n, level, sum(parts[-1]))
    return parts


def _kept(balance: int, rate: Fraction, n: int, level: int, first: int) -> Parts:
    parts: Parts = []
    for i in range(n):
        interest = round_exact(balance * rate, _AWAY)
        wanted = (first if i == 0 else level) - interest
        part = balance if i == n - 1 else max(0, min(wanted, balance))
        parts.append((part, interest))
        balance -= part
    return parts


def _recomputed(balance: int, rate: Fraction, n: int) -> Parts:
    parts: Parts = []
    for left in range(n, 0, -1):
        level = round_exact(level_instalment(balance, rate, left), _AWAY)
        interest = round_exact(balance * rate, _AWAY)
        part = balance if left == 1 else max(0, min(level - interest, balance))
        parts.append((part, interest))
        balance -= part
    return parts


def _first_by_days(terms: Terms, parts: Parts, rate: Fraction, days: int) -> Parts:
    """Return the rows with the first interest counted for its real days; nothing else moves."""
    if terms.grace.interest_free or not parts or not parts[0][1]:
        return parts
    nominal = terms.calendar.every * (7 if terms.calendar.unit is PeriodUnit.WEEKS else 1)
    flat_share = terms.shares and terms.method is InterestMethod.FLAT
    base = parts[0][1] if flat_share else terms.principal * rate
    mode = RoundingMode.HALF_EVEN if terms.amortization is Amortization.EQUAL_PRINCIPAL else _AWAY
    return [(parts[0][0], round_exact(Fraction(base) * days / nominal, mode)), *parts[1:]]
