"""What one kind of case needs: who takes it, how it is answered, when an answer matches."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Case = Mapping[str, Any]
_NUMBER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")


class NotSupported(Exception):
    """The case asks for something the program does not do (yet); it is counted apart, never passed over."""


def same(answer: object, expected: object, case: Case) -> bool:
    """Say whether an answer is the expected one.

    Texts and whole numbers must be equal; numbers and numeric texts are compared as decimals, within the
    case's absolute `tolerance` if it has one; lists and objects member by member, with the same members.
    """
    return _same(answer, expected, Decimal(str(case.get("tolerance") or 0)))


def _same(answer: object, expected: object, tolerance: Decimal) -> bool:
    if isinstance(expected, dict):
        return (
            isinstance(answer, dict)
            and answer.keys() == expected.keys()
            and all(_same(answer[key], value, tolerance) for key, value in expected.items())
        )
    if isinstance(expected, list):
        return (
            isinstance(answer, list | tuple)
            and len(answer) == len(expected)
            and all(_same(a, e, tolerance) for a, e in zip(answer, expected, strict=True))
        )
    left, right = _number(answer), _number(expected)
    if left is not None and right is not None:
        return abs(left - right) <= tolerance
    return type(answer) is type(expected) and answer == expected


def _number(value: object) -> Decimal | None:
    """Return the number that `value` is or spells; codes such as "007" are texts."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | Decimal):
        return Decimal(value)
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return Decimal(value)
    return None


@dataclass(frozen=True, slots=True)
class Answerer:
    """One way to answer cases. `answer` may raise NotSupported; its result has the shape of `expected`."""

    name: str
    takes: Callable[[Case], bool]
    answer: Callable[[Case], object]
    matches: Callable[[object, Any, Case], bool] = same


def vector(function: str, answer: Callable[[Any], object]) -> Answerer:
    """Return the answerer of a named function of the `vector` kind; `answer` gets the case."""

    def takes(case: Case) -> bool:
        return case.get("kind") == "vector" and case.get("function") == function

    return Answerer(function, takes, answer)
