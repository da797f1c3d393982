"""The terms of a loan, every choice with a name. Frozen: a loan keeps the terms it was issued under.

Amounts are whole numbers of the smallest unit of the currency; rates are percents as `Fraction`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from desktop.models.rules.loans.rounding import RoundingMode


class UnsupportedTerms(ValueError):
    """Two options of the terms do not go together."""


class RateUnit(StrEnum):
    """The time a rate is quoted for."""

    YEAR = "per_year"
    MONTH = "per_month"
    WEEK = "per_week"
    DAY = "per_day"
    PERIOD = "per_period"  # each repayment period or meeting, however long
    WHOLE_TERM = "whole_term"


class PeriodUnit(StrEnum):
    """The length of one repayment step."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


class InterestMethod(StrEnum):
    """What interest is counted on: the original sum, or what is still owed."""

    FLAT = "flat"
    DECLINING = "declining"


class Amortization(StrEnum):
    """How the principal is spread."""

    EQUAL_INSTALMENTS = "equal_instalments"  # góp đều
    EQUAL_PRINCIPAL = "equal_principal"  # gốc đều
    BULLET = "bullet"  # gốc cuối kỳ
    FREE = "free"  # rows written by hand


class InterestPeriod(StrEnum):
    """Whether a period's interest comes from the rate per period or from its real days."""

    SAME_AS_REPAYMENT = "same_as_repayment"
    DAILY = "daily"


class YearBasis(StrEnum):
    """Days in a year."""

    ACTUAL = "actual"
    D360 = "360"
    D364 = "364"
    D365 = "365"


class MonthBasis(StrEnum):
    """Days in a month."""

    ACTUAL = "actual"
    D30 = "30"


class YearSplit(StrEnum):
    """Where a period over New Year is cut when the year is counted as it is."""

    DEC31 = "dec31"
    JAN1 = "jan1"


@dataclass(frozen=True, slots=True)
class DayCount:
    """Year and month basis. `feb29_only`: 366 days only in a period that holds 29 February.

    `own_years`: where days are counted over an actual year, each day counts over the length of its own year;
    without it the standard way takes 365, as other systems do.
    """

    year: YearBasis = YearBasis.D365
    month: MonthBasis = MonthBasis.ACTUAL
    split: YearSplit = YearSplit.DEC31
    feb29_only: bool = False
    own_years: bool = False


@dataclass(frozen=True, slots=True)
class Grace:
    """Periods at the start without principal, with interest collected later, or without interest at all."""

    principal: int = 0
    interest_payment: int = 0
    interest_free: int = 0


class Builder(StrEnum):
    """The four ways of building a schedule (docs/loans.md, "Cách lập lịch")."""

    STANDARD = "standard"  # rate per period or real days; one instalment, kept
    PROGRESSIVE = "progressive"  # daily factors, the instalment corrected until the last row is close
    CASH = "cash"  # exact schedule, then instalments rounded to coins and notes
    PER_PERIOD = "per_period"  # rate per period, remaining amount over remaining instalments


class AnnuityRate(StrEnum):
    """The rate inside the annuity formula when interest is counted by day."""

    PERIODIC = "periodic"  # annual ÷ periods in a year
    NOMINAL_DAYS = "nominal_days"  # annual ÷ days in year × (30 a month, 7 a week)


class Residual(StrEnum):
    """Which row takes what rounding leaves."""

    LAST = "last"
    FIRST = "first"
    RECOMPUTE = "recompute"  # every instalment anew on what remains


class Shift(StrEnum):
    """What happens to a due date on a day off."""

    NONE = "none"
    FORWARD = "forward"
    BACKWARD = "backward"


@dataclass(frozen=True, slots=True)
class Calendar:
    """How due dates follow each other. `seed` gives the day of the month; dates given outright win."""

    every: int = 1
    unit: PeriodUnit = PeriodUnit.MONTHS
    counted_from: date | None = None  # None: the day of disbursement
    first_due: date | None = None
    due_dates: tuple[date, ...] = ()
    days_off: frozenset[int] = frozenset()  # weekdays, Monday 0 … Sunday 6
    holidays: frozenset[date] = frozenset()
    shift: Shift = Shift.NONE


class FeeBase(StrEnum):
    """What a percent fee is a percent of."""

    FLAT = "flat"
    PRINCIPAL = "principal"
    INTEREST = "interest"
    PRINCIPAL_AND_INTEREST = "principal_and_interest"


