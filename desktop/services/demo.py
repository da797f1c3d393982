"""The demonstration book: a believable story, written through the same deeds as the window uses.

`demo_bulk` writes the same story in large batches, for books of thousands of groups.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import func, select

from desktop.models.ids import CycleId, GroupId, HouseholdId, MeetingId, MemberId, new_uid
from desktop.models.kinds import MeetingState
from desktop.models.problems import Problem, Refusal
from desktop.models.records.every import Group, Meeting, Member, Voucher
from desktop.models.rules.sheet import Sheet, SheetRow
from desktop.services import drafts, groups, households, meetings, members, memberships, periods, vouchers
from desktop.services.acts import Act
from desktop.services.books import create_book
from desktop.services.demo_audits import audit_groups
from desktop.services.demo_board import follow_project
from desktop.services.demo_capacity import build_capacity
from desktop.services.demo_closing import care
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
from desktop.services.demo_inclusion import include
from desktop.services.demo_livelihoods import livelihoods_of_demo
from desktop.services.demo_loans import lend
from desktop.services.demo_models import spread
from desktop.services.demo_money import keep_other_money
from desktop.services.demo_order import DemoOrder
from desktop.services.demo_population import count_people
from desktop.services.demo_rosca import rotate
from desktop.services.demo_savings import save_with_interest
from desktop.services.demo_scorecard import score_households
from desktop.services.demo_story import tell
from desktop.services.demo_support import support_demo
from desktop.services.demo_training import train
from desktop.services.facts import cycles_of
from desktop.services.findings import Progress
from desktop.services.groups import OpenCycle
from desktop.services.households import FoundHousehold
from desktop.services.meetings import CorrectMeeting, RecordMeeting
from desktop.services.members import EnrolMember
from desktop.services.memberships import LeaveGroup
from desktop.services.offices import Appoint, appoint
from desktop.services.vouchers import RecordVoucher
from desktop.store.book import Book
from desktop.store.disk import remove_book
from resources.lang.dates import show_day
from resources.lang.messages import _

CLERK = "Nguyễn Thị Thu Hà"
"""Who kept the demonstration book."""

ORGANISATION = "Hội Liên hiệp Phụ nữ xã"
PLACE = "Đồng bằng sông Cửu Long"

MOST_GROUPS, MOST_MEMBERS, MOST_YEARS = 5_000, 60, 10
EARLIEST_END = date(2023, 1, 1)
"""Before it there are neither the standards of poverty nor the wages that the story is told with."""


@dataclass(frozen=True, slots=True)
class DemoMade:
    """What was written: how many of each stand in the book. `meetings` were held, `members` are persons."""

    groups: int
    members: int
    meetings: int
    vouchers: int


CHAPTERS: tuple[Callable[[Book, date, str], int], ...] = (
    lend,
    rotate,
    livelihoods_of_demo,
    count_people,
    include,
    train,
    care,
    keep_other_money,
    build_capacity,
    support_demo,
    save_with_interest,
    score_households,
    audit_groups,
    follow_project,
    spread,
)
"""What is added to the story at its end, each through the services of its module: (book, today, who) → vouchers posted."""


def check(order: DemoOrder) -> list[Problem]:
    """Return what is wrong with an order: sizes out of bounds, or a day before its story could be told."""
    found = []
    for field, most in (("groups", MOST_GROUPS), ("members", MOST_MEMBERS), ("years", MOST_YEARS)):
        least = 3 if field == "members" else 1
        if not least <= getattr(order, field) <= most:
            text = _("Phải từ {least} đến {most}.").format(least=least, most=most)
            found.append(Problem.stop("size", field, text))
    if order.today < EARLIEST_END:
        text = _("Câu chuyện mẫu phải kết thúc từ ngày {day} trở đi.").format(day=show_day(EARLIEST_END))
        found.append(Problem.stop("too-early", "today", text))
    return found


def story(order: DemoOrder) -> Iterator[Event]:
    """Tell the stories of all groups at once, in the order of time. Raises Refusal for sizes out of bounds."""
    problems = check(order)
    if problems:
        raise Refusal(problems)
    return heapq.merge(
        *(tell(order, number) for number in range(1, order.groups + 1)),
        key=lambda event: (event.at, event.group),
    )


def write_demo(
    address: str,
    order: DemoOrder | None = None,
    *,
    progress: Progress | None = None,
    bulk: bool = False,
) -> DemoMade:
    """Make a new book at `address` and write the demonstration story of `order` (None: as of this day) into it.

    Raises Refusal, and Trouble; a file that was begun and not finished is removed, also when `progress` raises.
    """
    order = order or DemoOrder(today=date.today())
    problems = check(order)
    if problems:
        raise Refusal(problems)
    book = create_book(address, _("Sổ mẫu"), CLERK, ORGANISATION, PLACE)
    try:
        with book:
            if bulk:
                from desktop.services.demo_bulk import fill_bulk

                fill_bulk(book, order, progress)
            else:
                fill(book, order, progress)
            for chapter in CHAPTERS:
                chapter(book, order.today, CLERK)
            return in_the_book(book)
    except BaseException:
        if book.is_file:
            remove_book(book.path)
        raise


def in_the_book(book: Book) -> DemoMade:
    """Count what stands in the book: the chapters add groups and people of their own."""
    with book.read() as session:

        def count(record: type) -> int:
            return session.scalar(select(func.count()).select_from(record)) or 0

        held = select(func.count()).select_from(Meeting).where(Meeting.state == MeetingState.POSTED)
        return DemoMade(count(Group), count(Member), session.scalar(held) or 0, count(Voucher))


def fill(book: Book, order: DemoOrder, progress: Progress | None = None) -> None:
    """Write the demonstration story into a new book, deed by deed. Raises Refusal, and Trouble as any deed."""
    writer = _Writer(book)
    events = list(story(order))
    for done, event in enumerate(events):
        if progress is not None:
            progress(done, len(events), _("Viết sổ mẫu"))
        writer.write(event)
    if progress is not None:
        progress(len(events), len(events), _("Viết sổ mẫu"))


def act_of(event: Event) -> Act:
    """Return who entered an event, when, and which day it was in the village then."""
    return Act(CLERK, event.at, village_day(event))


def village_day(event: Event) -> date:
    """Return the day in the village at which an event was entered."""
    return (event.at + timedelta(hours=7)).date()


class _Writer:
    """Puts events into a book through the deeds of the window, and remembers which records they became."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.groups: dict[int, GroupId] = {}
        self.members: dict[tuple[int, MemberId], MemberId] = {}
        self.households: dict[tuple[int, int], HouseholdId] = {}
        self.meetings: dict[tuple[int, int], MeetingId] = {}

    def write(self, event: Event) -> None:
        _WRITE[type(event)](self, event, act_of(event))

    def member(self, event: Event, member: MemberId | None) -> MemberId | None:
        return None if member is None else self.members[event.group, member]

    def sheet(self, event: Event, sheet: Sheet) -> Sheet:
        """Return a sheet with the members of the book in place of those of the story."""
        return sheet_with(sheet, lambda member: self.members[event.group, member])

    def found(self, event: Founded, act: Act) -> None:
        self.groups[event.group] = groups.found(self.book, event.command, act).value

    def enrol(self, event: Enrolled, act: Act) -> None:
        key = (event.group, event.household)
        if key not in self.households:
            household = FoundHousehold(address=event.address)
            self.households[key] = households.found(self.book, household, act).value
        command = EnrolMember(
            person=event.person,
            household=self.households[key],
            is_head=event.is_head,
            group=self.groups[event.group],
            agreed=True,
        )
        self.members[event.group, event.member] = members.enrol(self.book, command, act).value

    def appoint(self, event: Appointed, act: Act) -> None:
        member = self.members[event.group, event.member]
        command = Appoint(self.groups[event.group], member, event.office, event.since, agreed=True)
        appoint(self.book, command, act)

    def hold(self, event: Held, act: Act) -> None:
        command = RecordMeeting(
            self.groups[event.group],
            self.sheet(event, event.sheet),
            meetings.new_meeting_uid(),
            agreed=True,
        )
        posted = meetings.record(self.book, command, act).value
        self.meetings[event.group, event.facts.number] = posted.meeting

    def correct(self, event: Corrected, act: Act) -> None:
        meeting = self.meetings[event.group, event.facts.number]
        command = CorrectMeeting(meeting, self.sheet(event, event.sheet), event.reason, agreed=True)
        meetings.correct(self.book, command, act)

    def pay(self, event: Paid, act: Act) -> None:
        command = RecordVoucher(
            self.groups[event.group],
            event.kind,
            event.amount,
            event.day,
            self.member(event, event.member),
            event.text,
            event.units,
        )
        vouchers.record(self.book, command, act)

    def leave(self, event: Left, act: Act) -> None:
        member = self.members[event.group, event.member]
        command = LeaveGroup(self.groups[event.group], member, event.day, event.reason, agreed=True)
        memberships.leave(self.book, command, act)

    def turn_cycle(self, event: CycleTurned, act: Act) -> None:
        group = self.groups[event.group]
        with self.book.read() as session:
            cycle = next(row.id for row in cycles_of(session, group) if row.number == event.number)
        groups.close_cycle(self.book, CycleId(cycle), event.ends, act)
        command = OpenCycle(group, event.ends + timedelta(days=1), event.next_ends)
        groups.open_cycle(self.book, command, act)

    def close_period(self, event: PeriodClosed, act: Act) -> None:
        periods.close_period(self.book, self.groups[event.group], event.through, event.reason, act)

    def draft(self, event: Drafted, act: Act) -> None:
        content = draft_text(self.sheet(event, event.sheet))
        drafts.keep(self.book, "meeting", str(self.groups[event.group]), content, act)


