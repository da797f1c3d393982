"""Passbooks: the stamps are the shares that were bought, the totals those of the ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.models.ids import new_uid
from desktop.models.kinds import Account, Attendance, EntryKind
from desktop.models.problems import Refusal
from desktop.models.rules.sheet import Sheet, SheetRow
from desktop.services import meetings, members, passbooks, vouchers
from desktop.services.balances import member_holdings
from desktop.services.books import create_book
from desktop.services.meetings import CorrectMeeting, RecordMeeting
from desktop.services.passbooks import PassbookOrder
from desktop.services.vouchers import RecordVoucher
from desktop.store.book import Book
from reports import passbook as paper
from reports.kit.report import PaperOptions
from tests.reports.paper import check_whole, look, reader, said
from tests.village import START, Village, a_sheet, an_act, meet, settle

ACT = an_act(date(2026, 4, 1))


def hold(book: Book, village: Village, number: int, bought: list[int], social: list[bool]) -> None:
    day = START + timedelta(days=28 * (number - 1))
    rows = []
    for member, shares, gave in zip(village.members, bought, social, strict=True):
        amounts = {"shares": shares, "social": 5_000 if gave else 0}
        rows.append(SheetRow(member, Attendance.PRESENT, {key: n for key, n in amounts.items() if n}))
    meetings.record(
        book,
        RecordMeeting(village.group, Sheet(day=day, rows=tuple(rows)), new_uid(), agreed=True),
        an_act(day),
    )


def book_of(book: Book, village: Village, place: int = 0, **more: object) -> paper.Passbook:
    order = PassbookOrder(village.group, (village.members[place],), **more)  # type: ignore[arg-type]
    return passbooks.look(book, order, ACT)[0][1]


def test_each_meeting_is_a_row_with_its_stamps_and_the_running_count(any_book: Book) -> None:
    book = any_book
    village = settle(book)
    hold(book, village, 1, [3, 1, 5], [True, True, True])
    hold(book, village, 2, [0, 2, 2], [False, True, True])
    hold(book, village, 3, [4, 1, 1], [True, False, True])
    one = book_of(book, village, planned=False)
    assert [(row.meeting, row.shares, row.held, row.social) for row in one.rows] == [
        (1, 3, 3, 5_000),
        (2, 0, 3, 0),
        (3, 4, 7, 5_000),
    ]
    assert (one.shares, one.paid_in, one.shares_max, one.social) == (7, 140_000, 5, 5_000)


def test_a_corrected_meeting_shows_what_stands(book: Book) -> None:
    village = settle(book)
    meeting = meet(book, village)
    sheet = a_sheet(village, START)
    row = replace(sheet.rows[0], amounts={"shares": 4, "savings": 10_000})
    meetings.correct(
        book,
        CorrectMeeting(meeting, replace(sheet, rows=(row, *sheet.rows[1:])), "đếm lại", agreed=True),
        ACT,
    )
    one = book_of(book, village, planned=False)
    assert [(line.shares, line.held, line.saved, line.withdrawn, line.balance) for line in one.rows] == [
        (4, 4, 10_000, 0, 10_000)
    ]


def test_what_was_saved_and_withdrawn_at_one_meeting_stands_apart(book: Book) -> None:
    village = settle(book)
    meet(book, village, 1)
    meet(book, village, 2, savings=40_000, withdrawal=30_000)
    last = book_of(book, village, planned=False).rows[-1]
    assert (last.saved, last.withdrawn, last.balance) == (40_000, 30_000, 60_000)


def test_meetings_to_come_leave_empty_boxes(book: Book) -> None:
    village = settle(book)
    meet(book, village)
    rows = book_of(book, village).rows
    assert [row.planned for row in rows[:2]] == [False, True]
    assert [row.meeting for row in rows[1:4]] == [2, 3, 4]
    assert len(rows) == 1 + passbooks.MOST_PLANNED


def test_a_group_without_members_has_no_passbook(book: Book) -> None:
    village = settle(book, members=0)
    with pytest.raises(Refusal):
        passbooks.issue(book, PassbookOrder(village.group), ACT)
    assert passbooks.look(book, PassbookOrder(village.group), ACT) == []


def test_the_choices_begin_with_a_cycle_that_has_met(book: Book) -> None:
    village = settle(book)
    meet(book, village)
    found = passbooks.choices(book, member=village.members[0])
    assert [(one.cycle, one.held) for one in found] == [(1, 1)]
    assert passbooks.usual_choice(found) == found[0]
    assert passbooks.usual_choice([]) is None


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 5), min_size=3, max_size=3), min_size=1, max_size=5),
    st.data(),
)
def test_the_stamps_add_up_to_the_ledger(counts: list[list[int]], data: st.DataObject) -> None:
    with TemporaryDirectory() as folder, create_book(f"{folder}/so.sonhom", "Sổ", "Lan") as book:
        village = settle(book)
        for number, bought in enumerate(counts, 1):
            social = data.draw(st.lists(st.booleans(), min_size=3, max_size=3))
            hold(book, village, number, bought, social)
        found = passbooks.look(book, PassbookOrder(village.group, planned=False), ACT)
        with book.read() as session:
            held = member_holdings(session, village.group, ACT.today)
        for member, one in found:
            assert sum(row.shares for row in one.rows) == one.shares
            assert one.rows[-1].held == one.shares
            assert one.paid_in == one.shares * 20_000
            holding = held.get(member, {}).get(Account.SHARES)
            assert (0 if holding is None else holding.amount) == one.paid_in


# -- paper -----------------------------------------------------------------------------------------


def test_the_paper_of_a_group_has_a_bookmark_a_member_and_a_number_each(book: Book) -> None:
    village = settle(book)
    hold(book, village, 1, [3, 1, 5], [True, True, False])
    value = passbooks.issue(book, PassbookOrder(village.group), ACT).value
    data = paper.render(value, PaperOptions())
    assert [mark.title for mark in reader(data).outline] == [
        f"Nguyễn Thị Hòa {n} (TO-01/TV-00{n})" for n in (1, 2, 3)
    ]
    assert len({one.mark.number for one in value.books}) == 3
    assert all(one.mark.number.startswith("ST-") for one in value.books)
    text = said(data)
    assert "1 cổ phần, 20.000 ₫" in text
    assert "Tổng số cổ phần: 5, đã góp 100.000 ₫." in text
    check_whole(data)


def test_large_letters_follow_the_wish_of_each_member(book: Book) -> None:
    village = settle(book)
    meet(book, village)
    members.set_large_print(book, village.members[1], True, ACT)
    value = passbooks.issue(book, PassbookOrder(village.group), ACT).value
    assert [one.large_print for one in value.books] == [False, True, False]
    sizes = [min(box.size for box in page.boxes) for page in look(paper.render(value, PaperOptions()))]
    assert sizes[0] < 12
    assert max(sizes) >= 18


def test_a_group_without_shares_has_a_page_of_savings(book: Book) -> None:
    from desktop.models.records.every import Constitution

    village = settle(book)
    with book.write(ACT) as session:
        session.query(Constitution).one().share_value = 0
    rows = tuple(SheetRow(one, Attendance.PRESENT, {"savings": 30_000}) for one in village.members)
    meetings.record(
        book,
        RecordMeeting(village.group, Sheet(day=START, rows=rows), new_uid(), agreed=True),
        an_act(START),
    )
    value = passbooks.issue(book, PassbookOrder(village.group, planned=False), ACT).value
    text = said(paper.render(value, PaperOptions()))
    assert "Tiết kiệm (đồng)" in text
    assert "Dấu cổ phần" not in text
    assert "30.000" in text


def test_money_outside_meetings_says_what_it_is_and_the_social_fund_both_sums(book: Book) -> None:
    village = settle(book)
    hold(book, village, 1, [1, 1, 1], [True, True, True])
    day = START + timedelta(days=3)
    order = RecordVoucher(
        village.group, EntryKind.SAVINGS_IN, 50_000, day, village.members[0], "Gửi góp: sau họp"
    )
    vouchers.record(book, order, an_act(day))
    one = book_of(book, village, planned=False)
    assert [(row.meeting, row.text) for row in one.rows] == [(1, ""), (None, "Gửi tiết kiệm tự nguyện")]
    data = paper.render(paper.Passbooks((replace(one, social_paid=100_000),)))
    check_whole(data)
    text = said(data)
    assert "Gửi tiết kiệm tự nguyện" in text
    assert "trong chu kỳ này: 5.000 ₫; từ khi vào nhóm: 100.000 ₫" in text.replace("\xa0", " ")
    assert one.social_paid == 5_000
