"""Inclusion index, coverage, parity: the examples of indicators.md 6, the guards, and what must hold always."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.models.rules.inclusion import (
    Missing,
    Verdict,
    composite,
    coverage,
    inclusion_index,
    leadership_parity,
    share_ratio,
    wilson,
)


@pytest.mark.parametrize(("part", "whole", "low", "high"), [(7, 20, 18, 57), (70, 200, 29, 42)])
def test_the_intervals_of_the_handbook(part: int, whole: int, low: int, high: int) -> None:
    found = wilson(part, whole)
    assert found is not None
    assert (round(found[0] * 100), round(found[1] * 100)) == (low, high)


def test_the_index_compares_shares_and_says_how_it_reads() -> None:
    # 30 of 100 members are poor, 120 of 1.000 people: the poor come first.
    found = inclusion_index(30, 100, 120, 1000)
    assert found.value == Fraction(5, 2)
    assert found.verdict is Verdict.FAVOURED
    assert found.low is not None
    assert found.high is not None
    assert found.low < 2.5 < found.high
    assert inclusion_index(12, 100, 120, 1000).verdict is Verdict.EVEN
    assert inclusion_index(9, 100, 120, 1000).verdict is Verdict.UNDER
    # 0,8 and 1,2 themselves are still even.
    assert inclusion_index(8, 100, 100, 1000).verdict is Verdict.EVEN
    assert inclusion_index(12, 100, 100, 1000).verdict is Verdict.EVEN


def test_the_guards_of_the_index() -> None:
    assert inclusion_index(3, 100, None, None).missing is Missing.NO_BENCHMARK
    assert inclusion_index(3, 100, 9, 1000).missing is Missing.FEW_PEOPLE
    assert inclusion_index(3, 19, 10, 1000).missing is Missing.FEW_MEMBERS
    assert inclusion_index(3, 20, 10, 1000).value is not None


def test_coverage_counts_households_and_never_says_zero_without_a_benchmark() -> None:
    assert coverage(30, 120).value == Fraction(1, 4)
    assert coverage(0, 120).value == 0
    assert coverage(0, None).value is None
    assert coverage(0, 0).missing is Missing.NOTHING


def test_parity_of_leaders_keeps_its_counts() -> None:
    found = leadership_parity(3, 5, 70, 100)
    assert found.value == Fraction(3 * 100, 5 * 70)
    assert (found.part, found.whole) == (3, 5)
    assert found.verdict is Verdict.EVEN
    assert leadership_parity(0, 0, 70, 100).missing is Missing.NOTHING


def test_the_composite_counts_only_what_has_enough_data() -> None:
    good, half = inclusion_index(30, 100, 120, 1000), inclusion_index(6, 100, 120, 1000)
    none = inclusion_index(3, 100, None, None)
    # min(1, 2,5) and 0,5: the square root of one half.
    assert composite([good, half, none]) == pytest.approx(0.5**0.5)
    assert composite([none]) is None
    assert composite([inclusion_index(0, 100, 120, 1000), good]) == 0


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.integers(0, 500), st.integers(1, 500))
def test_an_interval_holds_its_share_and_stays_within_0_and_1(part: int, whole: int) -> None:
    part = min(part, whole)
    found = wilson(part, whole)
    assert found is not None
    assert 0 <= found[0] <= part / whole + 1e-12
    assert part / whole - 1e-12 <= found[1] <= 1


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.integers(1, 50), st.integers(1, 50), st.integers(1, 50), st.integers(1, 50))
def test_equal_shares_are_parity(part: int, rest: int, times: int, others: int) -> None:
    whole = part + rest
    assert share_ratio(part, whole, part * times, whole * times).value == 1
    assert share_ratio(part, whole, others, others).value == Fraction(part, whole)
