"""What people type and what it means: amounts, days, choices, places; all of it in NFC."""

from __future__ import annotations

import unicodedata
from datetime import date
from enum import IntEnum
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from desktop.views.kit import theme
from desktop.views.kit.choice_box import Choice
from desktop.views.kit.day_edit import DayEdit
from desktop.views.kit.desk import Desk
from desktop.views.kit.inputs import DongEdit, NumberEdit, TextEdit
from desktop.views.kit.line_edit import LineEdit
from desktop.views.kit.pickers import AskingPicker, CommunePicker, Find, ListPicker
from desktop.views.people.person_inputs import BirthEdit
from tests.views.conftest import give_book
from tests.views.typing import press, type_vi

TODAY = date(2026, 3, 5)


@pytest.fixture
def amount(dressed: Any, qtbot: Any) -> DongEdit:
    made = DongEdit()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def day(dressed: Any, qtbot: Any) -> DayEdit:
    made = DayEdit(today=TODAY)
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize(
    ("typed", "value", "shown"),
    [
        ("50k", 50_000, "50.000"),
        ("1tr", 1_000_000, "1.000.000"),
        ("1,5tr", 1_500_000, "1.500.000"),
        ("50.000", 50_000, "50.000"),
        ("2 triệu", 2_000_000, "2.000.000"),
        ("5000000000", 5_000_000_000, "5.000.000.000"),
    ],
)
def test_amounts_are_understood_and_written_out_on_leaving(
    amount: DongEdit, typed: str, value: int, shown: str
) -> None:
    type_vi(amount, typed)
    assert amount.value() == value
    assert amount.problem() == ""
    amount.editingFinished.emit()
    assert amount.text() == shown
    assert amount.value() == value


@pytest.mark.parametrize("typed", ["-5", "1.5", "mười", "1000000000000001", "0,5", "12.34.5"])
def test_bad_amounts_are_refused_with_a_sentence(amount: DongEdit, typed: str) -> None:
    type_vi(amount, typed)
    assert amount.value() is None
    assert amount.problem()
    amount.editingFinished.emit()
    assert amount.property("state") == "bad"
    assert amount.text() == typed
    amount.clear()
    assert amount.property("state") == ""


def test_the_amount_is_read_in_words(amount: DongEdit) -> None:
    notes: list[str] = []
    amount.noted.connect(notes.append)
    type_vi(amount, "1tr")
    assert notes[-1] == "Một triệu đồng"
    amount.clear()
    assert notes[-1] == ""


def test_an_amount_is_never_a_float(amount: DongEdit) -> None:
    with pytest.raises(TypeError):
        amount.set_value(1.5)
    with pytest.raises(TypeError):
        amount.set_value(True)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("05/03/2026", date(2026, 3, 5)),
        ("5/3", date(2026, 3, 5)),
        ("05032026", date(2026, 3, 5)),
        ("5-3-2026", date(2026, 3, 5)),
    ],
)
def test_days_are_understood_and_written_out(day: DayEdit, typed: str, value: date) -> None:
    type_vi(day, typed)
    assert day.value() == value
    day.editingFinished.emit()
    assert day.text() == "05/03/2026"


def test_days_typed_with_dashes_by_real_keys(day: DayEdit) -> None:
    QTest.keyClicks(day, "5-3-26")
    assert day.value() == date(2026, 3, 5)


@pytest.mark.parametrize("typed", ["31/02/2026", "32/1", "abc", "5/13/2026"])
def test_days_that_do_not_exist_are_refused(day: DayEdit, typed: str) -> None:
    type_vi(day, typed)
    assert day.value() is None
    assert day.problem()


def test_keys_move_the_day(day: DayEdit) -> None:
    press(day, Qt.Key.Key_Up)
    assert day.value() == TODAY
    press(day, Qt.Key.Key_Plus)
    assert day.value() == date(2026, 3, 6)
    press(day, Qt.Key.Key_Minus)
    press(day, Qt.Key.Key_Minus)
    assert day.value() == date(2026, 3, 4)
    day.set_value(date(2026, 1, 31))
    press(day, Qt.Key.Key_PageUp)
    assert day.value() == date(2026, 2, 28)


