"""What a loan really costs: APR and EIR from the borrower's cash flows, by the published methods.

Flows are the borrower's: money received is positive, money paid negative.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal, localcontext
from enum import StrEnum
from fractions import Fraction

from desktop.models.rules.finance import decimal, irr, irr_at, rate, root_near_zero
from desktop.models.rules.loans.annuity import level_instalment
from desktop.models.rules.loans.calendar import add_months, whole_months
from desktop.models.rules.loans.schedule import Schedule
from desktop.models.rules.loans.terms import Calendar, PeriodUnit

_CONTEXT = Context(prec=50)
_DAYS_A_YEAR = 365


@dataclass(frozen=True, slots=True)
class CashFlow:
    """Money that changes hands on a day, seen by the borrower."""

    on: date
    amount: int


@dataclass(frozen=True, slots=True)
class Cost:
    """The price of a loan. Percents a year; `period_percent` is the rate of one repayment period, if regular."""

    apr_percent: Decimal
    eir_percent: Decimal
    period_percent: Decimal | None
    received: int
    paid: int

    @property
    def cost(self) -> int:
        """Return what is paid above what was received."""
        return self.paid - self.received


class UnitPeriodUnit(StrEnum):
    """The unit of a unit-period."""

    DAYS = "days"
    WEEKS = "weeks"
    SEMI_MONTHS = "semi_months"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class UnitPeriod:
    """The usual distance of payments."""

    every: int
    unit: UnitPeriodUnit

    @property
    def a_year(self) -> Fraction:
        """Return how many there are in a year."""
        whole = {
            UnitPeriodUnit.DAYS: 365,
            UnitPeriodUnit.WEEKS: 52,
            UnitPeriodUnit.SEMI_MONTHS: 24,
            UnitPeriodUnit.MONTHS: 12,
            UnitPeriodUnit.YEARS: 1,
        }
        return Fraction(whole[self.unit], self.every)

    def from_to(self, start: date, end: date) -> tuple[int, Fraction]:
        """Return whole unit-periods and the odd part, counted back from the later day (Appendix J)."""
        match self.unit:
            case UnitPeriodUnit.DAYS:
                whole, odd = divmod((end - start).days, self.every)
                return whole, Fraction(odd, self.every)
            case UnitPeriodUnit.WEEKS:
                whole, odd = divmod((end - start).days, 7 * self.every)
                return whole, Fraction(odd, 7 * self.every)
            case UnitPeriodUnit.SEMI_MONTHS:
                months, days = _months_back(start, end)
                halves, days = 2 * months + (days >= 15), days - 15 * (days >= 15)
                whole, odd = divmod(halves, self.every)
                return whole, (odd + Fraction(days, 15)) / self.every
        step = self.every * (12 if self.unit is UnitPeriodUnit.YEARS else 1)
        months, days = _months_back(start, end)
        whole, odd = divmod(months, step)
        return whole, (odd + Fraction(days, 30)) / step


def _months_back(start: date, end: date) -> tuple[int, int]:
    months = whole_months(start, end, None)
    while months and add_months(end, -months) < start:
        months -= 1
    if add_months(end, -(months + 1)) >= start:
        months += 1
    return months, (add_months(end, -months) - start).days


def apr_us(
    advances: Sequence[tuple[date, Decimal]], payments: Sequence[tuple[date, Decimal]], period: UnitPeriod
) -> Decimal:
    """Return the annual percentage rate by the actuarial method: unit-periods, simple interest in an odd part."""
    start = min(day for day, _ in advances)
    flows = [(*period.from_to(start, day), amount) for day, amount in advances]
    flows += [(*period.from_to(start, day), -amount) for day, amount in payments]
    return _apr_us(flows, period)


def apr_us_regular(
    advance: Decimal,
    advanced_on: date,
    first_payment_on: date,
    payments: Sequence[Decimal],
    period: UnitPeriod,
) -> Decimal:
    """Return the annual percentage rate of one advance and payments exactly one unit-period apart."""
    whole, odd = period.from_to(advanced_on, first_payment_on)
    flows: list[tuple[int, Fraction, Decimal]] = [(0, Fraction(0), advance)]
    flows += [(whole + i, odd, -payment) for i, payment in enumerate(payments)]
    return _apr_us(flows, period)


def _apr_us(flows: Sequence[tuple[int, Fraction, Decimal]], period: UnitPeriod) -> Decimal:
    def worth(r: Decimal) -> Decimal:
        total = Decimal(0)
        for whole, odd, amount in flows:
            total += amount / ((1 + decimal(odd) * r) * (1 + r) ** whole)
        return total

    with localcontext(_CONTEXT):
        return root_near_zero(worth) * decimal(period.a_year) * 100


def apr_eu(amounts: Sequence[Decimal], years: Sequence[Fraction]) -> Decimal:
    """Return the annual percentage rate of charge: the yearly compound rate that makes the flows equal."""
    with localcontext(_CONTEXT):
        return irr_at(amounts, [decimal(at) for at in years]) * 100


def apr_eu_dated(flows: Sequence[tuple[date, Decimal]]) -> Decimal:
    """Return the annual percentage rate of charge of dated flows, days over 365."""
    first = flows[0][0]
    years = [Fraction((day - first).days, _DAYS_A_YEAR) for day, _ in flows]
    return apr_eu([amount for _, amount in flows], years)


def cost_of(flows: Sequence[CashFlow], periods_a_year: Fraction | None) -> Cost:
    """Return APR and EIR. With regular periods: r × m and (1+r)ᵐ − 1; else by date, EIR = APR.

    Raises finance.NoRoot when nothing is paid back.
    """
    received = sum(flow.amount for flow in flows if flow.amount > 0)
    paid = -sum(flow.amount for flow in flows if flow.amount < 0)
    with localcontext(_CONTEXT):
        if periods_a_year is None:
            yearly = apr_eu_dated([(flow.on, Decimal(flow.amount)) for flow in flows])
            return Cost(yearly, yearly, None, received, paid)
        each = irr([flow.amount for flow in flows])
        m = decimal(periods_a_year)
        return Cost(each * m * 100, ((1 + each) ** m - 1) * 100, each * 100, received, paid)


def borrower_flows(
    schedule: Schedule, upfront_fees: int = 0, deposit_withheld: int = 0, deposit_returned: int | None = None
) -> list[CashFlow]:
    """Return the borrower's flows: what is really handed over, every instalment, the deposit given back at the end."""
    flows = [CashFlow(schedule.start, schedule.principal - upfront_fees - deposit_withheld)]
    flows += [CashFlow(row.due_on, -row.total) for row in schedule.rows]
    back = deposit_withheld if deposit_returned is None else deposit_returned
    if back:
        last = flows[-1]
        flows[-1] = CashFlow(last.on, last.amount + back)
    return flows


