"""The window: pages by key, back, the read-only book, Ctrl+K, leaving, names of controls, the way of a book."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QToolButton

from desktop.app import Program
from desktop.models.problems import Trouble
from desktop.services.acts import Changed, Outcome, Topic
from desktop.settings import Settings
from desktop.views import pages
from desktop.views.actions import ACTIONS
from desktop.views.kit.desk import Desk, Route, Session
from desktop.views.kit.inputs import LineEdit
from desktop.views.kit.messages import Message
from desktop.views.kit.page import Page, PageAction
from desktop.views.kit.questions import BugDialog
from desktop.views.main_window import MainWindow
from desktop.views.pages import PAGES, PageEntry
from desktop.views.palette import Palette
from desktop.views.start.create import CreateDialog
from desktop.views.start.tiles import Line, Tile
from tests.views.accessible import assert_named
from tests.views.conftest import Answers, give_book
from tests.views.typing import press, type_vi


class PageForTests(Page):
    """Records its life."""

    topics = frozenset({Topic.GROUPS})

    def __init__(self, desk: Desk, parent: Any = None) -> None:
        super().__init__(desk, parent)
        self.life: list[str] = []
        self.may_leave = True
        self.wants: Any = None
        self.line = LineEdit(self)
        self.line.setAccessibleName("Dòng")
        self.body.addWidget(self.line)

    def title(self) -> str:
        return "Thử"

    def open(self, **args: Any) -> None:
        self.life.append(f"open {args}" if args else "open")

    def reload(self) -> None:
        self.life.append("reload")

    def flush(self) -> None:
        self.life.append("flush")

    def can_leave(self, go: Any) -> bool:
        self.wants = go
        return self.may_leave

    def actions(self) -> list[PageAction]:
        return [
            PageAction("Ghi sổ", lambda: self.life.append("act"), shortcut="F6", primary=True),
            PageAction("Xem", lambda: self.life.append("look"), writes=False),
        ]


@pytest.fixture
def own_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("page_for_tests")
    module.PageForTests = PageForTests  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "page_for_tests", module)
    kept = tuple(
        entry
        if entry.key in ("start", "preferences")
        else PageEntry(entry.key, entry.title, entry.icon, "page_for_tests:PageForTests", entry.shortcut)
        for entry in PAGES
        if entry.shown
    )
    for place in ("desktop.views.pages", "desktop.views.navigation", "desktop.views.main_window"):
        monkeypatch.setattr(f"{place}.PAGES", kept)


@pytest.fixture
def no_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The start page asks a real book; here it hears of an empty one."""
    from desktop.services import overview

    monkeypatch.setattr(
        overview, "start", lambda book, today, limit=12: overview.StartFacts(0, 0, (), (), ())
    )


@pytest.fixture
def window(desk: Desk, qtbot: Any, own_pages: None, no_facts: None) -> Iterator[MainWindow]:
    made = MainWindow(desk)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    made.activateWindow()
    yield made
    made._handing_over = True  # the book of these tests is no book and cannot be closed


@pytest.fixture
def opened(window: MainWindow, qtbot: Any) -> MainWindow:
    give_book(window.desk, "book")
    qtbot.waitUntil(lambda: not window.desk.runner.busy)
    return window


def page_of(window: MainWindow, key: str) -> PageForTests:
    window.go(Route(key))
    page = window.page
    assert isinstance(page, PageForTests)
    return page


def test_without_a_book_the_window_shows_the_ways_to_get_one(window: MainWindow) -> None:
    assert window.route == Route("start")
    assert len(window.page.findChildren(Tile)) == 4
    assert not window.navigation.button("groups").isEnabled()
    assert window.navigation.button("preferences").isEnabled()
    assert_named(window)


def test_pages_are_made_when_first_opened(opened: MainWindow) -> None:
    assert set(opened._pages) == {"start"}
    page = page_of(opened, "groups")
    assert page.life == ["open"]
    opened.go(Route("groups", {"group": 3}))
    assert page.life == ["open", "open {'group': 3}"]


