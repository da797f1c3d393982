"""The application: schedule and price follow what is typed; each mistake is told at its field, in Vietnamese."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from PySide6.QtCore import Qt

from desktop.models.ids import GroupId
from desktop.models.kinds import LoanStage
from desktop.models.rules.loan_products import DatedRate, Limits, Method, Product, Request
from desktop.services import loan_applications, loan_book, loan_lists, loan_products
from desktop.services.loan_lists import LoanFilter
from desktop.views.kit.pickers import Find
from desktop.views.loans.new_page import NewLoanPage
from tests.views.accessible import assert_named
from tests.views.conftest import Answers
from tests.views.loans.conftest import TODAY, Room
from tests.village import an_act, settle

RATE = (DatedRate(date(2026, 1, 1), Fraction(1)),)


def begun(room: Room, **more: Any) -> Any:
    """Return the page with a complete application."""
    page = room.show(NewLoanPage, group=room.village.group)
    values = {
        "member": Find(room.village.members[0], "Nguyễn Thị Hòa 1"),
        "product": room.product,
        "amount": 1_200_000,
        "number": 4,
        "disbursed_on": TODAY,
        "purpose": "Nuôi vịt",
    }
    room.fill(page, {**values, **more})
    room.typed(page)
    return page


def keep(room: Room, product: Product, code: str) -> int:
    return loan_products.keep(room.book, loan_products.KeepProduct(code, code, product), an_act()).value


def test_the_schedule_is_the_one_of_the_services(room: Room) -> None:
    page = begun(room)
    made = loan_applications.make_offer(
        room.book, room.village.group, room.product, Request(1_200_000, 4, TODAY)
    )
    assert page.offer.offer == made
    assert page.offer.table.size == 4
    assert "APR" in page.offer.said()["words"]
    assert_named(page)


def test_the_schedule_follows_the_typing(room: Room) -> None:
    page = begun(room)
    room.fill(page, {"number": 6})
    room.typed(page)
    assert page.offer.table.size == 6
    page.form.input("number").setText("")
    room.typed(page)
    assert page.offer.table.size == 0


def test_a_schedule_is_shown_before_the_borrower_is_known(room: Room) -> None:
    page = begun(room, member=None)
    assert page.offer.table.size == 4


def test_saving_leads_to_the_loan(room: Room) -> None:
    page = begun(room, income=5_000_000, livelihood="Vịt đẻ", spouse="Trần Văn Nam", spouse_consents=True)
    room.submit(page)
    row = loan_lists.listed(room.book, LoanFilter(), TODAY)[0]
    assert (row.amount, row.stage, row.purpose) == (1_200_000, LoanStage.APPLIED, "Nuôi vịt")
    assert (room.routes[-1].page, room.routes[-1].args) == ("loan", {"loan": row.id})
    paper = loan_book.detail(room.book, row.id, TODAY).application
    assert (paper.income, paper.livelihood, paper.spouse) == (5_000_000, "Vịt đẻ", "Trần Văn Nam")
    assert not page.form.dirty


def test_nobody_has_consented_before_it_was_said(room: Room) -> None:
    page = begun(room)
    assert not page.form.value("spouse_consents")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("number", 0, "1 đến 600"),
        ("amount", 0, "lớn hơn 0"),
        ("first_due", date(2026, 8, 1), "sau ngày giải ngân"),
        ("purpose", "", "Mục đích vay"),
    ],
)
def test_bad_input_is_refused_at_its_field(room: Room, field: str, value: Any, said: str) -> None:
    page = begun(room, **{field: value})
    room.submit(page)
    assert said in page.form.problems()[field]
    assert not loan_lists.listed(room.book, LoanFilter(), TODAY)


def test_the_due_day_is_told_while_typing(room: Room) -> None:
    page = begun(room, first_due=TODAY)
    assert "sau ngày giải ngân" in page.form.problems()["first_due"]


def test_nobody_guarantees_their_own_loan(room: Room) -> None:
    page = begun(room, guarantors=[Find(room.village.members[0], "Nguyễn Thị Hòa 1")])
    assert "tự bảo lãnh" in page.form.problems()["guarantors"]
    room.submit(page)
    assert "tự bảo lãnh" in page.form.problems()["guarantors"]
    assert not loan_lists.listed(room.book, LoanFilter(), TODAY)


def test_guarantors_are_kept_in_order(room: Room) -> None:
    two = [Find(member, str(member)) for member in room.village.members[1:]]
    page = begun(room, guarantors=two)
    assert_named(page)
    room.submit(page)
    loan = loan_lists.listed(room.book, LoanFilter(), TODAY)[0].id
    found = loan_book.detail(room.book, loan, TODAY).guarantors
    assert [member for member, _name in found] == list(room.village.members[1:])


def test_a_rate_above_the_ceiling_is_refused(room: Room) -> None:
    dear = keep(room, Product(Method.EQUAL_PRINCIPAL, (DatedRate(date(2026, 1, 1), Fraction(2)),)), "SP-09")
    page = begun(room, product=dear)
    assert "vượt trần 20 %" in page.offer.said()["warning"]
    room.submit(page)
    assert "product" in page.form.problems()


def test_the_ceiling_is_the_one_of_the_settings(room: Room) -> None:
    room.desk.settings.set("loan_ceiling", 10)
    page = begun(room)
    assert "vượt trần 10 %" in page.offer.said()["warning"]


def test_a_true_cost_above_the_ceiling_asks(room: Room, answers: Answers) -> None:
    flat = keep(
        room,
        Product(Method.FLAT, (DatedRate(date(2026, 1, 1), Fraction(3, 2)),), limits=Limits(open_loans=3)),
        "SP-08",
    )
    page = begun(room, product=flat, number=12)
    assert "thật ra là" in page.offer.said()["words"]
    assert "trên mức trần" in page.offer.said()["warning"]
    answers.yes = False
    room.submit(page)
    assert not loan_lists.listed(room.book, LoanFilter(), TODAY)
    answers.yes = True
    room.submit(page)
    assert len(loan_lists.listed(room.book, LoanFilter(), TODAY)) == 1


def test_too_much_debt_for_the_income_is_refused_at_the_income(room: Room) -> None:
    page = begun(room, income=300_000)
    assert "thu nhập" in page.form.problems()["income"]
    room.submit(page)
    assert not loan_lists.listed(room.book, LoanFilter(), TODAY)


def test_a_free_schedule_is_written_by_hand(room: Room) -> None:
    free = keep(room, Product(Method.FREE, RATE, limits=Limits(open_loans=3)), "SP-07")
    page = begun(room, product=free)
    assert not page.form.input("number").isVisible()
    rows = [(date(2026, 9, 20), 200_000, None), (date(2026, 12, 20), 1_000_000, 50_000)]
    page.form.input("rows").set_value(rows)
    page.check()
    room.settle()
    assert page.offer.table.size == 2
    assert page.offer.table.row_at(1).interest == 50_000
    room.submit(page)
    loan = loan_lists.listed(room.book, LoanFilter(), TODAY)[0].id
    found = loan_book.detail(room.book, loan, TODAY).rows
    assert [(row.due_on, row.due.principal) for row in found] == [row[:2] for row in rows]


def test_a_free_schedule_that_does_not_add_up_is_refused(room: Room) -> None:
    free = keep(room, Product(Method.FREE, RATE, limits=Limits(open_loans=3)), "SP-07")
    page = begun(room, product=free)
    page.form.input("rows").set_value([(date(2026, 9, 20), 200_000, None)])
    room.submit(page)
    assert page.form.problems()
    assert not loan_lists.listed(room.book, LoanFilter(), TODAY)


def test_rows_out_of_order_are_told(room: Room) -> None:
    free = keep(room, Product(Method.FREE, RATE, limits=Limits(open_loans=3)), "SP-07")
    page = begun(room, product=free)
    page.form.input("rows").set_value([(date(2026, 12, 1), 600_000, None), (date(2026, 9, 1), 600_000, None)])
    room.submit(page)
    assert page.form.problems()["rows"].startswith("Kỳ 2")


def test_purposes_of_the_product_are_proposed(room: Room) -> None:
    limited = keep(room, Product(Method.EQUAL_PRINCIPAL, RATE, limits=Limits(purposes=("Mua bò",))), "SP-06")
    page = begun(room, product=limited)
    assert "danh sách" in page.form.problems()["purpose"]
    room.fill(page, {"purpose": "Mua bò"})
    room.typed(page)
    assert "purpose" not in page.form.problems()


def test_leaving_asks_before_losing_what_was_typed(room: Room, answers: Answers) -> None:
    page = begun(room)
    answers.yes = False
    gone: list[int] = []
    assert not page.can_leave(lambda: gone.append(1))
    assert not gone
    assert answers.asked


def test_a_group_must_be_known(room: Room) -> None:
    page = room.show(NewLoanPage)
    assert page.form.value("group") == GroupId(room.village.group)  # the only one of the book
    assert page.form.value("member") is None
    room.submit(page)
    assert "member" in page.form.problems()


def test_what_the_page_fills_in_itself_is_no_unsaved_work(room: Room) -> None:
    """Arriving from a member's page, the group, the borrower and the only product stand there: nobody typed them."""
    page = room.show(NewLoanPage, group=room.village.group, member=room.village.members[0])
    room.typed(page)
    assert page.form.value("member") == room.village.members[0]
    assert not page.form.dirty
    assert page.can_leave(lambda: None)
    alone = room.show(NewLoanPage)
    room.typed(alone)
    assert alone.form.value("group") == room.village.group
    assert not alone.form.dirty
    room.fill(page, {"amount": 1_000_000})
    room.typed(page)
    assert page.form.dirty


def test_who_chooses_a_group_stays_there_and_goes_on_with_tab(room: Room) -> None:
    settle(room.book, "TO-02")
    page = room.show(NewLoanPage)
    page.activateWindow()
    picker, borrower = page.form.input("group"), page.form.input("member")
    picker.setFocus()
    room.qtbot.keyClicks(picker, "TO-02")
    picker._take(Find(room.village.group, "Tổ một", "TO-01"))
    room.settle()
    assert page.products
    assert page.focusWidget() is picker
    room.qtbot.keyClick(picker, Qt.Key.Key_Tab)
    assert page.focusWidget() is borrower


def test_work_begins_with_the_borrower_where_the_group_is_given(room: Room) -> None:
    page = NewLoanPage(room.desk)
    room.qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    page.open(group=room.village.group)
    page.focus_first()
    room.settle()
    assert page.focusWidget() is page.form.input("member")
