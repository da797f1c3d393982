"""Savings on the screen, by keyboard: rules, rate, notice, the run looked at, posted, printed, taken back; the sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from desktop.models.kinds import OpeningState
from desktop.models.rules import sheet as rules
from desktop.models.rules.savings_interest import BalanceBasis
from desktop.models.savings_kinds import Crediting, NoticeState, PeriodState, RatePer, SavingsKind
from desktop.services import meetings, savings, savings_book, savings_interest, standing
from desktop.views.groups.group_page import GroupPage
from desktop.views.kit.desk import Desk
from desktop.views.members.money import MoneyTab
from desktop.views.savings.page import SavingsRunPage
from reports import catalogue
from reports.kit.report import PLAIN
from tests.ready_books import ready_book
from tests.reports.paper import said
from tests.services.savings_kit import agree, held, move, run
from tests.views.accessible import assert_named
from tests.views.conftest import give_book
from tests.views.rosca.test_rosca_pages import Room
from tests.village import a_sheet, an_act, settle

TODAY = date(2026, 3, 20)
VOLUNTARY = SavingsKind.VOLUNTARY


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

    monkeypatch.setattr("desktop.views.savings.page.print_paper", printing)
    monkeypatch.setattr("desktop.views.groups.savings_tab.print_paper", printing)
    yield made
    desk.runner.close()
    book.close()
    assert not bugs


def _saving(room: Room) -> None:
    """Let two members save with interest since January."""
    agree(room.book, room.village)
    move(room.book, room.village, date(2026, 1, 10), 1_000_000)
    move(room.book, room.village, date(2026, 1, 20), 2_000_000, who=1)


def _tab(room: Room) -> Any:
    room.kept = room.show(GroupPage, group=room.village.group, tab="savings")  # type: ignore[attr-defined]
    return room.kept.tabs.currentWidget()  # type: ignore[attr-defined]


def test_the_figures_stay_low_where_the_page_is_tall(room: Room) -> None:
    _saving(room)
    tab = _tab(room)
    tab.setFixedHeight(3 * tab.sizeHint().height())
    room.wait()
    row = tab.waiting_figure.parentWidget()
    assert row.height() <= row.sizeHint().height()


def test_rules_and_a_rate_are_written_from_the_group(room: Room, answers: Any) -> None:
    tab = _tab(room)
    assert_named(tab)
    assert not tab.told.isVisible()
    tab.terms_button.click()
    dialog = room.dialog(tab)
    assert dialog.form.value("basis") is BalanceBasis.DAILY
    room.fill(dialog, {"valid_from": date(2026, 1, 1), "crediting": Crediting.QUARTERLY, "minimum": 50_000})
    dialog.panel.submit()
    room.wait()
    tab.rate_button.click()
    dialog = room.dialog(tab)
    room.fill(dialog, {"valid_from": date(2026, 1, 1), "percent": Fraction(5, 10), "per": RatePer.MONTH})
    dialog.panel.submit()
    room.wait()
    assert answers.asked == []
    found = savings_book.view(room.book, room.village.group, TODAY)
    assert sorted((row.terms is None, row.now) for row in found.rules) == [(False, True), (True, True)]
    assert found.kinds[0].yearly == 6
    assert "6 % một năm" in tab.sums[VOLUNTARY].accessibleDescription().replace("\u00a0", " ")


def test_what_is_wrong_is_said_at_its_field(room: Room, answers: Any) -> None:
    meetings.record(
        room.book,
        meetings.RecordMeeting(
            room.village.group, a_sheet(room.village, date(2026, 3, 7)), meetings.new_meeting_uid(), True
        ),
        an_act(TODAY),
    )
    tab = _tab(room)
    tab.new_terms()
    dialog = room.dialog(tab)
    room.fill(dialog, {"valid_from": date(2026, 1, 1), "notice_days": 7})
    dialog.panel.submit()
    room.wait()
    assert "07/03/2026" in dialog.form.problems()["valid_from"]
    dialog.form.set_dirty(False)
    dialog.close()
    tab.new_rate()
    dialog = room.dialog(tab)
    dialog.form.input("percent").setText("abc")
    dialog.panel.submit()
    room.wait()
    assert "phần trăm" in dialog.form.problems()["percent"]
    answers.yes = False
    room.fill(dialog, {"percent": Fraction(30)})
    dialog.panel.submit()
    room.wait()
    assert "20 %" in answers.asked[-1]
    assert savings_book.rules(room.book, room.village.group, TODAY) == []


def test_a_run_is_looked_at_posted_printed_and_taken_back(room: Room, answers: Any) -> None:
    _saving(room)
    tab = _tab(room)
    assert tab.savers.size == 3
    tab.credit_button.click()
    assert (room.routes[-1].page, room.routes[-1].args) == ("savings-run", {"group": room.village.group})
    page = room.show(SavingsRunPage, group=room.village.group)
    assert_named(page)
    assert page.found.plan.title == "Tháng 1/2026"
    assert page.total_figure.accessibleName().endswith("8.600 ₫".replace(" ", "\u00a0"))
    assert page.lines.size == 2
    page.print_table()
    assert "Bản tính thử" in said(catalogue.find("savings-interest").render(room.printed[-1][1], PLAIN))
    primary = next(one for one in page.actions() if one.primary)
    assert primary.shortcut == "Ctrl+Return"
    primary.run()
    room.wait()
    assert "8.600" in answers.asked[-1]
    assert held(room.book, room.village) == 1_004_200
    assert page.found.detail.row.number == 1
    assert "Đã nhập lãi lần số 1" in page.state.text()
    assert not any(one.primary for one in page.actions())
    assert page.files.isVisible()  # the signed table is kept beside its run
    assert page.files.subject == page.found.detail.subject
    page.print_table()
    text = said(catalogue.find("savings-interest").render(room.printed[-1][1], PLAIN))
    for words in ("BẢNG TÍNH LÃI TIẾT KIỆM", "1.004.200", "Nguyễn Thị Hòa 2"):
        assert words in text
    page.take_back()
    dialog = room.dialog(page)
    dialog.panel.submit()
    room.wait()
    assert "reason" in dialog.form.problems()
    room.fill(dialog, {"reason": "Ghi thiếu một lần gửi"})
    dialog.panel.submit()
    room.wait()
    assert held(room.book, room.village) == 1_000_000
    assert "đã hủy" in page.state.text()
    assert [row.state for row in savings_book.runs(room.book, room.village.group)] == [OpeningState.REVERSED]


def test_the_working_of_a_member_is_shown_by_days_and_rates(room: Room) -> None:
    _saving(room)
    page = room.show(SavingsRunPage, group=room.village.group)
    page.view.select_key(room.village.members[1])
    room.wait()
    assert "Nguyễn Thị Hòa 2" in page.whose.text()
    rows = [page.stretches.row_at(place) for place in range(page.stretches.size)]
    assert [(row.days, int(row.balance)) for row in rows] == [(20, 0), (11, 2_000_000)]


def test_a_credited_period_shows_its_run_and_a_day_in_it_says_so(room: Room) -> None:
    _saving(room)
    first = run(room.book, room.village)
    page = room.show(SavingsRunPage, group=room.village.group)
    choices = page.form.input("period")
    texts = [choices.itemText(place) for place in range(choices.count())]
    assert texts == ["Tháng 2/2026 (đến hạn nhập lãi)", "Tháng 1/2026 (đã nhập lãi lần 1)"]
    room.fill(page, {"period": first.run})
    room.wait()
    assert page.found.detail.row.id == first.run
    room.fill(page, {"period": 0})
    room.wait()
    room.fill(page, {"ends": date(2026, 1, 15)})
    room.wait()
    assert "đã nhập lãi rồi" in page.state.text()
    assert page.actions() == []


def test_crediting_early_asks_first(room: Room, answers: Any) -> None:
    _saving(room)
    page = room.show(SavingsRunPage, group=room.village.group)
    room.fill(page, {"ends": date(2026, 1, 15)})
    room.wait()
    assert "31/01/2026" in page.form.problems()["ends"]
    page.credit()
    room.wait()
    assert any("Nhập lãi sớm" in asked for asked in answers.asked)
    (row,) = savings_book.runs(room.book, room.village.group)
    assert row.ends == date(2026, 1, 15)
    found = savings_interest.periods(room.book, room.village.group, VOLUNTARY, TODAY)
    assert found[-2].state is PeriodState.DUE


def test_a_back_dated_entry_is_shown_on_the_tab(room: Room) -> None:
    _saving(room)
    run(room.book, room.village)
    move(room.book, room.village, date(2026, 1, 21), 500_000)
    tab = _tab(room)
    assert tab.told.isVisible()
    assert "+1.000" in tab.told.text()
    room.desk.open_page("group")
    tab.open_run(savings_book.runs(room.book, room.village.group)[0])
    assert room.routes[-1].args["run"] == 1


def test_a_notice_is_given_and_taken_back(room: Room) -> None:
    agree(room.book, room.village, notice_days=7)
    move(room.book, room.village, date(2026, 1, 10), 1_000_000)
    tab = _tab(room)
    tab.notice_button.click()
    dialog = room.dialog(tab)
    room.fill(dialog, {"member": room.village.members[0], "amount": 5_000_000})
    dialog.panel.submit()
    room.wait()
    assert "1.000.000" in dialog.form.problems()["amount"]
    room.fill(dialog, {"amount": 300_000})
    dialog.panel.submit()
    room.wait()
    (row,) = savings_book.notices_of(room.book, room.village.group, TODAY)
    assert (row.state, row.due_on) == (NoticeState.WAITING, date(2026, 3, 27))
    tab.cancel_notice(row)
    dialog = room.dialog(tab)
    room.fill(dialog, {"reason": "Không rút nữa"})
    dialog.panel.submit()
    room.wait()
    (row,) = savings_book.notices_of(room.book, room.village.group, TODAY)
    assert row.state is NoticeState.CANCELLED


def test_the_sheet_names_the_cell_and_says_what_may_be_taken_out(room: Room) -> None:
    agree(room.book, room.village, notice_days=7, minimum=100_000)
    move(room.book, room.village, date(2026, 1, 10), 1_000_000)
    member = room.village.members[0]
    given = savings.GiveNotice(room.village.group, member, VOLUNTARY, date(2026, 3, 16), 300_000)
    savings.give_notice(room.book, given, an_act(TODAY))
    for day, said_ in ((date(2026, 3, 20), "23/03/2026"), (date(2026, 3, 23), "")):
        facts = meetings.sheet_facts(room.book, room.village.group, day, date(2026, 3, 30))
        sheet = a_sheet(room.village, day, withdrawal=300_000)
        found = [one for one in rules.check(facts, sheet) if one.field == f"{member}/withdrawal"]
        assert [one.code for one in found] == (["savings-notice"] if said_ else [])
        assert all(said_ in one.message for one in found)


def test_the_member_sees_interest_to_date(room: Room) -> None:
    _saving(room)
    run(room.book, room.village)
    run(room.book, room.village)
    tab = MoneyTab(room.desk)
    room.qtbot.addWidget(tab)
    tab.show()
    tab.load(room.village.members[0])
    room.wait()
    (account,) = standing.member_accounts(room.book, room.village.members[0], TODAY)
    assert account.interest == 4_039  # 1.009.824 × 0,02 % × 20 days
    assert tab.accounts.row_at(0).interest == account.interest


def test_a_read_only_book_shows_everything_and_changes_nothing(room: Room) -> None:
    _saving(room)
    posted = run(room.book, room.village)
    give_book(room.desk, room.book, readonly=True)
    tab = _tab(room)
    assert not tab.terms_button.isEnabled()
    assert not tab.notice_button.isEnabled()
    page = room.show(SavingsRunPage, group=room.village.group, run=posted.run)
    page.take_back()
    assert savings_book.runs(room.book, room.village.group)[0].state is OpeningState.POSTED
