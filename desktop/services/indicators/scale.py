"""How many people the support of livelihoods reached (SK02), since the book began."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from desktop.models.ids import MemberId
from desktop.services.indicators.facts import Facts, Scope, Value, count
from desktop.services.indicators.loading import LOADERS
from desktop.services.indicators.registry import Kind, Unit, indicator
from desktop.services.supported_people import supported_in


def _supported(session: Session, scope: Scope, _starts: date, ends: date) -> Iterable[MemberId]:
    return sorted(supported_in(session, ends, scope.group))


LOADERS["supported"] = _supported


@indicator("SK02", Unit.PEOPLE, Kind.COUNT)
def supported(facts: Facts) -> Value:
    """Count the persons supported by the end of the period: a hand-over, a loan for an activity, or a course."""
    return count(len(facts.everybody & set(facts.more.get("supported", ()))))
