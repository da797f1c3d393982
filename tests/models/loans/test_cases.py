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
        (
            {**PROGRESSIVE, "interest_method": "flat", "grace": {"interest_payment_periods": 1}},
            "flat with grace of interest",
        ),
        (
            {**PROGRESSIVE, "interest_recalculation": DAILY, "grace": {"interest_payment_periods": 1}},
            "interest collected later",
        ),
    ],
)
def test_what_the_engine_does_not_do_is_named_and_never_answered(fields: dict[str, Any], said: str) -> None:
    with pytest.raises(NotDone, match=said):
        answer(changed(**fields))


def test_a_transaction_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(NotDone, match="dance"):
        answer({**CASE, "transactions": [{"type": "dance", "date": "2026-01-10"}]})


FREE = {**PROGRESSIVE, "principal": "3000", "number_of_repayments": 3, "interest_rate_percent": "0"}
GROUPS = ("past_due", "due", "in_advance")
PARTS = ("penalty", "fee", "interest", "principal")
ORDER = [f"{group}_{part}" for group in GROUPS for part in PARTS]


def paid_on_the_first_due_day(
    amount: str, surplus: str = "next_installment", charge: dict[str, str] | None = None
) -> dict[str, Any]:
    """Three rows of 1 000 without interest; the fee comes before the principal. Return the last state."""
    rule = {
        "order": ORDER,
        "surplus_goes_to": surplus,
        "charges_join": "in_date_order_leftover_pays_later_charges",
    }
    moves = [{"type": "disbursement", "date": "2026-01-10", "amount": "3000"}]
    if charge:
        moves.append({"type": "charge", "kind": "fee", "calculation": "flat", "amount": "50", **charge})
    moves.append({"type": "repayment", "date": "2026-02-10", "amount": amount})
    case = {**changed(**FREE, allocation=rule), "transactions": moves}
    state: dict[str, Any] = answer(case)["checkpoints"][-1]
    return state


def test_a_charge_stands_from_the_day_it_was_entered_not_from_its_due_day() -> None:
    """1 500 = 1 000 of row 1, then row 2: its fee of 50, known since 20 January, and 450 of its principal."""
    state = paid_on_the_first_due_day("1500", charge={"date": "2026-03-10", "submitted_on": "2026-01-20"})
    assert [row["paid"] for row in state["schedule"]] == ["1000", "500", "0"]
    assert (state["transactions"][-1]["fees"], state["transactions"][-1]["principal"]) == ("50", "1450")
    assert [row["fees"] for row in state["schedule"]] == ["0", "50", "0"]


def test_a_charge_entered_late_works_from_its_due_day() -> None:
    """The fee of 20 January was entered in March: the payment of 10 February finds it. 1 000 = 50 + 950."""
    state = paid_on_the_first_due_day("1000", charge={"date": "2026-01-20", "submitted_on": "2026-03-01"})
    assert state["transactions"][-1]["fees"] == "50"
    assert state["schedule"][0]["outstanding"] == "50"


def test_on_a_due_day_the_running_instalment_is_the_one_that_begins() -> None:
    """1 300 on the first due day: 1 000 due, and 300 for row 2, which begins to run; only then from the end."""
    state = paid_on_the_first_due_day("1300", "next_last_installment")
    assert [row["paid"] for row in state["schedule"]] == ["1000", "300", "0"]


def test_an_equal_instalment_is_rounded_once_to_its_multiple() -> None:
    """r = 12 % ÷ 52 = 0,0023077; 1 000·r ÷ (1 − (1+r)⁻³) = 334,87 → 330. Progressive: money first, 335 → 340."""
    terms = {"repay_unit": "weeks", "interest_rate_percent": "12", "interest_rate_frequency": "per_year"}
    for engine, instalment in (("cumulative", "330"), ("progressive", "340")):
        fields = {
            **FREE,
            **terms,
            "principal": "1000",
            "instalment_multiple_of": 10,
            "schedule_engine": engine,
        }
        found = answer({**changed(**fields), "transactions": []})
        assert [row["total_due"] for row in found["schedule"][:2]] == [instalment] * 2


PATIENT = {
    **PROGRESSIVE,
    "currency": {"code": "EUR", "digits": 2},
    "principal": "1200",
    "disbursement_date": "2026-04-01",
    "number_of_repayments": 4,
    "interest_period": "daily",
    "day_count": {"year": "360", "month": "30"},
    "allocation": {"order": ORDER},
}


