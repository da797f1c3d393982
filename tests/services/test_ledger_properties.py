"""Whatever is done to a book, in whatever order: it balances, nothing is below zero, and the chain verifies.

A plain model keeps its own sums beside the book; deeds that a rule refuses must leave no trace in either.
"""

from __future__ import annotations

import dataclasses
import tempfile
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.models.ids import MeetingId, VoucherId, new_uid
from desktop.models.kinds import NEVER_NEGATIVE, Account, Attendance, EntryKind, natural
from desktop.models.problems import Refusal
from desktop.models.rules.sheet import Sheet, SheetRow
from desktop.services import meetings, periods, vouchers
from desktop.services.balances import group_balances, member_holdings, rebuild_totals, trial_balance
from desktop.services.meetings import CorrectMeeting, RecordMeeting
from desktop.services.verify import verify
from desktop.services.vouchers import RecordVoucher
from desktop.store.book import Book
from tests.ready_books import empty_book
from tests.village import START, Village, an_act, settle

TODAY = START + timedelta(days=400)
SHARE = 20_000
MEMBERS = 3

days = st.integers(0, 60).map(lambda n: START + timedelta(days=n))
amounts = st.fixed_dictionaries(
    {},
    optional={
        # Now and then against the rules: seven shares, more out than there is.
        "shares": st.sampled_from([0, 1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 7]),
        "savings": st.integers(0, 20).map(lambda n: n * 10_000),
        "withdrawal": st.sampled_from([0] * 9 + [10_000, 40_000, 150_000]),
        "social": st.sampled_from([0, 5_000]),
    },
)
rows = st.lists(
    st.tuples(st.sampled_from([*[Attendance.PRESENT] * 5, Attendance.LATE, Attendance.ABSENT]), amounts),
    min_size=MEMBERS,
    max_size=MEMBERS,
)
differences = st.sampled_from([None, None, 0, -10_000, 10_000])
which = st.integers(0, 2)

deeds = st.one_of(
    st.tuples(st.just("meet"), days, rows, differences),
    st.tuples(st.just("meet"), days, rows, differences),
    st.tuples(st.just("correct"), which, rows, differences),
    st.tuples(st.just("undo meeting"), which),
    st.tuples(
        st.just("pay"),
        st.sampled_from(
            [
                EntryKind.SAVINGS_IN,
                EntryKind.SAVINGS_OUT,
                EntryKind.SHARES_OUT,
                EntryKind.SOCIAL_OUT,
                EntryKind.EXPENSE,
                EntryKind.BANK_IN,
                EntryKind.BANK_OUT,
                EntryKind.EXTERNAL_IN,
            ]
        ),
        st.integers(1, 10).map(lambda n: n * 20_000),
        st.integers(0, MEMBERS - 1),
        days,
    ),
    st.tuples(st.just("undo voucher"), which),
    st.tuples(st.just("close"), st.integers(0, 15).map(lambda n: START + timedelta(days=n))),
)
GOOD = [(Attendance.PRESENT, {"shares": 2, "savings": 60_000, "social": 5_000})] * MEMBERS


@dataclass
class Model:
    """What the village should have, kept without the ledger: the sheets and the payments that stand."""

    sheets: dict[MeetingId, Sheet] = field(default_factory=dict)
    counted_off: dict[MeetingId, int] = field(default_factory=dict)
    paid: dict[VoucherId, RecordVoucher] = field(default_factory=dict)

    def cash(self) -> int:
        total = sum(self.counted_off.values())
        for sheet in self.sheets.values():
            for row in sheet.rows:
                get = row.amounts.get
                total += get("shares", 0) * SHARE + get("savings", 0) - get("withdrawal", 0)
        into = {
            EntryKind.SAVINGS_IN: 1,
            EntryKind.EXTERNAL_IN: 1,
            EntryKind.BANK_OUT: 1,
            EntryKind.SOCIAL_OUT: 0,
        }
        return total + sum(into.get(one.kind, -1) * one.amount for one in self.paid.values())

    def savings(self, member: int) -> int:
        total = 0
        for sheet in self.sheets.values():
            for row in sheet.rows:
                if row.member == member:
                    total += row.amounts.get("savings", 0) - row.amounts.get("withdrawal", 0)
        for one in self.paid.values():
            if one.member == member:
                total += {EntryKind.SAVINGS_IN: 1, EntryKind.SAVINGS_OUT: -1}.get(one.kind, 0) * one.amount
        return total


