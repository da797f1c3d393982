"""What a demonstration book is ordered by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DemoOrder:
    """How large a demonstration book: groups, members of each, years back from `today`; the seed of its chance."""

    groups: int = 3
    members: int = 25
    years: int = 2
    seed: int = 1
    today: date = date(2026, 11, 23)
