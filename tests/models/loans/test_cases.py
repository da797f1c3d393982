"""The JSON door: what `sonhom loan-schedule` reads and answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desktop.models.rules.loans.case_json import BadCase, Money, NotDone
from desktop.models.rules.loans.cases import answer, answer_all

CASE: dict[str, Any] = {
    "id": "tổ-sen-1",
    "kind": "loan",
    "input": {
        "currency": {"code": "VND", "digits": 0},
        "principal": "6000000",
        "disbursement_date": "2026-01-10",
        "interest_rate_percent": "1",
        "interest_rate_frequency": "per_month",
        "interest_method": "declining",
        "amortization": "equal_principal",
        "number_of_repayments": 6,
        "repay_every": 1,
        "repay_unit": "months",
        "rounding_mode": "half_up",
    },
    "transactions": [
        {"type": "disbursement", "date": "2026-01-10", "amount": "6000000"},
        {"type": "repayment", "date": "2026-02-12", "amount": "1060000"},
    ],
}


def changed(**fields: Any) -> dict[str, Any]:
    return {**CASE, "input": {**CASE["input"], **fields}}


def test_every_step_is_answered_and_the_payoff_quoted() -> None:
    found = answer(CASE)
    assert [checkpoint["after_transaction"] for checkpoint in found["checkpoints"]] == [0, 1, 2]
    first = found["schedule"][0]
    assert (first["principal"], first["interest"], first["paid_late"]) == ("1000000", "60000", "1060000")
    assert found["payoff_quotes"][0]["amount"] == "5150000"


def test_a_list_or_a_file_of_cases() -> None:
    assert [item["id"] for item in answer_all([CASE, CASE])] == ["tổ-sen-1"] * 2
    assert answer_all({"file": "x", "cases": [CASE]}) == answer_all(CASE)


@pytest.mark.parametrize(
    "fields",
    [
        {"number_of_repayments": 0},
        {"principal": "-5"},
        {"principal": "1.5"},
        {"principal": "một triệu"},
        {"interest_rate_percent": "-1"},
        {"interest_rate_frequency": "per_moon"},
        {"disbursement_date": "2026-02-30"},
        {"amortization": "magic"},
        {"allocation": {"strategy": "fees_first_then_see"}},
        {"interest_recalculation": {"compounding": "interest"}},
    ],
)
def test_what_cannot_be_read_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(BadCase, match=r"tổ-sen-1: .+"):
        answer_all(changed(**fields))


@pytest.mark.parametrize(
    "document", [7, "x", {"cases": 3}, [3], {"kind": "moon", "input": {}}, {"kind": "loan"}]
)
def test_what_is_no_case_is_refused(document: Any) -> None:
    with pytest.raises(BadCase):
        answer_all(document)


PROGRESSIVE = {"schedule_engine": "progressive", "amortization": "equal_instalments"}
DAILY = {"rest": "daily", "compounding": "none"}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"interest_rate_frequency": "per_moon"}, "interest_rate_frequency per_moon"),
        ({"rounding_mode": "HALF_CEILING"}, "rounding_mode half_ceiling"),
        ({"day_count": {"year": "366"}}, "day_count.year 366"),
        ({"day_count": {"year": "actual", "custom": "LUNAR"}}, "day_count.custom LUNAR"),
        ({"schedule_engine": "islamic"}, "schedule_engine islamic"),
        ({"interest_recalculation": {"rest": "weekly"}}, "rest weekly"),
        ({"interest_recalculation": {**DAILY, "rest_interval": 2}}, "rest_interval 2"),
        ({"interest_recalculation": {"compounding": "fee"}}, "compounding"),
        ({"allocation": {"order": ["past_due_tax"]}}, "allocation order past_due_tax"),
        ({**PROGRESSIVE, "grace": {"interest_payment_periods": 1}}, "interest collected later"),
        (
            {**PROGRESSIVE, "interest_method": "flat", "grace": {"principal_periods": 1}},
            "flat with grace",
        ),
        (
            {**PROGRESSIVE, "interest_recalculation": DAILY, "grace": {"principal_periods": 1}},
            "equal instalments, no grace",
        ),
    ],
)
def test_what_the_engine_does_not_do_is_named_and_never_answered(fields: dict[str, Any], said: str) -> None:
    with pytest.raises(NotDone, match=said):
        answer(changed(**fields))


def test_a_transaction_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(NotDone, match="dance"):
        answer({**CASE, "transactions": [{"type": "dance", "date": "2026-01-10"}]})


def test_money_keeps_its_decimals() -> None:
    assert Money(2).read("17.01") == 1701
    assert Money(2).write(-5) == "-0.05"
    assert Money(0).write(1701) == "1701"


def test_the_example_of_the_guide_can_be_computed() -> None:
    guide = (Path(__file__).parents[3] / "docs" / "loans.md").read_text(encoding="utf-8")
    example = json.loads(guide.split("```json")[1].split("```")[0])
    assert answer_all(example)[0]["answer"]["schedule"][0]["interest"] == "60000"
