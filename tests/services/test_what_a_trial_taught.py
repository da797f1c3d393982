"""What a new user stumbled over once, and nobody shall again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.models.ids import new_uid
from desktop.models.kinds import Account, EntryKind
from desktop.models.problems import Refusal
from desktop.services import (
    balances,
    constitution_papers,
    group_papers,
    group_report,
    meeting_papers,
    meetings,
    vouchers,
)
from desktop.services.group_report import LoanFigures
from desktop.services.loan_portfolio import Portfolio
from desktop.store.book import Book
from tests.village import START, a_sheet, an_act, meet, settle


def test_an_old_reason_does_not_explain_a_new_difference(book: Book) -> None:
    home = settle(book)
    sheet = replace(
        a_sheet(home, START),
        counted={100_000: 2},
        social_counted={5_000: 3},
        difference_reason="rơi mất 10 nghìn",
    )
    command = meetings.RecordMeeting(home.group, sheet, new_uid(), agreed=True)
    meeting = meetings.record(book, command, an_act()).value.meeting
    rows = list(sheet.rows)
    rows[0] = replace(rows[0], amounts={**rows[0].amounts, "savings": 900_000})
    wrong = meetings.CorrectMeeting(meeting, replace(sheet, rows=tuple(rows)), "Ghi thiếu", agreed=True)
    with pytest.raises(Refusal) as refusal:
        meetings.correct(book, wrong, an_act())
    assert {problem.code for problem in refusal.value.problems} == {"difference-changed"}
    told = replace(wrong, sheet=replace(wrong.sheet, difference_reason="đếm sót một cọc"))
    meetings.correct(book, told, an_act())


def test_a_correction_names_only_the_receipts_that_changed(book: Book) -> None:
    home = settle(book)
    meeting = meet(book, home)
    meeting_papers.receipts_of_meeting(book, meeting, an_act(date(2026, 1, 4)))
    detail = meetings.meeting_detail(book, meeting, date(2026, 1, 5))
    rows = list(detail.sheet.rows)
    rows[1] = replace(rows[1], amounts={**rows[1].amounts, "savings": 60_000})
    command = meetings.CorrectMeeting(
        meeting, replace(detail.sheet, rows=tuple(rows)), "Ghi nhầm", agreed=True
    )
    told = meetings.correct(book, command, an_act(date(2026, 1, 5))).value.papers
    assert [paper.member for paper in told] == ["Nguyễn Thị Hòa 2"]


def test_a_grant_is_no_negative_contribution(book: Book) -> None:
    home = settle(book)
    meet(book, home)
    command = vouchers.RecordVoucher(
        home.group, EntryKind.SOCIAL_OUT, 12_000, date(2026, 1, 4), home.members[0], "Thăm ốm"
    )
    vouchers.record(book, command, an_act(date(2026, 1, 4)))
    with book.read() as session:
        held = balances.member_holdings(session, home.group, date(2026, 1, 5))[home.members[0]]
    assert (held[Account.SOCIAL_FUND].amount, held[Account.SOCIAL_GRANTS].amount) == (5_000, 12_000)


def test_over_and_short_are_no_income_of_the_meeting(book: Book) -> None:
    home = settle(book)
    sheet = replace(a_sheet(home, START), counted={200_000: 1}, difference_reason="rơi mất 10 nghìn")
    command = meetings.RecordMeeting(home.group, sheet, new_uid(), agreed=True)
    meetings.record(book, command, an_act())
    row = meetings.meetings_of(book, home.group)[0]
    assert (row.cash_in, row.cash_out, row.difference) == (225_000, 0, -10_000)


def test_notes_are_one_list_at_meetings_outside_them_and_on_paper() -> None:
    from desktop.models.rules import cash_count, sheet
    from reports.blank_sheet import BlankSheet
    from resources.lang.dong import NOTES

    assert sheet.NOTES is NOTES
    assert cash_count.NOTES is NOTES
    assert BlankSheet.__dataclass_fields__["denominations"].default is NOTES
    assert NOTES[-1] == 500


def test_figures_that_are_plain_numbers_say_of_what() -> None:
    from desktop.services.indicators.registry import indicators

    assert {key: indicators()[key].unit.title for key in ("NH14", "NG03", "KT03", "BV08")} == {
        "NH14": "điểm",
        "NG03": "chiều",
        "KT03": "kiến nghị",
        "BV08": "mô hình",
    }


def test_a_voucher_written_later_makes_no_shortage_of_an_old_count(book: Book) -> None:
    home = settle(book)
    sheet = replace(a_sheet(home, START), counted={200_000: 1, 5_000: 2}, social_counted={5_000: 3})
    meeting = meetings.record(
        book, meetings.RecordMeeting(home.group, sheet, new_uid(), agreed=True), an_act()
    ).value.meeting
    cost = vouchers.RecordVoucher(home.group, EntryKind.EXPENSE, 80_000, START, None, "Mua sổ")
    vouchers.record(book, cost, an_act(date(2026, 1, 5)))
    value = meeting_papers.minutes(book, meeting, an_act(date(2026, 1, 5))).value
    assert [count.difference for count in value.cash_counts] == [0, 0]
    assert (value.funds[0].before, value.funds[0].after) == (0, 210_000)
    assert "sổ nay ghi 130.000\xa0₫" in value.cash_counts[0].explanation
    assert value.cash_counts[1].explanation == ""


def test_the_group_report_says_the_risk_as_a_percentage() -> None:
    now = Portfolio(START, (), (), (), outstanding=13_083_000, at_risk_30=3_000_000, overdue=0, provisions=0)
    rows = dict(group_report._loans(LoanFigures(0, 0, 0, 0), now).rows)
    assert rows["Dư nợ rủi ro trên 30 ngày (PAR30)"] == "22,9\xa0%"


def test_a_voucher_calls_no_paper_in_that_says_nothing_of_it(book: Book) -> None:
    home = settle(book)
    meet(book, home)
    later = date(2026, 1, 5)
    constitution_papers.document(book, home.group, None, an_act(later))
    group_papers.member_list(book, home.group, later, an_act(later))
    group_papers.cash_book(book, home.group, Account.CASH, START, later, an_act(later))
    cost = vouchers.RecordVoucher(home.group, EntryKind.EXPENSE, 20_000, START, None, "Mua sổ")
    told = vouchers.record(book, cost, an_act(later)).value.papers
    assert [paper.title for paper in told] == ["Sổ quỹ tiền mặt"]
