"""The functions of a financial calculator, in decimal arithmetic. Signs follow spreadsheets: money received
is positive, money paid is negative, so the instalment of a loan received is negative.

Rates are parts of one per period (1 % = 0.01). Every result carries about forty figures; nobody rounds here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Context, Decimal, localcontext
from enum import StrEnum
from fractions import Fraction

Number = int | Fraction | Decimal
DatedFlow = tuple[date, Decimal]

_CONTEXT = Context(prec=50)
_FINE = Decimal("1e-30")


class NoPayment(ValueError):
    """The payment asked for is not in the term."""


class NoRoot(ValueError):
    """The flows have no rate that makes them worth nothing (for example: no change of sign)."""


class When(StrEnum):
    """When a payment falls: at the end or at the beginning of its period."""

    END = "end"
    BEGIN = "begin"


class DateCount(StrEnum):
    """How days become years between dated flows."""

    ACT_365 = "act/365"
    ACT_365_25 = "act/365.25"
    ACT_364 = "act/364"
    ACT_360 = "act/360"
    ACT_ACT_ISDA = "act/act ISDA"
    D30_360 = "30/360"
    D30E_360 = "30E/360"
    D30E_360_ISDA = "30E/360 ISDA"
    D30E_PLUS_360 = "30E+/360"
    D30U_360 = "30U/360"
    NL_365 = "nl/365"
    NL_360 = "nl/360"


def decimal(value: Number) -> Decimal:
    """Return a number as a decimal of fifty figures."""
    with localcontext(_CONTEXT):
        if isinstance(value, Fraction):
            return Decimal(value.numerator) / value.denominator
        return +Decimal(value)


def _annuity(rate: Decimal, nper: Decimal, when: When) -> tuple[Decimal, Decimal]:
    """Return (1+r)ⁿ and the value at the end of n payments of one."""
    if rate == 0:
        return Decimal(1), nper
    growth = (1 + rate) ** nper
    due = 1 + rate if when is When.BEGIN else Decimal(1)
    return growth, (growth - 1) / rate * due


def pmt(rate: Number, nper: Number, pv: Number, fv: Number = 0, when: When = When.END) -> Decimal:
    """Return the level payment of an annuity."""
    with localcontext(_CONTEXT):
        growth, series = _annuity(decimal(rate), decimal(nper), when)
        return -(decimal(fv) + decimal(pv) * growth) / series


def fv(rate: Number, nper: Number, pmt: Number, pv: Number, when: When = When.END) -> Decimal:
    """Return what is left at the end."""
    with localcontext(_CONTEXT):
        growth, series = _annuity(decimal(rate), decimal(nper), when)
        return -(decimal(pv) * growth + decimal(pmt) * series)


def pv(rate: Number, nper: Number, pmt: Number, fv: Number = 0, when: When = When.END) -> Decimal:
    """Return the value today."""
    with localcontext(_CONTEXT):
        growth, series = _annuity(decimal(rate), decimal(nper), when)
        return -(decimal(fv) + decimal(pmt) * series) / growth


def ipmt(rate: Number, per: int, nper: Number, pv: Number, fv_: Number = 0, when: When = When.END) -> Decimal:
    """Return the interest in payment number `per` (from 1)."""
    if per < 1 or per > nper:
        raise NoPayment("the payment is not in the term")
    if when is When.BEGIN and per == 1:
        return Decimal(0)
    with localcontext(_CONTEXT):
        payment = pmt(rate, nper, pv, fv_, when)
        interest = fv(rate, per - 1, payment, pv, when) * decimal(rate)
        return interest / (1 + decimal(rate)) if when is When.BEGIN else interest


def ppmt(rate: Number, per: int, nper: Number, pv: Number, fv_: Number = 0, when: When = When.END) -> Decimal:
    """Return the principal in payment number `per` (from 1)."""
    with localcontext(_CONTEXT):
        return pmt(rate, nper, pv, fv_, when) - ipmt(rate, per, nper, pv, fv_, when)


def nper(rate: Number, pmt: Number, pv: Number, fv: Number = 0, when: When = When.END) -> Decimal:
    """Return the number of payments. Raises NoRoot if the payments never pay off the debt."""
    with localcontext(_CONTEXT):
        r, payment = decimal(rate), decimal(pmt)
        if r == 0:
            if payment == 0:
                raise NoRoot("nothing is ever paid")
            return -(decimal(fv) + decimal(pv)) / payment
        due = payment * (1 + r if when is When.BEGIN else 1) / r
        top, bottom = due - decimal(fv), due + decimal(pv)
        if bottom == 0 or top / bottom <= 0:
            raise NoRoot("the payments do not pay off the debt")
        return (top / bottom).ln() / (1 + r).ln()


def rate(nper: Number, pmt: Number, pv: Number, fv: Number = 0, when: When = When.END) -> Decimal:
    """Return the rate per period of an annuity."""
    with localcontext(_CONTEXT):
        n, payment, today, end = decimal(nper), decimal(pmt), decimal(pv), decimal(fv)

        def worth(r: Decimal) -> Decimal:
            growth, series = _annuity(r, n, when)
            return end + today * growth + payment * series

        return root_near_zero(worth)


def npv(rate: Number, flows: Sequence[Number]) -> Decimal:
    """Return the value today of flows one period apart, the first one today."""
    with localcontext(_CONTEXT):
        factor, worth, at = 1 / (1 + decimal(rate)), Decimal(0), Decimal(1)
        for flow in flows:
            worth += decimal(flow) * at
            at *= factor
        return worth


def irr(flows: Sequence[Number]) -> Decimal:
    """Return the rate per period at which the flows are worth nothing; of several, the one nearest zero."""
    _need_both_signs([decimal(flow) for flow in flows])
    return root_near_zero(lambda r: npv(r, flows))


def mirr(flows: Sequence[Number], finance_rate: Number, reinvest_rate: Number) -> Decimal:
    """Return the rate of return when losses are financed and gains reinvested at given rates."""
    with localcontext(_CONTEXT):
        values = [decimal(flow) for flow in flows]
        _need_both_signs(values)
        gains = npv(reinvest_rate, [max(v, Decimal(0)) for v in values])
        losses = npv(finance_rate, [min(v, Decimal(0)) for v in values])
        n = len(values) - 1
        growth = (-gains / losses) ** (Decimal(1) / n)
        return growth * (1 + decimal(reinvest_rate)) - 1


def xnpv(rate: Number, flows: Sequence[DatedFlow], count: DateCount = DateCount.ACT_365) -> Decimal:
    """Return the value on the first day of dated flows, at a yearly rate."""
    with localcontext(_CONTEXT):
        first = min(day for day, _ in flows)
        years = [decimal(year_fraction(first, day, count)) for day, _ in flows]
        return _discounted([amount for _, amount in flows], years, decimal(rate))


def xirr(flows: Sequence[DatedFlow], count: DateCount = DateCount.ACT_365) -> Decimal:
    """Return the yearly rate at which dated flows are worth nothing on the first day."""
    first = min(day for day, _ in flows)
    years = [decimal(year_fraction(first, day, count)) for day, _ in flows]
    return irr_at([amount for _, amount in flows], years)


def irr_at(amounts: Sequence[Decimal], times: Sequence[Decimal]) -> Decimal:
    """Return the rate per unit of time at which flows at any times are worth nothing."""
    _need_both_signs(amounts)
    with localcontext(_CONTEXT):
        return root_near_zero(lambda r: _discounted(amounts, times, r))


def _discounted(amounts: Sequence[Decimal], times: Sequence[Decimal], r: Decimal) -> Decimal:
    log = (1 + r).ln()
    return sum(
        (amount * (-log * time).exp() for amount, time in zip(amounts, times, strict=True)), Decimal(0)
    )


def year_fraction(start: date, end: date, count: DateCount) -> Fraction:
    """Return the years from start to end."""
    days = (end - start).days
    match count:
        case DateCount.ACT_365:
            return Fraction(days, 365)
        case DateCount.ACT_365_25:
            return Fraction(4 * days, 1461)
        case DateCount.ACT_364:
            return Fraction(days, 364)
        case DateCount.ACT_360:
            return Fraction(days, 360)
        case DateCount.ACT_ACT_ISDA:
            return _isda_years(end) - _isda_years(start)
        case DateCount.NL_365:
            return Fraction(days - _leap_days(start, end), 365)
        case DateCount.NL_360:
            return Fraction(days - _leap_days(start, end), 360)
    return Fraction(_days_30(start, end, count), 360)


def _isda_years(day: date) -> Fraction:
    first = date(day.year, 1, 1)
    return day.year + Fraction((day - first).days, (date(day.year + 1, 1, 1) - first).days)


def _days_30(start: date, end: date, count: DateCount) -> int:
    """Return the days between months of thirty days; the conventions differ at the ends of months only."""
    first, last, month = min(start.day, 30), end.day, end.month
    match count:
        case DateCount.D30E_360:
            last = min(last, 30)
        case DateCount.D30E_360_ISDA:  # the last day of any month, also of February, is the thirtieth
            first = 30 if _ends_month(start) else first
            last = 30 if _ends_month(end) else last
        case DateCount.D30E_PLUS_360:  # the thirty-first is the first of the next month
            last, month = (1, month + 1) if last == 31 else (last, month)
        case DateCount.D30U_360:  # American: the end of February too, where the first day is one
            if start.month == 2 and _ends_month(start):
                first = 30
                last = 30 if end.month == 2 and _ends_month(end) else last
            last = 30 if last == 31 and first == 30 else last
        case _:
            last = 30 if last == 31 and first == 30 else last
    return 360 * (end.year - start.year) + 30 * (month - start.month) + last - first


def _ends_month(day: date) -> bool:
    return (day + timedelta(days=1)).month != day.month


def _leap_days(start: date, end: date) -> int:
    years = range(start.year, end.year + 1)
    leaps = [date(y, 2, 29) for y in years if y % 4 == 0 and (y % 100 != 0 or y % 400 == 0)]
    return sum(1 for leap in leaps if start < leap <= end)


def _need_both_signs(values: Sequence[Decimal]) -> None:
    if not (any(v > 0 for v in values) and any(v < 0 for v in values)):
        raise NoRoot("the flows never change their sign")


_LOWEST = Decimal("-0.999999999999")  # all but lost: a rate below it says nothing


def _upwards() -> Iterator[tuple[Decimal, Decimal]]:
    """Yield brackets from zero up, the end nearer zero first: fine near it, wide far away."""
    step, up = Decimal("0.005"), Decimal(0)
    while up < 10**6:
        yield up, up + step
        up += step
        step *= Decimal("1.08")


def _downwards() -> Iterator[tuple[Decimal, Decimal]]:
    """Yield brackets from zero down towards the loss of everything, the end nearer zero first."""
    step, down = Decimal("0.005"), Decimal(0)
    while down > _LOWEST:
        lower = max(down - min(step, (1 + down) / 20), _LOWEST)
        yield down, lower
        down = lower
        step *= Decimal("1.08")


def root_near_zero(worth: Callable[[Decimal], Decimal]) -> Decimal:
    """Return the root of `worth` nearest zero, to thirty places; of two as near, the one above."""
    with localcontext(_CONTEXT):
        above = _first_root(worth, _upwards(), None)
        below = _first_root(worth, _downwards(), above)
        found = above if below is None else below
        if found is None:
            raise NoRoot("no rate makes the flows worth nothing")
        return found


def _first_root(
    worth: Callable[[Decimal], Decimal],
    brackets: Iterable[tuple[Decimal, Decimal]],
    nearer_than: Decimal | None,
) -> Decimal | None:
    """Return the first root on the way from zero, or None; `nearer_than`: only one that is nearer zero than that."""
    at_near: Decimal | None = None
    for near, far in brackets:
        if nearer_than is not None and abs(near) >= abs(nearer_than):
            return None
        at_near, at_far = worth(near) if at_near is None else at_near, worth(far)
        if at_near == 0:
            return near
        if at_near * at_far < 0:
            root = _narrowed(worth, near, far, at_near, at_far)
            return None if nearer_than is not None and abs(root) >= abs(nearer_than) else root
        at_near = at_far
    return None


def _narrowed(
    worth: Callable[[Decimal], Decimal], low: Decimal, high: Decimal, at_low: Decimal, at_high: Decimal
) -> Decimal:
    """Return the root inside a bracket: false position that halves the weight of a stuck end (Illinois)."""
    for _ in range(300):
        middle = (low * at_high - high * at_low) / (at_high - at_low)
        value = worth(middle)
        if value == 0 or abs(high - low) < _FINE:
            return middle
        if value * at_high < 0:
            low, at_low = high, at_high
        else:
            at_low /= 2
        if abs(middle - high) < _FINE:
            return middle
        high, at_high = middle, value
    return high
