"""When a question is asked: conditions over earlier answers, as they stand in a form's file.

{"question": "q1", "in": [1, 2]}      {"question": "q2", "from": 3}     {"question": "q2", "to": 5}
{"question": "q3", "answered": true}  {"all": [...]}   {"any": [...]}   {"not": {...}}
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_TESTS = ("in", "from", "to", "answered")


def named_in(condition: object) -> set[str] | None:
    """Return the questions a condition names; None when it cannot be read."""
    if not isinstance(condition, Mapping):
        return None
    if set(condition) == {"not"}:
        return named_in(condition["not"])
    if set(condition) in ({"all"}, {"any"}):
        parts = next(iter(condition.values()))
        if not isinstance(parts, list) or not parts:
            return None
        found = [named_in(part) for part in parts]
        return None if None in found else set().union(*(one for one in found if one is not None))
    question = condition.get("question")
    tests = set(condition) - {"question"}
    if not isinstance(question, str) or len(tests) != 1 or not tests <= set(_TESTS):
        return None
    test = next(iter(tests))
    wanted = condition[test]
    fits = (
        isinstance(wanted, list)
        if test == "in"
        else isinstance(wanted, bool)
        if test == "answered"
        else isinstance(wanted, int) and not isinstance(wanted, bool)
    )
    return {question} if fits else None


def holds(condition: Mapping[str, Any], answers: Mapping[str, Any]) -> bool:
    """Tell whether a condition holds; a question without an answer fulfils none but `"answered": false`."""
    if "all" in condition:
        return all(holds(part, answers) for part in condition["all"])
    if "any" in condition:
        return any(holds(part, answers) for part in condition["any"])
    if "not" in condition:
        return not holds(condition["not"], answers)
    answer = answers.get(condition["question"])
    if "answered" in condition:
        return (answer is not None) is bool(condition["answered"])
    if answer is None:
        return False
    if "in" in condition:
        given = answer if isinstance(answer, list) else [answer]
        return any(type(one) is type(wanted) and one == wanted for one in given for wanted in condition["in"])
    if isinstance(answer, bool) or not isinstance(answer, int):
        return False
    return answer >= condition["from"] if "from" in condition else bool(answer <= condition["to"])
