"""Whatever the order in which events are entered, the state of a loan is the same."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from desktop.models.rules.loans.events import Disbursement, Event
from desktop.models.rules.loans.state import loan_state
from desktop.models.rules.loans.terms import Recalculation, Terms
from tests.models.loans import strategies as some
from tests.models.loans.properties import MANY, SOUND, UNHURRIED, recalculating

pytestmark = UNHURRIED


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
