"""The fork at the door: `sonhom` opens the window, `sonhom COMMAND …` works without one (`desktop.commands.line`).

Nothing of the commands is imported on the way to the window.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TextIO

from resources.lang.messages import LANGUAGES, set_language

OpenWindow = Callable[[str | None], int]
"""Opens the window, with a book or without; returns the exit code of the program."""


def main(argv: Sequence[str] | None = None, *, open_window: OpenWindow | None = None) -> int:
    """Run the command line and return its exit code (see `desktop.commands.command.Exit`)."""
    words = list(sys.argv[1:] if argv is None else argv)
    _speak_utf8(sys.stdout, sys.stderr)
    set_language(_language_of(words))
    book = _book_to_open(words)
    if open_window is not None and book is not _NOT_A_WINDOW:
        return open_window(book or None)
    from desktop.commands.line import obey

    return obey(words)


_NOT_A_WINDOW = "-"


def _book_to_open(words: Sequence[str]) -> str:
    """Return the book to open in the window, nothing for no book, or `_NOT_A_WINDOW` when a command is meant."""
    bare = _without_language(words)
    if not bare:
        return ""
    if len(bare) == 1 and not bare[0].startswith("-") and _is_book(bare[0]):
        return bare[0]
    return _NOT_A_WINDOW


def _is_book(word: str) -> bool:
    return word.endswith(".sonhom") or word.startswith(("postgresql://", "postgres://"))


def _without_language(words: Sequence[str]) -> list[str]:
    bare = [word for word in words if not word.startswith("--lang=")]
    if "--lang" in bare:
        at = bare.index("--lang")
        del bare[at : at + 2]
    return bare


def _language_of(words: Sequence[str]) -> str:
    """Return the language asked for anywhere on the command line, Vietnamese when none is."""
    for at, word in enumerate(words):
        value = word.partition("=")[2] if word.startswith("--lang=") else ""
        if word == "--lang" and at + 1 < len(words):
            value = words[at + 1]
        if value in LANGUAGES:
            return value
    return "vi"


def _speak_utf8(*streams: TextIO) -> None:
    """Write Vietnamese also where the console was set up for another alphabet (Windows)."""
    for stream in streams:
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
