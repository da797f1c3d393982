"""Phiếu thu nợ: a receipt that says which part of the money was principal, interest, fee or penalty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.loan_values import Split
from reports.receipt import Receipt


@dataclass(frozen=True, slots=True)
class LoanReceipt:
    """A receipt for a loan. `receipt` is the voucher; its amount is `split.total`.

    `owed_before` and `owed_after` are the principal owed, in đồng. `next_due_on` and `next_amount` say what
    comes next (None: nothing more is due); `excess_text` what happens to money paid above the debt; `closed`:
    the loan is paid in full.
    """

    receipt: Receipt
    contract: str
    split: Split
    owed_before: int
    owed_after: int
    next_due_on: date | None = None
    next_amount: int = 0
    excess_text: str = ""
    closed: bool = False


@dataclass(frozen=True, slots=True)
class LoanReceipts:
    """Receipts to print one after another, two on a page. `copies` 2 puts both copies on one page."""

    receipts: tuple[LoanReceipt, ...]
    copies: int = 1
