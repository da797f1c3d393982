"""What papers said that a clerk, a treasurer or a member of a second trial could not make out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desktop.models.ids import new_uid
from desktop.models.records.every import Member
from desktop.services import households, meeting_papers, meetings
from desktop.store.book import Book
from desktop.views.members.columns import HOUSEHOLDS
from reports import blank_sheet, meeting_minutes
from tests.reports.paper import said
from tests.village import START, a_sheet, an_act, meet, settle


def test_a_receipt_for_several_things_says_how_much_each(book: Book) -> None:
    home = settle(book)
    meeting = meet(book, home)
    slip = meeting_papers.receipts_of_meeting(book, meeting, an_act(date(2026, 1, 4))).value.receipts[0]
    assert slip.reason == (
        "Mua cổ phần 20.000\N{NO-BREAK SPACE}₫; Gửi tiết kiệm tự nguyện 50.000\N{NO-BREAK SPACE}₫; Đóng quỹ xã hội 5.000\N{NO-BREAK SPACE}₫"
    )
    assert slip.amount == 75_000


def test_minutes_say_what_the_book_holds_after_a_shortage(book: Book) -> None:
    home = settle(book)
    sheet = replace(a_sheet(home, START), counted={200_000: 1}, difference_reason="rơi mất")
    command = meetings.RecordMeeting(home.group, sheet, new_uid(), agreed=True)
    meeting = meetings.record(book, command, an_act()).value.meeting
    value = meeting_papers.minutes(book, meeting, an_act()).value
    (count,) = value.cash_counts
    text = said(meeting_minutes.render(value))
    assert count.difference < 0
    assert "đã ghi vào sổ; số dư sau kiểm đếm 200.000 ₫. Lý do: rơi mất" in text
    following = meeting_papers.blank_sheet(book, home.group, an_act(date(2026, 1, 5))).value
    assert dict(following.cash_before)["Tiền mặt quỹ vay"] == 200_000


def test_the_blank_sheet_tells_excused_from_unexcused(book: Book) -> None:
    home = settle(book)
    text = said(blank_sheet.render(meeting_papers.blank_sheet(book, home.group, an_act()).value))
    assert "V vắng không phép · P vắng có phép" in text


def test_a_slip_to_take_back_is_named_by_the_number_on_it(book: Book) -> None:
    home = settle(book)
    meeting = meet(book, home)
    slips = meeting_papers.receipts_of_meeting(book, meeting, an_act(date(2026, 1, 4))).value.receipts
    told = meetings.meeting_detail(book, meeting, date(2026, 1, 5)).papers
    assert {paper.number for paper in told} == {slip.number for slip in slips}


def test_a_household_without_a_recorded_head_is_known_by_its_people(book: Book) -> None:
    act = an_act(date(2026, 1, 4))
    home = settle(book)
    household = households.found(book, households.FoundHousehold(), act).value
    with book.write(act) as session:
        session.get_one(Member, home.members[0]).household_id = household
    name = "Nguyễn Thị Hòa 1"
    (row,) = households.page(book, households.HouseholdFilter(), households.HouseholdSort(), 0, 5)
    assert (row.head, row.someone) == ("", name)
    (shown,) = [column.value(row) for column in HOUSEHOLDS if column.key == "head"]
    assert shown == f"{name} (chưa ghi chủ hộ)"
    households.appoint_head(book, household, home.members[0], act)
    (row,) = households.page(book, households.HouseholdFilter(), households.HouseholdSort(), 0, 5)
    assert (row.head, row.someone) == (name, "")
