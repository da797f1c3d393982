"""Groups and members (NH…): how many, how steady, who comes, who leads."""

from __future__ import annotations

from datetime import timedelta

from desktop.services.indicators.facts import Facts, GroupFacts, Value, count, ratio
from desktop.services.indicators.registry import Kind, Unit, indicator

ACTIVE_FOR = timedelta(days=60)
SURVIVAL_MONTHS = 24


@indicator("NH01", Unit.GROUPS, Kind.COUNT, of_groups=True)
def active_groups(facts: Facts) -> Value:
    """Count groups that met within the last 60 days and are not closed."""
    return count(len(active_groups_of(facts)))


def active_groups_of(facts: Facts) -> list[GroupFacts]:
    """Return the groups that met within the last 60 days and are not closed."""
    since = facts.ends - ACTIVE_FOR
    return [
        group
        for group in facts.groups
        if (group.closed is None or group.closed > facts.ends)
        and group.last_meeting is not None
        and group.last_meeting >= since
    ]


@indicator("NH02", Unit.PEOPLE, Kind.COUNT)
def members(facts: Facts) -> Value:
    """Count distinct members at the end of the period."""
    return count(len(facts.people))


@indicator("NH03", Unit.PERCENT, Kind.RATE)
def women(facts: Facts) -> Value:
    """Return the share of women among members."""
    people = facts.people.values()
    return ratio(sum(part.traits.sex == "F" for part in people), len(people))


@indicator("NH04", Unit.PERCENT, Kind.RATE)
def growth(facts: Facts) -> Value:
    """Return by how much memberships have grown over the period."""
    before = sum(part.member_on(facts.starts - timedelta(days=1)) for part in facts.parts)
    return ratio(len(facts.members) - before, before)


@indicator("NH05", Unit.PERCENT, Kind.RATE)
def dropout(facts: Facts) -> Value:
    """Return who left (not by death or moving away) among those who were there or joined."""
    before = facts.starts - timedelta(days=1)
    there = [part for part in facts.parts if part.member_on(before) or part.joined >= facts.starts]
    left = [
        part
        for part in there
        if part.left is not None and facts.starts <= part.left <= facts.ends and part.counts_as_dropout
    ]
    return ratio(len(left), len(there))


@indicator("NH08", Unit.PERCENT, Kind.RATE)
def attendance(facts: Facts) -> Value:
    """Return how often members came, late or not, of the times they were called."""
    called = sum(part.called for part in facts.parts)
    return ratio(
        sum(part.attended for part in facts.parts), called, sum(1 for part in facts.parts if part.called)
    )


@indicator("NH09", Unit.PERCENT, Kind.RATE)
def represented(facts: Facts) -> Value:
    """Return how often somebody came for a member, of the times members were called."""
    called = sum(part.called for part in facts.parts)
    return ratio(
        sum(part.represented for part in facts.parts), called, sum(1 for part in facts.parts if part.called)
    )


@indicator("NH10", Unit.PERCENT, Kind.RATE, of_groups=True)
def with_quorum(facts: Facts) -> Value:
    """Return the share of held meetings that had their quorum."""
    return ratio(sum(group.with_quorum for group in facts.groups), sum(group.held for group in facts.groups))


@indicator("NH12", Unit.PERCENT, Kind.RATE)
def women_leading(facts: Facts) -> Value:
    """Return the share of leading offices (chair, secretary, treasurer) that women hold."""
    held = [part for part in facts.members if part.leads]
    return ratio(sum(part.traits.sex == "F" for part in held), len(held))


@indicator("NH16", Unit.PERCENT, Kind.RATE, of_groups=True)
def survival(facts: Facts) -> Value:
    """Return the share of groups founded at least 24 months before that are not closed."""
    before = facts.ends.year * 12 + facts.ends.month - SURVIVAL_MONTHS
    old = [
        group
        for group in facts.groups
        if group.founded is not None and group.founded.year * 12 + group.founded.month <= before
    ]
    alive = sum(1 for group in old if group.closed is None or group.closed > facts.ends)
    return ratio(alive, len(old))
