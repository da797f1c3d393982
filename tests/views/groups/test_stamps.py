"""Stamps on the screen: drawn, counted, said in words; the constitution's tab prints any version."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt

from desktop.models.kinds import Attendance
from desktop.models.rules.sheet import Sheet, SheetRow
from desktop.services import meetings
from desktop.services.meetings import RecordMeeting, new_meeting_uid
from desktop.views.groups import rules_tab
from desktop.views.groups.group_page import GroupPage
from desktop.views.kit.columns import Stamps
from desktop.views.members.member_page import MemberPage
from desktop.views.people import stamps
from tests.views.accessible import assert_named
from tests.views.people_room import Room
from tests.village import Village, an_act, settle

DAY = date(2026, 2, 7)


@pytest.fixture
def village(room: Room) -> Village:
    made = settle(room.book, act=an_act(DAY))
    rows = tuple(
        SheetRow(member, Attendance.PRESENT, {"shares": bought, "social": 5_000})
        for member, bought in zip(made.members, (3, 1, 5), strict=True)
    )
    meetings.record(
        room.book,
        RecordMeeting(made.group, Sheet(day=DAY, rows=rows), new_meeting_uid(), agreed=True),
        room.act,
    )
    return made


def test_the_group_shows_the_stamps_of_the_last_meeting_of_everybody(room: Room, village: Village) -> None:
    page = room.show(GroupPage(room.desk), group=village.group, tab="passbooks")
    tab = page.tabs.currentWidget()
    rows = [tab.table.row_at(place) for place in range(tab.table.size)]
    assert [(row.stamps.stamped, row.stamps.boxes) for row in rows] == [(3, 5), (1, 5), (5, 5)]
    assert [row.book.shares for row in rows] == [3, 1, 5]
    assert "9 cổ phần" in tab.view._summary.text() if hasattr(tab.view, "_summary") else True
    place = next(at for at, column in enumerate(tab.table.columns) if column.key == "stamps")
    spoken = tab.table.index(0, place).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Dấu kỳ gần nhất: 3 trên 5 dấu"
    assert not tab.view.grid.grab().isNull()  # drawn without a fault
    assert_named(tab)
    tab.open_member(rows[0])
    assert (room.route.page, room.route.args["tab"]) == ("member", "passbook")


def test_the_member_has_a_passbook_in_stamps_and_in_words(room: Room, village: Village) -> None:
    page = room.show(MemberPage(room.desk), member=village.members[2], tab="passbook")
    tab = page.passbook
    assert tab.table.size == 1
    assert isinstance(tab.table.columns[2].value(tab.table.row_at(0)), Stamps)
    assert "5 cổ phần" in tab.said.text()
    assert "góp quỹ xã hội 5.000" in tab.said.text()
    assert tab.chooser.value().cycle == 1


@pytest.mark.parametrize(("place", "members"), [("group", None), ("member", 1)])
def test_passbooks_are_printed_for_one_or_for_all(
    room: Room, village: Village, monkeypatch: pytest.MonkeyPatch, place: str, members: int | None
) -> None:
    printed: list[tuple[Any, ...]] = []

    def remember(desk: Any, owner: Any, report: str, title: str, gather: Any) -> None:
        printed.append((report, gather(room.book, room.act).value))

    monkeypatch.setattr(stamps, "print_paper", remember)
    if place == "group":
        page = room.show(GroupPage(room.desk), group=village.group, tab="passbooks")
        page.print_passbooks()
    else:
        page = room.show(MemberPage(room.desk), member=village.members[0], tab="passbook")
        page.passbook.print_book()
    report, value = printed[0]
    assert report == "passbook"
    assert len(value.books) == (members or 3)


def test_any_version_of_the_constitution_is_printed(
    room: Room, village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[Any] = []

    def remember(desk: Any, owner: Any, report: str, title: str, gather: Any) -> None:
        printed.append((report, gather(room.book, room.act).value.number))

    monkeypatch.setattr(rules_tab, "print_paper", remember)
    page = room.show(GroupPage(room.desk), group=village.group, tab="rules")
    tab = page.tabs.currentWidget()
    tab.print_current()
    page.print_rules()
    assert printed == [("constitution", 1), ("constitution", 1)]
    assert "20.000" in tab.money_facts.findChildren(type(tab.change_words))[1].text()


def test_more_shares_than_boxes_are_said_as_a_number() -> None:
    many = Stamps.of(14, 20)
    assert (many.boxes, many.stamped) == (5, 14)
    assert many.text == "14 trên 20 dấu"
