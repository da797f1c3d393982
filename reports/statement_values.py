"""What a member's statement prints: frozen values, gathered by a service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from reports.kit.columns import Column, Row
from reports.kit.tables import Look
from reports.kit.values import GroupBlock, Organisation, PrintMark


class Section(StrEnum):
    """How an account is laid out: a running balance, shares with count and value, a debt, or only what was paid."""

    SAVINGS = "savings"
    SHARES = "shares"
    LOAN = "loan"
    PAID = "paid"
    RECEIVED = "received"


COMMON = (Section.PAID, Section.RECEIVED)
"""What was paid into, or received from, what is common: no part of what the group owes the member."""


@dataclass(frozen=True, slots=True)
class StatementMember:
    """The member. `born` is "05/03/1978" or only "1978"; `citizen_number` comes masked ("0820******45")."""

    code: str
    full_name: str
    born: str = ""
    citizen_number: str = ""
    household_code: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Movement:
    """One line: money in or out of one account on one day, in đồng, and the balance after it.

    `meeting` is the meeting's number as printed ("12"), empty outside meetings. Shares also carry the number
    of shares bought (negative: given back) and held after the line. A line that takes back an earlier one, or
    was taken back later, says so in `text`.
    """

    day: date
    voucher: str
    meeting: str
    text: str
    paid_in: int
    paid_out: int
    balance: int
    shares: int = 0
    shares_held: int = 0


@dataclass(frozen=True, slots=True)
class StatementAccount:
    """One account of the member in the period. Amounts in đồng.

    For `Section.PAID` (social fund, fines) the opening and closing are what was paid since joining or since
    the cycle began, as `title` says; such an account is not part of what the group owes the member.
    For `Section.LOAN` the balance is what the member still owes of the principal: `paid_in` of a line is what
    the member was lent, `paid_out` what was repaid. It is not part of what the group owes the member either.
    """

    section: Section
    title: str
    opening: int
    closing: int
    movements: tuple[Movement, ...] = ()
    opening_shares: int = 0
    closing_shares: int = 0


@dataclass(frozen=True, slots=True)
class MemberStatement:
    """Everything the statement prints. `closing_total` (đồng) is what the group owes the member on `last_day`.

    `share_value` is the price of a share in đồng, 0 where the group has none. `fingerprint`: the member signs
    with a fingerprint before a witness. `large_print`: the member's own wish. `objection_days`: within how
    many days the member may object. `place` stands before the date of signing.
    """

    organisation: Organisation
    group: GroupBlock
    member: StatementMember
    first_day: date
    last_day: date
    accounts: tuple[StatementAccount, ...]
    closing_total: int
    mark: PrintMark
    signed_on: date
    place: str = ""
    share_value: int = 0
    treasurer: str = ""
    leader: str = ""
    fingerprint: bool = False
    witness: str = ""
    large_print: bool = False
    objection_days: int = 7


class Laid(NamedTuple):
    """A table ready to be drawn."""

    columns: tuple[Column, ...]
    rows: list[Row]
    look: Look
