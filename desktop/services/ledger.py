"""Posting and reversing: the only way money gets into the book.

`post` is called inside an open write. It guards periods and boxes, numbers the vouchers without gaps, signs
them into the register's chain and writes everything with prepared Core statements: it is the path of every
meeting, so it makes few round trips. Nothing here is ever updated or deleted but `day_totals`, which follow
from the postings.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, MeetingId, MemberId, VoucherId, new_uid
from desktop.models.kinds import EntryKind, Paper
from desktop.models.problems import Problem, Refusal
from desktop.models.records.base import instant_text, table_of
from desktop.models.records.every import AccountRow, DayTotal, Group, Loan, Meeting, Member, Posting, Voucher
from desktop.models.rules.entries import Line, VoucherDraft, opposite, show_number
from desktop.services.periods import refuse_closed
from desktop.services.solvency import refuse_overdrawn
from desktop.store.rows import RowWriter, insert_or
from desktop.store.trail import Pen, canonical
from resources.lang.messages import _

_accounts = table_of(AccountRow)
_vouchers = table_of(Voucher)
_postings = table_of(Posting)
_totals = table_of(DayTotal)
_groups = table_of(Group)
_members = table_of(Member)
_meetings = table_of(Meeting)
_loans = table_of(Loan)

_GROUP_ACCOUNTS = select(
    _accounts.c.id, _accounts.c.account, _accounts.c.member_id, _accounts.c.loan_id
).where(_accounts.c.group_id == bindparam("group"))
_LAST_ACCOUNT = select(func.coalesce(func.max(_accounts.c.id), 0))
_WHERE_WE_ARE = select(
    select(func.coalesce(func.max(_vouchers.c.id), 0)).scalar_subquery().label("voucher"),
    select(func.coalesce(func.max(_postings.c.id), 0)).scalar_subquery().label("posting"),
    select(_groups.c.uid).where(_groups.c.id == bindparam("group")).scalar_subquery().label("group_uid"),
)
_MEMBER_UIDS = select(_members.c.id, _members.c.uid).where(
    _members.c.id.in_(bindparam("members", expanding=True))
)
_MEETING_UID = select(_meetings.c.uid).where(_meetings.c.id == bindparam("meeting"))
_LOAN_UID = select(_loans.c.uid).where(_loans.c.id == bindparam("loan"))
_VOUCHER_UID = select(_vouchers.c.uid).where(_vouchers.c.id == bindparam("voucher"))
_LAST_NUMBER = select(func.coalesce(func.max(_vouchers.c.number), 0)).where(
    _vouchers.c.group_id == bindparam("group"),
    _vouchers.c.paper == bindparam("paper"),
    _vouchers.c.year == bindparam("year"),
)
_INSERT_ACCOUNTS = insert(_accounts)

VOUCHER_ROWS = RowWriter(
    _vouchers,
    "id",
    "uid",
    "group_id",
    "paper",
    "year",
    "number",
    "day",
    "meeting_id",
    "member_id",
    "text",
    "reverses_id",
    "reason",
    "recorded_at",
    "recorded_by",
    "register_id",
    "seq",
    "hash",
)
POSTING_ROWS = RowWriter(_postings, "id", "voucher_id", "account_id", "day", "amount", "kind", "units")

Subject = tuple[int, int | None, int | None]
"""Which account of a group: number of the chart, member, loan."""


@dataclass(frozen=True, slots=True)
class PostedVoucher:
    """A voucher just posted, with its number as printed."""

    id: VoucherId
    paper: Paper
    number: str
    day: date


def voucher_content(
    uid: str,
    group: str,
    paper: str,
    year: int,
    number: int,
    day: str,
    meeting: str | None,
    member: str | None,
    text: str,
    reverses: str | None,
    reason: str,
    recorded_at: str,
    recorded_by: str,
    postings: Sequence[tuple[int, str | None, str | None, int, int, int]],
) -> str:
    """Return the canonical content of a voucher, in identities that hold in every book.

    Identities are hex texts. Postings, in the order written: (account number, member's identity, loan's
    identity, signed amount, kind, units).
    """
    return canonical(
        [
            uid,
            group,
            paper,
            year,
            number,
            day,
            meeting,
            member,
            text,
            reverses,
            reason,
            recorded_at,
            recorded_by,
            [list(posting) for posting in postings],
        ]
    )


def post(session: Session, drafts: Sequence[VoucherDraft]) -> list[PostedVoucher]:
    """Post vouchers of one group: all, in order. Raises Refusal (closed period, empty box, unbalanced)."""
    if not drafts:
        return []
    group = drafts[0].group
    _check_balance(drafts, group)
    refuse_closed(session, group, {draft.day for draft in drafts})
    connection = session.connection()
    accounts = _open_accounts(connection, group, drafts)
    posted, voucher_rows, posting_rows = _number_and_sign(session, drafts, accounts)
    VOUCHER_ROWS.write(connection, voucher_rows)
    POSTING_ROWS.write(connection, posting_rows)
    add_to_totals(connection, day_sums(drafts))
    refuse_overdrawn(session, group, drafts, accounts)
    return posted


def _check_balance(drafts: Sequence[VoucherDraft], group: GroupId) -> None:
    for draft in drafts:
        if draft.group != group:
            raise ValueError("vouchers of one posting belong to one group")
        if not draft.lines or sum(line.amount for line in draft.lines) != 0:
            raise ValueError("a voucher must have lines that sum to zero")
        if any(type(line.amount) is not int for line in draft.lines):
            raise TypeError("money must be whole đồng")


def subject_of(line: Line) -> Subject:
    """Return which account of its group a line is on."""
    return (int(line.account), line.member, line.loan)


def _open_accounts(
    connection: Connection, group: GroupId, drafts: Sequence[VoucherDraft]
) -> dict[Subject, int]:
    """Return the ids of the accounts that the drafts touch, opening those that the group does not have yet."""
    found: dict[Subject, int] = {
        (account, member, loan): account_id
        for account_id, account, member, loan in connection.execute(_GROUP_ACCOUNTS, {"group": group}).all()
    }
    missing = sorted(
        {subject_of(line) for draft in drafts for line in draft.lines} - found.keys(),
        key=lambda s: (s[0], s[1] or 0, s[2] or 0),
    )
    if missing:
        first = connection.execute(_LAST_ACCOUNT).scalar_one() + 1
        rows = [
            {"id": first + at, "group_id": group, "account": account, "member_id": member, "loan_id": loan}
            for at, (account, member, loan) in enumerate(missing)
        ]
        connection.execute(_INSERT_ACCOUNTS, rows)
        found.update({subject: first + at for at, subject in enumerate(missing)})
    return found


def _number_and_sign(
    session: Session, drafts: Sequence[VoucherDraft], accounts: dict[Subject, int]
) -> tuple[list[PostedVoucher], list[VoucherRowValues], list[PostingRowValues]]:
    connection, pen, act = session.connection(), session.info["pen"], session.info["act"]
    assert isinstance(pen, Pen)
    here = connection.execute(_WHERE_WE_ARE, {"group": drafts[0].group}).one()
    signer = Signer(pen, act.who, act.at, _uids(connection, here.group_uid, drafts))
    numbers: dict[tuple[Paper, int], int] = {}
    voucher_id, posting_id = here.voucher, here.posting
    posted: list[PostedVoucher] = []
    voucher_rows: list[VoucherRowValues] = []
    posting_rows: list[PostingRowValues] = []
    for draft in drafts:
        voucher_id += 1
        key = (draft.paper, draft.day.year)
        if key not in numbers:
            numbers[key] = connection.execute(
                _LAST_NUMBER, {"group": draft.group, "paper": draft.paper, "year": draft.day.year}
            ).scalar_one()
        numbers[key] += 1
        voucher_rows.append(signer.voucher(voucher_id, numbers[key], draft))
        for line in draft.lines:
            posting_id += 1
            posting_rows.append(posting_row(posting_id, voucher_id, accounts[subject_of(line)], draft, line))
        posted.append(
            PostedVoucher(
                VoucherId(voucher_id),
                draft.paper,
                show_number(draft.paper, numbers[key], draft.day.year),
                draft.day,
            )
        )
    return posted, voucher_rows, posting_rows


VoucherRowValues = tuple[Any, ...]
PostingRowValues = tuple[Any, ...]
"""Values in the order of the columns of `VOUCHER_ROWS` and `POSTING_ROWS`."""


@dataclass(frozen=True, slots=True)
class Uids:
    """The identities that canonical contents name, as hex texts, by the keys of this book."""

    group: str
    members: dict[int, str]
    meetings: dict[int, str]
    vouchers: dict[int, str]
    loans: dict[int, str] = field(default_factory=dict)


def _uids(connection: Connection, group: bytes, drafts: Sequence[VoucherDraft]) -> Uids:
    members = {line.member for draft in drafts for line in draft.lines} | {d.member for d in drafts}
    wanted = sorted(member for member in members if member is not None)
    return Uids(
        group.hex(),
        {
            member: uid.hex()
            for start in range(0, len(wanted), 500)
            for member, uid in connection.execute(
                _MEMBER_UIDS, {"members": wanted[start : start + 500]}
            ).all()
        },
        {
            meeting: connection.execute(_MEETING_UID, {"meeting": meeting}).scalar_one().hex()
            for meeting in {draft.meeting for draft in drafts}
            if meeting is not None
        },
        {
            draft.reverses: connection.execute(_VOUCHER_UID, {"voucher": draft.reverses}).scalar_one().hex()
            for draft in drafts
            if draft.reverses is not None
        },
        {
            loan: connection.execute(_LOAN_UID, {"loan": loan}).scalar_one().hex()
            for loan in {line.loan for draft in drafts for line in draft.lines}
            if loan is not None
        },
    )


class Signer:
    """Gives vouchers their identity and their place in the chain, and makes the rows that are kept."""

    def __init__(self, pen: Pen, who: str, at: datetime, uids: Uids) -> None:
        self._pen, self._who, self._at, self._uids = pen, who, at, uids
        self._at_text = instant_text(at)

    def voucher(self, voucher_id: int, number: int, draft: VoucherDraft) -> VoucherRowValues:
        """Return the row of a voucher, signed into the chain."""
        uid, uids = new_uid(), self._uids
        seq, digest = self._pen.sign(
            voucher_content(
                uid.hex(),
                uids.group,
                draft.paper.value,
                draft.day.year,
                number,
                draft.day.isoformat(),
                None if draft.meeting is None else uids.meetings[draft.meeting],
                None if draft.member is None else uids.members[draft.member],
                draft.text,
                None if draft.reverses is None else uids.vouchers[draft.reverses],
                draft.reason,
                self._at_text,
                self._who,
                [
                    (
                        int(line.account),
                        None if line.member is None else uids.members[line.member],
                        None if line.loan is None else uids.loans[line.loan],
                        line.amount,
                        int(line.kind),
                        line.units,
                    )
                    for line in draft.lines
                ],
            )
        )
        return (
            voucher_id,
            uid,
            draft.group,
            draft.paper,
            draft.day.year,
            number,
            draft.day,
            draft.meeting,
            draft.member,
            draft.text,
            draft.reverses,
            draft.reason,
            self._at,
            self._who,
            self._pen.register_id,
            seq,
            digest,
        )


def posting_row(
    posting_id: int, voucher_id: int, account_id: int, draft: VoucherDraft, line: Line
) -> PostingRowValues:
    """Return the row of a posting."""
    return (posting_id, voucher_id, account_id, draft.day, line.amount, int(line.kind), line.units)


DaySums = dict[tuple[int, int, date], int]
"""Signed đồng by group, account number and day."""


def day_sums(drafts: Iterable[VoucherDraft], sums: DaySums | None = None) -> DaySums:
    """Return what drafts move, added to `sums`."""
    sums = {} if sums is None else sums
    for draft in drafts:
        for line in draft.lines:
            key = (draft.group, int(line.account), draft.day)
            sums[key] = sums.get(key, 0) + line.amount
    return sums


def add_to_totals(connection: Connection, sums: DaySums) -> None:
    """Bring the totals of days up to what was posted."""
    rows = [
        {"group_id": group, "account": account, "day": day, "amount": amount}
        for (group, account, day), amount in sums.items()
    ]
    if rows:
        connection.execute(_add_totals(connection.dialect.name), rows)


@cache
def _add_totals(dialect: str) -> Any:
    statement = insert_or(dialect, _totals)
    return statement.on_conflict_do_update(
        index_elements=["group_id", "account", "day"],
        set_={"amount": _totals.c.amount + statement.excluded.amount},
    )


def reverse(
    session: Session, vouchers: Iterable[VoucherId], reason: str, *, and_post: Sequence[VoucherDraft] = ()
) -> list[PostedVoucher]:
    """Reverse vouchers of one group on their own days, and post `and_post` in the same breath.

    Boxes and members' balances are checked after both, so that a correction may pass through a state that
    neither half could stand alone. Raises Refusal when one is reversed already, is itself a reversal, or its
    period is closed.
    """
    ids = list(vouchers)
    drafts = [_reversal(session, voucher, reason) for voucher in ids]
    return post(session, [*drafts, *and_post])


def _reversal(session: Session, voucher_id: VoucherId, reason: str) -> VoucherDraft:
    voucher = session.get_one(Voucher, voucher_id)
    number = show_number(voucher.paper, voucher.number, voucher.year)
    if voucher.reverses_id is not None:
        raise Refusal(
            [
                Problem.stop(
                    "is-reversal",
                    "",
                    _("{number} đã là bút toán đảo; hãy ghi chứng từ mới.").format(number=number),
                )
            ]
        )
    again = session.scalar(select(Voucher.id).where(Voucher.reverses_id == voucher_id))
    if again is not None:
        raise Refusal([Problem.stop("reversed", "", _("{number} đã được đảo rồi.").format(number=number))])
    return VoucherDraft(
        group=GroupId(voucher.group_id),
        paper=Paper.JOURNAL,
        day=voucher.day,
        lines=opposite(lines_of_voucher(session, voucher_id)),
        member=None if voucher.member_id is None else MemberId(voucher.member_id),
        meeting=None if voucher.meeting_id is None else MeetingId(voucher.meeting_id),
        reverses=voucher_id,
        reason=reason,
    )


def lines_of_voucher(session: Session, voucher_id: int) -> tuple[Line, ...]:
    """Return the lines of a posted voucher, in the order written."""
    from desktop.models.kinds import Account

    rows = session.execute(
        select(
            _accounts.c.account,
            _accounts.c.member_id,
            _accounts.c.loan_id,
            _postings.c.amount,
            _postings.c.kind,
            _postings.c.units,
        )
        .join(_accounts, _accounts.c.id == _postings.c.account_id)
        .where(_postings.c.voucher_id == voucher_id)
        .order_by(_postings.c.id)
    )
    return tuple(
        Line(Account(row.account), row.amount, EntryKind(row.kind), row.member_id, row.loan_id, row.units)
        for row in rows
    )
