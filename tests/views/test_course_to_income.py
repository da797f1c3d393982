"""One window from a course to a better income: hours keyed in, a loan asked for, decided and handed over, an activity
begun with it, visits before and after twelve months, and what the board of the project then says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.models.ids import ClassId
from desktop.models.kinds import LoanStage
from desktop.models.livelihood_kinds import Wave
from desktop.services import (
    livelihood_book,
    loan_lists,
    loan_products,
    training_book,
    training_classes,
    training_sessions,
)
from desktop.services.livelihood_book import LivelihoodFilter
from desktop.services.loan_lists import LoanFilter
from desktop.services.training_classes import ClassPlan
from desktop.services.training_sessions import SessionPlan
from desktop.services.verify import verify
from desktop.store.book import Book
from desktop.views.kit.desk import Desk, Session
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.page import PageAction
from desktop.views.main_window import MainWindow
from reports import catalogue
from tests.ready_books import ready_book
from tests.reports.paper import said
from tests.views.conftest import Answers
from tests.views.loans.conftest import PRODUCT
from tests.views.meetings.hands import Hands
from tests.views.typing import type_vi
from tests.village import Village, an_act, meet, settle

TAUGHT = date(2026, 3, 2)
TESTED, LENT, BEGUN, LATER = date(2026, 3, 6), date(2026, 3, 12), date(2026, 3, 20), date(2027, 3, 22)
BORROWER = "Nguyễn Thị Hòa 1"
GAINING = "Sinh kế tăng thu nhập thực"


@dataclass(frozen=True, slots=True)
class Begun:
    """What stands in the book before the journey: a group that can lend, and a class of four planned sessions."""

    village: Village
    klass: ClassId
    product: int


def before_the_course(book: Book) -> Begun:
    village = settle(book)
    for number in (1, 2, 3):
        meet(book, village, number, savings=500_000)
    act = an_act(TAUGHT)
    product = loan_products.keep(book, loan_products.KeepProduct("SP-01", "Vay", PRODUCT), act).value
    plan = ClassPlan("KT", "Sổ sách cho ban quản lý", TAUGHT, TAUGHT + timedelta(days=30), 10)
    klass = training_classes.open_class(book, plan, act).value
    training_classes.enrol(book, klass, village.members, TAUGHT, act)
    for place in range(4):
        session = SessionPlan(TAUGHT + timedelta(days=place), 240, f"Bài {place + 1}")
        training_sessions.add_session(book, klass, session, act)
    return Begun(village, klass, product)


@dataclass
class Journey:
    """The window and the hands of whoever sits before it; `day` is what the desk takes for today."""

    book: Book
    begun: Begun
    window: MainWindow
    qtbot: Any
    day: date = TESTED
    printed: list[tuple[str, Any]] = field(default_factory=list)

    def settle(self) -> None:
        """Wait until all that was asked is answered, and what follows from the answers."""
        for _round in range(4):
            self.qtbot.wait(5)
            self.qtbot.waitUntil(lambda: not self.window.desk.runner.busy, timeout=30_000)

    def on(self, day: date) -> None:
        """Go on at a later day: the window notices it as it does at midnight."""
        self.day = day
        self.window.look_at_day()
        self.settle()

    @property
    def page(self) -> Any:
        return self.window.page

    @property
    def heading(self) -> str:
        """What the window says it shows."""
        return str(self.window.windowTitle())

    def go(self, key: str, **args: Any) -> None:
        """Open a page as the bar on the left and the lists do."""
        self.window.desk.open_page(key, **args)
        self.settle()

    def run(self, title: str) -> None:
        """Do what a button, or a line of its menu, of the page in front says."""
        offered: list[PageAction] = []
        for action in self.page.actions():
            offered += [action, *action.menu]
        next(one for one in offered if one.title == title).run()
        self.settle()

    def dialog(self) -> Any:
        """Return the dialog that is open."""
        self.settle()
        shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, FormDialog)]
        return next(one for one in shown if one.isVisible())

    def key_in(self, owner: Any, **typed: str) -> None:
        """Type into fields, letter by letter."""
        for key, text in typed.items():
            edit: QWidget = owner.form.input(key)
            edit.setFocus()
            edit.selectAll()  # type: ignore[attr-defined]
            type_vi(edit, text)

    def pick(self, owner: Any, key: str, typed: str) -> None:
        """Find by typing, and take the only line that is offered."""
        picker = owner.form.input(key)
        picker.setFocus()
        type_vi(picker, typed)
        picker._pause.stop()
        picker.look_up(picker.value_text())
        self.settle()
        assert len(picker._finds.finds) == 1, [find.text for find in picker._finds.finds]
        picker._activated(picker._finds.index(0, 0))
        self.settle()

    def save(self, owner: Any) -> None:
        """Press the button of a form; nothing may stand against it."""
        refused: list[dict[str, str]] = []
        form = owner.form
        form.complained.connect(lambda: refused.append(form.problems()))
        owner.panel.save_button.click()
        self.settle()
        assert not any(refused)


@pytest.fixture
def journey(
    desk: Desk,
    qtbot: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    bugs: list[BaseException],
    answers: Answers,
) -> Iterator[Journey]:
    book, begun = ready_book(tmp_path / "so.sonhom", "before the course", before_the_course)
    day: list[Callable[[], date]] = [lambda: TESTED]
    monkeypatch.setattr(desk, "today", lambda: day[0]())
    monkeypatch.setattr(desk, "act", lambda: an_act(day[0]()))
    desk.take_book(book, Session(book.name, book.address))
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    made = Journey(book, begun, window, qtbot)
    day[0] = lambda: made.day

    def printing(
        _desk: Any, _owner: Any, report: str, _title: str, gather: Callable[..., Any], **_kept: Any
    ) -> None:
        made.printed.append((report, gather(book, an_act(made.day)).value))

    monkeypatch.setattr("desktop.views.loans.prints.print_paper", printing)
    made.settle()
    yield made
    desk.take_book(None, None)
    desk.runner.close()
    book.close()
    assert not bugs


class Keys(Hands):
    """The hands of a clerk on the hours of a class."""

    def __init__(self, page: Any) -> None:
        self.room = page.room
        self.view, self.draft = self.room.view, self.room.draft


def learn(at: Journey) -> None:
    """Mark four sessions in the sheet of hours, key in the scores, end the class."""
    at.go("training_class", training_class=at.begun.klass, tab="sessions")
    for place in range(4):
        at.page.mark(at.page.detail.sessions[place])
        at.settle()
        assert f"Điểm danh buổi {place + 1}" in at.heading
        at.page.focus_first()
        Keys(at.page).press("F5", "Ctrl+S")
        at.settle()
        assert "LH-0001" in at.heading
    at.go("training_class", training_class=at.begun.klass, tab="results")
    at.run("Nhập điểm cả lớp…")
    dialog = at.dialog()
    for row in at.page.detail.learners:
        at.key_in(dialog, **{f"{row.enrolment}/pre": "3", f"{row.enrolment}/post": "8"})
    at.save(dialog)
    assert all(row.standing.completed for row in at.page.detail.learners)


def borrow(at: Journey) -> None:
    """Apply, be voted for, print the contract, take the money."""
    at.go("loan-new", group=at.begun.village.group)
    page = at.page
    at.pick(page, "member", "TO-01/TV-001")
    page.form.input("product").set_value(at.begun.product)
    at.key_in(page, amount="1,2tr", number="4", disbursed_on="12/03/2026")
    at.key_in(page, purpose="Mua vịt giống", livelihood="Nuôi vịt đẻ")
    at.save(page)
    assert BORROWER in at.heading
    at.run("Duyệt…")
    dialog = at.dialog()
    at.key_in(dialog, day="12/03/2026", applied_on="12/03/2026", present="3", in_favour="3")
    at.save(dialog)
    at.run("Hợp đồng vay và lịch trả")
    at.run("Giải ngân…")
    at.save(at.dialog())
    (row,) = loan_lists.listed(at.book, LoanFilter(), at.day)
    assert (row.stage, row.amount) == (LoanStage.ACTIVE, 1_200_000)
    report, contract = at.printed[-1]
    assert report == "loan-contract"
    assert BORROWER in said(catalogue.find(report).render(contract))


def begin(at: Journey) -> None:
    """Begin the activity with the loan; its page follows."""
    at.go("livelihoods", tab="list")
    at.run("Từ khoản vay…")
    at.save(at.dialog())
    dialog = at.dialog()
    assert dialog.form.value("name") == "Nuôi vịt đẻ"
    at.pick(dialog, "vsic_code", "0146")
    at.save(dialog)
    assert "Nuôi vịt đẻ" in at.heading


def visit(at: Journey, wave: Wave, revenue: str, costs: str) -> None:
    """Key in the visit that is due next."""
    at.run("Ghi lần thăm…")
    dialog = at.dialog()
    dialog.form.input("wave").set_value(wave)
    at.key_in(dialog, visitor="Lê Thị Phượng", household="4", revenue=revenue, costs=costs)
    at.key_in(dialog, days="120", minutes="4")
    at.save(dialog)


def price(at: Journey, year: str, month: str, points: str) -> None:
    """Key in what prices were."""
    at.go("livelihoods", tab="data")
    at.page.data.add()
    dialog = at.dialog()
    at.key_in(dialog, year=year, month=month, points=points, source="Thông cáo của Cục Thống kê")
    at.save(dialog)


def gaining(at: Journey) -> int | None:
    """Return what the board says of the activities with a better income in the year of today."""
    at.go("board")
    line = next(row for row in at.page.table.loaded_rows() if row.measure.title == GAINING)
    return None if line.value is None else int(line.value)


def test_from_a_course_through_a_loan_to_a_visit_after_twelve_months(journey: Journey) -> None:
    at = journey
    learn(at)
    at.on(LENT)
    borrow(at)
    at.on(BEGUN)
    begin(at)
    visit(at, Wave.BASE, revenue="20tr", costs="14tr")

    at.on(LATER)
    assert not gaining(at)
    price(at, "2026", "0", "120")
    price(at, "2027", "3", "126")
    (row,) = livelihood_book.listed(at.book, LivelihoodFilter(), at.day)
    at.go("livelihood", livelihood=row.id)
    told = [event.title for event in at.page.story.line.events]
    assert "Hoàn thành: Ghi chép sổ sách của nhóm" in told
    assert {event.kind for event in at.page.story.line.events} >= {"training", "loan", "visit"}
    visit(at, Wave.M12, revenue="30tr", costs="16tr")
    # Before: 20 − 14 = 6 million a year; after: 30 − 16 = 14, at prices 5 % higher 13.333.333. A gain of 7.333.333.
    assert at.page.detail.row.income is not None
    assert at.page.detail.row.income.real == 7_333_333
    assert gaining(at) == 1
    assert training_book.detail(at.book, at.begun.klass, at.day).row.completed == 3
    assert verify(at.book).findings == ()
