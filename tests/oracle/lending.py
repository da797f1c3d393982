"""Vectors of two lending systems: ceil-ed instalments, days past due, penalties; roundings, dates, fees."""

from __future__ import annotations

import re
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from desktop.models.rules.loans import arrears, charges
from desktop.models.rules.loans.annuity import level_instalment
from desktop.models.rules.loans.calendar import add_months, due_dates, shift_date
from desktop.models.rules.loans.case_json import Money, day, number
from desktop.models.rules.loans.rounding import RoundingMode, round_exact, round_to
from desktop.models.rules.loans.schedule import build_rows
from desktop.models.rules.loans.terms import (
    Amortization,
    Calendar,
    DayCount,
    InterestPeriod,
    MonthBasis,
    PeriodUnit,
    RateUnit,
    Shift,
    Terms,
    YearBasis,
)
from desktop.models.rules.savings_interest import exact_interest
from tests.oracle.answerer import Answerer, Case, NotSupported, same, vector


def _money(source: dict[str, Any]) -> Money:
    """Return the money of a case: the sources of these keep two decimals unless they say otherwise."""
    asked = source.get("digits")
    return Money(2 if asked is None else int(asked))


def _rounding(case: Case) -> RoundingMode:
    """The source rounds half up; the one figure it cuts off is tagged."""
    cuts = any(tag.startswith("truncates") for tag in case.get("tags") or ())
    return RoundingMode.DOWN if cuts else RoundingMode.HALF_UP


def _ceil_unit(text: str | None, money: Money) -> int:
    """Return the unit of "ceil to 1" in the smallest money."""
    match = re.fullmatch(r"ceil to ([0-9.]+)", text or "ceil to 1")
    if match is None:
        raise NotSupported(f"instalment rounding {text}")
    return money.read(match[1])


def _ceil_instalment(source: dict[str, Any]) -> int:
    money = _money(source)
    principal, unit = money.read(source["principal"]), _ceil_unit(source.get("instalment_rounding"), money)
    rate = number(source["annual_rate_percent"]) / 100 / int(source.get("periods_per_year") or 12)
    exact = level_instalment(principal, rate, int(source["number_of_repayments"]))
    return int(round_to(exact, unit, RoundingMode.CEILING))


def _equal_instalment_ceil(case: Case) -> str:
    return _whole(_ceil_instalment(case["input"]), _money(case["input"]))


def _whole(amount: int, money: Money) -> str:
    units = Fraction(amount, 10**money.digits)
    return str(units) if units.denominator == 1 else money.write(amount)


def _rounded(amount: int, money: Money) -> str:
    """Return money in whole units, half up."""
    return str(round_exact(Fraction(amount, 10**money.digits)))


def _declining_schedule(case: Case) -> dict[str, Any]:
    source, money = case["input"], _money(case["input"])
    instalment = _ceil_instalment(source)
    year = re.search(r"days/([0-9]+)", source.get("interest") or "days/365")
    if year is None or year[1] not in ("360", "364", "365"):
        raise NotSupported(f"interest {source['interest']}")
    rows = build_rows(
        Terms(
            principal=money.read(source["principal"]),
            disbursed_on=day(source["disbursement_date"]),
            number=int(source["number_of_repayments"]),
            rate_percent=number(source["annual_rate_percent"]),
            rate_unit=RateUnit.YEAR,
            amortization=Amortization.EQUAL_INSTALMENTS,
            calendar=Calendar(first_due=day(source["first_due_date"])),
            interest_period=InterestPeriod.DAILY,
            day_count=DayCount(YearBasis(year[1]), MonthBasis.ACTUAL),
            rounding=RoundingMode.HALF_UP,
            fixed_instalment=instalment,
        )
    )
    asked = [row["nr"] for row in (case.get("expected") or {}).get("sample_rows", ())]
    shown = [row for row in rows if not asked or row.nr in asked]
    return {
        "instalment": _whole(instalment, money),
        "total_interest_rounded": _rounded(sum(row.interest for row in rows), money),
        "total_payment_rounded": _rounded(sum(row.total for row in rows), money),
        "rows": len(rows),
        "sample_rows": [
            {
                "nr": row.nr,
                "principal": _rounded(row.principal, money),
                "interest": _rounded(row.interest, money),
                "balance": _rounded(row.balance, money),
            }
            for row in shown
        ],
    }