class Run:
    """Does deeds to a book and to the model beside it."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.village: Village = settle(book, members=MEMBERS)
        self.model = Model()
        self.done: list[MeetingId] = []
        self.posted: list[VoucherId] = []
        self.act = an_act(TODAY)
        # Something to correct, undo and draw on from the start.
        self.meet(START, GOOD, None)
        self.meet(START + timedelta(days=20), GOOD, 10_000)
        self.pay(EntryKind.EXTERNAL_IN, 100_000, 0, START)

    def do(self, deed: tuple[Any, ...]) -> None:
        name, *values = deed
        before = self.fingerprint()
        try:
            getattr(self, name.replace(" ", "_"))(*values)
        except Refusal:
            assert self.fingerprint() == before, f"a refused {name} left a trace"

    def fingerprint(self) -> tuple[Any, ...]:
        with self.book.read() as session:
            connection = session.connection()
            return tuple(
                connection.exec_driver_sql(
                    "SELECT last_seq, last_hash, (SELECT count(*) FROM postings), (SELECT count(*) FROM accounts), "
                    "(SELECT coalesce(sum(amount * day_totals.account), 0) FROM day_totals) FROM registers"
                ).one()
            )

    def sheet(
        self, day: date, keyed: list[Any], off: int | None, corrects: MeetingId | None = None
    ) -> tuple[Sheet, int]:
        sheet = Sheet(
            day=day,
            rows=tuple(
                SheetRow(member, state, dict(values))
                for member, (state, values) in zip(self.village.members, keyed, strict=True)
            ),
        )
        if off is None:
            return sheet, 0
        facts = meetings.sheet_facts(self.book, self.village.group, day, TODAY, corrects)
        counted = meetings.rules.totals(facts, sheet).cash_after + off
        if counted < 0:
            return sheet, 0
        notes = {10_000: counted // 10_000, 1_000: counted % 10_000 // 1_000}
        return dataclasses.replace(sheet, counted=notes, difference_reason="lệch" if off else ""), off

    def meet(self, day: date, keyed: list[Any], off: int | None) -> None:
        sheet, difference = self.sheet(day, keyed, off)
        command = RecordMeeting(self.village.group, sheet, new_uid(), agreed=True)
        meeting = meetings.record(self.book, command, self.act).value.meeting
        self.done.append(meeting)
        self.model.sheets[meeting], self.model.counted_off[meeting] = sheet, difference

    def correct(self, place: int, keyed: list[Any], off: int | None) -> None:
        if place >= len(self.done):
            return
        meeting = self.done[place]
        if meeting not in self.model.sheets:
            return
        sheet, difference = self.sheet(self.model.sheets[meeting].day, keyed, off, meeting)
        meetings.correct(self.book, CorrectMeeting(meeting, sheet, "nhầm", agreed=True), self.act)
        self.model.sheets[meeting], self.model.counted_off[meeting] = sheet, difference

    def undo_meeting(self, place: int) -> None:
        if place < len(self.done):
            meetings.reverse_meeting(self.book, self.done[place], "hủy", self.act)
            del self.model.sheets[self.done[place]], self.model.counted_off[self.done[place]]

    def pay(self, kind: EntryKind, amount: int, at: int, day: date) -> None:
        of_group = (EntryKind.EXPENSE, EntryKind.BANK_IN, EntryKind.BANK_OUT, EntryKind.EXTERNAL_IN)
        command = RecordVoucher(
            self.village.group,
            kind,
            amount,
            day,
            None if kind in of_group else self.village.members[at],
            "việc chung",
            amount // SHARE if kind is EntryKind.SHARES_OUT else 0,
        )
        voucher = vouchers.record(self.book, command, self.act).value.voucher.id
        self.posted.append(voucher)
        self.model.paid[voucher] = command

    def undo_voucher(self, place: int) -> None:
        if place < len(self.posted):
            vouchers.reverse_voucher(self.book, self.posted[place], "nhầm", self.act)
            del self.model.paid[self.posted[place]]

    def close(self, day: date) -> None:
        periods.close_period(self.book, self.village.group, day, "đối chiếu", self.act)

    # -- what must hold ----------------------------------------------------------------------------------

    def check(self) -> None:
        self.agrees_with_the_model()
        self.balances()
        self.never_below_zero()
        self.totals_follow()
        result = verify(self.book)
        assert result.ok, result.findings

    def agrees_with_the_model(self) -> None:
        with self.book.read() as session:
            boxes = group_balances(session, self.village.group, TODAY)
            held = member_holdings(session, self.village.group, TODAY)
        assert boxes.get(Account.CASH, 0) == self.model.cash()
        for member in self.village.members:
            savings = held.get(member, {}).get(Account.SAVINGS)
            assert (savings.amount if savings else 0) == self.model.savings(member)

    def balances(self) -> None:
        with self.book.read() as session:
            unbalanced = session.connection().exec_driver_sql(
                "SELECT voucher_id FROM postings GROUP BY voucher_id HAVING sum(amount) <> 0"
            )
            assert unbalanced.all() == []
        for day in (START, START + timedelta(days=30), TODAY):
            trial = trial_balance(self.book, self.village.group, START, day)
            assert trial.in_balance
            assert sum(row.closing for row in trial.rows) == 0

    def never_below_zero(self) -> None:
        with self.book.read() as session:
            moved = session.connection().exec_driver_sql(
                "SELECT a.account, a.member_id, p.day, sum(p.amount) FROM postings p "
                "JOIN accounts a ON a.id = p.account_id GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
            )
            standing: dict[tuple[int, int | None], int] = {}
            for account, member, _day, amount in moved:
                key = (account, member)
                standing[key] = standing.get(key, 0) + natural(Account(account), amount)
                if Account(account) in NEVER_NEGATIVE:
                    assert standing[key] >= 0, (Account(account).name, member)

    def totals_follow(self) -> None:
        query = "SELECT group_id, account, day, amount FROM day_totals WHERE amount <> 0 ORDER BY 1, 2, 3"
        with self.book.read() as session:
            kept = session.connection().exec_driver_sql(query).all()
        with self.book.write(self.act) as session:
            rebuild_totals(session)
        with self.book.read() as session:
            assert session.connection().exec_driver_sql(query).all() == kept


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(deeds, min_size=1, max_size=9))
def test_any_sequence_of_deeds_keeps_the_book_sound(sequence: list[tuple[Any, ...]]) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        empty_book(Path(folder) / "so.sonhom") as book,
    ):
        run = Run(book)
        for deed in sequence:
            run.do(deed)
        run.check()


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(rows, rows)
def test_a_correction_gives_what_the_right_sheet_would_have_given(wrong: list[Any], right: list[Any]) -> None:
    """A meeting keyed wrongly and corrected leaves the same balances as the meeting keyed rightly at once."""
    day = START + timedelta(days=30)
    found = []
    for sheets in ([wrong, right], [right]):
        with (
            tempfile.TemporaryDirectory() as folder,
            empty_book(Path(folder) / "so.sonhom") as book,
        ):
            run = Run(book)
            try:
                run.meet(day, sheets[0], None)
                if len(sheets) == 2:
                    run.correct(2, sheets[1], None)
            except Refusal:
                return
            with book.read() as session:
                boxes = group_balances(session, run.village.group, TODAY)
                held = member_holdings(session, run.village.group, TODAY)
            kept = {key: amount for key, amount in boxes.items() if amount}
            found.append((kept, [held[member] for member in run.village.members]))
    assert _without_empty(found[0]) == _without_empty(found[1])


def _without_empty(found: Any) -> Any:
    boxes, held = found
    return boxes, [{key: one for key, one in each.items() if one.amount or one.units} for each in held]
