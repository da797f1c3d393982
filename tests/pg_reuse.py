"""A database of the server of the tests that goes from test to test: what one wrote is taken out for the next."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Engine

_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
_SEQUENCES = (
    "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' ORDER BY sequencename"
)
# Tables, columns, keys, guards: a test that changed any of these leaves its database to nobody.
_SHAPE = """
    SELECT (SELECT count(*) FROM pg_class),
           (SELECT count(*) FROM pg_attribute WHERE NOT attisdropped),
           (SELECT count(*) FROM pg_constraint),
           (SELECT coalesce(sum(hashtext(tgrelid::text || tgname::text || tgenabled::text)), 0) FROM pg_trigger),
           (SELECT coalesce(sum(hashtext(proname::text || prosrc)), 0) FROM pg_proc)
"""
_END_OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""


class Reused:
    """A database at `address`, and what it held when it was made."""

    def __init__(self, address: str) -> None:
        self.address = address
        # Kept open: a new connection first learns of a hundred tables, which takes the server longer than clearing them.
        self._own = psycopg.connect(address, autocommit=True)
        self._tables: list[str] = [name for (name,) in self._own.execute(_TABLES)]
        self._filled = sql.SQL(" UNION ALL ").join(
            sql.SQL("SELECT {} WHERE EXISTS (SELECT 1 FROM {})").format(sql.Literal(name), _named(name))
            for name in self._tables
        )
        self._rows = {name: _read(self._own, name) for (name,) in self._own.execute(self._filled)}
        self._sequences = dict(self._own.execute(_SEQUENCES).fetchall())
        self._shape: Any = self._own.execute(_SHAPE).fetchone()

    def clear(self) -> bool:
        """Bring it back to what it held at first; tell whether that was possible (else it is dropped)."""
        if self._own.broken:  # a test ended all connections of the server
            self._own = psycopg.connect(self.address, autocommit=True)
        self._own.execute(_END_OTHERS)
        if self._own.execute(_SHAPE).fetchone() == self._shape:
            with self._own.transaction():
                self._put_back(self._own)
            return True
        name = self._own.info.dbname
        self._own.close()
        with psycopg.connect(self.address.rsplit("/", 1)[0] + "/postgres", autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(_named(name)))
        return False

    def leave(self) -> None:
        """Keep what it held and let the database itself go."""
        self._own.close()

    def put_into(self, engine: Engine) -> None:
        """Give another database of the same tables what this one held."""
        with engine.begin() as connection:
            driver: Any = connection.connection.driver_connection
            self._put_back(driver)

    def _put_back(self, connection: psycopg.Connection[Any]) -> None:
        connection.execute("SET LOCAL session_replication_role = replica")  # guards and keys look away
        for (name,) in connection.execute(self._filled).fetchall():
            connection.execute(sql.SQL("DELETE FROM {}").format(_named(name)))
        for name, rows in self._rows.items():
            with connection.cursor().copy(
                sql.SQL("COPY {} FROM STDIN (FORMAT binary)").format(_named(name))
            ) as copy:
                copy.write(rows)
        for name, last in connection.execute(_SEQUENCES).fetchall():
            if last != self._sequences[name]:
                first = self._sequences[name]
                connection.execute(
                    "SELECT setval(%s::regclass, %s, %s)", (name, first or 1, first is not None)
                )


def _named(name: str) -> sql.Identifier:
    return sql.Identifier(name)


def _read(connection: psycopg.Connection[Any], name: str) -> bytes:
    with connection.cursor().copy(sql.SQL("COPY {} TO STDOUT (FORMAT binary)").format(_named(name))) as copy:
        return b"".join(bytes(part) for part in copy)
