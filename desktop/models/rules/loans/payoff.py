"""Paying a loan off: the quote is what the posting would use, because it asks the same replay."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from desktop.models.rules.loans.allocation import Allocation
from desktop.models.rules.loans.events import Event, Repayment
from desktop.models.rules.loans.state import Parts, loan_state
from desktop.models.rules.loans.terms import PrecloseInterest, Terms

_MORE_THAN_ANY_LOAN = 10**30


@dataclass(frozen=True, slots=True)
class Payoff:
    """What must be paid on a day so that nothing is owed any more."""

    on: date
    parts: Parts

    @property
    def amount(self) -> int:
        """Return the sum to be paid."""
        return self.parts.total


def payoff(
    terms: Terms,
    events: Iterable[Event],
    rule: Allocation,
    on: date,
    preclose: PrecloseInterest | None = None,
) -> Payoff:
    """Return the payoff on a day: the used part of a payment that is surely enough.

    When interest is recalculated it runs to that day, or to the end of the running period (`preclose`); a
    schedule that stands is paid off in full.
    """
    known = list(events)
    if preclose is not None and terms.recalculation is not None:
        terms = replace(terms, recalculation=replace(terms.recalculation, preclose=preclose))
    seq = max((event.seq for event in known), default=0) + 1
    last = max((event.on for event in known if isinstance(event, Repayment)), default=on)
    test = Repayment(seq, max(on, last), _MORE_THAN_ANY_LOAN)
    state = loan_state(terms, [*known, test], rule, on)
    split = next(split for split in state.splits if split.seq == seq)
    return Payoff(on, split.parts)
