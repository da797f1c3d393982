"""The life of a per-period loan: late penalties by day, payments by instalment, payoff, a new schedule after an
early payment. docs/loans.md, "Theo kỳ".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from desktop.models.rules.loans.charges import Overdue, PenaltyRule, early_fee, penalties_of
from desktop.models.rules.loans.daycount import days_in_year, period_rate
from desktop.models.rules.loans.rounding import RoundingMode, round_exact
from desktop.models.rules.loans.rows import Row
from desktop.models.rules.loans.schedule_per_period import annuity_parts
from desktop.models.rules.loans.terms import Terms

_AWAY = RoundingMode.HALF_UP


class EarlyMode(StrEnum):
    """What money paid ahead does: it pays the rows to come, or the schedule is made anew."""

    KEEP = "automatic"
    NEW_SCHEDULE = "recalculate_schedule"


@dataclass(slots=True)
class LifeRow:
    """An instalment being paid. `asked` is the instalment as announced to the borrower."""

    nr: int
    due_on: date
    principal: int
    interest: int
    asked: int
    paid_principal: int = 0
    paid_interest: int = 0
    paid_penalty: int = 0
    penalty_unpaid: int = 0

    @property
    def principal_left(self) -> int:
        """Return the unpaid principal."""
        return self.principal - self.paid_principal

    @property
    def interest_left(self) -> int:
        """Return the unpaid interest."""
        return self.interest - self.paid_interest

    @property
    def outstanding(self) -> int:
        """Return what the borrower is asked for."""
        return max(self.asked - self.paid_principal - self.paid_interest, 0) if self.is_open else 0

    @property
    def is_open(self) -> bool:
        """Say whether anything is unpaid."""
        return self.principal_left > 0 or self.interest_left > 0


@dataclass(slots=True)
class PaidParts:
    """What a payment paid."""

    penalties: int = 0
    interest: int = 0
    principal: int = 0
    unallocated: int = 0


@dataclass(slots=True)
class PerPeriodLoan:
    """A loan on its way, moved forward payment by payment. Build it with `per_period_loan`."""

    terms: Terms
    rows: list[LifeRow]
    penalty_rules: tuple[PenaltyRule, ...] = ()
    annual_rate: Fraction = Fraction(0)
    waive_penalties: bool = False
    _charged: dict[int, int] = field(default_factory=dict)

    @property
    def balance(self) -> int:
        """Return the principal still owed."""
        return self.terms.principal - sum(row.paid_principal for row in self.rows)

    def charge_penalties(self, today: date) -> None:
        """Set the unpaid penalty of every late instalment as of a day."""
        late = [
            Overdue(row.nr, row.due_on, row.principal_left, row.interest_left)
            for row in self.rows
            if row.is_open and row.due_on < today
        ]
        rules = () if self.waive_penalties else self.penalty_rules
        found = penalties_of(rules, late, today, self.terms.principal, self.balance, _AWAY)
        for row in self.rows:
            row.penalty_unpaid = max(found.get(row.nr, 0) - row.paid_penalty, 0)

    def repay_due(self, amount: int, today: date) -> PaidParts:
        """Pay what is due, instalment by instalment: penalties, interest, principal."""
        self.charge_penalties(today)
        return self._pay([row for row in self.rows if row.due_on <= today], amount)

    def repay(self, amount: int, today: date, mode: EarlyMode = EarlyMode.KEEP) -> PaidParts:
        """Pay what is due and then, by `mode`, the rows to come or a new schedule."""
        paid = self.repay_due(amount, today)
        if paid.unallocated <= 0:
            return paid
        if mode is EarlyMode.KEEP:
            more = self._pay([row for row in self.rows if row.due_on > today], paid.unallocated)
        else:
            more = self._new_schedule(paid.unallocated, today)
        return PaidParts(
            paid.penalties + more.penalties,
            paid.interest + more.interest,
            paid.principal + more.principal,
            more.unallocated,
        )

    def _pay(self, rows: Sequence[LifeRow], amount: int) -> PaidParts:
        paid = PaidParts()
        for row in rows:
            used = min(amount, row.penalty_unpaid)
            row.penalty_unpaid -= used
            row.paid_penalty += used
            paid.penalties += used
            amount -= used
            used = min(amount, row.interest_left)
            row.paid_interest += used
            paid.interest += used
            amount -= used
            used = min(amount, row.principal_left)
            row.paid_principal += used
            paid.principal += used
            amount -= used
        paid.unallocated = amount
        return paid

    def _new_schedule(self, amount: int, today: date) -> PaidParts:
        """Close the running period today: interest for its real days, the rest to principal, then new rows."""
        done = [row for row in self.rows if not row.is_open]
        coming = [row for row in self.rows if row.is_open]
        since = max((row.due_on for row in done), default=self.terms.disbursed_on)
        # What was paid ahead on the rows that now go is not lost: it is paid in the row of today.
        ahead, early = (sum(row.paid_principal for row in coming), sum(row.paid_interest for row in coming))
        interest = min(max(self._day_interest(self.balance, since, today) - early, 0), amount)
        principal = min(amount - interest, self.balance)
        of_row = principal + ahead, interest + early
        row = LifeRow(len(done) + 1, today, *of_row, sum(of_row), *of_row)
        self.rows = [*done, row]
        balance = self.balance
        if balance > 0 and coming:
            self.rows += self._rebuilt(balance, today, [old.due_on for old in coming], row.nr)
        return PaidParts(0, interest, principal, amount - interest - principal)

    def _rebuilt(self, balance: int, today: date, dues: Sequence[date], after: int) -> list[LifeRow]:
        """Return equal instalments on the old dates; the first bears interest for its real days only."""
        parts = annuity_parts(balance, period_rate(self.terms), len(dues), self.terms.residual)
        rows = []
        for i, (due, (principal, interest)) in enumerate(zip(dues, parts, strict=True)):
            shown = self._day_interest(balance, today, due) if i == 0 else interest
            rows.append(LifeRow(after + 1 + i, due, principal, shown, principal + interest))
        return rows

    def _day_interest(self, balance: int, start: date, end: date) -> int:
        year = days_in_year(self.terms.day_count.year)
        return round_exact(balance * self.annual_rate * max((end - start).days, 0) / year, _AWAY)

    def payoff(self, today: date, *, keep_schedule: bool, fee_rate: Fraction) -> int:
        """Return what closes the loan: principal, interest, penalties, and the fee for paying early.

        If the schedule is kept all its interest is paid and there is no fee; else only the interest that is
        due, and a fee on the balance not yet due.
        """
        self.charge_penalties(today)
        penalties = sum(row.penalty_unpaid for row in self.rows)
        due = [row for row in self.rows if row.due_on <= today]
        interest = sum(row.interest_left for row in (self.rows if keep_schedule else due))
        not_due = self.balance - sum(row.principal_left for row in due)
        fee = 0 if keep_schedule else early_fee(not_due, fee_rate, _AWAY)
        return self.balance + interest + penalties + fee


def per_period_loan(
    terms: Terms, rows: Sequence[Row], penalty_rules: Sequence[PenaltyRule] = (), **options: object
) -> PerPeriodLoan:
    """Return an untouched loan of a schedule."""
    life = [LifeRow(row.nr, row.due_on, row.principal, row.interest, row.total) for row in rows]
    return PerPeriodLoan(terms, life, tuple(penalty_rules), **options)  # type: ignore[arg-type]
