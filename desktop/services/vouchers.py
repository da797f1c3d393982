"""Vouchers outside meetings, their list, and the cash book."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, MeetingId, MemberId, VoucherId
from desktop.models.kinds import EFFECTS, Account, EntryKind, Paper, account_name
from desktop.models.problems import Problem, Refusal, refuse_if_stopped
from desktop.models.records.base import table_of
from desktop.models.records.every import AccountRow, Group, Meeting, Member, Posting, Voucher
from desktop.models.rules.entries import Entry, VoucherDraft, check_entries, lines_of, paper_for, show_number
from desktop.models.savings_kinds import OUT_OF
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.affected_papers import AffectedPaper, affected_papers
from desktop.services.ledger import PostedVoucher, lines_of_voucher, post, reverse
from desktop.services.movements import undo_text
from desktop.services.savings_limits import Wanted, withdrawal_problems
from desktop.services.voucher_owners import refuse_owned
from desktop.store.book import Book
from resources.lang.dates import show_day
from resources.lang.messages import _
from resources.lang.names import join_name

ALONE = (
    EntryKind.SAVINGS_IN,
    EntryKind.SAVINGS_OUT,
    EntryKind.COMPULSORY_IN,
    EntryKind.COMPULSORY_OUT,
    EntryKind.SHARES_OUT,
    EntryKind.SOCIAL_IN,
    EntryKind.SOCIAL_OUT,
    EntryKind.FINE,
    EntryKind.FINE_PAID,
    EntryKind.EXPENSE,
    EntryKind.OTHER_INCOME,
    EntryKind.BANK_IN,
    EntryKind.BANK_OUT,
    EntryKind.EXPENSE_BANK,
    EntryKind.BANK_FEE,
    EntryKind.BANK_INTEREST,
    EntryKind.EXTERNAL_IN,
)
"""The kinds of entry that may stand on a voucher of their own, outside a meeting. Outside money is given back to the
source that it came from (`services.external_funds`); received without one, it waits there to be assigned.
"""


_NEEDS_TEXT = (
    EntryKind.EXPENSE,
    EntryKind.EXPENSE_BANK,
    EntryKind.OTHER_INCOME,
    EntryKind.SOCIAL_OUT,
)


@dataclass(frozen=True, slots=True)
class RecordVoucher:
    """One receipt, payment or transfer outside a meeting: amount in đồng; `units` only for shares."""

    group: GroupId
    kind: EntryKind
    amount: int
    day: date
    member: MemberId | None = None
    text: str = ""
    units: int = 0


@dataclass(frozen=True, slots=True)
class VoucherPosted:
    """A voucher just posted, and the papers printed before that it made out of date."""

    voucher: PostedVoucher
    papers: tuple[AffectedPaper, ...] = ()


def record(book: Book, command: RecordVoucher, act: Act) -> Outcome[VoucherPosted]:
    """Post one voucher outside a meeting. Raises Refusal."""
    with book.write(act) as session:
        refuse_if_stopped(check_alone(session, command, act))
        papers = affected_papers(session, command.group, command.day, None, (command.member,), ())
        posted = post(session, [draft_of(command)])[0]
    return Outcome(VoucherPosted(posted, tuple(papers)), Changed.of(Topic.ENTRIES, group=command.group))


def check_alone(session: Session, command: RecordVoucher, act: Act) -> list[Problem]:
    """Return what is wrong with a voucher outside a meeting, by field."""
    return [*check_entries([_entry(command)]), *_check(session, command, act)]


def _entry(command: RecordVoucher) -> Entry:
    return Entry(command.kind, command.amount, member=command.member, units=command.units)


def draft_of(command: RecordVoucher) -> VoucherDraft:
    """Return the voucher that a command posts."""
    entry = _entry(command)
    return VoucherDraft(
        group=command.group,
        paper=paper_for([entry]),
        day=command.day,
        lines=lines_of([entry]),
        text=command.text.strip(),
        member=command.member,
    )


def _check(session: Session, command: RecordVoucher, act: Act) -> list[Problem]:
    found = []
    if command.kind not in ALONE:
        found.append(Problem.stop("kind", "kind", _("Loại này chỉ ghi được trong buổi họp.")))
    if command.day > act.today:
        found.append(
            Problem.stop("future", "day", _("Ngày {day} chưa tới.").format(day=show_day(command.day)))
        )
    group = session.get_one(Group, command.group)
    if group.founded is not None and command.day < group.founded:
        found.append(Problem.stop("before-group", "day", _("Ngày này trước ngày thành lập nhóm.")))
    if command.kind in _NEEDS_TEXT and not command.text.strip():
        found.append(Problem.stop("text", "text", _("Hãy ghi rõ lý do thu, chi.")))
    if command.kind in OUT_OF and command.member is not None:
        wanted = [Wanted(command.member, OUT_OF[command.kind], command.amount)]
        found += withdrawal_problems(session, command.group, command.day, wanted)
    return found


def reverse_voucher(book: Book, voucher: VoucherId, reason: str, act: Act) -> Outcome[VoucherPosted]:
    """Take one voucher back with a reason, on its own day. A meeting's voucher is corrected through its meeting."""
    with book.write(act) as session:
        row = session.get_one(Voucher, voucher)
        group = GroupId(row.group_id)
        if not reason.strip():
            raise Refusal([Problem.stop("reason", "reason", _("Hãy ghi lý do."))])
        refuse_owned(session, voucher)
        papers = affected_papers(session, group, row.day, None, (row.member_id,), (voucher,))
        posted = reverse(session, [voucher], reason.strip())[0]
    return Outcome(VoucherPosted(posted, tuple(papers)), Changed.of(Topic.ENTRIES, group=group))


