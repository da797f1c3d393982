"""Every page of the window, shown to who may see sensitive data; and what the window does with it around the pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from desktop.models.inclusion_kinds import Role
from desktop.services import sight
from desktop.store.book import Book
from desktop.views.kit.desk import Desk, Route, Session
from desktop.views.kit.questions import BugDialog
from desktop.views.main_window import MainWindow
from desktop.views.palette import Palette
from resources.files import config_dir
from tests.secret_book import ACT, MARKERS, SECRETS, SIGHTED, WHO, Secret, leaks, role_name, sign
from tests.secret_walk import bury, settle, texts_of, walk

pytestmark = pytest.mark.slow


def markers(table: str, *columns: str) -> set[str]:
    return {MARKERS[table, column] for column in columns}


ANSWERS = markers("assessments", "results", "asked_by", "reason")
CERTIFICATE = markers("disability_certificates", "number", "types", "degree", "issuer")
HARDSHIP = markers("vulnerabilities", "category", "basis")
BARRIER = markers("accommodations", "barrier")
ETHNICITY = markers("members", "ethnic_code")
WHERE = {
    "member": ANSWERS | CERTIFICATE | HARDSHIP | BARRIER | ETHNICITY,
    "member: member.assessments": ANSWERS,
    "member: member.certificates": CERTIFICATE,
    "member: member.hardships": HARDSHIP,
    "member: member.accommodations": BARRIER,
    "member: member.log": ETHNICITY,
    "support-dossier": markers("supports", "hardship_basis"),
}
"""What the pages tell of the person to who may see it, and what their tables copy and export. Nothing stands elsewhere."""

WRITTEN_DOWN = {
    ("xem", "dân tộc"),
    ("xem", "hồ sơ hòa nhập"),
    ("xem", "căn cứ khó khăn trong hồ sơ hỗ trợ"),
    ("xem", "người dự cuộc họp phối hợp"),
    ("xem", "những người sau một số liệu của bảng dự án"),
    ("xuất tệp", "hồ sơ hòa nhập"),
    ("xuất tệp", "phiếu đánh giá"),
    ("xuất tệp", "những người sau một số liệu của bảng dự án"),
}
"""How and what the log of reading names of this person after a walk in which every table was copied and exported."""


@pytest.mark.parametrize("role", SIGHTED, ids=role_name)
def test_the_facts_stand_where_they_belong_nowhere_else_and_the_reading_is_written_down(
    desk: Desk, secret_book: Book, secret: Secret, monkeypatch: Any, role: Role
) -> None:
    heard = walk(desk, secret_book, secret, monkeypatch, role)
    assert heard.leaks == WHERE
    sign(secret_book, Role.ADMIN)
    log = sight.log(secret_book, 5000, secret.uid)
    assert {(row.how, row.what) for row in log} == WRITTEN_DOWN
    assert {(row.by, row.role, row.whose) for row in log} == {
        (WHO[role], role.value, f"{secret.code} {secret.name}")
    }
    assert leaks(str(log)) == []  # who, when, how and what kind of data: never the data


# -- the window around the pages ---------------------------------------------------------------------


@pytest.fixture
def window(desk: Desk, secret_book: Book, qtbot: Any, monkeypatch: Any) -> Iterator[MainWindow]:
    """The window of somebody who may see all, at the person's page."""
    monkeypatch.setattr(Desk, "today", lambda _self: ACT.today)
    sign(secret_book, Role.INCLUSION)
    desk.take_book(secret_book, Session(secret_book.name, secret_book.address))
    made = MainWindow(desk)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    yield made
    desk.take_book(None, None)


def at_the_person(window: MainWindow, secret: Secret) -> Any:
    window.go(Route("member", {"member": secret.member, "tab": "inclusion"}))
    settle(window.desk)
    return window.page


def test_who_leaves_the_book_leaves_nothing_in_the_window_nor_in_the_clipboard(
    window: MainWindow, secret: Secret
) -> None:
    page = at_the_person(window, secret)
    view = page.inclusion.tabs.widget(2)
    view.grid.selectRow(0)
    view.copy()
    settle(window.desk)
    assert "BM-777" in QApplication.clipboard().text()
    assert leaks("\n".join(texts_of(window)))
    assert leaks(window.windowTitle()) == []
    window.desk.take_book(None, None)
    bury()
    assert leaks("\n".join(texts_of(window))) == []
    assert QApplication.clipboard().text() == ""


def test_what_others_copied_stays_in_the_clipboard(window: MainWindow, secret: Secret) -> None:
    page = at_the_person(window, secret)
    page.inclusion.tabs.widget(2).copy()
    settle(window.desk)
    QApplication.clipboard().setText("một câu chép từ nơi khác")
    window.desk.take_book(None, None)
    assert QApplication.clipboard().text() == "một câu chép từ nơi khác"


def test_the_line_that_finds_everything_finds_no_sensitive_word(
    window: MainWindow, secret: Secret, qtbot: Any
) -> None:
    """For nobody: a search tells by what it finds, and what is looked for is not written down."""
    palette = Palette(window.desk, window.palette_entries(), window)
    palette.show()
    for word in (secret.name, *SECRETS):
        palette.line.setText(word)
        palette._ask_book()
        settle(window.desk)
        shown = "\n".join(palette.list.item(place).text() for place in range(palette.list.count()))
        assert leaks(shown) == []
        assert (secret.code in shown) == (word == secret.name)
    palette.close()


def test_the_settings_of_the_computer_keep_no_fact(window: MainWindow, secret: Secret) -> None:
    """Recent books, widths of columns, folders, the last page: all that stays on the disk beside the book."""
    at_the_person(window, secret)
    window.desk.settings.remember_book(window.desk.session.address, window.desk.session.name)
    window.desk.settings.set("who", WHO[Role.INCLUSION])
    kept = "".join(file.read_text("utf-8") for file in config_dir().rglob("*") if file.is_file())
    assert WHO[Role.INCLUSION] in kept
    assert leaks(kept) == []


def test_the_window_for_mistakes_of_the_program_says_no_value(window: MainWindow, qtbot: Any) -> None:
    try:
        raise RuntimeError(f"no such row: {SECRETS}")
    except RuntimeError as error:
        dialog = BugDialog(error)
    qtbot.addWidget(dialog)
    assert leaks("\n".join(texts_of(dialog))) == []
    assert leaks(dialog._details) == []
