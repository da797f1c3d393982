"""Where rows come from: pages of the book, or a small list in memory. Both answer the same two questions."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, Protocol, TypeVar

from desktop.views.kit.columns import Column, State
from resources.lang.collation import sort_key
from resources.lang.names import fold

Row = TypeVar("Row")
Row_co = TypeVar("Row_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Query:
    """What the user wants to see: typed words, a column to sort by ("" for the natural order), filters."""

    text: str = ""
    sort: str = ""
    descending: bool = False
    filters: Mapping[str, Any] = field(default_factory=dict)

    def but(self, **changes: Any) -> Query:
        """Return the same query with some parts changed."""
        return replace(self, **changes)


class RowSource(Protocol[Row_co]):
    """Gives rows by page. Both methods run on the book thread and return frozen values."""

    def count(self, book: Any, query: Query) -> int:
        """Return how many rows the query has."""
        ...

    def page(self, book: Any, query: Query, offset: int, limit: int) -> Sequence[Row_co]:
        """Return up to `limit` rows from place `offset` in the query's order."""
        ...


@dataclass(frozen=True)  # no slots: they break BookSource[Row](...) of a generic frozen class
class BookSource(Generic[Row]):
    """A source made of two functions of a service: `count(book, query)` and `page(book, query, offset, limit)`."""

    counted: Callable[[Any, Query], int]
    paged: Callable[[Any, Query, int, int], Sequence[Row]]

    def count(self, book: Any, query: Query) -> int:
        """Ask the service how many rows there are."""
        return self.counted(book, query)

    def page(self, book: Any, query: Query, offset: int, limit: int) -> Sequence[Row]:
        """Ask the service for one page."""
        return self.paged(book, query, offset, limit)


def matches(text: str, haystack: str) -> bool:
    """Tell whether every typed word, without marks, begins or lies in a word of `haystack` (already folded)."""
    return all(word in haystack for word in fold(text).split())


def sift(rows: Sequence[Row], columns: Sequence[Column[Row]], query: Query) -> list[Row]:
    """Return the rows of a small list that the query wants, in its order (Vietnamese for texts)."""
    found = list(rows)
    if query.text.strip():
        found = [row for row in found if matches(query.text, _haystack(row, columns))]
    column = next((column for column in columns if column.key == query.sort), None)
    if column is not None:
        found.sort(key=lambda row: order(column.value(row)), reverse=query.descending)
    return found


def order(value: Any) -> tuple[int, Any]:
    """Return a key that sorts values of one column: empty ones first, texts in Vietnamese order."""
    if value is None or value == "":
        return (0, 0)
    if isinstance(value, State):
        return (1, sort_key(value.text))
    if isinstance(value, str):
        return (1, sort_key(value))
    return (1, value)


def _haystack(row: Row, columns: Sequence[Column[Row]]) -> str:
    return fold(" ".join(column.show(row) for column in columns if column.kind != "check"))


def unique(keys: Sequence[Hashable]) -> bool:
    """Tell whether the keys of a list are all different, as selection needs."""
    return len(set(keys)) == len(keys)
