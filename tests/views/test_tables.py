"""Tables: pages from the book, selection over reloads, Vietnamese order, copying, the look of values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton, QStyleOptionViewItem, QVBoxLayout, QWidget

from desktop.models.problems import Trouble
from desktop.views.kit.columns import Column, State
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty, EmptyState
from desktop.views.kit.inputs import CheckBox, Choice
from desktop.views.kit.row_table import MOST_PAGES, PAGE, ROW_ROLE, RowTable
from desktop.views.kit.sources import Query
from desktop.views.kit.table_view import RowAction, TableView
from desktop.views.kit.widths import on_lines
from tests.views.accessible import assert_named
from tests.views.conftest import give_book
from tests.views.typing import press, type_vi


@dataclass(frozen=True)
class Person:
    id: int
    name: str
    saved: int
    born: date | None = None


COLUMNS = [
    Column[Person]("name", "Họ tên", lambda row: row.name, stretch=True),
    Column[Person]("saved", "Tiết kiệm", lambda row: row.saved, kind="money"),
    Column[Person]("born", "Ngày sinh", lambda row: row.born, kind="day"),
    Column[Person](
        "state", "Trạng thái", lambda row: State("Đang họp", "good"), kind="state", sortable=False
    ),
]


class ManyPeople:
    """A source that counts how it is asked."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.asked: list[int] = []
        self.first = 0

    def count(self, book: Any, query: Query) -> int:
        return 0 if query.text == "không có" else self.size

    def page(self, book: Any, query: Query, offset: int, limit: int) -> Sequence[Person]:
        self.asked.append(offset // PAGE)
        places = range(offset, min(offset + limit, self.size))
        return [Person(self.first + place, f"Người {self.first + place}", place) for place in places]


def settle(qtbot: Any, desk: Desk) -> None:
    qtbot.waitUntil(lambda: not desk.runner.busy)
    qtbot.wait(1)
    qtbot.waitUntil(lambda: not desk.runner.busy)


def listing(qtbot: Any, desk: Desk, size: int = 50_000) -> tuple[ManyPeople, RowTable[Person], TableView]:
    give_book(desk, "book")
    source = ManyPeople(size)
    table = RowTable(desk, COLUMNS, lambda row: row.id, source)
    view = TableView(table, "test.people", "Thành viên", empty=Empty("member", "Chưa có ai."))
    qtbot.addWidget(view)
    view.resize(700, 500)
    view.show()
    table.reload()
    settle(qtbot, desk)
    return source, table, view


def small(qtbot: Any, desk: Desk, people: Sequence[Person]) -> tuple[RowTable[Person], TableView]:
    table = RowTable(desk, COLUMNS, lambda row: row.id)
    view = TableView(table, "test.small", "Thành viên", empty=Empty("member", "Chưa có ai."))
    qtbot.addWidget(view)
    view.resize(700, 400)
    view.show()
    table.set_rows(people)
    return table, view


PEOPLE = [
    Person(1, "Nguyễn Thị Hòa", 1_250_000, date(1980, 3, 5)),
    Person(2, "Ấn", -5_000),
    Person(3, "Đào", 0),
    Person(4, "Ăn", 3_000_000_000),
    Person(5, "Dung", 20),
]


def test_the_model_keeps_qts_rules(desk: Desk, qtbot: Any, qtmodeltester: Any) -> None:
    table = RowTable(desk, COLUMNS, lambda row: row.id)
    table.set_rows(PEOPLE)
    qtmodeltester.check(table)


def test_the_paged_model_keeps_qts_rules(desk: Desk, qtbot: Any, qtmodeltester: Any) -> None:
    _source, table, _view = listing(qtbot, desk, 700)
    qtmodeltester.check(table)


def test_values_are_shown_as_people_write_them(desk: Desk, qtbot: Any) -> None:
    table, _view = small(qtbot, desk, PEOPLE)
    shown = [[table.index(row, column).data() for column in range(4)] for row in range(4)]
    assert shown[0] == ["Nguyễn Thị Hòa", "1.250.000", "05/03/1980", "Đang họp"]
    assert shown[1][1] == "−5.000"
    assert shown[2][1] == "–"
    assert shown[3][1] == "3.000.000.000"
    assert shown[1][2] == ""


def test_amounts_stand_at_the_right(desk: Desk, qtbot: Any) -> None:
    table, _view = small(qtbot, desk, PEOPLE)
    for role_owner in (
        table.index(0, 1).data(Qt.ItemDataRole.TextAlignmentRole),
        table.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole),
    ):
        assert role_owner & Qt.AlignmentFlag.AlignRight


