"""The share-out on its page: counted, decided, kept through a crash, approved, posted, printed, taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow

from desktop.models.kinds import Account, LoanChoice, Office, OpeningState
from desktop.services import group_overview, offices, share_outs
from desktop.views.groups.group_page import GroupPage
from desktop.views.kit.desk import Desk
from desktop.views.share_out.page import ShareOutPage
from reports import catalogue
from reports.kit.report import PLAIN
from resources.lang.dong import show_dong
from tests.ready_books import empty_book
from tests.reports.paper import said
from tests.services.test_share_outs import DAY, _lend, _sums
from tests.views.accessible import assert_named
from tests.views.conftest import give_book
from tests.views.rosca.test_rosca_pages import Room
from tests.village import an_act, meet, settle


@pytest.fixture
def room(
    tmp_path: Path, desk: Desk, qtbot: Any, monkeypatch: pytest.MonkeyPatch, bugs: list[BaseException]
) -> Iterator[Room]:
    book = empty_book(tmp_path / "so.sonhom")
    village = settle(book, members=25)
    for number in (1, 2, 3):
        meet(book, village, number, savings=100_000)
    for member, office in zip(village.members, (Office.CHAIR, Office.TREASURER), strict=False):
        offices.appoint(
            book, offices.Appoint(village.group, member, office, DAY.replace(month=1), None), an_act(DAY)
        )
    give_book(desk, book)
    monkeypatch.setattr(desk, "today", lambda: DAY)
    monkeypatch.setattr(desk, "act", lambda: an_act(DAY))
    made = Room(book, village, desk, qtbot)

    def printing(
        _desk: Any, _owner: Any, report: str, _title: str, gather: Callable[..., Any], **_kept: Any
    ) -> None:
        made.printed.append((report, gather(book, an_act(DAY)).value))

    monkeypatch.setattr("desktop.views.share_out.page.print_paper", printing)
    yield made
    desk.runner.close()
    book.close()
    assert not bugs


def _decide(room: Room, page: Any) -> None:
    cash = page.facts.of(Account.CASH)
    room.fill(page, {"note/1000": cash // 1000, "minutes": "Cả tổ thống nhất."})
    room.fill(page, {"first": room.village.members[0], "second": room.village.members[1]})
    page.work_out()
    room.wait()


def test_twenty_five_members_share_out_from_the_group_by_keyboard(room: Room, answers: Any) -> None:
    group = room.show(GroupPage, group=room.village.group, tab="cycles")
    group.tabs.currentWidget().divide_button.click()
    assert room.routes[-1].page == "share-out"
    page = room.show(ShareOutPage, group=room.village.group)
    assert_named(page)
    _decide(room, page)
    assert page.plan.divided == 25 * 3 * 20_000
    assert page.payouts.size == 25
    page.print_draft()
    text = said(catalogue.find("share-out").render(room.printed[-1][1], PLAIN))
    assert "Bản dự thảo" in text
    room.qtbot.keyClick(page.panel.save_button, Qt.Key.Key_Space)
    room.wait()
    (row,) = share_outs.listed(room.book, room.village.group)
    assert (row.paid, row.state) == (1_500_000, OpeningState.POSTED)
    assert _sums(room.book, room.village)[Account.SHARES] == 0
    page.print_slips(row)
    text = said(catalogue.find("share-out").render(room.printed[-1][1], PLAIN))
    for word in ("BẢNG CHIA CỔ PHẦN", "60.000", "Nguyễn Thị Hòa 25", "Phiếu chia cổ phần"):
        assert word in text
    page.take_back(row)
    dialog = room.dialog(page)
    room.fill(dialog, {"reason": "Nhầm ngày"})
    dialog.panel.submit()
    room.wait()
    assert _sums(room.book, room.village)[Account.SHARES] == 1_500_000


def test_what_is_missing_is_said_at_its_field(room: Room) -> None:
    page = room.show(ShareOutPage, group=room.village.group)
    page.post()
    room.wait()
    problems = page.form.problems()
    assert "đếm tiền" in problems["note/500000"]
    assert "first" in problems
    assert "minutes" in problems
    room.fill(page, {"note/1000": 1})
    page.post()
    assert "lệch" in page.form.problems()["reason"]
    assert share_outs.listed(room.book, room.village.group) == []


def test_decisions_survive_a_power_cut(room: Room) -> None:
    page = room.show(ShareOutPage, group=room.village.group)
    _decide(room, page)
    room.fill(page, {f"stays/{room.village.members[4]}": False})
    page.work_out()
    room.wait()
    again = room.show(ShareOutPage, group=room.village.group)  # as after a new start
    assert again.choices() == page.choices()
    assert again.choices().leaving == {room.village.members[4]}


def test_a_loan_is_decided_on_its_own_line(room: Room) -> None:
    loan = _lend(room.book, room.village, amount=100_000)
    page = room.show(ShareOutPage, group=room.village.group)
    assert_named(page)
    _decide(room, page)
    page.post()
    assert "nợ nhiều hơn" in page.form.problems()[f"loan/{loan}"]


@pytest.fixture
def window(room: Room) -> QMainWindow:
    made = QMainWindow()
    room.qtbot.addWidget(made)
    return made


def _in_a_window(room: Room, window: QMainWindow) -> Any:
    """Show the page as the window does: with the keys of its actions around it."""
    page = ShareOutPage(room.desk)
    window.setCentralWidget(page)
    window.resize(1000, 600)
    page.open(group=room.village.group)
    room.wait()
    for deed in page.actions():
        action = QAction(window)
        action.setShortcut(QKeySequence(deed.shortcut))
        action.triggered.connect(lambda _checked=False, deed=deed: deed.run())
        window.addAction(action)
    window.show()
    window.activateWindow()
    room.qtbot.waitExposed(window)
    return page


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_S])
def test_the_key_of_posting_works_in_every_field(
    room: Room, answers: Any, window: QMainWindow, key: Qt.Key
) -> None:
    page = _in_a_window(room, window)
    _decide(room, page)
    field = page.form.input("minutes")
    field.setFocus()
    room.qtbot.keyClick(field, key, Qt.KeyboardModifier.ControlModifier)
    room.wait()
    assert [row.state for row in share_outs.listed(room.book, room.village.group)] == [OpeningState.POSTED]
    assert page.form is None
    assert page.tabs.currentWidget() is page.done_view
    assert page.done_view.isAncestorOf(QApplication.focusWidget())
    assert page.cash_figure.accessibleName() == "Tiền mặt cần chi: –"
    assert "bắt đầu ngày" in page.told.text()
    (printing,) = page.actions()
    assert printing.shortcut == "Ctrl+P"
    printing.run()
    assert "Phiếu chia cổ phần" in said(catalogue.find("share-out").render(room.printed[-1][1], PLAIN))


def test_who_is_led_to_a_wrong_field_sees_it(room: Room, window: QMainWindow) -> None:
    page = _in_a_window(room, window)
    _decide(room, page)
    room.fill(page, {"minutes": ""})
    page.post()
    room.wait()
    field = page.form.input("minutes")
    assert field.hasFocus()
    assert not field.visibleRegion().isEmpty()


def test_a_share_worth_less_than_was_paid_is_told_before_posting(room: Room, answers: Any) -> None:
    loan = _lend(room.book, room.village, amount=100_000)
    page = room.show(ShareOutPage, group=room.village.group)
    _decide(room, page)
    room.fill(page, {f"loan/{loan}": LoanChoice.CARRY})
    page.work_out()
    assert "nhận ít hơn số đã góp" in page.told.text()
    page.post()
    room.wait()
    assert "nhận ít hơn số đã góp" in answers.asked[-1]


def test_the_page_says_how_its_sum_comes_from_that_of_the_overview(room: Room) -> None:
    _lend(room.book, room.village)
    page = room.show(ShareOutPage, group=room.village.group)
    net = group_overview.overview(room.book, room.village.group, DAY).net
    assert f"Theo sổ {show_dong(net)}" in page.explained.text()
    cash = page.facts.of(Account.CASH)
    room.fill(page, {"note/1000": cash // 1000 + 2})
    page.work_out()
    said = page.explained.text()
    assert page.plan.difference > 0
    assert f"cộng {show_dong(page.plan.difference)} thừa khi kiểm đếm" in said
    debt = page.facts.debts[0]
    assert debt.payoff > debt.principal
    assert f"cộng {show_dong(debt.payoff - debt.principal)} lãi của khoản vay" in said
    assert f"còn {show_dong(page.plan.divided)} được chia" in said
