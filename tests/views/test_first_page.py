"""The first page of the window stands, with the figures of the book, before anything heavy is loaded. No clock here."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import textwrap
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.services.books import open_book
from desktop.services.overview import start
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
    "asyncio",
    "calendar",
    "concurrent.futures",
    "ctypes",
    "decimal",
    "desktop.models.inclusion_kinds",
    "desktop.models.kinds",
    "filelock",
    "locale",
    "logging.handlers",
    "platform",
    "secrets",
    "ssl",
    "subprocess",
    "uuid",
)
WITH_A_BOOK = ("hashlib", "sqlite3")
"""What opening a book brings with it: a window without a book does not wait for these either."""
GENERATED = {"desktop.models.problems.Problem", "desktop.services.acts.Act"}
"""The dataclasses that the first page may wait for: making one costs as much as five named tuples."""

START = """
    import enum, json, sys

    made = []  # the enumerations that Python has made, PySide's by far the most
    plain = enum.EnumMeta.__new__

    def make(kind, name, *rest, **more):
        made.append(name)
        return plain(kind, name, *rest, **more)

    enum.EnumMeta.__new__ = make
    from desktop import cli
    from desktop.__main__ import open_window

    heavy = sys.argv.pop().split(",")

    def loaded():
        return [name for name in heavy if name in sys.modules]

    def generated():
        ours = [module for name, module in list(sys.modules.items()) if name.split(".")[0] in ("desktop", "resources")]
        classes = {kind for module in ours for kind in vars(module).values() if isinstance(kind, type)}
        return [f"{kind.__module__}.{kind.__qualname__}" for kind in classes if hasattr(kind, "__dataclass_fields__")]

    def watch(program):
        from PySide6.QtCore import Qt
        from PySide6.QtGui import QKeyEvent
        from PySide6.QtWidgets import QBoxLayout, QGridLayout
        told = {"moved": []}

        def watching(plain):
            def add(layout, widget, *rest):
                if layout.parentWidget() not in (None, widget.parentWidget()):
                    told["moved"].append(type(widget).__name__)
                plain(layout, widget, *rest)
            return add

        for kind in (QBoxLayout, QGridLayout):
            kind.addWidget = watching(kind.addWidget)

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
            told["generated"] = generated()
            told["enumerations"] = made
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
        [sys.executable, "-c", textwrap.dedent(START), *book, ",".join(HEAVY + WITH_A_BOOK)],
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
    assert set(told["first"]) <= set(WITH_A_BOOK)
    _nothing_made_in_vain(told)
    assert "sqlalchemy" in told["rest"], "what the next page needs is loaded behind this one"
    assert "alembic" not in told["rest"]


def test_the_page_without_a_book_stands_before_anything_heavy_is_loaded(tmp_path: Path) -> None:
    told = _started(tmp_path)
    assert told["page"] == "Sổ Nhóm"
    assert told["key"], "the page answers keys"
    assert told["first"] == []
    _nothing_made_in_vain(told)


def _nothing_made_in_vain(told: dict[str, Any]) -> None:
    """What costs a start most, beside modules: generated classes, Qt's enumerations, widgets that are dressed twice."""
    assert set(told["generated"]) <= GENERATED
    # Whoever is handed a QStyle waits for the six hundred names in it.
    assert "PixelMetric" not in told["enumerations"]
    # A widget that gets another parent is dressed anew, with all that is in it: only small ones may.
    assert set(told["moved"]) <= {"Figure"}


def test_the_schema_of_a_book_is_read_twice_until_the_first_page(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    connect = sqlite3.connect

    def counting(place: str, *more: Any, **named: Any) -> sqlite3.Connection:
        opened.append(place)
        return connect(place, *more, **named)

    monkeypatch.setattr(sqlite3, "connect", counting)
    book = open_book(path)
    try:
        assert start(book, date(2026, 11, 30)).groups == 1
        assert len(opened) == 2, "once untouched, to see what it is; once for all that is asked then"
    finally:
        book.close()


def test_a_book_is_opened_and_closed_without_sqlalchemy(path: str) -> None:
    code = (
        "import sys; from desktop.services.books import close_book, open_book; "
        f"close_book(open_book({path!r})); sys.exit('sqlalchemy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
