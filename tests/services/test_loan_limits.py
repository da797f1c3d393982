"""What a product and the settings allow, refused or warned about at its field; days off and dated rates in use."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from desktop.models.problems import Level, Refusal
from desktop.models.rules.loan_products import DatedRate, Limits, Method, Product, Request
from desktop.models.rules.loan_requests import Borrower, Caution, check_request
from desktop.models.rules.loans.terms import Shift
from desktop.services import loan_applications, loan_book, loan_products, loans
from desktop.services.loan_applications import Application, Apply, Decision
from desktop.store.book import Book
from resources.holidays import days_off
from tests.services.test_loan_requests import PRODUCT, command, found, home, keep, lend
from tests.services.test_loans import LENT_ON
from tests.village import Village, an_act

__all__ = ["home"]  # a fixture

ONE_YEAR = Request(1_000_000, 4, LENT_ON)


def told(limits: Limits, request: Request = ONE_YEAR, **facts: object) -> list[tuple[str, str]]:
    """Return the field and the code of all that speaks against a request."""
    borrower = Borrower(1, purpose="Nuôi vịt", **facts)  # type: ignore[arg-type]
    wrong = check_request(replace(PRODUCT, limits=limits), request, borrower, Caution(), None)
    return [(problem.field, problem.code) for problem in wrong if problem.level is Level.STOP]


@pytest.mark.parametrize(
    ("limits", "most", "facts"),
    [
        (Limits(most=900_000), 900_000, {}),
        (Limits(times_savings=3), 900_000, {"savings": 300_000}),
        (Limits(percent_of_fund=20), 1_000_001, {"fund": 5_000_005}),
    ],
    ids=["most", "savings", "fund"],
)
def test_the_greatest_sum_is_lent_and_one_dong_more_is_refused(
    limits: Limits, most: int, facts: dict[str, int], request: pytest.FixtureRequest
) -> None:
    code = request.node.callspec.id
    assert told(limits, Request(most, 4, LENT_ON), **facts) == []
    assert told(limits, Request(most + 1, 4, LENT_ON), **facts) == [("amount", code)]


def test_too_little_too_many_parts_and_another_purpose_are_refused() -> None:
    assert told(Limits(least=1_000_001)) == [("amount", "least")]
    assert told(Limits(most_number=3)) == [("number", "number")]
    assert told(Limits(least_number=5)) == [("number", "number")]
    assert told(Limits(purposes=("Nuôi gà",))) == [("purpose", "purpose")]
    assert told(Limits(purposes=("Nuôi gà", "Nuôi vịt"))) == []


def test_open_loans_and_guarantors_are_counted() -> None:
    assert told(Limits(open_loans=2), open_loans=1) == []
    assert told(Limits(open_loans=2), open_loans=2) == [("member", "open-loans")]
    assert told(Limits(open_loans=0), open_loans=7) == []  # 0: no limit
    assert told(Limits(guarantors=2), guarantors=(2,)) == [("guarantors", "guarantors")]
    assert told(Limits(guarantors=2), guarantors=(2, 3)) == []
    assert told(Limits(guarantors=2), guarantors=(2, 2)) == [("guarantors", "guarantor-twice")]


# -- from the book -------------------------------------------------------------------------------------------


def at_fields(book: Book, asked: Apply) -> dict[str, str]:
    """Return the field of each thing that speaks against an application in the book."""
    problems, _offer = loan_applications.check_apply(book, asked, Caution(), LENT_ON)
    return {problem.code: problem.field for problem in problems}


def test_savings_fund_and_open_loans_are_those_of_the_books(book: Book, home: Village) -> None:
    """Five people with 3 × (2.000.000 saved + a share of 20.000) each: three times that, and half of the fund."""
    product = replace(PRODUCT, limits=Limits(times_savings=3, most_number=60, open_loans=9))
    kept = keep(book, product)
    assert at_fields(book, command(home, kept, 0, Request(18_180_000, 60, LENT_ON))) == {}
    assert at_fields(book, command(home, kept, 0, Request(18_180_001, 60, LENT_ON))) == {"savings": "amount"}

    of_fund = keep(book, replace(PRODUCT, limits=Limits(percent_of_fund=50, open_loans=1)), "SP-02")
    assert at_fields(book, command(home, of_fund, 1, Request(15_150_000, 4, LENT_ON))) == {}
    over = command(home, of_fund, 1, Request(15_150_001, 4, LENT_ON))
    assert at_fields(book, over) == {"fund": "amount"}
    # What was lent is still the fund's money; but now the member has a loan.
    lend(book, command(home, of_fund, 1, Request(15_150_000, 4, LENT_ON)))
    assert at_fields(book, over) == {"fund": "amount", "open-loans": "member"}
    assert at_fields(book, command(home, of_fund, 2, Request(15_150_000, 4, LENT_ON))) == {}
    with pytest.raises(Refusal):
        loan_applications.apply(book, over, Caution(), an_act(LENT_ON))


def test_somebody_who_answers_for_many_is_warned_about(book: Book, home: Village) -> None:
    product = keep(book, replace(PRODUCT, limits=Limits(guarantors=1, open_loans=3)))
    small = Request(500_000, 4, LENT_ON)
    assert at_fields(book, command(home, product, 1, small)) == {"guarantors": "guarantors"}
    lend(book, command(home, product, 1, small, guarantors=(0,)))
    assert at_fields(book, command(home, product, 2, small, guarantors=(0,))) == {}
    lend(book, command(home, product, 2, small, guarantors=(0,)))
    # The settings allow two: a third is warned about, and may be agreed to.
    third = command(home, product, 3, small, guarantors=(0,))
    assert at_fields(book, third) == {"guarantor-many": "guarantors"}
    assert "2" in found(book, third)["guarantor-many"]
    with pytest.raises(Refusal):
        loan_applications.apply(book, replace(third, agreed=False), Caution(), an_act(LENT_ON))
    assert at_fields(book, command(home, product, 3, small, guarantors=(4,))) == {}
    lend(book, third)


def test_a_spouse_who_was_not_asked_is_warned_about_and_stays_written_down(book: Book, home: Village) -> None:
    product = keep(book)
    for consents in (True, False):
        application = Application("Nuôi vịt", spouse="Trần Văn Tư", spouse_consents=consents)
        asked = Apply(home.group, home.members[0], product, Request(500_000, 4, LENT_ON), application)
        assert at_fields(book, asked) == ({} if consents else {"spouse": "spouse"})
        if not consents:
            with pytest.raises(Refusal):
                loan_applications.apply(book, asked, Caution(), an_act(LENT_ON))
        asked = replace(asked, agreed=True)
        loan = loan_applications.apply(book, asked, Caution(), an_act(LENT_ON)).value
        kept = loan_book.detail(book, loan, LENT_ON).application
        assert (kept.spouse, kept.spouse_consents) == ("Trần Văn Tư", consents)


# -- days off and rates --------------------------------------------------------------------------------------

LUNAR_SUNDAY = date(2027, 2, 7)  # a Sunday, the second day of Tết, in the table from 4 to 9 February


def monthly(shift: Shift, *, sundays: bool = True, feasts: bool = True) -> Product:
    return replace(PRODUCT, off_sundays=sundays, off_holidays=feasts, shift=shift)


@pytest.mark.parametrize(
    ("product", "february", "march"),
    [
        (monthly(Shift.FORWARD), 10, 8),
        (monthly(Shift.BACKWARD), 3, 6),
        (monthly(Shift.FORWARD, feasts=False), 8, 8),
        (monthly(Shift.FORWARD, sundays=False), 10, 7),
        (monthly(Shift.NONE), 7, 7),
        (monthly(Shift.FORWARD, sundays=False, feasts=False), 7, 7),
    ],
    ids=["after", "before", "Sundays only", "feasts only", "not moved", "no days off"],
)
def test_nobody_is_asked_to_pay_on_a_sunday_in_tet(
    book: Book, home: Village, product: Product, february: int, march: int
) -> None:
    """The product's rule moves the due dates of the loan in the book; 7 March 2027 is a Sunday, but no feast."""
    assert LUNAR_SUNDAY.weekday() == 6
    assert LUNAR_SUNDAY in days_off()
    lent_on = date(2026, 12, 7)
    asked = command(home, keep(book, product), 0, Request(900_000, 3, lent_on))
    loan = loan_applications.apply(book, asked, Caution(), an_act(lent_on)).value
    loan_applications.approve(book, loan, Decision(present=5, in_favour=5), an_act(lent_on))
    loans.disburse(book, loans.Disburse(loan, lent_on), an_act(lent_on))
    rows = loan_book.detail(book, loan, lent_on).rows
    assert [row.due_on for row in rows] == [
        date(2027, 1, 7),
        date(2027, 2, february),
        date(2027, 3, march),
    ]
    assert sum(row.due.principal for row in rows) == 900_000