@pytest.mark.parametrize("entry", [entry for entry in PAGES if entry.shortcut], ids=lambda entry: entry.key)
def test_pages_open_by_their_keys(opened: MainWindow, qtbot: Any, entry: PageEntry) -> None:
    QTest.keySequence(opened, entry.shortcut)
    assert opened.route is not None
    assert opened.route.page == entry.key


def test_shortcuts_are_all_different() -> None:
    keys = [entry.shortcut for entry in PAGES if entry.shortcut]
    keys += [action.shortcut for action in ACTIONS if action.shortcut]
    assert len(keys) == len(set(keys))


def test_arrows_walk_through_the_navigation(opened: MainWindow) -> None:
    opened.navigation.button("groups").setFocus()
    press(opened.navigation.button("groups"), Qt.Key.Key_Down)
    assert opened.navigation.button("members").hasFocus()
    press(opened.navigation.button("members"), Qt.Key.Key_Space)
    assert opened.route == Route("members")
    assert opened.navigation.button("members").isChecked()
    assert not opened.navigation.button("start").isChecked()


def test_back_leads_to_where_one_was(opened: MainWindow) -> None:
    opened.go(Route("groups", {"group": 3}))
    opened.go(Route("members"))
    opened.go_back()
    assert opened.route == Route("groups", {"group": 3})
    opened.go_back()
    assert opened.route == Route("start")
    opened.go_back()
    assert opened.route == Route("start")


def test_a_page_may_ask_before_it_is_left(opened: MainWindow) -> None:
    page = page_of(opened, "groups")
    page.may_leave = False
    opened.go(Route("members"))
    assert opened.page is page
    assert opened.navigation.button("groups").isChecked()
    page.wants()
    assert opened.route == Route("members")


def test_pages_reload_when_what_they_show_changed(opened: MainWindow) -> None:
    page = page_of(opened, "groups")
    page.life.clear()
    opened.desk.bulletin.publish(Changed.of(Topic.MEMBERS))
    assert page.life == []
    opened.desk.bulletin.publish(Changed.of(Topic.GROUPS, Topic.MEMBERS))
    assert page.life == ["reload"]
    opened.go(Route("members"))
    opened.desk.bulletin.publish(Changed.of(Topic.GROUPS))
    assert page.life == ["reload"]


def test_what_a_page_offers_stands_in_the_header_and_has_its_key(opened: MainWindow) -> None:
    page = page_of(opened, "groups")
    QTest.keySequence(opened, "F6")
    assert page.life[-1] == "act"
    assert opened.header._buttons.itemAt(1).widget().text() == "Ghi sổ"
    opened.header._buttons.itemAt(0).widget().click()
    assert page.life[-1] == "look"


def test_a_read_only_book_says_who_has_it_and_forbids_writing(window: MainWindow, qtbot: Any) -> None:
    give_book(window.desk, "book", readonly=True)
    qtbot.waitUntil(lambda: not window.desk.runner.busy)
    assert window.strip.isVisible()
    assert "chị Hoa" in window.strip.words.text()
    page = page_of(window, "groups")
    buttons = {
        window.header._buttons.itemAt(place).widget().text(): window.header._buttons.itemAt(place).widget()
        for place in range(2)
    }
    assert not buttons["Ghi sổ"].isEnabled()
    assert buttons["Xem"].isEnabled()
    QTest.keySequence(window, "F6")
    assert "act" not in page.life


def test_another_book_throws_the_old_pages_away(opened: MainWindow, qtbot: Any) -> None:
    page = page_of(opened, "groups")
    give_book(opened.desk, "another")
    assert opened.route == Route("start")
    assert page_of(opened, "groups") is not page


def test_messages_stack_and_can_be_closed(opened: MainWindow) -> None:
    opened.desk.say("Đã ghi.", "good")
    opened.desk.say("Ổ đĩa sắp đầy.", "warn")
    opened.desk.say("Đã ghi.", "good")
    assert [message.text for message in opened.messages.messages()] == ["Ổ đĩa sắp đầy.", "Đã ghi."]
    opened.desk.say("3")
    opened.desk.say("4")
    assert len(opened.messages.messages()) == 3
    assert_named(opened)
    opened.messages.clear()
    assert not opened.messages.isVisible()