def test_a_float_is_refused_in_a_money_column() -> None:
    column = Column[float]("x", "X", lambda row: row, kind="money")
    with pytest.raises(TypeError):
        column.show(1.5)


def test_sorting_knows_vietnamese(desk: Desk, qtbot: Any) -> None:
    table, _view = small(qtbot, desk, PEOPLE)
    table.sort(0)
    assert [row.name for row in table.loaded_rows()] == ["Ăn", "Ấn", "Dung", "Đào", "Nguyễn Thị Hòa"]
    table.sort(1, Qt.SortOrder.DescendingOrder)
    assert table.loaded_rows()[0].saved == 3_000_000_000


def test_filtering_needs_no_marks(desk: Desk, qtbot: Any) -> None:
    table, view = small(qtbot, desk, PEOPLE)
    type_vi(view.filter_box, "nguyen hoa")
    qtbot.waitUntil(lambda: table.size == 1)
    assert table.row_at(0) == PEOPLE[0]


def test_filtering_with_vietnamese_letters(desk: Desk, qtbot: Any) -> None:
    table, view = small(qtbot, desk, PEOPLE)
    type_vi(view.filter_box, "Đào")
    qtbot.waitUntil(lambda: table.size == 1)
    assert table.row_at(0) == PEOPLE[2]


def test_fifty_thousand_rows_ask_only_for_what_is_seen(desk: Desk, qtbot: Any) -> None:
    source, table, view = listing(qtbot, desk)
    assert table.rowCount() == 50_000
    assert set(source.asked) == {0}
    view.grid.scrollToBottom()
    view.grid.viewport().repaint()
    settle(qtbot, desk)
    view.grid.viewport().repaint()
    last = 49_999 // PAGE
    assert last in source.asked
    assert len(set(source.asked)) <= 4
    assert table.index(49_999, 0).data() == "Người 49999"


def test_rows_not_loaded_show_dots_and_come_later(desk: Desk, qtbot: Any) -> None:
    _source, table, _view = listing(qtbot, desk)
    index = table.index(20_000, 0)
    assert index.data() == "…"
    assert index.data(ROW_ROLE) is None
    settle(qtbot, desk)
    assert index.data() == "Người 20000"


def test_memory_is_bounded(desk: Desk, qtbot: Any) -> None:
    _source, table, _view = listing(qtbot, desk)
    for page in range(150):
        table.index(page * PAGE, 0).data()
        settle(qtbot, desk)
    assert len(table._pages) <= MOST_PAGES


def test_pages_scrolled_past_are_not_asked_for(desk: Desk, qtbot: Any) -> None:
    source, table, _view = listing(qtbot, desk)
    for page in range(10, 100):
        table.index(page * PAGE, 0).data()
    settle(qtbot, desk)
    assert len(source.asked) <= 4
    assert 99 in source.asked


def test_the_selection_follows_its_row_over_a_reload(desk: Desk, qtbot: Any) -> None:
    source, table, view = listing(qtbot, desk, 600)
    view.grid.selectRow(10)
    assert view.current_row().id == 10
    source.first = -3  # three new rows came before
    source.size = 603
    table.reload()
    settle(qtbot, desk)
    assert view.current_row().id == 10
    assert view.grid.currentIndex().row() == 13


def test_old_rows_stay_until_the_new_ones_are_here(desk: Desk, qtbot: Any) -> None:
    source, table, _view = listing(qtbot, desk, 300)
    source.first = 1000
    table.reload()
    assert table.index(0, 0).data() == "Người 0"
    settle(qtbot, desk)
    assert table.index(0, 0).data() == "Người 1000"


