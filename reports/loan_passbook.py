"""Sổ vay vốn: the borrower's own book of one loan: what was agreed, what was paid, what is still owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.kit.values import Organisation, PrintMark
from reports.loan_values import NO_MONEY, UNSIGNED, LenderSide, LoanHead, LoanMovement, ScheduleRow, Split


@dataclass(frozen=True, slots=True)
class LoanPassbook:
    """Everything the passbook prints, as of `day`.

    `owed` is all that is owed on `day` (principal not yet repaid, interest, fees, penalties until that day),
    `overdue` the part of it that is late by `days_late` days. `blank_rows` leaves lines to go on by hand.
    """

    organisation: Organisation
    loan: LoanHead
    rows: tuple[ScheduleRow, ...]
    movements: tuple[LoanMovement, ...]
    owed: Split
    day: date
    mark: PrintMark
    overdue: Split = NO_MONEY
    days_late: int = 0
    lender: LenderSide = UNSIGNED
    place: str = ""
    status_text: str = ""
    blank_rows: int = 0
    large_print: bool = False
