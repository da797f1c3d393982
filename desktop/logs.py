"""The diary of faults, for whoever helps the clerk: kept small, without personal data.

Only our own code positions and the types of errors are written, never the texts of errors, which may hold
names or amounts (`describe`).
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from resources.files import config_dir

if TYPE_CHECKING:
    import logging

_LOGGER = "sonhom"
_SIZE = 300_000
_KEPT = 3


def start_log(folder: Path | None = None) -> Path | None:
    """Open the log file and return its path; None when the folder cannot be written."""
    # Loaded here: it brings half of the network library, and most days nothing is written.
    import logging
    from logging.handlers import RotatingFileHandler

    logger = logging.getLogger(_LOGGER)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    for old in list(logger.handlers):
        logger.removeHandler(old)
        old.close()
    file = (folder or config_dir() / "logs") / "sonhom.log"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(file, maxBytes=_SIZE, backupCount=_KEPT, encoding="utf-8", delay=True)
    except OSError:
        logger.addHandler(logging.NullHandler())
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(threadName)s %(message)s"))
    logger.addHandler(handler)
    return file


def log() -> logging.Logger:
    """Return the program's log, opened when it is first asked for. Write codes and counts into it, never what people typed."""
    import logging

    logger = logging.getLogger(_LOGGER)
    if not logger.handlers:
        start_log()
    return logger


def describe(error: BaseException) -> str:
    """Return where and of which type an error is, without its text: fit for the log and for sending."""
    import traceback

    lines = []
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        lines.append(f"{type(error).__module__}.{type(error).__qualname__}")
        for frame in traceback.extract_tb(error.__traceback__):
            lines.append(f"  {_short(frame.filename)}:{frame.lineno} {frame.name}")
        following = error.__cause__ or error.__context__
        if following is None:
            break
        error = following
        lines.append("caused by")
    return "\n".join(lines)


def catch_all(show: Callable[[BaseException], None]) -> None:
    """Send whatever nobody caught to the log and to `show`."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log().error("uncaught\n%s", describe(error))
        show(error)

    sys.excepthook = hook


def _short(filename: str) -> str:
    """Return the path inside the program, so that the user's home folder is not told."""
    parts = Path(filename).parts
    for room in ("desktop", "reports", "resources", "site-packages"):
        if room in parts:
            return "/".join(parts[parts.index(room) :])
    return parts[-1] if parts else filename
