"""Every page of the window, shown to a clerk: what stands on it tells no sensitive fact of a known person."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

from desktop.models.inclusion_kinds import Role
from desktop.services.books import open_book
from desktop.views.kit.desk import Desk, Session
from desktop.views.pages import PAGES
from tests import screenshots
from tests.secret_book import Secret, leaks, sign, write_secret_book
from tests.views.people_room import Room

pytestmark = pytest.mark.slow

SHOWN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Secret]:
    path = tmp_path_factory.mktemp("pages") / "so.sonhom"
    return path, write_secret_book(path)


@pytest.fixture
def opened(desk: Desk, written: tuple[Path, Secret], tmp_path: Path) -> Iterator[tuple[Any, Secret]]:
    copy = tmp_path / "so.sonhom"
    copy.write_bytes(written[0].read_bytes())
    with open_book(str(copy), "Máy thử") as book:
        desk.take_book(book, Session(book.name, book.address))
        yield book, written[1]


def texts_of(page: QWidget) -> list[str]:
    """Return every text of a page: labels, fields, buttons, tabs, tables (hidden tabs too), names for screen readers."""
    found: list[str] = []
    for widget in (page, *page.findChildren(QWidget)):
        found += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        if isinstance(widget, (QLabel, QAbstractButton, QLineEdit)):
            found.append(widget.text())
        elif isinstance(widget, (QTextEdit, QPlainTextEdit)):
            found.append(widget.toPlainText())
        elif isinstance(widget, QComboBox):
            found.append(widget.currentText())
        elif isinstance(widget, QTabBar):
            found += [widget.tabText(place) for place in range(widget.count())]
        elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
            found += _cells(widget.model())
    return [text for text in found if text]


def _cells(model: QAbstractItemModel) -> list[str]:
    found = []
    for row in range(min(model.rowCount(), 400)):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            found += [str(value) for role in SHOWN if (value := index.data(role)) is not None]
    return found


def routes(secret: Secret) -> list[tuple[str, dict[str, Any]]]:
    """Return all pages with the arguments of the pictures, and those of the person whose facts are known."""
    pictured = {page for _name, page, _args in screenshots.PAGES}
    rest = [(entry.key, {}) for entry in PAGES if entry.key not in pictured and entry.shown]
    member = [
        ("member", {"member": secret.member, "tab": tab})
        for tab in ("inclusion", "training", "passbook", "log", "files", "support")
    ]
    mine: list[tuple[str, dict[str, Any]]] = [
        ("member", {"member": secret.member}),
        *member,
        ("support-dossier", {"support": secret.support}),
        ("support-dossier", {"support": secret.support, "tab": "log"}),
        ("training_class", {"training_class": secret.klass}),
        ("training_class", {"training_class": secret.klass, "tab": "results"}),
        ("coordination-meeting", {"meeting": secret.meeting}),
    ]
    skipped = {"attendance", "opening", "savings-run", "rosca", "loan", "livelihood", "shock"}
    # Ids of the large demonstration book; where the small one has no such record nothing is shown.
    there = [(page, dict(args)) for _name, page, args in screenshots.PAGES if page not in skipped]
    return [*mine, *there, *rest]


def walk(desk: Desk, secret: Secret, qtbot: Any) -> dict[str, list[str]]:
    """Show every page and return what each tells of the person."""
    room = Room(desk, None, None, qtbot)  # type: ignore[arg-type]
    entries = {entry.key: entry for entry in PAGES}
    found: dict[str, list[str]] = {}
    seen = 0
    pages = []  # kept, and nothing collected meanwhile: Qt destroys them all at the end
    gc.disable()
    for key, args in routes(secret):
        page = entries[key].load()(desk)
        qtbot.addWidget(page)
        page.resize(1180, 800)
        page.show()
        page.open(**args)
        room.wait()
        QApplication.processEvents()
        texts = texts_of(page)
        seen += len(texts)
        if words := leaks("\n".join(texts)):
            found[f"{key} {args}"] = words
        page.hide()
        pages.append(page)
    gc.enable()
    assert seen > 2000
    return found


@pytest.mark.parametrize("role", [None, Role.CLERK], ids=["nobody", "clerk"])
def test_no_page_tells_a_sensitive_fact(
    desk: Desk, opened: tuple[Any, Secret], qtbot: Any, role: Role | None
) -> None:
    book, secret = opened
    sign(book, role)
    assert walk(desk, secret, qtbot) == {}


def test_the_inclusion_officer_finds_them_on_their_pages(
    desk: Desk, opened: tuple[Any, Secret], qtbot: Any
) -> None:
    book, secret = opened
    sign(book, Role.INCLUSION)
    found = {word for words in walk(desk, secret, qtbot).values() for word in words}
    assert {"bệnh hiểm nghèo", "BM-777", "liệt nửa người"} <= found