def test_what_was_said_goes_with_its_page(opened: MainWindow, qtbot: Any) -> None:
    """'Đã duyệt. Hãy in hợp đồng' must not hang over every page; what speaks of the page being opened stays."""
    desk = opened.desk
    desk.open_page("groups")
    desk.say(Message("Đã duyệt.", "good", action=("In hợp đồng", print)))
    desk.say("Hãy chọn một dòng.", "warn")
    desk.say(Message("Tờ đã in không còn khớp.", "warn", "Hãy in lại.", stays=True))
    qtbot.wait(1)
    desk.say("Đã lưu đơn vay.", "good")
    desk.open_page("members")
    assert [message.text for message in opened.messages.messages()] == [
        "Tờ đã in không còn khớp.",
        "Đã lưu đơn vay.",
    ]


def test_what_went_wrong_goes_with_its_page_but_not_with_its_book(opened: MainWindow, qtbot: Any) -> None:
    """'Không thấy thư mục' must not hang over every page; a copy of closing that failed must not go unread."""
    desk = opened.desk
    desk.open_page("groups")
    desk.say("Không thấy thư mục.", "error")
    qtbot.wait(1)
    desk.open_page("members")
    assert opened.messages.messages() == []
    desk.say("Ổ đĩa đầy: chưa sao lưu được.", "error")
    qtbot.wait(1)
    desk.session_changed.emit()
    assert opened.route == Route("start")
    assert [message.text for message in opened.messages.messages()] == ["Ổ đĩa đầy: chưa sao lưu được."]


def test_a_new_attempt_to_open_a_book_takes_away_what_was_said_of_the_last(
    opened: MainWindow, qtbot: Any
) -> None:
    opened.desk.say("Không thấy thư mục.", "error")
    qtbot.wait(1)
    opened.desk.say("Chưa sao lưu được.", "error")  # by the closing, in the turn in which the opening begins
    opened.books.opening.emit("so")
    assert [message.text for message in opened.messages.messages()] == ["Chưa sao lưu được."]


def test_messages_are_closed_from_the_keyboard(opened: MainWindow, qtbot: Any) -> None:
    """Esc closes the newest one when the page has no use for it; Enter presses the button that closes."""
    page = page_of(opened, "groups")
    qtbot.waitUntil(page.line.hasFocus)
    for text in ("Một.", "Hai.", "Ba."):
        opened.desk.say(text, "error")
    press(page.line, Qt.Key.Key_Escape)
    assert [message.text for message in opened.messages.messages()] == ["Một.", "Hai."]
    assert page.line.hasFocus()
    button = next(one for one in opened.messages.findChildren(QToolButton) if one.isVisible())
    button.setFocus(Qt.FocusReason.TabFocusReason)
    press(button, Qt.Key.Key_Return)
    assert len(opened.messages.messages()) == 1
    press(page.line, Qt.Key.Key_Escape)
    assert not opened.messages.isVisible()
    press(page.line, Qt.Key.Key_Escape)
    assert page.isVisible()


def test_what_was_said_goes_with_the_next_deed(opened: MainWindow, qtbot: Any) -> None:
    desk = opened.desk
    desk.say("Hãy ghi lý do sửa rồi ghi lại.", "warn")
    desk.say("Ổ đĩa đầy.", "error")
    qtbot.wait(1)
    desk.say("Đã ghi phần sửa.", "good")  # by the deed itself, before it is known to be saved
    desk.dealt_with.emit()
    assert [message.text for message in opened.messages.messages()] == ["Đã ghi phần sửa."]


def test_a_draft_that_is_kept_answers_no_message(opened: MainWindow, qtbot: Any) -> None:
    """The book refuses a sheet and the sheet keeps its draft at once: why it was refused must still stand there."""
    desk, kept = opened.desk, []
    desk.say("Tiền đếm được lệch với sổ.", "error")
    qtbot.wait(1)
    desk.do(lambda _book, _act: Outcome(None), kept.append, aside=True)
    qtbot.waitUntil(lambda: bool(kept), timeout=15_000)
    assert [message.text for message in opened.messages.messages()] == ["Tiền đếm được lệch với sổ."]
    desk.do(lambda _book, _act: Outcome(None), kept.append)
    qtbot.waitUntil(lambda: len(kept) == 2, timeout=15_000)
    assert opened.messages.messages() == []


