"""The end of a cycle: the fund counted two ways, divided to the đồng, posted and taken back in one piece."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.models.ids import LoanId, MemberId, new_uid
from desktop.models.kinds import (
    Account,
    CycleState,
    EntryKind,
    LoanChoice,
    LoanStage,
    MeetingState,
    Office,
    OpeningState,
    RemainderRule,
)
from desktop.models.problems import Refusal
from desktop.models.rules.closing import ClosingChoices, ClosingFacts, ShareMember, check, work_out
from desktop.models.rules.loan_products import DatedRate, Method, Product, Request
from desktop.models.rules.loan_requests import Caution
from desktop.services import (
    drafts,
    groups,
    loan_applications,
    loan_book,
    loan_products,
    loans,
    meetings,
    offices,
    share_outs,
    vouchers,
)
from desktop.services.balances import group_balances, member_holdings, trial_balance
from desktop.services.loan_applications import Application, Apply, Decision
from desktop.services.share_outs import Divide
from desktop.services.verify import verify
from desktop.services.vouchers import RecordVoucher, VoucherFilter
from desktop.store.book import Book
from tests.ready_books import empty_book
from tests.village import Village, a_sheet, an_act, meet, settle

DAY = date(2026, 12, 20)
ACT = an_act(DAY)
PRODUCT = Product(
    Method.EQUAL_PRINCIPAL, (DatedRate(date(2026, 1, 1), Fraction(1)),), off_sundays=False, off_holidays=False
)


def _village(book: Book, members: int = 3, meetings_held: int = 3) -> Village:
    village = settle(book, members=members)
    for number in range(1, meetings_held + 1):
        meet(book, village, number, savings=100_000)
    for member, office in zip(village.members, (Office.CHAIR, Office.TREASURER), strict=False):
        offices.appoint(book, offices.Appoint(village.group, member, office, date(2026, 1, 3), None), ACT)
    return village


def _lend(book: Book, village: Village, member: int = 0, amount: int = 200_000) -> LoanId:
    kept = loan_products.keep(book, loan_products.KeepProduct("SP-01", "Vay", PRODUCT), an_act()).value
    day = date(2026, 9, 1)
    command = Apply(
        village.group,
        village.members[member],
        kept,
        Request(amount, 4, day),
        Application("Nuôi vịt"),
        agreed=True,
    )
    loan = loan_applications.apply(book, command, Caution(), an_act(day)).value
    loan_applications.approve(
        book, loan, Decision(present=len(village.members), in_favour=len(village.members)), an_act(day)
    )
    loans.disburse(book, loans.Disburse(loan, day), an_act(day))
    return loan


def _choices(book: Book, village: Village, **more: object) -> ClosingChoices:
    known = share_outs.facts(book, village.group, DAY, DAY)
    cash = known.of(Account.CASH)
    counted = {1_000: cash // 1_000} if cash % 1_000 == 0 else {1: cash}
    base = ClosingChoices(
        counted=counted,
        bank=known.of(Account.BANK) or None,
        approvers=(village.members[0], village.members[1]),
        minutes="Cả tổ thống nhất chia.",
    )
    return replace(base, **more)  # type: ignore[arg-type]


def _problems(refused: pytest.ExceptionInfo[Refusal]) -> set[tuple[str, str]]:
    return {(problem.code, problem.field) for problem in refused.value.problems}


def _sums(book: Book, village: Village) -> dict[Account, int]:
    with book.read() as session:
        return group_balances(session, village.group, date(2027, 1, 1))


def test_the_worked_example_of_806_shares() -> None:
    # Domain facts, 1.2: fund 17.470.000, six members; by 1.000 đồng 2.000 stays.
    units = (52, 104, 156, 208, 260, 26)
    members = tuple(
        ShareMember(MemberId(n), f"TV-{n}", f"Người {n}", held, held * 20_000) for n, held in enumerate(units)
    )
    known = _facts(
        members, {Account.CASH: 17_470_000, Account.SHARES: 16_120_000, Account.INTEREST: 1_350_000}
    )
    plan = work_out(known, ClosingChoices())
    assert (plan.net_owned, plan.net_equity) == (17_470_000, 17_470_000)
    assert [line.payout for line in plan.lines] == [
        1_127_000,
        2_254_000,
        3_381_000,
        4_508_000,
        5_635_000,
        563_000,
    ]
    assert plan.remainder == 2_000
    exact = work_out(replace(known, unit=1), ClosingChoices())
    assert exact.paid + exact.remainder == 17_470_000
    assert exact.value_per_share == Fraction(17_470_000, 806)


def _facts(members: tuple[ShareMember, ...], balances: dict[Account, int], unit: int = 1_000) -> ClosingFacts:
    return ClosingFacts(
        group=1,  # type: ignore[arg-type]
        cycle=1,  # type: ignore[arg-type]
        number=1,
        starts=date(2026, 1, 1),
        ends=DAY,
        open=True,
        day=DAY,
        today=DAY,
        unit=unit,
        has_shares=True,
        members=members,
        debts=(),
        balances=balances,
        over_short=0,
        officers=(),
        last_day=None,
    )


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    st.lists(st.integers(0, 500), min_size=1, max_size=30).filter(any),
    st.integers(0, 10**9),
    st.sampled_from([1, 100, 500, 1_000, 10_000]),
)
def test_nothing_is_lost_to_rounding(units: list[int], fund: int, unit: int) -> None:
    members = tuple(ShareMember(MemberId(n), "", "", held, held * 20_000) for n, held in enumerate(units))
    plan = work_out(_facts(members, {Account.CASH: fund, Account.SHARES: fund}, unit), ClosingChoices())
    assert plan.paid + plan.remainder == fund
    assert all(line.payout >= 0 and line.payout % unit == 0 for line in plan.lines)
    assert 0 <= plan.remainder < max(unit * len(units), unit)
    for one, other in zip(plan.lines, plan.lines[1:], strict=False):
        if one.member.units == other.member.units:
            assert one.payout == other.payout


def test_the_fund_goes_out_by_shares_and_the_next_cycle_begins_at_nothing(any_book: Book) -> None:
    village = _village(any_book)
    income = RecordVoucher(
        village.group, EntryKind.OTHER_INCOME, 31_000, date(2026, 10, 1), text="Bán ve chai"
    )
    vouchers.record(any_book, income, ACT)
    done = share_outs.divide(any_book, Divide(village.group, DAY, _choices(any_book, village)), ACT).value
    sums = _sums(any_book, village)
    # 3 meetings × 3 people × 20.000 + 31.000 = 211.000: 70.000 each, 1.000 stays.
    assert sums[Account.SHARES] == 0
    assert sums[Account.OTHER_INCOME] == 0
    assert sums[Account.SURPLUS] == 1_000
    assert sums[Account.CASH] == 3 * 300_000 + 1_000  # the savings stay
    with any_book.read() as session:
        held = member_holdings(session, village.group, DAY)
    assert all(held[member][Account.SHARES].units == 0 for member in village.members)
    detail = groups.get(any_book, village.group, date(2026, 12, 21))
    assert [(cycle.number, cycle.state) for cycle in detail.cycles] == [
        (1, CycleState.CLOSED),
        (2, CycleState.OPEN),
    ]
    assert detail.cycles[1].id == done.next_cycle
    assert trial_balance(any_book, village.group, date(2026, 1, 1), DAY).in_balance
    assert verify(any_book).ok
    (row,) = share_outs.listed(any_book, village.group)
    assert (row.paid, row.remainder, row.shares, row.value_per_share) == (210_000, 1_000, 9, 23_444)


def test_a_cycle_is_shared_out_once_and_nothing_is_posted_into_it_any_more(book: Book) -> None:
    village = _village(book)
    share_outs.divide(book, Divide(village.group, DAY, _choices(book, village)), ACT)
    later = an_act(date(2026, 12, 22))
    with pytest.raises(Refusal):
        meet(book, village, 4)
    late = RecordVoucher(village.group, EntryKind.OTHER_INCOME, 5_000, DAY, text="Muộn")
    with pytest.raises(Refusal):
        vouchers.record(book, late, later)
    with pytest.raises(Refusal) as refused:
        share_outs.divide(book, Divide(village.group, DAY, _choices(book, village)), later)
    assert "no-shares" in {code for code, _field in _problems(refused)}
    assert len(share_outs.listed(book, village.group)) == 1


def test_a_loan_is_netted_with_its_interest_or_carried_by_decision(any_book: Book) -> None:
    village = _village(any_book)
    loan = _lend(any_book, village)
    known = share_outs.facts(any_book, village.group, DAY, DAY)
    (debt,) = known.debts
    assert debt.principal == 200_000
    assert debt.payoff > debt.principal
    with pytest.raises(Refusal) as refused:  # 180.000 in shares cannot bear a debt of 200.000
        share_outs.divide(any_book, Divide(village.group, DAY, _choices(any_book, village)), ACT)
    assert ("net-too-much", f"loan/{loan}") in _problems(refused)
    carry = {loan: LoanChoice.CARRY}
    choices = _choices(any_book, village, loans=carry, minutes="")
    with pytest.raises(Refusal) as refused:
        share_outs.divide(any_book, Divide(village.group, DAY, choices), ACT)
    assert ("minutes", "minutes") in _problems(refused)
    netted = _choices(any_book, village, return_savings=True)
    share_outs.divide(any_book, Divide(village.group, DAY, netted), ACT)
    assert loan_book.detail(any_book, loan, DAY).stage is LoanStage.CLOSED
    sums = _sums(any_book, village)
    assert sums[Account.LOANS] == 0
    assert sums[Account.SAVINGS] == 0
    assert sums[Account.INTEREST] == 0  # what was earned was divided
    assert sums[Account.CASH] == sums[Account.SURPLUS]
    assert verify(any_book).ok


def test_a_carried_loan_stays_owed_and_is_not_divided(book: Book) -> None:
    village = _village(book)
    loan = _lend(book, village, amount=60_000)
    choices = _choices(book, village, loans={loan: LoanChoice.CARRY})
    share_outs.divide(book, Divide(village.group, DAY, choices), ACT)
    sums = _sums(book, village)
    assert sums[Account.LOANS] == 60_000
    assert sums[Account.SURPLUS] == 60_000  # 180.000 − 60.000 = 120.000: 40.000 each
    assert loan_book.detail(book, loan, DAY).stage is LoanStage.ACTIVE


def test_the_remainder_may_go_to_the_social_fund(book: Book) -> None:
    village = _village(book)
    vouchers.record(
        book, RecordVoucher(village.group, EntryKind.OTHER_INCOME, 31_000, date(2026, 10, 1), text="Thu"), ACT
    )
    before = _sums(book, village)[Account.SOCIAL_CASH]
    choices = _choices(book, village, remainder=RemainderRule.SOCIAL)
    share_outs.divide(book, Divide(village.group, DAY, choices), ACT)
    sums = _sums(book, village)
    assert (sums[Account.SURPLUS], sums[Account.SOCIAL_CASH] - before) == (0, 1_000)
    assert verify(book).ok


def test_a_loss_is_borne_by_the_shares(book: Book) -> None:
    village = _village(book)
    vouchers.record(
        book, RecordVoucher(village.group, EntryKind.EXPENSE, 30_000, date(2026, 10, 1), text="Mua sổ"), ACT
    )
    share_outs.divide(book, Divide(village.group, DAY, _choices(book, village)), ACT)
    sums = _sums(book, village)
    assert (sums[Account.SHARES], sums[Account.SURPLUS], sums[Account.EXPENSES]) == (0, 0, 0)
    with book.read() as session:
        held = member_holdings(session, village.group, DAY)
    assert all(held[member][Account.SHARES].units == 0 for member in village.members)
    assert verify(book).ok


def test_a_share_out_is_taken_back_whole_while_nothing_followed(any_book: Book) -> None:
    village = _village(any_book)
    loan = _lend(any_book, village, amount=50_000)
    before = _sums(any_book, village)
    choices = _choices(any_book, village, leaving=frozenset({village.members[2]}))
    done = share_outs.divide(any_book, Divide(village.group, DAY, choices), ACT).value
    assert len(groups.get(any_book, village.group, date(2026, 12, 21)).members) == 2
    with pytest.raises(Refusal) as refused:
        vouchers.reverse_voucher(any_book, done.vouchers[-1].id, "nhầm", ACT)
    assert _problems(refused) == {("of-share-out", "")}
    with pytest.raises(Refusal):
        share_outs.take_back(any_book, done.share_out, " ", ACT)
    share_outs.take_back(any_book, done.share_out, "Chia nhầm ngày", ACT)
    after = _sums(any_book, village)
    assert {key: value for key, value in after.items() if value} == {
        key: value for key, value in before.items() if value
    }
    detail = groups.get(any_book, village.group, DAY)
    assert [(cycle.number, cycle.state) for cycle in detail.cycles] == [(1, CycleState.OPEN)]
    assert len(detail.members) == 3
    assert loan_book.detail(any_book, loan, DAY).stage is LoanStage.ACTIVE
    assert share_outs.listed(any_book, village.group)[0].state is OpeningState.REVERSED
    assert verify(any_book).ok
    again = share_outs.divide(any_book, Divide(village.group, DAY, _choices(any_book, village)), ACT).value
    meetings.record(
        any_book,
        meetings.RecordMeeting(village.group, a_sheet(village, date(2026, 12, 26)), new_uid(), agreed=True),
        an_act(date(2026, 12, 26)),
    )
    with pytest.raises(Refusal) as refused:
        share_outs.take_back(any_book, again.share_out, "muộn rồi", an_act(date(2026, 12, 27)))
    assert _problems(refused) == {("later", "")}


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"counted": None}, ("not-counted", "counted")),
        ({"counted": {500_000: 1}}, ("difference", "difference_reason")),
        ({"counted": {1_000: -1}}, ("count", "counted")),
        ({"approvers": ()}, ("approvers", "approvers")),
        ({"approvers": "twice"}, ("approvers", "approvers")),
        ({"minutes": " "}, ("minutes", "minutes")),
        ({"next_ends": DAY}, ("next-ends", "next_ends")),
    ],
)
def test_what_is_not_ready_is_refused_at_its_field_and_posts_nothing(
    book: Book, change: dict[str, object], problem: tuple[str, str]
) -> None:
    village = _village(book)
    held = vouchers.count(book, VoucherFilter(group=village.group))
    if change.get("approvers") == "twice":
        change = {"approvers": (village.members[0], village.members[0])}
    with pytest.raises(Refusal) as refused:
        share_outs.divide(book, Divide(village.group, DAY, _choices(book, village, **change)), ACT)
    assert problem in _problems(refused)
    assert vouchers.count(book, VoucherFilter(group=village.group)) == held
    assert share_outs.listed(book, village.group) == []


def test_days_drafts_and_the_bank_stand_in_the_way(book: Book) -> None:
    village = _village(book)
    early = Divide(village.group, date(2026, 1, 10), _choices(book, village))
    with pytest.raises(Refusal) as refused:
        share_outs.divide(book, early, ACT)
    assert ("not-last", "day") in _problems(refused)
    drafts.keep(book, "meeting", str(village.group), "{}", ACT)
    with pytest.raises(Refusal) as refused:
        share_outs.divide(book, Divide(village.group, DAY, _choices(book, village)), ACT)
    assert ("unposted", "day") in _problems(refused)
    drafts.drop(book, "meeting", str(village.group), ACT)
    vouchers.record(book, RecordVoucher(village.group, EntryKind.BANK_IN, 50_000, date(2026, 10, 1)), ACT)
    with pytest.raises(Refusal) as refused:
        share_outs.divide(book, Divide(village.group, DAY, _choices(book, village, bank=40_000)), ACT)
    assert ("bank", "bank") in _problems(refused)


def test_figures_that_changed_after_the_approval_are_refused(book: Book) -> None:
    village = _village(book)
    choices = _choices(book, village)
    with pytest.raises(Refusal) as refused:
        share_outs.divide(book, Divide(village.group, DAY, choices, paid=999), ACT)
    assert _problems(refused) == {("changed", "")}


@settings(max_examples=8, deadline=None, derandomize=True)
@given(st.data())
def test_any_cycle_closes_to_the_last_dong(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path: Path = tmp_path_factory.mktemp("cycle") / "so.sonhom"
    with empty_book(path) as book:
        village = _village(
            book, members=data.draw(st.integers(2, 5)), meetings_held=data.draw(st.integers(1, 4))
        )
        for _more in range(data.draw(st.integers(0, 3))):
            kind = data.draw(st.sampled_from([EntryKind.OTHER_INCOME, EntryKind.EXPENSE, EntryKind.SHORT]))
            amount = data.draw(st.integers(1, 9_999))
            if kind is not EntryKind.SHORT:
                vouchers.record(
                    book, RecordVoucher(village.group, kind, amount, date(2026, 10, 1), text="Thu chi"), ACT
                )
        debts = {}
        if data.draw(st.booleans()):
            loan = _lend(book, village, amount=data.draw(st.integers(1, 19)) * 1_000)
            debts = {loan: data.draw(st.sampled_from(list(LoanChoice)))}
        choices = _choices(
            book,
            village,
            loans=debts,
            return_savings=data.draw(st.booleans()),
            remainder=data.draw(st.sampled_from(list(RemainderRule))),
        )
        known = share_outs.facts(book, village.group, DAY, DAY)
        plan = work_out(known, choices)
        assert plan.net_owned == plan.net_equity
        assert plan.paid + plan.remainder + plan.carried == plan.net_owned
        if check(known, choices):  # a debt larger than the member's part, for example
            with pytest.raises(Refusal):
                share_outs.divide(book, Divide(village.group, DAY, choices), ACT)
            assert not share_outs.listed(book, village.group)
            return
        share_outs.divide(book, Divide(village.group, DAY, choices), ACT)
        sums = _sums(book, village)
        assert sums.get(Account.SHARES, 0) == 0
        assert sums[Account.CASH] >= 0
        assert sums[Account.SOCIAL_CASH] >= 0
        assert trial_balance(book, village.group, date(2026, 1, 1), DAY).in_balance
        assert verify(book).ok


def test_no_meeting_is_left_half_reversed(book: Book) -> None:
    village = _village(book)
    share_outs.divide(book, Divide(village.group, DAY, _choices(book, village)), ACT)
    first = meetings.meetings_of(book, village.group)[0]
    with pytest.raises(Refusal):
        meetings.reverse_meeting(book, first.id, "nhầm", ACT)
    assert all(row.state is MeetingState.POSTED for row in meetings.meetings_of(book, village.group))