# -- lists -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class VoucherFilter:
    """Which vouchers: of a group, a member, a meeting, a period; None is all."""

    group: GroupId | None = None
    member: MemberId | None = None
    meeting: MeetingId | None = None
    starts: date | None = None
    ends: date | None = None
    paper: Paper | None = None


@dataclass(frozen=True, slots=True)
class VoucherRow:
    """A voucher in a list; `paid_in` and `paid_out` are what it moved in the group's boxes and bank, in đồng."""

    id: VoucherId
    group: GroupId
    group_code: str
    number: str
    paper: Paper
    day: date
    meeting_number: int | None
    member: str
    text: str
    paid_in: int
    paid_out: int
    reversal: bool
    reversed: bool
    recorded_at: datetime
    recorded_by: str


def count(book: Book, wanted: VoucherFilter) -> int:
    """Return how many vouchers a list has."""
    with book.read() as session:
        return session.scalar(_filtered(select(func.count(Voucher.id)), wanted)) or 0


def page(
    book: Book, wanted: VoucherFilter, offset: int, limit: int, *, oldest_first: bool = False
) -> list[VoucherRow]:
    """Return one page of vouchers, the latest day first unless told otherwise."""
    order = (Voucher.day, Voucher.id) if oldest_first else (Voucher.day.desc(), Voucher.id.desc())
    with book.read() as session:
        query = _filtered(select(Voucher.id), wanted).order_by(*order).offset(offset).limit(limit)
        return rows_of(session, [VoucherId(row[0]) for row in session.execute(query)])


def _filtered(query: Select[Any], wanted: VoucherFilter) -> Select[Any]:
    for column, value in (
        (Voucher.group_id, wanted.group),
        (Voucher.member_id, wanted.member),
        (Voucher.meeting_id, wanted.meeting),
        (Voucher.paper, wanted.paper),
    ):
        if value is not None:
            query = query.where(column == value)
    if wanted.starts is not None:
        query = query.where(Voucher.day >= wanted.starts)
    if wanted.ends is not None:
        query = query.where(Voucher.day <= wanted.ends)
    return query


def rows_of(session: Session, ids: list[VoucherId]) -> list[VoucherRow]:
    """Return vouchers by their ids, in the order asked."""
    undone, undoing = table_of(Voucher).alias("undone"), table_of(Voucher).alias("undoing")
    heads = session.execute(
        select(
            Voucher,
            Group.code,
            Meeting.number,
            Member.family,
            Member.middle,
            Member.given,
            undone.c.paper,
            undone.c.number,
            undone.c.year,
            undoing.c.id,
        )
        .join(Group, Group.id == Voucher.group_id)
        .outerjoin(Meeting, Meeting.id == Voucher.meeting_id)
        .outerjoin(Member, Member.id == Voucher.member_id)
        .outerjoin(undone, undone.c.id == Voucher.reverses_id)
        .outerjoin(undoing, undoing.c.reverses_id == Voucher.id)
        .where(Voucher.id.in_(ids))
    ).all()
    money = _money(session, ids)
    found = {}
    for voucher, code, meeting, family, middle, given, paper, number, year, undoing_id in heads:
        moved = money[voucher.id]
        text = "; ".join(EFFECTS[kind].name for kind in moved.kinds) or _between(moved)
        if number is not None:
            text = undo_text(show_number(paper, number, year), voucher.reason)
        elif voucher.text:
            text = f"{text}: {voucher.text}" if text else voucher.text
        found[voucher.id] = VoucherRow(
            id=VoucherId(voucher.id),
            group=GroupId(voucher.group_id),
            group_code=code,
            number=show_number(voucher.paper, voucher.number, voucher.year),
            paper=voucher.paper,
            day=voucher.day,
            meeting_number=meeting,
            member="" if given is None else join_name(family, middle, given),
            text=text,
            paid_in=moved.paid_in,
            paid_out=moved.paid_out,
            reversal=number is not None,
            reversed=undoing_id is not None,
            recorded_at=voucher.recorded_at,
            recorded_by=voucher.recorded_by,
        )
    return [found[voucher] for voucher in ids if voucher in found]


_BOXES = (int(Account.CASH), int(Account.SOCIAL_CASH), int(Account.BANK))


