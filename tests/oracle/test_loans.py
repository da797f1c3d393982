"""Every open case of the loan and finance files, named by its id: as its source wrote it, and in whole đồng."""

from __future__ import annotations

from typing import Any

import pytest

from tests.oracle.answerer import Case
from tests.oracle.in_dong import in_dong
from tests.oracle.open_cases import cases_of
from tests.oracle.run import PASSED, run_case

FILES = (
    "fineract_unit",
    "fineract_integration",
    "fineract_cumulative",
    "fineract_cumulative_recalculation",
    "fineract_progressive",
    "fineract_progressive_recalculation",
    "mifos_schedule",
    "mifos_daily",
    "opencbs_schedule",
    "opencbs_late_and_payoff",
    "opencbs_facts",
    "frappe",
    "apr",
    "finance_functions",
    "savings_and_rounding",
    "vsla",
    "wg_ss",
)


@pytest.mark.parametrize("case", cases_of(*FILES))
def test_as_written(case: Case) -> None:
    result = run_case(case)
    assert result.outcome == PASSED, result.why


@pytest.mark.parametrize("case", cases_of(*FILES))
def test_in_whole_dong(case: Case) -> None:
    whole: dict[str, Any] | None = in_dong(case)
    if whole is None:
        return  # no money in it, or whole amounts already: the test above is the test
    result = run_case(whole)
    assert result.outcome == PASSED, result.why


@pytest.mark.parametrize("case", cases_of(*FILES))
def test_the_answer_does_not_look_at_the_expected_figures(case: Case) -> None:
    """With every expected amount replaced by nonsense, the answer is the same."""
    asked = {**case, "expected": _nonsense(case["expected"])}
    assert run_case(asked).answer == run_case(case).answer


_QUESTIONS = {"after_transaction", "as_of", "interest_as_of", "preclose_interest", "nr"}


def _nonsense(value: Any) -> Any:
    if isinstance(value, list):
        return [_nonsense(item) for item in value]
    if isinstance(value, dict):
        return {key: item if key in _QUESTIONS else _nonsense(item) for key, item in value.items()}
    return "7.77" if isinstance(value, str) else value
