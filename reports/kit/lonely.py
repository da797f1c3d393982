"""Signatures are never alone on a page: a signed page without a word of what is signed proves nothing.

A paper is laid out as usual. Where its signatures came to stand alone, it is laid out once more, and the page before
ends a few lines earlier, so that these go over to the signatures.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TypeVar

Made = TypeVar("Made")
Place = tuple[int, int]
"""The number of a paper in its file and of a page in the paper, both from one."""


@dataclass(slots=True)
class Layout:
    """What one round of laying out was told (`ends`: where pages end, in points) and what it found (`lonely`)."""

    ends: dict[Place, float] = field(default_factory=dict)
    lonely: dict[Place, float] = field(default_factory=dict)
    papers: int = 0


_round: ContextVar[Layout | None] = ContextVar("round", default=None)


def current() -> Layout:
    """Return the round that runs, or one that nobody asks about."""
    return _round.get() or Layout()


def accompanied(make: Callable[[], Made]) -> Made:
    """Make a file; once more if signatures stand alone in it. Batches, which tell their progress, are made once."""
    first = Layout()
    made = _in(first, make)
    if not first.lonely or not isinstance(made, bytes):
        return made
    return _in(Layout(ends=first.lonely), make)


def _in(layout: Layout, make: Callable[[], Made]) -> Made:
    token = _round.set(layout)
    try:
        return make()
    finally:
        _round.reset(token)
