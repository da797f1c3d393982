"""Hợp đồng vay vốn (khế ước): what both sides promise, what it really costs, and the schedule as its annex."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.kit.values import Organisation, PrintMark
from reports.loan_values import LenderSide, LoanHead, LoanPerson, ScheduleRow, UpfrontFee


@dataclass(frozen=True, slots=True)
class Guarantee:
    """A guarantor of the contract; `amount` đồng at most, 0 for the whole debt."""

    person: LoanPerson
    amount: int = 0


@dataclass(frozen=True, slots=True)
class LoanContract:
    """Everything the contract prints.

    `count_text` says how interest is counted by day ("một năm 365 ngày; tính ngày đầu, bỏ ngày cuối"),
    `early_text` what holds when paid early, `pay_place` where instalments are paid, `handover_text` how the
    money is handed out ("tiền mặt tại kỳ họp 24"). `clauses` are further agreements of this group, one
    paragraph each. `copies` is how many copies are signed.
    """

    organisation: Organisation
    loan: LoanHead
    rows: tuple[ScheduleRow, ...]
    lender: LenderSide
    signed_on: date
    mark: PrintMark
    place: str = ""
    signed_at: str = ""
    decision_text: str = ""
    fees: tuple[UpfrontFee, ...] = ()
    count_text: str = ""
    early_text: str = ""
    pay_place: str = ""
    handover_text: str = ""
    clauses: tuple[str, ...] = ()
    guarantees: tuple[Guarantee, ...] = ()
    spouse: LoanPerson | None = None
    copies: int = 2
    large_print: bool = False
