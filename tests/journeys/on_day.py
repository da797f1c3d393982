"""Start the window as if today were another day: `python -m tests.journeys.on_day 2026-04-10 BOOK [SEEN]`.

A life of months is keyed in within a minute this way; everything but the day is the real program. With SEEN the
program writes to that file what a person would see: where the cursor is, and the words of the window in front.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QTextEdit,
    QWidget,
)

import desktop.app
from desktop.services.acts import Act
from desktop.views.kit.desk import Desk

_EVERY = 200
_ROWS = 60


def main(day: date, book: str, seen: Path | None = None) -> int:
    """Open the window with a book on this day; return the exit code."""
    Desk.today = lambda _desk: day  # type: ignore[method-assign]
    Act.now = classmethod(  # type: ignore[method-assign, assignment]
        lambda cls, who: cls(who, datetime.combine(day, datetime.now(UTC).timetz()), day)
    )
    if seen is None:
        return desktop.app.run(book)
    desktop.app.make_application(["sonhom"])
    timer = QTimer()
    timer.timeout.connect(lambda: _write(seen))
    timer.start(_EVERY)
    return desktop.app.run(book)


def _write(seen: Path) -> None:
    focus, front = QApplication.focusWidget(), QApplication.activeModalWidget()
    front = front or QApplication.activeWindow()
    told = {
        "focus": [] if focus is None else [focus.objectName(), focus.accessibleName(), _words_of(focus)],
        "words": [] if front is None else list(_words(front)),
    }
    aside = seen.with_suffix(".new")
    aside.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    os.replace(aside, seen)


def _words(window: QWidget) -> Iterator[str]:
    for widget in [window, *window.findChildren(QWidget)]:
        if widget.isVisible():
            if isinstance(widget, QAbstractItemView):
                yield from _cells(widget)
            elif text := _words_of(widget):
                yield text


def _words_of(widget: Any) -> str:
    if isinstance(widget, (QLabel, QAbstractButton, QLineEdit)):
        return widget.text()
    if isinstance(widget, QComboBox):
        return widget.currentText()
    if isinstance(widget, QTextEdit):
        return widget.toPlainText()
    return ""


def _cells(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    if model is None:
        return
    columns = 1 if isinstance(view, QListView) else model.columnCount()
    for row in range(min(_ROWS, model.rowCount())):
        cells = (model.index(row, column).data() for column in range(columns))
        yield " | ".join(str(cell) for cell in cells if cell not in (None, ""))


if __name__ == "__main__":
    sys.exit(main(date.fromisoformat(sys.argv[1]), sys.argv[2], *map(Path, sys.argv[3:4])))