RATES = (
    DatedRate(date(2026, 7, 1), Fraction(3, 2)),  # as typed, not in order
    DatedRate(date(2026, 1, 1), Fraction(1)),
    DatedRate(date(2027, 1, 1), Fraction(6, 5)),
)


@pytest.mark.parametrize(
    ("day", "percent"),
    [
        (date(2025, 12, 31), Fraction(1)),  # before all: the first
        (date(2026, 1, 1), Fraction(1)),
        (date(2026, 6, 30), Fraction(1)),
        (date(2026, 7, 1), Fraction(3, 2)),
        (date(2026, 12, 31), Fraction(3, 2)),
        (date(2027, 1, 1), Fraction(6, 5)),
        (date(2031, 5, 5), Fraction(6, 5)),
    ],
)
def test_the_day_of_the_money_chooses_the_rate(day: date, percent: Fraction) -> None:
    assert Product(Method.EQUAL_PRINCIPAL, RATES).rate_on(day) == percent


def test_a_new_rate_is_for_new_loans_only(book: Book, home: Village) -> None:
    """Half a year apart: 1 % and 1,5 % of 1.200.000 in the first month; the older loan keeps what was signed."""
    kept = keep(book, replace(PRODUCT, rates=RATES))
    first = lend(book, command(home, kept, 0, Request(1_200_000, 4, LENT_ON)))
    late = date(2026, 8, 3)
    made = loan_applications.make_offer(book, home.group, kept, Request(1_200_000, 4, late))
    assert (made.terms.rate_percent, made.schedule.rows[0].interest) == (Fraction(3, 2), 18_000)
    row = loan_products.listed(book)[0]
    dearer = replace(row.product, rates=(*RATES, DatedRate(date(2026, 4, 1), Fraction(8, 5))))
    changed = loan_products.KeepProduct(row.code, row.name, dearer, id=row.id, version=row.version)
    loan_products.keep(book, changed, an_act(late))
    rows = loan_book.detail(book, first, late).rows
    assert [one.due.interest for one in rows] == [12_000, 9_000, 6_000, 3_000]
