"""Interest on real balances, the progressive way: what was once lost, charged twice or could not be paid."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from desktop.models.rules.loans.allocation import Surplus, allocation
from desktop.models.rules.loans.events import (
    Charge,
    ChargeKind,
    Disbursement,
    Event,
    Repayment,
    Reschedule,
)
from desktop.models.rules.loans.payoff import payoff
from desktop.models.rules.loans.state import Status, loan_state
from desktop.models.rules.loans.terms import (
    Amortization,
    Builder,
    Calendar,
    DayCount,
    InterestPeriod,
    MonthBasis,
    PrecloseInterest,
    RateUnit,
    Recalculation,
    Rest,
    Terms,
    YearBasis,
)

START = date(2024, 1, 1)
ALL_SURPLUS = (Surplus.NEXT, Surplus.LAST, Surplus.NEXT_LAST, Surplus.SPREAD)


def terms(principal: int, number: int, how: Recalculation, every: int = 1, rate: int = 12) -> Terms:
    """A loan at `rate` percent a year, months of 30 days over 360."""
    return Terms(
        principal,
        START,
        number,
        Fraction(rate),
        RateUnit.YEAR,
        amortization=Amortization.EQUAL_INSTALMENTS,
        calendar=Calendar(every=every),
        interest_period=InterestPeriod.DAILY,
        day_count=DayCount(YearBasis.D360, MonthBasis.D30),
        builder=Builder.PROGRESSIVE,
        recalculation=how,
    )


def test_a_loan_paid_off_inside_a_period_bears_no_more_interest() -> None:
    """Money that counts from the period's end only must not count as a debt after the loan was closed."""
    for rest in Rest:
        for preclose in PrecloseInterest:
            loan = terms(10_000_000, 1, Recalculation(rest=rest, preclose=preclose), every=3, rate=36)
            lent: list[Event] = [Disbursement(1, START, 10_000_000), Repayment(2, date(2024, 1, 4), 223_000)]
            on = date(2024, 2, 17)
            quote = payoff(loan, lent, allocation(), on)
            paid: list[Event] = [*lent, Repayment(3, on, quote.amount)]
            for day in (on, date(2024, 3, 1), date(2024, 4, 1), date(2024, 8, 1)):
                state = loan_state(loan, paid, allocation(), day)
                assert (state.status, state.outstanding, state.overpaid) == (Status.CLOSED, 0, 0)


def test_late_rows_bear_interest_in_the_period_of_a_row_paid_ahead() -> None:
    """The last of three rows is paid at once, the first two never: their interest in the third period is asked for."""
    loan = terms(3_000_000, 3, Recalculation())
    rule = allocation(surplus=Surplus.LAST)
    ahead = Repayment(2, date(2024, 1, 1), 1_020_066)
    events: list[Event] = [Disbursement(1, START, 3_000_000), ahead]
    on_due = loan_state(loan, events, rule, date(2024, 3, 1))
    later = loan_state(loan, events, rule, date(2024, 3, 20))
    owed = 3_000_000 - 1_020_066
    assert on_due.principal_outstanding == later.principal_outstanding == owed
    # January, February and 19 of the 31 days of March, each at 1 % of what was really owed.
    exact = [Fraction(owed, 100), Fraction(owed, 100), Fraction(owed * 19, 3100)]
    asked = [row.due.interest for row in later.rows]
    assert sum(asked) == sum(round(part) for part in exact)
    assert later.left.interest - on_due.left.interest == round(exact[2])
    for day in (date(2024, 3, 20), date(2024, 5, 1)):
        quote = payoff(loan, events, rule, day)
        closed = loan_state(loan, [*events, Repayment(3, day, quote.amount)], rule, day)
        assert closed.outstanding == 0


def test_what_rows_paid_ahead_leave_over_can_be_paid() -> None:
    """Five rows of one đồng and a remainder of one: the row that takes the remainder was full when money came."""
    for surplus in ALL_SURPLUS:
        loan = terms(6, 5, Recalculation(), rate=0)
        rule = allocation(surplus=surplus)
        events: list[Event] = [
            Disbursement(1, START, 6),
            Charge(2, date(2024, 1, 2), ChargeKind.FEE, 1),
            Repayment(3, START, 1),
        ]
        on = date(2024, 1, 2)
        quote = payoff(loan, events, rule, on)
        assert quote.amount == 6
        state = loan_state(loan, [*events, Repayment(4, on, 6)], rule, on)
        assert (state.outstanding, state.overpaid) == (0, 0)


def extended(*, with_interest: bool, daily: bool) -> tuple[int, int]:
    """A loan of 12 triệu for four months at 12 % a year, its second row put off by 61 days; interest of rows 2 and 3."""
    loan = Terms(
        12_000_000,
        START,
        4,
        Fraction(12),
        RateUnit.YEAR,
        calendar=Calendar(),
        interest_period=InterestPeriod.DAILY if daily else InterestPeriod.SAME_AS_REPAYMENT,
        recalculation=Recalculation(),
    )
    later = Reschedule(2, date(2024, 2, 5), date(2024, 3, 1), days=61, with_interest=with_interest)
    events: list[Event] = [
        Disbursement(1, START, 12_000_000),
        later,
        Repayment(3, date(2024, 2, 1), 3_122_301 if daily else 3_120_000),
    ]
    rows = loan_state(loan, events, allocation(), date(2024, 2, 5)).rows
    assert [row.due_on for row in rows][1] == date(2024, 5, 1)
    return rows[1].due.interest, rows[2].due.interest


def test_an_extension_without_interest_makes_a_period_longer_not_dearer() -> None:
    """9 triệu for the 29 days of February, then 6 triệu for the 31 days of March, wherever these now fall."""
    assert extended(with_interest=False, daily=True) == (
        round(Fraction(9_000_000 * 12 * 29, 36500)),
        round(Fraction(6_000_000 * 12 * 31, 36500)),
    )
    assert extended(with_interest=False, daily=False) == (90_000, 60_000)


def test_an_extension_with_interest_bears_it_for_the_added_days() -> None:
    assert extended(with_interest=True, daily=True)[0] == round(Fraction(9_000_000 * 12 * (29 + 61), 36500))
    added = Fraction(12 * 61, 36500)
    assert extended(with_interest=True, daily=False)[0] == round(9_000_000 * (Fraction(1, 100) + added))
