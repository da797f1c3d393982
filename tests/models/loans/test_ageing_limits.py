"""The bands of the ageing are the user's; what is no list of limits leaves the usual ones."""

from __future__ import annotations

import pytest

from desktop.models.rules.loans.arrears import AGEING, Bucket, buckets_of


def test_the_usual_limits_make_the_usual_bands() -> None:
    assert buckets_of("30, 60, 90, 180") == AGEING


def test_own_limits_cover_every_day_once() -> None:
    bands = buckets_of("10, 30")
    assert bands == (Bucket(0, 0), Bucket(1, 10), Bucket(11, 30), Bucket(31, None))
    assert all(sum(band.holds(day) for band in bands) == 1 for day in range(400))


@pytest.mark.parametrize("text", ["", "abc", "0, 30", "60, 30", "30, 30"])
def test_what_is_no_list_leaves_the_usual_bands(text: str) -> None:
    assert buckets_of(text) == AGEING
