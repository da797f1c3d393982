"""The book: opened once, read in `read()`, written in `write(act)`, closed.

A write is one transaction: everything or nothing, one line (or more) of the chain, one sync to the disk.
"""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine, bindparam, insert, inspect, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from desktop.models.ids import new_uid
from desktop.models.problems import Trouble
from desktop.models.records.every import BookRow, Register, User, metadata
from desktop.models.rules.access import LOCKED, OPEN, Access
from desktop.store import migrate
from desktop.store.disk import remove_book
from desktop.store.engine import is_server, make_engine, writing
from desktop.store.guards import create_guards
from desktop.store.lock import Owner, WriterLock, refuse_network_place
from desktop.store.recognise import log_pending
from desktop.store.trail import Pen
from desktop.store.troubles import damaged, explain_file, explained, readonly_place
from resources.lang.messages import _


class Doer(Protocol):
    """What the store needs to know of an act: who, and the moment."""

    @property
    def who(self) -> str:
        """Return the name of the person."""
        ...

    @property
    def at(self) -> datetime:
        """Return the moment, aware."""
        ...


_REGISTER = select(Register.id).where(Register.uid == bindparam("uid"))


class Book:
    """An open book. Made by `create` or `open`; use it from one thread at a time and `close` it."""

    def __init__(
        self,
        address: str,
        engine: Engine,
        *,
        lock: WriterLock | None = None,
        owner: Owner | None = None,
        medium_readonly: bool = False,
    ) -> None:
        self.address = address
        self.engine = engine
        self.owner = owner
        """Who has the book when another window writes it; None otherwise."""
        self.medium_readonly = medium_readonly
        """The file or its disk is write-protected."""
        self._lock = lock
        self._writing = writing(engine)
        self.access: Access = LOCKED
        """Who uses the book; set by `services.users`."""
        with self.read() as session:
            row = session.scalars(select(BookRow)).one_or_none()
            if row is None:
                raise damaged()
            self.uid: bytes = row.uid
            self.name: str = row.name
            guarded = session.scalar(select(User.id).where(User.active.in_((True,))).limit(1)) is not None
        self.access = LOCKED if guarded else OPEN
        self.register_id = self._find_register()

    # -- making and opening ------------------------------------------------------------------------

    @classmethod
    def create(cls, address: str, name: str, who: str = "", organisation: str = "", place: str = "") -> Book:
        """Make a new empty book and open it; raise Trouble when something is already there or cannot be written."""
        facts = _Facts(name, organisation, place, who)
        if is_server(address):
            with explained():
                engine = make_engine(address)
                try:
                    taken = set(inspect(engine).get_table_names()) & metadata.tables.keys()
                    if "book" in taken:
                        raise Trouble(
                            _("Trên máy chủ này đã có sổ."),
                            _("Hãy mở sổ đó, hoặc tạo cơ sở dữ liệu khác."),
                            "exists",
                        )
                    if taken:
                        raise Trouble(
                            _("Cơ sở dữ liệu này đang được dùng cho việc khác."),
                            _("Hãy tạo một cơ sở dữ liệu mới, trống, rồi dùng địa chỉ của nó."),
                            "not-empty",
                        )
                    _build(engine, facts)
                finally:
                    engine.dispose()
        else:
            _create_file(Path(address), facts)
        return cls.open(address, who)

    @classmethod
    def open(cls, address: str, who: str = "") -> Book:
        """Open a book; read-only when another window has it or the medium cannot be written. Raise Trouble."""
        if is_server(address):
            with explained():
                engine = make_engine(address)
                with _disposing_on_error(engine):
                    migrate.check_server(engine)
                    return cls(address, engine)
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
                    engine = make_engine(str(path))
                    with _disposing_on_error(engine):
                        return cls(address, engine, lock=lock)
            except BaseException:
                lock.release()
                raise
        migrate.refuse_old(path)
        with explained():
            engine = make_engine(str(path), readonly=True)
            with _disposing_on_error(engine):
                return cls(address, engine, owner=lock.owner())

    @classmethod
    def _open_unwritable(cls, path: Path) -> Book:
        migrate.refuse_old(path)
        with explained():
            engine = make_engine(str(path), readonly=True, immutable=not log_pending(path))
            with _disposing_on_error(engine):
                return cls(str(path), engine, medium_readonly=True)

    @property
    def readonly(self) -> bool:
        """Tell whether this window may only read."""
        return self.owner is not None or self.medium_readonly

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
            session.info["access"] = self.access
            yield session

    @contextmanager
    def write(self, act: Doer) -> Iterator[Session]:
        """Open the one transaction of a deed: kept whole at the end of the block, or not at all.

        Raises Trouble when the book is read-only, busy or the disk is full.
        """
        if self.medium_readonly:
            raise readonly_place()
        if self.access.locked:
            raise Trouble(
                _("Sổ này có người dùng: chưa ai đăng nhập."), _("Hãy đăng nhập rồi làm lại."), "signed-out"
            )
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
            register = _own_register(connection)
            pen = Pen(connection, register)
            session.info.update(act=act, pen=pen, access=self.access)
            yield session
            session.flush()
            pen.lay_down(connection)
            session.commit()
            self.register_id = register

    def close(self) -> None:
        """Close the book; a file is left complete in itself, without side files."""
        if self.is_file and not self.readonly:
            # Closing must not fail: what stays in the log, the next opening brings in.
            with (
                suppress(SQLAlchemyError, sqlite3.Error),
                closing(self.engine.raw_connection()) as connection,
            ):
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.engine.dispose()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Book:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def _find_register(self) -> int | None:
        with self.read() as session:
            return session.scalar(_REGISTER, {"uid": register_uid()})


