"""Shows every page of the window to somebody of a role, with every tab, and hears all that it says, copies and exports."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QEvent, QEventLoop
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTabWidget,
    QTextEdit,
    QWidget,
)

from desktop.models.inclusion_kinds import Role
from desktop.services.board.registry import measures
from desktop.store.book import Book
from desktop.views.kit.desk import Desk, Session
from desktop.views.kit.page import Page, PageAction
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_view import TableView
from desktop.views.pages import PAGES
from tests.secret_book import TODAY, Secret, leaks, sign
from tests.services.quick_facts import read_facts_once

MOST_ROWS = 400

Args = dict[str, Any]


def routes(secret: Secret) -> dict[str, list[Args]]:
    """Return with what each page is opened; a page that is not named here is opened without anything."""
    there, year = secret.places, date(TODAY.year, 1, 1)
    named: dict[str, list[Args]] = {
        "group": [{"group": 1}, {"group": 2}],
        "meetings": [{"group": 1}, {"group": 1, "new": True}],
        "cashbook": [{"group": 1}],
        "cash-count": [{"group": 1}],
        "opening": [{"group": 2}, {"group": secret.opened_group}],
        "savings-run": [{"group": 1}, {"group": 1, "run": there["run"]}],
        "share-out": [{"group": 1}],
        "rosca": [{"rosca": there["rosca"]}],
        "rosca-new": [{"group": 1}],
        "member": [{"member": secret.member}],
        "household": [{"household": there["household"]}],
        "loan": [{"loan": there["loan"]}, {"loan": there["taken"]}],
        "loan-new": [{"group": 1}],
        "loan-take": [{"group": 1}],
        "loan-product": [{"product": there["product"]}],
        "livelihood": [{"livelihood": there["livelihood"]}],
        "shock": [{"event": there["event"]}],
        "training_class": [{"training_class": secret.klass}],
        "attendance": [{"session": there["session"]}],
        "support-dossier": [{"support": secret.support}, {"support": 1}],
        "coordination-meeting": [{"meeting": secret.meeting}],
        "audit": [{"visit": there["visit"]}],
        "board-list": [
            {"measure": key, "starts": year, "span": "year"}
            for key, one in measures().items()
            if one.sensitive or key == "NMA-2"
        ],
        "reports": [{"group": 1}],
        "group-new": [{}],
        "imports": [{}],
        "household-list": [{}],
    }
    unknown = [entry.key for entry in PAGES if not entry.shown and entry.key not in named]
    assert not unknown, f"pages that are reached by routes only: say with what they are opened: {unknown}"
    return {entry.key: named.get(entry.key, [{}]) for entry in PAGES}


@dataclass(slots=True)
class Heard:
    """What a walk told: `leaks` by page, what every table exported, what was said in messages."""

    leaks: dict[str, set[str]] = field(default_factory=dict)
    texts: int = 0
    tables: int = 0
    rows: int = 0
    exported: set[str] = field(default_factory=set)
    said: list[str] = field(default_factory=list)

    def hear(self, where: str, texts: Sequence[str]) -> None:
        """Remember what of the person stands in texts."""
        self.texts += len(texts)
        if words := leaks("\n".join(texts)):
            self.leaks.setdefault(where, set()).update(words)


class Walk:
    """One walk of somebody through the window. Each page is built once and opened with all its arguments."""

    def __init__(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        self.desk = desk
        self.heard = Heard()
        self._sheets: list[list[str]] = []
        desk.said.connect(self._say)
        monkeypatch.setattr(Desk, "today", lambda _self: TODAY)
        # What a table writes is looked at before it becomes a file: the cells are the same, and 300 files cost a minute.
        monkeypatch.setattr("desktop.services.exchange.export_table", self._export)
        monkeypatch.setattr("desktop.views.kit.files.ask_save", self._choose)
        # Showing all columns is a choice that the settings would keep, with a sync to the disk each time.
        monkeypatch.setattr("desktop.settings.Settings._write", lambda _self: None)

    def through(self, pages: Mapping[str, Sequence[Args]]) -> Heard:
        """Open pages one after the other and return what they told."""
        entries = {entry.key: entry for entry in PAGES}
        built: list[Page] = []
        with _undressed(), _nothing_collected():
            for key, openings in pages.items():
                page = entries[key].load()(self.desk)
                page.setUpdatesEnabled(False)  # nobody looks: what is said is read, not drawn
                page.resize(1180, 800)
                page.show()
                for args in openings:
                    self._open(key, page, args)
                page.hide()
                built.append(page)
            for page in built:
                page.deleteLater()
            bury()
        return self.heard

    def _open(self, key: str, page: Page, args: Args) -> None:
        page.open(**args)
        settle(self.desk)
        for tabs in page.findChildren(QTabWidget):
            for place in range(tabs.count()):
                if tabs.isTabVisible(place) and tabs.currentIndex() != place:
                    tabs.setCurrentIndex(place)
                    settle(self.desk)
        self.heard.hear(key, [*_framing(page), *texts_of(page)])
        for view in page.findChildren(TableView):
            self._take_out(key, view)

    def _take_out(self, key: str, view: TableView) -> None:
        """Copy and export a table with all its columns, as its own menu lets anybody do."""
        if not view.table.size:
            return
        for place in range(len(view.table.columns)):
            view.grid.setColumnHidden(place, False)
        rows = view.table.loaded_rows()
        view.selected_rows = lambda: rows  # type: ignore[method-assign]
        view.copy()
        view.export()
        settle(self.desk)
        copied = QApplication.clipboard().text()
        written = self._sheets.pop()
        self.heard.hear(f"{key}: {view.name}", [copied, *written])
        self.heard.tables += 1
        self.heard.rows += len(rows)
        self.heard.exported.add(view.name)

    def _export(self, path: Any, titles: Any, rows: Any, kinds: Any = None, *, sheet: str = "") -> int:
        lines = [[str(cell) for cell in row] for row in rows]
        self._sheets.append([sheet, *titles, *(cell for line in lines for cell in line)])
        return len(lines)

    def _choose(
        self, _owner: Any, _desk: Any, _key: str, title: str, name: str, kinds: str, then: Any
    ) -> None:
        """Take the file that is proposed, whose name must tell nothing either."""
        self.heard.hear("file names", [title, name, kinds])
        then(name)

    def _say(self, message: Any) -> None:
        self.heard.said.append(message.text)
        self.heard.hear("messages", [message.text, message.advice])


def bury() -> None:
    """Let widgets go that were told to go later, as they do when the window waits for the user."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def settle(desk: Desk) -> None:
    """Let all that was asked be answered, and what follows from the answers."""
    quiet = 0
    until = time.monotonic() + 250  # a page that hangs says which, before the time of the test is up
    while quiet < 3:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        quiet = 0 if desk.runner.busy else quiet + 1
        if desk.runner.busy:
            time.sleep(0.001)
        assert time.monotonic() < until, "a page never came to rest"


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Let no Python object go meanwhile: Qt destroys the widgets all at the end."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextmanager
def _undressed() -> Iterator[None]:
    """Take the style sheet away meanwhile: it says nothing, and dressing the widgets is a quarter of a walk."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    sheet = app.styleSheet()
    app.setStyleSheet("")
    try:
        yield
    finally:
        app.setStyleSheet(sheet)


def _framing(page: Page) -> list[str]:
    """Return what the window says around a page: its title (also the window's), the way up, its deeds."""
    said = [page.title(), page.subtitle(), *(text for text, _run in page.trail())]
    return [*said, *_deeds(page.actions())]


def _deeds(actions: Sequence[PageAction]) -> list[str]:
    return [text for action in actions for text in (action.title, *_deeds(action.menu))]


_TEXTS: tuple[tuple[type[QWidget], Callable[[Any], list[str]]], ...] = (
    (QLabel, lambda widget: [widget.text()]),
    (QAbstractButton, lambda widget: [widget.text()]),
    (QLineEdit, lambda widget: [widget.text(), widget.placeholderText()]),
    (QTextEdit, lambda widget: [widget.toPlainText()]),
    (QPlainTextEdit, lambda widget: [widget.toPlainText()]),
    (QComboBox, lambda widget: [widget.currentText()]),
    (QGroupBox, lambda widget: [widget.title()]),
    (QTabBar, lambda widget: [widget.tabText(place) for place in range(widget.count())]),
    (QAbstractItemView, lambda widget: _cells(widget.model())),
)


def texts_of(page: QWidget) -> list[str]:
    """Return every text of a page: labels, fields, buttons, tables (hidden tabs too), names for screen readers."""
    found: list[str] = []
    for widget in (page, *page.findChildren(QWidget)):
        found += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        found += [widget.windowTitle(), widget.statusTip(), widget.whatsThis()]
        for kind, texts in _TEXTS:
            if isinstance(widget, kind):
                found += texts(widget)
                break
    return [text for text in found if text]


def _cells(model: QAbstractItemModel | None) -> list[str]:
    if model is None:
        return []
    if isinstance(model, RowTable):  # its tool tips and spoken texts are the texts of its cells
        return [column.show(row) for row in model.loaded_rows() for column in model.columns]
    found = []
    for row in range(min(model.rowCount(), MOST_ROWS)):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            found += [str(value) for role in (0, 3, 11) if (value := index.data(role)) is not None]
    return found


def walk(desk: Desk, book: Book, secret: Secret, monkeypatch: pytest.MonkeyPatch, role: Role | None) -> Heard:
    """Walk through all pages as somebody of a role, or with nobody signed in."""
    read_facts_once(monkeypatch)  # a walk writes no facts, and thirty pages ask for them
    sign(book, role)
    desk.take_book(book, Session(book.name, book.address))
    return Walk(desk, monkeypatch).through(routes(secret))


def assert_nothing_told(heard: Heard) -> None:
    """Check that a walk told nothing of the person, and that it was a walk."""
    assert heard.leaks == {}
    assert heard.texts > 40_000
    assert len(heard.exported) > 100, "tables that rows were copied and exported from"
