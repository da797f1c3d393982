"""Bảng cân đối tài khoản: every account of a group over a period, debits and credits side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.kit.values import GroupBlock, Organisation, PrintMark


@dataclass(frozen=True, slots=True)
class TrialRow:
    """One account, in đồng, none negative: at each of the three places one side is zero but for turnover."""

    account: str
    name: str
    opening_debit: int = 0
    opening_credit: int = 0
    debit: int = 0
    credit: int = 0
    closing_debit: int = 0
    closing_credit: int = 0


@dataclass(frozen=True, slots=True)
class TrialBalance:
    """The balance on `last_day`, with the turnover since `first_day`. The paper adds the columns up itself."""

    organisation: Organisation
    group: GroupBlock
    first_day: date
    last_day: date
    rows: tuple[TrialRow, ...]
    mark: PrintMark
    signed_on: date
    place: str = ""
    preparer: str = ""
    treasurer: str = ""
    leader: str = ""
