"""Which replay recalculates interest: the progressive one, or the cumulative one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop.models.rules.loans.allocation import Allocation
from desktop.models.rules.loans.events import Event
from desktop.models.rules.loans.recalculation_cumulative import CumulativeReplay
from desktop.models.rules.loans.recalculation_progressive import ProgressiveReplay
from desktop.models.rules.loans.replay import Ledger, valid_events
from desktop.models.rules.loans.rescheduling import extra_factors, moved
from desktop.models.rules.loans.rows import Row
from desktop.models.rules.loans.terms import (
    Amortization,
    Builder,
    InterestMethod,
    Terms,
    UnsupportedTerms,
)


def recalculates(terms: Terms) -> bool:
    """Say whether interest follows the real balance: never with a flat rate, whose base never changes.

    A progressive loan without interest has nothing to recalculate: its rows are those of the plan.
    """
    if terms.builder is Builder.PROGRESSIVE and terms.rate_percent == 0:
        return False
    return terms.recalculation is not None and terms.method is InterestMethod.DECLINING


def recalculated(
    terms: Terms, planned: Sequence[Row], events: Sequence[Event], rule: Allocation, as_of: date
) -> Ledger:
    """Return lines and payments with interest on real balances, as of a day. Raises UnsupportedTerms.

    `planned` are the rows before any extension.
    """
    valid = valid_events(events)
    rows = moved(planned, valid, terms)
    if terms.builder is Builder.PROGRESSIVE:
        if terms.amortization is not Amortization.EQUAL_INSTALMENTS:
            raise UnsupportedTerms("progressive recalculation keeps one instalment: equal instalments only")
        if terms.grace.interest_payment:
            raise UnsupportedTerms("progressive recalculation: interest collected later")
        return ProgressiveReplay(terms, rows).run(events, rule, as_of)
    extra = extra_factors(planned, valid, terms)
    return CumulativeReplay(terms, rows, planned, extra).run(events, rule, as_of)
