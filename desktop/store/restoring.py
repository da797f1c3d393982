"""A copy takes the place of a book: checked before, in one renaming, with the replaced file kept beside it.

Killed at any moment, the book's name holds the old file or the checked new one, whole; what was there before is
under its own name or under the dated one. The only exception is a place that knows neither hard links nor can be
read: there the old file is renamed, and for a moment only its dated name is there.
"""

from __future__ import annotations

import glob
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from desktop.models.problems import Trouble
from desktop.models.records.every import Change
from desktop.models.rules.access import OPEN
from desktop.store import migrate
from desktop.store.backup import ChainEnds, copy_pages, is_sound
from desktop.store.book import Book
from desktop.store.disk import fold_log, remove_book, sync_file, sync_folder
from desktop.store.inside import Inside, look_inside, lost_between
from desktop.store.lock import WriterLock, refuse_network_place
from desktop.store.recognise import file_version, is_database
from desktop.store.restore_mark import SUBJECT, restore_uid
from desktop.store.sessions import Doer
from desktop.store.trail import event_row
from desktop.store.troubles import DAMAGED, explain, explain_file, is_damage, readonly_place
from resources.lang.messages import _

_WORKING = ".dang-khoi-phuc"
_KEPT = "-truoc-khoi-phuc-"
_BESIDE = ("-wal", "-journal")
"""What belongs to a file that was not closed well, and goes with it. The index of the log is made anew."""


@dataclass(frozen=True, slots=True)
class Restored:
    """A restoring that was done: the book, where the replaced file is kept (None when there was none), how many
    vouchers the book now holds, and how many of the replaced file's it has not (None when that was not readable)."""

    path: Path
    kept: Path | None
    vouchers: int
    lost: int | None


def restore(copy: Path, target: Path, doer: Doer, check: Callable[[Book], None]) -> Restored:
    """Put a copy in the place of a book, or where a book is missing. The copy itself is only read.

    `check(book)` looks at the copy as a book, before it is put in place, and raises when it is not right. What was
    restored from what is written into the chain of the new book. Raises Trouble; then nothing has changed.
    """
    _refuse_place(copy, target)
    check_copy(copy)
    lock = WriterLock(target)
    if not lock.take(doer.who):
        raise _in_use(f"{lock.owner().who} ({lock.owner().computer})")
    working = target.with_name(target.name + _WORKING)
    try:
        kept = _free_name(target, doer.at) if target.exists() else None
        note = _note(copy, target, kept)
        vouchers = _make(copy, working, target, note, doer, check)
        if kept is not None:
            _set_aside(target, kept, _close_well(target))
        _rename(working, target)
        sync_folder(target.parent)
    except (OSError, sqlite3.Error, Trouble) as error:
        remove_book(working)
        known = _told(error)
        if known is error:
            raise
        raise known from error
    except BaseException:
        remove_book(working)
        raise
    finally:
        lock.release()
    lost = note["replaced"]["vouchers_lost"] if note["replaced"] is not None else None
    return Restored(target, kept, vouchers, lost)


# -- before ----------------------------------------------------------------------------------------------


def _refuse_place(copy: Path, target: Path) -> None:
    if copy.exists() and target.exists() and copy.samefile(target):
        raise Trouble(
            _("Bản sao lưu và sổ được khôi phục là cùng một tệp."),
            _("Hãy chọn một bản sao lưu khác."),
            "same-file",
        )
    if target.is_dir():
        raise Trouble(_("Nơi khôi phục là một thư mục."), _("Hãy đặt tên tệp cho sổ."), "directory")
    if not target.parent.is_dir():
        raise Trouble(
            _("Không thấy thư mục {folder}.").format(folder=target.parent),
            _("Hãy kiểm tra lại đường dẫn, cắm lại USB, hoặc tạo thư mục này trước."),
            "no-place",
        )
    refuse_network_place(target)
    if not os.access(target.parent, os.W_OK) or (target.exists() and not os.access(target, os.W_OK)):
        raise readonly_place()


def check_copy(copy: Path) -> None:
    """Raise Trouble when a file is no copy that could be restored: not there, no book, too new, cut short."""
    try:
        migrate.check_file(copy)
    except Trouble as trouble:
        cut = trouble.code == "truncated" or (trouble.code == "not-a-book" and is_database(copy))
        raise (bad_copy() if cut else trouble) from None


def _in_use(who: str = "") -> Trouble:
    return Trouble(
        _("Sổ đang được mở ({who}) nên chưa khôi phục được.").format(who=who)
        if who
        else _("Sổ đang được mở trong một cửa sổ khác nên chưa khôi phục được."),
        _("Hãy đóng sổ ở mọi cửa sổ rồi làm lại."),
        "in-use",
    )


def _close_well(target: Path) -> bool:
    """Make the present book one file, as closing does; return False when it is damaged and left as it lies.

    Giving up the log needs the file alone: this also finds a window that only reads. Raises Trouble.
    """
    if not target.exists() or look_inside(target) is None or not is_sound(target):
        return False  # opening what is no book could cost its log
    try:
        with closing(sqlite3.connect(f"{target.resolve().as_uri()}?mode=rw", uri=True, timeout=1)) as book:
            book.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise _in_use() from error
        raise
    return True


