"""Back to a copy in the window: the list, what would be lost, the question, and the book in front again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from desktop.app import Program
from desktop.services import safety
from desktop.settings import Settings
from desktop.store.book import Book
from desktop.views.actions import BY_KEY
from desktop.views.kit.desk import Route
from desktop.views.main_window import MainWindow
from desktop.views.start.restore import RestoreDialog
from desktop.views.start.tiles import Line, Tile
from tests.views.accessible import assert_named
from tests.views.conftest import Answers
from tests.village import meet, settle


@pytest.fixture
def so(tmp_path: Path) -> Path:
    """A book with two meetings; its automatic copy is from after the first."""
    path = tmp_path / "so.sonhom"
    with Book.create(str(path), "Sổ xã Tân Hưng", who="Lan") as book:
        village = settle(book)
        meet(book, village, 1)
        safety.back_up_on_close(book, now=datetime(2026, 11, 23, 12, 0))
        meet(book, village, 2)
    return path


@pytest.fixture
def window(dressed: QApplication, so: Path, qtbot: Any) -> Iterator[MainWindow]:
    settings = Settings.load()
    settings.update({"who": "Lan", "backup_on_close": False})
    program = Program(dressed, settings)
    made = program.show()
    yield made
    done: list[bool] = []
    made.books.close(lambda: done.append(True))
    qtbot.waitUntil(lambda: bool(done))
    program.desk.runner.close()
    made.deleteLater()


def dialog_of(window: MainWindow, qtbot: Any) -> RestoreDialog:
    found: list[RestoreDialog] = []

    def there() -> bool:
        found[:] = [one for one in window.findChildren(RestoreDialog) if one.isVisible()]
        return bool(found)

    qtbot.waitUntil(there)
    return found[0]


def opened(window: MainWindow, qtbot: Any, path: Path) -> None:
    window.books.open(str(path))
    qtbot.waitUntil(lambda: window.desk.session is not None)


def test_the_open_book_goes_back_to_the_chosen_copy(
    window: MainWindow, so: Path, qtbot: Any, answers: Answers
) -> None:
    opened(window, qtbot, so)
    window.run_action("book-restore")
    dialog = dialog_of(window, qtbot)
    assert_named(dialog)
    qtbot.waitUntil(dialog.restore_button.isEnabled)
    assert dialog.copies.size == 1
    qtbot.waitUntil(lambda: dialog.copies.row_at(0).whole is True)
    assert "1 buổi họp, 3 chứng từ" in dialog.told.text()
    assert "31/01/2026 Tổ TO-01" in dialog.told.text()
    answers.yes = False
    dialog.ask()
    assert "3 chứng từ" in answers.asked[0]
    assert dialog.isVisible()
    answers.yes = True
    dialog.ask()
    qtbot.waitUntil(lambda: any("Đã khôi phục" in one.text for one in window.messages.messages()))
    assert window.desk.session is not None
    assert window.desk.book is not None
    window.go(Route("start"))
    qtbot.waitUntil(
        lambda: any("Lan khôi phục lúc" in one.text() for one in window.page.findChildren(QLabel))
    )
    assert len(list(so.parent.glob("so-truoc-khoi-phuc-*.sonhom"))) == 1


def test_a_damaged_book_leads_to_its_copies(
    window: MainWindow, so: Path, qtbot: Any, answers: Answers
) -> None:
    so.write_bytes(so.read_bytes()[:5000])
    window.books.open(str(so))
    qtbot.waitUntil(lambda: bool(window.desk.unopened) and window.page is not None)
    line = next(one for one in window.page.findChildren(Line) if "Khôi phục" in one.accessibleName())
    line.click()
    dialog = dialog_of(window, qtbot)
    qtbot.waitUntil(dialog.restore_button.isEnabled)
    assert "không đọc được" in dialog.told.text()
    dialog.ask()
    qtbot.waitUntil(lambda: window.desk.session is not None)
    assert window.desk.unopened == ""


def test_a_bad_file_leaves_the_open_book_and_its_page_as_they_are(
    window: MainWindow, so: Path, tmp_path: Path, qtbot: Any
) -> None:
    letter, torn = tmp_path / "thu.sonhom", tmp_path / "rach.sonhom"
    letter.write_text("Kính gửi bà con", encoding="utf-8")
    torn.write_bytes(so.read_bytes()[:5000])
    window.books.open(str(so))
    qtbot.waitUntil(lambda: window.desk.session is not None)
    book = window.desk.book
    window.go(Route("members"))
    page = window.page
    assert page is not None
    for bad in (letter, torn):
        window.books.open(str(bad))
        qtbot.waitUntil(lambda: any(one.level == "error" for one in window.messages.messages()))
        assert window.desk.book is book
        assert window.page is page
        window.messages.close_newest()
    window.books.create(str(so), "Trùng tên")
    qtbot.waitUntil(lambda: any(one.level == "error" for one in window.messages.messages()))
    assert window.desk.book is book
    window.books.open(str(so))  # the same once more: not only to be read
    qtbot.waitUntil(lambda: window.desk.book not in (None, book))
    assert window.desk.can_write


def test_a_missing_book_is_marked_and_comes_back(
    window: MainWindow, so: Path, qtbot: Any, answers: Answers
) -> None:
    window.desk.settings.remember_book(str(so), "Sổ xã Tân Hưng")
    so.unlink()
    window.reload_page()
    assert window.page is not None
    assert any("không thấy tệp" in one.accessibleName() for one in window.page.findChildren(Line))
    window.run_action("book-restore")
    dialog = dialog_of(window, qtbot)
    qtbot.waitUntil(dialog.restore_button.isEnabled)
    dialog.ask()
    qtbot.waitUntil(lambda: window.desk.session is not None)
    assert so.exists()


def test_a_damaged_copy_and_one_of_another_book_are_not_offered(
    window: MainWindow, so: Path, tmp_path: Path, qtbot: Any, answers: Answers
) -> None:
    opened(window, qtbot, so)
    with Book.create(str(tmp_path / "khác.sonhom"), "Sổ khác"):
        pass
    window.run_action("book-restore")
    dialog = dialog_of(window, qtbot)
    qtbot.waitUntil(dialog.restore_button.isEnabled)
    dialog.take_file(str(tmp_path / "khác.sonhom"))
    qtbot.waitUntil(lambda: "của sổ khác: Sổ khác" in dialog.told.text())
    assert not dialog.restore_button.isEnabled()
    dialog.ask()
    assert not answers.asked
    (tmp_path / "ảnh.sonhom").write_bytes(b"\x89PNG" + bytes(300))
    dialog.take_file(str(tmp_path / "ảnh.sonhom"))
    qtbot.waitUntil(lambda: "không phải là sổ" in dialog.told.text())
    assert not dialog.restore_button.isEnabled()
    dialog.reject()


def test_while_another_window_has_the_book_nothing_happens(
    window: MainWindow, so: Path, qtbot: Any, answers: Answers
) -> None:
    with Book.open(str(so), "Hoa"):
        opened(window, qtbot, so)
        window.run_action("book-restore")
        dialog = dialog_of(window, qtbot)
        qtbot.waitUntil(dialog.restore_button.isEnabled)
        dialog.ask()
        qtbot.waitUntil(
            lambda: any("Hoa" in one.text and one.level == "error" for one in window.messages.messages())
        )
        qtbot.waitUntil(lambda: window.desk.session is not None)  # back in front, as it was
    assert not list(so.parent.glob("so-truoc-khoi-phuc-*.sonhom"))


def test_every_tile_of_the_first_page_does_something(window: MainWindow, qtbot: Any) -> None:
    assert window.page is not None
    tiles = window.page.findChildren(Tile)
    assert len(tiles) == 4
    assert {tile.action for tile in tiles} <= BY_KEY.keys()


def test_the_settings_lead_there_too(window: MainWindow, so: Path, qtbot: Any) -> None:
    opened(window, qtbot, so)
    window.desk.open_page("preferences")
    assert window.page is not None
    push = next(one for one in window.page.findChildren(QPushButton) if "Khôi phục" in one.text())
    push.click()
    dialog_of(window, qtbot).reject()


def test_many_vouchers_are_told_as_everywhere(window: MainWindow) -> None:
    window.books._tell_restored(SimpleNamespace(vouchers=2682, kept=""))
    assert "2.682 chứng từ" in window.messages.messages()[-1].text
