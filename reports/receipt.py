"""Phiếu thu, phiếu chi: two on a page, in the 01-TT / 02-TT look with the signers of a group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reports.kit.values import GroupBlock, Organisation, PrintMark


class ReceiptKind(StrEnum):
    """Money coming in (phiếu thu, 01-TT) or going out (phiếu chi, 02-TT)."""

    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Receipt:
    """One voucher of cash. `amount` in đồng.

    `debit` and `credit` are account numbers as printed ("111", "321, 411"). `person` pays or receives.
    `book` is the number of the receipt book (quyển số), `attached` the number of papers that belong to it.
    `cancelled` is the reason why it no longer stands ("Đã hủy bằng PC-2026-0012"): it is printed crossed.
    """

    kind: ReceiptKind
    organisation: Organisation
    group: GroupBlock
    number: str
    day: date
    person: str
    reason: str
    amount: int
    mark: PrintMark
    person_address: str = ""
    debit: str = ""
    credit: str = ""
    book: str = ""
    attached: int = 0
    leader: str = ""
    treasurer: str = ""
    preparer: str = ""
    fingerprint: bool = False
    cancelled: str = ""


@dataclass(frozen=True, slots=True)
class Receipts:
    """Vouchers to print one after another. `copies` 2 puts both copies (liên 1, liên 2) on one page."""

    receipts: tuple[Receipt, ...]
    copies: int = 1