def test_the_weekday_stands_below(day: DayEdit) -> None:
    notes: list[str] = []
    day.noted.connect(notes.append)
    day.set_value(TODAY)
    assert notes[-1] == "Thứ Năm"


def test_the_age_below_a_birthday_counts_completed_years(dressed: Any, qtbot: Any) -> None:
    born = BirthEdit(today=TODAY)
    qtbot.addWidget(born)
    notes: list[str] = []
    born.noted.connect(notes.append)
    born.set_value(TODAY.replace(year=1986, day=6))
    assert notes[-1] == "39 tuổi"
    born.set_value(TODAY.replace(year=1986))
    assert notes[-1] == "40 tuổi"


def test_birth_years_of_two_digits_lie_in_the_past(dressed: Any, qtbot: Any) -> None:
    born = DayEdit(today=TODAY, past=True)
    qtbot.addWidget(born)
    type_vi(born, "1/2/30")
    assert born.value() == date(1930, 2, 1)


def test_the_calendar_opens_and_fills(day: DayEdit, qtbot: Any) -> None:
    from PySide6.QtCore import QDate
    from PySide6.QtWidgets import QCalendarWidget, QMenu

    day.show()
    day.set_value(TODAY)
    day.show_calendar()
    calendar = day.findChild(QCalendarWidget)
    assert calendar is not None
    assert calendar.selectedDate() == QDate(2026, 3, 5)
    calendar.clicked.emit(QDate(2026, 3, 9))
    assert day.value() == date(2026, 3, 9)
    for menu in day.findChildren(QMenu):
        menu.close()


@pytest.mark.parametrize("kind", [LineEdit, TextEdit])
def test_texts_are_nfc(dressed: Any, qtbot: Any, kind: Any) -> None:
    made = kind()
    qtbot.addWidget(made)
    loose = unicodedata.normalize("NFD", "Nguyễn Thị Hường")
    type_vi(made, f" {loose} ")
    assert made.value() == "Nguyễn Thị Hường"


def test_vietnamese_is_typed_letter_by_letter(dressed: Any, qtbot: Any) -> None:
    made = LineEdit()
    qtbot.addWidget(made)
    type_vi(made, "Đặng Thị Ánh ₫")
    assert made.value() == "Đặng Thị Ánh ₫"


@pytest.mark.parametrize(("typed", "value"), [("12", 12), ("1.200", None), ("0", None), ("x", None)])
def test_numbers_keep_their_bounds(dressed: Any, qtbot: Any, typed: str, value: int | None) -> None:
    made = NumberEdit(least=1, most=999)
    qtbot.addWidget(made)
    type_vi(made, typed)
    assert made.value() == value
    assert bool(made.problem()) == (value is None)


class Sex(IntEnum):
    WOMAN = 1
    MAN = 2


def test_a_choice_keeps_python_values_and_finds_by_letters(dressed: Any, qtbot: Any) -> None:
    made = Choice([(Sex.MAN, "Nam"), (Sex.WOMAN, "Nữ"), (None, "Không rõ")])
    qtbot.addWidget(made)
    seen: list[object] = []
    made.changed.connect(lambda: seen.append(made.value()))
    type_vi(made, "nu")
    assert made.value() is Sex.WOMAN
    made._forget_typed()
    type_vi(made, "khong")
    assert made.value() is None
    assert seen[-1] is None
    made.set_value(Sex.MAN)
    assert isinstance(made.value(), Sex)


def test_a_list_picker_finds_without_marks(dressed: Any, qtbot: Any) -> None:
    made = ListPicker([Find(1, "Kinh"), Find(2, "Tày"), Find(3, "Ê-đê"), Find(4, "Xơ-đăng")])
    qtbot.addWidget(made)
    made.show()
    type_vi(made, "e-d")
    made._look()
    assert [find.text for find in made._finds.finds] == ["Ê-đê"]
    assert made.value() is None
    assert made.problem()
    made._take(made._finds.finds[0])
    assert made.value() == 3
    assert made.problem() == ""


