"""The Washington Group Short Set: six answers, four cut-offs. The questions themselves are resource data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

DOMAINS = ("seeing", "hearing", "walking", "remembering", "self_care", "communicating")

NO_DIFFICULTY, SOME, A_LOT, CANNOT = 1, 2, 3, 4
REFUSED, DONT_KNOW = 7, 9


@dataclass(frozen=True, slots=True)
class Identifiers:
    """The four published cut-offs. `disability3` is the recommended one."""

    disability1: bool
    disability2: bool
    disability3: bool
    disability4: bool


class Finding(StrEnum):
    """How a person is counted: incomplete answers are never taken for "no"."""

    YES = "yes"
    NO = "no"
    INCOMPLETE = "incomplete"
    NOT_ASKED = "not_asked"


def valid_answers(answers: Mapping[str, int | None]) -> dict[str, int]:
    """Return the answers 1–4; refused (7), unknown (9) and none are missing."""
    found: dict[str, int] = {}
    for domain in DOMAINS:
        answer = answers.get(domain)
        if answer is not None and NO_DIFFICULTY <= answer <= CANNOT:
            found[domain] = answer
    return found


def identifiers(answers: Mapping[str, int | None]) -> Identifiers | None:
    """Return the four identifiers by the published syntax, or None if all six answers are missing."""
    values = list(valid_answers(answers).values())
    if not values:
        return None
    some, a_lot, cannot = values.count(SOME), values.count(A_LOT), values.count(CANNOT)
    return Identifiers(
        disability1=some + a_lot + cannot >= 1,
        disability2=some >= 2 or a_lot + cannot >= 1,
        disability3=a_lot + cannot >= 1,
        disability4=cannot >= 1,
    )


def finding(answers: Mapping[str, int | None]) -> Finding:
    """Return how the person is counted: stricter than the published syntax about missing answers."""
    values = valid_answers(answers)
    if any(answer >= A_LOT for answer in values.values()):
        return Finding.YES
    if len(values) == len(DOMAINS):
        return Finding.NO
    return Finding.INCOMPLETE if values else Finding.NOT_ASKED


def severity(answers: Mapping[str, int | None]) -> int | None:
    """Return the gravest answer, or None. The six answers are never added up: that is no measure."""
    return max(valid_answers(answers).values(), default=None)


def profile(answers: Mapping[str, int | None]) -> int:
    """Return a bit mask of the domains answered "a lot" or "cannot", seeing first."""
    values = valid_answers(answers)
    return sum(1 << i for i, domain in enumerate(DOMAINS) if values.get(domain, 0) >= A_LOT)


UPPER_BODY = ("raising", "fingers")
MOODS = ("anxiety", "depression")
DAILY, A_LOT_OF_IT = 1, 2
NEVER = 5


def enhanced_finding(answers: Mapping[str, int | None]) -> Finding:
    """Return how a person is counted by the Enhanced set (9 domains): a domain of the Short Set or of the upper body
    answered "a lot" or "cannot", or anxiety or depression daily and "a lot" (the highest of four levels).
    """
    short = finding(answers)
    upper = [answers.get(domain) for domain in UPPER_BODY]
    if short is Finding.YES or any(answer in (A_LOT, CANNOT) for answer in upper):
        return Finding.YES
    for mood in MOODS:
        if answers.get(f"{mood}_often") == DAILY and answers.get(f"{mood}_level") == A_LOT_OF_IT:
            return Finding.YES
    if short is Finding.NOT_ASKED and all(answer not in (1, 2) for answer in upper):
        return Finding.NOT_ASKED
    complete = short is Finding.NO and all(answer in (NO_DIFFICULTY, SOME) for answer in upper)
    return (
        Finding.NO if complete and all(_mood_known(answers, mood) for mood in MOODS) else Finding.INCOMPLETE
    )


def _mood_known(answers: Mapping[str, int | None], mood: str) -> bool:
    often = answers.get(f"{mood}_often")
    return often == NEVER or (often in (1, 2, 3, 4) and answers.get(f"{mood}_level") in (1, 2, 3))
