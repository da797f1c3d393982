"""The column types of the steps. They repeat what `models.records.base` says today, so that old steps stay as they were."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import BigInteger, Date, Integer, LargeBinary, Text

WHOLE = BigInteger().with_variant(Integer(), "sqlite")
WORDS = Text()
SORT_TEXT = Text(collation="C").with_variant(Text(), "sqlite")
DAY = Text().with_variant(Date(), "postgresql")
BYTES = LargeBinary()


def render(kind: str, value: Any, _context: Any) -> str | Literal[False]:
    """Return how a column type is written in a step: one of the names above."""
    from desktop.models.records import base

    if kind != "type":
        return False
    if value is base.SortText:
        return "SORT_TEXT"
    if isinstance(value, base.DayColumn):
        return "DAY"
    if isinstance(value, (base.DongColumn, base.FlagColumn, BigInteger, Integer)):
        return "WHOLE"
    if isinstance(value, LargeBinary):
        return "BYTES"
    if isinstance(value, (base.TextColumn, base.InstantColumn, base.WordColumn, Text)):
        return "WORDS"
    raise TypeError(f"no column type for {value!r}: add one to {__name__}")
