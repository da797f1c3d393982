"""The loan as JSON: reads the case schema of other systems' figures and answers in it.

`sonhom loan-schedule CASE.json` and the tests use this one door. Money in JSON is a decimal text; inside it is
a whole number of the currency's smallest unit, `digits` places.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar

from desktop.models.rules.loans.rounding import RoundingMode
from desktop.models.rules.loans.terms import (
    AdvanceEffect,
    Amortization,
    AnnuityRate,
    Builder,
    Calendar,
    CashRounding,
    DayCount,
    FeeBase,
    FlatRule,
    Grace,
    InstalmentFee,
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
    YearSplit,
)

Json = Mapping[str, Any]

_FEE_BASES = {
    "value": FeeBase.FLAT,
    "principal": FeeBase.PRINCIPAL,
    "interest": FeeBase.INTEREST,
    "principal+interest": FeeBase.PRINCIPAL_AND_INTEREST,
}
_RESIDUALS = {"approximate": Residual.RECOMPUTE, "begin": Residual.FIRST, "end": Residual.LAST}


_Option = TypeVar("_Option", bound=StrEnum)


class BadCase(ValueError):
    """The JSON says something the engine does not know; `str()` names the field."""


class NotDone(BadCase):
    """The JSON asks for something the engine does not do; no figure is better than a wrong one."""


def named(options: type[_Option], text: object, field: str) -> _Option:
    """Return the option of a name. Raises NotDone for a name the engine does not know."""
    try:
        return options(str(text))
    except ValueError:
        raise NotDone(f"{field} {text}") from None


class Money:
    """Turns decimal texts into whole numbers of the smallest unit and back."""

    def __init__(self, digits: int) -> None:
        self.digits = digits
        self._scale: int = 10**digits

    def read(self, text: object) -> int:
        """Return the amount. Raises BadCase if it is finer than the currency."""
        amount = Fraction(Decimal(str(text))) * self._scale
        if amount.denominator != 1:
            raise BadCase(f"{text} is finer than {self.digits} decimals")
        return amount.numerator

    def read_or_none(self, text: object) -> int | None:
        """Return the amount, or None where there is none."""
        return None if text is None else self.read(text)

    def write(self, amount: int) -> str:
        """Return the amount as a decimal text with the currency's decimals."""
        return format(Decimal(amount).scaleb(-self.digits), "f")


def money_of(case_input: Json) -> Money:
    """Return the money of a case's currency (no currency named: two decimals, as the sources have)."""
    digits = (case_input.get("currency") or {}).get("digits")
    digits = 2 if digits is None else int(digits)
    return Money(
        max(digits, *map(places, _cash_amounts(case_input))) if "loan_type" in case_input else digits
    )


def places(text: object) -> int:
    """Return the decimals an amount is written with, closing zeros aside: "0.010" has two."""
    exponent = Decimal(str(text)).normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _cash_amounts(source: Json) -> list[object]:
    """Return the amounts of a cash loan; its multiples, for one, may be finer than its currency."""
    rounding, fee = _cash_rounding(source), source.get("fee") or {}
    amounts = [source["principal"], rounding["initial_multiple"], rounding["final_multiple"]]
    return [*amounts, fee["amount"]] if fee.get("on") == "value" else amounts


def number(text: object) -> Fraction:
    """Return a number exactly: "9.99", "0.1/12", 12."""
    top, _, bottom = str(text).partition("/")
    return Fraction(Decimal(top.strip())) / (Fraction(Decimal(bottom.strip())) if bottom else 1)


def day(text: object) -> date:
    """Return an ISO date."""
    return date.fromisoformat(str(text))


def terms_from_case(case: Json) -> Terms:
    """Return the terms in a case (or in its `input`). Raises BadCase for what the engine does not know."""
    source: Json = case.get("input", case)
    if case.get("kind") == "loan_rounded_instalments" or "loan_type" in source:
        return _cash_terms(source)
    engine = source.get("schedule_engine") or "standard"
    if engine == "opencbs":
        return _per_period_terms(source)
    if engine not in ("standard", "cumulative", "progressive"):
        raise NotDone(f"schedule_engine {engine}")
    return _standard_terms(source, engine)


