"""Other systems' ways of counting, each by an example worked out by hand: cash, per period, by day, rates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from desktop.models.rules import finance
from desktop.models.rules.loans.case_json import NotDone
from desktop.models.rules.loans.cases import answer
from desktop.models.rules.loans.daily_interest import GivenInstalment, daily_loan
from desktop.models.rules.loans.per_period_life import EarlyMode, per_period_loan
from desktop.models.rules.loans.schedule import build_rows
from desktop.models.rules.loans.terms import Amortization, Builder, Grace, InterestMethod, RateUnit, Terms

CASH: dict[str, Any] = {
    "currency": {"digits": 0},
    "principal": "100",
    "loan_type": "flat",
    "interest_rate_percent": "10",
    "interest_rate_frequency": "per_year",
    "number_of_repayments": 2,
    "repay_every": 1,
    "repay_unit": "months",
    "day_count": {"year": "365"},
    "currency_rounding": "HALF_UP",
    "initial_rounding": "CEILING",
    "initial_multiple": "0.5",
    "final_rounding": "FLOOR",
    "final_multiple": "0.5",
    "grace_type": "none",
    "fee": None,
}


def cash(**changes: Any) -> list[dict[str, str]]:
    schedule: list[dict[str, str]] = answer({"kind": "loan_rounded_instalments", "input": CASH | changes})[
        "schedule"
    ]
    return schedule


def test_a_cash_unit_may_be_finer_than_the_currency() -> None:
    # 100 × 10 % ÷ 12 = 0.833 a month. Exact payment 50.833, up to the next half: 51 = interest 1 (whole) + 50.
    # All together 101.667, down to a half: 101.5. The last payment is 101.5 − 51 = 50.5 = 50 + 0.5.
    rows = cash()
    assert [(row["total_due"], row["principal"], row["interest"]) for row in rows] == [
        ("51.0", "50.0", "1.0"),
        ("50.5", "50.0", "0.5"),
    ]


def test_a_fee_that_is_not_periodic_is_refused() -> None:
    with pytest.raises(NotDone, match="fee one_time"):
        cash(fee={"frequency": "one_time", "on": "value", "amount": "2"})


def per_period(number: int = 5, percent: str = "3", **changes: Any) -> Terms:
    fields: dict[str, Any] = {"amortization": Amortization.EQUAL_PRINCIPAL} | changes
    principal = fields.pop("principal", 1000)
    return Terms(
        principal,
        date(2024, 1, 31),
        number,
        Fraction(percent),
        RateUnit.PERIOD,
        builder=Builder.PER_PERIOD,
        **fields,
    )


def interest(terms: Terms) -> list[int]:
    return [row.interest for row in build_rows(terms)]


def test_flat_interest_is_spread_over_the_rows_of_the_grace_too() -> None:
    # 900 × 1.5 % × 6 = 81. 81/6 = 13.5 → 14; 67/5 → 13; 54/4 = 13.5 → 14; 40/3 → 13; 27/2 = 13.5 → 14; 13.
    terms = per_period(6, "1.5", principal=900, method=InterestMethod.FLAT, grace=Grace(principal=3))
    assert interest(terms) == [14, 13, 14, 13, 14, 13]
    assert [row.principal for row in build_rows(terms)] == [0, 0, 0, 300, 300, 300]


def test_interest_free_rows_need_no_grace_of_principal() -> None:
    # 3 % of 1000, 800, 600, 400, 200 = 30, 24, 18, 12, 6; the first two are free.
    assert interest(per_period(grace=Grace(interest_free=2))) == [0, 0, 18, 12, 6]
    # Flat: 30 a row, three rows bear it.
    assert interest(per_period(method=InterestMethod.FLAT, grace=Grace(interest_free=2))) == [
        0,
        0,
        30,
        30,
        30,
    ]


def test_a_share_without_one_of_its_own_takes_the_interest_of_its_principal() -> None:
    # Flat 3 % × 2 = 60 on 1000: the half of each, 30 and 30; with 0 and 1 named, all with the last row.
    half, flat = Fraction(1, 2), InterestMethod.FLAT
    assert interest(per_period(2, method=flat, shares=((half, None), (half, None)))) == [30, 30]
    assert interest(per_period(2, method=flat, shares=((half, Fraction(0)), (half, Fraction(1))))) == [0, 60]


def test_interest_in_payment_grace_comes_with_the_next_row() -> None:
    # 30 + 24 wait for the third row: 54 + 18 = 72.
    assert interest(per_period(grace=Grace(interest_payment=2))) == [0, 0, 72, 12, 6]


def test_what_was_paid_ahead_survives_a_new_schedule() -> None:
    # Lent on 31/01; two instalments of 508 at 1 %: 10 + 498. On 15/02 110 is paid ahead: interest 10, principal 100.
    # On 20/02 200 more, with a new schedule: 900 × 12 % × 20 ÷ 365 = 5.9 → 6, less than the 10 paid, so nothing more.
    # The row of today holds 100 + 200 principal and 10 interest; 700 is left.
    terms = per_period(2, "1", amortization=Amortization.EQUAL_INSTALMENTS)
    loan = per_period_loan(terms, build_rows(terms), annual_rate=Fraction(12, 100))
    loan.repay(110, date(2024, 2, 15))
    loan.repay(200, date(2024, 2, 20), EarlyMode.NEW_SCHEDULE)
    today = loan.rows[0]
    assert (today.due_on, today.principal, today.interest, today.is_open) == (
        date(2024, 2, 20),
        300,
        10,
        False,
    )
    assert loan.balance == 700
    assert sum(row.principal for row in loan.rows) == 1000


@pytest.mark.parametrize("kind", ["opencbs_late_repayment", "opencbs_payoff", "opencbs_lifecycle"])
def test_a_transaction_that_is_no_repayment_is_refused(kind: str) -> None:
    source = {
        "principal": "1000",
        "disbursement_date": "2024-01-31",
        "interest_rate_percent": "3",
        "interest_rate_frequency": "per_period",
        "interest_method": "flat",
        "amortization": "equal_instalments",
        "number_of_repayments": 2,
        "repay_every": 1,
        "repay_unit": "months",
        "schedule_engine": "opencbs",
    }
    case = {"kind": kind, "input": source, "as_of": "2024-02-29"}
    with pytest.raises(NotDone, match="transaction write_off"):
        answer(case | {"transactions": [{"type": "write_off", "date": "2024-02-29"}]})


def test_interest_of_a_running_row_that_was_not_paid_is_not_lost() -> None:
    # 1 000,00 at 0.1 % a day from 01/01, due 01/02. On 16/01 15 days = 15,00 are asked for, 10,00 paid: 5,00 stay,
    # and 16 days on 1 000,00 = 16,00 are to come: 21,00.
    rows = [
        GivenInstalment(1, date(2024, 2, 1), 50_000, 3_100),
        GivenInstalment(2, date(2024, 3, 1), 50_000, 1_450),
    ]
    loan = daily_loan(100_000, date(2024, 1, 1), Fraction(1, 1000), rows)
    loan.repay(1_000, date(2024, 1, 16))
    first = loan.instalments[0]
    assert (first.interest_paid, first.interest_due, first.principal_paid) == (1_000, 2_100, 0)
    # On 21/01 5 days more: 5,00 + 5,00 = 10,00 of the 30,00 paid; 20,00 principal. 11 days on 980,00 = 10,78.
    loan.repay(3_000, date(2024, 1, 21))
    assert (first.interest_paid, first.interest_due, first.principal_paid) == (2_000, 1_078, 2_000)
    # Closing on 21/01 costs the principal alone.
    assert loan.payoff(date(2024, 1, 21)).total == 98_000


def test_a_running_row_whose_principal_is_paid_still_bears_interest() -> None:
    # 1 000,00 at 0.1 % a day. On 01/02 the first row (500,00 + 31,00) and 500,00 of the second are paid: nothing is
    # owed. With a third row of 200,00 (1 200,00 in all): 29 days on 200,00 = 5,80 stay with the second row.
    rows = [
        GivenInstalment(1, date(2024, 2, 1), 50_000, 3_720),
        GivenInstalment(2, date(2024, 3, 1), 50_000, 2_030),
        GivenInstalment(3, date(2024, 4, 1), 20_000, 620),
    ]
    loan = daily_loan(120_000, date(2024, 1, 1), Fraction(1, 1000), rows)
    loan.repay(50_000 + 3_720 + 50_000, date(2024, 2, 1))
    second = loan.instalments[1]
    assert (second.principal_due, second.interest_due) == (0, 580)
    # On 11/02, 10 days on 200,00 = 2,00 of the 52,00 paid; 50,00 principal of the third row; 19 days on 150,00 = 2,85.
    loan.repay(5_200, date(2024, 2, 11))
    assert (second.interest_paid, second.interest_due) == (200, 285)


def test_of_two_rates_the_one_nearest_zero() -> None:
    # (x − 0.9)(x − 1.2) = x² − 2.1x + 1.08: −10 % and +20 % both make the flows worth nothing.
    assert abs(finance.irr([1, Decimal("-2.1"), Decimal("1.08")]) - Decimal("-0.1")) < Decimal("1e-25")
    # (x − 0.7)(x − 1.2) = x² − 1.9x + 0.84
    assert abs(finance.irr([1, Decimal("-1.9"), Decimal("0.84")]) - Decimal("0.2")) < Decimal("1e-25")


def test_nearly_everything_lost() -> None:
    # 1 given, 0.00001 back a period later.
    assert abs(finance.irr([-1, Decimal("0.00001")]) - Decimal("-0.99999")) < Decimal("1e-25")


def test_dated_flows_count_from_the_earliest_day() -> None:
    # −100 on 01/01/2023, 110 a year later: at 10 % worth nothing on the first day, in whichever order they stand.
    flows = [(date(2024, 1, 1), Decimal(110)), (date(2023, 1, 1), Decimal(-100))]
    assert abs(finance.xnpv(Decimal("0.1"), flows)) < Decimal("1e-25")
