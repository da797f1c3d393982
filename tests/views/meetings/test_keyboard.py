"""Keying in a meeting with the keyboard only."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.models.kinds import Attendance
from tests.views.meetings.hands import Hands
from tests.views.meetings.people import Village


@pytest.fixture
def hands(sheet: Any) -> Hands:
    return Hands(sheet)


def test_the_cursor_starts_at_the_first_attendance(hands: Hands, village: Village) -> None:
    assert hands.view.hasFocus()
    assert hands.at == (village.members[0], "attendance")


def test_enter_goes_down_and_tab_right_and_on_to_the_next_row(hands: Hands, village: Village) -> None:
    first, second, *_rest = village.members
    hands.press("Enter")
    assert hands.at == (second, "attendance")
    hands.press("Shift+Enter")
    assert hands.at == (first, "attendance")
    stops = []
    for _step in range(9):
        hands.press("Tab")
        stops.append(hands.at)
    assert stops == [
        (first, "shares"),
        (first, "savings"),
        (first, "withdrawal"),
        (first, "social"),
        (first, "fine"),
        (first, "fine_owed"),
        (first, "note"),
        (second, "attendance"),
        (second, "shares"),
    ]
    hands.press("Shift+Tab", "Shift+Tab")
    assert hands.at == (first, "note")


def test_enter_on_the_last_row_goes_to_the_top_of_the_next_column(hands: Hands, village: Village) -> None:
    hands.go(village.members[-1], "shares").press("Enter")
    assert hands.at == (village.members[0], "savings")


def test_tab_after_the_last_cell_goes_to_the_count(hands: Hands, village: Village) -> None:
    hands.go(village.members[-1], "note").press("Tab")
    assert hands.panel.counts.edits["counted/500000"].hasFocus()


def test_space_goes_round_the_attendance_and_letters_pick_it(hands: Hands, village: Village) -> None:
    first = village.members[0]
    seen = []
    for _press in range(5):
        hands.press("Space")
        seen.append(hands.draft.state.row(first).attendance)
    assert seen == [
        Attendance.LATE,
        Attendance.ABSENT,
        Attendance.EXCUSED,
        Attendance.REPRESENTED,
        Attendance.PRESENT,
    ]
    for letter in "mvpuc":
        hands.type(letter)  # each letter answers for a member and goes on to the next
    states = [hands.draft.state.row(member).attendance for member in village.members[:5]]
    assert states == [
        Attendance.LATE,
        Attendance.ABSENT,
        Attendance.EXCUSED,
        Attendance.REPRESENTED,
        Attendance.PRESENT,
    ]
    assert hands.at == (village.members[5], "attendance")


def test_space_changes_the_attendance_from_any_cell(hands: Hands, village: Village) -> None:
    hands.go(village.members[2], "savings").press("Space")
    assert hands.draft.state.row(village.members[2]).attendance is Attendance.LATE
    assert hands.at == (village.members[2], "savings")


@pytest.mark.parametrize(
    ("typed", "amount", "shown"),
    [
        ("50k", 50_000, "50.000"),
        ("1tr", 1_000_000, "1.000.000"),
        ("1,5tr", 1_500_000, "1.500.000"),
        ("50.000", 50_000, "50.000"),
        ("20000", 20_000, "20.000"),
        ("2 triệu", 2_000_000, "2.000.000"),
        ("1tr5", 1_500_000, "1.500.000"),
    ],
)
def test_amounts_as_people_write_them(
    hands: Hands, village: Village, typed: str, amount: int, shown: str
) -> None:
    first, second, *_rest = village.members
    hands.go(first, "savings").key_in(typed)
    assert hands.amount(first, "savings") == amount
    assert hands.text(first, "savings") == shown
    assert hands.at == (second, "savings")


@pytest.mark.parametrize(
    "typed", ["abc", "-5", "1.5", "0,5", "1,000,000", "2000000000tr", "99999999999999999999"]
)
def test_what_is_no_amount_is_refused_at_the_cell_and_stays(
    hands: Hands, village: Village, typed: str
) -> None:
    first, second, *_rest = village.members
    hands.go(first, "savings").key_in(typed)
    assert hands.amount(first, "savings") is None
    assert hands.text(first, "savings") == typed
    assert hands.complaint(first, "savings")
    assert hands.draft.stops == 1
    # The cursor went on, so that the next amount of the paper lands in the next row; the message stays in sight.
    assert hands.at == (second, "savings")
    assert hands.complaint(first, "savings") in hands.panel.line.text()
    hands.press("F4")
    assert hands.at == (first, "savings")
    hands.key_in("50k")
    assert hands.amount(first, "savings") == 50_000
    assert hands.draft.stops == 0


def test_shares_are_counted_and_bounded(hands: Hands, village: Village) -> None:
    first, second, third, *_rest = village.members
    hands.go(first, "shares").key_in("3").key_in("6").key_in("20k")
    assert hands.amount(first, "shares") == 3
    assert "từ 1 đến 5" in hands.complaint(second, "shares")
    assert "không phải là số cổ phần" in hands.complaint(third, "shares")
    assert hands.text(first, "total") == "60.000"


def test_no_withdrawal_above_the_balance(hands: Hands, village: Village) -> None:
    first = village.members[0]
    hands.go(first, "withdrawal").key_in("10k")
    assert "Nguyễn Thị Hoa chỉ còn 0" in hands.complaint(first, "withdrawal")


def test_f5_fills_what_is_expected_for_all_who_take_part(hands: Hands, village: Village) -> None:
    first, second, third, *_rest = village.members
    hands.go(first, "shares").key_in("4")
    hands.go(second, "attendance").press("V")
    hands.go(third, "attendance").press("M")
    hands.press("F5")
    assert hands.amount(first, "shares") == 4  # what was typed stays
    assert hands.amount(first, "social") == 5_000
    assert hands.draft.state.row(second).amounts == {}
    assert hands.draft.state.row(third).amounts == {"shares": 1, "social": 5_000, "fine": 5_000}
    assert hands.draft.totals.by_column["social"] == 24 * 5_000


def test_who_turns_out_absent_after_f5_owes_nothing(hands: Hands, village: Village) -> None:
    first, second, *_rest = village.members
    hands.press("F5")
    hands.go(second, "savings").key_in("70k")
    hands.go(first, "attendance").press("V")
    assert hands.draft.state.row(first).amounts == {}
    hands.go(second, "attendance").press("P")
    assert hands.draft.state.row(second).amounts == {"savings": 70_000}  # keyed by hand: stays
    hands.go(first, "attendance").press("M")
    assert hands.amount(first, "fine") == 5_000


def test_esc_delete_undo_redo_and_copy_above(hands: Hands, village: Village) -> None:
    first, second, third, *_rest = village.members
    hands.go(first, "savings").type("999").press("Esc")
    assert hands.amount(first, "savings") is None
    hands.key_in("30k").press("Ctrl+D")
    assert hands.amount(second, "savings") == 30_000
    assert hands.at == (third, "savings")
    hands.press("Ctrl+Z")
    assert hands.amount(second, "savings") is None
    assert hands.at == (second, "savings")
    hands.press("Ctrl+Y")
    assert hands.amount(second, "savings") == 30_000
    hands.go(first, "savings").press("Delete")
    assert hands.amount(first, "savings") is None
    hands.press("Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    assert hands.draft.state == hands.room.opening.fresh


def test_f2_edits_what_stands_there_and_arrows_stay_inside(hands: Hands, village: Village) -> None:
    first = village.members[0]
    hands.go(first, "note").key_in("Đến muộn")
    hands.go(first, "note").press("F2")
    editor = hands.view.open_editor()
    assert editor is not None
    assert editor.text() == "Đến muộn"
    editor.setCursorPosition(8)
    hands.type(" 10 phút").press("Left").press("Enter")
    assert hands.draft.state.row(first).note == "Đến muộn 10 phút"


def test_arrows_leave_a_cell_opened_by_typing(hands: Hands, village: Village) -> None:
    first = village.members[0]
    hands.go(first, "shares").type("2").press("Right")
    assert hands.amount(first, "shares") == 2
    assert hands.at == (first, "savings")
    hands.type("10k").press("Down")
    assert hands.at == (village.members[1], "savings")


def test_ctrl_f_finds_a_member_without_marks(hands: Hands, village: Village) -> None:
    hands.go(village.members[0], "savings").press("Ctrl+F").type("hoa")
    assert hands.at == (village.members[0], "savings")  # Hoa before Hòa: the first in the group's order
    hands.panel.finder.set_value("")
    hands.type("ngoc an").press("Enter")
    assert hands.at == (village.members[24], "savings")
    assert hands.view.hasFocus()
    hands.type("5k").press("Enter")
    assert hands.amount(village.members[24], "savings") == 5_000


def test_totals_of_rows_columns_and_boxes_follow_every_key(hands: Hands, village: Village) -> None:
    hands.go(village.members[0], "shares").key_in("2", "Tab").key_in("50k", "Tab")
    hands.go(village.members[0], "social").key_in("5k")
    assert hands.text(village.members[0], "total") == "95.000"
    totals = hands.panel.grid.totals
    model = hands.view.sheet_model
    assert {c.key: totals.text_of(c) for c in model.columns if totals.text_of(c)} == {
        "attendance": "25/25",
        "shares": "2",
        "savings": "50.000",
        "withdrawal": "0",
        "social": "5.000",
        "fine": "0",
        "fine_owed": "0",
        "total": "95.000",
    }
    assert hands.panel.strip.text_of("counted")[1:5] == ["0", "90.000", "0", "90.000"]
    assert hands.panel.strip.text_of("social_counted")[1:5] == ["0", "5.000", "0", "5.000"]


def test_counting_shows_the_difference_and_asks_for_its_reason(hands: Hands, village: Village) -> None:
    hands.go(village.members[0], "savings").key_in("90k")
    hands.press("F6")
    assert hands.panel.counts.edits["counted/500000"].hasFocus()
    hands.press("Enter", "Enter", "Enter").key_in("1").key_in("2")
    assert hands.panel.strip.text_of("counted")[5:] == ["90.000", "✓ khớp"]
    hands.count(counted_1000="5")
    assert hands.panel.strip.text_of("counted")[6] == "thừa 5.000"
    assert not hands.panel.counts.reason.isHidden()
    assert hands.draft.stops == 1
    hands.panel.counts.reason.setFocus()
    hands.type("Chị Út trả thừa, kỳ sau trừ lại")
    assert hands.draft.stops == 0
    hands.count(counted_1000="x")
    assert hands.draft.stops >= 1
    hands.press("Esc")
    assert hands.view.hasFocus()


def test_a_block_from_a_spreadsheet_is_pasted_whole(hands: Hands, village: Village) -> None:
    hands.go(village.members[1], "shares")
    hands.view._paste("1\t50.000\n2\tsáu mươi\n")
    first, second = village.members[1:3]
    assert (hands.amount(first, "shares"), hands.amount(first, "savings")) == (1, 50_000)
    assert hands.amount(second, "shares") == 2
    assert hands.text(second, "savings") == "sáu mươi"
    hands.press("Ctrl+Z")
    assert hands.amount(first, "shares") is None


def test_notes_are_kept_in_one_unicode_form(hands: Hands, village: Village) -> None:
    hands.go(village.members[0], "note").key_in("Nghỉ ốm")
    assert hands.draft.state.row(village.members[0]).note == "Nghỉ ốm"


def test_a_day_that_is_none_is_refused_in_words(hands: Hands, page: Any, said: list[str]) -> None:
    hands.panel.day.setFocus()
    hands.panel.day.setText("")
    hands.type("31/02/2026").press("Enter")
    hands.press("Ctrl+S")
    page.settle()
    assert hands.panel.top.problem()
    assert any("ngày họp chưa đúng" in text for text in said)
    assert hands.draft.day == hands.room.opening.fresh.day
    assert hands.panel.day.hasFocus()
    hands.panel.day.setText("")
    hands.type("28/02/2026").press("Enter")
    page.settle()
    assert hands.panel.top.problem() == ""
    hands.panel.day.setText("")
    hands.type("31/12/2025").press("Enter")
    page.settle()
    assert "ngoài mọi chu kỳ" in hands.panel.top.problem()
