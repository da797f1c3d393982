"""The board on the screen: by keyboard from a figure to its list, targets, periods, readers outside, papers."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt

from desktop.models.rules.suppression import Release
from desktop.services.board import reading, targets
from desktop.services.board.values import Period, Span
from desktop.views.board import page as board_page
from desktop.views.board.list_page import BoardListPage
from desktop.views.board.page import BoardPage
from desktop.views.kit.columns import PLACEHOLDER
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Reading
from tests.inclusion_village import ENDS, Mixed, mixed
from tests.views.accessible import assert_named
from tests.views.capacity.conftest import dialog_of, submit
from tests.views.conftest import Answers
from tests.views.people_room import Room, make_room
from tests.village import an_act

YEAR = Period(date(2026, 1, 1), Span.YEAR)


@pytest.fixture
def village(book: Any) -> Mixed:
    return mixed(book)


@pytest.fixture
def room(desk: Desk, book: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch, village: Mixed) -> Room:
    return make_room(desk, book, an_act(ENDS), qtbot, monkeypatch)


def line(page: BoardPage, key: str) -> Any:
    return next(row for row in page.table.loaded_rows() if row.measure.key == key)


@pytest.mark.parametrize("tab", ["measures", "charts", "cuts", "targets"])
def test_every_tab_is_named_and_drawn(room: Room, tab: str) -> None:
    page = room.show(BoardPage(room.desk), tab=tab)
    assert_named(page)
    assert page.actions()[0].primary
    assert page.bar.period == YEAR


def test_the_board_says_that_it_is_being_read(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    held, count = Event(), reading.count

    def slow(*args: Any) -> Any:
        held.wait(30)
        return count(*args)

    monkeypatch.setattr(reading, "count", slow)
    page = BoardPage(room.desk)
    room.qtbot.addWidget(page)
    page.show()
    page.open()
    room.qtbot.waitUntil(lambda: any(one.isVisible() for one in page.view.findChildren(Reading)))
    held.set()
    room.qtbot.waitUntil(lambda: page.table.size > 0)
    assert not any(one.isVisible() for one in page.view.findChildren(Reading))


def test_enter_on_a_figure_opens_a_list_of_that_length(room: Room, book: Any) -> None:
    page = room.show(BoardPage(room.desk))
    page.view.select_key("NH02")
    room.qtbot.keyClick(page.view.grid, Qt.Key.Key_Return)
    assert room.route.page == "board-list"
    assert room.route.args == {"measure": "NH02", "starts": YEAR.starts, "span": "year"}

    found = room.show(BoardListPage(room.desk), **room.route.args)
    assert_named(found)
    assert len(found.entries.loaded_rows()) == line(page, "NH02").value == 12
    assert "12" in found.words.text()
    found.entries_view.select_key(found.entries.loaded_rows()[0].key)
    room.qtbot.keyClick(found.entries_view.grid, Qt.Key.Key_Return)
    assert room.route.page == "member"
    found.go_up()
    assert (room.route.page, room.route.args["span"]) == ("board", "year")


def test_a_target_is_set_from_the_board_and_shows_how_far_it_is(
    room: Room, book: Any, answers: Answers
) -> None:
    page = room.show(BoardPage(room.desk))
    page.view.select_key("NH02")
    page.new_target()
    dialog = dialog_of(room)
    assert_named(dialog)
    submit(room, dialog, amount=0)
    assert set(dialog.form.problems()) == {"amount"}
    submit(room, dialog, amount=24, note="bảng 3")
    room.wait()
    shown = line(page, "NH02")
    assert (shown.target.amount, shown.progress) == (24, shown.value / 24)
    assert page.reached_figure is not None
    assert [row.measure for row in page.targets.loaded_rows()] == ["NH02"]
    page.edit_target(page.targets.loaded_rows()[0])
    submit(room, dialog_of(room), amount=12)
    room.wait()
    assert line(page, "NH02").progress == 1
    page.remove_line_target(line(page, "NH02"))
    room.wait()
    assert targets.all_targets(book) == []
    assert answers.asked


def test_periods_go_back_and_forth_and_change_their_length(room: Room) -> None:
    page = room.show(BoardPage(room.desk))
    page.bar.back.click()
    room.wait()
    assert page.board.period == YEAR.shifted(-1)
    page.bar.on.click()
    page.bar.span.set_value(Span.QUARTER)
    page.bar._spanned()
    room.wait()
    assert page.board.period.span is Span.QUARTER
    assert "Quý" in page.bar.words.text()


def test_a_reader_outside_sees_no_small_figure_and_no_names(room: Room) -> None:
    page = room.show(BoardPage(room.desk), release=Release.DONOR.value)
    small = line(page, "NG01")  # three of twelve
    assert small.value is None
    place = next(at for at, column in enumerate(page.table.columns) if column.key == "value")
    row = page.table.place_of("NG01")
    assert page.table.data(page.table.index(row, place)) == PLACEHOLDER
    before = len(room.routes)
    page.open_list(small)
    page.open_list(line(page, "NH02"))
    assert len(room.routes) == before
    assert room.said


def test_the_paper_and_the_spreadsheet_are_those_of_the_period_and_the_reader(
    room: Room, book: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = []
    monkeypatch.setattr(
        board_page,
        "print_paper",
        lambda _desk, _owner, key, _title, gather: printed.append((key, gather(book, an_act(ENDS)).value)),
    )
    page = room.show(BoardPage(room.desk), release=Release.PARTNER.value)
    page.print_report()
    ((key, value),) = printed
    assert key == "donor-report"
    assert (value.first_day, value.secret) == (YEAR.starts, False)
    file = tmp_path / "bang.xlsx"
    page._export(str(file))
    room.wait()
    assert file.exists()


def test_a_book_that_may_only_be_read_sets_no_target(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    page = room.show(BoardPage(room.desk))
    monkeypatch.setattr(Desk, "can_write", property(lambda _self: False))
    page.new_target()
    page.set_target(line(page, "NH02"))
    assert not page._may_write(None)
    assert reading.HIDDEN == PLACEHOLDER
