"""Arrears: days late, ageing, portfolio at risk, debt groups. Classes and provisions are data with dates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Due:
    """An amount that falls due on a day, or money that was paid on a day."""

    on: date
    amount: int


@dataclass(frozen=True, slots=True)
class Bucket:
    """A band of days late: from `first` to `last`, both included; no `last`: open."""

    first: int
    last: int | None

    def holds(self, days: int) -> bool:
        """Say whether so many days late fall into the band."""
        return days >= self.first and (self.last is None or days <= self.last)


AGEING = (
    Bucket(0, 0),
    Bucket(1, 30),
    Bucket(31, 60),
    Bucket(61, 90),
    Bucket(91, 180),
    Bucket(181, None),
)


def rising(limits: Sequence[int]) -> bool:
    """Say whether limits of days late are a list that can be used: from 1 up, each greater than the one before."""
    return bool(limits) and limits[0] >= 1 and all(one < next_one for one, next_one in pairwise(limits))


def buckets_of(limits: Sequence[int]) -> tuple[Bucket, ...]:
    """Return the bands between limits of days late (30, 60, 90); the usual ones when they are no such list."""
    if not rising(limits):
        return AGEING
    bands = [Bucket(first + 1, last) for first, last in zip([0, *limits], limits, strict=False)]
    return (Bucket(0, 0), *bands, Bucket(limits[-1] + 1, None))


@dataclass(frozen=True, slots=True)
class Tolerance:
    """What is no arrears yet: less than `amount` đồng missing in all, and dues of at most `days` days ago.

    Without either every đồng is overdue from the day after it was due. Nothing is forgiven by it: what is asked for
    stays the same, and what it leaves out is counted beside the arrears.
    """

    amount: int = 0
    days: int = 0

    @property
    def least(self) -> int:
        """Return from how many đồng a shortfall counts."""
        return max(self.amount, 1)

    def counted_before(self, day: date) -> date:
        """Return the day before which a due amount must lie to be overdue on `day`."""
        return day - timedelta(days=self.days)


NO_TOLERANCE = Tolerance()


@dataclass(frozen=True, slots=True)
class Arrears:
    """What is overdue of a loan on a day, in đồng, since its oldest day that counts; `passed_over`: left out of it."""

    day: date
    oldest: date | None
    overdue: int
    passed_over: int

    @property
    def days_late(self) -> int:
        """Return the days since the oldest due day that counts; 0 when nothing is overdue."""
        return 0 if self.oldest is None else (self.day - self.oldest).days


def arrears_on(dues: Iterable[Due], paid: int, day: date, tolerance: Tolerance = NO_TOLERANCE) -> Arrears:
    """Return the arrears of a loan on a day: all that fell due before, less all that was paid, oldest first.

    The one rule of lateness: `services.loan_portfolio` asks the database the same of every loan at once.
    """
    before = [due for due in dues if due.on < day]
    counted = [due for due in before if due.on < tolerance.counted_before(day)]
    missing = max(sum(due.amount for due in before) - paid, 0)
    oldest = oldest_unpaid(counted, paid, day, tolerance.least)
    overdue = 0 if oldest is None else sum(due.amount for due in counted) - paid
    return Arrears(day, oldest, overdue, missing - overdue)


def oldest_unpaid(dues: Iterable[Due], paid: int, today: date, least: int = 1) -> date | None:
    """Return the day from which at least so much of what was due is not covered by all that was paid, or None."""
    for due in sorted(dues, key=lambda due: due.on):
        if due.on > today:
            return None
        paid -= due.amount
        if paid <= -least:
            return due.on
    return None


def days_late(
    dues: Sequence[Due], payments: Iterable[Due], today: date, *, due_day_counts: bool = False
) -> int:
    """Return the days since the oldest unpaid due amount; paid in full on the due day is 0.

    With `due_day_counts` an amount unpaid at the end of its due day is already one day late.
    """
    paid = sum(payment.amount for payment in payments if payment.on <= today)
    oldest = oldest_unpaid(dues, paid, today)
    if oldest is None:
        return 0
    return (today - oldest).days + (1 if due_day_counts else 0)


@dataclass(frozen=True, slots=True)
class LoanRisk:
    """What the portfolio needs to know of one loan."""

    outstanding: int  # principal
    days_late: int
    rescheduled: int = 0  # how many times
    overdue_principal: int = 0
    client: int | None = None


def ageing(loans: Iterable[LoanRisk], buckets: Sequence[Bucket] = AGEING) -> list[int]:
    """Return the outstanding principal of each band; each loan is in one band, by its oldest unpaid day."""
    sums = [0] * len(buckets)
    for loan in loans:
        for i, bucket in enumerate(buckets):
            if bucket.holds(loan.days_late):
                sums[i] += loan.outstanding
                break
    return sums


def portfolio_at_risk(
    loans: Iterable[LoanRisk], more_than_days: int, *, count_rescheduled: bool = True
) -> tuple[int, int]:
    """Return (whole outstanding principal of loans late by more than so many days, all outstanding principal).

    Rescheduled loans count as at risk from the first day. The ratio is for the printer: 0 ÷ 0 is no figure.
    """
    at_risk = total = 0
    for loan in loans:
        total += loan.outstanding
        if loan.days_late > more_than_days or (count_rescheduled and loan.rescheduled):
            at_risk += loan.outstanding
    return at_risk, total


def annual_loss_rate(recovered: int, due: int, average_term_years: Fraction) -> Fraction | None:
    """Return (1 − recovery rate) ÷ term × 2, or None when nothing fell due: what a recovery rate hides."""
    if due == 0 or average_term_years == 0:
        return None
    return (1 - Fraction(recovered, due)) / average_term_years * 2


@dataclass(frozen=True, slots=True)
class DebtScale:
    """A scale of debt groups 1–5 with its provisions, valid from a day. `from_days[g]`: first day of group g+1."""

    name: str
    since: date
    from_days: tuple[int, int, int, int]
    provisions: tuple[Fraction, ...]
    legal_basis: str
    reschedule_rules: bool = False


MFI_SCALE = DebtScale(
    "mfi",
    date(2024, 8, 12),
    (10, 30, 90, 180),
    (Fraction(0), Fraction(2, 100), Fraction(25, 100), Fraction(50, 100), Fraction(1)),
    "Thông tư 14/2024/TT-NHNN, Điều 5",
    reschedule_rules=True,
)
BANK_SCALE = DebtScale(
    "bank",
    date(2024, 7, 1),
    (10, 91, 181, 361),
    (Fraction(0), Fraction(5, 100), Fraction(20, 100), Fraction(50, 100), Fraction(1)),
    "Thông tư 31/2024/TT-NHNN",
)


SCALES: tuple[DebtScale, ...] = (MFI_SCALE, BANK_SCALE)
"""All scales; a newer version of one stands beside the older with its own day."""


def scale_on(name: str, day: date, scales: Sequence[DebtScale] = SCALES) -> DebtScale:
    """Return the scale of a name in force on a day (before its first day: the first). Raises KeyError for no such name."""
    named = sorted((scale for scale in scales if scale.name == name), key=lambda scale: scale.since)
    if not named:
        raise KeyError(name)
    return next((scale for scale in reversed(named) if scale.since <= day), named[0])


def debt_group(scale: DebtScale, late: int, rescheduled: int = 0) -> int:
    """Return the debt group 1–5 of a loan by its days late and, where the scale asks, its reschedulings."""
    group = 1 + sum(1 for first in scale.from_days if late >= first)
    if not scale.reschedule_rules or rescheduled == 0:
        return group
    if rescheduled >= 3:
        return 5
    if rescheduled == 2:
        return 5 if late else max(group, 4)
    if late == 0:
        return max(group, 2)
    if late < 30:
        return max(group, 3)
    return max(group, 4) if late < 90 else 5


def client_groups(groups: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Return client → worst group of all the client's loans: one client, one group."""
    worst: dict[int, int] = {}
    for client, group in groups:
        worst[client] = max(worst.get(client, 1), group)
    return worst


def provision(scale: DebtScale, group: int, outstanding: int) -> int:
    """Return the provision for a balance in a group, rounded half up."""
    share = scale.provisions[group - 1]
    # In whole numbers: a portfolio asks this of a hundred thousand loans.
    return (2 * outstanding * share.numerator + share.denominator) // (2 * share.denominator)


@dataclass(frozen=True, slots=True)
class PerformingState:
    """Whether a customer is non-performing, and with them all their loans."""

    threshold_days: int
    non_performing: bool = False

    def after(self, late: Sequence[int]) -> PerformingState:
        """Return the state after looking at the days late of all loans.

        One loan past the threshold makes the customer non-performing; only when no loan is overdue at all
        does the customer come back.
        """
        if any(days > self.threshold_days for days in late):
            return PerformingState(self.threshold_days, True)
        if self.non_performing and any(days > 0 for days in late):
            return self
        return PerformingState(self.threshold_days, False)
