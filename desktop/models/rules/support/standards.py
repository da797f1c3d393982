"""The thresholds of support: shipped as dated limits, overruled by rows of the book that hold from a day on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desktop.models.problems import Problem
from resources.indicators import limit
from resources.lang.messages import _
from resources.support import items

FULL = 2
"""The most an item can get: 0 no, 1 partly, 2 yes."""


@dataclass(frozen=True, slots=True)
class Standards:
    """The rules of giving. Percent unless said otherwise.

    From `passes` of the points, with every gate, support may be transferred; from `improves` it is to be completed
    and assessed again. `share` is the least co-contribution, `hardship_share` that of poor and specially hard
    households. `trained` is how
    many of a group's members must have learned what is needed. `gates` is the least score of each item in turn (0: no
    gate).
    """

    passes: int
    improves: int
    share: int
    hardship_share: int
    group_months: int
    trained: int
    books_months: int
    dsr: int
    dsr_poor: int
    first_months: int
    second_months: int
    window: int
    asset_months: int
    gates: tuple[int, ...]

    def least_share(self, *, hardship: bool) -> int:
        """Return the least co-contribution of a dossier, in percent."""
        return self.hardship_share if hardship else self.share


_LIMITS = {
    "passes": "support.pass",
    "improves": "support.improve",
    "share": "support.share",
    "hardship_share": "support.share.hardship",
    "group_months": "support.group.months",
    "trained": "support.trained",
    "books_months": "support.books.months",
    "dsr": "support.dsr",
    "dsr_poor": "support.dsr.poor",
    "first_months": "support.recheck.first",
    "second_months": "support.recheck.second",
    "window": "support.recheck.window",
    "asset_months": "support.asset.months",
}


def shipped(day: date) -> Standards:
    """Return the thresholds that the program ships, as they hold on a day."""
    values = {field: limit(name, day) for field, name in _LIMITS.items()}
    return Standards(**values, gates=tuple(item.gate for item in items()))


@dataclass(frozen=True, slots=True)
class Dated:
    """Thresholds that hold from a day on."""

    since: date
    value: Standards


def standards_on(rows: Iterable[Dated], day: date) -> Standards:
    """Return what holds on a day: the latest row of the book that began by then, else what is shipped."""
    held = [row for row in rows if row.since <= day]
    return max(held, key=lambda row: row.since).value if held else shipped(day)


_BOUNDS = {
    "passes": (1, 100),
    "improves": (0, 100),
    "share": (0, 100),
    "hardship_share": (0, 100),
    "group_months": (0, 60),
    "trained": (1, 100),
    "books_months": (1, 24),
    "dsr": (1, 100),
    "dsr_poor": (1, 100),
    "first_months": (1, 60),
    "second_months": (1, 120),
    "window": (0, 180),
    "asset_months": (1, 60),
}


def check_standards(value: Standards) -> list[Problem]:
    """Return what is out of bounds or out of order, each with its field."""
    found = []
    for field, (least, most) in _BOUNDS.items():
        if not least <= getattr(value, field) <= most:
            text = _("Phải từ {least} đến {most}.").format(least=least, most=most)
            found.append(Problem.stop("bounds", field, text))
    if value.improves > value.passes:
        text = _("Mức “bổ sung” không được cao hơn mức “chuyển giao”.")
        found.append(Problem.stop("order", "improves", text))
    if value.hardship_share > value.share:
        text = _("Mức của hộ khó khăn không được cao hơn mức chung.")
        found.append(Problem.stop("order", "hardship_share", text))
    if value.second_months <= value.first_months:
        text = _("Lần đánh giá lại thứ hai phải sau lần thứ nhất.")
        found.append(Problem.stop("order", "second_months", text))
    if len(value.gates) != len(items()) or any(not 0 <= gate <= FULL for gate in value.gates):
        found.append(Problem.stop("gates", "gates", _("Điều kiện bắt buộc của mỗi mục phải từ 0 đến 2.")))
    return found


def shown_text(text: str, value: Standards) -> str:
    """Return the text of an item with the thresholds that hold filled in."""
    return text.format(
        months=value.group_months,
        books=value.books_months,
        share=value.share,
        hardship=value.hardship_share,
        dsr=value.dsr,
        dsr_poor=value.dsr_poor,
    )
