"""Record, reverse and correct a meeting: each one deed, one transaction, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.orm import Session

from desktop.models.ids import CycleId, GroupId, MeetingId, MemberId, VoucherId, new_uid
from desktop.models.kinds import CASH_BOXES, Account, Attendance, CycleState, MeetingState, natural
from desktop.models.problems import Problem, Refusal, refuse_if_stopped
from desktop.models.records.base import table_of
from desktop.models.records.every import AccountRow, Group, Meeting, MeetingAttendance, Posting, Voucher
from desktop.models.rules import sheet as rules
from desktop.models.rules.entries import VoucherDraft, lines_of, paper_for
from desktop.models.rules.loan_sheet import NOTHING, OpenLoan, due_of
from desktop.models.rules.sheet import CycleSpan, MemberFacts, Sheet, SheetFacts
from desktop.models.rules.sheet_text import count_to_plain, sheet_from_text, sheet_to_text
from desktop.services import drafts
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.balances import Holding, MemberHoldings, group_balances, member_holdings
from desktop.services.facts import RosterRow, cycle_on, members_in_order, rules_on
from desktop.services.inclusion import reminders_in
from desktop.services.ledger import PostedVoucher, lines_of_voucher, post, reverse
from desktop.services.loan_facts import collects_in, open_loans
from desktop.services.loan_ledger import settle
from desktop.services.loan_meetings import note_repayments, undo_repayments
from desktop.services.periods import closed_through
from desktop.services.prints import AffectedPaper, affected_papers
from desktop.services.savings_facts import Noticed
from desktop.services.savings_limits import SheetSavings, sheet_savings
from desktop.store.book import Book
from desktop.store.rows import RowWriter
from resources.lang.dates import show_day
from resources.lang.dong import show_dong
from resources.lang.messages import _

_CHANGED = (Topic.MEETINGS, Topic.ENTRIES, Topic.LOANS, Topic.DRAFTS)
_attendances = table_of(MeetingAttendance)
_meetings = table_of(Meeting)
_groups = table_of(Group)
ATTENDANCE_ROWS = RowWriter(_attendances, "meeting_id", "member_id", "state", "note")
_DELETE_ATTENDANCES = delete(_attendances).where(_attendances.c.meeting_id == bindparam("meeting"))
_GROUP = select(_groups.c.code, _groups.c.name, _groups.c.kind).where(_groups.c.id == bindparam("group"))
_HELD = select(_meetings.c.id, _meetings.c.number, _meetings.c.day, _meetings.c.state).where(
    _meetings.c.group_id == bindparam("group")
)
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


def sheet_facts(
    book: Book, group: GroupId, day: date, today: date, corrects: MeetingId | None = None
) -> SheetFacts:
    """Return what the sheet of a group's meeting on a day needs; `corrects` leaves that meeting's money out."""
    with book.read() as session:
        return load_facts(session, group, day, today, corrects)


def load_facts(
    session: Session, group_id: GroupId, day: date, today: date, corrects: MeetingId | None = None
) -> SheetFacts:
    """Return the facts of a meeting inside an open session."""
    connection = session.connection()
    group = connection.execute(_GROUP, {"group": group_id}).one()
    held = connection.execute(_HELD, {"group": group_id}).all()
    cycle = cycle_on(session, group_id, day)
    holdings = member_holdings(session, group_id, day)
    boxes = group_balances(session, group_id, day)
    if corrects is not None:
        _leave_out(session, corrects, holdings, boxes)
    loans = open_loans(session, group_id, day, corrects)
    roster = members_in_order(session, group_id, day)
    minded = reminders_in(session, [row.member_id for row in roster], day)
    savings = sheet_savings(session, group_id, day, corrects)
    return SheetFacts(
        group=group_id,
        group_code=group.code,
        group_name=group.name,
        day=day,
        today=today,
        rules=replace(
            rules_on(session, group_id, day),
            lends=bool(loans),
            owing=_somebody_owes(holdings),
            collects=collects_in(session, group_id, group.kind, day),
        ),
        cycle=None
        if cycle is None
        else CycleSpan(
            CycleId(cycle.id), cycle.number, cycle.starts, cycle.ends, cycle.state is CycleState.OPEN
        ),
        number=_number(held, corrects),
        members=tuple(
            _member(
                row,
                holdings.get(row.member_id, {}),
                loans.get(row.member_id, []),
                day,
                minded.get(row.member_id, ""),
                savings,
            )
            for row in roster
        ),
        cash=boxes.get(Account.CASH, 0),
        social_cash=boxes.get(Account.SOCIAL_CASH, 0),
        other_days=frozenset(
            row.day for row in held if row.state is MeetingState.POSTED and row.id != corrects
        ),
        closed_through=closed_through(session, group_id),
        corrects=corrects,
        savings_terms=savings.terms,
    )


def _member(
    row: RosterRow,
    held: dict[Account, Holding],
    loans: Sequence[OpenLoan],
    day: date,
    reminder: str,
    savings: SheetSavings,
) -> MemberFacts:
    noticed = (savings.noticed or {}).get(row.member_id, Noticed())

    def amount(account: Account) -> int:
        return held[account].amount if account in held else 0

    return MemberFacts(
        id=row.member_id,
        code=row.code,
        name=row.full_name,
        position=row.position,
        savings=amount(Account.SAVINGS),
        compulsory=amount(Account.COMPULSORY_SAVINGS),
        shares=held[Account.SHARES].units if Account.SHARES in held else 0,
        share_amount=amount(Account.SHARES),
        social=amount(Account.SOCIAL_FUND),
        fines=amount(Account.FINES),
        reminder=reminder,
        fines_owed=amount(Account.FINES_OWED),
        loans=tuple(loans),
        due=due_of(loans, day) if loans else NOTHING,
        owed=sum(loan.state(day).principal_outstanding for loan in loans),
        savings_lowest=None if savings.lowest is None else savings.lowest.get(row.member_id, 0),
        noticed=noticed.amount,
        notice_coming=noticed.coming,
    )


def _somebody_owes(holdings: MemberHoldings) -> bool:
    return any(held[Account.FINES_OWED].amount for held in holdings.values() if Account.FINES_OWED in held)


def _leave_out(
    session: Session, meeting: MeetingId, holdings: MemberHoldings, boxes: dict[Account, int]
) -> None:
    """Take the money of a meeting out of balances again: it is about to be judged anew."""
    rows = session.execute(
        select(AccountRow.account, AccountRow.member_id, func.sum(Posting.amount), func.sum(Posting.units))
        .join(Posting, Posting.account_id == AccountRow.id)
        .join(Voucher, Voucher.id == Posting.voucher_id)
        .where(Voucher.meeting_id == meeting)
        .group_by(AccountRow.account, AccountRow.member_id)
    )
    for number, member, amount, units in rows:
        account, moved = Account(number), natural(Account(number), int(amount))
        if member is None:
            boxes[account] = boxes.get(account, 0) - moved
        else:
            held = holdings.setdefault(MemberId(member), {})
            now = held.get(account, Holding())
            held[account] = Holding(now.amount - moved, now.units - int(units))


def _number(held: Sequence[Any], corrects: MeetingId | None) -> int:
    """Return the number of the meeting that is corrected, or the next one."""
    if corrects is not None:
        return next(int(row.number) for row in held if row.id == corrects)
    return 1 + max((int(row.number) for row in held), default=0)


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


def _count_text(counted: object) -> str:
    plain = count_to_plain(counted)  # type: ignore[arg-type]
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


# -- questions -------------------------------------------------------------------------------------


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
    )


def new_meeting_uid() -> bytes:
    """Return the identity of a sheet just opened."""
    return new_uid()


def meeting_title(number: int, day: date) -> str:
    """Return how a meeting is called on papers and in lists."""
    return _("Kỳ họp {number} ngày {day}").format(number=number, day=show_day(day))
