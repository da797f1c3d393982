"""Changes of a loan beside its payments, and taking them back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from desktop.models.kinds import Account, LoanEventKind, LoanStage
from desktop.models.problems import Refusal
from desktop.models.rules.loan_products import DatedRate, Method, Product, Request
from desktop.services import (
    balances,
    lender_loans,
    loan_book,
    loan_changes,
    loan_papers,
    loan_portfolio,
    loan_recovery,
    loans,
    meetings,
    periods,
)
from desktop.services.loan_book import LoanDetail
from desktop.services.loan_changes import Change, FeeBase
from desktop.services.verify import verify
from desktop.store.book import Book
from tests.services.test_loans import LENT_ON, agrees, codes, keyed, ledger_of, lend, pay, village
from tests.village import Village, an_act

END = date(2026, 12, 31)
OFF = date(2026, 9, 1)


def told(book: Book, loan: int, day: date = END) -> LoanDetail:
    return loan_book.detail(book, loan, day)  # type: ignore[arg-type]


def seq_of(book: Book, loan: int, kind: LoanEventKind) -> int:
    return next(event.seq for event in told(book, loan).events if event.kind is kind)


def write_off(book: Book, loan: int, day: date = OFF) -> None:
    loan_changes.change(book, Change(loan, LoanEventKind.WRITE_OFF, day, "Bỏ đi"), an_act(END))  # type: ignore[arg-type]


def losses(book: Book, home: Village) -> int:
    with book.read() as session:
        return balances.group_balances(session, home.group, END).get(Account.WRITE_OFFS, 0)


def test_what_comes_after_a_write_off_is_recovery_and_lowers_the_loss(book: Book) -> None:
    home = village(book)
    loan = lend(book, home)
    pay(book, loan, date(2026, 4, 10), 312_000)
    write_off(book, loan)
    assert losses(book, home) == 900_000
    # It is asked for no more, neither on the list nor on the sheet of the next meeting; what comes is a recovery.
    next_time = date(2026, 10, 1)
    assert loan_book.due_list(book, home.group, date(2026, 8, 31))
    assert loan_book.due_list(book, home.group, next_time) == []
    sheet = meetings.sheet_facts(book, home.group, next_time, END)
    assert not any(member.due.total for member in sheet.members)
    pay(book, loan, date(2026, 10, 1), 100_000)
    found = told(book, loan).state
    paid = next(split for split in found.splits if split.on == date(2026, 10, 1)).parts
    assert (found.recovered, paid.total) == (100_000, 100_000)
    assert losses(book, home) == 900_000 - paid.principal
    assert ledger_of(book, home)[Account.LOANS] == 0
    assert verify(book).ok
    before, after = (loan_recovery.recovery(book, day) for day in (date(2026, 9, 30), date(2026, 10, 1)))
    assert after.paid - before.paid == 100_000
    # Never more than what was given up.
    with pytest.raises(Refusal) as refusal:
        pay(book, loan, date(2026, 10, 2), 10_000_000)
    assert codes(refusal) == {"too-much"}
    pay(book, loan, date(2026, 10, 2), loans.quote(book, loan, date(2026, 10, 2)).amount, None)
    assert told(book, loan).stage is LoanStage.CLOSED
    assert losses(book, home) == 0
    assert verify(book).ok


def test_a_write_off_is_taken_back_only_before_anything_was_recovered(book: Book) -> None:
    home = village(book)
    loan = lend(book, home)
    write_off(book, loan)
    pay(book, loan, date(2026, 10, 1), 100_000)
    seq = seq_of(book, loan, LoanEventKind.WRITE_OFF)
    with pytest.raises(Refusal) as refusal:
        loan_changes.undo(book, loan, seq, "Nhầm", an_act(END))
    assert codes(refusal) == {"recovered"}
    loan_changes.undo(book, loan, seq_of(book, loan, LoanEventKind.REPAYMENT), "Nhầm", an_act(END))
    loan_changes.undo(book, loan, seq, "Nhầm", an_act(END))
    assert told(book, loan).stage is LoanStage.ACTIVE
    assert losses(book, home) == 0
    agrees(book, home, loan)


def test_before_a_write_off_nothing_is_entered_or_taken_back(book: Book) -> None:
    home = village(book)
    loan = lend(book, home)
    pay(book, loan, date(2026, 4, 10), 312_000)
    with pytest.raises(Refusal) as refusal:
        write_off(book, loan, date(2026, 4, 1))
    assert codes(refusal) == {"paid-later"}
    fee = Change(loan, LoanEventKind.FEE, date(2026, 5, 2), "Phí nhắc nợ", amount=20_000)
    loan_changes.change(book, fee, an_act(END))
    with pytest.raises(Refusal) as refusal:  # it would count a fee as given up that was not charged yet
        write_off(book, loan, date(2026, 5, 1))
    assert codes(refusal) == {"paid-later"}
    write_off(book, loan)
    with pytest.raises(Refusal) as refusal:
        pay(book, loan, date(2026, 8, 1), 100_000)
    assert codes(refusal) == {"written-off"}
    with pytest.raises(Refusal) as refusal:
        loan_changes.undo(book, loan, seq_of(book, loan, LoanEventKind.REPAYMENT), "Nhầm", an_act(END))
    assert codes(refusal) == {"written-off"}
    assert verify(book).ok


@pytest.mark.parametrize(
    "change",
    [
        {"kind": LoanEventKind.WAIVER, "interest": 5_000},
        {"kind": LoanEventKind.FEE, "amount": 20_000},
        {"kind": LoanEventKind.RESCHEDULE, "from_due": date(2026, 5, 1), "months": 2},
    ],
)
def test_a_change_without_money_is_taken_back_and_guarded_by_the_closed_period(
    book: Book, change: dict[str, object]
) -> None:
    home = village(book)
    loan = lend(book, home)
    before = told(book, loan).rows
    command = Change(loan, day=date(2026, 5, 2), reason="Bão", **change)  # type: ignore[arg-type]
    loan_changes.change(book, command, an_act(END))
    seq = seq_of(book, loan, command.kind)
    assert told(book, loan).rows != before
    periods.close_period(book, home.group, date(2026, 5, 31), "Hết tháng 5", an_act(END))
    with pytest.raises(Refusal) as refusal:
        loan_changes.undo(book, loan, seq, "Nhầm", an_act(END))
    assert codes(refusal) == {"closed-period"}
    with pytest.raises(Refusal) as refusal:
        loan_changes.change(book, command, an_act(END))
    assert codes(refusal) == {"closed-period"}
    periods.reopen_period(book, home.group, None, "Sửa", an_act(END))
    loan_changes.undo(book, loan, seq, "Nhầm", an_act(END))
    assert told(book, loan).rows == before
    with pytest.raises(Refusal) as refusal:
        loan_changes.undo(book, loan, seq, "Nhầm", an_act(END))
    assert codes(refusal) == {"not-undoable"}
    agrees(book, home, loan)


def test_the_money_of_a_loan_is_taken_back_while_nothing_was_paid(book: Book) -> None:
    home = village(book)
    loan = lend(book, home)
    pay(book, loan, date(2026, 4, 10), 312_000)
    lent = seq_of(book, loan, LoanEventKind.DISBURSEMENT)
    with pytest.raises(Refusal) as refusal:
        loan_changes.undo(book, loan, lent, "Nhầm người", an_act(END))
    assert codes(refusal) == {"used"}
    loan_changes.undo(book, loan, seq_of(book, loan, LoanEventKind.REPAYMENT), "Nhầm", an_act(END))
    loan_changes.undo(book, loan, lent, "Nhầm người", an_act(END))
    found = told(book, loan)
    assert (found.stage, found.disbursed_on) == (LoanStage.APPROVED, None)
    assert ledger_of(book, home)[Account.LOANS] == 0
    assert verify(book).ok
    loans.disburse(book, loans.Disburse(loan, LENT_ON), an_act(LENT_ON))
    assert told(book, loan).stage is LoanStage.ACTIVE
    assert verify(book).ok


def test_a_refund_is_given_once_and_may_be_taken_back(book: Book) -> None:
    home = village(book)
    loan = lend(book, home)
    day = date(2026, 4, 10)
    loans.repay(book, loans.Repay(loan, day, 1_300_000, 0, keep_surplus=True), an_act(day))
    with pytest.raises(Refusal) as refusal:
        loan_changes.refund(book, loan, date(2026, 4, 9), an_act(END))
    assert codes(refusal) == {"no-credit"}
    with pytest.raises(Refusal) as refusal:
        loan_changes.refund(book, loan, date(2027, 4, 9), an_act(END))
    assert codes(refusal) == {"future"}
    loan_changes.refund(book, loan, date(2026, 4, 11), an_act(END))
    loan_changes.undo(book, loan, seq_of(book, loan, LoanEventKind.REFUND), "Chưa nhận", an_act(END))
    given = loan_changes.refund(book, loan, date(2026, 4, 12), an_act(END)).value
    assert given.vouchers
    agrees(book, home, loan)


def test_after_a_disaster_an_extension_is_seen_but_does_not_worsen_the_debt_group(book: Book) -> None:
    home = village(book)
    loan = lend(book, home)
    extension = Change(
        loan,
        LoanEventKind.RESCHEDULE,
        date(2026, 4, 1),
        "Bão số 3",
        from_due=date(2026, 4, 10),
        months=3,
        counts=False,
    )
    loan_changes.change(book, extension, an_act(END))
    found = loan_portfolio.portfolio(book, date(2026, 5, 1))
    (one,) = found.loans
    assert (one.extended, one.rescheduled, one.debt_group, one.days_late) == (1, 0, 1, 0)
    assert found.at_risk_30 == 0
    loan_changes.undo(book, loan, seq_of(book, loan, LoanEventKind.RESCHEDULE), "Nhầm", an_act(END))
    loan_changes.change(book, replace(extension, counts=True), an_act(END))
    found = loan_portfolio.portfolio(book, date(2026, 5, 1))
    (one,) = found.loans
    assert (one.extended, one.rescheduled) == (1, 1)
    assert one.debt_group > 1
    assert found.at_risk_30 == one.outstanding


def test_what_a_late_entry_changes_is_told_before_it_is_written(book: Book) -> None:
    home = village(book)
    loan = lend(book, home)
    pay(book, loan, date(2026, 5, 20), 700_000)
    act = an_act(date(2026, 5, 21))
    loan_papers.passbook(book, loan, act)
    late = loans.Repay(loan, date(2026, 4, 10), 312_000, 0)
    told_before = loans.consequences(book, late, act.today)
    (changed,) = told_before.splits
    assert changed.day == date(2026, 5, 20)
    assert changed.before.total == changed.after.total == 700_000
    assert changed.before != changed.after
    posted = loans.repay(book, late, act).value
    assert [paper.number for paper in posted.papers] == [paper.number for paper in told_before.papers]
    assert posted.papers
    now = next(split for split in told(book, loan).state.splits if split.on == date(2026, 5, 20))
    assert now.parts == changed.after
    agrees(book, home, loan)


@pytest.mark.parametrize(
    ("base", "fee"), [(FeeBase.LENT, 24_000), (FeeBase.OWED, 18_000), (FeeBase.OVERDUE, 6_180)]
)
def test_a_dated_fee_may_be_a_percent(book: Book, base: FeeBase, fee: int) -> None:
    """2 % of 1.200.000 lent, of 900.000 still owed, of 300.000 + 9.000 overdue."""
    home = village(book)
    loan = lend(book, home)
    pay(book, loan, date(2026, 4, 10), 312_000)
    command = Change(loan, LoanEventKind.FEE, date(2026, 5, 20), "Thẩm định", percent=Fraction(2), base=base)
    loan_changes.change(book, command, an_act(END))
    assert sum(row.due.fees for row in told(book, loan).rows) == fee
    with pytest.raises(Refusal) as refusal:
        loan_changes.change(book, replace(command, amount=5_000), an_act(END))
    assert codes(refusal) == {"both"}
    with pytest.raises(Refusal) as refusal:
        loan_changes.change(book, replace(command, percent=Fraction(1000)), an_act(END))
    assert "percent" in codes(refusal)
    agrees(book, home, loan)


def test_the_passbook_carries_the_balance_over_what_moves_no_money(book: Book) -> None:
    home = village(book)
    loan = lend(book, home)
    pay(book, loan, date(2026, 4, 10), 312_000)
    loan_changes.change(
        book, Change(loan, LoanEventKind.WAIVER, date(2026, 5, 2), "Ốm", interest=5_000), an_act(END)
    )
    write_off(book, loan)
    pay(book, loan, date(2026, 10, 1), 100_000)
    rows = loan_papers.passbook(book, loan, an_act(END)).value.movements
    assert [row.balance for row in rows[:4]] == [1_200_000, 900_000, 900_000, 900_000]
    assert rows[4].balance == told(book, loan).state.principal_outstanding
    assert rows[1].text == "Trả nợ"
    assert rows[4].text == "Thu hồi nợ đã xóa"


def test_a_lenders_loan_entered_by_mistake_is_taken_back(book: Book) -> None:
    home = village(book)
    product = Product(Method.BULLET, (DatedRate(date(2026, 1, 1), Fraction(1)),))
    take = lender_loans.Take(
        home.group, "Ngân hàng Chính sách xã hội", "HĐ-1", product, Request(5_000_000, 6, LENT_ON)
    )
    loan = lender_loans.take(book, take, an_act(LENT_ON)).value.loan
    loan_changes.undo(book, loan, seq_of(book, loan, LoanEventKind.DISBURSEMENT), "Nhầm", an_act(END))
    assert told(book, loan).stage is LoanStage.CANCELLED
    with book.read() as session:
        assert balances.group_balances(session, home.group, END).get(Account.LENDERS, 0) == 0
    assert verify(book).ok


def test_money_recovered_at_a_meeting_lowers_the_loss_too(book: Book) -> None:
    home = village(book)
    loan = lend(book, home)
    pay(book, loan, date(2026, 4, 10), 312_000)
    write_off(book, loan, date(2026, 5, 1))
    day = date(2026, 5, 16)
    late = told(book, loan, day).state.due_by(day)
    command = keyed(book, home, day, loan_principal=late.principal, loan_interest=late.interest)
    row = command.sheet.rows[0]
    assert row.amounts["loan_principal"] > 0
    meetings.record(book, command, an_act(day))
    assert losses(book, home) == 900_000 - row.amounts["loan_principal"]
    assert ledger_of(book, home)[Account.LOANS] == 0
    assert verify(book).ok
