"""The lists of people and households."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from desktop.models.kinds import Sex
from desktop.services import members
from desktop.services.members import MarkLeft
from desktop.views.kit.group_picker import find_groups
from desktop.views.members.page import MembersPage
from tests.services import people_kit
from tests.views.accessible import assert_named
from tests.views.people_room import Room
from tests.views.typing import press


def shown(page: MembersPage) -> list[str]:
    return [row.full_name for row in page.table.loaded_rows()]


def test_people_are_found_with_and_without_marks(room: Room) -> None:
    for name in ("Nguyễn Thị Hòa", "Nguyễn Thị Hoà", "Nguyễn Thị Hoa", "Đặng Văn Lành"):
        people_kit.enrol(room.book, room.act, name, birth_year=None)
    page = room.show(MembersPage(room.desk))
    assert page.table.size == 4
    assert room.focus() is page.view.filter_box
    for typed, count in (("nguyen thi hoa", 3), ("dang", 1), ("TV-0002", 1), ("", 4)):
        page.view.filter_box.setText(typed)
        room.settle()
        assert page.table.size == count, typed


def test_names_stand_in_vietnamese_order(room: Room) -> None:
    for name in ("Trần Văn Út", "Lê Thị Đào", "Cao Văn Ân", "Bùi Thị An", "Võ Văn Dũng"):
        people_kit.enrol(room.book, room.act, name)
    page = room.show(MembersPage(room.desk))
    assert [name.split()[-1] for name in shown(page)] == ["An", "Ân", "Dũng", "Đào", "Út"]


def test_filters_by_group_sex_and_status(room: Room) -> None:
    group = people_kit.found_group(room.book, room.act, "Hoa Sen")
    people_kit.enrol(room.book, room.act, "Lê Thị Hai", group=group)
    people_kit.enrol(room.book, room.act, "Trần Văn Ba", group=group, sex=Sex.MALE)
    gone = people_kit.enrol(room.book, room.act, "Võ Thị Tư")
    people_kit.enrol(room.book, room.act, "Võ Thị Năm")
    version = members.get(room.book, gone).version
    members.mark_left(room.book, MarkLeft(member=gone, version=version, left=room.act.today), room.act)
    page = room.show(MembersPage(room.desk))
    assert page.table.size == 3
    page.sex.set_value(Sex.MALE)
    room.wait()
    assert shown(page) == ["Trần Văn Ba"]
    page.sex.set_value(None)
    page.group.set_value(find_groups(room.book, "hoa sen")[0])
    page.group.changed.emit()
    room.wait()
    assert shown(page) == ["Lê Thị Hai", "Trần Văn Ba"]
    page.group.set_value(None)
    for status, names in (
        ("alone", ["Võ Thị Năm"]),
        ("all", ["Trần Văn Ba", "Lê Thị Hai", "Võ Thị Năm", "Võ Thị Tư"]),
    ):
        page.status.set_value(status)
        room.wait()
        assert sorted(shown(page)) == sorted(names)


def test_enter_opens_and_ctrl_n_enrols(room: Room) -> None:
    member = people_kit.enrol(room.book, room.act)
    page = room.show(MembersPage(room.desk))
    press(page.view.filter_box, Qt.Key.Key_Down)
    press(page.view.grid, Qt.Key.Key_Return)
    assert (room.route.page, room.route.args) == ("member", {"member": member})
    page.actions()[0].run()
    assert (room.route.page, room.route.args) == ("member", {})
    page.open(bring_in=True)
    assert room.route.page == "imports"


def test_households_are_listed_beside(room: Room) -> None:
    household = people_kit.household(room.book, room.act, "ấp Long Hòa")
    people_kit.enrol(room.book, room.act, "Lê Thị Hai", household=household, is_head=True)
    page = room.show(MembersPage(room.desk))
    page.view.filter_box.setFocus()
    press(page.view.filter_box, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert page.tabs.currentWidget() is page.household_view
    room.wait()
    row = page.households.row_at(0)
    assert (row.code, row.head, row.people) == ("HO-0001", "Lê Thị Hai", 1)
    page.household_view.filter_box.setText("long hoa")
    room.settle()
    assert page.households.size == 1
    page.open_household(row)
    assert (room.route.page, room.route.args) == ("household", {"household": household})


def test_an_empty_book_is_told_what_to_do(room: Room) -> None:
    page = room.show(MembersPage(room.desk))
    assert page.table.size == 0
    assert page.view._stack.currentWidget() is page.view._empty
    assert_named(page)


def test_in_a_locked_book_the_empty_list_offers_nothing(locked: Room) -> None:
    page: Any = locked.show(MembersPage(locked.desk))
    assert page.view._empty._button.isHidden()
