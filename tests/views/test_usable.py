"""What would annoy at every page: clashing keys, twin icons, tabs out of reach, pages that scroll sideways."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from desktop.views import header as header_module
from desktop.views.actions import ACTIONS
from desktop.views.header import Header
from desktop.views.kit import theme
from desktop.views.kit.blocks import Figure, Wrap
from desktop.views.kit.columns import Column, Stamps
from desktop.views.kit.desk import Desk
from desktop.views.kit.flow import FlowLayout
from desktop.views.kit.page import PageAction
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_view import TableView
from desktop.views.kit.tabs import PageTabs
from desktop.views.pages import PAGES
from tests.ready_books import empty_book
from tests.secret_walk import bury
from tests.views.conftest import give_book
from tests.village import meet, settle

VIEWS = Path(header_module.__file__).parent
SOURCES = {path: path.read_text(encoding="utf-8") for path in sorted(VIEWS.rglob("*.py"))}
SHOWN = [entry for entry in PAGES if entry.shown]


@pytest.fixture(params=[100, 150])
def scale(request: Any, dressed: QApplication) -> Iterator[int]:
    theme.apply(dressed, "light", request.param)
    yield request.param
    theme.apply(dressed, "light", 100)


def test_every_page_of_the_navigation_has_an_icon_and_a_key_of_its_own() -> None:
    assert [name for name, times in Counter(entry.icon for entry in SHOWN).items() if times > 1] == []
    assert [entry.key for entry in SHOWN if not entry.shortcut] == []


def test_no_letter_of_a_button_takes_the_key_of_a_page() -> None:
    taken = {entry.shortcut.removeprefix("Alt+") for entry in PAGES if entry.shortcut}
    clashes = [
        f"{path.name}: {text}"
        for path, source in SOURCES.items()
        for text in re.findall(r'_\("([^"]*&[A-Za-z][^"]*)"', source)
        if re.search(r"&([A-Za-z])", text).group(1).upper() in taken  # type: ignore[union-attr]
    ]
    assert clashes == []


def test_no_key_of_a_page_is_one_of_the_window() -> None:
    taken = {action.shortcut for action in ACTIONS if action.shortcut}
    clashes = [
        f"{path.name}: {keys}"
        for path, source in SOURCES.items()
        if path.name not in ("actions.py", "help.py", "header.py")
        for keys in re.findall(r'"((?:Ctrl|Alt|Shift|F\d)[^" ]*)"', source)
        if keys in taken
    ]
    assert clashes == []


def test_no_page_scrolls_sideways(scale: int, desk: Desk, qtbot: Any) -> None:
    """At 1280 pixels; at 150 % the bar on the left is narrow."""
    room = 1280 - theme.px(208 if scale == 100 else 58) - theme.px(14)
    wide = {}
    for entry in PAGES:
        page = entry.load()(desk)
        holder = page.body.parentWidget()
        if holder.minimumSizeHint().width() > room:
            wide[entry.key] = holder.minimumSizeHint().width()
        page.deleteLater()
        bury()  # else the next size would be given to the widgets of all pages
    assert wide == {}, f"wider than {room}"


def test_all_tabs_are_within_reach_in_a_narrow_window(dressed: QApplication, qtbot: Any) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    tabs = PageTabs(page, "Các phần", [(QWidget(page), f"Một thẻ dài số {n}") for n in range(1, 18)])
    page.resize(600, 300)
    tabs.resize(600, 300)
    page.show()
    assert not tabs.all_button.isHidden()
    tabs._fill_menu()
    entries = tabs._menu.actions()
    assert [entry.text().split("\t")[0] for entry in entries] == [tabs.tabText(n) for n in range(17)]
    entries[15].trigger()
    assert tabs.currentIndex() == 15
    tabs.tabBar().hide()  # a new record has no parts yet
    tabs.resize(500, 300)
    assert tabs.all_button.isHidden()
    tabs.tabBar().show()
    tabs.resize(4000, 300)
    assert tabs.all_button.isHidden()


def test_the_title_is_kept_and_lesser_deeds_go_into_a_menu(dressed: QApplication, qtbot: Any) -> None:
    header = Header()
    qtbot.addWidget(header)
    done: list[str] = []
    actions = [PageAction("Ghi cam kết…", lambda: done.append("main"), primary=True)]
    actions += [PageAction(f"Việc phụ rất dài số {n}", lambda n=n: done.append(str(n))) for n in range(4)]
    header.show_place("Đưa nhóm tiết kiệm vào kế hoạch", "Hội trường xã", [], False)
    header.show_actions(actions, can_write=True)
    header.resize(1900, 70)
    header.show()
    assert header.more.isHidden()
    assert header.search.text()
    header.resize(760, 70)
    qtbot.wait(1)
    assert not header.search.text()
    assert not header.more.isHidden()
    shown = [button.text() for button in header.findChildren(QPushButton) if button.isVisible()]
    assert "Ghi cam kết…" in shown
    assert header.title.width() >= header.title.sizeHint().width()
    header._fill_more()
    header._more_menu.actions()[0].trigger()
    assert done == ["0"]


def test_figures_go_below_each_other_before_a_word_is_cut(dressed: QApplication, qtbot: Any) -> None:
    wrap = Wrap(100, 4)
    qtbot.addWidget(wrap)
    figures = [Figure(f"Một con số {n}", "1.000.000.000 ₫", parent=wrap) for n in range(4)]
    for figure in figures:
        wrap.add(figure)
    wrap.resize(480, 400)
    wrap.show()
    qtbot.waitUntil(lambda: all(one.width() >= one.minimumSizeHint().width() for one in figures))


def test_a_row_that_is_full_goes_on_below(dressed: QApplication, qtbot: Any) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    row = FlowLayout(holder)
    for n in range(6):
        row.addWidget(QPushButton(f"Một nút có chữ {n}", holder))
    wide = row.sizeHint()
    assert row.heightForWidth(wide.width()) == wide.height()
    assert row.heightForWidth(wide.width() // 2) > 2 * wide.height()
    assert row.minimumSize().width() < wide.width() / 4


@pytest.mark.parametrize("inside", [False, True], ids=["of a widget", "in another layout"])
def test_a_row_follows_what_is_hidden_renamed_added_and_taken_out(
    dressed: QApplication, qtbot: Any, inside: bool
) -> None:
    """Its sizes are kept between; a change of what stands in it is seen at the next layout."""
    holder = QWidget()
    qtbot.addWidget(holder)
    row = FlowLayout() if inside else FlowLayout(holder)
    if inside:
        QVBoxLayout(holder).addLayout(row)
    buttons = [QPushButton(f"Một nút có chữ {n}", holder) for n in range(4)]
    for button in buttons:
        row.addWidget(button)
    holder.show()

    def comes_to(width: int) -> None:
        qtbot.waitUntil(lambda: row.sizeHint().width() == width and row.heightForWidth(width) == high)

    every, high = row.sizeHint().width(), row.sizeHint().height()
    step = buttons[0].sizeHint().width() + row.spacing()
    buttons[0].hide()
    comes_to(every - step)
    buttons[0].show()
    comes_to(every)
    short = buttons[1].sizeHint().width()
    buttons[1].setText("Một nút có chữ dài hơn trước nhiều")
    comes_to(every - short + buttons[1].sizeHint().width())
    row.takeAt(1).widget().hide()
    comes_to(every - step)
    row.addWidget(QPushButton("Một nút có chữ 9", holder))
    comes_to(every)


def test_stamps_are_drawn_as_they_were_given() -> None:
    stamps = Stamps.of(3, 5)
    assert (stamps.stamped, stamps.boxes, stamps.part) == (3, 5, None)
    assert stamps.text == "3 trên 5 dấu"


def test_a_table_shows_titles_and_amounts_in_full_and_cuts_long_words(desk: Desk, qtbot: Any) -> None:
    columns: list[Column[tuple[str, int]]] = [
        Column("name", "Tên", lambda row: row[0], width=14),
        Column("note", "Một tiêu đề khá dài", lambda row: row[0] * 8, width=13),
        Column("money", "Số tiền (₫)", lambda row: row[1], kind="money", width=6),
    ]
    view = TableView(RowTable(desk, columns, key=lambda row: row[0]), "usable.test", "Bảng")
    qtbot.addWidget(view)
    view.resize(520, 300)
    view.show()
    view.table.set_rows([("Nguyễn Thị Hoa", 12_345_678_901)])
    grid, metrics = view.grid, view.grid.fontMetrics()
    assert grid.columnWidth(2) >= metrics.horizontalAdvance("12.345.678.901") + 16
    assert grid.columnWidth(0) >= metrics.horizontalAdvance("Nguyễn Thị Hoa") + 16
    assert grid.columnWidth(1) >= metrics.horizontalAdvance("Một tiêu đề khá dài")
    assert grid.horizontalScrollBar().maximum() == 0


def test_at_twice_the_size_the_main_pages_still_do_not_scroll_sideways(
    dressed: QApplication, desk: Desk, qtbot: Any, tmp_path: Path
) -> None:
    """At 1280 pixels and 200 % with a book in it: long lines give way, bars and cards go on below."""
    theme.apply(dressed, "light", 200)
    try:
        with empty_book(tmp_path / "so.sonhom") as book:
            meet(book, settle(book), 1)
            give_book(desk, book, name="Sổ các nhóm tiết kiệm xã Tân Hưng Phú")
            room = 1280 - theme.px(58) - theme.px(14)
            for key, args in (("start", {}), ("reports", {}), ("group", {"group": 1}), ("group-new", {})):
                page = next(entry for entry in PAGES if entry.key == key).load()(desk)
                qtbot.addWidget(page)
                page.resize(room, 720)
                page.show()
                page.open(**args)
                qtbot.waitUntil(lambda: not desk.runner.busy)
                qtbot.wait(20)
                assert page.body.parentWidget().minimumSizeHint().width() <= room, key
                page.hide()
            desk.runner.close()
    finally:
        theme.apply(dressed, "light", 100)


def test_no_table_is_pressed_together_in_a_low_window(dressed: QApplication, desk: Desk, qtbot: Any) -> None:
    """At 1366 × 768 and 200 %: a few rows stay in sight, nothing lies over them, and the page scrolls."""
    theme.apply(dressed, "light", 200)
    try:
        pressed = {}
        for entry in PAGES:
            if entry.key not in ("groups", "members", "meetings", "board-list", "oversight", "replication"):
                continue
            window = QWidget()  # a window of its own would grow to what the page asks for
            qtbot.addWidget(window)
            page = entry.load()(desk, window)
            page.resize(1366 - theme.px(58), 400)
            window.show()
            qtbot.wait(1)
            for view in page.findChildren(TableView):
                if view.isVisible() and view.height() < view.minimumSizeHint().height():
                    pressed[view.name] = view.height()
            window.hide()
        assert pressed == {}
    finally:
        theme.apply(dressed, "light", 100)
