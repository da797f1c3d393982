"""Whatever a clerk does, in any order: the book stays whole, the boxes are the sum of what moved, nothing is lost."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from desktop.models.ids import new_uid
from desktop.models.kinds import Account, EntryKind, natural
from desktop.models.problems import Refusal
from desktop.models.records.every import AccountRow, Posting, Voucher
from desktop.services import balances, meetings, periods, verify, vouchers
from desktop.store.book import Book
from tests.village import START, Village, a_sheet, an_act, settle

END = START + timedelta(days=400)
DAYS = st.integers(0, 40).map(lambda weeks: START + timedelta(days=7 * weeks))
AMOUNTS = st.sampled_from([10_000, 50_000, 0, 200_000])
RECORD = st.tuples(st.just("record"), DAYS, AMOUNTS, AMOUNTS)

DEEDS = st.lists(
    st.one_of(
        RECORD,
        RECORD,
        st.tuples(st.just("correct"), st.integers(0, 9), AMOUNTS, AMOUNTS),
        st.tuples(st.just("reverse"), st.integers(0, 9)),
        st.tuples(st.just("spend"), DAYS, AMOUNTS),
        st.tuples(st.just("undo"), st.integers(0, 20)),
        st.tuples(st.just("close"), st.just(START + timedelta(days=20))),
        st.tuples(st.just("reopen")),
    ),
    min_size=3,
    max_size=14,
)
OPENING = [("record", START + timedelta(days=7 * week), 100_000, 0) for week in (10, 12, 30)]
"""Meetings that every history begins with, so that there is something to take back."""


@pytest.fixture(scope="module")
def settled() -> Iterator[tuple[Path, Village]]:
    """A closed book with a group of three, to be copied for each history."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "so.sonhom")
        with Book.create(str(path), "Sổ") as book:
            village = settle(book)
        yield path, village


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(DEEDS)
def test_any_history_leaves_a_whole_book(settled: tuple[Path, Village], deeds: list[tuple[Any, ...]]) -> None:
    source, village = settled
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "so.sonhom")
        shutil.copy(source, path)
        with Book.open(str(path)) as book:
            for deed in [*OPENING, *deeds]:
                before = _everything(book)
                try:
                    _do(book, village, *deed)
                except Refusal:
                    assert _everything(book) == before, "a refused deed leaves nothing"
            result = verify.verify(book)
            assert result.ok, result.findings
            _check_boxes(book, village)


def _do(book: Book, village: Village, what: str, *values: Any) -> None:
    act = an_act(END)
    if what == "record":
        sheet = a_sheet(village, *values)
        meetings.record(book, meetings.RecordMeeting(village.group, sheet, new_uid(), agreed=True), act)
    elif what in ("correct", "reverse"):
        held = meetings.meetings_of(book, village.group)
        if not held:
            return
        meeting = held[values[0] % len(held)]
        if what == "reverse":
            meetings.reverse_meeting(book, meeting.id, "Nhầm ngày", act)
        else:
            sheet = a_sheet(village, meeting.day, *values[1:])
            meetings.correct(book, meetings.CorrectMeeting(meeting.id, sheet, "Ghi nhầm", agreed=True), act)
    elif what == "spend":
        day, amount = values
        command = vouchers.RecordVoucher(village.group, EntryKind.EXPENSE, amount, day, text="Mua sổ sách")
        vouchers.record(book, command, act)
    elif what == "undo":
        with book.read() as session:
            ids = list(session.scalars(select(Voucher.id).order_by(Voucher.id)))
        if ids:
            vouchers.reverse_voucher(book, ids[values[0] % len(ids)], "Ghi nhầm", act)
    elif what == "close":
        periods.close_period(book, village.group, values[0], "Cuối kỳ", act)
    else:
        periods.reopen_period(book, village.group, None, "Mở lại", act)


def _everything(book: Book) -> tuple[Any, ...]:
    with book.read() as session:
        return (
            session.scalar(select(func.count(Voucher.id))),
            session.scalar(select(func.sum(Posting.amount * Posting.id))),
            session.connection().exec_driver_sql("SELECT max(seq) FROM changes").scalar(),
            session.connection().exec_driver_sql("SELECT last_seq, last_hash FROM registers").all(),
        )


def _check_boxes(book: Book, village: Village) -> None:
    """What the services say of the boxes and of members is the plain sum of the postings, on every day."""
    with book.read() as session:
        rows = session.execute(
            select(AccountRow.account, AccountRow.member_id, Posting.day, Posting.amount).join(
                Posting, Posting.account_id == AccountRow.id
            )
        ).all()
        days: set[date] = {row.day for row in rows} | {START, END}
        for day in sorted(days):
            said = balances.group_balances(session, village.group, day)
            for account in Account:
                plain = sum(row.amount for row in rows if row.account == account and row.day <= day)
                assert said.get(account, 0) == natural(account, plain)
            assert said.get(Account.CASH, 0) >= 0
            assert said.get(Account.SOCIAL_CASH, 0) >= 0
        held = balances.member_holdings(session, village.group, END)
        for member in village.members:
            for account, holding in held.get(member, {}).items():
                plain = sum(row.amount for row in rows if (row.account, row.member_id) == (account, member))
                assert holding.amount == natural(account, plain) >= 0
