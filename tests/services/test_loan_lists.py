"""Lists of loans by pages: the same rows in every order, sums as the portfolio has them, words of any kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from desktop.models.kinds import LoanStage
from desktop.models.rules.loan_products import DatedRate, Limits, Method, Product, Request, offer
from desktop.models.rules.loan_requests import Caution
from desktop.models.rules.loans.arrears import BANK_SCALE, MFI_SCALE, scale_on
from desktop.models.rules.loans.rounding import RoundingMode
from desktop.models.rules.loans.terms import FeeBase, Shift
from desktop.services import loan_applications, loan_lists, loan_portfolio, loan_products, loans
from desktop.services.loan_applications import Application, Apply, Decision
from desktop.services.loan_lists import LoanFilter, LoanOrder, LoanSort
from desktop.store.book import Book
from tests.village import Village, an_act, meet, settle

DAY = date(2026, 8, 20)
LENT = date(2026, 3, 10)
PRODUCT = Product(
    Method.EQUAL_PRINCIPAL,
    (DatedRate(date(2026, 1, 1), Fraction(1)),),
    off_sundays=False,
    off_holidays=False,
    limits=Limits(open_loans=2),
)


def _lend(book: Book, village: Village, member: int, amount: int, day: date, *, money: bool = True) -> None:
    if not loan_products.listed(book, None):
        loan_products.keep(book, loan_products.KeepProduct("SP-01", "Vay", PRODUCT), an_act())
    product = loan_products.listed(book, None)[0].id
    command = Apply(
        village.group,
        village.members[member],
        product,
        Request(amount, 4, day),
        Application("Nuôi vịt" if member else "Trồng rau"),
        agreed=True,
    )
    loan = loan_applications.apply(book, command, Caution(), an_act(day)).value
    if money:
        loan_applications.approve(book, loan, Decision(present=3, in_favour=3), an_act(day))
        loans.disburse(book, loans.Disburse(loan, day), an_act(day))


def _village(book: Book) -> Village:
    village = settle(book)
    for number in (1, 2, 3):
        meet(book, village, number, savings=900_000)
    _lend(book, village, 0, 1_200_000, LENT)
    _lend(book, village, 1, 400_000, date(2026, 8, 1))
    _lend(book, village, 2, 800_000, date(2026, 8, 2), money=False)
    return village


@pytest.mark.parametrize("descending", [False, True])
def test_every_order_gives_the_same_loans_page_by_page(any_book: Book, descending: bool) -> None:
    _village(any_book)
    everything = loan_lists.listed(any_book, LoanFilter(), DAY)
    for by in LoanOrder:
        sort = LoanSort(by, descending)
        paged = [
            row
            for offset in range(3)
            for row in loan_lists.page(any_book, LoanFilter(), sort, offset, 1, DAY)
        ]
        assert {row.id for row in paged} == {row.id for row in everything}
        assert len(paged) == 3
    owed = [
        row.outstanding
        for row in loan_lists.page(
            any_book, LoanFilter(), LoanSort(LoanOrder.OUTSTANDING, descending), 0, 9, DAY
        )
    ]
    assert owed == sorted(owed, reverse=descending)
    late = [
        row.days_late
        for row in loan_lists.page(any_book, LoanFilter(), LoanSort(LoanOrder.LATE, descending), 0, 9, DAY)
    ]
    assert late == sorted(late, reverse=descending)


def test_sums_are_those_of_the_portfolio(any_book: Book) -> None:
    village = _village(any_book)
    found = loan_portfolio.portfolio(any_book, DAY)
    sums = loan_lists.sums(any_book, LoanFilter(), DAY)
    assert (sums.loans, sums.outstanding, sums.overdue) == (3, found.outstanding, found.overdue)
    assert loan_lists.count(any_book, LoanFilter(member=village.members[0]), DAY) == 1
    assert loan_lists.count(any_book, LoanFilter(stages=(LoanStage.APPLIED,)), DAY) == 1


@pytest.mark.parametrize(
    ("text", "loans"),
    [("TV-003", 1), ("KV-0002", 1), ("Nuôi", 2), ("rau", 1), ("không có", 0), ("", 3)],
)
def test_words_find_code_borrower_and_purpose(any_book: Book, text: str, loans: int) -> None:
    _village(any_book)
    assert loan_lists.count(any_book, LoanFilter(text=text), DAY) == loans


def test_one_borrower_has_one_debt_group_the_worst(book: Book) -> None:
    village = _village(book)
    late = loan_portfolio.portfolio(book, DAY).loans[0]
    assert late.debt_group == 4  # 132 days by the scale of microfinance: group 4 from 90 days
    _lend(book, village, 0, 200_000, date(2026, 8, 10))
    found = {loan.code: loan for loan in loan_portfolio.portfolio(book, DAY).loans}
    assert found["KV-0004"].days_late == 0
    assert (found["KV-0004"].debt_group, found["KV-0004"].provision) == (4, 100_000)
    assert found["KV-0002"].debt_group == 1


def test_the_scale_is_chosen_by_name_and_day(book: Book) -> None:
    _village(book)
    assert scale_on("bank", DAY) is BANK_SCALE
    assert scale_on("mfi", date(2020, 1, 1)) is MFI_SCALE
    newer = replace(MFI_SCALE, since=date(2027, 1, 1))
    assert scale_on("mfi", date(2027, 2, 1), (newer, MFI_SCALE)) is newer
    with pytest.raises(KeyError):
        scale_on("none", DAY)
    by_bank = loan_portfolio.portfolio(book, DAY, scale=BANK_SCALE).loans[0]
    assert by_bank.debt_group == 3  # from 91 days group 3, from 181 group 4


def test_a_product_carries_its_rounding_shift_and_percent_fee_into_the_schedule() -> None:
    start = date(2026, 1, 4)  # 4 October 2026 and 4 January are Sundays
    product = replace(
        PRODUCT,
        method=Method.EQUAL_INSTALMENTS,
        off_sundays=True,
        shift=Shift.BACKWARD,
        instalment_multiple=5_000,
        fee_percent=Fraction(1),
        fee_base=FeeBase.INTEREST,
        rounding=RoundingMode.DOWN,
    )
    made = offer(product, Request(10_000_000, 12, start))
    instalments = {row.principal + row.interest for row in made.schedule.rows[:-1]}
    assert instalments == {885_000}  # 888.487 rounded down to a multiple of 5.000
    assert made.schedule.rows[0].interest == 100_000
    assert made.schedule.rows[0].fees == 1_000
    assert date(2026, 10, 3) in {row.due_on for row in made.schedule.rows}  # the Saturday before
    assert all(row.due_on.weekday() != 6 for row in made.schedule.rows)


def test_interest_may_begin_later_than_the_money(book: Book) -> None:
    late = offer(PRODUCT, Request(12_000_000, 12, date(2026, 1, 1), interest_from=date(2026, 1, 16)))
    whole = offer(PRODUCT, Request(12_000_000, 12, date(2026, 1, 1)))
    assert 0 < late.schedule.rows[0].interest < whole.schedule.rows[0].interest
    assert late.schedule.rows[1].interest == whole.schedule.rows[1].interest