def test_progressive_interest_of_a_payment_grace_is_collected_with_the_first_later_row() -> None:
    """12 a month on 1 200 at 1 %; 1 200 · 0,01 ÷ (1 − 1,01⁻²) = 609,01; row 3 collects 12 + 24."""
    grace = {"principal_periods": 2, "interest_payment_periods": 2}
    found = answer({**changed(**PATIENT, grace=grace), "transactions": []})
    rows = [(row["principal"], row["interest"]) for row in found["schedule"]]
    assert rows == [("0.00", "0.00"), ("0.00", "0.00"), ("597.01", "36.00"), ("602.99", "6.03")]


def test_progressive_money_ahead_in_a_grace_lowers_interest_and_pays_the_first_principal() -> None:
    """On 16 April 306 pay 6 of interest (15 of 30 days of 12) and 300 of row 3's principal.

    April: 6 + 900 · 1 % ÷ 2 = 10,50; May and June 9 each; row 3 stays 609,01, the last bears 1 % of 599,99.
    """
    terms = {**PATIENT, "grace": {"principal_periods": 2}, "interest_recalculation": DAILY}
    moves = [
        {"type": "disbursement", "date": "2026-04-01", "amount": "1200"},
        {"type": "repayment", "date": "2026-04-16", "amount": "306"},
    ]
    found = answer({**changed(**terms), "transactions": moves})
    rows = [(row["principal"], row["interest"], row["paid"]) for row in found["schedule"]]
    assert rows == [
        ("0.00", "10.50", "6.00"),
        ("0.00", "9.00", "0.00"),
        ("600.01", "9.00", "300.00"),
        ("599.99", "6.00", "0.00"),
    ]


def test_progressive_recalculation_charges_a_period_its_rate_not_its_days() -> None:
    """1 % of 1 200 for April is 12, 6 of it after 15 of 30 days. Instalment 12 ÷ (1 − 1,01⁻⁴) = 307,54.

    606 = 6 + 301,54 of row 1 + 298,46 of row 2. The other half of April, 3 on 600, finds row 1 full and joins May's 6;
    row 2 = 9 + 298,54; June 1 % of 599,92 = 6; July 1 % of 298,38 = 2,98.
    """
    same = {"interest_period": "same_as_repayment", "day_count": {"year": "365", "month": "actual"}}
    terms = {**PATIENT, **same, "interest_recalculation": DAILY}
    lent = [{"type": "disbursement", "date": "2026-04-01", "amount": "1200"}]
    paid = [*lent, {"type": "repayment", "date": "2026-04-16", "amount": "606"}]
    assert answer({**changed(**terms), "transactions": lent})["schedule"][0]["interest"] == "12.00"
    found = answer({**changed(**terms), "transactions": paid})
    assert found["checkpoints"][-1]["transactions"][-1]["interest"] == "6.00"
    assert [row["interest"] for row in found["schedule"]] == ["6.00", "9.00", "6.00", "2.98"]


@pytest.mark.parametrize(
    ("undo", "left"), [({}, "100"), ({"date": "2026-02-01"}, "10"), ({"date": "2026-03-01"}, "100")]
)
def test_the_last_repayment_of_a_day_is_undone(undo: dict[str, str], left: str) -> None:
    """100 on 1 February, then 10 on 2 February. Undone: the last one, or the last of the day that is named."""
    moves = [
        {"type": "disbursement", "date": "2026-01-10", "amount": "6000000"},
        {"type": "repayment", "date": "2026-02-01", "amount": "100"},
        {"type": "repayment", "date": "2026-02-02", "amount": "10"},
        {"type": "undo_last_repayment", **undo},
    ]
    assert answer({**CASE, "transactions": moves})["totals"]["paid"] == left


def test_fields_that_are_null_count_as_not_given() -> None:
    """No currency means two decimals; an undo without a number takes back the first repayment of its day."""
    moves = [*CASE["transactions"], {"type": "undo_repayment", "nth": None, "original_date": "2026-02-12"}]
    found = answer({**changed(currency=None, allocation=None), "transactions": moves})
    assert found["totals"]["paid"] == "0.00"


def test_money_keeps_its_decimals() -> None:
    assert Money(2).read("17.01") == 1701
    assert Money(2).write(-5) == "-0.05"
    assert Money(0).write(1701) == "1701"


def test_the_example_of_the_guide_can_be_computed() -> None:
    guide = (Path(__file__).parents[3] / "docs" / "loans.md").read_text(encoding="utf-8")
    example = json.loads(guide.split("```json")[1].split("```")[0])
    assert answer_all(example)[0]["answer"]["schedule"][0]["interest"] == "60000"