def _standard_terms(source: Json, engine: str) -> Terms:
    money = money_of(source)
    calendar = _calendar(source)
    count = int(source["number_of_repayments"])
    multiple = money.read_or_none((source.get("currency") or {}).get("in_multiples_of"))
    progressive = engine == "progressive"
    percent = source.get("principal_percent_per_instalment")
    return Terms(
        principal=money.read(source["principal"]),
        disbursed_on=day(source["disbursement_date"]),
        number=count,
        rate_percent=number(source["interest_rate_percent"]),
        rate_unit=named(RateUnit, source["interest_rate_frequency"], "interest_rate_frequency"),
        method=named(InterestMethod, source["interest_method"], "interest_method"),
        amortization=named(Amortization, source["amortization"], "amortization"),
        calendar=calendar,
        interest_period=named(
            InterestPeriod, source.get("interest_period") or "same_as_repayment", "interest_period"
        ),
        partial_periods=bool(source.get("allow_partial_period_interest")),
        day_count=_day_count(source),
        grace=_grace(source),
        builder=Builder.PROGRESSIVE if progressive else Builder.STANDARD,
        rounding=named(
            RoundingMode, str(source.get("rounding_mode") or "half_even").lower(), "rounding_mode"
        ),
        money_multiple=multiple or 1,
        instalment_multiple=money.read_or_none(source.get("instalment_multiple_of")),
        fixed_instalment=money.read_or_none(source.get("fixed_instalment")),
        principal_percent=None if percent is None else number(percent),
        annuity_rate=AnnuityRate.NOMINAL_DAYS,
        flat=FlatRule(True, source["amortization"] == Amortization.EQUAL_INSTALMENTS, True),
        fee=_percent_fee(source),
        recalculation=_recalculation(source.get("interest_recalculation")),
        term_periods=_term_periods(source, calendar, count),
    )


def _calendar(source: Json) -> Calendar:
    disbursed, submitted = source["disbursement_date"], source.get("submitted_date")
    from_submission = source.get("due_dates_counted_from") == "submitted_date" and submitted
    first = source.get("first_due_date")
    return Calendar(
        every=int(source["repay_every"]),
        unit=named(PeriodUnit, source["repay_unit"], "repay_unit"),
        counted_from=day(submitted if from_submission else disbursed),
        first_due=day(first) if first else None,
        due_dates=tuple(day(text) for text in source.get("due_dates") or ()),
        days_off=frozenset(source.get("weekend_weekdays") or ()),
        holidays=frozenset(day(text) for text in source.get("holidays") or ()),
        shift=named(Shift, source.get("shift") or "none", "shift"),
    )


def _term_periods(source: Json, calendar: Calendar, count: int) -> Fraction | None:
    """Return the term in repayment periods when it is not simply the number of repayments."""
    term = source.get("term") or {}
    if term.get("unit") != calendar.unit.value:
        return None
    periods = Fraction(int(term["length"]), calendar.every)
    return None if periods == count else periods


def _day_count(source: Json) -> DayCount:
    count = source.get("day_count") or {}
    custom = count.get("custom")
    if custom not in (None, "FEB_29_PERIOD_ONLY", "FULL_LEAP_YEAR"):
        raise NotDone(f"day_count.custom {custom}")
    return DayCount(
        year=named(YearBasis, count.get("year") or "actual", "day_count.year"),
        month=named(MonthBasis, count.get("month") or "actual", "day_count.month"),
        split=named(YearSplit, source.get("year_split") or "dec31", "year_split"),
        feb29_only=custom == "FEB_29_PERIOD_ONLY",
    )


def _grace(source: Json) -> Grace:
    grace = source.get("grace") or {}
    return Grace(
        principal=int(grace.get("principal_periods") or 0),
        interest_payment=int(grace.get("interest_payment_periods") or 0),
        interest_free=int(grace.get("interest_free_periods") or 0),
    )


def _percent_fee(source: Json) -> InstalmentFee | None:
    percent = source.get("instalment_fee_percent_of_interest")
    return None if percent is None else InstalmentFee(FeeBase.INTEREST, percent=number(percent))


def _recalculation(source: Json | None) -> Recalculation | None:
    if not source:
        return None
    if (source.get("compounding") or "none") != "none":
        raise NotDone("compounding")
    if int(source.get("rest_interval") or 1) != 1:
        raise NotDone(f"rest_interval {source['rest_interval']}")
    effect = source.get("advance_payment_effect") or "adjust_last_unpaid_period"
    preclose = source.get("preclose_interest") or "till_preclose_date"
    return Recalculation(
        rest=named(Rest, source.get("rest") or "daily", "rest"),
        effect=named(AdvanceEffect, effect, "advance_payment_effect"),
        preclose=named(PrecloseInterest, preclose, "preclose_interest"),
        on_past_due=bool(source.get("interest_on_past_due", True)),
    )


