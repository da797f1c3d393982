"""Record, reverse and correct a meeting: each one deed, one transaction, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, MeetingId, VoucherId, new_uid
from desktop.models.kinds import MeetingState
from desktop.models.problems import Problem, Refusal, refuse_if_stopped
from desktop.models.records.base import table_of
from desktop.models.records.every import Meeting, MeetingAttendance, Voucher
from desktop.models.rules import sheet as rules
from desktop.models.rules.entries import VoucherDraft, lines_of, paper_for
from desktop.models.rules.sheet import Sheet, SheetFacts
from desktop.models.rules.sheet_text import count_to_plain, sheet_to_text
from desktop.services import drafts
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.affected_papers import AffectedPaper, affected_papers
from desktop.services.ledger import PostedVoucher, lines_of_voucher, post, reverse
from desktop.services.loan_ledger import settle
from desktop.services.loan_meetings import note_repayments, undo_repayments
from desktop.services.meeting_facts import load_facts, sheet_facts
from desktop.services.meeting_lists import (
    MeetingDetail,
    MeetingRow,
    meeting_detail,
    meeting_title,
    meetings_of,
)
from desktop.services.periods import refuse_closed
from desktop.store.book import Book
from desktop.store.rows import RowWriter
from resources.lang.dong import show_dong
from resources.lang.messages import _

__all__ = [
    "ATTENDANCE_ROWS", "CorrectMeeting", "MeetingDetail", "MeetingPosted", "MeetingRow", "RecordMeeting",
    "correct", "correct_in", "fill", "load_facts", "meeting_detail", "meeting_title", "meetings_of",
    "new_meeting", "new_meeting_uid", "record", "reverse_meeting", "sheet_facts", "vouchers_of",
]  # fmt: skip

_CHANGED = (Topic.MEETINGS, Topic.ENTRIES, Topic.LOANS, Topic.DRAFTS)
_attendances = table_of(MeetingAttendance)
_meetings = table_of(Meeting)
ATTENDANCE_ROWS = RowWriter(_attendances, "meeting_id", "member_id", "state", "note")
_DELETE_ATTENDANCES = delete(_attendances).where(_attendances.c.meeting_id == bindparam("meeting"))
_ALREADY = select(_meetings.c.id, _meetings.c.number).where(_meetings.c.uid == bindparam("of_uid"))


@dataclass(frozen=True, slots=True)
class RecordMeeting:
    """Post a meeting. `uid` is chosen when the sheet is opened: posting it twice posts it once."""

    group: GroupId
    sheet: Sheet
    uid: bytes
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class CorrectMeeting:
    """Replace what a posted meeting says, with a reason: what differs is reversed and posted anew in one step."""

    meeting: MeetingId
    sheet: Sheet
    reason: str
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class MeetingPosted:
    """A meeting just posted, its vouchers, and the papers printed before that it made out of date."""

    meeting: MeetingId
    number: int
    vouchers: tuple[PostedVoucher, ...]
    papers: tuple[AffectedPaper, ...] = ()


def _standing(session: Session, meeting: MeetingId) -> list[Voucher]:
    """Return the vouchers of a meeting that still stand: neither reversals nor reversed."""
    undone = select(Voucher.reverses_id).where(
        Voucher.meeting_id == meeting, Voucher.reverses_id.is_not(None)
    )
    return list(
        session.scalars(
            select(Voucher)
            .where(Voucher.meeting_id == meeting, Voucher.reverses_id.is_(None), Voucher.id.not_in(undone))
            .order_by(Voucher.id)
        )
    )


# -- posting ---------------------------------------------------------------------------------------


def record(book: Book, command: RecordMeeting, act: Act) -> Outcome[MeetingPosted]:
    """Post a meeting: all its vouchers, its attendance and its count, and drop its draft. Raises Refusal."""
    with book.write(act) as session:
        again = _already(session, command.uid)
        if again is not None:
            return Outcome(again)
        facts = load_facts(session, command.group, command.sheet.day, act.today)
        refuse_if_stopped(rules.check(facts, command.sheet), agreed=command.agreed)
        meeting = _add_meeting(session, facts, command.sheet, command.uid, act)
        wanted = vouchers_of(facts, command.sheet, MeetingId(meeting.id))
        vouchers = post(session, wanted)
        vouchers += note_repayments(session, facts, command.sheet, MeetingId(meeting.id), wanted, vouchers)
        drafts.drop_in(session, "meeting", str(command.group))
        posted = MeetingPosted(MeetingId(meeting.id), meeting.number, tuple(vouchers))
    return Outcome(posted, Changed.of(*_CHANGED, group=command.group))


def correct(book: Book, command: CorrectMeeting, act: Act) -> Outcome[MeetingPosted]:
    """Correct a posted meeting of any day, in one transaction. Raises Refusal, also without a reason.

    Vouchers that stay the same stand; those that differ are reversed and posted anew on the meeting's day, so
    that only the members concerned see a correction. The outcome lists the papers that no longer agree.
    """
    with book.write(act) as session:
        posted = correct_in(session, command, act)
        group = session.get_one(Meeting, command.meeting).group_id
    return Outcome(posted, Changed.of(*_CHANGED, group=GroupId(group)))


def correct_in(session: Session, command: CorrectMeeting, act: Act) -> MeetingPosted:
    """Correct a posted meeting inside an open write; see `correct`."""
    meeting = _posted_meeting(session, command.meeting)
    group, first_day = GroupId(meeting.group_id), min(meeting.day, command.sheet.day)
    facts = load_facts(session, group, command.sheet.day, act.today, corrects=command.meeting)
    problems = [*_check_reason(command.reason), *rules.check(facts, command.sheet)]
    problems += _check_difference(meeting, facts, command.sheet)
    refuse_if_stopped(problems, agreed=command.agreed)
    # Also where no money moved, or none moves now: who came on a closed day is not changed either.
    refuse_closed(session, group, {meeting.day, command.sheet.day})
    wrong, missing = _differences(
        session, command.meeting, vouchers_of(facts, command.sheet, command.meeting)
    )
    concerned = {v.member_id for v in wrong} | {draft.member for draft in missing}
    papers = affected_papers(
        session, group, first_day, command.meeting, concerned, [voucher.id for voucher in wrong]
    )
    fill(meeting, facts, command.sheet)
    meeting.reason, meeting.corrections = command.reason.strip(), meeting.corrections + 1
    session.flush()
    _keep_attendance(session, command.meeting, command.sheet)
    undone = undo_repayments(session, [VoucherId(v.id) for v in wrong], meeting.reason)
    vouchers = reverse(session, [VoucherId(v.id) for v in wrong], meeting.reason, and_post=missing)
    vouchers += note_repayments(
        session, facts, command.sheet, command.meeting, missing, vouchers[len(wrong) :], undone
    )
    drafts.drop_in(session, "correction", str(command.meeting))
    return MeetingPosted(command.meeting, meeting.number, tuple(vouchers), tuple(papers))


def _check_difference(meeting: Meeting, facts: SheetFacts, sheet: Sheet) -> list[Problem]:
    """An old reason does not explain a new difference: who corrects must count again or say why anew."""
    sums = rules.totals(facts, sheet)
    before = (meeting.cash_difference, meeting.social_difference)
    now = (sums.difference, sums.social_difference)
    if now in (before, (0, 0)) or sheet.difference_reason.strip() != meeting.difference_reason.strip():
        return []
    place = 0 if now[0] != before[0] else 1
    return [
        Problem.stop(
            "difference-changed",
            "difference_reason",
            _(
                "Sau khi sửa, tiền đếm lệch {now} (trước đây {before}); hãy đếm lại hoặc ghi lý do mới."
            ).format(now=show_dong(now[place]), before=show_dong(before[place])),
        )
    ]


def _differences(
    session: Session, meeting: MeetingId, wanted: list[VoucherDraft]
) -> tuple[list[Voucher], list[VoucherDraft]]:
    """Return the standing vouchers that the corrected meeting does not have, and the drafts that are missing."""
    missing = list(wanted)
    wrong = []
    for voucher in _standing(session, meeting):
        lines = lines_of_voucher(session, voucher.id)
        same = next(
            (
                draft
                for draft in missing
                if (draft.paper, draft.day, draft.member, draft.text)
                == (voucher.paper, voucher.day, voucher.member_id, voucher.text)
                and draft.lines == lines
            ),
            None,
        )
        if same is None:
            wrong.append(voucher)
        else:
            missing.remove(same)
    return wrong, missing


def reverse_meeting(book: Book, meeting: MeetingId, reason: str, act: Act) -> Outcome[MeetingPosted]:
    """Take a whole meeting back with a reason, on its own day. Raises Refusal when something later needs its money."""
    with book.write(act) as session:
        old = _posted_meeting(session, meeting)
        group = GroupId(old.group_id)
        refuse_if_stopped(_check_reason(reason))
        refuse_closed(session, group, {old.day})
        papers = affected_papers(session, group, old.day, meeting)
        old.state, old.reason = MeetingState.REVERSED, reason.strip()
        session.flush()
        standing = [VoucherId(v.id) for v in _standing(session, meeting)]
        undone = undo_repayments(session, standing, reason.strip())
        vouchers = reverse(session, standing, reason.strip())
        for loan in undone:
            vouchers += settle(session, loan, act.today)
        posted = MeetingPosted(meeting, old.number, tuple(vouchers), tuple(papers))
    return Outcome(posted, Changed.of(*_CHANGED, group=group))


def _already(session: Session, uid: bytes) -> MeetingPosted | None:
    """Return the meeting with this identity when it is posted already: the second click of a double click."""
    found = session.connection().execute(_ALREADY, {"of_uid": uid}).one_or_none()
    return None if found is None else MeetingPosted(MeetingId(found.id), found.number, ())


def _posted_meeting(session: Session, meeting: MeetingId) -> Meeting:
    found = session.get_one(Meeting, meeting)
    if found.state is not MeetingState.POSTED:
        raise Refusal([Problem.stop("reversed", "", _("Buổi họp này đã được đảo rồi."))])
    return found


def _check_reason(reason: str) -> list[Problem]:
    if reason.strip():
        return []
    return [Problem.stop("reason", "reason", _("Hãy ghi lý do."))]


def _add_meeting(session: Session, facts: SheetFacts, sheet: Sheet, uid: bytes, act: Act) -> Meeting:
    meeting = new_meeting(facts, sheet, uid, act)
    session.add(meeting)
    session.flush()
    _keep_attendance(session, MeetingId(meeting.id), sheet)
    return meeting


def new_meeting(facts: SheetFacts, sheet: Sheet, uid: bytes, act: Act) -> Meeting:
    """Return the record of a meeting, not yet added to a session."""
    assert facts.cycle is not None  # the rules refuse a day outside every cycle
    meeting = Meeting(
        uid=uid,
        group_id=facts.group,
        cycle_id=facts.cycle.id,
        number=facts.number,
        day=sheet.day,
        recorded_at=act.at,
        recorded_by=act.who,
    )
    fill(meeting, facts, sheet)
    return meeting


def fill(meeting: Meeting, facts: SheetFacts, sheet: Sheet) -> None:
    """Write what was keyed in into the meeting's row."""
    assert facts.cycle is not None
    sums = rules.totals(facts, sheet)
    meeting.cycle_id, meeting.day = facts.cycle.id, sheet.day
    meeting.place, meeting.started, meeting.ended = sheet.place, sheet.started, sheet.ended
    meeting.chair_id, meeting.secretary_id, meeting.decisions = sheet.chair, sheet.secretary, sheet.decisions
    meeting.counted, meeting.social_counted = _count_text(sheet.counted), _count_text(sheet.social_counted)
    meeting.cash_difference, meeting.social_difference = sums.difference, sums.social_difference
    meeting.difference_reason = sheet.difference_reason
    meeting.sheet = sheet_to_text(sheet)


