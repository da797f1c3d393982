"""The loans' page: its figures are those of the services; a band of the ageing opens its loans; lenders' loans."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from desktop.models.kinds import Account, EntryKind, LoanDirection, LoanEventKind, LoanStage
from desktop.models.rules.loan_products import Request
from desktop.models.rules.loan_requests import Caution
from desktop.services import balances, lender_loans, loan_applications, loan_book, loan_lists, loans
from desktop.services.loan_applications import Application, Apply
from desktop.services.loan_lists import LoanFilter
from desktop.services.loan_portfolio import portfolio
from desktop.views.groups.group_page import GroupPage
from desktop.views.kit.pickers import Find
from desktop.views.loans.loan_page import LoanPage
from desktop.views.loans.new_page import NewLoanPage
from desktop.views.loans.page import LoansPage
from desktop.views.loans.take_page import TakePage
from desktop.views.members.member_page import MemberPage
from resources.lang.dong import show_dong, show_percent
from tests.views.accessible import assert_named
from tests.views.loans.conftest import LENT, TODAY, Room
from tests.village import an_act


def lent(room: Room) -> None:
    """One loan that is late, one on time, one applied for."""
    room.lend(0)
    room.lend(1, 400_000, 12, date(2026, 8, 1))
    room.apply(2)


def test_the_figures_are_those_of_the_services(room: Room) -> None:
    lent(room)
    page = room.show(LoansPage)
    found = portfolio(room.book, TODAY)
    names = [
        figure.accessibleName()
        for figure in (
            page.portfolio.outstanding,
            page.portfolio.par,
            page.portfolio.overdue,
            page.portfolio.provisions,
        )
    ]
    assert names[0].endswith(show_dong(found.outstanding))
    assert found.par30 is not None
    assert names[1].endswith(show_percent(found.par30))
    assert names[2].endswith(show_dong(found.overdue))
    assert names[3].endswith(show_dong(found.provisions))
    assert_named(page)


def test_the_ageing_is_a_table_and_a_chart_that_can_be_read(room: Room) -> None:
    lent(room)
    page = room.show(LoansPage)
    found = portfolio(room.book, TODAY)
    rows = page.portfolio.ages.loaded_rows()
    assert [row.amount for row in rows] == list(found.ageing)
    assert sum(row.loans for row in rows) == len(found.loans)
    assert page.portfolio.chart.drawn
    assert show_dong(400_000) in page.portfolio.chart.accessibleName()


def test_a_band_opens_its_loans(room: Room) -> None:
    lent(room)
    page = room.show(LoansPage)
    assert [row.code for row in page.portfolio.loans.loaded_rows()] == ["KV-0001"]
    page.portfolio.drill(page.portfolio.ages.row_at(0))
    assert [row.code for row in page.portfolio.loans.loaded_rows()] == ["KV-0002"]
    page.portfolio.which.set_value("all")
    assert page.portfolio.loans.size == 2
    page.portfolio.open_loan(page.portfolio.loans.row_at(0))
    assert room.routes[-1].page == "loan"


def test_the_portfolio_of_an_earlier_day(room: Room) -> None:
    lent(room)
    page = room.show(LoansPage)
    page.portfolio.bar.edit.set_value(date(2026, 3, 20))
    room.settle()
    assert page.portfolio.found.outstanding == 1_200_000
    assert page.portfolio.found.overdue == 0


def test_an_empty_book_says_what_to_do(room: Room) -> None:
    page = room.show(LoansPage, tab="loans")
    assert page.loans.table.size == 0
    page.new_loan()
    assert room.routes[-1].page == "loan-new"


def test_loans_are_filtered_by_stage(room: Room) -> None:
    lent(room)
    page = room.show(LoansPage, tab="loans")
    assert page.loans.table.size == 3
    page.loans.stage.set_value((LoanStage.APPLIED,))
    room.settle()
    assert [row.code for row in page.loans.table.loaded_rows()] == ["KV-0003"]
    assert_named(page)


def test_what_is_due_is_what_the_services_say(room: Room) -> None:
    lent(room)
    page = room.show(LoansPage, tab="due", group=room.village.group)
    day = page.due.bar.day
    expected = loan_book.due_list(room.book, room.village.group, day)
    assert [line.due for line in page.due.table.loaded_rows()] == expected
    page.print_shown()
    assert room.printed[-1][0] == "loan-due-list"
    assert_named(page)


def test_dues_of_all_groups_are_read_together(room: Room) -> None:
    lent(room)
    page = room.show(LoansPage, tab="due")
    assert page.due.table.size == 1
    page.print_shown()
    assert not room.printed  # a list to sign belongs to one group
    page.print_overdue()
    assert room.printed[-1][0] == "loan-overdue"


# -- what the groups borrow ------------------------------------------------------------------------


def taken(room: Room, **more: Any) -> Any:
    page = room.show(TakePage, group=room.village.group)
    values = {
        "lender": "Ngân hàng Chính sách xã hội",
        "contract": "HD-12",
        "amount": 20_000_000,
        "disbursed_on": LENT,
        "rate": Fraction(66, 100),
        "number": 10,
    }
    room.fill(page, {**values, **more})
    room.typed(page)
    return page


def test_a_loan_to_the_group_comes_into_the_box(room: Room) -> None:
    page = taken(room)
    assert page.offer.table.size == 10
    assert_named(page)
    room.submit(page)
    row = loan_lists.listed(room.book, LoanFilter(direction=LoanDirection.IN), TODAY)[0]
    assert (row.name, row.amount) == ("Ngân hàng Chính sách xã hội", 20_000_000)
    assert room.routes[-1].page == "loan"
    listed = room.show(LoansPage, tab="loans", direction="in")
    assert [one.id for one in listed.loans.table.loaded_rows()] == [row.id]
    assert listed.loans.side.value() is LoanDirection.IN


def test_bad_terms_of_a_lender_are_refused_at_their_fields(room: Room) -> None:
    page = taken(room, lender="", first_due=date(2026, 3, 1), number=0)
    room.submit(page)
    assert {"lender", "number"} <= set(page.form.problems())
    room.fill(page, {"lender": "Quỹ dự án", "number": 4})
    room.submit(page)
    assert "sau ngày giải ngân" in page.form.problems()["first_due"]
    page.form.input("rate").setText("1000")
    room.submit(page)
    assert "rate" in page.form.problems()


def test_the_group_pays_its_lender(room: Room) -> None:
    page = taken(room)
    room.submit(page)
    loan = loan_lists.listed(room.book, LoanFilter(direction=LoanDirection.IN), TODAY)[0].id
    paying = room.show(LoanPage, loan=loan)
    assert paying.actions()[0].title == "Trả nợ…"
    paying.repay()
    dialog = room.dialog(paying)
    room.settle()
    room.fill(dialog, {"day": date(2026, 4, 10), "amount": 2_132_000})
    room.typed(dialog)
    assert "Gốc 2.000.000" in dialog.split.text()
    room.submit(dialog)
    assert loan_book.detail(room.book, loan, TODAY).state.principal_outstanding == 18_000_000


def test_members_are_lent_what_the_group_borrowed(room: Room) -> None:
    page = taken(room)
    room.submit(page)
    source = loan_lists.listed(room.book, LoanFilter(direction=LoanDirection.IN), TODAY)[0].id
    asked = room.show(NewLoanPage, group=room.village.group)
    assert asked.form.input("funded_by").count() == 2
    room.fill(
        asked,
        {
            "member": Find(room.village.members[1], "Hòa"),
            "product": room.product,
            "amount": 1_200_000,
            "number": 4,
            "purpose": "Nuôi vịt",
            "funded_by": source,
        },
    )
    room.typed(asked)
    room.submit(asked)
    loan = loan_lists.listed(room.book, LoanFilter(), TODAY)[0]
    told = loan_book.detail(room.book, loan.id, TODAY)
    assert told.source == f"{loan_book.detail(room.book, source, TODAY).code} · Ngân hàng Chính sách xã hội"
    lender = room.show(LoanPage, loan=source, tab="on-lent")
    room.settle()
    assert [row.id for row in lender.on_lent.list.table.loaded_rows()] == [loan.id]
    assert "còn 18.800.000" in lender.on_lent.words.text()
    assert_named(lender)
    found, _offer = loan_applications.check_apply(
        room.book,
        Apply(
            room.village.group,
            room.village.members[2],
            room.product,
            Request(19_000_000, 4, TODAY),
            Application("Nuôi vịt", funded_by=source),
        ),
        Caution(),
        TODAY,
    )
    assert "source-short" in {problem.code for problem in found}


def test_interest_collected_for_a_lender_is_handed_on(room: Room) -> None:
    page = room.show(LoansPage)
    page.collect()
    dialog = room.dialog(page)
    assert_named(dialog)
    group = Find(room.village.group, "Tổ")
    room.fill(dialog, {"group": group, "kind": EntryKind.COLLECTED_OUT, "amount": 50_000})
    room.submit(dialog)
    assert "thu hộ" in dialog.form.problems()["amount"]
    room.fill(dialog, {"kind": EntryKind.COLLECTED_IN})
    room.submit(dialog)
    with room.book.read() as session:
        assert balances.group_balances(session, room.village.group, TODAY)[Account.COLLECTED] == 50_000


def test_a_payment_to_the_lender_is_printed_and_taken_back_on_the_loans_page(room: Room) -> None:
    page = taken(room)
    room.submit(page)
    loan = loan_lists.listed(room.book, LoanFilter(direction=LoanDirection.IN), TODAY)[0].id
    lender_loans.repay(room.book, loan, date(2026, 4, 10), 2_132_000, room.desk.act())
    shown = room.show(LoanPage, loan=loan, tab="events")
    event = next(event for event in shown.events.table.loaded_rows() if event.kind is LoanEventKind.REPAYMENT)
    shown.events.view.select_key(event.seq)
    assert shown.events.receipt_button.isEnabled()
    shown.print_receipt(event)
    assert room.printed[-1][0] == "receipts"
    shown.print_main()
    assert room.printed[-1][0] == "loan-passbook"
    shown.undo(event)
    dialog = room.dialog(shown)
    room.fill(dialog, {"reason": "Ghi nhầm"})
    room.submit(dialog)
    assert loan_book.detail(room.book, loan, TODAY).state.principal_outstanding == 20_000_000


def test_the_list_of_what_was_collected_is_asked_for_by_period(room: Room) -> None:
    page = room.show(LoansPage)
    page.print_collection()
    dialog = room.dialog(page)
    assert_named(dialog)
    room.fill(dialog, {"group": Find(room.village.group, "Tổ"), "starts": TODAY, "ends": LENT})
    room.submit(dialog)
    assert "ends" in dialog.form.problems()
    room.fill(dialog, {"starts": LENT, "ends": TODAY})
    room.submit(dialog)
    assert room.printed[-1][0] == "lender-collection"


def test_loans_are_listed_on_the_pages_of_their_group_and_borrower(room: Room) -> None:
    lent(room)
    group = room.show(GroupPage, group=room.village.group, tab="loans")
    tab = group.tabs.currentWidget()
    assert [row.code for row in tab.list.table.loaded_rows()] == ["KV-0002", "KV-0003", "KV-0001"]
    assert_named(tab)
    tab.list.open_loan(tab.list.table.row_at(0))
    assert room.routes[-1].page == "loan"
    tab.new_button.click()
    assert room.routes[-1].args["group"] == room.village.group
    member = room.show(MemberPage, member=room.village.members[1], tab="loans")
    assert [row.code for row in member.loans.table.loaded_rows()] == ["KV-0002"]
    assert "400.000" in member.loans.view._summary.text()
    member.new_loan()
    assert room.routes[-1].args == {"group": room.village.group, "member": room.village.members[1]}


def test_arrears_are_counted_as_the_book_decides_from_a_day(room: Room) -> None:
    lent(room)
    late = portfolio(room.book, TODAY).loans[0]
    paid = loans.Repay(late.id, TODAY - timedelta(days=1), late.overdue - 900)
    loans.repay(room.book, paid, an_act(TODAY))
    page = room.show(LoansPage)
    tab = page.portfolio
    before = tab.found
    assert 0 < before.overdue < 1_000_000
    assert "14/2024" in tab.provisions.accessibleDescription()
    assert tab.counting.text() == "Quá hạn tính từ 1 ngày sau hạn, mọi số tiền thiếu"
    tab.counting_button.click()
    room.settle()
    dialog = room.dialog(page)
    assert_named(dialog)
    room.fill(dialog, {"since": TODAY, "amount": before.overdue + 1, "ageing": "45", "scale": "own"})
    assert dialog.form.input("provisions").isVisible()
    room.fill(dialog, {"scale": "bank"})
    assert not dialog.form.input("provisions").isVisible()
    room.submit(dialog)
    assert "reason" in dialog.form.problems()
    room.fill(dialog, {"reason": "Quy định của dự án"})
    room.submit(dialog)
    assert show_dong(before.overdue) in tab.counting.text()
    assert "31/2024" in tab.provisions.accessibleDescription()
    assert (tab.found.overdue, tab.found.passed_over) == (0, before.overdue)
    assert [row.loans for row in tab.ages.loaded_rows()] == [2, 0, 0]
    tab.which.set_value(2)
    assert tab.loans.size == 0
    tab.bar.edit.set_value(TODAY - timedelta(days=1))
    room.settle()
    assert tab.found.overdue > 0  # the day before is counted as it was
    assert "14/2024" in tab.provisions.accessibleDescription()


def test_an_application_that_was_only_opened_may_be_left(room: Room) -> None:
    page = taken(room)
    room.submit(page)
    asked = room.show(NewLoanPage, group=room.village.group)
    assert asked.form.input("funded_by").count() == 2
    assert not asked.form.dirty
    assert asked.can_leave(lambda: None)
