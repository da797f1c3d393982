"""Automatic copies of a book in a folder: how they are called, and which of them may go as they grow old."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from desktop.store.backup import Copy, back_up, chain_ends, is_sound, reading
from desktop.store.book import Book
from desktop.store.troubles import explain_file

SUFFIX = ".sonhom"
_STAMP = "%Y%m%d-%H%M"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kept:
    """An automatic copy in a folder: the minute it was made (this computer's clock) and its size in bytes."""

    path: Path
    made: datetime
    size: int


def copies_of(book: Book, folder: Path) -> list[Kept]:
    """Return the automatic copies of a book in a folder, the newest first; none when the folder is not there.

    A copy is ours when it is named as we name them and holds this very book.
    """
    return [copy for copy in named(book.path, folder) if _identity(copy.path) == book.uid]


def last_sound(book_file: Path, folder: Path) -> Kept | None:
    """Return the newest automatic copy of a book's file that can be read whole; None when there is none.

    Goes by the name: of a damaged book the identity may no longer be readable.
    """
    return next((copy for copy in named(book_file, folder) if is_sound(copy.path)), None)


def named(book_file: Path, folder: Path) -> list[Kept]:
    """Return the files called as we call the copies of a book, the newest first."""
    name = re.compile(re.escape(book_file.stem) + r"-(\d{8}-\d{4})(?:-\d+)?" + re.escape(SUFFIX))
    found = []
    with suppress(OSError):
        for file in folder.iterdir():
            named = name.fullmatch(file.name)
            if named is None:
                continue
            with suppress(ValueError, OSError):
                found.append(Kept(file, datetime.strptime(named[1], _STAMP), file.stat().st_size))
    return sorted(found, key=lambda copy: (copy.made, copy.path.name), reverse=True)


def back_up_if_changed(book: Book, folder: Path, now: datetime) -> Copy | None:
    """Copy the book into the folder under the minute `now`; None when nothing changed since the last copy there.

    The folder is made when only it is missing: a missing stick is not replaced by a folder on this disk.
    Raises Trouble.
    """
    copies = copies_of(book, folder)
    state = _state(book.path)
    if copies and state is not None and _state(copies[0].path) == state:
        return None
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise explain_file(error) from error
    return back_up(book, _free_name(book, folder, now))


def _free_name(book: Book, folder: Path, now: datetime) -> Path:
    stem = f"{book.path.stem}-{now.strftime(_STAMP)}"
    target, number = folder / f"{stem}{SUFFIX}", 2
    while target.exists() and _identity(target) != book.uid:
        target, number = folder / f"{stem}-{number}{SUFFIX}", number + 1
    return target


def keep(
    files_with_times: Iterable[tuple[T, datetime]],
    days: int = 7,
    weeks: int = 4,
    months: int = 12,
    *,
    now: datetime,
) -> list[T]:
    """Return which copies may go: all but the last of each of the latest `days` days, `weeks` weeks, `months` months.

    Days, weeks and months without a copy do not count, so that a book that lay still for a year keeps its
    copies. The newest stays in any case, and so does one that seems to come from the future (a wrong clock).
    """
    ordered = sorted(files_with_times, key=lambda pair: pair[1], reverse=True)
    past = [(file, made) for file, made in ordered if made <= now]
    slots = [(set[Any](), most, of) for most, of in ((days, _day), (weeks, _week), (months, _month))]
    gone = []
    for at, (file, made) in enumerate(past):
        wanted = at == 0
        for taken, most, of in slots:
            if of(made) not in taken and len(taken) < most:
                taken.add(of(made))
                wanted = True
        if not wanted:
            gone.append(file)
    return gone


def _day(moment: datetime) -> int:
    return moment.toordinal()


def _week(moment: datetime) -> int:
    return (moment - timedelta(days=moment.weekday())).toordinal()


def _month(moment: datetime) -> int:
    return moment.year * 12 + moment.month


def thin_out(book: Book, folder: Path, days: int, weeks: int, months: int, now: datetime) -> list[Path]:
    """Remove the automatic copies of the book that are no longer wanted and return them. Nothing else is touched."""
    removed = []
    for file in keep(
        ((copy.path, copy.made) for copy in copies_of(book, folder)), days, weeks, months, now=now
    ):
        with suppress(OSError):
            file.unlink()
            removed.append(file)
    return removed


def _state(path: Path) -> Any:
    """Return what moves when anything in a book changes; None when it cannot be read."""
    try:
        with closing(reading(path)) as connection:
            return (
                chain_ends(connection),
                connection.execute("SELECT count(*), max(id) FROM prints").fetchone(),
                connection.execute("SELECT count(*), max(saved_at) FROM drafts").fetchone(),
                connection.execute("SELECT count(*), sum(length(image)) FROM member_photos").fetchone(),
            )
    except (OSError, sqlite3.Error):
        return None


def _identity(path: Path) -> bytes | None:
    try:
        with closing(reading(path)) as connection:
            row = connection.execute("SELECT uid FROM book").fetchone()
            return None if row is None else bytes(row[0])
    except (OSError, sqlite3.Error):
        return None
