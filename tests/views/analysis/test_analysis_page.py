"""The analysis page by the keyboard: a table, its people, another reader, lists, counts; roles are kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from desktop.models.rules.categories import Category
from desktop.models.rules.suppression import Release
from desktop.services import analysis_choices, population
from desktop.services.action_lists import ActionList
from desktop.services.exchange import read_table
from desktop.views.analysis.page import AnalysisPage
from tests.views.accessible import assert_named
from tests.views.analysis.conftest import Room
from tests.views.typing import press

PARTS = ("cross_tab", "inclusion_tab", "indicators_tab", "actions_tab")


def cells(page: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in page.cross.table.loaded_rows()]


def test_a_table_with_its_chart_and_coverage(room: Room) -> None:
    page = room.show(AnalysisPage)
    page.cross.columns.set_value("none")
    room.settle()
    assert cells(page) == [["24"], ["14"], ["38"]]
    right = page.cross.table.index(0, 1).data(Qt.ItemDataRole.TextAlignmentRole)
    assert Qt.AlignmentFlag(right) & Qt.AlignmentFlag.AlignRight  # figures stand under each other
    assert page.cross.chart.drawn
    assert "Nữ: Tất cả 24" in page.cross.chart.accessibleName()
    assert "Giới tính 38/38" in page.cross.known.text()
    assert_named(page)


def test_enter_on_a_cell_shows_its_people_and_enter_on_one_opens_them(room: Room) -> None:
    page = room.show(AnalysisPage)
    grid = page.cross.view.grid
    grid.setCurrentIndex(page.cross.table.index(1, len(page.cross.found.column_keys) + 1))
    press(grid, Qt.Key.Key_Return)
    room.settle()
    assert page.cross.people.size == 14
    assert page.cross.people_title.text() == "Nam: 14 người"
    press(page.cross.people_view.grid, Qt.Key.Key_Return)
    assert room.routes[-1].page == "member"


def test_for_a_partner_small_cells_are_hidden_and_people_are_not_shown(room: Room) -> None:
    page = room.show(AnalysisPage)
    page.bar.release.set_value(Release.PARTNER)
    room.settle()
    assert "…" in {text for row in cells(page) for text in row}
    assert "được ẩn" in page.cross.notes.text()
    page.cross.drill(page.cross.table.row_at(0))
    room.settle()
    assert not page.cross.people_view.isVisible()
    page.print_shown()
    name, value = room.printed[-1]
    assert name == "analysis-table"
    assert not value.secret


def test_an_export_from_the_page_is_the_table_shown(room: Room, tmp_path: Path) -> None:
    page = room.show(AnalysisPage)
    page.bar.release.set_value(Release.PARTNER)
    room.settle()
    file = tmp_path / "bang.xlsx"
    page.cross.export_to(str(file))
    room.settle()
    written = [
        [f"{cell:.0f}" if isinstance(cell, (int, float)) else str(cell) for cell in row[1:]]
        for row in read_table(file).rows
    ]
    assert written[:2] == cells(page)[:2]


def test_rows_and_columns_alike_are_told(room: Room) -> None:
    page = room.show(AnalysisPage)
    page.cross.columns.set_value("sex")
    room.settle()
    assert page.cross.problem.text() == "Hàng và cột phải khác nhau."
    page.cross.columns.set_value("poverty")
    room.settle()
    assert not page.cross.problem.isVisible()
    assert page.cross.split.isVisible()


def test_a_choice_is_kept_and_opened_again(room: Room) -> None:
    page = room.show(AnalysisPage)
    page.cross.measure.set_value("TK02")
    page.bar.release.set_value(Release.DONOR)
    room.settle()
    page.save_choice()
    dialog = room.dialog(page)
    dialog.form.input("name").set_value("Tiết kiệm của nữ")
    dialog.panel.submit()
    room.settle()
    (kept,) = analysis_choices.saved(room.book)
    assert (kept.name, kept.choice.measure) == ("Tiết kiệm của nữ", "TK02")
    page.cross.measure.set_value("NH02")
    page.bar.release.set_value(Release.COMMUNE)
    room.settle()
    page.open_choice()
    room.settle()
    room.dialog(page).panel.submit()
    room.settle()
    assert page.cross.found.choice == kept.choice


def test_the_report_of_inclusion_with_counts_typed_in_a_form(room: Room) -> None:
    page = room.show(AnalysisPage, tab="population")
    for category, persons, households in ((Category.ALL, 1000, 250), (Category.POOR, 100, 40)):
        page.population.add()
        dialog = room.dialog(page)
        for key, value in {
            "commune": "30043",
            "year": 2025,
            "category": category,
            "persons": persons,
            "households": households,
            "source": "UBND xã",
        }.items():
            dialog.form.input(key).set_value(value)
        dialog.panel.submit()
        room.settle()
    assert page.population.table.size == 2
    assert_named(page)
    page.tabs.jump(1)
    room.settle()
    spans = {row[0]: row for row in page.inclusion.spans.loaded_rows()}
    assert spans["Thuộc hộ nghèo"][1].startswith("2,63 (từ ")
    assert spans["Nữ"][3] == "chưa có số dân của xã"
    shown = page.inclusion.table
    titles = [shown.headerData(at, Qt.Orientation.Horizontal) for at in range(shown.columnCount())]
    assert {"Tiếp cận vốn", "Hưởng lợi", "Giờ học"} <= set(titles)
    assert shown.row_at(1).texts[titles.index("Giờ học")] == "0"  # nobody learned, nothing was lent
    assert shown.row_at(1).texts[titles.index("Tiếp cận vốn")] == "–"
    assert "dưới 0,8 là ít hơn phần của mình" in page.inclusion.notes.text()
    page.print_shown()
    assert room.printed[-1][0] == "inclusion-report"
    assert room.printed[-1][1].secret
    assert_named(page)


def test_a_wrong_count_is_told_at_its_field(room: Room) -> None:
    page = room.show(AnalysisPage, tab="population")
    page.population.add()
    dialog = room.dialog(page)
    dialog.form.input("commune").set_value("30043")
    dialog.form.input("source").set_value("UBND xã")
    dialog.panel.submit()
    room.settle()
    assert dialog.form.problems()["persons"] == "Hãy nhập số người hoặc số hộ."
    dialog.form.set_dirty(False)
    dialog.reject()


def test_counts_from_a_file_are_kept_after_a_question(room: Room, tmp_path: Path, answers: Any) -> None:
    page = room.show(AnalysisPage, tab="population")
    file = tmp_path / "dan.csv"
    file.write_text(
        "Xã,Năm,Nhóm,Số người,Nguồn\n30043,2025,Tất cả,1000,UBND\n30043,2025,Nữ,x,UBND\n", encoding="utf-8"
    )
    page.population.read_file(str(file))
    room.settle()
    assert not population.rows(room.book)
    assert "Dòng 3" in room.said[-1].text
    file.write_text("Xã,Năm,Nhóm,Số người,Nguồn\n30043,2025,Tất cả,1000,UBND\n", encoding="utf-8")
    page.population.read_file(str(file))
    room.settle()
    assert len(population.rows(room.book)) == 1
    assert answers.asked


def test_indicators_are_listed_and_one_opens_its_table(room: Room) -> None:
    page = room.show(AnalysisPage, tab="indicators")
    rows = {row.id: row for row in page.indicators.table.loaded_rows()}
    assert rows["NH02"].shown == "38"
    assert rows["NH03"].made_of == "24 / 38"
    assert rows["TD08"].shown == "–"
    page.indicators.open(rows["TK02"])
    room.settle()
    assert page.tabs.currentWidget() is page.cross
    assert page.cross.found.choice.measure == "TK02"
    # What has no data opens nothing; what is of groups or of communes opens with rows that it can be crossed by.
    page.indicators.open(rows["KN01"])
    room.settle()
    assert page.cross.found.choice.measure == "TK02"
    page.indicators.open(rows["HN04"])
    room.settle()
    assert page.cross.problem.isHidden()
    assert (page.cross.found.choice.measure, page.cross.found.choice.rows) == ("HN04", "commune")
    assert_named(page)


def test_a_list_opens_the_person_prints_and_exports(room: Room, tmp_path: Path) -> None:
    page = room.show(AnalysisPage, tab="actions", list="unasked")
    assert page.lists.table.size == 38
    assert "(38)" in page.lists.which.currentText()
    page.lists.view.select_key(page.lists.table.row_at(0).key)
    press(page.lists.view.grid, Qt.Key.Key_Return)
    assert room.routes[-1].page == "member"
    page.print_shown()
    assert room.printed[-1][0] == "action-list"
    page.lists.export_to(str(tmp_path / "ds.xlsx"))
    room.settle()
    assert len(read_table(tmp_path / "ds.xlsx").rows) == 38
    assert_named(page)


def test_an_empty_list_says_so(room: Room) -> None:
    page = room.show(AnalysisPage, tab="actions", list="stopped")
    assert page.lists.table.size == 0
    assert page.lists.list is ActionList.STOPPED


def test_a_clerk_without_the_role_sees_nothing_sensitive(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    for part in PARTS:
        monkeypatch.setattr(f"desktop.views.analysis.{part}.sees", lambda _book, _who: False)
    monkeypatch.setattr("desktop.services.sight.sees", lambda _book, _who: False)
    page = room.show(AnalysisPage)
    page.cross.columns.set_value("disability")
    room.settle()
    assert "không được xem" in page.cross.problem.text()
    assert not page.cross.split.isVisible()
    page.tabs.jump(1)
    room.settle()
    shown = " ".join(text for row in page.inclusion.table.loaded_rows() for text in row.texts)
    assert "khuyết tật" not in shown.lower()
    assert "dân tộc" not in shown.lower()
    page.print_shown()
    printed = " ".join(cell for table in room.printed[-1][1].tables for row in table.rows for cell in row)
    assert "khuyết tật" not in printed.lower()
    page.tabs.jump(2)
    room.settle()
    assert not {"HN01", "HN05"} & {row.id for row in page.indicators.table.loaded_rows()}
    page.tabs.jump(3)
    room.settle()
    offered = {page.lists.which.itemData(at).value for at in range(page.lists.which.count())}
    assert not any(ActionList(one).sensitive for one in offered)


def test_where_there_is_little_room_the_page_scrolls_and_nothing_is_pressed_together(room: Room) -> None:
    page = room.show(AnalysisPage)
    page.resize(560, 420)
    room.settle()
    for choice in (page.cross.measure, page.cross.rows, page.cross.columns):
        assert choice.height() >= choice.sizeHint().height()
    assert page.cross.view.grid.viewport().height() >= 2 * page.cross.view.grid.rowHeight(0)