_WRITE: dict[type[Event], Callable[..., None]] = {
    Founded: _Writer.found,
    Enrolled: _Writer.enrol,
    Appointed: _Writer.appoint,
    Held: _Writer.hold,
    Corrected: _Writer.correct,
    Paid: _Writer.pay,
    Left: _Writer.leave,
    CycleTurned: _Writer.turn_cycle,
    PeriodClosed: _Writer.close_period,
    Drafted: _Writer.draft,
}


def sheet_with(sheet: Sheet, member: Callable[[MemberId], MemberId]) -> Sheet:
    """Return a sheet with other members in place of its own."""
    return replace(
        sheet,
        rows=tuple(SheetRow(member(row.member), row.attendance, row.amounts, row.note) for row in sheet.rows),
        chair=None if sheet.chair is None else member(sheet.chair),
        secretary=None if sheet.secretary is None else member(sheet.secretary),
    )


def draft_text(sheet: Sheet) -> str:
    """Return a sheet half keyed in as the window keeps its drafts (`views.meetings.draft_text` reads it)."""
    rows = [
        [row.member, row.attendance.value, dict(row.amounts), {}, row.note, sorted(row.amounts), False]
        for row in sheet.rows
    ]
    content = {
        "version": 1,
        "uid": new_uid().hex(),
        "cursor": [0, "", None, 0],
        "day": sheet.day.isoformat(),
        "place": sheet.place,
        "started": sheet.started,
        "ended": sheet.ended,
        "chair": sheet.chair,
        "secretary": sheet.secretary,
        "decisions": sheet.decisions,
        "counts": {},
        "difference_reason": "",
        "reason": "",
        "rows": rows,
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
