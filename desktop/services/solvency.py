"""No box and no member's savings below zero, on any day: checked after every posting, before the commit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId
from desktop.models.kinds import NEVER_NEGATIVE, Account, account_name, natural
from desktop.models.problems import Problem, Refusal
from desktop.models.records.base import table_of
from desktop.models.records.every import Member, Posting
from desktop.models.rules.entries import VoucherDraft
from resources.lang.dates import show_day
from resources.lang.dong import show_dong
from resources.lang.messages import _

_postings = table_of(Posting)

_DAILY = (
    select(_postings.c.account_id, _postings.c.day, func.sum(_postings.c.amount).label("moved"))
    .where(_postings.c.account_id.in_(bindparam("accounts", expanding=True)))
    .group_by(_postings.c.account_id, _postings.c.day)
    .order_by(_postings.c.account_id, _postings.c.day)
)


def refuse_overdrawn(
    session: Session,
    group: GroupId,
    drafts: Sequence[VoucherDraft],
    accounts: dict[tuple[int, int | None, int | None], int],
) -> None:
    """Raise Refusal when an account that the drafts drew on is below zero on their day or any later one."""
    drawn: dict[int, date] = {}
    for draft in drafts:
        for line in draft.lines:
            if line.account in NEVER_NEGATIVE and natural(line.account, line.amount) < 0:
                account_id = accounts[(int(line.account), line.member, line.loan)]
                drawn[account_id] = min(drawn.get(account_id, draft.day), draft.day)
    if not drawn:
        return
    subjects = {account_id: subject for subject, account_id in accounts.items() if account_id in drawn}
    problems: list[Problem] = []
    balance: dict[int, int] = {}
    told: set[int] = set()
    for row in session.connection().execute(_DAILY, {"accounts": sorted(drawn)}):
        account = Account(subjects[row.account_id][0])
        balance[row.account_id] = balance.get(row.account_id, 0) + natural(account, int(row.moved))
        below = balance[row.account_id] < 0 and row.day >= drawn[row.account_id]
        if below and row.account_id not in told:
            told.add(row.account_id)
            problems.append(
                _problem(session, account, subjects[row.account_id][1], row.day, balance[row.account_id])
            )
    if problems:
        raise Refusal(problems)


def _problem(session: Session, account: Account, member_id: int | None, day: date, balance: int) -> Problem:
    values = {"account": account_name(account), "day": show_day(day), "short": show_dong(-balance)}
    if member_id is None:
        return Problem.stop(
            "box-short",
            "cash",
            _("{account} ngày {day} sẽ thiếu {short}.").format(**values),
        )
    member = session.get_one(Member, member_id)
    return Problem.stop(
        "overdrawn",
        f"{member_id}/{_COLUMN.get(account, '')}",
        _("{account} của {member} ngày {day} sẽ thiếu {short}.").format(member=member.full_name, **values),
    )


_COLUMN = {
    Account.SAVINGS: "withdrawal",
    Account.COMPULSORY_SAVINGS: "compulsory",
    Account.SHARES: "shares",
}
"""The column of the meeting sheet where a shortage of the account shows."""
