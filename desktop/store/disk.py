"""What has truly reached the disk, and what may be removed from it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

SIDE_FILES = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database while it is open."""


def fold_log(path: Path) -> None:
    """Bring the write-ahead log into the file, so that copying the file copies the book."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def sync_file(path: Path) -> None:
    """Return only when the file's content is on the disk. Raises OSError."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def sync_folder(path: Path) -> None:
    """Return only when a renaming in the folder is on the disk, where the system can tell (not on Windows)."""
    if os.name == "nt":
        return
    with suppress(OSError):
        number = os.open(path, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def remove_book(path: Path) -> None:
    """Remove a database file of our own making, with what lies beside it; nothing happens when it is not there."""
    for suffix in ("", *SIDE_FILES):
        with suppress(OSError):
            Path(str(path) + suffix).unlink()
