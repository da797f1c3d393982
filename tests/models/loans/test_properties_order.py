"""Whatever the order in which events are entered, the state of a loan is the same."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from desktop.models.rules.loans.events import Disbursement, Event, Undo
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
    again: list[Event] = [*lent, *recorded_anew(others)]
    shuffler.shuffle(again)
    second = loan_state(terms, again, rule, as_of)
    assert second.rows == first.rows
    assert second.overpaid == first.overpaid
    assert second.left == first.left
    assert second.written_off == first.written_off
    assert second.recovered == first.recovered


def recorded_anew(events: list[Event]) -> list[Event]:
    """Return events recorded in the order of the list, except that an undoing comes after what it undoes."""
    places = {event.seq: place for place, event in enumerate(events)}
    order = list(events)
    for event in events:
        if isinstance(event, Undo) and places[event.seq] < places[event.target]:
            here, there = places[event.seq], places[event.target]
            order[here], order[there] = order[there], order[here]
    seqs = {event.seq: seq for seq, event in enumerate(order, start=2)}
    return [
        replace(event, seq=seqs[event.seq], target=seqs[event.target])
        if isinstance(event, Undo)
        else replace(event, seq=seqs[event.seq])
        for event in order
    ]
