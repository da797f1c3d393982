"""Biên bản họp: who came, what was decided, what everyone paid, what was in the box."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.kit.values import CashCount, GroupBlock, Organisation, PrintMark


@dataclass(frozen=True, slots=True)
class AttendanceCount:
    """How many of the members came. `late` are among `present`; `represented` are among `absent`."""

    members: int
    present: int
    late: int = 0
    absent: int = 0
    represented: int = 0


@dataclass(frozen=True, slots=True)
class Attendee:
    """One row of the meeting's table. `mark` is the word of attendance as printed ("Có mặt", "Muộn", "Vắng")."""

    code: str
    name: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class MoneyColumn:
    """One column of the meeting's table: an amount for each attendee, in the same order.

    `money` is False for counts (number of shares); the sum is shown in both cases. `total` False leaves the
    sum out (balances that make no sense added up).
    """

    title: str
    amounts: tuple[int, ...]
    money: bool = True
    total: bool = True


@dataclass(frozen=True, slots=True)
class FundBalance:
    """A fund or box before and after the meeting, in đồng."""

    name: str
    before: int
    paid_in: int
    paid_out: int
    after: int


@dataclass(frozen=True, slots=True)
class MeetingMinutes:
    """Everything the minutes print. `number` is the paper's number ("05/BB-TVSL"), `meeting` the meeting's.

    `started` and `ended` as said on paper ("08 giờ 00"). `total_in`, `total_out`: all cash received and paid
    at the meeting, in đồng. `signature_column` adds a column for each member to sign.
    """

    organisation: Organisation
    group: GroupBlock
    number: str
    meeting: str
    day: date
    place: str
    chair: str
    secretary: str
    attendance: AttendanceCount
    attendees: tuple[Attendee, ...]
    columns: tuple[MoneyColumn, ...]
    mark: PrintMark
    started: str = ""
    ended: str = ""
    absentees: tuple[str, ...] = ()
    agenda: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    total_in: int = 0
    total_out: int = 0
    funds: tuple[FundBalance, ...] = ()
    cash_counts: tuple[CashCount, ...] = ()
    signature_column: bool = False
