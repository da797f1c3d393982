"""The door of the program: `sonhom`, or `python -m desktop`."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.app import Program

    Watch = Callable[[Program], object]


def main() -> int:
    """Open the window, or do what the command line says; return the exit code."""
    from desktop import cli

    return cli.main(open_window=open_window)


def open_window(book: str | None, watch: Watch | None = None) -> int:
    """Open the window with a book or without, and return the exit code; see `desktop.app.run`."""
    # While modules are loaded everything made is kept, and looking for garbage again and again costs a tenth of the
    # start. `desktop.app.Collector` takes the collection over when the window stands.
    gc.disable()
    # The window is imported only here: no command needs Qt.
    import desktop.qt_import  # noqa: F401  (first: see there)
    from desktop.app import run

    return run(book, watch)


if __name__ == "__main__":
    sys.exit(main())
