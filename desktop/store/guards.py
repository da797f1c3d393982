"""What the database itself refuses: changing or deleting what was posted. The same on SQLite and PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop.models.records.promises import APPEND_ONLY, ERASABLE
from resources.lang.messages import N_

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from sqlalchemy import Connection

REFUSED = N_("Dữ liệu đã ghi sổ không được sửa hay xóa; hãy ghi bút toán đảo.")

_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = '23514';
END $$
"""

_SAME = {
    "changes": ("id", "register_id", "seq", "at", '"by"', "subject", "subject_uid", "hash"),
    "assessments": (
        "id",
        "uid",
        "form",
        "version",
        "subject",
        "subject_uid",
        "day",
        "supersedes_id",
        "at",
        '"by"',
    ),
}
"""The tables with a door for erasure, and what stays as it is even then."""

_EMPTIED = {
    "changes": """
(NEW.before {same} OLD.before OR (NEW.before LIKE '{{"erased":"%"}}' AND length(NEW.before) = 77))
AND (NEW.after {same} OLD.after OR (NEW.after LIKE '{{"erased":"%"}}' AND length(NEW.after) = 77))
AND OLD.subject IN ({erasable})
AND EXISTS (SELECT 1 FROM erased_items e WHERE e.register_id = OLD.register_id AND e.seq = OLD.seq
AND e.hash = OLD.hash AND e.record_uid = OLD.subject_uid)""",
    "assessments": """
NEW.answers = '{{}}' AND NEW.results = '{{}}' AND NEW.erased = 1
AND EXISTS (SELECT 1 FROM erased_items e WHERE e.record_uid = OLD.uid AND e.subject = 'assessments')""",
}
"""What an update may do at all: take out text that is listed as erased. The list itself is append-only and in the chain."""

_DOOR_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change_but_erasure_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {allowed} THEN RETURN NEW; END IF;
    RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = '23514';
END $$
"""
_DOOR_ON_SERVER = """
CREATE OR REPLACE TRIGGER {name} BEFORE UPDATE ON {table}
FOR EACH ROW EXECUTE FUNCTION refuse_change_but_erasure_{table}('{refused}')
"""
_DOOR_IN_FILE = "CREATE TRIGGER {name} BEFORE UPDATE ON {table} WHEN NOT ({allowed}) BEGIN SELECT RAISE(ABORT, '{refused}'); END"


def _allowed(table: str, same: str) -> str:
    """Return the condition under which a row of a table with a door may be updated."""
    kept = " AND ".join(f"NEW.{column} {same} OLD.{column}" for column in _SAME[table])
    erasable = ", ".join(f"'{name}'" for name in ERASABLE)
    return f"{kept} AND {_EMPTIED[table].format(same=same, erasable=erasable).strip()}"


_ON_SERVER = """
CREATE OR REPLACE TRIGGER {name} BEFORE {what} ON {table}
FOR EACH {each} EXECUTE FUNCTION refuse_change('{refused}')
"""
_IN_FILE = "CREATE TRIGGER {name} BEFORE {what} ON {table} BEGIN SELECT RAISE(ABORT, '{refused}'); END"


_TRIGGERS_IN_FILE = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"


def _wanted(dialect: str) -> dict[str, str]:
    """Return the statement that makes each guard, by its name."""
    server = dialect == "postgresql"
    deeds = ("UPDATE", "DELETE", "TRUNCATE") if server else ("UPDATE", "DELETE")
    wanted = {
        f"guard_{table}_{deed.lower()}": (_ON_SERVER if server else _IN_FILE).format(
            name=f"guard_{table}_{deed.lower()}",
            what=deed,
            table=table,
            each="STATEMENT" if deed == "TRUNCATE" else "ROW",
            refused=REFUSED,
        )
        for table in APPEND_ONLY
        for deed in deeds
    }
    for table in _SAME:
        name = f"guard_{table}_update"
        wanted[name] = (_DOOR_ON_SERVER if server else _DOOR_IN_FILE).format(
            name=name, table=table, refused=REFUSED, allowed=_allowed(table, "IS")
        )
    return wanted


def create_guards(connection: Connection) -> None:
    """Make the triggers that refuse UPDATE and DELETE (and TRUNCATE) on posted rows, where one is missing or changed."""
    server = connection.dialect.name == "postgresql"
    missing = missing_guards(connection)
    if server:  # what the doors let through may be newer than the functions of the database
        for function in _functions().values():
            connection.exec_driver_sql(function.replace("%", "%%"))
    wanted = _wanted(connection.dialect.name)
    for name in sorted(missing):
        if not server:
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
        connection.exec_driver_sql(wanted[name])


def _functions() -> dict[str, str]:
    """Return the statement that makes each function of a server's guards, by the function's name."""
    doors = {
        f"refuse_change_but_erasure_{table}": _DOOR_FUNCTION.format(
            table=table, allowed=_allowed(table, "IS NOT DISTINCT FROM")
        )
        for table in _SAME
    }
    return {"refuse_change": _FUNCTION, **doors}


def missing_guards(connection: Connection) -> set[str]:
    """Return the names of guards that are not at work in the database: somebody or something dropped or changed them."""
    if connection.dialect.name == "postgresql":
        return _missing_on_server(connection)
    return _missing(_wanted("sqlite"), connection.exec_driver_sql(_TRIGGERS_IN_FILE))


_TRIGGERS_ON_SERVER = """
SELECT tgname, relname, tgtype, proname, prosrc FROM pg_trigger
JOIN pg_proc ON pg_proc.oid = tgfoid JOIN pg_class ON pg_class.oid = tgrelid
WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') AND tgqual IS NULL
AND relnamespace = current_schema()::regnamespace
"""
_WHEN = {"UPDATE": 1 + 2 + 16, "DELETE": 1 + 2 + 8, "TRUNCATE": 2 + 32}
"""How PostgreSQL keeps that a trigger is for each row (1), before (2), and at which deed."""


def _missing_on_server(connection: Connection) -> set[str]:
    """Return the same of a server: a guard is also gone where it stands at another table, has a condition, or calls a
    function of which the body was changed."""
    at_work = {tuple(row) for row in connection.exec_driver_sql(_TRIGGERS_ON_SERVER)}
    bodies = {name: statement.split("$$")[1] for name, statement in _functions().items()}
    missing = set()
    for table in APPEND_ONLY:
        for deed, kind in _WHEN.items():
            name = f"guard_{table}_{deed.lower()}"
            door = deed == "UPDATE" and table in _SAME
            function = f"refuse_change_but_erasure_{table}" if door else "refuse_change"
            if (name, table, kind, function, bodies[function]) not in at_work:
                missing.add(name)
    return missing


def missing_in_file(connection: sqlite3.Connection) -> set[str]:
    """Return the same of a book file, asked through the bare driver."""
    return _missing(_wanted("sqlite"), connection.execute(_TRIGGERS_IN_FILE))


def _missing(wanted: dict[str, str], triggers: Iterable[Any]) -> set[str]:
    at_work = {str(name): str(sql) for name, sql in triggers}
    return {name for name, statement in wanted.items() if at_work.get(name) != statement}
