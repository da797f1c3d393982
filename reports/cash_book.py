"""Sổ quỹ tiền mặt, in the S07 layout: every receipt and payment with the cash left after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.kit.values import GroupBlock, Organisation, PrintMark


@dataclass(frozen=True, slots=True)
class CashLine:
    """One voucher of cash in đồng; one of `receipt` and `payment` is its number, the other is empty."""

    booked: date
    day: date
    receipt: str
    payment: str
    text: str
    paid_in: int
    paid_out: int
    balance: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class CashBook:
    """The book of one box (`box`: "Tiền mặt quỹ vay") over a period. Amounts in đồng."""

    organisation: Organisation
    group: GroupBlock
    box: str
    first_day: date
    last_day: date
    opening: int
    closing: int
    lines: tuple[CashLine, ...]
    mark: PrintMark
    signed_on: date
    opened_on: date | None = None
    place: str = ""
    treasurer: str = ""
    secretary: str = ""
    leader: str = ""
