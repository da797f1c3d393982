"""Capacity on the screen: the score card and its dialog, the plan of change, meetings and promises, by keyboard."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt

from desktop.models.capacity_kinds import ActionState, Item, Keeper, Promise, Side
from desktop.services import change_plans, coordination, coordination_book, maturity
from desktop.services.change_plans import Plan
from desktop.services.coordination import Commit, Meet
from desktop.views.coordination.meeting_page import MeetingPage
from desktop.views.coordination.page import CoordinationPage
from desktop.views.groups.group_page import GroupPage
from tests.inclusion_village import ENDS, Mixed
from tests.views.accessible import assert_named
from tests.views.capacity.conftest import dialog_of, submit
from tests.views.people_room import Room
from tests.village import an_act


def tab_of(page: Any, key: str) -> Any:
    return page.tabs.widget(page.tab_keys.index(key))


def test_a_score_is_kept_from_the_keyboard_and_refused_without_evidence(
    room: Room, book: Any, village: Mixed
) -> None:
    page = room.show(GroupPage(room.desk), group=village.group, tab="capacity")
    tab = tab_of(page, "capacity")
    assert_named(tab)
    assert len(tab.items.loaded_rows()) == len(Item)
    assert tab.points_figure.accessibleName() or tab.found.card.points > 0
    next(one for one in page.actions() if one.shortcut == "Ctrl+N").run()  # what this tab adds, not a member
    dialog = dialog_of(room)
    assert_named(dialog)
    submit(room, dialog, sampled=4, wrong=6, written=True, asked=5, knew=5, alone=3)
    assert set(dialog.form.problems()) == {
        "wrong",
        "books_evidence",
        "rules_evidence",
        "keeper",
        "self_evidence",
    }
    submit(
        room,
        dialog,
        wrong=0,
        books_evidence="so 4 sổ",
        rules_evidence="bản quy chế",
        keeper=Keeper.MEMBER,
        self_evidence="biên bản",
    )
    (kept,) = maturity.history(book, village.group)
    assert kept.day == ENDS
    assert [row.id for row in tab.scores.loaded_rows()] == [kept.id]
    tab.open_evidence(next(row for row in tab.items.loaded_rows() if row.line.item is Item.DEMOCRACY))
    assert (room.route.page, room.route.args["tab"]) == ("group", "offices")
    tab._tell(tab.items.loaded_rows()[6])
    assert "bản quy chế" in tab.told.text()


def test_the_plan_of_change_is_kept_and_finished(room: Room, book: Any, village: Mixed) -> None:
    page = room.show(GroupPage(room.desk), group=village.group, tab="change")
    tab = tab_of(page, "change")
    assert_named(tab)
    tab.add()
    dialog = dialog_of(room)
    submit(
        room, dialog, goal="Sổ khớp", action="Đếm hai người", responsible="Bà A", due=ENDS - timedelta(days=1)
    )
    assert set(dialog.form.problems()) == {"due"}
    submit(room, dialog, due=ENDS + timedelta(days=9))
    (row,) = tab.actions_table.loaded_rows()
    tab.actions_view.select_key(row.id)
    page.activateWindow()
    tab.actions_view.grid.setFocus()
    room.wait()
    room.qtbot.keyClick(tab.actions_view.grid, Qt.Key.Key_Return)
    dialog = dialog_of(room)
    submit(room, dialog)
    assert set(dialog.form.problems()) == {"outcome"}
    submit(room, dialog, outcome="ba biên bản")
    (done,) = change_plans.actions(book, village.group, ENDS)
    assert (done.state, done.outcome) == (ActionState.DONE, "ba biên bản")


@pytest.mark.parametrize("tab", ["meetings", "promises", "changes"])
def test_every_tab_is_named_and_designed_when_empty(room: Room, tab: str) -> None:
    page = room.show(CoordinationPage(room.desk), tab=tab)
    assert_named(page)
    assert page.actions()[0].primary


def test_a_meeting_its_people_and_its_promise(room: Room, book: Any, village: Mixed) -> None:
    page = room.show(CoordinationPage(room.desk))
    page.new_meeting()
    dialog = dialog_of(room)
    assert_named(dialog)
    submit(room, dialog, day=ENDS + timedelta(days=3))
    assert "topic" in dialog.form.problems()
    submit(room, dialog, topic="Kế hoạch xã", organiser="UBND xã")
    assert set(dialog.form.problems()) == {"day"}
    submit(room, dialog, day=ENDS)
    assert room.route.page == "coordination-meeting"
    meeting = room.route.args["meeting"]

    found = room.show(MeetingPage(room.desk), meeting=meeting)
    assert_named(found)
    found.add_guest()
    dialog = dialog_of(room)
    submit(room, dialog)
    assert set(dialog.form.problems()) == {"name"}
    submit(room, dialog, name="Lê Văn Tám")
    found.commit()
    dialog = dialog_of(room)
    submit(room, dialog, who="UBND xã", what="Cho mượn nhà họp", due=ENDS + timedelta(days=30))
    (row,) = found.promises.loaded_rows()
    assert coordination_book.detail(book, meeting, ENDS).counted.people == 1
    found.settle(row)
    dialog = dialog_of(room)
    submit(room, dialog, state=Promise.BROKEN, evidence="chưa làm")
    assert set(dialog.form.problems()) == {"state"}
    submit(room, dialog, state=Promise.KEPT)
    assert coordination_book.promises(book, ENDS)[0].state is Promise.KEPT


def test_late_promises_can_be_seen_alone(room: Room, book: Any) -> None:
    act = an_act(ENDS - timedelta(days=60))
    meeting = coordination.keep(book, Meet(act.today, "Việc", "UBND xã"), act).value
    for days in (30, 90):
        command = Commit(Side.AUTHORITY, "UBND xã", f"Việc {days}", act.today + timedelta(days=days))
        coordination.commit(book, meeting, command, act)
    page = room.show(CoordinationPage(room.desk), tab="promises")
    assert len(page.promises.loaded_rows()) == 2
    page.late_only.set_value(True)
    page._sift()
    assert [row.what for row in page.promises.loaded_rows()] == ["Việc 30"]


def test_what_is_due_in_the_plans_of_all_groups_leads_to_the_group(
    room: Room, book: Any, village: Mixed
) -> None:
    plan = Plan(village.group, ENDS, "Mục tiêu", "Việc", "Bà A", ENDS + timedelta(days=5))
    change_plans.keep(book, plan, an_act(ENDS))
    page = room.show(CoordinationPage(room.desk), tab="changes")
    (row,) = page.changes.loaded_rows()
    page.open_plan(row)
    assert (room.route.page, room.route.args) == ("group", {"group": village.group, "tab": "change"})
