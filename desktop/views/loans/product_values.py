"""A product as the values of a form and back; what is usual for each method; its rate in a few letters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import permutations
from typing import Any

from desktop.models.rules.loan_products import DatedRate, Limits, Method, Product
from desktop.models.rules.loans.allocation import DEFAULT_ORDER, Component
from desktop.models.rules.loans.charges import PenaltyBase
from desktop.models.rules.loans.rounding import RoundingMode
from desktop.models.rules.loans.terms import (
    AdvanceEffect,
    FeeBase,
    Grace,
    MonthBasis,
    RateUnit,
    Residual,
    Shift,
    YearBasis,
)
from desktop.services import loan_words
from desktop.views.kit.rates import RATE_UNITS
from resources.lang.messages import N_, _

DAY_COUNTS = [
    (None, N_("Lãi tròn kỳ, không đếm ngày")),
    ((YearBasis.D365, MonthBasis.ACTUAL), N_("Ngày thực tế / 365")),
    ((YearBasis.D360, MonthBasis.ACTUAL), N_("Ngày thực tế / 360")),
    ((YearBasis.ACTUAL, MonthBasis.ACTUAL), N_("Ngày thực tế / ngày thực tế của năm")),
    ((YearBasis.D360, MonthBasis.D30), N_("Tháng 30 ngày / 360")),
    ((YearBasis.D365, MonthBasis.D30), N_("Tháng 30 ngày / 365")),
    ((YearBasis.D364, MonthBasis.ACTUAL), N_("Ngày thực tế / 364 (52 tuần)")),
]
RESIDUALS = [
    (Residual.LAST, N_("Kỳ cuối")),
    (Residual.FIRST, N_("Kỳ đầu")),
    (Residual.RECOMPUTE, N_("Chia lại mỗi kỳ")),
]
BASES = [
    (PenaltyBase.OVERDUE_PRINCIPAL, N_("Gốc quá hạn")),
    (PenaltyBase.OVERDUE_TOTAL, N_("Gốc và lãi quá hạn")),
    (PenaltyBase.OVERDUE_INTEREST, N_("Lãi quá hạn")),
    (PenaltyBase.OUTSTANDING_BALANCE, N_("Cả dư nợ")),
    (PenaltyBase.INITIAL_AMOUNT, N_("Số tiền vay ban đầu")),
]
EARLY = [
    (None, N_("Trả trước cho các kỳ kế tiếp")),
    (AdvanceEffect.REDUCE_NUMBER, N_("Rút ngắn thời hạn, tính lại lãi")),
    (AdvanceEffect.REDUCE_INSTALMENT, N_("Giảm số tiền mỗi kỳ, tính lại lãi")),
    (AdvanceEffect.NEXT_REPAYMENTS, N_("Trừ vào các kỳ tới, tính lại lãi")),
    (AdvanceEffect.LAST_UNPAID, N_("Trừ vào kỳ cuối, tính lại lãi")),
]
ROUNDING_MODES = [
    (RoundingMode.HALF_UP, N_("Nửa trở lên thì tăng")),
    (RoundingMode.HALF_EVEN, N_("Nửa thì về số chẵn")),
    (RoundingMode.HALF_DOWN, N_("Quá nửa mới tăng")),
    (RoundingMode.UP, N_("Luôn tăng")),
    (RoundingMode.DOWN, N_("Luôn bỏ phần lẻ")),
]
SHIFTS = [
    (Shift.FORWARD, N_("Lùi sang ngày làm việc sau")),
    (Shift.BACKWARD, N_("Đưa lên ngày làm việc trước")),
]
FEE_BASES = [
    (FeeBase.PRINCIPAL, N_("gốc của kỳ")),
    (FeeBase.INTEREST, N_("lãi của kỳ")),
    (FeeBase.PRINCIPAL_AND_INTEREST, N_("gốc và lãi của kỳ")),
]
ROUNDINGS = [(1000, "1.000 ₫"), (500, "500 ₫"), (100, "100 ₫"), (1, "1 ₫")]
_COMPONENTS = {
    Component.PENALTY: N_("phạt"),
    Component.FEE: N_("phí"),
    Component.INTEREST: N_("lãi"),
    Component.PRINCIPAL: N_("gốc"),
}


def order_words(order: tuple[Component, ...]) -> str:
    """Return an order of allocation ("Phạt → phí → lãi → gốc")."""
    text = " → ".join(_(_COMPONENTS[part]) for part in order)
    return text[:1].upper() + text[1:]


def orders() -> list[tuple[tuple[Component, ...], str]]:
    """Return every order of allocation, the usual one first."""
    return [(order, order_words(order)) for order in permutations(DEFAULT_ORDER)]


def usual_product(method: Method, today: date) -> Product:
    """Return a product as groups usually have it: 1 % a month, monthly, late principal at one and a half times."""
    product = Product(
        method,
        (DatedRate(date(today.year, 1, 1), Fraction(1)),),
        penalty_percent=Fraction(18),
        limits=Limits(times_savings=3, open_loans=1, most_number=12),
    )
    if method is Method.PER_MEETING:
        return replace(product, rate_unit=RateUnit.PERIOD, at_meetings=True)
    if method is Method.BULLET:
        return replace(product, limits=replace(product.limits, most_number=24))
    return product


def product_values(product: Product) -> dict[str, Any]:
    """Return a product as values of the form."""
    grace, limits = product.grace, product.limits
    counted = (product.year, product.month) if product.daily else None
    if counted is not None and counted not in [value for value, _words in DAY_COUNTS]:
        counted = (YearBasis.D365, MonthBasis.ACTUAL)
    return {
        "method": product.method,
        "rate": product.rates,
        "rate_unit": product.rate_unit,
        "every": product.every,
        "unit": product.unit,
        "at_meetings": product.at_meetings,
        "day_count": counted,
        "partial_periods": product.partial_periods,
        "grace_principal": grace.principal,
        "grace_payment": grace.interest_payment,
        "grace_free": grace.interest_free,
        "rounding_unit": product.rounding_unit,
        "rounding": product.rounding,
        "instalment_multiple": product.instalment_multiple,
        "residual": product.residual,
        "merge": product.merge_below_percent,
        "upfront_fee": product.upfront_fee,
        "upfront_percent": product.upfront_percent,
        "instalment_fee": product.instalment_fee,
        "fee_percent": product.fee_percent,
        "fee_base": product.fee_base,
        "penalty_base": product.penalty_base,
        "penalty_percent": product.penalty_percent,
        "penalty_wait": product.penalty_wait,
        "penalty_cap": product.penalty_cap,
        "order": product.order,
        "off_sundays": product.off_sundays,
        "off_holidays": product.off_holidays,
        "shift": product.shift,
        "early": product.early,
        "least": limits.least,
        "most": limits.most,
        "least_number": limits.least_number,
        "most_number": limits.most_number,
        "times_savings": limits.times_savings,
        "percent_of_fund": limits.percent_of_fund,
        "open_loans": limits.open_loans,
        "guarantors": limits.guarantors,
        "days_before": limits.days_before_share_out,
        "purposes": "\n".join(limits.purposes),
    }


def product_from(values: dict[str, Any]) -> Product:
    """Return the product that stands in the form; fields left empty count as nothing."""
    method: Method = values["method"]
    per_meeting = method is Method.PER_MEETING
    count = values["day_count"] or (YearBasis.D365, MonthBasis.ACTUAL)
    return Product(
        method=method,
        rates=values["rate"] or (),
        rate_unit=RateUnit.PERIOD if per_meeting else values["rate_unit"],
        every=values["every"] or 1,
        unit=values["unit"],
        at_meetings=per_meeting or values["at_meetings"],
        daily=values["day_count"] is not None and not per_meeting,
        year=count[0],
        month=count[1],
        partial_periods=values["partial_periods"],
        grace=Grace(values["grace_principal"] or 0, values["grace_payment"] or 0, values["grace_free"] or 0),
        rounding_unit=values["rounding_unit"],
        rounding=values["rounding"],
        instalment_multiple=values["instalment_multiple"] or 0,
        residual=values["residual"],
        merge_below_percent=values["merge"] or Fraction(0),
        upfront_fee=values["upfront_fee"] or 0,
        upfront_percent=values["upfront_percent"] or Fraction(0),
        instalment_fee=0 if values["fee_percent"] else values["instalment_fee"] or 0,
        fee_percent=values["fee_percent"] or Fraction(0),
        fee_base=values["fee_base"],
        penalty_base=values["penalty_base"],
        penalty_percent=values["penalty_percent"] or Fraction(0),
        penalty_wait=values["penalty_wait"] or 0,
        penalty_cap=values["penalty_cap"] or 0,
        order=values["order"],
        off_sundays=values["off_sundays"],
        off_holidays=values["off_holidays"],
        shift=values["shift"],
        early=None if method is Method.FLAT else values["early"],
        limits=_limits(values),
    )


def _limits(values: dict[str, Any]) -> Limits:
    purposes = (line.strip() for line in (values["purposes"] or "").splitlines())
    return Limits(
        least=values["least"] or 0,
        most=values["most"] or 0,
        least_number=values["least_number"] or 1,
        most_number=values["most_number"] or 60,
        times_savings=values["times_savings"] or 0,
        percent_of_fund=values["percent_of_fund"] or 0,
        open_loans=values["open_loans"] or 0,
        guarantors=values["guarantors"] or 0,
        days_before_share_out=values["days_before"] or 0,
        purposes=tuple(purpose for purpose in purposes if purpose),
    )


def rate_words(product: Product) -> str:
    """Return the latest rate with its time ("1 %/tháng")."""
    latest = max(product.rates, key=lambda rate: rate.since)
    units = dict(RATE_UNITS)
    unit = RateUnit.PERIOD if product.method is Method.PER_MEETING else product.rate_unit
    return f"{loan_words.percent(latest.percent)} {_(units[unit])}"
