"""What new users of a second trial stumbled over in the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QScrollArea, QWidget

from desktop.app import Program
from desktop.services.heads import organisation
from desktop.settings import Settings
from desktop.store.book import Book
from desktop.views.help import HelpDialog
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_columns import Column
from desktop.views.kit.table_view import TableView
from desktop.views.kit.theme import dress
from desktop.views.main_window import MainWindow
from desktop.views.navigation import Navigation
from desktop.views.pages import FOUND_BY, PAGES
from desktop.views.palette import Palette
from resources.lang.messages import set_language


@pytest.fixture
def window(dressed: QApplication, tmp_path: Path, qtbot: Any) -> Iterator[MainWindow]:
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


@pytest.fixture
def so(tmp_path: Path) -> Path:
    path = tmp_path / "so.sonhom"
    Book.create(str(path), "Sổ xã Tân Hưng", who="Lan").close()
    return path


def opened(window: MainWindow, address: str, qtbot: Any) -> None:
    done: list[bool] = []
    window.books.open(address, lambda: done.append(True))
    qtbot.waitUntil(lambda: bool(done))


def test_a_book_named_from_the_shells_folder_is_found_from_anywhere(
    window: MainWindow, so: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(so.parent)
    opened(window, "so.sonhom", qtbot)
    assert [address for address, _name in window.desk.settings.recent_books()] == [str(so)]
    window.books.note_backup()
    assert window.desk.settings.last_backup(str(so)) is not None


def test_a_servers_address_stays_as_it_is() -> None:
    from desktop.views.books import whole_address

    assert whole_address("postgresql://lan@host/so") == "postgresql://lan@host/so"
    assert whole_address("") == ""


def test_the_window_takes_the_keyboard_after_a_restore(
    window: MainWindow, so: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some desktops give it to nobody when a question and its dialog go together."""
    opened(window, str(so), qtbot)
    asked: list[bool] = []
    monkeypatch.setattr(QApplication, "activeWindow", staticmethod(lambda: None))
    monkeypatch.setattr(window, "activateWindow", lambda: asked.append(True))
    window.books._tell_restored(SimpleNamespace(vouchers=3, kept=""))
    assert asked == [True]


def test_the_head_of_the_papers_of_an_open_book_can_be_put_right(
    window: MainWindow, so: Path, qtbot: Any
) -> None:
    opened(window, str(so), qtbot)
    window.desk.run_action("book-head")
    found: list[FormDialog] = []

    def there() -> bool:
        found[:] = [one for one in window.findChildren(FormDialog) if one.isVisible()]
        return bool(found)

    qtbot.waitUntil(there)
    form = found[0].form
    assert form.values()["name"] == "Sổ xã Tân Hưng"
    form.input("name").set_value("Sổ xã Tân Hưng mới")
    form.input("organisation").set_value("Hội LHPN xã Tân Hưng")
    found[0].panel.save_button.click()
    session = window.desk.session
    assert session is not None
    qtbot.waitUntil(lambda: window.desk.session is not session)
    assert window.desk.session is not None
    assert window.desk.session.name == "Sổ xã Tân Hưng mới"
    assert window.desk.settings.recent_books() == [(str(so), "Sổ xã Tân Hưng mới")]
    heads: list[str] = []
    window.desk.ask(lambda book: _head(book), heads.append)
    qtbot.waitUntil(lambda: bool(heads))
    assert heads == ["Hội LHPN xã Tân Hưng"]


def _head(book: Book) -> str:
    with book.read() as session:
        return organisation(session).name


def test_f1_lists_the_keys_of_the_rows(dressed: QApplication, qtbot: Any) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    made = HelpDialog("Buổi họp", [], holder, [("F7", "Biên bản họp")])
    words = [one.text() for one in made.findChildren(QLabel)]
    assert "Dòng đang chọn trong bảng" in words
    assert words[words.index("F7") + 1] == "Biên bản họp"


@pytest.mark.parametrize("width", [320, 520, 900])
def test_filters_above_a_table_never_overlap(desk: Desk, qtbot: Any, width: int) -> None:
    table: RowTable[Any] = RowTable(desk, [Column("name", "Tên", lambda row: row)], key=lambda row: row)
    view = TableView(table, "trial.filters", "Nhóm")
    qtbot.addWidget(view)
    for place in (1, 2):
        combo = QComboBox(view)
        combo.addItem("Mọi loại nhóm, mọi xã")
        view.tools.insertWidget(place, combo)
    last = QPushButton("Ghi", view)
    view.tools.insertWidget(view.tools.count(), last)
    view.resize(width, 400)
    view.show()
    qtbot.waitExposed(view)
    assert view.filter_box is not None
    shown = [view.filter_box, *view.findChildren(QComboBox), last, view.more]
    places = [one.geometry() for one in shown]
    for at, one in enumerate(places):
        assert not any(one.intersects(other) for other in places[at + 1 :])
        assert one.right() <= width
    for combo in view.findChildren(QComboBox):
        assert combo.width() >= combo.sizeHint().width()
    if width == 900:
        centres = [place.center().y() for place in places]
        assert max(centres) - min(centres) < 4
        assert last.geometry().right() > view.tools.geometry().right() - 4


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_pages_stand_in_line_with_what_is_below_them(
    dressed: QApplication, qtbot: Any, language: str
) -> None:
    """A title wider than the bar used to move the list sideways, and only the list."""
    set_language(language)
    try:
        bar = Navigation(narrow=False)
        qtbot.addWidget(bar)
        bar.resize(bar.width(), 500)
        bar.show()
        qtbot.waitExposed(bar)
        lists = bar.findChild(QScrollArea)
        assert lists is not None
        assert lists.horizontalScrollBar().maximum() == 0
    finally:
        set_language("vi")


@pytest.mark.parametrize(
    ("typed", "page"),
    [("khoa so", "Nhóm"), ("bien ban", "Báo cáo"), ("kiem tra giay", "Báo cáo"), ("co chu", "Thiết lập")],
)
def test_what_stands_on_a_page_is_found_with_ctrl_k(
    window: MainWindow, so: Path, qtbot: Any, typed: str, page: str
) -> None:
    opened(window, str(so), qtbot)
    found = Palette(window.desk, window.palette_entries(), window)._fitting(typed)
    assert page in [one.title for one in found]


def test_every_page_that_is_found_by_words_is_a_page() -> None:
    assert set(FOUND_BY) <= {one.key for one in PAGES}


@pytest.mark.parametrize("look", ["", "tile", "row", "quiet"])
def test_a_button_with_the_keyboard_has_one_ring_and_none_across_its_words(
    dressed: QApplication, qtbot: Any, look: str
) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.resize(300, 120)
    button = QPushButton("", holder)
    dress(button, look)
    button.setGeometry(20, 20, 240, 60)
    holder.show()
    qtbot.waitExposed(holder)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(button.hasFocus)
    holder.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)  # as after a press of Tab
    picture = button.grab().toImage()
    inside = {picture.pixel(120, y) for y in range(6, picture.height() - 6)}
    assert len(inside) == 1


def test_the_title_of_a_window_without_a_book_says_the_program_once(window: MainWindow) -> None:
    assert window.windowTitle() == "Sổ Nhóm"