def _per_period_terms(source: Json) -> Terms:
    money = money_of(source)
    rounding = source.get("rounding_type")
    if rounding is not None and rounding not in _RESIDUALS:
        raise NotDone(f"rounding_type {rounding}")
    return Terms(
        principal=money.read(source["principal"]),
        disbursed_on=day(source["disbursement_date"]),
        number=int(source["number_of_repayments"]),
        rate_percent=number(source["interest_rate_percent"]),
        rate_unit=named(RateUnit, source["interest_rate_frequency"], "interest_rate_frequency"),
        method=named(InterestMethod, source["interest_method"], "interest_method"),
        amortization=named(Amortization, source["amortization"], "amortization"),
        calendar=_calendar(source),
        day_count=_day_count(source),
        grace=_grace(source),
        builder=Builder.PER_PERIOD,
        residual=_RESIDUALS.get(rounding or "", Residual.LAST),
        shares=tuple(
            (number(part), None if interest is None else number(interest))
            for part, interest in source.get("exotic") or ()
        ),
        first_interest_by_days=bool(source.get("first_interest_by_actual_days")),
    )


def _cash_terms(source: Json) -> Terms:
    money = money_of(source)
    kind = source["loan_type"]
    if kind not in ("flat", "declining", "fixed_principal"):
        raise NotDone(f"loan_type {kind}")
    if (source.get("grace_type") or "none") not in ("none", "all", "principal"):
        raise NotDone(f"grace_type {source['grace_type']}")
    rounding, digits = _cash_rounding(source), (source.get("currency") or {}).get("digits")
    start = day(source.get("disbursement_date") or "2001-01-01")  # the figures do not depend on the day
    grace = int(source.get("grace_periods") or 0)
    return Terms(
        principal=money.read(source["principal"]),
        disbursed_on=start,
        number=int(source["number_of_repayments"]),
        rate_percent=number(source["interest_rate_percent"]),
        rate_unit=named(RateUnit, source["interest_rate_frequency"], "interest_rate_frequency"),
        method=InterestMethod.FLAT if kind == "flat" else InterestMethod.DECLINING,
        amortization=(
            Amortization.EQUAL_PRINCIPAL if kind == "fixed_principal" else Amortization.EQUAL_INSTALMENTS
        ),
        calendar=Calendar(
            every=int(source["repay_every"]), unit=named(PeriodUnit, source["repay_unit"], "repay_unit")
        ),
        day_count=_day_count(source),
        grace=Grace(principal=grace if source.get("grace_type") == "principal" else 0),
        builder=Builder.CASH,
        money_multiple=10 ** (money.digits - (2 if digits is None else int(digits))),
        fee=_cash_fee(source.get("fee"), money),
        cash=CashRounding(
            money=named(RoundingMode, rounding["currency"].lower(), "currency"),
            payment=named(RoundingMode, rounding["initial_mode"].lower(), "initial_mode"),
            payment_multiple=money.read(rounding["initial_multiple"]),
            total=named(RoundingMode, rounding["final_mode"].lower(), "final_mode"),
            total_multiple=money.read(rounding["final_multiple"]),
        ),
    )


def _cash_rounding(source: Json) -> Json:
    """Return the three roundings; a case may name them one by one."""
    return source.get("instalment_rounding") or {
        "currency": source["currency_rounding"],
        "initial_mode": source["initial_rounding"],
        "initial_multiple": source["initial_multiple"],
        "final_mode": source["final_rounding"],
        "final_multiple": source["final_multiple"],
    }


def _cash_fee(fee: Json | None, money: Money) -> InstalmentFee | None:
    if not fee:
        return None
    if (fee.get("frequency") or "periodic") != "periodic":
        raise NotDone(f"fee {fee['frequency']}")
    if fee["on"] not in _FEE_BASES:
        raise NotDone(f"fee on {fee['on']}")
    base = _FEE_BASES[fee["on"]]
    if base is FeeBase.FLAT:
        return InstalmentFee(base, amount=money.read(fee["amount"]))
    return InstalmentFee(base, percent=number(fee["percent"]), of_loan=True)
