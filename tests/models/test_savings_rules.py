"""Interest on savings and what limits a withdrawal: by example to the đồng, and by property."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.ids import GroupId, MemberId
from desktop.models.rules.constitution import Rules
from desktop.models.rules.loans.rounding import RoundingMode
from desktop.models.rules.savings_columns import check_savings, most_withdrawal
from desktop.models.rules.savings_interest import BalanceBasis, Movement
from desktop.models.rules.savings_periods import period_end, period_title
from desktop.models.rules.savings_terms import (
    SavingsRate,
    SavingsTerms,
    TermsFacts,
    check_rate,
    check_terms,
)
from desktop.models.rules.savings_withdrawal import Held, Notice, check_withdrawal, most, noticed_on
from desktop.models.rules.savings_working import ONE_DAY, work_out
from desktop.models.rules.sheet_parts import MemberFacts, SheetFacts, SheetRow
from desktop.models.savings_kinds import Crediting, RatePer, SavingsKind

FIRST = date(2026, 1, 1)
TERMS = SavingsTerms(SavingsKind.VOLUNTARY, FIRST)
RATE = SavingsRate(FIRST, Fraction(66, 10))


def test_the_worked_example_of_the_circular() -> None:
    # Domain facts, 2.3: 7.000.000 × 6,6 % × 28 days ÷ 365 = 35.441.
    working = work_out([TERMS], [RATE], 7_000_000, date(2026, 2, 1), date(2026, 2, 28), [])
    assert (working.days, working.interest) == (28, 35_441)
    assert [(one.days, one.balance) for one in working.stretches] == [(28, 7_000_000)]


def test_a_deposit_bears_interest_from_the_next_day_and_a_withdrawal_to_its_day() -> None:
    moves = [Movement(date(2026, 1, 10), 1_000_000), Movement(date(2026, 1, 20), -500_000)]
    working = work_out([TERMS], [SavingsRate(FIRST, Fraction(365))], 0, FIRST, date(2026, 1, 31), moves)
    assert [(one.starts.day, one.ends.day, int(one.balance)) for one in working.stretches] == [
        (1, 10, 0),
        (11, 20, 1_000_000),
        (21, 31, 500_000),
    ]
    assert working.interest == 10 * 10_000 + 11 * 5_000  # one percent a day
    assert (working.paid_in, working.paid_out, working.closing) == (1_000_000, 500_000, 500_000)


def test_a_new_rate_counts_from_its_day_and_a_monthly_one_twelve_times() -> None:
    rates = [RATE, SavingsRate(date(2026, 1, 20), Fraction(5, 10), RatePer.MONTH)]
    working = work_out([TERMS], rates, 7_300_000, FIRST, date(2026, 1, 31), [])
    assert [(one.days, one.percent) for one in working.stretches] == [
        (19, Fraction(66, 10)),
        (12, Fraction(6)),
    ]
    assert working.exact == Fraction(7_300_000 * 19 * 66, 365_000) + Fraction(7_300_000 * 12 * 6, 36_500)


@pytest.mark.parametrize(
    ("basis", "balances"),
    [
        (BalanceBasis.MINIMUM, [(31, 400_000)]),
        (BalanceBasis.AVERAGE, [(31, Fraction(1_000_000 * 10 + 400_000 * 10 + 2_400_000 * 11, 31))]),
        (BalanceBasis.DAILY, [(10, 1_000_000), (10, 400_000), (11, 2_400_000)]),
    ],
)
def test_each_basis_counts_its_balance(basis: BalanceBasis, balances: list[tuple[int, int]]) -> None:
    moves = [Movement(date(2026, 1, 10), -600_000), Movement(date(2026, 1, 20), 2_000_000)]
    working = work_out([replace(TERMS, basis=basis)], [RATE], 1_000_000, FIRST, date(2026, 1, 31), moves)
    assert [(one.days, one.balance) for one in working.stretches] == balances


def test_rules_that_change_within_a_period_count_each_for_their_days() -> None:
    terms = [TERMS, replace(TERMS, valid_from=date(2026, 1, 16), basis=BalanceBasis.MINIMUM)]
    moves = [Movement(date(2026, 1, 5), 500_000), Movement(date(2026, 1, 20), -300_000)]
    working = work_out(terms, [RATE], 0, FIRST, date(2026, 1, 31), moves)
    assert [(one.starts.day, int(one.balance)) for one in working.stretches] == [
        (1, 0),
        (6, 500_000),
        (16, 200_000),
    ]


def test_interest_is_rounded_once_by_the_rules_of_the_last_day() -> None:
    for mode, interest in ((RoundingMode.HALF_UP, 35_400), (RoundingMode.UP, 35_500)):
        terms = [replace(TERMS, rounding_unit=100, rounding=mode)]
        assert work_out(terms, [RATE], 7_000_000, FIRST, date(2026, 1, 28), []).interest == interest
    year = [replace(TERMS, days_in_year=360)]
    assert work_out(year, [RATE], 7_000_000, FIRST, date(2026, 1, 28), []).interest == 35_933


def test_without_rules_or_rates_there_is_no_interest() -> None:
    assert work_out([], [RATE], 1_000_000, FIRST, date(2026, 1, 31), []).interest == 0
    assert work_out([TERMS], [], 1_000_000, FIRST, date(2026, 1, 31), []).interest == 0
    later = [replace(TERMS, valid_from=date(2026, 1, 22))]
    assert work_out(later, [RATE], 1_000_000, FIRST, date(2026, 1, 31), []).stretches[0].days == 10


_DAYS = st.integers(0, 120).map(lambda n: FIRST + timedelta(days=n))
_MOVES = st.lists(st.builds(Movement, _DAYS, st.integers(0, 5_000_000)), max_size=12)
_RATES = st.lists(st.tuples(_DAYS, st.integers(0, 20_000)), max_size=4, unique_by=lambda pair: pair[0]).map(
    lambda found: [SavingsRate(day, Fraction(n, 1000)) for day, n in found]
)


@given(opening=st.integers(0, 10**9), moves=_MOVES, rates=_RATES, cut=st.integers(0, 119))
def test_a_period_cut_anywhere_bears_the_same_interest_before_rounding(
    opening: int, moves: list[Movement], rates: list[SavingsRate], cut: int
) -> None:
    last, middle = FIRST + timedelta(days=120), FIRST + timedelta(days=cut)
    whole = work_out([TERMS], rates, opening, FIRST, last, moves)
    before = work_out([TERMS], rates, opening, FIRST, middle, moves)
    after = work_out([TERMS], rates, before.closing, middle + ONE_DAY, last, moves)
    assert before.exact + after.exact == whole.exact
    assert sum(one.days for one in whole.stretches) == whole.days == 121
    assert after.closing == whole.closing


@given(opening=st.integers(0, 10**9), moves=_MOVES, rates=_RATES)
def test_interest_grows_with_every_balance_and_is_never_negative(
    opening: int, moves: list[Movement], rates: list[SavingsRate]
) -> None:
    last = FIRST + timedelta(days=120)
    less = work_out([TERMS], rates, opening, FIRST, last, moves)
    more = work_out([TERMS], rates, opening + 1_000, FIRST, last, moves)
    assert 0 <= less.exact <= more.exact
    lowest = work_out([replace(TERMS, basis=BalanceBasis.MINIMUM)], rates, opening, FIRST, last, moves)
    assert lowest.exact <= less.exact


# -- periods ---------------------------------------------------------------------------------------


def test_periods_follow_the_calendar_or_the_cycle() -> None:
    assert period_end(Crediting.MONTHLY, date(2028, 2, 10)) == date(2028, 2, 29)
    assert period_end(Crediting.QUARTERLY, date(2026, 5, 1)) == date(2026, 6, 30)
    assert period_end(Crediting.CYCLE, date(2026, 5, 1), [(FIRST, date(2026, 11, 30))]) == date(2026, 11, 30)
    assert period_end(Crediting.CYCLE, date(2026, 5, 1)) == date(2026, 12, 31)
    assert period_title(Crediting.MONTHLY, date(2026, 9, 1), date(2026, 9, 30)) == "Tháng 9/2026"
    assert period_title(Crediting.QUARTERLY, date(2026, 7, 1), date(2026, 9, 30)) == "Quý III/2026"
    assert period_title(Crediting.MONTHLY, date(2026, 9, 3), date(2026, 9, 30)) == "03/09/2026 – 30/09/2026"


# -- withdrawals -----------------------------------------------------------------------------------

HELD = Held("Nguyễn Thị Hòa", 500_000)


def codes(terms: SavingsTerms | None, held: Held, amount: int, *, closing: bool = False) -> list[str]:
    found = check_withdrawal(terms, held, amount, "12/withdrawal", closing=closing)
    assert all(problem.field == "12/withdrawal" and held.name in problem.message for problem in found)
    return [problem.code for problem in found]


def test_what_limits_a_withdrawal() -> None:
    assert codes(None, HELD, 500_000) == []
    assert codes(TERMS, HELD, 500_000) == []
    least = replace(TERMS, minimum=100_000)
    assert codes(least, HELD, 400_000) == []
    assert codes(least, HELD, 400_001) == ["savings-minimum"]
    assert codes(least, HELD, 500_000, closing=True) == []
    locked = replace(TERMS, locked_by_loan=True)
    assert codes(locked, HELD, 1) == []
    assert codes(locked, replace(HELD, owed=1), 1) == ["savings-locked"]
    asked = replace(TERMS, notice_days=7)
    assert codes(asked, HELD, 1) == ["savings-notice"]
    assert codes(asked, replace(HELD, noticed=200_000), 200_000) == []
    assert codes(asked, replace(HELD, noticed=200_000), 200_001, closing=True) == ["savings-notice"]


def test_the_most_that_may_be_taken_out() -> None:
    terms = replace(TERMS, minimum=100_000, notice_days=7)
    assert most(None, HELD) == 500_000
    assert most(terms, HELD) == 0
    assert most(terms, replace(HELD, noticed=600_000)) == 400_000
    assert most(replace(terms, locked_by_loan=True), replace(HELD, noticed=600_000, owed=1)) == 0


@given(
    balance=st.integers(0, 10**9),
    minimum=st.integers(0, 10**9),
    owed=st.integers(0, 1),
    noticed=st.integers(0, 10**9),
    locked=st.booleans(),
    days=st.integers(0, 3),
)
def test_the_most_is_allowed_and_one_more_is_not(
    balance: int, minimum: int, owed: int, noticed: int, locked: bool, days: int
) -> None:
    terms = replace(TERMS, minimum=minimum, locked_by_loan=locked, notice_days=days)
    held = replace(HELD, balance=balance, owed=owed, noticed=noticed)
    free = most(terms, held)
    assert codes(terms, held, free) == []
    assert free == balance or codes(terms, held, free + 1) != []


def test_what_the_same_row_pays_in_and_repays_counts_on_the_sheet() -> None:
    terms = replace(TERMS, minimum=100_000, locked_by_loan=True)
    member = MemberFacts(MemberId(1), "TV-1", "Nguyễn Thị Hòa", 1, savings=300_000, owed=50_000)
    facts = SheetFacts(
        GroupId(1), "N-1", "Nhóm", FIRST, FIRST, Rules(FIRST), None, 1, (member,), savings_terms=terms
    )

    def found(**amounts: int) -> list[str]:
        row = SheetRow(member.id, amounts=amounts)
        return [problem.code for problem in check_savings(facts, member, row)]

    assert found(withdrawal=1) == ["savings-locked"]
    assert found(withdrawal=1, loan_principal=49_999) == ["savings-locked"]
    assert found(withdrawal=200_000, loan_principal=50_000) == []
    assert found(withdrawal=200_001, loan_principal=50_000) == ["savings-minimum"]
    assert found(withdrawal=200_001, loan_principal=50_000, savings=1) == []
    assert found() == []
    assert most_withdrawal(facts, member, {"loan_principal": 50_000}) == 200_000
    assert most_withdrawal(facts, member, {}) == 0
    assert most_withdrawal(replace(facts, savings_terms=None), member, {}) == 300_000


def test_a_notice_is_used_up_by_withdrawals_from_its_day_on() -> None:
    notices = [Notice(date(2026, 3, 8), 100_000), Notice(date(2026, 5, 8), 50_000)]
    taken = [
        (date(2026, 1, 5), 80_000),
        (date(2026, 3, 10), 70_000),
    ]  # the first before the group asked for notice
    assert noticed_on(notices, taken, date(2026, 3, 7)) == 0
    assert noticed_on(notices, taken, date(2026, 3, 8)) == 100_000
    assert noticed_on(notices, taken, date(2026, 3, 10)) == 30_000
    assert noticed_on(notices, taken, date(2026, 6, 1)) == 80_000


# -- what is refused -------------------------------------------------------------------------------


def test_rules_are_refused_at_their_field() -> None:
    bad = replace(
        TERMS, minimum=-1, notice_days=400, rounding_unit=7, days_in_year=300, rounding=RoundingMode.FLOOR
    )
    found = {problem.field for problem in check_terms(bad, TermsFacts())}
    assert found == {"minimum", "notice_days", "rounding_unit", "days_in_year", "rounding"}
    assert (
        check_terms(TERMS, TermsFacts(met=date(2026, 6, 1))) == []
    )  # no limits: how interest counts may be back-dated
    late = check_terms(replace(TERMS, minimum=1), TermsFacts(met=date(2026, 6, 1)))
    assert [(problem.code, problem.field) for problem in late] == [("met", "valid_from")]
    credited = check_terms(TERMS, TermsFacts(credited=date(2026, 1, 31)))
    assert [(problem.code, problem.field) for problem in credited] == [("credited", "valid_from")]


@pytest.mark.parametrize(
    ("percent", "per", "code"),
    [("0", RatePer.YEAR, None), ("20", RatePer.YEAR, None), ("20.001", RatePer.YEAR, "rate-high"),
     ("2", RatePer.MONTH, "rate-high"), ("101", RatePer.YEAR, "rate"), ("-1", RatePer.YEAR, "rate"),
     ("1.2345", RatePer.YEAR, "rate")],
)  # fmt: skip
def test_rates_are_refused_or_asked_about(percent: str, per: RatePer, code: str | None) -> None:
    found = check_rate(SavingsRate(FIRST, Fraction(percent), per), TermsFacts())
    assert [problem.code for problem in found] == ([] if code is None else [code])
