"""Breakdowns as they may leave: inside the commune everything, outside small cells hidden so that none can be solved."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from desktop.models.livelihood_kinds import JobKind
from desktop.models.rules.livelihoods.income import median
from desktop.models.rules.suppression import (
    Cell,
    Counts,
    Release,
    least_count,
    protect,
    rate_may_show,
    sum_may_show,
)
from desktop.services.jobs import JobRow
from desktop.services.livelihood_actors import real_of
from desktop.services.livelihood_book import LivelihoodRow
from desktop.services.livelihood_cuts import Cut, cut_key
from desktop.services.livelihood_figures import Figures
from desktop.services.livelihood_indicators import NOTHING
from reports.job_report import CutLine, CutTable
from resources.lang.dong import show_decimal, show_number
from resources.lang.messages import _

HIDDEN = "…"


def cut_tables(figures: Figures, release: Release) -> tuple[CutTable, ...]:
    """Return a table for each characteristic that may be shown; its totals are those of the indicators."""
    return tuple(_table(figures, cut, release) for cut in figures.cuts())


def _table(figures: Figures, cut: Cut, release: Release) -> CutTable:
    incomes: dict[str, list[LivelihoodRow]] = {}
    for row in figures.priced:
        incomes.setdefault(cut_key(cut, figures.owner(row)), []).append(row)
    jobs: dict[str, list[JobRow]] = {}
    for job in figures.counted_jobs:
        jobs.setdefault(cut_key(cut, figures.worker(job)), []).append(job)
    keys = [(key, title) for key, title in cut.categories() if key in incomes or key in jobs]
    least = least_count(release, delicate=cut.delicate)
    gains = _hidden([_gain_counts(figures, incomes.get(key, [])) for key, _title in keys], least)
    kinds = _hidden([_kind_counts(jobs.get(key, [])) for key, _title in keys], least)
    fte_shown = all(
        (place, 2) not in kinds and _sum_shown(release, jobs.get(key, []))
        for place, (key, _title) in enumerate(keys)
        if jobs.get(key)
    )
    lines = [
        CutLine(
            title,
            HIDDEN if (place, 2) in gains else show_number(len(incomes.get(key, []))),
            _change(release, incomes.get(key, []), (place, 2) in gains),
            HIDDEN if (place, 2) in kinds else show_number(len(jobs.get(key, []))),
            show_decimal(_net(jobs.get(key, []))) if fte_shown else HIDDEN,
        )
        for place, (key, title) in enumerate(keys)
    ]
    last = len(keys)
    total = CutLine(
        _("Cộng"),
        HIDDEN if (last, 2) in gains else show_number(len(figures.priced)),
        _change(release, figures.priced, (last, 2) in gains),
        HIDDEN if (last, 2) in kinds else show_number(len(figures.counted_jobs)),
        show_decimal(figures.net_fte) if _sum_shown(release, figures.counted_jobs) else HIDDEN,
        total=True,
    )
    return CutTable(cut.shown_title(), (*lines, total))


def _gain_counts(figures: Figures, rows: Sequence[LivelihoodRow]) -> tuple[int, int]:
    gained = sum(figures.gains(row) for row in rows)
    return gained, len(rows) - gained


def _kind_counts(rows: Sequence[JobRow]) -> tuple[int, int]:
    new = sum(row.kind is JobKind.NEW for row in rows)
    return new, len(rows) - new


def _hidden(cells: list[tuple[int, int]], least: int) -> frozenset[Cell]:
    """Return the hidden cells of a table of two columns with its sums in the third."""
    return protect(Counts(tuple(cells)), least).cells if cells and least else frozenset()


def _net(rows: Sequence[JobRow]) -> Fraction:
    return sum((row.change.net for row in rows), Fraction())


def _sum_shown(release: Release, rows: Sequence[JobRow]) -> bool:
    parts = [abs(round(row.change.net * 100)) for row in rows]
    return sum_may_show(release, len(rows), max(parts, default=0), sum(parts))


def _change(release: Release, rows: Sequence[LivelihoodRow], hidden: bool) -> str:
    if not rows:
        return NOTHING
    if hidden or not rate_may_show(release, len(rows)):
        return HIDDEN
    middle = median([real_of(row) for row in rows])
    return NOTHING if middle is None else show_number(middle)
