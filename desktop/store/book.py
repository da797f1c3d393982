"""The book: opened once, read in `read()`, written in `write(act)`, closed.

A write is one transaction: everything or nothing, one line (or more) of the chain, one sync to the disk. A book is
opened, and glanced at, with the bare driver; SQLAlchemy is loaded by the first session (`store.sessions`).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.models.problems import Trouble
from desktop.models.rules.access import LOCKED, OPEN, Access
from desktop.store import migrate
from desktop.store.glance import Glance, SessionGlance, glancing, open_file
from desktop.store.guards import missing_in_file
from desktop.store.lock import Owner, WriterLock, refuse_network_place, user_here
from desktop.store.recognise import is_server, log_pending, real_file
from desktop.store.troubles import damaged, disk_full, explained, name_too_long, readonly_place
from resources.lang.messages import _

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from desktop.store.sessions import Doer, Sessions


_LONGEST_NAME = 247
"""Bytes of the name of a file that can be opened: its journal (`-journal`) must have a name too."""


class Book:
    """An open book. Made by `create` or `open`; use it from one thread at a time and `close` it."""

    def __init__(
        self,
        address: str,
        *,
        lock: WriterLock | None = None,
        owner: Owner | None = None,
        medium_readonly: bool = False,
        immutable: bool = False,
        bare: sqlite3.Connection | None = None,
    ) -> None:
        self.address = address
        self.owner = owner
        """Who has the book when another window writes it; None otherwise."""
        self.medium_readonly = medium_readonly
        """The file or its disk is write-protected."""
        self.repaired: frozenset[str] = frozenset()
        """The guards that somebody had dropped or changed, and that this opening has made anew."""
        self._immutable = immutable
        self._lock = lock
        self._sessions: Sessions | None = None
        self._bare = [] if bare is None else [bare]
        """What glances ask through, kept for the next one: SQLite reads the whole schema for each new connection, and
        that takes longer than all that the start page asks."""
        self.access: Access = LOCKED
        """Who uses the book; set by `services.users`."""
        try:
            self._look_in()
        except BaseException:
            self._put_away()
            raise

    def _look_in(self) -> None:
        with self.glance() as look:
            rows = look.rows("SELECT uid, name FROM book")
            if len(rows) != 1:
                raise damaged()
            self.uid: bytes = bytes(rows[0][0])
            self.name: str = rows[0][1]
            guarded = bool(look.rows("SELECT id FROM users WHERE active = 1 LIMIT 1"))
        self.access = LOCKED if guarded else OPEN

    # -- making and opening ------------------------------------------------------------------------

    @classmethod
    def create(cls, address: str, name: str, who: str = "", organisation: str = "", place: str = "") -> Book:
        """Make a new empty book and open it; raise Trouble when something is already there or cannot be written."""
        from desktop.store.making import BookFacts, make_book

        make_book(address, BookFacts(name, organisation, place, who))
        return cls.open(address, who)

    @classmethod
    def open(cls, address: str, who: str = "") -> Book:
        """Open a book; read-only when another window has it or the medium cannot be written. Raise Trouble."""
        if is_server(address):
            with explained():
                return cls(address)
        path = real_file(address)
        version = migrate.check_file(path)
        refuse_network_place(path)
        if len(os.fsencode(path.name)) > _LONGEST_NAME:
            raise name_too_long()
        if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
            migrate.refuse_old(path)
            with explained():
                return cls(str(path), medium_readonly=True, immutable=not log_pending(path))
        lock = WriterLock(path)
        if lock.take(who or user_here()):
            try:
                with explained():
                    bare, repaired = _brought_up_to_date(path, version)
                    book = cls(str(path), lock=lock, bare=bare)
                    book.repaired = repaired
                    return book
            except BaseException:
                lock.release()
                raise
        migrate.refuse_old(path)
        with explained():
            return cls(str(path), owner=lock.owner())

    @classmethod
    def open_still(cls, address: str, who: str = "") -> Book:
        """Open a book file only to read, with no file made beside it: for a disk that has no room for one.

        Raises Trouble of a full disk when that cannot be: another window has the book, it was not closed or is old.
        """
        path = real_file(address)
        lock = WriterLock(path)
        if migrate.check_file(path) != migrate.HEAD or log_pending(path) or not lock.take(who or user_here()):
            raise disk_full()
        try:
            with explained():
                return cls(str(path), lock=lock, medium_readonly=True, immutable=True)
        except BaseException:
            lock.release()
            raise

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
    def glance(self) -> Iterator[Glance]:
        """Ask plain questions of one picture of the book; of a file without loading SQLAlchemy."""
        if not self.is_file:
            with explained(), self.engine.connect() as connection:
                yield SessionGlance(connection)
            return
        with explained():
            with ExitStack() as stack:
                # Taken out while it is in use: whoever glances shares it with nobody. After an error it is not kept.
                bare = self._bare.pop() if self._bare else self._open_bare()
                stack.callback(bare.close)
                with glancing(bare) as look:
                    yield look
                stack.pop_all()
            self._bare.append(bare)

    def _open_bare(self) -> sqlite3.Connection:
        return open_file(self.path, readonly=self.readonly, immutable=self._immutable)

    def read(self) -> AbstractContextManager[Session]:
        """Open a session to read in; what is loaded stays usable after it, nothing is written."""
        return self.sessions.read(self.access)

    def write(self, act: Doer) -> AbstractContextManager[Session]:
        """Open the one transaction of a deed: kept whole at the end of the block, or not at all.

        Raises Trouble when the book is read-only, busy or the disk is full.
        """
        self.check_writing()
        return self.sessions.write(act, self.access)

    def check_writing(self) -> None:
        """Raise Trouble when this window may not write: for what is made outside the book before the deed."""
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

    @property
    def sessions(self) -> Sessions:
        """What gives sessions; made, and SQLAlchemy loaded, when it is first asked for."""
        if self._sessions is None:
            from desktop.store.engine import make_engine
            from desktop.store.sessions import Sessions

            engine = make_engine(self.address, readonly=self.readonly, immutable=self._immutable)
            self._sessions = Sessions(engine)
            if not self.is_file:
                self.repaired = migrate.check_server(engine)
        return self._sessions

    @property
    def engine(self) -> Engine:
        """The engine below the sessions."""
        return self.sessions.engine

    def close(self) -> None:
        """Close the book; a file is left complete in itself, without side files."""
        self._put_away(fold=self.is_file and not self.readonly)
        if self._lock is not None:
            self._lock.release()

    def _put_away(self, *, fold: bool = False) -> None:
        """Close all connections, the log folded into the file if wished."""
        while self._bare:
            self._bare.pop().close()
        if self._sessions is not None:
            self._sessions.engine.dispose()
            self._sessions = None
        if fold:
            # Closing must not fail: what stays in the log, the next opening brings in.
            with suppress(sqlite3.Error), closing(open_file(self.path)) as bare:
                bare.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def __enter__(self) -> Book:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()


def _brought_up_to_date(path: Path, version: str) -> tuple[sqlite3.Connection, frozenset[str]]:
    """Open a book file that only we write, brought up to date where it is not: most days it is.

    Returns with it the guards that were missing in a book of this very schema: nothing of ours drops them.
    """
    missing: frozenset[str] = frozenset()
    if version == migrate.HEAD:
        with ExitStack() as stack:
            bare = stack.enter_context(closing(open_file(path)))
            missing = frozenset(missing_in_file(bare))
            if not missing:
                stack.pop_all()
                return bare, missing
    migrate.bring_up_to_date(path)
    return open_file(path), missing
