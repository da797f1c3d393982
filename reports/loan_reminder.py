"""Thư nhắc trả nợ: a friendly letter before an instalment is due, or after it was missed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reports.kit.values import Organisation, PrintMark
from reports.loan_values import UNSIGNED, LenderSide, LoanHead, ScheduleRow


class Tone(StrEnum):
    """Before the day it is due, or after it was missed."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class LoanReminder:
    """Everything one letter prints. `rows` are the instalments it is about, as still unpaid.

    `pay_on` is the day it may be paid next ("kỳ họp ngày …" as `pay_place`). `salutation` is how the person is
    addressed ("Chị Nguyễn Thị Hòa"); `contact` whom to call or visit, `extra` a line of the group's own.
    """

    organisation: Organisation
    loan: LoanHead
    tone: Tone
    rows: tuple[ScheduleRow, ...]
    day: date
    mark: PrintMark
    lender: LenderSide = UNSIGNED
    owed: int = 0
    pay_on: date | None = None
    pay_place: str = ""
    contact: str = ""
    salutation: str = ""
    extra: str = ""
    place: str = ""
    large_print: bool = False


@dataclass(frozen=True, slots=True)
class LoanReminders:
    """Letters to print one after another, a page for each."""

    letters: tuple[LoanReminder, ...]
