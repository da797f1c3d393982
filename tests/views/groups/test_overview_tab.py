"""The group at a glance: the chart and its figures as a table, ways to every money deed, loans and fines per member."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.services import openings
from desktop.services.group_overview import overview
from desktop.views.groups.fund_chart import MEETINGS
from desktop.views.groups.group_page import GroupPage
from tests.services.test_openings import a_paper
from tests.views.accessible import assert_named
from tests.views.people_room import Room
from tests.village import Village, an_act, meet, settle


@pytest.fixture
def village(room: Room) -> Village:
    """A group that began with balances of its paper book and held two meetings since."""
    made = settle(room.book)
    openings.open_group(room.book, made.group, a_paper(made), an_act())
    meet(room.book, made, 2)
    meet(room.book, made, 3)
    return made


def _overview(room: Room, village: Village) -> Any:
    page = room.show(GroupPage(room.desk), group=village.group, tab="overview")
    room.wait()
    return page


def test_the_table_says_what_the_chart_shows(room: Room, village: Village) -> None:
    page = _overview(room, village)
    assert_named(page)
    chart = page.tabs.currentWidget().chart
    assert chart.drawn
    found = overview(room.book, village.group, room.act.today)
    last = found.points[-1]
    assert (last.owned, last.lent, last.outside) == (150_000 + 460_000 + 2 * 210_000, 1_450_000, 1_100_000)
    assert chart.table.row_at(0) == last
    assert "1.450.000" in chart.chart.accessibleName()
    chart.table_button.click()
    assert chart.view.isVisibleTo(page)
    assert not chart.chart.isVisibleTo(page)


def test_the_chart_may_go_by_meeting(room: Room, village: Village) -> None:
    page = _overview(room, village)
    chart = page.tabs.currentWidget().chart
    chart.by.set_value(MEETINGS)
    room.wait()
    assert [chart.table.row_at(place).meeting for place in range(chart.table.size)] == [2, 1]


def test_every_money_deed_is_reached_from_here(room: Room, village: Village) -> None:
    page = _overview(room, village)
    tab = page.tabs.currentWidget()
    routes = []
    for action in tab.more.actions()[:7]:
        action.trigger()
        room.wait()
        routes.append((room.route.page, room.route.args.get("tab", "")))
    assert routes == [
        ("cashbook", "expenses"),
        ("cashbook", "sources"),
        ("cash-count", ""),
        ("cashbook", "counts"),
        ("group", "fines"),
        ("group", "social"),
        ("opening", ""),
    ]


def test_members_show_what_they_borrowed_and_owe(room: Room, village: Village) -> None:
    page = room.show(GroupPage(room.desk), group=village.group)
    room.wait()
    table = page.members.table
    rows = [table.row_at(place) for place in range(table.size)]
    assert [(row.lent, row.fines) for row in rows] == [(1_000_000, 0), (450_000, 10_000), (0, 0)]


def test_the_net_worth_says_what_is_in_it_and_what_is_not(room: Room, village: Village) -> None:
    page = _overview(room, village)
    said = page.tabs.currentWidget().explained.text()
    for word in (
        "tiền phạt còn nợ",
        "trừ tiết kiệm",
        "quỹ xã hội để riêng",
        "Chưa tính lãi vay chưa thu",
        "Chia cổ phần",
    ):
        assert word in said
