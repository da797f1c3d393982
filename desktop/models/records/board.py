"""Targets of the project board."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index

from desktop.models.records.base import (
    STRICT,
    Base,
    Day,
    Key,
    Logged,
    Mapped,
    Uid,
    Whole,
    mapped_column,
)


class BoardTarget(Logged, Base):
    """What a measure is to reach in a period: `measure` is its key, `span` quarter, half or year from `starts`."""

    __tablename__ = "board_targets"
    __table_args__ = (
        Index("uq_board_targets_period", "measure", "starts", "span", unique=True),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("span IN ('quarter', 'half', 'year')", name="span"),
        STRICT,
    )
    __unlogged__ = frozenset({"version"})

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    measure: Mapped[str]
    starts: Mapped[Day]
    span: Mapped[str]
    amount: Mapped[int]
    note: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(Whole, default=1)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": lambda old: (old or 0) + 1}