def loan_cost(
    schedule: Schedule, calendar: Calendar, upfront_fees: int = 0, deposit_withheld: int = 0
) -> Cost:
    """Return the price of a loan as its contract prints it."""
    flows = borrower_flows(schedule, upfront_fees, deposit_withheld)
    return cost_of(flows, periods_a_year(calendar))


def periods_a_year(calendar: Calendar) -> Fraction | None:
    """Return how many regular periods a year has, or None for dates given by hand."""
    if calendar.due_dates or calendar.first_due is not None:
        return None
    a_year = {PeriodUnit.DAYS: 365, PeriodUnit.WEEKS: 52, PeriodUnit.MONTHS: 12, PeriodUnit.YEARS: 1}
    return Fraction(a_year[calendar.unit], calendar.every)


def declining_equivalent(flat_percent: Fraction, number: int) -> Decimal:
    """Return the percent per period on the declining balance that costs as much as a flat percent per period.

    1 % a month flat over 12 months is 1.788 % a month in truth.
    """
    instalment = Fraction(1, number) + flat_percent / 100
    return rate(number, -instalment, 1) * 100


def flat_equivalent(declining_percent: Fraction, number: int) -> Decimal:
    """Return the flat percent per period that costs as much as a declining one with equal instalments."""
    instalment = level_instalment(1, declining_percent / 100, number)
    return decimal((instalment * number - 1) / number * 100)
