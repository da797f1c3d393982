"""The list of groups and the page of one: figures, order, leaving, rules, offices, periods."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.models.kinds import GroupKind, Office
from desktop.services import groups, meetings, periods, standing
from desktop.services.meetings import RecordMeeting, new_meeting_uid
from desktop.views.groups import deeds, rule_deeds
from desktop.views.groups.group_page import GroupPage
from desktop.views.groups.page import GroupsPage
from desktop.views.kit.dialog import FormDialog
from resources.lang.dong import show_dong
from tests.services import people_kit
from tests.views.accessible import assert_named
from tests.views.conftest import Answers
from tests.views.people_room import Room
from tests.views.typing import press
from tests.village import a_sheet, an_act, settle

NAMES = ("Nguyễn Thị Hoa", "Trần Văn Bảy", "Lê Thị Út")


@pytest.fixture
def group(room: Room) -> Any:
    """A group of three with a posted meeting."""
    village = settle(room.book, act=an_act(date(2026, 3, 5)))
    day = date(2026, 2, 7)
    command = RecordMeeting(village.group, a_sheet(village, day), new_meeting_uid(), agreed=True)
    meetings.record(room.book, command, room.act)
    return village.group


def dialog(room: Room) -> FormDialog:
    """The dialog that is open."""
    room.wait()
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, FormDialog) and w.isVisible()]
    assert len(found) == 1
    return found[0]


def names(page: GroupPage) -> list[str]:
    table = page.members.table
    return [table.row_at(place).member.full_name for place in range(table.size)]


# -- the list --------------------------------------------------------------------------------------


def test_the_list_shows_cash_and_the_next_meeting_and_opens_by_enter(room: Room, group: Any) -> None:
    page = room.show(GroupsPage(room.desk))
    line = page.table.row_at(0)
    assert line.cash == 3 * (20_000 + 50_000)
    assert line.social_cash == 15_000
    assert line.next_meeting == date(2026, 3, 7)
    assert not line.late
    page.view.grid.selectRow(0)
    press(page.view.grid, Qt.Key.Key_Return)
    assert (room.route.page, room.route.args) == ("group", {"group": group})


def test_filters_of_the_list(room: Room, group: Any) -> None:
    people_kit.found_group(room.book, room.act, "Tổ Bông Điên Điển", kind=GroupKind.SELF_HELP)
    page = room.show(GroupsPage(room.desk))
    assert page.table.size == 2
    page.kind.set_value(GroupKind.SELF_HELP)
    room.wait()
    assert [page.table.row_at(0).row.name] == ["Tổ Bông Điên Điển"]
    page.kind.set_value(None)
    page.view.filter_box.setText("dien dien")
    room.settle()
    assert page.table.size == 1


def test_an_empty_book_offers_to_found_a_group(room: Room) -> None:
    page = room.show(GroupsPage(room.desk))
    page.found()
    assert room.route.page == "group-new"
    assert page.table.size == 0
    assert_named(page)


# -- the page --------------------------------------------------------------------------------------


def test_figures_come_from_the_ledger(room: Room, group: Any) -> None:
    page = room.show(GroupPage(room.desk), group=group)
    assert "210.000" in page.cash_figure.accessibleName()
    assert "15.000" in page.social_figure.accessibleName()
    assert "150.000" in page.savings_figure.accessibleName()
    assert "60.000" in page.shares_figure.accessibleName()
    assert "07/03/2026" in page.next_figure.accessibleName()
    assert page.title() == "Tổ TO-01"
    assert page.members.table.row_at(0).owned == 70_000


def test_alt_down_moves_a_member_and_writes_once(room: Room, group: Any) -> None:
    page = room.show(GroupPage(room.desk), group=group)
    grid = page.members.view.grid
    grid.setFocus()
    grid.selectRow(0)
    alt = Qt.KeyboardModifier.AltModifier
    press(grid, Qt.Key.Key_Down, alt)
    press(grid, Qt.Key.Key_Down, alt)
    assert names(page) == ["Nguyễn Thị Hòa 2", "Nguyễn Thị Hòa 3", "Nguyễn Thị Hòa 1"]
    assert grid.currentIndex().row() == 2  # the moved one stays the current one
    before = groups.get(room.book, group, room.act.today).members
    assert before[0].full_name == "Nguyễn Thị Hòa 1"  # not written yet
    assert page.can_leave(lambda: None)
    room.wait()
    after = groups.get(room.book, group, room.act.today).members
    assert [row.full_name for row in after] == names(page)
    press(grid, Qt.Key.Key_Up, alt)
    room.qtbot.wait(800)
    room.wait()
    after = groups.get(room.book, group, room.act.today).members
    assert [row.full_name for row in after] == ["Nguyễn Thị Hòa 2", "Nguyễn Thị Hòa 1", "Nguyễn Thị Hòa 3"]


def test_a_filtered_list_is_not_put_in_order(room: Room, group: Any) -> None:
    page = room.show(GroupPage(room.desk), group=group)
    page.members.table.set_text("hòa 3")
    page.members.view.grid.selectRow(0)
    press(page.members.view.grid, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    room.qtbot.wait(800)
    room.wait()
    assert groups.get(room.book, group, room.act.today).members[2].full_name == "Nguyễn Thị Hòa 3"


def test_a_member_with_money_leaves_only_after_a_yes(room: Room, group: Any, answers: Answers) -> None:
    page = room.show(GroupPage(room.desk), group=group)
    page.members.leave(page.members.table.row_at(1))
    asked = dialog(room)
    assert_named(asked)
    asked.form.set_values({"reason": "đi làm xa"})
    answers.yes = False
    asked.panel.submit()
    room.wait()
    assert "Nhóm còn giữ tiền" in answers.asked[0]
    assert page.members.table.size == 3
    answers.yes = True
    asked.panel.submit()
    room.wait()
    past = groups.get(room.book, group, room.act.today).past_members
    assert [(row.full_name, row.reason) for row in past] == [("Nguyễn Thị Hòa 2", "đi làm xa")]
    assert "(1)" in page.members.past_button.text()


def test_somebody_in_the_book_is_picked(room: Room, group: Any) -> None:
    known = people_kit.enrol(room.book, room.act, "Võ Thị Sáu")
    page = room.show(GroupPage(room.desk), group=group)
    page.members.pick()
    asked = dialog(room)
    picker = asked.form.input("members")
    picker.setText("vo thi sau")
    picker.textEdited.emit("vo thi sau")
    room.settle()
    picker._activated(picker._finds.index(0))
    assert picker.value() == known
    asked.panel.submit()
    room.wait()
    assert names(page)[-1] == "Võ Thị Sáu"


def test_new_rules_are_a_new_dated_version(room: Room, group: Any) -> None:
    page = room.show(GroupPage(room.desk), group=group, tab="rules")
    rule_deeds.agree_rules(room.desk, page, page.detail)
    room.wait()
    asked = dialog(room)
    assert_named(asked)
    assert asked.form.value("agreed_on") == date(2026, 2, 7)  # the last meeting is proposed, with who came
    assert asked.form.value("present") == 3
    asked.form.input("social_contribution").setText("9k")
    asked.form.input("valid_from").set_value(date(2026, 2, 1))
    asked.panel.submit()
    room.wait()
    assert "lý do" in asked.form.problems()["reason"].lower() or asked.form.problems()["reason"]
    asked.form.input("reason").set_value("Quỹ xã hội đã cạn")
    asked.form.input("in_favour").set_value(1)
    asked.panel.submit()
    room.wait()
    told = asked.form.problems()
    assert "07/02/2026" in told["valid_from"]  # a meeting was held under the old ones
    assert "quá nửa" in told["in_favour"]
    asked.form.input("valid_from").set_value(date(2026, 3, 1))
    asked.form.input("in_favour").set_value(2)
    asked.panel.submit()
    room.wait()
    history = groups.get(room.book, group, room.act.today).rule_history
    assert [(span.rules.valid_from, span.rules.social_contribution) for span in history] == [
        (date(2026, 3, 1), 9_000),
        (date(2026, 1, 3), 5_000),
    ]
    rules_tab = page.tabs.currentWidget()
    assert rules_tab.table.size == 2
    latest = rules_tab.table.row_at(0)
    assert latest.minutes == 1
    assert [(one.before, one.after) for one in latest.changes] == [(show_dong(5_000), show_dong(9_000))]


def test_an_office_passes_over(room: Room, group: Any) -> None:
    page = room.show(GroupPage(room.desk), group=group, tab="offices")
    people = [row.member_id for row in page.detail.members]
    for member in people[:2]:
        deeds.appoint(room.desk, page, page.detail, Office.CHAIR)
        asked = dialog(room)
        asked.form.input("member").set_value(member)
        asked.form.input("since").set_value(date(2026, 2, 1) + timedelta(days=people.index(member)))
        asked.panel.submit()
        room.wait()
    detail = groups.get(room.book, group, room.act.today)
    assert [(row.member, row.until) for row in detail.offices] == [(people[1], None)]
    assert [(row.member, row.until) for row in detail.past_offices] == [(people[0], date(2026, 2, 1))]


def test_closing_and_reopening_the_books(room: Room, group: Any) -> None:
    page = room.show(GroupPage(room.desk), group=group, tab="cycles")
    tab = page.tabs.currentWidget()
    assert not tab.reopen_button.isEnabled()
    tab.close_period()
    asked = dialog(room)
    assert asked.form.value("through") == date(2026, 2, 28)
    asked.panel.submit()
    room.wait()
    assert standing.group_figures(room.book, group, room.act.today).closed_through == date(2026, 2, 28)
    assert tab.reopen_button.isEnabled()
    assert "28/02/2026" in tab.closed_label.text()
    tab.reopen_period()
    asked = dialog(room)
    asked.panel.submit()
    assert "Lý do" in asked.form.problems()["reason"]
    asked.form.input("reason").setPlainText("ghi thiếu phiếu")
    asked.panel.submit()
    room.wait()
    assert standing.group_figures(room.book, group, room.act.today).closed_through is None
    assert next(row.reason for row in periods.closings(room.book, group)) == "ghi thiếu phiếu"
    assert tab.closings.size == 2


def test_every_tab_shows_its_rows_and_names_its_controls(room: Room, group: Any) -> None:
    page = room.show(GroupPage(room.desk), group=group)
    for place in range(page.tabs.count()):
        page.tabs.setCurrentIndex(place)
        room.wait()
        assert_named(page.tabs.currentWidget())
    assert page.tabs.widget(page.tab_keys.index("meetings")).table.size == 1
    assert page.tabs.widget(page.tab_keys.index("vouchers")).table.size > 0
    assert page.tabs.widget(page.tab_keys.index("log")).view.lines.size > 0
    page.tabs.widget(1).open_meeting(page.tabs.widget(1).table.row_at(0))
    assert room.route.page == "meetings"


def test_every_way_to_a_new_meeting_opens_its_sheet(room: Room, group: Any) -> None:
    """Not the list of what was held: 25 people wait."""
    page = room.show(GroupPage(room.desk), group=group)
    overview = page.parts[page.tab_keys.index("overview")]
    held = page.parts[page.tab_keys.index("meetings")]
    line = room.show(GroupsPage(room.desk)).table.row_at(0)
    ways = (page.new_meeting, overview.meet, held.new_meeting, lambda: GroupsPage.new_meeting(page, line))
    for way in ways:
        room.desk.open_page("groups")
        way()
        assert (room.route.page, room.route.args) == ("meetings", {"group": group, "new": True})


def test_papers_of_the_group_are_drawn(room: Room, group: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from desktop.views.kit import pdf

    drawn: list[tuple[str, bytes]] = []
    monkeypatch.setattr(pdf, "show_pdf", lambda _desk, title, data, *_more: drawn.append((title, data)))
    page = room.show(GroupPage(room.desk), group=group)
    page.print_blank()
    page.print_list()
    room.qtbot.waitUntil(lambda: len(drawn) == 2, timeout=20_000)
    assert {title for title, _data in drawn} == {"Phiếu họp trống", "Danh sách thành viên"}
    assert all(data.startswith(b"%PDF") for _title, data in drawn)
    page.print_statements()
    assert (room.route.page, room.route.args) == ("reports", {"group": group})


def test_the_group_is_edited_and_the_title_follows(room: Room, group: Any) -> None:
    page = room.show(GroupPage(room.desk), group=group)
    page.edit()
    asked = dialog(room)
    assert_named(asked)
    long = "Tổ phụ nữ tiết kiệm và vay vốn ấp Long Hòa Đông Thạnh, xã Phương Thịnh, tỉnh Đồng Tháp"
    asked.form.input("name").setText(long)
    asked.panel.submit()
    room.wait()
    assert page.title() == long


def test_in_a_book_that_may_only_be_read_buttons_say_why(locked: Room) -> None:
    village = settle(locked.book)
    page = locked.show(GroupPage(locked.desk), group=village.group)
    for place in range(page.tabs.count()):
        page.tabs.setCurrentIndex(place)
        locked.wait()
        for control in page.tabs.currentWidget().writers():
            assert not control.isEnabled()
            assert "chị Hoa" in control.toolTip()
    page.members.enter()
    assert not page.members.entry.isVisible()
    page.members.view.grid.selectRow(0)
    press(page.members.view.grid, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert names(page)[0] == "Nguyễn Thị Hòa 1"
    page.edit()
    assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, FormDialog) and w.isVisible()]


def test_ctrl_2_puts_the_keyboard_into_the_table_with_a_row_chosen(room: Room, group: Any) -> None:
    page = GroupPage(room.desk)
    room.show(page, group=group)
    page.activateWindow()
    page.focus_first()
    page.tabs.jump(1)
    room.wait()
    view = page.tabs.currentWidget().view
    assert page.window().focusWidget() is view.grid
    assert view.current_row() is not None
    page.tabs.tabBar().setFocus()
    press(page.tabs.tabBar(), Qt.Key.Key_Down)
    assert page.window().focusWidget() is view.grid


def test_ctrl_k_leads_from_a_group_to_all_of_its_work(room: Room, group: Any) -> None:
    page = room.show(GroupPage(room.desk), group=group)
    ways = {deed.title: deed for deed in page.actions()}
    for title, way in (
        ("Chia cổ phần…", ("share-out", {"group": group})),
        ("Kiểm kê quỹ…", ("cash-count", {"group": group})),
        ("Tiền phạt", ("group", {"group": group, "tab": "fines"})),
        ("Số dư đầu của nhóm ghi sổ giấy…", ("opening", {"group": group})),
    ):
        ways[title].run()
        assert (room.route.page, room.route.args) == way
