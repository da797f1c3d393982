"""Leaving in mid-cycle: by each rule of the group, with loans and fines taken off, to the đồng."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.models.kinds import Account, EntryKind, LeavingRule
from desktop.models.problems import Refusal
from desktop.models.records.every import Constitution
from desktop.services import groups, leaving, vouchers
from desktop.services.balances import group_balances, member_holdings
from desktop.services.leaving import Leave
from desktop.services.verify import verify
from desktop.services.vouchers import RecordVoucher
from desktop.store.book import Book
from tests.services.test_share_outs import DAY, _lend, _village
from tests.village import Village, an_act

ACT = an_act(DAY)


def _ruled(book: Book, rule: LeavingRule, fee: int = 0) -> Village:
    village = _village(book)
    with book.write(ACT) as session:
        row = session.get_one(Constitution, 1)
        row.leaving_rule, row.leaving_fee_percent = rule, fee
    income = RecordVoucher(village.group, EntryKind.OTHER_INCOME, 31_000, date(2026, 10, 1), text="Thu")
    vouchers.record(book, income, ACT)
    return village


@pytest.mark.parametrize(
    ("rule", "fee", "shares"),
    [
        (LeavingRule.PAID, 0, 60_000),
        (LeavingRule.CURRENT, 0, 70_000),  # (180.000 + 31.000) × 3 ÷ 9 = 70.333, down to 1.000
        (LeavingRule.LESS_FEE, 10, 54_000),
    ],
)
def test_shares_are_paid_back_by_the_rule(any_book: Book, rule: LeavingRule, fee: int, shares: int) -> None:
    village = _ruled(any_book, rule, fee)
    leaver = village.members[2]
    due = leaving.settlement(any_book, village.group, leaver, DAY, DAY)
    assert (due.shares, due.savings, due.cash) == (shares, 300_000, shares + 300_000)
    with any_book.read() as session:
        before = group_balances(session, village.group, DAY)[Account.CASH]
    leaving.leave(any_book, Leave(village.group, leaver, DAY, "Chuyển đi"), ACT)
    with any_book.read() as session:
        held = member_holdings(session, village.group, DAY)[leaver]
        after = group_balances(session, village.group, DAY)[Account.CASH]
    assert before - after == due.cash
    assert (held[Account.SHARES].amount, held[Account.SHARES].units, held[Account.SAVINGS].amount) == (
        0,
        0,
        0,
    )
    assert leaver not in {
        row.member_id for row in groups.get(any_book, village.group, DAY.replace(day=21)).members
    }
    assert verify(any_book).ok


def test_a_loan_is_taken_off_and_more_debt_than_money_is_refused(book: Book) -> None:
    village = _ruled(book, LeavingRule.PAID)
    _lend(book, village, 0, 200_000)
    due = leaving.settlement(book, village.group, village.members[0], DAY, DAY)
    assert due.loans > 200_000
    leaving.leave(book, Leave(village.group, village.members[0], DAY), ACT)
    with book.read() as session:
        assert group_balances(session, village.group, DAY)[Account.LOANS] == 0
    _lend_more = replace(Leave(village.group, village.members[1], DAY), day=date(2027, 1, 1))
    with pytest.raises(Refusal):
        leaving.leave(book, _lend_more, ACT)
    assert verify(book).ok


def test_who_owes_more_than_they_have_cannot_leave(book: Book) -> None:
    village = _ruled(book, LeavingRule.PAID)
    _lend(book, village, 1, 500_000)
    with pytest.raises(Refusal) as refused:
        leaving.leave(book, Leave(village.group, village.members[1], DAY), ACT)
    assert {problem.code for problem in refused.value.problems} == {"owes"}
    with book.read() as session:
        assert group_balances(session, village.group, DAY)[Account.LOANS] == 500_000
