"""A withdrawal against the group's rules is said at its cell while the clerk types, and in words below the table."""

from __future__ import annotations

from datetime import date
from typing import Any

from desktop.models.kinds import EntryKind
from desktop.models.rules.savings_terms import SavingsTerms
from desktop.models.savings_kinds import SavingsKind
from desktop.services import meetings, savings, vouchers
from desktop.services.vouchers import RecordVoucher
from desktop.store.book import Book
from tests.views.meetings.conftest import open_sheet
from tests.views.meetings.hands import Hands
from tests.views.meetings.people import TODAY, Village, act_on

VOLUNTARY = SavingsKind.VOLUNTARY


def _saved(book: Book, village: Village, **limits: Any) -> None:
    """Let the first two have 500.000 each, under rules that limit withdrawals since January."""
    savings.keep_terms(book, village.group, SavingsTerms(VOLUNTARY, date(2026, 1, 1), **limits), act_on())
    for member in village.members[:2]:
        command = RecordVoucher(village.group, EntryKind.SAVINGS_IN, 500_000, date(2026, 1, 1), member=member)
        vouchers.record(book, command, act_on())


def test_the_cell_says_that_no_notice_was_given(page: Any, book: Book, village: Village) -> None:
    _saved(book, village, notice_days=7)
    given = savings.GiveNotice(
        village.group, village.members[1], VOLUNTARY, date(2026, 1, 1), 200_000, date(2026, 1, 2), "Đi viện"
    )
    savings.give_notice(book, given, act_on())
    hands = Hands(open_sheet(page, village))
    line = hands.panel.line
    hands.go(village.members[0], "withdrawal").key_in("100k")
    hands.go(village.members[0], "withdrawal")
    assert "phải báo trước 7 ngày" in line.text()
    assert "được rút nhiều nhất: 0" in line._facts.words
    hands.go(village.members[1], "withdrawal").key_in("200k")
    hands.go(village.members[1], "withdrawal")
    assert "được rút nhiều nhất: 200.000" in line._facts.words
    assert hands.draft.problems_at(village.members[1], "withdrawal") == []
    hands.press("Ctrl+Enter")
    page.settle()
    assert meetings.meetings_of(book, village.group) == []
    assert hands.at == (village.members[0], "withdrawal")


def test_the_minimum_is_said_and_what_is_within_it_is_taken(page: Any, book: Book, village: Village) -> None:
    _saved(book, village, minimum=50_000)
    hands = Hands(open_sheet(page, village))
    hands.go(village.members[0], "withdrawal").key_in("450.001")
    hands.go(village.members[0], "withdrawal")
    assert "để lại ít nhất 50.000" in hands.panel.line.text()
    hands.key_in("450.000")
    assert hands.draft.problems_at(village.members[0], "withdrawal") == []
    facts = meetings.sheet_facts(book, village.group, TODAY, TODAY)
    assert facts.savings_terms is not None
