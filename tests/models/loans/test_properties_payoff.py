"""Whatever happened to a loan, its quote is what closes it."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from desktop.models.rules.loans.events import Event, Repayment
from desktop.models.rules.loans.payoff import payoff
from desktop.models.rules.loans.state import loan_state
from desktop.models.rules.loans.terms import Builder, PrecloseInterest, Recalculation, Rest, Terms
from tests.models.loans import strategies as some
from tests.models.loans.properties import MANY, SOUND, UNHURRIED, recalculating, sound

pytestmark = UNHURRIED


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
        sound(state, terms, paid)
        assert (state.outstanding, state.overpaid) == (0, 0)
    # With interest due to the period's end a little less may bear less interest, so that there is no least sum:
    # by day, or in the progressive way, where money for later rows counts from its own day.
    odd = (
        how is not None
        and how.preclose is PrecloseInterest.PERIOD_END
        and (how.rest is Rest.DAILY or terms.builder is Builder.PROGRESSIVE)
    )
    if quote.amount and not odd:
        less: list[Event] = [*events, Repayment(99, on, quote.amount - 1)]
        assert loan_state(terms, less, rule, on).outstanding > 0
