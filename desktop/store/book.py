"""The book: opened once, read in `read()`, written in `write(act)`, closed.

A write is one transaction: everything or nothing, one line (or more) of the chain, one sync to the disk.
"""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine, inspect, select
from sqlalchemy.orm import Session

from desktop.models.ids import new_uid
from desktop.models.problems import Trouble
from desktop.models.records.every import BookRow, Register, metadata
from desktop.store import migrate
from desktop.store.engine import WRITING, is_server, make_engine
from desktop.store.guards import create_guards
from desktop.store.lock import Owner, WriterLock, refuse_network_place
from desktop.store.trail import Pen
from desktop.store.troubles import damaged, disk_full, explained
from resources.lang.messages import _


class Doer(Protocol):
    """What the store needs to know of an act: who, and the moment."""

    @property
    def who(self) -> str: ...
    @property
    def at(self) -> datetime: ...


class _Nobody:
    who = "sonhom"

    @property
    def at(self) -> datetime:
        return datetime.now(UTC)


class Book:
    """An open book. Made by `create` or `open`; use it from one thread at a time and `close` it."""

    def __init__(self, address: str, engine: Engine, lock: WriterLock | None, owner: Owner | None) -> None:
        self.address = address
        self.engine = engine
        self.owner = owner
        """Who has the book when it is open read-only here; None when this window may write."""
        self._lock = lock
        self._writing = engine.execution_options(**{WRITING: True})
        self._medium_readonly = False
        with self.read() as session:
            row = session.scalars(select(BookRow)).one_or_none()
            if row is None:
                raise damaged()
            self.uid: bytes = row.uid
            self.name: str = row.name
        self.register_id = self._find_register()

    # -- making and opening ------------------------------------------------------------------------

    @classmethod
    def create(cls, address: str, name: str, who: str = "", organisation: str = "", place: str = "") -> Book:
        """Make a new empty book and open it; raise Trouble when something is already there or cannot be written."""
        if is_server(address):
            engine = make_engine(address)
            with explained():
                if inspect(engine).has_table("book"):
                    raise Trouble(_("Trên máy chủ này đã có sổ."), _("Hãy mở sổ đó, hoặc tạo cơ sở dữ liệu khác."), "exists")
                _build(engine, name, organisation, place)
            engine.dispose()
            return cls.open(address, who)
        path = Path(address)
        refuse_network_place(path)
        try:
            # "x": never write over a file that somebody may need.
            path.parent.mkdir(parents=True, exist_ok=True)
            path.open("xb").close()
        except FileExistsError:
            raise Trouble(_("Đã có tệp mang tên này."), _("Hãy chọn tên khác, hoặc mở tệp đó."), "exists") from None
        except OSError as error:
            raise _file_trouble(error) from error
        engine = make_engine(str(path))
        try:
            with explained():
                _build(engine, name, organisation, place)
        except BaseException:
            engine.dispose()
            for suffix in ("", "-wal", "-shm"):
                Path(str(path) + suffix).unlink(missing_ok=True)
            raise
        engine.dispose()
        return cls.open(str(path), who)

    @classmethod
    def open(cls, address: str, who: str = "") -> Book:
        """Open a book; read-only when another window has it or the medium cannot be written. Raise Trouble."""
        if is_server(address):
            with explained():
                engine = make_engine(address)
                migrate.check_server(engine)
                return cls(address, engine, None, None)
        path = Path(address)
        migrate.check_file(path)
        refuse_network_place(path)
        if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
            return cls._open_unwritable(path)
        lock = WriterLock(path)
        if lock.take(who or _user()):
            try:
                with explained():
                    migrate.bring_up_to_date(path)
                    return cls(address, make_engine(str(path)), lock, None)
            except BaseException:
                lock.release()
                raise
        migrate.refuse_old(path)
        with explained():
            return cls(address, make_engine(str(path), readonly=True), None, lock.owner())

    @classmethod
    def _open_unwritable(cls, path: Path) -> Book:
        migrate.refuse_old(path)
        pending = Path(str(path) + "-wal")
        immutable = not pending.exists() or pending.stat().st_size == 0
        with explained():
            engine = make_engine(str(path), readonly=True, immutable=immutable)
            return cls(str(path), engine, None, Owner(_("ổ đĩa chỉ cho đọc"), platform.node(), ""))

    @property
    def readonly(self) -> bool:
        """Tell whether this window may only read."""
        return self.owner is not None

    @property
    def is_file(self) -> bool:
        """Tell whether the book is a file on this computer and not on a server."""
        return not is_server(self.address)

    @property
    def path(self) -> Path:
        """Return the file of the book; raise ValueError when it is on a server."""
        if not self.is_file:
            raise ValueError("a book on a server has no file")
        return Path(self.address)

    # -- using -------------------------------------------------------------------------------------

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Open a session to read in; what is loaded stays usable after it, nothing is written."""
        with explained(), Session(self.engine, expire_on_commit=False, autoflush=False) as session:
            yield session

    @contextmanager
    def write(self, act: Doer) -> Iterator[Session]:
        """Open the one transaction of a deed: kept whole at the end of the block, or not at all.

        Raises Trouble when the book is read-only, busy or the disk is full.
        """
        if self.owner is not None:
            raise Trouble(
                _("Sổ đang mở chỉ để đọc vì {who} ({computer}) đang giữ quyền ghi.").format(
                    who=self.owner.who, computer=self.owner.computer
                ),
                _("Hãy đóng cửa sổ kia rồi mở lại sổ này."),
                "readonly",
            )
        with explained(), Session(self._writing, expire_on_commit=False, autoflush=False) as session:
            connection = session.connection()
            if connection.dialect.name == "postgresql":
                # One writer at a time, as with a file: numbers and balances are read and then written.
                connection.exec_driver_sql("SELECT id FROM book FOR UPDATE")
            pen = Pen(connection, self._writing_register(connection))
            session.info.update(act=act, pen=pen)
            yield session
            session.flush()
            pen.lay_down(connection)
            session.commit()

    def close(self) -> None:
        """Close the book; a file is left complete in itself, without side files."""
        if self.is_file and not self.readonly:
            try:
                with self.engine.connect() as connection:
                    raw = connection.connection.driver_connection
                    assert isinstance(raw, sqlite3.Connection)
                    connection.rollback()
                    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            except Exception:  # noqa: BLE001, S110 - closing must not fail; the next opening replays the log
                pass
        self.engine.dispose()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Book:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    # -- the register ------------------------------------------------------------------------------

    def _find_register(self) -> int | None:
        with self.read() as session:
            uid = register_uid()
            return session.scalar(select(Register.id).where(Register.uid == uid))

    def _writing_register(self, connection: Connection) -> int:
        """Return this computer's register in the book, making it at the first write."""
        if self.register_id is None:
            table = Register.__table__
            connection.execute(
                table.insert().values(
                    uid=register_uid(), name=platform.node(), created_at=datetime.now(UTC), last_seq=0, last_hash=bytes(32)
                )
            )
            self.register_id = connection.execute(
                select(table.c.id).where(table.c.uid == register_uid())
            ).scalar_one()
        return self.register_id


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