def test_a_small_list_keeps_its_selection_too(desk: Desk, qtbot: Any) -> None:
    table, view = small(qtbot, desk, PEOPLE)
    view.grid.selectRow(2)
    table.set_rows([replace(PEOPLE[4], saved=7), *PEOPLE[:4]])
    assert view.current_row() == PEOPLE[2]


def test_a_table_says_that_it_is_being_read_until_the_first_rows_are_there(desk: Desk, qtbot: Any) -> None:
    give_book(desk, "book")
    table = RowTable(desk, COLUMNS, lambda row: row.id)
    view = TableView(table, "test.people", "Thành viên", empty=Empty("member", "Chưa có ai."))
    qtbot.addWidget(view)
    view.show()
    assert words_seen(view) == set()  # nobody has asked for anything
    view.grid.setFocus()
    table.expect()
    qtbot.waitUntil(lambda: words_seen(view) == {"Đang đọc…"})
    assert view.grid.isVisible()  # and keeps the keyboard
    table.set_rows(PEOPLE)
    assert words_seen(view) == set()
    table.set_rows([])
    assert words_seen(view) == {"Chưa có ai."}
    table.expect()  # read again: what is known stays
    qtbot.wait(1)
    assert words_seen(view) == {"Chưa có ai."}


def test_a_table_that_cannot_be_read_does_not_go_on_reading(desk: Desk, qtbot: Any) -> None:
    held = Event()

    class Broken(ManyPeople):
        def count(self, book: Any, query: Query) -> int:
            held.wait(30)
            raise Trouble("Ổ đĩa hỏng.", "Hãy chép sổ sang máy khác.")

    give_book(desk, "book")
    table = RowTable(desk, COLUMNS, lambda row: row.id, Broken(5))
    view = TableView(table, "test.people", "Thành viên")
    qtbot.addWidget(view)
    view.show()
    table.reload()
    qtbot.waitUntil(lambda: words_seen(view) == {"Đang đọc…"})
    held.set()
    qtbot.waitUntil(lambda: words_seen(view) == set())


def words_seen(view: TableView) -> set[str]:
    """What is said in the place of rows."""
    return {state._text.text() for state in view.findChildren(EmptyState) if state.isVisible()}


def test_nothing_found_and_nothing_there_are_told_apart(desk: Desk, qtbot: Any) -> None:
    table, view = small(qtbot, desk, [])
    assert view._empty.isVisible()
    table.set_rows(PEOPLE)
    assert view.grid.isVisible()
    table.set_text("zzz")
    assert view._none.isVisible()


def test_enter_and_double_click_open_the_row(desk: Desk, qtbot: Any) -> None:
    _table, view = small(qtbot, desk, PEOPLE)
    opened: list[Person] = []
    view.opened.connect(opened.append)
    view.grid.selectRow(1)
    press(view.grid, Qt.Key.Key_Return)
    view.grid.doubleClicked.emit(view.grid.currentIndex())
    assert opened == [PEOPLE[1], PEOPLE[1]]


def test_enter_opens_the_first_row_of_a_table_just_come_to(desk: Desk, qtbot: Any) -> None:
    _table, view = small(qtbot, desk, PEOPLE)
    opened: list[Person] = []
    view.opened.connect(opened.append)
    view.show()
    qtbot.waitExposed(view)
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.grid.hasFocus)
    press(view.grid, Qt.Key.Key_Return)
    assert opened == [PEOPLE[0]]


def test_down_leads_from_the_filter_into_the_table(desk: Desk, qtbot: Any) -> None:
    _table, view = small(qtbot, desk, PEOPLE)
    view.filter_box.setFocus()
    press(view.filter_box, Qt.Key.Key_Down)
    assert view.current_row() == PEOPLE[0]


