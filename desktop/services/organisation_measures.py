"""What NMA-V itself promises to count of livelihoods and jobs, beside the indicators of the programme."""

from __future__ import annotations

from desktop.models.kinds import Sex
from desktop.models.livelihood_kinds import Decider, JobKind, Wave
from desktop.models.rules.washington import Finding
from desktop.services.jobs import JobRow
from desktop.services.livelihood_actors import paid_more, real_of
from desktop.services.livelihood_figures import Figures


def disabled_at_work(figures: Figures) -> tuple[int, int] | None:
    """Count people with disabilities (WG) who got a job or a better one, and of them who earn more
    than before: by their placement, or by the pay of their job. None while nobody's answer is known.
    """
    people = [person for person in figures.people.values() if person.disability in (Finding.YES, Finding.NO)]
    if not people:
        return None
    got = (JobKind.NEW, JobKind.IMPROVED)
    mine: dict[int, list[JobRow]] = {}
    for row in figures.jobs:
        if row.member is not None and row.kind in got and figures.worker(row).disability is Finding.YES:
            mine.setdefault(row.member, []).append(row)
    placed = {row.member for row in figures.placements if row.improved}
    more = [
        member for member, rows in mine.items() if member in placed or any(paid_more(row) for row in rows)
    ]
    return len(mine), len(more)


def smart_borrowers(figures: Figures) -> int:
    """Count people whose loans pay for a climate-smart activity."""
    return len(
        {row.owner.person for row in figures.livelihoods if row.loans and row.smart and row.owner.person}
    )


def stable(figures: Figures) -> tuple[int, int]:
    """Count owners whose activity runs at 12 months and earns in real terms at least what it did
    before [ours], of how many with both visits.
    """
    held = [
        row
        for row in figures.priced
        if real_of(row) >= 0 and any(visit.wave is Wave.M12 and visit.operating for visit in row.visits)
    ]
    return len(held), len(figures.priced)


def trained_young_women(figures: Figures) -> tuple[int, int]:
    """Count climate-smart businesses of trained women of 16 to 30 with a profit after 6 or 12 months, of
    how many of them visited then. The course was completed by the day of the visit; the latest visit tells.
    """
    profit = seen = 0
    for row in figures.livelihoods:
        owner, day = figures.person(row.owner.person), figures.trained.get(row.owner.person or 0)
        young = owner.sex is Sex.FEMALE and owner.age is not None and 16 <= owner.age <= 30
        visits = [
            visit
            for visit in row.visits
            if visit.wave in (Wave.M6, Wave.M12) and day is not None and day <= visit.day
        ]
        if row.smart and young and visits:
            seen += 1
            profit += visits[-1].operating and visits[-1].net > 0
    return profit, seen


def trained_men(figures: Figures) -> tuple[int, int]:
    """Count trained men who decide together with their wives, of how many who were asked."""
    asked: dict[int, set[Decider]] = {}
    for row in figures.livelihoods:
        key, decider = row.owner.person or 0, figures.deciders.get(row.id, Decider.UNKNOWN)
        if key in figures.trained and figures.person(key).sex is Sex.MALE and decider is not Decider.UNKNOWN:
            asked.setdefault(key, set()).add(decider)
    return sum(Decider.JOINT in answers for answers in asked.values()), len(asked)
