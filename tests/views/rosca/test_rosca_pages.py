"""The pages of rotating funds, by keyboard: agree, open with a short part, take late money, take back, print."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.models.kinds import RoscaKind, RoscaOrder
from desktop.services import rosca, rosca_book
from desktop.services.rosca import OpenRound
from desktop.store.book import Book
from desktop.views.groups.group_page import GroupPage
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.rosca.deeds import OpeningDialog
from desktop.views.rosca.new_page import NewRoscaPage
from desktop.views.rosca.page import RoscaPage
from reports import catalogue
from reports.kit.report import PLAIN
from tests.ready_books import ready_book
from tests.reports.paper import said
from tests.services.test_rosca import BIDDING, STARTS, _agree
from tests.views.accessible import assert_named
from tests.views.conftest import give_book
from tests.village import Village, an_act, settle

TODAY = date(2026, 8, 20)


class Room:
    """A village with a desk, what was said, where pages led, what was printed."""

    def __init__(self, book: Book, village: Village, desk: Desk, qtbot: Any) -> None:
        self.book, self.village, self.desk, self.qtbot = book, village, desk, qtbot
        self.routes: list[Any] = []
        self.said: list[Any] = []
        self.printed: list[tuple[str, Any]] = []
        desk.routed.connect(self.routes.append)
        desk.said.connect(self.said.append)

    def wait(self) -> None:
        for _round in range(3):
            self.qtbot.wait(5)
            self.qtbot.waitUntil(lambda: not self.desk.runner.busy, timeout=10_000)

    def show(self, page_class: Any, **args: Any) -> Any:
        page = page_class(self.desk)
        self.qtbot.addWidget(page)
        page.resize(1180, 800)
        page.show()
        page.open(**args)
        self.wait()
        return page

    def fill(self, owner: Any, values: dict[str, Any]) -> None:
        """Put values into the fields one by one, as a user would."""
        for key, value in values.items():
            owner.form.input(key).set_value(value)

    def dialog(self, page: Any) -> Any:
        return next(one for one in page.findChildren(FormDialog) if one.isVisible())


@pytest.fixture
def room(
    tmp_path: Path, desk: Desk, qtbot: Any, monkeypatch: pytest.MonkeyPatch, bugs: list[BaseException]
) -> Iterator[Room]:
    book, village = ready_book(tmp_path / "so.sonhom", "three people", settle)
    give_book(desk, book)
    monkeypatch.setattr(desk, "today", lambda: TODAY)
    monkeypatch.setattr(desk, "act", lambda: an_act(TODAY))
    made = Room(book, village, desk, qtbot)

    def printing(
        _desk: Any, _owner: Any, report: str, _title: str, gather: Callable[..., Any], **_kept: Any
    ) -> None:
        made.printed.append((report, gather(book, an_act(TODAY)).value))

    monkeypatch.setattr("desktop.views.rosca.page.print_paper", printing)
    yield made
    desk.runner.close()
    book.close()
    assert not bugs


def test_an_agreement_is_written_from_the_group_and_asks_before_papers_are_missing(
    room: Room, answers: Any
) -> None:
    group = room.show(GroupPage, group=room.village.group, tab="roscas")
    group.tabs.currentWidget().new_button.click()
    assert room.routes[-1].page == "rosca-new"
    page = room.show(NewRoscaPage, group=room.village.group)
    assert_named(page)
    form = page.form
    room.fill(page, {"organiser": room.village.members[0], "kind": RoscaKind.INTEREST})
    assert form.value("order") is RoscaOrder.BID  # follows the kind
    room.fill(page, {"part_value": 40_000_000, "starts": date(2026, 8, 20)})
    assert "Ủy ban nhân dân xã" in page.words.text()  # three parts of 40 million pass the threshold
    page.panel.submit()
    room.wait()
    (row,) = rosca_book.list_of(room.book, room.village.group)
    assert (row.parts, row.part_value) == (3, 40_000_000)
    assert room.routes[-1].page == "rosca"


def test_a_wrong_agreement_stays_with_its_reason_at_the_field(room: Room) -> None:
    page = room.show(NewRoscaPage, group=room.village.group)
    room.fill(page, {"organiser": room.village.members[0], "part_value": 0, "late_percent": 5})
    page.panel.submit()
    room.wait()
    assert "part_value" in page.form.problems()
    assert rosca_book.list_of(room.book, room.village.group) == []


def test_an_opening_with_a_short_part_then_late_money_then_taken_back(room: Room) -> None:
    key = _agree(room.book, room.village, BIDDING)
    page = room.show(RoscaPage, rosca=key)
    assert_named(page)
    page.hold()
    dialog = room.dialog(page)
    assert isinstance(dialog, OpeningDialog)
    one, two, three = (part.id for part in rosca_book.detail(room.book, key).parts)
    room.fill(dialog, {"drawer": one, "day": STARTS, "bid": 40_000})
    dialog.panel.submit()
    room.wait()
    assert "bid" in dialog.form.problems()  # above the lawful ceiling, said at the field
    room.fill(dialog, {"bid": 20_000})
    assert dialog.form.value(f"paid/{two}") == 980_000
    assert dialog.form.value(f"paid/{one}") == 1_000_000
    room.fill(dialog, {f"paid/{three}": 500_000})
    assert "chủ họ góp thay" in dialog.told.text()
    dialog.panel.submit()
    room.wait()
    found = rosca_book.detail(room.book, key)
    assert [(debt.part, debt.amount) for debt in found.debts] == [(three, 480_000)]
    page.pay_late(found.debts[0])
    dialog = room.dialog(page)
    room.fill(dialog, {"day": date(2026, 3, 5)})
    assert dialog.form.value("interest") == 3_682  # 480.000 × 10 % × 28 ÷ 365
    dialog.panel.submit()
    room.wait()
    assert rosca_book.detail(room.book, key).debts == ()
    page.take_back()
    dialog = room.dialog(page)
    room.fill(dialog, {"reason": "Ghi nhầm"})
    dialog.panel.submit()
    room.wait()
    assert rosca_book.detail(room.book, key).next_number == 1


def test_lots_fall_on_a_part_that_has_not_drawn(room: Room) -> None:
    key = _agree(room.book, room.village)
    first = rosca_book.detail(room.book, key).parts[0].id
    rosca.open_round(room.book, OpenRound(key, STARTS, first), an_act(TODAY))
    page = room.show(RoscaPage, rosca=key)
    page.hold()
    dialog = room.dialog(page)
    dialog.lot_button.click()
    assert dialog.form.value("drawer") not in (None, first)
    dialog.form.set_dirty(False)
    dialog.close()


def test_the_page_says_that_the_commune_must_be_notified_until_it_was(room: Room) -> None:
    key = _agree(room.book, room.village, replace(BIDDING, part_value=50_000_000))
    page = room.show(RoscaPage, rosca=key)
    assert page.notify_button.isVisible()
    page.notify_button.click()
    dialog = room.dialog(page)
    room.fill(dialog, {"note": "Công văn 02"})
    dialog.panel.submit()
    room.wait()
    assert not page.notify_button.isVisible()


def test_papers_hold_what_the_decree_asks_for(room: Room) -> None:
    key = _agree(room.book, room.village, BIDDING)
    first = rosca_book.detail(room.book, key).parts[0].id
    rosca.open_round(room.book, OpenRound(key, STARTS, first, 10_000), an_act(TODAY))
    page = room.show(RoscaPage, rosca=key)
    for report in ("rosca-agreement", "rosca-ledger", "rosca-notice"):
        page.print_paper(report)
    texts = {report: said(catalogue.find(report).render(value, PLAIN)) for report, value in room.printed}
    agreement = texts["rosca-agreement"]
    for word in ("19/2019/NĐ-CP", "Một triệu đồng", "Ký hoặc điểm", "Nguyễn Thị Hòa 3", "20 % một năm"):
        assert word in agreement
    ledger = texts["rosca-ledger"]
    assert "05/02/2026" in ledger
    assert "2.980.000" in ledger  # 1.000.000 + 2 × 990.000
    assert "PC-0001/2026" in ledger
    assert "Kính gửi" in texts["rosca-notice"]


def test_a_part_that_is_opened_leads_to_its_holder(room: Room) -> None:
    key = _agree(room.book, room.village)
    page = room.show(RoscaPage, rosca=key)
    page.tabs.jump(1)
    page.parts_view.grid.setFocus()
    page.parts_view.select_key(rosca_book.detail(room.book, key).parts[1].id)
    QApplication.processEvents()
    room.qtbot.keyClick(page.parts_view.grid, Qt.Key.Key_Return)
    assert room.routes[-1].page == "member"
