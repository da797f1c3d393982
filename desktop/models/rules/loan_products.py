"""Loan products as data: what a group lends, how it counts, within which limits; and the terms that follow.

A product is chosen, an amount and a number of instalments are asked for, and `terms_for` gives the frozen terms
that the schedule engine (`rules.loans`) plans. `check_product` and `check_request` say what is wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from desktop.models.problems import Problem
from desktop.models.rules.loans.allocation import (
    DEFAULT_ORDER,
    Allocation,
    ChargesJoin,
    Component,
    allocation,
)
from desktop.models.rules.loans.charges import PenaltyBase, PenaltyRule
from desktop.models.rules.loans.pricing import Cost, declining_equivalent, loan_cost
from desktop.models.rules.loans.rounding import RoundingMode
from desktop.models.rules.loans.schedule import BadSchedule, Schedule, plan
from desktop.models.rules.loans.terms import (
    AdvanceEffect,
    Amortization,
    Calendar,
    DayCount,
    FeeBase,
    Grace,
    InstalmentFee,
    InterestMethod,
    InterestPeriod,
    MonthBasis,
    PeriodUnit,
    RateUnit,
    Recalculation,
    Residual,
    Shift,
    Terms,
    YearBasis,
    YearSplit,
)
from resources.lang.dong import MAX_DONG
from resources.lang.messages import N_, _

PERIODS_A_YEAR = {PeriodUnit.DAYS: 365, PeriodUnit.WEEKS: 52, PeriodUnit.MONTHS: 12, PeriodUnit.YEARS: 1}


class Method(StrEnum):
    """The ways of lending that people know by name."""

    FLAT = "flat"
    EQUAL_PRINCIPAL = "equal_principal"
    EQUAL_INSTALMENTS = "equal_instalments"
    BULLET = "bullet"
    PER_MEETING = "per_meeting"
    FREE = "free"

    @property
    def title(self) -> str:  # type: ignore[override]  # str.title() makes no sense for a code
        """Return the name in the language in use."""
        return _(_METHODS[self])


_METHODS = {
    Method.FLAT: N_("Góp đều, lãi tính trên dư nợ ban đầu"),
    Method.EQUAL_PRINCIPAL: N_("Gốc đều, lãi giảm dần"),
    Method.EQUAL_INSTALMENTS: N_("Góp đều, lãi tính trên dư nợ giảm dần"),
    Method.BULLET: N_("Gốc cuối kỳ, lãi trả định kỳ"),
    Method.PER_MEETING: N_("Lãi mỗi kỳ họp trên dư nợ"),
    Method.FREE: N_("Lịch trả tự lập"),
}


@dataclass(frozen=True, slots=True)
class DatedRate:
    """A rate (percent) in force from a day."""

    since: date
    percent: Fraction


@dataclass(frozen=True, slots=True)
class Limits:
    """What may be lent. 0 or None: no limit. Amounts in đồng, `times_savings` and percents as whole numbers."""

    least: int = 0
    most: int = 0
    least_number: int = 1
    most_number: int = 60
    times_savings: int = 0
    percent_of_fund: int = 0
    open_loans: int = 1
    guarantors: int = 0
    days_before_share_out: int = 0
    purposes: tuple[str, ...] = ()


NO_GRACE = Grace()
NO_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Product:
    """A product. `penalty_percent` is percent a year on `penalty_base` (overdue amounts), after `penalty_wait` days.

    `upfront_fee` (đồng) and `upfront_percent` are kept back at disbursement; `instalment_fee` (đồng) comes with every
    instalment, and `fee_percent` of what `fee_base` names. `rounding_unit` and `rounding` say how amounts are rounded;
    `instalment_multiple` (0: the rounding unit) of which sums equal instalments are multiples. `off_sundays` and
    `off_holidays` move due dates off those days, the way `shift` says. `early` says what money paid ahead does: nothing
    to the schedule (None: it pays the next rows), shorten it, or lower the instalments.
    """

    method: Method
    rates: tuple[DatedRate, ...]
    rate_unit: RateUnit = RateUnit.MONTH
    every: int = 1
    unit: PeriodUnit = PeriodUnit.MONTHS
    at_meetings: bool = False
    daily: bool = False
    year: YearBasis = YearBasis.D365
    month: MonthBasis = MonthBasis.ACTUAL
    partial_periods: bool = False
    grace: Grace = NO_GRACE
    rounding_unit: int = 1000
    rounding: RoundingMode = RoundingMode.HALF_UP
    instalment_multiple: int = 0
    residual: Residual = Residual.LAST
    merge_below_percent: Fraction = Fraction(0)
    upfront_fee: int = 0
    upfront_percent: Fraction = Fraction(0)
    instalment_fee: int = 0
    fee_base: FeeBase = FeeBase.PRINCIPAL
    fee_percent: Fraction = Fraction(0)
    penalty_base: PenaltyBase = PenaltyBase.OVERDUE_PRINCIPAL
    penalty_percent: Fraction = Fraction(0)
    penalty_wait: int = 0
    penalty_cap: int = 0
    order: tuple[Component, ...] = DEFAULT_ORDER
    off_sundays: bool = True
    off_holidays: bool = True
    shift: Shift = Shift.FORWARD
    limits: Limits = NO_LIMITS
    early: AdvanceEffect | None = None

    def rate_on(self, day: date) -> Fraction:
        """Return the rate in force on a day (the first one before all)."""
        found = [rate for rate in sorted(self.rates, key=lambda rate: rate.since) if rate.since <= day]
        return found[-1].percent if found else min(self.rates, key=lambda rate: rate.since).percent

    @property
    def rule(self) -> Allocation:
        """Return how repayments are split."""
        # By date: what is charged for being late must not split earlier payments anew.
        return allocation(self.order, charges_join=ChargesJoin.BY_DATE)

    @property
    def penalty(self) -> PenaltyRule | None:
        """Return the late penalty as the engine counts it, or None."""
        if self.penalty_percent == 0:
            return None
        return PenaltyRule(
            self.penalty_base, self.penalty_percent / 100 / 365, self.penalty_wait, self.penalty_cap or None
        )


@dataclass(frozen=True, slots=True)
class Request:
    """What a borrower asks for. `rows` only for a schedule drawn up by hand: (principal, interest or None).

    `interest_from`: the day from which interest is charged, when that is not the day of disbursement.
    """

    amount: int
    number: int
    disbursed_on: date
    first_due: date | None = None
    rows: tuple[tuple[int, int | None], ...] = ()
    due_dates: tuple[date, ...] = ()
    interest_from: date | None = None


def terms_for(
    product: Product, request: Request, meetings: Sequence[date] = (), holidays: frozenset[date] = frozenset()
) -> Terms:
    """Return the frozen terms of a loan. `meetings` are the group's coming meeting days, for products paid there."""
    method = product.method
    per_meeting = method is Method.PER_MEETING or product.at_meetings
    dates = request.due_dates or (tuple(meetings[: request.number]) if per_meeting else ())
    calendar = Calendar(
        every=product.every,
        unit=product.unit,
        counted_from=request.disbursed_on,
        first_due=None if dates else request.first_due,
        due_dates=dates,
        days_off=frozenset({6}) if product.off_sundays and not dates else frozenset(),
        holidays=holidays if product.off_holidays and not dates else frozenset(),
        shift=product.shift if (product.off_sundays or product.off_holidays) and not dates else Shift.NONE,
    )
    flat = method is Method.FLAT
    return Terms(
        principal=request.amount,
        disbursed_on=request.disbursed_on,
        number=request.number,
        rate_percent=product.rate_on(request.disbursed_on),
        rate_unit=RateUnit.PERIOD if method is Method.PER_MEETING else product.rate_unit,
        method=InterestMethod.FLAT if flat else InterestMethod.DECLINING,
        amortization=_AMORTIZATION[method],
        calendar=calendar,
        interest_period=InterestPeriod.DAILY if product.daily else InterestPeriod.SAME_AS_REPAYMENT,
        # Interest that starts on a day of its own makes the first period an odd one.
        partial_periods=product.partial_periods or request.interest_from is not None,
        day_count=DayCount(product.year, product.month, YearSplit.JAN1, own_years=True),
        grace=product.grace,
        rounding=product.rounding,
        instalment_multiple=_instalment_multiple(product),
        principal_multiple=1 if method is Method.EQUAL_INSTALMENTS else product.rounding_unit,
        rows_by_hand=request.rows,
        residual=product.residual,
        merge_below_percent=product.merge_below_percent,
        fee=_instalment_fee(product),
        interest_from=request.interest_from,
        recalculation=None if product.early is None or flat else Recalculation(effect=product.early),
    )


