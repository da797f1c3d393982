"""The demonstration story written in large batches: the same ledger as through the deeds, for thousands of groups.

Meetings and money, which are nearly all of it, become rows by the same rules, signatures and row makers as in
`ledger` and `meetings`, but the keys and balances are kept in memory instead of being asked for. The rare events
go through the same functions as in the window, after what was collected is written.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from itertools import islice
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.ids import CycleId, GroupId, MeetingId, MemberId, new_uid
from desktop.models.kinds import CycleState, Paper
from desktop.models.problems import refuse_if_stopped
from desktop.models.records.base import Base, table_of
from desktop.models.records.every import (
    AccountRow,
    Change,
    Cycle,
    Household,
    Meeting,
    Member,
    Membership,
    OfficeTerm,
    PeriodClosing,
    Posting,
    Voucher,
)
from desktop.models.rules import people
from desktop.models.rules import sheet as rules
from desktop.models.rules.entries import VoucherDraft
from desktop.models.rules.sheet import Sheet, SheetFacts
from desktop.services import drafts, groups, ledger, meetings, memberships, vouchers
from desktop.services.acts import Act
from desktop.services.codes import code_of
from desktop.services.demo import act_of, draft_text, sheet_with, story
from desktop.services.demo_events import (
    Appointed,
    Corrected,
    CycleTurned,
    Drafted,
    Enrolled,
    Event,
    Founded,
    Held,
    Left,
    Paid,
    PeriodClosed,
)
from desktop.services.demo_order import DemoOrder
from desktop.services.facts import cycles_of
from desktop.services.findings import Progress
from desktop.services.ledger import POSTING_ROWS, VOUCHER_ROWS, Signer, Subject, Uids
from desktop.services.meetings import ATTENDANCE_ROWS
from desktop.services.person_records import apply_person, household_fold
from desktop.store.book import Book
from desktop.store.rows import RowWriter
from desktop.store.trail import logged_change
from resources.lang.messages import _

BATCH = 400
"""Events in one transaction."""


def fill_bulk(book: Book, order: DemoOrder, progress: Progress | None = None) -> None:
    """Write the demonstration story into a new, empty book in large batches. Raises as `demo.fill`."""
    writer = _BulkWriter(book)
    events = story(order)
    done = 0
    while batch := list(islice(events, BATCH)):
        with book.write(act_of(batch[0])) as session:
            writer.write(session, batch)
            _catch_up_sequences(session)
        done += len(batch)
        if progress is not None:
            progress(done, 0, _("Viết sổ mẫu"))
    for event, group, content in writer.drafts:
        drafts.keep(book, "meeting", str(group), content, act_of(event))


def _catch_up_sequences(session: Session) -> None:
    """Let PostgreSQL's own counters of keys go on after the keys that were given here."""
    if session.connection().dialect.name != "postgresql":
        return
    for record in _COUNTED:
        name = table_of(record).name
        session.connection().exec_driver_sql(
            f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), max(id)) FROM {name} HAVING max(id) IS NOT NULL"
        )


@dataclass(slots=True)
class _Group:
    """What the writer remembers of a group: keys, identities, and the next number of each kind of paper."""

    id: GroupId
    uids: Uids
    cycle: CycleId
    members: dict[MemberId, MemberId] = field(default_factory=dict)
    households: dict[int, int] = field(default_factory=dict)
    meetings: dict[int, MeetingId] = field(default_factory=dict)
    accounts: dict[Subject, int] = field(default_factory=dict)
    numbers: dict[tuple[Paper, int], int] = field(default_factory=dict)
    last_position: int = 0

    def sheet(self, sheet: Sheet) -> Sheet:
        """Return a sheet of the story with the members of the book."""
        return sheet_with(sheet, self.members.__getitem__)

    def facts(self, facts: SheetFacts) -> SheetFacts:
        """Return facts of the story with the keys of the book."""
        assert facts.cycle is not None
        return replace(
            facts,
            group=self.id,
            cycle=replace(facts.cycle, id=self.cycle),
            members=tuple(replace(member, id=self.members[member.id]) for member in facts.members),
        )


_COUNTED = (Household, Member, Membership, OfficeTerm, PeriodClosing, Meeting, AccountRow, Voucher, Posting)
"""Records whose keys the writer gives itself, in an order in which each comes after what it points to."""


@cache
def _row_writer(record: type[Base]) -> RowWriter:
    return RowWriter(table_of(record), *(column.name for column in table_of(record).c))


