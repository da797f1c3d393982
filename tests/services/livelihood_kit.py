"""A place for tests of livelihoods: a village with one activity whose owner lives in a household."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest

from desktop.models.ids import HouseholdId, LivelihoodId, MemberId
from desktop.models.livelihood_kinds import Evidence, Hazard, Wave
from desktop.models.problems import Refusal
from desktop.models.rules.livelihoods.climate import Risk
from desktop.models.rules.livelihoods.income import Figures
from desktop.services import households, livelihood_visits, livelihoods
from desktop.services.households import FoundHousehold
from desktop.services.livelihood_visits import Visit
from desktop.services.livelihoods import Activity, Owner
from desktop.store.book import Book
from tests.village import Village, an_act, settle

STARTED = date(2026, 2, 1)
TODAY = date(2027, 3, 1)
GOOD = Figures(revenue=40_000_000, costs=20_000_000, days=120, minutes=240, household=4)


@dataclass(frozen=True)
class Place:
    """A village with one activity, its owner living in a household."""

    book: Book
    village: Village
    home: HouseholdId
    key: LivelihoodId

    @property
    def owner(self) -> MemberId:
        return self.village.members[0]


def a_place(book: Book) -> Place:
    village = settle(book)
    home = households.found(book, FoundHousehold(), an_act()).value
    households.move(book, village.members[:2], home, an_act())
    households.appoint_head(book, home, village.members[0], an_act())
    key = livelihoods.register(book, activity(village.members[0]), an_act(date(2026, 1, 20))).value
    return Place(book, village, home, key)


def activity(member: MemberId, **more: object) -> Activity:
    made = Activity(Owner(member), "Nuôi vịt đẻ", "0146", started=STARTED, risks=(Risk(Hazard.SALT, 3, 2),))
    return replace(made, **more)  # type: ignore[arg-type]


def visit(place: Place, wave: Wave, day: date, revenue: int = 40_000_000, **more: object) -> None:
    figures = replace(GOOD, revenue=revenue)
    made = Visit(place.key, wave, day, "Cán bộ", figures, evidence=Evidence.VISIT_PHOTO, agreed=True)
    livelihood_visits.record(place.book, replace(made, **more), an_act(max(day, STARTED)))  # type: ignore[arg-type]


def codes(refused: pytest.ExceptionInfo[Refusal]) -> set[tuple[str, str]]:
    return {(one.field, one.code) for one in refused.value.problems}
