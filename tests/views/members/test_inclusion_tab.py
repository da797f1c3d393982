"""The journey of inclusion by keyboard: consent, the six questions, an accommodation, the large-print statement."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from desktop.models.ids import HouseholdId
from desktop.models.inclusion_kinds import Accommodate, ConsentForm, Purpose
from desktop.models.kinds import Poverty
from desktop.services import (
    assessments,
    consents,
    deprivations,
    households,
    inclusion,
    members,
    poverty,
    privacy,
    statements,
)
from desktop.services.assessments import RecordAssessment
from desktop.services.attachments import Subject
from desktop.services.statements import StatementOrder
from desktop.views.kit import questionnaire
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.questionnaire import AssessmentDialog
from desktop.views.members.household_page import HouseholdPage
from desktop.views.members.member_page import MemberPage
from tests.services import people_kit
from tests.views.accessible import assert_named
from tests.views.conftest import Answers
from tests.views.people_room import Room
from tests.views.typing import press, type_vi
from tests.village import settle

CTRL = Qt.KeyboardModifier.ControlModifier


def window(room: Room, kind: type) -> Any:
    room.wait()
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
    assert len(found) == 1
    return found[0]


def save(room: Room, dialog: FormDialog) -> None:
    dialog.panel.submit()
    room.wait()


def tab_page(room: Room, member: int) -> Any:
    page = room.show(MemberPage(room.desk), member=member, tab="inclusion")
    room.wait()
    return page


def test_from_consent_to_a_statement_in_large_print(room: Room) -> None:
    village = settle(room.book)
    member = village.members[0]
    page = tab_page(room, member)
    tab = page.inclusion
    assert page.tabs.currentWidget() is tab
    # Without consent the questions are locked, with a sentence that says what to do.
    tab.tabs.setCurrentWidget(tab.assessments)
    tab.assessments.choice.set_value("wg-ss")
    tab.assessments.begin()
    room.wait()
    assert "chưa đồng ý" in room.said[-1].text
    # Consent: the purpose the person ticked, by keyboard.
    tab.tabs.setCurrentIndex(0)
    tab.give_consent()
    dialog = window(room, FormDialog)
    assert not any(dialog.form.value(purpose.value) for purpose in Purpose)  # nothing is ticked beforehand
    box = dialog.form.input(Purpose.HEALTH.value)
    box.setFocus()
    press(box, Qt.Key.Key_Space)
    dialog.form.input("form").set_value(ConsentForm.FINGERPRINT)
    save(room, dialog)
    assert {row.purpose for row in consents.of_member(room.book, member) if row.holds} == {Purpose.HEALTH}
    # The six questions: a digit chooses, Enter goes on.
    tab.tabs.setCurrentWidget(tab.assessments)
    tab.assessments.choice.set_value("wg-ss")
    tab.assessments.new_button.setFocus()
    press(tab.assessments.new_button, Qt.Key.Key_Return)
    asked = window(room, AssessmentDialog)
    assert_named(asked)
    for digit in "312111":
        press(QApplication.focusWidget(), Qt.Key(ord(digit)))
        press(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert QApplication.focusWidget() is asked.save_button
    press(asked.save_button, Qt.Key.Key_S, CTRL)
    room.wait()
    subject = Subject("members", members.get(room.book, member).uid)
    (row,) = assessments.history(room.book, subject)
    assert row.answers["seeing"] == 3
    assert tab.assessments.table.row_at(0).summary.endswith("Có khuyết tật (WG)")
    # What the person needs: large letters, which the statement then has.
    tab.tabs.setCurrentIndex(4)
    tab.add_accommodation()
    dialog = window(room, FormDialog)
    assert dialog.form.value("kind") is Accommodate.LARGE_PRINT
    save(room, dialog)
    assert [one.kind for one in inclusion.of_member(room.book, member).accommodations] == [
        Accommodate.LARGE_PRINT
    ]
    order = StatementOrder(village.group, date(2026, 1, 1), room.act.today, (member,), None)
    made = statements.issue(room.book, order, room.act).value
    assert [one.large_print for one in made] == [True]
    assert_named(page)


def test_a_missing_answer_is_shown_at_its_question_and_nothing_is_lost(room: Room, answers: Answers) -> None:
    member = people_kit.enrol(room.book, room.act)
    consents.give(room.book, consents.GiveConsent(member, (Purpose.HEALTH,), room.act.today), room.act)
    page = tab_page(room, member)
    page.inclusion.assessments.choice.set_value("wg-ss")
    page.inclusion.assessments.begin()
    asked = window(room, AssessmentDialog)
    asked.questions.input("seeing").set_value(1)
    asked.save()
    room.wait()
    assert "hearing" in asked.questions.problems()
    assert "seeing" not in asked.questions.problems()
    assert asked.isVisible()
    answers.yes = False
    asked.reject()
    assert answers.asked
    assert asked.isVisible()
    answers.yes = True
    asked.reject()


def test_a_digit_that_is_no_answer_is_said_at_its_question(room: Room) -> None:
    member = people_kit.enrol(room.book, room.act)
    consents.give(room.book, consents.GiveConsent(member, (Purpose.HEALTH,), room.act.today), room.act)
    page = tab_page(room, member)
    page.inclusion.assessments.choice.set_value("wg-ss")
    page.inclusion.assessments.begin()
    asked = window(room, AssessmentDialog)
    press(QApplication.focusWidget(), Qt.Key.Key_2)
    press(QApplication.focusWidget(), Qt.Key.Key_5)
    said = asked.questions.problems()
    assert "“5”" in said["seeing"]
    assert "1, 2, 3, 4, 7, 9" in said["seeing"]
    assert asked.questions.answers() == {"seeing": 2}  # nothing is lost
    press(QApplication.focusWidget(), Qt.Key.Key_3)
    assert asked.questions.problems() == {}


def test_the_head_of_a_form_saves_and_leaves_by_key(room: Room, answers: Answers) -> None:
    member = people_kit.enrol(room.book, room.act)
    consents.give(room.book, consents.GiveConsent(member, (Purpose.HEALTH,), room.act.today), room.act)
    page = tab_page(room, member)
    page.inclusion.assessments.choice.set_value("wg-ss")
    page.inclusion.assessments.begin()
    asked = window(room, AssessmentDialog)
    for key in asked.questions.shown():
        asked.questions.input(key).set_value(1)
    day = asked.head.input("day")
    day.set_value(date(1900, 1, 1))
    day.setFocus()
    press(day, Qt.Key.Key_S, CTRL)
    room.wait()
    assert "ngày sinh" in asked.head.problems()["day"]
    answers.yes = False
    press(day, Qt.Key.Key_Escape)
    assert len(answers.asked) == 1
    answers.yes = True
    asked.reject()


def test_a_certificate_asks_for_its_number_and_degree(room: Room) -> None:
    member = people_kit.enrol(room.book, room.act)
    consents.give(room.book, consents.GiveConsent(member, (Purpose.HEALTH,), room.act.today), room.act)
    page = tab_page(room, member)
    page.inclusion.tabs.setCurrentIndex(2)
    page.inclusion.begin()
    dialog = window(room, FormDialog)
    dialog.panel.submit()
    room.wait()
    assert {"number", "degree", "issued"} <= set(dialog.form.problems())
    assert inclusion.of_member(room.book, member).certificates == ()


def test_a_correction_keeps_the_first_paper(room: Room) -> None:
    member = people_kit.enrol(room.book, room.act)
    consents.give(room.book, consents.GiveConsent(member, (Purpose.HEALTH,), room.act.today), room.act)
    subject = Subject("members", members.get(room.book, member).uid)
    six = dict.fromkeys(("seeing", "hearing", "walking", "remembering", "self_care", "communicating"), 1)
    assessments.record(room.book, RecordAssessment("wg-ss", subject, room.act.today, six), room.act)
    page = tab_page(room, member)
    part = page.inclusion.assessments
    part.correct(part.table.row_at(0))
    asked = window(room, AssessmentDialog)
    assert asked.questions.answers() == six
    asked.save()
    assert "reason" in asked.head.problems()
    asked.head.input("reason").set_value("Ghi nhầm")
    asked.questions.input("walking").set_value(4)
    asked.save()
    room.wait()
    assert [row.in_force for row in assessments.history(room.book, subject)] == [True, False]


def test_skip_rules_act_at_once(room: Room) -> None:
    form = assessments.form(room.book, "baseline")
    made = questionnaire.Questionnaire(form)
    room.qtbot.addWidget(made)
    made.show()
    assert "debt_amount" not in made.shown()
    made.input("debt").set_value(True)
    assert "debt_amount" in made.shown()
    type_vi(made.input("debt_amount"), "2tr")
    assert made.answers()["debt_amount"] == 2_000_000
    made.input("debt").set_value(False)
    assert "debt_amount" not in made.shown()
    assert "debt_amount" not in made.answers()
    assert_named(made)


def test_the_poverty_status_of_a_household_with_its_forms(room: Room, answers: Answers) -> None:
    home = people_kit.household(room.book, room.act)
    page = room.show(HouseholdPage(room.desk), household=home)
    page.poverty.add()
    dialog = window(room, FormDialog)
    dialog.form.set_values(
        {"status": Poverty.POOR, "b1": 120, "b2": 40, "known": True, "lacks.work": True, "lacks.water": True}
    )
    save(room, dialog)
    assert "40" in answers.asked[0]  # forty points but two shortages: told, then kept as the commune says
    rows = poverty.history(room.book, HouseholdId(home))
    assert [(row.status, row.b1, row.b2) for row in rows] == [(Poverty.POOR, 120, 40)]
    assert deprivations.lacking(room.book, HouseholdId(home), room.act.today.year) == {"work", "water"}
    assert households.get(room.book, home).uid
    assert_named(page)


def test_erasing_asks_first_and_leaves_a_code(room: Room, answers: Answers) -> None:
    member = people_kit.enrol(room.book, room.act, "Nguyễn Thị Hòa")
    page = tab_page(room, member)
    answers.yes = False
    page.inclusion.erase()
    assert members.get(room.book, member).person.given == "Hòa"
    answers.yes = True
    page.inclusion.erase()
    dialog = window(room, FormDialog)
    dialog.form.input("reason").set_value("Yêu cầu ngày 01/03/2026")
    save(room, dialog)
    assert members.get(room.book, member).person.full_name.startswith("Đã xóa")


@pytest.mark.parametrize("part", range(6))
def test_every_part_can_be_opened(room: Room, part: int) -> None:
    member = people_kit.enrol(room.book, room.act)
    page = tab_page(room, member)
    page.inclusion.tabs.setCurrentIndex(part)
    room.wait()
    assert_named(page.inclusion)


def test_nothing_is_offered_for_a_person_who_was_erased(room: Room) -> None:
    member = people_kit.enrol(room.book, room.act, "Nguyễn Thị Hòa")
    privacy.erase(room.book, member, "yêu cầu", room.act, agreed=True)
    page = tab_page(room, member)
    tab = page.inclusion
    shut = {
        button.text().replace("&", "") for button in tab.findChildren(QPushButton) if not button.isEnabled()
    }
    assert {"Ghi đồng ý…", "Ghi giấy xác nhận…", "Ghi diện…", "Phiếu mới", "Xóa dữ liệu…"} <= shut
    assert "đã xóa theo yêu cầu" in tab._writers[0].toolTip()
    assert "Nhận yêu cầu…" not in shut
    tab.give_consent()
    room.wait()
    assert [
        one for one in QApplication.topLevelWidgets() if isinstance(one, FormDialog) and one.isVisible()
    ] == []
    assert not page.particulars.panel.save_button.isEnabled()
    assert "thêm như người mới" in page.particulars.why.text()
    assert not page.particulars.photo.choose_button.isEnabled()
    assert "Tham gia trở lại" not in [action.title for action in page.actions()]


def test_an_empty_list_of_loans_says_so_and_begins_one_only_for_who_may_borrow(room: Room) -> None:
    village = settle(room.book)
    page = room.show(MemberPage(room.desk), member=village.members[0], tab="loans")
    room.wait()
    view = page.loans.view
    assert view._empty.isVisibleTo(page)
    assert view._stack.currentWidget() is view._empty  # not "nothing found"
    assert view._empty.focus_target() is not None
    assert view._empty._text.text() == "Không có khoản vay nào đang xét hay đang vay."
    page.loans.stage.set_value(())
    room.wait()
    assert view._empty._text.text() == "Chưa có khoản vay nào."
    outside = people_kit.enrol(room.book, room.act, "Nguyễn Thị Hòa")
    page.open(member=outside, tab="loans")
    room.wait()
    assert view._empty.focus_target() is None
    assert "không còn ở nhóm nào" in view._empty._advice.text()
