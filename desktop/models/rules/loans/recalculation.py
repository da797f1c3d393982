"""Which replay recalculates interest: the progressive one, or the cumulative one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop.models.rules.loans.allocation import Allocation
from desktop.models.rules.loans.events import Event
from desktop.models.rules.loans.recalculation_cumulative import CumulativeReplay
from desktop.models.rules.loans.recalculation_progressive import ProgressiveReplay
from desktop.models.rules.loans.replay import Ledger
from desktop.models.rules.loans.schedule import build_rows
from desktop.models.rules.loans.terms import Builder, Terms


def recalculated(terms: Terms, events: Sequence[Event], rule: Allocation, as_of: date) -> Ledger:
    """Return lines and payments with interest on real balances, as of a day."""
    if terms.builder is Builder.PROGRESSIVE:
        return ProgressiveReplay(terms, build_rows(terms)).run(events, rule, as_of)
    return CumulativeReplay(terms, build_rows(terms)).run(events, rule, as_of)
