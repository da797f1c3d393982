"""Indicators of replication: working models that run elsewhere without anything given by a project (BV08)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from sqlalchemy.orm import Session

from desktop.services.indicators.facts import Facts, Scope, Value
from desktop.services.indicators.loading import LOADERS
from desktop.services.indicators.registry import Kind, Unit, indicator
from desktop.services.replication import AdoptionRow, adoptions_in


@indicator("BV08", Unit.MODELS, Kind.COUNT, of_groups=True)
def models_replicated(facts: Facts) -> Value:
    """Count distinct models that run at places of these groups without project transfer; `n` is how many places."""
    rows = [
        row
        for row in facts.more.get("models", ())
        if isinstance(row, AdoptionRow) and row.replicated and row.group in facts.by_group
    ]
    models, places = {row.model_code for row in rows}, {row.group for row in rows}
    return Value(Fraction(len(models)), len(models), None, len(places))


def _load(session: Session, _scope: Scope, _starts: date, ends: date) -> Iterable[AdoptionRow]:
    return adoptions_in(session, ends)


LOADERS["models"] = _load
