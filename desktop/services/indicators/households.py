"""Poverty of households (NG02, NG03, NG05) and consent (KN04): what the registers of inclusion say of the people of a place.

Figures of households are of those with a member in the group or commune; in a cell of a table, of the cell's people.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.inclusion_kinds import Purpose
from desktop.models.kinds import Poverty
from desktop.models.records.every import Deprivation, Household, HouseholdPoverty
from desktop.models.rules.deprivations import indicator_name
from desktop.services import assessments, consents
from desktop.services.indicators.facts import Facts, Scope, Value, count, ratio
from desktop.services.indicators.loading import LOADERS
from desktop.services.indicators.registry import Kind, Piece, Unit, in_pieces, indicator

SCORECARD = "ppi-vnm-2021"
"""The id that `resources/forms/ppi-vietnam-2021.json` gives itself (its file is named otherwise)."""
LINE = "bottom20"
"""The line whose likelihood NG05 averages: the fifth of households with the fewest assets (p20)."""
_POOR = (Poverty.POOR, Poverty.NEAR_POOR)


@dataclass(frozen=True, slots=True)
class HomeRecord:
    """What is on record of a household for the year of a period: `likely` is its likelihood by the scorecard."""

    household: int
    before: Poverty = Poverty.UNKNOWN
    now: Poverty = Poverty.UNKNOWN
    same_standard: bool = False
    asked: int = 0
    deprived: int = 0
    lacking: frozenset[tuple[str, str]] = frozenset()
    """What it lacks, as (standard, indicator)."""
    likely: Fraction | None = None


def _homes(session: Session, _scope: Scope, _starts: date, ends: date) -> Iterable[HomeRecord]:
    years: dict[int, dict[int, HouseholdPoverty]] = {}
    query = (
        select(HouseholdPoverty)
        .where(HouseholdPoverty.year.in_((ends.year, ends.year - 1)))
        .order_by(HouseholdPoverty.id)
    )
    for row in session.scalars(query):
        years.setdefault(row.household_id, {})[row.year] = row
    lacks: dict[int, list[bool]] = {}
    which: dict[int, set[tuple[str, str]]] = {}
    rows = select(Deprivation.poverty_id, Deprivation.standard, Deprivation.indicator, Deprivation.deprived)
    for poverty_id, standard, code, deprived in session.execute(rows):
        lacks.setdefault(poverty_id, []).append(deprived)
        if deprived:
            which.setdefault(poverty_id, set()).add((standard, code))
    scored = assessments.latest_in(session, (SCORECARD,), ends)
    for key, uid in session.execute(select(Household.id, Household.uid)):
        mine = years.get(key, {})
        before, now = mine.get(ends.year - 1), mine.get(ends.year)
        latest = now or before
        answers = lacks.get(latest.id, []) if latest is not None and latest.status in _POOR else []
        score = scored.get(uid)
        likely = None if score is None else score.results.get(LINE)
        if before is None and now is None and likely is None:
            continue
        yield HomeRecord(
            key,
            Poverty.UNKNOWN if before is None else before.status,
            Poverty.UNKNOWN if now is None else now.status,
            before is not None and now is not None and before.standard == now.standard,
            len(answers),
            sum(answers),
            frozenset(which.get(latest.id, ())) if latest is not None and answers else frozenset(),
            None if likely is None else Fraction(likely),
        )


def _agreeing(session: Session, _scope: Scope, _starts: date, _ends: date) -> Iterable[int]:
    return consents.agreeing_in(session, Purpose.MEMBERSHIP)


LOADERS["homes"] = _homes
LOADERS["consenting"] = _agreeing


def _of(facts: Facts) -> list[HomeRecord]:
    mine = {part.household for part in facts.people.values()}
    return [home for home in facts.more.get("homes", ()) if home.household in mine]


@indicator("NG02", Unit.HOUSEHOLDS, Kind.COUNT)
def left_poverty(facts: Facts) -> Value:
    """Count households that were poor or near poor last year and are no longer this year, by the same standard."""
    return count(
        sum(
            home.same_standard and home.before in _POOR and home.now not in (*_POOR, Poverty.UNKNOWN)
            for home in _of(facts)
        )
    )


@indicator("NG03", Unit.DIMENSIONS, Kind.MEAN)
def deprivations(facts: Facts) -> Value:
    """Return how many things a poor or near-poor household lacks, of those whose form is recorded."""
    homes = [home for home in _of(facts) if home.asked]
    return ratio(sum(home.deprived for home in homes), len(homes))


@indicator("NG04", Unit.PERCENT, Kind.RATE)
def deprived(facts: Facts) -> Value:
    """Return the poor and near-poor households with a form that lack anything; by indicator in its pieces."""
    homes = [home for home in _of(facts) if home.asked]
    return ratio(sum(bool(home.lacking) for home in homes), len(homes))


@in_pieces("NG04")
def by_deprivation(facts: Facts) -> Iterable[Piece]:
    """Return how many of these households lack each thing, the commonest first; nothing that none of them lacks."""
    homes = [home for home in _of(facts) if home.asked]
    found: dict[str, int] = {}
    names: dict[str, str] = {}
    for home in homes:
        for standard, code in home.lacking:
            found[code] = found.get(code, 0) + 1
            names[code] = indicator_name(standard, code)
    for code, lacking in sorted(found.items(), key=lambda one: (-one[1], one[0])):
        yield Piece(code, names[code], ratio(lacking, len(homes)))


@indicator("NG05", Unit.PERCENT, Kind.MEAN)
def likely_poor(facts: Facts) -> Value:
    """Return the mean likelihood of the households asked; never the likelihood of their mean score."""
    likely = [home.likely for home in _of(facts) if home.likely is not None]
    if not likely:
        return Value(None, 0, 0, 0)
    return Value(
        sum(likely, Fraction()) / len(likely), round(sum(likely, Fraction())), len(likely), len(likely)
    )


@indicator("KN04", Unit.PERCENT, Kind.RATE)
def consenting(facts: Facts) -> Value:
    """Return the members whose consent to keep their data as members holds."""
    agreed = frozenset(facts.more.get("consenting", ()))
    return ratio(sum(member in agreed for member in facts.people), len(facts.people))
