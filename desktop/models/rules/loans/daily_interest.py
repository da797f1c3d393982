"""Interest by day on late and early payments, for a schedule given outright.

Overdue principal bears extra interest that is asked for with the next instalment. Money paid ahead first pays the
interest up to that day; the rest of the period is charged anew on what is still owed. docs/loans.md, "Theo ngày".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from desktop.models.rules.loans.rounding import RoundingMode, round_exact


@dataclass(frozen=True, slots=True)
class GivenInstalment:
    """An instalment as written on paper; `charges` are its fees and penalties."""

    nr: int
    due_on: date
    principal: int
    interest: int
    extra_interest: int = 0
    charges: int = 0


@dataclass(slots=True)
class DailyInstalment:
    """An instalment on its way. `interest` is what is now asked for; paid interest of the past is apart."""

    given: GivenInstalment
    start_on: date
    interest_due: int
    extra: int
    charges: int
    principal_paid: int = 0
    interest_paid: int = 0
    extra_paid: int = 0
    charges_paid: int = 0
    interest: int = 0
    extra_to: date | None = None  # extra interest is booked up to this day
    interest_from: date | None = None  # interest is reckoned up to this day …
    carried: int = 0  # … and so much of it was not paid

    @property
    def principal_due(self) -> int:
        """Return the unpaid principal."""
        return self.given.principal - self.principal_paid

    @property
    def extra_due(self) -> int:
        """Return the unpaid extra interest."""
        return self.extra - self.extra_paid

    @property
    def charges_due(self) -> int:
        """Return the unpaid fees and penalties."""
        return self.charges - self.charges_paid

    @property
    def due(self) -> int:
        """Return all that is unpaid."""
        return self.principal_due + self.interest_due + self.extra_due + self.charges_due


@dataclass(frozen=True, slots=True)
class DailyPayoff:
    """What closes the loan today; `waivable_interest` is the running instalment's part of it."""

    total: int
    waivable_interest: int


@dataclass(slots=True)
class DailyLoan:
    """A loan with interest by day, moved forward payment by payment. Build it with `daily_loan`."""

    principal: int
    daily_rate: Fraction
    instalments: list[DailyInstalment]
    mode: RoundingMode = RoundingMode.HALF_UP
    overpaid: int = 0
    _touched: list[DailyInstalment] = field(default_factory=list)

    def _money(self, balance: int, days: int) -> int:
        return round_exact(balance * self.daily_rate * max(days, 0), self.mode)

    def book_overdue(self, today: date) -> None:
        """Charge extra interest on overdue principal up to today, with the instalment that follows."""
        for i, late in enumerate(self.instalments):
            since = max(late.extra_to or late.given.due_on, late.given.due_on)
            if late.principal_due <= 0 or today <= since:
                continue
            follower = self.instalments[min(i + 1, len(self.instalments) - 1)]
            follower.extra += self._money(late.principal_due, (today - since).days)
            late.extra_to = today

    def repay(self, amount: int, today: date) -> None:
        """Lay a payment on the instalments, oldest first."""
        self.book_overdue(today)
        ahead: list[DailyInstalment] = []
        for one in self.instalments:
            if amount <= 0:
                break
            if one.given.due_on <= today:
                amount = self._pay_due(one, amount)
            elif one.principal_due > 0 or one.interest_due > 0:
                amount = self._pay_ahead(one, amount, today)
                ahead.append(one)
        self.overpaid += max(amount, 0)
        owed = self.principal - sum(one.principal_paid for one in self.instalments)
        for one in ahead:
            days = (one.given.due_on - max(one.start_on, today)).days
            one.interest = one.interest_due = one.carried + self._money(owed, days)

    def _pay_due(self, one: DailyInstalment, amount: int) -> int:
        """Pay charges, extra interest, interest, principal; return what is left."""
        used = min(amount, one.charges_due)
        one.charges_paid += used
        amount -= used
        amount = self._pay_extra(one, amount)
        used = min(amount, one.interest_due)
        one.interest_paid += used
        one.interest_due -= used
        amount -= used
        return self._pay_principal(one, amount)

    def _pay_ahead(self, one: DailyInstalment, amount: int, today: date) -> int:
        """Pay extra interest, interest up to today, principal; fees wait for their day."""
        amount = self._pay_extra(one, amount)
        to_date = self.interest_to(one, today)
        used = min(amount, to_date)
        one.interest_paid += used
        one.carried, one.interest_from = to_date - used, today
        return self._pay_principal(one, amount - used)

    def _pay_extra(self, one: DailyInstalment, amount: int) -> int:
        used = min(amount, one.extra_due)
        one.extra_paid += used
        return amount - used

    def _pay_principal(self, one: DailyInstalment, amount: int) -> int:
        used = min(amount, one.principal_due)
        one.principal_paid += used
        return amount - used

    def interest_to(self, one: DailyInstalment, today: date) -> int:
        """Return the unpaid interest of a running instalment up to today, on the principal not yet due before it."""
        since = max(one.start_on, one.interest_from or one.start_on)
        before = [other for other in self.instalments if other.given.nr < one.given.nr]
        later_paid = sum(other.principal_paid for other in self.instalments if other.given.nr >= one.given.nr)
        balance = self.principal - sum(other.given.principal for other in before) - later_paid
        return one.carried + self._money(balance, (today - since).days)

    def payoff(self, today: date) -> DailyPayoff:
        """Return what closes the loan today: all due, the running instalment's charges, principal, interest to date."""
        self.book_overdue(today)
        total, waivable, running = 0, 0, True
        for one in self.instalments:
            if one.given.due_on < today:
                total += one.due
            elif running:
                running = False
                to_date = one.interest_due if one.given.due_on == today else self.interest_to(one, today)
                waivable = to_date
                total += one.charges_due + one.extra_due + to_date + one.principal_due
            else:
                total += one.principal_due + one.extra_due
        return DailyPayoff(total, waivable)


def daily_loan(
    principal: int, disbursed_on: date, daily_rate: Fraction, instalments: Sequence[GivenInstalment]
) -> DailyLoan:
    """Return an untouched loan. `daily_rate` is a part of one per day."""
    rows, start = [], disbursed_on
    for given in sorted(instalments, key=lambda given: given.due_on):
        rows.append(
            DailyInstalment(
                given, start, given.interest, given.extra_interest, given.charges, interest=given.interest
            )
        )
        start = given.due_on
    return DailyLoan(principal, daily_rate, rows)
