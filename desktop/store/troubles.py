"""Driver errors, turned into a sentence that the clerk can act on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, SQLAlchemyError
from sqlalchemy.orm.exc import StaleDataError

from desktop.models.problems import Trouble
from desktop.store.guards import REFUSED
from resources.lang.messages import _


def disk_full() -> Trouble:
    """Return the trouble of a full disk."""
    return Trouble(
        _("Ổ đĩa đã đầy, dữ liệu vừa rồi chưa được ghi."),
        _("Hãy xóa bớt tệp không cần trên ổ đĩa rồi làm lại. Sổ vẫn nguyên như trước."),
        "disk-full",
    )


def damaged() -> Trouble:
    """Return the trouble of a damaged or foreign file."""
    return Trouble(
        _("Tệp này không phải là sổ của Sổ Nhóm, hoặc đã bị hỏng."),
        _("Hãy chọn đúng tệp .sonhom, hoặc mở bản sao lưu gần nhất."),
        "not-a-book",
    )


_BY_SQLITE_NAME = {
    "SQLITE_FULL": disk_full,
    "SQLITE_NOTADB": damaged,
    "SQLITE_CORRUPT": damaged,
}


def explain(error: BaseException) -> Trouble | None:
    """Return the trouble that a driver's error means, or None when it is our own mistake."""
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
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return Trouble(
            _("Sổ đang bận: một chương trình khác đang ghi."),
            _("Hãy chờ vài giây rồi làm lại."),
            "busy",
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return Trouble(
            _("Không ghi được vào tệp sổ: tệp hoặc ổ đĩa chỉ cho đọc."),
            _("Hãy chép tệp vào ổ đĩa của máy rồi mở lại."),
            "readonly",
        )
    if name.startswith("SQLITE_IOERR"):
        return Trouble(
            _("Ổ đĩa báo lỗi khi đọc hoặc ghi sổ."),
            _("Hãy sao lưu ngay sang ổ khác và kiểm tra ổ đĩa."),
            "disk-error",
        )
    if isinstance(error, IntegrityError) and REFUSED in str(origin):
        return Trouble(_(REFUSED), "", "append-only")
    if isinstance(error, OperationalError) and not isinstance(origin, sqlite3.Error):
        return Trouble(
            _("Không liên lạc được với máy chủ dữ liệu."),
            _("Hãy kiểm tra mạng và địa chỉ máy chủ rồi thử lại."),
            "server",
        )
    return None


@contextmanager
def explained() -> Iterator[None]:
    """Turn driver errors inside the block into Trouble; our own mistakes pass unchanged."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, StaleDataError) as error:
        trouble = explain(error)
        if trouble is None:
            raise
        raise trouble from error