def _month_dates(case: Case) -> dict[str, str]:
    source = case["input"]
    start, count, rule = day(source["start"]), int(source["number_of_repayments"]), source["rule"]
    match rule:
        case "start_of_next_month" | "next_month_start":
            dates = [add_months(start, i, 1) for i in range(1, count + 1)]
        case "end_of_current_month":
            dates = [add_months(start, i, 31) for i in range(count)]
        case "end_of_next_month":
            dates = [add_months(start, i, 31) for i in range(1, count + 1)]
        case "same_day" | "monthly" | "same_day_of_month":
            dates = [add_months(start, i, start.day) for i in range(1, count + 1)]
        case _:
            raise NotSupported(f"month rule {rule}")
    return {"first": dates[0].isoformat(), "second": dates[1].isoformat(), "last": dates[-1].isoformat()}


def _interest(source: dict[str, Any], balance: int, days: int, mode: RoundingMode) -> int:
    rate = number(source["annual_rate_percent"])
    return round_exact(exact_interest(balance, rate, days, int(source.get("days_in_year") or 365)), mode)


def _first_repayment_split(case: Case) -> dict[str, str]:
    source, money = case["input"], _money(case["input"])
    days = (day(source["to"]) - day(source["from"])).days
    interest = _interest(source, money.read(source["principal"]), days, _rounding(case))
    paid = money.read(source["paid"])
    return {"interest": money.write(min(interest, paid)), "principal": money.write(max(paid - interest, 0))}


def _interest_then_daily(case: Case) -> dict[str, str]:
    source, money = case["input"], _money(case["input"])
    days = (day(source["paid_on"]) - day(source["disbursed"])).days
    principal, paid = money.read(source["principal"]), money.read(source["paid"])
    interest = min(_interest(source, principal, days, _rounding(case)), paid)
    after = principal - (paid - interest)
    daily = _interest(source, after, 1, RoundingMode.HALF_UP)
    return {"interest_paid": money.write(interest), "daily_interest_after": money.write(daily)}


def _days_past_due(case: Case) -> dict[str, int]:
    source, money = case["input"], _money(case["input"])
    dues = [arrears.Due(day(row["due_date"]), money.read(row["amount"])) for row in source["instalments"]]
    paid = [arrears.Due(day(row["date"]), money.read(row["amount"])) for row in source.get("payments") or ()]
    counts = "day 1" in (source.get("convention") or "")
    asked = [day(text) for text in case.get("expected") or ()] or _all_days(dues, paid)
    return {
        on.isoformat(): arrears.days_late(dues, [p for p in paid if p.on <= on], on, due_day_counts=counts)
        for on in asked
    }


def _all_days(*groups: list[arrears.Due]) -> list[date]:
    days = sorted(item.on for group in groups for item in group)
    return [days[0] + timedelta(days=i) for i in range((days[-1] - days[0]).days + 1)]


def _non_performing(case: Case) -> list[dict[str, bool]]:
    source = case["input"]
    if source.get("same_customer") is False:
        raise NotSupported("loans of several customers")
    today = day(source["as_of"])
    late = {loan["id"]: (today - day(loan["first_unpaid_due"])).days + 1 for loan in source["loans"]}
    state = arrears.PerformingState(int(source["threshold_days"]))
    answers = []
    for step in source["steps"]:
        cured = re.search(r"repay all overdue of (\w+)", step)
        if cured:
            late[cured[1]] = 0
        state = state.after(list(late.values()))
        answers.append(dict.fromkeys(late, state.non_performing) | {"customer": state.non_performing})
    return answers


def _late_penalty(source: dict[str, Any], today: date, paid: int = 0) -> int:
    instalment = _money(source).read(source.get("instalment") or source.get("amount"))
    due = day(source["due_date"])
    percent = number(source.get("penalty_annual_rate_percent") or source["annual_rate_percent"])
    return charges.annual_penalty(max(instalment - paid, 0), percent, (today - due).days + 1)