def _free_name(target: Path, at: datetime) -> Path:
    """Return a dated name beside the book that nothing has yet, on this computer's clock."""
    stem = f"{target.stem}{_KEPT}{at.astimezone():%Y%m%d-%H%M}"
    name, number = target.with_name(f"{stem}{target.suffix}"), 2
    while name.exists():
        name, number = target.with_name(f"{stem}-{number}{target.suffix}"), number + 1
    return name


def _note(copy: Path, target: Path, kept: Path | None) -> dict[str, Any]:
    """Return what the chain will say: from which place the copy goes on, and where the replaced file ended."""
    inside = look_inside(copy)
    if inside is None:
        raise bad_copy()
    replaced = None
    if kept is not None:
        before, loss = look_inside(target), lost_between(target, copy)
        _refuse_other_book(inside, before)
        replaced = {
            "file": kept.name,
            "ends": None if before is None else _ends(before.ends),
            "vouchers_lost": None if loss is None else loss.vouchers,
            "meetings_lost": None if loss is None else loss.meetings,
        }
    return {
        "copy": copy.name,
        "written_at": None if inside.written_at is None else inside.written_at.isoformat(),
        "ends": _ends(inside.ends),
        "replaced": replaced,
    }


def _refuse_other_book(copy: Inside, present: Inside | None) -> None:
    if present is not None and present.uid != copy.uid:
        raise Trouble(
            _("Bản sao này là của sổ khác: {name}.").format(name=copy.name),
            _("Hãy chọn bản sao của sổ {name}, hoặc mở bản sao này như một sổ riêng.").format(
                name=present.name
            ),
            "other-book",
        )


def _ends(ends: ChainEnds) -> list[list[Any]]:
    return [[uid.hex(), seq, digest.hex()] for uid, seq, digest in ends]


# -- the new file -----------------------------------------------------------------------------------------


def _make(
    copy: Path, working: Path, target: Path, note: dict[str, Any], doer: Doer, check: Callable[[Book], None]
) -> int:
    """Make the checked book under its working name, as one file that has reached the disk; return its vouchers."""
    _clear(working)
    working.touch()
    if target.exists():
        with suppress(OSError):
            shutil.copymode(target, working)  # who could not read the book cannot read it now
    copy_pages(copy, working)
    if not is_sound(working):
        raise bad_copy()
    older = migrate.bring_up_to_date(working)
    if older is not None:
        older.unlink()  # the copy that is restored is itself the copy from before
    with Book.open(str(working), doer.who) as book:
        check(book)
        # Whoever may replace the file may restore it; that is written down also when nobody can sign in yet.
        book.access = OPEN
        with book.write(doer) as session:
            row = event_row(SUBJECT, restore_uid(book.uid), note, doer, session.info["pen"])
            session.execute(insert(Change), [row])
    fold_log(working)
    with closing(sqlite3.connect(working)) as one:
        one.execute("PRAGMA journal_mode=DELETE")
        (vouchers,) = one.execute("SELECT count(*) FROM vouchers").fetchone()
    sync_file(working)
    file_version(working)
    return int(vouchers)


def _clear(working: Path) -> None:
    """Remove what a restoring that was killed has left under the working name."""
    remove_book(working)
    for part in ("-lock", "-who"):
        Path(f"{working}{part}").unlink(missing_ok=True)
    for older in working.parent.glob(f"{glob.escape(working.stem)}-truoc-nang-cap-*.sonhom"):
        older.unlink(missing_ok=True)


def bad_copy() -> Trouble:
    """Return the trouble of a copy that cannot be read whole."""
    return Trouble(
        _("Bản sao lưu này đã hỏng: có phần không đọc được. Sổ không bị thay đổi."),
        _("Hãy chọn một bản sao lưu khác."),
        DAMAGED,
    )


# -- the change of places ---------------------------------------------------------------------------------


def _set_aside(target: Path, kept: Path, closed_well: bool) -> None:
    """Give the present file its dated name too; it keeps its own until the new one takes it."""
    beside = [] if closed_well else [part for part in _BESIDE if Path(f"{target}{part}").exists()]
    for part in ["", *beside]:
        _second_name(Path(f"{target}{part}"), Path(f"{kept}{part}"))
    sync_folder(kept.parent)
    # The log of the old file must never be read into the new one.
    for part in (*_BESIDE, "-shm"):
        Path(f"{target}{part}").unlink(missing_ok=True)


def _second_name(file: Path, name: Path) -> None:
    with suppress(OSError, NotImplementedError):
        os.link(file, name)
        return
    # A stick without hard links: a copy under a working name first, so that a dated name is always a whole file.
    working = name.with_name(name.name + _WORKING)
    try:
        shutil.copyfile(file, working)
        sync_file(working)
        os.replace(working, name)
    except OSError as error:
        working.unlink(missing_ok=True)
        if explain_file(error).code == "disk-full":
            raise
        os.rename(file, name)  # a disk that can no longer read the file can still rename it


def _rename(working: Path, target: Path) -> None:
    try:
        os.replace(working, target)
    except PermissionError as error:  # Windows, while somebody reads the book
        raise _in_use() from error


def _told(error: Exception) -> Exception:
    """Return what to raise: a driver's or the system's error as Trouble, what we do not know as it is."""
    known = None
    if isinstance(error, OSError):
        known = explain_file(error)
    elif isinstance(error, sqlite3.Error):
        known = explain(error)
        if known is not None and is_damage(known):
            known = bad_copy()
    elif isinstance(error, Trouble) and is_damage(error):
        known = bad_copy()
    return known or error
