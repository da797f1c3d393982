"""Posting a meeting: the rules speak at the cells, all is posted or nothing, and twice is once."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from desktop.models.ids import MemberId, new_uid
from desktop.models.kinds import Account, Attendance, Paper
from desktop.models.problems import Level, Refusal
from desktop.models.rules import sheet as rules
from desktop.models.rules.sheet import Sheet, SheetRow
from desktop.services import drafts, groups, meetings, periods, vouchers
from desktop.services.balances import group_balances, member_holdings
from desktop.services.verify import verify
from desktop.store.book import Book
from tests.village import START, Village, a_sheet, an_act, meet, settle

FIRST = START
CASH_OF_FIRST = 3 * (20_000 + 50_000)
SOCIAL_OF_FIRST = 3 * 5_000


def post(
    book: Book, village: Village, sheet: Sheet, *, agreed: bool = True, today: date | None = None
) -> Any:
    command = meetings.RecordMeeting(village.group, sheet, new_uid(), agreed)
    return meetings.record(book, command, an_act(today or sheet.day)).value


def problems_of(book: Book, village: Village, sheet: Sheet, today: date | None = None) -> dict[str, str]:
    """What refuses a sheet: code by field."""
    with pytest.raises(Refusal) as refused:
        post(book, village, sheet, today=today)
    return {problem.field: problem.code for problem in refused.value.problems if problem.level is Level.STOP}


def keyed(sheet: Sheet, at: int, **amounts: int) -> Sheet:
    """A sheet with other amounts in one row."""
    row = sheet.rows[at]
    rows = list(sheet.rows)
    rows[at] = dataclasses.replace(row, amounts={**row.amounts, **amounts})
    return dataclasses.replace(sheet, rows=tuple(rows))


def attended(sheet: Sheet, states: Mapping[int, Attendance]) -> Sheet:
    rows = [
        SheetRow(row.member, states[at], {}) if at in states else row for at, row in enumerate(sheet.rows)
    ]
    return dataclasses.replace(sheet, rows=tuple(rows))


def counts(book: Book) -> dict[str, int]:
    tables = ("vouchers", "postings", "meetings", "attendances", "accounts", "day_totals")
    with book.read() as session:
        connection = session.connection()
        return {
            table: int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())
            for table in tables
        }


# -- what is posted -------------------------------------------------------------------------------------


def test_a_meeting_posts_a_receipt_for_each_member(any_book: Book) -> None:
    village = settle(any_book)
    posted = post(any_book, village, a_sheet(village, FIRST))
    assert [voucher.number for voucher in posted.vouchers] == [f"PT-{n:04d}/2026" for n in (1, 2, 3)]
    with any_book.read() as session:
        boxes = group_balances(session, village.group, FIRST)
        held = member_holdings(session, village.group, FIRST)
    assert boxes[Account.CASH] == CASH_OF_FIRST
    assert boxes[Account.SOCIAL_CASH] == SOCIAL_OF_FIRST
    assert held[village.members[0]][Account.SAVINGS].amount == 50_000
    assert held[village.members[0]][Account.SHARES].units == 1
    assert verify(any_book).findings == ()


def test_a_withdrawal_is_a_payment_of_its_own(book: Book) -> None:
    village = settle(book)
    meet(book, village, 1)
    posted = post(book, village, a_sheet(village, FIRST + timedelta(days=28), savings=0, withdrawal=30_000))
    assert [v.paper for v in posted.vouchers].count(Paper.PAYMENT) == 1
    with book.read() as session:
        held = member_holdings(session, village.group, date(2026, 12, 31))
    assert held[village.members[0]][Account.SAVINGS].amount == 20_000


def test_posting_twice_posts_once(any_book: Book) -> None:
    village = settle(any_book)
    command = meetings.RecordMeeting(village.group, a_sheet(village, FIRST), new_uid(), agreed=True)
    first = meetings.record(any_book, command, an_act(FIRST)).value
    before = counts(any_book)
    again = meetings.record(any_book, command, an_act(FIRST))
    assert (again.value.meeting, again.value.number) == (first.meeting, first.number)
    assert again.changed.topics == frozenset()
    assert counts(any_book) == before


def test_posting_drops_the_draft_and_a_refusal_keeps_it(book: Book) -> None:
    village = settle(book)
    key = str(village.group)
    drafts.keep(book, "meeting", key, "half typed", an_act(FIRST))
    problems_of(book, village, keyed(a_sheet(village, FIRST), 0, shares=99))
    assert drafts.find(book, "meeting", key) is not None
    post(book, village, a_sheet(village, FIRST))
    assert drafts.find(book, "meeting", key) is None


def test_a_refused_meeting_leaves_no_trace(any_book: Book) -> None:
    village = settle(any_book)
    before = counts(any_book)
    problems_of(any_book, village, keyed(a_sheet(village, FIRST), 2, shares=99))
    assert counts(any_book) == before


def test_meetings_are_numbered_and_vouchers_have_no_gaps(book: Book) -> None:
    village = settle(book)
    for number in (1, 2, 3):
        meet(book, village, number)
    assert [row.number for row in meetings.meetings_of(book, village.group)] == [3, 2, 1]
    rows = vouchers.page(book, vouchers.VoucherFilter(group=village.group), 0, 50, oldest_first=True)
    assert [row.number for row in rows] == [f"PT-{n:04d}/2026" for n in range(1, 10)]


# -- rules at the cells ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amounts", "column", "code"),
    [
        ({"shares": 6}, "shares", "share-bounds"),
        ({"shares": -1}, "shares", "negative"),
        ({"savings": -5_000}, "savings", "negative"),
        ({"savings": 10**15 + 1}, "savings", "too-big"),
        ({"withdrawal": 1_000}, "withdrawal", "overdrawn"),
        ({"compulsory": 5_000}, "compulsory", "no-column"),
    ],
)
def test_a_wrong_amount_is_told_at_its_cell(
    book: Book, amounts: dict[str, int], column: str, code: str
) -> None:
    village = settle(book)
    member = village.members[1]
    assert problems_of(book, village, keyed(a_sheet(village, FIRST), 1, **amounts)) == {
        rules.cell(member, column): code
    }


def test_a_fractional_amount_is_refused(book: Book) -> None:
    village = settle(book)
    sheet = keyed(a_sheet(village, FIRST), 0, savings=1000.5)  # type: ignore[arg-type]
    assert problems_of(book, village, sheet) == {rules.cell(village.members[0], "savings"): "amount"}


def test_no_member_twice_and_no_stranger(book: Book) -> None:
    village = settle(book)
    sheet = a_sheet(village, FIRST)
    twice = dataclasses.replace(sheet, rows=(*sheet.rows, sheet.rows[0]))
    assert problems_of(book, village, twice) == {rules.cell(village.members[0], ""): "twice"}
    stranger = dataclasses.replace(sheet, rows=(*sheet.rows, SheetRow(MemberId(999))))
    assert problems_of(book, village, stranger) == {rules.cell(MemberId(999), ""): "not-member"}
    nobody = dataclasses.replace(sheet, rows=())
    assert problems_of(book, village, nobody)["rows"] == "no-members"


def test_quorum(book: Book) -> None:
    village = settle(book, members=4)
    away = {0: Attendance.ABSENT, 1: Attendance.EXCUSED, 2: Attendance.ABSENT}
    assert problems_of(book, village, attended(a_sheet(village, FIRST), away)) == {"attendance": "quorum"}
    enough = {0: Attendance.ABSENT, 1: Attendance.EXCUSED, 2: Attendance.REPRESENTED}
    assert post(book, village, attended(a_sheet(village, FIRST), enough)).number == 1


def test_the_day_of_a_meeting(book: Book) -> None:
    village = settle(book)
    meet(book, village, 1)
    future = a_sheet(village, FIRST + timedelta(days=10))
    assert problems_of(book, village, future, today=FIRST + timedelta(days=9)) == {"day": "future"}
    early = a_sheet(village, START - timedelta(days=1))
    assert problems_of(book, village, early)["day"] == "outside-cycle"
    late = a_sheet(village, date(2028, 1, 1))
    assert problems_of(book, village, late) == {"day": "outside-cycle"}
    with pytest.raises(Refusal, match="mở chu kỳ ở trang nhóm"):  # says what to do
        post(book, village, late, today=late.day)
    assert problems_of(book, village, a_sheet(village, FIRST)) == {"day": "day-taken"}


def test_a_closed_cycle_takes_no_meeting(book: Book) -> None:
    village = settle(book)
    meet(book, village, 1)
    from desktop.services.facts import cycle_on

    with book.read() as session:
        cycle = cycle_on(session, village.group, FIRST)
    assert cycle is not None
    groups.close_cycle(book, cycle.id, FIRST + timedelta(days=60), an_act(FIRST + timedelta(days=60)))
    sheet = a_sheet(village, FIRST + timedelta(days=28))
    assert problems_of(book, village, sheet) == {"day": "cycle-closed"}


def test_all_problems_are_told_at_once(book: Book) -> None:
    village = settle(book)
    sheet = keyed(keyed(a_sheet(village, FIRST), 0, shares=9), 2, withdrawal=5)
    assert len(problems_of(book, village, sheet)) == 2


# -- counting the boxes ---------------------------------------------------------------------------------


def test_an_uncounted_box_needs_a_yes(book: Book) -> None:
    village = settle(book)
    with pytest.raises(Refusal) as refused:
        post(book, village, a_sheet(village, FIRST), agreed=False)
    assert {problem.code for problem in refused.value.problems} == {"not-counted"}
    counted = dataclasses.replace(
        a_sheet(village, FIRST), counted={50_000: 4, 10_000: 1}, social_counted={5_000: 3}
    )
    assert post(book, village, counted, agreed=False).number == 1


def test_a_difference_needs_a_reason_and_is_posted(book: Book) -> None:
    village = settle(book)
    short = dataclasses.replace(
        a_sheet(village, FIRST), counted={50_000: 4, 1_000: 4}, social_counted={5_000: 4}
    )
    assert problems_of(book, village, short) == {"difference_reason": "difference"}
    post(book, village, dataclasses.replace(short, difference_reason="Thối nhầm"))
    with book.read() as session:
        boxes = group_balances(session, village.group, FIRST)
    assert boxes[Account.CASH] == 204_000
    assert boxes[Account.SOCIAL_CASH] == 20_000
    assert boxes[Account.OVER_SHORT] == -6_000 + 5_000
    row = meetings.meetings_of(book, village.group)[0]
    assert row.difference == -1_000
    assert verify(book).findings == ()


def test_notes_that_do_not_exist_are_refused(book: Book) -> None:
    village = settle(book)
    for bad in ({30_000: 1}, {50_000: -1}):
        sheet = dataclasses.replace(a_sheet(village, FIRST), counted=bad)
        assert problems_of(book, village, sheet) == {"counted": "count"}


# -- closed periods -------------------------------------------------------------------------------------


def test_a_closed_period_guards_every_way_of_writing(any_book: Book) -> None:
    village = settle(any_book)
    meeting = meet(any_book, village, 1)
    late = an_act(FIRST + timedelta(days=40))
    voucher = vouchers.record(
        any_book, vouchers.RecordVoucher(village.group, _expense(), 10_000, FIRST, text="Nước"), late
    ).value.voucher
    periods.close_period(any_book, village.group, FIRST + timedelta(days=5), "đối chiếu xong", late)
    before = counts(any_book)
    sheet = a_sheet(village, FIRST)
    with pytest.raises(Refusal, match="khóa"):
        meetings.correct(
            any_book,
            meetings.CorrectMeeting(meeting, keyed(sheet, 0, savings=60_000), "nhầm", agreed=True),
            late,
        )
    with pytest.raises(Refusal, match="khóa"):
        meetings.reverse_meeting(any_book, meeting, "hủy", late)
    with pytest.raises(Refusal, match="khóa"):
        vouchers.reverse_voucher(any_book, voucher.id, "nhầm", late)
    with pytest.raises(Refusal, match="khóa"):
        vouchers.record(
            any_book,
            vouchers.RecordVoucher(village.group, _expense(), 5_000, FIRST, text="Nước"),
            late,
        )
    day = FIRST + timedelta(days=3)
    assert problems_of(any_book, village, a_sheet(village, day), today=late.today)["day"] == "closed-period"
    # A meeting after the closed days may not be moved into them.
    later = post(any_book, village, a_sheet(village, FIRST + timedelta(days=28)), today=late.today)
    with pytest.raises(Refusal, match="khóa"):
        meetings.correct(
            any_book,
            meetings.CorrectMeeting(later.meeting, a_sheet(village, day), "sai ngày", agreed=True),
            late,
        )
    after = counts(any_book)
    assert after["vouchers"] == before["vouchers"] + 3
    periods.reopen_period(any_book, village.group, None, "phát hiện sai sót", late)
    meetings.reverse_meeting(any_book, later.meeting, "hủy", late)
    assert verify(any_book).findings == ()


def test_a_meeting_without_money_is_guarded_by_a_closed_period_too(book: Book) -> None:
    village = settle(book)
    nobody_paid = attended(a_sheet(village, FIRST), dict.fromkeys(range(3), Attendance.PRESENT))
    meeting = post(book, village, nobody_paid).meeting
    late = an_act(FIRST + timedelta(days=40))
    periods.close_period(book, village.group, FIRST + timedelta(days=5), "đối chiếu xong", late)
    moved = dataclasses.replace(nobody_paid, day=FIRST + timedelta(days=28))
    with pytest.raises(Refusal, match="khóa"):
        meetings.correct(book, meetings.CorrectMeeting(meeting, moved, "sai ngày", agreed=True), late)
    with pytest.raises(Refusal, match="khóa"):
        meetings.reverse_meeting(book, meeting, "hủy", late)
    assert [row.day for row in meetings.meetings_of(book, village.group)] == [FIRST]


def _expense() -> Any:
    from desktop.models.kinds import EntryKind

    return EntryKind.EXPENSE