@contextmanager
def _disposing_on_error(engine: Engine) -> Iterator[None]:
    try:
        yield
    except BaseException:
        engine.dispose()
        raise


def _own_register(connection: Connection) -> int:
    """Return this computer's register in the book, making it at the first write."""
    uid = register_uid()
    found: int | None = connection.execute(_REGISTER, {"uid": uid}).scalar_one_or_none()
    if found is None:
        connection.execute(
            insert(Register).values(
                uid=uid, name=platform.node(), created_at=datetime.now(UTC), last_seq=0, last_hash=bytes(32)
            )
        )
        found = connection.execute(_REGISTER, {"uid": uid}).scalar_one()
    return found


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


@dataclass(frozen=True, slots=True)
class _Facts:
    """What a new book says about itself, and who makes it."""

    name: str
    organisation: str
    address: str
    who: str


@dataclass(frozen=True, slots=True)
class _Maker:
    """The act of making a book."""

    who: str
    at: datetime


def _create_file(path: Path, facts: _Facts) -> None:
    refuse_network_place(path)
    try:
        if not path.parent.is_dir():
            # A mistyped stick must not become a folder of this computer.
            raise Trouble(
                _("Không thấy thư mục {folder}.").format(folder=path.parent),
                _("Hãy kiểm tra lại đường dẫn, cắm lại USB, hoặc tạo thư mục này trước."),
                "no-place",
            )
        # "x": never write over a file that somebody may need.
        path.open("xb").close()
    except FileExistsError:
        raise Trouble(
            _("Đã có tệp mang tên này."), _("Hãy chọn tên khác, hoặc mở tệp đó."), "exists"
        ) from None
    except OSError as error:
        raise explain_file(error) from error
    try:
        with explained():
            engine = make_engine(str(path))
            try:
                _build(engine, facts)
            finally:
                engine.dispose()
    except BaseException:
        remove_book(path)
        raise


def _build(engine: Engine, facts: _Facts) -> None:
    """Create all tables, guards and the book's own row in one transaction."""
    with writing(engine).begin() as connection:
        metadata.create_all(connection, checkfirst=False)
        create_guards(connection)
        migrate.stamp(connection)
        pen = Pen(connection, _own_register(connection))
        maker = _Maker(facts.who or _user(), datetime.now(UTC))
        with Session(connection, info={"act": maker, "pen": pen}) as session:
            session.add(
                BookRow(
                    uid=new_uid(),
                    name=facts.name,
                    organisation=facts.organisation,
                    address=facts.address,
                    created_at=maker.at,
                )
            )
            session.flush()
            pen.lay_down(connection)
            session.commit()
