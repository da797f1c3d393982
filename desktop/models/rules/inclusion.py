"""Who is reached: inclusion index, coverage of households, parity of leaders, shares of credit and benefit.

Formulas: indicators.md 6.1 and 6.2. Ratios are exact fractions; only the intervals of Wilson are floats. A figure
that cannot be trusted is None with a reason: it is never printed as 0 % or 100 %.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import exp, log, sqrt

from resources.indicators import limit
from resources.lang.messages import N_, _

Z95 = 1.96


class Verdict(StrEnum):
    """How a group stands beside its share of the population."""

    UNDER = "under"
    EVEN = "even"
    FAVOURED = "favoured"

    @property
    def title(self) -> str:  # type: ignore[override]  # str.title() makes no sense for a code
        """Return the words to show, in the language in use."""
        return _(_VERDICTS[self])


_VERDICTS = {
    Verdict.UNDER: N_("thiếu đại diện"),
    Verdict.EVEN: N_("tương xứng"),
    Verdict.FAVOURED: N_("được ưu tiên tiếp cận"),
}


class Missing(StrEnum):
    """Why a figure is not given."""

    NOTHING = "nothing"
    FEW_PEOPLE = "few-people"
    FEW_MEMBERS = "few-members"
    NO_BENCHMARK = "no-benchmark"
    UNLIKE = "unlike"
    FEW_ANSWERS = "few-answers"

    @property
    def title(self) -> str:  # type: ignore[override]  # str.title() makes no sense for a code
        """Return the words to show, in the language in use."""
        return _(_REASONS[self])


_REASONS = {
    Missing.NOTHING: N_("không tính được: mẫu số bằng 0"),
    Missing.FEW_PEOPLE: N_("chưa đủ: nhóm dân cư này dưới 10 người"),
    Missing.FEW_MEMBERS: N_("chưa đủ: dưới 20 thành viên"),
    Missing.NO_BENCHMARK: N_("chưa có số dân của xã"),
    Missing.UNLIKE: N_("số dân khác lứa tuổi, không so được"),
    Missing.FEW_ANSWERS: N_("chưa đủ dữ liệu: dưới 80 % được hỏi"),
}


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio with what it is made of: `part` of `whole` here, `base_part` of `base` it is compared with.

    `value` is None for a reason in `missing`; `low` and `high` bound it at 95 % where an interval is given.
    """

    value: Fraction | None
    part: int = 0
    whole: int = 0
    base_part: int = 0
    base: int = 0
    low: float | None = None
    high: float | None = None
    missing: Missing | None = None

    @property
    def verdict(self) -> Verdict | None:
        """Return how the ratio reads beside 1, None when it is not given."""
        if self.value is None:
            return None
        if self.value * 100 < limit("inclusion.under"):
            return Verdict.UNDER
        return Verdict.FAVOURED if self.value * 100 > limit("inclusion.over") else Verdict.EVEN


def wilson(part: int, whole: int, z: float = Z95) -> tuple[float, float] | None:
    """Return the interval of Wilson of a share, None without a whole."""
    if whole <= 0:
        return None
    p = part / whole
    middle = p + z * z / (2 * whole)
    reach = z * sqrt(p * (1 - p) / whole + z * z / (4 * whole * whole))
    below = 1 + z * z / whole
    return max(0.0, (middle - reach) / below), min(1.0, (middle + reach) / below)


def inclusion_index(part: int, members: int, base_part: int | None, base: int | None) -> Ratio:
    """Return II_k: the share among members over the share among the commune's people of the same ages."""
    if base_part is None or base is None:
        return Ratio(None, part, members, missing=Missing.NO_BENCHMARK)
    made = Ratio(None, part, members, base_part, base)
    if base_part < limit("inclusion.population") or base <= 0:
        return _without(made, Missing.FEW_PEOPLE)
    if members < limit("inclusion.members"):
        return _without(made, Missing.FEW_MEMBERS)
    bounds = wilson(part, members)
    assert bounds is not None
    population = base_part / base
    return Ratio(
        Fraction(part * base, members * base_part),
        part,
        members,
        base_part,
        base,
        bounds[0] / population,
        bounds[1] / population,
    )


def coverage(reached: int, households: int | None) -> Ratio:
    """Return COV_k: households of k with at least one member, of all households of k in the commune."""
    if households is None:
        return Ratio(None, reached, missing=Missing.NO_BENCHMARK)
    if households <= 0:
        return Ratio(None, reached, households, missing=Missing.NOTHING)
    return Ratio(Fraction(reached, households), reached, households)


def share_ratio(part: int, whole: int, base_part: int, base: int) -> Ratio:
    """Return (part / whole) over (base_part / base): parity of leaders, access to credit, share of benefit."""
    made = Ratio(None, part, whole, base_part, base)
    if whole <= 0 or base <= 0 or base_part <= 0:
        return _without(made, Missing.NOTHING)
    return Ratio(Fraction(part * base, whole * base_part), part, whole, base_part, base)


def leadership_parity(officers_k: int, officers: int, members_k: int, members: int) -> Ratio:
    """Return LP_k; below 0.8 a group is under-represented among those who hold office. Print it with its counts."""
    return share_ratio(officers_k, officers, members_k, members)


def composite(indices: Iterable[Ratio]) -> float | None:
    """Return the geometric mean of min(1, II_k) over the categories with enough data, None without any."""
    values = [min(Fraction(1), one.value) for one in indices if one.value is not None]
    if not values:
        return None
    if any(value == 0 for value in values):
        return 0.0
    return exp(sum(log(value) for value in values) / len(values))


def _without(made: Ratio, missing: Missing) -> Ratio:
    return Ratio(None, made.part, made.whole, made.base_part, made.base, missing=missing)
