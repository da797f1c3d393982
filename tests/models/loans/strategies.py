"""Random products and histories for property tests."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from itertools import permutations, product

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
    Undo,
    Waiver,
    WriteOff,
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

# What a draw costs is the number of choices, not how many there are: options are drawn together, simplest first.
_WEEKEND = frozenset({5, 6})
_TET = frozenset(date(2024, 2, 9) + timedelta(days=n) for n in range(6))
_CALENDARS = [
    *(Calendar(every=every) for every in (1, 2, 3)),
    *(Calendar(every=every, unit=PeriodUnit.WEEKS) for every in (1, 2, 3, 4)),
    *(Calendar(every=every, unit=PeriodUnit.DAYS) for every in range(5, 46)),
    *(
        Calendar(days_off=_WEEKEND, holidays=_TET, shift=shift)
        for shift in (Shift.FORWARD, Shift.BACKWARD) * 8
    ),
]
calendars = st.sampled_from(_CALENDARS)
_RECALCULATIONS = [
    Recalculation(*options)
    for options in product(Rest, AdvanceEffect, PrecloseInterest, (False, True))  # the last: on_past_due
]
recalculations = st.sampled_from(_RECALCULATIONS)
_TOP_RATES = {RateUnit.YEAR: 3600, RateUnit.MONTH: 300, RateUnit.PERIOD: 300}
_INTEREST = [
    (*interest, DayCount(*count, own_years=own))
    for *interest, count, own in product(
        InterestMethod,
        InterestPeriod,
        (False, True),
        AnnuityRate,
        product(YearBasis, MonthBasis),
        (False, True),
    )
]
_SHARES = list(
    product(
        (Amortization.EQUAL_INSTALMENTS, Amortization.EQUAL_PRINCIPAL, Amortization.BULLET),
        (RoundingMode.HALF_UP, RoundingMode.HALF_EVEN),
        (None, 100, 1000),
        (1, 100, 1000),
        (Residual.LAST, Residual.FIRST),
        (0, 1, 2, 3),  # rows whose interest waits
        (0, 1, 2),  # rows free of interest, at most as many as rows in grace of principal
    )
)


# Made once: Hypothesis looks through all the choices of every strategy that it meets for the first time.
_INTERESTS = st.sampled_from(_INTEREST)
_SHARINGS = st.sampled_from(_SHARES)
_PRINCIPALS = st.integers(1, 2_000) | st.integers(10_000, 50_000_000)


@cache
def _built(builders: tuple[Builder, ...]) -> st.SearchStrategy[tuple[Builder, int, RateUnit]]:
    """Return the strategy of a way of building, a number of rows and a unit of the rate."""
    return st.sampled_from(list(product(builders, range(1, 25), _TOP_RATES)))


@st.composite
def terms(draw: st.DrawFn, builders: tuple[Builder, ...] = tuple(Builder)) -> Terms:
    builder, number, unit = draw(_built(builders))
    method, period, partial, annuity, count = draw(_INTERESTS)
    amortization, rounding, multiple, share, residual, waiting, free = draw(_SHARINGS)
    standard = builder is Builder.STANDARD
    progressive = builder is Builder.PROGRESSIVE and method is InterestMethod.DECLINING
    grace = max(draw(st.integers(1 - number, number - 1)), 0)
    return Terms(
        principal=draw(_PRINCIPALS),
        disbursed_on=draw(days),
        number=number,
        rate_percent=Fraction(draw(st.integers(0, _TOP_RATES[unit])), 100),
        rate_unit=unit,
        method=method,
        amortization=amortization,
        calendar=draw(calendars),
        interest_period=period,
        partial_periods=partial,
        day_count=count,
        grace=Grace(
            principal=grace,
            interest_payment=waiting if standard or progressive else 0,
            interest_free=min(free, grace) if builder is not Builder.PROGRESSIVE or progressive else 0,
        ),
        builder=builder,
        rounding=rounding,
        instalment_multiple=multiple if standard else None,
        principal_multiple=share if standard else 1,
        residual=residual if standard else Residual.LAST,
        annuity_rate=annuity,
    )


_ORDERS = list(permutations(C))
_ORDER_PAIRS = st.tuples(st.sampled_from(_ORDERS), st.sampled_from(_ORDERS))
_WAYS = st.sampled_from(list(product(Surplus, Sweep, ((), (C.PENALTY, C.FEE, C.PRINCIPAL)))))
rules: st.SearchStrategy[Allocation] = st.builds(
    lambda orders, way: allocation(*orders, surplus=way[0], sweep=way[1], due_charges=way[2]),
    _ORDER_PAIRS,
    _WAYS,
)
# r: a repayment, c: a charge, w: a waiver, x: an extension, o: a write-off and what comes back after it, u: an undoing.
_STEPS = st.sampled_from([(kind, day) for day in range(501) for kind in "rrrrrrrrccwwxxou"])


@st.composite
def histories(draw: st.DrawFn, of: Terms) -> list[Event]:
    """A disbursement and what may follow, recorded in any order; each day and amount is its own."""
    events = draw(_lent(of))
    size, paid_on = max(of.principal, 1), set()
    for _step in range(draw(st.integers(0, 7))):
        kind, after = draw(_STEPS)
        on, seq = of.disbursed_on + timedelta(days=after), len(events) + 2
        if kind == "r":
            if on in paid_on:  # two payments of one day keep the order of their vouchers
                continue
            paid_on.add(on)
            events.append(Repayment(seq, on, draw(st.integers(1, size // 2 + 1))))
        elif kind == "o":  # after it nothing is changed: the book refuses what would be
            return [*events, *draw(_given_up(events, on, seq, size))]
        elif kind == "u":
            left = undoable(events)
            if left:
                target = draw(st.sampled_from(left))
                events.append(Undo(seq, max(on, target.on), target.seq))
        else:
            events += draw(_change(kind, seq, on))
    return events


@st.composite
def _given_up(draw: st.DrawFn, events: list[Event], on: date, seq: int, size: int) -> list[Event]:
    """A write-off, not before all that is recorded, and what comes back, sometimes more; either may be taken back."""
    off = max(on, *(event.on for event in events))
    back = off + timedelta(days=draw(st.integers(1, 90)))
    found: list[Event] = [WriteOff(seq, off), Repayment(seq + 1, back, draw(st.integers(1, size * 2)))]
    for target in draw(st.sampled_from([(), (), (1,), (1, 0)])):
        found.append(Undo(seq + len(found), back, found[target].seq))
    return found


@st.composite
def _lent(draw: st.DrawFn, of: Terms) -> list[Event]:
    """The money handed over, at once or, half of those that may, in two parts."""
    if of.builder is Builder.STANDARD and of.number > 1:
        second, later = max(draw(st.integers(1 - of.principal, of.principal - 1)), 0), draw(st.integers(0, 4))
        if second:
            on = of.disbursed_on + timedelta(days=later)
            return [Disbursement(1, of.disbursed_on, of.principal - second), Disbursement(0, on, second)]
    return [Disbursement(1, of.disbursed_on, of.principal)]


@st.composite
def _change(draw: st.DrawFn, kind: str, seq: int, on: date) -> list[Event]:
    """A charge, a waiver, or, as often as not, an extension."""
    if kind == "c":
        amount = draw(st.integers(-5000, 5000))
        charge = ChargeKind.PENALTY if amount < 0 else ChargeKind.FEE
        return [Charge(seq, on, charge, abs(amount) + 1)]
    if kind == "w":
        return [Waiver(seq, on, draw(st.integers(0, 5000)), draw(st.integers(0, 5000)))]
    longer = draw(st.integers(-60, 60))
    return [Reschedule(seq, on, on, days=longer)] if longer > 0 else []


def undoable(events: list[Event]) -> list[Event]:
    """Return the events that may be taken back: not the money itself, nothing twice."""
    undone = {event.target for event in events if isinstance(event, Undo)}
    return [
        event for event in events if not isinstance(event, Disbursement | Undo) and event.seq not in undone
    ]
