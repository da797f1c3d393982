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
from desktop.models.rules.loans.terms import Amortization, InterestMethod, PeriodUnit, Residual, Terms

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
    return with_instalment_fees(make_rows(terms.principal, terms.disbursed_on, dues, parts), terms)


def _waiting(terms: Terms, rate: Fraction, mode: RoundingMode) -> Parts:
    """Return the rows of the principal grace: interest only, or nothing in the interest-free ones."""
    interest = round_exact(terms.principal * rate, mode)
    return [(0, 0 if i < terms.grace.interest_free else interest) for i in range(terms.grace.principal)]


def _flat(terms: Terms, rate: Fraction) -> Parts:
    parts = _waiting(terms, rate, _AWAY)
    n = terms.number - len(parts)
    principal, interest = terms.principal, round_exact(terms.principal * rate * n, _AWAY)
    if terms.shares:
        return parts + _flat_shares(terms, principal, interest)
    if terms.amortization is Amortization.BULLET:
        return parts + _remaining([0] * (n - 1) + [principal], interest, n)
    shares = []
    for left in range(n, 0, -1):
        share = round_exact(Fraction(principal, left), _AWAY)
        shares.append(share)
        principal -= share
    return parts + _remaining(shares, interest, n)


def _remaining(shares: Sequence[int], interest: int, n: int) -> Parts:
    parts = []
    for i, share in enumerate(shares):
        part = round_exact(Fraction(interest, n - i), _AWAY)
        parts.append((share, part))
        interest -= part
    return parts


def _flat_shares(terms: Terms, principal: int, interest: int) -> Parts:
    parts: Parts = []
    for share, of_interest in terms.shares:
        parts.append(
            (round_exact(principal * share, _AWAY), round_exact(interest * (of_interest or 0), _AWAY))
        )
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
