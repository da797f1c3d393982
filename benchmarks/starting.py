"""From the start of the process to the first usable page, against importing PySide6.QtWidgets alone.

Usable: the start page of the book (or the ways to get a book) is drawn and a key has moved the focus on it. The door
is the real one, `desktop.__main__`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

from benchmarks.measure import Line, Took, interleaved_both
from desktop.services import demo
from desktop.services.demo_order import DemoOrder

TURNS = 9

_IMPORT = "import os, PySide6.QtWidgets; os._exit(0)"
_START = """
import os, sys
from desktop import cli
from desktop.__main__ import open_window

page = sys.argv.pop() if len(sys.argv) > 2 else ""

def watch(program):
    def stands():
        from PySide6.QtCore import QCoreApplication, QEvent, Qt
        from PySide6.QtGui import QKeyEvent
        program.app.processEvents()
        first = program.window.focusWidget()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(first, QKeyEvent(kind, Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier))
        ok = program.window.focusWidget() is not first and (len(sys.argv) < 2 or program.window.page.facts.groups)
        if not ok:
            os._exit(1)
        if not page:
            os._exit(0)
        program.desk.open_page(page)
        program.desk.runner.idle.connect(lambda: (program.app.processEvents(), os._exit(0)))
    program.desk.first_page_stands.connect(stands)

sys.exit(cli.main(open_window=lambda book: open_window(book, watch)))
"""


def run(folder: Path) -> list[Line]:
    """Start the window without a book, with one, and on to its list of members, each in a process of its own."""
    book = folder / "start.sonhom"
    demo.write_demo(str(book), DemoOrder(today=date(2026, 11, 23)), bulk=True)
    environment = {
        # As installed: the byte code is kept. With PYTHONDONTWRITEBYTECODE every start compiles our files anew.
        **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": os.pathsep.join(filter(None, [os.getcwd(), os.environ.get("PYTHONPATH", "")])),
    }

    def python(*arguments: str) -> None:
        # Who has opened a book opens it again next time: those without one have settings of their own.
        settings = {"SONHOM_CONFIG_DIR": str(folder / f"config-{len(arguments)}")}
        subprocess.run([sys.executable, "-c", *arguments], env=environment | settings, check=True)

    bare, empty, filled, members = interleaved_both(
        TURNS,
        lambda: python(_IMPORT),
        lambda: python(_START),
        lambda: python(_START, str(book)),
        lambda: python(_START, str(book), "members"),
        warm=1,
    )

    def line(name: str, took: Took, goal: float | None, note: str) -> Line:
        share = took.processor / bare.processor
        return Line(name, took.wall, bare.wall, goal, note=f"{note}; {share:.2f}× the processor time")

    return [
        line("Start to the first page / importing QtWidgets", empty, 2, "no book yet"),
        line("Start to the start page of a book / the same", filled, 2, "last book reopened"),
        line("Start, on to a book's list of members / the same", members, None, "SQLAlchemy loaded"),
    ]
