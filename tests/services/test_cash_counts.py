"""Counting the boxes outside meetings: agreed, over, short, explained; kept, taken back, and read with the meetings'."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop.models.ids import new_uid
from desktop.models.kinds import Account, EntryKind, OpeningState
from desktop.models.money_kinds import Treatment
from desktop.models.problems import Refusal
from desktop.services import cash_counts, meetings, periods, vouchers
from desktop.services.balances import group_balances
from desktop.services.cash_counts import Count
from desktop.services.indicators.facts import Scope
from desktop.services.indicators.loading import load
from desktop.services.verify import verify
from desktop.services.vouchers import RecordVoucher
from desktop.store.book import Book
from tests.village import START, Village, a_sheet, an_act, meet, settle

DAY = START + timedelta(days=10)
HOLDERS = ("Nguyễn Thị Hòa 1 (Thủ quỹ)", "Nguyễn Thị Hòa 2", "Nguyễn Thị Hòa 3")
NOTES = {50_000: 4, 10_000: 1}  # 210.000, what one meeting of three brings into the loan-fund box


def _count(village: Village, pieces: dict[int, int] | None = None, **more: object) -> Count:
    fields: dict[str, object] = {"holders": HOLDERS, **more}
    return Count(village.group, DAY, {Account.CASH: NOTES if pieces is None else pieces}, **fields)  # type: ignore[arg-type]


def _balance(book: Book, village: Village, box: Account = Account.CASH) -> int:
    with book.read() as session:
        return group_balances(session, village.group, date(2027, 1, 1)).get(box, 0)


def test_a_count_that_agrees_posts_nothing_and_is_kept(book: Book) -> None:
    village = settle(book)
    meet(book, village, 1)
    done = cash_counts.record(book, _count(village, place="Nhà chị Hòa"), an_act(DAY)).value
    assert (done.number, done.vouchers) == (1, ())
    row = cash_counts.listed(book, village.group)[0]
    assert (row.counted, row.book, row.difference, row.treatment) == (210_000, 210_000, 0, Treatment.NONE)
    assert row.pieces == ((50_000, 4), (10_000, 1))
    assert row.holders == HOLDERS
    assert verify(book).ok


@pytest.mark.parametrize(("pieces", "gap"), [({50_000: 4}, -10_000), ({50_000: 4, 10_000: 2}, 10_000)])
def test_a_difference_is_posted_and_the_book_of_that_moment_is_kept(
    book: Book, pieces: dict[int, int], gap: int
) -> None:
    village = settle(book)
    meet(book, village, 1)
    done = cash_counts.record(book, _count(village, pieces, explanation="Trả nhầm"), an_act(DAY)).value
    row = cash_counts.listed(book, village.group)[0]
    assert (row.book, row.difference, row.treatment) == (210_000, gap, Treatment.POSTED)
    assert row.voucher_number == done.vouchers[0].number
    assert _balance(book, village) == 210_000 + gap
    assert verify(book).ok


def test_a_difference_may_be_explained_without_posting(book: Book) -> None:
    village = settle(book)
    meet(book, village, 1)
    command = _count(village, {50_000: 4}, explanation="Ứng 10.000 mua nước", post=False)
    assert cash_counts.record(book, command, an_act(DAY)).value.vouchers == ()
    row = cash_counts.listed(book, village.group)[0]
    assert (row.treatment, row.explained) == (Treatment.EXPLAINED, True)
    assert _balance(book, village) == 210_000


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"explanation": " "}, "explanation"),
        ({"explanation": "x", "holders": HOLDERS[:2]}, "holder3"),
        ({"explanation": "x", "holders": (HOLDERS[0], HOLDERS[1], HOLDERS[0])}, "holder3"),
        ({"explanation": "x", "pieces": {}}, "pieces"),
        ({"explanation": "x", "pieces": {Account.CASH: {300: 1}}}, "pieces"),
        ({"explanation": "x", "pieces": {Account.CASH: {1_000: -1}}}, "pieces"),
        ({"explanation": "x", "pieces": {Account.BANK: {1_000: 1}}}, "pieces"),
        ({"explanation": "x", "day": DAY + timedelta(days=1)}, "day"),
    ],
)
def test_a_bad_count_is_refused_at_its_field(book: Book, change: dict[str, object], field: str) -> None:
    village = settle(book)
    meet(book, village, 1)
    with pytest.raises(Refusal) as refused:
        cash_counts.record(book, replace(_count(village, {50_000: 1}), **change), an_act(DAY))  # type: ignore[arg-type]
    assert field in {problem.field for problem in refused.value.problems}
    assert cash_counts.listed(book, village.group) == []
    assert _balance(book, village) == 210_000


def test_who_has_no_three_key_holders_is_told_what_to_do(book: Book) -> None:
    village = settle(book)
    meet(book, village, 1)
    with pytest.raises(Refusal) as refused:
        cash_counts.record(book, _count(village, holders=HOLDERS[:1]), an_act(DAY))
    (problem,) = refused.value.problems
    assert (problem.field, problem.code) == ("holder2", "holders")
    assert "ghi tên ba người chứng kiến" in problem.message


def test_both_boxes_are_counted_apart_and_taken_back_together(any_book: Book) -> None:
    village = settle(any_book)
    meet(any_book, village, 1)
    both = {Account.CASH: {100_000: 2}, Account.SOCIAL_CASH: {10_000: 2}}
    command = replace(_count(village, explanation="Đếm lại"), pieces=both)
    done = cash_counts.record(any_book, command, an_act(DAY)).value
    assert len(done.vouchers) == 2
    assert (_balance(any_book, village), _balance(any_book, village, Account.SOCIAL_CASH)) == (
        200_000,
        20_000,
    )
    with pytest.raises(Refusal, match="kiểm kê"):
        vouchers.reverse_voucher(any_book, done.vouchers[0].id, "nhầm", an_act(DAY))
    with pytest.raises(Refusal, match="lý do"):
        cash_counts.take_back(any_book, village.group, 1, " ", an_act(DAY))
    cash_counts.take_back(any_book, village.group, 1, "Đếm thiếu một xấp", an_act(DAY))
    assert (_balance(any_book, village), _balance(any_book, village, Account.SOCIAL_CASH)) == (
        210_000,
        15_000,
    )
    assert {row.state for row in cash_counts.listed(any_book, village.group)} == {OpeningState.REVERSED}
    with pytest.raises(Refusal, match="hủy"):
        cash_counts.take_back(any_book, village.group, 1, "lần nữa", an_act(DAY))
    assert cash_counts.record(any_book, _count(village), an_act(DAY)).value.number == 2
    assert verify(any_book).ok


def test_a_count_on_a_closed_day_is_not_taken_back(book: Book) -> None:
    village = settle(book)
    meet(book, village, 1)
    number = cash_counts.record(book, _count(village), an_act(DAY)).value.number  # it agreed: no voucher
    periods.close_period(book, village.group, DAY, "Đã đối chiếu", an_act(DAY))
    with pytest.raises(Refusal, match="khóa"):
        cash_counts.take_back(book, village.group, number, "Nhầm", an_act(DAY))
    assert cash_counts.listed(book, village.group)[0].reason == ""


def test_a_shortage_that_a_later_payment_needs_is_refused(book: Book) -> None:
    village = settle(book)
    meet(book, village, 1)
    later = DAY + timedelta(days=1)
    spend = RecordVoucher(village.group, EntryKind.EXPENSE, 205_000, later, text="mua sổ")
    vouchers.record(book, spend, an_act(later))
    with pytest.raises(Refusal, match="thiếu"):
        cash_counts.record(book, _count(village, {50_000: 1}, explanation="Thiếu"), an_act(later))
    assert cash_counts.listed(book, village.group) == []


def test_the_last_counts_are_read_with_those_of_meetings(any_book: Book) -> None:
    village = settle(any_book)
    sheet = replace(
        a_sheet(village, START),
        counted={200_000: 1},
        social_counted={5_000: 3},
        difference_reason="Thiếu tiền thối",
    )
    meetings.record(
        any_book, meetings.RecordMeeting(village.group, sheet, new_uid(), agreed=True), an_act(START)
    )
    cash_counts.record(any_book, _count(village, {100_000: 2}), an_act(DAY))
    with any_book.read() as session:
        outside = cash_counts.last(session, village.group, 3, DAY)
        unified = cash_counts.last_of_all(session, village.group, 5, DAY)
        before = cash_counts.last_of_all(session, village.group, 5, START, Account.CASH)
    assert [(one.count, one.difference) for one in outside] == [(1, 0)]
    assert [(one.day, one.box, one.difference) for one in unified] == [
        (DAY, Account.CASH, 0),
        (START, Account.CASH, -10_000),
        (START, Account.SOCIAL_CASH, 0),
    ]
    assert [(one.counted, one.book, one.explained) for one in before] == [(200_000, 210_000, True)]
    assert all(one.meeting is not None for one in before)


def test_the_indicator_of_box_differences_knows_counts_outside_meetings(book: Book) -> None:
    village = settle(book)
    meet(book, village, 1)
    cash_counts.record(book, _count(village, {50_000: 4}, explanation="Thiếu", post=False), an_act(DAY))
    facts = load(book, Scope(group=village.group), START, DAY)
    assert (facts.groups[0].counted, facts.groups[0].difference) == (True, -10_000)
