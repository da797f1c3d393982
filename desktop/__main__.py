"""The door of the program: `sonhom`, or `python -m desktop`."""

from __future__ import annotations

import os
import sys

from resources.lang.messages import _


def main() -> int:
    """Open the window, or do what the command line says; return the exit code."""
    from desktop import cli

    return cli.main(open_window=_open_window)


def _no_screen() -> bool:
    """Tell whether a window cannot be shown: Qt would end the process with words for programmers."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform.startswith("linux") and not any(os.environ.get(name) for name in named)


def _open_window(book: str | None) -> int:
    if _no_screen():
        from desktop.commands.command import Exit

        print(
            _(
                "Máy này không có màn hình để mở cửa sổ. Hãy dùng các lệnh (xem sonhom --help), "
                "hoặc chạy trong phiên làm việc có màn hình."
            ),
            file=sys.stderr,
        )
        return Exit.TROUBLE
    # The window is imported only here: no command needs Qt.
    from desktop.app import run

    return run(book)


if __name__ == "__main__":
    sys.exit(main())
