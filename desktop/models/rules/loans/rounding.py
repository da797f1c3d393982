"""Rounding, named. Whole-number arithmetic: nothing here is ever a float."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

Exact = int | Fraction | Decimal


class RoundingMode(StrEnum):
    """What happens to the part of an amount that is smaller than the unit."""

    HALF_UP = "half_up"  # a half goes away from zero: 0,5 → 1, −0,5 → −1
    HALF_DOWN = "half_down"
    HALF_EVEN = "half_even"
    UP = "up"  # away from zero
    DOWN = "down"  # towards zero
    CEILING = "ceiling"
    FLOOR = "floor"


def round_exact(value: Exact, mode: RoundingMode = RoundingMode.HALF_UP) -> int:
    """Return `value` rounded to a whole number."""
    if isinstance(value, int):
        return value
    exact = value if isinstance(value, Fraction) else Fraction(value)
    return round_ratio(exact.numerator, exact.denominator, mode)


def round_ratio(top: int, bottom: int, mode: RoundingMode = RoundingMode.HALF_UP) -> int:
    """Return top ÷ bottom (bottom > 0) rounded to a whole number; the quotient need not be in lowest terms."""
    whole, rest = divmod(top, bottom)  # whole ≤ value, rest ≥ 0
    if rest == 0:
        return whole
    return whole + _goes_up(mode, whole, 2 * rest - bottom)


def _goes_up(mode: RoundingMode, whole: int, above_half: int) -> bool:
    """Say whether whole + a bit is rounded to whole + 1; `above_half` is the sign of the bit less one half."""
    match mode:
        case RoundingMode.FLOOR:
            return False
        case RoundingMode.CEILING:
            return True
        case RoundingMode.DOWN:
            return whole < 0
        case RoundingMode.UP:
            return whole >= 0
    if above_half:
        return above_half > 0
    if mode is RoundingMode.HALF_EVEN:
        return whole % 2 == 1
    return (whole >= 0) is (mode is RoundingMode.HALF_UP)


def round_to(value: Exact, unit: Exact = 1, mode: RoundingMode = RoundingMode.HALF_UP) -> int | Fraction:
    """Return `value` rounded to a multiple of `unit` (unit > 0)."""
    if unit == 1:
        return round_exact(value, mode)
    step = Fraction(unit)
    result = round_exact(Fraction(value) / step, mode) * step
    return result.numerator if result.denominator == 1 else result


def round_money(value: Exact, mode: RoundingMode, multiple: int = 1) -> int:
    """Return an amount of money: `value` rounded once, to a whole `multiple` of the smallest unit."""
    exact = value if isinstance(value, int | Fraction) else Fraction(value)
    unit = max(multiple, 1)
    return unit * round_ratio(exact.numerator, exact.denominator * unit, mode)


def round_part(base: int, rate: Fraction, mode: RoundingMode, multiple: int = 1) -> int:
    """Return base × rate as money: what `round_money` gives, without making the exact product first."""
    unit = max(multiple, 1)
    return unit * round_ratio(base * rate.numerator, rate.denominator * unit, mode)
