"""A loan paid by bank transfer: the whole sum and the fee kept back both move in the bank, never in the box."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.models.ids import LoanId
from desktop.models.kinds import Account, EntryKind, LoanEventKind, LoanStage
from desktop.models.problems import Refusal
from desktop.models.records.every import Loan
from desktop.models.rules.entries import Entry
from desktop.services import balances, loan_applications, loan_changes, loan_portfolio, loan_products, loans
from desktop.services.loan_applications import Decision
from desktop.services.verify import verify
from desktop.services.vouchers import RecordVoucher, record
from desktop.store.book import Book
from tests.services.test_loan_changes import END, seq_of, told
from tests.services.test_loans import LENT_ON, PRODUCT, apply, codes, village
from tests.village import Village, an_act

FEE = 20_000
WITH_FEE = replace(PRODUCT, upfront_fee=FEE)


def approved(book: Book, home: Village, in_bank: int) -> LoanId:
    """A loan of 1.200.000 that waits for its money, with so much in the bank."""
    record(book, RecordVoucher(home.group, EntryKind.BANK_IN, in_bank, LENT_ON), an_act(LENT_ON))
    product = loan_products.keep(book, loan_products.KeepProduct("SP", "Vay", WITH_FEE), an_act()).value
    loan = apply(book, home, product, 1_200_000, 4)
    loan_applications.approve(book, loan, Decision(present=3, in_favour=3), an_act(LENT_ON))
    return loan


def held(book: Book, home: Village) -> dict[Account, int]:
    with book.read() as session:
        found = balances.group_balances(session, home.group, END)
    return {one: found.get(one, 0) for one in (Account.CASH, Account.BANK, Account.LOANS, Account.FEES)}


def test_a_fee_kept_back_from_a_transfer_stays_in_the_bank(any_book: Book) -> None:
    """1.180.000 in the bank are enough: that is all that leaves it. The cash box is not touched."""
    home = village(any_book)
    loan = approved(any_book, home, 1_200_000 - FEE)
    cash = held(any_book, home)[Account.CASH]
    loans.disburse(any_book, loans.Disburse(loan, LENT_ON, from_bank=True), an_act(LENT_ON))
    assert held(any_book, home) == {
        Account.CASH: cash,
        Account.BANK: 0,
        Account.LOANS: 1_200_000,
        Account.FEES: FEE,
    }
    # As from the box, what is kept back is no repayment.
    found = loan_portfolio.portfolio(any_book, date(2026, 4, 11), home.group)
    assert found.overdue == 312_000
    assert verify(any_book).ok

    loan_changes.undo(any_book, loan, seq_of(any_book, loan, LoanEventKind.DISBURSEMENT), "Nhầm", an_act(END))
    assert held(any_book, home) == {
        Account.CASH: cash,
        Account.BANK: 1_200_000 - FEE,
        Account.LOANS: 0,
        Account.FEES: 0,
    }
    assert told(any_book, loan).stage is LoanStage.APPROVED
    assert verify(any_book).ok


def test_the_bank_is_never_overdrawn_by_a_loan(book: Book) -> None:
    home = village(book)
    loan = approved(book, home, 1_200_000 - FEE - 1)
    before = held(book, home)
    with pytest.raises(Refusal) as refusal:
        loans.disburse(book, loans.Disburse(loan, LENT_ON, from_bank=True), an_act(LENT_ON))
    assert codes(refusal) == {"box-short"}
    assert held(book, home) == before
    assert told(book, loan).stage is LoanStage.APPROVED
    # From the box, which holds enough, the same loan is paid.
    loans.disburse(book, loans.Disburse(loan, LENT_ON), an_act(LENT_ON))
    after = held(book, home)
    assert (after[Account.BANK], after[Account.CASH]) == (
        before[Account.BANK],
        before[Account.CASH] - 1_200_000 + FEE,
    )


def test_a_later_part_by_bank_has_no_fee_again(book: Book) -> None:
    home = village(book)
    loan = approved(book, home, 1_200_000 - FEE)
    for part in (700_000, 500_000):
        loans.disburse(book, loans.Disburse(loan, LENT_ON, part, from_bank=True), an_act(LENT_ON))
    found = held(book, home)
    assert (found[Account.BANK], found[Account.FEES]) == (0, FEE)


def test_a_book_from_before_verifies_and_its_transfer_is_taken_back_as_posted(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Earlier the fee of a transfer came into the cash box: such vouchers stand, and are reversed as they are."""

    def as_before(loan: Loan, amount: int, fee: int, *, from_bank: bool) -> list[Entry]:
        about = (loans.member_of(loan), LoanId(loan.id))
        assert from_bank
        return [Entry(EntryKind.LOAN_OUT_BANK, amount, *about), Entry(EntryKind.LOAN_UPFRONT, fee, *about)]

    home = village(book)
    loan = approved(book, home, 1_200_000)
    before = held(book, home)
    with monkeypatch.context() as then:
        then.setattr(loans, "_handed_over", as_before)
        loans.disburse(book, loans.Disburse(loan, LENT_ON, from_bank=True), an_act(LENT_ON))
    assert held(book, home)[Account.CASH] == before[Account.CASH] + FEE
    assert verify(book).ok
    loan_changes.undo(book, loan, seq_of(book, loan, LoanEventKind.DISBURSEMENT), "Nhầm", an_act(END))
    assert held(book, home) == before
    assert verify(book).ok
