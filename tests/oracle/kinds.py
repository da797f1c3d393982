"""Everything the harness can answer: to add a kind, write its answerer and name its list here."""

from __future__ import annotations

from tests.oracle import facts, finance, groups, lending, loans, vietnamese
from tests.oracle.answerer import Answerer, Case

ANSWERERS: list[Answerer] = [
    *vietnamese.ANSWERERS,
    *finance.ANSWERERS,
    *groups.ANSWERERS,
    *lending.ANSWERERS,
    *loans.ANSWERERS,
    *facts.ANSWERERS,
]


def answerer_of(case: Case) -> Answerer | None:
    """Return the first answerer that takes the case, or None."""
    return next((answerer for answerer in ANSWERERS if answerer.takes(case)), None)
