"""The page of a record and the page of lists: what is read and when, tabs by key, what the head offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from desktop.services.acts import Changed, Topic
from desktop.views.kit.blocks import Figure
from desktop.views.kit.columns import Column
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.page import PageAction, paper
from desktop.views.kit.record_page import RecordPage
from desktop.views.kit.tab import RowsTab, Tab, listing, sieve
from desktop.views.kit.tabbed_page import ListsPage
from tests.views.conftest import give_book


@dataclass(frozen=True)
class Line:
    id: int
    name: str


@dataclass(frozen=True)
class Sack:
    id: int
    lines: tuple[Line, ...]


class Shed:
    """Stands for a book: sacks by their number, and how often they were read."""

    def __init__(self) -> None:
        self.read: list[int] = []

    def sack(self, number: int) -> Sack:
        self.read.append(number)
        return Sack(number, tuple(Line(place, f"dòng {place}") for place in range(number)))


NAMES = [Column[Line]("name", "Tên", lambda row: row.name, stretch=True)]


class SackPage(RecordPage[int, Sack]):
    topics = frozenset({Topic.LIVELIHOODS})
    route = "sack"
    reads = staticmethod(lambda book, number, _today: book.sack(number))

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.size_figure = Figure("Số dòng", "–", parent=self)
        self.add_figures(self.size_figure)
        self.opened: list[Line] = []
        made = listing(
            desk,
            NAMES,
            "sack.lines",
            "Các dòng",
            empty=Empty("good", "Chưa có dòng nào."),
            opened=self.opened.append,
            least=100,
        )
        self.lines = RowsTab(desk, made, lambda sack: sack.lines, self)
        self.set_parts("Các phần", (("lines", self.lines, "Dòng"), ("words", QLabel("lời", self), "Lời")))

    def take(self, detail: Sack) -> None:
        self.size_figure.set(str(len(detail.lines)))
        self.lines.take(detail)

    def actions(self) -> list[PageAction]:
        return self.deeds(
            PageAction("Thêm", self.reload, "plus", "Ctrl+N", primary=True),
            ("In bao", self.reload, [paper("Phiếu", self.reload)]),
            ("Sửa bao", self.reload, [PageAction("Đổi", self.reload)]),
        )


@pytest.fixture
def shed(desk: Desk) -> Shed:
    made = Shed()
    give_book(desk, made)
    return made


@pytest.fixture
def page(desk: Desk, shed: Shed, qtbot: Any) -> SackPage:
    made = SackPage(desk)
    qtbot.addWidget(made)
    return made


def wait(qtbot: Any, desk: Desk) -> None:
    qtbot.waitUntil(lambda: not desk.runner.busy)


def test_the_record_of_the_route_is_read_and_shown(
    page: SackPage, desk: Desk, shed: Shed, qtbot: Any
) -> None:
    titled: list[None] = []
    page.titled.connect(lambda: titled.append(None))
    page.open(sack=3)
    assert page.detail is None
    wait(qtbot, desk)
    assert page.detail == shed.sack(3)
    assert page.lines.table.size == 3
    assert len(titled) == 2  # another record; it is there


def test_an_answer_about_another_record_is_dropped(
    page: SackPage, desk: Desk, shed: Shed, qtbot: Any
) -> None:
    page.open(sack=3)
    page.open(sack=5)
    wait(qtbot, desk)
    assert shed.read == [3, 5]
    assert page.detail is not None
    assert page.detail.id == 5


def test_tabs_go_by_their_key_and_begin_at_the_first_for_another_record(
    page: SackPage, desk: Desk, qtbot: Any
) -> None:
    page.open(sack=3, tab="words")
    assert page.shown_key == "words"
    page.open(sack=3, tab="không có")
    assert page.shown_key == "words"
    page.open(sack=4)
    assert page.shown_key == "lines"
    wait(qtbot, desk)


def test_a_deed_on_its_topic_reads_the_record_again(
    page: SackPage, desk: Desk, shed: Shed, qtbot: Any
) -> None:
    page.open(sack=3)
    page.show()
    wait(qtbot, desk)
    desk.bulletin.changed.emit(Changed(frozenset({Topic.TRAINING})))
    wait(qtbot, desk)
    assert shed.read == [3]
    desk.bulletin.changed.emit(Changed(frozenset({Topic.LIVELIHOODS})))
    wait(qtbot, desk)
    assert shed.read == [3, 3]


def test_another_book_forgets_the_record(page: SackPage, desk: Desk, qtbot: Any) -> None:
    page.open(sack=3)
    wait(qtbot, desk)
    give_book(desk, Shed(), readonly=True)
    assert page.record is None
    assert page.detail is None


def test_nothing_is_writable_in_a_book_that_is_only_read(page: SackPage, desk: Desk, qtbot: Any) -> None:
    page.open(sack=3)
    wait(qtbot, desk)
    assert page.writable is page.detail
    assert desk.may_write(page.detail)
    give_book(desk, Shed(), readonly=True)
    page.open(sack=3)
    wait(qtbot, desk)
    assert page.detail is not None
    assert page.writable is None
    assert not desk.may_write(page.detail)


def test_the_head_prints_with_ctrl_p_and_changes_with_ctrl_e(page: SackPage) -> None:
    main, printing, other, print_key, edit_key = page.actions()
    assert main.primary
    assert [entry.title for entry in printing.menu] == ["Phiếu"]
    assert not printing.menu[0].writes
    assert [entry.title for entry in other.menu] == ["Đổi"]
    assert (print_key.title, print_key.shortcut, print_key.shown) == ("In bao", "Ctrl+P", False)
    assert (edit_key.title, edit_key.shortcut, edit_key.shown) == ("Sửa bao", "Ctrl+E", False)


def test_the_focus_goes_to_the_table_of_the_tab_or_to_the_tabs(
    page: SackPage, desk: Desk, qtbot: Any
) -> None:
    page.open(sack=3)
    page.show()
    wait(qtbot, desk)
    page.focus_first()
    assert page.window().focusWidget() is page.lines.view.grid
    page.show_tab("words")
    page.focus_first()
    assert page.window().focusWidget() is page.tabs.tabBar()


class NamesTab(Tab):
    def __init__(self, desk: Desk, name: str, parent: QWidget) -> None:
        super().__init__(desk, parent)
        self.read = 0
        self.table, self.view = listing(desk, NAMES, name, name, empty=Empty("good", "Chưa có."))
        self.which = sieve(self.view, "Loại", [("", "Mọi loại"), ("a", "Loại a")], self.reload)
        self.body.addWidget(self.view, 1)

    def reload(self) -> None:
        self.read += 1


class NamesPage(ListsPage):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.one, self.two = NamesTab(desk, "one", self), NamesTab(desk, "two", self)
        self.set_parts("Các phần", (("one", self.one, "Một"), ("two", self.two, "Hai")))


def test_a_list_is_read_when_its_tab_is_seen_or_its_choice_changes(desk: Desk, qtbot: Any) -> None:
    page = NamesPage(desk)
    qtbot.addWidget(page)
    page.open()
    assert (page.one.read, page.two.read) == (1, 0)
    page.show_tab("two")
    assert (page.one.read, page.two.read) == (1, 1)
    page.two.which.set_value("a")
    page.two.which.changed.emit()
    assert page.two.read >= 2
    assert page.two.which.accessibleName() == "Loại"
    page.open("one")
    assert page.shown_key == "one"
    assert page.one.read >= 2
