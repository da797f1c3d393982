"""A village with savings, a product, and a way to open the pages of loans on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from desktop.models.ids import LoanId
from desktop.models.rules.loan_products import DatedRate, Limits, Method, Product, Request
from desktop.models.rules.loan_requests import Caution
from desktop.services import loan_applications, loan_products, loans
from desktop.services.acts import Act
from desktop.services.loan_applications import Application, Apply, Decision
from desktop.store.book import Book
from desktop.views.kit.desk import Desk, Route
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.page import Page
from tests.ready_books import ready_book
from tests.views.conftest import give_book
from tests.village import Village, an_act, meet, settle

TODAY = date(2026, 8, 20)
LENT = date(2026, 3, 10)
PRODUCT = Product(
    Method.EQUAL_PRINCIPAL,
    (DatedRate(date(2026, 1, 1), Fraction(1)),),
    penalty_percent=Fraction(18),
    off_sundays=False,
    off_holidays=False,
    limits=Limits(open_loans=3),
)


@dataclass
class Room:
    """The book, its village, the desk; pages opened, where they led, what was said, what was printed."""

    book: Book
    village: Village
    desk: Desk
    product: int
    qtbot: Any
    routes: list[Route] = field(default_factory=list)
    said: list[Any] = field(default_factory=list)
    printed: list[tuple[str, Any]] = field(default_factory=list)

    def settle(self) -> None:
        """Wait until all that was typed is answered."""
        for _round in range(3):
            self.qtbot.wait(5)
            self.qtbot.waitUntil(lambda: not self.desk.runner.busy, timeout=10_000)

    def typed(self, page: Any) -> None:
        """Do not wait for the pause after typing."""
        if page._pause.isActive():
            page._pause.stop()
            page._pause.timeout.emit()
        self.settle()

    def show(self, page_class: type[Page], **args: Any) -> Any:
        """Open a page and wait for it."""
        page = page_class(self.desk)
        self.qtbot.addWidget(page)
        page.resize(1200, 800)
        page.show()
        page.open(**args)
        self.settle()
        return page

    def dialog(self, page: Any) -> Any:
        """Return the dialog that is open."""
        return next(one for one in page.findChildren(FormDialog) if one.isVisible())

    def fill(self, owner: Any, values: dict[str, Any]) -> None:
        """Put values into the fields, one by one, as a user would."""
        for key, value in values.items():
            owner.form.input(key).set_value(value)

    def submit(self, owner: Any) -> None:
        """Save and wait."""
        owner.panel.submit()
        self.settle()

    def lend(
        self,
        member: int = 0,
        amount: int = 1_200_000,
        number: int = 4,
        day: date = LENT,
        *,
        money: bool = True,
    ) -> LoanId:
        """Lend through the services."""
        loan = self.apply(member, amount, number, day)
        loan_applications.approve(self.book, loan, Decision(present=3, in_favour=3), an_act(day))
        if money:
            loans.disburse(self.book, loans.Disburse(loan, day), an_act(day))
        return loan

    def apply(self, member: int = 0, amount: int = 1_200_000, number: int = 4, day: date = LENT) -> LoanId:
        """Apply through the services."""
        command = Apply(
            self.village.group,
            self.village.members[member],
            self.product,
            Request(amount, number, day),
            Application("Nuôi vịt"),
            agreed=True,
        )
        return loan_applications.apply(self.book, command, Caution(), an_act(day)).value

    def pay(self, loan: LoanId, day: date, amount: int) -> None:
        """Repay through the services."""
        loans.repay(self.book, loans.Repay(loan, day, amount, 0), an_act(TODAY))


def _three_meetings(book: Book) -> Village:
    village = settle(book)
    for number in (1, 2, 3):
        meet(book, village, number, savings=500_000)
    return village


@pytest.fixture
def room(
    tmp_path: Path, desk: Desk, qtbot: Any, monkeypatch: pytest.MonkeyPatch, bugs: list[BaseException]
) -> Iterator[Room]:
    book, village = ready_book(tmp_path / "so.sonhom", "loans", _three_meetings)
    product = loan_products.keep(
        book, loan_products.KeepProduct("SP-01", "Vay chăn nuôi", PRODUCT), an_act()
    ).value
    give_book(desk, book)
    act = Act("Thư ký", datetime(2026, 8, 20, 3, 0, tzinfo=UTC), TODAY)
    monkeypatch.setattr(desk, "today", lambda: TODAY)
    monkeypatch.setattr(desk, "act", lambda: act)
    made = Room(book, village, desk, product, qtbot)
    desk.routed.connect(made.routes.append)
    desk.said.connect(made.said.append)

    def printing(
        _desk: Any, _owner: Any, report: str, _title: str, gather: Callable[..., Any], **_kept: Any
    ) -> None:
        made.printed.append((report, gather(book, act).value))

    monkeypatch.setattr("desktop.views.loans.prints.print_paper", printing)
    yield made
    desk.runner.close()
    book.close()
    assert not bugs
