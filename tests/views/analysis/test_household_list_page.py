"""Bringing in a commune's list on the page: columns, the review of unsure lines by the keyboard, all or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from desktop.models.kinds import Poverty
from desktop.services import poverty
from desktop.services.household_lists.columns import ListField
from desktop.services.household_lists.previewing import Choice
from desktop.views.analysis.household_list_page import MAPPING, RESULT, REVIEW, SOURCE, HouseholdListPage
from tests.views.accessible import assert_named
from tests.views.analysis.conftest import Room
from tests.views.typing import press

HEAD = "Họ tên chủ hộ,Giới tính,Thôn,Diện hộ\n"


def a_list(room: Room, tmp_path: Path, lines: str) -> Any:
    """Open the page with a file of lines, up to the review."""
    file = tmp_path / "ho.csv"
    file.write_text(HEAD + lines, encoding="utf-8")
    page = room.show(HouseholdListPage)
    page.form.input("commune").set_value("30043")
    page.form.input("year").set_value(2026)
    page.form.input("standard").set_value("2022")
    page.read(str(file))
    room.settle()
    assert page.steps.currentIndex() == MAPPING
    assert_named(page)
    page.go_next()
    room.settle()
    return page


def test_a_list_from_file_to_book(room: Room, tmp_path: Path) -> None:
    page = a_list(
        room,
        tmp_path,
        "Trần Thị AA,Nữ,ấp 1,Hộ nghèo\n"  # sure: the head of the first household
        "Tran Thi AB,Nữ,ấp 2,Hộ cận nghèo\n"  # unsure: no marks
        "Lý Văn Mới,Nam,ấp 7,Hộ nghèo\n"  # new
        "Trần Thị AC,Nữ,ấp 9,Hộ nghèo\n",  # unsure: another hamlet
    )
    assert page.steps.currentIndex() == REVIEW
    assert [row.number for row in page.review.rows.loaded_rows()] == [3, 5]
    assert not page.next_button.isEnabled()
    assert_named(page)
    press(page.review.view.grid, Qt.Key.Key_Return)
    press(page.review.candidates_view.grid, Qt.Key.Key_Return)
    assert page.review.decisions[3].home == room.village.homes[1]
    assert [row.number for row in page.review.rows.loaded_rows()] == [5]
    page.review.skip_button.click()
    assert page.review.decisions[5].choice is Choice.SKIP
    assert page.next_button.text() == "Nhập 3 hộ"
    page.go_next()
    room.settle()
    assert page.steps.currentIndex() == RESULT
    assert "2 hộ có sẵn, 1 hộ mới lập; 1 dòng bị loại" in page.told.text()
    assert poverty.history(room.book, room.village.homes[1])[0].status is Poverty.NEAR_POOR
    assert page.rejects_button.isVisible()
    file = tmp_path / "loai.csv"
    page.save_rejects_to(str(file))
    room.settle()
    assert "ấp 9" in file.read_text(encoding="utf-8-sig")


def test_a_wrong_line_is_shown_with_its_reason(room: Room, tmp_path: Path) -> None:
    page = a_list(room, tmp_path, "Trần Thị AA,Nữ,ấp 1,giàu\n")
    page.review.which.set_value("bad")
    (row,) = page.review.rows.loaded_rows()
    assert page.review.state_of(row).text == "Lỗi"
    assert "giàu" in page.review.problems.text()
    assert not page.next_button.isEnabled()
    assert not page.review.accept_button.isEnabled()


def test_without_a_column_of_names_the_columns_are_asked_again(room: Room, tmp_path: Path) -> None:
    page = a_list(room, tmp_path, "Trần Thị AA,Nữ,ấp 1,Hộ nghèo\n")
    page.back()
    for choice in page.columns.choices:
        if choice.value() is ListField.NAME:
            choice.set_value(None)
    page.go_next()
    room.settle()
    assert page.steps.currentIndex() == MAPPING
    assert page.problem.text() == "Hãy chọn cột Họ và tên chủ hộ."


def test_leaving_asks_before_decisions_are_lost(room: Room, tmp_path: Path, answers: Any) -> None:
    page = a_list(room, tmp_path, "Trần Thị AA,Nữ,ấp 1,Hộ nghèo\n")
    answers.yes = False
    assert not page.can_leave(lambda: None)
    assert page.steps.currentIndex() == REVIEW
    answers.yes = True
    page.can_leave(lambda: None)
    assert page.steps.currentIndex() == SOURCE


def test_two_lines_taken_for_one_household_are_refused(room: Room, tmp_path: Path) -> None:
    page = a_list(room, tmp_path, "Trần Thị AA,Nữ,ấp 1,Hộ nghèo\nTran Thi AA,Nữ,ấp 1,Hộ nghèo\n")
    page.review._accept_current()
    page.go_next()
    room.settle()
    assert page.steps.currentIndex() == REVIEW
    assert "cùng nhận một hộ" in page.problem.text()
    assert len(poverty.history(room.book, room.village.homes[0])) == 1
