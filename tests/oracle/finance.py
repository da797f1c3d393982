"""Cases of the financial calculator and of annual percentage rates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from desktop.models.rules import finance
from desktop.models.rules.finance import DateCount, NoPayment, NoRoot, When
from desktop.models.rules.loans import pricing
from desktop.models.rules.loans.case_json import day, number
from tests.oracle.answerer import Answerer, Case, NotSupported, vector

_COUNTS = {count.value.lower(): count for count in DateCount} | {
    "act/365f": DateCount.ACT_365,
    "actual/365": DateCount.ACT_365,
    "30/360 isda": DateCount.D30_360,
    "bond basis": DateCount.D30_360,
    "act/365 fixed": DateCount.ACT_365,
    "actual/actual isda": DateCount.ACT_ACT_ISDA,
    "actual/360": DateCount.ACT_360,
}


def _numbers(case: Case, *names: str) -> list[Any]:
    return [number(case["input"].get(name) or "0") for name in names]


_WHENS = {
    "0": When.END,
    "e": When.END,
    "finish": When.END,
    "1": When.BEGIN,
    "b": When.BEGIN,
    "start": When.BEGIN,
}


def _when(case: Case) -> When:
    asked = case["input"].get("when")
    name = "end" if asked is None else str(asked).lower()
    return _WHENS.get(name) or When(name)


def _pmt(case: Case) -> Decimal:
    return finance.pmt(*_numbers(case, "rate", "nper", "pv", "fv"), _when(case))


def _pv(case: Case) -> Decimal:
    return finance.pv(*_numbers(case, "rate", "nper", "pmt", "fv"), _when(case))


def _fv(case: Case) -> Decimal:
    return finance.fv(*_numbers(case, "rate", "nper", "pmt", "pv"), _when(case))


def _nper(case: Case) -> Decimal:
    return finance.nper(*_numbers(case, "rate", "pmt", "pv", "fv"), _when(case))


def _rate(case: Case) -> Decimal:
    return finance.rate(*_numbers(case, "nper", "pmt", "pv", "fv"), _when(case))


def _ipmt(case: Case) -> Decimal:
    rate, nper, pv, fv = _numbers(case, "rate", "nper", "pv", "fv")
    return finance.ipmt(rate, int(case["input"]["per"]), nper, pv, fv, _when(case))


def _ppmt(case: Case) -> Decimal:
    rate, nper, pv, fv = _numbers(case, "rate", "nper", "pv", "fv")
    return finance.ppmt(rate, int(case["input"]["per"]), nper, pv, fv, _when(case))


def _flows(case: Case) -> list[Any]:
    return [number(flow) for flow in case["input"]["flows"]]


def _dated(case: Case) -> list[tuple[date, Decimal]]:
    return [(day(flow["date"]), Decimal(str(flow["amount"]))) for flow in case["input"]["flows"]]


def _count(case: Case) -> DateCount:
    name = str(case["input"].get("day_count") or "act/365").lower()
    if name not in _COUNTS:
        raise NotSupported(f"day count {name}")
    return _COUNTS[name]


def _mirr(case: Case) -> Decimal:
    finance_rate, reinvest_rate = _numbers(case, "finance_rate", "reinvest_rate")
    return finance.mirr(_flows(case), finance_rate, reinvest_rate)


def _unit_period(case: Case) -> pricing.UnitPeriod:
    source = case["input"]["unit_period"]
    unit = str(source["unit"]).replace("-", "_")
    unit = unit if unit.endswith(("s", "ly")) else unit + "s"
    half = dict.fromkeys(("semi_monthly", "semimonthly", "half_months", "semimonths"), "semi_months")
    try:
        name = pricing.UnitPeriodUnit(half.get(unit, unit))
    except ValueError:
        raise NotSupported(f"unit-period {unit}") from None
    return pricing.UnitPeriod(int(source.get("every") or 1), name)


def _apr_us(case: Case) -> Decimal:
    source, period = case["input"], _unit_period(case)
    if "payments_in_order" in source:
        return pricing.apr_us_regular(
            Decimal(source["advance"]),
            day(source["advance_date"]),
            day(source["first_payment_date"]),
            [Decimal(payment) for payment in source["payments_in_order"]],
            period,
        )
    advances = source.get("advances") or [{"date": source["advance_date"], "amount": source["advance"]}]
    return pricing.apr_us(_day_amounts(advances), _day_amounts(source["payments"]), period)


def _day_amounts(rows: list[dict[str, str]]) -> list[tuple[date, Decimal]]:
    return [(day(row["date"]), Decimal(row["amount"])) for row in rows]


def _apr_eu(case: Case) -> Decimal:
    source = case["input"]
    amounts, years = [Decimal(source.get("advance") or 0)], [number(0)]
    for payment in source["payments"]:
        amounts.append(-Decimal(payment["amount"]))
        years.append(number(payment["years"]))
    for more in source.get("advances") or ():
        amounts.append(Decimal(more["amount"]))
        years.append(number(more["years"]))
    return pricing.apr_eu(amounts, years)


def _apr_eu_dated(case: Case) -> Decimal:
    source = case["input"]
    advances = source.get("advances") or [{"date": source["advance_date"], "amount": source["advance"]}]
    flows = _day_amounts(advances)
    flows += [(on, -amount) for on, amount in _day_amounts(source["payments"])]
    return pricing.apr_eu_dated(sorted(flows))


def _rooted(answer: Callable[[Case], Decimal]) -> Callable[[Case], Decimal | None]:
    """Answer nothing where no rate, number or payment solves the question, as the sources do."""

    def found(case: Case) -> Decimal | None:
        try:
            return answer(case)
        except (NoPayment, NoRoot):
            return None

    return found


ANSWERERS: list[Answerer] = [
    vector("pmt", _pmt),
    vector("pv", _pv),
    vector("fv", _fv),
    vector("nper", _rooted(_nper)),
    vector("rate", _rooted(_rate)),
    vector("ipmt", _rooted(_ipmt)),
    vector("ppmt", _rooted(_ppmt)),
    vector("irr", _rooted(lambda case: finance.irr(_flows(case)))),
    vector("npv", lambda case: finance.npv(*_numbers(case, "rate"), _flows(case))),
    vector("mirr", _mirr),
    vector("xirr", _rooted(lambda case: finance.xirr(_dated(case), _count(case)))),
    vector("xnpv", lambda case: finance.xnpv(*_numbers(case, "rate"), _dated(case), _count(case))),
    vector("apr_us_actuarial", _apr_us),
    vector("apr_eu", _apr_eu),
    vector("apr_eu_dated", _apr_eu_dated),
]
