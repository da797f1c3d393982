"""Under which name and identity the restorings of a book stand in its chain; asked at every start, so nothing heavy."""

from __future__ import annotations

import hashlib

SUBJECT = "book_restores"
"""The subject of the change that tells of a restoring. It belongs to no table: the chain itself is the record."""


def restore_uid(book: bytes) -> bytes:
    """Return the identity under which the restorings of a book stand in its chain."""
    return hashlib.sha256(b"restores of " + book).digest()[:16]
