"""Late penalties by example: the days not counted, the cap of an instalment, what each is a part of."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from desktop.models.ids import LoanId
from desktop.models.rules.loan_products import DatedRate, Method, Product, Request, terms_for
from desktop.models.rules.loan_sheet import OpenLoan, events_of_payment, penalty_due
from desktop.models.rules.loans.charges import Overdue, PenaltyBase, PenaltyRule, late_days, penalties_of
from desktop.models.rules.loans.events import Disbursement, Event

DUE = date(2026, 4, 10)
DAILY = Fraction(1, 1000)  # 300 đồng a day on 300.000
LATE = [Overdue(1, DUE, 300_000, 12_000)]


def asked(rule: PenaltyRule, days: int, since: int | None = None) -> int:
    """Return what is asked for so many days after the due day."""
    on = DUE + timedelta(days=days)
    before = None if since is None else DUE + timedelta(days=since)
    return sum(penalties_of([rule], LATE, on, 1_200_000, 900_000, since=before).values())


@pytest.mark.parametrize(("days", "counted"), [(-3, 0), (0, 0), (1, 0), (5, 0), (6, 1), (7, 2), (30, 25)])
def test_the_wait_days_are_never_counted(days: int, counted: int) -> None:
    """Five days are waited: the sixth is the first that costs anything, and the five are not made up for."""
    rule = PenaltyRule(PenaltyBase.OVERDUE_PRINCIPAL, DAILY, wait_days=5)
    assert late_days(DUE, DUE + timedelta(days=days), rule) == counted
    assert asked(rule, days) == 300 * counted


def test_wait_days_run_once_even_if_something_was_paid_within_them() -> None:
    rule = PenaltyRule(PenaltyBase.OVERDUE_PRINCIPAL, DAILY, wait_days=5)
    assert asked(rule, 8, since=3) == 300 * 3  # days 6, 7 and 8
    assert asked(rule, 8, since=7) == 300


@pytest.mark.parametrize(("days", "money"), [(9, 2_700), (10, 3_000), (11, 3_000), (400, 3_000)])
def test_a_penalty_stops_at_its_cap(days: int, money: int) -> None:
    assert asked(PenaltyRule(PenaltyBase.OVERDUE_PRINCIPAL, DAILY, cap=3_000), days) == money


def test_each_late_instalment_has_its_own_cap_and_the_whole_loan_only_one() -> None:
    late = [Overdue(1, DUE, 300_000, 0), Overdue(2, DUE + timedelta(days=30), 300_000, 0)]
    on = DUE + timedelta(days=90)
    own = PenaltyRule(PenaltyBase.OVERDUE_PRINCIPAL, DAILY, cap=3_000)
    assert penalties_of([own], late, on, 1_200_000, 900_000) == {1: 3_000, 2: 3_000}
    whole = PenaltyRule(PenaltyBase.OUTSTANDING_BALANCE, DAILY, cap=3_000)
    assert penalties_of([whole], late, on, 1_200_000, 900_000) == {1: 3_000, 2: 0}


@pytest.mark.parametrize(
    ("base", "a_day"),
    [
        (PenaltyBase.INITIAL_AMOUNT, 1_200),
        (PenaltyBase.OUTSTANDING_BALANCE, 900),
        (PenaltyBase.OVERDUE_PRINCIPAL, 300),
        (PenaltyBase.OVERDUE_INTEREST, 12),
        (PenaltyBase.OVERDUE_TOTAL, 312),
    ],
)
def test_what_a_penalty_is_a_part_of(base: PenaltyBase, a_day: int) -> None:
    assert asked(PenaltyRule(base, DAILY, wait_days=5, cap=20_000), 15) == min(a_day * 10, 20_000)


# -- over the life of a loan ---------------------------------------------------------------------------------


def the_loan(*, wait: int = 0, cap: int = 0) -> OpenLoan:
    """1.200.000 in four monthly parts, due on the 10th from April; 36,5 % a year is 0,1 % a day."""
    product = Product(
        Method.EQUAL_PRINCIPAL,
        (DatedRate(date(2026, 1, 1), Fraction(0)),),
        penalty_percent=Fraction(365, 10),
        penalty_wait=wait,
        penalty_cap=cap,
        off_sundays=False,
        off_holidays=False,
    )
    terms = terms_for(product, Request(1_200_000, 4, date(2026, 3, 10)))
    return OpenLoan(LoanId(1), "KV-1", terms, product, (Disbursement(1, date(2026, 3, 10), 1_200_000),))


def paid(loan: OpenLoan, day: date, amount: int) -> tuple[OpenLoan, int]:
    """Pay so much of the debt and the penalty that is asked for; return the loan and that penalty."""
    penalty = penalty_due(loan, day)
    events: list[Event] = [*loan.events, *events_of_payment(loan, day, amount + penalty, penalty)]
    return OpenLoan(loan.id, loan.code, loan.terms, loan.product, tuple(events)), penalty


def test_the_product_says_how_long_is_waited_and_how_much_it_may_cost() -> None:
    loan = the_loan(wait=5, cap=2_000)
    asked_for = [penalty_due(loan, DUE + timedelta(days=days)) for days in (5, 6, 11, 12, 29)]
    assert asked_for == [0, 300, 1_800, 2_000, 2_000]


def test_paying_in_small_parts_does_not_pass_the_cap() -> None:
    """Nothing but the penalty is paid each week: of the same instalment never more than its cap in all."""
    loan, charged = the_loan(cap=4_000), []
    for week in (1, 2, 3, 4):
        loan, penalty = paid(loan, DUE + timedelta(days=7 * week), 1)
        charged.append(penalty)
    assert charged == [2_100, 1_900, 0, 0]
    # The second instalment, due on 10 May, has a cap of its own.
    assert penalty_due(loan, date(2026, 5, 13)) == 900
    assert penalty_due(loan, date(2026, 6, 9)) == 4_000


def test_a_smaller_debt_does_not_open_the_cap_again() -> None:
    loan, penalty = paid(the_loan(cap=4_000), DUE + timedelta(days=20), 200_000)
    assert penalty == 4_000
    assert penalty_due(loan, DUE + timedelta(days=29)) == 0