def _keep_attendance(session: Session, meeting: MeetingId, sheet: Sheet) -> None:
    """Write who took part; it follows from the meeting's sheet, which the chain keeps."""
    connection = session.connection()
    connection.execute(_DELETE_ATTENDANCES, {"meeting": meeting})
    ATTENDANCE_ROWS.write(connection, [(meeting, row.member, row.attendance, row.note) for row in sheet.rows])


def _count_text(counted: Mapping[int, int] | None) -> str:
    plain = count_to_plain(counted)
    return "" if plain is None else json.dumps(plain, sort_keys=True)


def vouchers_of(facts: SheetFacts, sheet: Sheet, meeting: MeetingId) -> list[VoucherDraft]:
    """Return the vouchers of a meeting: per member a receipt for what came in and a payment for what went out."""
    found = []
    for row in sheet.rows:
        for entries in rules.member_entries(facts, row):
            if entries:
                found.append(
                    VoucherDraft(
                        group=facts.group,
                        paper=paper_for(entries),
                        day=sheet.day,
                        lines=lines_of(entries),
                        member=row.member,
                        meeting=meeting,
                    )
                )
    for entry in rules.difference_entries(rules.totals(facts, sheet)):
        found.append(
            VoucherDraft(
                group=facts.group,
                paper=paper_for([entry]),
                day=sheet.day,
                lines=lines_of([entry]),
                text=sheet.difference_reason,
                meeting=meeting,
            )
        )
    return found


def new_meeting_uid() -> bytes:
    """Return the identity of a sheet just opened."""
    return new_uid()
