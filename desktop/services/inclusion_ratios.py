"""How a category stands in a place: its share of members, officers and loans, beside its share of the people there.

One way to work them out for the report of inclusion and for the list of indicators (indicators.md 6.1, 6.2).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from desktop.models.ids import HouseholdId, MemberId
from desktop.models.rules.categories import Category
from desktop.models.rules.inclusion import (
    Missing,
    Ratio,
    composite,
    coverage,
    inclusion_index,
    leadership_parity,
    share_ratio,
)
from desktop.services.indicators.facts import Facts, Part
from desktop.services.population import Benchmark
from resources.indicators import limit


@dataclass(frozen=True)
class Standing:
    """One category among the members of a place, and the benchmark that it is held against."""

    facts: Facts
    base: Benchmark
    category: Category

    @cached_property
    def answers(self) -> Mapping[MemberId, bool | None]:
        """Return of each member whether they belong to the category; None where it is not known."""
        return {part.member: self.category.holds(part.traits) for part in self.facts.people.values()}

    @cached_property
    def mine(self) -> frozenset[MemberId]:
        """Return the members who belong to the category."""
        return frozenset(member for member, answer in self.answers.items() if answer)

    @property
    def known(self) -> int:
        """Return of how many members the answer is known."""
        return sum(answer is not None for answer in self.answers.values())

    @cached_property
    def officers(self) -> frozenset[MemberId]:
        """Return who leads a group."""
        return frozenset(part.member for part in self.facts.members if part.leads)

    @cached_property
    def reached(self) -> frozenset[HouseholdId]:
        """Return the households with a member of the category."""
        return frozenset(
            part.household
            for part in self.facts.members
            if part.household is not None and part.member in self.mine
        )

    @property
    def index(self) -> Ratio:
        """Return II_k, held against people of the same ages."""
        base, category = self.base, self.category
        age_from = base.ages.get(category)
        aged = [part for part in self.facts.people.values() if _aged(part, age_from)]
        found = inclusion_index(
            sum(part.member in self.mine for part in aged),
            sum(self.answers[part.member] is not None for part in aged),
            base.persons.get(category),
            base.persons.get(Category.ALL),
        )
        asked = self.known * 100 >= limit("washington.coverage") * len(self.facts.people)
        if found.missing is None and category is Category.DISABLED and not asked:
            found = _without(found, Missing.FEW_ANSWERS)
        if found.missing is None and base.ages.get(Category.ALL) != age_from:
            found = _without(found, Missing.UNLIKE)
        return found

    @property
    def cover(self) -> Ratio:
        """Return COV_k; of a category that is not counted by households only how many are reached."""
        if not self.category.by_household:
            return Ratio(None, len(self.reached))
        return coverage(len(self.reached), self.base.households.get(self.category))

    @property
    def parity(self) -> Ratio:
        """Return LP_k."""
        leading = len(self.officers & self.mine)
        return leadership_parity(leading, len(self.officers), len(self.mine), len(self.answers))

    @property
    def credit(self) -> Ratio:
        """Return the share of what was lent in the period over the share of members."""
        parts = self.facts.parts
        lent = sum(part.lent for part in parts if part.member in self.mine)
        return share_ratio(lent, sum(part.lent for part in parts), len(self.mine), len(self.answers))


def standings(facts: Facts, base: Benchmark) -> Iterable[Standing]:
    """Yield how each category but everybody stands."""
    return (Standing(facts, base, category) for category in Category if category is not Category.ALL)


def composite_of(facts: Facts, base: Benchmark) -> tuple[float | None, tuple[Ratio, ...]]:
    """Return the index of the whole commune, and the indices that it is made of."""
    used = tuple(one.index for one in standings(facts, base))
    used = tuple(index for index in used if index.value is not None)
    return composite(used), used


def _without(made: Ratio, missing: Missing) -> Ratio:
    return replace(made, value=None, low=None, high=None, missing=missing)


def _aged(part: Part, age_from: int | None) -> bool:
    return not age_from or part.traits.age is None or part.traits.age >= age_from
