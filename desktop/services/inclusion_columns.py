"""The figures of the report of inclusion beside its counts: savings, credit, training, benefit, income, jobs (6.4).

Most are indicators of the list. Hours of training are none, and the credit ratio is asked of a category as it is in the
list. What few people stand behind, in a category or in what is left of the whole beside it, is not told to readers
outside the commune.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from desktop.models.rules import suppression
from desktop.models.rules.suppression import Release
from desktop.models.rules.training.words import show_hours
from desktop.services.analysis_hiding import may_show
from desktop.services.analysis_table import HIDDEN
from desktop.services.inclusion_ratios import Standing
from desktop.services.indicators.equity import DELICATE, credit_of
from desktop.services.indicators.facts import Facts, Value
from desktop.services.indicators.registry import Kind, indicators
from desktop.services.indicators.training import trained_minutes
from resources.lang.messages import N_

CREDIT, BENEFIT, HOURS = "HN06", "HN07", "training-hours"
SHARES = frozenset({CREDIT, BENEFIT})
"""Shares held against the share of members: of everybody they are 1 and say nothing."""
COLUMNS: tuple[tuple[str, str], ...] = (
    ("TK02", N_("TK bình quân (₫)")),
    ("TD04", N_("Đang vay (%)")),
    ("TD06", N_("Vay bình quân (₫)")),
    (CREDIT, N_("Tiếp cận vốn")),
    ("TD08", N_("PAR>30")),
    ("DT01", N_("Xong đào tạo")),
    (HOURS, N_("Giờ học")),
    (BENEFIT, N_("Hưởng lợi")),
    ("SK04", N_("Đổi thu nhập")),
    ("VL01", N_("Việc làm (FTE)")),
)


def figure(key: str, found: Standing, some: Facts) -> Value:
    """Return a column's figure of a category; `some` are the facts of its people."""
    if key == HOURS:
        return trained_minutes(some)
    if key == CREDIT:
        return credit_of(found)
    return replace(indicators()[key].compute(some), delicate=found.category in DELICATE)


def beside(keys: Iterable[str], values: Iterable[Value], whole: Iterable[Value]) -> tuple[Value, ...]:
    """Return a category's figures, those that add up with the fewest people that they give away beside the whole."""
    found = []
    for key, value, every in zip(keys, values, whole, strict=True):
        if key == HOURS or indicators()[key].kind in (Kind.COUNT, Kind.SUM):
            people = [n for n in (value.n, every.n - value.n) if n > 0]
            value = replace(value, smallest=min(people, default=None))
        found.append(value)
    return tuple(found)


def shown(key: str, value: Value, release: Release) -> str:
    """Return a figure as a reader may see it: hidden, a dash where it is not given, or in words."""
    if value.amount is None:
        return "–"
    if key != HOURS:
        measure = indicators()[key]
        return measure.show(value) if may_show(measure, release, value) else HIDDEN
    few = suppression.least_count(release, delicate=value.delicate)
    if value.smallest is not None and value.smallest < few:
        return HIDDEN
    if not suppression.sum_may_show(release, value.n, value.largest, value.numerator):
        return HIDDEN
    return show_hours(value.numerator)
