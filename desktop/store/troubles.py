"""Driver errors, turned into a sentence that the clerk can act on."""

from __future__ import annotations

import errno
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from desktop.models.problems import Refusal, Trouble
from desktop.store.guards import REFUSED
from resources.lang.messages import _

if TYPE_CHECKING:
    from sqlalchemy.exc import DBAPIError

DAMAGED = "damaged"
"""The code of the trouble of a book that cannot be read whole."""

_NO_DATABASE = re.compile(r'database ".*" does not exist')
_NOT_LET_IN = re.compile(
    r'role ".*" does not exist|authentication failed|no password supplied|no pg_hba.conf entry|password is empty'
    r'|permission denied for database|role ".*" is not permitted to log in'
)
_NO_TEXT = "Could not decode to UTF-8"
"""How Python's driver begins when bytes of a text are none; it gives the error no name."""


def disk_full() -> Trouble:
    """Return the trouble of a full disk."""
    return Trouble(
        _("Ổ đĩa đã đầy, dữ liệu vừa rồi chưa được ghi."),
        _("Hãy xóa bớt tệp không cần trên ổ đĩa rồi làm lại. Sổ vẫn nguyên như trước."),
        "disk-full",
    )


def damaged() -> Trouble:
    """Return the trouble of a file that does not open as a book: foreign, or damaged at its beginning."""
    return Trouble(
        _("Tệp này không phải là sổ của Sổ Nhóm, hoặc đã bị hỏng."),
        _("Hãy chọn đúng tệp .sonhom, hoặc mở bản sao lưu gần nhất (thư mục sao-luu bên cạnh sổ, hoặc USB)."),
        "not-a-book",
    )


def damaged_part() -> Trouble:
    """Return the trouble of a book of which some part can no longer be read."""
    return Trouble(
        _("Tệp sổ đã bị hỏng: có phần không đọc được."),
        _(
            "Đừng ghi tiếp vào sổ này. Hãy mở bản sao lưu gần nhất (thư mục sao-luu bên cạnh sổ, hoặc USB), "
            "kiểm tra sổ đó rồi ghi lại những gì thiếu; giữ tệp hỏng lại để nhờ người xem."
        ),
        DAMAGED,
    )


def is_damage(trouble: Trouble) -> bool:
    """Tell whether a trouble means that the file itself is damaged (or is no book at all)."""
    return trouble.code in (DAMAGED, "not-a-book", "truncated", "disk-error")


def readonly_place() -> Trouble:
    """Return the trouble of a file or a disk that cannot be written."""
    return Trouble(
        _("Không ghi được vào tệp sổ: tệp hoặc ổ đĩa chỉ cho đọc."),
        _("Hãy chép tệp vào ổ đĩa của máy rồi mở lại."),
        "readonly",
    )


def name_too_long() -> Trouble:
    """Return the trouble of a file name that leaves no room for what is called after it: log, lock, copies."""
    return Trouble(
        _("Tên tệp quá dài."),
        _("Hãy đặt tên ngắn hơn, khoảng 60 chữ cái; tên sổ ở trong sổ thì dài được."),
        "name-too-long",
    )


def disk_error() -> Trouble:
    """Return the trouble of a disk that fails while reading or writing."""
    return Trouble(
        _("Ổ đĩa báo lỗi khi đọc hoặc ghi sổ."),
        _("Hãy sao lưu ngay sang ổ khác và kiểm tra ổ đĩa."),
        "disk-error",
    )


def busy() -> Trouble:
    """Return the trouble of a book that another program is writing at this moment."""
    return Trouble(
        _("Sổ đang bận: một chương trình khác đang ghi."),
        _("Hãy chờ vài giây rồi làm lại."),
        "busy",
    )


_BY_SQLITE_NAME = {
    "SQLITE_FULL": disk_full,
    "SQLITE_NOTADB": damaged,
    "SQLITE_CORRUPT": damaged_part,
    "SQLITE_IOERR_SHORT_READ": damaged_part,  # the file is shorter than it says
    "SQLITE_IOERR_CORRUPTFS": damaged_part,
    "SQLITE_BUSY": busy,
    "SQLITE_LOCKED": busy,
    "SQLITE_READONLY": readonly_place,
    "SQLITE_CANTOPEN": readonly_place,
    "SQLITE_PERM": readonly_place,
    "SQLITE_IOERR_SHMSIZE": disk_full,  # no room for the index of the log
    "SQLITE_IOERR": disk_error,
}


