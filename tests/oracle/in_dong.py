"""The same case in whole đồng: every amount × 10^digits, digits 0; rates, days and counts stay."""

from __future__ import annotations

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
    "prepay_amount", "prepay_principal", "prepay_interest",
    "percent_of_amount", "percent_of_amount_and_interest", "percent_of_interest",
    "opening_balance", "share_value", "fund", "cash_multiple", "payout", "leftover", "undistributed",
}  # fmt: skip
_VECTORS = {"simple_interest", "minimum_balance", "share_out", "share_out_sum", "share_purchase"}
_LISTS = {"floor_payouts"}
_PERCENT = "percent"
_RATES = {"late_penalty_daily_rates"}  # its keys name bases, its values are rates


def in_dong(case: Case) -> dict[str, Any] | None:
    """Return the case in đồng, or None if it is about no money or has whole amounts already."""
    source = case.get("input", {})
    if case.get("kind") in _KINDS:
        digits = int(source.get("currency", {}).get("digits", 2))
    elif case.get("kind") == "fact" and "loan" in source:
        digits = int(source["loan"].get("currency", {}).get("digits", 2))
    elif case.get("function") in _VECTORS and "digits" in source:
        digits = int(source["digits"])
    else:
        return None
    if digits == 0:
        return None
    copy = deepcopy(dict(case))
    simple = case.get("function") == "simple_interest"
    for part in ("input", "transactions", "expected"):
        if part in copy:
            copy[part] = _scaled(copy[part], 10**digits)
    if simple and isinstance(copy.get("expected"), str):
        copy["expected"] = _times(copy["expected"], 10**digits)
    _whole(copy["input"])
    return copy


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
        elif key in _LISTS:
            found[key] = [_times(one, factor) for one in item]
        elif key in _AMOUNTS and isinstance(item, str | int) and not (percent and key == "amount"):
            found[key] = _times(str(item), factor)
        else:
            found[key] = _scaled(item, factor)
    return found


def _times(text: str, factor: int) -> str:
    """Return an amount times the factor; a bound or a word stays as it is."""
    try:
        return format(Decimal(text) * factor, "f")
    except ArithmeticError:
        return text


def _whole(source: dict[str, Any]) -> None:
    for holder in (source, source.get("loan")):
        if isinstance(holder, dict):
            if "digits" in holder:
                holder["digits"] = 0
            holder["currency"] = {**holder.get("currency", {}), "digits": 0}
