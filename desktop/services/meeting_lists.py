"""The meetings of a group as a list, and one of them whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, MeetingId
from desktop.models.kinds import CASH_BOXES, Attendance, MeetingState
from desktop.models.records.every import AccountRow, Meeting, MeetingAttendance, Posting, Voucher
from desktop.models.rules import sheet as rules
from desktop.models.rules.sheet import Sheet, SheetFacts
from desktop.models.rules.sheet_text import sheet_from_text
from desktop.services.affected_papers import AffectedPaper, affected_papers
from desktop.services.meeting_facts import load_facts
from desktop.store.book import Book
from resources.lang.dates import show_day
from resources.lang.messages import _


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting in a list; money in đồng."""

    id: MeetingId
    group: GroupId
    number: int
    day: date
    state: MeetingState
    present: int
    members: int
    cash_in: int
    cash_out: int
    difference: int
    corrections: int
    reason: str
    recorded_by: str
    uid: bytes


@dataclass(frozen=True, slots=True)
class MeetingDetail:
    """A posted meeting with what was keyed in, the facts of its day, and its sums."""

    row: MeetingRow
    facts: SheetFacts
    sheet: Sheet
    sums: rules.Totals
    papers: tuple[AffectedPaper, ...]


def meetings_of(book: Book, group: GroupId, *, with_reversed: bool = True) -> list[MeetingRow]:
    """Return the meetings of a group, the latest first."""
    with book.read() as session:
        query = (
            select(Meeting).where(Meeting.group_id == group).order_by(Meeting.day.desc(), Meeting.id.desc())
        )
        if not with_reversed:
            query = query.where(Meeting.state == MeetingState.POSTED)
        found = list(session.scalars(query))
        attended = _attended(session, group)
        moved = _moved(session, group)
        return [_row(meeting, attended, moved) for meeting in found]


def meeting_detail(book: Book, meeting_id: MeetingId, today: date) -> MeetingDetail:
    """Return a posted (or reversed) meeting with its sheet, its facts without its own money, and its sums."""
    with book.read() as session:
        meeting = session.get_one(Meeting, meeting_id)
        group = GroupId(meeting.group_id)
        own = meeting_id if meeting.state is MeetingState.POSTED else None
        facts = replace(
            load_facts(session, group, meeting.day, today, own), number=meeting.number, corrects=meeting_id
        )
        sheet = sheet_from_text(meeting.sheet)
        row = _row(meeting, _attended(session, group), _moved(session, group))
        papers = tuple(affected_papers(session, group, meeting.day, meeting_id))
        return MeetingDetail(row, facts, sheet, rules.totals(facts, sheet), papers)


def _attended(session: Session, group: GroupId) -> dict[int, tuple[int, int]]:
    taking_part = [state for state in Attendance if state.takes_part]
    rows = session.execute(
        select(
            MeetingAttendance.meeting_id,
            func.count(),
            func.count().filter(MeetingAttendance.state.in_(taking_part)),
        )
        .join(Meeting, Meeting.id == MeetingAttendance.meeting_id)
        .where(Meeting.group_id == group)
        .group_by(MeetingAttendance.meeting_id)
    )
    return {meeting: (members, present) for meeting, members, present in rows}


def _moved(session: Session, group: GroupId) -> dict[int, tuple[int, int]]:
    """Return what came into and went out of the cash boxes at each meeting, by the vouchers that stand."""
    undone = select(Voucher.reverses_id).where(Voucher.group_id == group, Voucher.reverses_id.is_not(None))
    rows = session.execute(
        select(
            Voucher.meeting_id,
            func.coalesce(func.sum(Posting.amount).filter(Posting.amount > 0), 0),
            func.coalesce(func.sum(Posting.amount).filter(Posting.amount < 0), 0),
        )
        .join(Posting, Posting.voucher_id == Voucher.id)
        .join(AccountRow, AccountRow.id == Posting.account_id)
        .where(
            Voucher.group_id == group,
            Voucher.meeting_id.is_not(None),
            Voucher.member_id.is_not(None),  # over and short are no money that members brought or took
            Voucher.reverses_id.is_(None),
            Voucher.id.not_in(undone),
            AccountRow.account.in_([int(box) for box in CASH_BOXES]),
        )
        .group_by(Voucher.meeting_id)
    )
    return {int(meeting or 0): (int(plus), -int(minus)) for meeting, plus, minus in rows}


def _row(
    meeting: Meeting, attended: dict[int, tuple[int, int]], moved: dict[int, tuple[int, int]]
) -> MeetingRow:
    members, present = attended.get(meeting.id, (0, 0))
    cash_in, cash_out = moved.get(meeting.id, (0, 0))
    return MeetingRow(
        MeetingId(meeting.id),
        GroupId(meeting.group_id),
        meeting.number,
        meeting.day,
        meeting.state,
        present,
        members,
        cash_in,
        cash_out,
        meeting.cash_difference + meeting.social_difference,
        meeting.corrections,
        meeting.reason,
        meeting.recorded_by,
        meeting.uid,
    )


def meeting_title(number: int, day: date) -> str:
    """Return how a meeting is called on papers and in lists."""
    return _("Kỳ họp {number} ngày {day}").format(number=number, day=show_day(day))
