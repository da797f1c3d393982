"""Correcting and reversing meetings of any day: only what differs moves, and the papers concerned are named."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest

from desktop.models.kinds import Account, EntryKind, MeetingState
from desktop.models.problems import Refusal
from desktop.services import meetings, paper_checks, statements, vouchers
from desktop.services.balances import group_balances, member_holdings
from desktop.services.meetings import CorrectMeeting
from desktop.services.verify import verify
from desktop.store.book import Book
from tests.services.test_meetings import counts, keyed
from tests.village import START, Village, a_sheet, an_act, meet, settle

LATER = START + timedelta(days=100)


def savings(book: Book, village: Village, at: int) -> int:
    with book.read() as session:
        return member_holdings(session, village.group, LATER)[village.members[at]][Account.SAVINGS].amount


def test_only_the_member_concerned_sees_a_correction(any_book: Book) -> None:
    village = settle(any_book)
    first = meet(any_book, village, 1)
    meet(any_book, village, 2)
    before = counts(any_book)["vouchers"]
    corrected = keyed(a_sheet(village, START), 1, savings=90_000)
    done = meetings.correct(
        any_book, CorrectMeeting(first, corrected, "Ghi nhầm", agreed=True), an_act(LATER)
    ).value
    assert counts(any_book)["vouchers"] == before + 2
    assert [voucher.number for voucher in done.vouchers] == ["PK-0001/2026", "PT-0007/2026"]
    assert all(voucher.day == START for voucher in done.vouchers)
    assert [savings(any_book, village, at) for at in range(3)] == [100_000, 140_000, 100_000]
    (row,) = [row for row in meetings.meetings_of(any_book, village.group) if row.id == first]
    assert (row.corrections, row.reason, row.state) == (1, "Ghi nhầm", MeetingState.POSTED)
    assert row.cash_in == 3 * 75_000 + 40_000
    assert verify(any_book).findings == ()


def test_a_correction_without_change_posts_nothing(book: Book) -> None:
    village = settle(book)
    first = meet(book, village, 1)
    before = counts(book)["vouchers"]
    done = meetings.correct(
        book, CorrectMeeting(first, a_sheet(village, START), "Xem lại", agreed=True), an_act(LATER)
    ).value
    assert done.vouchers == ()
    assert counts(book)["vouchers"] == before


def test_a_correction_needs_a_reason_and_right_cells(book: Book) -> None:
    village = settle(book)
    first = meet(book, village, 1)
    for sheet, reason in (
        (a_sheet(village, START), "  "),
        (keyed(a_sheet(village, START), 0, shares=99), "Nhầm"),
    ):
        with pytest.raises(Refusal):
            meetings.correct(book, CorrectMeeting(first, sheet, reason, agreed=True), an_act(LATER))
    assert verify(book).findings == ()


def test_a_correction_names_the_papers_that_no_longer_agree(book: Book) -> None:
    village = settle(book)
    first = meet(book, village, 1)
    order = statements.StatementOrder(village.group, START, LATER)
    printed = statements.issue(book, order, an_act(LATER)).value
    marks = {statement.member.code: statement.mark for statement in printed}
    corrected = keyed(a_sheet(village, START), 1, savings=90_000)
    later = an_act(LATER + timedelta(days=1))
    done = meetings.correct(book, CorrectMeeting(first, corrected, "Ghi nhầm", agreed=True), later).value
    concerned = printed[1].member
    assert [paper.number for paper in done.papers] == [marks[concerned.code].number]
    verdicts = [paper_checks.check_paper(book, statement.mark.qr).verdict for statement in printed]
    assert verdicts == [
        paper_checks.Verdict.MATCHES,
        paper_checks.Verdict.CORRECTED,
        paper_checks.Verdict.MATCHES,
    ]


def test_a_correction_may_move_the_day(book: Book) -> None:
    village = settle(book)
    first = meet(book, village, 1)
    moved = dataclasses.replace(a_sheet(village, START), day=START + timedelta(days=2))
    meetings.correct(book, CorrectMeeting(first, moved, "Sai ngày", agreed=True), an_act(LATER))
    with book.read() as session:
        assert group_balances(session, village.group, START).get(Account.CASH, 0) == 0
        assert group_balances(session, village.group, moved.day)[Account.CASH] == 210_000
    assert verify(book).findings == ()


def test_a_correction_may_not_take_what_was_withdrawn_later(book: Book) -> None:
    village = settle(book)
    first = meet(book, village, 1)
    meet(book, village, 2, savings=0, withdrawal=45_000)
    corrected = keyed(a_sheet(village, START), 0, savings=10_000)
    with pytest.raises(Refusal) as refused:
        meetings.correct(book, CorrectMeeting(first, corrected, "Ghi nhầm", agreed=True), an_act(LATER))
    (problem,) = refused.value.problems
    assert (problem.code, problem.field) == ("overdrawn", f"{village.members[0]}/withdrawal")
    assert savings(book, village, 0) == 5_000


def test_a_meeting_is_reversed_whole_and_its_day_is_free_again(any_book: Book) -> None:
    village = settle(any_book)
    first = meet(any_book, village, 1)
    with pytest.raises(Refusal):
        meetings.reverse_meeting(any_book, first, " ", an_act(LATER))
    meetings.reverse_meeting(any_book, first, "Họp không đủ người", an_act(LATER))
    with any_book.read() as session:
        assert set(group_balances(session, village.group, LATER).values()) == {0}
    with pytest.raises(Refusal):
        meetings.reverse_meeting(any_book, first, "lần nữa", an_act(LATER))
    assert meet(any_book, village, 1) != first
    assert verify(any_book).findings == ()


def test_a_meeting_is_not_reversed_while_something_later_needs_its_money(book: Book) -> None:
    village = settle(book)
    first = meet(book, village, 1)
    meet(book, village, 2, savings=0, withdrawal=50_000)
    before = counts(book)
    with pytest.raises(Refusal) as refused:
        meetings.reverse_meeting(book, first, "hủy", an_act(LATER))
    assert any(problem.code == "overdrawn" for problem in refused.value.problems)
    assert counts(book) == before


def test_a_voucher_of_a_meeting_is_corrected_through_its_meeting(book: Book) -> None:
    village = settle(book)
    meet(book, village, 1)
    row = vouchers.page(book, vouchers.VoucherFilter(group=village.group), 0, 1)[0]
    with pytest.raises(Refusal):
        vouchers.reverse_voucher(book, row.id, "nhầm", an_act(LATER))


def test_a_voucher_is_reversed_once(book: Book) -> None:
    village = settle(book)
    meet(book, village, 1)
    command = vouchers.RecordVoucher(village.group, EntryKind.EXPENSE, 20_000, START, text="Nước uống")
    posted = vouchers.record(book, command, an_act(LATER)).value.voucher
    undone = vouchers.reverse_voucher(book, posted.id, "Trùng", an_act(LATER)).value.voucher
    for voucher in (posted, undone):
        with pytest.raises(Refusal):
            vouchers.reverse_voucher(book, voucher.id, "lần nữa", an_act(LATER))
    with book.read() as session:
        assert group_balances(session, village.group, LATER)[Account.CASH] == 210_000
    assert verify(book).findings == ()


def test_shares_given_back_are_counted_down(book: Book) -> None:
    village = settle(book)
    meet(book, village, 1)
    member = village.members[0]
    command = vouchers.RecordVoucher(
        village.group, EntryKind.SHARES_OUT, 20_000, START + timedelta(days=1), member, "Rời nhóm", units=1
    )
    vouchers.record(book, command, an_act(LATER))
    with book.read() as session:
        held = member_holdings(session, village.group, LATER)[member][Account.SHARES]
    assert (held.amount, held.units) == (0, 0)
