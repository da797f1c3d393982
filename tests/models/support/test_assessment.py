"""The sixteen items: vectors of indicators.md section 3.6, gates, evidence, bounds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.rules.support.assessment import (
    Score,
    check_assessment,
    evidence_field,
    items_of,
    judge,
    score_field,
)
from desktop.models.rules.support.standards import (
    Dated,
    check_standards,
    shipped,
    shown_text,
    standards_on,
)
from desktop.models.support_kinds import Result, Wave
from resources.support import items

DAY = date(2026, 6, 1)
STANDARDS = shipped(DAY)
MUST = {2, 4, 5, 8, 10}
"""Items marked with two stars: they must be 2."""


def scored(**few: int) -> list[Score]:
    """All items 2 but the `few` (named s1, s2, …)."""
    return [Score(item.number, few.get(f"s{item.number}", 2), "có biên bản") for item in items()]


def test_the_items_are_those_of_the_paper() -> None:
    assert [item.number for item in items()] == list(range(1, 17))
    assert {item.number for item in items() if item.gate == 2} == MUST
    assert [item.number for item in items() if item.gate == 0] == [15]
    assert [item.number for item in items_of(Wave.FIRST)] == [4, 6, 7, 9, 13]


@pytest.mark.parametrize(
    ("few", "points", "missed", "result"),
    [
        ({}, 32, (), Result.TRANSFER),
        ({"s15": 0}, 30, (), Result.TRANSFER),
        # 24 of 32 is exactly 75 %, and every gate holds: eight items that must be only 1 are 1.
        ({f"s{n}": 1 for n in (1, 3, 6, 7, 9, 11, 12, 13)}, 24, (), Result.TRANSFER),
        # 23 of 32 is 71,9 %: complete and assess again.
        ({f"s{n}": 1 for n in (1, 3, 6, 7, 9, 11, 12, 13, 14)}, 23, (), Result.IMPROVE),
        # Points enough, but a gate of two stars has only 1.
        ({"s8": 1}, 31, (8,), Result.IMPROVE),
        # Points enough, but a gate of one star has 0.
        ({"s14": 0}, 30, (14,), Result.IMPROVE),
        # 20 of 32 is 62,5 %.
        ({"s1": 0, "s3": 0, "s6": 0, "s7": 0, "s9": 0, "s11": 0}, 20, (1, 3, 6, 7, 9, 11), Result.IMPROVE),
        # 19 of 32 is 59,4 %: not yet.
        (
            {"s1": 0, "s3": 0, "s6": 0, "s7": 0, "s9": 0, "s11": 0, "s15": 1},
            19,
            (1, 3, 6, 7, 9, 11),
            Result.REFUSE,
        ),
        ({f"s{n}": 0 for n in range(1, 17)}, 0, tuple(n for n in range(1, 17) if n != 15), Result.REFUSE),
    ],
)
def test_vectors(few: dict[str, int], points: int, missed: tuple[int, ...], result: Result) -> None:
    found = judge(scored(**few), STANDARDS)
    assert (found.points, found.missed, found.result) == (points, missed, result)
    assert found.share == Fraction(points, 32)


@given(st.lists(st.integers(0, 2), min_size=16, max_size=16))
def test_only_all_gates_and_three_quarters_transfer(given_scores: list[int]) -> None:
    scores = [Score(at, score) for at, score in enumerate(given_scores, 1)]
    found = judge(scores, STANDARDS)
    gates = all(score >= gate for score, gate in zip(given_scores, STANDARDS.gates, strict=True))
    assert (found.result is Result.TRANSFER) == (gates and sum(given_scores) >= 24)
    assert (found.result is Result.REFUSE) == (sum(given_scores) * 100 < 60 * 32)
    assert 0 <= found.share <= 1


def test_a_two_needs_evidence_a_one_does_not() -> None:
    scores = [replace(score, evidence="") if score.item in (6, 7) else score for score in scored(s7=1)]
    found = check_assessment(scores, Wave.BEFORE, DAY, "Chị Lan", DAY, DAY)
    assert [problem.field for problem in found] == [evidence_field(6)]
    with_file = [replace(score, files=1) if score.item == 6 else score for score in scores]
    assert check_assessment(with_file, Wave.BEFORE, DAY, "Chị Lan", DAY, DAY) == []


def test_what_is_missing_is_named_at_its_field() -> None:
    scores = [replace(score, score=None) if score.item == 3 else score for score in scored()]
    scores = [replace(score, score=3) if score.item == 9 else score for score in scores]
    found = check_assessment(scores, Wave.BEFORE, date(2026, 5, 1), " ", DAY, DAY)
    assert [problem.field for problem in found] == ["day", "assessor", score_field(3), score_field(9)]


def test_an_item_of_another_wave_is_refused() -> None:
    found = check_assessment(scored(), Wave.FIRST, DAY, "Chị Lan", DAY, DAY)
    assert found[0].code == "items"


def test_thresholds_are_dated() -> None:
    strict = replace(STANDARDS, passes=90, gates=(2,) * 16)
    rows = [Dated(date(2026, 7, 1), strict)]
    assert standards_on(rows, date(2026, 6, 30)) == STANDARDS
    assert standards_on(rows, date(2026, 7, 1)).passes == 90
    assert judge(scored(s15=1), strict).result is Result.IMPROVE


def test_thresholds_out_of_order_are_refused_at_their_field() -> None:
    wrong = replace(STANDARDS, improves=80, hardship_share=30, second_months=6, gates=(3,) * 16)
    assert {problem.field for problem in check_standards(wrong)} == {
        "improves",
        "hardship_share",
        "second_months",
        "gates",
    }


def test_texts_name_the_thresholds_in_force() -> None:
    text = shown_text(items()[4].text, replace(STANDARDS, share=15))
    assert "15 %" in text
    assert all("{" not in shown_text(item.text, STANDARDS) for item in items())