def _instalment_multiple(product: Product) -> int | None:
    if product.method is Method.EQUAL_INSTALMENTS:
        return product.instalment_multiple or product.rounding_unit
    return product.instalment_multiple or None if product.method is Method.FLAT else None


def _instalment_fee(product: Product) -> InstalmentFee | None:
    if not product.instalment_fee and not product.fee_percent:
        return None
    base = product.fee_base if product.fee_percent else FeeBase.FLAT
    return InstalmentFee(base, product.instalment_fee, product.fee_percent)


_AMORTIZATION = {
    Method.FLAT: Amortization.EQUAL_PRINCIPAL,
    Method.EQUAL_PRINCIPAL: Amortization.EQUAL_PRINCIPAL,
    Method.EQUAL_INSTALMENTS: Amortization.EQUAL_INSTALMENTS,
    Method.BULLET: Amortization.BULLET,
    Method.PER_MEETING: Amortization.EQUAL_PRINCIPAL,
    Method.FREE: Amortization.FREE,
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A schedule with its price, as shown beside the form and printed before signing.

    Percents a year as `Decimal`; `declining_percent` is what a flat rate amounts to a month on the declining
    balance (None for a rate that declines already).
    """

    terms: Terms
    schedule: Schedule
    cost: Cost
    upfront: int
    nominal_percent: Fraction
    declining_percent: Decimal | None


def upfront_fee(product: Product, amount: int) -> int:
    """Return what is kept back at disbursement, in đồng, rounded half up."""
    return product.upfront_fee + int(amount * product.upfront_percent / 100 + Fraction(1, 2))


def offer(
    product: Product, request: Request, meetings: Sequence[date] = (), holidays: frozenset[date] = frozenset()
) -> Offer:
    """Return the offer for a request. Raises BadSchedule when no sound schedule follows."""
    terms = terms_for(product, request, meetings, holidays)
    if terms.calendar.due_dates and len(terms.calendar.due_dates) < request.number:
        raise BadSchedule(_("Chưa đủ ngày họp để lập lịch trả."))
    return priced(product, terms)


def priced(product: Product, terms: Terms) -> Offer:
    """Return the offer of terms: their schedule and what it costs. Raises BadSchedule."""
    schedule = plan(terms)
    upfront = upfront_fee(product, terms.principal)
    cost = loan_cost(schedule, terms.calendar, upfront)
    flat = terms.method is InterestMethod.FLAT and terms.number > 0
    return Offer(
        terms,
        schedule,
        cost,
        upfront,
        yearly_percent(terms),
        declining_equivalent(period_percent(terms), terms.number) if flat and terms.rate_percent else None,
    )


def period_percent(terms: Terms) -> Fraction:
    """Return the rate of one repayment period, in percent."""
    if terms.rate_unit is RateUnit.PERIOD:
        return terms.rate_percent
    if terms.rate_unit is RateUnit.WHOLE_TERM:
        return terms.rate_percent / terms.number
    return yearly_percent(terms) * terms.calendar.every / PERIODS_A_YEAR[terms.calendar.unit]


def yearly_percent(terms: Terms) -> Fraction:
    """Return the nominal rate of a year, in percent: the quoted rate times its periods in a year."""
    match terms.rate_unit:
        case RateUnit.YEAR:
            return terms.rate_percent
        case RateUnit.MONTH:
            return terms.rate_percent * 12
        case RateUnit.WEEK:
            return terms.rate_percent * 52
        case RateUnit.DAY:
            return terms.rate_percent * 365
        case RateUnit.PERIOD:
            return terms.rate_percent * _periods_a_year(terms)
        case RateUnit.WHOLE_TERM:
            return terms.rate_percent / terms.number * _periods_a_year(terms)


def _periods_a_year(terms: Terms) -> Fraction:
    """Return the periods of a year: from the steps of the calendar, or from the real distance of given dates."""
    dates = terms.calendar.due_dates
    if len(dates) > 1:
        days = Fraction((dates[-1] - dates[0]).days, len(dates) - 1)
        # Four weeks or more apart is a month to people, seven days a week.
        return Fraction(12) if 28 <= days <= 31 else Fraction(52) if days == 7 else Fraction(365) / days
    return Fraction(PERIODS_A_YEAR[terms.calendar.unit], terms.calendar.every)


# -- what is wrong ---------------------------------------------------------------------------------


def check_product(product: Product) -> list[Problem]:
    """Return what is wrong with a product; fields are named as in `Product` and `Limits`."""
    found: list[Problem] = []
    if not product.rates:
        found.append(Problem.stop("rate", "rate", _("Hãy nhập lãi suất (0 nếu không lãi).")))
    for rate in product.rates:
        if rate.percent < 0 or rate.percent > 100:
            found.append(Problem.stop("rate", "rate", _("Lãi suất phải từ 0 đến 100 phần trăm.")))
    if product.every < 1:
        found.append(Problem.stop("every", "every", _("Kỳ trả phải cách nhau ít nhất 1.")))
    if product.rounding_unit not in (1, 100, 500, 1000):
        found.append(
            Problem.stop("rounding", "rounding_unit", _("Làm tròn đến 1, 100, 500 hoặc 1.000 đồng."))
        )
    if min(product.grace.principal, product.grace.interest_payment, product.grace.interest_free) < 0:
        found.append(Problem.stop("grace", "grace_principal", _("Số kỳ ân hạn không được âm.")))
    if not 0 <= product.penalty_percent <= 100:
        found.append(
            Problem.stop("penalty", "penalty_percent", _("Lãi phạt phải từ 0 đến 100 phần trăm một năm."))
        )
    if not 0 <= product.instalment_multiple <= MAX_DONG:
        found.append(Problem.stop("multiple", "instalment_multiple", _("Bội số của mỗi kỳ không được âm.")))
    if not 0 <= product.fee_percent <= 100:
        found.append(Problem.stop("fee", "fee_percent", _("Phí phải từ 0 đến 100 phần trăm.")))
    if product.upfront_fee < 0 or product.instalment_fee < 0 or not 0 <= product.upfront_percent <= 100:
        found.append(Problem.stop("fee", "upfront_fee", _("Phí không được âm.")))
    limits = product.limits
    if limits.most and limits.least > limits.most:
        found.append(Problem.stop("limits", "most", _("Mức vay cao nhất phải từ mức thấp nhất trở lên.")))
    if not 1 <= limits.least_number <= limits.most_number:
        found.append(
            Problem.stop("limits", "most_number", _("Số kỳ trả nhiều nhất phải từ số ít nhất trở lên."))
        )
    if set(product.order) != set(DEFAULT_ORDER):
        found.append(Problem.stop("order", "order", _("Thứ tự phân bổ phải có đủ phạt, phí, lãi, gốc.")))
    return found
