"""Báo giá tất toán: what it takes to close a loan on a day, part by part, and how it was computed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.kit.values import Organisation, PrintMark
from reports.loan_values import UNSIGNED, LenderSide, LoanHead


@dataclass(frozen=True, slots=True)
class PayoffPart:
    """One part of the sum, in đồng (negative: taken off, as a credit), and how it was computed."""

    title: str
    amount: int
    how: str = ""


@dataclass(frozen=True, slots=True)
class LoanPayoff:
    """Everything the quote prints. `day` is the day of paying, `valid_until` the last day it holds.

    `interest_saved` (đồng) is what is not paid because the loan ends early; `later_text` says what a later day
    costs ("mỗi ngày thêm 3.288 ₫"). `notes` are further lines on how it was computed.
    """

    organisation: Organisation
    loan: LoanHead
    day: date
    valid_until: date
    parts: tuple[PayoffPart, ...]
    mark: PrintMark
    issued_on: date
    principal_paid: int = 0
    paid_until: int = 0
    interest_saved: int = 0
    later_text: str = ""
    notes: tuple[str, ...] = ()
    pay_place: str = ""
    lender: LenderSide = UNSIGNED
    place: str = ""
    large_print: bool = False

    @property
    def total(self) -> int:
        """What is to be paid."""
        return sum(part.amount for part in self.parts)
