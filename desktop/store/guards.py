"""What the database itself refuses: changing or deleting what was posted. The same on SQLite and PostgreSQL."""

from __future__ import annotations

from sqlalchemy import Connection

from desktop.models.records.every import APPEND_ONLY
from resources.lang.messages import N_

REFUSED = N_("Dữ liệu đã ghi sổ không được sửa hay xóa; hãy ghi bút toán đảo.")

_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = '23514';
END $$
"""


_ON_SERVER = """
CREATE OR REPLACE TRIGGER {name} BEFORE {what} ON {table}
FOR EACH {each} EXECUTE FUNCTION refuse_change('{refused}')
"""
_IN_FILE = "CREATE TRIGGER {name} BEFORE {what} ON {table} BEGIN SELECT RAISE(ABORT, '{refused}'); END"


def _wanted(dialect: str) -> dict[str, str]:
    """Return the statement that makes each guard, by its name."""
    server = dialect == "postgresql"
    deeds = ("UPDATE", "DELETE", "TRUNCATE") if server else ("UPDATE", "DELETE")
    return {
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


def create_guards(connection: Connection) -> None:
    """Make the triggers that refuse UPDATE and DELETE (and TRUNCATE) on posted rows, where one is missing or changed."""
    server = connection.dialect.name == "postgresql"
    missing = missing_guards(connection)
    if server and missing:
        connection.exec_driver_sql(_FUNCTION)
    wanted = _wanted(connection.dialect.name)
    for name in sorted(missing):
        if not server:
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
        connection.exec_driver_sql(wanted[name])


def missing_guards(connection: Connection) -> set[str]:
    """Return the names of guards that are not at work in the database: somebody or something dropped or changed them."""
    wanted = _wanted(connection.dialect.name)
    if connection.dialect.name == "postgresql":
        rows = connection.exec_driver_sql(
            "SELECT tgname FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid "
            "WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') AND proname = 'refuse_change' "
            "AND tgrelid IN (SELECT oid FROM pg_class WHERE relnamespace = current_schema()::regnamespace)"
        )
        return wanted.keys() - {str(row[0]) for row in rows}
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    at_work = {str(name): str(sql) for name, sql in rows}
    return {name for name, statement in wanted.items() if at_work.get(name) != statement}
