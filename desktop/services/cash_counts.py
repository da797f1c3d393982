"""The boxes counted outside meetings: kept with the notes, the keys' holders and what the book said; read with the
counts that meetings made.

A count is never edited. A wrong one is taken back with a reason (its difference is reversed) and made anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, MeetingId, VoucherId, new_uid
from desktop.models.kinds import CASH_BOXES, Account, MeetingState, OpeningState
from desktop.models.money_kinds import Treatment
from desktop.models.problems import Problem, Refusal, refuse_if_stopped
from desktop.models.records.every import CashCount, Group, Meeting, Voucher
from desktop.models.rules.cash_count import CountCheck, check_count, counted_sum, difference_entry
from desktop.models.rules.entries import VoucherDraft, lines_of, paper_for, show_number
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.balances import group_balances
from desktop.services.ledger import PostedVoucher, post, reverse
from desktop.services.periods import refuse_closed
from desktop.store.book import Book
from resources.lang.messages import _

_CHANGED = (Topic.GROUPS, Topic.ENTRIES)


@dataclass(frozen=True, slots=True)
class Count:
    """Count boxes on a day: pieces by note for each box opened, who held the three keys, and what is done about a
    difference: posted as over or short (`post`), or only explained.
    """

    group: GroupId
    day: date
    pieces: Mapping[Account, Mapping[int, int]]
    holders: tuple[str, ...]
    explanation: str = ""
    post: bool = True
    at: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class BoxCount:
    """One box counted, at a meeting or outside one. Amounts in đồng; `difference` is counted less book.

    `book` is what the book said at that moment. `explained`: the two agree, or it was said why they do not.
    """

    day: date
    box: Account
    counted: int
    book: int
    explained: bool
    meeting: MeetingId | None = None
    count: int | None = None

    @property
    def difference(self) -> int:
        """Return how much more (or less) was in the box."""
        return self.counted - self.book


@dataclass(frozen=True, slots=True)
class CountRow:
    """A count outside meetings in a list; boxes counted together share `number`. Amounts in đồng."""

    id: int
    group: GroupId
    number: int
    box: Account
    day: date
    at: str
    place: str
    pieces: tuple[tuple[int, int], ...]
    counted: int
    book: int
    treatment: Treatment
    explanation: str
    holders: tuple[str, ...]
    voucher: VoucherId | None
    voucher_number: str
    state: OpeningState
    reason: str
    recorded_at: datetime
    recorded_by: str

    @property
    def difference(self) -> int:
        """Return how much more (or less) was in the box."""
        return self.counted - self.book

    @property
    def explained(self) -> bool:
        """Tell whether the count agrees with the book or it was said why it does not."""
        return self.difference == 0 or bool(self.explanation)


@dataclass(frozen=True, slots=True)
class Counted:
    """A count just kept: its number in the group, and the vouchers that its differences posted."""

    number: int
    vouchers: tuple[PostedVoucher, ...]


# -- deeds -----------------------------------------------------------------------------------------


def record(book: Book, command: Count, act: Act) -> Outcome[Counted]:
    """Keep a count and post its differences, if so decided. Raises Refusal."""
    with book.write(act) as session:
        done = record_in(session, command, act)
    return Outcome(done, Changed.of(*_CHANGED, group=command.group))


def record_in(session: Session, command: Count, act: Act) -> Counted:
    """Keep a count inside an open write; see `record`."""
    held = group_balances(session, command.group, command.day)
    refuse_if_stopped(
        check_count(
            CountCheck(
                command.pieces,
                held,
                command.holders,
                command.explanation,
                command.day,
                act.today,
                session.get_one(Group, command.group).founded,
            )
        )
    )
    last = session.scalar(select(func.max(CashCount.number)).where(CashCount.group_id == command.group))
    number = (last or 0) + 1
    posted = []
    for box, pieces in command.pieces.items():
        row = _row(command, act, number, box, pieces, held.get(box, 0))
        if row.treatment is Treatment.POSTED:
            entry = difference_entry(box, row.counted - row.book)
            text = _("Biên bản kiểm kê số {n}: {why}").format(n=number, why=command.explanation.strip())
            draft = VoucherDraft(
                group=command.group,
                paper=paper_for([entry]),
                day=command.day,
                lines=lines_of([entry]),
                text=text,
            )
            posted += post(session, [draft])
            row.voucher_id = posted[-1].id
        session.add(row)
    session.flush()
    return Counted(number, tuple(posted))


def _row(
    command: Count, act: Act, number: int, box: Account, pieces: Mapping[int, int], book: int
) -> CashCount:
    counted = counted_sum(pieces)
    treatment = Treatment.NONE
    if counted != book:
        treatment = Treatment.POSTED if command.post else Treatment.EXPLAINED
    return CashCount(
        uid=new_uid(),
        group_id=command.group,
        number=number,
        box=int(box),
        day=command.day,
        counted_at=command.at.strip(),
        place=command.place.strip(),
        pieces=json.dumps({str(note): pieces[note] for note in sorted(pieces) if pieces[note]}),
        counted=counted,
        book=book,
        treatment=treatment,
        explanation=command.explanation.strip() if treatment is not Treatment.NONE else "",
        holders=json.dumps([name.strip() for name in command.holders], ensure_ascii=False),
        recorded_at=act.at,
        recorded_by=act.who,
    )


def take_back(book: Book, group: GroupId, number: int, reason: str, act: Act) -> Outcome[int]:
    """Take a count back with a reason; what its differences posted is reversed on its own day. Raises Refusal."""
    with book.write(act) as session:
        rows = session.scalars(
            select(CashCount).where(
                CashCount.group_id == group,
                CashCount.number == number,
                CashCount.state == OpeningState.POSTED,
            )
        ).all()
        if not reason.strip():
            raise Refusal([Problem.stop("reason", "reason", _("Hãy ghi lý do."))])
        if not rows:
            raise Refusal([Problem.stop("gone", "", _("Lần kiểm kê này đã được hủy rồi."))])
        refuse_closed(session, group, {row.day for row in rows})
        vouchers = [VoucherId(row.voucher_id) for row in rows if row.voucher_id is not None]
        reverse(session, vouchers, reason.strip())
        for row in rows:
            row.state, row.reason = OpeningState.REVERSED, reason.strip()
    return Outcome(number, Changed.of(*_CHANGED, group=group))


# -- questions -------------------------------------------------------------------------------------


def book_says(book: Book, group: GroupId, day: date) -> dict[Account, int]:
    """Return what the book has in each box at the end of a day, in đồng: what a count is compared with."""
    with book.read() as session:
        held = group_balances(session, group, day)
    return {box: held.get(box, 0) for box in CASH_BOXES}


def listed(book: Book, group: GroupId) -> list[CountRow]:
    """Return the counts of a group outside meetings, a row for each box, the latest first."""
    with book.read() as session:
        return _rows(session, CashCount.group_id == group)


def count_rows(session: Session, group: GroupId, number: int) -> list[CountRow]:
    """Return the boxes of one count, the loan fund's first."""
    return sorted(
        _rows(session, CashCount.group_id == group, CashCount.number == number), key=lambda row: row.box
    )


