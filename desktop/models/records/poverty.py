"""The official poverty status of households, year by year."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index

from desktop.models.kinds import Poverty
from desktop.models.records.base import (
    STRICT,
    Base,
    Instant,
    Key,
    Logged,
    Mapped,
    Uid,
    WordColumn,
    mapped_column,
)


class HouseholdPoverty(Logged, Base):
    """What a commune decided of a household for a year, under a standard version. Never changed: a correction is a
    later row, and the last row of a year decides.

    `b1` and `b2` are the points of the commune's forms, None where the list has none; `decision` is the paper that
    decided the list, `paper` the household's certificate.
    """

    __tablename__ = "household_poverty"
    __table_args__ = (
        Index("ix_household_poverty_household_id_year", "household_id", "year"),
        CheckConstraint("year BETWEEN 2016 AND 2100", name="year"),
        CheckConstraint("b1 >= 0", name="b1"),
        CheckConstraint("b2 >= 0", name="b2"),
        STRICT,
    )

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    household_id: Mapped[int] = mapped_column(ForeignKey("households.id"))
    year: Mapped[int]
    standard: Mapped[str]
    status: Mapped[Poverty] = mapped_column(WordColumn(Poverty))
    b1: Mapped[int | None] = mapped_column(default=None)
    b2: Mapped[int | None] = mapped_column(default=None)
    decision: Mapped[str] = mapped_column(default="")
    paper: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    at: Mapped[Instant]
    by: Mapped[str]
