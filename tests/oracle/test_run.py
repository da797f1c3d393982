"""The runner itself: it counts, compares, writes answers, and never passes over a case in silence."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.oracle.answerer import same
from tests.oracle.in_dong import in_dong
from tests.oracle.run import NOT_SUPPORTED, PASSED, main, run_case

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


@pytest.mark.parametrize(
    "odd",
    [
        {"kind": "loan", "input": None},
        {"kind": "loan", "input": {"currency": None}},
        {"kind": "loan", "input": {"currency": {"digits": "two"}}},
        {"kind": ["loan"], "function": ["pmt"], "input": []},
        {"kind": "fact", "input": {"loan": 3}},
        {"kind": "vector", "function": "late_fee", "input": {"digits": None, "base": True}},
        {},
    ],
)
def test_a_case_nobody_can_read_ends_no_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], odd: dict[str, Any]
) -> None:
    main([write(tmp_path, odd | {"expected": 1}, GOOD)])
    assert "vector number_to_words: 1 passed / 0 failed" in capsys.readouterr().out


@pytest.mark.parametrize(
    "source",
    [
        {"rate_frequency": "per_moon", "rate_percent": "1", "repay_unit": "weeks", "number_of_repayments": 2},
        {
            "disbursement_date": "2026-01-01",
            "number_of_repayments": 2,
            "repay_every": 1,
            "repay_unit": "moons",
        },
    ],
)
def test_an_option_of_a_fact_that_nobody_knows_is_not_supported(source: dict[str, Any]) -> None:
    assert run_case({"kind": "fact", "input": source, "expected": {}}).outcome == NOT_SUPPORTED


def test_vectors_of_money_run_in_dong_too() -> None:
    ceiled = {
        "kind": "vector",
        "function": "equal_instalment_ceil",
        "input": {
            "principal": "1000000",
            "annual_rate_percent": "23",
            "number_of_repayments": 6,
            "instalment_rounding": "ceil to 1",
        },
        "expected": "178025",
    }
    whole = in_dong(ceiled)
    assert whole is not None
    assert whole["expected"] == "17802500"
    assert whole["input"]["instalment_rounding"] == "ceil to 100"
    assert run_case(whole).outcome == PASSED
    bound = {"paid": 100.25, "expected": {"penalty_before_payment": "> 0"}}
    scaled = in_dong(
        {"kind": "vector", "function": "late_penalty_after_backdated_payment", "input": bound, "expected": {}}
    )
    assert scaled is not None
    assert (scaled["input"]["paid"], scaled["input"]["expected"]) == (
        "10025.00",
        {"penalty_before_payment": "> 0"},
    )
