"""Rules that other systems' own sources state (docs/loans.md, 14), each by an example worked out by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from desktop.models.rules.loans.calendar import anchored
from desktop.models.rules.loans.cases import answer
from desktop.models.rules.loans.schedule import build_rows
from desktop.models.rules.loans.terms import (
    Amortization,
    Calendar,
    DayCount,
    FlatRule,
    Grace,
    InterestMethod,
    InterestPeriod,
    MonthBasis,
    RateUnit,
    Terms,
    YearBasis,
)

LOAN: dict[str, Any] = {
    "currency": {"digits": 0},
    "principal": "1200000",
    "disbursement_date": "2026-01-01",
    "interest_rate_percent": "12",
    "interest_rate_frequency": "per_year",
    "interest_method": "declining",
    "amortization": "equal_instalments",
    "interest_period": "same_as_repayment",
    "number_of_repayments": 3,
    "repay_every": 1,
    "repay_unit": "months",
    "schedule_engine": "cumulative",
}
PROGRESSIVE = {"schedule_engine": "progressive", "interest_period": "daily"}
NEW_YEAR = {"principal": "13359000", "interest_rate_percent": "10", "disbursement_date": "2024-12-15"}
LEAP = Fraction(16, 366) + Fraction(15, 365)  # 15/12/2024 → 15/01/2025, the year changes after 31/12


def rows(*steps: dict[str, Any], **fields: Any) -> list[tuple[int, int]]:
    """Return (principal, interest) of every row of the loan with these fields changed, after some steps."""
    found = answer({"kind": "loan", "input": LOAN | fields, "transactions": list(steps)})
    return [(int(row["principal"]), int(row["interest"])) for row in found["schedule"]]


def split(strategy: str, on: str, amount: str, *steps: dict[str, Any], **fields: Any) -> tuple[int, int, int]:
    """Return what one repayment pays of principal, interest and fees under a strategy."""
    lent = {"type": "disbursement", "date": LOAN["disbursement_date"], "amount": "2000"}
    paid = {"type": "repayment", "date": on, "amount": amount}
    source = LOAN | {"principal": "2000", "number_of_repayments": 2} | fields
    source |= {"allocation": {"strategy": strategy}}
    found = answer({"kind": "loan", "input": source, "transactions": [lent, *steps, paid]})
    one = found["checkpoints"][-1]["transactions"][-1]
    return int(one["principal"]), int(one["interest"]), int(one["fees"])


# -- progressive ---------------------------------------------------------------------------------------------


def test_a_period_of_days_counts_its_days_even_if_interest_is_that_of_the_period() -> None:
    # 366 000 × 10 % × 10 ÷ 366 days of 2024
    days = {"repay_unit": "days", "repay_every": 10, "number_of_repayments": 1}
    one = {"principal": "366000", "interest_rate_percent": "10", "disbursement_date": "2024-02-01"}
    assert rows(**PROGRESSIVE | days | one | {"interest_period": "same_as_repayment"}) == [(366_000, 1_000)]


def test_months_of_30_days_give_way_to_real_days_where_actual_years_change() -> None:
    count = {"day_count": {"year": "actual", "month": "30"}, "number_of_repayments": 1}
    assert rows(**PROGRESSIVE | NEW_YEAR | count) == [(13_359_000, 113_300)]  # 58 400 + 54 900
    within = {**NEW_YEAR, "disbursement_date": "2024-11-15"}  # 30 ÷ 366
    assert rows(**PROGRESSIVE | within | count) == [(13_359_000, 109_500)]


def test_a_part_of_a_period_takes_its_days_share_of_what_is_left_of_the_period() -> None:
    lent = {"type": "disbursement", "date": "2024-12-15", "amount": "13359000"}
    paid = {"type": "repayment", "date": "2024-12-20", "amount": "1000000"}
    options = {
        "interest_recalculation": {"rest": "daily"},
        "day_count": {"year": "actual", "month": "actual"},
        "number_of_repayments": 1,
    }
    early = 1_335_900 * LEAP * 5 / 31  # 18 274 until the day of the payment, the rest of it is principal
    left = 13_359_000 - (1_000_000 - round(early))
    later = Fraction(left, 10) * (Fraction(11, 366) + Fraction(15, 365))
    assert rows(lent, paid, **PROGRESSIVE | NEW_YEAR | options) == [(13_359_000, round(early + later))]


def test_a_leap_year_counts_366_only_in_the_period_of_its_29_february() -> None:
    only = {"day_count": {"year": "actual", "month": "actual", "custom": "FEB_29_PERIOD_ONLY"}}
    year = {"principal": "1335900", "interest_rate_percent": "10", "number_of_repayments": 1}
    january = rows(**PROGRESSIVE | only | year | {"disbursement_date": "2024-01-01"})
    assert january == [(1_335_900, round(Fraction(133_590 * 31, 365)))]
    # Three months over New Year that hold 29/02: each year's days over its own length.
    over = {"disbursement_date": "2023-12-01", "repay_every": 3}
    split_years = 133_590 * (Fraction(30, 365) + Fraction(61, 366))
    assert rows(**PROGRESSIVE | only | year | over) == [(1_335_900, round(split_years))]


def test_an_odd_first_period_of_30_day_months_bears_its_own_months() -> None:
    odd = {"first_due_date": "2026-02-15", "day_count": {"year": "360", "month": "30"}}
    assert rows(**PROGRESSIVE | odd)[0][1] == 18_000  # one month and 14 of 28 days: 1,5 %


def test_a_flat_loan_in_grace_pays_its_interest_and_then_equal_instalments() -> None:
    flat = {"interest_method": "flat", "principal": "300000", "day_count": {"year": "360", "month": "30"}}
    assert rows(**PROGRESSIVE | flat | {"grace": {"principal_periods": 1}}) == [
        (0, 3_000),
        (150_000, 3_000),
        (150_000, 3_000),
    ]


def test_an_instalment_that_its_multiple_would_make_vanish_stays_money() -> None:
    small = {"principal": "120", "number_of_repayments": 12, "interest_rate_percent": "0"}
    assert rows(**PROGRESSIVE | small | {"instalment_multiple_of": "100"}) == [(10, 0)] * 12


# -- cumulative ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amortization", "interest"),
    [("equal_instalments", [0, 16_000, 16_000, 16_000]), ("equal_principal", [0, 24_000, 12_000, 12_000])],
)
def test_flat_interest_waiting_in_grace_is_spread_or_carried(amortization: str, interest: list[int]) -> None:
    flat = {"interest_method": "flat", "number_of_repayments": 4, "amortization": amortization}
    found = rows(**flat, grace={"interest_payment_periods": 1})
    assert [part for _, part in found] == interest


def test_flat_interest_by_day_counts_real_days() -> None:
    by_day = {"interest_method": "flat", "interest_period": "daily", "number_of_repayments": 2}
    found = rows(**by_day, day_count={"year": "365", "month": "30"})
    assert sum(part for _, part in found) == 23_277  # 144 000 × 59 ÷ 365; 60 days would be 23 671


def test_a_product_of_this_house_counts_months_of_30_days_in_a_flat_loan_too() -> None:
    terms = Terms(
        1_200_000,
        date(2026, 1, 1),
        2,
        Fraction(12),
        RateUnit.YEAR,
        InterestMethod.FLAT,
        Amortization.EQUAL_INSTALMENTS,
        Calendar(),
        InterestPeriod.DAILY,
        day_count=DayCount(YearBasis.D360, MonthBasis.D30),
        grace=Grace(interest_payment=1),
    )
    assert terms.flat == FlatRule()
    assert [row.interest for row in build_rows(terms)] == [0, 24_000]


def test_a_row_free_of_interest_takes_one_rounded_share_off_the_whole() -> None:
    flat = {"interest_method": "flat", "principal": "1000", "number_of_repayments": 6}
    ten = {"interest_rate_percent": "10", "interest_rate_frequency": "whole_term"}
    found = rows(**flat, **ten, grace={"interest_free_periods": 2})
    assert [part for _, part in found] == [0, 0, 16, 16, 16, 18]  # 100 − 2 × 17; 66 ÷ 4 half to even


@pytest.mark.parametrize(
    ("day", "seed", "put_back"),
    [
        ("2023-02-28", "2023-01-31", "2023-02-28"),
        ("2023-03-28", "2023-01-31", "2023-03-31"),
        ("2023-03-27", "2023-01-31", "2023-03-27"),
        ("2023-03-28", "2023-01-15", "2023-03-28"),
    ],
)
def test_only_a_month_end_that_was_cut_off_is_put_back(day: str, seed: str, put_back: str) -> None:
    assert anchored(date.fromisoformat(day), date.fromisoformat(seed)).isoformat() == put_back


# -- what a payment pays ------------------------------------------------------------------------------------------

AHEAD = "due_penalty_fee_interest_principal_in_advance_principal_penalty_fee_interest"


def fee(on: str) -> dict[str, str]:
    """Return a fee of 50 that falls due on a day."""
    return {"type": "charge", "kind": "fee", "date": on, "submitted_on": "2026-01-01", "amount": "50"}


def test_ahead_of_time_a_charge_that_is_already_due_comes_before_principal() -> None:
    free = {"interest_rate_percent": "0"}
    assert split(AHEAD, "2026-01-20", "100", fee("2026-01-10"), **free) == (50, 0, 50)
    assert split(AHEAD, "2026-01-20", "100", fee("2026-01-25"), **free) == (100, 0, 0)


@pytest.mark.parametrize("name", ["rbi-india-strategy", "Overdue/Due Fee/Int,Principal"])
def test_all_interest_that_is_due_comes_before_any_principal(name: str) -> None:
    # Rows of 20 + 10 interest; the first is overdue, the second due today.
    assert split(name, "2026-03-01", "40") == (10, 30, 0)
    assert split("creocore-strategy", "2026-03-01", "40") == (20, 20, 0)


def test_once_a_row_is_overdue_principal_to_come_is_paid_before_its_interest() -> None:
    # 20 interest of the overdue row, then all the principal; 10 of interest to come are left.
    assert split("rbi-india-strategy", "2026-02-02", "2020") == (2_000, 20, 0)


def test_money_that_is_spread_goes_in_equal_shares_component_by_component() -> None:
    order = [f"{group}_{part}" for group in ("past_due", "due", "in_advance") for part in PARTS]
    rule = {"order": order, "surplus_goes_to": "reamortization"}
    free = {"principal": "300", "interest_rate_percent": "0", "allocation": rule}
    lent = {"type": "disbursement", "date": "2026-01-01", "amount": "300"}

    def paid(amount: str, *steps: dict[str, Any]) -> list[str]:
        step = {"type": "repayment", "date": "2026-01-15", "amount": amount}
        source = LOAN | PROGRESSIVE | free
        found = answer({"kind": "loan", "input": source, "transactions": [lent, *steps, step]})
        return [row["paid"] for row in found["schedule"]]

    assert paid("100", fee("2026-01-10") | {"amount": "10"}) == ["40", "30", "30"]  # 10 of fee, then 3 × 30
    free["allocation"] = rule | {"sweep": "vertical"}
    assert paid("100", fee("2026-01-10") | {"amount": "10"}) == [
        "40",
        "30",
        "30",
    ]  # the fee has one row, not three
    free["allocation"] = rule
    free["interest_recalculation"] = {"rest": "daily"}  # without interest there is nothing to recalculate
    assert paid("200") == ["67", "67", "66"]  # 66,7 is rounded, the last row takes the difference


# -- interest on real balances, the instalment stays ----------------------------------------------------------------

PARTS = ("penalty", "fee", "principal", "interest")
REAL = {"currency": {"digits": 0}, "day_count": {"year": "360", "month": "30"}, **PROGRESSIVE}


def replayed(*payments: tuple[str, str], on: str, surplus: str, **options: str) -> list[tuple[int, int, int]]:
    """Return (principal, interest, paid) of every row of 30 000 lent on 01/01/2026 at 1 % a month, as of a day."""
    order = [f"{group}_{part}" for group in ("past_due", "due", "in_advance") for part in PARTS]
    source = LOAN | REAL | {"principal": "30000"}
    source |= {
        "interest_recalculation": {"rest": "daily"} | options,
        "allocation": {"order": order, "surplus_goes_to": surplus},
    }
    steps = [{"type": "disbursement", "date": "2026-01-01", "amount": "30000"}]
    steps += [{"type": "repayment", "date": day, "amount": amount} for day, amount in payments]
    case = {"kind": "loan", "input": source, "transactions": [*steps, {"type": "business_date", "date": on}]}
    found = answer(case)["checkpoints"][-1]["schedule"]
    return [(int(row["principal"]), int(row["interest"]), int(row["paid"])) for row in found]


def test_the_last_open_row_asks_for_the_interest_of_periods_paid_ahead() -> None:
    # The instalment of 10 201 pays row 3; nothing else is paid. Each month bears 1 % of 19 799: January with
    # row 1, February and March (row 3 is full and holds none) with row 2.
    found = replayed(("2026-01-01", "10201"), on="2026-04-01", surplus="last_installment")
    assert found == [(10_003, 198, 0), (9_796, 396, 0), (10_201, 0, 10_201)]


def test_a_row_paid_ahead_with_more_than_is_left_for_it_is_done() -> None:
    # 20 000 from the end: row 3 in full, 9 799 on row 2. Row 1 takes its whole instalment, 10 000 less 1 % of
    # 10 000 in January, so that less than 9 799 would be left for row 2: it is done, and row 1 takes the rest.
    first = ("2026-01-01", "20000")
    assert replayed(first, on="2026-01-01", surplus="last_installment") == [
        (10_000, 100, 0),
        (9_799, 0, 9_799),
        (10_201, 0, 10_201),
    ]
    again = replayed(first, ("2026-01-01", "1000"), on="2026-01-01", surplus="last_installment")
    assert [paid for _, _, paid in again] == [1_000, 9_799, 10_201]  # not to row 2


def test_interest_to_the_periods_end_is_for_rows_that_have_begun() -> None:
    whole = {"rest": "same_as_repayment", "preclose_interest": "till_rest_frequency_date"}
    # A late instalment: February bears 1 % of all the 30 000, as if it had come at its end.
    late = replayed(("2026-02-11", "10201"), on="2026-02-11", surplus="next_installment", **whole)
    assert late[1][1] == 300
    # Money from the end counts from its own day: January bears 10 days of 30 000 and 20 of 19 799.
    ahead = replayed(("2026-01-11", "10201"), on="2026-01-11", surplus="last_installment", **whole)
    assert ahead[0][1] == round(Fraction(300 * 10, 31) + Fraction(19_799, 100) * 21 / 31)


def test_interest_to_the_day_leaves_nothing_for_a_rest_to_decide() -> None:
    paid = (("2026-01-11", "10201"), ("2026-02-20", "5000"))
    daily = replayed(*paid, on="2026-03-01", surplus="next_installment")
    whole = replayed(*paid, on="2026-03-01", surplus="next_installment", rest="same_as_repayment")
    assert whole == daily


def test_without_a_day_for_interest_what_is_overdue_bears_none() -> None:
    steps = [{"type": "disbursement", "date": "2026-01-01", "amount": "30000"}]
    source = LOAN | REAL | {"principal": "30000", "interest_recalculation": {"rest": "daily"}}
    asked = [{"after_transaction": 1, "as_of": "2026-03-01", "interest_as_of": None}]
    case = {"kind": "loan", "input": source, "transactions": steps, "expected": {"checkpoints": asked}}
    plan = answer({"kind": "loan", "input": source})["schedule"]
    found = answer(case)["checkpoints"][0]["schedule"]
    assert [row["interest"] for row in found] == [row["interest"] for row in plan]
    late = answer(case | {"expected": {"checkpoints": [asked[0] | {"interest_as_of": "2026-03-01"}]}})
    assert int(late["checkpoints"][0]["schedule"][1]["interest"]) > int(found[1]["interest"])
