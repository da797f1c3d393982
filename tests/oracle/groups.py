"""Cases of savings, rounding, shares and the Washington Group questions."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from desktop.models.rules import savings_interest, share_out, washington
from desktop.models.rules.loans.case_json import Money, day, number
from desktop.models.rules.loans.rounding import RoundingMode, round_to
from tests.oracle.answerer import Answerer, Case, NotSupported, vector


def mode(name: str | None) -> RoundingMode:
    """Return the rounding a case names (half up if it names none)."""
    if name is None:
        return RoundingMode.HALF_UP
    try:
        return RoundingMode(name.lower())
    except ValueError:
        raise NotSupported(f"rounding {name}") from None


def _money(case: Case, digits: int = 2) -> Money:
    asked = case["input"].get("digits")
    return Money(digits if asked is None else int(asked))


def _simple_interest(case: Case) -> str:
    source, money = case["input"], _money(case)
    exact = savings_interest.exact_interest(
        number(source["principal"]) * 10**money.digits,
        number(source["annual_rate_percent"]),
        int(source["days"]),
        int(source.get("days_in_year") or 365),
    )
    return money.write(int(round_to(exact, 1, mode(source.get("rounding")))))


def _movements(case: Case, money: Money) -> list[savings_interest.Movement]:
    return [
        savings_interest.Movement(day(row["date"]), money.read(row["amount"]))
        for row in case["input"].get("movements") or ()
    ]


def _minimum_balance(case: Case) -> str:
    source, money = case["input"], _money(case)
    opening, start, end = money.read(source["opening_balance"]), day(source["from"]), day(source["to"])
    return money.write(savings_interest.minimum_balance(opening, start, end, _movements(case, money)))


def _average_balance(case: Case) -> Fraction:
    source, money = case["input"], _money(case)
    opening, start, end = money.read(source["opening_balance"]), day(source["from"]), day(source["to"])
    average = savings_interest.average_balance(opening, start, end, _movements(case, money))
    return average / 10**money.digits


def _round_to_multiple(case: Case) -> Fraction:
    source = case["input"]
    return Fraction(round_to(number(source["amount"]), number(source["multiple"]), mode(source.get("mode"))))


def _share_purchase(case: Case) -> dict[str, Any]:
    source, money = case["input"], _money(case)
    bought = share_out.buy_shares(
        money.read(source["paid"]),
        money.read(source["share_value"]),
        int(source["max_shares"]),
        int(source.get("shares_before") or 0),
    )
    return {
        "shares": bought.shares,
        "shares_after": bought.shares_after,
        "leftover": money.write(bought.leftover),
    }


def _share_out(case: Case) -> dict[str, str]:
    source, money = case["input"], _money(case)
    unit = money.read(source["cash_multiple"]) if source.get("cash_multiple") else 1
    rounding = mode(source.get("rounding") or ("FLOOR" if unit > 1 else None))
    paid = share_out.payout(
        money.read(source["fund"]), int(source["total_shares"]), int(source["member_shares"]), unit, rounding
    )
    return {"payout": money.write(paid)}


def _share_out_sum(case: Case) -> dict[str, Any]:
    source, money = case["input"], _money(case)
    unit = money.read(source["cash_multiple"]) if source.get("cash_multiple") else 1
    result = share_out.share_out(money.read(source["fund"]), [int(n) for n in source["shares"]], unit)
    return {
        "floor_payouts": [money.write(part) for part in result.payouts],
        "undistributed": money.write(result.remainder),
    }


def _share_value(case: Case) -> Decimal:
    source, money = case["input"], _money(case)
    shares = int(source.get("total_shares") or sum(int(n) for n in source["shares"]))
    value = share_out.share_value(money.read(source["fund"]), shares)
    return Decimal(int(round_to(value, 1, mode(source.get("rounding"))))).scaleb(-money.digits)


def _identifiers(case: Case) -> dict[str, int | None] | None:
    """Answer all four cut-offs; all six answers missing gives four nulls, or one where one is expected."""
    given = {name: None if answer in (None, "") else int(answer) for name, answer in case["input"].items()}
    found = washington.identifiers(given)
    names = ("DISABILITY1", "DISABILITY2", "DISABILITY3", "DISABILITY4")
    if found is None:
        return None if "expected" in case and case["expected"] is None else dict.fromkeys(names)
    values = (found.disability1, found.disability2, found.disability3, found.disability4)
    return {name: int(value) for name, value in zip(names, values, strict=True)}


def _same_identifiers(answer: object, expected: Any, case: Case) -> bool:
    return answer == expected or (expected is None and answer == dict.fromkeys(answer or ()))


ANSWERERS: list[Answerer] = [
    vector("simple_interest", _simple_interest),
    vector("minimum_balance", _minimum_balance),
    vector("average_balance", _average_balance),
    vector("round_to_multiple", _round_to_multiple),
    vector("share_purchase", _share_purchase),
    vector("share_out", _share_out),
    vector("share_out_sum", _share_out_sum),
    vector("share_value", _share_value),
    Answerer(
        "disability_identifiers",
        lambda case: case.get("function") == "disability_identifiers",
        _identifiers,
        _same_identifiers,
    ),
]
