"""From the start of the process to the first usable page, against importing PySide6.QtWidgets alone."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

from benchmarks.measure import Line, interleaved
from desktop.services import demo
from desktop.services.demo_story import DemoOrder

TURNS = 9

_IMPORT = "import os, PySide6.QtWidgets; os._exit(0)"
_START = """
import os, sys
from desktop import app
qt = app.make_application(["sonhom"])
program = app.Program(qt)
collector = app.Collector(program)
window = program.show()
qt.processEvents()
if len(sys.argv) > 1:
    settled = []
    def look():
        if settled and not program.desk.runner.busy:
            qt.quit()
    window.books.settled.connect(lambda: settled.append(True))
    program.desk.runner.idle.connect(look)
    program.open_first(sys.argv[1])
    qt.exec()
    qt.processEvents()
os._exit(0)
"""


def run(folder: Path) -> list[Line]:
    """Start the window without and with a book, each in a process of its own."""
    book = folder / "start.sonhom"
    demo.write_demo(str(book), DemoOrder(today=date(2026, 11, 23)), bulk=True)
    environment = {
        # As installed: the byte code is kept. With PYTHONDONTWRITEBYTECODE every start compiles our files anew.
        **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        "QT_QPA_PLATFORM": "offscreen",
        "SONHOM_CONFIG_DIR": str(folder / "config"),
        "PYTHONPATH": os.pathsep.join(filter(None, [os.getcwd(), os.environ.get("PYTHONPATH", "")])),
    }

    def python(*arguments: str) -> None:
        subprocess.run([sys.executable, "-c", *arguments], env=environment, check=True)

    bare, empty, filled = interleaved(
        TURNS, lambda: python(_IMPORT), lambda: python(_START), lambda: python(_START, str(book)), warm=1
    )
    return [
        Line("Start to the first page / importing QtWidgets", empty, bare, 2, note="no book yet"),
        Line("Start to the start page of a book / the same", filled, bare, 2, note="last book reopened"),
    ]
