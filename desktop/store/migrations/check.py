"""`python -m desktop.store.migrations.check [postgresql://…]`: do the steps and the records agree?

Builds one database by all steps and one straight from the records, and prints what differs: columns, types,
constraints, indexes, STRICT, triggers. Exit code 1 when something does. A server's database must be empty; it is
left empty.
"""

from __future__ import annotations

import difflib
import re
import sys
import tempfile
from pathlib import Path

from sqlalchemy import Connection, Engine

from desktop.models.records.every import metadata
from desktop.store import migrate
from desktop.store.engine import is_server, make_engine, writing
from desktop.store.guards import create_guards


def differences(address: str) -> list[str]:
    """Return the lines in which a database built by the steps (+) differs from one built from the records (-)."""
    built: list[list[str]] = []
    for by_steps in (False, True):
        engine = make_engine(address, migrating=True)
        try:
            if by_steps:
                migrate.upgrade(engine)
            else:
                with writing(engine).begin() as connection:
                    metadata.create_all(connection)
                    migrate.stamp(connection)
                    create_guards(connection)
            with engine.connect() as connection:
                built.append(schema_of(connection))
            _empty(engine)
        finally:
            engine.dispose()
    return [
        line
        for line in difflib.unified_diff(built[0], built[1], lineterm="", n=0)
        if not line.startswith(("---", "+++", "@@"))
    ]


def schema_of(connection: Connection) -> list[str]:
    """Return all that a database's schema says, a line each, in an order that does not depend on how it was built."""
    return sorted(
        _file_schema(connection) if connection.dialect.name == "sqlite" else _server_schema(connection)
    )


def _file_schema(connection: Connection) -> list[str]:
    """Return every table's columns and constraints, every index and trigger, a line each."""
    found = []
    rows = connection.exec_driver_sql(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
    )
    for kind, name, sql in rows:
        if kind != "table":
            found.append(f"{kind} {name}: {_spaces(sql)}")
            continue
        inside, options = sql[sql.index("(") + 1 : sql.rindex(")")], sql[sql.rindex(")") + 1 :]
        found.append(f"table {name}: {_spaces(options)}")
        found.extend(f"table {name}: {part}" for part in _parts(inside))
    return found


def _parts(inside: str) -> list[str]:
    """Return the pieces of a CREATE TABLE: the columns numbered, because their order matters, then the constraints."""
    parts, depth, start = [], 0, 0
    for at, letter in enumerate(inside + ","):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and depth == 0:
            parts.append(_spaces(inside[start:at]))
            start = at + 1
    columns = [part for part in parts if not part.startswith("CONSTRAINT")]
    return [f"{at:02} {part}" for at, part in enumerate(columns)] + [p for p in parts if p not in columns]


def _spaces(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


_SERVER_SCHEMA = (
    "SELECT 'column ' || table_name || ' ' || lpad(ordinal_position::text, 2, '0') || ' ' || column_name || ' ' || "
    "data_type || ' ' || is_nullable || ' ' || coalesce(collation_name, '') || ' ' || coalesce(column_default, '') "
    "FROM information_schema.columns WHERE table_schema = current_schema()",
    "SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ': ' || pg_get_constraintdef(oid) "
    "FROM pg_constraint WHERE connamespace = current_schema()::regnamespace AND contype <> 'n'",
    "SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = current_schema()",
    "SELECT 'trigger ' || pg_get_triggerdef(oid) || ' ' || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal",
)


def _server_schema(connection: Connection) -> list[str]:
    return [str(row[0]) for query in _SERVER_SCHEMA for row in connection.exec_driver_sql(query)]


def _empty(engine: Engine) -> None:
    with writing(engine).begin() as connection:
        if connection.dialect.name == "sqlite":
            for name in [
                str(row[0])
                for row in connection.exec_driver_sql(
                    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                )
            ]:
                connection.exec_driver_sql(f'DROP TABLE "{name}"')
            return
        metadata.drop_all(connection)
        connection.exec_driver_sql("DROP TABLE alembic_version")
        connection.exec_driver_sql("DROP FUNCTION refuse_change")


def main(arguments: list[str]) -> int:
    """Compare on a file, or on the empty database named; return the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        address = arguments[0] if arguments else str(Path(folder, "so.sonhom"))
        if not is_server(address):
            Path(address).touch()
        found = differences(address)
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
