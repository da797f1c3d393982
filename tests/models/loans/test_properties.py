"""What must hold of every schedule, whatever the product."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import assume, given

from desktop.models.rules.loans.events import Disbursement, Event
from desktop.models.rules.loans.schedule import BadSchedule, build_rows, faults_of, plan
from desktop.models.rules.loans.state import loan_state
from desktop.models.rules.loans.terms import Builder, Recalculation, Residual, Terms
from tests.models.loans import strategies as some
from tests.models.loans.properties import MANY, SOUND, UNHURRIED, recalculating

pytestmark = UNHURRIED


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


def test_before_disbursement_nothing_is_owed_to_anyone() -> None:
    terms = Terms(1_000_000, date(2026, 1, 5), 3, Fraction(1))
    state = loan_state(terms, [], some.allocation(), date(2026, 1, 5))
    assert not state.disbursed
    lent: list[Event] = [Disbursement(1, date(2026, 1, 5), 1_000_000)]
    assert loan_state(terms, lent, some.allocation(), date(2026, 1, 5)).principal_outstanding == 1_000_000
