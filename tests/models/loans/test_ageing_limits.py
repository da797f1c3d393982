"""The bands of the ageing are the book's; what is no list of limits leaves the usual ones."""

from __future__ import annotations

from fractions import Fraction

import pytest

from desktop.models.rules.loans.arrears import AGEING, Bucket, buckets_of
from desktop.models.rules.loans.standards import days_of, percents_of, show_list


def test_the_usual_limits_make_the_usual_bands() -> None:
    assert buckets_of((30, 60, 90, 180)) == AGEING


def test_own_limits_cover_every_day_once() -> None:
    bands = buckets_of((10, 30))
    assert bands == (Bucket(0, 0), Bucket(1, 10), Bucket(11, 30), Bucket(31, None))
    assert all(sum(band.holds(day) for band in bands) == 1 for day in range(400))


@pytest.mark.parametrize("limits", [(), (0, 30), (60, 30), (30, 30)])
def test_what_is_no_list_leaves_the_usual_bands(limits: tuple[int, ...]) -> None:
    assert buckets_of(limits) == AGEING


@pytest.mark.parametrize(
    ("text", "days"),
    [("30, 60,90", (30, 60, 90)), ("30; 60", (30, 60)), ("abc", ()), ("", ()), ("30, x", ())],
)
def test_limits_are_typed_as_a_list(text: str, days: tuple[int, ...]) -> None:
    assert days_of(text) == days


def test_percents_are_typed_with_a_comma_between_semicolons() -> None:
    assert percents_of("0; 2,5; 25; 50 %; 100") == (0, Fraction(5, 2), 25, 50, 100)
    assert show_list(percents_of("0; 2,5; 100")) == "0; 2,5; 100"
    assert percents_of("0; hai") == ()
