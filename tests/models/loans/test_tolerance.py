"""What is no arrears yet: by example, and that without it every figure is as it was."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.rules.loans.arrears import MFI_SCALE, Due, Tolerance, arrears_on, days_late
from desktop.models.rules.loans.standards import (
    OWN,
    DatedLoanStandards,
    LoanStandards,
    check_loan_standards,
    loan_standards_on,
    scale_words,
    tolerance_words,
)

DAY = date(2026, 6, 30)
DUES = [Due(date(2026, 3, 10), 100_000), Due(date(2026, 4, 10), 100_000), Due(date(2026, 6, 25), 100_000)]


@pytest.mark.parametrize(
    ("paid", "tolerance", "days", "overdue", "passed_over"),
    [
        (0, Tolerance(), 112, 300_000, 0),
        (99_999, Tolerance(), 112, 200_001, 0),
        (100_000, Tolerance(), 81, 200_000, 0),
        (300_000, Tolerance(), 0, 0, 0),
        # A đồng missing in March does not make June's instalment 112 days late.
        (99_999, Tolerance(1_000), 81, 200_001, 0),
        (299_500, Tolerance(500), 5, 500, 0),
        (299_501, Tolerance(500), 0, 0, 499),
        # What is five days old is within six days of grace; what is older stays late by all its days.
        (200_000, Tolerance(days=5), 0, 0, 100_000),
        (200_000, Tolerance(days=4), 5, 100_000, 0),
        (100_000, Tolerance(days=5), 81, 100_000, 100_000),
        (400_000, Tolerance(), 0, 0, 0),
    ],
)
def test_what_counts_as_overdue(
    paid: int, tolerance: Tolerance, days: int, overdue: int, passed_over: int
) -> None:
    found = arrears_on(DUES, paid, DAY, tolerance)
    assert (found.days_late, found.overdue, found.passed_over) == (days, overdue, passed_over)


_dues = st.lists(
    st.builds(
        Due,
        st.integers(0, 200).map(lambda days: DAY + timedelta(days=20 - days)),
        st.integers(0, 500_000),
    ),
    max_size=8,
)


@given(_dues, st.integers(0, 2_000_000))
def test_without_a_tolerance_all_is_as_it_was(dues: list[Due], paid: int) -> None:
    found = arrears_on(dues, paid, DAY)
    assert found.days_late == days_late(dues, [Due(DAY, paid)], DAY)
    assert found.overdue == max(sum(due.amount for due in dues if due.on < DAY) - paid, 0)
    assert found.passed_over == 0


@given(_dues, st.integers(0, 2_000_000), st.integers(0, 300_000), st.integers(0, 90))
def test_what_is_passed_over_is_never_lost(dues: list[Due], paid: int, amount: int, days: int) -> None:
    whole, found = arrears_on(dues, paid, DAY), arrears_on(dues, paid, DAY, Tolerance(amount, days))
    assert found.overdue + found.passed_over == whole.overdue
    assert 0 <= found.days_late <= whole.days_late
    assert found.days_late == 0 or found.days_late > days
    assert found.overdue == 0 or found.overdue >= amount


@given(_dues, st.integers(0, 2_000_000), st.integers(0, 30))
def test_days_of_grace_never_change_what_is_at_risk(dues: list[Due], paid: int, days: int) -> None:
    whole, found = arrears_on(dues, paid, DAY), arrears_on(dues, paid, DAY, Tolerance(days=days))
    assert (found.days_late > 30) == (whole.days_late > 30)


def test_the_latest_standards_that_began_hold() -> None:
    rows = [
        DatedLoanStandards(date(2026, 6, 1), LoanStandards(days=3)),
        DatedLoanStandards(date(2026, 1, 1), LoanStandards(amount=1_000, scale="bank")),
    ]
    assert loan_standards_on(rows, date(2025, 12, 31)).value == LoanStandards()
    assert loan_standards_on(rows, date(2026, 5, 31)).value.amount == 1_000
    assert loan_standards_on(rows, date(2026, 6, 1)).value == LoanStandards(days=3)


def test_the_version_of_the_scale_is_said() -> None:
    usual = loan_standards_on([], DAY)
    assert "14/2024" in scale_words(usual, DAY)
    assert "12/08/2024" in scale_words(usual, DAY)
    bank = DatedLoanStandards(date(2026, 1, 1), LoanStandards(scale="bank"))
    assert "31/2024" in scale_words(bank, DAY)
    assert "01/01/2026" in scale_words(bank, DAY)
    percents = tuple(map(Fraction, (0, 10, 25, 50, 100)))
    own = LoanStandards(scale=OWN, from_days=(8, 31, 61, 91), provisions=percents, reason="Quy chế quỹ")
    assert own.debt_scale(DAY).provisions[1] == Fraction(1, 10)
    assert own.debt_scale(DAY).from_days[0] == 8 != MFI_SCALE.from_days[0]
    assert "Quy chế quỹ" in scale_words(DatedLoanStandards(date(2026, 1, 1), own), DAY)


def test_the_tolerance_is_said_in_words() -> None:
    assert tolerance_words(Tolerance()) == "Quá hạn tính từ 1 ngày sau hạn, mọi số tiền thiếu"
    assert tolerance_words(Tolerance(1_000, 3)) == "Quá hạn tính từ 4 ngày sau hạn, bỏ qua dưới 1.000\u00a0₫"


@pytest.mark.parametrize(
    ("value", "field"),
    [
        (LoanStandards(amount=-1), "amount"),
        (LoanStandards(amount=1_000_001), "amount"),
        (LoanStandards(days=31), "days"),
        (LoanStandards(ageing=(60, 30)), "ageing"),
        (LoanStandards(scale=OWN), "from_days"),
        (LoanStandards(scale=OWN, from_days=(10, 30, 90), provisions=(Fraction(0),) * 5), "from_days"),
        (LoanStandards(scale=OWN, from_days=(1, 2, 3, 4), provisions=(Fraction(101),) * 5), "provisions"),
        (LoanStandards(scale=OWN, from_days=(1, 2, 3, 4), provisions=(Fraction(5),) * 4), "provisions"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(value: LoanStandards, field: str) -> None:
    assert field in {problem.field for problem in check_loan_standards(value)}