def _penalty(case: Case) -> str:
    source = case["input"]
    as_of = day(source.get("as_of") or source.get("recorded_on"))
    return _money(source).write(_late_penalty(source, as_of))


def _penalty_after_backdated_payment(case: Case) -> dict[str, str]:
    source, money = case["input"], _money(case["input"])
    recorded = day(source["recorded_on"])
    paid = money.read(source["paid"]) if day(source["payment_dated"]) <= day(source["due_date"]) else 0
    return {
        "penalty_before_payment": money.write(_late_penalty(source, recorded)),
        "penalty_after_payment": money.write(_late_penalty(source, recorded, paid)),
    }


def _in_bounds(answer: object, expected: Any, case: Case) -> bool:
    """Compare members; an expected "> 0" is a bound, not a figure."""
    if not isinstance(answer, dict) or answer.keys() != expected.keys():
        return False
    for key, value in expected.items():
        if isinstance(value, str) and value.startswith("> "):
            if not number(answer[key]) > number(value[2:]):
                return False
        elif not same(answer[key], value, case):
            return False
    return True


def _shift(name: str | None) -> Shift:
    try:
        return Shift(name or "none")
    except ValueError:
        raise NotSupported(f"shift {name}") from None


def _due_date_shift(case: Case) -> date:
    source = case["input"]
    calendar = Calendar(
        every=int(source["repay_every"]),
        unit=PeriodUnit(source["repay_unit"]),
        days_off=frozenset(source.get("weekend_weekdays") or ()),
        holidays=frozenset(day(text) for text in source.get("holidays") or ()),
        shift=_shift(source.get("shift")),
    )
    return due_dates(calendar, day(source["disbursement_date"]), int(source["number_of_repayments"]))[-1]


def _shift_date(case: Case) -> date:
    source = case["input"]
    holidays = {day(text) for text in source.get("holidays") or ()}
    return shift_date(
        day(source["date"]), _shift(source["rule"]), source.get("weekend_weekdays") or (), holidays
    )


def _digits(case: Case) -> Money:
    return Money(int(case["input"].get("digits") or 0))


def _scaled(case: Case, name: str) -> Fraction:
    return number(case["input"][name]) * 10 ** _digits(case).digits


def _round_half_away(case: Case) -> str:
    return _digits(case).write(round_exact(_scaled(case, "amount"), RoundingMode.HALF_UP))


def _adjust_total(case: Case) -> dict[str, str]:
    source, money = case["input"], _money(case["input"])
    instalments = [money.read(amount) for amount in source["instalments"]]
    index = 0 if source["adjust"] in ("first", "begin") else -1
    adjusted = instalments[index] + money.read(source["total"]) - sum(instalments)
    return {"adjusted_instalment": money.write(adjusted)}


def _late_fee(case: Case) -> str:
    rule = charges.PenaltyRule(charges.PenaltyBase.INITIAL_AMOUNT, number(case["input"]["daily_rate"]))
    exact = _scaled(case, "base") * rule.daily_rate * int(case["input"]["days"])
    return _digits(case).write(round_exact(exact, RoundingMode.HALF_UP))


def _early_fee(case: Case) -> str:
    exact = _scaled(case, "remaining_balance") * number(case["input"]["rate"])
    return _digits(case).write(round_exact(exact, RoundingMode.HALF_UP))


ANSWERERS: list[Answerer] = [
    vector("declining_schedule", _declining_schedule),
    vector("month_dates", _month_dates),
    vector("equal_instalment_ceil", _equal_instalment_ceil),
    vector("first_repayment_split", _first_repayment_split),
    vector("interest_then_daily", _interest_then_daily),
    vector("days_past_due", _days_past_due),
    vector("non_performing", _non_performing),
    vector("late_penalty", _penalty),
    vector("penalty_interest", _penalty),
    Answerer(
        "late_penalty_after_backdated_payment",
        lambda case: case.get("function") == "late_penalty_after_backdated_payment",
        _penalty_after_backdated_payment,
        _in_bounds,
    ),
    vector("due_date_shift", _due_date_shift),
    vector("shift_date", _shift_date),
    vector("round_half_away", _round_half_away),
    vector("adjust_total", _adjust_total),
    vector("late_fee", _late_fee),
    vector("early_fee", _early_fee),
]
