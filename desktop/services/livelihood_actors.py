"""Who stands for a job or for help after an event, and the income of an activity: what figures of people are counted by."""

from __future__ import annotations

from datetime import date
from hashlib import blake2b

from desktop.services.jobs import JobRow
from desktop.services.livelihood_book import LivelihoodRow
from desktop.services.livelihood_owners import STRANGERS
from desktop.services.shock_book import ReliefRow


def actor_at(job: JobRow) -> int:
    """Return who holds a job: the member, or a number below 0 for somebody who is in no register."""
    if job.member is not None:
        return job.member
    return -STRANGERS - int.from_bytes(blake2b(job.change.job.person.encode(), digest_size=6).digest())


def actor_helped(relief: ReliefRow) -> int:
    """Return who was helped after an event: the member, or the number of the group that was."""
    return -relief.group if relief.member is None else relief.member


def real_of(row: LivelihoodRow) -> int:
    """Return the real change of an activity whose change is known."""
    assert row.income is not None
    assert row.income.real is not None
    return row.income.real


def paid_more(row: JobRow) -> bool:
    """Tell whether a job pays more now than when it was first written down."""
    terms = sorted(row.change.job.terms, key=lambda term: term.since)
    return len(terms) > 1 and terms[-1].pay > terms[0].pay


def age_in(row: JobRow, day: date, least: int, most: int) -> bool:
    """Tell whether who holds a job is between two ages, both included, in the year of a day."""
    return row.birth_year is not None and least <= day.year - row.birth_year <= most
