"""Is this file a book, and of which schema? Asked before anything is opened for writing, without touching the file."""

from __future__ import annotations

import os
import sqlite3
import struct
from contextlib import closing
from pathlib import Path

from desktop.models.problems import Trouble
from desktop.store.troubles import busy, damaged
from resources.addresses import is_server as is_server
from resources.lang.messages import _

_MAGIC = b"SQLite format 3\x00"


def real_file(address: str | Path) -> Path:
    """Return the file that an address leads to: what a symbolic link points at, otherwise the path as it is.

    SQLite keeps its log beside the file itself; so must the lock be, and whatever takes the file's place.
    """
    path = Path(address)
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def file_version(path: Path) -> str:
    """Return the schema version of a book file; raise Trouble, saying what it is instead, when the file is no book."""
    head = _head(path)
    if not head:
        raise Trouble(_("Tệp này rỗng (0 byte)."), _("Hãy mở bản sao lưu gần nhất của sổ."), "empty")
    if head.startswith(b"PK\x03\x04"):
        raise Trouble(
            _("Đây là tệp nén hoặc tệp Excel, không phải tệp sổ."),
            _("Hãy giải nén rồi chọn tệp .sonhom; danh sách Excel thì dùng mục Nhập thành viên."),
            "zip",
        )
    if not head.startswith(_MAGIC) or len(head) < 100:
        raise damaged()
    if not log_pending(path):
        _refuse_truncated(path, head)
    return _version(path)


def is_database(path: Path) -> bool:
    """Tell whether a file begins as a book does: damaged then, and not something else."""
    try:
        with path.open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


def log_pending(path: Path) -> bool:
    """Tell whether a write-ahead log with content lies beside the file: it is open elsewhere or was not closed."""
    try:
        return Path(f"{real_file(path)}-wal").stat().st_size > 0
    except OSError:
        return False


def _head(path: Path) -> bytes:
    if path.is_dir():
        raise Trouble(
            _("Đây là một thư mục, không phải tệp sổ."), _("Hãy chọn tệp có đuôi .sonhom."), "directory"
        )
    try:
        with path.open("rb") as stream:
            return stream.read(100)
    except FileNotFoundError:
        raise Trouble(
            _("Không thấy tệp này."),
            _("Tệp có thể đã được chuyển đi hoặc đổi tên; hãy tìm và mở lại."),
            "missing",
        ) from None
    except OSError as error:
        raise Trouble(
            _("Không đọc được tệp này."), _("Hãy kiểm tra quyền đọc tệp hoặc ổ đĩa."), "unreadable"
        ) from error


def _refuse_truncated(path: Path, head: bytes) -> None:
    """Raise Trouble when the file is shorter than its own header says: copying it was not finished."""
    (page,) = struct.unpack_from(">H", head, 16)
    page = 65536 if page == 1 else page
    changed, pages = struct.unpack_from(">II", head, 24)
    (counted_at,) = struct.unpack_from(">I", head, 92)
    size = path.stat().st_size
    if page < 512:  # no database has such pages
        raise damaged()
    if size % page or (changed == counted_at and size < page * pages):
        raise Trouble(
            _("Tệp sổ bị cụt: lần chép trước chưa xong."),
            _("Hãy chép lại từ máy cũ, hoặc mở bản sao lưu gần nhất."),
            "truncated",
        )


def _version(path: Path) -> str:
    pending = log_pending(path)
    # Without a log the file is all there is: opened as immutable, SQLite makes no file beside it.
    mode = "mode=ro" if pending else "mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?{mode}", uri=True)) as connection:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            book = connection.execute("SELECT uid FROM book").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname.startswith("SQLITE_BUSY"):
            raise busy() from error
        if pending and error.sqlite_errorname.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY")):
            raise Trouble(
                _("Sổ này đóng chưa trọn (còn tệp {name}), mà ổ đĩa chỉ cho đọc.").format(
                    name=path.name + "-wal"
                ),
                _("Hãy chép cả hai tệp vào ổ đĩa của máy rồi mở lại."),
                "log-pending",
            ) from error
        raise damaged() from error
    except sqlite3.Error as error:
        raise damaged() from error
    if row is None or book is None:
        raise damaged()
    return str(row[0])
