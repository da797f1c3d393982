"""Danh sách đến hạn kỳ tới: what every borrower is to pay at the next meeting, with room to write what was paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.kit.values import GroupBlock, Organisation, PrintMark


@dataclass(frozen=True, slots=True)
class DueLoan:
    """What one loan asks for by that day, in đồng, earlier missed instalments included.

    `late` is the part of it that should have been paid before; `balance` the principal owed before paying.
    """

    code: str
    name: str
    loan: str
    due_on: date
    principal: int
    interest: int
    fees: int = 0
    penalties: int = 0
    late: int = 0
    balance: int = 0

    @property
    def total(self) -> int:
        """All that is to be paid."""
        return self.principal + self.interest + self.fees + self.penalties


@dataclass(frozen=True, slots=True)
class LoanDueList:
    """Everything the list prints, for the meeting `meeting` (its number as printed) on `day`."""

    organisation: Organisation
    group: GroupBlock
    day: date
    rows: tuple[DueLoan, ...]
    mark: PrintMark
    meeting: str = ""
    place: str = ""
    treasurer: str = ""
    secretary: str = ""
    leader: str = ""
    large_print: bool = False
