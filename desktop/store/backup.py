"""Copies of a book: made while it is open, and read back before they get their name.

A copy is made in one step by SQLite's online backup under a working name, read back, and only then named. So a
stick pulled out too early leaves a working file behind at most, never half a book under the name of a whole one.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from desktop.models.problems import Trouble
from desktop.store.book import Book
from desktop.store.disk import remove_book, sync_file, sync_folder
from desktop.store.recognise import file_version, real_file
from desktop.store.troubles import DAMAGED, damaged_part, explain, explain_file, is_damage
from resources.lang.messages import _

_WORKING = ".dang-chep"

ChainEnds = tuple[tuple[bytes, int, bytes], ...]
"""Where the chain of each register ends: its identity, the last place and the hash there."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that was made, read back and found sound: where, its size in bytes, how many vouchers it holds."""

    path: Path
    size: int
    vouchers: int


def back_up(book: Book, target: Path) -> Copy:
    """Copy an open book to `target`, check the copy, and replace what was there under that name.

    The book may be written meanwhile; the copy is one moment of it. Raises Trouble, also when the book itself is
    damaged: a damaged copy would be taken for a way back. The target is then as it was.
    """
    if not book.is_file:
        raise Trouble(
            _("Sổ này nằm trên máy chủ PostgreSQL, không sao lưu thành tệp được."),
            _("Hãy nhờ người quản trị máy chủ sao lưu bằng pg_dump."),
            "server-book",
        )
    if _same_file(book.path, target):
        raise Trouble(
            _("Không sao lưu đè lên chính sổ đang mở."), _("Hãy chọn tên hoặc thư mục khác."), "same-file"
        )
    if target.is_dir():
        raise Trouble(_("Nơi sao lưu là một thư mục."), _("Hãy đặt tên tệp cho bản sao lưu."), "directory")
    return _copy(book.path, target)


def _same_file(one: Path, other: Path) -> bool:
    try:
        return other.exists() and one.samefile(other)
    except OSError:
        return False


def _copy(source: Path, target: Path) -> Copy:
    working = target.with_name(f"{target.name}{_WORKING}")
    try:
        remove_book(working)
        # Made first by ourselves: SQLite would only say "unable to open", the system says why.
        working.touch()
        copy_pages(source, working)
        vouchers = _read_back(source, working)
        sync_file(working)
        size = working.stat().st_size
        os.replace(working, target)
        sync_folder(target.parent)
    except BaseException as error:
        remove_book(working)
        if isinstance(error, (OSError, sqlite3.Error)):
            raise _trouble(error) from error
        raise
    return Copy(target, size, vouchers)


def copy_pages(source: Path, working: Path) -> None:
    """Copy a book as it is at one moment into a file that is there and empty. Raises OSError, sqlite3.Error."""
    with closing(reading(source)) as book, closing(sqlite3.connect(working)) as copy:
        copy.execute("PRAGMA synchronous=OFF")  # the whole file is synced once, at the end
        # All pages in one step: in several, a writer in between makes it begin anew, again and again.
        book.backup(copy, pages=-1)
        # A copy is one file: it may be carried away without what lies beside it.
        copy.execute("PRAGMA journal_mode=DELETE")


def reading(path: Path) -> sqlite3.Connection:
    """Open a database file to read only, leaving nothing beside it that was not there."""
    # Without a log nobody has it open, and the file is all there is.
    mode = "mode=ro" if Path(f"{real_file(path)}-wal").exists() else "mode=ro&immutable=1"
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?{mode}", uri=True)
    connection.execute("PRAGMA busy_timeout=5000")
    return connection


def _read_back(source: Path, working: Path) -> int:
    """Return how many vouchers the copy holds; raise Trouble when it is not sound, or not like the book."""
    with closing(reading(working)) as copy, closing(reading(source)) as book:
        if not _sound(copy):
            raise _bad_copy() if _sound(book) else _damaged_source()
        if file_version(working) != file_version(source) or not _reached(book, chain_ends(copy)):
            raise _bad_copy()
        (vouchers,) = copy.execute("SELECT count(*) FROM vouchers").fetchone()
        # Vouchers are only ever added: more than the book has now, the copy cannot have.
        if book.execute("SELECT count(*) >= ? FROM vouchers", (vouchers,)).fetchone() != (1,):
            raise _bad_copy()
    return int(vouchers)


def _bad_copy() -> Trouble:
    return Trouble(
        _("Bản sao không đọc lại được nguyên vẹn nên đã bị bỏ."),
        _("Hãy sao lưu sang ổ đĩa hoặc USB khác."),
        "bad-copy",
    )


def _damaged_source() -> Trouble:
    known = damaged_part()
    return Trouble(
        _("Tệp sổ đã bị hỏng nên không sao lưu; các bản sao cũ được giữ nguyên."), known.advice, known.code
    )


def is_sound(path: Path) -> bool:
    """Tell whether every page of a book's file can be read and every row points to something."""
    try:
        with closing(reading(path)) as connection:
            return _sound(connection)
    except (OSError, sqlite3.Error):
        return False


def _sound(connection: sqlite3.Connection) -> bool:
    try:
        whole: bool = connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
        return whole and connection.execute("PRAGMA foreign_key_check").fetchone() is None
    except sqlite3.DatabaseError as error:
        known = explain(error)
        if known is not None and is_damage(known):
            return False
        raise


def chain_ends(connection: sqlite3.Connection) -> ChainEnds:
    """Return where the chains of a book end."""
    return tuple(connection.execute("SELECT uid, last_seq, last_hash FROM registers ORDER BY uid"))


def _reached(book: sqlite3.Connection, ends: ChainEnds) -> bool:
    """Tell whether the book has every end of the copy's chains: as its own end, or further back by now."""
    if chain_ends(book) == ends:
        return True
    return all(
        book.execute(
            "SELECT 1 FROM registers r WHERE r.uid = ?1 AND (?2 = 0 OR EXISTS ("
            " SELECT 1 FROM vouchers v WHERE v.register_id = r.id AND v.seq = ?2 AND v.hash = ?3) OR EXISTS ("
            " SELECT 1 FROM changes c WHERE c.register_id = r.id AND c.seq = ?2 AND c.hash = ?3))",
            end,
        ).fetchone()
        for end in ends
    )


def _trouble(error: OSError | sqlite3.Error) -> Trouble:
    known = explain_file(error) if isinstance(error, OSError) else explain(error)
    if known is not None and is_damage(known) and isinstance(error, sqlite3.Error):
        return _damaged_source() if known.code == DAMAGED else known
    if known is None or known.code in ("readonly", "cannot-create"):
        return Trouble(
            _("Không ghi được bản sao lưu: thư mục hoặc ổ đĩa chỉ cho đọc."),
            _("Hãy chọn thư mục khác, hoặc mở khóa ghi của USB."),
            "cannot-create",
        )
    if known.code == "disk-full":
        return Trouble(
            _("Ổ đĩa chứa bản sao lưu đã đầy; chưa sao lưu được."),
            _("Hãy xóa bớt tệp trên ổ đĩa đó hoặc chọn ổ khác. Sổ không bị ảnh hưởng."),
            "disk-full",
        )
    return known
