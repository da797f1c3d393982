"""Why fines were asked for (QX03): by how the member took part in the meeting whose sheet holds the fine.

No kind of fine is typed: the sheet proposes a fine from the attendance. So a fine on a sheet is for coming late, for
being absent (excused or not), or, where the member was there in time, for something else of the group's rules. One that
stands on no sheet (a single voucher, an opening balance) is of unknown reason. Waived is what is oldest of what is owed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, aliased

from desktop.models.ids import GroupId, MemberId
from desktop.models.kinds import Account, Attendance, EntryKind
from desktop.models.records.every import AccountRow, MeetingAttendance, Posting, Voucher
from desktop.services.indicators.facts import Facts, Scope, money
from desktop.services.indicators.loading import LOADERS
from desktop.services.indicators.registry import Piece, in_pieces
from resources.lang.messages import N_, _

FINES = "fines"
OTHER, UNSAID = "other", "?"
_TITLES = {
    Attendance.LATE.value: N_("đến muộn"),
    Attendance.ABSENT.value: N_("vắng không phép"),
    Attendance.EXCUSED.value: N_("vắng có phép"),
    OTHER: N_("vi phạm khác trong nội quy"),
    UNSAID: N_("không ghi trên phiếu họp"),
}
FINE_ORDER = tuple(key for key in _TITLES if key != UNSAID)
_KINDS = (
    EntryKind.FINE,
    EntryKind.FINE_OWED,
    EntryKind.FINE_PAID,
    EntryKind.FINE_WAIVED,
    EntryKind.OPENING_FINES,
)
_ON_DEBT = (EntryKind.FINE_PAID, EntryKind.OPENING_FINES)
"""Entries that change only what is owed: they are no income and take none away."""


def fine_title(code: str) -> str:
    """Return a reason in words."""
    return _(_TITLES[code])


@dataclass(frozen=True, slots=True)
class Fined:
    """What a member was fined for a reason in the period, in đồng, less what was waived or taken back."""

    member: MemberId
    group: GroupId
    reason: str
    amount: int


def _reason(row: Any) -> str:
    if row.meeting_id is None or row.state is None or row.kind == EntryKind.OPENING_FINES:
        return UNSAID
    return row.state.value if row.state.value in _TITLES else OTHER


def _rows(session: Session, ends: date) -> Iterable[Any]:
    """Yield every entry of fines up to a day: how the member took part, and when it was taken back."""
    back = aliased(Voucher)
    income, debt = int(Account.FINES), int(Account.FINES_OWED)
    side = case((Posting.kind.in_([int(kind) for kind in _ON_DEBT]), debt), else_=income)
    return session.execute(
        select(
            AccountRow.member_id,
            AccountRow.group_id,
            Posting.day,
            Posting.kind,
            func.abs(Posting.amount).label("amount"),
            Voucher.meeting_id,
            MeetingAttendance.state,
            back.day.label("taken_back"),
        )
        .select_from(AccountRow)
        .join(Posting, Posting.account_id == AccountRow.id)
        .join(Voucher, Voucher.id == Posting.voucher_id)
        .outerjoin(
            MeetingAttendance,
            (MeetingAttendance.meeting_id == Voucher.meeting_id)
            & (MeetingAttendance.member_id == AccountRow.member_id),
        )
        .outerjoin(back, (back.reverses_id == Voucher.id) & (back.day <= ends))
        .where(
            AccountRow.member_id.is_not(None),
            AccountRow.account == side,
            Posting.kind.in_([int(kind) for kind in _KINDS]),
            Posting.day <= ends,
            Voucher.reverses_id.is_(None),
        )
        .order_by(Posting.day, Posting.id)
    )


class _Account:
    """The fines of one member in one group: what they owe of each reason, the oldest first, and what the period brought."""

    def __init__(self, starts: date) -> None:
        self.starts = starts
        self.owed: list[tuple[str, int]] = []
        self.found: dict[str, int] = defaultdict(int)

    def take(self, row: Any) -> None:
        """Take one entry, in the order of their days."""
        kind, undone = EntryKind(row.kind), row.taken_back is not None
        if kind in (EntryKind.FINE_PAID, EntryKind.FINE_WAIVED):
            parts = [(reason, -amount) for reason, amount in self._oldest(row.amount, keep=undone)]
        else:
            parts = [(_reason(row), row.amount)]
            if kind in (EntryKind.FINE_OWED, EntryKind.OPENING_FINES) and not undone:
                self.owed += parts
        if kind in _ON_DEBT:
            return
        for reason, amount in parts:
            if row.day >= self.starts:
                self.found[reason] += amount
            if undone and row.taken_back >= self.starts:
                self.found[reason] -= amount

    def _oldest(self, amount: int, *, keep: bool) -> list[tuple[str, int]]:
        """Return the reasons of so much of what is owed, the oldest first; what is more than is owed is of none."""
        taken, rest = [], []
        for reason, open_amount in self.owed:
            part = min(amount, open_amount)
            if part:
                taken.append((reason, part))
            if open_amount > part:
                rest.append((reason, open_amount - part))
            amount -= part
        if not keep:
            self.owed = rest
        return [*taken, *([(UNSAID, amount)] if amount else [])]


def _fined(session: Session, _scope: Scope, starts: date, ends: date) -> Iterator[Fined]:
    """Yield the fines of the period by member, group and reason."""
    accounts: dict[tuple[int, int], _Account] = defaultdict(lambda: _Account(starts))
    for row in _rows(session, ends):
        accounts[row.member_id, row.group_id].take(row)
    for (member, group), account in accounts.items():
        for reason, amount in account.found.items():
            if amount:
                yield Fined(MemberId(member), GroupId(group), reason, amount)


LOADERS[FINES] = _fined


@in_pieces("QX03")
def fines_by_reason(facts: Facts) -> Iterable[Piece]:
    """Return the fines of each reason."""
    here = {(part.member, part.group) for part in facts.parts}
    found: dict[str, dict[MemberId, int]] = defaultdict(lambda: defaultdict(int))
    for row in facts.more.get(FINES, ()):
        if (row.member, row.group) in here:
            found[row.reason][row.member] += row.amount
    for code in (*FINE_ORDER, UNSAID):
        if code in found:
            yield Piece("none" if code == UNSAID else code, fine_title(code), money(found[code]))
