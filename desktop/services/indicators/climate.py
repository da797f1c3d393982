"""Climate and shocks as indicators (KH01–KH06): the figures of `livelihood_figures.Figures`, asked of fewer people.

A loss counts for the head of the household that had it, help for who was helped (the member, or the group).
"""

from __future__ import annotations

from fractions import Fraction

from desktop.models.ids import MemberId
from desktop.services.indicators.facts import Facts, Value, ratio
from desktop.services.indicators.livelihoods import figures_of, owners, owners_of
from desktop.services.indicators.registry import Kind, Unit, indicator
from desktop.services.livelihood_actors import actor_helped


def _hit(facts: Facts) -> frozenset[MemberId]:
    figures = figures_of(facts)
    return frozenset(MemberId(figures.actor_hit(loss)) for event in figures.events for loss in event.losses)


def _recovered(facts: Facts) -> frozenset[MemberId]:
    figures = figures_of(facts)
    return frozenset(
        MemberId(figures.actor_hit(loss))
        for event in figures.events
        for loss in event.losses
        if loss.months is not None
    )


def _helped(facts: Facts) -> frozenset[MemberId]:
    return frozenset(
        MemberId(actor_helped(relief)) for event in figures_of(facts).events for relief in event.reliefs
    )


@indicator("KH01", Unit.PERCENT, Kind.RATE, behind=owners_of(lambda figures: figures.assessed))
def high_risk(facts: Facts) -> Value:
    """Return the activities of high climate risk, of those assessed."""
    figures = figures_of(facts)
    return ratio(len(figures.high_risk), len(figures.assessed), len(owners(figures.assessed)))


@indicator("KH02", Unit.PERCENT, Kind.RATE, behind=owners_of(lambda figures: figures.high_risk))
def adapting(facts: Facts) -> Value:
    """Return the activities of high risk in which a visit saw an adaptive practice."""
    rows = figures_of(facts).high_risk
    return ratio(sum(row.practised for row in rows), len(rows), len(owners(rows)))


@indicator("KH03", Unit.DONG, Kind.MEAN, behind=_hit)
def loss_per_home(facts: Facts) -> Value:
    """Return the loss of a household hit by an event; one hit by two events counts twice."""
    figures = figures_of(facts)
    loss = figures.loss_per_home
    homes = sum(event.row.households for event in figures.events)
    if loss is None:
        return ratio(0, 0)
    by_home: dict[int, int] = {}
    for event in figures.events:
        for line in (row.line for row in event.losses):
            by_home[line.household] = by_home.get(line.household, 0) + line.value
    total = sum(event.row.value for event in figures.events)
    return Value(Fraction(loss), total, homes, len(by_home), max(by_home.values()))


@indicator("KH04", Unit.MONTHS, Kind.MEAN, behind=_recovered)
def months_to_recover(facts: Facts) -> Value:
    """Return the median months from an event to nine tenths of the income before it, of losses recovered from."""
    return Value(figures_of(facts).months_to_recover, 0, None, len(_recovered(facts)))


@indicator("KH05", Unit.PERCENT, Kind.RATE, behind=_helped)
def helped_in_time(facts: Facts) -> Value:
    """Return the loans and grants after events that came within the days set."""
    return ratio(*figures_of(facts).helped, len(_helped(facts)))


@indicator(
    "KH06",
    Unit.PERCENT,
    Kind.RATE,
    behind=lambda facts: frozenset(MemberId(one) for one in figures_of(facts).asked),
)
def prepared(facts: Facts) -> Value:
    """Return the members whose household has looked at its plan for the next event within a year."""
    return ratio(*figures_of(facts).prepared)
