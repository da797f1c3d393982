"""Posting and reversing: the only way money gets into the book.

`post` is called inside an open write. It guards periods and boxes, numbers the vouchers without gaps, signs
them into the register's chain and writes everything with prepared Core statements: it is the path of every
meeting, so it makes few round trips. Nothing here is ever updated or deleted but `day_totals`, which follow
from the postings.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, VoucherId, new_uid
from desktop.models.kinds import EntryKind, Paper
from desktop.models.problems import Problem, Refusal
from desktop.models.records.base import instant_text, table_of
from desktop.models.records.every import AccountRow, DayTotal, Group, Meeting, Member, Posting, Voucher
from desktop.models.rules.entries import Line, VoucherDraft, opposite, show_number
from desktop.services.periods import refuse_closed
from desktop.services.solvency import refuse_overdrawn
from desktop.store.trail import Pen, canonical
from resources.lang.messages import _

_accounts = table_of(AccountRow)
_vouchers = table_of(Voucher)
_postings = table_of(Posting)
_totals = table_of(DayTotal)

_GROUP_ACCOUNTS = select(
    _accounts.c.id, _accounts.c.account, _accounts.c.member_id, _accounts.c.loan_id
).where(_accounts.c.group_id == bindparam("group"))
_LAST_VOUCHER = select(func.coalesce(func.max(_vouchers.c.id), 0))
_LAST_POSTING = select(func.coalesce(func.max(_postings.c.id), 0))
_LAST_ACCOUNT = select(func.coalesce(func.max(_accounts.c.id), 0))
_LAST_NUMBER = select(func.coalesce(func.max(_vouchers.c.number), 0)).where(
    _vouchers.c.group_id == bindparam("group"),
    _vouchers.c.paper == bindparam("paper"),
    _vouchers.c.year == bindparam("year"),
)
_INSERT_ACCOUNTS = insert(_accounts)
_INSERT_VOUCHERS = insert(_vouchers)
_INSERT_POSTINGS = insert(_postings)

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
    postings: Sequence[tuple[int, str | None, int | None, int, int, int]],
) -> str:
    """Return the canonical content of a voucher, in identities that hold in every book.

    Identities are hex texts. Postings, in the order written: (account number, member's identity, loan,
    signed amount, kind, units).
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
    connection.execute(_INSERT_VOUCHERS, voucher_rows)
    connection.execute(_INSERT_POSTINGS, posting_rows)
    _add_to_totals(connection, group, drafts)
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


def _subject(line: Line) -> Subject:
    return (int(line.account), line.member, line.loan)


