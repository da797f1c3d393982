"""Indicators of lending by figures one can check by hand, for everybody and for part of the people."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from desktop.models.ids import LoanId
from desktop.models.kinds import Sex
from desktop.models.livelihood_kinds import Hazard, ReliefKind
from desktop.models.records.every import LossEvent
from desktop.models.rules.loan_products import DatedRate, Limits, Method, Product, Request
from desktop.models.rules.loan_requests import Caution
from desktop.services import loan_applications, loan_papers, loan_products, loans, shocks
from desktop.services.indicators.facts import Facts, Scope, Value
from desktop.services.indicators.loading import load
from desktop.services.indicators.registry import indicators
from desktop.services.loan_applications import Application, Apply, Decision
from desktop.store.book import Book
from tests.inclusion_village import Mixed, hold, mixed
from tests.village import an_act

LENT = date(2026, 3, 10)
STARTS, ENDS = date(2026, 1, 1), date(2026, 12, 31)
PRODUCT = Product(
    Method.EQUAL_PRINCIPAL,
    (DatedRate(date(2026, 1, 1), Fraction(1)),),
    limits=Limits(open_loans=9),
    off_sundays=False,
    off_holidays=False,
)


def apply(
    book: Book, home: Mixed, product: int, place: int, amount: int, number: int, income: int = 0
) -> LoanId:
    command = Apply(
        home.group,
        home.members[place],
        product,
        Request(amount, number, LENT),
        Application("Chăn nuôi", income=income),
        agreed=True,
    )
    loan = loan_applications.apply(book, command, Caution(dsr_stop=100), an_act(LENT)).value
    loan_applications.approve(
        book, loan, Decision(by_vote=False, people=("Lê Văn Ba", "Trần Bốn")), an_act(LENT)
    )
    return loan


@pytest.fixture
def lent(book: Book) -> tuple[Mixed, tuple[LoanId, ...]]:
    """A woman borrows 400.000 for 4 months and is told the price; a man 600.000 for 12 months, and is not."""
    home = mixed(book)
    for day in (date(2026, 2, 14), date(2026, 2, 21), date(2026, 2, 28)):
        hold(book, home, day)
    product = loan_products.keep(book, loan_products.KeepProduct("SP-01", "Vay", PRODUCT), an_act()).value
    woman = apply(book, home, product, 0, 400_000, 4, income=200_000)
    man = apply(book, home, product, 9, 600_000, 12, income=1_000_000)
    loan_papers.contract(book, woman, an_act(LENT))
    for loan in (woman, man):
        loans.disburse(book, loans.Disburse(loan, LENT), an_act(LENT))
    return home, (woman, man)


def figure(facts: Facts, key: str) -> Value:
    return indicators()[key].compute(facts)


def test_price_burden_and_what_was_told(book: Book, lent: tuple[Mixed, tuple[LoanId, ...]]) -> None:
    facts = load(book, Scope(), STARTS, ENDS)
    # 1 % a month on the balance, no fee: 12 % a year for both.
    apr = figure(facts, "TD17").amount
    assert apr is not None
    assert float(apr) == pytest.approx(0.12, abs=0.001)
    # First month: 100.000 + 4.000 of 200.000 is 52 %; 50.000 + 6.000 of 1.000.000 is 5,6 %.
    assert figure(facts, "TD16").amount == Fraction(1, 2)
    assert figure(facts, "KN03").amount == Fraction(1, 2)
    assert figure(facts, "TD05").amount == Fraction(2, 12)
    women = facts.only(lambda part: part.traits.sex is Sex.FEMALE)
    assert figure(women, "KN03").amount == 1
    assert figure(women, "TD16").amount == 1


def test_what_fell_due_was_paid_in_time_late_or_never(
    book: Book, lent: tuple[Mixed, tuple[LoanId, ...]]
) -> None:
    _home, (woman, _man) = lent
    act = an_act(date(2026, 6, 30))
    loans.repay(book, loans.Repay(woman, date(2026, 4, 10), 104_000, 0), act)  # on its day
    loans.repay(book, loans.Repay(woman, date(2026, 5, 20), 103_000, 0), act)  # ten days late
    facts = load(book, Scope(), STARTS, date(2026, 6, 30))
    # Due by June: three rows of 100.000 for the woman, three of 50.000 for the man; one was paid in time.
    assert figure(facts, "TD07").amount == Fraction(100_000, 450_000)
    # Received 200.000 of 450.000; average term (122 + 365) ÷ 2 days.
    found = figure(facts, "TD11")
    term = Fraction(122 + 365, 2 * 365)
    assert found.amount == (1 - Fraction(200_000, 450_000)) / term * 2
    women = facts.only(lambda part: part.traits.sex is Sex.FEMALE)
    assert figure(women, "TD07").amount == Fraction(1, 3)


def test_emergency_loans_are_those_tied_to_an_event(
    book: Book, lent: tuple[Mixed, tuple[LoanId, ...]]
) -> None:
    _home, (woman, _man) = lent
    with book.write(an_act(LENT)) as session:
        from desktop.models.ids import new_uid

        event = LossEvent(
            uid=new_uid(),
            code="SK-01",
            hazard=next(iter(Hazard)),
            name="Triều cường",
            starts=date(2026, 3, 3),
            ends=date(2026, 3, 4),
        )
        session.add(event)
        session.flush()
        key = event.id
    shocks.link(book, key, ReliefKind.LOAN, woman, "", an_act(LENT))  # type: ignore[arg-type]
    facts = load(book, Scope(), STARTS, ENDS)
    assert figure(facts, "TD15").amount == 1
    (row,) = [one for one in facts.more["lending"] if one.emergency]
    assert row.waited == 7
    nobody = facts.only(lambda part: part.traits.sex is Sex.MALE)
    assert figure(nobody, "TD15").amount == 0


def test_without_loans_there_is_no_figure(book: Book) -> None:
    mixed(book)
    facts = load(book, Scope(), STARTS, ENDS)
    for key in ("TD07", "TD11", "TD16", "TD17", "KN03"):
        assert figure(facts, key).amount is None
    assert figure(facts, "TD15").amount == 0
