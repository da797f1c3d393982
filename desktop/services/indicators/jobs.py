"""Jobs as indicators (VL01–VL07, VL09): the figures of `livelihood_figures.Figures`, asked of fewer people.

A job counts for who holds it, member or not. Changes of FTE and of days are sums that may be below 0: for the rules of
release they are taken without their sign, FTE in hundredths.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from desktop.models.ids import MemberId
from desktop.models.livelihood_kinds import JobKind
from desktop.services.indicators.facts import Facts, Value, count, ratio
from desktop.services.indicators.livelihoods import figures_of, workers
from desktop.services.indicators.registry import Behind, Kind, Piece, Unit, in_pieces, indicator
from desktop.services.jobs import JobRow
from desktop.services.livelihood_actors import actor_at
from desktop.services.livelihood_figures import Figures
from resources.lang.messages import _


def _workers_of(pick: Callable[[Figures], Iterable[JobRow]]) -> Behind:
    return lambda facts: workers(pick(figures_of(facts)))


def _kind(kind: JobKind) -> Callable[[Figures], Iterable[JobRow]]:
    return lambda figures: figures.of_kind(kind)


def _summed(
    total: Fraction | int, jobs: Iterable[JobRow], part: Callable[[JobRow], Fraction | int], times: int
) -> Value:
    """Return a sum with the parts of it that people have: `times` units of it are 1."""
    by_worker: dict[int, Fraction] = {}
    for job in jobs:
        by_worker[actor_at(job)] = by_worker.get(actor_at(job), Fraction()) + part(job)
    parts = [abs(round(amount * times)) for amount in by_worker.values()]
    return Value(Fraction(total), sum(parts), None, len(parts), max(parts, default=0))


def _fte(figures: Figures, kind: JobKind, *, net: bool) -> Value:
    jobs = figures.of_kind(kind)

    def part(job: JobRow) -> Fraction:
        return job.change.net if net else job.fte

    return _summed(sum((part(job) for job in jobs), Fraction()), jobs, part, 100)


@indicator("VL01", Unit.FTE, Kind.SUM, behind=_workers_of(lambda figures: figures.counted_jobs))
def net_jobs(facts: Facts) -> Value:
    """Sum the FTE added since the baselines, less what was lost."""
    figures = figures_of(facts)
    return _summed(figures.net_fte, figures.counted_jobs, lambda job: job.change.net, 100)


def _counted(facts: Facts, kind: JobKind) -> Value:
    jobs = figures_of(facts).of_kind(kind)
    return count(len(jobs), len(workers(jobs)))


def _in_fte(facts: Facts, kind: JobKind, *, net: bool = False) -> Piece:
    value = _fte(figures_of(facts), kind, net=net)
    return Piece("fte", _("quy ra FTE"), value, Unit.FTE, Kind.SUM)


@indicator("VL02", Unit.JOBS, Kind.COUNT, behind=_workers_of(_kind(JobKind.NEW)))
def new_jobs(facts: Facts) -> Value:
    """Count the new jobs that may be reported; their FTE in its pieces."""
    return _counted(facts, JobKind.NEW)


@in_pieces("VL02")
def new_fte(facts: Facts) -> Iterable[Piece]:
    """Return the FTE of the new jobs."""
    return [_in_fte(facts, JobKind.NEW)]


@indicator("VL03", Unit.JOBS, Kind.COUNT, behind=_workers_of(_kind(JobKind.IMPROVED)))
def improved_jobs(facts: Facts) -> Value:
    """Count the improved jobs; the FTE that they gained in its pieces."""
    return _counted(facts, JobKind.IMPROVED)


@in_pieces("VL03")
def improved_fte(facts: Facts) -> Iterable[Piece]:
    """Return the FTE added to the improved jobs."""
    return [_in_fte(facts, JobKind.IMPROVED, net=True)]


@indicator("VL04", Unit.JOBS, Kind.COUNT, behind=_workers_of(_kind(JobKind.SUSTAINED)))
def sustained_jobs(facts: Facts) -> Value:
    """Count the jobs that were kept."""
    return _counted(facts, JobKind.SUSTAINED)


@in_pieces("VL04")
def sustained_fte(facts: Facts) -> Iterable[Piece]:
    """Return the FTE of the jobs that were kept."""
    return [_in_fte(facts, JobKind.SUSTAINED)]


@indicator("VL05", Unit.FTE, Kind.SUM, behind=_workers_of(lambda figures: figures.counted_jobs))
def attributed_jobs(facts: Facts) -> Value:
    """Sum the FTE added that is due to the support, by the owners' own answers; who was not asked counts for nothing."""
    figures = figures_of(facts)
    shares = figures.shares
    return _summed(
        figures.attributed_fte,
        figures.counted_jobs,
        lambda job: job.change.net * (shares.get(job.livelihood or 0) or Fraction()),
        100,
    )


@indicator("VL06", Unit.PERCENT, Kind.RATE, behind=_workers_of(_kind(JobKind.NEW)))
def youth_share(facts: Facts) -> Value:
    """Return the FTE of new jobs held by people of 16 to 30, of all FTE of new jobs."""
    figures = figures_of(facts)
    share, new = figures.youth_share, figures.of_kind(JobKind.NEW)
    every = workers(new)
    if share is None:
        return Value(None, 0, 0, len(every))
    young, _whole = figures.youth_fte
    held: frozenset[MemberId] = workers(figures.young_jobs)
    return Value(share, round(young * 100), None, len(every), smallest=_fewest(len(held), len(every)))


def _fewest(part: int, whole: int) -> int | None:
    """Return the smaller of a part and its rest that is anybody; None when nobody is in either."""
    return min((one for one in (part, whole - part) if one), default=None)


@indicator("VL07", Unit.PERCENT, Kind.RATE, behind=_workers_of(lambda figures: figures.screened))
def decent_share(facts: Facts) -> Value:
    """Return the decent jobs of those of which enough is known."""
    figures = figures_of(facts)
    return ratio(*figures.decent, len(workers(figures.screened)))


@indicator("VL09", Unit.WORK_DAYS, Kind.SUM, behind=_workers_of(lambda figures: figures.counted_jobs))
def days_added(facts: Facts) -> Value:
    """Sum the work days a year added since the baselines."""
    figures = figures_of(facts)
    return _summed(
        figures.days_added,
        figures.counted_jobs,
        lambda job: job.change.days_now - job.change.days_before,
        1,
    )
