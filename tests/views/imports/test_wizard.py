"""The import wizard: bad rows told at row and column, old fonts, pasted tables, all or nothing, rejects."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desktop.models.records.every import Group
from desktop.services import members
from desktop.services.exchange import Field, guess_mapping, read_table
from desktop.views.imports import page as imports_page
from desktop.views.imports.page import MAPPING, PREVIEW, RESULT, SOURCE, ImportPage
from desktop.views.imports.paste import guess_headings, pasted_rows, read_pasted
from desktop.views.imports.preview_step import columns_of, problem_text, state_of
from tests.services import people_kit
from tests.views.accessible import assert_named
from tests.views.conftest import Answers
from tests.views.people_room import Room
from tests.views.typing import press

LIST = """Họ và tên,Giới tính,Năm sinh,Số CCCD,SĐT,Cân nặng
Nguyễn Thị Hòa,Nữ,1985,,0912345678,50
Trần Văn Bảy,Nam,1970,12345,0987654321,61
Lê Thị Út,Nữ,1990,,,47
Phạm Văn Tám,,1966,,,70
"""
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def people(tmp_path: Path) -> str:
    """A list with two bad rows: a short number, and a sex that is missing."""
    path = tmp_path / "danh sách.csv"
    path.write_text(LIST, encoding="utf-8")
    return str(path)


def step(page: ImportPage) -> int:
    return page.steps.currentIndex()


def count(room: Room) -> int:
    return members.count(room.book, members.MemberFilter())


def look(room: Room, page: Any, path: str) -> None:
    """Read a file and go on to the preview, by keys."""
    page.read(path)
    room.wait()
    assert step(page) == MAPPING
    press(room.focus(), Qt.Key.Key_Return, CTRL)
    room.wait()


def test_a_list_with_bad_rows_from_file_to_group(room: Room, people: str, tmp_path: Path) -> None:
    group = people_kit.found_group(room.book, room.act)
    page = room.show(ImportPage(room.desk), group=group)
    assert room.focus() is page.source.choose_button
    page.read(people)
    room.wait()
    assert page.columns.mapping() == (
        Field.FULL_NAME, Field.SEX, Field.BIRTH, Field.CITIZEN_NUMBER, Field.PHONE, None,
    )  # fmt: skip
    assert page.columns.group.value() == group
    assert_named(page.columns)
    press(room.focus(), Qt.Key.Key_Return, CTRL)
    room.wait()

    assert step(page) == PREVIEW
    preview = page._preview
    assert (preview.good, preview.bad) == (2, 2)
    bad = [row for row in preview.rows if row.is_bad]
    assert [row.number for row in bad] == [3, 5]
    assert "12 chữ số, đang có 5" in problem_text(bad[0])
    assert "Số định danh (CCCD)" in problem_text(bad[0])
    cells = {column.key: column.value(bad[0]) for column in columns_of(preview)}
    assert (cells["citizen_number"].text, cells["citizen_number"].tone) == ("✕ 12345", "bad")
    assert cells["phone"].tone == ""
    assert state_of(bad[1]).tone == "bad"
    assert page.rows.table.size == 2  # the bad ones are shown first
    assert_named(page.rows)

    assert not page.next_button.isEnabled()
    assert "bỏ qua" in page.next_button.toolTip()
    press(room.focus(), Qt.Key.Key_Return, CTRL)
    room.wait()
    assert (step(page), count(room)) == (PREVIEW, 0)
    page.rows.skip.setChecked(True)
    assert "2" in page.next_button.text()
    press(room.focus(), Qt.Key.Key_Return, CTRL)
    room.wait()

    assert step(page) == RESULT
    assert "2 thành viên" in page.result.title.text()
    assert room.focus() is page.result.rejects_button
    assert_named(page.result)
    wanted = members.MemberFilter(group=group)
    rows = members.page(room.book, wanted, members.MemberSort(members.MemberOrder.POSITION), 0, 9)
    assert [row.full_name for row in rows] == ["Nguyễn Thị Hòa", "Lê Thị Út"]

    rejects = tmp_path / "bị loại.xlsx"
    page.save_rejects_to(str(rejects))
    room.wait()
    again = read_table(rejects)
    assert again.headings[:3] == ("Họ và tên", "Giới tính", "Năm sinh")
    assert [row[0] for row in again.rows] == ["Trần Văn Bảy", "Phạm Văn Tám"]
    assert "12 chữ số" in str(again.rows[0][-1])
    page.result.go_on.emit()
    assert (room.route.page, room.route.args["group"]) == ("group", group)


def test_the_choice_of_columns_is_remembered(room: Room, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Tên chị em,Phái,Lò\nLê Thị Hai,Nữ,0912345678\n", encoding="utf-8")
    page = room.show(ImportPage(room.desk))
    page.read(str(path))
    room.wait()
    assert page.columns.mapping()[0] is None
    page.go_next()
    room.wait()
    assert step(page) == MAPPING
    assert "họ tên" in page.columns.problem.text()
    page.columns.choices[0].set_value(Field.FULL_NAME)
    page.columns.choices[2].set_value(Field.PHONE)
    page.go_next()
    room.wait()
    page.go_next()
    room.wait()
    assert count(room) == 1
    page.result.again.emit()
    page.read(str(path))
    room.wait()
    assert page.columns.mapping() == (Field.FULL_NAME, Field.SEX, Field.PHONE)


def test_two_columns_cannot_be_the_same(room: Room, people: str) -> None:
    page = room.show(ImportPage(room.desk))
    page.read(people)
    room.wait()
    page.columns.choices[5].set_value(Field.PHONE)
    page.go_next()
    room.wait()
    assert step(page) == MAPPING
    assert "Điện thoại" in page.columns.problem.text()


def test_old_fonts_are_converted_after_a_yes(room: Room, tmp_path: Path) -> None:
    path = tmp_path / "vni.csv"
    path.write_text(
        "Họ tên\tGiới\tNăm sinh\nNguyeãn Thò Hoøa\tNöõ\t1985\nTraàn Vaên Baûy\tNam\t1971\nLeâ Thò Uùt\tNöõ\t1988\n",
        encoding="utf-8",
    )
    page = room.show(ImportPage(room.desk))
    look(room, page, str(path))
    assert page.rows.fonts.isVisible()
    assert "VNI" in page.rows.fonts.title.text()
    assert room.focus() is page.rows.fonts.yes
    assert not page.rows.ready
    press(room.focus(), Qt.Key.Key_Space)
    room.wait()
    assert page.rows.fonts.isHidden()
    names = [row.person.full_name for row in page._preview.rows]
    assert names == ["Nguyễn Thị Hòa", "Trần Văn Bảy", "Lê Thị Út"]
    assert page.rows.table.size == 3
    page.go_next()
    room.wait()
    assert count(room) == 3


def test_somebody_known_needs_a_yes_of_their_own(room: Room, tmp_path: Path) -> None:
    people_kit.enrol(room.book, room.act, "Nguyễn Thị Hòa", birth_year=1985)
    path = tmp_path / "a.csv"
    path.write_text(
        "Họ tên,Giới tính,Năm sinh,Thôn\nNguyễn Thị Hòa,Nữ,1985,ấp 9\nLê Thị Út,Nữ,1990,ấp 9\n",
        encoding="utf-8",
    )
    page = room.show(ImportPage(room.desk))
    look(room, page, str(path))
    assert (page._preview.good, page._preview.warned) == (1, 1)
    assert not page.rows.ready
    page.rows.agree.setChecked(True)
    assert page.rows.count == 2
    page.run()
    room.wait()
    assert count(room) == 3


def test_a_stopped_import_leaves_nothing(room: Room, people: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page = room.show(ImportPage(room.desk))
    look(room, page, people)
    page.rows.skip.setChecked(True)
    follow, run_import = page.result.follow, imports_page.run_import
    stopped = threading.Event()

    def follow_and_stop(work: Any) -> None:
        follow(work)
        page.result.stop_button.click()
        stopped.set()

    def not_before_it_is_stopped(
        *asked: Any,
    ) -> Any:  # two people are imported sooner than a button is pressed
        assert stopped.wait(30)
        return run_import(*asked)

    monkeypatch.setattr(page.result, "follow", follow_and_stop)
    monkeypatch.setattr(imports_page, "run_import", not_before_it_is_stopped)
    page.run()
    room.wait()
    assert count(room) == 0
    assert step(page) == PREVIEW
    assert "Đã dừng" in room.said[-1].text


def test_a_book_changed_meanwhile_is_looked_at_again(room: Room, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Họ tên,Giới tính,CCCD\nTrần Văn Bảy,Nam,087085001234\n", encoding="utf-8")
    page = room.show(ImportPage(room.desk))
    look(room, page, str(path))
    assert page.rows.ready
    people_kit.enrol(
        room.book,
        room.act,
        "Trần Văn Bảy",
        citizen_number="087085001234",
        sex=members.Person(sex=None).sex or "M",
    )
    page.run()
    room.wait()
    assert step(page) == PREVIEW
    assert page._preview.bad == 1
    assert count(room) == 1


def test_a_file_that_is_no_list_is_told_and_nothing_happens(room: Room, tmp_path: Path) -> None:
    path = tmp_path / "anh.xlsx"
    path.write_bytes(b"PK\x03\x04 not a workbook")
    page = room.show(ImportPage(room.desk))
    page.read(str(path))
    room.wait()
    assert step(page) == SOURCE
    assert room.said[-1].level == "error"
    assert page.source.choose_button.isEnabled()


def test_a_formula_stays_text(room: Room, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Họ tên,Giới tính,Ghi chú\nLê Thị Hai,Nữ,=CMD()\n", encoding="utf-8")
    page = room.show(ImportPage(room.desk))
    look(room, page, str(path))
    page.run()
    room.wait()
    found = members.page(room.book, members.MemberFilter(), members.MemberSort(), 0, 1)[0]
    assert members.get(room.book, found.id).person.note == "=CMD()"


# -- pasted ----------------------------------------------------------------------------------------


def test_a_table_without_headings_is_understood() -> None:
    rows = pasted_rows(
        "TV-1\tNguyễn Thị Hoa\tNữ\t1985\t0912 345 678\nTV-2\tTrần Văn Bảy\tNam\t05/03/1970\t0987654321\n"
    )
    assert guess_headings(rows) == [
        "Mã thành viên",
        "Họ và tên",
        "Giới tính",
        "Ngày sinh hoặc năm sinh",
        "Điện thoại",
    ]
    sheet = read_pasted("Nguyễn Thị Hoa\nTrần Văn Bảy\n")
    assert sheet.headings == ("Họ và tên",)
    assert len(sheet.rows) == 2
    titled = read_pasted("Họ tên\tNăm sinh\nLê Thị Út\t1990")
    assert titled.headings == ("Họ tên", "Năm sinh")
    assert len(titled.rows) == 1


def test_pasting_leads_to_the_columns(room: Room) -> None:
    QGuiApplication.clipboard().setText("Nguyễn Thị Hoa\tNữ\t1985\nTrần Văn Bảy\tNam\t1970\n")
    page = room.show(ImportPage(room.desk))
    page.source.paste()
    room.wait()
    assert step(page) == MAPPING
    assert page.columns.mapping() == (Field.FULL_NAME, Field.SEX, Field.BIRTH)


def test_an_empty_clipboard_is_told(room: Room) -> None:
    QGuiApplication.clipboard().clear()
    page = room.show(ImportPage(room.desk))
    page.source.paste()
    assert "Ctrl+C" in room.said[-1].text


def test_a_sample_list_is_one_that_is_understood(room: Room, tmp_path: Path) -> None:
    page = room.show(ImportPage(room.desk))
    path = tmp_path / "mau.xlsx"
    page.source.save_sample_to(str(path))
    room.wait()
    assert path.exists()
    assert guess_mapping([field.label for field in Field]) == tuple(Field)


def test_a_cell_that_cannot_be_read_shows_what_the_file_says(room: Room, tmp_path: Path) -> None:
    path = tmp_path / "ngay.csv"
    path.write_text(
        "Họ và tên,Giới tính,Ngày sinh\nLê Thị Út,Nữ,31/02/1980\nVõ Thị Năm,,1970\n", encoding="utf-8"
    )
    page = room.show(ImportPage(room.desk))
    look(room, page, str(path))
    first, second = page._preview.rows
    cells = [
        {column.key: column.value(row) for column in columns_of(page._preview)} for row in (first, second)
    ]
    assert cells[0]["birth_date"].text == "✕ 31/02/1980"
    assert cells[1]["sex"].text == "✕ thiếu"


def test_tab_goes_from_the_last_column_to_the_group_and_to_the_buttons(room: Room, people: str) -> None:
    page = room.show(ImportPage(room.desk))
    page.read(people)
    room.wait()
    page.columns.choices[0].setFocus()
    way = []
    for _step in range(len(page.columns.choices) + 4):
        press(room.focus(), Qt.Key.Key_Tab)
        way.append(room.focus())
    columns = page.columns
    assert way == [
        *columns.choices[1:], columns.group, columns.joined, columns.commune, page.back_button, page.next_button,
    ]  # fmt: skip


# -- around ----------------------------------------------------------------------------------------


def test_escape_goes_back_and_leaving_asks(room: Room, people: str, answers: Answers) -> None:
    page = room.show(ImportPage(room.desk))
    look(room, page, people)
    press(room.focus(), Qt.Key.Key_Escape)
    assert step(page) == MAPPING
    answers.yes = False
    assert not page.can_leave(lambda: None)
    gone: list[bool] = []
    answers.yes = True
    page.can_leave(lambda: gone.append(True))
    assert gone == [True]
    assert step(page) == SOURCE


def test_a_locked_book_takes_nothing_in(locked: Room) -> None:
    page = locked.show(ImportPage(locked.desk))
    assert not page.source.choose_button.isEnabled()
    assert "chị Hoa" in page.source.choose_button.toolTip()
    assert_named(page)


def test_a_thousand_rows(room: Room, tmp_path: Path) -> None:
    path = tmp_path / "lon.csv"
    lines = [f"Nguyễn Thị Số {n},Nữ,{1950 + n % 50}" for n in range(1000)]
    path.write_text(
        "Họ tên,Giới tính,Năm sinh\n" + "\n".join(lines).replace("Số ", "Số") + "\n", encoding="utf-8"
    )
    page = room.show(ImportPage(room.desk))
    look(room, page, str(path))
    page.rows.agree.setChecked(True)
    page.run()
    room.wait()
    assert count(room) == 1000


def test_the_commune_of_the_group_is_filled_in_and_a_typed_one_stays(room: Room, people: str) -> None:
    group = people_kit.found_group(room.book, room.act)
    with room.book.write(room.act) as session:
        session.get_one(Group, group).commune_code = "27721"
    page = room.show(ImportPage(room.desk), group=group)
    page.read(people)
    room.wait()
    assert page.columns.commune.value() == "27721"
    page.columns.commune.set_value("11977")
    page.columns.group.changed.emit()
    room.wait()
    assert page.columns.commune.value() == "11977"
