"""All papers: to add one, write its file and put its report into this list."""

from __future__ import annotations

from typing import Any

from reports import (
    blank_sheet,
    cash_book,
    meeting_minutes,
    member_list,
    member_statement,
    receipt,
    trial_balance,
)
from reports.kit.report import Report

CATALOGUE: list[Report[Any]] = [
    member_statement.REPORT,
    meeting_minutes.REPORT,
    receipt.REPORT,
    blank_sheet.REPORT,
    member_list.REPORT,
    cash_book.REPORT,
    trial_balance.REPORT,
]


def find(key: str) -> Report[Any]:
    """Return the report of a key. Raises KeyError if there is none."""
    for report in CATALOGUE:
        if report.key == key:
            return report
    raise KeyError(key)
