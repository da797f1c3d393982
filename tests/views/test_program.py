"""The program around the window: a real book made, opened, copied, closed; language, theme, and the book of a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QLabel

from desktop.app import Program
from desktop.settings import Settings
from desktop.views.kit.desk import Route, Session
from desktop.views.main_window import MainWindow
from desktop.views.start.tiles import Line, Tile
from tests.views.accessible import assert_named
from tests.views.conftest import Answers


@pytest.fixture
def program(dressed: QApplication, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    quits: list[int] = []
    monkeypatch.setattr(QApplication, "quit", lambda *_: quits.append(1))
    made = Program(dressed, Settings.load())
    made.quits = quits  # type: ignore[attr-defined]
    made.show()
    made.teach_qt()
    yield made
    if made.translator is not None:
        dressed.removeTranslator(made.translator)
    window = made.window
    assert window is not None
    window.books.close()
    qtbot.waitUntil(lambda: not made.desk.runner.busy, timeout=15_000)
    window.hand_over()
    window.deleteLater()
    made.end()
    made.deleteLater()


def create(program: Program, qtbot: Any, path: Path) -> MainWindow:
    window = program.window
    assert window is not None
    window.books.create(str(path), "Nhóm xã Tân Hưng", "Hội Phụ nữ", "Tân Hưng")
    qtbot.waitUntil(lambda: program.desk.session is not None, timeout=15_000)
    qtbot.waitUntil(lambda: not program.desk.runner.busy, timeout=15_000)
    return window


def test_a_book_is_made_shown_closed_and_opened_again(program: Program, qtbot: Any, tmp_path: Path) -> None:
    path = tmp_path / "a.sonhom"
    window = create(program, qtbot, path)
    assert path.exists()
    assert window.header.title.text() == "Nhóm xã Tân Hưng"
    assert program.settings.recent_books() == [(str(path), "Nhóm xã Tân Hưng")]
    assert {line.accessibleName() for line in window.page.findChildren(Line)} >= {"Thêm nhóm đầu tiên"}
    assert_named(window)
    window.run_action("book-close")
    qtbot.waitUntil(lambda: not program.desk.runner.busy, timeout=15_000)
    assert program.desk.session is None
    assert len(window.page.findChildren(Tile)) == 4
    window.books.open(str(path))
    qtbot.waitUntil(lambda: program.desk.session is not None, timeout=15_000)


def test_a_wrong_file_is_told_and_the_window_is_ready_again(
    program: Program, qtbot: Any, tmp_path: Path
) -> None:
    window = program.window
    assert window is not None
    wrong = tmp_path / "wrong.sonhom"
    wrong.write_bytes(b"PK\x03\x04 not a book")
    window.books.open(str(wrong))
    qtbot.waitUntil(lambda: bool(window.messages.messages()), timeout=15_000)
    assert window.messages.messages()[0].level == "error"
    assert window.route == Route("start")
    assert window.page is not None
    assert wrong.read_bytes() == b"PK\x03\x04 not a book"


def test_guards_that_were_gone_are_told_when_the_book_is_opened(
    program: Program, qtbot: Any, tmp_path: Path
) -> None:
    import sqlite3
    from contextlib import closing

    path = tmp_path / "a.sonhom"
    window = create(program, qtbot, path)
    window.run_action("book-close")
    qtbot.waitUntil(lambda: not program.desk.runner.busy, timeout=15_000)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("DROP TRIGGER guard_postings_update")
    window.books.open(str(path))
    qtbot.waitUntil(lambda: bool(window.messages.messages()), timeout=15_000)
    told = window.messages.messages()[0]
    assert (told.level, told.stays) == ("warn", True)
    assert "đã bị gỡ bỏ" in told.text
    assert told.action is not None


def test_a_second_window_reads_only(program: Program, qtbot: Any, tmp_path: Path) -> None:
    from desktop.services.books import open_book

    path = tmp_path / "a.sonhom"
    window = create(program, qtbot, path)
    window.run_action("book-close")
    qtbot.waitUntil(lambda: not program.desk.runner.busy, timeout=15_000)
    other = open_book(str(path), "anh Nam")
    try:
        window.books.open(str(path))
        qtbot.waitUntil(lambda: program.desk.session is not None, timeout=15_000)
        assert program.desk.session is not None
        assert program.desk.session.readonly
        assert "anh Nam" in window.strip.words.text()
    finally:
        other.close()


def test_closing_the_window_flushes_backs_up_and_quits(program: Program, qtbot: Any, tmp_path: Path) -> None:
    path = tmp_path / "a.sonhom"
    window = create(program, qtbot, path)
    window.close()
    assert window.isVisible()  # not before the backup is made
    qtbot.waitUntil(lambda: bool(program.quits), timeout=15_000)  # type: ignore[attr-defined]
    assert not window.isVisible()
    assert list((tmp_path / "sao-luu").glob("*"))
    assert program.settings.last_backup(str(path)) is not None


def test_closing_asks_while_work_is_running(
    program: Program, qtbot: Any, tmp_path: Path, answers: Answers
) -> None:
    import threading

    window = create(program, qtbot, tmp_path / "a.sonhom")
    running = threading.Event()

    def job(progress: Any) -> None:
        while True:
            progress(1, 2)
            running.set()
            threading.Event().wait(0.005)

    program.desk.work(job, title="Đang in")
    qtbot.waitUntil(running.is_set)
    answers.yes = False
    window.close()
    assert answers.asked == ["Đang có việc chạy dở. Dừng lại và đóng? • Đang in"]
    assert program.desk.session is not None
    answers.yes = True
    window.close()
    qtbot.waitUntil(lambda: bool(program.quits), timeout=15_000)  # type: ignore[attr-defined]
    assert program.desk.works == []


def test_a_copy_can_be_asked_for(program: Program, qtbot: Any, tmp_path: Path) -> None:
    window = create(program, qtbot, tmp_path / "a.sonhom")
    window.books.backup_to(str(tmp_path / "usb.sonhom"))
    qtbot.waitUntil(lambda: (tmp_path / "usb.sonhom").exists(), timeout=15_000)
    qtbot.waitUntil(lambda: not program.desk.runner.busy, timeout=15_000)
    assert any("usb.sonhom" in message.text for message in window.messages.messages())


def test_the_book_can_be_checked(program: Program, qtbot: Any, tmp_path: Path) -> None:
    window = create(program, qtbot, tmp_path / "a.sonhom")
    window.books.verify()
    qtbot.waitUntil(lambda: bool(window.messages.messages()), timeout=15_000)
    assert window.messages.messages()[-1].level == "good"


def test_the_language_changes_at_once_and_the_book_stays(
    program: Program, qtbot: Any, tmp_path: Path
) -> None:
    old = create(program, qtbot, tmp_path / "a.sonhom")
    old.go(Route("preferences"))
    program.settings.set("language", "en")
    qtbot.waitUntil(lambda: program.window is not old)
    window = program.window
    assert window is not None
    assert window.route == Route("preferences")
    assert program.desk.session is not None
    assert window.isVisible()
    program.settings.set("language", "vi")
    qtbot.waitUntil(lambda: program.window is not window)


def test_the_theme_and_the_text_size_change_at_once(program: Program, qtbot: Any) -> None:
    from desktop.views.kit import theme

    old = program.window
    assert old is not None
    before = program.app.font().pointSizeF()
    old.run_action("larger")
    qtbot.waitUntil(lambda: program.window is not old)
    assert program.app.font().pointSizeF() > before
    window = program.window
    assert window is not None
    program.settings.update({"theme": "contrast", "text_size": 100})
    qtbot.waitUntil(lambda: program.window is not window)
    assert theme.theme().palette.key == "contrast"
    current = program.window
    program.settings.set("theme", "light")
    qtbot.waitUntil(lambda: program.window is not current)


def test_the_largest_text_does_not_make_the_window_larger_than_the_screen(
    program: Program, qtbot: Any
) -> None:
    before = program.window
    program.settings.set("text_size", 200)
    qtbot.waitUntil(lambda: program.window is not before)
    window = program.window
    assert window is not None
    screen = window.screen().availableGeometry()
    assert window.minimumHeight() < screen.height()
    assert window.minimumWidth() < screen.width()


SERVER = "postgresql://huyen:bi-mat@127.0.0.1:1/so"


def test_the_book_of_a_server_is_followed_at_the_next_start(program: Program, monkeypatch: Any) -> None:
    followed: list[str] = []
    monkeypatch.setattr(
        program, "show", lambda opening="", **_kept: followed.append(opening) or program.window
    )
    monkeypatch.setattr(program.window.books, "open", lambda _address: None)
    program.settings.update({"reopen_last": True})
    program.settings.remember_book(SERVER, "Sổ huyện")
    program.start()
    assert followed == [SERVER.replace(":bi-mat", "")]


def test_the_password_of_a_server_stands_nowhere_on_the_screen(program: Program, qtbot: Any) -> None:
    program.settings.remember_book(SERVER, "Sổ huyện")
    window = program.window
    assert window is not None
    window.page.reload()
    qtbot.waitUntil(lambda: any("huyen@127" in one.text() for one in window.page.findChildren(QLabel)))
    assert not any("bi-mat" in one.text() for one in window.findChildren(QLabel))
    assert not any("bi-mat" in str(entry) for entry in window.palette_entries())


def test_who_copies_and_restores_a_server_is_told_before_anything_is_asked(
    program: Program, qtbot: Any, tmp_path: Path
) -> None:
    window = create(program, qtbot, tmp_path / "a.sonhom")
    program.desk.take_book(program.desk.book, Session("Sổ huyện", SERVER))
    said: list[str] = []
    program.desk.said.connect(lambda message: said.append(f"{message.text} {message.advice}"))
    window.run_action("book-restore")
    qtbot.waitUntil(lambda: any("pg_restore" in text for text in said), timeout=15_000)
    assert not [one for one in window.findChildren(QDialog) if one.isVisible()]
    assert not window.status._backup.isVisibleTo(window.status)
