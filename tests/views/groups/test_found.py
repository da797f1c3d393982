"""Founding a group and entering its people, with the keyboard alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop.models.kinds import Frequency, GroupKind, Sex
from desktop.models.savings_kinds import SavingsKind
from desktop.services import groups, members, savings_facts
from desktop.views.groups.found_page import FoundPage
from desktop.views.groups.group_page import GroupPage
from tests.services import people_kit
from tests.views.accessible import assert_named
from tests.views.conftest import Answers
from tests.views.people_room import Room
from tests.views.typing import press, type_vi

PEOPLE = (
    ("Nguyễn Thị Hồng Hoa", "", "1985", "0912345678"),
    ("Trần Văn Bảy", "", "1970", ""),
    ("Thạch Sa Mây", "nu", "", ""),
    ("Huỳnh Công Trung", "na", "25/10/1961", ""),
    ("Lê Thị Út", "", "1990", "0987654321"),
)


def rows(room: Room, group: int) -> list[Any]:
    wanted = members.MemberFilter(group=groups.GroupId(group))
    return members.page(room.book, wanted, members.MemberSort(members.MemberOrder.POSITION), 0, 99)


def test_a_group_of_five_is_founded_with_the_keyboard_only(room: Room) -> None:
    page = room.show(FoundPage(room.desk))
    assert room.focus() is page.form.input("name")
    type_vi(room.focus(), "Nhóm Hoa Sen")
    press(room.focus(), Qt.Key.Key_Tab)
    press(room.focus(), Qt.Key.Key_Tab)
    assert room.focus() is page.form.input("template")
    type_vi(room.focus(), "tu luc")  # found without marks
    assert page.form.value("kind") is GroupKind.SELF_HELP
    press(room.focus(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    room.wait()

    assert room.route.page == "group"
    group = room.route.args["group"]
    founded = groups.get(room.book, group, room.act.today)
    assert (founded.name, founded.code) == ("Nhóm Hoa Sen", "N-001")
    assert founded.rules.compulsory_saving == 20_000
    assert founded.cycle is not None

    shown = room.show(GroupPage(room.desk), **room.route.args)
    entry = shown.members.entry
    assert entry.isVisible()
    for name, sex, birth, phone in PEOPLE:
        assert room.focus() is entry.form.input("name")
        type_vi(room.focus(), name)
        press(room.focus(), Qt.Key.Key_Tab)
        type_vi(room.focus(), sex)
        press(room.focus(), Qt.Key.Key_Tab)
        type_vi(room.focus(), birth)
        press(room.focus(), Qt.Key.Key_Tab)
        type_vi(room.focus(), phone)
        press(room.focus(), Qt.Key.Key_Return)
        room.wait()
    found = rows(room, group)
    assert [row.full_name for row in found] == [name for name, *_more in PEOPLE]
    assert [row.sex for row in found] == [Sex.FEMALE, Sex.MALE, Sex.FEMALE, Sex.MALE, Sex.FEMALE]
    assert [row.birth_year for row in found] == [1985, 1970, None, 1961, 1990]
    assert shown.members.table.size == 5
    assert "5 người" in entry.told.text()

    press(room.focus(), Qt.Key.Key_Escape)
    assert not entry.isVisible()


def test_the_proposal_follows_the_template_until_it_is_changed_by_hand(room: Room) -> None:
    page = room.show(FoundPage(room.desk))
    assert page.form.value("share_value") == 20_000
    page.form.input("social_contribution").setText("7k")
    page.form.input("template").set_value("shipped/savings-credit/1")
    assert page.form.value("kind") is GroupKind.SAVINGS_CREDIT
    assert page.form.value("share_value") == 0
    assert page.form.value("compulsory_saving") == 50_000
    assert page.form.value("social_contribution") == 7_000
    assert page.form.input("shares_min").isHidden() or not page.form.input("shares_min").isVisible()


def test_what_the_template_says_of_savings_holds_from_the_first_day(room: Room) -> None:
    page = room.show(FoundPage(room.desk))
    page.form.input("template").set_value("shipped/savings-credit/1")
    page.form.input("name").set_value("Nhóm hai")
    page.form.input("compulsory_saving").set_value(0)  # without compulsory savings they need no rules
    page.panel.submit()
    room.wait()
    group = room.route.args["group"]
    with room.book.read() as session:
        (agreed,) = savings_facts.agreed_on(session, group, room.act.today)
    assert agreed.terms.kind is SavingsKind.VOLUNTARY
    assert agreed.rate is not None
    assert str(agreed.rate.percent) == "3/10"


def test_what_the_rules_refuse_stands_at_its_field(room: Room) -> None:
    people_kit.found_group(room.book, room.act, code="N-001")
    page = room.show(FoundPage(room.desk))
    page.form.set_values(
        {
            "name": "Nhóm hai",
            "code": "N-001",
            "starts": room.act.today,
            "ends": room.act.today.replace(year=2025),
        }
    )
    page.panel.submit()
    room.wait()
    told = page.form.problems()
    assert "N-001" in told["code"]
    assert "trước ngày bắt đầu" in told["ends"]
    assert page.panel.save_button.isEnabled()


def test_the_meaning_of_the_rules_is_told_before_they_are_kept(room: Room) -> None:
    page = room.show(FoundPage(room.desk))
    page.form.input("frequency").set_value(Frequency.WEEKLY)
    assert "thứ bảy, 07/03/2026" in page.meaning.text()
    assert "25.000" in page.meaning.text()
    assert "105.000" in page.meaning.text()


def test_leaving_a_half_filled_form_asks(room: Room, answers: Answers) -> None:
    page = room.show(FoundPage(room.desk))
    gone: list[bool] = []
    assert page.can_leave(lambda: gone.append(True))
    type_vi(page.form.input("name"), "Nhóm")
    answers.yes = False
    assert not page.can_leave(lambda: gone.append(True))
    assert gone == []
    answers.yes = True
    page.can_leave(lambda: gone.append(True))
    assert gone == [True]


def test_somebody_known_is_shown_while_typing_and_joins_instead(room: Room) -> None:
    known = people_kit.enrol(room.book, room.act, "Nguyễn Thị Hoa", birth_year=1985)
    group = people_kit.found_group(room.book, room.act)
    page = room.show(GroupPage(room.desk), group=group, enter=True)
    entry = page.members.entry
    type_vi(entry.form.input("name"), "Nguyễn Thị Hoa")
    type_vi(entry.form.input("birth"), "1985")
    room.settle()
    assert [one.id for one in entry.found.found] == [known]
    entry.found.opened.emit(entry.found.found[0])
    assert (room.route.page, room.route.args["member"]) == ("member", known)
    entry.found.taken.emit(entry.found.found[0])
    room.wait()
    assert [row.id for row in rows(room, group)] == [known]
    assert entry.form.value("name") == ""


def test_a_warning_is_asked_about_and_the_yes_is_kept(room: Room, answers: Answers) -> None:
    people_kit.enrol(room.book, room.act, "Nguyễn Thị Hoa", birth_year=1985)
    group = people_kit.found_group(room.book, room.act)
    page = room.show(GroupPage(room.desk), group=group, enter=True)
    entry = page.members.entry
    answers.yes = False
    type_vi(entry.form.input("name"), "Nguyễn Thị Hoa")
    type_vi(entry.form.input("birth"), "1985")
    entry.submit()
    room.wait()
    assert "Có thể đã có" in answers.asked[0]
    assert rows(room, group) == []
    assert entry.form.value("name") == "Nguyễn Thị Hoa"  # nothing typed is lost
    answers.yes = True
    entry.submit()
    room.wait()
    assert len(rows(room, group)) == 1


def test_a_bad_number_refuses_only_its_person(room: Room) -> None:
    group = people_kit.found_group(room.book, room.act)
    page = room.show(GroupPage(room.desk), group=group, enter=True)
    form = page.members.entry.form
    type_vi(form.input("name"), "Lê Thị Út")
    type_vi(form.input("citizen_number"), "0871")
    press(form.input("citizen_number"), Qt.Key.Key_Return)
    room.wait()
    assert "12 chữ số" in form.problems()["citizen_number"]
    assert room.focus() is form.input("citizen_number")
    assert rows(room, group) == []


def test_a_table_pasted_into_the_name_goes_to_the_wizard(room: Room) -> None:
    group = people_kit.found_group(room.book, room.act)
    page = room.show(GroupPage(room.desk), group=group, enter=True)
    QGuiApplication.clipboard().setText("Nguyễn Thị Hoa\tNữ\t1985\nTrần Văn Bảy\tNam\t1970\n")
    press(page.members.entry.form.input("name"), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert room.route.page == "imports"
    assert room.route.args["group"] == group
    assert "Trần Văn Bảy" in room.route.args["text"]
    QGuiApplication.clipboard().setText("Lê Thị Út")
    press(page.members.entry.form.input("name"), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert page.members.entry.form.value("name") == "Lê Thị Út"


def test_a_book_that_may_only_be_read_founds_nothing(locked: Room) -> None:
    page = locked.show(FoundPage(locked.desk))
    assert not page.panel.save_button.isEnabled()
    assert "chị Hoa" in page.panel.save_button.toolTip()
    assert not page.form.input("name").isEnabled()


def test_every_control_has_a_name(room: Room) -> None:
    page = room.show(FoundPage(room.desk))
    page.form.input("fines").add_button.click()
    assert_named(page)
    group = people_kit.found_group(room.book, room.act)
    group_page = room.show(GroupPage(room.desk), group=group, enter=True)
    assert_named(group_page.members)
    QApplication.processEvents()


def test_people_join_on_the_founding_day_until_the_first_meeting(room: Room) -> None:
    group = people_kit.found_group(room.book, room.act)
    detail = groups.get(room.book, group, room.act.today)
    begun = detail.founded or detail.cycles[0].starts
    page = room.show(GroupPage(room.desk), group=group, enter=True)
    form = page.members.entry.form
    assert form.value("joined") == min(begun, room.act.today)
    type_vi(form.input("name"), "Lê Thị Út")
    form.input("joined").set_value(room.act.today)
    press(form.input("joined"), Qt.Key.Key_Return)
    room.wait()
    (row,) = groups.get(room.book, group, room.act.today).members
    assert row.joined == room.act.today
    assert form.value("joined") == room.act.today  # the day typed stays for the next person


def test_esc_asks_before_a_typed_person_is_lost(room: Room, answers: Answers) -> None:
    group = people_kit.found_group(room.book, room.act)
    page = room.show(GroupPage(room.desk), group=group, enter=True)
    entry = page.members.entry
    type_vi(entry.form.input("name"), "Lê Thị Út")
    answers.yes = False
    press(entry.form.input("name"), Qt.Key.Key_Escape)
    assert "Bỏ người vừa gõ?" in answers.asked[0]
    assert entry.form.value("name") == "Lê Thị Út"
    answers.yes = True
    press(entry.form.input("name"), Qt.Key.Key_Escape)
    assert entry.form.value("name") == ""


def test_a_missing_sex_is_said_at_its_field_and_stays(room: Room) -> None:
    group = people_kit.found_group(room.book, room.act)
    page = room.show(GroupPage(room.desk), group=group, enter=True)
    form = page.members.entry.form
    type_vi(form.input("name"), "Thạch Sa Mây")
    press(form.input("name"), Qt.Key.Key_Return)
    room.settle()
    assert "Giới tính" in form.problems()["sex"]
    assert rows(room, group) == []


@pytest.mark.parametrize(
    ("name", "sex"), [("Nguyễn Thị Hoa", Sex.FEMALE), ("Trần Văn Lúa", Sex.MALE), ("Lê Minh Tâm", None)]
)
def test_a_sex_told_by_the_middle_name_is_said_to_be_a_guess(room: Room, name: str, sex: Sex | None) -> None:
    group = people_kit.found_group(room.book, room.act)
    page = room.show(GroupPage(room.desk), group=group, enter=True)
    entry = page.members.entry
    type_vi(entry.form.input("name"), name)
    room.settle()
    assert entry.form.value("sex") is sex
    assert ("Đoán theo tên đệm" in said_below(entry, "sex")) is (sex is not None)
    press(entry.form.input("name"), Qt.Key.Key_Return)
    room.wait()
    assert [row.sex for row in rows(room, group)] == ([sex] if sex else [])
    if sex:
        assert f"{sex.title} (đoán theo tên đệm)" in entry.told.text()
        assert said_below(entry, "sex") == ""


def said_below(entry: Any, key: str) -> str:
    return str(entry.form.input(key).accessibleDescription())


def test_the_first_cycle_begins_with_a_young_group(room: Room) -> None:
    page = room.show(FoundPage(room.desk))
    today = room.act.today
    page.form.input("founded").set_value(today - timedelta(days=90))
    page._form_changed("founded")
    assert page.form.value("starts") == today - timedelta(days=90)
    assert page.form.value("ends") > today
    page.form.input("founded").set_value(today - timedelta(days=3000))  # its first cycle ended long ago
    page._form_changed("founded")
    assert page.form.value("starts") == today
    press(page.form.input("starts"), Qt.Key.Key_End)
    page.form.input("starts").set_value(today - timedelta(days=7))
    page._form_changed("starts")
    page.form.input("founded").set_value(today - timedelta(days=90))
    page._form_changed("founded")
    assert page.form.value("starts") == today - timedelta(days=7)