def _rows(session: Session, *wanted: ColumnElement[bool]) -> list[CountRow]:
    rows = session.execute(
        select(CashCount, Voucher)
        .outerjoin(Voucher, Voucher.id == CashCount.voucher_id)
        .where(*wanted)
        .order_by(CashCount.day.desc(), CashCount.number.desc(), CashCount.box)
    )
    return [
        CountRow(
            row.id,
            GroupId(row.group_id),
            row.number,
            Account(row.box),
            row.day,
            row.counted_at,
            row.place,
            tuple(
                (int(note), n)
                for note, n in sorted(json.loads(row.pieces).items(), key=lambda one: -int(one[0]))
            ),
            row.counted,
            row.book,
            row.treatment,
            row.explanation,
            tuple(json.loads(row.holders)),
            None if voucher is None else VoucherId(voucher.id),
            "" if voucher is None else show_number(voucher.paper, voucher.number, voucher.year),
            row.state,
            row.reason,
            row.recorded_at,
            row.recorded_by,
        )
        for row, voucher in rows
    ]


def last(session: Session, group: GroupId, n: int, day: date) -> tuple[BoxCount, ...]:
    """Return the last `n` counts outside meetings up to a day, the latest first: a row for each box counted."""
    rows = _rows(
        session,
        CashCount.group_id == group,
        CashCount.day <= day,
        CashCount.state == OpeningState.POSTED,
    )
    numbers = list(dict.fromkeys(row.number for row in rows))[:n]
    return tuple(
        BoxCount(row.day, row.box, row.counted, row.book, row.explained, None, row.number)
        for row in rows
        if row.number in numbers
    )


def last_of_all(
    session: Session, group: GroupId, n: int, day: date, box: Account | None = None
) -> tuple[BoxCount, ...]:
    """Return the last `n` boxes counted up to a day, at meetings and outside, the latest first; of one box if named."""
    found = [*last(session, group, n if box is None else 10_000, day), *_at_meetings(session, group, day)]
    if box is not None:
        found = [one for one in found if one.box is box]
    # On one day a count outside the meeting comes after the meeting's own.
    found.sort(key=lambda one: (one.day, one.count or 0, one.meeting or 0), reverse=True)
    return tuple(found[:n])


def _at_meetings(session: Session, group: GroupId, day: date) -> list[BoxCount]:
    rows = session.execute(
        select(
            Meeting.id,
            Meeting.day,
            Meeting.counted,
            Meeting.social_counted,
            Meeting.cash_difference,
            Meeting.social_difference,
            Meeting.difference_reason,
        ).where(Meeting.group_id == group, Meeting.day <= day, Meeting.state == MeetingState.POSTED)
    )
    found = []
    for key, on, counted, social, gap, social_gap, why in rows:
        for box, text, difference in (
            (Account.CASH, counted, gap),
            (Account.SOCIAL_CASH, social, social_gap),
        ):
            if text:
                there = counted_sum({int(note): pieces for note, pieces in json.loads(text).items()})
                explained = not difference or bool(why.strip())
                found.append(BoxCount(on, box, there, there - difference, explained, MeetingId(key)))
    return found
