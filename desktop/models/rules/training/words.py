"""Hours and points as people write them: minutes as "3,5", tenths of a point as "7,5"."""

from __future__ import annotations

import re
from fractions import Fraction

from resources.lang.dong import show_number

_HOURS = re.compile(r"(-?\d{1,4})(?:[.,](\d{1,2}))?")
_CLOCK = re.compile(r"(\d{1,3})(?:[:hg])(\d{2})")
HOUR = 60


def show_hours(minutes: int) -> str:
    """Return minutes as hours with at most two decimals: 210 -> "3,5"."""
    hundredths = round(Fraction(abs(minutes) * 100, HOUR))
    whole, rest = divmod(hundredths, 100)
    decimals = f"{rest:02d}".rstrip("0")
    return ("−" if minutes < 0 else "") + show_number(whole) + (f",{decimals}" if decimals else "")


def read_hours(text: str) -> int | None:
    """Read "3,5", "3.5", "3:30" or "3g30" as minutes, also below 0; None for what is no number of hours."""
    bare = text.strip().replace("−", "-").lower()
    clock = _CLOCK.fullmatch(bare)
    if clock is not None:
        hours, minutes = int(clock[1]), int(clock[2])
        return hours * HOUR + minutes if minutes < HOUR else None
    if not _HOURS.fullmatch(bare):
        return None
    return round(Fraction(bare.replace(",", ".")) * HOUR)


def show_points(tenths: int | None) -> str:
    """Return tenths of a point as people write them: 75 -> "7,5"; nothing for no score."""
    if tenths is None:
        return ""
    whole, rest = divmod(tenths, 10)
    return show_number(whole) + (f",{rest}" if rest else "")


def read_points(text: str) -> int | None:
    """Read "7,5" as tenths, also below 0; None for what is no score of at most one decimal."""
    bare = text.strip().replace("−", "-").replace(",", ".")
    if not re.fullmatch(r"-?\d{1,4}(\.\d)?", bare):
        return None
    return round(Fraction(bare) * 10)
