"""The poverty status is recorded, checked for agreement with its forms, and never scored again."""

from __future__ import annotations

import pytest

from desktop.models.kinds import Poverty
from desktop.models.problems import Level
from desktop.models.rules.poverty import Change, change_of, check_poverty, standard_of

P, N, X = Poverty.POOR, Poverty.NEAR_POOR, Poverty.NOT_POOR


@pytest.mark.parametrize(
    ("status", "b1", "b2", "urban", "agrees"),
    [
        (P, 140, 30, False, True),
        (N, 140, 20, False, True),
        (X, 141, 60, False, True),
        (P, 141, 60, False, False),
        (N, 140, 30, False, False),
        (P, 175, 30, True, True),
        (X, 176, 30, True, True),
        (P, None, 20, False, True),
    ],
)
def test_forms_and_status(status: Poverty, b1: int | None, b2: int, urban: bool, agrees: bool) -> None:
    found = check_poverty(status, 2025, "2022", b1, b2, urban=urban)
    assert [problem.code for problem in found] == ([] if agrees else ["forms-differ"])
    assert all(problem.level is Level.WARN for problem in found)


def test_points_of_b2_are_tens() -> None:
    assert [p.code for p in check_poverty(P, 2025, "2022", None, 35, urban=False)] == ["b2-points"]


def test_2026_still_uses_the_standard_of_2022() -> None:
    assert [standard_of(year) for year in (2021, 2022, 2026, 2027)] == ["2016", "2022", "2022", "2027"]
    assert check_poverty(P, 2026, "2027", None, None, urban=False)[0].code == "other-standard"
    # The line of the new standard is not known: its forms are not judged by the old one.
    assert not check_poverty(P, 2027, "2027", 500, 30, urban=False)


@pytest.mark.parametrize(
    ("before", "after", "earlier", "change"),
    [
        (P, P, False, Change.STAYED),
        (P, N, False, Change.TO_NEAR),
        (P, X, False, Change.LEFT_POVERTY),
        (N, X, False, Change.LEFT_NEAR),
        (X, P, False, Change.FELL),
        (N, P, True, Change.FELL_AGAIN),
        (X, N, False, Change.NEW_NEAR),
        (Poverty.UNKNOWN, P, False, None),
    ],
)
def test_changes_from_year_to_year(
    before: Poverty, after: Poverty, earlier: bool, change: Change | None
) -> None:
    assert change_of(before, after, poor_earlier=earlier) is change
