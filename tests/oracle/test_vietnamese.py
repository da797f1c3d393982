"""The open cases on Vietnamese, one test each, named by its id."""

from __future__ import annotations

from typing import Any

import pytest

from tests.oracle.open_cases import cases_of
from tests.oracle.run import PASSED, run_case

FILES = ("vi_number_words", "vi_collation", "vi_ids", "vi_text")


@pytest.mark.parametrize("case", cases_of(*FILES))
def test_open_case(case: dict[str, Any]) -> None:
    result = run_case(case)
    assert result.outcome == PASSED, result.why
