"""Timing and the table: medians of interleaved repetitions, so that a busy moment of the machine hits both sides."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table. Without a limit, `measured` itself is held against the goal; without a goal, it is for knowledge."""

    name: str
    measured: float
    limit: float | None
    goal: float | None
    unit: str = "ms"
    note: str = ""
    more_is_better: bool = False

    @property
    def ratio(self) -> float | None:
        """How many times the bare minimum we need (or, for rates, how many times faster the bare one is)."""
        if self.limit is None:
            return None
        return self.limit / self.measured if self.more_is_better else self.measured / self.limit

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None where there is none."""
        if self.goal is None:
            return None
        return (self.measured if self.ratio is None else self.ratio) <= self.goal

    def show(self) -> str:
        """Return the line as text."""
        limit = "–" if self.limit is None else f"{self.limit:,.2f}"
        ratio = f"{self.measured:,.2f}" if self.ratio is None else f"{self.ratio:.2f}×"
        goal, verdict = "", ""
        if self.goal is not None:
            goal = f"≤ {self.goal:g} {self.unit}" if self.ratio is None else f"≤ {self.goal:g}×"
            verdict = "met" if self.met else "MISSED"
        return (
            f"{self.name:<52} {self.measured:>11,.2f} {limit:>11} {self.unit:<8} {ratio:>8} {goal:>9}  {verdict:<6}"
            + (f"   {self.note}" if self.note else "")
        )


HEAD = f"{'':<52} {'measured':>11} {'limit':>11} {'unit':<8} {'ratio':>8} {'goal':>9}"


def timed(work: Callable[[], object]) -> float:
    """Return how long `work` takes, in milliseconds."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def worked() -> float:
    """Return the processor time of this process and of those it has waited for, in milliseconds."""
    return sum(os.times()[:4]) * 1000


def interleaved(times: int, *works: Callable[[], object], warm: int = 2) -> list[float]:
    """Return the median milliseconds of each work, all done in turn `times` times after some warm-up."""
    return [each.wall for each in interleaved_both(times, *works, warm=warm)]


@dataclass(frozen=True, slots=True)
class Took:
    """How long a work took, and how long a processor worked for it: on a shared machine they differ. Milliseconds."""

    wall: float
    processor: float


def interleaved_both(times: int, *works: Callable[[], object], warm: int = 2) -> list[Took]:
    """Return the same with the processor time, for works long enough for its steps of some milliseconds."""
    for _ in range(warm):
        for work in works:
            work()
    found: list[list[Took]] = [[] for _ in works]
    for _ in range(times):
        for place, work in enumerate(works):
            before = worked()
            found[place].append(Took(timed(work), worked() - before))
    return [
        Took(statistics.median(one.wall for one in each), statistics.median(one.processor for one in each))
        for each in found
    ]