def test_tab_goes_through_the_table_and_on(desk: Desk, qtbot: Any) -> None:
    """Also when the table was empty at first: no key leads out of a table where Tab goes round."""
    holder = QWidget()
    qtbot.addWidget(holder)
    box = QVBoxLayout(holder)
    before, after = QPushButton("before", holder), QPushButton("after", holder)
    table: RowTable[Person] = RowTable(desk, COLUMNS, key=lambda row: row.id)
    empty = Empty("member", "Chưa có ai", action=("Thêm", lambda: None))
    view = TableView(table, "tab.people", "Người", filterable=False, empty=empty, parent=holder)
    extra = QPushButton("extra", view)
    view.tools.insertWidget(0, extra)
    for widget in (before, view, after):
        box.addWidget(widget)
    QWidget.setTabOrder(view.grid, extra)
    QWidget.setTabOrder(extra, after)
    holder.show()
    table.set_rows([])
    table.set_rows([Person(1, "Nguyễn Thị Hòa", 5)])
    settle(qtbot, desk)
    view.setFocus()
    assert view.grid.hasFocus()
    passed = []
    for _step in range(6):
        passed.append(QApplication.focusWidget())
        press(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert {extra, after, before} <= set(passed)
    after.setFocus()
    for _step in range(6):
        passed.append(QApplication.focusWidget())
        press(QApplication.focusWidget(), Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert {before, view.grid} <= set(passed[6:])


def test_copying_gives_titles_and_tabs_and_no_formulas(desk: Desk, qtbot: Any) -> None:
    _table, view = small(qtbot, desk, [Person(1, "=CMD()", 1_000), *PEOPLE])
    view.grid.selectRow(0)
    view.copy()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0].split("\t") == ["Họ tên", "Tiết kiệm", "Ngày sinh", "Trạng thái"]
    assert lines[1].split("\t")[:2] == ["'=CMD()", "1.000"]


def test_the_third_click_on_a_title_gives_the_natural_order_back(desk: Desk, qtbot: Any) -> None:
    table, view = small(qtbot, desk, PEOPLE)
    orders = []
    for _ in range(3):
        view._sort_clicked(0)
        orders.append(table.loaded_rows()[0].name)
    assert orders == ["Ăn", "Nguyễn Thị Hòa", "Nguyễn Thị Hòa"]
    assert [row.id for row in table.loaded_rows()] == [1, 2, 3, 4, 5]
    view._sort_clicked(3)
    assert table.query.sort == ""


def test_widths_and_sorting_are_remembered(desk: Desk, qtbot: Any) -> None:
    _table, view = small(qtbot, desk, PEOPLE)
    view.grid.setColumnWidth(1, 222)
    view._sort_clicked(1)
    view._keep_header()
    table, again = small(qtbot, desk, PEOPLE)
    assert again.grid.columnWidth(1) == 222
    assert table.query.sort == "saved"
    assert table.loaded_rows()[0].saved == -5_000


def test_columns_fit_the_window_until_the_user_sets_them(desk: Desk, qtbot: Any) -> None:
    _table, view = small(qtbot, desk, PEOPLE)

    def total() -> int:
        return sum(view.grid.columnWidth(place) for place in range(4))

    for width in (640, 900, 1300):
        view.resize(width, 300)
        assert abs(total() - view.grid.viewport().width()) <= 4
    view.grid.setColumnWidth(1, 200)
    view.resize(900, 300)
    assert view.grid.columnWidth(1) == 200
    assert abs(total() - view.grid.viewport().width()) <= 4


def test_damaged_header_memory_is_harmless(desk: Desk, qtbot: Any) -> None:
    desk.settings.set("tables", {"test.small": {"columns": {"name": "x"}, "sort": 5}})
    table, _view = small(qtbot, desk, PEOPLE)
    assert table.size == 5


def test_row_actions_by_key(desk: Desk, qtbot: Any) -> None:
    done: list[Person] = []
    table = RowTable(desk, COLUMNS, lambda row: row.id)
    view = TableView(table, "t", "Thành viên", actions=[RowAction("In", done.append, shortcut="Ctrl+P")])
    qtbot.addWidget(view)
    view.show()
    table.set_rows(PEOPLE)
    view.grid.selectRow(3)
    view.activateWindow()
    view.grid.setFocus()
    qtbot.waitUntil(view.grid.hasFocus)
    press(view.grid, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert done == [PEOPLE[3]]


def test_the_context_menu_acts_on_the_row(desk: Desk, qtbot: Any) -> None:
    done: list[Person] = []
    actions = [
        RowAction("In", done.append, icon="print"),
        RowAction("Xóa", done.append, enabled=lambda row: row.saved == 0),
    ]
    table = RowTable(desk, COLUMNS, lambda row: row.id)
    view = TableView(table, "t", "Thành viên", actions=actions)
    qtbot.addWidget(view)
    table.set_rows(PEOPLE)
    view.grid.selectRow(1)
    menu = view.row_menu()
    assert [action.isEnabled() for action in menu.actions()[:2]] == [True, False]
    menu.actions()[0].trigger()
    assert done == [PEOPLE[1]]
    menu.deleteLater()


def test_export_writes_all_rows_of_the_query_with_their_types(desk: Desk, qtbot: Any, tmp_path: Any) -> None:
    from python_calamine import CalamineWorkbook

    _source, _table, view = listing(qtbot, desk, 1000)
    view.export_to(str(tmp_path / "x.xlsx"))
    settle(qtbot, desk)
    rows = CalamineWorkbook.from_path(str(tmp_path / "x.xlsx")).get_sheet_by_index(0).to_python()
    titles = next(place for place, row in enumerate(rows) if row[0] == "Họ tên")
    assert rows[titles][:2] == ["Họ tên", "Tiết kiệm"]
    assert len(rows) == titles + 1001
    assert rows[-1][0] == "Người 999"
    assert rows[-1][1] == 999.0
    assert rows[-1][3] == "Đang họp"


def test_every_control_has_a_name(desk: Desk, qtbot: Any) -> None:
    _table, view = small(qtbot, desk, PEOPLE)
    assert_named(view)


def test_enter_presses_the_button_of_an_empty_place(desk: Desk, qtbot: Any) -> None:
    pressed: list[bool] = []
    shown = EmptyState(Empty("member", "Chưa có ai", action=("Thêm", lambda: pressed.append(True))))
    qtbot.addWidget(shown)
    shown.show()
    press(shown.focus_target(), Qt.Key.Key_Return)
    assert pressed == [True]


LONG = [
    Column[Person]("deed", "Việc đã hẹn", lambda row: row.name, width=20, stretch=True),
    Column[Person]("saved", "Tiết kiệm bình quân", lambda row: row.saved, kind="money"),
    Column[Person]("code", "Mã chứng từ", lambda row: "PC-0034/2026", width=14),
]
DEEDS = [Person(1, "Bầu lại ban quản lý cuối chu kỳ, có ít nhất một nữ", 1_250_000), Person(2, "Họp", 5)]


def long(qtbot: Any, desk: Desk, width: int) -> TableView:
    table = RowTable(desk, LONG, lambda row: row.id)
    view = TableView(table, "test.long", "Việc", empty=Empty("member", "Chưa có việc."))
    qtbot.addWidget(view)
    view.resize(width, 500)
    view.show()
    table.set_rows(DEEDS)
    return view


def test_titles_and_words_stand_on_on_lines_before_anything_is_cut(desk: Desk, qtbot: Any) -> None:
    view = long(qtbot, desk, 900)
    grid, header = view.grid, view.grid.horizontalHeader()
    one_title, one_row = header.height(), grid.rowHeight(0)
    view.resize(460, 500)
    assert header.height() > one_title
    assert grid.rowHeight(0) > one_row
    assert grid.horizontalScrollBar().maximum() == 0
    letters = grid.fontMetrics()
    assert grid.columnWidth(0) < letters.horizontalAdvance(DEEDS[0].name)
    assert grid.columnWidth(0) >= on_lines(DEEDS[0].name, letters.horizontalAdvance)
    view.resize(900, 500)
    assert (header.height(), grid.rowHeight(0)) == (one_title, one_row)


def test_a_code_is_never_broken_nor_cut(desk: Desk, qtbot: Any) -> None:
    view = long(qtbot, desk, 300)
    assert view.grid.columnWidth(2) > view.grid.fontMetrics().horizontalAdvance("PC-0034/2026")


def test_the_first_column_stays_when_the_others_move(
    desk: Desk, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = long(qtbot, desk, 260)
    grid, frozen = view.grid, view.frozen
    assert not frozen.cells.isVisible()
    bar = grid.horizontalScrollBar()
    assert bar.maximum() > 0
    bar.setValue(bar.maximum())
    assert frozen.cells.isVisible()
    assert frozen.title.isVisible()
    assert frozen.cells.width() == min(grid.columnWidth(0), grid.viewport().width() // 2)
    drawn = frozen.cells.grab().toImage()
    row = range(grid.rowHeight(0))
    assert len({drawn.pixel(x, y) for x in range(drawn.width() - 1) for y in row}) > 2  # there are words
    qtbot.wait(50)
    painted: list[int] = []
    monkeypatch.setattr(frozen.cells, "_draw", lambda _painter, row, _column: painted.append(row))
    frozen.cells.update()
    qtbot.waitUntil(lambda: bool(painted))
    qtbot.wait(200)
    assert len(painted) <= 3 * view.table.size, "drawing it must not ask for itself again"
    qtbot.mouseClick(frozen.title, Qt.MouseButton.LeftButton)
    assert view.table.query.sort == "deed"
    grid.scrollTo(grid.model().index(0, 1))
    assert grid.visualRect(grid.model().index(0, 1)).left() >= grid.covered
    bar.setValue(0)
    assert not frozen.cells.isVisible()


def test_however_low_the_window_three_rows_are_seen(desk: Desk, qtbot: Any) -> None:
    view = long(qtbot, desk, 460)
    view.resize(460, 10)
    assert view.minimumSizeHint().height() > 3 * view.grid.rowHeight(0)


def test_an_empty_list_says_whether_the_book_or_a_choice_is_empty(desk: Desk, qtbot: Any) -> None:
    table = RowTable(desk, COLUMNS, lambda row: row.id, query=Query(filters={"member": 7}))
    view = TableView(table, "test.choice", "Vay", empty=Empty("loan", "Chưa có khoản vay nào."))
    state = Choice([((), "Mọi tình trạng"), (("open",), "Đang vay")], view)
    late = CheckBox("Chỉ khoản &quá hạn", view)
    view.narrowed_by(state)
    view.narrowed_by(late)
    qtbot.addWidget(view)
    view.show()
    table.set_rows([])
    assert view._empty.isVisible()  # what the page itself asks for was typed by nobody
    assert view._empty._text.text() == "Chưa có khoản vay nào."
    state.set_value(("open",))
    late.set_value(True)
    table.set_rows([])
    assert view._empty._text.text() == "Không có dòng nào ở lựa chọn “Đang vay, Chỉ khoản quá hạn”."
    table.set_text("zzz")
    assert view._none.isVisible()


def test_a_short_list_takes_a_third_line_and_a_long_one_does_not(desk: Desk, qtbot: Any) -> None:
    view = long(qtbot, desk, 400)
    two = view.grid.rowHeight(0)
    view.resize(350, 500)
    assert view.grid.rowHeight(0) > two
    view.table.set_rows([replace(DEEDS[0], id=number) for number in range(20)])
    assert view.grid.rowHeight(0) <= two


def test_only_words_are_parted_into_lines(desk: Desk, qtbot: Any) -> None:
    view = long(qtbot, desk, 400)
    wraps = []
    for place in range(len(LONG)):
        option = QStyleOptionViewItem()
        view.grid.initViewItemOption(option)
        view.grid.itemDelegate().initStyleOption(option, view.table.index(0, place))
        wraps.append(bool(option.features & QStyleOptionViewItem.ViewItemFeature.WrapText))
    assert wraps == [True, False, True]  # a code of 14 letters has no space to be parted at


def test_rows_are_no_higher_than_their_words_even_where_the_table_scrolls(desk: Desk, qtbot: Any) -> None:
    columns = [LONG[0], *(replace(LONG[1], key=f"saved{n}") for n in range(6))]
    table: RowTable[Person] = RowTable(desk, columns, lambda row: row.id)
    view = TableView(table, "test.wide", "Việc", empty=Empty("member", "Chưa có việc."))
    qtbot.addWidget(view)
    view.resize(460, 500)
    view.show()
    table.set_rows([replace(DEEDS[0], name="Người có giấy xác nhận khuyết tật")])
    assert view.grid.horizontalScrollBar().maximum() > 0
    assert view.grid.rowHeight(0) < 3 * view.grid.fontMetrics().lineSpacing()
