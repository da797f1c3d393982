"""The sheet for people who listen, who need large text, who have a small screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from desktop.views.kit import theme
from desktop.views.meetings.sheet_headers import NAME_CLOSE, NAME_WIDE
from tests.views.accessible import assert_named
from tests.views.meetings.conftest import open_sheet
from tests.views.meetings.hands import Hands
from tests.views.meetings.people import Village


def test_every_control_of_the_page_has_a_name(page: Any, village: Village, sheet: Any) -> None:
    sheet.panel.show_count()
    assert_named(page)
    sheet.panel.show_details()
    assert_named(page)
    page.show_list(None)
    page.settle()
    assert_named(page)


def test_a_cell_says_who_what_how_much_and_what_is_wrong(sheet: Any, village: Village) -> None:
    hands = Hands(sheet)
    hands.go(village.members[0], "savings").key_in("50k").key_in("x")
    model = hands.view.sheet_model
    role = Qt.ItemDataRole.AccessibleTextRole
    first = model.index(0, 3)
    assert first.data(role) == "Nguyễn Thị Hoa, TK tự nguyện: 50.000"
    assert model.index(1, 3).data(role).startswith("Trần Văn Bình, TK tự nguyện: x, “x” không phải")
    assert model.index(2, 3).data(role) == "Lê Thị Ánh, TK tự nguyện: trống"
    assert model.index(0, 0).data(role) == "Nguyễn Thị Hoa, Điểm danh: Có mặt"
    assert model.headerData(0, Qt.Orientation.Vertical) == "1 TV-0001 Nguyễn Thị Hoa"
    table = QAccessible.queryAccessibleInterface(hands.view)
    assert table.role() == QAccessible.Role.Table
    assert table.text(QAccessible.Text.Name) == "Phiếu họp"
    assert "Cổ phần 0" in hands.panel.grid.totals.accessibleDescription()
    assert "Quỹ vay: Sổ 50.000" in hands.panel.strip.accessibleDescription()


def test_no_state_is_told_by_colour_alone(sheet: Any, village: Village) -> None:
    hands = Hands(sheet)
    words = set()
    for letter in "cmvpu":
        hands.go(village.members[0], "attendance").type(letter)
        words.add(hands.text(village.members[0], "attendance"))
    assert len(words) == 5


@pytest.fixture
def dressed_as(dressed: QApplication) -> Iterator[Any]:
    yield lambda key, percent: theme.apply(dressed, key, percent)
    theme.apply(dressed, "light", 100)


@pytest.mark.parametrize(
    ("key", "percent", "width", "height", "rows"),
    [("light", 100, 1072, 575, 11), ("dark", 100, 1072, 575, 11), ("contrast", 150, 1194, 548, 6)],
)
def test_the_sheet_fits_a_small_laptop(
    dressed_as: Any, page: Any, village: Village, key: str, percent: int, width: int, height: int, rows: int
) -> None:
    dressed_as(key, percent)
    page.resize(width, height)
    hands = Hands(open_sheet(page, village))
    QApplication.processEvents()
    view = hands.view
    assert page.minimumSizeHint().width() <= width
    assert page.minimumSizeHint().height() <= height
    assert view.viewport().height() // view.rowHeight(0) >= rows
    assert not page.grab().isNull()
    # The cursor drags what it stands on into sight.
    hands.go(village.members[24], "note")
    rect = view.visualRect(view.currentIndex())
    assert view.viewport().rect().contains(rect.center())
    hands.press("F6")
    assert hands.panel.counts.edits["counted/500000"].hasFocus()
    hands.press("Esc")
    assert view.hasFocus()
    assert view.isVisible()


def test_where_it_is_narrow_the_name_stays_in_sight(dressed_as: Any, page: Any, village: Village) -> None:
    dressed_as("light", 150)
    page.resize(900, 548)
    hands = Hands(open_sheet(page, village))
    hands.go(village.members[0], "note")
    QApplication.processEvents()
    assert hands.view.horizontalScrollBar().value() > 0
    assert hands.view.members.width() > 200
    assert not hands.view.isColumnHidden(0)


def test_very_long_names_give_way_before_the_money_scrolls(page: Any, village: Village) -> None:
    page.resize(1500, 575)
    view = Hands(open_sheet(page, village)).view
    assert view.members.widest == NAME_WIDE
    page.resize(640, 575)
    QApplication.processEvents()
    assert view.members.widest == NAME_CLOSE
    assert view.members.parts()[2] <= NAME_CLOSE + 12
