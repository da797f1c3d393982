"""What the property tests of loans share: how many examples, and what must hold of every state.

The properties stand in several files, so that several processes share them.
"""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from desktop.models.rules.loans.allocation import Allocation
from desktop.models.rules.loans.events import Event, Repayment, WriteOff
from desktop.models.rules.loans.replay import valid_events
from desktop.models.rules.loans.state import LoanState, Split, loan_state
from desktop.models.rules.loans.terms import Amortization, Builder, Recalculation, Terms
from tests.models.loans import strategies as some

SOUND = (Builder.STANDARD, Builder.PROGRESSIVE, Builder.PER_PERIOD)
# CI runs 2,000 of each, over 10,000 in all (LOAN_EXAMPLES=2000); at the desk a hundred of each are enough.
# With LOAN_EXPLORE set, `--hypothesis-seed=N` chooses other ones: the search for what nobody thought of.
UNHURRIED = pytest.mark.timeout(
    1800
)  # seconds: thousands of examples on a loaded machine take what they take
MANY = settings(
    max_examples=int(os.environ.get("LOAN_EXAMPLES", "100")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],  # a busy machine is no defect of a loan
    derandomize="LOAN_EXPLORE" not in os.environ,
)


def recalculating(terms: Terms, how: Recalculation | None) -> Terms:
    """Return the terms with interest on real balances; the progressive way knows equal instalments only."""
    if terms.builder is Builder.PER_PERIOD:
        return terms
    if terms.builder is Builder.PROGRESSIVE:
        grace = replace(terms.grace, interest_payment=0)
        terms = replace(terms, amortization=Amortization.EQUAL_INSTALMENTS, grace=grace)
    return replace(terms, recalculation=how)


def sound(state: LoanState, terms: Terms, events: list[Event]) -> None:
    """Assert that nothing is negative, nothing paid beyond what is due, no money lost or made."""
    paid_in = sum(event.amount for event in valid_events(events) if isinstance(event, Repayment))
    for row in state.rows:
        for due, paid, waived in (
            (row.due.principal, row.paid.principal, row.waived.principal),
            (row.due.interest, row.paid.interest, row.waived.interest),
            (row.due.fees, row.paid.fees, row.waived.fees),
            (row.due.penalties, row.paid.penalties, row.waived.penalties),
        ):
            assert min(due, paid, waived) >= 0
            assert paid + waived <= due
        assert row.paid_in_advance + row.paid_late <= row.paid.total
        assert (row.paid_on is not None) <= (row.outstanding == 0)
    assert sum(row.paid.total for row in state.rows) + state.overpaid == paid_in
    assert sum(row.due.principal for row in state.rows) == terms.principal
    stand = [split for split in state.splits if not split.is_disbursement and not split.reverted]
    assert sum(split.parts.total + split.overpaid for split in stand) == paid_in
    given_up(state, events, stand)


def given_up(state: LoanState, events: list[Event], stand: list[Split]) -> None:
    """Assert that what comes back after a write-off is what was paid since, and never more than was given up."""
    off = next((event.on for event in valid_events(events) if isinstance(event, WriteOff)), None)
    assert (off is None) == (state.written_off is None)
    if off is None or state.written_off is None:
        assert state.recovered == 0
        return
    assert state.recovered == sum(split.parts.total for split in stand if split.on > off)
    assert 0 <= state.recovered <= state.written_off.total


def played(data: st.DataObject, terms: Terms) -> tuple[list[Event], Allocation, LoanState]:
    """Draw a history, a rule and a day; return them with the state."""
    events, rule = data.draw(some.histories(terms)), data.draw(some.rules)
    return events, rule, loan_state(terms, events, rule, data.draw(some.days))
