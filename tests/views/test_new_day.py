"""A window left open overnight: lists, days and headings follow the clock; what was typed stays."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from desktop.services.acts import Topic
from desktop.views.kit.day_edit import DayEdit
from desktop.views.kit.desk import Desk, Route
from desktop.views.kit.group_and_day import GroupAndDay
from desktop.views.kit.group_picker import PeriodBar
from desktop.views.kit.page import Page
from desktop.views.main_window import MainWindow
from tests.views.conftest import give_book

MONDAY, TUESDAY = date(2026, 11, 30), date(2026, 12, 1)


class Clock:
    def __init__(self, monkeypatch: pytest.MonkeyPatch, desk: Desk) -> None:
        self.day = MONDAY
        monkeypatch.setattr(desk, "today", lambda: self.day)


@pytest.fixture
def clock(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch, desk)


class Asking(Page):
    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.GROUPS})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.asked: list[date] = []

    def reload(self) -> None:
        self.asked.append(self.desk.today())


def test_a_page_in_front_is_read_again_and_a_hidden_one_when_it_is_shown(
    desk: Desk, clock: Clock, qtbot: Any
) -> None:
    window = MainWindow(desk)
    qtbot.addWidget(window)
    front, hidden = Asking(desk), Asking(desk)
    for key, page in (("front", front), ("hidden", hidden)):
        window._pages[key] = page
        window.stack.addWidget(page)
    window.stack.setCurrentWidget(front)
    window.show()
    window.look_at_day()
    assert front.asked == []  # still the same day
    clock.day = TUESDAY
    window.look_at_day()
    assert front.asked == [TUESDAY]
    assert hidden.asked == []
    hidden.shown()
    assert hidden.asked == [TUESDAY]
    window.look_at_day()
    assert front.asked == [TUESDAY]


def test_a_day_that_showed_today_moves_on_and_another_stays(desk: Desk, clock: Clock, qtbot: Any) -> None:
    followed, chosen = GroupAndDay(desk, "Đến ngày"), GroupAndDay(desk, "Đến ngày")
    bar = PeriodBar(desk)
    for one in (followed, chosen, bar):
        qtbot.addWidget(one)
    chosen.edit.set_value(date(2026, 6, 30))
    told: list[date | None] = []
    followed.changed.connect(lambda: told.append(followed.day))
    desk.day_changed.emit(MONDAY, TUESDAY)
    assert followed.day == TUESDAY
    assert told == [TUESDAY]
    assert chosen.day == date(2026, 6, 30)
    assert bar.ends.value() == TUESDAY
    assert bar.starts.value() == date(2026, 1, 1)


def test_what_is_typed_short_means_the_new_year(qtbot: Any) -> None:
    edit = DayEdit(None, date(2026, 12, 31))
    qtbot.addWidget(edit)
    edit.setText("5/3")
    assert edit.value() == date(2026, 3, 5)
    edit.new_day(date(2026, 12, 31), date(2027, 1, 1))
    assert edit.value() == date(2027, 3, 5)


def test_the_keyboard_reaches_the_deed_of_an_empty_list(desk: Desk, book: Any, qtbot: Any) -> None:
    """On the page of users without any, Tab stayed on the tabs: the list handed it to rows that are not shown."""
    give_book(desk, book)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    window.go(Route("users"))
    qtbot.waitUntil(lambda: not desk.runner.busy)
    page = window.page
    assert page is not None
    qtbot.waitUntil(lambda: page.isAncestorOf(QApplication.focusWidget() or window))
    reached: list[str] = []
    for _step in range(25):
        focused = QApplication.focusWidget()
        if isinstance(focused, QPushButton):
            reached.append(focused.text())
        QTest.keyClick(focused or window, "\t")
    assert "Bật người dùng…" in reached
