"""The first page of the window stands, with the figures of the book, before anything heavy is loaded. No clock here."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from desktop.store.book import Book
from tests.ready_books import ready_book
from tests.village import meet, settle

HEAVY = (
    "sqlalchemy",
    "alembic",
    "reportlab",
    "babel",
    "pypdfium2",
    "xlsxwriter",
    "python_calamine",
    "desktop.models.records.every",
    "desktop.commands",
    "desktop.views.palette",
    "desktop.views.groups",
    "desktop.views.members",
    "desktop.views.meetings",
    "desktop.views.kit.table_view",
    "reports",
)
WITH_THE_LOCK = ("filelock", "asyncio", "ssl", "subprocess", "concurrent.futures", "logging.handlers")
"""What the lock of a book brings with it: a window without a book does not wait for these either."""

START = """
    import json, sys
    from desktop import cli
    from desktop.__main__ import open_window

    heavy = sys.argv.pop().split(",")

    def loaded():
        return [name for name in heavy if name in sys.modules]

    def watch(program):
        from PySide6.QtCore import Qt
        from PySide6.QtGui import QKeyEvent
        told = {}

        def stands():
            page = program.window.page
            first = program.window.focusWidget()
            key = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier)
            program.app.sendEvent(first, key)
            told["page"] = page.title()
            told["members"] = page.facts.members if page.facts else None
            told["cash"] = page.facts.cash[0].cash if page.facts else None
            told["key"] = program.window.focusWidget() is not first
            told["first"] = loaded()
            if not page.facts:
                end()

        def end():
            told["rest"] = loaded()
            print(json.dumps(told))
            program.window.close()

        program.desk.first_page_stands.connect(stands, Qt.ConnectionType.SingleShotConnection)
        program.desk.runner.idle.connect(lambda: end() if "sqlalchemy" in sys.modules and "rest" not in told else None)

    sys.exit(cli.main(open_window=lambda book: open_window(book, watch)))
"""


def _started(tmp_path: Path, *book: str) -> dict[str, Any]:
    """Start the program as a person does and return what it had loaded when its first page stood, and later."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "SONHOM_CONFIG_DIR": str(tmp_path / "config"),
    }
    answer = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(START), *book, ",".join(HEAVY + WITH_THE_LOCK)],
        env=environment, check=True, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    told: dict[str, Any] = json.loads(answer.stdout)
    return told


def _with_a_meeting(book: Book) -> None:
    meet(book, settle(book), 1)


@pytest.fixture
def path(tmp_path: Path) -> str:
    book, _none = ready_book(tmp_path / "so.sonhom", "first-page", _with_a_meeting)
    book.close()
    return book.address


def test_the_page_of_a_book_stands_before_anything_heavy_is_loaded(path: str, tmp_path: Path) -> None:
    told = _started(tmp_path, path)
    assert told["page"] == "Sổ thử"
    assert told["members"] == 3
    assert told["cash"] > 0
    assert told["key"], "the page answers keys"
    assert set(told["first"]) <= set(WITH_THE_LOCK)
    assert "sqlalchemy" in told["rest"], "what the next page needs is loaded behind this one"
    assert "alembic" not in told["rest"]


def test_the_page_without_a_book_stands_before_anything_heavy_is_loaded(tmp_path: Path) -> None:
    told = _started(tmp_path)
    assert told["page"] == "Sổ Nhóm"
    assert told["key"], "the page answers keys"
    assert told["first"] == []


def test_a_book_is_opened_and_closed_without_sqlalchemy(path: str) -> None:
    code = (
        "import sys; from desktop.services.books import close_book, open_book; "
        f"close_book(open_book({path!r})); sys.exit('sqlalchemy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
