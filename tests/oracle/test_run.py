"""The runner itself: it counts, compares, writes answers, and never passes over a case in silence."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.oracle.answerer import same
from tests.oracle.run import PASSED, main, run_case

WORDS = {"id": "w", "kind": "vector", "function": "number_to_words", "input": {"number": "15"}}
GOOD = WORDS | {"expected": "mười lăm"}
BAD = WORDS | {"id": "b", "expected": "mười năm"}
UNKNOWN = {"id": "u", "kind": "moon_phase", "input": {}, "expected": 1}
BROKEN = {"id": "x", "kind": "vector", "function": "number_to_words", "input": {}, "expected": "một"}


def write(folder: Path, *cases: dict[str, Any]) -> str:
    path = folder / "cases.json"
    path.write_text(json.dumps({"file": "cases", "cases": cases}), encoding="utf-8")
    return str(path)


def test_what_passes_and_what_is_not_supported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers = tmp_path / "answers.json"
    assert main([write(tmp_path, GOOD, UNKNOWN), "--answers", str(answers)]) == 0
    said = capsys.readouterr().out
    assert "cases.json: 1 passed / 0 failed, 1 not supported" in said
    assert "vector number_to_words: 1 passed / 0 failed" in said
    assert "NOT SUPPORTED moon_phase × 1" in said
    assert json.loads(answers.read_text(encoding="utf-8")) == [
        {"id": "w", "answer": "mười lăm"},
        {"id": "u", "answer": None, "not_supported": True},
    ]


def test_a_failure_is_told_and_ends_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([write(tmp_path, GOOD, BAD, BROKEN)]) == 1
    said = capsys.readouterr().out
    assert "1 passed / 2 failed" in said
    assert 'FAILED b: expected "mười năm", got "mười lăm"' in said
    assert "FAILED x: KeyError" in said


def test_a_case_without_expectation_is_only_answered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = tmp_path / "answers.json"
    assert main([write(tmp_path, WORDS), "--answers", str(answers)]) == 0
    assert "1 answered" in capsys.readouterr().out
    assert json.loads(answers.read_text(encoding="utf-8")) == [{"id": "w", "answer": "mười lăm"}]


@pytest.mark.parametrize("content", ["no json", '{"cases": 1}', "[1]"])
def test_a_file_that_is_none_ends_with_2(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(content, encoding="utf-8")
    assert main([str(path)]) == 2
    assert main([str(tmp_path / "absent.json")]) == 2


@pytest.mark.parametrize(
    ("answer", "expected", "tolerance"),
    [
        ("1.50", "1.5", None),
        (Decimal("1.504"), "1.5", "0.005"),
        (1, "1", None),
        ({"a": ["1.0", None]}, {"a": ["1", None]}, None),
    ],
)
def test_numbers_are_compared_as_numbers(answer: object, expected: object, tolerance: str | None) -> None:
    assert same(answer, expected, {"tolerance": tolerance})


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("007", "7"),
        ("1.506", "1.5"),
        ({"a": 1, "b": 2}, {"a": 1}),
        ([1], [1, 2]),
        (None, "0"),
        (True, 1),
        (False, None),
        ("An", "an"),
    ],
)
def test_what_is_not_the_same(answer: object, expected: object) -> None:
    assert not same(answer, expected, {"tolerance": "0.005"})


CASH = {
    "id": "c",
    "kind": "loan_rounded_instalments",
    "input": {
        "principal": "100",
        "loan_type": "flat",
        "interest_rate_percent": "12",
        "interest_rate_frequency": "per_year",
        "number_of_repayments": 2,
        "repay_every": 1,
        "repay_unit": "months",
        "currency_rounding": "HALF_UP",
        "initial_rounding": "HALF_UP",
        "initial_multiple": "1",
        "final_rounding": "HALF_UP",
        "final_multiple": "1",
    },
}


def test_answers_have_the_fields_of_their_kind() -> None:
    answer = run_case(CASH).answer
    assert [list(row) for row in answer["schedule"]] == [
        ["nr", "total_due", "principal", "interest", "fees"]
    ] * 2
    assert answer["totals"].keys() == {"total_due", "principal", "interest", "fees"}
    # A case that asks for one row and other names gets these.
    asked = CASH | {"expected": {"schedule": [{"nr": 2, "balance": "0"}]}}
    assert run_case(asked).answer["schedule"] == [{"nr": 2, "balance": "0.00"}]


@pytest.mark.parametrize(
    ("function", "source", "expected"),
    [
        ("round_to_multiple", {"amount": 454.51, "multiple": 1, "mode": None}, "455"),
        ("disability_identifiers", dict.fromkeys(("seeing", "hearing"), "9"), None),
        ("ppmt", {"rate": "0.01", "per": 0, "nper": 12, "pv": "1000"}, None),  # there is no payment 0
        ("pmt", {"rate": 0, "nper": 60, "pv": 15000, "fv": None, "when": 1}, "-250"),
        ("ordinal_to_words", {"number": 1004, "style": None}, "thứ một nghìn không trăm lẻ bốn"),
        ("apr_eu", {"advance": "100", "payments": [{"years": 1, "amount": 110}]}, "10"),
        ("shift_date", {"date": "2024-02-29", "rule": None, "holidays": None}, "2024-02-29"),
    ],
)
def test_nulls_and_numbers_where_texts_are_usual(
    function: str, source: dict[str, Any], expected: str | None
) -> None:
    case = {"kind": "vector", "function": function, "input": source, "expected": expected, "tags": None}
    result = run_case(case | {"tolerance": "1e-20"})
    assert result.outcome == PASSED, result.why
