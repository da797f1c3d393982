"""Figures of livelihoods and jobs by a characteristic of the people: the slices add up to the whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from desktop.models.rules.livelihoods.income import median
from desktop.services.livelihood_actors import real_of
from desktop.services.livelihood_cuts import Cut, Person, cut_key
from desktop.services.livelihood_figures import Figures


@dataclass(frozen=True, slots=True)
class Slice:
    """One category of a breakdown: how many rows it stands for, and its figure (None: nothing to say)."""

    key: str
    title: str
    count: int
    value: Fraction | None


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A figure by one characteristic; the slices' counts add up to the rows."""

    cut: Cut
    slices: tuple[Slice, ...]


def _whole(value: int | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def income_by(figures: Figures, cut: Cut) -> Breakdown:
    """Return the median real change of income (đồng a year) by a characteristic of the owner."""
    return _breakdown(
        cut,
        figures.priced,
        figures.owner,
        lambda rows: _whole(median([real_of(row) for row in rows])),
    )


def jobs_by(figures: Figures, cut: Cut) -> Breakdown:
    """Return the net FTE by a characteristic of who works; the slices add up to `Figures.net_fte`."""
    return _breakdown(
        cut,
        figures.counted_jobs,
        figures.worker,
        lambda rows: sum((row.change.net for row in rows), Fraction()),
    )


def _breakdown(
    cut: Cut,
    rows: Sequence[object],
    person: Callable[..., Person],
    figure: Callable[..., Fraction | None],
) -> Breakdown:
    """Sort rows into the categories of a characteristic; unknown is a category of its own, empty ones are left out."""
    held: dict[str, list[object]] = {}
    for row in rows:
        held.setdefault(cut_key(cut, person(row)), []).append(row)
    return Breakdown(
        cut,
        tuple(
            Slice(key, title, len(held[key]), figure(held[key]))
            for key, title in cut.categories()
            if key in held
        ),
    )