def test_long_work_is_shown_with_a_button_to_stop_it(opened: MainWindow, qtbot: Any) -> None:
    import threading

    go_on = threading.Event()

    def job(progress: Any) -> None:
        progress(3, 10, "Nhóm Hoa Sen")
        while not progress.cancelled and not go_on.is_set():
            go_on.wait(0.01)
        progress(4, 10)

    opened.desk.work(job, title="Đang in sao kê")
    qtbot.waitUntil(lambda: bool(opened.status.works()) and opened.status.works()[0].isVisible())
    row = opened.status.works()[0]
    qtbot.waitUntil(lambda: "30 %" in row.words.text())
    assert_named(opened)
    row.stop.click()
    qtbot.waitUntil(lambda: not opened.status.works())


def test_ctrl_k_finds_pages_and_commands_without_marks(opened: MainWindow, qtbot: Any) -> None:
    palette = Palette(opened.desk, opened.palette_entries(), opened)
    qtbot.addWidget(palette)
    palette.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    palette.show()
    type_vi(palette.line, "thanh vien")
    assert palette.entries()[0].title == "Thành viên"
    press(palette.line, Qt.Key.Key_Return)
    assert opened.route == Route("members")


def test_ctrl_k_says_in_words_that_nothing_is_found(opened: MainWindow, qtbot: Any) -> None:
    palette = Palette(opened.desk, opened.palette_entries(), opened)
    qtbot.addWidget(palette)
    palette.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    palette.show()
    type_vi(palette.line, "zzz qqq")
    assert palette.entries() == []
    assert palette.nothing.isVisible()
    assert "Không thấy gì" in palette.nothing.text()
    assert "zzz qqq" in palette.nothing.text()
    assert not palette.list.isVisible()
    palette.line.clear()
    palette._typed()
    assert palette.list.isVisible()
    assert not palette.nothing.isVisible()


def test_what_was_warned_of_leaves_with_the_next_deed_and_its_own_words_stay(
    opened: MainWindow, qtbot: Any
) -> None:
    from desktop.services.acts import Changed, Outcome

    desk = opened.desk
    desk.say("Hãy ghi lý do sửa rồi ghi lại.", "warn")
    desk.do(lambda book, act: Outcome(None, Changed.of()), lambda _none: desk.say("Hãy in hợp đồng.", "warn"))
    qtbot.waitUntil(lambda: [one.text for one in opened.messages.messages()] == ["Hãy in hợp đồng."])


