"""What every table shares: column types that work in STRICT SQLite and in PostgreSQL, and the naming of constraints."""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import Enum
from typing import Annotated, Any, ClassVar, cast

from sqlalchemy import BigInteger, Date, Dialect, Integer, LargeBinary, MetaData, Table, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

from resources.lang.names import nfc

STRICT = {"sqlite_strict": True}
"""Table arguments of every table: SQLite then refuses text in a number column and the reverse."""

Whole = BigInteger().with_variant(Integer(), "sqlite")
"""A whole number; INTEGER in SQLite, so that it can be the row's key."""


class DongColumn(TypeDecorator[int]):
    """Integer đồng. A float or a bool is refused: money never passes as either."""

    impl = Whole
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:
        """Return `value` as a plain int; raise TypeError for anything that is not a whole number."""
        if value is None or type(value) is int:
            return value
        raise TypeError(f"money must be a whole number of đồng, not {value!r}")


class DayColumn(TypeDecorator[date]):
    """A day of the village calendar: ISO text in SQLite (STRICT knows no DATE), DATE in PostgreSQL."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the column type of the database in use."""
        return dialect.type_descriptor(Date() if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: date | None, dialect: Dialect) -> Any:
        """Return the day as the database keeps it."""
        if value is None or dialect.name == "postgresql":
            return value
        return value.isoformat()

    def process_result_value(self, value: Any, dialect: Dialect) -> date | None:
        """Return what was kept as a day."""
        if value is None or isinstance(value, date):
            return value
        return date.fromisoformat(value)


class InstantColumn(TypeDecorator[datetime]):
    """A moment in UTC with microseconds, kept as text of one fixed form in both databases, so that it hashes alike."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Return the moment as text; raise ValueError for a datetime without a zone."""
        return None if value is None else instant_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Return what was kept as an aware datetime."""
        return None if value is None else datetime.fromisoformat(value)


def instant_text(value: datetime) -> str:
    """Return an aware datetime as `2026-11-23T08:05:00.000000+00:00`."""
    if value.tzinfo is None:
        raise ValueError("a moment needs a zone")
    return value.astimezone(UTC).isoformat(timespec="microseconds")


class FlagColumn(TypeDecorator[bool]):
    """Yes or no, kept as 1 or 0."""

    impl = Whole
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        """Return 1, 0 or nothing."""
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:
        """Return True, False or nothing."""
        return None if value is None else bool(value)


class WordColumn(TypeDecorator[Enum]):
    """A member of an enumeration of words, kept as its word."""

    impl = Text
    cache_ok = True

    def __init__(self, words: type[Enum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Return the word; raise ValueError when it is not one of the enumeration."""
        return None if value is None else str(self.words(value).value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Return the member of the enumeration."""
        return None if value is None else self.words(value)


class TextColumn(TypeDecorator[str]):
    """Text people typed: always kept in NFC."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Return the text composed (NFC)."""
        return None if value is None else nfc(value)


SortText = Text(collation="C").with_variant(Text(), "sqlite")
"""Text compared byte by byte in both databases: sort keys and folded names."""

Key = Annotated[int, mapped_column(Whole, primary_key=True)]
Uid = Annotated[bytes, mapped_column(LargeBinary(16), unique=True)]
Dongs = Annotated[int, mapped_column(DongColumn)]
Day = Annotated[date, mapped_column(DayColumn)]
MaybeDay = Annotated[date | None, mapped_column(DayColumn)]
Instant = Annotated[datetime, mapped_column(InstantColumn)]
Flag = Annotated[bool, mapped_column(FlagColumn)]


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True, repr=False, eq=False):
    """Base of all tables."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: TextColumn(),
        int: Whole,
        bool: FlagColumn(),
        bytes: LargeBinary(),
        date: DayColumn(),
        datetime: InstantColumn(),
    }


def table_of(record: type[Base]) -> Table:
    """Return the table of a mapped class, for statements that pass rows without making objects."""
    return cast(Table, record.__table__)


class Logged:
    """Mixin: every change of the row is written to the chain as before and after. Rows have a `uid`."""

    __unlogged__: ClassVar[frozenset[str]] = frozenset()
    """Columns that follow from others and are left out of the log."""


__all__ = [
    "STRICT",
    "Base",
    "Day",
    "DayColumn",
    "DongColumn",
    "Dongs",
    "Flag",
    "FlagColumn",
    "Instant",
    "InstantColumn",
    "Key",
    "Logged",
    "Mapped",
    "MaybeDay",
    "SortText",
    "TextColumn",
    "Uid",
    "Whole",
    "WordColumn",
    "instant_text",
    "mapped_column",
    "table_of",
]
