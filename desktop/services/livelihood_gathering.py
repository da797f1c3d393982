"""Reading the figures of livelihoods of a day: of a group, of some groups or of the whole book, for a reader."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from datetime import date
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId
from desktop.models.inclusion_kinds import Purpose
from desktop.models.livelihood_kinds import Contribution, Wave
from desktop.models.records.every import Livelihood
from desktop.models.rules.livelihoods.jobs import attribution
from desktop.models.rules.suppression import Release
from desktop.services import consents
from desktop.services.jobs import JobFilter, listed_in
from desktop.services.livelihood_book import LivelihoodFilter, LivelihoodRow, rows_in, with_income
from desktop.services.livelihood_cuts import people_in
from desktop.services.livelihood_figures import Figures
from desktop.services.livelihood_money import invested_in, plan_days_in
from desktop.services.livelihood_owners import Owned, owners_of
from desktop.services.livelihood_standards import prices_in, standards_in
from desktop.services.livelihoods import risks_from
from desktop.services.placements import placements_in
from desktop.services.shock_book import details_in, prepared_in
from desktop.services.supported_people import supported_in
from desktop.services.training import completed
from desktop.store.book import Book


def figures(
    book: Book,
    day: date,
    group: GroupId | None = None,
    *,
    sensitive: bool = True,
    release: Release = Release.COMMUNE,
) -> Figures:
    """Return the figures of a day, of a group or of the whole book; without `sensitive` nothing of disability.

    For readers outside the commune they are of those who agreed to it.
    """
    with book.read() as session:
        agreed = None if release is Release.COMMUNE else consents.agreeing_in(session, Purpose.STATISTICS)
        return figures_in(session, day, group, sensitive=sensitive, agreed=agreed)


def figures_in(
    session: Session,
    day: date,
    group: GroupId | None = None,
    *,
    sensitive: bool = True,
    agreed: frozenset[int] | None = None,
    groups: frozenset[GroupId] | None = None,
) -> Figures:
    """Return the figures of a day inside an open session, of a group, of some groups or of all; with `agreed` only those
    of these people, and of no one by name (groups, workers who are no members)."""
    groups = groups if group is None else frozenset((group,))
    standards, prices = standards_in(session, day), prices_in(session)
    rows = rows_in(session, LivelihoodFilter(), day)
    jobs = listed_in(session, JobFilter(), day)
    if groups is not None:
        rows = [row for row in rows if not groups.isdisjoint(row.owner.groups)]
        inside = {row.id for row in rows}
        jobs = [job for job in jobs if job.livelihood in inside]
    rows = [row for row in rows if row.started is None or row.started <= day]
    incomes = [with_income(row, prices, Wave.M12) for row in rows]
    owners = {row.owner.person for row in rows} | {job.member for job in jobs}
    persons = {person for person in owners if person is not None}
    ready, asked = prepared_in(session, day, groups)
    events = tuple(details_in(session, day, groups=groups))
    homes = {loss.line.household for event in events for loss in event.losses}
    keys = frozenset(row.id for row in rows)
    written = session.execute(select(Livelihood.id, Livelihood.decider, Livelihood.risks)).all()
    found = Figures(
        day=day,
        group=group,
        standards=standards,
        livelihoods=tuple(rows),
        jobs=tuple(jobs),
        incomes=tuple(row for row in incomes if row.income is not None),
        placements=tuple(placements_in(session, day)),
        events=events,
        homes=owners_of(session, [Owned(home, household_id=home) for home in sorted(homes)]),
        ready=ready,
        asked=asked,
        plan_days=plan_days_in(session, keys, day),
        money=invested_in(session, keys),
        hazards={row.id: {one.hazard.value: one.score for one in risks_from(row.risks)} for row in written},
        people=people_in(session, persons, day, sensitive=sensitive),
        shares={row.id: _share(row) for row in rows},
        sections={row.id: row.section_key for row in rows},
        restricted=not sensitive,
        supported=frozenset(supported_in(session, day, rows, groups)),
        trained={
            member: min(done.values())
            for member, done in completed(session, {row.owner.person or 0 for row in rows}, None, day).items()
        },
        deciders={row.id: row.decider for row in written},
    )
    if agreed is None:
        return found
    return replace(found.only(_Agreed(agreed)), left_out=len(persons - agreed))


class _Agreed(Container[int]):
    """Who may stand in figures that leave the commune: those who agreed, and those who are no person of the register."""

    def __init__(self, agreed: frozenset[int]) -> None:
        self._agreed = agreed

    def __contains__(self, key: object) -> bool:
        return key in self._agreed or (isinstance(key, int) and key < 0)


def _share(row: LivelihoodRow) -> Fraction | None:
    """Return the attribution of an activity by the latest visit that asked."""
    for visit in reversed(row.visits):
        found = attribution(visit.contribution, visit.displaces)
        if visit.contribution is not Contribution.UNASKED or visit.displaces:
            return found
    return None
