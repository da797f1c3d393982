"""What must hold of every schedule and every history, whatever the product."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from desktop.models.rules.loans.allocation import Allocation
from desktop.models.rules.loans.events import Disbursement, Event, Repayment
from desktop.models.rules.loans.payoff import payoff
from desktop.models.rules.loans.schedule import BadSchedule, build_rows, faults_of, plan
from desktop.models.rules.loans.state import LoanState, loan_state
from desktop.models.rules.loans.terms import (
    Amortization,
    Builder,
    PrecloseInterest,
    Recalculation,
    Residual,
    Rest,
    Terms,
)
from tests.models.loans import strategies as some

SOUND = (Builder.STANDARD, Builder.PROGRESSIVE, Builder.PER_PERIOD)
# CI runs 2,000 of each, over 10,000 in all (LOAN_EXAMPLES=2000); at the desk a hundred of each are enough.
# With LOAN_EXPLORE set, `--hypothesis-seed=N` chooses other ones: the search for what nobody thought of.
MANY = settings(
    max_examples=int(os.environ.get("LOAN_EXAMPLES", "100")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],  # a busy machine is no defect of a loan
    derandomize="LOAN_EXPLORE" not in os.environ,
)


@MANY
@given(some.terms(SOUND))
def test_a_schedule_adds_up_and_has_no_negative_row(terms: Terms) -> None:
    rows = build_rows(terms)
    assert list(faults_of(rows, terms.principal, terms.disbursed_on)) == []
    assert rows[-1].balance == 0
    assert len(rows) == terms.number


@MANY
@given(some.terms((Builder.CASH,)))
def test_a_cash_schedule_adds_up_or_is_refused(terms: Terms) -> None:
    rows = build_rows(terms)
    assert sum(row.principal for row in rows) == terms.principal
    if list(faults_of(rows, terms.principal, terms.disbursed_on)):
        with pytest.raises(BadSchedule):
            plan(terms)
    else:
        assert plan(terms).principal == terms.principal


def recalculating(terms: Terms, how: Recalculation | None) -> Terms:
    """Return the terms with interest on real balances; the progressive way knows equal instalments only."""
    if terms.builder is Builder.PER_PERIOD:
        return terms
    if terms.builder is Builder.PROGRESSIVE:
        grace = replace(terms.grace, interest_payment=0)
        terms = replace(terms, amortization=Amortization.EQUAL_INSTALMENTS, grace=grace)
    return replace(terms, recalculation=how)


def _sound(state: LoanState, terms: Terms, events: list[Event]) -> None:
    paid_in = sum(event.amount for event in events if isinstance(event, Repayment))
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
    assert (
        sum(split.parts.total + split.overpaid for split in state.splits if not split.is_disbursement)
        == paid_in
    )


def _played(data: st.DataObject, terms: Terms) -> tuple[list[Event], Allocation, LoanState]:
    events, rule = data.draw(some.histories(terms)), data.draw(some.rules)
    return events, rule, loan_state(terms, events, rule, data.draw(some.days))


@MANY
@given(st.data(), some.terms(SOUND))
def test_no_money_is_lost_or_made(data: st.DataObject, terms: Terms) -> None:
    events, _, state = _played(data, terms)
    _sound(state, terms, events)


@MANY
@given(st.data(), some.terms((Builder.STANDARD, Builder.PROGRESSIVE)), some.recalculations)
def test_no_money_is_lost_when_interest_is_recalculated(
    data: st.DataObject, terms: Terms, how: Recalculation | None
) -> None:
    terms = recalculating(terms, how)
    events, _, state = _played(data, terms)
    _sound(state, terms, events)


@MANY
@given(some.terms((Builder.STANDARD, Builder.PROGRESSIVE)), some.recalculations)
def test_recalculation_leaves_a_plan_alone_that_nobody_has_paid(terms: Terms, how: Recalculation) -> None:
    terms = replace(recalculating(terms, how), residual=Residual.LAST)
    plan_of_it = build_rows(terms)
    assume(
        all(row.principal > 0 for row in plan_of_it[terms.grace.principal :])
    )  # not where interest eats it all
    lent: list[Event] = [Disbursement(1, terms.disbursed_on, terms.principal)]
    state = loan_state(terms, lent, some.allocation(), terms.disbursed_on)
    assert [(row.due_on, row.due.principal, row.due.interest) for row in state.rows] == [
        (row.due_on, row.principal, row.interest) for row in plan_of_it
    ]


@MANY
@given(st.data(), some.terms(SOUND), st.none() | some.recalculations, st.randoms())
def test_the_order_of_entry_does_not_matter(
    data: st.DataObject, terms: Terms, how: Recalculation | None, shuffler: random.Random
) -> None:
    terms = recalculating(terms, how)
    events, rule, as_of = data.draw(some.histories(terms)), data.draw(some.rules), data.draw(some.days)
    first = loan_state(terms, events, rule, as_of)
    others = [event for event in events if not isinstance(event, Disbursement)]
    lent = [event for event in events if isinstance(event, Disbursement)]
    shuffler.shuffle(others)
    again: list[Event] = [*lent, *(replace(event, seq=seq) for seq, event in enumerate(others, start=2))]
    shuffler.shuffle(again)
    second = loan_state(terms, again, rule, as_of)
    assert second.rows == first.rows
    assert second.overpaid == first.overpaid
    assert second.left == first.left


@MANY
@given(st.data(), some.terms(SOUND), st.none() | some.recalculations)
def test_a_quote_is_what_closes_the_loan(
    data: st.DataObject, terms: Terms, how: Recalculation | None
) -> None:
    terms = recalculating(terms, how)
    events, rule = data.draw(some.histories(terms)), data.draw(some.rules)
    on = max([event.on for event in events])
    assume(not any(isinstance(event, Repayment) and event.on == on for event in events))
    # Money paid too much before pays later charges by itself; then there is no least payoff.
    assume(loan_state(terms, events, rule, on).overpaid == 0)
    on += timedelta(days=data.draw(st.integers(0, 90)))
    quote = payoff(terms, events, rule, on)
    paid: list[Event] = [*events, Repayment(99, on, quote.amount)]
    later = on + timedelta(days=data.draw(st.integers(0, 400)))
    for day in (on, later):  # what was closed stays closed
        state = loan_state(terms, paid, rule, day)
        _sound(state, terms, paid)
        assert (state.outstanding, state.overpaid) == (0, 0)
    # With daily rest and interest due to the period's end, a little less would bear less interest: no minimum.
    odd = how is not None and how.rest is Rest.DAILY and how.preclose is PrecloseInterest.PERIOD_END
    if quote.amount and not odd:
        less: list[Event] = [*events, Repayment(99, on, quote.amount - 1)]
        assert loan_state(terms, less, rule, on).outstanding > 0


def test_before_disbursement_nothing_is_owed_to_anyone() -> None:
    terms = Terms(1_000_000, date(2026, 1, 5), 3, Fraction(1))
    state = loan_state(terms, [], some.allocation(), date(2026, 1, 5))
    assert not state.disbursed
    lent: list[Event] = [Disbursement(1, date(2026, 1, 5), 1_000_000)]
    assert loan_state(terms, lent, some.allocation(), date(2026, 1, 5)).principal_outstanding == 1_000_000
