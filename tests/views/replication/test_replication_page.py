"""Replication on the screen: make a model, save and load its file, adopt it, tick its checklist by keyboard; templates."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.services import meetings, replication, templates
from desktop.services.meetings import RecordMeeting, new_meeting_uid
from desktop.views.groups import rule_deeds
from desktop.views.groups.found_page import FoundPage
from desktop.views.groups.group_page import GroupPage
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.pickers import Find
from desktop.views.replication import deeds
from desktop.views.replication.courses_edit import CoursesEdit
from desktop.views.replication.page import ReplicationPage
from tests.views.accessible import assert_named
from tests.views.people_room import Room
from tests.views.typing import press
from tests.village import Village, a_sheet, an_act, settle

DAY = date(2026, 2, 7)


@pytest.fixture
def villages(room: Room) -> tuple[Village, Village]:
    first, second = settle(room.book, act=an_act(DAY)), settle(room.book, code="TO-02", act=an_act(DAY))
    for one in (first, second):
        command = RecordMeeting(one.group, a_sheet(one, DAY), new_meeting_uid(), agreed=True)
        meetings.record(room.book, command, room.act)
    return first, second


def dialog(room: Room) -> FormDialog:
    room.wait()
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, FormDialog) and w.isVisible()]
    assert len(found) == 1
    return found[0]


def make(room: Room, page: ReplicationPage, group: int, **more: Any) -> FormDialog:
    page.models.make()
    asked = dialog(room)
    assert_named(asked)
    asked.form.set_values(
        {
            "group": Find(group, "Tổ TO-01"),
            "code": "mh-01",
            "title": "Nhóm cổ phần",
            "description": "Cho ấp đông hộ nghèo.",
            **more,
        }
    )
    asked.panel.submit()
    room.wait()
    return asked


def test_an_empty_book_says_what_to_do(room: Room) -> None:
    page = room.show(ReplicationPage(room.desk))
    assert page.models.table.size == 0
    assert page.models.below.isHidden()
    assert_named(page)


def test_a_model_is_made_adopted_and_ticked_off_by_keyboard(
    room: Room, villages: tuple[Village, Village]
) -> None:
    first, second = villages
    page = room.show(ReplicationPage(room.desk))
    make(room, page, first.group)
    row = page.models.table.row_at(0)
    assert (row.model.code, len(row.model.checklist)) == ("MH-01", 6)  # the usual items were proposed
    page.models.adopt_current()
    asked = dialog(room)
    assert asked.form.input("transfer_note").isHidden() or not asked.form.input("transfer_note").isVisible()
    asked.form.set_values({"group": Find(second.group, "Tổ TO-02"), "adopted_on": DAY})
    asked.panel.submit()
    room.wait()
    page.tabs.setCurrentIndex(1)
    room.wait()
    places = page.places
    assert places.table.row_at(0).progress == "0/6"
    page.activateWindow()
    room.wait()
    places.step_view.grid.setFocus()
    places.step_view.grid.selectRow(0)
    press(places.step_view.grid, Qt.Key.Key_Space)
    room.wait()
    assert places.table.row_at(0).progress == "1/6"
    assert "1/6" in places.steps_title.text()
    for step in places.steps.row_at(0), *(places.steps.row_at(n) for n in range(1, 6)):
        if step.done_on is None:
            places.toggle(step)
            room.wait()
    done = places.table.row_at(0)
    assert (done.progress, done.replicated) == ("6/6", True)
    page.tabs.setCurrentIndex(0)
    room.wait()
    assert page.models.table.row_at(0).replicated == 1


def test_the_constitution_leads_to_a_model_of_its_group(
    room: Room, villages: tuple[Village, Village]
) -> None:
    first, _second = villages
    group = room.show(GroupPage(room.desk), group=first.group, tab="rules")
    group.tabs.currentWidget().make_model()
    assert room.route.page == "replication"
    page = room.show(ReplicationPage(room.desk), **room.route.args)
    asked = dialog(room)
    assert asked.parent() is page
    assert asked.form.value("group") == first.group
    asked.form.set_dirty(False)
    asked.reject()


def test_a_transfer_asks_what_was_given(room: Room, villages: tuple[Village, Village]) -> None:
    first, second = villages
    page = room.show(ReplicationPage(room.desk))
    make(room, page, first.group)
    page.models.adopt_current()
    asked = dialog(room)
    asked.form.input("with_transfer").setChecked(True)
    assert asked.form.input("transfer_note").isVisible()
    asked.form.input("group").set_value(Find(second.group, "Tổ TO-02"))
    asked.panel.submit()
    room.wait()
    assert "dự án" in asked.form.problems()["transfer_note"].lower()


def test_what_names_a_person_is_refused_at_the_field(room: Room, villages: tuple[Village, Village]) -> None:
    first, _second = villages
    page = room.show(ReplicationPage(room.desk))
    asked = make(room, page, first.group, description="Như chị Nguyễn Thị Hòa 1 đã làm")
    told = " ".join(asked.form.problems().values())
    assert "Nguyễn Thị Hòa 1" in told
    assert page.models.table.size == 0


def test_files_are_saved_and_loaded_and_a_changed_one_is_refused(
    room: Room, villages: tuple[Village, Village], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _second = villages
    page = room.show(ReplicationPage(room.desk))
    make(room, page, first.group)
    path = tmp_path / "mo-hinh.somau"
    monkeypatch.setattr(deeds, "ask_save", lambda *args: args[-1](str(path)))
    monkeypatch.setattr(deeds, "ask_open", lambda *args: args[-1](str(path)))
    page.models.save_current()
    room.wait()
    assert path.exists()
    page.models.load()
    room.wait()
    assert "đã có trong sổ" in room.said[-1].text
    path.write_bytes(path.read_bytes().replace("Cho ấp".encode(), "Cho xã".encode()))
    page.models.load()
    room.wait()
    assert "niêm" in room.said[-1].text
    assert len(replication.listed(room.book, room.act.today)) == 1


def test_a_template_is_copied_from_the_group_saved_and_founded_from(
    room: Room, villages: tuple[Village, Village], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _second = villages
    group = room.show(GroupPage(room.desk), group=first.group, tab="rules")
    rule_deeds.copy_to_template(room.desk, group, group.detail)
    asked = dialog(room)
    assert_named(asked)
    assert asked.form.value("code") == "to-to-01"
    asked.form.input("explanation").set_value("Cho ấp có chợ.")
    asked.panel.submit()
    room.wait()
    page = room.show(ReplicationPage(room.desk), tab="templates")
    row = page.templates.table.row_at(page.templates.table.size - 1)
    assert row.template.code == "to-to-01"
    path = tmp_path / "mau.somau"
    monkeypatch.setattr(deeds, "ask_save", lambda *args: args[-1](str(path)))
    page.templates.save(row)
    room.wait()
    assert b"sonhom-group-template" in path.read_bytes()
    page.templates.found(row)
    assert room.route.page == "group-new"
    founding = room.show(FoundPage(room.desk), **room.route.args)
    assert founding.form.value("template") == row.key
    assert founding.form.value("share_value") == 20_000
    page.templates.put_away(row)
    room.wait()
    assert all(one.id is None for one in templates.listed(room.book))


def test_nothing_is_changed_in_a_book_that_may_only_be_read(locked: Room) -> None:
    page = locked.show(ReplicationPage(locked.desk))
    page.models.make()
    page.models.load()
    page.templates.load()
    locked.wait()
    assert [w for w in QApplication.topLevelWidgets() if isinstance(w, FormDialog) and w.isVisible()] == []


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("KT01; Nuôi vịt; 12", True),
        ("KT01; Nuôi vịt; 1,5; A, B", True),
        ("KT01; Nuôi vịt", False),
        ("KT01; Nuôi vịt; mười", False),
        ("; Nuôi vịt; 3", False),
        ("KT01; Nuôi vịt; 0", False),
    ],
)
def test_a_course_typed_by_hand_is_read_or_named(qtbot: Any, dressed: Any, line: str, read: bool) -> None:
    made = CoursesEdit()
    qtbot.addWidget(made)
    made.typed.set_value(line)
    assert bool(made.value()) is read
    assert bool(made.problem()) is not read
