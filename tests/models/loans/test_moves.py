"""Money handed over on another day than asked for: no instalment is ever due before it, nothing agreed is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from desktop.models.rules.loan_moves import check_first_due, is_after_money, moved_first_due, moved_terms
from desktop.models.rules.loan_products import (
    DatedRate,
    Limits,
    Method,
    Product,
    Request,
    offer,
    priced,
    terms_for,
)
from desktop.models.rules.loans.schedule import faults_of, plan
from desktop.models.rules.loans.terms import Builder, Calendar, PeriodUnit, Shift, Terms
from tests.models.loans import strategies as some
from tests.models.loans.properties import MANY, UNHURRIED

pytestmark = UNHURRIED
ASKED = date(2026, 10, 3)
PRODUCT = Product(
    Method.EQUAL_PRINCIPAL,
    (DatedRate(date(2026, 1, 1), Fraction(1)),),
    off_sundays=False,
    off_holidays=False,
)


def dues(terms: Terms) -> list[date]:
    return [row.due_on for row in plan(terms).rows]


def test_due_dates_follow_the_day_of_the_money() -> None:
    asked = terms_for(PRODUCT, Request(1_200_000, 3, ASKED))
    assert dues(asked) == [date(2026, 11, 3), date(2026, 12, 3), date(2027, 1, 3)]
    assert dues(moved_terms(asked, date(2026, 11, 30))) == [
        date(2026, 12, 30),
        date(2027, 1, 30),
        date(2027, 2, 28),
    ]


def test_a_first_day_asked_for_keeps_its_place_in_the_month() -> None:
    asked = terms_for(PRODUCT, Request(1_200_000, 3, ASKED, date(2026, 11, 15)))
    assert moved_first_due(asked, date(2026, 10, 5)) == date(2026, 11, 15)
    assert moved_first_due(asked, date(2026, 11, 30)) == date(2027, 1, 15)  # 15/12 would be half a month
    assert moved_first_due(asked, date(2026, 8, 3)) == date(2026, 9, 15)


def test_dates_by_hand_keep_their_distance() -> None:
    product = replace(PRODUCT, method=Method.FREE)
    rows = ((500_000, None), (700_000, None))
    asked = terms_for(
        product, Request(1_200_000, 2, ASKED, rows=rows, due_dates=(date(2026, 10, 20), date(2026, 12, 1)))
    )
    assert dues(moved_terms(asked, date(2026, 10, 13))) == [date(2026, 10, 30), date(2026, 12, 11)]


def test_meetings_after_the_money_are_the_due_dates() -> None:
    product = replace(PRODUCT, method=Method.PER_MEETING)
    before = (date(2026, 10, 17), date(2026, 10, 31), date(2026, 11, 14))
    after = (date(2026, 12, 12), date(2026, 12, 26), date(2027, 1, 9))
    asked = terms_for(product, Request(1_200_000, 3, ASKED), before)
    assert dues(moved_terms(asked, date(2026, 11, 30), meetings=after)) == list(after)


def test_the_day_on_which_interest_begins_goes_along() -> None:
    product = replace(PRODUCT, daily=True)
    asked = terms_for(product, Request(1_200_000, 3, ASKED, interest_from=date(2026, 10, 8)))
    assert moved_terms(asked, date(2026, 10, 10)).interest_from == date(2026, 10, 15)


def test_the_price_is_that_of_the_real_days() -> None:
    made = offer(PRODUCT, Request(1_200_000, 3, ASKED))
    again = priced(PRODUCT, moved_terms(made.terms, date(2026, 11, 30)))
    assert again.schedule.principal == 1_200_000
    assert again.cost.apr_percent > 0


def test_a_first_due_date_on_the_day_of_the_money_is_refused_with_the_next_possible_day() -> None:
    (wrong,) = check_first_due(ASKED, ASKED)
    assert "04/10/2026" in wrong.message
    assert not check_first_due(ASKED + timedelta(days=1), ASKED)


def test_a_due_date_on_a_holiday_is_not_moved_back_onto_the_money() -> None:
    calendar = Calendar(every=1, unit=PeriodUnit.DAYS, days_off=frozenset({6}), shift=Shift.BACKWARD)
    saturday = date(2026, 10, 3)
    terms = Terms(1_000, saturday, 1, Fraction(1), calendar=calendar)
    assert dues(terms) == [date(2026, 10, 5)]


def test_a_schedule_due_on_the_day_of_the_money_is_a_fault() -> None:
    asked = terms_for(PRODUCT, Request(1_200_000, 3, ASKED))
    rows = plan(asked).rows
    assert any("day of the money" in fault for fault in faults_of(rows, 1_200_000, rows[0].due_on))


requests = st.builds(
    Request,
    amount=st.integers(10_000, 50_000_000),
    number=st.integers(1, 24),
    disbursed_on=some.days,
    first_due=st.none(),
)
products = st.builds(
    Product,
    method=st.sampled_from(
        [Method.FLAT, Method.EQUAL_PRINCIPAL, Method.EQUAL_INSTALMENTS, Method.BULLET, Method.PER_MEETING]
    ),
    rates=st.just((DatedRate(date(2024, 1, 1), Fraction(1)),)),
    every=st.integers(1, 4),
    unit=st.sampled_from([PeriodUnit.DAYS, PeriodUnit.WEEKS, PeriodUnit.MONTHS]),
    at_meetings=st.booleans(),
    daily=st.booleans(),
    rounding_unit=st.just(1),
    off_sundays=st.booleans(),
    off_holidays=st.booleans(),
    shift=st.sampled_from(Shift),
    limits=st.just(Limits()),
)


def fortnights(after: date, number: int) -> tuple[date, ...]:
    return tuple(after + timedelta(days=1 + 14 * n) for n in range(number))


@MANY
@given(products, requests, st.none() | st.integers(1, 90), st.integers(-90, 400))
def test_no_instalment_is_ever_due_before_the_money(
    product: Product, request: Request, gap: int | None, later: int
) -> None:
    """Whatever the product and however far the day of the money moves, forward or back."""
    at_meetings = product.at_meetings or product.method is Method.PER_MEETING
    if gap is not None and not at_meetings:
        request = replace(request, first_due=request.disbursed_on + timedelta(days=gap))
    asked = terms_for(product, request, fortnights(request.disbursed_on, request.number))
    day = request.disbursed_on + timedelta(days=later)
    moved = moved_terms(asked, day, meetings=fortnights(day, request.number) if at_meetings else ())
    schedule = plan(moved)
    assert is_after_money(schedule)
    assert schedule.start == day
    assert schedule.principal == request.amount
    assert moved.rate_percent == asked.rate_percent


@MANY
@given(some.terms((Builder.STANDARD,)), st.integers(-400, 400))
def test_a_move_there_and_back_changes_nothing(terms: Terms, later: int) -> None:
    again = moved_terms(moved_terms(terms, terms.disbursed_on + timedelta(days=later)), terms.disbursed_on)
    assert dues(again) == dues(terms)
