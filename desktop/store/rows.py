"""Many rows of one table in one statement of the driver: the path of postings, where SQLAlchemy's own costs most."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

from sqlalchemy import Connection, Dialect, Table

Rows = Iterable[tuple[Any, ...]]
_Fit = Callable[[Any], Any]


class RowWriter:
    """Inserts rows given as tuples in the order of `columns`; values are fitted as the columns' types say."""

    def __init__(self, table: Table, *columns: str) -> None:
        self._table = table
        self._columns = columns
        self._ways: dict[str, tuple[str, list[tuple[int, _Fit]]]] = {}

    def write(self, connection: Connection, rows: Rows) -> None:
        """Insert the rows. Raises what the database refuses."""
        statement, fits = self._way(connection.dialect)
        fitted = [_fitted(row, fits) for row in rows] if fits else list(rows)
        if fitted:
            connection.exec_driver_sql(statement, fitted)

    def _way(self, dialect: Dialect) -> tuple[str, list[tuple[int, _Fit]]]:
        if dialect.name not in self._ways:
            quote = dialect.identifier_preparer.quote
            mark = "?" if dialect.paramstyle == "qmark" else "%s"
            names = ", ".join(quote(name) for name in self._columns)
            marks = ", ".join(mark for _name in self._columns)
            fits: list[tuple[int, _Fit]] = []
            for place, name in enumerate(self._columns):
                kind = self._table.c[name].type
                fit = kind.dialect_impl(dialect).bind_processor(dialect)
                # Bytes go to the driver as they are.
                if fit is not None and kind.python_type is not bytes:
                    fits.append((place, fit))
            self._ways[dialect.name] = (
                f"INSERT INTO {quote(self._table.name)} ({names}) VALUES ({marks})",
                fits,
            )
        return self._ways[dialect.name]


def _fitted(row: tuple[Any, ...], fits: list[tuple[int, _Fit]]) -> tuple[Any, ...]:
    changed = list(row)
    for place, fit in fits:
        changed[place] = fit(changed[place])
    return tuple(changed)


def insert_or(dialect: str, table: Table) -> Any:
    """Return an INSERT of this database ("sqlite", "postgresql") that can say what happens to a row that is there."""
    return import_module(f"sqlalchemy.dialects.{dialect}").insert(table)