def test_a_picker_takes_the_only_find_when_left(desk: Desk, qtbot: Any) -> None:
    give_book(desk, "book")
    made = AskingPicker(desk, lambda book, text: [Find(7, "Nguyễn Thị Hòa", "TV-007")])
    qtbot.addWidget(made)
    made.show()
    type_vi(made, "hoa")
    made._look()
    qtbot.waitUntil(lambda: bool(made._finds.finds))
    made.clearFocus()
    from PySide6.QtGui import QFocusEvent

    made.focusOutEvent(QFocusEvent(QFocusEvent.Type.FocusOut, Qt.FocusReason.TabFocusReason))
    assert made.value() == 7
    assert made.text() == "Nguyễn Thị Hòa"


def test_communes_are_found_by_typing(desk: Desk, qtbot: Any) -> None:
    made = CommunePicker(desk)
    qtbot.addWidget(made)
    type_vi(made, "ba dinh")
    made._look()
    qtbot.waitUntil(lambda: bool(made._finds.finds), timeout=10_000)
    assert any("Ba Đình" in find.text for find in made._finds.finds)
    code = made._finds.finds[0].value
    made.set_value(code)
    assert made.value() == code


def a_list(qtbot: Any) -> ListPicker:
    made = ListPicker([Find(1, "Kinh"), Find(2, "Khmer"), Find(3, "Tày")])
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


def test_enter_takes_the_first_find_of_the_list(desk: Desk, qtbot: Any) -> None:
    made = a_list(qtbot)
    type_vi(made, "k")
    made._look()
    qtbot.waitUntil(lambda: made._completer.popup().isVisible())
    press(made, Qt.Key.Key_Return)
    assert made.value() == 1
    assert made.text() == "Kinh"
    assert not made._completer.popup().isVisible()


def test_enter_before_the_list_has_come_brings_it_and_takes_nothing_unseen(desk: Desk, qtbot: Any) -> None:
    made = a_list(qtbot)
    type_vi(made, "k")
    press(made, Qt.Key.Key_Return)
    assert made.value() is None
    qtbot.waitUntil(lambda: made._completer.popup().isVisible())
    press(made, Qt.Key.Key_Return)
    assert made.value() == 1


def test_a_chosen_commune_names_its_province(desk: Desk, qtbot: Any) -> None:
    from resources.places import find_communes

    made = CommunePicker(desk)
    qtbot.addWidget(made)
    unit = find_communes("tan hung")[0]
    made.set_value(unit.code)
    assert made.text() == f"{unit.full_name}, {unit.province_name}"


@pytest.mark.parametrize("percent", [100, 200])
def test_what_stands_at_the_edge_of_a_line_grows_with_its_letters(
    dressed: QApplication, qtbot: Any, percent: int
) -> None:
    theme.apply(dressed, "light", percent)
    try:
        edit = DayEdit()
        qtbot.addWidget(edit)
        edit.resize(theme.px(160), edit.sizeHint().height())
        edit.show()
        (button,) = edit.findChildren(QToolButton)
        assert button.accessibleName() == "Mở lịch"
        assert button.iconSize().height() == 18 * percent // 100
        assert edit.rect().contains(button.geometry())
        words = edit.fontMetrics().horizontalAdvance("30/11/2026")
        assert edit.textMargins().right() >= button.width()
        assert edit.width() - button.width() - theme.px(16) > words
    finally:
        theme.apply(dressed, "light", 100)


def test_a_line_is_emptied_with_the_mouse(qtbot: Any, dressed: QApplication) -> None:
    edit = LineEdit()
    qtbot.addWidget(edit)
    edit.allow_clearing()
    edit.show()
    (button,) = edit.findChildren(QToolButton)
    assert not button.isVisible()
    edit.setText("Hoa")
    typed: list[str] = []
    edit.textEdited.connect(typed.append)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert (edit.text(), typed) == ("", [""])
    assert not button.isVisible()


def test_the_example_of_a_birth_is_never_cut(dressed: QApplication, qtbot: Any) -> None:
    edit = BirthEdit()
    qtbot.addWidget(edit)
    edit.show()
    for width, example in ((400, "1985 hoặc 05/03/1985"), (110, "1985"), (400, "1985 hoặc 05/03/1985")):
        edit.resize(width, 34)
        qtbot.waitUntil(lambda wanted=example: edit.placeholderText() == wanted)
        assert edit.fontMetrics().horizontalAdvance(example) < width
