"""Random products and histories for property tests."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import strategies as st

from desktop.models.rules.loans.allocation import Allocation, Surplus, Sweep, allocation
from desktop.models.rules.loans.allocation import Component as C
from desktop.models.rules.loans.events import (
    Charge,
    ChargeKind,
    Disbursement,
    Event,
    Repayment,
    Reschedule,
    Waiver,
)
from desktop.models.rules.loans.rounding import RoundingMode
from desktop.models.rules.loans.terms import (
    AdvanceEffect,
    Amortization,
    AnnuityRate,
    Builder,
    Calendar,
    DayCount,
    Grace,
    InterestMethod,
    InterestPeriod,
    MonthBasis,
    PeriodUnit,
    PrecloseInterest,
    RateUnit,
    Recalculation,
    Residual,
    Rest,
    Shift,
    Terms,
    YearBasis,
)

START = date(2024, 1, 1)
days = st.integers(0, 400).map(lambda n: START + timedelta(days=n))

calendars = st.one_of(
    st.builds(Calendar, every=st.integers(1, 3), unit=st.just(PeriodUnit.MONTHS)),
    st.builds(Calendar, every=st.integers(1, 4), unit=st.just(PeriodUnit.WEEKS)),
    st.builds(Calendar, every=st.integers(5, 45), unit=st.just(PeriodUnit.DAYS)),
    st.builds(
        Calendar,
        unit=st.just(PeriodUnit.MONTHS),
        days_off=st.just(frozenset({5, 6})),
        holidays=st.just(frozenset({date(2024, 2, 9) + timedelta(days=n) for n in range(6)})),
        shift=st.sampled_from([Shift.FORWARD, Shift.BACKWARD]),
    ),
)
recalculations = st.builds(
    Recalculation,
    rest=st.sampled_from(Rest),
    effect=st.sampled_from(AdvanceEffect),
    preclose=st.sampled_from(PrecloseInterest),
    on_past_due=st.booleans(),
)


@st.composite
def terms(draw: st.DrawFn, builders: tuple[Builder, ...] = tuple(Builder)) -> Terms:
    builder = draw(st.sampled_from(builders))
    number = draw(st.integers(1, 24))
    unit = draw(st.sampled_from([RateUnit.YEAR, RateUnit.MONTH, RateUnit.PERIOD]))
    top = {RateUnit.YEAR: 3600, RateUnit.MONTH: 300, RateUnit.PERIOD: 300}[unit]
    standard, method = builder is Builder.STANDARD, draw(st.sampled_from(InterestMethod))
    progressive = builder is Builder.PROGRESSIVE and method is InterestMethod.DECLINING
    patient = builder is not Builder.PROGRESSIVE or progressive
    grace = draw(st.integers(0, number - 1)) if patient and draw(st.booleans()) else 0
    return Terms(
        principal=draw(st.integers(1, 2_000) | st.integers(10_000, 50_000_000)),
        disbursed_on=draw(days),
        number=number,
        rate_percent=Fraction(draw(st.integers(0, top)), 100),
        rate_unit=unit,
        method=method,
        amortization=draw(
            st.sampled_from(
                [Amortization.EQUAL_INSTALMENTS, Amortization.EQUAL_PRINCIPAL, Amortization.BULLET]
            )
        ),
        calendar=draw(calendars),
        interest_period=draw(st.sampled_from(InterestPeriod)),
        partial_periods=draw(st.booleans()),
        day_count=DayCount(
            draw(st.sampled_from(YearBasis)), draw(st.sampled_from(MonthBasis)), own_years=draw(st.booleans())
        ),
        grace=Grace(
            principal=grace,
            interest_payment=draw(st.integers(0, 3)) if standard or progressive else 0,
            interest_free=draw(st.integers(0, min(2, grace))),
        ),
        builder=builder,
        rounding=draw(st.sampled_from([RoundingMode.HALF_UP, RoundingMode.HALF_EVEN])),
        instalment_multiple=draw(st.sampled_from([None, 100, 1000])) if standard else None,
        principal_multiple=draw(st.sampled_from([1, 100, 1000])) if standard else 1,
        residual=draw(st.sampled_from([Residual.LAST, Residual.FIRST])) if standard else Residual.LAST,
        annuity_rate=draw(st.sampled_from(AnnuityRate)),
    )


orders = st.permutations(list(C)).map(tuple)
rules: st.SearchStrategy[Allocation] = st.builds(
    lambda due, ahead, surplus, sweep: allocation(due, ahead, surplus=surplus, sweep=sweep),
    orders,
    orders,
    st.sampled_from(Surplus),
    st.sampled_from(Sweep),
)


@st.composite
def histories(draw: st.DrawFn, of: Terms) -> list[Event]:
    """A disbursement and what may follow, recorded in any order; each day and amount is its own."""
    events: list[Event] = [Disbursement(1, of.disbursed_on, of.principal)]
    if of.builder is Builder.STANDARD and of.number > 1 and draw(st.booleans()):  # paid out in two parts
        second = draw(st.integers(0, of.principal - 1))
        on = of.disbursed_on + timedelta(days=draw(st.integers(0, 4)))
        if second:
            events = [Disbursement(1, of.disbursed_on, of.principal - second), Disbursement(0, on, second)]
    size, paid_on = max(of.principal, 1), set()
    for seq in range(2, 2 + draw(st.integers(0, 7))):
        on = of.disbursed_on + timedelta(days=draw(st.integers(0, 500)))
        kind = draw(st.sampled_from("rrrrcwx"))
        if kind == "r":
            if on in paid_on:  # two payments of one day keep the order of their vouchers
                continue
            paid_on.add(on)
            events.append(Repayment(seq, on, draw(st.integers(1, size // 2 + 1))))
        elif kind == "c":
            events.append(Charge(seq, on, draw(st.sampled_from(ChargeKind)), draw(st.integers(1, 5000))))
        elif kind == "w":
            events.append(Waiver(seq, on, draw(st.integers(0, 5000)), draw(st.integers(0, 5000))))
        elif draw(st.booleans()):
            events.append(Reschedule(seq, on, on, days=draw(st.integers(1, 60))))
    return events
