"""The door of the program: `sonhom`, or `python -m desktop`."""

from __future__ import annotations

import sys


def main() -> int:
    """Open the window, or do what the command line says; return the exit code."""
    from desktop import cli

    return cli.main(open_window=_open_window)


def _open_window(book: str | None) -> int:
    # The window is imported only here: no command needs Qt.
    from desktop.app import run

    return run(book)


if __name__ == "__main__":
    sys.exit(main())
