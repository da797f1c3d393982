"""Which files may be kept in the book, known by their first bytes and not by their name."""

from __future__ import annotations

from desktop.models.problems import Problem
from resources.lang.messages import _

LARGEST = 5_000_000
"""Bytes of one file at most: a book stays small enough for a USB stick and an old laptop."""

_BEGINNINGS = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"%PDF-": "application/pdf",
}


def media_type(content: bytes) -> str | None:
    """Return the media type of a file that may be kept, None for every other."""
    return next((kind for begin, kind in _BEGINNINGS.items() if content.startswith(begin)), None)


def check_file(content: bytes, field: str = "file") -> list[Problem]:
    """Return what is wrong with a file before it is kept."""
    if media_type(content) is None:
        return [Problem.stop("file-kind", field, _("Chỉ giữ được ảnh JPEG, PNG hoặc tệp PDF."))]
    if len(content) > LARGEST:
        return [
            Problem.stop("file-large", field, _("Tệp lớn quá 5 MB; hãy quét lại ở độ phân giải thấp hơn."))
        ]
    return []