_register_uid: bytes | None = None


def register_uid() -> bytes:
    """Return the identity of this computer's pen: made once, kept in the user's settings folder."""
    global _register_uid
    if _register_uid is None:
        from resources.files import config_dir

        file = config_dir() / "register"
        try:
            _register_uid = bytes.fromhex(file.read_text(encoding="ascii").strip())
        except (OSError, ValueError):
            _register_uid = new_uid()
            try:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(_register_uid.hex(), encoding="ascii")
            except OSError:
                pass  # a computer without a writable home still works; its pen then lives one session
    return _register_uid


def _build(engine: Engine, name: str, organisation: str, place: str) -> None:
    """Create all tables, guards and the book's own row in one transaction."""
    writing = engine.execution_options(**{WRITING: True})
    with writing.begin() as connection:
        metadata.create_all(connection)
        create_guards(connection)
        migrate.stamp(connection)
    with Session(writing, expire_on_commit=False) as session:
        session.add(Register(uid=register_uid(), name=platform.node(), created_at=datetime.now(UTC)))
        session.flush()
        connection = session.connection()
        pen = Pen(connection, session.scalars(select(Register.id)).one())
        session.info.update(act=_Nobody(), pen=pen)
        session.add(
            BookRow(
                uid=new_uid(), name=name, organisation=organisation, address=place, created_at=datetime.now(UTC)
            )
        )
        session.flush()
        pen.lay_down(connection)
        session.commit()


def _file_trouble(error: OSError) -> Trouble:
    import errno

    if error.errno == errno.ENOSPC:
        return disk_full()
    return Trouble(
        _("Không tạo được tệp ở chỗ đã chọn."),
        _("Hãy chọn một thư mục khác mà bạn được quyền ghi."),
        "cannot-create",
    )
