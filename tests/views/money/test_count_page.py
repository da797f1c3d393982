"""Counting on the screen: by keyboard, refused at the field, kept with its minutes; the list and the taking back."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import select

from desktop.models.kinds import Account, Office, OpeningState
from desktop.models.records.every import Constitution
from desktop.models.rules.charter import Charter, Seats
from desktop.services import cash_counts, money_papers
from desktop.services.charters import KeptCharter, write_charter
from desktop.views.cashbook.page import CashbookPage
from desktop.views.kit.dialog import FormDialog
from desktop.views.money.count_page import CountPage
from reports.cash_count import render
from tests.reports.paper import said
from tests.views.accessible import assert_named
from tests.views.money.conftest import Stage, settled
from tests.village import an_act


def _holders(page: CountPage) -> None:
    assert page.form is not None
    page.form.set_values(
        {**page.form.values(), "holder1": "Nguyễn Thị Hòa 1", "holder2": "Hòa 2", "holder3": "Hòa 3"}
    )


def _type(page: CountPage, box: Account, pieces: dict[int, int]) -> None:
    assert page.grid is not None
    for note, number in pieces.items():
        edit = page.grid.edits[box, note]
        edit.setFocus()
        edit.selectAll()
        QTest.keyClicks(edit, str(number))


def test_notes_are_typed_by_keyboard_and_the_difference_shows(stage: Stage, qtbot: Any) -> None:
    page = stage.show(CountPage, group=stage.village.group)
    assert_named(page)
    grid = page.grid
    first = grid.edits[Account.CASH, 500_000]
    first.setFocus()
    QTest.keyClicks(first, "1")
    QTest.keyClick(first, Qt.Key.Key_Return)
    second = grid.edits[Account.CASH, 200_000]
    qtbot.waitUntil(second.hasFocus)
    assert grid.differences() == {Account.CASH: 500_000 - 630_000}
    assert page.form.input("explanation").isVisibleTo(page)


def test_a_count_that_agrees_is_kept_and_listed(stage: Stage, qtbot: Any) -> None:
    page = stage.show(CountPage, group=stage.village.group)
    _type(page, Account.CASH, {500_000: 1, 100_000: 1, 10_000: 3})
    assert page.grid.differences() == {Account.CASH: 0}
    assert not page.form.input("explanation").isVisibleTo(page)
    _holders(page)
    page.panel.submit()
    settled(stage.desk, qtbot)
    row = cash_counts.listed(stage.book, stage.village.group)[0]
    assert (row.counted, row.difference, row.holders[1]) == (630_000, 0, "Hòa 2")
    assert "kiểm kê số 1" in stage.said[-1].text
    listing = stage.show(CashbookPage, group=stage.village.group, tab="counts")
    assert listing.counts.table.size == 1


def test_what_is_missing_is_said_at_its_field(stage: Stage, qtbot: Any) -> None:
    page = stage.show(CountPage, group=stage.village.group)
    _holders(page)
    page.panel.submit()
    settled(stage.desk, qtbot)
    assert "ít nhất một hòm" in page.told.text()
    edit = page.grid.edits[Account.CASH, 500_000]
    edit.setText("-1")
    page.panel.submit()
    settled(stage.desk, qtbot)
    assert page.told.text()
    _type(page, Account.CASH, {500_000: 1})
    page.panel.submit()  # the keys work again after a wrong number
    settled(stage.desk, qtbot)
    assert "lệch" in page.form.problems()["explanation"]
    page.form.set_values({**page.form.values(), "holder3": "Hòa 2", "explanation": "Thiếu"})
    page.panel.submit()
    settled(stage.desk, qtbot)
    assert "khác nhau" in page.form.problems()["holder3"]
    assert cash_counts.listed(stage.book, stage.village.group) == []


def test_ctrl_s_keeps_the_count_from_the_notes_and_from_the_buttons(stage: Stage, qtbot: Any) -> None:
    page = stage.show(CountPage, group=stage.village.group)
    qtbot.waitExposed(page)
    page.activateWindow()
    _holders(page)
    edit = page.grid.edits[Account.CASH, 500_000]
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    QTest.keyClick(edit, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled(stage.desk, qtbot)
    assert "ít nhất một hòm" in page.told.text()
    _type(page, Account.CASH, {500_000: 1, 100_000: 1, 10_000: 3})
    page.panel.save_button.setFocus()
    qtbot.waitUntil(page.panel.save_button.hasFocus)
    QTest.keyClick(page.panel.save_button, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled(stage.desk, qtbot)
    assert cash_counts.listed(stage.book, stage.village.group)[0].counted == 630_000


def test_ctrl_n_and_ctrl_6_on_the_card_of_counts(stage: Stage, qtbot: Any) -> None:
    page = stage.show(CashbookPage, group=stage.village.group)
    routes: list[Any] = []
    stage.desk.routed.connect(routes.append)
    qtbot.waitExposed(page)
    page.activateWindow()
    page.focus_first()
    assert page.actions()[0].title == "Ghi chứng từ"
    page.tabs.jump(5)
    settled(stage.desk, qtbot)
    assert page.counts.isAncestorOf(page.window().focusWidget())
    new = page.actions()[0]
    assert (new.title, new.shortcut) == ("Kiểm kê quỹ…", "Ctrl+N")
    new.run()
    assert routes[-1].page == "cash-count"


def test_a_count_is_taken_back_from_the_list(stage: Stage, qtbot: Any) -> None:
    page = stage.show(CountPage, group=stage.village.group)
    _type(page, Account.CASH, {500_000: 1})
    _holders(page)
    page.form.set_values({**page.form.values(), "explanation": "Thiếu tiền thối"})
    page.panel.submit()
    settled(stage.desk, qtbot)
    listing = stage.show(CashbookPage, group=stage.village.group, tab="counts")
    row = listing.counts.table.row_at(0)
    assert row.difference == -130_000
    listing.counts.take_back(row)
    dialog = next(one for one in listing.findChildren(FormDialog) if one.isVisible())
    dialog.form.set_values({"reason": "Đếm sót"})
    dialog.panel.submit()
    settled(stage.desk, qtbot)
    assert cash_counts.listed(stage.book, stage.village.group)[0].state is OpeningState.REVERSED


def test_a_group_without_key_holders_is_asked_for_three_witnesses(stage: Stage, qtbot: Any) -> None:
    seats = [
        Seats(one.office, 0 if one.office is Office.KEY_HOLDER else one.seats) for one in Charter().offices
    ]
    with stage.book.write(an_act()) as session:
        constitution = session.scalars(select(Constitution)).one()
        write_charter(session, constitution.id, KeptCharter(Charter(offices=tuple(seats))))
    page = stage.show(CountPage, group=stage.village.group)
    assert_named(page)
    titles = [page.form.input(f"holder{n}").accessibleName() for n in (1, 2, 3)]
    assert titles == ["Người chứng kiến thứ nhất", "Người chứng kiến thứ hai", "Người chứng kiến thứ ba"]
    assert "ghi tên người chứng kiến" in page.form.input("holder1").accessibleDescription()
    _type(page, Account.CASH, {500_000: 1, 100_000: 1, 10_000: 3})
    page.panel.submit()
    settled(stage.desk, qtbot)
    assert set(page.form.problems()) == {"holder1", "holder2", "holder3"}
    _holders(page)
    page.panel.submit()
    settled(stage.desk, qtbot)
    paper = money_papers.count_minutes(stage.book, stage.village.group, 1, an_act(date(2026, 3, 31))).value
    words = " ".join(said(render(paper)).split())
    assert "1. Nguyễn Thị Hòa 1 – người chứng kiến" in words
    assert "giữ chìa khóa" not in words
    assert "ba ổ" not in words
