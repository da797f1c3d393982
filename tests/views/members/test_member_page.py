"""The page of a person: problems at their fields, people found twice, money, household, photo, leaving."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from desktop.models.kinds import MemberStatus, Sex
from desktop.models.problems import Trouble
from desktop.services import households, meetings, members, standing
from desktop.services.meetings import RecordMeeting, new_meeting_uid
from desktop.services.members import ChangeMember
from desktop.views.kit.dialog import FormDialog
from desktop.views.members.household_page import HouseholdPage
from desktop.views.members.member_page import MemberPage
from desktop.views.members.photo import LARGEST_SIDE, scaled_photo
from tests.services import people_kit
from tests.views.accessible import assert_named
from tests.views.conftest import Answers
from tests.views.people_room import Room
from tests.views.typing import press, type_vi
from tests.village import a_sheet, an_act, settle


def dialog(room: Room) -> FormDialog:
    """The dialog that is open."""
    room.wait()
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, FormDialog) and w.isVisible()]
    assert len(found) == 1
    return found[0]


def new_page(room: Room) -> Any:
    return room.show(MemberPage(room.desk))


# -- entering --------------------------------------------------------------------------------------


def test_a_citizen_number_is_checked_while_it_is_typed(room: Room) -> None:
    page = new_page(room)
    form = page.particulars.form
    assert room.focus() is form.input("name")
    type_vi(form.input("name"), "Nguyễn Thị Hoa")
    assert form.value("sex") is Sex.FEMALE  # proposed by the middle name
    form.input("citizen_number").setFocus()
    type_vi(form.input("citizen_number"), "0870850012")
    room.settle()
    assert "12 chữ số, đang có 10" in form.problems()["citizen_number"]
    assert room.focus() is form.input("citizen_number")  # the focus stays where the clerk types
    type_vi(form.input("citizen_number"), "34")
    room.settle()
    # Twelve digits of a man: only a warning, told at the field.
    assert "citizen_number" in form.problems()
    form.input("sex").set_value(Sex.MALE)
    room.settle()
    assert "citizen_number" not in form.problems()


def test_a_refused_form_shows_all_problems_and_keeps_what_was_typed(room: Room) -> None:
    people_kit.enrol(room.book, room.act, "Trần Văn Bảy", citizen_number="087085001234", sex=Sex.MALE)
    page = new_page(room)
    form = page.particulars.form
    form.input("name").setText("Lê Văn Tám")
    form.input("sex").set_value(Sex.MALE)
    form.input("citizen_number").setText("087085001234")
    form.input("phone").setText("09-abc")
    form.input("birth").setText("31/02/1990")
    press(form.input("name"), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert "ngày" in form.problems()["birth"].lower()
    form.input("birth").setText("1985")
    page.particulars.panel.submit()
    room.wait()
    told = form.problems()
    assert "Trần Văn Bảy" in told["citizen_number"]
    assert "phone" in told
    assert members.count(room.book, members.MemberFilter()) == 1
    assert form.value("name") == "Lê Văn Tám"


def test_somebody_alike_is_shown_with_a_way_to_their_page(room: Room, answers: Answers) -> None:
    known = people_kit.enrol(room.book, room.act, "Nguyễn Thị Hòa", birth_year=1985)
    page = new_page(room)
    form, found = page.particulars.form, page.particulars.found
    type_vi(form.input("name"), "Nguyễn Thị Hoà")  # the other spelling of the same name
    type_vi(form.input("birth"), "1985")
    room.settle()
    assert found.isVisible()
    assert [one.id for one in found.found] == [known]
    assert_named(page)
    found.opened.emit(found.found[0])
    assert (room.route.page, room.route.args) == ("member", {"member": known})
    answers.yes = True
    page.particulars.panel.submit()
    room.wait()
    assert "Có thể đã có" in answers.asked[0]
    assert members.count(room.book, members.MemberFilter()) == 2
    assert room.route.args["member"] != known  # the page of the new person


def test_leaving_what_was_typed_asks(room: Room, answers: Answers) -> None:
    page = new_page(room)
    type_vi(page.particulars.form.input("name"), "Lê")
    answers.yes = False
    assert not page.can_leave(lambda: None)
    assert len(answers.asked) == 1


# -- a known person --------------------------------------------------------------------------------


def test_a_name_kept_in_other_parts_stays_as_it_is(room: Room) -> None:
    member = people_kit.enrol(room.book, room.act, "Phạm Thị Hai")
    detail = members.get(room.book, member)
    odd = detail.person.__class__(
        family="H'Hen", middle="", given="Niê Kđăm", sex=Sex.FEMALE, birth_year=1990
    )
    members.change(
        room.book,
        ChangeMember(member=member, version=detail.version, code=detail.code, person=odd),
        room.act,
    )
    page = room.show(MemberPage(room.desk), member=member)
    page.particulars.form.input("phone").setText("0912345678")
    page.particulars.panel.submit()
    room.wait()
    kept = members.get(room.book, member).person
    assert (kept.family, kept.given, kept.phone) == ("H'Hen", "Niê Kđăm", "0912345678")


def test_two_people_editing_one_record(room: Room) -> None:
    member = people_kit.enrol(room.book, room.act, "Phạm Thị Hai")
    page = room.show(MemberPage(room.desk), member=member)
    members.set_large_print(room.book, member, True, room.act)
    page.particulars.form.input("phone").setText("0912345678")
    page.particulars.panel.submit()
    room.wait()
    assert room.said[-1].level == "error"
    assert page.particulars.panel.save_button.isEnabled()
    assert page.particulars.form.value("phone") == "0912345678"


def test_money_comes_from_the_ledger_with_meeting_and_voucher(room: Room) -> None:
    village = settle(room.book, act=an_act(date(2026, 3, 5)))
    command = RecordMeeting(village.group, a_sheet(village, date(2026, 2, 7)), new_meeting_uid(), agreed=True)
    meetings.record(room.book, command, room.act)
    page = room.show(MemberPage(room.desk), member=village.members[0], tab="money")
    room.wait()
    rows = page.money.accounts.loaded_rows()
    assert {row.name: row.amount for row in rows}["Vốn cổ phần"] == 20_000
    place = next(i for i, row in enumerate(rows) if row.name == "Tiết kiệm tự nguyện")
    page.money.account_view.grid.selectRow(place)
    room.wait()
    (move,) = page.money.moves.loaded_rows()
    assert (move.amount, move.balance, move.meeting_number) == (50_000, 50_000, 1)
    assert move.number.startswith("PT-")
    page.money.move_view.opened.emit(move)
    assert (room.route.page, room.route.args["voucher"]) == ("cashbook", move.voucher)
    page.money.starts.set_value(date(2026, 3, 1))
    room.wait()
    assert page.money.moves.size == 0


def test_a_statement_is_asked_for_issued_and_noted(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    from desktop.views.kit import pdf

    shown: list[bytes] = []
    monkeypatch.setattr(pdf, "show_pdf", lambda _desk, _title, data, *_more, **_kept: shown.append(data))
    village = settle(room.book, act=an_act(date(2026, 3, 5)))
    command = RecordMeeting(village.group, a_sheet(village, date(2026, 2, 7)), new_meeting_uid(), agreed=True)
    meetings.record(room.book, command, room.act)
    page = room.show(MemberPage(room.desk), member=village.members[0])
    page.print_statement()
    asked = dialog(room)
    assert_named(asked)
    asked.form.input("ends").set_value(date(2025, 1, 1))
    asked.panel.submit()
    room.wait()
    assert "ends" in asked.form.problems()
    asked.form.input("ends").set_value(room.act.today)
    asked.form.input("large_print").set_value(True)
    asked.panel.submit()
    room.qtbot.waitUntil(lambda: bool(shown), timeout=20_000)
    assert shown[0].startswith(b"%PDF")
    page.open(member=village.members[0], tab="papers")
    room.wait()
    (paper,) = page.papers.loaded_rows()
    assert (paper.title, paper.balance) == ("Sao kê thành viên", 70_000)


def test_a_person_without_a_group_has_no_statement(room: Room) -> None:
    member = people_kit.enrol(room.book, room.act, "Lê Thị Hai")
    page = room.show(MemberPage(room.desk), member=member)
    page.print_statement()
    room.wait()
    assert "chưa vào nhóm nào" in room.said[-1].text


def test_leaving_the_programme_and_coming_back(room: Room, answers: Answers) -> None:
    member = people_kit.enrol(room.book, room.act, "Lê Thị Hai", joined=date(2026, 1, 1))
    page = room.show(MemberPage(room.desk), member=member)
    page.mark_left()
    asked = dialog(room)
    asked.form.input("left").set_value(date(2026, 2, 1))
    asked.panel.submit()
    room.wait()
    assert members.get(room.book, member).status is MemberStatus.LEFT
    assert "01/02/2026" in page.subtitle()
    page.mark_returned()
    room.wait()
    assert members.get(room.book, member).status is MemberStatus.ACTIVE


def test_large_print_is_kept_with_the_person(room: Room) -> None:
    member = people_kit.enrol(room.book, room.act, "Lê Thị Hai")
    page = room.show(MemberPage(room.desk), member=member)
    page.switch_large_print()
    room.wait()
    assert members.get(room.book, member).person.large_print
    assert page.particulars.form.value("large_print") is True


def test_a_photo_is_scaled_down_shown_and_taken_away(room: Room, tmp_path: Path, answers: Answers) -> None:
    big = QImage(1600, 1200, QImage.Format.Format_RGB32)
    big.fill(QColor("teal"))
    big.save(str(tmp_path / "anh.png"))
    data = scaled_photo(str(tmp_path / "anh.png"))
    small = QImage.fromData(data)
    assert (small.width(), small.height()) == (LARGEST_SIDE, LARGEST_SIDE * 3 // 4)
    assert data.startswith(b"\xff\xd8")
    member = people_kit.enrol(room.book, room.act, "Lê Thị Hai")
    page = room.show(MemberPage(room.desk), member=member)
    page.particulars.photo.take(str(tmp_path / "anh.png"))
    room.wait()
    assert members.photo(room.book, member) == data
    assert "Ảnh của" in page.particulars.photo.picture.accessibleName()
    page.particulars.photo.remove()
    room.wait()
    assert members.photo(room.book, member) is None
    (tmp_path / "hong.jpg").write_text("không phải ảnh", encoding="utf-8")
    with pytest.raises(Trouble, match="Không mở được ảnh"):
        scaled_photo(str(tmp_path / "hong.jpg"))


def test_a_household_is_made_and_chosen_on_the_way(room: Room) -> None:
    member = people_kit.enrol(room.book, room.act, "Lê Thị Hai")
    page = room.show(MemberPage(room.desk), member=member)
    page.particulars.found_household()
    asked = dialog(room)
    assert_named(asked)
    asked.form.input("hamlet").setText("ấp 3")
    asked.panel.submit()
    room.wait()
    form = page.particulars.form
    assert form.input("household").text() == "HO-0001"
    assert form.value("is_head") is True
    page.particulars.panel.submit()
    room.wait()
    detail = members.get(room.book, member)
    assert detail.is_head
    assert detail.address == "ấp 3"
    assert "ấp 3" in page.subtitle()


def test_every_tab_names_its_controls_and_the_log_tells_changes(room: Room) -> None:
    member = people_kit.enrol(room.book, room.act, "Lê Thị Hai")
    members.set_large_print(room.book, member, True, room.act)
    page = room.show(MemberPage(room.desk), member=member)
    for place in range(page.tabs.count()):
        page.tabs.setCurrentIndex(place)
        room.wait()
        assert_named(page.tabs.currentWidget())
    lines = page.log.lines.loaded_rows()
    assert ("Chữ lớn", "không", "có") in [(line.field, line.before, line.after) for line in lines]


def test_a_book_that_may_only_be_read_says_why(locked: Room) -> None:
    member = people_kit.enrol(locked.book, locked.act, "Lê Thị Hai")
    page = locked.show(MemberPage(locked.desk), member=member)
    assert not page.particulars.form.input("name").isEnabled()
    assert not page.particulars.panel.save_button.isEnabled()
    assert "chị Hoa" in page.particulars.why.text()
    assert not page.particulars.photo.choose_button.isEnabled()


# -- household page --------------------------------------------------------------------------------


def test_the_household_page(room: Room, answers: Answers) -> None:
    household = people_kit.household(room.book, room.act, "ấp 3")
    first = people_kit.enrol(room.book, room.act, "Lê Thị Hai", household=household, is_head=True)
    second = people_kit.enrol(room.book, room.act, "Trần Văn Ba", household=household, sex=Sex.MALE)
    page = room.show(HouseholdPage(room.desk), household=household)
    assert_named(page)
    assert page.title() == "Hộ HO-0001: Lê Thị Hai"
    page.appoint_head(next(row for row in page.detail.people if row.id == second))
    room.wait()
    assert page.title().endswith("Trần Văn Ba")
    page.take_out(next(row for row in page.detail.people if row.id == first))
    room.wait()
    assert [row.id for row in households.get(room.book, household).people] == [second]
    page.form.input("hamlet").setText("ấp 4")
    page.panel.submit()
    room.wait()
    assert households.get(room.book, household).address.hamlet == "ấp 4"
    assert page.log.lines.size > 0
    assert standing.member_accounts(room.book, second, room.act.today) == []