@dataclass(slots=True)
class _Moved:
    """What a voucher moved: its kinds of entry in order, what went into and out of the boxes, and which boxes."""

    kinds: list[EntryKind] = field(default_factory=list)
    paid_in: int = 0
    paid_out: int = 0
    into: list[Account] = field(default_factory=list)
    out_of: list[Account] = field(default_factory=list)


def _between(moved: _Moved) -> str:
    """Return in words what a voucher says that only moves money from one box to another; "" for any other.

    Both its postings are of the kind of a box, so that its own kind is known by where the money went.
    """
    return next(
        (
            effect.name
            for effect in EFFECTS.values()
            if [effect.debit] == moved.into and [effect.credit] == moved.out_of
        ),
        "",
    )


def _money(session: Session, ids: list[VoucherId]) -> dict[int, _Moved]:
    """Return, per voucher, what it moved."""
    rows = session.execute(
        select(Posting.voucher_id, Posting.kind, Posting.amount, AccountRow.account)
        .join(AccountRow, AccountRow.id == Posting.account_id)
        .where(Posting.voucher_id.in_(ids))
        .order_by(Posting.id)
    )
    found: dict[int, _Moved] = {}
    for voucher, kind, amount, account in rows:
        moved = found.setdefault(voucher, _Moved())
        if kind != EntryKind.CASH and EntryKind(kind) not in moved.kinds:
            moved.kinds.append(EntryKind(kind))
        if account in _BOXES:
            moved.paid_in += max(amount, 0)
            moved.paid_out += max(-amount, 0)
            side = moved.into if amount > 0 else moved.out_of
            if Account(account) not in side:
                side.append(Account(account))
    return found


@dataclass(frozen=True, slots=True)
class VoucherLine:
    """One posting of a voucher: account, whose it is, debit or credit in đồng, units."""

    account: Account
    name: str
    member: str
    debit: int
    credit: int
    units: int


@dataclass(frozen=True, slots=True)
class VoucherDetail:
    """A voucher with its postings and its place in the chain."""

    row: VoucherRow
    lines: tuple[VoucherLine, ...]
    reason: str
    seq: int
    hash: str


def detail(book: Book, voucher_id: VoucherId) -> VoucherDetail:
    """Return one voucher in full."""
    with book.read() as session:
        voucher = session.get_one(Voucher, voucher_id)
        names: dict[int, str] = {}
        lines = []
        for line in lines_of_voucher(session, voucher_id):
            if line.member is not None and line.member not in names:
                names[line.member] = session.get_one(Member, line.member).full_name
            lines.append(
                VoucherLine(
                    line.account,
                    account_name(line.account),
                    "" if line.member is None else names[line.member],
                    max(line.amount, 0),
                    max(-line.amount, 0),
                    line.units,
                )
            )
        return VoucherDetail(
            rows_of(session, [voucher_id])[0], tuple(lines), voucher.reason, voucher.seq, voucher.hash.hex()
        )


# -- the cash book ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BoxLine:
    """One voucher in the book of a box, with the balance after it, in đồng."""

    voucher: VoucherId
    recorded: date
    day: date
    number: str
    paper: Paper
    member: str
    text: str
    paid_in: int
    paid_out: int
    balance: int


@dataclass(frozen=True, slots=True)
class BoxBook:
    """The book of one box of a group over a period, in đồng."""

    group: GroupId
    box: Account
    starts: date
    ends: date
    opening: int
    lines: tuple[BoxLine, ...]

    @property
    def closing(self) -> int:
        """Return what is in the box at the end of the period."""
        return self.lines[-1].balance if self.lines else self.opening


def box_book(book: Book, group: GroupId, box: Account, starts: date, ends: date) -> BoxBook:
    """Return the book of a box (loan-fund cash, social-fund cash, bank) over a period."""
    with book.read() as session:
        account = session.scalar(
            select(AccountRow.id).where(AccountRow.group_id == group, AccountRow.account == int(box))
        )
        if account is None:
            return BoxBook(group, box, starts, ends, 0, ())
        opening = session.scalar(
            select(func.coalesce(func.sum(Posting.amount), 0)).where(
                Posting.account_id == account, Posting.day < starts
            )
        )
        moved = session.execute(
            select(Posting.voucher_id, Posting.amount)
            .where(Posting.account_id == account, Posting.day >= starts, Posting.day <= ends)
            .order_by(Posting.day, Posting.id)
        ).all()
        rows = {row.id: row for row in rows_of(session, [VoucherId(voucher) for voucher, _amount in moved])}
    balance = int(opening or 0)
    lines = []
    for voucher, amount in moved:
        balance += amount
        row = rows[VoucherId(voucher)]
        lines.append(
            BoxLine(
                row.id,
                row.recorded_at.astimezone().date(),
                row.day,
                row.number,
                row.paper,
                row.member,
                row.text,
                max(amount, 0),
                max(-amount, 0),
                balance,
            )
        )
    return BoxBook(group, box, starts, ends, int(opening or 0), tuple(lines))
