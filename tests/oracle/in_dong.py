"""The same case in whole đồng: every amount × 10^digits, digits 0; rates, days and counts stay."""

from __future__ import annotations

import re
from copy import deepcopy
from decimal import Decimal
from typing import Any

from tests.oracle.answerer import Case

_KINDS = {
    "loan",
    "loan_rounded_instalments",
    "loan_daily_interest",
    "loan_opencbs",
    "opencbs_late_repayment",
    "opencbs_payoff",
    "opencbs_lifecycle",
}
_AMOUNTS = {
    "principal", "applied_principal", "amount", "in_multiples_of", "instalment_multiple_of", "fixed_instalment",
    "initial_multiple", "final_multiple", "interest", "extra_interest", "fees", "misc_fees", "penalty",
    "misc_penalty", "penalties", "total_due", "balance", "balance_before", "balance_after", "paid",
    "paid_in_advance", "paid_late", "outstanding", "overpaid", "waived", "debit", "credit", "total",
    "waivable_interest", "payoff_amount", "penalty_unpaid", "paid_principal", "paid_interest", "unallocated",
    "principal_due", "principal_paid", "interest_due", "interest_paid", "overdue_interest",
    "overdue_interest_due", "overdue_interest_paid", "charges", "charges_due", "charges_paid",
    "prepay_amount", "prepay_principal", "prepay_interest", "prepay_fees", "prepay_penalties",
    "percent_of_amount", "percent_of_amount_and_interest", "percent_of_interest",
    "opening_balance", "share_value", "fund", "cash_multiple", "payout", "leftover", "undistributed",
    "instalment", "base", "remaining_balance", "adjusted_instalment", "daily_interest_after",
    "penalty_before_payment", "penalty_after_payment",
}  # fmt: skip
# Vectors about money; their decimals where the input names none (None: then it cannot be told).
_VECTORS: dict[str, int | None] = {
    "simple_interest": None, "minimum_balance": None, "average_balance": None, "share_out": None,
    "share_out_sum": None, "share_purchase": None, "share_value": None, "round_half_away": None,
    "late_fee": None, "early_fee": None, "adjust_total": 2, "equal_instalment_ceil": 2, "days_past_due": 2,
    "first_repayment_split": 2, "interest_then_daily": 2, "late_penalty": 2, "penalty_interest": 2,
    "late_penalty_after_backdated_payment": 2,
}  # fmt: skip
_LISTS = {"floor_payouts", "instalments"}
_UNIT = re.compile(r"(?<=^ceil to )[0-9.]+$")  # "ceil to 1": the unit of an instalment is money too
_PERCENT = "percent"
_RATES = {"late_penalty_daily_rates"}  # its keys name bases, its values are rates


def in_dong(case: Case) -> dict[str, Any] | None:
    """Return the case in đồng, or None if it is about no money or has whole amounts already."""
    digits = _digits(case)
    if not digits:
        return None
    copy = deepcopy(dict(case))
    for part in ("input", "transactions", "expected"):
        if part in copy:
            copy[part] = _scaled(copy[part], 10**digits)
    if case.get("kind") == "vector" and isinstance(copy.get("expected"), str):
        copy["expected"] = _times(copy["expected"], 10**digits)
    _whole(copy["input"])
    return copy


def _digits(case: Case) -> int | None:
    """Return the decimals of the money of a case, or None if it is not about money."""
    source = case.get("input")
    if not isinstance(source, dict):
        return None
    try:
        if case.get("kind") in _KINDS:
            return _of_currency(source)
        if case.get("kind") == "fact" and isinstance(source.get("loan"), dict):
            return _of_currency(source["loan"])
        if case.get("function") in _VECTORS:
            found = source.get("digits")
            return _VECTORS[str(case["function"])] if found is None else int(found)
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError):
        return None  # what cannot be read fails as written
    return None


def _of_currency(source: dict[str, Any]) -> int:
    found = (source.get("currency") or {}).get("digits")
    return 2 if found is None else int(found)


def _scaled(value: Any, factor: int) -> Any:
    if isinstance(value, list):
        return [_scaled(item, factor) for item in value]
    if not isinstance(value, dict):
        return value
    percent = _PERCENT in str(value.get("calculation", ""))
    found = {}
    for key, item in value.items():
        if key in _RATES:
            found[key] = item
        elif key in _LISTS and isinstance(item, list) and not any(isinstance(one, dict) for one in item):
            found[key] = [_times(str(one), factor) for one in item]
        elif key == "instalment_rounding" and isinstance(item, str):
            found[key] = _UNIT.sub(lambda unit: _times(unit[0], factor), item)
        elif key in _AMOUNTS and _is_number(item) and not (percent and key == "amount"):
            found[key] = _times(str(item), factor)
        else:
            found[key] = _scaled(item, factor)
    return found


def _is_number(item: Any) -> bool:
    return isinstance(item, str | int | float) and not isinstance(item, bool)


def _times(text: str, factor: int) -> str:
    """Return an amount times the factor; a bound or a word stays as it is."""
    try:
        return format(Decimal(text) * factor, "f")
    except ArithmeticError:
        return text


def _whole(source: dict[str, Any]) -> None:
    source["digits"] = 0
    for holder in (source, source.get("loan")):
        if isinstance(holder, dict):
            holder["currency"] = {**(holder.get("currency") or {}), "digits": 0}
