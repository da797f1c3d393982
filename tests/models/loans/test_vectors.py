"""Figures worked out independently: design vectors of the domain, in whole đồng."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from desktop.models.rules.loans import arrears, charges, pricing
from desktop.models.rules.loans.rounding import RoundingMode, round_to
from desktop.models.rules.loans.schedule import plan
from desktop.models.rules.loans.terms import (
    Amortization,
    AnnuityRate,
    Calendar,
    DayCount,
    InterestMethod,
    InterestPeriod,
    PeriodUnit,
    RateUnit,
    Terms,
    YearBasis,
)
from desktop.models.rules.savings_interest import simple_interest
from desktop.models.rules.share_out import Remainder, share_out, share_out_by_share_value

TEN_MILLION = 10_000_000
ONE_PERCENT_A_MONTH = Terms(TEN_MILLION, date(2025, 1, 15), 12, Fraction(1), RateUnit.MONTH)


def make(**changes: object) -> Terms:
    from dataclasses import replace

    return replace(ONE_PERCENT_A_MONTH, **changes)


def first_and_last(terms: Terms) -> tuple[tuple[int, int], tuple[int, int], int]:
    rows = plan(terms).rows
    return (
        (rows[0].principal, rows[0].interest),
        (rows[-1].principal, rows[-1].interest),
        sum(row.interest for row in rows),
    )


def test_flat_with_principal_to_the_thousand() -> None:
    terms = make(method=InterestMethod.FLAT, principal_multiple=1000)
    assert first_and_last(terms) == ((833_000, 100_000), (837_000, 100_000), 1_200_000)


def test_equal_principal_to_the_thousand() -> None:
    terms = make(amortization=Amortization.EQUAL_PRINCIPAL, principal_multiple=1000)
    assert first_and_last(terms) == ((833_000, 100_000), (837_000, 8_370), 650_220)


def test_equal_principal_without_a_unit() -> None:
    rows = plan(make(amortization=Amortization.EQUAL_PRINCIPAL)).rows
    assert (rows[0].principal, rows[-1].principal) == (833_333, 833_337)
    assert sum(row.interest for row in rows) == 650_000


def test_annuity() -> None:
    terms = make(amortization=Amortization.EQUAL_INSTALMENTS)
    assert plan(terms).rows[0].total == 888_488
    assert first_and_last(terms) == ((788_488, 100_000), (879_688, 8_797), 661_853)


def test_annuity_to_the_thousand() -> None:
    terms = make(amortization=Amortization.EQUAL_INSTALMENTS, instalment_multiple=1000)
    assert first_and_last(terms) == ((788_000, 100_000), (885_334, 8_853), 662_187)


MONTH_END = make(
    disbursed_on=date(2025, 1, 31),
    rate_percent=Fraction(12),
    rate_unit=RateUnit.YEAR,
    amortization=Amortization.EQUAL_INSTALMENTS,
    interest_period=InterestPeriod.DAILY,
    day_count=DayCount(YearBasis.D365),
)


def test_annuity_by_real_days_from_a_month_end() -> None:
    rows = plan(MONTH_END).rows
    assert (rows[0].due_on, rows[1].due_on) == (date(2025, 2, 28), date(2025, 3, 31))
    assert first_and_last(MONTH_END) == ((796_433, 92_055), (874_444, 8_912), 656_724)


def test_annuity_whose_formula_counts_thirty_days() -> None:
    from dataclasses import replace

    terms = replace(MONTH_END, annuity_rate=AnnuityRate.NOMINAL_DAYS)
    assert plan(terms).rows[0].total == 887_719
    assert first_and_last(terms)[1:] == ((883_343, 9_003), 657_255)


def test_bullet_pays_interest_each_period_and_principal_at_the_end() -> None:
    rows = plan(make(amortization=Amortization.BULLET, number=6)).rows
    assert [row.interest for row in rows] == [100_000] * 6
    assert [row.principal for row in rows] == [0] * 5 + [TEN_MILLION]


def test_interest_at_each_meeting_on_the_balance() -> None:
    weekly = Calendar(every=1, unit=PeriodUnit.WEEKS)
    rows = plan(make(rate_percent=Fraction(1, 2), rate_unit=RateUnit.PERIOD, calendar=weekly, number=4)).rows
    assert [row.interest for row in rows] == [50_000, 37_500, 25_000, 12_500]


def test_rows_written_by_hand() -> None:
    rows = plan(
        make(
            number=3,
            amortization=Amortization.FREE,
            rows_by_hand=((4_000_000, None), (1_000_000, 50_000), (0, None)),
        )
    ).rows
    assert [(row.principal, row.interest) for row in rows] == [
        (4_000_000, 100_000),
        (1_000_000, 50_000),
        (5_000_000, 50_000),
    ]


@pytest.mark.parametrize(
    ("principal", "percent", "days", "interest"),
    [(TEN_MILLION, "12", 30, 98_630), (5_000_000, "20", 31, 84_932), (7_000_000, "6.6", 28, 35_441)],
)
def test_daily_balance_over_365(principal: int, percent: str, days: int, interest: int) -> None:
    assert simple_interest(principal, Fraction(percent), days) == interest


def test_overdue_interest_is_half_as_much_again() -> None:
    assert charges.overdue_interest(2_000_000, Fraction(12), 45) == 44_384
    assert charges.late_rates_on(date(2026, 1, 1)).of_contract_percent == 150


def test_penalty_on_an_overdue_instalment() -> None:
    assert charges.annual_penalty(888_488, Fraction(18), 10) == 4_382


def _cost(terms: Terms, upfront: int = 0, deposit: int = 0) -> tuple[Decimal, Decimal, Decimal]:
    cost = pricing.loan_cost(plan(terms), terms.calendar, upfront, deposit)
    assert cost.period_percent is not None
    return (
        round(cost.period_percent, 4),
        round(cost.apr_percent, 2),
        round(cost.eir_percent, 2),
    )


FLAT = make(method=InterestMethod.FLAT, amortization=Amortization.EQUAL_INSTALMENTS)


@pytest.mark.parametrize(
    ("terms", "upfront", "deposit", "price"),
    [
        (make(), 0, 0, ("1.0000", "12.00", "12.68")),
        (FLAT, 0, 0, ("1.7881", "21.46", "23.70")),
        (FLAT, 200_000, 0, ("2.1166", "25.40", "28.58")),
        (FLAT, 0, 1_000_000, ("2.1604", "25.93", "29.24")),
        (
            make(rate_percent=Fraction(6, 5), amortization=Amortization.BULLET, number=6),
            0,
            0,
            ("1.2000", "14.40", "15.39"),
        ),
        (make(amortization=Amortization.EQUAL_INSTALMENTS), 0, 0, ("1.0000", "12.00", "12.68")),
    ],
)
def test_true_price(terms: Terms, upfront: int, deposit: int, price: tuple[str, str, str]) -> None:
    assert _cost(terms, upfront, deposit) == tuple(Decimal(figure) for figure in price)


def test_true_price_of_one_payment() -> None:
    flows = [pricing.CashFlow(date(2025, 1, 1), TEN_MILLION)]
    flows += [pricing.CashFlow(date(2025, month, 1), 0) for month in (2, 3)]
    flows.append(pricing.CashFlow(date(2025, 4, 1), -10_600_000))
    cost = pricing.cost_of(flows, Fraction(12))
    assert (round(cost.apr_percent, 2), round(cost.eir_percent, 2)) == (Decimal("23.54"), Decimal("26.25"))


@pytest.mark.parametrize(("flat", "declining"), [("1", "1.788"), ("0.6", "1.086")])
def test_flat_rate_and_its_declining_equivalent(flat: str, declining: str) -> None:
    found = pricing.declining_equivalent(Fraction(flat), 12)
    assert round(found, 3) == Decimal(declining)
    assert abs(pricing.flat_equivalent(Fraction(found), 12) - Decimal(flat)) < Decimal("1e-12")


@pytest.mark.parametrize(
    ("late", "mfi", "bank"),
    [
        (0, 1, 1),
        (9, 1, 1),
        (10, 2, 2),
        (29, 2, 2),
        (30, 3, 2),
        (90, 4, 2),
        (91, 4, 3),
        (180, 5, 3),
        (361, 5, 5),
    ],
)
def test_debt_groups(late: int, mfi: int, bank: int) -> None:
    assert arrears.debt_group(arrears.MFI_SCALE, late) == mfi
    assert arrears.debt_group(arrears.BANK_SCALE, late) == bank


def test_rescheduled_loans_stay_visible() -> None:
    assert arrears.debt_group(arrears.MFI_SCALE, 0, rescheduled=1) == 2
    assert arrears.debt_group(arrears.MFI_SCALE, 45, rescheduled=1) == 4
    assert arrears.debt_group(arrears.MFI_SCALE, 0, rescheduled=2) == 4
    assert arrears.debt_group(arrears.MFI_SCALE, 1, rescheduled=2) == 5
    loans = [arrears.LoanRisk(100, 0, rescheduled=1), arrears.LoanRisk(300, 31), arrears.LoanRisk(600, 30)]
    assert arrears.portfolio_at_risk(loans, 30) == (400, 1000)
    assert arrears.ageing(loans) == [100, 600, 300, 0, 0, 0]
    assert arrears.client_groups([(1, 2), (1, 5), (2, 1)]) == {1: 5, 2: 1}


def test_a_recovery_of_97_percent_on_three_month_loans_loses_24_percent_a_year() -> None:
    assert arrears.annual_loss_rate(97, 100, Fraction(1, 4)) == Fraction(24, 100)
    assert arrears.annual_loss_rate(0, 0, Fraction(1)) is None


def test_share_out() -> None:
    fund = 4_321_007
    result = share_out(fund, [57, 120, 33, 90], remainder=Remainder.LARGEST_REMAINDER)
    assert result.payouts == (820_991, 1_728_403, 475_311, 1_296_302)
    assert sum(result.payouts) == fund
    held = [52, 104, 156, 208, 260, 26]
    by_value = share_out_by_share_value(17_470_000, held)
    assert by_value.payouts == (1_127_048, 2_254_096, 3_381_144, 4_508_192, 5_635_240, 563_524)
    assert by_value.remainder == 756
    in_notes = share_out(17_470_000, held, unit=1000)
    assert in_notes.payouts == (1_127_000, 2_254_000, 3_381_000, 4_508_000, 5_635_000, 563_000)
    assert in_notes.remainder == 2_000


@pytest.mark.parametrize(
    ("mode", "rounded"),
    [
        (RoundingMode.HALF_UP, (2, 3, -3)),
        (RoundingMode.HALF_EVEN, (2, 2, -2)),
        (RoundingMode.HALF_DOWN, (2, 2, -2)),
        (RoundingMode.UP, (3, 3, -3)),
        (RoundingMode.DOWN, (2, 2, -2)),
        (RoundingMode.CEILING, (3, 3, -2)),
        (RoundingMode.FLOOR, (2, 2, -3)),
    ],
)
def test_rounding_modes(mode: RoundingMode, rounded: tuple[int, int, int]) -> None:
    values = (Fraction(21, 10), Fraction(5, 2), Fraction(-5, 2))
    assert tuple(round_to(value, 1, mode) for value in values) == rounded
