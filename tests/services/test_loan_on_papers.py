"""What papers of a group say about its members' loans."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desktop.models.kinds import Account
from desktop.models.rules.loan_products import Method
from desktop.services import (
    group_papers,
    loan_applications,
    loan_papers,
    loan_products,
    meeting_papers,
    meetings,
    statements,
)
from desktop.services.loan_applications import Decision
from desktop.services.statements import StatementOrder
from desktop.store.book import Book
from reports.member_statement import Section
from tests.services.test_loans import LENT_ON, PRODUCT, apply, keyed, lend, pay, village
from tests.village import an_act

PAID_ON = date(2026, 4, 10)
ENDS = date(2026, 12, 31)


def test_a_statement_tells_what_the_member_borrowed_repaid_and_owes(any_book: Book) -> None:
    home = village(any_book)
    loan = lend(any_book, home)
    pay(any_book, loan, PAID_ON, 312_000)
    order = StatementOrder(home.group, LENT_ON, ENDS)
    borrower, other, *_rest = statements.gather(any_book, order, an_act(ENDS))
    debt = next(account for account in borrower.accounts if account.section is Section.LOAN)
    assert (debt.title, debt.opening, debt.closing) == ("Dư nợ gốc khoản vay", 0, 900_000)
    assert [(line.paid_in, line.paid_out, line.balance) for line in debt.movements] == [
        (1_200_000, 0, 1_200_000),
        (0, 300_000, 900_000),
    ]
    kept = sum(one.closing for one in borrower.accounts if one.section in (Section.SAVINGS, Section.SHARES))
    assert borrower.closing_total == kept
    assert all(account.section is not Section.LOAN for account in other.accounts)


def test_a_loan_repaid_before_the_period_is_left_out(any_book: Book) -> None:
    home = village(any_book)
    loan = lend(any_book, home)
    quote = loan_papers.payoff(any_book, loan, PAID_ON, an_act(ENDS)).value
    assert all(part.how for part in quote.parts)
    assert all(note[0].isupper() and note.endswith(".") for note in quote.notes)
    pay(any_book, loan, PAID_ON, quote.total)
    found = statements.gather(any_book, StatementOrder(home.group, date(2026, 5, 1), ENDS), an_act(ENDS))
    assert all(account.section is not Section.LOAN for one in found for account in one.accounts)


def test_minutes_leave_out_parts_of_loans_that_nobody_paid(any_book: Book) -> None:
    home = village(any_book)
    lend(any_book, home)
    meeting = meetings.record(any_book, keyed(any_book, home, PAID_ON), an_act(PAID_ON)).value.meeting
    titles = [
        column.title for column in meeting_papers.minutes(any_book, meeting, an_act(ENDS)).value.columns
    ]
    assert "Trả gốc" in titles
    assert "Trả lãi" in titles
    assert "Phí vay" not in titles
    assert "Phạt chậm" not in titles


def test_every_paper_names_the_declining_equal_of_a_flat_rate(book: Book) -> None:
    """1 % a month on the first sum over 12 months is 1,79 % on what is still owed: also before anything is decided."""
    home = village(book)
    flat = replace(PRODUCT, method=Method.FLAT)
    product = loan_products.keep(book, loan_products.KeepProduct("SP-F", "Vay", flat), an_act()).value
    loan = apply(book, home, product, 1_200_000, 12)
    asked = loan_papers.application(book, loan, an_act(LENT_ON)).value
    assert "1,79\u00a0% mỗi 1 tháng trên dư nợ giảm dần" in asked.rate_text
    loan_applications.approve(book, loan, Decision(present=3, in_favour=2), an_act(LENT_ON))
    decided = loan_papers.application(book, loan, an_act(LENT_ON)).value.decision
    assert decided is not None
    assert "trên dư nợ giảm dần" in decided.rate_text
    signed = loan_papers.contract(book, loan, an_act(LENT_ON)).value
    assert "trên dư nợ giảm dần" in signed.loan.equivalent_text


def test_names_of_boxes_and_balances(any_book: Book) -> None:
    home = village(any_book)
    lend(any_book, home)
    sheet = meeting_papers.blank_sheet(any_book, home.group, an_act(ENDS), PAID_ON).value
    assert "Dư nợ" in sheet.balances
    for box, bank in ((Account.BANK, True), (Account.CASH, False)):
        book = group_papers.cash_book(any_book, home.group, box, LENT_ON, ENDS, an_act(ENDS)).value
        assert book.bank is bank
