"""Values that the papers of livelihoods share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ActivityBlock:
    """The activity a paper is about, in words: code, name, owner, branch (VSIC with its version), since when."""

    code: str
    name: str
    owner: str
    branch: str = ""
    form: str = ""
    place: str = ""
    started: date | None = None
    state: str = ""


@dataclass(frozen=True, slots=True)
class AssetLine:
    """Something that lasts: cost in đồng, years of service."""

    name: str
    cost: int
    years: int


@dataclass(frozen=True, slots=True)
class VisitFigures:
    """What a visit found. Amounts in đồng over `months` months; `net` is the net income of a year, `real` its change
    since before the support in prices of that time (None where it cannot be said). `hours` as written ("4,5").
    """

    months: int
    revenue: int
    own_use: int
    stock_start: int
    stock_end: int
    costs: int
    hired: int
    interest: int
    depreciation: int
    net: int
    days: int
    hours: str
    household: int = 0
    per_head: int | None = None
    assets: tuple[AssetLine, ...] = ()
