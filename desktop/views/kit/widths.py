"""How the columns of a table share the width of the window: titles and figures in full, words cut last and least."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wish:
    """What one column asks for, in pixels.

    `usual` is the width that its page gave it, `needed` what its title and the longest of its cells take, `least`
    what it keeps where room is short. A column that may be cut (`elastic`) has a `least` below `needed`;
    one that stretches takes what is left over.
    """

    usual: int
    needed: int
    least: int
    elastic: bool = False
    stretch: bool = False


def fits(wishes: Sequence[Wish], room: int) -> bool:
    """Tell whether every column gets what it needs."""
    return sum(wish.needed for wish in wishes) <= room


def on_lines(text: str, width: Callable[[str], int], lines: int = 2) -> int:
    """Return the width at which a text stands on so many lines, parted between words where they come out most alike."""
    if lines == 1:
        return width(text)
    part = len(text) // lines
    cuts = [cut for cut in (text.rfind(" ", 0, part + 1), text.find(" ", part)) if cut > 0]
    return min(
        (max(width(text[:cut]), on_lines(text[cut + 1 :], width, lines - 1)) for cut in cuts),
        default=width(text),
    )


def share(wishes: Sequence[Wish], room: int) -> list[int]:
    """Return the widths. They fill `room` where a column stretches and go beyond it only if nothing can give way."""
    full = [max(wish.usual, wish.needed) for wish in wishes]
    over = sum(full) - room
    if over <= 0:
        stretching = [place for place, wish in enumerate(wishes) if wish.stretch]
        for place in stretching:
            full[place] += -over // len(stretching)
        return full
    tight = [wish.needed for wish in wishes]
    spare = room - sum(tight)
    if spare >= 0:
        slack = sum(full) - sum(tight)
        return [need + spare * (most - need) // slack for need, most in zip(tight, full, strict=True)]
    left = room - sum(wish.needed for wish in wishes if not wish.elastic)
    level = _level([wish for wish in wishes if wish.elastic], left)
    return [_at(wish, level) if wish.elastic else wish.needed for wish in wishes]


def _at(wish: Wish, level: int) -> int:
    """Return the width of an elastic column where none gets more than `level` without being small anyway."""
    return max(wish.least, min(wish.needed, level))


def _level(wishes: Sequence[Wish], room: int) -> int:
    """Return the highest level at which the columns fit into `room`: short words are left whole, long ones cut."""
    low, high = 0, max((wish.needed for wish in wishes), default=0)
    while low < high:
        middle = (low + high + 1) // 2
        if sum(_at(wish, middle) for wish in wishes) <= room:
            low = middle
        else:
            high = middle - 1
    return low
