"""Requests about one's own data in the window: taken, seen with their deadline by everybody concerned, extended, answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.models.inclusion_kinds import RequestKind, RequestState
from desktop.services import privacy
from desktop.views.kit.columns import State
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.members.member_page import MemberPage
from desktop.views.users.page import UsersPage
from tests.services import people_kit
from tests.views.accessible import assert_named
from tests.views.people_room import Room
from tests.views.typing import press, type_vi

TAKEN = date(2026, 3, 5)


def dialog(room: Room) -> FormDialog:
    room.wait()
    (found,) = [
        one for one in QApplication.topLevelWidgets() if isinstance(one, FormDialog) and one.isVisible()
    ]
    return found


def save(room: Room, asked: FormDialog) -> None:
    asked.panel.submit()
    room.wait()


def state_of(table: Any, row: int = 0) -> State:
    column = next(one for one in table.columns if one.key == "state")
    found = column.value(table.row_at(row))
    assert isinstance(found, State)
    return found


def on(room: Room, monkeypatch: Any, day: date) -> None:
    """Let it be another day in the window."""
    act = replace(room.act, today=day, at=room.act.at + (day - room.act.today))
    monkeypatch.setattr(Desk, "today", lambda _self: day)
    monkeypatch.setattr(Desk, "act", lambda _self: act)


def test_a_request_from_its_taking_to_its_answer(room: Room, monkeypatch: Any) -> None:
    assert room.act.today == TAKEN
    member = people_kit.enrol(room.book, room.act, "Nguyễn Thị Hòa")
    page = room.show(MemberPage(room.desk), member=member, tab="inclusion")
    room.wait()
    tab = page.inclusion
    tab.tabs.setCurrentIndex(5)
    # Ins takes one; the deadlines of the law stand in the form.
    press(tab.tabs.currentWidget(), Qt.Key.Key_Insert)
    asked = dialog(room)
    assert_named(asked)
    assert "xem, sửa, bản sao 10 ngày" in " ".join(
        one.text() for one in asked.findChildren(type(tab.lock)) if one.isVisible()
    )
    assert asked.form.value("received") == TAKEN
    asked.form.input("received").set_value(TAKEN + timedelta(days=1))
    save(room, asked)
    assert asked.form.problems()["received"] == "Ngày nhận không thể ở tương lai."
    asked.form.input("received").set_value(TAKEN)
    asked.form.input("kind").set_value(RequestKind.COPY)
    type_vi(asked.form.input("detail"), "Xin bản sao sổ của tôi")
    save(room, asked)
    row = tab.requests.row_at(0)
    assert (row.kind, row.due, row.detail) == (RequestKind.COPY, date(2026, 3, 15), "Xin bản sao sổ của tôi")
    assert state_of(tab.requests).text == "còn 10 ngày"

    # Eight days later, on the page of whoever answers for it: soon due, with the way to the person.
    on(room, monkeypatch, date(2026, 3, 13))
    users = room.show(UsersPage(room.desk))
    assert (users.requests.row_at(0).name, users.requests.row_at(0).due) == (
        "Nguyễn Thị Hòa",
        date(2026, 3, 15),
    )
    assert (state_of(users.requests).text, state_of(users.requests).tone) == ("còn 2 ngày", "warn")
    assert_named(users)

    # Put off once, with a reason to tell the person; not twice.
    tab.extend_request(row)
    asked = dialog(room)
    save(room, asked)
    assert "reason" in asked.form.problems()
    type_vi(asked.form.input("reason"), "Phải chép từ sổ giấy")
    save(room, asked)
    row = tab.requests.row_at(0)
    assert (row.due, row.extended, state_of(tab.requests).text) == (date(2026, 3, 25), True, "còn 12 ngày")
    tab.extend_request(row)
    asked = dialog(room)
    type_vi(asked.form.input("reason"), "Lần nữa")
    save(room, asked)
    assert asked.isVisible()
    assert tab.requests.row_at(0).due == date(2026, 3, 25)
    asked.form.set_dirty(False)
    asked.reject()

    # Overdue is told in days on both pages.
    on(room, monkeypatch, date(2026, 3, 27))
    tab.load(member)
    users.reload()
    room.wait()
    for table in (tab.requests, users.requests):
        assert (state_of(table).text, state_of(table).tone) == ("quá hạn 2 ngày", "bad")

    # A refusal needs its reason; done is done and counts no days any more.
    tab.close_request(row)
    asked = dialog(room)
    asked.form.input("state").set_value(RequestState.REFUSED)
    save(room, asked)
    assert asked.form.problems()["outcome"] == "Từ chối thì phải ghi lý do."
    asked.form.input("state").set_value(RequestState.DONE)
    type_vi(asked.form.input("outcome"), "Đã trao bản in")
    save(room, asked)
    (kept,) = privacy.requests(room.book, date(2026, 3, 27))
    assert (kept.state, kept.closed, kept.outcome) == (RequestState.DONE, date(2026, 3, 27), "Đã trao bản in")
    users.reload()
    room.wait()
    for table in (tab.requests, users.requests):
        assert (state_of(table).text, state_of(table).tone) == (RequestState.DONE.title, "good")


def test_a_book_that_another_holds_takes_no_request(locked: Room) -> None:
    member = people_kit.enrol(locked.book, locked.act)
    page = locked.show(MemberPage(locked.desk), member=member, tab="inclusion")
    locked.wait()
    page.inclusion.take_request()
    locked.wait()
    assert not [
        one for one in QApplication.topLevelWidgets() if isinstance(one, FormDialog) and one.isVisible()
    ]
