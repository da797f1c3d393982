"""Money leaves savings by the group's rules only: at a meeting, by voucher, on leaving, at the share-out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from desktop.models.ids import new_uid
from desktop.models.kinds import Account, EntryKind, LoanChoice
from desktop.models.problems import Level, Refusal
from desktop.models.rules.closing import ClosingChoices
from desktop.models.rules.savings_terms import SavingsRate
from desktop.models.savings_kinds import NoticeState, SavingsKind
from desktop.services import (
    leaving,
    meetings,
    savings,
    savings_book,
    savings_interest,
    savings_runs,
    share_outs,
    vouchers,
)
from desktop.services.balances import group_balances
from desktop.services.leaving import Leave
from desktop.services.savings import GiveNotice
from desktop.services.share_outs import Divide
from desktop.services.verify import verify
from desktop.store.book import Book
from tests.services.savings_kit import ACT, TERMS, agree, held, move, run
from tests.services.test_share_outs import DAY, _choices, _lend
from tests.services.test_share_outs import _village as _with_officers
from tests.village import Village, a_sheet, an_act, meet, settle

VOLUNTARY, COMPULSORY = SavingsKind.VOLUNTARY, SavingsKind.COMPULSORY
MAY = date(2026, 5, 2)


def _problems(refused: pytest.ExceptionInfo[Refusal]) -> list[tuple[str, str]]:
    return [
        (problem.code, problem.field) for problem in refused.value.problems if problem.level is Level.STOP
    ]


def _village(book: Book, **limits: object) -> Village:
    """A village whose first member has 1.000.000, under rules that limit withdrawals from the beginning."""
    village = settle(book)
    agree(book, village, "7.3", **limits)
    move(book, village, date(2026, 1, 10), 1_000_000)
    return village


def _meet(book: Book, village: Village, withdrawal: int, day: date = MAY, savings: int = 50_000) -> None:
    sheet = a_sheet(village, day, savings=savings, withdrawal=withdrawal)
    meetings.record(book, meetings.RecordMeeting(village.group, sheet, new_uid(), agreed=True), an_act(day))


# -- the meeting sheet and single vouchers -----------------------------------------------------------


def test_the_minimum_stays_at_the_meeting_and_outside(any_book: Book) -> None:
    village = _village(any_book, minimum=200_000)
    cell = f"{village.members[0]}/withdrawal"
    with pytest.raises(Refusal) as refused:
        _meet(any_book, village, 850_001)  # 50.000 are paid in at the same meeting
    assert _problems(refused) == [("savings-minimum", cell)]
    assert "850.000" in refused.value.problems[0].message
    _meet(any_book, village, 850_000)
    assert held(any_book, village) == 200_000
    with pytest.raises(Refusal) as refused:
        move(any_book, village, MAY, -1)
    assert _problems(refused) == [("savings-minimum", "amount")]


def test_a_back_dated_withdrawal_leaves_the_minimum_on_every_later_day(book: Book) -> None:
    village = _village(book, minimum=200_000)
    move(book, village, date(2026, 4, 1), -700_000)
    with pytest.raises(Refusal) as refused:
        move(book, village, date(2026, 2, 1), -100_001)
    assert _problems(refused) == [("savings-minimum", "amount")]
    _meet(book, village, 100_000, date(2026, 2, 7), savings=0)
    assert held(book, village) == 200_000


def test_savings_are_locked_while_a_loan_is_open(any_book: Book) -> None:
    village = _with_officers(any_book)
    terms = replace(TERMS, valid_from=date(2026, 4, 1), locked_by_loan=True)
    savings.keep_terms(any_book, village.group, terms, ACT)
    _lend(any_book, village)
    with pytest.raises(Refusal) as refused:
        _meet(any_book, village, 10_000, date(2026, 9, 20))
    assert _problems(refused) == [("savings-locked", f"{village.members[0]}/withdrawal")]
    act = an_act(date(2026, 9, 20))
    command = vouchers.RecordVoucher(
        village.group, EntryKind.SAVINGS_OUT, 10_000, act.today, member=village.members[0]
    )
    with pytest.raises(Refusal) as refused:
        vouchers.record(any_book, command, act)
    assert _problems(refused) == [("savings-locked", "amount")]
    assert held(any_book, village) == 300_000


def test_a_notice_must_have_run_out(any_book: Book) -> None:
    village = _village(any_book, notice_days=7)
    with pytest.raises(Refusal) as refused:
        _meet(any_book, village, 300_000)
    assert _problems(refused) == [("savings-notice", f"{village.members[0]}/withdrawal")]
    assert "7 ngày" in refused.value.problems[0].message
    given = GiveNotice(village.group, village.members[0], VOLUNTARY, date(2026, 5, 1), 300_000)
    savings.give_notice(any_book, given, ACT)
    with pytest.raises(Refusal) as refused:
        _meet(any_book, village, 300_000, date(2026, 5, 7))
    assert "08/05/2026" in refused.value.problems[0].message
    _meet(any_book, village, 200_000, date(2026, 5, 8))
    with pytest.raises(Refusal):
        move(any_book, village, date(2026, 5, 20), -100_001)
    move(any_book, village, date(2026, 5, 20), -100_000)
    (row,) = savings_book.notices_of(any_book, village.group, ACT.today)
    assert (row.state, row.left) == (NoticeState.USED, 0)


def test_correcting_the_meeting_does_not_use_the_notice_twice(book: Book) -> None:
    village = _village(book, notice_days=7)
    savings.give_notice(
        book, GiveNotice(village.group, village.members[0], VOLUNTARY, date(2026, 4, 1), 300_000), ACT
    )
    sheet = a_sheet(village, MAY, withdrawal=300_000)
    command = meetings.RecordMeeting(village.group, sheet, new_uid(), agreed=True)
    meeting = meetings.record(book, command, an_act(MAY)).value.meeting
    less = a_sheet(village, MAY, withdrawal=250_000)
    meetings.correct(book, meetings.CorrectMeeting(meeting, less, "Ghi nhầm", agreed=True), an_act(MAY))
    (row,) = savings_book.notices_of(book, village.group, ACT.today)
    assert (row.state, row.left) == (NoticeState.DUE, 50_000)


def test_a_meeting_of_the_past_keeps_the_rules_of_its_day(book: Book) -> None:
    village = settle(book)
    meeting = meet(book, village, 1)
    meet(book, village, 2, withdrawal=20_000)
    terms = replace(TERMS, valid_from=date(2026, 1, 31), minimum=500_000)
    with pytest.raises(Refusal) as refused:
        savings.keep_terms(book, village.group, terms, ACT)
    assert _problems(refused) == [("met", "valid_from")]
    savings.keep_terms(book, village.group, replace(terms, valid_from=date(2026, 2, 1)), ACT)
    less = a_sheet(village, date(2026, 1, 3), savings=40_000)
    meetings.correct(book, meetings.CorrectMeeting(meeting, less, "Ghi nhầm", agreed=True), ACT)
    with pytest.raises(Refusal) as refused:
        meet(book, village, 3, withdrawal=1_000)
    assert [code for code, _field in _problems(refused)] == ["savings-minimum"]


def test_rules_do_not_begin_before_the_group(book: Book) -> None:
    village = settle(book)
    with pytest.raises(Refusal) as refused:
        savings.keep_terms(book, village.group, replace(TERMS, valid_from=date(1926, 1, 1)), ACT)
    assert _problems(refused) == [("before-group", "valid_from")]


# -- notices ---------------------------------------------------------------------------------------


def test_bad_notices_are_refused_at_their_field(book: Book) -> None:
    village = _village(book, notice_days=7)
    good = GiveNotice(village.group, village.members[0], VOLUNTARY, date(2026, 5, 1), 300_000)
    for bad, code, place in (
        (replace(good, day=date(2026, 7, 1)), "future", "day"),
        (replace(good, amount=0), "amount", "amount"),
        (replace(good, amount=2_000_000), "too-much", "amount"),
        (replace(good, due=date(2026, 4, 1)), "due", "due"),
        (replace(good, due=date(2026, 5, 2)), "early", "reason"),
        (replace(good, kind=COMPULSORY), "no-notice", "kind"),
    ):
        with pytest.raises(Refusal) as refused:
            savings.give_notice(book, bad, ACT)
        assert (code, place) in _problems(refused)
    assert savings_book.notices_of(book, village.group, ACT.today) == []


def test_a_shortened_notice_needs_a_reason_and_a_cancelled_one_allows_nothing(any_book: Book) -> None:
    village = _village(any_book, notice_days=7)
    given = GiveNotice(
        village.group,
        village.members[0],
        VOLUNTARY,
        date(2026, 5, 1),
        300_000,
        date(2026, 5, 2),
        "Đi viện, tổ đồng ý",
    )
    key = savings.give_notice(any_book, given, ACT).value
    savings.cancel_notice(any_book, key, "Không rút nữa", ACT)
    with pytest.raises(Refusal):
        _meet(any_book, village, 100_000)
    savings.give_notice(any_book, given, ACT)
    _meet(any_book, village, 100_000)
    rows = savings_book.notices_of(any_book, village.group, ACT.today)
    assert [(row.state, row.left) for row in rows] == [
        (NoticeState.DUE, 200_000),
        (NoticeState.CANCELLED, 0),
    ]
    assert verify(any_book).ok


# -- leaving ---------------------------------------------------------------------------------------


def test_a_leaver_is_paid_the_interest_to_the_day_and_the_run_does_not_pay_it_again(any_book: Book) -> None:
    village = _village(any_book)
    day = date(2026, 1, 20)
    due = leaving.settlement(any_book, village.group, village.members[0], day, ACT.today)
    assert (due.savings, due.interest) == (1_002_000, 2_000)  # ten days at 0,02 %
    # The box pays the interest out of what others have brought.
    move(any_book, village, date(2026, 1, 11), 500_000, who=1)
    leaving.leave(any_book, Leave(village.group, village.members[0], day), ACT)
    assert held(any_book, village) == 0
    run(any_book, village)
    assert (held(any_book, village), held(any_book, village, 1)) == (0, 502_000)
    rows = savings_book.runs(any_book, village.group)
    assert [(row.number, row.member, row.total) for row in rows] == [
        (2, "", 2_000),
        (1, "Nguyễn Thị Hòa 1", 2_000),
    ]
    assert verify(any_book).ok


def test_leaving_asks_for_the_notice_but_not_for_the_minimum(book: Book) -> None:
    village = _village(book, notice_days=7, minimum=100_000)
    move(book, village, date(2026, 1, 11), 500_000, who=1)
    command = Leave(village.group, village.members[0], date(2026, 1, 20), agreed=True)
    with pytest.raises(Refusal) as refused:
        leaving.leave(book, command, ACT)
    assert _problems(refused) == [("savings-notice", "day")]
    savings.give_notice(
        book, GiveNotice(village.group, village.members[0], VOLUNTARY, date(2026, 1, 12), 1_000_000), ACT
    )
    leaving.leave(book, command, ACT)
    assert held(book, village) == 0


# -- the share-out ---------------------------------------------------------------------------------


def test_interest_is_credited_before_the_fund_is_divided(book: Book) -> None:
    village = _with_officers(book)
    savings.keep_terms(book, village.group, replace(TERMS, valid_from=date(2026, 4, 1)), ACT)
    rate = SavingsRate(date(2026, 4, 1), Fraction("7.3"))
    savings.keep_rate(book, savings.KeepRate(village.group, VOLUNTARY, rate), ACT)
    # A share-out with a profit, so that interest can be paid: the group has earned 100.000.
    income = vouchers.RecordVoucher(
        village.group, EntryKind.OTHER_INCOME, 100_000, date(2026, 5, 1), text="Thu"
    )
    vouchers.record(book, income, ACT)
    with pytest.raises(Refusal) as refused:
        share_outs.divide(book, Divide(village.group, DAY, _choices(book, village)), an_act(DAY))
    assert ("interest-due", "day") in _problems(refused)
    act = an_act(DAY)
    while True:
        plan = savings_interest.plan(book, village.group, VOLUNTARY, DAY)
        if plan is None:
            break
        command = savings_runs.Credit(
            village.group, VOLUNTARY, plan.starts, plan.ends, plan.total, new_uid(), agreed=True
        )
        savings_runs.credit(book, command, act)
    done = share_outs.divide(
        book, Divide(village.group, DAY, _choices(book, village, return_savings=True)), act
    )
    assert done.value.vouchers
    with book.read() as session:
        sums = group_balances(session, village.group, DAY)
    assert sums[Account.SAVINGS] == 0
    assert sums[Account.SAVINGS_INTEREST] == 0  # closed into the surplus
    assert verify(book).ok


def test_locked_savings_are_not_returned_while_the_loan_is_carried_forward(book: Book) -> None:
    village = _with_officers(book)
    savings.keep_terms(
        book, village.group, replace(TERMS, valid_from=date(2026, 4, 1), locked_by_loan=True), ACT
    )
    loan = _lend(book, village, amount=100_000)
    choices: ClosingChoices = _choices(book, village, loans={loan: LoanChoice.CARRY}, return_savings=True)
    with pytest.raises(Refusal) as refused:
        share_outs.divide(book, Divide(village.group, DAY, choices), an_act(DAY))
    assert ("savings-locked", f"loan/{loan}") in _problems(refused)
    share_outs.divide(book, Divide(village.group, DAY, replace(choices, return_savings=False)), an_act(DAY))
