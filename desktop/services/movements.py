"""Movements of members' accounts over a period: what statements print and the member's page shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, func, select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, MeetingId, MemberId, VoucherId
from desktop.models.kinds import EFFECTS, Account, EntryKind, natural
from desktop.models.records.base import table_of
from desktop.models.records.every import AccountRow, Meeting, Posting, Voucher
from desktop.models.rules.entries import show_number
from resources.lang.messages import _

_a = table_of(AccountRow)
_p = table_of(Posting)
_v = table_of(Voucher)
_m = table_of(Meeting)
_undone = _v.alias("undone")
_undoing = _v.alias("undoing")


def _moves_of(who: ColumnElement[bool]) -> Select[Any]:
    return (
        select(
            _a.c.member_id,
            _a.c.account,
            _p.c.day,
            _p.c.amount,
            _p.c.units,
            _p.c.kind,
            _v.c.id.label("voucher_id"),
            _v.c.paper,
            _v.c.year,
            _v.c.number,
            _v.c.text,
            _v.c.reason,
            _v.c.meeting_id,
            _m.c.number.label("meeting"),
            _undone.c.paper.label("undone_paper"),
            _undone.c.year.label("undone_year"),
            _undone.c.number.label("undone_number"),
            _undoing.c.id.label("undoing"),
        )
        .select_from(
            _a.join(_p, _p.c.account_id == _a.c.id)
            .join(_v, _v.c.id == _p.c.voucher_id)
            .outerjoin(_m, _m.c.id == _v.c.meeting_id)
            .outerjoin(_undone, _undone.c.id == _v.c.reverses_id)
            .outerjoin(_undoing, _undoing.c.reverses_id == _v.c.id)
        )
        .where(
            _a.c.group_id == bindparam("group"),
            who,
            _p.c.day >= bindparam("starts"),
            _p.c.day <= bindparam("ends"),
        )
        .order_by(_a.c.member_id, _a.c.account, _p.c.day, _p.c.id)
    )


def _openings_of(who: ColumnElement[bool]) -> Select[Any]:
    return (
        select(_a.c.member_id, _a.c.account, func.sum(_p.c.amount), func.sum(_p.c.units))
        .select_from(_a.join(_p, _p.c.account_id == _a.c.id))
        .where(_a.c.group_id == bindparam("group"), who, _p.c.day < bindparam("starts"))
        .group_by(_a.c.member_id, _a.c.account)
    )


# Prepared for one member and for many: a list of keys is written into the statement anew each time it is asked.
_ONE = _a.c.member_id == bindparam("member")
_MANY = _a.c.member_id.in_(bindparam("members", expanding=True))
_MOVES, _OPENINGS = _moves_of(_MANY), _openings_of(_MANY)
_MOVES_OF_ONE, _OPENINGS_OF_ONE = _moves_of(_ONE), _openings_of(_ONE)


class Move(NamedTuple):
    """One movement of a member's account: natural đồng and units in (+) or out (−), and the balance after it."""

    day: date
    voucher: VoucherId
    number: str
    meeting: MeetingId | None
    meeting_number: int | None
    text: str
    amount: int
    units: int
    balance: int
    units_held: int
    undone: bool
    """Whether this movement was reversed later, or is itself a reversal."""


@dataclass(frozen=True, slots=True)
class AccountMoves:
    """A member's account over a period: opening, movements by date, closing; natural đồng and units."""

    account: Account
    opening: int
    opening_units: int
    moves: tuple[Move, ...]

    @property
    def closing(self) -> int:
        """Return the balance at the end of the period."""
        return self.moves[-1].balance if self.moves else self.opening

    @property
    def closing_units(self) -> int:
        """Return the units (shares) at the end of the period."""
        return self.moves[-1].units_held if self.moves else self.opening_units


def member_moves(
    session: Session, group: GroupId, members: Sequence[MemberId], starts: date, ends: date
) -> dict[MemberId, tuple[AccountMoves, ...]]:
    """Return the movements of members' accounts in a group, account by account, in two queries."""
    connection = session.connection()
    who: dict[str, Any] = {"member": members[0]} if len(members) == 1 else {"members": list(members)}
    moves_of, openings_of = (_MOVES_OF_ONE, _OPENINGS_OF_ONE) if len(members) == 1 else (_MOVES, _OPENINGS)
    openings = {
        (member, account): (natural(Account(account), int(amount)), int(units))
        for member, account, amount, units in connection.execute(
            openings_of, {"group": group, "starts": starts, **who}
        ).all()
    }
    found: dict[MemberId, dict[int, AccountMoves]] = {member: {} for member in members}
    rows = connection.execute(moves_of, {"group": group, "starts": starts, "ends": ends, **who}).all()
    for (member, account), lines in groupby(rows, key=itemgetter(0, 1)):
        opening, units = openings.pop((member, account), (0, 0))
        moves = tuple(_running(Account(account), opening, units, lines))
        found[member][account] = AccountMoves(Account(account), opening, units, moves)
    for (member, account), (opening, units) in openings.items():
        found[member][account] = AccountMoves(Account(account), opening, units, ())
    return {member: tuple(accounts[key] for key in sorted(accounts)) for member, accounts in found.items()}


def _running(account: Account, balance: int, units: int, rows: Iterator[Any]) -> Iterator[Move]:
    sign = 1 if natural(account, 1) > 0 else -1
    names: dict[int, str] = {}
    for row in rows:
        (
            _member,
            _account,
            day,
            amount,
            moved_units,
            kind,
            voucher,
            paper,
            year,
            number,
            text,
            reason,
            meeting,
            meeting_number,
            undone_paper,
            undone_year,
            undone_number,
            undoing,
        ) = row
        balance += sign * amount
        units += moved_units
        if kind not in names:
            names[kind] = EFFECTS[EntryKind(kind)].name
        said = names[kind]
        if undone_number is not None:
            said = undo_text(show_number(undone_paper, undone_number, undone_year), reason)
        elif text:
            said = f"{said}: {text}"
        yield Move(
            day,
            VoucherId(voucher),
            show_number(paper, number, year),
            meeting,
            meeting_number,
            said,
            sign * amount,
            moved_units,
            balance,
            units,
            undone_number is not None or undoing is not None,
        )


def undo_text(number: str, reason: str) -> str:
    """Return how a reversal is described: which voucher it takes back, and why."""
    return _("Đảo {number}: {reason}").format(number=number, reason=reason)