def test_ctrl_k_asks_the_book_and_leads_there(
    opened: MainWindow, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop.services import search

    hits = [search.Hit(search.HitKind.GROUP, 12, "Nhóm Hoa Sen", "xã Tân Hưng")]
    monkeypatch.setattr(search, "search", lambda book, text, limit=20: hits)
    routes: list[Route] = []
    opened.desk.routed.disconnect(opened._routed)
    opened.desk.routed.connect(routes.append)
    palette = Palette(opened.desk, opened.palette_entries(), opened)
    qtbot.addWidget(palette)
    palette.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    palette.show()
    type_vi(palette.line, "hoa sen")
    qtbot.waitUntil(lambda: bool(palette.entries()) and palette.entries()[0].title == "Nhóm Hoa Sen")
    assert_named(palette)
    press(palette.line, Qt.Key.Key_Return)
    assert routes == [Route("group", {"group": 12})]


def test_what_search_finds_leads_to_pages_that_exist() -> None:
    from desktop.views.palette import _ROUTES

    for page, _name in _ROUTES.values():
        assert pages.entry(page)


def test_help_lists_all_keys(opened: MainWindow, qtbot: Any) -> None:
    from desktop.views.help import HelpDialog

    page = page_of(opened, "groups")
    dialog = HelpDialog(page.title(), page.actions(), opened)
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    words = {label.text() for label in dialog.findChildren(QLabel)}
    assert {"Ctrl+K", "F1", "F6", "Ghi sổ", "Alt+2"} <= words
    assert_named(dialog)


def test_the_menu_of_the_book_greys_what_is_not_possible(window: MainWindow) -> None:
    window._grey_menu()
    states = {made.data(): made.isEnabled() for made in window._book_menu.actions() if made.data()}
    assert states["book-open"]
    assert not states["book-backup"]
    window.run_action("book-backup")  # does nothing, says nothing


def test_narrow_windows_have_a_narrow_bar(opened: MainWindow) -> None:
    assert not opened.navigation.narrow
    opened.resize(700, 500)
    QApplication.processEvents()
    assert opened.navigation.narrow
    assert_named(opened)


def test_tab_reaches_every_part(opened: MainWindow, qtbot: Any) -> None:
    page = page_of(opened, "groups")
    qtbot.waitUntil(page.line.hasFocus)
    seen = set()
    for _step in range(60):
        press(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.add(QApplication.focusWidget())
    assert opened.navigation.button("members") in seen
    assert opened.header.search in seen
    assert page.line in seen


def test_a_page_that_cannot_be_built_does_not_take_the_window_down(
    opened: MainWindow, bugs: list[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: PageEntry) -> Any:
        raise ImportError("no such page")

    monkeypatch.setattr(PageEntry, "load", broken)
    opened.go(Route("members"))
    assert [type(bug) for bug in bugs] == [ImportError]
    assert opened.route == Route("start")


def test_the_bug_window_has_details_without_personal_data(opened: MainWindow, qtbot: Any) -> None:
    try:
        raise ValueError("Nguyễn Thị Hoa 1.000.000")
    except ValueError as error:
        dialog = BugDialog(error, opened)
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog._copy()
    copied = QApplication.clipboard().text()
    assert "ValueError" in copied
    assert "test_shell" in copied
    assert "Hoa" not in copied
    assert str(Path.home()) not in copied
    assert_named(dialog)


# -- the way of a real book --------------------------------------------------------------------------------


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


def test_making_a_book_asks_and_names_the_file(desk: Desk, qtbot: Any, tmp_path: Path) -> None:
    made: list[tuple[str, ...]] = []
    dialog = CreateDialog(desk, lambda *values: made.append(values))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    assert_named(dialog)
    dialog.panel.submit()
    assert "name" in dialog.form.problems()
    type_vi(dialog.form.input("name"), "Các nhóm xã Tân Hưng")
    assert dialog.form.value("address").endswith("cac-nhom-xa-tan-hung.sonhom")
    type_vi(dialog.form.input("who"), "Nguyễn Thị Hoa")
    dialog.form.input("address").set_value(str(tmp_path / "nowhere" / "x"))
    dialog.panel.submit()
    assert "Không thấy thư mục" in dialog.form.problems()["address"]
    assert dialog.isVisible()  # nothing typed is lost
    dialog.form.input("address").set_value(str(tmp_path / "x"))
    dialog.panel.submit()
    assert made == [(str(tmp_path / "x.sonhom"), "Các nhóm xã Tân Hưng", "", "")]
    assert desk.settings["who"] == "Nguyễn Thị Hoa"


def test_the_sample_book_takes_no_open_books_place_unasked(
    opened: MainWindow, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []
    monkeypatch.setattr(opened.desk, "work", lambda *_args, **kept: started.append(kept["title"]))
    monkeypatch.setattr(opened.books, "open", lambda path: started.append(path))
    answers.yes = False
    opened.run_action("book-demo")
    assert started == []
    answers.yes = True
    opened.run_action("book-demo")
    assert len(started) == 1


def test_a_trouble_in_a_page_is_a_message(opened: MainWindow, qtbot: Any) -> None:
    def question(book: Any) -> Any:
        raise Trouble("Ổ đĩa đầy.", "Hãy xóa bớt tệp.", "full")

    opened.desk.ask(question, print)
    qtbot.waitUntil(lambda: bool(opened.messages.messages()))
    assert opened.messages.messages() == [Message("Ổ đĩa đầy.", "error", "Hãy xóa bớt tệp.")]


def test_pyside_does_not_read_the_source_of_what_is_imported_later() -> None:
    """Its look for `from __feature__` costs a tenth of opening a book; what was imported already is not touched."""
    import builtins

    import desktop.qt_import  # noqa: F401

    assert builtins.__import__ is builtins.__orig_import__  # type: ignore[attr-defined]


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
