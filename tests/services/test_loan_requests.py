"""What speaks against a request: the whole household's debts, long chains of guarantors, deciding for oneself."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from desktop.models.ids import LoanId, new_uid
from desktop.models.problems import Refusal
from desktop.models.records.every import Household, Member
from desktop.models.rules.loan_products import DatedRate, Limits, Method, Product, Request
from desktop.models.rules.loan_requests import Caution
from desktop.models.rules.loans.terms import RateUnit, YearBasis
from desktop.services import loan_applications, loan_products, loans
from desktop.services.loan_applications import Application, Apply, Decision
from desktop.store.book import Book
from tests.services.test_loans import LENT_ON, codes
from tests.village import Village, an_act, meet, settle

PRODUCT = Product(
    Method.EQUAL_PRINCIPAL,
    (DatedRate(date(2026, 1, 1), Fraction(1)),),
    limits=Limits(open_loans=3),
    off_sundays=False,
    off_holidays=False,
)


@pytest.fixture
def home(book: Book) -> Village:
    made = settle(book, members=5)
    for number in (1, 2, 3):
        meet(book, made, number, savings=2_000_000)
    return made


def keep(book: Book, product: Product = PRODUCT, code: str = "SP-01") -> int:
    return loan_products.keep(book, loan_products.KeepProduct(code, "Vay", product), an_act()).value


def command(
    home: Village, product: int, member: int, request: Request, guarantors: tuple[int, ...] = (), **paper: int
) -> Apply:
    application = Application(
        "Nuôi vịt",
        guarantors=tuple(home.members[one] for one in guarantors),
        **paper,  # type: ignore[arg-type]
    )
    return Apply(home.group, home.members[member], product, request, application, agreed=True)


def lend(book: Book, asked: Apply) -> LoanId:
    loan = loan_applications.apply(book, asked, Caution(), an_act(LENT_ON)).value
    loan_applications.approve(book, loan, Decision(present=5, in_favour=5), an_act(LENT_ON))
    loans.disburse(book, loans.Disburse(loan, LENT_ON), an_act(LENT_ON))
    return loan


def found(book: Book, asked: Apply) -> dict[str, str]:
    problems, _offer = loan_applications.check_apply(book, asked, Caution(), LENT_ON)
    return {problem.code: problem.message for problem in problems}


def test_debts_of_the_whole_household_in_the_book_count(book: Book, home: Village) -> None:
    """Wife and husband borrow: each alone bears it, together they pay 106 % of what the household earns."""
    product = keep(book)
    with book.write(an_act()) as session:
        house = Household(uid=new_uid(), code="HO-01")
        session.add(house)
        session.flush()
        for member in home.members[:2]:
            session.get_one(Member, member).household_id = house.id
    asked = command(home, product, 1, Request(2_400_000, 4, LENT_ON), income=1_200_000)
    assert "over-indebted" in found(book, asked)  # 624.000 in the first month: warned about
    lend(book, command(home, product, 0, Request(2_400_000, 4, LENT_ON)))
    with pytest.raises(Refusal) as refusal:
        loan_applications.apply(book, asked, Caution(), an_act(LENT_ON))
    assert "over-indebted" in codes(refusal)
    neighbour = command(home, product, 2, Request(2_400_000, 4, LENT_ON), income=2_400_000)
    assert found(book, neighbour) == {}


def test_the_heaviest_month_is_told(book: Book, home: Village) -> None:
    bullet = Product(
        Method.BULLET,
        (DatedRate(date(2026, 1, 1), Fraction(1)),),
        off_sundays=False,
        off_holidays=False,
    )
    asked = command(
        home,
        keep(book, bullet),
        0,
        Request(3_000_000, 6, date(2026, 3, 10)),
        income=2_000_000,
        debt_service=200_000,
    )
    said = found(book, asked)
    assert set(said) == {"heavy-month"}
    # September: principal 3.000.000 + interest 30.000 + outside debts 200.000 = 161,5 % of 2.000.000.
    assert "09/2026" in said["heavy-month"]
    assert "3.230.000" in said["heavy-month"]
    assert "162 %" in said["heavy-month"].replace("\N{NO-BREAK SPACE}", " ")


def test_a_chain_of_guarantors_is_seen_through_others(book: Book, home: Village) -> None:
    product = keep(book)
    lend(book, command(home, product, 1, Request(500_000, 4, LENT_ON), guarantors=(0,)))
    lend(book, command(home, product, 2, Request(500_000, 4, LENT_ON), guarantors=(1,)))
    # 0 answers for 1, 1 for 2; so 2 may not answer for 0 without a word about it. 3 may.
    ring = command(home, product, 0, Request(500_000, 4, LENT_ON), guarantors=(2,))
    assert "guarantor-chain" in found(book, ring)
    assert "guarantor-chain" not in found(
        book, command(home, product, 0, Request(500_000, 4, LENT_ON), guarantors=(3,))
    )


def test_nobody_approves_their_own_loan(book: Book, home: Village) -> None:
    product = keep(book)
    loan = loan_applications.apply(
        book, command(home, product, 0, Request(500_000, 4, LENT_ON)), Caution(), an_act(LENT_ON)
    ).value
    named = Decision(by_vote=False, people=("nguyễn thị hòa 1", "Trần Văn Tư"), quorum=2)
    with pytest.raises(Refusal) as refusal:
        loan_applications.approve(book, loan, named, an_act(LENT_ON))
    assert codes(refusal) == {"own-approval"}


def test_days_over_days_of_their_own_year() -> None:
    """366 triệu at 12 % a year for 2024, a leap year: exactly 12 %; with 365 days it would be a day more."""
    product = Product(
        Method.BULLET,
        (DatedRate(date(2020, 1, 1), Fraction(12)),),
        rate_unit=RateUnit.YEAR,
        daily=True,
        year=YearBasis.ACTUAL,
        rounding_unit=1,
        off_sundays=False,
        off_holidays=False,
    )
    from desktop.models.rules.loan_products import offer

    made = offer(product, Request(366_000_000, 12, date(2024, 1, 1)))
    assert made.schedule.interest == 43_920_000
    over_new_year = offer(product, Request(366_000_000, 1, date(2023, 12, 15)))
    # 17 days of 2023 over 365 and 14 days of 2024 over 366.
    exact = Fraction(366_000_000 * 12, 100) * (Fraction(17, 365) + Fraction(14, 366))
    assert over_new_year.schedule.interest == round(exact)
