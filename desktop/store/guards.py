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


def guard_names() -> set[str]:
    """Return the names of the triggers that must be in every book."""
    return {f"guard_{table}_{what}" for table in APPEND_ONLY for what in ("update", "delete")}


def create_guards(connection: Connection) -> None:
    """Make the triggers that refuse UPDATE and DELETE (and TRUNCATE) on posted rows; existing ones are kept."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_FUNCTION)
        for table in APPEND_ONLY:
            for what in ("update", "delete", "truncate"):
                each = "STATEMENT" if what == "truncate" else "ROW"
                connection.exec_driver_sql(
                    f"CREATE OR REPLACE TRIGGER guard_{table}_{what} BEFORE {what.upper()} ON {table} "
                    f"FOR EACH {each} EXECUTE FUNCTION refuse_change('{REFUSED}')"
                )
        return
    for table in APPEND_ONLY:
        for what in ("update", "delete"):
            connection.exec_driver_sql(
                f"CREATE TRIGGER IF NOT EXISTS guard_{table}_{what} BEFORE {what.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
            )


def missing_guards(connection: Connection) -> set[str]:
    """Return the names of guards that are not in the database (somebody or something dropped them)."""
    if connection.dialect.name == "postgresql":
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    else:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    found = {str(row[0]) for row in connection.exec_driver_sql(query)}
    return guard_names() - found