def _open_accounts(
    connection: Connection, group: GroupId, drafts: Sequence[VoucherDraft]
) -> dict[Subject, int]:
    """Return the ids of the accounts that the drafts touch, opening those that the group does not have yet."""
    found: dict[Subject, int] = {
        (row.account, row.member_id, row.loan_id): row.id
        for row in connection.execute(_GROUP_ACCOUNTS, {"group": group})
    }
    missing = sorted(
        {_subject(line) for draft in drafts for line in draft.lines} - found.keys(),
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
) -> tuple[list[PostedVoucher], list[dict[str, Any]], list[dict[str, Any]]]:
    connection, pen, act = session.connection(), session.info["pen"], session.info["act"]
    assert isinstance(pen, Pen)
    at = instant_text(act.at)
    uids = _Uids(connection, drafts)
    numbers: dict[tuple[Paper, int], int] = {}
    voucher_id = connection.execute(_LAST_VOUCHER).scalar_one()
    posting_id = connection.execute(_LAST_POSTING).scalar_one()
    posted: list[PostedVoucher] = []
    voucher_rows: list[dict[str, Any]] = []
    posting_rows: list[dict[str, Any]] = []
    for draft in drafts:
        voucher_id += 1
        key = (draft.paper, draft.day.year)
        if key not in numbers:
            numbers[key] = connection.execute(
                _LAST_NUMBER, {"group": draft.group, "paper": draft.paper, "year": draft.day.year}
            ).scalar_one()
        numbers[key] += 1
        uid = new_uid()
        seq, digest = pen.sign(
            voucher_content(
                uid.hex(),
                uids.group,
                draft.paper.value,
                draft.day.year,
                numbers[key],
                draft.day.isoformat(),
                uids.meeting(draft.meeting),
                uids.member(draft.member),
                draft.text,
                uids.voucher(draft.reverses),
                draft.reason,
                at,
                act.who,
                [
                    (
                        int(line.account),
                        uids.member(line.member),
                        line.loan,
                        line.amount,
                        int(line.kind),
                        line.units,
                    )
                    for line in draft.lines
                ],
            )
        )
        voucher_rows.append(
            {
                "id": voucher_id,
                "uid": uid,
                "group_id": draft.group,
                "paper": draft.paper,
                "year": draft.day.year,
                "number": numbers[key],
                "day": draft.day,
                "meeting_id": draft.meeting,
                "member_id": draft.member,
                "text": draft.text,
                "reverses_id": draft.reverses,
                "reason": draft.reason,
                "recorded_at": act.at,
                "recorded_by": act.who,
                "register_id": pen.register_id,
                "seq": seq,
                "hash": digest,
            }
        )
        for line in draft.lines:
            posting_id += 1
            posting_rows.append(
                {
                    "id": posting_id,
                    "voucher_id": voucher_id,
                    "account_id": accounts[_subject(line)],
                    "day": draft.day,
                    "amount": line.amount,
                    "kind": int(line.kind),
                    "units": line.units,
                }
            )
        posted.append(
            PostedVoucher(
                VoucherId(voucher_id),
                draft.paper,
                show_number(draft.paper, numbers[key], draft.day.year),
                draft.day,
            )
        )
    return posted, voucher_rows, posting_rows


class _Uids:
    """The identities that the canonical contents name, read once."""

    def __init__(self, connection: Connection, drafts: Sequence[VoucherDraft]) -> None:
        self._connection = connection
        self.group: str = (
            connection.execute(select(Group.uid).where(Group.id == drafts[0].group)).scalar_one().hex()
        )
        members = {line.member for draft in drafts for line in draft.lines} | {d.member for d in drafts}
        wanted = sorted(member for member in members if member is not None)
        self._members = {
            int(row.id): row.uid.hex()
            for start in range(0, len(wanted), 500)
            for row in connection.execute(
                select(Member.id, Member.uid).where(Member.id.in_(wanted[start : start + 500]))
            )
        }
        self._meetings: dict[int, str] = {}

    def member(self, member: int | None) -> str | None:
        return None if member is None else self._members[member]

    def meeting(self, meeting: int | None) -> str | None:
        if meeting is None:
            return None
        if meeting not in self._meetings:
            row = self._connection.execute(select(Meeting.uid).where(Meeting.id == meeting)).scalar_one()
            self._meetings[meeting] = row.hex()
        return self._meetings[meeting]

    def voucher(self, voucher: int | None) -> str | None:
        if voucher is None:
            return None
        uid: bytes = self._connection.execute(
            select(_vouchers.c.uid).where(_vouchers.c.id == voucher)
        ).scalar_one()
        return uid.hex()


def _add_to_totals(connection: Connection, group: GroupId, drafts: Sequence[VoucherDraft]) -> None:
    sums: dict[tuple[int, date], int] = {}
    for draft in drafts:
        for line in draft.lines:
            key = (int(line.account), draft.day)
            sums[key] = sums.get(key, 0) + line.amount
    rows = [
        {"group_id": group, "account": account, "day": day, "amount": amount}
        for (account, day), amount in sums.items()
    ]
    connection.execute(_ADD_TOTALS[connection.dialect.name], rows)


def _add_totals(dialect: Any) -> Any:
    statement = dialect.insert(_totals)
    return statement.on_conflict_do_update(
        index_elements=["group_id", "account", "day"],
        set_={"amount": _totals.c.amount + statement.excluded.amount},
    )


_ADD_TOTALS = {"sqlite": _add_totals(sqlite), "postgresql": _add_totals(postgresql)}


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
        member=voucher.member_id,  # type: ignore[arg-type]
        meeting=voucher.meeting_id,  # type: ignore[arg-type]
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
