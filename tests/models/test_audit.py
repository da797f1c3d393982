"""Samples of an audit and what they say: the figures of indicators.md 7.4, and properties by trying every case."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.rules import audit
from desktop.models.rules.audit import Examined


@pytest.mark.parametrize(
    ("population", "tenth", "fifth", "tenth_90"),
    [(15, 12, 9, 10), (20, 16, 10, 14), (25, 16, 11, 13), (30, 19, 11, 16), (50, 22, 12, 18), (100, 25, 13, 20), (200, 27, 13, 21)],
)  # fmt: skip
def test_sizes_of_samples_are_those_of_the_table(
    population: int, tenth: int, fifth: int, tenth_90: int
) -> None:
    assert audit.sample_size(population, Fraction(1, 10), 95) == tenth
    assert audit.sample_size(population, Fraction(1, 5), 95) == fifth
    assert audit.sample_size(population, Fraction(1, 10), 90) == tenth_90


def test_a_small_group_is_seen_whole() -> None:
    assert audit.passbooks_to_see(15) == 15
    assert audit.passbooks_to_see(0) == 0
    assert audit.passbooks_to_see(25) == 16


@given(st.integers(1, 40), st.data())
def test_the_most_that_may_be_wrong_is_exactly_what_the_sample_cannot_rule_out(
    population: int, data: st.DataObject
) -> None:
    seen = data.draw(st.integers(1, population))
    wrong = data.draw(st.integers(0, min(seen, 4)))
    most = audit.most_wrong(population, seen, wrong)
    assert wrong <= most <= population
    if seen == population:
        assert most == wrong
        return

    def chance(guess: int) -> Fraction:
        ways = sum(comb(guess, k) * comb(population - guess, seen - k) for k in range(wrong + 1))
        return Fraction(ways, comb(population, seen))

    possible = range(wrong, population - (seen - wrong) + 1)
    assert most == wrong or chance(most) > Fraction(5, 100)
    assert all(chance(guess) <= Fraction(5, 100) for guess in possible if guess > most)


def test_the_chance_is_that_of_drawing_by_hand() -> None:
    """Eight passbooks, four seen, none wrong: with how many wrong would fewer than 5 % of all draws show none?"""
    for guess in range(9):
        clean = sum(not set(drawn) & set(range(guess)) for drawn in combinations(range(8), 4))
        assert (Fraction(clean, comb(8, 4)) > Fraction(5, 100)) == (guess <= audit.most_wrong(8, 4, 0))


def test_the_example_of_sampling_by_dong() -> None:
    step = audit.interval(2_500_000)
    assert round(step) == 833_333
    assert round(50_000_000 / step) == 60
    clean = [Examined(500_000, 500_000)] * 58
    found = audit.error_limit([*clean, Examined(500_000, 300_000), Examined(500_000, 450_000)], 2_500_000)
    assert round(found.projected) == 416_667
    assert round(found.most) == 3_212_500
    assert not found.acceptable
    assert audit.error_limit(clean, 2_500_000).most == 2_500_000
    assert audit.error_limit(clean, 2_500_000).acceptable


def test_a_large_balance_counts_as_it_is_and_too_little_in_the_book_counts_for_nothing() -> None:
    big = audit.error_limit([Examined(2_000_000, 1_500_000)], 2_500_000)
    assert big.projected == 500_000
    assert big.most == 3_000_000
    assert audit.error_limit([Examined(400_000, 900_000)], 2_500_000).projected == 0


@given(st.lists(st.integers(0, 3_000_000), max_size=40), st.integers(1, 999_999), st.integers(1, 50))
def test_large_balances_are_always_hit_and_the_same_seed_draws_the_same(
    balances: list[int], seed: int, part: int
) -> None:
    items = list(enumerate(balances))
    step = audit.interval(max(3, sum(balances) // part))
    hits = audit.pick_by_dong(items, step, seed)
    assert hits == audit.pick_by_dong(items, step, seed)
    assert all(key in hits for key, balance in items if balance >= step)
    assert all(balances[key] > 0 for key in hits)
    assert abs(sum(hits.values()) - sum(balances) / step) <= 1


@given(st.lists(st.integers(), unique=True, max_size=30), st.integers(0, 40), st.integers(0, 10**6))
def test_a_draw_keeps_the_order_and_has_the_size(keys: list[int], size: int, seed: int) -> None:
    drawn = audit.draw(keys, size, seed)
    assert len(drawn) == min(size, len(keys))
    assert list(drawn) == [key for key in keys if key in drawn]


def test_the_risk_of_a_group() -> None:
    assert audit.risk([], None, counted=True) == 0
    assert audit.risk([(5, 10), (3, 400)], Fraction(7, 100), counted=False) == 5 + Fraction(3, 2) + 5 + 5
    assert audit.risk([], Fraction(11, 100), counted=True) == 10
