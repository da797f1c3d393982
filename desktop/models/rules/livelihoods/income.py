"""What an activity brings in a year, in nominal and real terms (section 3.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from desktop.models.rules.livelihoods.standards import Standards


@dataclass(frozen=True, slots=True)
class Asset:
    """Something that lasts: what it cost in đồng and for how many years it serves."""

    name: str
    cost: int
    years: int = 5


@dataclass(frozen=True, slots=True)
class Figures:
    """What a visit writes down. Amounts in đồng over the last `months` months (12, or one production cycle).

    `own_use` is what the household ate or used itself, at farm-gate price. `days` of work a year by the household,
    `minutes` a day. `household` is how many people live on it.
    """

    revenue: int = 0
    own_use: int = 0
    stock_start: int = 0
    stock_end: int = 0
    costs: int = 0
    hired: int = 0
    interest: int = 0
    months: int = 12
    days: int = 0
    minutes: int = 0
    household: int = 0
    assets: tuple[Asset, ...] = field(default=())


def rounded(value: Fraction) -> int:
    """Return whole đồng, halves away from zero."""
    whole, rest = divmod(abs(value), 1)
    near = int(whole) + (1 if rest >= Fraction(1, 2) else 0)
    return near if value >= 0 else -near


def depreciation(assets: Sequence[Asset]) -> Fraction:
    """Return what the assets lose in a year: cost over years of service."""
    return sum((Fraction(one.cost, one.years) for one in assets), Fraction())


def net_income(figures: Figures) -> int:
    """Return the net income of a year in đồng: revenue + own use + change of stock − costs − hired labour −
    interest − depreciation. Flows of another length than a year are scaled to twelve months.
    """
    flow = (
        figures.revenue
        + figures.own_use
        + figures.stock_end
        - figures.stock_start
        - figures.costs
        - figures.hired
        - figures.interest
    )
    return rounded(Fraction(flow * 12, figures.months) - depreciation(figures.assets))


def monthly_per_head(figures: Figures) -> int | None:
    """Return the net income a month and head of the household, None when its size is not known."""
    return rounded(Fraction(net_income(figures), 12 * figures.household)) if figures.household else None


def real_change(before: int, after: int, price_before: int, price_after: int) -> int:
    """Return how much more a year brings in prices of the time before, in đồng: NET_T / (CPI_T / CPI_0) − NET_0."""
    return rounded(Fraction(after * price_before, price_after) - before)


def gained(change: int, before: int, standards: Standards) -> bool:
    """Tell whether a real change counts as a gain: enough in percent of the income before and enough in đồng."""
    return change * 100 >= standards.gain_percent * abs(before) and change >= max(standards.gain_least, 1)


def median(values: Sequence[int]) -> int | None:
    """Return the middle value in đồng, the mean of the two middle ones; None of nothing. Nothing is trimmed."""
    ordered = sorted(values)
    if not ordered:
        return None
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return rounded(Fraction(ordered[middle - 1] + ordered[middle], 2))
