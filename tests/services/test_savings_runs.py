"""Interest credited to savings on a book: once, whole, taken back, made again; and back-dated entries put right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.models.kinds import Account, EntryKind, OpeningState
from desktop.models.problems import Refusal
from desktop.models.savings_kinds import Crediting, PeriodState, SavingsKind
from desktop.services import (
    overview,
    periods,
    savings,
    savings_book,
    savings_interest,
    savings_runs,
    statements,
    vouchers,
)
from desktop.services.balances import group_balances
from desktop.services.savings_runs import Credit
from desktop.services.statements import StatementOrder
from desktop.services.verify import verify
from desktop.services.vouchers import RecordVoucher
from desktop.store.book import Book
from tests.services.savings_kit import ACT, JANUARY, TERMS, agree, held, move, rate, run
from tests.village import Village, an_act, settle

FEBRUARY, MARCH = date(2026, 2, 28), date(2026, 3, 31)
VOLUNTARY, COMPULSORY = SavingsKind.VOLUNTARY, SavingsKind.COMPULSORY


def _problems(refused: pytest.ExceptionInfo[Refusal]) -> list[tuple[str, str]]:
    return [(problem.code, problem.field) for problem in refused.value.problems]


def _village(book: Book, percent: str = "7.3") -> Village:
    village = settle(book)
    agree(book, village, percent)
    move(book, village, date(2026, 1, 10), 1_000_000)
    move(book, village, date(2026, 1, 20), 2_000_000, who=1)
    return village


def test_a_month_is_credited_to_every_saver(any_book: Book) -> None:
    village = _village(any_book)
    posted = run(any_book, village)
    # 7,3 % a year is 0,02 % a day: 21 days of 1.000.000 and 11 days of 2.000.000.
    assert (held(any_book, village), held(any_book, village, 1)) == (1_004_200, 2_004_400)
    assert [voucher.day for voucher in posted.vouchers] == [JANUARY, JANUARY]
    assert all(voucher.number.startswith("PK-") for voucher in posted.vouchers)
    with any_book.read() as session:
        sums = group_balances(session, village.group, JANUARY)
    assert sums[Account.SAVINGS_INTEREST] == 8_600
    assert sums[Account.CASH] == 3_000_000  # interest moves no cash
    assert verify(any_book).ok


def test_interest_bears_interest_from_the_next_day(any_book: Book) -> None:
    village = _village(any_book)
    run(any_book, village)
    run(any_book, village)
    assert held(any_book, village) == 1_004_200 + 5_624  # 1.004.200 × 0,02 % × 28 = 5.623,52
    assert savings_interest.differences(any_book, village.group, VOLUNTARY, ACT.today) == []


def test_a_period_is_never_credited_twice(any_book: Book) -> None:
    village = _village(any_book)
    uid = savings_runs.new_run_uid()
    plan = savings_interest.plan(any_book, village.group, VOLUNTARY, ACT.today)
    assert plan is not None
    command = Credit(village.group, VOLUNTARY, plan.starts, plan.ends, plan.total, uid)
    first = savings_runs.credit(any_book, command, ACT).value
    again = savings_runs.credit(any_book, command, ACT).value  # the second click of a double click
    assert (again.run, again.vouchers) == (first.run, ())
    with pytest.raises(Refusal) as refused:
        savings_runs.credit(any_book, replace(command, uid=savings_runs.new_run_uid()), ACT)
    assert _problems(refused) == [("credited", "ends")]
    assert "lần số 1" in refused.value.problems[0].message
    assert held(any_book, village) == 1_004_200
    found = savings_interest.periods(any_book, village.group, VOLUNTARY, ACT.today)
    assert [(one.title, one.state) for one in found][-2:] == [
        ("Tháng 2/2026", PeriodState.DUE),
        ("Tháng 1/2026", PeriodState.CREDITED),
    ]
    assert found[-1].run == first.run
    assert found[0].state is PeriodState.DUE  # June ends today


def test_what_was_shown_is_what_is_posted(book: Book) -> None:
    village = _village(book)
    plan = savings_interest.plan(book, village.group, VOLUNTARY, ACT.today)
    assert plan is not None
    move(book, village, date(2026, 1, 5), 500_000)  # somebody posts meanwhile
    command = Credit(village.group, VOLUNTARY, plan.starts, plan.ends, plan.total, savings_runs.new_run_uid())
    with pytest.raises(Refusal) as refused:
        savings_runs.credit(book, command, ACT)
    assert _problems(refused) == [("changed", "")]
    assert savings_book.runs(book, village.group) == []


def test_a_run_is_taken_back_and_made_again(any_book: Book) -> None:
    village = _village(any_book)
    first = run(any_book, village)
    savings_runs.take_back(any_book, first.run, "Ghi thiếu một lần gửi", ACT)
    assert (held(any_book, village), held(any_book, village, 1)) == (1_000_000, 2_000_000)
    with any_book.read() as session:
        assert group_balances(session, village.group, JANUARY)[Account.SAVINGS_INTEREST] == 0
    with pytest.raises(Refusal) as refused:
        savings_runs.take_back(any_book, first.run, "Lần nữa", ACT)
    assert ("reversed", "") in _problems(refused)
    move(any_book, village, date(2026, 1, 1), 100_000)
    second = run(any_book, village)
    assert second.number == 2
    assert held(any_book, village) == 1_100_000 + 4_200 + 600
    rows = savings_book.runs(any_book, village.group)
    assert [(row.number, row.state) for row in rows] == [
        (2, OpeningState.POSTED),
        (1, OpeningState.REVERSED),
    ]
    assert verify(any_book).ok


def test_a_run_that_others_rest_on_stays(any_book: Book) -> None:
    village = _village(any_book)
    first = run(any_book, village)
    second = run(any_book, village)
    with pytest.raises(Refusal) as refused:
        savings_runs.take_back(any_book, first.run, "Nhầm", ACT)
    assert _problems(refused) == [("later", "")]
    with pytest.raises(Refusal) as refused:
        savings_runs.take_back(any_book, second.run, "  ", ACT)
    assert _problems(refused) == [("reason", "reason")]
    savings_runs.take_back(any_book, second.run, "Nhầm", ACT)
    savings_runs.take_back(any_book, first.run, "Nhầm", ACT)
    assert held(any_book, village) == 1_000_000


def test_interest_taken_out_meanwhile_keeps_its_run(book: Book) -> None:
    village = _village(book)
    posted = run(book, village)
    move(book, village, date(2026, 2, 5), -1_004_200)
    with pytest.raises(Refusal) as refused:
        savings_runs.take_back(book, posted.run, "Nhầm", ACT)
    assert [problem.code for problem in refused.value.problems] == ["overdrawn"]


def test_a_voucher_of_a_run_is_not_reversed_alone(book: Book) -> None:
    village = _village(book)
    posted = run(book, village)
    with pytest.raises(Refusal) as refused:
        vouchers.reverse_voucher(book, posted.vouchers[0].id, "Nhầm", ACT)
    assert _problems(refused) == [("of-savings-run", "")]


def test_a_closed_period_takes_no_interest(book: Book) -> None:
    village = _village(book)
    periods.close_period(book, village.group, FEBRUARY, "Đã đối chiếu", ACT)
    with pytest.raises(Refusal) as refused:
        run(book, village)
    assert _problems(refused) == [("closed-period", "day")]
    assert held(book, village) == 1_000_000


@pytest.mark.parametrize("late", [500_000, -400_000])
def test_a_back_dated_entry_is_put_right_by_the_next_run(any_book: Book, late: int) -> None:
    village = _village(any_book)
    run(any_book, village)
    move(any_book, village, date(2026, 1, 21), late)
    shown = savings_interest.differences(any_book, village.group, VOLUNTARY, ACT.today)
    missing = late * 10 * 2 // 10_000  # ten days at 0,02 % a day
    assert [(row.member, row.amount) for row in shown] == [(village.members[0], missing)]
    run(any_book, village)
    line = savings_book.run(any_book, savings_book.runs(any_book, village.group)[0].id).lines[0]
    assert line.difference == missing
    assert savings_interest.differences(any_book, village.group, VOLUNTARY, ACT.today) == []
    assert verify(any_book).ok


def test_a_negative_run_never_takes_more_than_is_there(book: Book) -> None:
    village = settle(book)
    agree(book, village, "7.3")
    move(book, village, date(2026, 1, 1), 1_000_000)
    move(book, village, date(2026, 1, 1), 10_000_000, who=1)
    run(book, village)
    move(book, village, date(2026, 2, 1), -6_000)
    move(book, village, date(2026, 1, 2), -999_999)  # back-dated: nearly all the interest was too much
    plan = savings_interest.plan(book, village.group, VOLUNTARY, ACT.today)
    assert plan is not None
    mine = next(line for line in plan.lines if line.member == village.members[0])
    assert (mine.difference, mine.total) == (-2, -1)  # one đồng is left on the account
    run(book, village)
    assert held(book, village) == 0
    left = savings_interest.differences(book, village.group, VOLUNTARY, ACT.today)
    assert [(row.member, row.amount < 0) for row in left] == [(village.members[0], True)]


def test_a_period_cut_short_asks_and_the_next_goes_on_from_there(book: Book) -> None:
    village = _village(book)
    plan = savings_interest.plan(book, village.group, VOLUNTARY, ACT.today, date(2026, 1, 15))
    assert plan is not None
    assert plan.early
    command = Credit(village.group, VOLUNTARY, plan.starts, plan.ends, plan.total, savings_runs.new_run_uid())
    with pytest.raises(Refusal) as refused:
        savings_runs.credit(book, command, ACT)
    assert _problems(refused) == [("early", "ends")]
    savings_runs.credit(book, replace(command, agreed=True), ACT)
    rest = savings_interest.plan(book, village.group, VOLUNTARY, ACT.today)
    assert rest is not None
    assert (rest.starts, rest.ends) == (date(2026, 1, 16), JANUARY)
    run(book, village)
    assert held(book, village) == 1_004_200 + 3  # the 1.000 of the first half bear interest too


@pytest.mark.parametrize("ends", [date(2026, 7, 1), date(2026, 2, 10)])
def test_no_future_day_and_no_two_periods_at_once(book: Book, ends: date) -> None:
    village = _village(book)
    command = Credit(village.group, VOLUNTARY, date(2026, 1, 1), ends, 0, savings_runs.new_run_uid(), True)
    with pytest.raises(Refusal) as refused:
        savings_runs.credit(book, command, ACT)
    assert [problem.field for problem in refused.value.problems] == ["ends"]


def test_without_rules_or_a_rate_there_is_no_run(book: Book) -> None:
    village = settle(book)
    command = Credit(village.group, VOLUNTARY, date(2026, 1, 1), JANUARY, 0, savings_runs.new_run_uid())
    with pytest.raises(Refusal) as refused:
        savings_runs.credit(book, command, ACT)
    assert _problems(refused) == [("no-terms", "ends")]
    savings.keep_terms(book, village.group, TERMS, ACT)
    with pytest.raises(Refusal) as refused:
        savings_runs.credit(book, command, ACT)
    assert _problems(refused) == [("no-rate", "ends")]


def test_quarters_and_compulsory_savings(any_book: Book) -> None:
    village = settle(any_book)
    agree(any_book, village, "3.65", COMPULSORY, crediting=Crediting.QUARTERLY)
    move(any_book, village, date(2026, 1, 3), 1_000_000, compulsory=True)
    run(any_book, village, kind=COMPULSORY)
    assert held(any_book, village, 0, Account.COMPULSORY_SAVINGS) == 1_000_000 + 100 * 87
    statement = statements.gather(
        any_book, StatementOrder(village.group, date(2026, 1, 1), ACT.today, (village.members[0],)), ACT
    )[0]
    texts = [move.text for account in statement.accounts for move in account.movements]
    assert "Lãi tiết kiệm bắt buộc: Quý I/2026" in texts


def test_the_statement_says_interest(book: Book) -> None:
    village = _village(book)
    run(book, village)
    order = StatementOrder(village.group, date(2026, 1, 1), ACT.today, (village.members[0],))
    (account,) = statements.gather(book, order, ACT)[0].accounts
    assert [(move.text, move.paid_in) for move in account.movements][-1] == (
        "Lãi tiết kiệm: Tháng 1/2026",
        4_200,
    )
    assert account.closing == 1_004_200


def test_rules_and_rates_of_credited_days_stay(book: Book) -> None:
    village = _village(book)
    run(book, village)
    with pytest.raises(Refusal) as refused:
        rate(book, village, date(2026, 1, 15), "9")
    assert _problems(refused) == [("credited", "valid_from")]
    with pytest.raises(Refusal):
        savings.remove_rate(book, village.group, VOLUNTARY, date(2026, 1, 1), ACT)
    with pytest.raises(Refusal):
        savings.remove_terms(book, village.group, VOLUNTARY, date(2026, 1, 1), ACT)
    rate(book, village, date(2026, 2, 1), "9")
    savings.remove_rate(book, village.group, VOLUNTARY, date(2026, 2, 1), ACT)
    assert verify(book).ok


_DEEDS = st.lists(
    st.tuples(st.integers(0, 89), st.integers(0, 2), st.integers(1, 900_000), st.booleans()), max_size=8
)


@settings(max_examples=12)
@given(deeds=_DEEDS, percent=st.integers(0, 20), late=_DEEDS)
def test_any_history_credits_every_day_once_and_comes_back(
    deeds: list[tuple[int, int, int, bool]], percent: int, late: list[tuple[int, int, int, bool]]
) -> None:
    with TemporaryDirectory() as folder, Book.create(str(Path(folder, "so.sonhom")), "Sổ") as book:
        village = settle(book)
        agree(book, village, str(percent))

        def act_out(found: list[tuple[int, int, int, bool]]) -> None:
            for day, who, amount, out in found:
                try:
                    move(
                        book, village, date(2026, 1, 3) + timedelta(days=day), -amount if out else amount, who
                    )
                except Refusal:
                    continue  # more than there is

        act_out(deeds)
        before = [held(book, village, who) for who in range(3)]
        numbers = [run(book, village).run for _month in range(3)]
        for number in reversed(numbers):
            savings_runs.take_back(book, number, "Thử", ACT)
        assert [held(book, village, who) for who in range(3)] == before
        run(book, village)
        run(book, village)
        act_out(late)
        run(book, village)
        with book.read() as session:
            for who in range(3):
                found = savings_interest.history_in(
                    session, village.group, VOLUNTARY, ACT.today, village.members[who]
                )
                assert found.difference(village.members[who]) <= 0  # nobody is owed interest of credited days
            sums = group_balances(session, village.group, ACT.today)
        credited = sum(
            row.total for row in savings_book.runs(book, village.group) if row.state is OpeningState.POSTED
        )
        assert sums.get(Account.SAVINGS_INTEREST, 0) == credited
        assert verify(book).ok


def test_a_high_rate_is_asked_about(book: Book) -> None:
    village = settle(book)
    from fractions import Fraction

    from desktop.models.rules.savings_terms import SavingsRate

    command = savings.KeepRate(village.group, VOLUNTARY, SavingsRate(date(2026, 1, 1), Fraction(25)))
    with pytest.raises(Refusal) as refused:
        savings.keep_rate(book, command, ACT)
    assert _problems(refused) == [("rate-high", "percent")]
    savings.keep_rate(book, replace(command, agreed=True), ACT)


def test_the_start_page_names_what_is_due(any_book: Book) -> None:
    village = _village(any_book)
    savings.keep_terms(any_book, village.group, replace(TERMS, kind=COMPULSORY), ACT)  # without a rate

    def due(today: date) -> list[tuple[SavingsKind, str]]:
        return [(one.kind, one.title) for one in overview.start(any_book, today).interest_due]

    assert due(date(2026, 1, 30)) == []
    assert due(JANUARY) == [(VOLUNTARY, "Tháng 1/2026")]
    run(any_book, village)
    assert due(date(2026, 2, 27)) == []
    assert due(date(2026, 4, 1)) == [(VOLUNTARY, "Tháng 2/2026")]


def test_the_start_page_names_no_group_that_has_nothing_saved(any_book: Book) -> None:
    village = settle(any_book)
    agree(any_book, village)

    def due(today: date) -> list[str]:
        return [one.title for one in overview.start(any_book, today).interest_due]

    assert due(date(2026, 4, 1)) == []
    move(any_book, village, date(2026, 3, 5), 90_000)
    move(any_book, village, date(2026, 3, 6), 10_000, compulsory=True)
    assert due(date(2026, 3, 30)) == []  # January and February held nothing
    assert due(date(2026, 4, 1)) == ["Tháng 1/2026"]
    move(any_book, village, date(2026, 3, 9), -90_000)
    assert due(date(2026, 4, 1)) == ["Tháng 1/2026"]  # some days of March bear interest


def test_interest_is_no_voucher_that_is_typed_by_hand(book: Book) -> None:
    village = _village(book)
    command = RecordVoucher(
        village.group, EntryKind.SAVINGS_INTEREST, 1_000, JANUARY, member=village.members[0]
    )
    with pytest.raises(Refusal) as refused:
        vouchers.record(book, command, an_act(ACT.today))
    assert ("kind", "kind") in _problems(refused)
