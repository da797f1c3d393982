"""Forms and scorecards from files through the window: a good one can be filled in, a damaged one is told and leaves nothing."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop.services import assessments, households
from desktop.services.attachments import Subject
from desktop.views.kit.questionnaire import AssessmentDialog
from desktop.views.members.household_page import HouseholdPage
from desktop.views.people.assessments import AssessmentList
from resources.forms import shipped
from tests.services import people_kit
from tests.services.test_assessments import meals
from tests.views.accessible import assert_named
from tests.views.people_room import Room
from tests.views.typing import press


@pytest.fixture
def part(room: Room) -> AssessmentList:
    """The forms of a household, on its page."""
    home = people_kit.household(room.book, room.act)
    page = room.show(HouseholdPage(room.desk), household=home)
    room.wait()
    found: AssessmentList = page.findChild(AssessmentList)
    return found


def choose(room: Room, part: AssessmentList, path: Path) -> None:
    """Press the button and choose a file, as a person does."""
    press(part.load_button, Qt.Key.Key_Space)
    dialog = part.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(path))
    dialog.close()
    room.wait()


def offered(part: AssessmentList) -> set[str]:
    assert part.choice.count() == len(part.forms)
    return {one.id for one in part.forms}


def scorecard(**changed: Any) -> dict[str, Any]:
    raw = copy.deepcopy(shipped()["ppi-vietnam-2021"])
    return {**raw, "id": "ppi-thu", **changed}


def asked(part: AssessmentList) -> AssessmentDialog:
    (dialog,) = [one for one in part.findChildren(AssessmentDialog) if one.isVisible()]
    return dialog


def test_a_form_from_a_file_is_filled_in_and_a_later_version_leaves_what_was_answered(
    room: Room, part: AssessmentList, tmp_path: Path
) -> None:
    file = tmp_path / "bua-an.json"
    file.write_bytes(meals("1", "Nhà mình ăn mấy bữa?", {1: ("Một bữa", 10), 2: ("Hai bữa", 20)}))
    choose(room, part, file)
    assert room.said[-1].text == "Đã nạp biểu mẫu."
    part.choice.set_value("bua-an")
    part.begin()
    room.wait()
    dialog = asked(part)
    press(QApplication.focusWidget(), Qt.Key.Key_2)
    press(dialog.save_button, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    room.wait()
    assert part.table.row_at(0).summary == "Điểm ăn 1: 20"
    file.write_bytes(meals("2", "Hôm qua đủ ăn không?", {4: ("Đủ", 5), 5: ("Thiếu", 0)}))
    choose(room, part, file)
    assert (part.table.row_at(0).title, part.table.row_at(0).summary) == ("Bữa ăn, bản 1", "Điểm ăn 1: 20")
    # Corrected in the words of now: the answer of then is none of them, so nothing is chosen beforehand.
    part.correct(part.table.row_at(0))
    room.wait()
    dialog = asked(part)
    assert dialog.questions.answers() == {}
    assert_named(dialog)
    dialog.reject()


def test_a_good_scorecard_is_offered_at_once(room: Room, part: AssessmentList, tmp_path: Path) -> None:
    file = tmp_path / "diem.json"
    file.write_text(json.dumps(scorecard()), encoding="utf-8")
    assert "ppi-thu" not in offered(part)
    choose(room, part, file)
    assert {"ppi-thu", "ppi-vnm-2021"} <= offered(part)
    assert room.said[-1].text == "Đã nạp biểu mẫu."


def test_a_damaged_scorecard_is_told_and_nothing_is_lost(
    room: Room, part: AssessmentList, tmp_path: Path, bugs: list[BaseException]
) -> None:
    good = tmp_path / "diem.json"
    good.write_text(json.dumps(scorecard()), encoding="utf-8")
    choose(room, part, good)
    home = part.subject
    assert home is not None
    answers = dict.fromkeys((one.id for one in assessments.form(room.book, "ppi-thu").questions()), 1)
    assessments.record(
        room.book, assessments.RecordAssessment("ppi-thu", home, room.act.today, answers), room.act
    )
    part.reload()
    room.wait()
    part.choice.set_value("ppi-thu")
    before, version = (part.table.row_at(0), offered(part)), assessments.form(room.book, "ppi-thu").version

    points = scorecard(version="2")
    points["questions"][5]["options"][0]["points"]["bottom20"] = 70
    damaged = {
        "không khớp bảng": json.dumps(points).encode(),
        "không phải là JSON": good.read_bytes()[:500],
        "số bản mới": json.dumps(scorecard(name="Khác")).encode(),
    }
    for words, content in damaged.items():
        file = tmp_path / "hong.json"
        file.write_bytes(content)
        choose(room, part, file)
        assert words in room.said[-1].text
        assert room.said[-1].level == "error"
        assert (part.table.row_at(0), offered(part)) == before
        assert part.choice.value() == "ppi-thu"  # what was chosen stays chosen
    choose(room, part, tmp_path / "không-có.json")
    assert room.said[-1].text == "Không đọc được tệp."
    assert assessments.form(room.book, "ppi-thu").version == version
    assert len(assessments.history(room.book, home)) == 1
    assert not bugs


def test_a_book_that_another_holds_takes_no_form(locked: Room) -> None:
    home = people_kit.household(locked.book, locked.act)
    part = AssessmentList(locked.desk, "test.assessments")
    locked.qtbot.addWidget(part)
    part.show_subject(Subject("households", households.get(locked.book, home).uid), "Hộ")
    part.show()
    locked.wait()
    press(part.load_button, Qt.Key.Key_Space)
    assert part.findChild(QFileDialog) is None
