"""The list of measures. To add one, write a function over `BoardFacts` in a file named in `MODULES` and mark it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module

from desktop.services.board.gathering import BoardFacts
from desktop.services.board.values import Measure, Measured, Part

MODULES = ("desktop.services.board.published", "desktop.services.board.main")
"""Files with measures, in the order of the board."""

Compute = Callable[[BoardFacts], Measured]
_found: dict[str, Measure] = {}


def measure(
    key: str,
    part: Part,
    title: str,
    unit: str,
    definition: str,
    *,
    ours: bool = True,
    sensitive: bool = False,
) -> Callable[[Compute], Compute]:
    """Mark the function that gives the list behind a measure. Texts are Vietnamese, marked with N_."""

    def mark(compute: Compute) -> Compute:
        if key in _found:
            raise ValueError(f"two measures {key}")
        _found[key] = Measure(key, part, title, unit, definition, compute, ours, sensitive)
        return compute

    return mark


@cache
def measures() -> Mapping[str, Measure]:
    """Return every measure by its key, in the order of the board."""
    for module in MODULES:
        import_module(module)
    return dict(_found)
