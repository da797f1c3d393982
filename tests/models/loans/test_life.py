"""The life of a loan in whole đồng: parts paid out, late, early, undone, extended, waived, written off."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from desktop.models.rules.loans.allocation import Component, Surplus, allocation
from desktop.models.rules.loans.events import (
    Charge,
    ChargeKind,
    Disbursement,
    Event,
    Repayment,
    Reschedule,
    Undo,
    Waiver,
    WriteOff,
)
from desktop.models.rules.loans.payoff import payoff
from desktop.models.rules.loans.recalculation import UnsupportedTerms
from desktop.models.rules.loans.schedule import BadSchedule, plan
from desktop.models.rules.loans.state import LoanState, Status, loan_state
from desktop.models.rules.loans.terms import (
    AdvanceEffect,
    Amortization,
    Builder,
    Grace,
    InterestMethod,
    InterestPeriod,
    RateUnit,
    Recalculation,
    Residual,
    Terms,
)

START = date(2026, 1, 10)
TERMS = Terms(6_000_000, START, 6, Fraction(1), RateUnit.MONTH)
LENT: list[Event] = [Disbursement(1, START, 6_000_000)]
RULE = allocation()


def month(nr: int) -> date:
    return date(2026, 1 + nr, 10)


def state(*events: Event, terms: Terms = TERMS, on: date = date(2026, 6, 1)) -> LoanState:
    return loan_state(terms, [*LENT, *events], RULE, on)


def test_paid_on_time_then_late_then_in_part() -> None:
    found = state(
        Repayment(2, month(1), 1_060_000),
        Repayment(3, date(2026, 3, 15), 1_050_000),
        Repayment(4, month(3), 500_000),
    )
    first, second, third = found.rows[:3]
    assert (first.paid_on, first.paid_late, first.paid_in_advance) == (month(1), 0, 0)
    assert (second.paid_on, second.paid_late) == (date(2026, 3, 15), 1_050_000)
    assert third.outstanding == 540_000
    assert third.left.interest == 0  # interest before principal
    assert found.due_by(month(3)).total == 540_000


def test_money_ahead_pays_the_next_rows_in_full() -> None:
    found = state(Repayment(2, month(1), 1_060_000 + 1_050_000))
    assert found.rows[1].paid_on == month(1)
    assert found.rows[1].paid_in_advance == 1_050_000


def early(effect: AdvanceEffect) -> LoanState:
    terms = replace(TERMS, recalculation=Recalculation(effect=effect))
    return state(Repayment(2, month(1), 3_060_000), terms=terms, on=month(1))


def test_money_ahead_shortens_the_loan() -> None:
    found = early(AdvanceEffect.REDUCE_NUMBER)
    assert [row.due.principal for row in found.rows] == [3_000_000, 1_000_000, 1_000_000, 1_000_000]


def test_money_ahead_lowers_the_instalments() -> None:
    found = early(AdvanceEffect.REDUCE_INSTALMENT)
    assert [row.due.principal for row in found.rows] == [3_000_000] + [600_000] * 5
    assert found.rows[1].due.interest == 30_000


def test_money_ahead_stands_in_for_the_next_principal() -> None:
    found = early(AdvanceEffect.NEXT_REPAYMENTS)
    assert [row.due.principal for row in found.rows] == [3_000_000, 0, 0, 1_000_000, 1_000_000, 1_000_000]


def test_undone_payment_stays_visible_and_pays_nothing() -> None:
    found = state(Repayment(2, month(1), 1_060_000), Undo(3, month(2), target=2))
    assert found.rows[0].paid.total == 0
    [undone] = [split for split in found.splits if split.reverted]
    assert (undone.parts.principal, undone.parts.interest) == (1_000_000, 60_000)


def test_a_backdated_payment_gives_the_state_it_would_have_given_in_time() -> None:
    late = state(Repayment(2, month(2), 1_050_000), Repayment(3, month(1), 1_060_000))
    in_time = state(Repayment(2, month(1), 1_060_000), Repayment(3, month(2), 1_050_000))
    assert late.rows == in_time.rows


def test_overpaid_money_is_kept_apart() -> None:
    found = state(Repayment(2, month(1), 10_000_000))
    assert found.status is Status.OVERPAID
    assert found.overpaid == 10_000_000 - 6_000_000 - sum(row.due.interest for row in found.rows)


def test_charges_join_their_instalment_and_are_paid_first() -> None:
    found = state(
        Charge(2, date(2026, 1, 20), ChargeKind.FEE, 20_000),
        Charge(3, date(2026, 2, 10), ChargeKind.PENALTY, 5_000),
        Charge(4, date(2026, 12, 1), ChargeKind.FEE, 7_000),
        Repayment(5, month(1), 30_000),
    )
    assert (found.rows[0].due.fees, found.rows[0].due.penalties) == (20_000, 5_000)
    assert (found.rows[0].paid.penalties, found.rows[0].paid.fees, found.rows[0].paid.interest) == (
        5_000,
        20_000,
        5_000,
    )
    assert (found.rows[-1].due.fees, found.rows[-1].due_on) == (7_000, date(2026, 12, 1))


def test_waived_interest_need_not_be_paid() -> None:
    found = state(Waiver(2, month(1), interest=80_000), Repayment(3, month(1), 1_000_000))
    assert [row.waived.interest for row in found.rows[:2]] == [60_000, 20_000]
    assert found.rows[0].outstanding == 0
    assert found.left.interest == 210_000 - 80_000


def test_an_extension_moves_the_rows_to_come() -> None:
    found = state(Reschedule(2, date(2026, 3, 1), month(2), months=2))
    assert [row.due_on for row in found.rows][:3] == [month(1), month(4), month(5)]
    assert found.rows[1].due.interest == 50_000
    assert found.reschedulings == 1
    charged = state(Reschedule(2, date(2026, 3, 1), month(2), days=30, with_interest=True))
    assert charged.rows[1].due.interest == 50_000 + round(5_000_000 * 0.12 * 30 / 365)
    assert sum(row.days for row in charged.rows) == (charged.rows[-1].due_on - START).days


def test_recovery_never_passes_what_was_written_off() -> None:
    found = state(
        Repayment(2, month(1), 1_060_000),
        WriteOff(3, date(2026, 12, 31)),
        Repayment(4, date(2027, 3, 1), 9_000_000),
        on=date(2027, 3, 1),
    )
    assert found.written_off is not None
    assert found.written_off.principal == 5_000_000
    assert found.recovered == found.written_off.total
    assert found.overpaid == 9_000_000 - found.recovered
    still = state(WriteOff(3, date(2026, 12, 31)), on=date(2027, 1, 1))
    assert still.status is Status.WRITTEN_OFF


def test_a_quote_with_interest_to_the_day() -> None:
    terms = replace(TERMS, recalculation=Recalculation())
    quote = payoff(terms, [*LENT, Repayment(2, month(1), 1_060_000)], RULE, date(2026, 2, 20))
    assert quote.parts.principal == 5_000_000
    assert quote.parts.interest == round(50_000 * 10 / 28)
    whole = payoff(TERMS, [*LENT, Repayment(2, month(1), 1_060_000)], RULE, date(2026, 2, 20))
    assert whole.parts.interest == 50_000 + 40_000 + 30_000 + 20_000 + 10_000


IN_PARTS: list[Event] = [Disbursement(1, START, 3_000_000), Disbursement(2, month(2), 3_000_000)]


@pytest.mark.parametrize("recalculation", [None, Recalculation()])
def test_paid_out_in_parts(recalculation: Recalculation | None) -> None:
    terms = replace(TERMS, recalculation=recalculation)
    found = loan_state(terms, IN_PARTS, RULE, START)
    assert [row.due.principal for row in found.rows] == [500_000] * 2 + [1_250_000] * 4
    assert [row.due.interest for row in found.rows] == [30_000, 25_000, 50_000, 37_500, 25_000, 12_500]
    assert [row.balance for row in found.rows][:2] == [2_500_000, 2_000_000]


def test_a_part_inside_a_period_bears_interest_from_its_day() -> None:
    events: list[Event] = [Disbursement(1, START, 3_000_000), Disbursement(2, date(2026, 2, 24), 3_000_000)]
    found = loan_state(TERMS, events, RULE, START)
    assert found.rows[1].due.interest == 25_000 + 30_000 * 14 // 28
    assert sum(row.due.principal for row in found.rows) == 6_000_000
    flat = loan_state(replace(TERMS, method=InterestMethod.FLAT), IN_PARTS, RULE, START)
    assert [row.due.interest for row in flat.rows] == [30_000] * 2 + [60_000] * 4


def test_a_part_after_the_last_instalment_is_refused() -> None:
    with pytest.raises(BadSchedule):
        loan_state(TERMS, [LENT[0], Disbursement(2, date(2026, 7, 10), 1)], RULE, START)


def test_options_that_do_not_go_together_are_refused() -> None:
    terms = replace(
        TERMS, builder=Builder.PROGRESSIVE, recalculation=Recalculation(), grace=Grace(principal=1)
    )
    with pytest.raises(UnsupportedTerms):
        state(terms=terms)


def test_the_remainder_may_go_to_the_first_row() -> None:
    terms = replace(TERMS, principal=1_000_000, number=3, residual=Residual.FIRST)
    assert [row.principal for row in plan(terms).rows] == [333_334, 333_333, 333_333]
    flat = replace(terms, method=InterestMethod.FLAT)
    assert [row.principal for row in plan(flat).rows] == [333_334, 333_333, 333_333]
    level = replace(terms, amortization=Amortization.EQUAL_INSTALMENTS, instalment_multiple=1000)
    totals = [row.total for row in plan(level).rows]
    assert totals[1] == 340_000
    assert abs(totals[2] - 340_000) <= 1_000
    assert totals[0] != 340_000


def test_a_small_last_row_joins_the_one_before() -> None:
    terms = replace(
        TERMS, principal=1_000_000, number=7, principal_multiple=1000, merge_below_percent=Fraction(100)
    )
    assert [row.principal for row in plan(terms).rows] == [143_000] * 5 + [285_000]


@pytest.mark.parametrize("recalculation", [None, Recalculation()])
def test_interest_charged_from_a_later_day(recalculation: Recalculation | None) -> None:
    terms = replace(
        TERMS,
        interest_from=date(2026, 2, 24),
        interest_period=InterestPeriod.DAILY,
        recalculation=recalculation,
    )
    found = state(terms=terms, on=START)
    assert found.rows[0].due.interest == 0
    assert found.rows[1].due.interest == round(5_000_000 * 0.12 * 14 / 365)


def test_vertical_and_from_the_end() -> None:
    interest_first = allocation(
        (Component.INTEREST, Component.PRINCIPAL, Component.FEE, Component.PENALTY), surplus=Surplus.LAST
    )
    found = loan_state(TERMS, [*LENT, Repayment(2, date(2026, 1, 20), 1_010_000)], interest_first, START)
    assert found.rows[-1].paid_on == date(2026, 1, 20)
    assert found.rows[0].paid.total == 0