def explain(error: BaseException) -> Trouble | None:
    """Return the trouble that a driver's error means, or None when it is our own mistake."""
    # Loaded when something has gone wrong: a book is opened without SQLAlchemy.
    from sqlalchemy.exc import DBAPIError, SQLAlchemyError
    from sqlalchemy.orm.exc import StaleDataError

    if not isinstance(error, (SQLAlchemyError, sqlite3.Error)):
        return None
    if isinstance(error, StaleDataError):
        return Trouble(
            _("Bản ghi này vừa được người khác sửa."),
            _("Hãy mở lại bản ghi, xem thay đổi rồi sửa tiếp."),
            "stale",
        )
    origin = error.orig if isinstance(error, DBAPIError) else error
    name = str(getattr(origin, "sqlite_errorname", "") or "")
    for start, make in _BY_SQLITE_NAME.items():
        if name.startswith(start):
            return make()
    if isinstance(origin, sqlite3.Error) and str(origin).startswith(_NO_TEXT):
        return damaged_part()
    if REFUSED in str(origin):
        return Trouble(_(REFUSED), "", "append-only")
    if isinstance(error, DBAPIError) and not isinstance(origin, sqlite3.Error):
        return _explain_server(error)
    return None


def _explain_server(error: DBAPIError) -> Trouble | None:
    """Return the trouble that a server's error means; None when it is our own mistake."""
    from sqlalchemy.exc import OperationalError

    said, state = str(error.orig), getattr(error.orig, "sqlstate", None)
    if state in ("42501", "25006"):  # insufficient privilege, read-only transaction
        return Trouble(
            _("Máy chủ không cho tên đăng nhập này đọc hoặc ghi sổ."),
            _("Hãy nhờ người quản trị máy chủ cấp quyền trên cơ sở dữ liệu của sổ."),
            "server-rights",
        )
    if not isinstance(error, OperationalError):
        return None
    if state == "53100":
        return disk_full()
    # While connecting psycopg gives no SQLSTATE, only the server's words.
    if _NO_DATABASE.search(said):
        return Trouble(
            _("Máy chủ trả lời, nhưng chưa có cơ sở dữ liệu mang tên này."),
            _("Hãy xem lại tên cơ sở dữ liệu, hoặc nhờ người quản trị máy chủ tạo trước."),
            "no-database",
        )
    if _NOT_LET_IN.search(said):
        return Trouble(
            _("Máy chủ không nhận tên đăng nhập hoặc mật khẩu này."),
            _("Hãy gõ lại tên và mật khẩu, hoặc hỏi người quản trị máy chủ."),
            "server-sign-in",
        )
    return Trouble(
        _("Không liên lạc được với máy chủ dữ liệu."),
        _("Hãy kiểm tra mạng và địa chỉ máy chủ rồi thử lại."),
        "server",
    )


def explain_file(error: OSError) -> Trouble:
    """Return the trouble that an error of the file system means when a file is being made or copied."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_full()
    if error.errno == errno.EFBIG:
        return Trouble(
            _("Ổ đĩa không nhận tệp lớn như vậy."),
            _("Hãy chọn một ổ đĩa khác (USB định dạng FAT32 chỉ nhận tệp dưới 4 GB)."),
            "too-large",
        )
    if error.errno == errno.ENAMETOOLONG:
        return name_too_long()
    if error.errno in (errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.ENOTDIR):
        return Trouble(
            _("Không thấy thư mục hoặc ổ đĩa đã chọn."),
            _("Hãy cắm lại USB hoặc chọn một thư mục khác."),
            "no-place",
        )
    if error.errno == errno.EIO:
        return disk_error()
    return Trouble(
        _("Không tạo được tệp ở chỗ đã chọn."),
        _("Hãy chọn một thư mục khác mà bạn được quyền ghi."),
        "cannot-create",
    )


def missing_file(path: object) -> Trouble:
    """Return the trouble of a file that was to be read and is not there."""
    return Trouble(
        _("Không thấy tệp {path}.").format(path=path),
        _("Hãy kiểm tra lại tên tệp và thư mục."),
        "no-file",
    )


@contextmanager
def explained() -> Iterator[None]:
    """Turn driver errors inside the block into Trouble; our own mistakes pass unchanged."""
    try:
        yield
    except (Trouble, Refusal):
        raise
    except Exception as error:
        trouble = explain(error)
        if trouble is None:
            raise
        raise trouble from error
