"""Copies of the book: one asked for, one at every closing, and the list of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.services.findings import Progress
from desktop.store import backup
from desktop.store import copies as automatic
from desktop.store.backup import Copy
from desktop.store.book import Book
from resources.lang.messages import _

__all__ = [
    "Copy",
    "KeptCopy",
    "back_up",
    "back_up_on_close",
    "copies",
    "folder_of",
    "last_copy",
    "way_back",
]

FOLDER = "sao-luu"
"""The folder beside the book that takes the automatic copies when no other is chosen."""


@dataclass(frozen=True, slots=True)
class KeptCopy:
    """An automatic copy: where it is, when it was made (to the minute, with a zone) and its size in bytes."""

    path: Path
    made: datetime
    size: int


def back_up(book: Book, target: Path | str, progress: Progress | None = None) -> Copy:
    """Copy the open book to a file, also while it is being written, and read the copy back.

    Takes the place of a file of that name only when the copy is whole. Raises Trouble (full disk, missing or
    write-protected stick, a book on a server); then nothing is changed.
    """
    if progress is not None:
        progress(0, 0, _("Đang chép và đọc lại bản sao…"))
    return backup.back_up(book, Path(target))


def folder_of(book: Book, folder: str = "") -> Path:
    """Return the folder of the automatic copies: the one chosen, or `sao-luu` beside the book."""
    return Path(folder) if folder else book.path.parent / FOLDER


def back_up_on_close(
    book: Book, folder: str = "", days: int = 7, weeks: int = 4, months: int = 12, now: datetime | None = None
) -> Copy | None:
    """Copy the book into the folder of automatic copies when it changed since the last, and thin out the old ones.

    Keeps the last copy of each of the latest `days` days, `weeks` weeks and `months` months. Returns None when
    there was nothing to copy (no change, read-only, or on a server). Raises Trouble.
    """
    if book.readonly or not book.is_file:
        return None
    place, moment = folder_of(book, folder), now or datetime.now()
    copy = automatic.back_up_if_changed(book, place, moment)
    # Only after a sound copy: a damaged book raises above and pushes out none of the copies made while it was whole.
    if copy is not None:
        automatic.thin_out(book, place, days, weeks, months, moment)
    return copy


def copies(book: Book, folder: str = "") -> list[KeptCopy]:
    """Return the automatic copies of the book in the folder, the newest first."""
    if not book.is_file:
        return []
    found = automatic.copies_of(book, folder_of(book, folder))
    return [KeptCopy(copy.path, copy.made.astimezone(), copy.size) for copy in found]


def way_back(book_file: Path, folder: str = "") -> str:
    """Return where the newest sound automatic copy of a damaged book lies and how to go on, as a sentence."""
    place = Path(folder) if folder else book_file.parent / FOLDER
    copy = automatic.last_sound(book_file, place)
    if copy is None:
        return _(
            "Không thấy bản sao lưu tự động nào còn nguyên trong {folder}; hãy tìm bản trên USB hoặc máy khác."
        ).format(folder=place)
    return _(
        "Bản sao lưu gần nhất còn nguyên: {path} (lúc {when}). "
        "Hãy đóng sổ rồi chọn “Khôi phục từ bản sao lưu…”, sau đó ghi lại những gì thiếu từ lúc ấy."
    ).format(path=copy.path, when=f"{copy.made:%d/%m/%Y %H:%M}")


def last_copy(book: Book, folder: str = "") -> KeptCopy | None:
    """Return the newest automatic copy of the book, or None."""
    return next(iter(copies(book, folder)), None)
