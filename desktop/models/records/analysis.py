"""Official counts of a commune's people, tables that were given out, and choices kept for the analysis page."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, Text

from desktop.models.records.base import (
    STRICT,
    Base,
    Day,
    Instant,
    Key,
    Logged,
    Mapped,
    Uid,
    Whole,
    mapped_column,
)


class PopulationCount(Logged, Base):
    """How many people and households of a category a commune counts in a year, and who says so.

    `category` is a `rules.categories.Category`. Counts are of people from `age_from` years on, so that a share is
    taken of the same ages. `persons` and `households` are None where the source does not say.
    """

    __tablename__ = "population_counts"
    __table_args__ = (
        Index("uq_population_counts_place", "commune_code", "year", "category", unique=True),
        CheckConstraint("year BETWEEN 1990 AND 2200", name="year"),
        CheckConstraint("persons >= 0", name="persons"),
        CheckConstraint("households >= 0", name="households"),
        CheckConstraint("age_from BETWEEN 0 AND 100", name="age_from"),
        STRICT,
    )
    __unlogged__ = frozenset({"version"})

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    commune_code: Mapped[str]
    year: Mapped[int]
    category: Mapped[str]
    persons: Mapped[int | None] = mapped_column(default=None)
    households: Mapped[int | None] = mapped_column(default=None)
    age_from: Mapped[int] = mapped_column(default=0)
    source: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(Whole, default=1)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": lambda old: (old or 0) + 1}


class PublishedTable(Logged, Base):
    """A table that left the commune: what it was of, and its cells as JSON {"row|column": count or null}.

    The next table of the same people and period is held against it, so that two tables together show nothing
    that each of them hides.
    """

    __tablename__ = "published_tables"
    __table_args__ = (Index("ix_published_tables_what", "measure", "rows_by", "columns_by", "ends"), STRICT)

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    measure: Mapped[str]
    rows_by: Mapped[str]
    columns_by: Mapped[str]
    place: Mapped[str]
    starts: Mapped[Day]
    ends: Mapped[Day]
    release: Mapped[str]
    cells: Mapped[str] = mapped_column(Text)
    at: Mapped[Instant]
    by: Mapped[str]


class AnalysisChoice(Base):
    """A choice of measure, rows, columns, period and place under a name, as JSON, to be opened again."""

    __tablename__ = "analysis_choices"
    __table_args__ = (Index("uq_analysis_choices_name", "name", unique=True), STRICT)

    id: Mapped[Key] = mapped_column(init=False)
    name: Mapped[str]
    content: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[Instant]
    saved_by: Mapped[str]
