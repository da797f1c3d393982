"""Whatever happens to a loan, no money is lost or made."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.models.rules.loans.terms import Builder, Recalculation, Terms
from tests.models.loans import strategies as some
from tests.models.loans.properties import MANY, SOUND, UNHURRIED, played, recalculating, sound

pytestmark = UNHURRIED


@MANY
@given(st.data(), some.terms(SOUND))
def test_no_money_is_lost_or_made(data: st.DataObject, terms: Terms) -> None:
    events, _, state = played(data, terms)
    sound(state, terms, events)


@MANY
@given(st.data(), some.terms((Builder.STANDARD, Builder.PROGRESSIVE)), some.recalculations)
def test_no_money_is_lost_when_interest_is_recalculated(
    data: st.DataObject, terms: Terms, how: Recalculation | None
) -> None:
    terms = recalculating(terms, how)
    events, _, state = played(data, terms)
    sound(state, terms, events)