@dataclass(frozen=True, slots=True)
class FlatRule:
    """How the interest of a flat loan is counted and shared, where others do it in another way than this house.

    `real_days`: counted by day, the days are real ones even when months have 30. `spread_grace`: interest of a payment
    grace is spread over the rows that pay, not collected with the first of them. `free_shares`: a row free of interest
    takes one rounded share off the whole.
    """

    real_days: bool = False
    spread_grace: bool = False
    free_shares: bool = False


@dataclass(frozen=True, slots=True)
class InstalmentFee:
    """A fee with every instalment: a sum, or a percent of the row (or, with `of_loan`, of the loan)."""

    base: FeeBase = FeeBase.FLAT
    amount: int = 0
    percent: Fraction = Fraction(0)
    of_loan: bool = False


@dataclass(frozen=True, slots=True)
class CashRounding:
    """The three roundings of a schedule paid in coins and notes: money, each payment, the sum of all."""

    money: RoundingMode = RoundingMode.HALF_UP
    payment: RoundingMode = RoundingMode.HALF_UP
    payment_multiple: int = 1
    total: RoundingMode = RoundingMode.HALF_UP
    total_multiple: int = 1


class AdvanceEffect(StrEnum):
    """What money paid ahead of time does to the rows to come when interest is recalculated."""

    REDUCE_INSTALMENT = "reduce_instalment_amount"
    REDUCE_NUMBER = "reduce_number_of_instalments"
    NEXT_REPAYMENTS = "reschedule_next_repayments"
    LAST_UNPAID = "adjust_last_unpaid_period"


class Rest(StrEnum):
    """When a change of the balance begins to count: the same day, or with the next period."""

    DAILY = "daily"
    SAME_AS_REPAYMENT = "same_as_repayment"


class PrecloseInterest(StrEnum):
    """Up to when interest runs if the loan is paid off today."""

    TODAY = "till_preclose_date"
    PERIOD_END = "till_rest_frequency_date"


@dataclass(frozen=True, slots=True)
class Recalculation:
    """Interest on real balances."""

    rest: Rest = Rest.DAILY
    effect: AdvanceEffect = AdvanceEffect.REDUCE_INSTALMENT
    preclose: PrecloseInterest = PrecloseInterest.TODAY
    on_past_due: bool = True


@dataclass(frozen=True, slots=True)
class Terms:
    """All that decides a schedule."""

    principal: int
    disbursed_on: date
    number: int
    rate_percent: Fraction
    rate_unit: RateUnit = RateUnit.MONTH
    method: InterestMethod = InterestMethod.DECLINING
    amortization: Amortization = Amortization.EQUAL_PRINCIPAL
    calendar: Calendar = Calendar()
    interest_period: InterestPeriod = InterestPeriod.SAME_AS_REPAYMENT
    partial_periods: bool = False  # odd periods count as fractions of one
    day_count: DayCount = DayCount()
    grace: Grace = Grace()
    builder: Builder = Builder.STANDARD
    rounding: RoundingMode = RoundingMode.HALF_UP
    money_multiple: int = 1  # every amount is a multiple of this
    instalment_multiple: int | None = None
    principal_multiple: int = 1
    fixed_instalment: int | None = None
    principal_percent: Fraction | None = None  # of the loan, each row; the rest with the last
    shares: tuple[tuple[Fraction, Fraction | None], ...] = ()  # (principal, interest) share of each row
    rows_by_hand: tuple[tuple[int, int | None], ...] = ()  # (principal, interest or None: computed)
    residual: Residual = Residual.LAST
    merge_below_percent: Fraction = Fraction(0)  # a last instalment this small joins the row before
    annuity_rate: AnnuityRate = AnnuityRate.PERIODIC
    flat: FlatRule = FlatRule()
    first_interest_by_days: bool = False
    interest_from: date | None = None
    fee: InstalmentFee | None = None
    cash: CashRounding = CashRounding()
    recalculation: Recalculation | None = None
    term_periods: Fraction | None = None  # length of the term in repayment periods, if not `number`
    tranches: tuple[tuple[date, int], ...] = ()  # paid out later, in `principal` as well: (day, amount)

    @property
    def interest_start(self) -> date:
        """Return the day from which interest is charged."""
        return self.interest_from or self.disbursed_on