class _BulkWriter:
    def __init__(self, book: Book) -> None:
        self.book = book
        self.groups: dict[int, _Group] = {}
        self.next: dict[type[Base], int] = {}
        self.codes: dict[type[Any], int] = {Member: 0, Household: 0}
        self.drafts: list[tuple[Event, GroupId, str]] = []
        self.session: Session
        self._forget()

    def _forget(self) -> None:
        """Begin collecting anew."""
        self.records: dict[type[Base], list[Base]] = {record: [] for record in _COUNTED}
        self.voucher_rows: list[tuple[Any, ...]] = []
        self.posting_rows: list[tuple[Any, ...]] = []
        self.attendance_rows: list[tuple[Any, ...]] = []
        self.change_rows: list[dict[str, Any]] = []
        self.sums: ledger.DaySums = {}

    def write(self, session: Session, batch: list[Event]) -> None:
        """Write events inside one open write."""
        self.session = session
        if not self.next:
            self._look()
        for event in batch:
            act = act_of(event)
            session.info["act"] = act
            _WRITE[type(event)](self, event, act)
        self._flush()

    # -- collecting ------------------------------------------------------------------------------------

    def _look(self) -> None:
        """Ask where the keys stand."""
        for record in _COUNTED:
            key = table_of(record).c.id
            self.next[record] = self.session.scalar(select(func.coalesce(func.max(key), 0))) or 0

    def _key(self, record: type[Base]) -> int:
        self.next[record] += 1
        return self.next[record]

    def _log(self, record: Any) -> int:
        """Give a new logged record its key, sign its change into the chain, and collect both."""
        record.id = self._key(type(record))
        self.records[type(record)].append(record)
        act: Act = self.session.info["act"]
        self.change_rows.append(logged_change(record, None, act, self.session.info["pen"]))
        return int(record.id)

    def _flush(self) -> None:
        """Write all that was collected, what others point to first."""
        connection = self.session.connection()
        for record, rows in self.records.items():
            names = [column.name for column in table_of(record).c]
            _row_writer(record).write(
                connection, [tuple(getattr(row, name) for name in names) for row in rows]
            )
        VOUCHER_ROWS.write(connection, self.voucher_rows)
        POSTING_ROWS.write(connection, self.posting_rows)
        ATTENDANCE_ROWS.write(connection, self.attendance_rows)
        ledger.add_to_totals(connection, self.sums)
        if self.change_rows:
            connection.execute(table_of(Change).insert(), self.change_rows)
        self._forget()

    def _post(self, group: _Group, posted: list[VoucherDraft], act: Act) -> None:
        signer = Signer(self.session.info["pen"], act.who, act.at, group.uids)
        for draft in posted:
            number_key = (draft.paper, draft.day.year)
            group.numbers[number_key] = group.numbers.get(number_key, 0) + 1
            voucher = self._key(Voucher)
            self.voucher_rows.append(signer.voucher(voucher, group.numbers[number_key], draft))
            for line in draft.lines:
                account = self._account(group, ledger.subject_of(line))
                self.posting_rows.append(
                    ledger.posting_row(self._key(Posting), voucher, account, draft, line)
                )
        ledger.day_sums(posted, self.sums)

    def _account(self, group: _Group, subject: Subject) -> int:
        if subject not in group.accounts:
            number, member, loan = subject
            row = AccountRow(group_id=group.id, account=number, member_id=member, loan_id=loan)
            row.id = group.accounts[subject] = self._key(AccountRow)
            self.records[AccountRow].append(row)
        return group.accounts[subject]

    # -- events: people --------------------------------------------------------------------------------

    def found(self, event: Founded, act: Act) -> None:
        self._flush()
        made = groups.found_in(self.session, event.command, act)
        cycle = cycles_of(self.session, GroupId(made.id))[-1]
        self.groups[event.group] = _Group(GroupId(made.id), Uids(made.uid.hex(), {}, {}, {}), cycle.id)

    def enrol(self, event: Enrolled, act: Act) -> None:
        group = self.groups[event.group]
        person = people.normal_person(event.person)
        refuse_if_stopped(people.check_person(person, act.today), agreed=True)
        assert person.sex is not None
        member = Member(
            uid=new_uid(),
            code=self._code(Member),
            family=person.family,
            given=person.given,
            sex=person.sex,
            is_head=event.is_head,
        )
        apply_person(member, person)
        member.household_id = self._household(group, event, member.name_fold)
        group.members[event.member] = MemberId(self._log(member))
        group.uids.members[member.id] = member.uid.hex()
        group.last_position += 1
        self._log(
            Membership(
                uid=new_uid(),
                group_id=group.id,
                member_id=member.id,
                position=group.last_position,
                joined=event.joined,
            )
        )

    def _household(self, group: _Group, event: Enrolled, name_fold: str) -> int:
        if event.household not in group.households:
            address = event.address
            household = Household(
                uid=new_uid(),
                code=self._code(Household),
                commune_code=address.commune_code,
                hamlet=address.hamlet,
                address_text=address.text,
                name_fold=household_fold(name_fold, address.hamlet),
            )
            group.households[event.household] = self._log(household)
        return group.households[event.household]

    def _code(self, record: type[Any]) -> str:
        self.codes[record] += 1
        return code_of(record, self.codes[record])

    def appoint(self, event: Appointed, _act: Act) -> None:
        group = self.groups[event.group]
        member = group.members[event.member]
        self._log(
            OfficeTerm(
                uid=new_uid(),
                group_id=group.id,
                member_id=member,
                office=event.office,
                since=event.since,
            )
        )

    def leave(self, event: Left, _act: Act) -> None:
        self._flush()
        group = self.groups[event.group]
        here = memberships.current_memberships(self.session, group.id)
        leaver = next(row for row in here if row.member_id == group.members[event.member])
        memberships.end_in(self.session, leaver, event.day, event.reason)
        self.session.flush()
        group.last_position = memberships.last_position(self.session, group.id)

    # -- events: money ---------------------------------------------------------------------------------

    def hold(self, event: Held, act: Act) -> None:
        group = self.groups[event.group]
        facts, sheet = group.facts(event.facts), group.sheet(event.sheet)
        refuse_if_stopped(rules.check(facts, sheet), agreed=True)
        meeting = meetings.new_meeting(facts, sheet, meetings.new_meeting_uid(), act)
        key = MeetingId(self._log(meeting))
        group.meetings[facts.number] = key
        group.uids.meetings[key] = meeting.uid.hex()
        self.attendance_rows += [(key, row.member, row.attendance, row.note) for row in sheet.rows]
        self._post(group, meetings.vouchers_of(facts, sheet, key), act)

    def pay(self, event: Paid, act: Act) -> None:
        group = self.groups[event.group]
        command = vouchers.RecordVoucher(
            group.id,
            event.kind,
            event.amount,
            event.day,
            None if event.member is None else group.members[event.member],
            event.text,
            event.units,
        )
        self._post(group, [vouchers.draft_of(command)], act)

    def correct(self, event: Corrected, act: Act) -> None:
        self._flush()
        group = self.groups[event.group]
        command = meetings.CorrectMeeting(
            group.meetings[event.facts.number], group.sheet(event.sheet), event.reason, agreed=True
        )
        posted = meetings.correct_in(self.session, command, act)
        self.session.flush()
        self._look()
        for voucher in posted.vouchers:
            number_key = (voucher.paper, voucher.day.year)
            group.numbers[number_key] = group.numbers.get(number_key, 0) + 1

    def turn_cycle(self, event: CycleTurned, _act: Act) -> None:
        self._flush()
        group = self.groups[event.group]
        self.session.get_one(Cycle, group.cycle).state = CycleState.CLOSED
        following = Cycle(
            uid=new_uid(),
            group_id=group.id,
            number=event.number + 1,
            starts=event.ends + timedelta(days=1),
            ends=event.next_ends,
        )
        self.session.add(following)
        self.session.flush()
        group.cycle = CycleId(following.id)

    def close_period(self, event: PeriodClosed, act: Act) -> None:
        group = self.groups[event.group]
        self._log(
            PeriodClosing(
                uid=new_uid(),
                group_id=group.id,
                through=event.through,
                reason=event.reason,
                at=act.at,
                by=act.who,
            )
        )

    def draft(self, event: Drafted, _act: Act) -> None:
        group = self.groups[event.group]
        self.drafts.append((event, group.id, draft_text(group.sheet(event.sheet))))


_WRITE: dict[type[Event], Callable[..., None]] = {
    Founded: _BulkWriter.found,
    Enrolled: _BulkWriter.enrol,
    Appointed: _BulkWriter.appoint,
    Held: _BulkWriter.hold,
    Corrected: _BulkWriter.correct,
    Paid: _BulkWriter.pay,
    Left: _BulkWriter.leave,
    CycleTurned: _BulkWriter.turn_cycle,
    PeriodClosed: _BulkWriter.close_period,
    Drafted: _BulkWriter.draft,
}
