"""Fines owed, paid and waived; grants from the social fund from request to payment; neither ever edited."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.models.ids import MemberId, new_uid
from desktop.models.kinds import Account, Attendance, EntryKind, GrantReason, GrantState
from desktop.models.problems import Refusal
from desktop.models.records.every import Constitution
from desktop.models.rules import sheet as rules
from desktop.models.rules.constitution import FineRule, fines_to_text
from desktop.models.rules.sheet import Sheet, SheetRow
from desktop.services import fines, meetings, social_fund, vouchers
from desktop.services.balances import group_balances, member_holdings
from desktop.services.fines import Waive
from desktop.services.social_fund import Ask, Decide
from desktop.services.verify import verify
from desktop.services.vouchers import RecordVoucher
from desktop.store.book import Book
from tests.ready_books import empty_book
from tests.village import START, Village, an_act, meet, settle

LATE = an_act(date(2026, 12, 1))
_FINES = (
    FineRule("late", "Đi muộn", 5_000, Attendance.LATE),
    FineRule("absent", "Vắng không phép", 10_000, Attendance.ABSENT),
)


def _village(book: Book) -> Village:
    village = settle(book)
    with book.write(an_act()) as session:
        session.get_one(Constitution, 1).fines = fines_to_text(_FINES)
    return village


def _hold(
    book: Book,
    village: Village,
    number: int,
    states: dict[int, Attendance],
    *,
    fill: bool = True,
    **paid: int,
) -> meetings.MeetingPosted:
    day = START + timedelta(days=28 * (number - 1))
    facts = meetings.sheet_facts(book, village.group, day, day)
    rows = [
        SheetRow(member, states.get(place, Attendance.PRESENT), {})
        for place, member in enumerate(village.members)
    ]
    if fill:
        rows = list(rules.filled(facts, rows))
    rows = [
        replace(row, amounts={**row.amounts, **paid}) if place == 0 else row for place, row in enumerate(rows)
    ]
    command = meetings.RecordMeeting(village.group, Sheet(day, tuple(rows)), new_uid(), agreed=True)
    return meetings.record(book, command, an_act(day)).value


def _owes(book: Book, village: Village, place: int) -> int:
    return {debt.member: debt.owed for debt in fines.owed(book, village.group, LATE.today)}.get(
        village.members[place], 0
    )


def test_who_is_absent_owes_the_fine_and_pays_it_at_the_next_meeting(any_book: Book) -> None:
    village = _village(any_book)
    _hold(any_book, village, 1, {0: Attendance.ABSENT, 1: Attendance.LATE})
    assert _owes(any_book, village, 0) == 10_000
    assert _owes(any_book, village, 1) == 0  # who came late paid at once
    day = START + timedelta(days=28)
    facts = meetings.sheet_facts(any_book, village.group, day, day)
    assert "fine_paid" in {column.key for column in rules.columns_of(facts.rules)}
    _hold(any_book, village, 2, {})
    assert _owes(any_book, village, 0) == 0
    with any_book.read() as session:
        sums = group_balances(session, village.group, LATE.today)
    assert (sums[Account.FINES], sums[Account.FINES_OWED]) == (15_000, 0)
    assert verify(any_book).ok


def test_more_than_is_owed_cannot_be_paid_and_is_said_at_the_cell(book: Book) -> None:
    village = _village(book)
    _hold(book, village, 1, {0: Attendance.ABSENT})
    with pytest.raises(Refusal) as refused:
        _hold(book, village, 2, {}, fine_paid=10_001)
    assert [(p.code, p.field) for p in refused.value.problems if p.level == "stop"] == [
        ("fines-owed", f"{village.members[0]}/fine_paid")
    ]


def test_a_fine_is_waived_with_a_reason_and_only_what_is_owed(any_book: Book) -> None:
    village = _village(any_book)
    _hold(any_book, village, 1, {0: Attendance.ABSENT})
    wanted = Waive(village.group, village.members[0], date(2026, 2, 1), 6_000, "Con ốm")
    for change, field in (
        ({"reason": " "}, "reason"),
        ({"amount": 10_001}, "amount"),
        ({"amount": 0}, "amount"),
        ({"day": date(2027, 1, 1)}, "day"),
    ):
        with pytest.raises(Refusal) as refused:
            fines.waive(any_book, replace(wanted, **change), LATE)
        assert field in {problem.field for problem in refused.value.problems}
    fines.waive(any_book, wanted, LATE)
    assert _owes(any_book, village, 0) == 4_000
    payment = RecordVoucher(village.group, EntryKind.FINE_PAID, 4_000, date(2026, 3, 1), village.members[0])
    vouchers.record(any_book, payment, LATE)
    assert fines.owed(any_book, village.group, LATE.today) == []
    with pytest.raises(Refusal):  # the account of who owes nothing does not go below zero
        vouchers.record(any_book, payment, LATE)
    assert verify(any_book).ok


def test_a_corrected_meeting_takes_its_fine_back(book: Book) -> None:
    village = _village(book)
    posted = _hold(book, village, 1, {0: Attendance.ABSENT})
    facts = meetings.sheet_facts(book, village.group, START, START, posted.meeting)
    rows = rules.filled(facts, [SheetRow(member) for member in village.members])
    command = meetings.CorrectMeeting(posted.meeting, Sheet(START, rows), "Có mặt mà ghi vắng", agreed=True)
    meetings.correct(book, command, LATE)
    assert _owes(book, village, 0) == 0
    assert verify(book).ok


@settings(max_examples=15, deadline=None, derandomize=True)
@given(st.data())
def test_what_is_owed_is_what_was_imposed_less_paid_and_waived(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path: Path = tmp_path_factory.mktemp("fines") / "so.sonhom"
    with empty_book(path) as book:
        village = _village(book)
        imposed = dict.fromkeys(village.members, 0)
        settled = dict.fromkeys(village.members, 0)
        for number in range(1, data.draw(st.integers(1, 4)) + 1):
            day = START + timedelta(days=28 * (number - 1))
            rows = []
            for member in village.members:
                due = imposed[member] - settled[member]
                owed, paid = data.draw(st.integers(0, 3)) * 5_000, data.draw(st.integers(0, due))
                imposed[member] += owed
                settled[member] += paid
                amounts = {"fine_owed": owed, "fine_paid": paid}
                rows.append(SheetRow(member, Attendance.PRESENT, {k: v for k, v in amounts.items() if v}))
            command = meetings.RecordMeeting(village.group, Sheet(day, tuple(rows)), new_uid(), agreed=True)
            meetings.record(book, command, an_act(day))
            member: MemberId = data.draw(st.sampled_from(village.members))
            due = imposed[member] - settled[member]
            if due:
                off = data.draw(st.integers(1, due))
                fines.waive(book, Waive(village.group, member, day, off, "Miễn"), LATE)
                settled[member] += off
        with book.read() as session:
            held = member_holdings(session, village.group, LATE.today)
        for member in village.members:
            account = held.get(member, {}).get(Account.FINES_OWED)
            assert (account.amount if account else 0) == imposed[member] - settled[member]
        assert verify(book).ok


# -- the social fund -------------------------------------------------------------------------------


def _asked(book: Book, village: Village, amount: int = 10_000) -> int:
    command = Ask(
        village.group, village.members[0], GrantReason.SICKNESS, amount, date(2026, 2, 1), "Nằm viện"
    )
    return social_fund.ask(book, command, LATE).value


def test_a_grant_goes_from_request_to_payment_and_back(any_book: Book) -> None:
    village = settle(any_book)
    meet(any_book, village, 1)
    grant = _asked(any_book, village)
    with pytest.raises(Refusal):
        social_fund.pay(any_book, grant, date(2026, 2, 3), LATE)  # not before it is approved
    social_fund.decide(any_book, Decide(grant, date(2026, 2, 2), True, 3, 2), LATE)
    voucher = social_fund.pay(any_book, grant, date(2026, 2, 3), LATE).value
    found = social_fund.fund(any_book, village.group, LATE.today)
    assert (found.cash, found.granted, found.promised) == (5_000, 10_000, 0)
    (row,) = found.grants
    assert (row.state, row.voucher_number) == (GrantState.PAID, voucher.number)
    assert "2/3" in row.decision
    with any_book.read() as session:
        assert group_balances(session, village.group, LATE.today)[Account.CASH] == 210_000  # never touched
    with pytest.raises(Refusal):
        vouchers.reverse_voucher(any_book, voucher.id, "nhầm", LATE)
    social_fund.take_back(any_book, grant, "Chi nhầm người", LATE)
    assert social_fund.fund(any_book, village.group, LATE.today).cash == 15_000
    assert verify(any_book).ok


def test_a_grant_above_the_fund_is_refused_and_nothing_is_posted(book: Book) -> None:
    village = settle(book)
    meet(book, village, 1)
    grant = _asked(book, village, 15_001)
    social_fund.decide(book, Decide(grant, date(2026, 2, 2), True, officers=("Chị Hòa", "Chị Tư")), LATE)
    with pytest.raises(Refusal) as refused:
        social_fund.pay(book, grant, date(2026, 2, 3), LATE)
    assert [problem.code for problem in refused.value.problems] == ["social-short"]
    assert social_fund.fund(book, village.group, LATE.today).grants[0].state is GrantState.APPROVED


@pytest.mark.parametrize(
    ("decision", "field"),
    [
        ({"present": 3, "in_favour": 1}, "in_favour"),
        ({"present": 9, "in_favour": 9}, "in_favour"),
        ({"officers": ("Chị Hòa",)}, "officers"),
        ({"officers": ("Chị Hòa", "Chị Hòa")}, "officers"),
        ({"approved": False}, "why"),
        ({"day": date(2026, 1, 1), "present": 3, "in_favour": 3}, "day"),
    ],
)
def test_a_decision_needs_a_majority_or_two_officers(
    book: Book, decision: dict[str, object], field: str
) -> None:
    village = settle(book)
    grant = _asked(book, village)
    command = replace(Decide(grant, date(2026, 2, 2), True), **decision)  # type: ignore[arg-type]
    with pytest.raises(Refusal) as refused:
        social_fund.decide(book, command, LATE)
    assert field in {problem.field for problem in refused.value.problems}
    assert social_fund.fund(book, village.group, LATE.today).grants[0].state is GrantState.REQUESTED


def test_a_refused_grant_is_never_paid(book: Book) -> None:
    village = settle(book)
    meet(book, village, 1)
    grant = _asked(book, village)
    social_fund.decide(book, Decide(grant, date(2026, 2, 2), False, why="Đã giúp tháng trước"), LATE)
    with pytest.raises(Refusal):
        social_fund.pay(book, grant, date(2026, 2, 3), LATE)
    with pytest.raises(Refusal):
        social_fund.decide(book, Decide(grant, date(2026, 2, 4), True, 3, 3), LATE)
