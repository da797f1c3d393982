"""Lịch trả nợ: when to pay how much, what it costs, with room to tick off what was paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.kit.values import Organisation, PrintMark
from reports.loan_values import UNSIGNED, LenderSide, LoanHead, ScheduleRow, UpfrontFee


@dataclass(frozen=True, slots=True)
class LoanSchedule:
    """Everything the schedule prints. `trial` marks a schedule shown before anything is signed.

    `write_columns` adds empty columns for the day of payment and the signature. `pay_place` says where to pay.
    """

    organisation: Organisation
    loan: LoanHead
    rows: tuple[ScheduleRow, ...]
    day: date
    mark: PrintMark
    lender: LenderSide = UNSIGNED
    place: str = ""
    fees: tuple[UpfrontFee, ...] = ()
    pay_place: str = ""
    trial: bool = False
    write_columns: bool = True
    large_print: bool = False
