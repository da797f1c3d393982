"""One way to a database: the same engine for a SQLite file and for a PostgreSQL server, told apart by the address."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import ArgumentError

from desktop.models.problems import Trouble
from desktop.store.glance import set_pragmas
from desktop.store.recognise import is_server
from resources.addresses import place_of
from resources.lang.messages import _

WRITING = "sonhom_writing"
"""Execution option of connections that are going to write: SQLite then takes its write lock at BEGIN."""


def make_engine(
    address: str, *, readonly: bool = False, immutable: bool = False, migrating: bool = False
) -> Engine:
    """Return an engine for a file path or a PostgreSQL address; raise Trouble for an address that means nothing.

    `readonly` opens the file without the right to write; `immutable` promises that nobody else writes it
    (a file on a write-protected medium, whose -wal file could not be made). `migrating` leaves foreign keys
    unchecked, because a table that is rebuilt is dropped in between.
    """
    if is_server(address):
        return _server_engine(address)
    return _file_engine(Path(address), readonly, immutable, migrating)


def _server_engine(address: str) -> Engine:
    try:
        place_of(address)
    except ValueError as error:
        raise _bad_address() from error
    rest = address.strip().split("://", 1)[1]
    try:
        # A read is one picture of the book, also when it asks several questions (SQLite does so by itself).
        # A write first takes the one write lock, so it must see what was committed while it waited.
        return create_engine(
            f"postgresql+psycopg://{rest}",
            pool_pre_ping=True,
            isolation_level="REPEATABLE READ",
            connect_args={"connect_timeout": 10},
            hide_parameters=True,
        )
    except ArgumentError as error:
        raise _bad_address() from error
    except ModuleNotFoundError as error:
        raise Trouble(
            _("Máy này chưa cài phần nối với máy chủ PostgreSQL."),
            _("Hãy cài thêm: pip install 'sonhom[server]'."),
            "no-driver",
        ) from error


def _bad_address() -> Trouble:
    return Trouble(
        _("Địa chỉ máy chủ không đúng."),
        _("Mẫu: postgresql://người-dùng@máy-chủ/cơ-sở-dữ-liệu."),
        "bad-address",
    )


def writing(engine: Engine) -> Engine:
    """Return the engine as it is used to write: SQLite takes its write lock at BEGIN, PostgreSQL sees each commit."""
    if engine.dialect.name == "postgresql":
        return engine.execution_options(isolation_level="READ COMMITTED")
    return engine.execution_options(**{WRITING: True})


def _file_engine(path: Path, readonly: bool, immutable: bool, migrating: bool) -> Engine:
    query: dict[str, str] = {"uri": "true"}
    name = path.resolve().as_uri()
    if readonly:
        query["mode"] = "ro"
        if immutable:
            query["immutable"] = "1"
    else:
        query["mode"] = "rw"
    engine = create_engine(
        URL.create("sqlite", database=name, query=query),
        connect_args={"check_same_thread": False},
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def _on_connect(connection: sqlite3.Connection, _record: Any) -> None:
        # Autocommit in the driver: BEGIN is ours, so that DDL is part of the transaction too.
        connection.isolation_level = None
        set_pragmas(connection, readonly=readonly)
        if migrating:
            connection.execute("PRAGMA foreign_keys=OFF")

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get(WRITING, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


__all__ = ["WRITING", "is_server", "make_engine", "set_pragmas", "writing"]
